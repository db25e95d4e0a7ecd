"""What can be done with a report on the staff page: each act one service call, and which acts are offered now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.care import reports as rules
from bot.gateway.web.signing import Form
from bot.services import archives, glass, overview, reports, staff
from bot.services.dossier import Sheet
from bot.services.reports import Outcome
from bot.services.work import Work

Act = Callable[[Work, staff.Member, str, Form], Outcome]


@dataclass(frozen=True)
class Offer:
    """A move of reports.yml that could be made from this state: allowed for this person, or why not."""

    move: str
    allowed: bool
    refusal: str | None


@dataclass(frozen=True)
class Contact:
    """How the reporter can be reached: open until a moment (`words`), closed but openable, or neither."""

    words: list[str] | None
    until: Any
    openable: bool
    known: bool


def _accept(work: Work, member: staff.Member, uid: str, _: Form) -> Outcome:
    return reports.accept(work, member, uid)


def _glass(work: Work, member: staff.Member, uid: str, form: Form) -> Outcome:
    return glass.break_it(work, member, uid, glass.IDENTITY, form.get("purpose", ""))


MOVES = (
    "accept",
    "start_handling",
    "ask_reporter",
    "make_plan",
    "watch",
    "close",
    "transfer",
    "not_accept",
    "raise_emergency",
    "lower_severity",
    "link_duplicate",
    "reopen",
)
RAISE = "raise_emergency"
GIVEN = {
    "reason": "…",
    "receiver_named": "yes",
    "competent_named": "yes",
    "second_person": "yes",
    "staff_checked": "yes",
    "monitoring_done": "yes",
    "new_information": "yes",
    "same_child_and_event": "yes",
    "target_open": "yes",
    "target_severity_not_lower": "yes",
    "close_reason": "handed_over",
}
ACTS: dict[str, tuple[Act, str]] = {
    "accept": (_accept, "accept"),
    "glass": (_glass, "glass"),
}


def do(work: Work, member: staff.Member, uid: str, act: str, form: Form) -> Outcome:
    """Do one act. An act that does not exist and a report that may not be seen answer alike."""
    found = ACTS.get(act)
    return found[0](work, member, uid, form) if found is not None else Outcome(False, "absent")


def done(act: str) -> str:
    """Which sentence says that an act was done."""
    return ACTS[act][1]


def contact(work: Work, member: staff.Member, sheet: Sheet) -> Contact:
    """Whether the reporter's contact is open to this member now; looking at it is journalled."""
    told = reports.told_of(work, sheet.report)
    known = any(glass.hides(told, field) for field, _ in told["words"])
    look = glass.open_until(work, member, sheet.report, glass.IDENTITY)
    words = glass.identity(work, member, sheet.report, told) if look is not None and known else None
    return Contact(words, look.until if look else None, glass.may_break(member, sheet.report, glass.IDENTITY), known)


def offers(work: Work, member: staff.Member, sheet: Sheet) -> list[Offer]:
    """Every move that exists in this state: offered to this member, or refused with its reason.

    What a form still asks (a reason, a receiver, a second person) is taken as given here; the service judges it.
    """
    told = {"severity": sheet.report.severity, "actor_assigned": "yes" if sheet.role else "no", **GIVEN}
    held = [sheet.role] if sheet.role else [role for role, _ in member.posts]
    found = []
    for made in MOVES:
        facts = {**told, "severity": "S0"} if made == RAISE else told
        if made == RAISE and sheet.report.severity == "S0" and overview.group_of(sheet.report.state) != "over":
            continue
        results = [rules.move(sheet.report.state, made, role, facts) for role in held]
        best = next((one for one in results if one.allowed), results[0] if results else None)
        if best is not None and best.refusal not in ("no_such_move", "actor_not_allowed"):
            found.append(Offer(made, best.allowed, best.refusal))
    return found


def around(work: Work, member: staff.Member, sheet: Sheet) -> dict[str, Any]:
    """What the report's page needs beside the sheet: which forms to show, and what they offer to choose from."""
    return {
        "offers": offers(work, member, sheet),
        "contact": contact(work, member, sheet),
        "waiting_transfer": False,
        "can_ask": sheet.report.follow_up and sheet.report.conversation is not None,
        "talk_link": False,
        "can_write": False,
        "can_call": False,
        "proposal": None,
        "receivers": [],
        "competents": [],
        "may_full": archives.may_be_full(member, sheet.report),
    }
