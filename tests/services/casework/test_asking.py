"""Asking the reporter back: shown only to them, answered from wherever they come, reminded of once."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.services.casework import asking, clocks, reports, timeline
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services.cases import DROPPED_OUT, code_of, outcome, person, row, staff_of, state, telegram, tell

OK = (True, None)
QUESTION = "孩子现在住在谁家？"


def _asked(world: World, talk: str | None) -> tuple[str, object]:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT, talk=talk)
    people.director.does(reports.accept, report)
    assert outcome(people.director.does(asking.ask, report, QUESTION)) == OK
    return report, people


def _button(world: World, talk: str) -> str:
    return next(said.choices[0].value for said in reversed(world.said(talk)) if said.choices)


def _answers(world: World, report: str, people: object) -> list[str]:
    story = people.manager.does(timeline.of, report)  # type: ignore[attr-defined]
    return [entry.text for entry in story.entries if entry.kind == "answer"]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (" ", "text_missing"),
        ("字" * 301, "text_too_long"),
        ("他摸了哪里？", "never_ask"),
        ("能拍张孩子身上伤的照片吗", "never_ask"),
        ("您能再去问问孩子吗", "never_ask"),
        ("孩子有艾滋病吗", "never_ask"),
        ("身份证号多少", "never_ask"),
        ("先别说出去行吗", "never_ask"),
    ],
)
def test_what_may_not_be_asked_is_refused_and_nobody_hears_of_it(text: str, refusal: str, world: World) -> None:
    talk, people = world.citizen(), staff_of(world)
    report = tell(world, DROPPED_OUT, talk=talk)
    people.director.does(reports.accept, report)
    before = world.pushes(talk)
    assert outcome(people.director.does(asking.ask, report, text)) == (False, refusal)
    assert world.pushes(talk) == before


def test_only_who_is_assigned_may_ask(world: World) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    assert outcome(people.manager.does(asking.ask, report, QUESTION)) == (False, "guard_not_met")
    stranger = person(world, "child_director", "220184104202")
    assert outcome(stranger.does(asking.ask, report, QUESTION)) == (False, "absent")


def test_the_push_shows_no_word_of_the_question_and_the_button_shows_it(world: World) -> None:
    talk = world.citizen()
    report, people = _asked(world, talk)
    assert all(QUESTION not in said.text for said in world.said(talk))
    assert world.tap(talk, _button(world, talk)) == ["reporter.question"]
    assert QUESTION in world.said(talk)[-1].text
    assert world.say(talk, "住在他奶奶家") == ["reporter.answered"]
    assert _answers(world, report, people) == ["住在他奶奶家"]
    assert world.pushes(people.director.talk)[-1] == "staff.answered"  # type: ignore[attr-defined]
    assert "住在他奶奶家" in str(reports.told_of(*_opened(world, report)))
    assert world.flow(talk) is None


def _opened(world: World, report: str) -> tuple[object, object]:
    with world.work() as work:
        return work, work.session.get_one(type(row(world, report)), report)


def test_an_anonymous_telegram_reporter_answers_by_the_button_from_a_chat_we_do_not_know(world: World) -> None:
    parted = telegram(world, "42")
    report, people = _asked(world, parted)
    now_new = world.chat("42")
    assert now_new != parted
    assert world.tap(now_new, _button(world, parted)) == ["reporter.question"]
    assert world.say(now_new, "奶奶家") == ["reporter.answered"]
    assert _answers(world, report, people) == ["奶奶家"]


def test_a_forged_button_shows_nothing(world: World) -> None:
    talk = world.citizen()
    report, _ = _asked(world, talk)
    real = _button(world, talk)
    for forged in (real[:-1] + "x", "asked:abcdefghijklmnopqrstuvwxyz:0", f"asked:{report}:1", "asked:"):
        assert world.tap(world.citizen(), forged) == ["chat.expired_button"]


@pytest.mark.parametrize("flow", ["status", "supplement"])
def test_with_code_and_pin_the_question_is_shown_and_the_next_words_answer_it(flow: str, world: World) -> None:
    report, people = _asked(world, None)
    code, elsewhere = code_of(world, report), world.citizen()
    world.tap(elsewhere, f"flow:{flow}")
    keys = world.say(elsewhere, code)
    assert keys == (["reporter.status", "reporter.question"] if flow == "status" else ["reporter.question"])
    assert world.say(elsewhere, "不知道") == ["reporter.answered"]
    assert _answers(world, report, people) == ["不知道"]


def test_in_the_same_talk_a_greeting_brings_the_question_once(world: World) -> None:
    talk = world.citizen()
    _asked(world, talk)
    assert world.say(talk, "您好") == ["reporter.status", "reporter.question"]
    assert world.say(talk, "算了") == ["reporter.not_answered"]
    assert "reporter.question" not in world.say(talk, "您好")


def test_nobody_need_answer(world: World) -> None:
    talk = world.citizen()
    report, people = _asked(world, talk)
    world.tap(talk, _button(world, talk))
    assert world.tap(talk, "answer:skip") == ["reporter.not_answered"]
    assert _answers(world, report, people) == []


def test_danger_in_an_answer_gets_the_numbers_at_once_and_raises_the_report(world: World) -> None:
    talk = world.citizen()
    report, people = _asked(world, talk)
    world.tap(talk, _button(world, talk))
    keys = world.say(talk, "他爸正拿刀要砍孩子")
    assert keys[0].startswith("danger.")
    assert "reporter.answered" in keys
    assert (row(world, report).severity, state(world, report)) == ("S0", "emergency_handoff")
    assert len(world.reports()) == 1
    assert world.pushes(people.duty.talk)[-1] == "staff.alert.S0"  # type: ignore[attr-defined]


def test_two_questions_are_answered_one_after_the_other(world: World) -> None:
    talk = world.citizen()
    report, people = _asked(world, talk)
    people.director.does(asking.ask, report, "孩子几岁？")  # type: ignore[attr-defined]
    world.tap(talk, _button(world, talk))
    assert world.say(talk, "奶奶家") == ["reporter.answered", "reporter.question"]
    assert world.say(talk, "八岁吧") == ["reporter.answered"]
    assert _answers(world, report, people) == ["奶奶家", "八岁吧"]


def test_a_question_that_waits_two_days_is_brought_up_once_and_not_at_night(world: World, hands: Hands) -> None:
    talk = world.citizen()
    hands.moment = datetime(2026, 11, 23, 20, 30, tzinfo=SHANGHAI)
    _asked(world, talk)
    hands.forward(hours=47)
    assert _tick(world)["nudged"] == 0
    hands.forward(hours=2)
    assert [_tick(world)["nudged"] for _ in range(2)] == [1, 0]
    with world.work() as work:
        nudge = work.session.query(Outbox).filter_by(key="reporter.asked_again").one()
    assert nudge.not_before == datetime(2026, 11, 26, 8, 0, tzinfo=SHANGHAI)
    hands.forward(days=9)
    assert _tick(world)["nudged"] == 0


def _tick(world: World) -> dict[str, int]:
    with world.work() as work:
        return clocks.tick(work)


def test_the_question_does_not_wait_after_the_draft_of_an_answer_is_a_day_old(world: World, hands: Hands) -> None:
    from bot import jobs

    talk = world.citizen()
    _asked(world, talk)
    world.tap(talk, _button(world, talk))
    hands.forward(hours=3)
    jobs.run(world.database, world.vault, "silence", world.now())
    assert world.flow(talk) == asking.FLOW
    hands.forward(hours=22)
    jobs.run(world.database, world.vault, "silence", world.now())
    assert world.flow(talk) is None
