"""What a worker tells of a round beside its visits: a home that was only telephoned, from when to when he was out, and
why nobody was met, put right afterwards.

A call is no visit (JL-3.8.e): it is kept as one, moves no day, and stands in the work log (JL-3.8.j).
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading import danger
from bot.reading.reports import reporting
from bot.reading.talk import question_forms
from bot.reading.visits import visit_hours
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import intake, questions
from bot.services.staff.accounts import Member
from bot.services.visits import beside_record, changing, recording, unfinished, work_logs
from bot.services.visits import homes as visit_homes
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Visit

EFFECT, CALL = "words", "call"
FRESH = timedelta(hours=14)


def phoned(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """第五家陈佳怡 没去成 打电话唠的: kept as a call of that home, whatever else is open goes on. False: no home of
    this member's is named, or it sounds of harm."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, unfinished.FLOW, intake.FLOW) or not reading.phoned(text) or question_forms.asks(text):
        return False
    home = visit_homes.named(work, member, text)
    children = [child for child, _ in recording.household(work, member, home)] if home is not None else []
    if home is None or not children or changing.sounds(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _kept_as_call(work, conversation, inbox_id, member, home, children, text)
        _go_on(work, conversation, inbox_id, flow)
    return True


def _kept_as_call(
    work: Work, conversation: str, inbox_id: int, member: Member, home: str, children: list[Child], text: str
) -> None:
    uids = [child.uid for child in children]
    made = recording.attempted(work, member, uids, work.today, "", text[: reading.LONGEST], kind=CALL)
    if made.refusal is not None:
        mailbox.say(work, conversation, f"visits.refused.{made.refusal}", reply_to=inbox_id)
        return
    dues = [plan.due for plan in visit_plans.of(work, uids).values() if plan.due is not None]
    due = texts.phrase("visit.called.due").format(date=visit_words.day(min(dues))) if dues else ""
    args = {"names": visit_words.names(work, children), "date": visit_words.day(work.today), "due": due, "home": home}
    mailbox.say(work, conversation, "visit.called", args, reply_to=inbox_id)


def _go_on(work: Work, conversation: str, inbox_id: int, flow: str | None) -> None:
    """What was open is asked again."""
    draft = drafts.current(work, conversation, intake.FLOW) if flow == intake.FLOW else None
    if draft is not None:
        answers = drafts.answers(work, draft)
        questions.not_counted(work, draft, answers, draft.asked or "what", inbox_id)
    elif flow == unfinished.FLOW:
        beside_record.ask_again(work, conversation, inbox_id)


def hours(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """这一圈九点到的 十一点半走的: of the record that is open, else a line of today's work log. False: more is told, or
    this member keeps no log."""
    flow = work.session.get_one(Conversation, conversation).flow
    span = reading.read(text, work.today).hours if visit_hours.only_hours(text) else ""
    if not span or flow not in (None, unfinished.FLOW) or not visit_homes.of_member(work, member):
        return False
    draft = drafts.current(work, conversation, unfinished.FLOW) if flow == unfinished.FLOW else None
    if draft is None and not (reading.of_a_round(text) and work_logs.keeps(member)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if draft is not None and not reading.of_a_round(text):
            kept = unfinished.contents(work, draft)
            kept["record"]["hours"] = span
            drafts.keep(work, draft, kept, draft.asked)
        else:
            work_logs.add(work, member, work.today, texts.phrase("log.line.round").format(hours=span))
        mailbox.say(work, conversation, "visit.round_hours", {"hours": span}, reply_to=inbox_id)
        _go_on(work, conversation, inbox_id, flow)
    return True


def why_put_right(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """赵欣怡那个改一下 不是上她姥家 是上她舅家了: what was told at a door lately, put right where it stands. False: no
    such words were told of the home named, or it sounds of danger."""
    flow = work.session.get_one(Conversation, conversation).flow
    said = reporting.not_but(text)
    home = visit_homes.named(work, member, text) if said is not None else None
    if said is None or home is None or flow not in (None, unfinished.FLOW):
        return False
    row = _told_at_door(work, member, home)
    record = work.open(recording.RECORD, row.uid, row.record_sealed) if row is not None else {}
    if row is None or not _stands(str(record.get("words", "")), said[0]) or danger.read(said[1]).level == "emergency":
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        words = texts.phrase("visit.put_right.note").format(old=said[0], new=said[1])
        children = [child.uid for child, _ in recording.household(work, member, home)]
        told = str(record["words"]).replace(said[0].removesuffix("了"), words, 1)
        recording.attempted(work, member, children, row.on, str(row.reason or ""), told, kind=row.kind)
        mailbox.say(work, conversation, "visit.put_right", {"words": said[1]}, reply_to=inbox_id)
        _go_on(work, conversation, inbox_id, flow)
    return True


def _stands(words: str, wrong: str) -> bool:
    return bool(wrong) and wrong.removesuffix("了") in words


def _told_at_door(work: Work, member: Member, home: str) -> Visit | None:
    """The attempt or call at this home that this member told of lately."""
    query = select(Visit).join(Child, Child.uid == Visit.child).where(Child.household == home)
    query = query.where(Visit.by == member.account, Visit.kind != "home_visit", Visit.changed_at >= work.now - FRESH)
    return work.session.scalars(query.order_by(Visit.changed_at.desc()).limit(1)).first()


TAKES = (phoned, hours, why_put_right)
