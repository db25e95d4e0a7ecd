"""Referral to trained help: offered by the child director, agreed to by a guardian, a slip, a receipt, three looks.

An urgent state is an emergency and no referral; told injuries are a report first (contact_prompts.md §6).
Source: mh.referral.* (PROPOSED), WBF-90, JSWS-23/27/29.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.care import calendar, parameters, receipt
from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, ContactPlan, Referral

LEVELS = ("soon", "routine")
SLIP_LENGTH = 6
ENDS = ("not_needed", "place_cannot_help", "moved_away", "no_answer")
FILE_ENDED: str = "file_ended"
"""Why the looks end by themselves: the child is on file no more."""
OFFERED, AGREED, REFUSED, DONE = "offered", "agreed", "refused", "done"


def offer(work: Work, member: Member, plan: ContactPlan, level: str, where: str) -> Outcome:
    """Offer a referral to a guardian, who decides. `where`: where to, as the family is told.

    Refusals: actor_not_allowed, urgent_is_no_referral (any other level than soon and routine), not_a_guardian,
    may_be_the_source_of_harm, nobody_to_write_to, one_is_open, empty.
    """
    refusal = _refusal(work, member, plan, level) or ("empty" if not where.strip() else None)
    if refusal is not None:
        return Outcome(False, refusal)
    to = next(uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable)
    uid = opaque_id()
    work.session.add(
        Referral(
            uid=uid,
            child=plan.child,
            person=plan.person,
            level=level,
            place_sealed=work.seal("referrals.place", uid, where),
            by=member.account,
            offered_at=work.now,
        )
    )
    work.session.flush()
    if contact_safety.may_be_asked(work, plan):  # else the member may not know why: it stands, and nobody is told
        mailbox.say(
            work,
            to,
            "referral.ask",
            push=True,
            natural_key=f"referral:{uid}",
            not_before=calendar.next_allowed(work.now, ZoneInfo(plan.zone)),
        )
    journal.record(work, member.account, "referral offered", uid, level=level)
    return Outcome(True)


def _refusal(work: Work, member: Member, plan: ContactPlan, level: str) -> str | None:
    if not contact_staff.may(work, member, plan.child):
        return "actor_not_allowed"
    if level not in LEVELS:
        return "urgent_is_no_referral"
    if plan.voice != contact_plans.PARENT:
        return "not_a_guardian"
    if not contact_safety.may_be_asked(work, plan, member.account):
        return "may_be_the_source_of_harm"
    if not any(reachable for _, reachable in contact_plans.channels(work, plan.person)):
        return "nobody_to_write_to"
    known = select(Referral.uid).where(Referral.child == plan.child, Referral.state.in_((OFFERED, AGREED)))
    return "one_is_open" if work.session.scalar(known.limit(1)) is not None else None


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """The guardian reads where to, agrees or refuses; refusing has no consequence."""
    person = contact_plans.speaker(work, conversation)
    found = work.session.scalar(
        select(Referral)
        .where(Referral.person == person, Referral.state == OFFERED)
        .order_by(Referral.offered_at.desc())
    )
    if person is None or found is None or rest not in ("show", "yes", "no"):
        return False
    plan = _plan(work, found)
    if plan is None or not contact_safety.may_be_asked(work, plan):
        mailbox.say(work, conversation, "contact.ask_director", reply_to=inbox_id)
        return True
    told = {"place": place(work, found)}
    if rest == "show":
        mailbox.say(work, conversation, "referral.place", told, reply_to=inbox_id)
        return True
    found.settled_at, found.state = work.now, AGREED if rest == "yes" else REFUSED
    journal.record(work, "guardian", f"referral {found.state}", found.uid)
    if found.state == REFUSED:
        mailbox.say(work, conversation, "referral.refused", reply_to=inbox_id)
        return True
    code = receipt.new_code(secrets.token_bytes, length=SLIP_LENGTH)
    found.slip, found.next_check = code, work.now + timedelta(days=_looks()[0])
    mailbox.say(work, conversation, "referral.slip", {**told, "slip": receipt.shown(code)}, reply_to=inbox_id)
    return True


def received(work: Work, member: Member, referral: Referral) -> Outcome:
    """The place that helps has confirmed that the child came."""
    if not contact_staff.may(work, member, referral.child):
        return Outcome(False, "actor_not_allowed")
    referral.receipt_at = referral.receipt_at or work.now
    journal.record(work, member.account, "referral received", referral.uid)
    return Outcome(True)


def close(work: Work, member: Member, referral: Referral, why: str) -> Outcome:
    """End a referral before its last look: it is not needed any more, the place cannot help, the family moved."""
    if not contact_staff.may(work, member, referral.child):
        return Outcome(False, "actor_not_allowed")
    if why not in ENDS:
        return Outcome(False, "no_such_reason")
    if referral.state not in (OFFERED, AGREED):
        return Outcome(False, "already")
    referral.state, referral.next_check = DONE, None
    referral.closed_at, referral.closed_why = work.now, why
    journal.record(work, member.account, "referral closed", referral.uid, why=why)
    return Outcome(True)


def printed(work: Work, member: Member, referral: Referral) -> None:
    """The slip was printed."""
    journal.record(work, member.account, "referral slip printed", referral.uid)


def of_child(work: Work, child: str) -> list[Referral]:
    """The referrals of a child, newest first."""
    return list(
        work.session.scalars(select(Referral).where(Referral.child == child).order_by(Referral.offered_at.desc()))
    )


def place(work: Work, referral: Referral) -> str:
    """Where a referral leads to, in the words the family was told."""
    return str(work.open("referrals.place", referral.uid, referral.place_sealed))


def tick(work: Work) -> int:
    """Looks that are due become tasks of the child director, each once. Returns how many."""
    opened = 0
    due = work.session.scalars(
        select(Referral).where(Referral.state == AGREED, Referral.next_check <= work.now).order_by(Referral.next_check)
    ).all()
    for one in due:
        days, plan = _looks(), _plan(work, one)
        if plan is None or work.session.get_one(Child, one.child).state == "ended":
            one.state, one.next_check, one.closed_at, one.closed_why = DONE, None, work.now, FILE_ENDED
            continue
        key = f"referral_check:{one.uid}:{days[one.checks]}"
        reason = "has_come" if one.receipt_at is not None else "not_known_to_have_come"
        opened += contact_rungs.open_rung(
            work, plan, key, "referral_check", reason, contact_rungs.DIRECTOR, _today(work) + timedelta(days=2)
        )
        one.checks += 1
        start = one.settled_at or one.offered_at
        one.next_check = start + timedelta(days=days[one.checks]) if one.checks < len(days) else None
        one.state = AGREED if one.next_check is not None else DONE
    work.session.flush()
    return opened


def _plan(work: Work, referral: Referral) -> ContactPlan | None:
    """What is planned with the guardian about this child, over or not: a look at the child outlives the questions."""
    return work.session.scalar(
        select(ContactPlan)
        .where(ContactPlan.person == referral.person, ContactPlan.child == referral.child)
        .order_by(ContactPlan.created_at.desc())
        .limit(1)
    )


def _looks() -> list[int]:
    return [int(days) for days in parameters.value("mh.referral.check_attended_after").value]


def _today(work: Work) -> date:
    return work.today
