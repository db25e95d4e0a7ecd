"""The way out of an alarm that came from words understood wrongly: who plainly says so is asked nothing more, his words
stand beside the report, and he goes on where he was (reports.md §8: only people lower a level).

Words of violence, of sexual harm, of wanting to die and cries for help stay an alarm, whatever is said after them: who
says so may be made to."""

from __future__ import annotations

from bot import texts
from bot.care import reports as rules
from bot.reading import danger
from bot.reading.aftermath import after_topics
from bot.reading.reports import false_alarm
from bot.services import conversations, drafts
from bot.services.casework import alerts, reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, intake, proofs, questions
from bot.services.talk import interrupted
from bot.services.work import Work
from bot.storage.tables import Draft, Report

EFFECT, MISTAKEN = "false_alarm", "mistaken"
MAY_BE_MISHEARD = frozenset({"missing", "trafficking", "illness", "injury", danger.HUNCH})
"""Kinds that one word may be taken for: somebody lies there, somebody went away."""
ALONE = "alone"
"""Another kind of them where the family tells of itself; told by others it is no slip of ours."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """End such an alarm. False: nothing is denied, a child writes, danger was affirmed, or graver words were told."""
    draft, denial = drafts.current(work, conversation, intake.FLOW), false_alarm.read(text)
    report = drafts.report_of(work, draft) if draft is not None else None
    if draft is None or report is None or denial is None or intake.tells_harm(text):
        return False
    answers, before = drafts.answers(work, draft), interrupted.talk_before(work, conversation)
    if answers.childs or answers.own_pain or answers.menu or absorbing.READ_BY_US not in answers.advised:
        return False
    kinds = {kind for one in answers.words_of("what") for kind in danger.read(one).kinds}
    if not kinds <= MAY_BE_MISHEARD | ({ALONE} if before else set()):
        said_before = MISTAKEN in after_topics.topics(text, ())  # 搞错了 是电视的声 has its answer
        return denial.misheard and not said_before and _stays(work, draft, answers, text, inbox_id)
    if not (denial.misheard or before):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        told_before = answers.words_of("what")
        _note(work, draft, report, answers, text, inbox_id)
        if before is not None:
            conversations.enter(work, conversation, before.flow, told_rasa=False)
            interrupted.go_on(work, conversation, inbox_id, before, told_before)
    return True


def _stays(work: Work, draft: Draft, answers: Answers, text: str, inbox_id: int) -> bool:
    """Graver words were told: they stand, the denial stands beside them, and it is said why."""
    if mailbox.take_effect(work, inbox_id, EFFECT):
        answers.said("what", text)
        mailbox.say(work, draft.conversation, "report.misheard.stays", reply_to=inbox_id)
        questions.not_counted(work, draft, answers, draft.asked or "what", inbox_id)
    return True


def _note(work: Work, draft: Draft, report: Report, answers: Answers, text: str, inbox_id: int) -> None:
    """What was said stands in the report, for whoever has it; what only our reading made of the words is not its kind
    any more where nobody was told of it yet."""
    told = bool(alerts.assigned_people(work, report))
    if not told:
        misread = {sign for one in answers.words_of("what") for sign in danger.read(one).signs if rules.is_s0(sign)}
        answers.facts["signs"] = sorted({*answers.facts.get("signs", ())} - misread)
    answers.facts["danger_now"], answers.given["danger_now"] = "no", "given"
    answers.said("what", text)
    answers.said("what", texts.phrase("value.misheard"))
    answers.given[proofs.MISHEARD] = "given"
    reports.tell_more(work, report, filing.told_by(answers))
    mailbox.say(work, draft.conversation, f"report.misheard{'.told' if told else ''}", reply_to=inbox_id)
    drafts.save(work, draft, answers, None)
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
