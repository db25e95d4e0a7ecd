"""What staff do about contact: bring people in, record a contact, note that no number works, decide whether somebody
may be asked, send a notice of an abnormal state, take a rung down. Every refusal has its code.
"""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.care import calendar, parameters, roles
from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.contact import answers as contact_answers
from bot.services.contact import barring as contact_barring
from bot.services.contact import conflicts as contact_conflicts
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.contact import unseen as contact_unseen
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    AbnormalNotice,
    Child,
    ContactCall,
    ContactDecision,
    ContactPlan,
    ContactRecord,
    ContactRung,
    Person,
    Tie,
)

KINDS = ("father", "mother", "guardian", "carer", "self")
DECIDES = ("child_director", "child_supervisor")
GROUNDS = {"protection_order": False, "suspected_harm": False, "cleared": True}
"""On which ground staff decide that somebody may not be asked, or may."""
DONE = ("in_touch", "asked_home", "talked", "persuaded", "new_number", "referred", "has_come", "has_not_come", "told")
"""What was done about a rung that is taken down."""
NOT_ALLOWED = Outcome(False, "actor_not_allowed")


class Seen(NamedTuple):
    """The newest structured answers about a child from one voice; `words` only where a concern was raised."""

    voice: str
    week: str
    told: dict[str, str]
    words: tuple[str, ...]


def person_for(work: Work, child_number: str, kind: str, name: str = "") -> str:
    """The person of this kind around a child, made if there is none. Raises ValueError: no such child or kind."""
    child = work.session.scalar(select(Child.uid).where(Child.number == child_number.strip()))
    if child is None:
        raise ValueError(f"没有这个儿童编号 / no such child: {child_number}")
    if kind not in KINDS:
        raise ValueError(f"没有这种关系 / no such kind: {kind}; 有 / there are: {', '.join(KINDS)}")
    return person_of(work, child, kind, name)


def person_of(work: Work, child: str, kind: str, name: str = "") -> str:
    """The same for a child that is known. Raises ValueError("no_such_kind")."""
    if kind not in KINDS:
        raise ValueError("no_such_kind")
    found = work.session.scalar(
        select(Tie.person).where(Tie.child == child, Tie.kind == kind, Tie.until.is_(None)).limit(1)
    )
    if found is not None:
        return found
    uid = opaque_id()
    profile = work.seal("people.profile", uid, {"name": name} if name else {})
    work.session.add(Person(uid=uid, profile_sealed=profile, created_at=work.now))
    work.session.flush()
    day = work.today
    work.session.add(Tie(uid=opaque_id(), child=child, person=uid, kind=kind, since=day))
    work.session.flush()
    return uid


def may(work: Work, member: Member, child: str) -> bool:
    """Whether a member deals with a child's contact: the posts of its village and township, deputies too, the county
    for what came up to it; never who is of the family."""
    area = work.session.get_one(Child, child).area
    held = [role for role, place in children.posts(work, member) if roles.covers(place, area)]
    if not any(role in DECIDES for role in held):
        mine = (ContactRung.child == child, ContactRung.actor.in_(held))
        hidden = contact_barring.concealed(work, member.account, *mine)
        carried = select(ContactRung.uid).where(*mine, ContactRung.uid.not_in(hidden)).limit(1)
        if not held or work.session.scalar(carried) is None:
            return False
    return not contact_conflicts.stands(work, member.account, child)


def record_contact(work: Work, member: Member, plan: ContactPlan) -> Outcome:
    """The child director learnt that this parent is in touch this week."""
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    row = contact_plans.keep_record(work, plan)
    row.confirmed_by = "child_director"
    contact_rungs.close_silence(work, contact_rungs.open_of(work, plan), "director_recorded")
    contact_plans.look_again([plan], work.now)
    journal.record(work, member.account, "contact recorded", row.uid)
    return Outcome(True)


def called(work: Work, member: Member, plan: ContactPlan, *, reached: bool) -> Outcome:
    """Every known number of this parent was called today; once a day counts, reached is better than not."""
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    day = work.today
    row = work.session.scalar(
        select(ContactCall).where(
            ContactCall.person == plan.person, ContactCall.child == plan.child, ContactCall.on == day
        )
    )
    if row is None:
        row = ContactCall(
            uid=opaque_id(),
            person=plan.person,
            child=plan.child,
            on=day,
            reached=reached,
            by=member.account,
            at=work.now,
        )
        work.session.add(row)
    row.reached = row.reached or reached
    if row.reached:
        plan.numbers_failed_at, plan.family_reaches = None, True
        contact_rungs.close_unreachable(work, contact_rungs.open_of(work, plan), "reached_by_phone")
        contact_plans.look_again([plan], work.now)
    work.session.flush()
    journal.record(work, member.account, "contact called", plan.uid, reached=int(reached))
    return Outcome(True)


def failed_days(work: Work, plan: ContactPlan) -> int:
    """On how many days since anybody last reached this parent every number was called in vain."""
    rows = work.session.scalars(
        select(ContactCall)
        .where(ContactCall.person == plan.person, ContactCall.child == plan.child)
        .order_by(ContactCall.on.desc())
    )
    return len(list(takewhile(lambda row: not row.reached, rows)))


def calls_needed() -> int:
    """On how many days all numbers must have failed (contact.phone_attempts.before_all_numbers_failed)."""
    return int(parameters.number("contact.phone_attempts.before_all_numbers_failed"))


def live_apart(work: Work, member: Member, plan: ContactPlan, *, apart: bool) -> Outcome:
    """Whether this parent lives separately by arrangement: then the other one does not cover for him (JTJY-20)."""
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    plan.apart, plan.next_due = apart, work.now
    journal.record(work, member.account, "contact apart", plan.uid, apart=int(apart))
    return Outcome(True)


