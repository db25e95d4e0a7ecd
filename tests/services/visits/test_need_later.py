"""A need told after the record of its visit stands in that record with owner and day, can be put right in words, and
is never the day of a visit nor a report of a citizen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.services.reporting import intake
from bot.services.talk.meaning import Meant
from bot.services.visits import need_keeping
from bot.services.visits import taps as visit_taps
from bot.services.visits import words as visit_words
from bot.storage.tables import Child, Report, Visit, VisitNeed, VisitPlan
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

MONDAY = date(2026, 11, 23)
TWO_WEEKS = MONDAY + timedelta(days=14)


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    """Two homes, both visited this morning; the second one last."""
    on_file.clock(hands, MONDAY, 8, 40)
    found = staff_of(world)
    on_file.homes(world, "周小宝", "刘浩然", filed=MONDAY - timedelta(days=8), level="average")
    for name in ("周小宝", "刘浩然"):
        _says(world, found.director.talk, f"今天去了{name}家，爷爷带着，挺好的")
        for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
            world.tap(found.director.talk, value)
    return found


def _says(world: World, talk: str, text: str) -> list[str]:
    return world.say(talk, text, at_work=True)


def _kept(world: World) -> list[tuple[str, str, str, date]]:
    """(whose, what, who else sees to it, until when) of every need."""
    with world.work() as work:
        rows = work.session.execute(select(VisitNeed, Child).join(Child, Child.uid == VisitNeed.child))
        found = [
            (visit_words.name(work, child), need_keeping.what(work, row), need_keeping.doer(work, row), row.due)
            for row, child in rows
        ]
        return sorted(found)


def _no_day_and_no_report(world: World) -> bool:
    with world.work() as work:
        planned = work.session.scalars(select(VisitPlan).where(VisitPlan.planned_for.is_not(None))).all()
        return not planned and not work.session.scalars(select(Report)).all()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("炉子坏了屋里冷 让镇民政办给解决 下礼拜五之前", ("刘浩然", "炉子坏了屋里冷", "镇民政办", date(2026, 12, 4))),
        ("周小宝家炉子 让镇民政办给修 下周五之前", ("周小宝", "炉子", "镇民政办", date(2026, 12, 4))),
        ("周小宝家炉子坏了 我自己找人修 给我记上 下周五前", ("周小宝", "炉子坏了", "", date(2026, 12, 4))),
        ("孩子没棉袄 我找妇联要", ("刘浩然", "孩子没棉袄", "妇联", TWO_WEEKS)),
        ("12月4号之前把炉子修了 镇民政办管", ("刘浩然", "炉子", "镇民政办", date(2026, 12, 4))),
        ("小宝那学费的事归教育局 二十号前给办了", ("周小宝", "学费", "教育局", date(2026, 12, 20))),
        ("缺床被 帮我记一下", ("刘浩然", "缺床被", "", TWO_WEEKS)),
    ],
)
def test_a_need_told_after_the_record_stands_in_it_with_owner_and_day(
    world: World, people: Staff, said: str, kept: tuple[str, str, str, date]
) -> None:
    talk = people.director.talk
    assert _says(world, talk, said) == ["needs.kept"]
    assert _kept(world) == [kept]
    assert _no_day_and_no_report(world)
    world.tap(talk, "log:today")
    assert f"困难诉求：{kept[1]}（" in world.said(talk)[-1].text
    _says(world, talk, f"{kept[0]}上次走访记了啥")
    assert f"诉求：{kept[1]}（" in world.said(talk)[-1].text
    with world.work() as work:
        versions = {visit.version for visit in work.session.scalars(select(Visit))}
    assert versions == {1, 2}, "what stood before is kept"


def test_what_was_not_said_is_called_a_proposal(world: World, people: Staff) -> None:
    _says(world, people.director.talk, "孩子想要个台灯写作业")
    assert "没说到的先按系统建议" in world.said(people.director.talk)[-1].text


@pytest.mark.parametrize(
    ("said", "doer", "due"),
    [
        ("改成下下周五", "镇民政办", date(2026, 12, 11)),
        ("归村里管", "村里", date(2026, 12, 4)),
        ("错了 是炉子这事让我自己去找人修 不用镇里", "", date(2026, 12, 4)),
        ("不是镇民政办 是县民政局", "县民政局", date(2026, 12, 4)),
        ("浩然家炉子的事改到月底", "镇民政办", date(2026, 11, 30)),
    ],
)
def test_a_need_just_told_is_put_right_in_words(world: World, people: Staff, said: str, doer: str, due: date) -> None:
    _says(world, people.director.talk, "炉子坏了 让镇民政办给修 下周五之前")
    assert _says(world, people.director.talk, said) == ["needs.given_to"]
    assert _kept(world) == [("刘浩然", "炉子坏了", doer, due)]


def test_a_day_taken_for_that_of_a_visit_is_given_back_to_the_need(world: World, people: Staff) -> None:
    talk = people.director.talk
    inbox = world.hear(talk, {"text": "小宝家下周五"})
    with world.work() as work:
        visit_taps.another_day(work, talk, inbox, "小宝家下周五")
        world._done(work, inbox)
    assert _says(world, talk, "不是下次走访 是炉子的事") == ["needs.kept"]
    assert _kept(world) == [("周小宝", "炉子", "", date(2026, 12, 4))]
    assert _no_day_and_no_report(world)


def test_a_new_need_undoes_nothing_of_another_one(world: World, people: Staff) -> None:
    talk = people.director.talk
    _says(world, talk, "炉子坏了 让镇民政办给修 下周五之前")
    _says(world, talk, "归村里管")
    _says(world, talk, "孩子书包带断了 让学校给想想办法 下周三")
    assert {(what, doer) for _, what, doer, _ in _kept(world)} == {("炉子坏了", "村里"), ("孩子书包带断了", "学校")}


def test_a_need_of_a_home_not_visited_yet_waits_in_its_record(world: World, people: Staff) -> None:
    talk = people.director.talk
    on_file.homes(world, "马文博", filed=MONDAY - timedelta(days=8), level="average")
    assert _says(world, talk, "马文博家窗户漏风 让村里给糊塑料布 这礼拜天之前") == ["needs.no_visit"]
    _says(world, talk, "今天去了马文博家，奶奶带着")
    for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
        world.tap(talk, value)
    assert _kept(world) == [("马文博", "窗户漏风", "村里", date(2026, 11, 29))]


@pytest.mark.parametrize(
    "said", ["下周五再去浩然家看看", "刘浩然想申请低保要什么材料", "孩子天天挨他爸打", "炉子修好了"]
)
def test_what_is_no_need_becomes_none(world: World, people: Staff, said: str) -> None:
    _says(world, people.director.talk, said)
    assert _kept(world) == []


def test_a_need_taken_for_a_report_of_concern_opens_none(world: World, people: Staff) -> None:
    talk = people.director.talk
    meant = Meant(intent="report_concern", confidence=0.95)
    assert world.means(talk, "小宝家那个煤记一下", intake.FLOW, meant) == ["office.unclear"]
    assert world.flow(talk) is None
    world.means(talk, "小宝身上都是他爸打的伤", intake.FLOW, meant)
    assert not _no_day_and_no_report(world), "harm is heard as before"


def test_in_the_record_words_about_who_sees_to_the_trouble_told_make_it_a_need(world: World, people: Staff) -> None:
    talk = people.director.talk
    on_file.homes(world, "马文博", filed=MONDAY - timedelta(days=8), level="average")
    _says(world, talk, "今天去了马文博家")
    _says(world, talk, "炉子坏了")
    _says(world, talk, "让民政办给弄 十二月五号前")
    _says(world, talk, "周小宝家没被子了 让民政办发两床 下周一")
    for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
        world.tap(talk, value)
    assert _kept(world) == [
        ("周小宝", "没被子了", "民政办", date(2026, 11, 30)),
        ("马文博", "炉子坏了", "民政办", date(2026, 12, 5)),
    ]
