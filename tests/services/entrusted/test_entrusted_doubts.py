"""委托照护 when somebody tells more than he can know, or something that was true of another day."""

from __future__ import annotations

from bot.services.entrusted import arrangements
from bot.services.entrusted import records as entrusted_records
from tests.builders import World
from tests.services.cases import Person, outcome, person
from tests.services.entrusted.test_entrusted import (  # noqa: F401 - `director` is a fixture
    CLEAR,
    HEARD,
    _active,
    _begun,
    _does,
    _replacing,
    director,
)
from tests.services.registered import VILLAGE

OVERRIDDEN = "没有更好的办法，已向孩子说明"


def _screened(world: World, director: Person) -> tuple[str, str]:  # noqa: F811 - the fixture's value
    father, uid = _begun(world)
    _does(director, uid, "reason_confirmed", good_reason="yes")
    _does(director, uid, "candidate_named", candidate_named="yes")
    _does(director, uid, "screening_started")
    assert _does(director, uid, "passed", **CLEAR)[0]
    return father, uid


def _objected(world: World, director: Person) -> tuple[str, str]:  # noqa: F811
    father, uid = _screened(world, director)
    assert _does(director, uid, "child_opinion_recorded", child_opinion="objects", heard_in_private="yes")[0]
    director.does(entrusted_records.record_duties, uid)
    return father, uid


def _family(world: World, father: str, uid: str, event: str, **told: str) -> bool:
    with world.work() as work:
        return bool(outcome(arrangements.step_of_family(work, father, uid, event, told))[0])


def test_a_father_cannot_sign_the_childs_objection_away(world: World, director: Person) -> None:  # noqa: F811
    father, uid = _objected(world, director)
    assert not _family(world, father, uid, "agreement_concluded", both_signed="yes")
    assert not _family(world, father, uid, "agreement_concluded", both_signed="yes", child_opinion="agrees")


def test_after_an_override_a_later_objection_wants_a_new_one(world: World, director: Person) -> None:  # noqa: F811
    father, uid = _objected(world, director)
    supervisor = person(world, "child_supervisor", VILLAGE[:9])
    assert _does(supervisor, uid, "objection_overridden", OVERRIDDEN)[0]
    assert _family(world, father, uid, "agreement_concluded", both_signed="yes")
    assert _does(director, uid, "child_objects", child_opinion="objects")[0]
    assert not _family(world, father, uid, "agreement_concluded", both_signed="yes")
    assert _does(director, uid, "child_objects", child_opinion="objects")[0], "another carer can be chosen"


def test_whether_a_return_is_safe_is_for_the_director_to_say(world: World, director: Person) -> None:  # noqa: F811
    father, uid = _active(world, director)
    _does(director, uid, "concern_raised")
    _does(director, uid, "persuade", immediate_danger="no")
    assert not _family(world, father, uid, "parent_returned", parent_capable="yes", assessed_safe="yes")
    assert _does(director, uid, "parent_returned", parent_capable="yes", assessed_safe="yes")[0]


def test_what_was_so_in_an_earlier_concern_is_unknown_in_the_next(world: World, director: Person) -> None:  # noqa: F811
    _, uid = _active(world, director)
    _does(director, uid, "concern_raised")
    _does(director, uid, "persuade", immediate_danger="no")
    assert _does(director, uid, "improved", review_improved="yes")[0]
    _does(director, uid, "concern_raised")
    assert not _does(director, uid, "persuade")[0]
    assert _does(director, uid, "persuade", immediate_danger="no")[0]
    assert not _does(director, uid, "improved")[0]


def test_whoever_says_that_he_is_partial_is_believed(world: World, director: Person) -> None:  # noqa: F811
    _, uid = _active(world, director)
    _does(director, uid, "concern_raised")
    refused = _does(director, uid, "persuade", immediate_danger="no", actor_conflicted="yes")
    assert refused == (False, "conflict_of_interest")


def test_a_parent_does_not_spare_himself_the_schools_notice(world: World, director: Person) -> None:  # noqa: F811
    father, uid = _screened(world, director)
    _does(director, uid, "child_opinion_recorded", **HEARD)
    director.does(entrusted_records.record_duties, uid)
    assert _family(world, father, uid, "agreement_concluded", both_signed="yes")
    with world.work() as work:
        today = work.today
    director.does(entrusted_records.record_notice, uid, "committee", today)
    assert not _family(world, father, uid, "written_notice_recorded", enrolled="no")


def test_a_second_successor_is_refused_with_its_code(world: World, director: Person) -> None:  # noqa: F811
    _, old, _ = _replacing(world, director)
    county = person(world, "county_caseworker", VILLAGE[:6])
    assert _does(director, old, "emergency", emergency_sign="yes")[0]
    assert _does(county, old, "placement_planned", candidate_named="yes") == (False, "not_together")
