"""Staff speak freely of the reports there are: the one meant is found, done is what the rules of the case allow, and no
word of theirs opens a citizen's report by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.services.casework import acts
from bot.storage.database import Database
from bot.storage.tables import AlertStep, Note, Question, Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import DROPPED_OUT, HARM, TOWNSHIP, VILLAGE, Person, person, row, tell
from tests.services.staff.test_office import last, says

TOLD = "赵家屯有个孩子让他后妈打得浑身是伤"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def supervisor(world: World) -> Person:
    person(world, "child_director", VILLAGE, "周丽")
    person(world, "duty_officer", VILLAGE[:6], "何值班")
    return person(world, "child_supervisor", TOWNSHIP, "冯军")


def _count(world: World, table: type[Report] | type[Question]) -> int:
    with world.work() as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0


def _taken(world: World, who: Person, meant: str) -> None:
    world.tap(who.talk, f"accept:{meant}")


@pytest.mark.parametrize(
    "words", ["昨晚姜家店那个打孩子的报告 谁接了", "响水那案子咋样了", "不是报新的 我就问昨晚那个案子"]
)
def test_the_case_meant_is_found_by_place_hour_and_matter(
    world: World, hands: Hands, supervisor: Person, words: str
) -> None:
    meant = tell(world, HARM)
    hands.forward(hours=20)
    assert says(world, supervisor.talk, words) == ["office.report"]
    assert row(world, meant).number in last(world, supervisor.talk)
    assert _count(world, Report) == 1


def test_of_several_that_fit_each_is_told_with_who_has_it(world: World, supervisor: Person) -> None:
    first, second = tell(world, HARM), tell(world, HARM)
    _taken(world, supervisor, first)
    hands = says(world, supervisor.talk, "姜家店那个打孩子的案子 谁接了")
    told = last(world, supervisor.talk)
    assert hands == ["office.cases"]
    assert row(world, first).number in told
    assert row(world, second).number in told
    assert "还没有人接手" in told


def test_the_matter_named_tells_one_from_the_other(world: World, supervisor: Person) -> None:
    tell(world, DROPPED_OUT)
    meant = tell(world, HARM)
    says(world, supervisor.talk, "打孩子那个案子到哪一步了")
    assert row(world, meant).number in last(world, supervisor.talk)


def test_whoever_told_it_is_asked_in_the_words_said_and_no_photo_is_wanted(world: World, supervisor: Person) -> None:
    _taken(world, supervisor, tell(world, HARM, talk=world.citizen()))
    assert says(world, supervisor.talk, "问下报告人 孩子这两天上没上学") == ["office.report.asked"]
    assert "“孩子这两天上没上学”" in last(world, supervisor.talk)
    for words in ("让报告人拍张孩子身上伤的照片发过来", "叫报案的拍个视频"):
        assert says(world, supervisor.talk, words) == ["office.report.never_ask"]
        assert "JL-3.6.h" in last(world, supervisor.talk)
    assert _count(world, Question) == 1


def test_a_level_is_not_lowered_by_words_and_a_plan_is_kept_word_for_word(world: World, supervisor: Person) -> None:
    meant = tell(world, HARM)
    _taken(world, supervisor, meant)
    before = row(world, meant).severity
    assert says(world, supervisor.talk, "降成一般吧 他爸就是脾气暴") == ["office.report.lower"]
    assert row(world, meant).severity == before
    words = f"{row(world, meant).number} 做个计划 风险是他爸酒后打人 目标孩子安全 三天内出告诫书"
    assert says(world, supervisor.talk, words) == ["office.report.plan"]
    with world.work() as work:
        plan = work.session.scalar(select(Note).where(Note.kind == "plan"))
        assert plan is not None
        assert "风险是他爸酒后打人" in work.open("notes.text", plan.uid, plan.text_sealed)
    assert _count(world, Report) == 1


@pytest.mark.parametrize("words", ["我手里有啥案子", "我的报告", "我名下几个案子"])
def test_own_cases_are_listed(world: World, supervisor: Person, words: str) -> None:
    meant = tell(world, HARM)
    assert says(world, supervisor.talk, words) == ["office.cases.mine"]
    assert row(world, meant).number in last(world, supervisor.talk)


def test_harm_told_is_asked_about_once_and_a_tap_makes_it_a_report_of_its_own(world: World, supervisor: Person) -> None:
    known = tell(world, HARM)
    assert says(world, supervisor.talk, TOLD) == ["office.new_or_known"]
    assert _count(world, Report) == 1
    labels = [choice.label for choice in world.said(supervisor.talk)[-1].choices]
    assert labels == ["记成一件新的事", f"是说已有的报告 {row(world, known).number}"]
    assert says(world, supervisor.talk, "新的")[0].startswith("report.")
    assert world.flow(supervisor.talk) == "report"


def test_said_of_a_report_there_is_it_is_written_there(world: World, supervisor: Person) -> None:
    known = tell(world, HARM)
    says(world, supervisor.talk, TOLD)
    assert says(world, supervisor.talk, "不是新的 就是那个")[0] == "office.report.written"
    assert _count(world, Report) == 1
    with world.work() as work:
        note = work.session.scalar(select(Note).where(Note.report == known))
        assert note is not None
        assert work.open("notes.text", note.uid, note.text_sealed) == TOLD


def test_plain_danger_is_answered_at_once_and_asks_nothing(world: World, supervisor: Person) -> None:
    tell(world, HARM)
    assert "office.new_or_known" not in says(world, supervisor.talk, "他爸正拿刀砍孩子呢 快来人")
    assert _count(world, Report) == 2


def test_where_there_is_no_report_it_could_be_harm_told_opens_one(world: World, supervisor: Person) -> None:
    assert "office.new_or_known" not in says(world, supervisor.talk, TOLD)


def _opened(world: World, who: Person) -> Report:
    tell(world, HARM)
    says(world, who.talk, TOLD)
    says(world, who.talk, "新的")
    world.tap(who.talk, "report.danger_now=no")
    with world.work() as work:
        found = work.session.scalar(select(Report).where(Report.conversation == who.talk))
        assert found is not None
        return found


def test_what_was_opened_by_mistake_is_taken_back_in_words_and_seen_to_be_so(world: World, supervisor: Person) -> None:
    report = _opened(world, supervisor)
    assert says(world, supervisor.talk, "取消 不是报新的") == ["office.mistaken"]
    assert world.flow(supervisor.talk) is None
    with world.work() as work:
        kept = work.session.get_one(Report, report.uid)
        assert acts.mistaken(work, kept)
        due = (
            select(func.count()).select_from(AlertStep).where(AlertStep.report == report.uid, AlertStep.state == "due")
        )
        assert work.session.scalar(due) == 0
    assert says(world, supervisor.talk, "刚才点错了 不是新的") == ["office.mistaken"]


@pytest.mark.parametrize("words", ["记错了 是昨天的事", "报错了 是赵家屯三组", "弄错了 孩子九岁"])
def test_a_slip_put_right_takes_no_report_back(world: World, supervisor: Person, words: str) -> None:
    report = _opened(world, supervisor)
    says(world, supervisor.talk, words)
    with world.work() as work:
        assert not acts.mistaken(work, work.session.get_one(Report, report.uid))


def test_an_emergency_goes_on_calling_though_it_is_said_to_be_a_mistake(
    world: World, hands: Hands, supervisor: Person
) -> None:
    says(world, supervisor.talk, "他爸正拿刀砍孩子呢 快来人")
    hands.forward(seconds=timedelta(minutes=1).seconds)
    assert says(world, supervisor.talk, "点错了 不是新的") == ["office.mistaken.emergency"]


@pytest.mark.parametrize(
    ("words", "key"),
    [("这个月报告几件", "office.told"), ("这月接了几个案子", "office.told"), ("有啥到期的", "office.due")],
)
def test_what_came_in_and_what_is_due_is_counted_from_the_rows(
    world: World, supervisor: Person, words: str, key: str
) -> None:
    tell(world, HARM)
    assert says(world, supervisor.talk, words) == [key]
    assert "1件" in last(world, supervisor.talk)
