"""How many questions an assessment takes: by `next_question`, at the very least, and if every question were asked.

Each worked case is answered by somebody who knows its facts; of a screening matter the case does not mention they say
that there is nothing, of anything else that they do not know. `python -m tests.measuring.asking` prints these figures
alone; `make eval` has them among its others.
"""

from __future__ import annotations

import statistics
import sys
import time
import timeit
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from bot import shipped
from bot.care import child_facts, eligibility, evaluation
from bot.care import model as models
from bot.care.model import RESULTS, Model
from tests.faults.gateway_process import ROOT

CASES = ROOT / "tests" / "care" / "eligibility_cases.yml"


class Case(NamedTuple):
    """A worked case: its day, what the person knows, and what staff has entered."""

    id: str
    on: date
    facts: Mapping[str, Any]
    staff: Mapping[str, Any]


class Counted(NamedTuple):
    """For one case: facts asked for one by one, questions when screens are used, the least facts, every public fact."""

    case: str
    facts: int
    questions: int
    least: int
    every: int


def answers(model: Model, facts: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """What the person of a case answers when asked for a fact: its day if they know it, else what the case says."""
    other = next((way for way, named in model.alternatives.items() if named == fact and way in facts), None)
    if other:
        return {other: facts[other]}
    return {fact: facts.get(fact, model.facts[fact].default)}


def by_next_question(model: Model, case: Case, screens: bool) -> tuple[dict[str, Any], int]:
    """What was told when nothing is left worth asking, and how many questions it took, with or without screens."""
    asked: dict[str, Any] = {}
    questions = 0
    while question := eligibility.next_question(case.staff | asked, case.on, model=model):
        questions += 1
        covered = question.screen.facts if screens and question.screen else ()
        some = [fact for fact in covered if case.facts.get(fact, "none") not in ("none", "no")]
        questions += bool(some)
        for fact in some[:1] or covered or [question.fact]:
            asked |= answers(model, case.facts, fact)
    return asked, questions


def every_question(model: Model, case: Case) -> dict[str, Any]:
    """What was told when every public question whose ask_when holds was asked, follow-ups included."""
    asked: dict[str, Any] = {}
    while still := evaluated(model, case.staff | asked, case.on).open_facts:
        asked |= answers(model, case.facts, still[0])
    return asked


def evaluated(model: Model, told: Mapping[str, Any], on: date) -> evaluation.Evaluation:
    """A child of whom this was told."""
    return evaluation.evaluate(model, child_facts.checked(model, told, on), on)


def settled(model: Model, told: Mapping[str, Any], on: date) -> bool:
    """Whether no open answer can change any of the six results."""
    return evaluated(model, told, on).settled(model.groups[group] for group in RESULTS.values())


def least(model: Model, case: Case, asked: Mapping[str, Any]) -> int:
    """The size of the smallest subset of the answers that already settles all results.

    Every set of answers that does not settle them leaves something to be hit outside of it: the smallest set that hits
    all of those found so far is tried, until one settles the results (implicit hitting sets).
    """

    def enough(chosen: frozenset[str]) -> bool:
        return settled(model, {**case.staff, **{fact: asked[fact] for fact in chosen}}, case.on)

    everything = frozenset(asked)
    to_hit = [frozenset([fact]) for fact in asked if not enough(everything - {fact})]
    while not enough(chosen := smallest_hitting(tuple(to_hit))):
        grown = chosen
        for fact in asked:
            if fact not in grown and not enough(grown | {fact}):
                grown |= {fact}
        to_hit.append(everything - grown)
    return len(chosen)


def smallest_hitting(sets: tuple[frozenset[str], ...]) -> frozenset[str]:
    """A smallest set with a member in common with each of the sets."""
    must = frozenset(chain.from_iterable(each for each in sets if len(each) == 1))
    best: list[frozenset[str]] = [frozenset(chain.from_iterable(sets))]

    def search(chosen: frozenset[str], banned: frozenset[str]) -> None:
        left = [each - banned for each in sets if not each & chosen]
        if not left:
            best[0] = min(best[0], chosen, key=len)
            return
        disjoint, used = 0, frozenset[str]()
        for each in sorted(left, key=len):
            if not each & used:
                disjoint, used = disjoint + 1, used | each
        if len(chosen) + disjoint >= len(best[0]):
            return
        tried = banned
        for fact in sorted(min(left, key=len)):
            search(chosen | {fact}, tried)
            tried |= {fact}

    search(must, frozenset())
    return best[0]


def cases() -> Iterator[Case]:
    """The worked cases."""
    content = shipped.content(CASES)
    usual = content["meta"]["assessment_date_default"]
    for entry in content["cases"]:
        on = date.fromisoformat(entry["facts"].get("assessment_date", usual))
        facts = models.in_force(on).facts
        staff = {fact: value for fact, value in entry["facts"].items() if facts[fact].policy != "public"}
        yield Case(entry["id"], on, entry["facts"], staff)


def count(case: Case) -> Counted:
    """The three numbers of one case."""
    model = models.in_force(case.on)
    asked, facts = by_next_question(model, case, screens=False)
    _, questions = by_next_question(model, case, screens=True)
    every = every_question(model, case)
    return Counted(case.id, facts, questions, least(model, case, every | asked), len(every))


def figures() -> Iterator[tuple[str, str, str]]:
    """Name, figure and goal of each line of the table."""
    counted = [count(case) for case in cases()]
    every = sum(one.every for one in counted)
    yield "questions of an eligibility check, worked cases", str(len(counted)), ""
    yield "  asking every public question, median", _median(one.every for one in counted), ""
    yield "  facts that settle every result at the very least, median", _median(one.least for one in counted), ""
    yield "    fewer than every question, with hindsight", f"{1 - sum(one.least for one in counted) / every:.3f}", ""
    yield "  facts asked for one by one, median", _median(one.facts for one in counted), ""
    yield "    over the least, median", _median(one.facts - one.least for one in counted), "<= 2"
    yield "    fewer than every question", f"{1 - sum(one.facts for one in counted) / every:.3f}", ""
    yield "  questions as they are asked, several facts in one, median", _median(one.questions for one in counted), ""
    yield "    over the least, median", _median(one.questions - one.least for one in counted), "<= 2"
    yield "    fewer than every question", f"{1 - sum(one.questions for one in counted) / every:.3f}", ">= 0.40"
    yield "  a whole assessment, the slowest of the cases", f"{slowest_ms():.2f} ms", "<= 1 ms"


def slowest_ms() -> float:
    """A whole assessment of the worked case that takes longest, in milliseconds of the processor: the best of several
    runs of each."""
    runs = (timeit.repeat(partial(_assess, case), number=1, repeat=7, timer=time.process_time) for case in cases())
    return max(map(min, runs)) * 1000


def _assess(case: Case) -> None:
    eligibility.assess(case.facts, case.on).as_dict()


def _median(numbers: Iterable[int]) -> str:
    return f"{statistics.median(numbers):g}"


if __name__ == "__main__":
    for named, figure, goal in figures():
        sys.stdout.write(f"{named:<72}{figure:>10}  {goal}".rstrip() + "\n")
