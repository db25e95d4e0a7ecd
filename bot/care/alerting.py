"""The timed schedule of who is told about a report unless somebody acknowledges before (reports.yml#assignment)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care import calendar, parameters, routing
from bot.care.triage import Triage

EVERYBODY = "all"
JOINS_AT = {"prefecture_duty": "to_prefecture_without_ack", "province_duty": "to_province_without_ack"}


@dataclass(frozen=True)
class Step:
    """At `at`, for `role` (or EVERYBODY told so far): "alert" at once, "repeat", "escalate" to a further level, or
    "deadline", by which it must have acted.

    `reason`: the mode for an alert, "no_ack" for a repeat, else the name of the deadline that is then over.
    """

    role: str
    kind: str
    at: datetime
    reason: str


def plan(triage: Triage, received: datetime) -> tuple[Step, ...]:
    """Everything to be told from receipt on, in order of time, at the moments of the triage's own deadlines.

    A repeat is one step; when it is carried out, `next_repeat` gives the following one. Nobody conflicted is in it.
    Somebody who joins later is in it even while nobody is bound: the binding is looked up when the moment comes.
    Raises KeyError for a triage made without `received_at`.
    """
    steps = [Step(role, "alert", received, triage.mode) for role in triage.alert]
    if triage.mode == "parallel":
        steps += [_escalation(triage, role, JOINS_AT[role]) for role in triage.joins]
        repeat = next_repeat(triage.severity, received)
        if repeat is not None and triage.alert:
            steps.append(Step(EVERYBODY, "repeat", repeat, "no_ack"))
    # A level of a ladder is told when the one before it has let its own time pass.
    for before, role in zip(triage.levels, triage.levels[1:], strict=False):
        steps.append(_escalation(triage, role, f"ack_{before}"))
    return tuple(sorted(steps, key=lambda step: step.at))


def deadlines(triage: Triage) -> tuple[Step, ...]:
    """By when whom must have acted, in order of time; EVERYBODY where any of those told may. Nothing is sent then."""
    steps = [
        Step(_bound_by(name, triage), "deadline", _moment(at), name)
        for name, at in triage.deadlines.items()
        if name not in JOINS_AT.values()
    ]
    return tuple(sorted(steps, key=lambda step: step.at))


def next_repeat(severity: str, last: datetime) -> datetime | None:
    """When an unacknowledged alert is repeated (report.alert.repeat_every); None: this severity is not repeated."""
    every = parameters.value("report.alert.repeat_every").value
    return last + timedelta(minutes=every[severity]) if severity in every else None


def _escalation(triage: Triage, role: str, deadline: str) -> Step:
    return Step(role, "escalate", _moment(triage.deadlines[deadline]), deadline)


def _bound_by(deadline: str, triage: Triage) -> str:
    if deadline.startswith("ack_"):
        return deadline.removeprefix("ack_")
    return triage.first or EVERYBODY


def _moment(deadline: routing.Deadline) -> datetime:
    """A deadline that is a day ends with it."""
    return deadline if isinstance(deadline, datetime) else calendar.end_of(deadline)
