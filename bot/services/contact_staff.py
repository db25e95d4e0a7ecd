"""What staff do about contact: bring people in, record a contact, note that no number works, decide whether somebody
may be asked, send a notice of an abnormal state, take a rung down. Every refusal has its code.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select, update

from bot.care import calendar, roles
from bot.services import contact_plans, contact_rungs, journal, mailbox
from bot.services.reports import Outcome
from bot.services.staff import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import AbnormalNotice, Child, ContactPlan, ContactRecord, ContactRung, Person, Tie

KINDS = ("father", "mother", "guardian", "carer", "self")
DECIDES = ("child_director", "child_supervisor")


class Seen(NamedTuple):
    """The newest structured answers about a child from one voice; `words` only where a concern was raised."""

    voice: str
    week: str
    told: dict[str, str]
    words: tuple[str, ...]


def person_for(work: Work, child_number: str, kind: str, name: str = "") -> str:
    """The person of this kind around a child, made if there is none. Raises ValueError: no such child or kind."""
    child = work.session.scalar(select(Child.uid).where(Child.number == child_number))
    if child is None:
        raise ValueError(f"没有这个儿童编号 / no such child: {child_number}")
    if kind not in KINDS:
        raise ValueError(f"没有这种关系 / no such kind: {kind}; 有 / there are: {', '.join(KINDS)}")
    found = work.session.scalar(
        select(Tie.person).where(Tie.child == child, Tie.kind == kind, Tie.until.is_(None)).limit(1)
    )
    if found is not None:
        return found
    uid = opaque_id()
    profile = work.seal("people.profile", uid, {"name": name} if name else {})
    work.session.add(Person(uid=uid, profile_sealed=profile, created_at=work.now))
    work.session.flush()
    day = calendar.local(work.now).date()
    work.session.add(Tie(uid=opaque_id(), child=child, person=uid, kind=kind, since=day))
    work.session.flush()
    return uid


def may(work: Work, member: Member, child: str, *roles_wanted: str) -> bool:
    """Whether a member holds one of these posts (those of the village and township) for the child's place."""
    area = work.session.get_one(Child, child).area
    return any(role in (roles_wanted or DECIDES) and roles.covers(place, area) for role, place in member.posts)


def record_contact(work: Work, member: Member, plan: ContactPlan) -> Outcome:
    """The child director learnt that this parent is in touch this week."""
    if not may(work, member, plan.child):
        return Outcome(False, "actor_not_allowed")
    row = contact_plans.keep_record(work, plan)
    row.confirmed_by = "child_director"
    contact_rungs.close_silence(work, plan, "director_recorded")
    contact_plans.look_again([plan], work.now)
    journal.record(work, member.account, "contact recorded", row.uid)
    return Outcome(True)


def numbers_failed(work: Work, member: Member, plan: ContactPlan, *, family_reaches: bool) -> Outcome:
    """All known numbers failed on three days; whether the family can reach the parent decides what follows (MF125)."""
    if not may(work, member, plan.child):
        return Outcome(False, "actor_not_allowed")
    plan.numbers_failed_at, plan.family_reaches, plan.next_due = work.now, family_reaches, work.now
    journal.record(work, member.account, "contact numbers failed", plan.uid, family_reaches=int(family_reaches))
    return Outcome(True)


def allow(work: Work, member: Member, plan: ContactPlan, *, allowed: bool) -> Outcome:
    """Staff decide whether this person may be asked (protection order, suspected harm); what waits is taken back."""
    if not may(work, member, plan.child):
        return Outcome(False, "actor_not_allowed")
    plan.allowed, plan.next_due = allowed, work.now
    if not allowed:
        for conversation, _ in contact_plans.channels(work, plan.person):
            mailbox.forget_pushes(work, conversation, f"contact:{plan.person}:{plan.child}:")
    journal.record(work, member.account, "contact allowed", plan.uid, allowed=int(allowed))
    return Outcome(True)


def notify_abnormal(work: Work, member: Member, plan: ContactPlan, facts: str) -> Outcome:
    """Tell a parent of an abnormal state: facts only, one request, a reply within a day (WBF-23(2)). Refused for
    whoever may be the source of the harm, and for a parent nobody can write to."""
    if not may(work, member, plan.child):
        return Outcome(False, "actor_not_allowed")
    if not plan.allowed:
        return Outcome(False, "may_be_the_source_of_harm")
    to = next((uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable), None)
    if to is None:
        return Outcome(False, "nobody_to_write_to")
    uid = opaque_id()
    sealed = work.seal("abnormal_notices.facts", uid, facts)
    notice = AbnormalNotice(
        uid=uid, person=plan.person, child=plan.child, facts_sealed=sealed, by=member.account, sent_at=work.now
    )
    work.session.add(notice)
    work.session.flush()
    at = calendar.next_allowed(work.now)
    notice.sent_at = at
    mailbox.say(work, to, "contact.notice", push=True, natural_key=f"notice:{uid}", not_before=at)
    contact_plans.look_again([plan], work.now)
    journal.record(work, member.account, "abnormal notice", uid)
    return Outcome(True)


def called(work: Work, member: Member, notice: AbnormalNotice, *, acted: bool | None) -> Outcome:
    """The child director called the parent about a notice; `acted`: whether something is being done (None: wait)."""
    if not may(work, member, notice.child):
        return Outcome(False, "actor_not_allowed")
    notice.called_at, notice.acted = notice.called_at or work.now, acted
    if acted:
        notice.closed_at = work.now
    work.session.execute(
        update(ContactPlan)
        .where(ContactPlan.person == notice.person, ContactPlan.child == notice.child)
        .values(next_due=work.now)
    )
    return Outcome(True)


def take_down(work: Work, member: Member, rung: ContactRung, why: str) -> Outcome:
    """Whoever carries a rung has done what it asks for."""
    if not may(work, member, rung.child):
        return Outcome(False, "actor_not_allowed")
    contact_rungs.close(work, rung, why, actor=member.account)
    return Outcome(True)


def open_rungs(work: Work) -> list[ContactRung]:
    """Every open rung, the earliest due first."""
    query = select(ContactRung).where(ContactRung.closed_at.is_(None))
    return list(work.session.scalars(query.order_by(ContactRung.due, ContactRung.opened_at)))


def seen(work: Work, member: Member, child: str) -> list[Seen]:
    """What is known of a child's weeks, structured, for the posts of its village and township; the free words only of
    a record in which a concern was raised, and never a child's (roles.yml#contact_record; WBF-63)."""
    if not may(work, member, child):
        return []
    rows = work.session.scalars(
        select(ContactRecord)
        .where(ContactRecord.child == child, ContactRecord.reported_at.is_not(None))
        .order_by(ContactRecord.reported_at.desc())
        .limit(12)
    )
    found = []
    for row in rows:
        told = contact_plans.answers(work, row)
        words = tuple(told.pop("words", ())) if row.concern and row.voice != contact_plans.CHILD else ()
        plain = {key: value for key, value in told.items() if isinstance(value, str)}
        found.append(Seen(row.voice, row.week, plain, words))
    journal.record(work, member.account, "contact seen", child)
    return found
