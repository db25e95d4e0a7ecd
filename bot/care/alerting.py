"""The timed schedule of who is told about a report unless somebody acknowledges before (reports.yml#assignment)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.care import calendar, parameters
from bot.care.reports import Triage

EVERYBODY = "all"


@dataclass(frozen=True)
class Step:
    """At `at`, tell `role`: "alert" at once, "repeat" to all told so far, "escalate" to a further level."""

    role: str
    kind: str
    at: datetime


def plan(triage: Triage, received: datetime) -> tuple[Step, ...]:
    """All steps from receipt on, in order of time; it agrees with the triage's deadlines.

    A repeat is one step; when it is carried out, `next_repeat` gives the following one.
    """
    steps = [Step(role, "alert", received) for role in triage.alert]
    if triage.mode == "parallel":
        steps += _further(triage)
        repeat = next_repeat(triage.severity, received)
        if repeat is not None and triage.alert:
            steps.append(Step(EVERYBODY, "repeat", repeat))
    elif triage.mode == "ladder":
        # A level is told when the one before it has let its own time pass.
        for before, role in zip(triage.levels, triage.levels[1:], strict=False):
            steps.append(Step(role, "escalate", _moment(triage.deadlines[f"ack_{before}"])))
    return tuple(sorted(steps, key=lambda step: step.at))


def _further(triage: Triage) -> list[Step]:
    later = {
        "prefecture_duty": triage.deadlines["to_prefecture_without_ack"],
        "province_duty": triage.deadlines["to_province_without_ack"],
    }
    return [Step(role, "escalate", _moment(at)) for role, at in later.items() if role not in triage.alert]


def _moment(deadline: datetime | date) -> datetime:
    return deadline if isinstance(deadline, datetime) else calendar.end_of(deadline)


def next_repeat(severity: str, last: datetime) -> datetime | None:
    """When an unacknowledged alert is repeated (report.alert.repeat_every); None: this severity is not repeated."""
    every = parameters.value("report.alert.repeat_every").value
    return last + timedelta(minutes=every[severity]) if severity in every else None
