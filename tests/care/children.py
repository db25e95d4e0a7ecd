"""Children for Hypothesis: whole ones, of whom everything is known without contradiction, and what was told of some."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot import shipped
from bot.care import model as models
from bot.care.model import UNKNOWN, Fact

CASES = shipped.content(Path(__file__).parent / "eligibility_cases.yml")
FACTS = {case["id"]: case["facts"] for case in CASES["cases"]}
ON = date(2026, 11, 23)
MODEL = models.in_force(ON)
OPEN_FROM_THE_START = {fact.id for fact in MODEL.facts.values() if fact.default == UNKNOWN}
DEAD = {"dead", "declared_dead"}


def any_value(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value a fact can be told with, "unknown" included."""
    if fact.kind == "integer":
        return st.one_of(st.just(UNKNOWN), st.integers(0, 20))
    if fact.kind == "date":
        return st.one_of(st.just(UNKNOWN), st.dates(date(2008, 1, 1), ON))
    return st.sampled_from(fact.values)


def told(*, days: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Anything that may have been told, contradictions included."""
    facts = [fact for fact in MODEL.facts.values() if fact.id != "assessment_date" and (days or fact.kind != "date")]
    return st.fixed_dictionaries({}, optional={fact.id: any_value(fact) for fact in facts})


@st.composite
def whole(draw: st.DrawFn) -> dict[str, Any]:
    """A child of whom every fact is known. Dead parents are neither away nor held; nobody came back before leaving."""
    child = {}
    for fact in MODEL.facts.values():
        if fact.kind == "integer":
            child[fact.id] = draw(st.integers(0, 20))
        elif fact.kind == "enum":
            child[fact.id] = draw(st.sampled_from([value for value in fact.values if value != UNKNOWN]))
    for parent in ("father", "mother"):
        if child[f"{parent}_life_status"] in DEAD:
            child |= {f"{parent}_away_status": "not_applicable", f"{parent}_custody": "none"}
        since = f"{parent}_months_since_return"
        child[since] = min(child[since], child[f"{parent}_away_months"])
    return child


@st.composite
def partly_known(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A whole child, and what somebody says who does not know some of it: "unknown", or nothing where that means it."""
    child = draw(whole())
    unsure = {fact for fact in child if UNKNOWN in MODEL.facts[fact].values or fact in OPEN_FROM_THE_START}
    hidden = draw(st.sets(st.sampled_from(sorted(unsure))))
    silent = draw(st.sets(st.sampled_from(sorted(OPEN_FROM_THE_START & set(child)))))
    said = {fact: UNKNOWN if fact in hidden else value for fact, value in child.items()}
    return child, {fact: value for fact, value in said.items() if not (fact in hidden and fact in silent)}
