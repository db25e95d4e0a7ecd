"""When a child is to be visited, and why that day (JL-3.8.e-g, JL-3.5.a). Pure; worked cases: visits_cases.yml.

Counting is rolling (visit.counting, INTERPRETATION): the last visit in person plus the interval of the tier, on the
same day of the month or else its last day, never moved for a holiday. Calls and attempts move nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.care import calendar, parameters, visit_facts
from bot.care.visit_facts import Known, Standing

KEY_FOCUS = "key_focus"
# Which clause asks for the interval; its basis is that of the parameter.
CLAUSES = {"good": "JL-3.8.e", "average": "JL-3.8.f", "unassessed": "JL-3.8.f", KEY_FOCUS: "JL-3.8.g"}
FIRST_VISIT_CLAUSE = "JL-3.5.a"
STRICTNESS = {"good": 0, "average": 1, "unassessed": 1, KEY_FOCUS: 2}
IN_SERVICE = ("eligible", "needs_verification")
LADDER = (
    ("child_supervisor", "visit.overdue.to_supervisor_after"),
    ("county_caseworker", "visit.overdue.to_county_after"),
)
AGE_LIMIT = {"left_behind": 16, "hardship": 18}


@dataclass(frozen=True)
class Plan:
    """The next visit of a child, seen from one day.

    `state`: scheduled, overdue, handover_open (over the age limit, nobody has taken over: visits go on), stopped,
    not_in_service; `due` is None in the last two. `why_steps` are codes with dates, first to last.
    """

    tier: str
    state: str
    due: date | None
    reminders: tuple[date, ...]
    escalations: Mapping[str, date]
    why_clause: str | None
    why_basis: str | None
    why_steps: tuple[str, ...]
    handover_task_on: date | None
    attempts_to_supervisor: bool

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in visits_cases.yml; dates as ISO texts."""
        return {
            "tier": self.tier,
            "state": self.state,
            "due": _text(self.due),
            "reminders": [day.isoformat() for day in self.reminders],
            "escalations": {role: day.isoformat() for role, day in self.escalations.items()},
            "why_clause": self.why_clause,
            "why_basis": self.why_basis,
            "why_steps": list(self.why_steps),
            "handover_task_on": _text(self.handover_task_on),
            "attempts_to_supervisor": self.attempts_to_supervisor,
        }


@dataclass(frozen=True)
class _Dated:
    """A due date with what set it."""

    due: date
    clause: str
    basis: str
    steps: tuple[str, ...]


def plan(child: Mapping[str, Any], on: date | str) -> Plan:
    """The plan of a child as of the day `on`.

    `child`: the keys of visits_cases.yml#meta.input. Nothing dated after `on` counts. Raises ValueError naming a key
    and the values allowed for it.
    """
    known, today = visit_facts.read(child), visit_facts.day("on", on)
    lines = _lines_open(known)
    handover = _first_day_over(known, lines)
    handover_task = handover and handover - timedelta(days=_days("visit.handover.before_age_limit"))
    tier = _tier(_standing_on(known, today), known)
    over = handover is not None and today >= handover
    if not lines or (over and known.handover_recorded):
        state = "stopped" if _ever_in_service(known) else "not_in_service"
        return Plan(tier, state, None, (), {}, None, None, (), handover_task, False)
    since = _last_visit(known, today)
    dated = _dated(known, since, today)
    return Plan(
        tier,
        "handover_open" if over else "overdue" if today > dated.due else "scheduled",
        dated.due,
        _reminders(dated.due, tier, after=since or known.registered),
        ladder(dated.due, tier),
        dated.clause,
        dated.basis,
        dated.steps,
        handover_task,
        _attempts(known, since, today) >= parameters.number("visit.failed_attempts.to_supervisor"),
    )


def _lines_open(known: Known) -> tuple[str, ...]:
    """Which of the two groups still keep the child in service; pending counts, unknown is not no."""
    resumed = known.closed == "parent_resumed" and known.confirmed_by_visit
    lines = {
        "left_behind": known.left_behind in IN_SERVICE and not resumed,
        "hardship": known.hardship in IN_SERVICE and known.closed != "staff_closed",
    }
    return tuple(line for line, is_open in lines.items() if is_open)


def _ever_in_service(known: Known) -> bool:
    return known.left_behind in IN_SERVICE or known.hardship in IN_SERVICE


def _first_day_over(known: Known, lines: tuple[str, ...]) -> date | None:
    """The day after the birthday that ends service: 18 when in difficulty, else 16 (day-after rule)."""
    if known.birth_date is None:
        return None
    group = "hardship" if "hardship" in (lines or _groups(known)) else "left_behind"
    return calendar.add_months(known.birth_date, AGE_LIMIT[group] * 12)[0] + timedelta(days=1)


