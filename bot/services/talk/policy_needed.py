"""How strongly words must ask one of our questions to be answered, by what they were taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services.contact import parents
from bot.services.contact import plans as contact_plans
from bot.services.reporting import returning
from bot.services.staff import accounts, binding
from bot.services.talk.policy_situations import OUT_OF_SCOPE
from bot.services.work import Work

NEVER = 9.0


@dataclass(frozen=True)
class Asks:
    """How strongly words must ask what we know to be answered instead of, and beside, what they were taken for.

    `doubted`: instead of it where the classifier was not sure of it.
    """

    instead: float = NEVER
    beside: float = NEVER
    doubted: float = NEVER


FOR_STAFF, FOR_A_STRANGER, FOR_THE_JOINED = Asks(0.8, 0.5), Asks(0.5, 0.13, 0.32), Asks(0.6, 0.4)
BY_NAME: Mapping[str, Asks] = {
    "eligibility": Asks(beside=0.11, doubted=0.34),
    "report": Asks(0.5, 0.13, 0.34),
    returning.STATUS: Asks(beside=0.3, doubted=0.4),
    returning.SUPPLEMENT: Asks(beside=0.28, doubted=0.3),
    binding.FLOW: Asks(0.5),
    parents.HEAVY_HEART: Asks(beside=0.28),
}
"""Flows and matters for everybody."""
BY_REPLY: Mapping[str, Asks] = {
    "chat.later.": Asks(0.45, 0.18, 0.3),
    OUT_OF_SCOPE: Asks(0.2),
    "chat.nothing_open": Asks(0.3, 0.14),
    **dict.fromkeys(("chat.help", "chat.human", "chat.mental_health", "chat.bot", "chat.greet"), Asks(0.6, 0.3)),
}
STAFF = frozenset({"child", "visit", "due_visits", "another_day", "work_log", "my_reports"})
"""Flows and matters of staff; to anybody else they only say that they are for staff."""


def needed(work: Work, conversation: str, otherwise: str) -> Asks:
    """What is needed of words taken for `otherwise`, by who speaks."""
    if otherwise in BY_NAME:
        return BY_NAME[otherwise]
    if otherwise.startswith("chat."):
        return next((asks for begins, asks in BY_REPLY.items() if otherwise.startswith(begins)), Asks())
    if otherwise in STAFF:
        return FOR_STAFF if accounts.member(work, conversation) is not None else FOR_A_STRANGER
    return FOR_THE_JOINED if contact_plans.speaker(work, conversation) is not None else FOR_A_STRANGER
