"""What was told about a report, checked: known values only, defaults filled in (reports.yml#told_facts, #move_facts).

A key the file does not know is left out: a telling may carry more than the rules ask for. A wrong value of a known
key raises ValueError naming the key and what is allowed, because a typing error must not pass as "nothing told".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from bot.care import calendar, catalogue, guarding, policy_data, roles

# A person picks it; the guard of `close` itself judges it, so a wrong one is a refusal with its code.
JUDGED_BY_THE_GUARD = "close_reason"


def of_report(told: Mapping[str, Any]) -> dict[str, Any]:
    """Every fact of #told_facts; absent ones take their default, `received_at` becomes a moment in Asia/Shanghai."""
    facts: dict[str, Any] = {}
    for entry in policy_data.read("reports")["told_facts"]:
        facts[entry["id"]] = guarding.value_of(entry, told.get(entry["id"], entry.get("default")))
    role_ids = roles.ids()
    facts["signs"] = _ids("signs", facts["signs"], catalogue.sign_ids())
    facts["bound"] = _ids("bound", facts["bound"], role_ids)
    facts["conflicted"] = _ids(
        "conflicted", facts["conflicted"], role_ids | set(policy_data.read("reports")["routing"])
    )
    facts["child_age_years"] = _age(facts["child_age_years"])
    facts["received_at"] = _moment(facts["received_at"])
    return facts


@cache
def names_of_report() -> frozenset[str]:
    """The ids of #told_facts: no other key of a telling counts for the rules."""
    return frozenset(entry["id"] for entry in policy_data.read("reports")["told_facts"])


def of_move(told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of #move_facts that are told or have a default; an absent one is unknown."""
    facts: dict[str, Any] = {}
    for entry in policy_data.read("reports")["move_facts"]:
        found = told.get(entry["id"], entry.get("default"))
        if found is not None:
            facts[entry["id"]] = found if entry["id"] == JUDGED_BY_THE_GUARD else guarding.value_of(entry, found)
    if not isinstance(facts.get("reason", ""), str):
        raise ValueError(f"reason is {facts['reason']!r}; allowed: text")
    return facts


def _ids(key: str, found: Any, known: Collection[str]) -> tuple[str, ...]:
    if not isinstance(found, list | tuple | set | frozenset):
        raise ValueError(f"{key} is {found!r}; allowed: a list of ids")
    wrong = [str(item) for item in found if not isinstance(item, str) or item not in known]
    if wrong:
        raise ValueError(f"{key} has unknown ids: {', '.join(wrong)}; allowed: {', '.join(sorted(known))}")
    return tuple(found)


def _age(found: Any) -> int | str:
    if found == "unknown" or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
        return found  # type: ignore[no-any-return]
    raise ValueError(f"child_age_years is {found!r}; allowed: whole years from 0 on, unknown")


def _moment(found: Any) -> datetime | None:
    """A text without a zone is Shanghai time, as the worked cases write it."""
    try:
        if isinstance(found, str):
            read = datetime.fromisoformat(found)
            return calendar.local(read if read.tzinfo else read.replace(tzinfo=calendar.ZONE))
        if found is None or isinstance(found, datetime):
            return found if found is None else calendar.local(found)
    except ValueError as wrong:
        raise ValueError(f"received_at is {found!r}; allowed: an aware datetime or ISO text ({wrong})") from wrong
    raise ValueError(f"received_at is {found!r}; allowed: an aware datetime or ISO text")
