"""Alerts: who is told about a report, when, and again until somebody takes it on (reports.yml#assignment)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.care import alerting, calendar, reports, roles
from bot.services import journal, mailbox, staff
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, AlertStep, Assignment, Outbox, Report

CHAIN = ("child_director", "child_supervisor", "duty_officer", "county_caseworker", "prefecture_duty", "province_duty")
LEVELS = {12: "village", 9: "township", 6: "county", 4: "prefecture"}
PROVINCE = "22"


def place_level(area: str | None) -> str:
    """Finest known level of a division code (reports.yml#place_known)."""
    return LEVELS.get(len(area or ""), "none")


def area_of(role: str, area: str | None) -> str | None:
    """The code a role of the chain is bound to for a place; None when the place is not known finely enough."""
    digits = roles.area_digits(role)
    if role == "province_duty":
        return PROVINCE
    return area[:digits] if area is not None and len(area) >= digits else None


def bound_roles(work: Work, area: str | None) -> list[str]:
    """Roles of the chain that have an active, bound account for this place."""
    return [role for role in CHAIN if holders(work, role, area)]


def holders(work: Work, role: str, area: str | None) -> list[Account]:
    """Active accounts of a role for a place."""
    code = area_of(role, area)
    return staff.holders(work, role, [code]) if code is not None else []


def plan(work: Work, report: Report, triage: reports.Triage, facts: Mapping[str, Any], *, raised: bool) -> None:
    """Assign the route targets and write the timed steps; those due now are carried out at once.

    Called again when more is told: steps already written stay, new roles (a place became known) are told now.
    """
    conflicted = set(facts.get("conflicted", ()))
    for target in (*triage.route_primary, *triage.route_cc):
        for role in roles.actors(target):
            if role in CHAIN and role not in conflicted:
                assign(work, report, role, holders(work, role, report.area))
    if raised:
        work.session.execute(
            update(AlertStep).where(AlertStep.report == report.uid, AlertStep.state == "due").values(state="void")
        )
    for planned in alerting.plan(triage, report.clock_from):
        _write(work, report, planned.role, planned.kind, planned.at)
    carry_out(work, report)


def _write(work: Work, report: Report, role: str, kind: str, at: datetime) -> None:
    key = f"{report.uid}:{report.severity}:{kind}:{role}:{at:%Y%m%dT%H%M%S}"
    if work.session.get(AlertStep, key) is None:
        work.session.add(AlertStep(natural_key=key, report=report.uid, role=role, kind=kind, due_at=at))
        work.session.flush()


def due_reports(work: Work, limit: int = 200) -> list[str]:
    """Reports with a step whose time has come."""
    return list(
        work.session.scalars(
            select(AlertStep.report)
            .where(AlertStep.state == "due", AlertStep.due_at <= work.now)
            .distinct()
            .limit(limit)
        )
    )


def carry_out(work: Work, report: Report) -> int:
    """Carry out every step of a report that is due. Returns how many messages went into the outbox."""
    steps = work.session.scalars(
        select(AlertStep)
        .where(AlertStep.report == report.uid, AlertStep.state == "due", AlertStep.due_at <= work.now)
        .order_by(AlertStep.due_at)
        .with_for_update()
    ).all()
    told = 0
    for due in steps:
        due.state = "done"
        if report.acknowledged_at is not None and due.kind != "alert":
            due.state = "void"
        elif due.kind == "repeat":
            told += _repeat(work, report, due)
        else:
            told += _tell(work, report, due)
    return told


def _tell(work: Work, report: Report, due: AlertStep) -> int:
    people = holders(work, due.role, report.area)
    assign(work, report, due.role, people)
    key = "staff.alert.escalated" if due.kind == "escalate" else _alert_key(report)
    return sum(_push(work, report, person, key, due.natural_key) for person in people)


def _repeat(work: Work, report: Report, due: AlertStep) -> int:
    told = sum(
        _push(work, report, person, _alert_key(report), due.natural_key) for person in assigned_people(work, report)
    )
    following = alerting.next_repeat(report.severity, work.now)
    if following is not None:
        _write(work, report, alerting.EVERYBODY, "repeat", following)
    return told


def _alert_key(report: Report) -> str:
    return f"staff.alert.{report.severity}" if report.severity in ("S0", "S1") else "staff.alert.ladder"


def _push(work: Work, report: Report, person: Account, key: str, step: str) -> bool:
    if person.conversation is None:
        return False
    urgent = report.severity in ("S0", "S1")
    return mailbox.say(
        work,
        person.conversation,
        key,
        {"number": report.number, "report": report.uid, "deadline": _deadline(work, report)},
        push=True,
        priority=mailbox.URGENT if urgent else mailbox.LATER,
        natural_key=f"alert:{step}:{person.uid}",
        not_before=work.now if urgent else calendar.next_allowed(work.now),
    )


def _deadline(work: Work, report: Report) -> str:
    following = work.session.scalar(
        select(AlertStep.due_at)
        .where(AlertStep.report == report.uid, AlertStep.state == "due", AlertStep.due_at > work.now)
        .order_by(AlertStep.due_at)
        .limit(1)
    )
    return calendar.spoken(following or work.now)


def assign(work: Work, report: Report, role: str, people: Sequence[Account]) -> None:
    """Routing is assignment: these accounts may read and act on the report from now on."""
    for person in people:
        known = work.session.scalar(
            select(Assignment.uid).where(Assignment.report == report.uid, Assignment.account == person.uid)
        )
        if known is None:
            work.session.add(
                Assignment(uid=opaque_id(), report=report.uid, account=person.uid, role=role, since=work.now)
            )
            work.session.flush()
            journal.record(work, "system", "report assigned", report.uid, account=person.uid, role=role)


def assigned_people(work: Work, report: Report) -> list[Account]:
    """Accounts assigned to a report that are still active."""
    return list(
        work.session.scalars(
            select(Account)
            .join(Assignment, Assignment.account == Account.uid)
            .where(Assignment.report == report.uid, Account.state == "active")
            .order_by(Account.uid)
        )
    )


def tell_assigned(work: Work, report: Report, key: str) -> None:
    """Push a neutral note to everybody assigned, such as "something was added"."""
    for person in assigned_people(work, report):
        _push(work, report, person, key, f"{report.uid}:{key}:{work.now:%Y%m%dT%H%M%S}")


def acknowledged(work: Work, report: Report, account: str, role: str) -> None:
    """Somebody took it on: open steps end, the others who were told hear it."""
    work.session.execute(
        update(AlertStep).where(AlertStep.report == report.uid, AlertStep.state == "due").values(state="void")
    )
    for person in assigned_people(work, report):
        if person.uid != account and person.conversation is not None and was_told(work, report, person.uid):
            mailbox.say(
                work,
                person.conversation,
                "staff.taken",
                {"number": report.number, "role": roles.label_zh(role)},
                push=True,
                priority=mailbox.LATER,
                natural_key=f"taken:{report.uid}:{report.severity}:{person.uid}",
                not_before=calendar.next_allowed(work.now),
            )


def was_told(work: Work, report: Report, account: str | None = None) -> bool:
    """Whether a delivery record shows that an alert about this report reached somebody (or this account)."""
    ending = f":{account}" if account else ""
    return (
        work.session.scalar(
            select(Outbox.id)
            .where(Outbox.natural_key.like(f"alert:{report.uid}:%{ending}"), Outbox.sent_at.is_not(None))
            .limit(1)
        )
        is not None
    )


def citizen_moment(work: Work) -> datetime:
    """The next moment a citizen may be told something unasked (message.quiet_hours)."""
    return calendar.next_allowed(work.now)
