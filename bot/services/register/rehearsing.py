"""A new reading of the eligibility model, tried on everybody on file before it takes effect. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from bot.care import children as rules
from bot.care import eligibility, visits
from bot.care.model import Model
from bot.services.register import assessing, children
from bot.services.work import Work
from bot.storage.tables import Child

BATCH = 200
KEY_FOCUS, UNASSESSED = "key_focus", "unassessed"


@dataclass
class Workload:
    """What a township has to do: key-focus children, and visits in a year, as (before, after)."""

    key_focus: list[int] = field(default_factory=lambda: [0, 0])
    visits: list[float] = field(default_factory=lambda: [0.0, 0.0])


@dataclass
class Rehearsal:
    """Who would change. `results`: (result, before, after) → how many; `tiers`: (before, after) → how many;
    `townships`: what there is to do, before and after. A child neither group keeps in service is owed no visit."""

    children: int = 0
    changed: int = 0
    results: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    tiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    townships: dict[str, Workload] = field(default_factory=dict)


def rehearse(
    work: Work, model: Model, on: date, area: str = "22", step: Callable[[int], None] = lambda _: None
) -> Rehearsal:
    """Assess every child of a division under `model` as of `on`, and compare with what stands in the files."""
    found = Rehearsal()
    query = select(Child.uid).where(
        Child.state.in_(children.LISTED), Child.left_behind.is_not(None), children.inside((area,))
    )
    uids = list(work.session.scalars(query.order_by(Child.uid)))
    for at in range(0, len(uids), BATCH):
        for child in work.session.scalars(select(Child).where(Child.uid.in_(uids[at : at + BATCH]))):
            _compare(work, child, model, on, found)
            step(1)
        work.session.expunge_all()
    return found


def _compare(work: Work, child: Child, model: Model, on: date, found: Rehearsal) -> None:
    facts = assessing.told(work, child)
    result = eligibility.assess(facts, on, model).as_dict()
    notes = children.profile(work, child).get("notes", ())
    focus = bool(rules.key_focus(facts, result, model, notes))
    before = (child.left_behind, child.hardship, child.key_focus)
    found.children += 1
    found.changed += before != (result["left_behind"], result["hardship"], focus)
    for line in rules.AGE_LIMIT:
        was = getattr(child, line)
        if was != result[line]:
            found.results[line, was, result[line]] += 1
    tier = children.planned_level(child)
    then, now = (KEY_FOCUS if child.key_focus else tier), (KEY_FOCUS if focus else tier)
    if then != now:
        found.tiers[then, now] += 1
    town = found.townships.setdefault(child.area[:9], Workload())
    outcomes = ((child.left_behind, child.hardship), (result["left_behind"], result["hardship"]))
    for side, (outcome, focused, visited_as) in enumerate(
        zip(outcomes, (child.key_focus, focus), (then, now), strict=True)
    ):
        in_service = any(one in visits.IN_SERVICE for one in outcome)
        town.key_focus[side] += focused and in_service
        town.visits[side] += visits.per_year(visited_as) if in_service else 0
