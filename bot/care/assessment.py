"""The first indication for one child on one day (eligibility.yml#output_schema): six results and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.care import child_facts, evaluation
from bot.care import model as models
from bot.care.circuit import F, T, U
from bot.care.evaluation import Evaluation
from bot.care.model import ASKED_FOR, RESULTS, Model


@dataclass(frozen=True)
class Assessment:
    """What the model says of one child on one day. Field names are those of output_schema."""

    on: date
    model_version: str
    results: Mapping[str, str]
    matched: tuple[str, ...]
    pending: tuple[str, ...]
    considered_not_met: Mapping[str, tuple[str, ...]]
    emergency_report_required: bool
    benefit_flags: Mapping[str, str]
    citations: tuple[str, ...]
    unasked_by: Mapping[str, tuple[str, ...]]
    recheck_on: date | None

    @property
    def unasked(self) -> tuple[str, ...]:
        """Public facts never asked whose answer could still change a result."""
        return tuple(sorted({fact for facts in self.unasked_by.values() for fact in facts}))

    def as_dict(self) -> dict[str, Any]:
        """Plain data under the keys of eligibility.yml#output_schema."""
        return {
            **self.results,
            "matched": list(self.matched),
            "pending": list(self.pending),
            "considered_not_met": [
                {"code": code, "cites": list(cites)} for code, cites in self.considered_not_met.items()
            ],
            "emergency_report_required": self.emergency_report_required,
            "benefit_flags": dict(self.benefit_flags),
            "citations": list(self.citations),
            "unasked": list(self.unasked),
            "unasked_by": {result: list(facts) for result, facts in self.unasked_by.items()},
            "recheck_on": self.recheck_on.isoformat() if self.recheck_on else None,
        }


def assess(facts: Mapping[str, object], on: date, model: Model | None = None) -> Assessment:
    """The assessment of a child on a day, under the version in force that day unless another is given.

    Source: eligibility.yml#output_schema, #citation_rule, #unasked_rule, #recheck_rule.
    """
    model = model or models.in_force(on)
    return of(evaluation.evaluate(model, child_facts.parsed(facts), on))


def of(found: Evaluation) -> Assessment:
    """The assessment of what was worked out."""
    model, truths = found.model, found.truths
    emergency = _emergency(found)
    return Assessment(
        on=found.on,
        model_version=model.version,
        results={result: model.outcomes[truths[model.groups[group]]] for result, group in RESULTS.items()},
        matched=tuple(rule.code for rule in model.rules.values() if truths[rule.gated] == T),
        pending=tuple(rule.code for rule in model.rules.values() if truths[rule.gated] == U),
        considered_not_met=_considered(found),
        emergency_report_required=emergency,
        benefit_flags={
            name: model.outcomes[max(truths[model.rules[code].gated] for code in codes)]
            for name, codes in model.flags.items()
        },
        citations=_citations(found, emergency),
        unasked_by={result: _unasked(found, result) for result in ASKED_FOR},
        recheck_on=_recheck_on(found),
    )


def _emergency(found: Evaluation) -> bool:
    values = found.values
    return any(
        values[trigger.fact] in trigger.values
        and not (trigger.unless and values[trigger.unless] in trigger.unless_values)
        for trigger in found.model.triggers
    )


def _considered(found: Evaluation) -> dict[str, tuple[str, ...]]:
    facts = found.model.facts
    signalling = {fact for fact, value in found.values.items() if value in facts[fact].signals}
    return {
        rule.code: rule.cites
        for rule in found.model.rules.values()
        if found.truths[rule.gated] == F and not signalling.isdisjoint(rule.depends)
    }


def _citations(found: Evaluation, emergency: bool) -> tuple[str, ...]:
    model, truths = found.model, found.truths
    cited = [cite for rule in model.rules.values() if truths[rule.gated] != F for cite in rule.cites]
    if truths[model.groups["left_behind"]] != T:
        cited += model.rules["LB"].cites
    if truths[model.gates["AGE_LT_18"]] != T:
        cited.append("WBF-2")
    if emergency:
        cited += model.emergency_cites
    return tuple(dict.fromkeys(cited))


def _unasked(found: Evaluation, result: str) -> tuple[str, ...]:
    """Open facts of a result: none once it is met whatever they are; else those that may change one of its rules."""
    if found.spans[0][found.model.groups[RESULTS[result]]] == T:
        return ()
    return tuple(sorted(found.touching([rule.gated for rule in found.model.rules_of(result)])))


def _recheck_on(found: Evaluation) -> date | None:
    model, truths = found.model, found.truths
    watched = [model.groups[group] for group in RESULTS.values()] + [rule.gated for rule in model.rules.values()]
    for day in child_facts.turning_days(found.told, found.on):
        then = evaluation.later(found, day)
        if any(then[place] != truths[place] for place in watched):
            return day
    return None
