"""Why a result is what it is: which facts made which rule met, not met or open, in the words of the clause.

Only what is verified is ever quoted: phrases of the plan (clauses.yml) word for word, verified laws by their title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.care import assessment, child_facts, clauses, evaluation, wording
from bot.care import model as models
from bot.care.assessment import Assessment
from bot.care.circuit import F, T, U
from bot.care.evaluation import Evaluation
from bot.care.model import PROTECTED_RULE, RESULTS, SHOWN_AS, Model, Rule


@dataclass(frozen=True)
class Ground:
    """One fact that made a rule what it is.

    `origin`: told, derived (from the day `derived_from`) or default (nobody asked). `open`: it is what keeps the rule
    open; then `suppliers` can say or show it.
    """

    fact: str
    value: Any
    name: str
    said: str
    origin: str
    derived_from: str | None
    open: bool
    suppliers: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """A clause of the plan with its phrases word for word, or a verified law with none."""

    id: str
    title: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One rule: its outcome, the facts that made it so, what may be quoted, the papers to bring if it is met or open.

    `considered`: the told facts spoke to it (always so for a rule met or open).
    """

    code: str
    label: str
    outcome: str
    grounds: tuple[Ground, ...]
    quotes: tuple[Quote, ...]
    evidence: tuple[str, ...]
    considered: bool


@dataclass(frozen=True)
class Explanation:
    """The assessment, and for each of its results the reasons: what is met first, then what is open, then the rest."""

    assessment: Assessment
    reasons: Mapping[str, tuple[Reason, ...]]

    def as_dict(self) -> dict[str, Any]:
        """Plain data; days as ISO text."""
        return {result: [_plain(reason) for reason in reasons] for result, reasons in self.reasons.items()}


def explain(
    facts: Mapping[str, object], on: date, model: Model | None = None, *, protected: bool = False
) -> Explanation:
    """Why each result is what it is. `protected`: for a reader who may not see child_hiv (roles.yml#hiv_protection).

    Raises WrongFacts for facts that cannot be read.
    """
    model = model or models.in_force(on)
    found = evaluation.evaluate(model, child_facts.checked(model, facts, on), on)
    made = assessment.of(found, protected=protected)
    return Explanation(made, {result: _reasons(found, made, result, protected) for result in RESULTS})


def _reasons(found: Evaluation, made: Assessment, result: str, protected: bool) -> tuple[Reason, ...]:
    rules = [rule for rule in found.model.rules_of(result) if not (protected and rule.code == PROTECTED_RULE)]
    reasons = [_reason(found, made, rule, protected) for rule in rules]
    order = [found.model.outcomes[truth] for truth in (T, U, F)]
    return tuple(sorted(reasons, key=lambda reason: (order.index(reason.outcome), not reason.considered)))


def _reason(found: Evaluation, made: Assessment, rule: Rule, protected: bool) -> Reason:
    truth = T if rule.code in made.matched else U if rule.code in made.pending else F
    # The grounds of either would tell the two apart, here and below rules that stand on their group.
    closed = {found.model.rules[code].gated for code in (PROTECTED_RULE, SHOWN_AS)} if protected else set()
    hidden = rule.gated in closed
    grounds = _grounds(found, rule.gated, (), closed)
    cites = dict.fromkeys(cite for ground in grounds for cite in ground.cites)
    return Reason(
        code=rule.code,
        label=rule.label,
        outcome=found.model.outcomes[truth],
        grounds=grounds,
        quotes=(quotes(cites) if truth == F else ()) or quotes([*rule.cites, *cites]),
        evidence=() if hidden or truth == F else rule.evidence,
        considered=truth != F or rule.code in made.considered_not_met,
    )


def quotes(cites: Iterable[str]) -> tuple[Quote, ...]:
    """What may be quoted of these ids, in their order; what is not verified is left out."""
    found = []
    for cite in dict.fromkeys(cites):
        if clauses.quotable(cite):
            source = clauses.source(cite)
            plan = source.status == clauses.PLAN
            found.append(
                Quote(cite, clauses.clause(cite).title_zh, clauses.clause(cite).phrases)
                if plan
                else Quote(cite, source.title_zh, ())
            )
    return tuple(found)


def _grounds(found: Evaluation, place: int, cites: tuple[str, ...], closed: Collection[int]) -> tuple[Ground, ...]:
    """The facts that make a place what it is: of a whole that one part decides, the part with most of it told."""
    if place in closed:
        return ()
    node, truth = found.model.circuit.nodes[place], found.truths[place]
    cites = found.model.cited.get(place, cites)
    if node.leaf is not None:
        return (_ground(found, node.leaf.fact, truth == U, cites),)
    parts = [_grounds(found, part, cites, closed) for part in node.parts if found.truths[part] == truth]
    if truth == (T if node.pick is max else F):
        parts = [min(parts, key=lambda grounds: (sum(ground.origin == "default" for ground in grounds), len(grounds)))]
    elif node.pick is min and not any(parts):  # open by the model's own word, no fact is missing: what is met is named
        parts = [_grounds(found, part, cites, closed) for part in node.parts]
    return tuple({ground.fact: ground for grounds in parts for ground in grounds}.values())


def _ground(found: Evaluation, fact_id: str, is_open: bool, cites: tuple[str, ...]) -> Ground:
    fact = found.model.facts[fact_id]
    derived = child_facts.derived(found.told, found.on)
    day = child_facts.counted_from(fact_id) if fact_id in derived else None
    value = derived.get(fact_id, found.told.get(fact_id, fact.default))
    return Ground(
        fact=fact_id,
        value=value,
        name=wording.name(fact),
        said=wording.said(fact, value),
        origin="derived" if day else "told" if fact_id in found.told else "default",
        derived_from=day,
        open=is_open,
        suppliers=wording.suppliers(fact) if is_open else (),
        cites=cites,
    )


def _plain(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "label": reason.label,
        "outcome": reason.outcome,
        "considered": reason.considered,
        "grounds": [
            {
                "fact": ground.fact,
                "value": ground.value,
                "name": ground.name,
                "said": ground.said,
                "origin": ground.origin,
                "open": ground.open,
                "suppliers": list(ground.suppliers),
                "cites": [cite for cite in ground.cites if clauses.quotable(cite)],
            }
            for ground in reason.grounds
        ],
        "quotes": [{"id": quote.id, "title": quote.title, "phrases": list(quote.phrases)} for quote in reason.quotes],
        "evidence": list(reason.evidence),
    }
