"""The confidential line of a file: by name only, with what follows from it and nothing that tells it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.register import assessing, children, confidential, reassessing
from bot.services.register.children import Outcome
from bot.services.work import Work
from tests.builders import World
from tests.conftest import Hands
from tests.services.registered import COUNTY, OTHER_COUNTY_VILLAGE, TOWNSHIP, Person, child_of, filed, person

OTHER_COUNTY = OTHER_COUNTY_VILLAGE[:6]
PROTECTED = [("kf_protected", ())]


@pytest.fixture
def manager(world: World) -> Person:
    return person(world, "county_manager", COUNTY, "赵科长")


@pytest.fixture
def hers(world: World) -> Person:
    return person(world, "county_caseworker", COUNTY, "张科员")


def _give(manager: Person, uid: str, to: Person) -> Outcome:
    outcome: Outcome = manager.does(confidential.give, uid, to.account)
    return outcome


def _write(one: Person, uid: str, value: str = "yes", reason: str = "疾控来函") -> Outcome:
    outcome: Outcome = one.does(confidential.write, uid, value, reason)
    return outcome


def _reads(one: Person, uid: str) -> str | None:
    with one.world.work() as work:
        found = confidential.read(work, one.member(work), child_of(work, uid))
        return found.value if found is not None else None


def test_the_line_is_read_and_written_by_the_one_the_case_was_given_to_and_by_nobody_else(
    world: World, manager: Person, hers: Person
) -> None:
    uid, colleague = filed(world), person(world, "county_caseworker", COUNTY, "李科员")
    supervisor = person(world, "child_supervisor", TOWNSHIP, "李督导")
    assert _write(hers, uid).refusal == "absent"
    assert _give(supervisor, uid, hers).refusal == "actor_not_allowed"
    assert _give(manager, uid, supervisor).refusal == "wrong_value"
    assert _give(manager, uid, person(world, "county_caseworker", OTHER_COUNTY, "外")).refusal == "wrong_value"
    assert _give(manager, uid, hers).allowed
    assert (_write(hers, uid, "maybe").refusal, _write(hers, uid, reason=" ").refusal) == (
        "wrong_value",
        "reason_missing",
    )
    assert _write(hers, uid).allowed
    assert [_reads(one, uid) for one in (hers, colleague, manager, supervisor)] == ["yes", None, None, None]
    assert _write(colleague, uid, "no").refusal == "absent"
    assert _give(manager, uid, colleague).allowed
    assert [_reads(one, uid) for one in (hers, colleague)] == [None, "yes"]


def test_it_brings_hardship_and_a_key_focus_that_does_not_tell_why_and_holds_when_assessed_anew(
    world: World, manager: Person, hers: Person, hands: Hands
) -> None:
    uid = filed(world, birth_date=date(2008, 12, 20))
    _give(manager, uid, hers)
    _write(hers, uid)
    for _ in range(2):
        with world.work() as work:
            child = child_of(work, uid)
            assert (child.hardship, child.key_focus) == ("eligible", True)
            assert [(tag.name, tag.sources) for tag in children.tags(work, child)] == PROTECTED
            child.recheck_on = work.today
            assert reassessing.tick(work)["assessed"] == 1
        hands.forward(days=1)
    _write(hers, uid, "no", "复核")
    with world.work() as work:
        assert (child_of(work, uid).key_focus, children.tags(work, child_of(work, uid))) == (False, [])


def test_nothing_others_see_of_the_file_tells_it_from_another_hardship_of_the_child_itself(
    world: World, manager: Person, hers: Person
) -> None:
    supervisor, another = (person(world, "child_supervisor", TOWNSHIP, name) for name in ("李督导", "周督导"))
    line, other = filed(world), filed(world, "李雪")
    _give(manager, line, hers)
    _write(hers, line)
    another.does(assessing.set_fact, other, "official_other_self_hardship", "yes", "会议纪要")

    def seen(work: Work, uid: str) -> list[object]:
        child = child_of(work, uid)
        (_, result), *_ = assessing.history(work, child)
        return [result, assessing.shown_facts(work, supervisor.member(work), child)]

    with world.work() as work:
        assert seen(work, line) == seen(work, other)
        assert "SELF.3" not in str(seen(work, line))
        (own,) = assessing.shown_facts(work, another.member(work), child_of(work, other))
        assert own.reason == "会议纪要"
