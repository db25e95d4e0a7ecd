"""Who sees to a need heard at a visit, and until when: said in words or chosen with a tap, else proposed, and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.services.visits import need_keeping, needs
from bot.storage.tables import Report, VisitNeed
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

MONDAY = date(2026, 11, 23)
WANTED = "想申请临时救助"
TWO_WEEKS = MONDAY + timedelta(days=14)
SAVE = "visit.emergency=none"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, MONDAY, 8, 40)
    return staff_of(world)


def _told(world: World, talk: str, text: str) -> None:
    """A visit told in one breath, up to the record read back."""
    on_file.homes(world, "李小明", filed=MONDAY - timedelta(days=8), level="average")
    world.say(talk, text)
    world.tap(talk, "visit.how=all_normal")
    assert world.tap(talk, "visit.voice=seen") == ["visit.emergency.needs"]


def _last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


def _kept(world: World, people: Staff) -> list[tuple[str, str, date]]:
    """(who looks after it, who else sees to it, until when) of every need."""
    names = {people.director.account: "director", people.supervisor.account: "supervisor"}
    with world.work() as work:
        rows = work.session.scalars(select(VisitNeed).order_by(VisitNeed.uid))
        return [(names[row.owner], need_keeping.doer(work, row), row.due) for row in rows]


@pytest.mark.parametrize(
    ("said", "read_back", "kept"),
    [
        ("让镇民政办的去办，月底前", "镇民政办去办，您跟进，11月30日前", ("director", "镇民政办", date(2026, 11, 30))),
        ("我自己下周三送去", "您去办，12月2日前", ("director", "", date(2026, 12, 2))),
        ("找学校老师联系联系，下个月十号之前", "学校老师去办", ("director", "学校老师", date(2026, 12, 10))),
        ("让督导员去办，这周五前", "请督导员办，11月27日前", ("supervisor", "", date(2026, 11, 27))),
        ("我去跑", "您去办，建议12月7日前", ("director", "", TWO_WEEKS)),
        ("春节前给信", "您跟进，2月5日前", ("director", "", date(2027, 2, 5))),
    ],
)
def test_who_and_until_when_are_taken_from_the_first_breath_and_read_back(
    world: World, people: Staff, said: str, read_back: str, kept: tuple[str, str, date]
) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}，{said}")
    assert read_back in _last(world, talk)
    assert world.tap(talk, SAVE) == ["visit.saved"]
    assert _kept(world, people) == [kept]


def test_what_nobody_said_is_proposed_and_called_a_proposal(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    assert "建议：您跟进，12月7日前回音" in _last(world, talk)
    world.tap(talk, SAVE)
    assert "没说谁办、哪天前，先按系统建议：您跟进，12月7日前给家里回音" in _last(world, talk)
    assert _kept(world, people) == [("director", "", TWO_WEEKS)]


@pytest.mark.parametrize("said", ["12月3号前，镇民政办", "让镇民政办的去办，12月3号前", "镇民政办给办，10天内"])
def test_while_the_record_is_read_back_words_about_it_are_no_finding(world: World, people: Staff, said: str) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    assert world.say(talk, said) == ["visit.emergency.needs"]
    assert "镇民政办去办，您跟进，12月3日前" in _last(world, talk)
    world.tap(talk, SAVE)
    assert _kept(world, people) == [("director", "镇民政办", date(2026, 12, 3))]
    with world.work() as work:
        assert work.session.scalars(select(Report)).all() == []


def test_the_number_of_a_finding_is_still_one(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    assert "visit.emergency_now" in world.say(talk, "5")


def test_each_need_is_asked_of_with_buttons_and_may_be_skipped(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}，孩子想要双棉鞋")
    assert world.tap(talk, "visit.emergency=need") == ["visit.need"]
    assert WANTED in _last(world, talk)
    soon, _, supervisor, skip = (choice.value for choice in world.said(talk)[-1].choices)
    assert world.tap(talk, supervisor) == ["visit.need"]
    assert "棉鞋" in _last(world, talk)
    assert world.tap(talk, skip) == ["visit.emergency.needs"]
    assert world.tap(talk, soon) == ["chat.expired_button"]
    world.tap(talk, SAVE)
    assert sorted(_kept(world, people)) == [("director", "", TWO_WEEKS), ("supervisor", "", TWO_WEEKS)]
    assert world.pushes(people.supervisor.talk) == ["needs.given"], "whoever was given one hears of it"
    assert all("李小明" not in one.text for one in world.said(people.supervisor.talk))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("村书记给跑跑，下周五", ("director", "村书记", date(2026, 12, 4))),
        ("俺自个儿去", ("director", "", TWO_WEEKS)),
        ("跳过", ("director", "", TWO_WEEKS)),
        ("月底吧", ("director", "", date(2026, 11, 30))),
        ("督导员", ("supervisor", "", TWO_WEEKS)),
        ("托她二姑，半个月内", ("director", "她二姑", date(2026, 12, 8))),
    ],
)
def test_the_question_is_answered_in_words(world: World, people: Staff, said: str, kept: tuple[str, str, date]) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    world.tap(talk, "visit.emergency=need")
    assert world.say(talk, said) == ["visit.emergency.needs"]
    world.tap(talk, SAVE)
    assert _kept(world, people) == [kept]


def test_what_answers_something_else_is_kept_among_the_notes(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    world.tap(talk, "visit.emergency=need")
    assert world.say(talk, "老太太耳朵不太好使了") == ["visit.emergency.needs"]
    assert "耳朵不太好使" in _last(world, talk)


def test_danger_told_in_place_of_an_answer_is_a_finding(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    world.tap(talk, "visit.emergency=need")
    assert "visit.emergency_now" in world.say(talk, "他爸正拿棍子打孩子")
    with world.work() as work:
        assert work.session.scalars(select(Report)).one().severity in ("S0", "S1")


def test_words_after_it_was_saved_still_say_who_and_until_when(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}，孩子想要双棉鞋")
    world.tap(talk, SAVE)
    assert world.say(talk, "棉鞋我自己买，周五前送去") == ["needs.given_to"]
    assert "11月27日前" in _last(world, talk)
    assert sorted(due for _, _, due in _kept(world, people)) == [date(2026, 11, 27), TWO_WEEKS]


def test_a_need_on_the_list_is_given_on_with_a_tap_or_in_words(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}")
    world.tap(talk, SAVE)
    with world.work() as work:
        need = work.session.scalars(select(VisitNeed.uid)).one()
    assert world.tap(talk, f"need:plan:{need}") == ["needs.plan"]
    assert world.say(talk, "镇民政办的老赵，年底前") == ["needs.given_to"]
    assert _kept(world, people) == [("director", "镇民政办的老赵", date(2026, 12, 31))]
    world.tap(talk, f"need:see:{need}")
    assert "镇民政办的老赵去办，王主任跟进，12月31日前回音" in _last(world, talk)
    assert world.say(talk, "让督导员去办") == ["needs.given_to"]
    assert world.tap(talk, f"need:for:{need}:me:{TWO_WEEKS}") == ["needs.given_to"]
    assert _kept(world, people) == [("director", "", TWO_WEEKS)]
    assert world.tap(talk, f"need:for:{need}:me:{MONDAY - timedelta(days=1)}") == ["needs.given.in_past"]
    assert world.tap(talk, f"need:for:{need}:me:2036-01-01") == ["needs.given.too_far"]
    assert world.tap(people.caseworker.talk, f"need:plan:{need}") == ["needs.gone"]


def test_a_day_moved_on_is_brought_to_mind_on_the_new_day(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"今天去了老李家，孩子挺好，奶奶{WANTED}，让镇民政办的去办，月底前")
    world.tap(talk, SAVE)
    with world.work() as work:
        row = work.session.scalars(select(VisitNeed)).one()
        row.told_on = date(2026, 11, 30)
        work.session.flush()
        assert needs.give(work, people.director.member(work), row.uid, "", date(2026, 12, 20)).refusal is None
        assert (row.told_on, need_keeping.doer(work, row)) == (None, "镇民政办")


def test_the_same_day_again_changes_who_and_until_when_and_no_need_is_owed_twice(world: World, people: Staff) -> None:
    talk = people.director.talk
    told = f"今天去了老李家，孩子挺好，奶奶{WANTED}"
    _told(world, talk, told)
    world.tap(talk, SAVE)
    world.say(talk, f"{told}，让督导员去办，月底前")
    for value in ("visit.how=all_normal", "visit.voice=seen", SAVE):
        world.tap(talk, value)
    assert _kept(world, people) == [("supervisor", "", date(2026, 11, 30))]


def test_the_day_by_which_something_is_to_be_done_is_not_the_day_of_the_visit(world: World, people: Staff) -> None:
    talk = people.director.talk
    _told(world, talk, f"昨天去了老李家，孩子挺好，奶奶{WANTED}，3号前让县残联给解决")
    assert "11月22日入户" in _last(world, talk)
    assert "县残联去办，您跟进，12月3日前" in _last(world, talk)