def _groups(known: Known) -> tuple[str, ...]:
    return ("hardship",) if known.hardship in IN_SERVICE else ()


def _standing_on(known: Known, day: date) -> Standing:
    """The standing that held on a day; a level set on that day counts. Before registration: the first one."""
    past = [standing for standing in known.history if standing.on <= day]
    return past[-1] if past else known.history[0]


def _tier(standing: Standing, known: Known) -> str:
    """Key focus wins over the level, but only for a child in service (visits.md §2)."""
    return KEY_FOCUS if standing.tags and _ever_in_service(known) else standing.level


def _last_visit(known: Known, today: date) -> date | None:
    """The last completed visit in person since registration."""
    days = [seen.on for seen in known.visits if seen.kind == "home_visit" and known.registered <= seen.on <= today]
    return days[-1] if days else None


def _attempts(known: Known, since: date | None, today: date) -> int:
    return sum(
        seen.kind == "attempted" and seen.on <= today and (seen.on > since if since else seen.on >= known.registered)
        for seen in known.visits
    )


def _dated(known: Known, since: date | None, today: date) -> _Dated:
    """The due date: from the last visit or registration, then every change of tier until today."""
    start = since or known.registered
    tier = _tier(_standing_on(known, start), known)
    if since is None:
        first = parameters.value("visit.first_after_registration")
        steps = (f"registered {start}", "first_visit")
        dated = _Dated(start + timedelta(days=first.value), FIRST_VISIT_CLAUSE, first.basis, steps)
    else:
        due, clamped = _after(since, tier)
        steps = (f"last_visit {since}", f"tier {tier}", *(("month_end",) if clamped else ()))
        dated = _Dated(due, CLAUSES[tier], _interval(tier).basis, steps)
    for standing in known.history:
        if start < standing.on <= today:
            dated, tier = _changed(dated, tier, standing.on, _tier(standing, known))
    return dated


def _changed(dated: _Dated, old: str, on: date, new: str) -> tuple[_Dated, str]:
    """A stricter tier may bring the date nearer at once; a laxer one counts after the next visit."""
    if STRICTNESS[new] < STRICTNESS[old]:
        return _with_step(dated, f"laxer {on} {new} after next visit"), new
    if STRICTNESS[new] == STRICTNESS[old]:
        return dated, new
    due, clamped = _after(on, new)
    if due >= dated.due:
        return _with_step(dated, f"stricter {on} {new} keeps due"), new
    steps = (*dated.steps, f"stricter {on} {new}")
    if clamped and "month_end" not in steps:
        steps = (*steps, "month_end")
    return _Dated(due, CLAUSES[new], _interval(new).basis, steps), new


def _with_step(dated: _Dated, step: str) -> _Dated:
    return _Dated(dated.due, dated.clause, dated.basis, (*dated.steps, step))


def _after(day: date, tier: str) -> tuple[date, bool]:
    """One interval later, and whether a shorter month ended it."""
    interval = _interval(tier)
    if interval.unit == "days":
        return day + timedelta(days=interval.value), False
    return calendar.add_months(day, interval.value)


def per_year(tier: str) -> float:
    """How many visits a year a child of this tier is owed."""
    interval = _interval(tier)
    return (365 if interval.unit == "days" else 12) / float(interval.value)


def stricter(before: str, level: str) -> str:
    """Which of two levels the more frequent visits go by; the second where they are visited alike."""
    return before if STRICTNESS[before] > STRICTNESS[level] else level


@cache
def _interval(tier: str) -> parameters.Parameter:
    return parameters.value(f"visit.interval.{tier}")


def _of_tier(key: str, tier: str) -> Any:
    """A value of a table by tier; the tables do not know the unassessed, who are visited like the average."""
    return parameters.value(key).value["average" if tier == "unassessed" else tier]


def _reminders(due: date, tier: str, *, after: date) -> tuple[date, ...]:
    days = (due - timedelta(days=before) for before in reminded_before(tier))
    return tuple(day for day in days if day > after)


def reminded_before(tier: str) -> tuple[int, ...]:
    """How many days before the due date the director is reminded (visit.reminders.days_before, PROPOSED)."""
    return tuple(_of_tier("visit.reminders.days_before", tier))


def reason_asked_every() -> int:
    """After how many days the reason of a late visit is asked again (visit.overdue.ask_reason_every, PROPOSED)."""
    return int(parameters.number("visit.overdue.ask_reason_every"))


def ladder(late_from: date, tier: str) -> dict[str, date]:
    """When a visit that is late from a day on goes up to which role (visits.md §7, PROPOSED)."""
    return {role: late_from + timedelta(days=_of_tier(key, tier)) for role, key in LADDER}


def _days(key: str) -> int:
    return int(parameters.number(key))


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
