"""Which forms a report's page shows to this member now, and what they offer to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import texts
from bot.care import reports as rules
from bot.care import roles
from bot.services.casework import (
    acts,
    archives,
    calls,
    child_links,
    closing,
    glass,
    overview,
    reports,
    spoken,
    takeover,
    transferring,
)
from bot.services.casework.dossier import Sheet
from bot.services.staff import access, accounts
from bot.services.staff.access import ENDED
from bot.services.work import Work

MOVES = (
    "route",
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
RAISE, LOWER, CLOSE, ACCEPT = "raise_emergency", "lower_severity", "close", "accept"
# What a form still asks is taken as given here; the service judges it when the form is sent.
GIVEN = {
    "reason": "…",
    "receiver_named": "yes",
    "competent_named": "yes",
    "staff_checked": "yes",
    "new_information": "yes",
    "close_reason": "handed_over",
    "same_child_and_event": "yes",
    "target_open": "yes",
    "target_severity_not_lower": "yes",
}


@dataclass(frozen=True)
class Offer:
    """A move of reports.yml that exists in this state: allowed for this person, or why not."""

    move: str
    allowed: bool
    refusal: str | None


@dataclass(frozen=True)
class Contact:
    """How the reporter can be reached: `words` while an emergency look is open until a moment; else None."""

    words: list[str] | None
    until: datetime | None
    openable: bool
    known: bool


@dataclass(frozen=True)
class Option:
    """Something to choose in a form."""

    value: str
    label: str


def around(work: Work, member: accounts.Member, sheet: Sheet) -> dict[str, Any]:
    """What the report's page needs beside the sheet."""
    report = sheet.report
    writes = access.may_write(work, member, report) is not None
    departments = [Option(name, roles.target_label(name)) for name in calls.departments()]
    return {
        "offers": offers(work, member, sheet),
        "contact": contact(work, member, sheet),
        "talk": spoken.talk_of(work, member, report) is not None or takeover.offered(work, member, report),
        "can_ask": report.follow_up and report.conversation is not None,
        "can_write": writes,
        "receivers": [Option(*pair) for pair in transferring.receivers(work, member, report)],
        "competents": departments,
        "close_reasons": [Option(*pair) for pair in closing.reasons()],
        "results": [Option(code, texts.phrase(f"result.{code}")) for code in acts.RESULTS],
        "may_full": archives.may_be_full(member, report),
        "children": child_links.of_report(work, member, report),
        "maybe": child_links.proposed(work, member, report) if writes else [],
        "calls_first": sheet.role in overview.CALLERS,
        "phones": {call.target: call.phone for call in calls.of(work, report)},
    }


def offers(work: Work, member: accounts.Member, sheet: Sheet) -> list[Offer]:
    """Every move that exists in this state, offered or refused in the role that comes furthest."""
    report = sheet.report
    found = []
    for made in MOVES:
        if made == RAISE and report.severity == "S0" and report.state not in ENDED:
            continue
        if made == LOWER and report.severity == "S4":
            continue
        results = [
            rules.move(report.state, made, role, _facts(work, sheet, member, made, assigned))
            for role, assigned in access.standings(work, member, report)
        ]
        best = next((one for one in results if one.allowed), results[0] if results else None)
        if best is not None and best.refusal not in ("no_such_move", "actor_not_allowed"):
            found.append(Offer(made, best.allowed, _why(sheet, made, best.refusal)))
    if any(handed.state == "offered" and not handed.mine for handed in sheet.handed):
        found = [Offer(ACCEPT, False, "offered_to_another") if one.move == ACCEPT else one for one in found]
    return found


def _why(sheet: Sheet, made: str, refusal: str | None) -> str | None:
    """A guard in plain words: which move it is tells what it asks for."""
    if refusal != "guard_not_met":
        return refusal
    own = f"guard.{made}"
    return own if texts.known(f"refusal.{own}") else refusal if sheet.role else "not_assigned"


def _facts(work: Work, sheet: Sheet, member: accounts.Member, made: str, assigned: bool) -> dict[str, str]:
    second = "no" if made == LOWER and sheet.report.severity_by == member.account else "yes"
    return {
        **GIVEN,
        "severity": "S0" if made == RAISE else sheet.report.severity,
        "actor_assigned": "yes" if assigned else "no",
        "second_person": second,
        "monitoring_done": closing.monitoring_done(work, sheet.report),
    }


def contact(work: Work, member: accounts.Member, sheet: Sheet) -> Contact:
    """Whether the reporter's contact is open to this member now; looking at it is journalled."""
    told = reports.told_of(work, sheet.report)
    known = glass.opens(told)
    look = glass.open_until(work, member, sheet.report, glass.IDENTITY)
    words = glass.identity(work, member, sheet.report, told) if look is not None and known else None
    openable = glass.may_break(member, sheet.report, glass.IDENTITY)
    return Contact(words, look.until if look is not None else None, openable, known)
