"""A level a director sets waits for whoever reviews: nobody is visited less often because of one nobody confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.care import visit_record
from bot.services.register import children as register
from bot.services.register import registering, reviewing
from bot.services.visits import levels, recording
from bot.storage.tables import Child, Outbox
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import COUNTY, VILLAGE, Person, Staff, outcome, person, staff_of
from tests.services.registered import NEXT_VILLAGE

MONDAY = date(2026, 11, 23)
FINE = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "emergency": "none"}


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, MONDAY, 15, 0)
    return staff_of(world)


def _visited(world: World, by: Person, level: str | None = None, on: date = MONDAY) -> str:
    """A child on file for 20 days, visited by somebody."""
    with world.work() as work:
        uid = on_file.child(work, filed=MONDAY - timedelta(days=20), level=level)
    on_file.tick(world, "visit_plans")
    made: recording.Made = by.does(lambda work, who: recording.record(work, who, by.talk, [uid], on, FINE))
    assert made.visits
    return uid


def _set(by: Person, child: str, level: str) -> date | None:
    due: date | None = by.does(
        lambda work, who: levels.set_level(work, who, [work.session.get_one(Child, child)], level)
    )
    return due


def _file(world: World, child: str) -> Child:
    with world.work() as work:
        return work.session.get_one(Child, child)


def _waits(world: World, child: str) -> bool:
    return _file(world, child).level_waits_since is not None


@pytest.mark.parametrize(
    ("before", "level", "due"),
    [
        (None, "good", date(2026, 12, 23)),
        (None, "average", date(2026, 12, 23)),
        ("average", "good", date(2026, 12, 23)),
        ("good", "average", date(2026, 12, 23)),
        ("good", "good", date(2027, 2, 23)),
    ],
)
def test_until_it_is_confirmed_the_more_frequent_rhythm_of_the_old_and_the_new_level_holds(
    world: World, people: Staff, before: str | None, level: str, due: date
) -> None:
    child = _visited(world, people.director, before)
    assert _set(people.director, child, level) == due
    assert _waits(world, child)
    assert outcome(people.supervisor.does(reviewing.confirm, child)) == (True, None)
    assert _file(world, child).next_due == (date(2027, 2, 23) if level == "good" else due)
    assert not _waits(world, child)
    assert outcome(people.supervisor.does(reviewing.confirm, child)) == (False, "already")


def test_a_second_level_before_the_first_is_confirmed_is_weighed_against_the_confirmed_one(
    world: World, people: Staff
) -> None:
    child = _visited(world, people.director, "average")
    _set(people.director, child, "good")
    assert _set(people.director, child, "good") == date(2026, 12, 23)
    assert _file(world, child).level_before == "average"


def test_a_visit_that_is_late_already_stays_owed_when_the_laxer_level_is_confirmed(
    world: World, hands: Hands, people: Staff
) -> None:
    child = _visited(world, people.director)
    _set(people.director, child, "good")
    on_file.clock(hands, date(2026, 12, 28), 10, 0)
    assert people.supervisor.does(reviewing.confirm, child).allowed
    assert _file(world, child).next_due == date(2026, 12, 23)


def test_who_set_it_cannot_confirm_it_nor_can_another_place_and_the_supervisors_own_counts_at_once(
    world: World, people: Staff
) -> None:
    child = _visited(world, people.director)
    _set(people.director, child, "good")
    assert outcome(people.director.does(reviewing.confirm, child)) == (False, "actor_not_allowed")
    elsewhere = person(world, "child_director", NEXT_VILLAGE)
    assert outcome(elsewhere.does(reviewing.confirm, child)) == (False, "absent")
    assert outcome(people.manager.does(reviewing.confirm, child)) == (False, "absent")
    assert _set(people.supervisor, child, "good") == date(2027, 2, 23)
    assert not _waits(world, child)


def test_a_refusal_sets_what_the_supervisor_says_with_a_reason_that_the_director_hears(
    world: World, people: Staff
) -> None:
    child = _visited(world, people.director, "good")
    _set(people.director, child, "good")
    assert outcome(people.supervisor.does(reviewing.refuse, child, "average", " ")) == (False, "reason_missing")
    assert outcome(people.supervisor.does(reviewing.refuse, child, "bad", "奶奶病了")) == (False, "level_unknown")
    assert people.supervisor.does(reviewing.refuse, child, "average", "奶奶住院了，没人看").allowed
    assert (_file(world, child).level, _file(world, child).next_due) == ("average", date(2026, 12, 23))
    assert world.pushes(people.director.talk) == ["child.level.told"]
    told = world.said(people.director.talk)[-1].text
    assert "李小明" not in told
    assert "奶奶" not in told
    assert world.tap(people.director.talk, f"childlevel:reason:{child}") == ["child.level.reason"]
    assert "奶奶住院了，没人看" in world.said(people.director.talk)[-1].text


def _wanted(world: World, one: Person) -> list[tuple[str, str]]:
    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == one.talk, Outbox.key == "child.levels.wanted")
        )
        return [(f"{row.not_before.astimezone(SHANGHAI):%m-%d %H:%M}", row.state) for row in rows]


def test_the_supervisor_is_told_once_in_the_morning_of_all_that_waits_and_of_nothing_that_was_confirmed(
    world: World, hands: Hands, people: Staff
) -> None:
    first, second = (_visited(world, people.director) for _ in range(2))
    _set(people.director, first, "good")
    _set(people.director, second, "good")
    assert _wanted(world, people.supervisor) == [("11-24 08:30", "due")]
    assert _wanted(world, people.caseworker) == []
    people.supervisor.does(reviewing.confirm, first)
    on_file.clock(hands, date(2026, 11, 24), 9, 0)
    assert world.pushes(people.supervisor.talk) == ["child.levels.wanted"]
    told = world.said(people.supervisor.talk)[-1].text
    assert "1 件" in told
    assert "李小明" not in told
    world.deliver(people.supervisor.talk)
    third = _visited(world, people.director, on=date(2026, 11, 24))
    _set(people.director, third, "good")
    people.supervisor.does(reviewing.confirm, third)
    assert [state for _, state in _wanted(world, people.supervisor)][1:] == ["withdrawn"], "the old one was told of"


def test_the_list_stands_in_chat_with_a_button_to_agree_and_one_to_change_it(world: World, people: Staff) -> None:
    child = _visited(world, people.director)
    _set(people.director, child, "good")
    talk = people.supervisor.talk
    assert world.tap(talk, "childlevel:list:") == ["child.level.list"]
    said = world.said(talk)[-1]
    assert "李小明：王主任评为较好（原来：未评估）" in said.text
    assert [one.value for one in said.choices][:2] == [f"childlevel:yes:{child}", f"childlevel:other:{child}"]
    assert world.tap(talk, f"childlevel:other:{child}") == ["child.level.why"]
    world.say(talk, "爷爷腿脚不好，先按月看")
    assert "改好了：李小明监护状况一般" in world.said(talk)[-1].text
    assert _file(world, child).level == "average"
    assert world.tap(talk, f"childlevel:yes:{child}") == ["child.already"]
    assert world.tap(talk, "childlevel:list:") == ["child.level.list.none"]
    assert world.tap(people.director.talk, f"childlevel:yes:{child}") == ["child.gone"]


def test_danger_told_instead_of_a_reason_is_no_reason(world: World, people: Staff) -> None:
    child = _visited(world, people.director)
    _set(people.director, child, "good")
    world.tap(people.supervisor.talk, f"childlevel:other:{child}")
    world.say(people.supervisor.talk, "孩子被打得浑身是伤，正在挨打")
    assert _waits(world, child)


def test_where_there_is_no_supervisor_the_county_confirms_and_where_nobody_is_it_counts_at_once(
    world: World, hands: Hands
) -> None:
    on_file.clock(hands, MONDAY, 15, 0)
    director = person(world, "child_director", VILLAGE)
    alone = _visited(world, director)
    assert _set(director, alone, "good") == date(2027, 2, 23)
    county = person(world, "county_caseworker", COUNTY)
    child = _visited(world, director)
    assert _set(director, child, "good") == date(2026, 12, 23)
    assert _wanted(world, county) == [("11-24 08:30", "due")]
    assert county.does(reviewing.confirm, child).allowed


def test_a_silent_supervisor_keeps_it_in_the_list_and_closes_nothing(world: World, hands: Hands, people: Staff) -> None:
    child = _visited(world, people.director)
    _set(people.director, child, "good")
    on_file.clock(hands, date(2027, 3, 1), 9, 0)
    on_file.tick(world, "visit_plans")
    (waiting,) = people.supervisor.does(reviewing.waiting, 10)
    assert (waiting.child.uid, waiting.level, waiting.before) == (child, "good", None)
    assert _file(world, child).next_due == date(2026, 12, 23)


def test_the_level_of_a_new_file_is_reviewed_with_the_file(world: World, people: Staff) -> None:
    entry = registering.Entry("李小明", VILLAGE, level="good")
    child = people.director.does(registering.register, entry).child.uid
    assert people.supervisor.does(reviewing.waiting, 10) == []
    people.director.does(registering.change, child, "level", "average")
    assert people.supervisor.does(registering.review, child).allowed
    assert not _waits(world, child)


def test_a_level_changed_in_the_file_waits_too_and_the_file_says_so(world: World, people: Staff) -> None:
    child = _visited(world, people.director)
    assert people.director.does(registering.change, child, "level", "good").allowed
    on_file.tick(world, "visit_plans")
    assert _file(world, child).next_due == date(2026, 12, 23)
    with world.work() as work:
        assert register.planned_level(work.session.get_one(Child, child)) == "unassessed"
    world.tap(people.supervisor.talk, f"child.open={child}")
    card = world.said(people.supervisor.talk)[-1]
    assert "等督导员确认" in card.text
    assert f"childlevel:yes:{child}" in [one.value for one in card.choices]
