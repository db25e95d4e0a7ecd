"""What parents get back of a visit: a few structured words, confirmed by the child director, by consent of the home.

Never the child's own words but a sentence the child wants told, no findings, no level, nothing a voice said
(roles.yml#visit_summary; WBF-63).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import texts
from bot.care import calendar, parameters, roles
from bot.reading.persons import people
from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, ContactPlan, SummaryConsent, Visit, VisitNeed, VisitSummary

SHOWN = ("living", "schooling", "health", "care_activities")
AGREE = ("child", "carer", "guardian")
RECORD, NEED, CONTENT = "visits.record", "visit_needs.what", "visit_summaries.content"
LONGEST = 120


@dataclass(frozen=True)
class Proposal:
    """A visit that may be told: its sections as recorded, its needs, and what was confirmed of it before."""

    visit: Visit
    sections: Mapping[str, str]
    needs: tuple[tuple[str, str], ...]
    confirmed: Mapping[str, Any] | None


def consent(work: Work, child: str) -> SummaryConsent | None:
    """Who agreed that the parents may be told, if somebody did and did not take it back."""
    return work.session.scalar(
        select(SummaryConsent)
        .where(SummaryConsent.child == child, SummaryConsent.ended_at.is_(None))
        .order_by(SummaryConsent.at.desc())
        .limit(1)
    )


def agree(work: Work, member: Member, child: str, agreed_by: str) -> Outcome:
    """Keep who agreed; nobody ("") ends it. Refused: a child too young to be asked for itself."""
    if not contact_staff.may(work, member, child):
        return contact_staff.NOT_ALLOWED
    stands = consent(work, child)
    if not agreed_by:
        if stands is not None:
            stands.ended_at = work.now
            journal.record(work, member.account, "summary consent ended", child)
        return Outcome(True)
    age = contact_plans.age(work, child)
    if agreed_by not in AGREE:
        return Outcome(False, "no_such_kind")
    if agreed_by == "child" and (age is None or age < int(parameters.number("contact.child_checkin.min_age"))):
        return Outcome(False, "too_young_to_agree")
    if stands is None or stands.agreed_by != agreed_by:
        if stands is not None:
            stands.ended_at = work.now
        row = SummaryConsent(uid=opaque_id(), child=child, agreed_by=agreed_by, by=member.account, at=work.now)
        work.session.add(row)
        work.session.flush()
        journal.record(work, member.account, "summary consent", child, agreed_by=agreed_by)
    return Outcome(True)


def proposal(work: Work, child: str) -> Proposal | None:
    """The newest home visit of a child as it may be told; None when there is none or it found an emergency."""
    visit = _last(work, child)
    if visit is None or visit.report is not None:
        return None
    record = work.open(RECORD, visit.uid, visit.record_sealed)
    sections = {name: record["sections"].get(name, "not_learned") for name in SHOWN}
    needs = work.session.scalars(select(VisitNeed).where(VisitNeed.visit == visit.uid).order_by(VisitNeed.due))
    found = tuple((need.uid, str(work.open(NEED, need.uid, need.what_sealed))) for need in needs)
    row = work.session.scalar(select(VisitSummary).where(VisitSummary.visit == visit.uid))
    return Proposal(visit, sections, found, _content(work, row) if row is not None else None)


def confirm(work: Work, member: Member, child: str, visit: str, needs: Collection[str], from_child: str) -> Outcome:
    """The child director confirms what the parents may be told of the newest visit, and they hear that there is news.

    `needs`: ids of those that were agreed with the family; `from_child`: what the child wants them to know.
    """
    if not contact_staff.may(work, member, child):
        return contact_staff.NOT_ALLOWED
    if consent(work, child) is None:
        return Outcome(False, "no_consent")
    proposed = proposal(work, child)
    if proposed is None or proposed.visit.uid != visit:
        return Outcome(False, "no_such_visit")
    if len(from_child) > LONGEST:
        return Outcome(False, "text_too_long")
    content = {
        "sections": dict(proposed.sections),
        "agreed": [words for uid, words in proposed.needs if uid in needs],
        "from_child": from_child.strip(),
    }
    row = work.session.scalar(select(VisitSummary).where(VisitSummary.visit == visit))
    uid = row.uid if row is not None else opaque_id()
    sealed = work.seal(CONTENT, uid, content)
    if row is None:
        row = VisitSummary(
            uid=uid, visit=visit, child=child, content_sealed=sealed, by=member.account, confirmed_at=work.now
        )
        work.session.add(row)
    row.content_sealed, row.by, row.confirmed_at = sealed, member.account, work.now
    work.session.flush()
    journal.record(work, member.account, "summary confirmed", row.uid)
    _tell(work, child, visit)
    return Outcome(True)


def _tell(work: Work, child: str, visit: str) -> None:
    """The parents hear once that somebody was there; what was seen stands behind the button."""
    for plan in contact_plans.of_child(work, child, contact_plans.PARENT):
        to = next((uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable), None)
        if to is None or plan.state != contact_plans.ACTIVE or not contact_safety.may_be_asked(work, plan):
            continue
        mailbox.say(
            work,
            to,
            "contact.visited",
            push=True,
            priority=mailbox.LATER,
            natural_key=f"visited:{visit}:{plan.person}",
            not_before=calendar.next_allowed(work.now, ZoneInfo(plan.zone)),
        )


def told(work: Work, plan: ContactPlan) -> str | None:
    """The words of the newest confirmed visit for one parent; None: nothing confirmed, agreed to, or for this ear."""
    if plan.voice != contact_plans.PARENT or not contact_safety.may_be_asked(work, plan):
        return None
    visit = _last(work, plan.child)
    if visit is None or visit.report is not None or consent(work, plan.child) is None:
        return None
    row = work.session.scalar(select(VisitSummary).where(VisitSummary.visit == visit.uid))
    if row is None:
        return None
    content = _content(work, row)
    lines = [
        texts.phrase("contact.news.seen").format(
            day=f"{visit.on.month}月{visit.on.day}日", who=_who(work, visit), seen=_seen(content["sections"])
        )
    ]
    if content["agreed"]:
        lines.append(texts.phrase("contact.news.agreed").format(what="；".join(content["agreed"])))
    if content["from_child"]:
        lines.append(texts.phrase("contact.news.from_child").format(words=content["from_child"]))
    return "\n".join(lines)


def _seen(sections: Mapping[str, str]) -> str:
    return "，".join(
        texts.phrase(f"contact.news.{name}") + texts.phrase(f"contact.news.is.{sections[name]}") for name in SHOWN
    )


def _who(work: Work, visit: Visit) -> str:
    """Post and surname of whoever came."""
    return f"{roles.label_zh(visit.role)}{people.surname(accounts.label(work, visit.by))}"


def _last(work: Work, child: str) -> Visit | None:
    return work.session.scalar(
        select(Visit).where(Visit.child == child, Visit.kind == "home_visit").order_by(Visit.on.desc()).limit(1)
    )


def _content(work: Work, row: VisitSummary) -> dict[str, Any]:
    content: dict[str, Any] = work.open(CONTENT, row.uid, row.content_sealed)
    return content


def of(work: Work, child: Child) -> tuple[SummaryConsent | None, Proposal | None]:
    """What the page shows: the consent that stands and the visit that may be told."""
    return (consent(work, child.uid), proposal(work, child.uid)) if child.state in children.LISTED else (None, None)
