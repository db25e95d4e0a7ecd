"""Reports that may be about one child are shown beside each other; only a person joins them."""

from __future__ import annotations

from bot.services.casework import acts, closing, linking, reports, timeline
from bot.storage.tables import Report, ReportLink
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import DROPPED_OUT, HARDSHIP, HARM, code_of, outcome, person, row, staff_of, state, tell

OK = (True, None)


def _propose(world: World, report: str) -> int:
    with world.work() as work:
        return linking.propose(work, work.session.get_one(Report, report))


def _links(world: World) -> list[tuple[str, str | None]]:
    with world.work() as work:
        return [(link.kind, link.by) for link in work.session.query(ReportLink)]


def test_a_filed_report_is_linked_to_a_like_one_and_never_joined(world: World) -> None:
    first = tell(world, DROPPED_OUT, child_sex="male", child_age_years=9)
    second = tell(world, DROPPED_OUT, child_sex="male", child_age_years=9)
    assert [_propose(world, second), _propose(world, second), _propose(world, first)] == [1, 0, 0]
    assert _links(world) == [("similar", None)]
    assert [state(world, one) for one in (first, second)] == ["triaged", "triaged"]


def test_what_is_a_month_old_or_about_another_child_is_not_linked(world: World, hands: Hands) -> None:
    tell(world, DROPPED_OUT, child_sex="male", child_age_years=9)
    assert _propose(world, tell(world, DROPPED_OUT, child_sex="female", child_age_years=9)) == 0
    hands.forward(days=31)
    assert _propose(world, tell(world, DROPPED_OUT, child_sex="male", child_age_years=9)) == 0


def test_a_report_told_in_chat_is_compared_when_it_is_filed(world: World) -> None:
    tell(world, ["out_of_school"], child_sex="male", child_age_years=9)
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "九岁的男孩辍学了在家放牛")
    world.say(somebody, "公主岭市响水镇姜家店村")
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=yes", "confirm=yes"):
        world.tap(somebody, f"report.{value}")
    assert _links(world) == [("similar", None)]


def test_staff_join_a_duplicate_and_the_code_shows_how_the_joined_one_stands(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    kept = tell(world, HARDSHIP)
    report = tell(world, HARDSHIP, talk=talk)
    code = code_of(world, report)
    people.caseworker.does(reports.accept, kept)
    people.caseworker.does(acts.start_handling, kept)
    assert outcome(people.caseworker.does(linking.link_duplicate, report, kept, "同一家")) == OK
    assert state(world, report) == "duplicate_linked"
    assert world.pushes(talk)[-1] == "reporter.moved"
    somebody = world.citizen()
    world.tap(somebody, "flow:status")
    world.say(somebody, code)
    text = world.said(somebody)[-1].text
    assert "处理中" in text
    assert "合在一起" in text


def test_joining_is_refused_with_its_reason(world: World) -> None:
    people = staff_of(world)
    kept, report, harm = tell(world, HARDSHIP), tell(world, HARDSHIP), tell(world, HARM)
    join, absent = linking.link_duplicate, "abcdefghijklmnopqrstuvwxyz"
    assert outcome(people.caseworker.does(join, report, kept, "")) == (False, "reason_missing")
    assert outcome(people.caseworker.does(join, report, report, "同")) == (False, "no_such_report")
    assert outcome(people.caseworker.does(join, report, absent, "同")) == (
        False,
        "no_such_report",
    )
    assert outcome(people.director.does(join, report, kept, "同")) == (False, "actor_not_allowed")
    assert outcome(people.caseworker.does(join, harm, kept, "同")) == (False, "no_such_move")
    people.caseworker.does(reports.accept, kept)
    people.caseworker.does(closing.propose, kept, "needs_met", "好了")
    assert outcome(people.caseworker.does(join, report, kept, "同")) == (False, "guard_not_met")
    stranger = person(world, "county_caseworker", "220182")
    assert outcome(stranger.does(join, report, kept, "同")) == (False, "absent")


def test_a_link_to_a_report_one_may_not_see_is_not_there(world: World) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT, child_sex="male", child_age_years=9)
    hidden = tell(world, DROPPED_OUT, ["child_director"], child_sex="male", child_age_years=9)
    assert _propose(world, hidden) == 1
    for who, expected in ((people.director, 0), (people.caseworker, 1)):
        story = who.does(timeline.of, report)
        assert len([entry for entry in story.entries if entry.kind == "link"]) == expected
    assert row(world, hidden).conflicted == "child_director"
