"""Triage of a report: what was told → categories, severity, routes, alerts, deadlines (reports.yml#triage_steps).

Unknown never lowers a severity, and neither does telling more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.care import catalogue, facts, policy_data, routing
from bot.care.logic import Leaf, Truth, evaluate

PARALLEL = ("S0", "S1")
# Harm or danger that no category describes (#triage_steps), and nothing told at all.
UNDESCRIBED_HARM, NOTHING_TOLD = "MR-9", "I-1"
JUDGED_LATELY = 256
"""So many tellings are not judged twice; they hold ids only, nothing anybody said."""


@dataclass(frozen=True)
class Triage:
    """What follows from what was told (reports.yml#triage_output).

    `levels`: roles a ladder asks, in order. `joins`: roles that join a parallel alert nobody acknowledges, in order.
    """

    categories: tuple[str, ...]
    category: str
    severity: str
    mandatory_report: bool
    route_primary: tuple[str, ...]
    route_cc: tuple[str, ...]
    mode: str
    alert: tuple[str, ...]
    first: str | None
    gaps: tuple[str, ...]
    deadlines: Mapping[str, routing.Deadline]
    levels: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in reports_cases.yml; moments as Asia/Shanghai minutes, days as dates."""
        return {
            "categories": list(self.categories),
            "category": self.category,
            "severity": self.severity,
            "mandatory_report": self.mandatory_report,
            "route_primary": list(self.route_primary),
            "route_cc": list(self.route_cc),
            "mode": self.mode,
            "alert": list(self.alert),
            "first": self.first,
            "gaps": list(self.gaps),
            "deadlines": {name: _written(moment) for name, moment in self.deadlines.items()},
        }


def _written(moment: routing.Deadline) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def triage(told: Mapping[str, Any], *, severity: str | None = None) -> Triage:
    """Categories, severity, routes, alerts and deadlines of what was told.

    `told` uses the ids of reports.yml#told_facts; absent ones take their default, further keys are not looked at.
    `received_at` is an aware datetime, or an ISO text (without a zone: Asia/Shanghai); without it there are no
    deadlines. `severity`: what a person decided (raised or lowered); alerts and deadlines then follow from it.
    Raises ValueError naming a key and the values allowed for it.
    """
    known = facts.of_report(told)
    found = _categories(known)
    severity = severity or _severity(known, found)
    # Main category: the most urgent; of equals the earlier in the file.
    main = min(found, key=lambda category: category["severity"])
    primary, copied = routing.targets(found, known, harm=_harm(known))
    reach = routing.Reach(frozenset(known["bound"]), routing.barred(known["conflicted"]), known["place_known"])
    mode, alert, gaps, levels = _who(severity, main, reach)
    return Triage(
        categories=tuple(category["code"] for category in found),
        category=main["code"],
        severity=severity,
        mandatory_report=any(category["mandatory_report"] for category in found),
        route_primary=tuple(primary),
        route_cc=tuple(copied),
        mode=mode,
        alert=tuple(alert),
        first=alert[0] if mode == "ladder" and alert else None,
        gaps=tuple(gaps),
        deadlines=routing.deadlines(severity, mode, levels, known["received_at"]) if known["received_at"] else {},
        levels=tuple(levels),
        joins=tuple(routing.joins(reach, alert)) if mode == "parallel" else (),
    )


def severity_of(told: Mapping[str, Any]) -> str:
    """As `triage(told).severity`. A talk asks for it many times in a turn, so the last tellings are judged once."""
    of_the_rules = ((name, told[name]) for name in sorted(facts.names_of_report() & told.keys()))
    return _judged(tuple((name, tuple(said) if isinstance(said, list) else said) for name, said in of_the_rules))


@lru_cache(maxsize=JUDGED_LATELY)
def _judged(told: tuple[tuple[str, Any], ...]) -> str:
    return triage(dict(told)).severity


def _who(severity: str, main: Mapping[str, Any], reach: routing.Reach) -> tuple[str, list[str], list[str], list[str]]:
    """Mode, roles alerted at once, gaps, and the levels of a ladder."""
    if severity in PARALLEL:
        alert, gaps = routing.alert_parallel(reach)
        return "parallel", alert, gaps, []
    # A category that is always urgent has no ladder of its own; lowered by a person, it starts where all do.
    start = main.get("ladder_start") or ("child_director" if main["severity"] in PARALLEL else None)
    if start is None:
        return "answer", [], [], []
    levels, gaps = routing.ladder(reach, start)
    return "ladder", levels[:1], gaps, levels


def _harm(known: Mapping[str, Any]) -> bool:
    return any(catalogue.signs()[sign]["harm"] for sign in known["signs"])


def _codes(known: dict[str, Any]) -> set[str]:
    """Codes of all categories that count: a condition that is unknown counts too."""
    codes: set[str] = set()
    for sign in known["signs"]:
        rules = catalogue.signs()[sign]["categories"]
        counting = {rule["code"] for rule in rules if evaluate(rule.get("when", {"const": "T"}), known).counts}
        # A sign whose every condition is false (a pregnancy where the child's sex is not known) stays the harm it is,
        # whatever else is told beside it: unknown never lowers (reports.yml#rule; our reading).
        codes |= counting or {UNDESCRIBED_HARM}
    if codes:
        return codes
    in_danger = "yes" in (known["danger_now"], known["injured_now"])
    return {UNDESCRIBED_HARM if in_danger else NOTHING_TOLD}


def _categories(known: dict[str, Any]) -> list[dict[str, Any]]:
    """Categories found, in the order of the file, each with its severity."""
    codes, leaves = _codes(known), {"sign": _told_one_of(known)}
    found = []
    for category in policy_data.read("reports")["categories"]:
        if category["code"] in codes:
            special = (
                rule["severity"]
                for rule in category.get("severity_when", ())
                if evaluate(rule["when"], known, leaves) is Truth.T
            )
            found.append({**category, "severity": next(special, category["default_severity"])})
    return found


def _severity(known: dict[str, Any], found: list[dict[str, Any]]) -> str:
    of_categories = {category["severity"] for category in found}
    leaves: dict[str, Leaf] = {
        "sign": _told_one_of(known),
        "category_severity": lambda severity: Truth.T if severity in of_categories else Truth.F,
    }
    rules = policy_data.read("reports")["triage_rules"]
    by_rule = next(rule["severity"] for rule in rules if evaluate(rule["when"], known, leaves) is Truth.T)
    of_signs = {catalogue.signs()[sign].get("severity", by_rule) for sign in known["signs"]}
    return str(min({by_rule, *of_categories, *of_signs}))  # S0 is the most urgent


def _told_one_of(known: Mapping[str, Any]) -> Leaf:
    return lambda signs: Truth.T if set(signs) & set(known["signs"]) else Truth.F
