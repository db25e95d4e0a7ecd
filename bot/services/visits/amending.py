"""What a worker puts right after a visit was saved (时间写错了 是九点半到十点五十): the record of the day is corrected,
and what stood before is kept (`recording.record`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.care import roles
from bot.reading import replies, visit_record_said
from bot.reading import visiting as reading
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import recording, unfinished, visitors
from bot.services.work import Work
from bot.storage.tables import Conversation, Visit

FRESH = timedelta(hours=12)
SAVED = ("visit.saved", "visit.level", "visit.level.again", "visit.amended")


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take words that correct the visit just saved here. False: they do not, or none was."""
    heard = reading.read(text, work.today)
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    if last is None or last.key not in SAVED or work.session.get_one(Conversation, conversation).flow is not None:
        return False
    if (replies.later(text) or visit_record_said.stores_it(text)) and not heard.notes:
        if mailbox.take_effect(work, inbox_id, "words"):
            mailbox.say(work, conversation, "visit.all_saved", reply_to=inbox_id)
        return True
    began = reading.hours_corrected(text, _hours_of(work, member))
    heard = replace(heard, hours=began, notes={}, sections={}) if began else heard
    changes = heard.hours or ((replies.wants_change(text) or replies.taken_back(text)) and heard.notes)
    if not changes or heard.told:
        return False
    row = _last_of(work, member)
    posts = visitors.areas_of(work, member, work.today)
    if row is None or not any(roles.may(role, "visit_record", "write") for role, _ in posts):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _amend(work, conversation, inbox_id, member, row, heard)
    return True


def _hours_of(work: Work, member: Member) -> str:
    row = _last_of(work, member)
    return str(work.open("visits.record", row.uid, row.record_sealed).get("hours", "")) if row is not None else ""


def _last_of(work: Work, member: Member) -> Visit | None:
    query = select(Visit).where(
        Visit.by == member.account, Visit.kind == "home_visit", Visit.created_at >= work.now - FRESH
    )
    return work.session.scalars(query.order_by(Visit.changed_at.desc()).limit(1)).first()


def _amend(work: Work, conversation: str, inbox_id: int, member: Member, row: Visit, heard: reading.Heard) -> None:
    kept = unfinished.fresh()
    kept["record"] = {**work.open("visits.record", row.uid, row.record_sealed)}
    for name in heard.notes:
        kept["record"]["notes"].pop(name, None)
    visit_asking.add(kept, heard)
    same = select(Visit.child).where(Visit.by == row.by, Visit.on == row.on, Visit.changed_at == row.changed_at)
    recording.record(work, member, conversation, list(work.session.scalars(same)), row.on, kept["record"])
    args = {"words": heard.hours or "；".join(heard.notes.values())}
    mailbox.say(work, conversation, "visit.amended", args, reply_to=inbox_id)
