"""Alerts: who is told about a report, when, and again until somebody takes it on (reports.yml#assignment)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import cache
from typing import cast

from sqlalchemy import Table, and_, bindparam, or_, select, update

from bot.care import alerting, calendar, reports, roles
from bot.services import journal
from bot.services.casework import calls, offers
from bot.services.mail import mailbox
from bot.services.staff import access, accounts, duty, flags
from bot.services.work import Work
from bot.storage.asked import Question, rows_once
from bot.storage.beginnings import begins
from bot.storage.crypto import opaque_id
from bot.storage.once import insert_once
from bot.storage.tables import Account, AlertStep, Assignment, Outbox, Post, Report

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
    found = _chain(work, area)
    return [role for role in CHAIN if found.get(role)]


def _chain(work: Work, area: str | None) -> dict[str, list[Account]]:
    """`holders` of every role of the chain whose area is known for this place."""
    return {role: holders(work, role, area) for role in CHAIN}


def holders(work: Work, role: str, area: str | None) -> list[Account]:
    """Active accounts of a role for a place; of the duty officers those on duty, where there is a roster."""
    code = area_of(role, area)
    if code is None:
        return []
    held = accounts.near(work, area or PROVINCE)
    found = list(dict.fromkeys(one.account for one in held if (one.role, one.area) == (role, code)))
    return duty.on_duty(work, code, found) if found and role == duty.ROLE else found


def holders_of(work: Work, role: str, area: str | None) -> list[Account]:
    """Active accounts of any role with an area, for a place; a role outside the chain is found by its own length."""
    if role in CHAIN:
        return holders(work, role, area)
    lengths = [digits for digits in roles.area_lengths(role) if area is not None and len(area) >= digits]
    return accounts.holders(work, role, [(area or "")[:digits] for digits in lengths])


def plan(work: Work, report: Report, triage: reports.Triage, *, raised: bool) -> None:
    """Assign the route targets and write the timed steps; those due now are carried out at once.

    Called again when more is told: steps already written stay, new roles (a place became known) are told now.
    """
    for target in (*triage.route_primary, *triage.route_cc):
        for role in roles.actors(target):
            if role in CHAIN:
                assign(work, report, role, holders(work, role, report.area))
        _route(work, report, target)
    if raised:
        stop(work, report)
    _write(work, report, alerting.plan(triage, report.clock_from))
    carry_out(work, report)
    if raised and triage.mode != "answer" and not assigned_people(work, report):
        flags.nobody_to_tell(work, report)


def _route(work: Work, report: Report, target: str) -> None:
    """Assign and tell a department's contacts; without any, the county must call it (reports.yml#routing)."""
    people = calls.people(work, report, target) if calls.department(target) else []
    for person, role, area in people:
        assign(work, report, role, [person], area)
        if role not in access.conflicted(report):
            _push(work, report, person, "staff.routed", f"{report.uid}:routed:{target}")
    if not people and calls.needs_call(target):
        calls.open_for(work, report, target)


def _write(work: Work, report: Report, steps: Sequence[alerting.Step]) -> None:
    """Write timed steps; those that are written already stay as they are."""
    rows = [
        {
            "natural_key": _key(report, step),
            "report": report.uid,
            "role": step.role,
            "kind": step.kind,
            "due_at": step.at,
            "reason": step.reason,
        }
        for step in steps
    ]
    if rows:
        table = cast("Table", AlertStep.__table__)
        work.session.execute(insert_once(work.dialect, table, "natural_key"), rows)


def _key(report: Report, step: alerting.Step) -> str:
    # One moment, one key: what comes back from the database is in UTC, whatever the clock of the house says.
    return f"{report.uid}:{report.severity}:{step.kind}:{step.role}:{step.at.astimezone(UTC):%Y%m%dT%H%M%S}"


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
        due.done_at = work.now
    return told


def _tell(work: Work, report: Report, due: AlertStep) -> int:
    people = access.clear(work, report, holders(work, due.role, report.area))
    if due.role in access.conflicted(report):
        return 0
    assign(work, report, due.role, people)
    key = "staff.alert.escalated" if due.kind == "escalate" else _alert_key(report)
    due.told = sum(_push(work, report, person, key, due.natural_key) for person in people)
    if due.kind == "escalate":
        why = {"role": due.role, "reason": due.reason, "told": due.told}
        journal.record(work, "system", "report escalated", report.uid, **why)
    return due.told


