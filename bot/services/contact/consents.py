"""What guardians say to a child being asked here every two weeks: without a yes nothing is sent and nobody joins.

Below 14 the law wants the consent of a parent or other guardian (PIPL-31); a child account at any age wants a guardian
who registers it (roles.md, identity checks; contact_prompts.md §2). A no holds against the yes of another guardian
until whoever said it says otherwise. Telling of a danger and asking for help need none of this, at any age.

A no of somebody who may be the source of harm is obeyed like any other while staff have not decided: he must notice
nothing (reports.md §1, 7), and nothing may light up a phone he can look at. Whenever a no ends what stood the child
director hears of it and talks with the family. Once staff decided that he is not to be asked (contact_prompts.md §3)
his no counts for nothing: the yes of another guardian holds, and the child may be asked again. A no ends questions
only: whatever the child writes is heard and kept, before and after.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.care import calendar, parameters, weeks
from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.contact import answers as contact_answers
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.contact import unseen as contact_unseen
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import ContactPlan, GuardianConsent

RELATIONS = ("father", "mother", "guardian")
YES, NO = "yes", "no"
CHAT = "chat"
TAKEN_DOWN = ("in_person", "phone", "paper")
"""How staff heard it when it was not said in chat."""
SHOWN = 8


def stands(work: Work, child: str) -> bool:
    """Whether a guardian agreed and none said no whose no counts."""
    said = {row.answer for row in _standing(work, child) if not _set_aside(work, row)}
    return YES in said and NO not in said


def _set_aside(work: Work, row: GuardianConsent) -> bool:
    """Whether a no counts for nothing: staff decided that this guardian is not to be asked. Behind a report that names
    some of the staff it goes on counting, or those could tell that there is one."""
    if row.answer != NO:
        return False
    kept_away = [plan for plan in contact_plans.of_child(work, row.child, contact_plans.PARENT) if not plan.allowed]
    said_it = [
        plan
        for plan in kept_away
        if row.person == plan.person or (row.person is None and contact_answers.kind_of(work, plan) == row.relation)
    ]
    return bool(said_it) and not contact_unseen.behind(work, said_it)


def too_young(work: Work, child: str) -> bool:
    """Whether a child is not asked for itself yet, or nobody knows its age (contact.child_checkin.min_age)."""
    age = contact_plans.age(work, child)
    return age is None or age < int(parameters.number("contact.child_checkin.min_age"))


def history(work: Work, child: str) -> list[GuardianConsent]:
    """What was asked and said, the newest first, for staff."""
    rows = work.session.scalars(
        select(GuardianConsent)
        .where(GuardianConsent.child == child)
        .order_by(GuardianConsent.at.desc(), GuardianConsent.uid)
        .limit(SHOWN)
    )
    return list(rows)


def answer(work: Work, plan: ContactPlan, said: str) -> None:
    """A guardian who has joined answers in chat, YES or NO; after a no the child director talks with the family."""
    relation = contact_answers.kind_of(work, plan)
    _keep(work, plan.child, relation, said, how=CHAT, person=plan.person)


def is_news(work: Work, plan: ContactPlan) -> bool:
    """Whether a no of this guardian is news to the staff: somebody waits for what it says, it said yes before, or the
    child is being asked by the yes of another."""
    asked = any(row.person == plan.person and row.answer != NO for row in _standing(work, plan.child))
    return asked or stands(work, plan.child)


def ask(work: Work, member: Member, child: str) -> Outcome:
    """Ask every guardian who has joined, in their own chat, once a week at most.

    Refusals: actor_not_allowed, too_young, nobody_to_ask (nobody joined, may be asked and can be reached).
    """
    if not contact_staff.may(work, member, child):
        return contact_staff.NOT_ALLOWED
    if too_young(work, child):
        return Outcome(False, "too_young")
    asked = [_ask(work, member, plan) for plan in contact_plans.of_child(work, child, contact_plans.PARENT)]
    return Outcome(True) if any(asked) else Outcome(False, "nobody_to_ask")


def take_down(work: Work, member: Member, child: str, relation: str, said: str, how: str) -> Outcome:
    """Staff heard a guardian's answer outside the chat. Refusals: actor_not_allowed, too_young, no_such_kind."""
    if not contact_staff.may(work, member, child):
        return contact_staff.NOT_ALLOWED
    if too_young(work, child):
        return Outcome(False, "too_young")
    if relation not in RELATIONS or said not in (YES, NO) or how not in TAKEN_DOWN:
        return Outcome(False, "no_such_kind")
    _keep(work, child, relation, said, how=how, by=member.account)
    return Outcome(True)


def _standing(work: Work, child: str) -> list[GuardianConsent]:
    rows = work.session.scalars(
        select(GuardianConsent)
        .where(GuardianConsent.child == child, GuardianConsent.ended_at.is_(None))
        .order_by(GuardianConsent.at, GuardianConsent.uid)
    )
    return list(rows)


def _ask(work: Work, member: Member, plan: ContactPlan) -> bool:
    """Ask one guardian. To who may know nothing of a report it looks as always, and is not sent."""
    if plan.state != contact_plans.ACTIVE or not contact_safety.may_be_asked(work, plan, member.account):
        return False
    to = next((uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable), None)
    if to is None:
        return False
    asked = _standing(work, plan.child)
    this_week = weeks.named(work.now)
    if any(row.person == plan.person and row.answer is None and weeks.named(row.at) == this_week for row in asked):
        return True
    if contact_safety.may_be_asked(work, plan):
        at = calendar.next_allowed(work.now, ZoneInfo(plan.zone))
        key = contact_plans.key(plan, work.now, "child_consent")
        said = {"child": plan.child}
        mailbox.say(
            work, to, "join.child.push", said, push=True, priority=mailbox.LATER, natural_key=key, not_before=at
        )
    relation = contact_answers.kind_of(work, plan)
    _add(work, plan.child, relation, None, how=CHAT, person=plan.person, by=member.account)
    return True


def _keep(
    work: Work, child: str, relation: str, said: str, *, how: str, person: str | None = None, by: str | None = None
) -> None:
    for row in _standing(work, child):
        same = row.person == person if row.person is not None and person is not None else row.relation == relation
        if same:
            row.ended_at = work.now
    _add(work, child, relation, said, how=how, person=person, by=by)
    if not stands(work, child):
        _ask_no_more(work, child)


def _add(
    work: Work, child: str, relation: str, said: str | None, *, how: str, person: str | None, by: str | None
) -> None:
    row = GuardianConsent(
        uid=opaque_id(), child=child, person=person, relation=relation, answer=said, how=how, by=by, at=work.now
    )
    work.session.add(row)
    work.session.flush()
    act = "guardian consent asked" if said is None else "guardian consent"
    journal.record(work, by or person or "system", act, child, relation=relation, answer=said or "", how=how)


def _ask_no_more(work: Work, child: str) -> None:
    """The child's questions end, and what waits is taken back. It may write whenever it likes, as everybody."""
    for plan in contact_plans.of_child(work, child, contact_plans.CHILD):
        if plan.state == contact_plans.ACTIVE:
            plan.state, plan.stopped_at, plan.next_due = contact_plans.STOPPED, work.now, work.now
        for conversation, _ in contact_plans.channels(work, plan.person):
            mailbox.forget_pushes(work, conversation, f"contact:{plan.person}:{child}:")
    work.session.flush()
