"""What is known of one parent's contact with the children living apart, checked and with its defaults.

A wrong value raises ValueError naming the key: a typing error must not pass as silence of a parent.
Source: the formalised plan, contact_cases.yml#meta.input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.care import calendar, weeks

YES_NO = ("yes", "no")
SAID = ("urgent_words", "child_unattended", "no_contact_by_child_or_carer")
TASKS = ("none", "child_director", "child_supervisor")
MOODS = ("good", "so_so", "low", "unsure")


@dataclass(frozen=True)
class ThisWeek:
    """The question of this week: when it went out, how often again, whether it arrived, what was answered."""

    prompted_at: datetime | None
    repeats: int
    answer: str
    remind_at: datetime | None
    delivered: str


@dataclass(frozen=True)
class Abnormality:
    """A notice of an abnormal state the parents are asked to answer (WBF-23(2))."""

    sent_at: datetime
    replied: bool
    director_called: bool
    acted: str


@dataclass(frozen=True)
class History:
    """Everything `contact.next_step` looks at."""

    parent: str
    children: tuple[str, ...]
    weekday: int
    clock: time
    zone: ZoneInfo
    said: frozenset[str]
    prompt_allowed: bool
    stopped: bool
    past_weeks: tuple[str, ...]
    this_week: ThisWeek | None
    director_recorded: bool
    other_parent_covers: bool
    other_channel: bool
    open_task: str
    all_numbers_failed: bool
    family_reaches: bool
    abnormality: Abnormality | None
    moods: tuple[str, ...]
    dialogue_open: bool


def read(told: Mapping[str, Any]) -> History:
    """The history a mapping tells. Raises ValueError naming a key that is missing or carries a wrong value."""
    weekday, clock, zone = _chosen(told.get("chosen") or {})
    return History(
        parent=str(_needed(told, "parent")),
        children=tuple(str(child) for child in _needed(told, "children")),
        weekday=weekday,
        clock=clock,
        zone=zone,
        said=frozenset(_each("said", told.get("said", ()), SAID)),
        prompt_allowed=_yes(told, "prompt_allowed", "yes"),
        stopped=_yes(told, "stopped", "no"),
        past_weeks=_each("past_weeks", told.get("past_weeks", ()), ("contacted", "none")),
        this_week=_this_week(told.get("this_week")),
        director_recorded=_yes(told, "director_recorded", "no"),
        other_parent_covers=_yes(told, "other_parent_covers", "no"),
        other_channel=_yes(told, "other_channel", "no"),
        open_task=_one("open_task", told.get("open_task", "none"), TASKS),
        all_numbers_failed=_yes(told, "all_numbers_failed", "no"),
        family_reaches=_yes(told, "family_reaches", "yes"),
        abnormality=_abnormality(told.get("abnormality")),
        moods=_each("moods", told.get("moods", ()), MOODS),
        dialogue_open=_yes(told, "dialogue_open", "no"),
    )


def moment(key: str, found: Any) -> datetime:
    """A moment in Asia/Shanghai; one without a zone is meant there. Raises ValueError naming the key."""
    try:
        read_as = datetime.fromisoformat(found) if isinstance(found, str) else found
        return calendar.local(read_as if read_as.tzinfo else read_as.replace(tzinfo=calendar.ZONE))
    except (ValueError, AttributeError) as wrong:
        raise ValueError(f"{key} is {found!r}; allowed: a datetime or ISO text") from wrong


def _needed(told: Mapping[str, Any], key: str) -> Any:
    if not told.get(key):
        raise ValueError(f"{key} is missing")
    return told[key]


def _one(key: str, found: Any, allowed: Sequence[str]) -> str:
    if found not in allowed:
        raise ValueError(f"{key} is {found!r}; allowed: {', '.join(allowed)}")
    return str(found)


def _each(key: str, found: Any, allowed: Sequence[str]) -> tuple[str, ...]:
    if isinstance(found, str):
        raise ValueError(f"{key} is {found!r}; allowed: a list of {', '.join(allowed)}")
    return tuple(_one(key, item, allowed) for item in found or ())


def _yes(told: Mapping[str, Any], key: str, default: str) -> bool:
    return _one(key, told.get(key, default), YES_NO) == "yes"


def _chosen(chosen: Mapping[str, Any]) -> tuple[int, time, ZoneInfo]:
    usual_day, usual_clock = weeks.usual()
    weekday, clock = chosen.get("weekday", usual_day), chosen.get("time", usual_clock)
    if not isinstance(weekday, int) or not 1 <= weekday <= weeks.DAYS:
        raise ValueError(f"chosen.weekday is {weekday!r}; allowed: 1 to 7")
    try:
        clock = time.fromisoformat(clock) if isinstance(clock, str) else clock
        return weekday, clock, ZoneInfo(chosen.get("zone", calendar.ZONE.key))
    except (ValueError, ZoneInfoNotFoundError) as wrong:
        raise ValueError(f"chosen is {dict(chosen)!r}; allowed: an hour HH:MM and a known zone") from wrong


def _this_week(week: Mapping[str, Any] | None) -> ThisWeek | None:
    if not week:
        return None
    prompted, remind = week.get("prompted_at"), week.get("remind_at")
    return ThisWeek(
        prompted_at=moment("this_week.prompted_at", prompted) if prompted else None,
        repeats=int(week.get("repeats", 0)),
        answer=_one(
            "this_week.answer", week.get("answer", "none"), ("none", "contacted", "not_contacted", "half_done")
        ),
        remind_at=moment("this_week.remind_at", remind) if remind else None,
        delivered=_one("this_week.delivered", week.get("delivered", "yes"), ("yes", "failed", "blocked")),
    )


def _abnormality(notice: Mapping[str, Any] | None) -> Abnormality | None:
    if not notice:
        return None
    return Abnormality(
        sent_at=moment("abnormality.sent_at", notice.get("sent_at")),
        replied=_yes(notice, "replied", "no"),
        director_called=_yes(notice, "director_called", "no"),
        acted=_one("abnormality.acted", notice.get("acted", "unknown"), (*YES_NO, "unknown")),
    )
