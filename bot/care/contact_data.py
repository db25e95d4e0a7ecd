"""What the plan's contact page gives as data (policy/contact.yml): numbers with basis, signals with levels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.care import policy_data

WORST_FIRST = ("urgent", "soon", "check", "carer", "routine")


@dataclass(frozen=True)
class Signal:
    """A signal of a child's or a carer's state: never a disorder, never a score (contact page §6).

    `action`: what follows; `within_days`: within which a person gets in touch; `report_first`: a report is offered
    before any referral.
    """

    id: str
    level: str
    action: str
    within_days: int
    report_first: bool


def amount(key: str) -> float:
    """The value of a number of contact.yml, in the unit of its entry. Raises KeyError naming the key."""
    for entry in policy_data.read("contact")["numbers"]:
        if entry["key"] == key:
            return float(entry["value"])
    raise KeyError(f"contact.yml has no {key}")


@cache
def signals() -> dict[str, Signal]:
    """All signals by id."""
    data = policy_data.read("contact")
    return {
        entry["id"]: Signal(
            entry["id"],
            entry["level"],
            data["levels"][entry["level"]]["action"],
            int(data["levels"][entry["level"]]["contact_within_days"]),
            bool(entry.get("report_first", False)),
        )
        for entry in data["signals"]
    }


def signal(name: str) -> Signal:
    """One signal. Raises KeyError for an unknown one."""
    return signals()[name]


def gravest(names: tuple[str, ...]) -> Signal | None:
    """The signal of several that asks for most; None when there are none."""
    return min((signal(name) for name in names), key=lambda one: WORST_FIRST.index(one.level), default=None)


@dataclass(frozen=True)
class Asked:
    """One question: its id, the values a tap may send, and the items of a record it settles."""

    id: str
    values: tuple[str, ...]
    fills: tuple[str, ...]


@cache
def questions(voice: str) -> tuple[Asked, ...]:
    """The questions of a voice (parent, carer, child, simple) in their order. Raises KeyError for an unknown voice."""
    return tuple(
        Asked(entry["id"], tuple(entry["values"]), tuple(entry.get("fills", (entry["id"],))))
        for entry in policy_data.read("contact")["questions"][voice]
    )


def idea(age: int | None, month: int, turn: int) -> str:
    """An idea for the next call by the child's age and the season; `turn`, the number of the week, lets them go round.

    What belongs to the season comes every other week, or it would be over before it was said.
    """
    fitting = [
        entry
        for entry in policy_data.read("contact")["ideas"]
        if (age is None or entry["ages"][0] <= age <= entry["ages"][1]) and month in entry.get("months", (month,))
    ]
    of_the_season = [entry["id"] for entry in fitting if "months" in entry]
    always = [entry["id"] for entry in fitting if "months" not in entry]
    if not (of_the_season and always):
        either = of_the_season or always
        return str(either[turn % len(either)]) if either else "next_call"
    one_of = of_the_season if turn % 2 == 0 else always
    return str(one_of[turn // 2 % len(one_of)])


def card(age: int | None, month: int, turn: int) -> str:
    """A safety card by the season and the child's age; `turn` lets those that fit go round."""
    fitting = [
        entry["id"]
        for entry in policy_data.read("contact")["cards"]
        if month in entry["months"] and (age is None or entry["ages"][0] <= age <= entry["ages"][1])
    ]
    return str(fitting[turn % len(fitting)])


@cache
def zones() -> dict[str, str]:
    """The time zones of places where parents work, by id."""
    return {entry["id"]: entry["zone"] for entry in policy_data.read("contact")["zones"]}
