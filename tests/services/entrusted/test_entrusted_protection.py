"""How the protection of a child ends in a new arrangement (WBF-93, JL-3.5.g, our reading), and whose child it is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.contact import plans as contact_plans
from bot.services.entrusted import arrangements
from bot.services.entrusted import records as entrusted_records
from bot.storage.tables import CareArrangement
from tests.builders import World
from tests.services import family as families
from tests.services.cases import Person, outcome, person
from tests.services.entrusted.test_entrusted import (  # noqa: F401 - `director` is a fixture
    _active,
    _does,
    _state,
    _to_signed,
    director,
)
from tests.services.registered import VILLAGE, filed

WHY = "评估后由新的照护人接手"


@pytest.fixture
def county(world: World) -> Person:
    return person(world, "county_caseworker", VILLAGE[:6], "张科员")


def _protected(world: World, director: Person, county: Person) -> tuple[str, str, str]:  # noqa: F811
    """A child under protection, and the arrangement prepared to follow it up to its signatures."""
    father, old = _active(world, director)
    assert _does(director, old, "emergency", emergency_sign="yes")[0]
    new = county.does(arrangements.step, old, "placement_planned", {"candidate_named": "yes"}).successor
    assert new is not None
    _to_signed(world, director, father, new)
    return father, old, new


def _give_notices(world: World, director: Person, uid: str) -> None:  # noqa: F811
    with world.work() as work:
        on = work.today
    for recipient in ("school", "committee"):
        assert director.does(entrusted_records.record_notice, uid, recipient, on).allowed


def test_protection_ends_in_one_step_with_the_notice_of_the_new_arrangement(
    world: World,
    director: Person,  # noqa: F811
    county: Person,
) -> None:
    _, old, new = _protected(world, director, county)
    _give_notices(world, director, new)
    assert _does(county, old, "new_arrangement", WHY, assessed_safe="yes") == (True, None)
    assert (_state(world, old), _state(world, new)) == ("ended", "notified")
    assert _does(director, new, "care_started")[0]


def test_no_paper_of_the_family_ends_a_protection(world: World, director: Person, county: Person) -> None:  # noqa: F811
    father, old, new = _protected(world, director, county)
    _give_notices(world, director, new)
    assert _does(director, new, "written_notice_recorded") == (False, "protection_holds")
    with world.work() as work:
        refused = arrangements.step_of_family(work, father, new, "written_notice_recorded")
    assert outcome(refused) == (False, "protection_holds")
    assert _does(director, old, "new_arrangement", WHY, assessed_safe="yes") == (False, "actor_not_allowed")
    assert (_state(world, old), _state(world, new)) == ("state_protection", "agreement_signed")


def test_protection_holds_while_a_notice_is_missing_or_safety_is_unknown(
    world: World,
    director: Person,  # noqa: F811
    county: Person,
) -> None:
    _, old, new = _protected(world, director, county)
    assert _does(county, old, "new_arrangement", WHY, assessed_safe="yes") == (False, "guard_not_met")
    _give_notices(world, director, new)
    assert _does(county, old, "new_arrangement", WHY) == (False, "guard_not_met")
    assert _does(county, old, "new_arrangement", assessed_safe="yes") == (False, "reason_missing")
    assert _state(world, old) == "state_protection"


def test_a_guardian_who_can_again_needs_no_successor(world: World, director: Person, county: Person) -> None:  # noqa: F811
    _, old, new = _protected(world, director, county)
    assert _does(county, old, "returned_to_guardian", "监护人已能照护", assessed_safe="yes")[0]
    assert (_state(world, old), _state(world, new)) == ("ended", "ended")


def test_an_arrangement_knows_its_child_and_when_it_comes_of_age(world: World) -> None:
    child, father = filed(world, birth_date=date(2010, 5, 20)), world.citizen()
    with world.work() as work:
        row = arrangements.begin(work, father, "220184", {"carer": "李桂兰"}, child=child)
        assert (row.child, row.area, row.of_age_on) == (child, VILLAGE, date(2028, 5, 21))
        assert [one.uid for one in arrangements.of_child(work, child)] == [row.uid]
        with pytest.raises(ValueError, match="has not ended"):
            arrangements.begin(work, father, VILLAGE, {}, child=child)


def test_the_other_parent_on_file_may_act_and_whoever_is_kept_away_may_not(world: World) -> None:
    family = families.make(world, "father", "mother", "carer", area=VILLAGE)
    father, mother, carer = (families.join(world, family, kind) for kind in ("father", "mother", "carer"))
    with world.work() as work:
        uid = arrangements.begin(work, father, VILLAGE, {}, child=family.child).uid
    assert _parents(world, uid, father, mother, carer) == [True, True, False]
    with world.work() as work:
        for plan in contact_plans.of_child(work, family.child, contact_plans.PARENT):
            plan.allowed = False
    assert _parents(world, uid, father, mother) == [False, False]


def _parents(world: World, uid: str, *talks: str) -> list[bool]:
    with world.work() as work:
        row = work.session.get_one(CareArrangement, uid)
        return [entrusted_records.of_a_parent(work, row, talk) for talk in talks]
