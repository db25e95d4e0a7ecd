"""委托照护 from a father's words to care in force, replaced, and ended; and nothing for who has no part in it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.entrusted import arrangements
from bot.services.entrusted import records as entrusted_records
from bot.storage.tables import CareArrangement
from tests.builders import World
from tests.services.cases import Person, outcome, person
from tests.services.registered import NEXT_VILLAGE, VILLAGE

CLEAR = {**dict.fromkeys(("d1", "d2", "d3", "d4"), "no"), "full_capacity": "yes", "care_ability": "yes"}
CLEAR |= {"four_factors_recorded": "yes"}
HEARD = {"child_opinion": "agrees", "heard_in_private": "yes"}


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE)


def _begun(world: World) -> tuple[str, str]:
    father = world.citizen()
    with world.work() as work:
        return father, arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰", "parent": "王强"}).uid


def _does(one: Person, uid: str, event: str, reason: str = "", **told: Any) -> tuple[bool, str | None]:
    return outcome(one.does(arrangements.step, uid, event, told, reason))


def _state(world: World, uid: str) -> str:
    with world.work() as work:
        return work.session.get_one(CareArrangement, uid).state


def _to_signed(world: World, director: Person, father: str, uid: str) -> None:
    assert _does(director, uid, "screening_started")[0]
    assert _does(director, uid, "passed", **CLEAR)[0]
    assert _does(director, uid, "child_opinion_recorded", **HEARD)[0]
    director.does(entrusted_records.record_duties, uid)
    with world.work() as work:
        done = arrangements.step_of_family(work, father, uid, "agreement_concluded", {"both_signed": "yes"})
        assert done.allowed


def _noticed(world: World, director: Person, uid: str) -> None:
    with world.work() as work:
        on = work.today
    for recipient in ("school", "committee"):
        assert director.does(entrusted_records.record_notice, uid, recipient, on).allowed
    assert _does(director, uid, "written_notice_recorded")[0]


def _active(world: World, director: Person) -> tuple[str, str]:
    father, uid = _begun(world)
    assert _does(director, uid, "reason_confirmed", good_reason="yes")[0]
    assert _does(director, uid, "candidate_named", candidate_named="yes")[0]
    _to_signed(world, director, father, uid)
    assert _does(director, uid, "written_notice_recorded") == (False, "guard_not_met")
    _noticed(world, director, uid)
    assert _does(director, uid, "care_started")[0]
    return father, uid


def _replacing(world: World, director: Person) -> tuple[str, str, str]:
    father, old = _active(world, director)
    assert _does(director, old, "concern_raised")[0]
    assert _does(director, old, "replace_at_once", parents_want_change="yes")[0]
    new = director.does(arrangements.step, old, "new_carer_agreed", {"candidate_named": "yes"}).successor
    assert new is not None
    return father, old, new


def test_a_father_arranges_care_until_it_is_in_force(world: World, director: Person) -> None:
    _, uid = _active(world, director)
    assert _state(world, uid) == "active"


def test_unknown_does_not_pass_and_a_rejected_candidates_facts_do_not_stick_to_the_next(
    world: World, director: Person
) -> None:
    _, uid = _begun(world)
    _does(director, uid, "reason_confirmed", good_reason="yes")
    _does(director, uid, "candidate_named", candidate_named="yes")
    _does(director, uid, "screening_started")
    assert _does(director, uid, "passed", **{**CLEAR, "d1": "unknown"}) == (False, "guard_not_met")
    assert _does(director, uid, "disqualified", d1="yes") == (False, "reason_missing")
    assert _does(director, uid, "disqualified", "有暴力伤害记录", d1="yes")[0]
    assert _does(director, uid, "new_candidate")[0]
    _does(director, uid, "screening_started")
    assert _does(director, uid, "passed") == (False, "guard_not_met")
    assert _does(director, uid, "passed", **CLEAR)[0]


def test_the_old_care_stays_until_the_new_one_is_notified(world: World, director: Person) -> None:
    father, old, new = _replacing(world, director)
    assert _does(director, old, "new_carer_agreed", candidate_named="yes") == (False, "guard_not_met")
    _to_signed(world, director, father, new)
    assert _state(world, old) == "replacement"
    _noticed(world, director, new)
    assert (_state(world, old), _state(world, new)) == ("ended", "notified")


def test_a_parent_back_home_ends_both(world: World, director: Person) -> None:
    father, old, new = _replacing(world, director)
    with world.work() as work:
        assert arrangements.step_of_family(work, father, new, "parent_returned", {"parent_capable": "yes"}).allowed
    assert (_state(world, old), _state(world, new)) == ("ended", "ended")


def test_what_only_we_know_cannot_be_told(world: World, director: Person) -> None:
    father, uid = _begun(world)
    _does(director, uid, "reason_confirmed", good_reason="yes")
    _does(director, uid, "candidate_named", candidate_named="yes")
    _does(director, uid, "screening_started")
    _does(director, uid, "passed", **CLEAR)
    _does(director, uid, "child_opinion_recorded", **HEARD)
    with world.work() as work:
        told = {"both_signed": "yes", "duties_explained": "yes"}
        refused = arrangements.step_of_family(work, father, uid, "agreement_concluded", told)
    assert outcome(refused) == (False, "guard_not_met")


def test_strangers_and_other_villages_get_the_answer_for_nothing(world: World, director: Person) -> None:
    _, uid = _begun(world)
    other = person(world, "child_director", NEXT_VILLAGE)
    assert _does(other, uid, "reason_confirmed", good_reason="yes") == (False, "absent")
    assert _does(director, "a" * 26, "reason_confirmed", good_reason="yes") == (False, "absent")
    with world.work() as work:
        assert arrangements.step_of_family(work, world.citizen(), uid, "candidate_named").refusal == "absent"


def test_a_school_of_the_county_has_no_part_in_an_arrangement_it_was_not_given(world: World, director: Person) -> None:
    _, uid = _active(world, director)
    school = person(world, "school_focal", VILLAGE[:6])
    assert _does(school, uid, "concern_raised") == (False, "absent")