def numbers_failed(work: Work, member: Member, plan: ContactPlan, *, family_reaches: bool) -> Outcome:
    """All known numbers failed on three days; whether the family can reach the parent decides what follows (MF125).

    Refused before that many days (contact.phone_attempts.before_all_numbers_failed).
    """
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    if failed_days(work, plan) < calls_needed():
        return Outcome(False, "too_few_calls")
    plan.numbers_failed_at, plan.family_reaches, plan.next_due = work.now, family_reaches, work.now
    journal.record(work, member.account, "contact numbers failed", plan.uid, family_reaches=int(family_reaches))
    return Outcome(True)


def decide(work: Work, member: Member, plan: ContactPlan, ground: str, reason: str) -> Outcome:
    """Staff decide whether this person may be asked: not under a protection order, not when suspected of harm; what
    waits is taken back. `ground`: one of GROUNDS; refusals: actor_not_allowed, no_such_ground, reason_missing."""
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    if ground not in GROUNDS:
        return Outcome(False, "no_such_ground")
    if not reason.strip():
        return Outcome(False, "reason_missing")
    allowed, uid = GROUNDS[ground], opaque_id()
    forbidden = contact_safety.forbidden_unseen(work, plan, member.account)
    work.session.add(
        ContactDecision(
            uid=uid,
            person=plan.person,
            child=plan.child,
            allowed=allowed,
            ground=ground,
            reason_sealed=work.seal("contact_decisions.reason", uid, reason),
            by=member.account,
            at=work.now,
        )
    )
    plan.allowed, plan.next_due = allowed and not forbidden, work.now
    work.session.flush()
    if not allowed and contact_unseen.withhold(work, plan) is None:  # else somebody would see the silence vanish
        contact_rungs.close_silence(work, contact_rungs.open_of(work, plan), "prompt_forbidden")
    concealed = contact_barring.concealed(work, member.account, ContactRung.child == plan.child)
    for rung in contact_rungs.open_of(work, plan):
        if rung.step == contact_barring.DECIDE and rung.uid not in concealed:
            contact_rungs.close(work, rung, "decided", actor=member.account)
    work.session.flush()
    journal.record(work, member.account, "contact decided", uid, allowed=int(allowed), ground=ground)
    return Outcome(True)


def notify_abnormal(work: Work, member: Member, plan: ContactPlan, facts: str) -> Outcome:
    """Tell a parent of an abnormal state: facts only, one request, a reply within a day (WBF-23(2)). Refused for
    whoever may be the source of the harm, and for a parent nobody can write to. To who may know nothing of the report
    it looks as always, and is not sent."""
    if not may(work, member, plan.child):
        return NOT_ALLOWED
    if not contact_safety.may_be_asked(work, plan, member.account):
        return Outcome(False, "may_be_the_source_of_harm")
    if not facts.strip():
        return Outcome(False, "empty")
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
    at = calendar.next_allowed(work.now, ZoneInfo(plan.zone))
    notice.sent_at = at
    if contact_safety.may_be_asked(work, plan):  # else the member may not know why: it stands, and nobody is told
        mailbox.say(work, to, "contact.notice", push=True, natural_key=f"notice:{uid}", not_before=at)
    contact_plans.look_again([plan], work.now)
    journal.record(work, member.account, "abnormal notice", uid)
    return Outcome(True)


def notice_called(work: Work, member: Member, notice: AbnormalNotice, *, acted: bool | None) -> Outcome:
    """The child director called the parent about a notice; `acted`: whether something is being done (None: wait)."""
    if not may(work, member, notice.child):
        return NOT_ALLOWED
    notice.called_at, notice.acted = notice.called_at or work.now, acted
    if acted:
        notice.closed_at = work.now
        contact_rungs.close_notice(work, notice.uid, "acted", actor=member.account)
    work.session.execute(
        update(ContactPlan)
        .where(ContactPlan.person == notice.person, ContactPlan.child == notice.child)
        .values(next_due=work.now)
    )
    journal.record(
        work,
        member.account,
        "abnormal notice called",
        notice.uid,
        acted={None: "unknown", True: "yes", False: "no"}[acted],
    )
    return Outcome(True)


def take_down(work: Work, member: Member, rung: ContactRung, why: str) -> Outcome:
    """Whoever carries a rung has done what it asks for; `why`: one of DONE. What wants a decision is decided."""
    if not may(work, member, rung.child):
        return NOT_ALLOWED
    if rung.uid in contact_barring.concealed(work, member.account, ContactRung.uid == rung.uid):
        return Outcome(False, "absent")
    if rung.step == contact_barring.DECIDE:
        return Outcome(False, "decide_instead")
    if why not in DONE:
        return Outcome(False, "no_such_reason")
    contact_rungs.close(work, rung, why, actor=member.account)
    return Outcome(True)


def of_the_family(work: Work, member: Member, child: str) -> Outcome:
    """The member says that this is his own or a relative's child: others carry it from now on, he sees nothing."""
    if not may(work, member, child):
        return NOT_ALLOWED
    contact_conflicts.declare(work, member.account, child)
    contact_rungs.hand_on(work, child)
    return Outcome(True)


def open_rungs(work: Work) -> list[ContactRung]:
    """Every open rung that stands for everybody, the earliest due first."""
    query = select(ContactRung).where(ContactRung.closed_at.is_(None), ContactRung.behind.is_(None))
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
        if plain.get("concern") == contact_answers.OWN:
            del plain["concern"]  # kept for himself, as he was promised
        found.append(Seen(row.voice, row.week, plain, words))
    journal.record(work, member.account, "contact seen", child)
    return found
