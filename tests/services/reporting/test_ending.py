"""What the reporter sees and may do: how it stands, the end, disagreeing, withdrawing; and words that come later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import jobs
from bot.services.casework import acts, clocks, closing, reports, timeline
from bot.services.reporting import ending
from bot.storage.tables import Conversation, Report
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services.cases import DROPPED_OUT, HARDSHIP, HARM, Person, code_of, row, staff_of, state, telegram, tell

OK = (True, None)


def _closed(world: World, who: Person, talk: str | None, signs: list[str] | None = None) -> str:
    report = tell(world, signs or HARDSHIP, talk=talk)
    assert who.does(reports.accept, report).allowed
    assert who.does(closing.propose, report, "needs_met", "办好了").allowed
    assert state(world, report) == "closed"
    return report


def _status(world: World, code: str) -> str:
    somebody = world.citizen()
    world.tap(somebody, "flow:status")
    assert "reporter.status" in world.say(somebody, code)
    return world.said(somebody)[-1].text


def test_the_status_names_the_next_promised_day_and_nothing_of_the_matter(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    code = code_of(world, report)
    assert "最晚11月24日前" in _status(world, code)
    people.director.does(reports.accept, report)
    text = _status(world, code)
    assert "已受理" in text
    assert "最晚12月8日前" in text
    assert not any(word in text for word in ("孩子", "辍学", "王主任", "响水"))


def test_a_reporter_who_wanted_no_word_gets_none(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, HARDSHIP, talk=talk)
    with world.work() as work:
        work.session.get_one(Report, report).follow_up = False
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(acts.tell_result, report, "done")
    people.caseworker.does(closing.propose, report, "needs_met", "好了")
    assert world.pushes(talk) == []


def test_at_the_end_the_reporter_is_asked_whether_it_helped(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _closed(world, people.caseworker, talk)
    buttons = {choice.label: choice.value for choice in world.said(talk)[-1].choices}
    assert world.tap(talk, buttons["有帮助"]) == ["reporter.thanks"]
    assert world.tap(talk, buttons["没帮上"]) == ["reporter.sorry"]
    notes = [e.text for e in people.manager.does(timeline.of, report).entries if e.what == "feedback"]
    assert notes == ["yes", "no"]
    for forged in (buttons["有帮助"][:-1] + "x", f"end:yes:{report}:", "end:why:x:y"):
        assert world.tap(talk, forged) == ["chat.expired_button"]


def test_who_disagrees_opens_it_again_with_the_reason_and_its_people_hear_it(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _closed(world, people.caseworker, talk)
    value = next(choice.value for choice in world.said(talk)[-1].choices if choice.label == "我不同意")
    assert world.tap(talk, value) == ["reporter.dispute"]
    assert world.say(talk, "补助还没有发下来") == ["reporter.disputed"]
    again = row(world, report)
    assert (again.state, again.closed_at, again.acknowledged_at) == ("routed", None, None)
    assert "staff.disputed" in world.pushes(people.caseworker.talk)
    moves = [e for e in people.manager.does(timeline.of, report).entries if e.what == "reopen"]
    assert [(e.who, e.text) for e in moves] == [("reporter", "补助还没有发下来")]
    assert world.tap(talk, value) == ["chat.expired_button"]


def test_a_stranger_with_the_code_may_disagree_too(world: World) -> None:
    people = staff_of(world)
    report = _closed(world, people.caseworker, None)
    somebody = world.citizen()
    world.tap(somebody, "flow:status")
    world.say(somebody, code_of(world, report))
    value = next(choice.value for choice in world.said(somebody)[-1].choices if choice.label == "我不同意")
    world.tap(somebody, value)
    assert world.say(somebody, "没有解决") == ["reporter.disputed"]
    assert state(world, report) == "routed"


def test_a_disputed_s1_goes_back_to_everybody_as_an_emergency(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, HARM)
    people.director.does(reports.accept, report)
    people.director.does(closing.propose, report, "not_confirmed", "没有")
    assert people.duty.does(closing.confirm, report).allowed
    hands.forward(days=1)
    with world.work() as work:
        assert ending.dispute(work, work.session.get_one(Report, report), "又打了").allowed
    assert state(world, report) == "emergency_handoff"
    assert world.pushes(people.director.talk).count("staff.alert.S1") == 2


def test_the_reply_address_goes_fifteen_days_after_the_end_and_stays_if_opened_again(
    world: World, hands: Hands
) -> None:
    people, talk = staff_of(world), telegram(world, "7")
    report = _closed(world, people.caseworker, talk)
    hands.forward(days=14)
    assert _address(world, talk)
    people.caseworker.does(acts.reopen, report, "再看看")
    hands.forward(days=30)
    assert _address(world, talk)
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(closing.propose, report, "needs_met", "办好了")
    with world.work() as work:
        from bot.services.mail import mailbox

        mailbox.delivered(work, [r.id for r in mailbox.said_since(work, talk, 0)])
    hands.forward(days=15)
    assert not _address(world, talk)


def _address(world: World, talk: str) -> bool:
    jobs.run(world.database, world.vault, "retention", world.now())
    with world.work() as work:
        return work.session.get_one(Conversation, talk).address_sealed is not None


@pytest.mark.parametrize(
    ("signs", "key"), [(HARDSHIP, "withdraw.done"), (DROPPED_OUT, "withdraw.done"), (HARM, "withdraw.done_urgent")]
)
def test_withdrawing_ends_the_contact_and_never_the_report(signs: list[str], key: str, world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, signs, talk=talk)
    before = state(world, report)
    assert world.say(talk, "我要撤回") == ["withdraw.sure"]
    assert world.tap(talk, "withdraw:yes") == [key]
    assert (state(world, report), row(world, report).follow_up) == (before, False)
    assert world.pushes(people.director.talk)[-1] == "staff.withdrawn"
    people.director.does(reports.accept, report)
    assert world.pushes(talk) == []


@pytest.mark.parametrize(("reporter", "kept"), [("citizen_anonymous", []), ("child_self", ["13800000000"])])
def test_who_withdraws_leaves_no_way_to_be_reached(reporter: str, kept: list[str], world: World) -> None:
    staff_of(world)
    talk = world.citizen()
    report = tell(world, HARM, talk=talk, reporter_type=reporter)
    words = [["what", "天天打"], ["safe_contact", "13800000000"]]
    with world.work() as work:
        filed = work.session.get_one(Report, report)
        filed.told_sealed = work.seal("reports.told", report, {**reports.told_of(work, filed), "words": words})
        ending.withdraw(work, filed)
    with world.work() as work:
        left = reports.told_of(work, work.session.get_one(Report, report))["words"]
    assert left == [words[0], *(["safe_contact", number] for number in kept)]


def test_withdrawing_needs_code_and_pin_elsewhere_and_can_be_left(world: World) -> None:
    staff_of(world)
    report = tell(world, HARDSHIP)
    somebody = world.citizen()
    assert world.tap(somebody, "flow:withdraw") == ["withdraw.report_code"]
    assert world.say(somebody, code_of(world, report)) == ["withdraw.sure"]
    assert world.say(somebody, "不了") == ["withdraw.kept"]
    assert world.tap(somebody, "withdraw:yes") == ["chat.expired_button"]


def test_a_withdrawn_telegram_address_is_gone_at_once(world: World) -> None:
    staff_of(world)
    talk = telegram(world, "9")
    report = tell(world, HARDSHIP, talk=talk)
    with world.work() as work:
        ending.withdraw(work, work.session.get_one(Report, report))
    assert not _address(world, talk)


def _add(world: World, report: str, words: str) -> list[str]:
    somebody = world.citizen()
    world.tap(somebody, "flow:supplement")
    world.say(somebody, code_of(world, report))
    return world.say(somebody, words)


@pytest.mark.parametrize(
    ("words", "after", "moves"),
    [
        ("他爸正拿刀要砍孩子", "emergency_handoff", ["close", "add_information", "raise_emergency"]),
        (
            "孩子身上又有好多伤，是被打的",
            "emergency_handoff",
            ["close", "add_information", "reopen", "raise_emergency"],
        ),
        ("孩子叫小军", "closed", ["close", "add_information"]),
    ],
)
def test_what_is_added_to_a_closed_report_opens_it_only_with_danger(
    words: str, after: str, moves: list[str], world: World, hands: Hands
) -> None:
    people = staff_of(world)
    report = _closed(world, people.caseworker, None)
    hands.forward(days=1)
    _add(world, report, words)
    assert state(world, report) == after
    made = [e.what for e in people.manager.does(timeline.of, report).entries if e.kind == "move"]
    assert made[made.index("close") :] == moves
    if after != "closed":
        assert world.pushes(people.duty.talk)[-1].startswith("staff.alert.S")


def test_an_old_question_of_an_ended_report_opens_nothing_when_its_reporter_looks_how_it_stands(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARM)
    code = code_of(world, report)
    people.director.does(reports.accept, report)
    talk = world.citizen()
    world.tap(talk, "flow:supplement")
    world.say(talk, code)
    world.say(talk, "他爸正拿刀追孩子")
    assert world.said(talk)[-1].text.startswith("怎样联系您"), "a question is left open"
    people.duty.does(reports.accept, report)
    people.duty.does(closing.propose, report, "handed_over", "已当面交接", checked=True)
    assert people.director.does(closing.confirm, report).allowed
    world.tap(talk, "flow:status")
    assert world.say(talk, code) == ["reporter.status"]
    assert world.say(talk, "谢谢你们") != []
    assert state(world, report) == "closed"


def test_the_same_danger_said_again_raises_what_staff_had_lowered(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARM)
    people.director.does(reports.accept, report)
    people.caseworker.does(acts.lower_severity, report, "S2", "见到孩子", checked=True)
    _add(world, report, "孩子叫小军，八岁")
    assert row(world, report).severity == "S2"
    _add(world, report, "昨天又打了孩子，身上有伤")
    assert (row(world, report).severity, state(world, report)) == ("S1", "emergency_handoff")


def test_feedback_is_reminded_of_a_day_before_and_the_county_hears_when_it_is_late(world: World, hands: Hands) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, HARDSHIP, talk=talk)
    people.director.does(reports.accept, report)
    due = row(world, report).feedback_due
    assert due == hands.moment + timedelta(days=15)
    hands.forward(days=13)
    assert _tick(world)["feedback"] == 0
    hands.forward(days=1)
    assert [_tick(world)["feedback"] for _ in range(2)] == [1, 0]
    assert world.pushes(people.director.talk).count("staff.feedback_due") == 1
    assert "staff.feedback_due" not in world.pushes(people.caseworker.talk)
    hands.forward(days=1)
    assert [_tick(world)["feedback"] for _ in range(2)] == [1, 0]
    assert world.pushes(people.caseworker.talk).count("staff.feedback_due") == 1
    assert row(world, report).feedback_due == due + timedelta(days=15)
    people.director.does(acts.tell_result, report, "helping")
    assert row(world, report).feedback_due == hands.moment + timedelta(days=15)


def test_after_weeks_of_standstill_the_reminder_comes_once(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, HARDSHIP)
    people.director.does(reports.accept, report)
    hands.moment = datetime(2027, 3, 1, 9, 0, tzinfo=SHANGHAI)
    assert [_tick(world)["feedback"] for _ in range(3)] == [1, 0, 0]
    assert world.pushes(people.director.talk).count("staff.feedback_due") == 1


def _tick(world: World) -> dict[str, int]:
    with world.work() as work:
        return clocks.tick(work)


def test_a_mandatory_reporter_records_the_police_report_and_the_duty_ends(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, HARM, talk=talk, reporter_type="mandatory_reporter")
    people.director.does(reports.accept, report)
    world.tap(talk, "flow:status")
    button = world.said(talk)[-1].choices[0]
    assert button.label == "我已报案"
    assert world.tap(talk, button.value[:-1] + "x") == ["chat.expired_button"]
    assert world.tap(talk, button.value) == ["reporter.police_station"]
    assert world.say(talk, "响水派出所，今天上午") == ["reporter.police_recorded"]
    assert world.tap(talk, button.value) == ["chat.expired_button"]
    assert "staff.police_told" in world.pushes(people.director.talk)
    found = [e for e in people.director.does(timeline.of, report).entries if e.kind == "police"]
    assert [(e.who, e.text) for e in found] == [("reporter", "响水派出所，今天上午")]


def test_a_child_hears_a_childs_words(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, HARDSHIP, talk=talk, reporter_type="child_self")
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(acts.tell_result, report, "helping")
    people.caseworker.does(closing.propose, report, "needs_met", "好了")
    assert world.pushes(talk) == ["reporter.accepted.child", "result.helping.child", "reporter.closed.child"]
