"""Who a report goes to: route targets, roles alerted, gaps and deadlines (reports.yml#assignment)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.care import calendar, parameters, policy_data, roles

Deadline = datetime | date
DUTY_ABOVE = ("prefecture_duty", "province_duty")
UNSAFE_FOR_GUARDIAN = frozenset({"guardian", "carer", "relative", "unknown"})


@dataclass(frozen=True)
class Reach:
    """Which roles can be told: bound for the area, their place known finely enough, and not conflicted (`barred`)."""

    bound: frozenset[str]
    conflicted: frozenset[str]
    place_known: str

    def placed(self, role: str) -> bool:
        """Whether the place is known finely enough for this role."""
        return self.place_known in _assignment()["needs_place"][role]

    def can(self, role: str) -> bool:
        """Whether somebody of this role can be told."""
        return role in self.bound and self.placed(role) and role not in self.conflicted

    def gap(self, role: str) -> bool:
        """Whether the role is missing because nobody is bound (a conflicted role is no gap and is not named)."""
        return role not in self.conflicted and not self.can(role)


def _assignment() -> dict[str, Any]:
    found: dict[str, Any] = policy_data.read("reports")["assignment"]
    return found


def barred(conflicted: Iterable[str]) -> frozenset[str]:
    """All roles and targets that may learn nothing when these roles or targets are named as conflicted.

    A target of ours stands for the roles behind it, a role for the targets it stands behind; a department is barred
    only when it is named itself, for one conflicted officer must not silence the police.
    """
    named = set(conflicted)
    ours = {target: entry for target, entry in _routing().items() if entry["kind"] in ("role", "person")}
    for target in named & set(ours):
        named.update(roles.actors(target))
    return frozenset(named | {target for target, entry in ours.items() if entry["role"] in named})


def _routing() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = policy_data.read("reports")["routing"]
    return found


def targets(categories: Sequence[dict[str, Any]], told: dict[str, Any], harm: bool) -> tuple[list[str], list[str]]:
    """Primary and copied route targets of all categories, without conflicted persons."""
    primary = _unique(target for category in categories for target in category["route_primary"])
    copied = _unique(target for category in categories for target in category["route_cc"])
    if told["injured_now"] == "yes":
        primary = _unique([*primary, "medical_120"])
    if harm and (told["unit"] == "school" or told["suspect_relation"] == "school_staff"):
        copied = _unique([*copied, "education"])
    if told["suspect_relation"] in UNSAFE_FOR_GUARDIAN:
        primary, copied = ([t for t in part if t != "guardian_if_safe"] for part in (primary, copied))
    silent = barred(told["conflicted"])
    primary = _unique(reached for target in primary for reached in _reached(target, silent))
    return primary, [target for target in copied if target not in silent and target not in primary]


def _reached(target: str, silent: frozenset[str]) -> list[str]:
    """The target itself; of our own chain the next level up instead of a conflicted one; else nobody."""
    if target not in silent:
        return [target]
    ours = {entry["role"]: name for name, entry in _routing().items() if entry["kind"] == "role"}
    upward = [ours[role] for role in _assignment()["chain"]]
    above = upward[upward.index(target) + 1 :] if target in upward else []
    return [up for up in above if up not in silent][:1]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def alert_parallel(reach: Reach) -> tuple[list[str], list[str]]:
    """S0 and S1: everybody at the same moment; up to the prefecture, then the province, if the county is empty."""
    wanted: list[str] = _assignment()["parallel"]["alert_at_once"]
    alert = [role for role in wanted if reach.can(role)]
    gaps = [role for role in wanted if reach.gap(role)]
    if "duty_officer" in alert or "county_caseworker" in alert:
        return alert, gaps
    return _upward(reach, alert, gaps)


def joins(reach: Reach, alert: Sequence[str]) -> list[str]:
    """Who joins a parallel alert that nobody acknowledges: the duty officers above, not yet alerted nor conflicted."""
    return [role for role in DUTY_ABOVE if role not in alert and role not in reach.conflicted]


def _upward(reach: Reach, alert: list[str], gaps: list[str]) -> tuple[list[str], list[str]]:
    for role in DUTY_ABOVE:
        if reach.can(role):
            return [*alert, role], gaps
        gaps = [*gaps, role] if reach.gap(role) else gaps
    return alert, gaps


def ladder(reach: Reach, start: str) -> tuple[list[str], list[str]]:
    """S2–S4: the levels that are asked one after another, and the gaps below the first that can be."""
    order = [role for role in _assignment()["ladder"]["order"] if role not in DUTY_ABOVE]
    wanted = order[order.index(start) :]
    levels = [role for role in wanted if reach.can(role)]
    missing_above: list[str] = []
    if "county_caseworker" not in levels:
        levels, missing_above = _upward(reach, levels, [])
    if levels and levels[0] in wanted:
        wanted, missing_above = wanted[: wanted.index(levels[0])], []
    return levels, [role for role in wanted if reach.gap(role)] + missing_above


def deadlines(severity: str, mode: str, levels: Sequence[str], received: datetime) -> dict[str, Deadline]:
    """Every clock of a report, from its receipt (report.* in parameters.yml)."""
    if mode == "parallel":
        return _parallel_deadlines(severity, received)
    clocks = {f"ack_{role}": _ladder_deadline(severity, role, received) for role in levels}
    if mode == "answer":
        clocks = {}
    if severity == "S2":
        clocks["first_action"] = received + timedelta(hours=parameters.number("report.s2.first_action_within"))
    elif severity == "S3":
        days = int(parameters.number("report.s3.first_action_within"))
        clocks["first_action"] = calendar.add_workdays(received.date(), days).day
    else:
        days = int(parameters.number("report.s4.answer_within"))
        clocks["answer"] = calendar.add_workdays(received.date(), days).day
    return clocks


def _parallel_deadlines(severity: str, received: datetime) -> dict[str, Deadline]:
    def after(key: str) -> datetime:
        found = parameters.value(key).value
        return received + timedelta(minutes=found[severity] if isinstance(found, dict) else found)

    first = (
        {"human_takeover": after("report.s0.human_takeover_within")}
        if severity == "S0"
        else {"duty_ack": after("report.s1.duty_officer_ack_within")}
    )
    return {
        **first,
        "to_prefecture_without_ack": after("report.alert.no_ack_to_prefecture"),
        "to_province_without_ack": after("report.alert.no_ack_to_province"),
    }


def _ladder_deadline(severity: str, role: str, received: datetime) -> Deadline:
    within = parameters.value("report.ladder.ack_within").value[severity]
    count = within.get(role, within["county_caseworker"])
    if severity == "S2":
        return calendar.add_open_hours(received, count)
    return calendar.add_workdays(received.date(), count).day
