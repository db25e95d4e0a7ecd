"""What a worker puts right after a visit was saved (时间写错了 是九点半到十点五十): the record of the day is corrected,
and what stood before is kept (`recording.record`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.care import roles
from bot.reading.measures import ahead
from bot.reading.talk import question_forms, replies
from bot.reading.visits import visit_changes, visit_hours, visit_record_said
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import changing, putting_right, recording, unfinished, visiting, visitors
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Visit

FRESH, JUST_NOW = timedelta(hours=12), timedelta(hours=1)
SHOWN = ("log.", "visits.", "office.", "policy.", "visit.")
"""What may stand between a visit and what puts it right."""
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
    began = visit_hours.corrected(text, _hours_of(work, member))
    heard = replace(heard, hours=began, notes={}, sections={}) if began else heard
    anew = bool(heard.hours or ((replies.wants_change(text) or replies.taken_back(text)) and heard.notes))
    if heard.told or not (anew or _told_right_after(work, conversation, inbox_id, text, member, heard)):
        return False
    row = _last_of(work, member, visit_homes.named(work, member, text))
    if row is None or not _may_write(work, member):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _amend(work, conversation, inbox_id, member, row, heard, anew=anew)
    return True


def _told_right_after(
    work: Work, conversation: str, inbox_id: int, text: str, member: Member, heard: reading.Heard
) -> bool:
    """Whether more of the home just saved is told within the hour (忘说了 奶奶腿疼): of no other home, no question, no
    harm, nothing to come."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    other = visit_homes.named(work, member, text)
    row = _last_of(work, member)
    here = work.session.get_one(Child, row.child).household if row is not None else None
    told = bool(heard.sections) and heard.outcome is None and not (ahead.day(text, work.today) or heard.day)
    apart = question_forms.asks(text) or changing.sounds(text) or other not in (None, here)
    return last is not None and told and not apart


def changes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take sections, a day or the voice of a saved visit that are put right (就学改成正常): of the home named, else of
    the visit saved last. False: nothing is, or no visit of these hours is meant."""
    home = visit_homes.named(work, member, text)
    said = visit_changes.read(visit_homes.without_name(work, member, home, text), work.today)
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    flow = work.session.get_one(Conversation, conversation).flow
    beside = flow == unfinished.FLOW and home is not None and _last_of(work, member, home) is not None
    if (
        not (flow is None or beside)
        or last is None
        or not said.any
        or changing.sounds(text)
        or (question_forms.asks(text) and not said.cue)
        or (not said.cue and (not said.sections or reading.read(text, work.today).told))  # told anew, not corrected
    ):
        return False
    row = _last_of(work, member, home)
    meant = last.key in SAVED or (last.key.startswith(SHOWN) and (said.cue or home is not None)) or home is not None
    if row is None or not meant or not _may_write(work, member) or reading.read(text, work.today).outcome:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _change(work, conversation, inbox_id, member, row, said)
        if beside:
            visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def _may_write(work: Work, member: Member) -> bool:
    posts = visitors.areas_of(work, member, work.today)
    return any(roles.may(role, "visit_record", "write") for role, _ in posts)


def _change(
    work: Work, conversation: str, inbox_id: int, member: Member, row: Visit, said: visit_changes.Changes
) -> None:
    """Write what is right, say so, and ask for what was only called wrong."""
    record = {**work.open(recording.RECORD, row.uid, row.record_sealed)}
    record["sections"], record["notes"] = {**record["sections"]}, {**record["notes"]}
    if said.rest:
        beside = {**unfinished.fresh(), "record": record}
        visit_asking.heard_whole(beside, " ".join(said.rest), work.today)
    wrong, said.wrong = said.wrong, []
    lines, children = changing.write(record, said), putting_right.together(work, row)
    if lines:
        recording.record(work, member, conversation, children, row.on, record)
    refusal = None
    if said.day is not None and said.day != row.on:
        refusal = recording.move(work, member, children, row.on, said.day).refusal
        lines += [] if refusal else [texts.phrase("visit.changed.day").format(date=visit_words.day(said.day))]
    names = visit_words.names(work, (work.session.get_one(Child, uid) for uid in children))
    if lines or not (refusal or wrong or said.day_wrong):
        words = "；".join(lines) or visit_words.day(row.on)
        mailbox.say(work, conversation, "visit.amended", {"words": f"{names}，{words}"}, reply_to=inbox_id)
    if refusal is not None:
        mailbox.say(work, conversation, f"visits.refused.{refusal}", reply_to=inbox_id)
    if wrong or said.day_wrong:
        what = [visit_words.section(name) for name in wrong] + (
            [texts.phrase("visit.changed.the_day")] * said.day_wrong
        )
        args = {"names": names, "what": "、".join(what)}
        mailbox.say(work, conversation, "visit.amend_what", args, reply_to=inbox_id)


def _hours_of(work: Work, member: Member) -> str:
    row = _last_of(work, member)
    return str(work.open("visits.record", row.uid, row.record_sealed).get("hours", "")) if row is not None else ""


def _last_of(work: Work, member: Member, home: str | None = None) -> Visit | None:
    if home is not None:
        return putting_right.of_home(work, member, home, FRESH)
    query = select(Visit).where(
        Visit.by == member.account, Visit.kind == "home_visit", Visit.created_at >= work.now - FRESH
    )
    return work.session.scalars(query.order_by(Visit.changed_at.desc()).limit(1)).first()


def _amend(
    work: Work, conversation: str, inbox_id: int, member: Member, row: Visit, heard: reading.Heard, *, anew: bool
) -> None:
    """Add what was told; `anew`: it takes the place of what its sections said."""
    kept = unfinished.fresh()
    kept["record"] = {**work.open("visits.record", row.uid, row.record_sealed)}
    for name in heard.notes if anew else ():
        kept["record"]["notes"].pop(name, None)
    visit_asking.add(kept, heard)
    recording.record(work, member, conversation, putting_right.together(work, row), row.on, kept["record"])
    args = {"words": heard.hours or "；".join(heard.notes.values())}
    mailbox.say(work, conversation, "visit.amended", args, reply_to=inbox_id)
