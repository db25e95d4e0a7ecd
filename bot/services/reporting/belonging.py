"""Whether words written after a report belong to it: told more of it, another child's, of a worker's other homes, or of
the check of the writer's own child."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.reading.families import checking
from bot.reading.persons import called
from bot.reading.reports import asides, going_back, later, reporting, told
from bot.reading.talk import answers as short
from bot.reading.talk import own_story, purposes, question_forms
from bot.reading.visits import logs
from bot.reading.where import places
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.reporting import absorbing
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import emergencies
from bot.services.visits import homes as visit_homes
from bot.services.work import Work
from bot.storage.tables import Child, Report, Visit

JUST_FILED = timedelta(hours=1)
"""So long after filing whoever tells of somebody goes on with it."""


def own_matter(work: Work, conversation: str, text: str, *, meant: bool = False) -> Report | None:
    """The report of the last day these words belong to. Another is begun only for who says so, or names another child
    or a place in another county."""
    report, beside = emergencies.recent(work, conversation, text), asides.kinds(text)
    if report is None or asides.ANOTHER in beside or short.is_opener(text):
        return None
    if of_the_office(work, conversation, report, text):
        return None
    if asides.SAME in beside:
        return report
    tells = (
        meant
        or absorbing.tells_something(text)
        or called.gives_his_name(text)
        or (not question_forms.asks(text) and (going_back.to_told(text) or _goes_on(work, report, text)))
    )
    return report if tells and not _another_matter(work, report, text) else None


def _goes_on(work: Work, report: Report, text: str) -> bool:
    """Whether more is told of somebody spoken of, right after it was filed: 她妈前年就走了 跟她爸两个人过."""
    just_now = report.received_at >= work.now - JUST_FILED
    return just_now and later.of_it(text, "") and purposes.has(text, purposes.FACT) and not checking.asks(text)


def of_the_office(work: Work, conversation: str, report: Report, text: str) -> bool:
    """Whether a worker writes of the work log, or of a home the report is not about: it is never added to that."""
    member = accounts.member(work, conversation)
    if member is None:
        return False
    return logs.names_it(text) or of_another_home(work, member, report, text)


def of_another_home(work: Work, member: Member, report: Report, text: str) -> bool:
    """Whether one of a worker's homes is named, and no child of it was reported: 李天宇家的棉鞋."""
    home = visit_homes.named(work, member, text)
    if home is None:
        return False
    told = " ".join(said for _, said in reports.told_of(work, report)["words"])
    seen = select(Visit.uid).join(Child, Child.uid == Visit.child)
    seen = seen.where(Visit.report == report.uid, Child.household == home).limit(1)
    names = visit_homes.called(work, member, home)
    return not any(name in told for name in names) and work.session.scalar(seen) is None


def or_of_the_check(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What was just added may be of the own child's check instead: asked with two buttons, the words are kept."""
    if own_story.may_be_of_check(text) and accounts.member(work, conversation) is None:
        mailbox.say(work, conversation, "story.or_check", reply_to=inbox_id)


def _another_matter(work: Work, report: Report, text: str) -> bool:
    """Whether words name a place in another county, or another child than the one it is about."""
    place, child = places.find(text).best, told.read(text).child_ref
    elsewhere = place is not None and report.area is not None and not place.code.startswith(report.area[:6])
    elsewhere = elsewhere and not reporting.brought_elsewhere(text)
    words = reports.told_of(work, report)["words"]
    named = any(field == "child_ref" for field, _ in words)
    known = " ".join(said for _, said in words)
    if child is None or not named:
        return elsewhere
    said = text[child[0] : child[1]]
    return elsewhere or not (said in known or reporting.calls_the_child(text, *child))
