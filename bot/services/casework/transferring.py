"""Handing a report on: offered with a reason, accepted or refused; the holder answers for it until then.

The receiver is an account, whoever holds a post, or a department; a department without an account is called by the
county (reports.yml transfer, #routing_note; WBF-11).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from bot.care import parameters, policy_data, roles
from bot.services import journal
from bot.services.casework import acts, alerts, calls, offers, telling
from bot.services.casework import reports as life
from bot.services.casework.reports import Outcome
from bot.services.staff import access, accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Assignment, CallTask, Report, Transfer

CALLERS = "county_caseworker"
MANAGER = "county_manager"


@dataclass(frozen=True)
class To:
    """Where a report is to go: one of an `account`, a `role` (for `area`, else the report's place), a `department`.

    `department`: a route target of reports.yml#routing such as "education" or "school".
    """

    account: str | None = None
    role: str | None = None
    area: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class _Receiver:
    people: list[Account]
    role: str | None
    area: str | None


def offer(work: Work, member: Member, report_uid: str, to: To, reason: str) -> Outcome:
    """Offer a report to another account, post or department; the receivers become assigned and are told.

    The present holder stays responsible. From the 2nd transfer on the county manager is told
    (report.transfer.tell_county_from). A department without accounts opens a task for the county's caseworkers to
    call it. Refusals: "absent", "no_such_receiver" (unknown account, role or department), "nobody_there" (nobody is
    bound, or only conflicted persons are), and those of the rules: a missing reason, the holder as receiver.
    """
    found = _found(work, member, report_uid, to)
    if isinstance(found, Outcome):
        return found
    report, receiver, people = found
    if not people and (to.department is None or receiver.people):
        return Outcome(False, "nobody_there", report)
    facts = {
        "receiver_named": "yes",
        "receiver_is_holder": "yes" if report.holder in {person.uid for person in people} else "no",
    }
    outcome = acts.act(work, member, report_uid, "transfer", facts, reason, [who.uid for who in people])
    if outcome.allowed:
        offers.void(work, report)
        made = _keep(work, report, member, to, receiver, reason)
        if people:
            _tell(work, report, f"offered:{made.uid}", receiver, people)
        else:
            _open_call(work, report, str(to.department), made.uid)
        _tell_the_manager(work, report, made)
    return outcome


def route(work: Work, member: Member, report_uid: str, to: To) -> Outcome:
    """Name who takes a report that nobody could be told of, or an emergency; they become assigned and hear it.

    Refusals: "absent", "no_such_receiver", "nobody_there", and those of the rules (reports.yml route).
    """
    found = _found(work, member, report_uid, to)
    if isinstance(found, Outcome):
        return found
    report, receiver, people = found
    if not people:
        return Outcome(False, "nobody_there", report)
    outcome = acts.act(work, member, report_uid, "route", {"receiver_named": "yes"})
    if outcome.allowed:
        _tell(work, report, f"routed:{outcome.move}", receiver, people)
    return outcome


def accept(work: Work, member: Member, report_uid: str) -> Outcome:
    """The receiver takes the report over and holds it from now on. Refusals: those of `reports.accept`."""
    return life.accept(work, member, report_uid)


def take_over(work: Work, member: Member, report_uid: str, reason: str) -> Outcome:
    """Take a report on whose holder is gone: handed to oneself and accepted in one step.

    Refusals: "absent", "has_a_holder", and those of `offer` and `accept`.
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    if report.holder is not None and report.holder in {who.uid for who in alerts.assigned_people(work, report)}:
        return Outcome(False, "has_a_holder", report)
    report.holder = None
    outcome = offer(work, member, report_uid, To(account=member.account), reason)
    return accept(work, member, report_uid) if outcome.allowed else outcome


def refuse(work: Work, member: Member, report_uid: str, reason: str) -> Outcome:
    """The receiver refuses, with a reason; the holder stays responsible and is told. What only the offer opened closes.

    Refusals: "absent", "nothing_offered" (to this member), "reason_missing", "text_too_long".
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    made = offers.open_of(work, report)
    if made is None or not offers.is_for(work, member, made):
        return Outcome(False, "nothing_offered", report)
    if not reason.strip() or len(reason) > acts.LONGEST_TEXT:
        return Outcome(False, "text_too_long" if reason.strip() else "reason_missing", report)
    offers.settle(work, made, "refused", member.account)
    made.answer_sealed = work.seal("transfers.answer", made.uid, reason.strip())
    journal.record(work, member.account, "report transfer refused", report.uid)
    _let_go(work, report, made)
    telling.account(work, report, made.from_account, "staff.transfer_refused", once=f"refused:{made.uid}")
    if report.holder not in (None, made.from_account):
        telling.account(work, report, report.holder, "staff.transfer_refused", once=f"refused:{made.uid}")
    return Outcome(True, None, report)


def called(work: Work, member: Member, report_uid: str, target: str, spoke_with: str) -> Outcome:
    """Record that a department was called, and with whom one spoke (a name or post and what was agreed).

    It settles the task and an open transfer to that department. Refusals: "absent", "actor_not_allowed",
    "no_such_task", "already", "text_missing", "text_too_long". Source: reports.yml#routing, if_no_account.
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    task = work.session.get(CallTask, f"{report.uid}:{target}")
    refusal = None
    if task is None:
        refusal = "no_such_task"
    elif task.done_at is not None:
        refusal = "already"
    elif access.may_write(work, member, report) is None:
        refusal = "actor_not_allowed"
    elif not spoke_with.strip() or len(spoke_with) > acts.LONGEST_TEXT:
        refusal = "text_too_long" if spoke_with.strip() else "text_missing"
    if refusal is not None or task is None:
        return Outcome(False, refusal, report)
    task.done_at, task.done_by = work.now, member.account
    task.spoke_with_sealed = work.seal(calls.SPOKE_WITH, task.natural_key, spoke_with.strip())
    report.first_action_at = report.first_action_at or work.now
    journal.record(work, member.account, "report department called", report.uid, target=target)
    made = offers.open_of(work, report)
    if made is not None and made.department == target and made.to_role is None:
        offers.settle(work, made, "accepted", None)
        telling.account(work, report, report.holder, "staff.called", once=f"called:{made.uid}")
    return Outcome(True, None, report)


def receivers(work: Work, member: Member, report: Report) -> list[tuple[str, str]]:
    """What a report can be offered to, as (value, Chinese label): posts of the place with somebody bound, departments.

    Values are "role:<role>" and "department:<target>". For the page and the chat; conflicted roles are left out.
    """
    found = [
        (f"role:{role}", roles.label_zh(role))
        for role in (*alerts.CHAIN, "institution", MANAGER)
        if role not in access.conflicted(report)
        and access.clear(work, report, alerts.holders_of(work, role, report.area))
    ]
    routing = policy_data.read("reports")["routing"]
    return found + [(f"department:{name}", roles.target_label(name)) for name in routing if calls.department(name)]


def _found(work: Work, member: Member, report_uid: str, to: To) -> tuple[Report, _Receiver, list[Account]] | Outcome:
    """The report, locked, who is meant, and those of them who may know of it; or the refusal."""
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    receiver = _receiver(work, report, to)
    if receiver is None:
        return Outcome(False, "no_such_receiver", report)
    if receiver.role in access.conflicted(report):
        return report, receiver, []
    return report, receiver, access.clear(work, report, receiver.people)


def _receiver(work: Work, report: Report, to: To) -> _Receiver | None:
    """Who is meant; None when there is no such account, role or department."""
    if to.account is not None:
        row = work.session.get(Account, to.account)
        if row is None or row.state != "active" or row.conversation is None:
            return None
        member = accounts.member(work, row.conversation)
        best = _best_post(report, member.posts if member else ())
        return _Receiver([row], *best) if best is not None else None
    if to.role is not None:
        if to.role not in roles.ids() or not roles.area_lengths(to.role):
            return None
        area = to.area or report.area
        people = alerts.holders_of(work, to.role, area)
        length = roles.area_lengths(to.role)[0]
        return _Receiver(people, to.role, (area or "")[:length])
    if to.department is not None and calls.department(to.department):
        found = calls.people(work, report, to.department)
        if found:
            return _Receiver([person for person, _, _ in found], found[0][1], found[0][2])
        return _Receiver([], None, None)
    return None


def _best_post(report: Report, posts: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """The post in which an account would take the report: one that may read reports, of the place if there is one."""
    able = [post for post in posts if {"assigned", "county"} & set(roles.may(post[0], access.RESOURCE, "read"))]
    near = [post for post in able if (report.area or "").startswith(post[1])]
    return next(iter([*near, *able]), None)


def _keep(work: Work, report: Report, member: Member, to: To, receiver: _Receiver, reason: str) -> Transfer:
    uid = opaque_id()
    made = Transfer(
        uid=uid,
        report=report.uid,
        from_account=member.account,
        to_account=to.account,
        to_role=receiver.role,
        to_area=receiver.area,
        department=to.department,
        reason_sealed=work.seal("transfers.reason", uid, reason.strip()),
        state="offered",
        offered_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def _tell(work: Work, report: Report, once: str, receiver: _Receiver, people: list[Account]) -> None:
    """Receivers become assigned, then they hear of it."""
    alerts.assign(work, report, str(receiver.role), people, receiver.area)
    for person in people:
        telling.person(work, report, person, "staff.offered", once=once)


def _open_call(work: Work, report: Report, target: str, made: str) -> None:
    """The county's caseworkers must call; a task settled for an earlier transfer is opened again."""
    if not calls.open_for(work, report, target):
        task = work.session.get_one(CallTask, f"{report.uid}:{target}")
        task.opened_at, task.done_at, task.done_by, task.spoke_with_sealed = work.now, None, None, None
    alerts.assign(work, report, CALLERS, alerts.holders(work, CALLERS, report.area))
    telling.role(work, report, CALLERS, "staff.call_task", once=f"call:{made}")


def _tell_the_manager(work: Work, report: Report, made: Transfer) -> None:
    count = work.session.scalar(select(func.count()).where(Transfer.report == report.uid)) or 0
    if count >= int(parameters.number("report.transfer.tell_county_from")):
        telling.role(work, report, MANAGER, "staff.transferred_often", {"count": count}, once=f"often:{made.uid}")


def _let_go(work: Work, report: Report, made: Transfer) -> None:
    """Who got the report only through this offer may not read it any longer; whom routing or the ladder reached since
    stays assigned (reports.md §6a)."""
    gone = work.session.execute(
        delete(Assignment).where(
            Assignment.report == report.uid,
            Assignment.role == made.to_role,
            Assignment.area == made.to_area,
            Assignment.since == made.offered_at,
        )
    )
    journal.record(work, "system", "report unassigned", report.uid, count=gone.rowcount)  # type: ignore[attr-defined]