def _repeat(work: Work, report: Report, due: AlertStep) -> int:
    assign(work, report, duty.ROLE, duty.deputies(work, area_of(duty.ROLE, report.area)))
    told = sum(
        _push(work, report, person, _alert_key(report), due.natural_key) for person in assigned_people(work, report)
    )
    following = alerting.next_repeat(report.severity, work.now)
    if following is not None:
        _write(work, report, [alerting.Step(alerting.EVERYBODY, "repeat", following, "no_ack")])
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


def assign(work: Work, report: Report, role: str, people: Sequence[Account], area: str | None = None) -> None:
    """Routing is assignment: these accounts, in this role for `area` (else the report's place), may now read and act.

    Nobody conflicted is assigned. Who was assigned with a post since lost is assigned anew with this one; who was
    assigned by an offer that still waits is so in own right from now on, whatever is answered to the offer.
    """
    if role in access.conflicted(report):
        return
    area = area or area_of(role, report.area)
    for person in access.clear(work, report, people):
        known = work.session.scalar(
            select(Assignment).where(Assignment.report == report.uid, Assignment.account == person.uid)
        )
        if known is None:
            known = Assignment(uid=opaque_id(), report=report.uid, account=person.uid, since=work.now)
            work.session.add(known)
        elif person in assigned_people(work, report):
            made = offers.open_of(work, report)
            if made is None or known.since != made.offered_at or work.now == made.offered_at:
                continue
            known.since = work.now
        known.role, known.area = role, area
        work.session.flush()
        journal.record(work, "system", "report assigned", report.uid, account=person.uid, role=role)


def assigned_people(work: Work, report: Report) -> list[Account]:
    """Accounts assigned to a report that are active, still hold that post and are not conflicted."""
    asked = {"whose": report.uid, "barred": tuple(sorted(access.conflicted(report))), "now": work.now}
    rows = rows_once(work.session, _assigned(), asked)
    return access.clear(work, report, [account for (account,) in rows])


@cache
def _assigned() -> Question:
    """Asked for several times in the turn that makes a report."""
    held = (
        select(Account)
        .distinct()
        .join(Assignment, Assignment.account == Account.uid)
        .join(Post, and_(Post.account == Account.uid, Post.role == Assignment.role))
        .where(
            Assignment.report == bindparam("whose"),
            Assignment.role.not_in(bindparam("barred", expanding=True)),
            or_(Assignment.area.is_(None), Assignment.area == Post.area),
            Account.state == "active",
            *accounts.counts_at(accounts.NOW),
        )
        .order_by(Account.uid)
    )
    return Question(held, (Account, Assignment, Post))


def tell_assigned(work: Work, report: Report, key: str) -> None:
    """Push a neutral note to everybody assigned, such as "something was added"; an alarm at most once a minute."""
    stamp = f"{work.now:%Y%m%dT%H%M}" if key == "staff.alert.again" else f"{work.now:%Y%m%dT%H%M%S}"
    for person in assigned_people(work, report):
        _push(work, report, person, key, f"{report.uid}:{key}:{stamp}")


def tell_former(work: Work, report: Report, people: Sequence[Account]) -> None:
    """Whoever had a report before its place was put right hears that it is elsewhere; nobody who is bound there."""
    there = {who.uid for role in bound_roles(work, report.area) for who in holders(work, role, report.area)}
    for person in people:
        if person.uid not in there:
            _push(work, report, person, "staff.place_corrected", f"{report.uid}:place:{work.now:%Y%m%dT%H%M%S}")


def stop(work: Work, report: Report) -> None:
    """Nothing planned for this report is carried out any more."""
    work.session.execute(
        update(AlertStep).where(AlertStep.report == report.uid, AlertStep.state == "due").values(state="void")
    )


def acknowledged(work: Work, report: Report, account: str, role: str) -> None:
    """Somebody took it on: open steps end, the others who were told hear it."""
    stop(work, report)
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
    said = select(Outbox.id).where(begins(Outbox.natural_key, f"alert:{report.uid}:"), Outbox.sent_at.is_not(None))
    to = said.where(Outbox.natural_key.endswith(f":{account}")) if account else said
    return work.session.scalar(to.limit(1)) is not None
