"""Who hears of what happens to a report: neutral words only, each once, and never to anybody conflicted.

Every message about a report carries a natural key that begins with what it is and the report's id and ends with the
account: from it `timeline` lists what was told to whom. Push texts hold no name, place or allegation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot import texts
from bot.care import calendar, intake, reports, roles
from bot.services.casework import alerts, heard
from bot.services.mail import mailbox
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Account, Report

URGENT = ("S0", "S1")


def person(
    work: Work, report: Report, who: Account, key: str, args: Mapping[str, Any] | None = None, *, once: str
) -> bool:
    """Push one staff member a note about a report. `once` makes it the same note. False: not reachable, or said."""
    if who.conversation is None or not access.clear(work, report, [who]):
        return False
    urgent = report.severity in URGENT and report.state not in access.ENDED
    return mailbox.say(
        work,
        who.conversation,
        key,
        {"number": report.number, "report": report.uid, **(args or {})},
        push=True,
        priority=mailbox.URGENT if urgent else mailbox.LATER,
        natural_key=f"case:{report.uid}:{once}:{who.uid}",
        not_before=work.now if urgent else calendar.next_allowed(work.now),
    )


def account(
    work: Work, report: Report, uid: str | None, key: str, args: Mapping[str, Any] | None = None, *, once: str
) -> bool:
    """Push an account by its id, if it is still assigned to the report."""
    found = [who for who in alerts.assigned_people(work, report) if who.uid == uid]
    return any(person(work, report, who, key, args, once=once) for who in found)


def assigned(
    work: Work,
    report: Report,
    key: str,
    args: Mapping[str, Any] | None = None,
    *,
    once: str,
    besides: Collection[str | None] = (),
) -> int:
    """Push everybody assigned except `besides`. Returns how many."""
    people = alerts.assigned_people(work, report)
    return sum(person(work, report, who, key, args, once=once) for who in people if who.uid not in besides)


def role(
    work: Work,
    report: Report,
    name: str,
    key: str,
    args: Mapping[str, Any] | None = None,
    *,
    once: str,
    besides: Collection[str | None] = (),
) -> int:
    """Push whoever holds a role for the report's place, unless that role is conflicted. Returns how many."""
    if name in access.conflicted(report):
        return 0
    people = alerts.holders_of(work, name, report.area)
    return sum(person(work, report, who, key, args, once=once) for who in people if who.uid not in besides)


def reporter(work: Work, report: Report, key: str, args: Mapping[str, Any] | None = None, *, once: str) -> bool:
    """Push the reporter, only while follow-up is wanted, never in the quiet hours; a child hears a child's words.

    False: not wanted, or said before, or the reporter may be the one who did it (reports.md §1.7).
    """
    if not report.follow_up or report.conversation is None:
        return False
    told = work.open("reports.told", report.uid, report.told_sealed)
    if intake.did_it_himself(told["facts"]):
        return False
    to_child = f"{key}.child" if told["facts"].get("reporter_type") == "child_self" else key
    return mailbox.say(
        work,
        report.conversation,
        to_child if texts.known(to_child) else key,
        args,
        push=True,
        priority=mailbox.LATER,
        natural_key=f"reporter:{report.uid}:{once}",
        not_before=calendar.next_allowed(work.now),
    )


def of_move(work: Work, report: Report, notify: Collection[str], move: str, besides: Collection[str]) -> None:
    """Tell everybody a move names (reports.yml#move_note): the reporter the public status, staff that it moved.

    Where the reporter hears more than a status (a question, the end), the caller says it and leaves "reporter" out.
    """
    status = reports.public_status(report.state)
    if "reporter" in notify:
        reporter(work, report, "reporter.moved", {"status": heard.status(work, report)}, once=move)
    if "assigned" in notify:
        assigned(work, report, "staff.moved", {"status": status}, once=move, besides=besides)
    for name in notify:
        if name in roles.ids():
            role(work, report, name, "staff.moved", {"status": status}, once=move, besides=besides)


def of_accepting(work: Work, report: Report, by: str, move: str, by_role: str) -> None:
    """The reporter hears that somebody works on it, the supervisor of the place who has it (reports.yml accept)."""
    reporter(work, report, "reporter.accepted", once=f"accepted:{move}")
    told = {who.uid for who in alerts.assigned_people(work, report)}
    args = {"role": roles.label_zh(by_role)}
    role(work, report, "child_supervisor", "staff.taken", args, once=move, besides={by, *told})
