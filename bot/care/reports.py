"""Reports: triage and moves, exactly as reports.yml says. Pure; unknown never lowers a severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from bot.care import calendar, policy_data, routing
from bot.care.logic import Truth, evaluate

SEVERITIES = ("S0", "S1", "S2", "S3", "S4")
PARALLEL = ("S0", "S1")


@dataclass(frozen=True)
class Triage:
    """What follows from what was told (reports.yml#triage_output). `levels`: roles a ladder asks, in order."""

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


def triage(told: Mapping[str, Any]) -> Triage:
    """Categories, severity, routes, alerts and deadlines of what was told.

    `told` uses the ids of reports.yml#told_facts; absent ones take their default. `received_at` is an aware
    datetime or an ISO text in Asia/Shanghai. Raises ValueError naming a key and the values allowed for it.
    """
    facts = _checked(told)
    found = _categories(facts)
    severity = _severity(facts, found)
    # Main category: the most urgent; of equals the earlier in the file (sorting is stable).
    main = sorted(found, key=lambda category: category["severity"])[0]
    harm = any(_signs()[sign]["harm"] for sign in facts["signs"])
    primary, copied = routing.targets(found, facts, harm)
    reach = routing.Reach(frozenset(facts["bound"]), frozenset(facts["conflicted"]), facts["place_known"])
    levels: list[str] = []
    if severity in PARALLEL:
        mode, first = "parallel", None
        alert, gaps = routing.alert_parallel(reach)
    elif main["ladder_start"] is None:
        mode, first, alert, gaps = "answer", None, [], []
    else:
        mode = "ladder"
        levels, gaps = routing.ladder(reach, main["ladder_start"])
        alert = levels[:1]
        first = alert[0] if alert else None
    return Triage(
        categories=tuple(category["code"] for category in found),
        category=main["code"],
        severity=severity,
        mandatory_report=any(category["mandatory_report"] for category in found),
        route_primary=tuple(primary),
        route_cc=tuple(copied),
        mode=mode,
        alert=tuple(alert),
        first=first,
        gaps=tuple(gaps),
        deadlines=routing.deadlines(severity, mode, levels, facts["received_at"]) if facts["received_at"] else {},
        levels=tuple(levels),
    )


def _checked(told: Mapping[str, Any]) -> dict[str, Any]:
    facts = {}
    for entry in policy_data.read("reports")["told_facts"]:
        key = entry["id"]
        found = told.get(key, entry.get("default"))
        if "values" in entry and found not in entry["values"]:
            raise ValueError(f"{key} is {found!r}; allowed: {', '.join(entry['values'])}")
        facts[key] = found
    wrong = [sign for sign in facts["signs"] if sign not in _signs()]
    if wrong:
        raise ValueError(f"signs has unknown ids: {', '.join(map(str, wrong))}")
    age = facts["child_age_years"]
    if age != "unknown" and (not isinstance(age, int) or isinstance(age, bool) or not 0 <= age <= 25):
        raise ValueError("child_age_years is a whole number of years or unknown")
    received = facts["received_at"]
    if isinstance(received, str):
        received = datetime.fromisoformat(received).replace(tzinfo=calendar.ZONE)
    facts["received_at"] = calendar.local(received) if isinstance(received, datetime) else None
    return facts


def _categories(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Categories found, in the order of the file, each with its severity."""
    codes = {
        rule["code"]
        for sign in facts["signs"]
        for rule in _signs()[sign]["categories"]
        if evaluate(rule.get("when", {"const": "T"}), facts).counts
    }
    if not codes:
        in_danger = facts["danger_now"] == "yes" or facts["injured_now"] == "yes"
        codes = {"MR-9"} if in_danger else {"I-1"} if not facts["signs"] else set()
    leaves = {"sign": lambda signs: Truth.T if set(signs) & set(facts["signs"]) else Truth.F}
    found = []
    for category in policy_data.read("reports")["categories"]:
        if category["code"] in codes:
            severity = next(
                (
                    special["severity"]
                    for special in category.get("severity_when", ())
                    if evaluate(special["when"], facts, leaves) is Truth.T
                ),
                category["default_severity"],
            )
            found.append({"ladder_start": None, **category, "severity": severity})
    return found or _categories({**facts, "signs": ["other_serious_harm"]})


def _severity(facts: dict[str, Any], found: list[dict[str, Any]]) -> str:
    of_categories = {category["severity"] for category in found}
    leaves = {
        "sign": lambda signs: Truth.T if set(signs) & set(facts["signs"]) else Truth.F,
        "category_severity": lambda severity: Truth.T if severity in of_categories else Truth.F,
    }
    rules = policy_data.read("reports")["triage_rules"]
    by_rule = next(rule["severity"] for rule in rules if evaluate(rule["when"], facts, leaves) is Truth.T)
    of_signs = {_signs()[sign].get("severity", "S4") for sign in facts["signs"]}
    return str(min({by_rule, *of_categories, *of_signs}))


@dataclass(frozen=True)
class Move:
    """Whether a move is allowed; where it leads and who hears of it, or the refusal code and why."""

    allowed: bool
    to_state: str | None = None
    notify: tuple[str, ...] = ()
    refusal: str | None = None
    guard_text: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in reports_cases.yml."""
        if self.allowed:
            return {"allowed": True, "to_state": self.to_state, "notify": list(self.notify)}
        return {"allowed": False, "refusal": self.refusal}


ALWAYS_OPEN = ("raise_emergency", "add_information")


def move(state: str, event: str, actor: str, told: Mapping[str, Any]) -> Move:
    """Whether `actor` (a role id or "system") may make the move `event` in `state` (reports.yml#transitions).

    The checks run in the file's order; the first that fails gives the refusal code.
    """
    rows = [
        row
        for row in policy_data.read("reports")["transitions"]
        if row["event"] == event and state in row["from_states"]
    ]
    if not rows:
        return Move(False, refusal="no_such_move")
    row = rows[0]
    if "anyone" not in row["actors"] and actor not in row["actors"]:
        return Move(False, refusal="actor_not_allowed", guard_text=row["guard_text"])
    if told.get("actor_conflicted", "no") == "yes" and event not in ALWAYS_OPEN:
        return Move(False, refusal="conflict_of_interest", guard_text=row["guard_text"])
    if row["reason_required"] and not str(told.get("reason") or "").strip():
        return Move(False, refusal="reason_missing", guard_text=row["guard_text"])
    if evaluate(row["guard"], {**_move_defaults(), **told}) is not Truth.T:
        return Move(False, refusal="guard_not_met", guard_text=row["guard_text"])
    to_state = state if row["to_state"] == "same" else row["to_state"]
    return Move(True, to_state=to_state, notify=tuple(row["notify"]))


@cache
def _move_defaults() -> dict[str, Any]:
    return {entry["id"]: entry["default"] for entry in policy_data.read("reports")["move_facts"] if "default" in entry}


@cache
def _signs() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in policy_data.read("reports")["signs"]}


def sign_ids() -> frozenset[str]:
    """All ids of things that can be told."""
    return frozenset(_signs())


def is_s0(sign: str) -> bool:
    """Whether being told this alone makes a report S0."""
    return _signs()[sign].get("severity") == "S0"


def allowed_values(fact: str) -> tuple[str, ...]:
    """The values a told fact may have; empty for a fact without a list."""
    entries = policy_data.read("reports")["told_facts"]
    return next((tuple(entry.get("values", ())) for entry in entries if entry["id"] == fact), ())


def public_status(state: str) -> str:
    """The status a reporter sees (public_zh)."""
    return str(_by_code("statuses")[state]["public_zh"])


def category_label(code: str) -> str:
    """The Chinese name of a category."""
    return str(_by_code("categories")[code]["label_zh"])


def severity_label(code: str) -> str:
    """Code and Chinese name of a severity."""
    return f"{code} {_by_code('severity')[code]['zh']}"


@cache
def _by_code(part: str) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in policy_data.read("reports")[part]}
