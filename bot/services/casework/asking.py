"""Asking the reporter back, and hearing the answer: in the same talk, by a button, or with code and PIN from anywhere.

The push only says that there is a question; its words are shown to whoever holds the conversation, the button's proof,
or code and PIN. The answer is kept as it was written and added to what was told (reports.yml ask_reporter).
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.care import asking as rules
from bot.services import drafts, passes
from bot.services.casework import acts, owed, reports, telling
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.reporting import adding
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Question, Report

FLOW = "answer"
LONGEST_QUESTION = 300
# PROPOSED: one reminder when a question has waited two days; parameters.yml has no number for it.
NUDGE_AFTER = timedelta(hours=48)


def ask(work: Work, member: Member, report_uid: str, text: str) -> Outcome:
    """Ask the reporter something, at most 300 characters; they are told at once that a question waits.

    Refusals: "absent", "text_missing", "text_too_long", "never_ask" (`asking.why_not` says which rule), and those of
    the rules: the member must be assigned.
    """
    if access.reach(work, member, report_uid) is None:
        return Outcome(False, "absent")
    if not text.strip():
        return Outcome(False, "text_missing")
    if len(text) > LONGEST_QUESTION:
        return Outcome(False, "text_too_long")
    if rules.forbidden(text) is not None:
        return Outcome(False, "never_ask")
    outcome = acts.act(work, member, report_uid, "ask_reporter")
    if outcome.allowed and outcome.report is not None:
        uid = opaque_id()
        question = Question(
            uid=uid,
            report=outcome.report.uid,
            asked_by=member.account,
            text_sealed=work.seal("questions.text", uid, text.strip()),
            asked_at=work.now,
        )
        work.session.add(question)
        work.session.flush()
        _push(work, outcome.report, question, "reporter.asked", "asked")
    return outcome


def why_not(text: str) -> str | None:
    """The sentence for the asker when a question is refused as "never_ask"; None when it may be asked."""
    broken = rules.forbidden(text)
    return broken.say_zh if broken is not None else None


def waiting(work: Work, report: Report) -> Question | None:
    """The oldest question of a report that is not answered yet; none once the report has ended."""
    if report.state in access.ENDED:
        return None
    return work.session.scalar(
        select(Question)
        .where(Question.report == report.uid, Question.answered_at.is_(None))
        .order_by(Question.asked_at)
        .limit(1)
    )


def text_of(work: Work, question: Question) -> str:
    """The words of a question."""
    text: str = work.open("questions.text", question.uid, question.text_sealed)
    return text


def show(work: Work, conversation: str, inbox_id: int, report: Report) -> str | None:
    """Show the waiting question here; the next words are its answer. None: nothing waits.

    For callers who know that the reporter is behind this conversation (own talk, code and PIN, or a proof).
    """
    question = waiting(work, report)
    if question is None:
        return None
    reports.speak_to_reporter(work, conversation, report)
    mailbox.say(work, conversation, "reporter.question", {"text": text_of(work, question)}, reply_to=inbox_id)
    owed.ask(work, conversation, FLOW, report.uid, "answer", question=question.uid)
    return "answer"


def tapped(work: Work, conversation: str, inbox_id: int, rest: str) -> bool:
    """A tap on "asked:<question>:<proof>". False: forged, answered, or the report has ended."""
    uid, _, proof = rest.partition(":")
    question = work.session.get(Question, uid)
    if question is None or not passes.holds(work, "asked", uid, proof):
        return False
    report = work.session.get_one(Report, question.report)
    return show(work, conversation, inbox_id, report) is not None


def turn(work: Work, conversation: str, inbox_id: int, text: str, *, cancelled: bool = False) -> str | None:
    """Take the words as the answer; they also belong to what was told, and danger in them raises the report.

    Returns "answer" when a further question waits and is shown now, else None.
    """
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return None
    question = work.session.get(Question, drafts.answers(work, draft).facts.get("question", ""))
    if cancelled or question is None or question.answered_at is not None:
        mailbox.say(work, conversation, "reporter.not_answered", reply_to=inbox_id)
        owed.end(work, draft)
        return None
    report = work.session.get_one(Report, question.report)
    settle(work, report, question, text)
    mailbox.say(work, conversation, "reporter.answered", reply_to=inbox_id)
    owed.end(work, draft)
    return show(work, conversation, inbox_id, report)


def settle(work: Work, report: Report, question: Question, text: str) -> None:
    """A question is answered, by whoever holds the talk or on the telephone: kept, added to what was told, and whoever
    asked hears of it. For callers who know that it is the reporter who answers."""
    question.answer_sealed = work.seal("questions.answer", question.uid, text)
    question.answered_at = work.now
    adding.add(work, report, text, notify=False)
    telling.account(work, report, question.asked_by, "staff.answered", once=f"answered:{question.uid}")


def nudge(work: Work, limit: int = 200) -> int:
    """Remind of questions that have waited NUDGE_AFTER, once each. Returns how many reporters were reminded."""
    rows = work.session.execute(
        select(Question, Report)
        .join(Report, Report.uid == Question.report)
        .where(
            Question.answered_at.is_(None),
            Question.nudged_at.is_(None),
            Question.asked_at <= work.now - NUDGE_AFTER,
            Report.state.not_in(access.ENDED),
            Report.follow_up.is_(True),
        )
        .order_by(Question.asked_at)
        .limit(limit)
    ).all()
    nudged = 0
    for question, report in rows:
        question.nudged_at = work.now
        nudged += _push(work, report, question, "reporter.asked_again", "asked again")
    return nudged


def _push(work: Work, report: Report, question: Question, key: str, once: str) -> bool:
    args = {"question": question.uid, "proof": passes.give(work, "asked", question.uid)}
    return telling.reporter(work, report, key, args, once=f"{once}:{question.uid}")
