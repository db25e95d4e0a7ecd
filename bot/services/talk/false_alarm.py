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
OF_THE_BODY = frozenset({"illness", "injury"})
"""Somebody was ill or hurt; that there is no danger now makes nothing of it unsaid."""
MAY_BE_MISHEARD = frozenset({"missing", "trafficking", *OF_THE_BODY, danger.HUNCH})
"""Kinds that one word may be taken for: somebody lies there, somebody went away."""
ALONE = "alone"
"""Another kind of them where the family tells of itself; told by others it is no slip of ours."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """End such an alarm. False: nothing is denied, a child writes, danger was affirmed, or graver words were told."""
    draft, denial = drafts.current(work, conversation, intake.FLOW), false_alarm.read(text)
    if draft is None or denial is None or intake.tells_harm(text):
        return False
    report = drafts.report_of(work, draft)
    if report is None:
        return denial.misheard and _let_go(work, draft, inbox_id)
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
        _note(work, draft, report, answers, text, inbox_id, of_the_body=bool(kinds & OF_THE_BODY))
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


def _let_go(work: Work, draft: Draft, inbox_id: int) -> bool:
    """Nobody has it yet, and the question about danger is denied so: no report is made of it. False: something else
    was asked, or harm was told."""
    answers = drafts.answers(work, draft)
    kinds = {kind for one in answers.words_of("what") for kind in danger.read(one).kinds}
    harm = {*answers.facts.get("signs", ()), *answers.doubtful} - {"unconscious", "accident_injury"}
    if draft.asked != "danger_now" or answers.childs or harm or not kinds <= OF_THE_BODY | {danger.HUNCH}:
        return False
    before = interrupted.talk_before(work, draft.conversation)
    if before is None and mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, draft.conversation, "report.misheard.let_go", reply_to=inbox_id)
        drafts.close(work, draft, "cancelled")
        conversations.enter(work, draft.conversation, None, told_rasa=False)
    return before is None  # else it goes back to that talk with it (`interrupted`)


def _note(
    work: Work, draft: Draft, report: Report, answers: Answers, text: str, inbox_id: int, *, of_the_body: bool
) -> None:
    """What was said stands in the report, for whoever has it; what only our reading made of the words is not its kind
    any more where nobody was told of it yet."""
    told = bool(alerts.assigned_people(work, report))
    if not (told or of_the_body):
        misread = {sign for one in answers.words_of("what") for sign in danger.read(one).signs if rules.is_s0(sign)}
        answers.facts["signs"] = sorted({*answers.facts.get("signs", ())} - misread)
    answers.facts["danger_now"], answers.given["danger_now"] = "no", "given"
    answers.said("what", text)
    answers.said("what", texts.phrase("value.no_danger" if of_the_body else "value.misheard"))
    answers.given[proofs.MISHEARD] = "given"
    reports.tell_more(work, report, filing.told_by(answers))
    which = ".told" if told else ".ill" if of_the_body else ""
    mailbox.say(work, draft.conversation, f"report.misheard{which}", reply_to=inbox_id)
    drafts.save(work, draft, answers, None)
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
