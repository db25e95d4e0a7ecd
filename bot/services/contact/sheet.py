"""One family at the desk of contact: its people with their weeks, sendings and rungs, what was told, what was done.

Of what the voices said only structured results, words where a concern was raised (contact_staff.seen).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from bot import texts
from bot.care import contact_data, parameters
from bot.services.contact import answers as contact_answers
from bot.services.contact import barring as contact_barring
from bot.services.contact import consents as contact_consents
from bot.services.contact import gathered, referrals
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.contact import unseen as contact_unseen
from bot.services.register import children, finding
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import news as visit_news
from bot.services.work import Work
from bot.storage.tables import (
    AbnormalNotice,
    Child,
    ContactCall,
    ContactPlan,
    ContactRecord,
    ContactRung,
    Conversation,
    GuardianConsent,
    Outbox,
    Person,
    Referral,
    SummaryConsent,
)

WEEKS, EVENTS = 8, 12


class Event(NamedTuple):
    """One thing sent: which words, when, and what became of it (due, sent, failed, withdrawn, withheld)."""

    key: str
    at: datetime
    state: str


class Week(NamedTuple):
    """One week of one person: how often asked, what became of the last asking, the answer, who confirmed; `carer`:
    whether a parent was in touch with the carer, who counts separately (yes, no, unknown)."""

    week: str
    sends: int
    delivered: str
    answer: str
    confirmed_by: str | None
    carer: str


class Notice(NamedTuple):
    """A notice of an abnormal state, its words, and until when a reply is waited for."""

    notice: AbnormalNotice
    facts: str
    reply_by: datetime


class Decision(NamedTuple):
    """What staff decided about asking somebody, why, and who."""

    ground: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Party:
    """One person around the child as the page shows them to a reader: `suspected`, `allowed`, `weeks`, `events`,
    `rungs`, `past` and `decision` as if there were no report of which that reader may know nothing. `without_carer`:
    for how many weeks in a row a parent told of no contact with the carer, once that is long enough to be mentioned."""

    plan: ContactPlan
    kind: str
    name: str
    phone: str
    channels: tuple[tuple[str, bool], ...]
    suspected: bool
    allowed: bool
    weeks: tuple[Week, ...]
    events: tuple[Event, ...]
    rungs: tuple[ContactRung, ...]
    past: tuple[ContactRung, ...]
    calls: tuple[ContactCall, ...]
    failed_days: int
    notices: tuple[Notice, ...]
    decision: Decision | None
    without_carer: int


@dataclass(frozen=True)
class Sheet:
    """One family: the child, its people, what they told, what guardians say to the child joining (`may_join`: it may
    today), its referrals, and what of a visit may be told."""

    child: Child
    line: finding.Line
    parties: tuple[Party, ...]
    seen: tuple[contact_staff.Seen, ...]
    consents: tuple[GuardianConsent, ...]
    may_join: bool
    too_young: bool
    referrals: tuple[tuple[Referral, str], ...]
    consent: SummaryConsent | None
    proposal: visit_news.Proposal | None


def sheet(work: Work, member: Member, child: Child) -> Sheet:
    """One family with its history; opening it is journalled."""
    around = {(one.person, one.kind): one for one in children.around(work, child)}
    plans = contact_plans.of_child(work, child.uid)
    parties = []
    for plan in sorted(plans, key=lambda one: ("parent", "carer", "child").index(one.voice)):
        kind = contact_answers.kind_of(work, plan)
        known = around.get((plan.person, kind))
        parties.append(_party(work, member, plan, kind, known.phone if known is not None else ""))
    agreed, proposed = visit_news.of(work, child)
    return Sheet(
        child,
        finding.line(work, child),
        tuple(parties),
        tuple(contact_staff.seen(work, member, child.uid)),
        tuple(contact_consents.history(work, child.uid)),
        contact_consents.stands(work, child.uid),
        contact_consents.too_young(work, child.uid),
        tuple((one, referrals.place(work, one)) for one in referrals.of_child(work, child.uid)),
        agreed,
        proposed,
    )


def _party(work: Work, member: Member, plan: ContactPlan, kind: str, phone: str) -> Party:
    row = work.session.get_one(Person, plan.person)
    profile = work.open("people.profile", row.uid, row.profile_sealed)
    mine = (ContactRung.person == plan.person, ContactRung.child == plan.child)
    hidden = contact_barring.concealed(work, member.account, *mine)
    rungs = work.session.scalars(
        select(ContactRung).where(*mine, ContactRung.uid.not_in(hidden)).order_by(ContactRung.opened_at.desc())
    ).all()
    calls = work.session.scalars(
        select(ContactCall)
        .where(ContactCall.person == plan.person, ContactCall.child == plan.child)
        .order_by(ContactCall.on.desc())
        .limit(EVENTS)
    ).all()
    return Party(
        plan,
        kind,
        str(profile.get("called") or profile.get("name") or ""),
        _phone(profile, phone),
        tuple(_channels(work, plan.person)),
        contact_safety.suspicion(work, plan, member.account) is not None,
        contact_safety.allowed_for(work, plan, member.account),
        tuple(_weeks(work, plan, member.account)),
        tuple(_events(work, plan, member.account)),
        tuple(rung for rung in rungs if rung.closed_at is None and rung.actor != "system"),
        tuple(rung for rung in rungs if rung.closed_at is not None or rung.actor == "system")[:EVENTS],
        tuple(calls),
        contact_staff.failed_days(work, plan),
        tuple(_notices(work, plan)),
        _decision(work, plan, member.account),
        _without_carer(work, plan),
    )


def _phone(profile: dict[str, Any], phone: str) -> str:
    """The number on file, and beside it one the person told since."""
    told = str(profile.get("phone_told") or "")
    if not told or told == phone:
        return phone
    return texts.phrase("page.contact.phone_told").format(phone=phone, told=told).strip()


def _without_carer(work: Work, plan: ContactPlan) -> int:
    """For how many weeks a parent was not in touch with the carer, from where he was nudged; else 0."""
    missed = contact_answers.without_carer(work, plan)
    return missed if missed >= contact_data.amount("carer_contact.nudge_after") else 0


def _channels(work: Work, person: str) -> Iterable[tuple[str, bool]]:
    for uid, reachable in contact_plans.channels(work, person):
        yield work.session.get_one(Conversation, uid).channel, reachable


def _weeks(work: Work, plan: ContactPlan, reader: str) -> list[Week]:
    rows = work.session.scalars(
        select(ContactRecord)
        .where(ContactRecord.person == plan.person, ContactRecord.child == plan.child)
        .order_by(ContactRecord.week.desc())
        .limit(WEEKS)
    ).all()
    sent = gathered.sent(work, rows)
    return [
        Week(
            row.week,
            contact_unseen.sends(work, row, reader),
            gathered.delivered(sent, row),
            row.answer,
            row.confirmed_by,
            contact_answers.with_carer(work, row),
        )
        for row in rows
    ]


def _events(work: Work, plan: ContactPlan, reader: str) -> list[Event]:
    """What went out to this person, the newest first. Questions about several children are one message."""
    rows = work.session.scalars(
        select(Outbox)
        .where(
            Outbox.push.is_(True),
            Outbox.conversation.in_([uid for uid, _ in contact_plans.channels(work, plan.person)]),
            Outbox.natural_key.startswith(f"contact:{plan.person}:", autoescape=True),
        )
        .order_by(Outbox.id.desc())
        .limit(EVENTS)
    )
    return [
        Event(row.key, row.sent_at or row.not_before, contact_unseen.seems(work, row, reader, plan.child))
        for row in rows
    ]


def _notices(work: Work, plan: ContactPlan) -> list[Notice]:
    hours = timedelta(hours=parameters.number("contact.abnormality_notice.parent_reply_within"))
    rows = work.session.scalars(
        select(AbnormalNotice)
        .where(AbnormalNotice.person == plan.person, AbnormalNotice.child == plan.child)
        .order_by(AbnormalNotice.sent_at.desc())
    )
    return [
        Notice(row, work.open("abnormal_notices.facts", row.uid, row.facts_sealed), row.sent_at + hours) for row in rows
    ]


def _decision(work: Work, plan: ContactPlan, reader: str) -> Decision | None:
    row = next(iter(contact_safety.decisions_for(work, plan, reader)), None)
    if row is None:
        return None
    reason = str(work.open("contact_decisions.reason", row.uid, row.reason_sealed))
    return Decision(row.ground, reason, accounts.label(work, row.by), row.at)
