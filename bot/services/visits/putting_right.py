"""A saved visit put right or added to by the name of its home (不对 张雨桐家是九点半到的 还有奶奶血压高), whatever else
was said meanwhile: it goes to that child's record and to nothing else; what stood is kept (`recording.record`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.reading.visits import logs, visit_changes, visit_hours, visit_record_said
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import intake, questions
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import changing, recording, unfinished, visiting
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Visit

EFFECT, WHAT = "words", "visit.amend_which"
WITHIN, ASKED = timedelta(days=7), timedelta(hours=1)
"""Ours: how long by its home's name a saved visit is put right in chat, and an answer belongs to our question."""
BESIDE = (None, intake.FLOW, unfinished.FLOW)


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take words that put right, or add to, the saved visit of a home that is named, or that we just asked about.
    False: they do not, no visit of these days is saved, its record is open still, or they tell of harm."""
    amends = visit_record_said.amends(text)
    flow = work.session.get_one(Conversation, conversation).flow
    asked = _asked(work, conversation, inbox_id) if not amends and flow is None else None
    if not (amends or asked) or flow not in BESIDE or changing.sounds(text) or logs.read(text) is not None:
        return False
    home = visit_homes.named(work, member, text) or asked
    row = of_home(work, member, home) if home is not None else None
    waits = unfinished.waiting(work, conversation, home) if home is not None else None
    if home is None or (waits is None and row is None):
        return False
    told = visit_record_said.told_of_it(visit_homes.without_name(work, member, home, text))
    turns_to_it = flow == unfinished.FLOW and not told and not _is_open(work, conversation, home)
    if (waits is not None and flow is not None and not turns_to_it) or not (told or amends):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if waits is not None or row is None:  # it is not saved yet: it goes on with what is put right
            visiting.begin_with(work, conversation, inbox_id, home, waits or [], told)
            return True
        if not told:
            unfinished.put_aside(work, conversation)  # what is said next is of the record that is shown
            ask_what(work, conversation, inbox_id, home, row)
            return True
        write(work, conversation, inbox_id, member, row, told)
        _go_on(work, conversation, inbox_id, unfinished.FLOW if asked else flow)
    return True


def of_home(work: Work, member: Member, home: str, within: timedelta = WITHIN) -> Visit | None:
    """The last visit to a home that this member saved within these days."""
    query = (
        select(Visit)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == member.account, Visit.kind == "home_visit", Child.household == home)
        .where(Visit.created_at >= work.now - within)
    )
    return work.session.scalars(query.order_by(Visit.changed_at.desc()).limit(1)).first()


def together(work: Work, row: Visit) -> list[str]:
    """The children whose visit was saved with this one."""
    home = work.session.get_one(Child, row.child).household
    same = (
        select(Visit.child)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == row.by, Visit.on == row.on, Visit.kind == row.kind, Child.household == home)
        .where(Visit.changed_at == row.changed_at)
    )
    return list(work.session.scalars(same))


def write(work: Work, conversation: str, inbox_id: int, member: Member, row: Visit, told: str) -> None:
    """Write what was told into the record, and say whose record and what."""
    kept, children = unfinished.fresh(), together(work, row)
    record: dict[str, Any] = {**work.open(recording.RECORD, row.uid, row.record_sealed)}
    record["sections"], record["notes"] = {**record["sections"]}, {**record["notes"]}
    kept["record"] = record
    said = visit_changes.read(told, work.today)
    lines = changing.write(record, said) if said.any else []
    rest = " ".join(said.rest) if said.any else told
    still = _add(work, kept, rest) if rest else []
    recording.record(work, member, conversation, children, row.on, record)
    names = visit_words.names(work, (work.session.get_one(Child, uid) for uid in children))
    args = {"words": f"{names}，{'；'.join([*lines, rest] if rest else lines)}"}
    mailbox.say(work, conversation, "visit.amended", args, reply_to=inbox_id)
    if still:
        args = {"names": names, "sections": "、".join(map(visit_words.section, still))}
        mailbox.say(work, conversation, "visit.amended.still", args, reply_to=inbox_id)


def _add(work: Work, kept: dict[str, Any], told: str) -> list[str]:
    """Add what was told. How it is in a section stands as it was said until that is said otherwise; returns the
    sections of which trouble is told though they stand as normal."""
    record = kept["record"]
    sections, said, hours = {**record["sections"]}, record.get("said"), str(record.get("hours") or "")
    if visit_asking.put_right(kept, "fix", told, work.today) is None:
        visit_asking.heard_whole(kept, told, work.today)
    changed = [name for name, status in record["sections"].items() if sections.get(name, status) != status]
    record["sections"].update(sections)
    if said and record["said"] != said:
        record["said"] = f"{said}；{record['said']}"
    if record.get("hours"):
        record["hours"] = visit_hours.joined(hours, str(record["hours"]))
    return changed


def ask_what(work: Work, conversation: str, inbox_id: int, home: str, row: Visit) -> None:
    """What stands in the record, and what of it is to be written otherwise."""
    record = work.open(recording.RECORD, row.uid, row.record_sealed)
    names = visit_words.names(work, (work.session.get_one(Child, uid) for uid in together(work, row)))
    head = texts.phrase("visit.recap.head").format(names=names, date=visit_words.day(row.on) + record.get("hours", ""))
    recap = visit_words.recap(record, head, visit_words.day(work.today))
    mailbox.say(work, conversation, WHAT, {"recap": recap, "home": home}, reply_to=inbox_id)


def _is_open(work: Work, conversation: str, home: str) -> bool:
    draft = drafts.current(work, conversation, unfinished.FLOW)
    return draft is not None and unfinished.contents(work, draft)["home"] == home


def _asked(work: Work, conversation: str, inbox_id: int) -> str | None:
    """The home of which we just asked what is to be put right."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - ASKED)
    return str(mailbox.args_of(work, last)["home"]) if last is not None and last.key == WHAT else None


def _go_on(work: Work, conversation: str, inbox_id: int, flow: str | None) -> None:
    """What is open, or waits for this, asks its question again; this message was no answer to it."""
    if flow == unfinished.FLOW and drafts.current(work, conversation, unfinished.FLOW) is not None:
        visiting.start(work, conversation, inbox_id, told_rasa=True)
    report = drafts.current(work, conversation, intake.FLOW) if flow == intake.FLOW else None
    if report is not None:
        questions.not_counted(work, report, drafts.answers(work, report), report.asked or "what", inbox_id)
