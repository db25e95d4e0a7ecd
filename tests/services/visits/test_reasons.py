"""Why a late visit was not made is asked once a week until somebody says so; nothing else waits for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.care import calendar, visit_days, visits
from bot.care.visit_days import Owed
from bot.services.mail import mailbox
from bot.services.register import supervising
from bot.storage.tables import Outbox, VisitEscalation
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import Person, Staff, staff_of

DUE = date(2026, 11, 23)
ASKED = "请打开说一下原因"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, DUE, 8, 0)
    return staff_of(world)


def _late_home(world: World) -> str:
    """A home whose visit is due on DUE: the first one, a week after filing."""
    (home,) = on_file.homes(world, "李小明", filed=DUE - timedelta(days=7), level="average")
    return home


def _mornings(world: World, hands: Hands, who: Person, first: date, last: date) -> list[date]:
    """The days from `first` to `last` whose message asks for a reason; every workday of them names the home."""
    for after in range((last - first).days + 1):
        on_file.clock(hands, first + timedelta(days=after))
        jobs.run(world.database, world.vault, "visits", world.now())
    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == who.talk, Outbox.natural_key.startswith("digest:"))
        ).all()
        told = {date.fromisoformat(str(row.natural_key).rpartition(":")[2]): mailbox.args_of(work, row) for row in rows}
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    assert {day for day in days if calendar.is_workday(day)[0]} <= set(told)
    return [day for day in days if ASKED in str(told.get(day))]


def test_a_reason_nobody_told_is_asked_once_a_week_and_the_visit_named_every_workday(
    world: World, hands: Hands, people: Staff
) -> None:
    _late_home(world)
    asked = _mornings(world, hands, people.director, DUE + timedelta(days=1), DUE + timedelta(days=21))
    assert asked == [DUE + timedelta(days=days) for days in (1, 8, 15)]


def test_once_told_it_is_asked_no_more_and_the_ladder_climbs_all_the_same(
    world: World, hands: Hands, people: Staff
) -> None:
    home = _late_home(world)
    on_file.clock(hands, DUE + timedelta(days=1), 10, 0)
    talk = people.director.talk
    world.tap(talk, f"due:home:{home}")
    assert "说明原因" in world.said(talk)[-1].text
    assert world.tap(talk, f"due:no:{home}") == ["visits.why_not"]
    (busy,) = (one.value for one in world.said(talk)[-1].choices if "工作忙" in one.label)
    assert world.tap(talk, busy) == ["visits.off"]
    day = DUE + timedelta(days=2)
    assert world.tap(talk, f"due:off:{home}:{day.isoformat()}") == ["visits.put_off"]
    world.tap(talk, f"due:home:{home}")
    assert "说明原因" not in world.said(talk)[-1].text
    assert world.tap(talk, f"due:no:{home}") == ["visits.put_off"], "he said why: he is not asked again"
    assert _mornings(world, hands, people.director, DUE + timedelta(days=3), DUE + timedelta(days=21)) == []
    with world.work() as work:
        raised = dict(work.session.execute(select(VisitEscalation.role, VisitEscalation.raised_on)).all())
    assert raised == {one: day for one, day in visits.ladder(DUE, "average").items() if day <= DUE + timedelta(days=21)}
    assert raised


def test_today_impossible_asks_why_once_a_week_and_till_then_only_puts_the_visit_off(
    world: World, hands: Hands, people: Staff
) -> None:
    home, talk = _late_home(world), people.director.talk
    asked = []
    for days in (1, 2, 3, 8, 9):
        on_file.clock(hands, DUE + timedelta(days=days), 10, 0)
        said = [world.tap(talk, f"due:no:{home}") for _ in range(2)]
        asked += [days] if ["visits.why_not"] in said else []
        assert said[1] == ["visits.put_off"], days
    assert asked == [1, 8]
    with world.work() as work:
        (township,) = supervising.townships(work, people.supervisor.member(work))
    assert township.villages[0].reasons == (("untold", 1),), "nobody said why: nothing is made up"
    world.tap(talk, f"due:unrecorded:{home}")
    on_file.clock(hands, DUE + timedelta(days=16), 10, 0)
    assert world.tap(talk, f"due:no:{home}") == ["visits.put_off"], "he said why"
    with world.work() as work:
        (township,) = supervising.townships(work, people.supervisor.member(work))
    assert township.villages[0].reasons == (("not_recorded", 1),)


def test_the_ladder_climbs_on_the_same_days_when_nobody_says_why(world: World, hands: Hands, people: Staff) -> None:
    _late_home(world)
    _mornings(world, hands, people.director, DUE + timedelta(days=1), DUE + timedelta(days=21))
    with world.work() as work:
        raised = dict(work.session.execute(select(VisitEscalation.role, VisitEscalation.raised_on)).all())
    assert raised == {one: day for one, day in visits.ladder(DUE, "average").items() if day <= DUE + timedelta(days=21)}


def test_what_was_said_before_it_was_late_is_no_answer(world: World, hands: Hands, people: Staff) -> None:
    home = _late_home(world)
    on_file.clock(hands, DUE, 9, 0)
    assert world.tap(people.director.talk, f"due:no:{home}") == ["visits.put_off"]
    day = DUE + timedelta(days=3)
    on_file.clock(hands, day, 9, 0)
    assert world.tap(people.director.talk, f"due:no:{home}") == ["visits.why_not"]


def test_the_days_on_which_is_asked_come_from_the_parameter_and_what_falls_on_a_weekend_is_asked_on_monday() -> None:
    every = visits.reason_asked_every()
    owed = Owed("average", DUE)
    asked = [days for days in range(-3, 30) if _asks(owed, DUE + timedelta(days=days))]
    assert asked == list(range(1, 30, every))
    friday, monday = DUE + timedelta(days=4), DUE + timedelta(days=7)
    assert not visit_days.asks_reason(Owed("average", friday), friday, friday + timedelta(days=2)), "not late yet"
    assert _asks(Owed("average", friday), monday)
    assert not _asks(Owed("average", friday), monday + timedelta(days=1))
    assert not _asks(Owed("average", DUE, paused_until=DUE + timedelta(days=30)), DUE + timedelta(days=8))
    assert not _asks(Owed("average", DUE, planned_for=DUE + timedelta(days=9)), DUE + timedelta(days=8))


def _asks(owed: Owed, day: date) -> bool:
    return visit_days.asks_reason(owed, day, day)
