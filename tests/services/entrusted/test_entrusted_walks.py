"""Anybody does anything with an arrangement of care, told whatever helps: what is on file when it is signed says that
the child was heard, or why it was not, and that an objection was overridden by whom it may be."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.care import policy_data
from bot.services.entrusted import arrangements
from bot.services.entrusted import records as entrusted_records
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import CareArrangement
from tests.builders import World
from tests.faults.sizes import size
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE, Person, person

SEED = 20261127
WALKS, STEPS = size(12, 400), 40
DATA = policy_data.read("entrusted_care")
ROWS = DATA["transitions"]
VALUES = {fact["id"]: fact.get("values", [9, 17]) for fact in DATA["guard_facts"]}
ONWARD = (
    *("reason_confirmed", "candidate_named", "screening_started", "passed", "child_opinion_recorded"),
    *("objection_overridden", "agreement_concluded", "new_candidate"),
)
STAFF = {"child_director": VILLAGE, "child_supervisor": TOWNSHIP, "county_caseworker": COUNTY}
HEARD = ("agrees", "unclear")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What the guards look at; the same rows on PostgreSQL are what test_entrusted looks at."""
    return sqlite


def _asked(guard: dict[str, Any]) -> dict[str, list[Any]]:
    """The facts a guard looks at, each with the values with which it holds."""
    if "fact" in guard:
        return {guard["fact"]: guard.get("T", VALUES[guard["fact"]])}
    parts = [*guard.get("all", []), *guard.get("any", [])]  # what must not be is not told
    return {name: values for part in parts for name, values in _asked(part).items()}


def _told(dice: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    """What is told with a move: mostly what it wants to hear, and facts that are nobody's to tell."""
    wanted = _asked(row["guard_expr"])
    told = {name: dice.choice(fits if dice.random() < 0.8 else VALUES[name]) for name, fits in wanted.items()}
    lies = {"child_opinion": "agrees", "heard_in_private": "yes", "override_recorded": "yes", "duties_explained": "yes"}
    return {**told, **{name: value for name, value in lies.items() if dice.random() < 0.2}}


def _walk(work: Work, dice: random.Random, staff: dict[str, Person], talks: tuple[str, str]) -> CareArrangement:
    father, carer = talks
    row = arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰", "parent": "王强"})
    row.carer_conversation = carer
    for _ in range(STEPS):
        here = [one for one in ROWS if one["from_state"] == row.state]
        onward = [one for one in here if one["event"] in ONWARD]
        move = dice.choice(onward if onward and dice.random() < 0.8 else here or ROWS)
        anybody = (*STAFF, "parent_guardian", "entrusted_carer")
        who = dice.choice(move["actor"] if dice.random() < 0.8 else anybody)
        told, reason = _told(dice, move), dice.choice(["记下的原因", ""])
        if who in STAFF:
            member = staff[who].member(work)
            if dice.random() < 0.3:
                entrusted_records.record_duties(work, member, row.uid)
            arrangements.step(work, member, row.uid, move["event"], told, reason)
        elif who == "entrusted_carer":
            arrangements.step_of_carer(work, carer, row.uid, move["event"], told, reason)
        else:
            arrangements.step_of_family(work, father, row.uid, move["event"], told, reason)
        if row.state == "agreement_signed":
            break
    return row


def _heard_before(work: Work, row: CareArrangement) -> bool:
    """Whether the moves on file tell of a hearing of this candidate before the signing."""
    heard = False
    for move in arrangements.history(work, row):
        told = work.open(arrangements.TOLD, move.uid, move.told_sealed)
        if move.event == "child_opinion_recorded":
            assert move.role == "child_director"
            in_private = told.get("child_opinion") in HEARD and told.get("heard_in_private") == "yes"
            heard = in_private or (told.get("child_opinion") == "not_able" and told.get("not_able_reason") == "yes")
        elif move.event == "objection_overridden":
            heard = move.role == "child_supervisor" and move.reason_sealed is not None
        elif move.to_state == "candidate_proposed":
            heard = False
        elif move.event == "agreement_concluded":
            return heard
    return False


def test_whatever_anybody_does_nothing_is_signed_before_the_child_was_heard(world: World) -> None:
    dice = random.Random(SEED)
    staff = {role: person(world, role, area, role) for role, area in STAFF.items()}
    talks = world.citizen(), world.citizen()
    signed = 0
    for number in range(WALKS):
        with world.work() as work:
            row = _walk(work, dice, staff, talks)
            if row.state == "agreement_signed":
                signed += 1
                assert _heard_before(work, row), f"seed {SEED}, walk {number}"
                assert entrusted_records.acknowledged(work, row)
    assert signed > WALKS // 6, "nothing was shown"
