"""The morning message, the ladder and the plan behind them: who hears what on which day, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.care import visit_record
from bot.services.visits import digests, recording
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.storage.tables import (
    AwaySpan,
    Child,
    Mark,
    Outbox,
    Post,
    VisitEscalation,
    VisitPlan,
    VisitStanding,
    VisitTask,
)
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE, Person, Staff, person, staff_of

MONDAY = date(2026, 11, 23)
FINE = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "emergency": "none"}


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, MONDAY, 8, 0)
    return staff_of(world)


def _filed(world: World, days_ago: int = 0, **more: object) -> str:
    """A child filed some days ago: its first visit is due seven days after filing."""
    with world.work() as work:
        uid = on_file.child(work, filed=MONDAY - timedelta(days=days_ago), **more)
    on_file.tick(world, "visit_plans")
    return uid


def _morning(world: World, hands: Hands, day: date) -> dict[str, int]:
    on_file.clock(hands, day)
    return on_file.tick(world)


def _digests(world: World, one: Person) -> list[dict[str, object]]:
    from bot.services.mail import mailbox

    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox)
            .where(Outbox.conversation == one.talk, Outbox.key.startswith("visits.digest"), Outbox.state != "withdrawn")
            .order_by(Outbox.id)
        )
        return [mailbox.args_of(work, row) for row in rows]


def _mine(world: World, one: Person) -> list[str]:
    with world.work() as work:
        return [line.child for stop in visit_lists.mine(work, one.member(work)) for line in stop.lines]


def _visit(world: World, one: Person, child: str, on: date) -> recording.Made:
    made: recording.Made = one.does(lambda work, who: recording.record(work, who, one.talk, [child], on, FINE))
    return made


def test_a_child_on_file_is_planned_by_the_clock_and_owes_exactly_one_visit(world: World, people: Staff) -> None:
    child = _filed(world)
    with world.work() as work:
        assert work.session.get_one(Child, child).next_due == MONDAY + timedelta(days=7)
        assert [task.natural_key for task in work.session.scalars(select(VisitTask))] == [f"visit:{child}:2026-11-30"]
    assert on_file.tick(world, "visit_plans") == {"planned": 0}


def test_a_new_level_is_planned_from_its_day_and_a_change_is_found_by_the_clock(
    world: World, hands: Hands, people: Staff
) -> None:
    child = _filed(world, days_ago=20, level="good")
    _visit(world, people.director, child, MONDAY - timedelta(days=10))
    hands.forward(minutes=1)
    with world.work() as work:
        row = work.session.get_one(Child, child)
        assert row.next_due == date(2027, 2, 13)
        row.key_focus, row.changed_at = True, work.now
    assert on_file.tick(world, "visit_plans") == {"planned": 1}
    with world.work() as work:
        assert work.session.get_one(Child, child).next_due == MONDAY + timedelta(days=15)
        assert work.session.get_one(VisitPlan, child).clause == "JL-3.8.g"
        history = work.session.scalars(select(VisitStanding).order_by(VisitStanding.since)).all()
        assert [(row.since, row.key_focus) for row in history] == [
            (MONDAY - timedelta(days=20), False),
            (MONDAY, True),
        ]


@pytest.mark.parametrize("sooner", [0, 1])
def test_a_change_stamped_no_later_than_the_last_plan_is_planned_too(
    world: World, hands: Hands, people: Staff, sooner: int
) -> None:
    child = _filed(world, days_ago=20, level="average")
    _visit(world, people.director, child, MONDAY)
    hands.forward(minutes=1)
    with world.work() as work:
        row = work.session.get_one(Child, child)
        row.changed_at = work.now
        assert visit_plans.replan(work, row).due == date(2026, 12, 23)
    with world.work() as work:  # it began no later and waited for the other to end
        row = work.session.get_one(Child, child)
        row.level, row.level_since, row.changed_at = "good", MONDAY, work.now - timedelta(seconds=sooner)
    assert on_file.tick(world, "visit_plans") == {"planned": 1}
    with world.work() as work:
        assert work.session.get_one(Child, child).next_due == date(2027, 2, 23)


def test_a_director_hears_once_a_workday_how_many_homes_and_nobodys_name(
    world: World, hands: Hands, people: Staff
) -> None:
    _filed(world, days_ago=7)
    assert _morning(world, hands, MONDAY)["digests"] == 1
    assert on_file.tick(world)["digests"] == 0
    assert _digests(world, people.director) == [{"homes": "1", "late": ""}]
    assert "李小明" not in world.said(people.director.talk)[-1].text
    assert _digests(world, people.supervisor) == []


def test_siblings_of_one_home_are_one_home(world: World, hands: Hands, people: Staff) -> None:
    with world.work() as work:
        home = on_file.home(work)
        for name in ("李小明", "李小红"):
            on_file.child(work, name, household=home, filed=MONDAY - timedelta(days=8))
    on_file.tick(world, "visit_plans")
    _morning(world, hands, MONDAY)
    assert _digests(world, people.director) == [{"homes": "1", "late": "，其中 1 家已经超期（1 家请打开说一下原因）"}]


def test_the_hour_somebody_chose_is_kept_and_a_quiet_one_refused(world: World, hands: Hands, people: Staff) -> None:
    _filed(world, days_ago=7)
    assert people.director.does(digests.choose_hour, "22:30") == "quiet"
    assert people.director.does(digests.choose_hour, "halb neun") == "not_a_time"
    assert people.director.does(digests.choose_hour, "14:00") is None
    assert _morning(world, hands, MONDAY)["digests"] == 0
    on_file.clock(hands, MONDAY, 14, 1)
    assert on_file.tick(world)["digests"] == 1
    assert people.director.does(digests.choose_hour, "15:00") is None
    on_file.clock(hands, MONDAY, 15, 1)
    assert on_file.tick(world)["digests"] == 0


def test_after_three_days_of_silence_there_is_one_message_not_three(world: World, hands: Hands, people: Staff) -> None:
    _filed(world, days_ago=8)
    assert _morning(world, hands, MONDAY + timedelta(days=3))["digests"] == 1
    assert len(_digests(world, people.director)) == 1
    assert world.pushes(people.director.talk) == ["visits.digest"]


def test_what_is_done_before_the_message_goes_out_is_taken_back(world: World, hands: Hands, people: Staff) -> None:
    first = _filed(world, days_ago=8)
    second = _filed(world, days_ago=8)
    _morning(world, hands, MONDAY)
    _visit(world, people.director, first, MONDAY)
    assert _digests(world, people.director) == [{"homes": "1", "late": "，其中 1 家已经超期（1 家请打开说一下原因）"}]
    _visit(world, people.director, second, MONDAY)
    assert _digests(world, people.director) == []


def test_a_village_without_a_director_is_the_supervisors_and_without_both_the_countys(
    world: World, hands: Hands
) -> None:
    on_file.clock(hands, MONDAY, 8, 0)
    caseworker = person(world, "county_caseworker", COUNTY)
    child = _filed(world, days_ago=8)
    assert _mine(world, caseworker) == [child]
    supervisor = person(world, "child_supervisor", TOWNSHIP)
    assert (_mine(world, supervisor), _mine(world, caseworker)) == ([child], [])
    director = person(world, "child_director", VILLAGE)
    assert (_mine(world, director), _mine(world, supervisor)) == ([child], [])


def test_while_a_director_is_away_the_deputy_hears_and_may_record(world: World, hands: Hands, people: Staff) -> None:
    child = _filed(world, days_ago=8)
    deputy = person(world, "child_director", "220184104202", "赵主任")
    with world.work() as work:
        work.session.add(
            AwaySpan(
                uid="a" * 26,
                account=people.director.account,
                deputy=deputy.member(work).account,
                since=MONDAY,
                until=MONDAY + timedelta(days=3),
            )
        )
    _morning(world, hands, MONDAY)
    assert len(_digests(world, deputy)) == 1
    assert _digests(world, people.director) == []
    assert _visit(world, deputy, child, MONDAY).refusal is None


def test_a_director_of_another_village_finds_no_such_child(world: World, people: Staff) -> None:
    child = _filed(world, days_ago=8)
    stranger = person(world, "child_director", "220184104202")
    assert _visit(world, stranger, child, MONDAY).refusal == "absent"
    assert _visit(world, people.caseworker, child, MONDAY).refusal == "absent"  # the county reads, it does not write
    assert _mine(world, stranger) == []


def test_rights_are_those_of_the_moment(world: World, hands: Hands, people: Staff) -> None:
    child = _filed(world, days_ago=8)
    with world.work() as work:
        post = work.session.scalars(select(Post).where(Post.role == "child_director")).one()
        post.until = work.now
    assert _visit(world, people.director, child, MONDAY).refusal == "absent"
    assert _mine(world, people.supervisor) == [child]


def _raised(world: World) -> list[tuple[str, date]]:
    with world.work() as work:
        rows = work.session.scalars(select(VisitEscalation).order_by(VisitEscalation.raised_on))
        return [(row.role, row.raised_on) for row in rows]


def test_a_late_visit_goes_up_day_for_day_and_only_a_visit_ends_it(world: World, hands: Hands, people: Staff) -> None:
    child = _filed(world, days_ago=7)  # due today, unassessed: visited like the average, +5 and +14 days
    for ahead in range(16):
        on_file.clock(hands, MONDAY + timedelta(days=ahead))
        on_file.tick(world)
        on_file.tick(world)
    assert _raised(world) == [
        ("child_supervisor", MONDAY + timedelta(days=5)),
        ("county_caseworker", MONDAY + timedelta(days=14)),
    ]
    workdays = [MONDAY + timedelta(days=ahead) for ahead in range(16) if (MONDAY + timedelta(days=ahead)).weekday() < 5]
    assert len(_digests(world, people.director)) == len(workdays)
    assert len(_digests(world, people.supervisor)) == len(
        [day for day in workdays if day >= MONDAY + timedelta(days=5)]
    )
    assert len(_digests(world, people.caseworker)) == len(
        [day for day in workdays if day >= MONDAY + timedelta(days=14)]
    )
    assert _mine(world, people.supervisor) == [child]
    _visit(world, people.director, child, MONDAY + timedelta(days=15))
    assert (_mine(world, people.supervisor), _mine(world, people.caseworker)) == ([], [])


def test_a_day_put_off_is_kept_but_the_ladder_goes_on(world: World, hands: Hands, people: Staff) -> None:
    child = _filed(world, days_ago=7)
    later = MONDAY + timedelta(days=10)
    assert people.director.does(recording.put_off, [child], later, "work") is None
    for ahead in range(9):
        _morning(world, hands, MONDAY + timedelta(days=ahead))
    assert _digests(world, people.director) == []
    assert _raised(world) == [("child_supervisor", MONDAY + timedelta(days=5))]
    _morning(world, hands, later)
    assert len(_digests(world, people.director)) == 1
    assert people.director.does(recording.put_off, [child], MONDAY, "work") == "in_past"
    assert people.director.does(recording.put_off, [child], MONDAY + timedelta(days=90), "work") == "too_far"


def test_while_a_family_is_away_nobody_is_reminded_and_nothing_goes_up_until_it_is_back(
    world: World, hands: Hands, people: Staff
) -> None:
    child = _filed(world, days_ago=7)
    back = MONDAY + timedelta(days=21)
    assert people.director.does(recording.pause, [child], back) is None
    for ahead in range(21):
        _morning(world, hands, MONDAY + timedelta(days=ahead))
    assert _raised(world) == []
    assert len(_digests(world, people.director)) <= 1  # the last Friday speaks for the Sunday before the return
    _morning(world, hands, back)
    assert _digests(world, people.director)
    for ahead in range(22, 27):
        _morning(world, hands, MONDAY + timedelta(days=ahead))
    assert _raised(world) == [("child_supervisor", back + timedelta(days=5))]


def test_nobody_home_twice_is_told_to_the_supervisor_at_once_and_moves_no_day(
    world: World, hands: Hands, people: Staff
) -> None:
    child = _filed(world, days_ago=7)
    due = MONDAY
    first = people.director.does(recording.attempted, [child], MONDAY, "nobody_home")
    assert (first.refusal, first.raised) == (None, False)
    on_file.clock(hands, MONDAY + timedelta(days=1), 22)
    second = people.director.does(recording.attempted, [child], MONDAY + timedelta(days=1), "refused")
    assert second.raised
    third = people.director.does(recording.attempted, [child], MONDAY + timedelta(days=1), "refused")
    assert not third.raised
    assert world.pushes(people.supervisor.talk) == ["visits.not_found_again"]
    with world.work() as work:
        assert work.session.get_one(Child, child).next_due == due
        push = work.session.scalars(select(Outbox).where(Outbox.key == "visits.not_found_again")).one()
        assert push.not_before.astimezone(SHANGHAI).hour == 8  # not at night


def test_a_visit_recorded_twice_is_one_visit_whose_first_words_are_kept(world: World, people: Staff) -> None:
    from bot.storage.tables import Visit, VisitCorrection

    child = _filed(world, days_ago=7)
    _visit(world, people.director, child, MONDAY)
    _visit(world, people.director, child, MONDAY)
    with world.work() as work:
        row = work.session.scalars(select(Visit)).one()
        kept = work.session.scalars(select(VisitCorrection)).one()
        assert (row.version, kept.version) == (2, 1)
        assert work.open("visit_corrections.before", kept.uid, kept.before_sealed) == FINE


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (MONDAY + timedelta(days=1), "in_future"),
        (MONDAY - timedelta(days=40), "too_old"),
        (MONDAY - timedelta(days=8), "before_filing"),
        (MONDAY - timedelta(days=3), None),
    ],
)
def test_a_visit_may_be_recorded_later_but_not_of_a_day_that_cannot_be(
    world: World, people: Staff, on: date, refusal: str | None
) -> None:
    child = _filed(world, days_ago=7)
    assert _visit(world, people.director, child, on).refusal == refusal


def test_an_emergency_found_is_a_report_at_once_and_the_receipt_is_asked_for_every_half_hour_even_at_night(
    world: World, hands: Hands, people: Staff
) -> None:
    child = _filed(world, days_ago=7)
    found = {**FINE, "emergency": "found", "findings": ["violence"]}
    made = people.director.does(
        lambda work, who: recording.record(work, who, people.director.talk, [child], MONDAY, found)
    )
    assert made.report is not None
    assert made.report.severity in ("S0", "S1")
    assert any(key.startswith("staff.alert") for key in world.pushes(people.duty.talk))
    assert any(key.startswith("staff.alert") for key in world.pushes(people.supervisor.talk))
    on_file.clock(hands, MONDAY, 23, 0)
    assert on_file.tick(world, "visit_police") == {"prompted": 1}
    assert on_file.tick(world, "visit_police") == {"prompted": 0}
    assert world.pushes(people.director.talk).count("visits.police_receipt") == 1
    hands.forward(minutes=30)
    assert on_file.tick(world, "visit_police") == {"prompted": 1}
    button = world.said(people.director.talk)[-1].choices[0].value
    world.tap(people.director.talk, button)
    world.say(people.director.talk, "平洋派出所 23:20 张警官 回执12号")
    hands.forward(minutes=60)
    assert on_file.tick(world, "visit_police") == {"prompted": 0}


def test_two_schedulers_of_one_morning_write_each_message_once(world: World, hands: Hands, people: Staff) -> None:
    from sqlalchemy.exc import IntegrityError

    _filed(world, days_ago=8)
    on_file.clock(hands, MONDAY)
    on_file.tick(world)
    with world.work() as work:  # the other one had noted nothing yet
        for mark in ("digests 08:30", "visits ladder"):
            work.session.get_one(Mark, mark).value = b""
    try:
        assert on_file.tick(world)["digests"] == 0
    except IntegrityError:
        pytest.fail("a second scheduler stumbled")
    assert len(_digests(world, people.director)) == 1


def test_a_file_that_ended_owes_no_visit_any_more(world: World, hands: Hands, people: Staff) -> None:
    child = _filed(world, days_ago=8)
    with world.work() as work:
        row = work.session.get_one(Child, child)
        row.state, row.changed_at = "ended", work.now
    on_file.tick(world, "visit_plans")
    assert _morning(world, hands, MONDAY)["digests"] == 0
    with world.work() as work:
        assert visit_plans.of(work, [child])[child].due is None
        assert [task.state for task in work.session.scalars(select(VisitTask))] == ["void"]
