"""What follows from a child's facts for the register: key-focus tags with their source, hand-overs by age, quarters.

Pure. Sources: JL-3.8.g with policy/key_focus.yml, JL-2.1.1 and JL-2.2.0 (16 and 18), JL-3.8.c (quarters).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.care import model as models
from bot.care import parameters, policy_data

IN_SERVICE = ("eligible", "needs_verification")
LEVELS = ("good", "average")
AGE_LIMIT = {"left_behind": 16, "hardship": 18}
UNKNOWN = "unknown"
# hiv_protection: for every reader without `child_hiv` the one code looks like the other.
SHOWN_AS = {"SELF.3": "SELF.4"}


@dataclass(frozen=True)
class Tag:
    """One key-focus tag. `sources`: rules, facts and notes that give it, empty where they may not be shown.

    `certain` is False when somebody said that it is not known: for the visits it counts all the same.
    """

    name: str
    sources: tuple[str, ...]
    certain: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain data, to keep with the child."""
        return {"tag": self.name, "from": list(self.sources), "certain": self.certain}


def key_focus(
    facts: Mapping[str, object], result: Mapping[str, Any], model: models.Model, notes: Collection[str] = ()
) -> tuple[Tag, ...]:
    """The key-focus tags of a child (visits.md §2); none for a child that is neither 留守 nor 困境, pending counts.

    `facts`: what was told, by the ids of eligibility.yml; `result`: `Assessment.as_dict()` under `model`; `notes`:
    remarks of the file (no_hukou, out_of_school, …). A fact told as unknown counts (unknown is not no); one that nobody
    was asked about does not (INTERPRETATION: else every new file would be key focus until everything was asked).
    """
    if not any(result.get(line) in IN_SERVICE for line in AGE_LIMIT):
        return ()
    found = (_tag(name, entry, facts, result, model, frozenset(notes)) for name, entry in _table().items())
    return tuple(tag for tag in found if tag is not None)


def _tag(
    name: str,
    entry: Mapping[str, Any],
    facts: Mapping[str, object],
    result: Mapping[str, Any],
    model: models.Model,
    notes: frozenset[str],
) -> Tag | None:
    if notes & set(entry.get("unless_file", ())):
        return None
    wanted = entry.get("facts", {})
    sure = [code for code in entry.get("rules", ()) if code in result["matched"]]
    sure += [fact for fact, values in wanted.items() if facts.get(fact) in values]
    sure += [note for note in entry.get("file", ()) if note in notes]
    doubtful = [
        code
        for code in entry.get("rules", ())
        if code in result["pending"] and _told(entry.get("told_by", model.rules[code].depends), facts, model)
    ]
    doubtful += [fact for fact in wanted if facts.get(fact) == UNKNOWN]
    if not (sure or doubtful):
        return None
    return Tag(name, () if entry.get("source_hidden") else tuple(sure or doubtful), bool(sure))


def _told(watched: Iterable[str], facts: Mapping[str, object], model: models.Model) -> bool:
    """Whether anything told points to a pending rule: a fact it rests on told as unknown, or with a telling value."""
    return any(facts[fact] == UNKNOWN or facts[fact] in model.facts[fact].signals for fact in watched if fact in facts)


def notes() -> tuple[str, ...]:
    """The remarks of a file that play a part in key focus."""
    entries = _table().values()
    return tuple(
        dict.fromkeys(note for entry in entries for note in (*entry.get("file", ()), *entry.get("unless_file", ())))
    )


def tag_label(name: str) -> str:
    """The Chinese name of a tag. Raises KeyError for an unknown one."""
    return str(_table()[name]["label_zh"])


def shown(codes: Collection[str]) -> tuple[str, ...]:
    """Rule codes as everybody without `child_hiv` sees them (hiv_protection), each once."""
    return tuple(dict.fromkeys(SHOWN_AS.get(code, code) for code in codes))


def first_day_over(birth: date | None, left_behind: str | None, hardship: str | None) -> tuple[date, int] | None:
    """The first day over the age limit and the limit: 18 when 困境 is eligible or pending, else 16 (day-after rule).

    None: the birth date is not known, or neither line is open.
    """
    limit = 18 if hardship in IN_SERVICE else 16 if left_behind in IN_SERVICE else None
    if birth is None or limit is None:
        return None
    return birthday(birth, limit) + timedelta(days=1), limit


def handover_task_on(birth: date | None, left_behind: str | None, hardship: str | None) -> date | None:
    """The day on which the hand-over by age becomes a task (visit.handover.before_age_limit, PROPOSED)."""
    over = first_day_over(birth, left_behind, hardship)
    days = int(parameters.number("visit.handover.before_age_limit"))
    return over[0] - timedelta(days=days) if over is not None else None


def birthday(birth: date, years: int) -> date:
    """The birthday on which somebody is `years` old; who was born on 29 February has it on the 28th of other years."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return birth.replace(year=birth.year + years, day=28)


def age(birth: date, on: date) -> int:
    """Whole years on a day, counted the way the law does: a year older on the day after the birthday (JL-2.1.1)."""
    years = on.year - birth.year
    return years - (on <= birthday(birth, years))


def quarter(day: date) -> str:
    """The quarter a day lies in, as 2026-Q4."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_begin(name: str) -> date:
    """The first day of a quarter."""
    return date(int(name[:4]), int(name[-1]) * 3 - 2, 1)


def quarter_end(name: str) -> date:
    """The last day of a quarter, on which its update is due (data_update.due, PROPOSED)."""
    year, number = int(name[:4]), int(name[-1])
    return date(year + number // 4, number * 3 % 12 + 1, 1) - timedelta(days=1)


@cache
def _table() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = policy_data.read("key_focus")["tags"]
    return found
