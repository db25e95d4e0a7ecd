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
from bot.care.model import ASKED_FOR, HARDSHIPS, NOT_ELIGIBLE, PROTECTED_RULE, RESULTS, SHOWN_AS, Model


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

    def unfinished(self, result: str) -> tuple[str, ...]:
        """Questions that keep a not_eligible from being said: while there are any, it is 还没问完, not 暂不符合.

        Raises KeyError for what is no result. Source: eligibility.yml#unasked_rule, use.
        """
        if self.results[result] != NOT_ELIGIBLE:
            return ()
        of = [result] if result in self.unasked_by else HARDSHIPS
        return tuple(sorted({fact for each in of for fact in self.unasked_by[each]}))

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


UNFINISHED = "unfinished"
"""What is shown for a not_eligible while questions that could change it were never asked (还没问完)."""


def as_shown(result: Mapping[str, Any], name: str) -> str:
    """One result of a kept assessment (`Assessment.as_dict`) as it may be shown: `UNFINISHED` for a not_eligible about
    which something was never asked, as an empty column of the register's table was not (AMB-14).

    Raises KeyError for what is no result. Source: eligibility.yml#unasked_rule.
    """
    unasked = result.get("unasked_by", {})
    of = (name,) if name in unasked else HARDSHIPS
    unfinished = result[name] == NOT_ELIGIBLE and any(unasked.get(each) for each in of)
    return UNFINISHED if unfinished else str(result[name])


def assess(facts: Mapping[str, object], on: date, model: Model | None = None, *, protected: bool = False) -> Assessment:
    """The assessment of a child on a day, under the version in force that day unless another is given.

    `protected`: for a reader who may not see child_hiv (roles.yml#hiv_protection). Raises WrongFacts for facts that
    cannot be read. Source: eligibility.yml#output_schema, #citation_rule, #unasked_rule, #recheck_rule.
    """
    model = model or models.in_force(on)
    return of(evaluation.evaluate(model, child_facts.checked(model, facts, on), on), protected=protected)


def of(found: Evaluation, *, protected: bool = False) -> Assessment:
    """The assessment of what was worked out."""
    model, truths = found.model, found.truths
    shown = {rule.code: truths[rule.gated] for rule in model.rules.values()}
    if protected:
        shown[SHOWN_AS] = max(shown[SHOWN_AS], shown.pop(PROTECTED_RULE))
    emergency = _emergency(found)
    return Assessment(
        on=found.on,
        model_version=model.version,
        results={result: model.outcomes[truths[model.groups[group]]] for result, group in RESULTS.items()},
        matched=tuple(code for code, truth in shown.items() if truth == T),
        pending=tuple(code for code, truth in shown.items() if truth == U),
        considered_not_met=_considered(found, shown),
        emergency_report_required=emergency,
        benefit_flags={
            name: model.outcomes[max(shown.get(code, F) for code in codes)] for name, codes in model.flags.items()
        },
        citations=_citations(found, shown, emergency),
        unasked_by=_unasked(found),
        recheck_on=_recheck_on(found),
    )


def _emergency(found: Evaluation) -> bool:
    values = found.values()
    return any(
        values[trigger.fact] in trigger.values
        and not (trigger.unless and values[trigger.unless] in trigger.unless_values)
        for trigger in found.model.triggers
    )


def _considered(found: Evaluation, shown: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    facts, rules = found.model.facts, found.model.rules
    signalling = {fact for fact, value in found.values().items() if value in facts[fact].signals}
    return {
        code: rules[code].cites
        for code, truth in shown.items()
        if truth == F and not signalling.isdisjoint(rules[code].depends)
    }


def _citations(found: Evaluation, shown: Mapping[str, int], emergency: bool) -> tuple[str, ...]:
    model, truths = found.model, found.truths
    cited = [cite for code, truth in shown.items() if truth != F for cite in model.rules[code].cites]
    if shown["LB"] != T:
        cited += model.rules["LB"].cites
    if truths[model.gates["AGE_LT_18"]] != T:
        cited.append("WBF-2")
    if emergency:
        cited += model.emergency_cites
    return tuple(dict.fromkeys(cited))


def _unasked(found: Evaluation) -> dict[str, tuple[str, ...]]:
    """Open facts of each result: none once it is met whatever they are; else those that may change one of its rules."""
    met = {result for result in ASKED_FOR if found.low[found.model.groups[RESULTS[result]]] == T}
    asked = found.model.asked_for
    return found.touching({result: () if result in met else places for result, places in asked.items()})


def _recheck_on(found: Evaluation) -> date | None:
    model, truths = found.model, found.truths
    watched = [model.groups[group] for group in RESULTS.values()] + [rule.gated for rule in model.rules.values()]
    for day in child_facts.turning_days(model, found.told, found.on):
        then = evaluation.later(found, day)
        if any(then[place] != truths[place] for place in watched):
            return day
    return None
