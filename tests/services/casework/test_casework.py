"""Each thing staff may do with a report: who may, who may not and why, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.care import roles
from bot.services.casework import acts as casework
from bot.services.casework import closing, police, reports, timeline, transferring
from bot.services.staff import accounts
from bot.storage.tables import JournalEntry, Outbox, Post, Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import (
    COUNTY,
    DROPPED_OUT,
    HARDSHIP,
    HARM,
    VILLAGE,
    Person,
    outcome,
    person,
    row,
    staff_of,
    state,
    tell,
)

OK = (True, None)


def _accepted(world: World, who: Person, signs: list[str], talk: str | None = None) -> str:
    report = tell(world, signs, talk=talk)
    assert who.does(reports.accept, report).allowed
    return report


def test_an_accepted_report_is_handled_planned_watched_and_closed_when_the_days_are_over(
    world: World, hands: Hands
) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, DROPPED_OUT, talk)
    assert outcome(people.director.does(casework.start_handling, report)) == OK
    assert outcome(people.director.does(casework.make_plan, report, "每周去看一次")) == OK
    assert outcome(people.director.does(casework.watch, report)) == OK
    assert state(world, report) == "monitoring"
    early = people.director.does(closing.propose, report, "needs_met", "孩子回学校了")
    assert outcome(early) == (False, "guard_not_met")
    hands.forward(days=30)
    done = people.director.does(closing.propose, report, "needs_met", "孩子回学校了")
    assert (outcome(done), done.waiting, state(world, report)) == (OK, False, "closed")
    closed = row(world, report)
    assert (closed.close_reason, closed.closed_at, closed.feedback_due) == ("needs_met", hands.moment, None)
    assert world.pushes(talk)[-1] == "reporter.closed"


@pytest.mark.parametrize(
    ("move", "refusal"),
    [
        (lambda who, uid: who.does(casework.start_handling, uid), "no_such_move"),
        (lambda who, uid: who.does(casework.watch, uid), "no_such_move"),
        (lambda who, uid: who.does(casework.make_plan, uid, "  "), "text_missing"),
        (lambda who, uid: who.does(casework.make_plan, uid, "字" * 4001), "text_too_long"),
        (lambda who, uid: who.does(casework.add_note, uid, ""), "text_missing"),
        (lambda who, uid: who.does(casework.add_note, uid, "x", "poem"), "no_such_kind"),
        (lambda who, uid: who.does(casework.tell_result, uid, "他被抓了"), "no_such_result"),
        (lambda who, uid: who.does(closing.propose, uid, "needs_met", "好了"), "no_such_move"),
        (lambda who, uid: who.does(closing.confirm, uid), "nothing_proposed"),
        (lambda who, uid: who.does(closing.decline, uid, "不行"), "nothing_proposed"),
        (lambda who, uid: who.does(casework.lower_severity, uid, "S0", "轻", checked=True), "not_lower"),
        (lambda who, uid: who.does(casework.raise_emergency, uid, "S3", "急"), "not_higher"),
        (lambda who, uid: who.does(casework.raise_emergency, uid, "S1", " "), "reason_missing"),
        (lambda who, uid: who.does(casework.not_accept, uid, "月球", "不归我们"), "no_such_body"),
        (lambda who, uid: who.does(casework.reopen, uid, "再看看"), "no_such_move"),
    ],
)
def test_what_does_not_fit_a_routed_report_is_refused_with_its_reason(move: object, refusal: str, world: World) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    assert outcome(move(people.caseworker, report)) == (False, refusal)  # type: ignore[operator]
    assert state(world, report) == "routed"


def test_every_act_on_a_report_one_may_not_see_answers_like_one_on_a_report_that_is_not_there(world: World) -> None:
    staff_of(world)
    report = tell(world, DROPPED_OUT)
    stranger = person(world, "child_director", "220184104202")
    acts = [
        lambda uid: stranger.does(reports.accept, uid),
        lambda uid: stranger.does(casework.start_handling, uid),
        lambda uid: stranger.does(casework.make_plan, uid, "计划"),
        lambda uid: stranger.does(casework.watch, uid),
        lambda uid: stranger.does(casework.not_accept, uid, "education", "不归这里"),
        lambda uid: stranger.does(casework.lower_severity, uid, "S4", "没事", checked=True),
        lambda uid: stranger.does(casework.raise_emergency, uid, "S0", "急"),
        lambda uid: stranger.does(casework.reopen, uid, "再看"),
        lambda uid: stranger.does(casework.add_note, uid, "看看"),
        lambda uid: stranger.does(casework.tell_result, uid, "done"),
        lambda uid: stranger.does(closing.propose, uid, "needs_met", "好了"),
        lambda uid: stranger.does(closing.confirm, uid),
        lambda uid: stranger.does(closing.decline, uid, "不"),
        lambda uid: stranger.does(police.record, uid, "派出所", world.now()),
    ]
    for act in acts:
        answers = [act(uid) for uid in (report, "abcdefghijklmnopqrstuvwxyz", "", "'; drop table reports")]
        assert {(outcome(one), one.report) for one in answers} == {((False, "absent"), None)}
    assert stranger.does(timeline.of, report) is stranger.does(timeline.of, "no such") is None


def test_an_s1_is_closed_by_two_and_never_by_the_one_who_proposed(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    people.director.does(casework.watch, report)
    hands.forward(days=90)
    proposed = people.director.does(closing.propose, report, "needs_met", "家里好了")
    assert (outcome(proposed), proposed.waiting, state(world, report)) == (OK, True, "monitoring")
    assert "staff.close_proposed" in world.pushes(people.supervisor.talk)
    assert "staff.close_proposed" not in world.pushes(people.director.talk)
    assert outcome(people.director.does(closing.confirm, report)) == (False, "same_person")
    assert outcome(people.caseworker.does(closing.confirm, report)) == OK
    assert state(world, report) == "closed"


def test_a_second_person_may_decline_and_the_proposer_hears_it(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    assert people.director.does(closing.propose, report, "not_confirmed", "没有这回事").waiting
    assert outcome(people.caseworker.does(closing.decline, report, " ")) == (False, "reason_missing")
    assert outcome(people.caseworker.does(closing.decline, report, "再去一趟")) == OK
    assert "staff.close_declined" in world.pushes(people.director.talk)
    assert outcome(people.caseworker.does(closing.confirm, report)) == (False, "nothing_proposed")


def test_a_proposal_falls_when_its_author_is_suspended_or_the_report_is_raised(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    people.director.does(closing.propose, report, "not_confirmed", "没有")
    with world.work() as work:
        accounts.suspend(work, people.director.account)
    assert outcome(people.caseworker.does(closing.confirm, report)) == (False, "nothing_proposed")
    people.caseworker.does(closing.propose, report, "not_confirmed", "没有")
    people.duty.does(casework.raise_emergency, report, "S1", "孩子说挨打")
    assert outcome(people.manager.does(closing.confirm, report)) == (False, "nothing_proposed")


@pytest.mark.parametrize(("checked", "expected"), [(False, (False, "guard_not_met")), (True, OK)])
def test_a_withdrawn_s1_is_closed_only_after_a_check_of_the_child(
    checked: bool, expected: tuple[bool, str | None], world: World
) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    assert outcome(people.director.does(closing.propose, report, "withdrawn", "撤回", checked=checked)) == expected


def test_a_severity_is_lowered_only_by_another_person_who_has_checked(world: World) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    assert people.caseworker.does(casework.raise_emergency, report, "S1", "看见伤").allowed
    lower = (casework.lower_severity, report, "S2", "是摔的，见到孩子了")
    assert outcome(people.caseworker.does(*lower, checked=True)) == (False, "guard_not_met")
    assert outcome(people.duty.does(*lower, checked=False)) == (False, "guard_not_met")
    assert outcome(people.director.does(*lower, checked=True)) == (False, "actor_not_allowed")
    assert outcome(people.duty.does(*lower, checked=True)) == OK
    assert row(world, report).severity == "S2"


def test_staff_raise_a_report_and_everybody_is_alerted_anew(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    hands.forward(minutes=5)
    assert people.director.does(casework.raise_emergency, report, "S0", "孩子不见了").allowed
    raised = row(world, report)
    assert (raised.severity, raised.state, raised.acknowledged_at) == ("S0", "emergency_handoff", None)
    for who in (people.director, people.supervisor, people.caseworker, people.duty):
        assert world.pushes(who.talk)[-1] == "staff.alert.S0"
    assert people.duty.does(reports.accept, report).allowed


def test_an_s1_raised_from_the_end_is_reopened_first(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.caseworker, HARDSHIP)
    people.caseworker.does(closing.propose, report, "needs_met", "办好了")
    assert state(world, report) == "closed"
    assert people.caseworker.does(casework.raise_emergency, report, "S1", "又挨打了").allowed
    made = [entry.what for entry in people.manager.does(timeline.of, report).entries if entry.kind == "move"]
    assert made[-3:] == ["close", "reopen", "raise_emergency"]


def test_what_is_refused_names_the_competent_body_to_the_reporter_and_an_s1_never_is(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, DROPPED_OUT, talk=talk)
    assert outcome(people.caseworker.does(casework.not_accept, report, "education", "")) == (False, "reason_missing")
    assert outcome(people.caseworker.does(casework.not_accept, report, "education", "归教育局")) == OK
    assert "教育部门" in world.said(talk)[-1].text
    harm = tell(world, HARM)
    assert outcome(people.caseworker.does(casework.not_accept, harm, "education", "不归")) == (False, "no_such_move")


def test_a_reopened_report_waits_for_somebody_and_tells_its_people(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.caseworker, HARDSHIP)
    people.caseworker.does(closing.propose, report, "needs_met", "办好了")
    assert outcome(people.caseworker.does(casework.reopen, report, "")) == (False, "reason_missing")
    assert outcome(people.caseworker.does(casework.reopen, report, "又来电话")) == OK
    again = row(world, report)
    assert (again.state, again.acknowledged_at, again.closed_at) == ("routed", None, None)
    assert people.director.does(reports.accept, report).allowed


def test_a_record_of_the_police_ends_the_duty(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    later = hands.moment + timedelta(minutes=1)
    assert outcome(people.director.does(police.record, report, " ", hands.moment)) == (False, "station_missing")
    assert outcome(people.director.does(police.record, report, "响水派出所", later)) == (False, "time_in_future")
    assert outcome(people.manager.does(police.record, report, "响水派出所", hands.moment)) == (
        False,
        "actor_not_allowed",
    )
    with world.work() as work:
        assert police.duty_open(work, work.session.get_one(Report, report))
    assert outcome(people.director.does(police.record, report, "响水派出所", hands.moment, "A12")) == OK
    with world.work() as work:
        assert not police.duty_open(work, work.session.get_one(Report, report))


def test_a_result_reaches_the_reporter_in_a_fixed_sentence_and_begins_a_new_period(world: World, hands: Hands) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, DROPPED_OUT, talk)
    hands.forward(days=10)
    assert people.director.does(casework.tell_result, report, "helping").allowed
    assert world.pushes(talk)[-1] == "result.helping"
    assert row(world, report).feedback_due == hands.moment + timedelta(days=15)


def test_who_is_moved_or_suspended_has_other_rights_at_the_next_step(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    assert people.director.does(casework.add_note, report, "去过了").allowed
    with world.work() as work:
        post = work.session.query(Post).filter_by(account=people.director.account).one()
        post.until = world.now()
        uid = "a" * 26
        work.session.add(Post(uid=uid, account=post.account, role=post.role, area="220184104202", since=world.now()))
    assert outcome(people.director.does(casework.start_handling, report)) == (False, "absent")
    before = world.pushes(people.director.talk)
    people.caseworker.does(casework.raise_emergency, report, "S1", "有伤")
    assert world.pushes(people.director.talk) == before
    with world.work() as work:
        accounts.suspend(work, people.supervisor.account)
    assert world.tap(people.supervisor.talk, f"view:{report}") == ["staff.gone"]


def test_a_person_named_in_one_post_sees_nothing_in_another(world: World) -> None:
    both = person(world, "child_director", VILLAGE)
    with world.work() as work:
        account = both.member(work).account
        work.session.add(Post(uid="b" * 26, account=account, role="county_caseworker", area=COUNTY, since=world.now()))
    report = tell(world, HARM, ["child_director"])
    assert world.pushes(both.talk) == []
    assert both.does(reports.content, report) is None
    assert both.does(reports.mine) == []


def test_every_move_is_journalled_without_a_word_of_what_was_said(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    people.director.does(casework.make_plan, report, "暗号一")
    people.director.does(casework.add_note, report, "暗号二")
    people.director.does(closing.propose, report, "not_confirmed", "暗号三")
    with world.work() as work:
        rows = work.session.query(JournalEntry).filter_by(subject=report).all()
    acts = {entry.act for entry in rows}
    assert {"report accept", "report make_plan", "report plan", "report note", "report close proposed"} <= acts
    assert not any("暗号" in entry.detail for entry in rows)


def test_the_timeline_tells_the_whole_story_and_reads_only_to_who_may_read_the_log(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, HARM, talk)
    people.director.does(reports.content, report)
    people.director.does(police.record, report, "响水派出所", world.now())
    story = people.director.does(timeline.of, report)
    assert [entry.what for entry in story.entries if entry.kind == "move"] == ["raise_emergency", "accept"]
    assert {entry.kind for entry in story.entries} == {"move", "assignment", "police", "call"}
    assert story.reads == ()
    reads = people.manager.does(timeline.of, report).reads
    assert ("王主任", "handling") in {(entry.who, entry.what) for entry in reads}


def test_told_list_says_to_whom_what_went_and_whether_it_arrived(world: World, hands: Hands) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, HARM, talk=talk)
    world.deliver(people.director.talk)
    people.director.does(reports.accept, report)
    told = people.manager.does(timeline.of, report).told
    assert {(one.name, one.key, one.state) for one in told if one.key != timeline.CALL} == {
        ("王主任", "staff.alert.S1", "delivered"),
        ("李督导", "staff.alert.S1", "waiting"),
        ("张科员", "staff.alert.S1", "waiting"),
        ("孙值班", "staff.alert.S1", "waiting"),
        ("reporter", "reporter.accepted", "waiting"),
    }
    assert next(one.delivered_at for one in told if one.name == "王主任") == hands.moment


def test_a_department_that_is_called_stands_in_the_told_list_too(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report, opened = tell(world, DROPPED_OUT), hands.moment
    hands.forward(hours=2)
    people.director.does(reports.accept, report)
    assert people.caseworker.does(transferring.called, report, "education", "教育局刘科，明天家访").allowed
    told = [one for one in people.manager.does(timeline.of, report).told if one.key == timeline.CALL]
    assert {(one.name, one.at, one.state, one.delivered_at, one.by, one.spoke_with) for one in told} == {
        (roles.target_label("education"), opened, "called", hands.moment, "张科员", "教育局刘科，明天家访"),
        (roles.target_label("school"), opened, "to_call", None, "", ""),
    }


def test_told_list_says_what_waits_for_the_morning_what_failed_and_what_was_taken_back(
    world: World, hands: Hands
) -> None:
    people = staff_of(world)
    hands.moment = hands.moment.replace(hour=22)
    report = tell(world, HARM)
    with world.work() as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.natural_key.like(f"alert:{report}:%"))).all()
        by_talk = {row.conversation: row for row in rows}
        by_talk[people.director.talk].state = "failed"
        by_talk[people.supervisor.talk].state = "withdrawn"
        by_talk[people.caseworker.talk].not_before = hands.moment.replace(hour=23)
    told = people.manager.does(timeline.of, report).told
    assert {one.name: one.state for one in told if one.key != timeline.CALL} == {
        "王主任": "failed",
        "李督导": "withdrawn",
        "张科员": "later",
        "孙值班": "waiting",
    }
