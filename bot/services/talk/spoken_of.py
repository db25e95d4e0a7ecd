"""What is said of the report that is spoken of, filed here or proved with its code: who was told, whether anybody
goes, that it is this one, thanks. Answered by its records alone, without asking for the code again. And who told others
before in vain is offered to tell it here.

Danger was looked for before."""

from __future__ import annotations

from datetime import timedelta

from bot.reading import danger
from bot.reading.aftermath import after_topics, afterwards, police_told
from bot.reading.reports import going_back, later, progress, reporting, told
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, purposes
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.reporting import adding, coming_back, filing, intake, proofs, questions, standing
from bot.services.staff import access
from bot.services.talk import after_unplaced, redirecting
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Report

EFFECT, EMERGENCY, HOW, PRESSED = "spoken_of", "S0", "how", "pressed"
_YOU = "你"
A_PAUSE = timedelta(days=1)
LONGEST_SAME = 16
"""Longer words tell more than that it is the same report."""
GAVE_TIME = ("open.wait", "open.bye", "report.leaving")
"""What was said to somebody who broke off; who says then that he is back has not come home to the child."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take such a message, once. False: it is none, or no report is spoken of here, or another talk is open."""
    if redirecting.applies(work, conversation):
        return False
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None and work.session.get_one(Conversation, conversation).flow is not None:
        return False
    if draft is not None and _goes_on(work, draft, inbox_id, text):
        return True
    kind, hit = _kind(draft, text), danger.read(text)
    if draft is not None and police_told.read(text) is not None:
        return False  # 派出所我打过电话了 他们说明天派人来看
    in_vain = kind == progress.UNHANDLED and hit.level != "emergency"  # 没人管 is said of those who were told
    names_it = kind in (PRESSED, progress.WHO, HOW) and going_back.to_told(text) and hit.level != "emergency"
    if not (set(hit.kinds) <= {danger.HUNCH} or in_vain or names_it):  # 我昨天报的那个打孩子的 谁处理的
        return False
    report = _report(work, conversation, draft)
    if report is None:
        return in_vain and draft is None and _unhandled(work, conversation, inbox_id)
    if _for_others(work, conversation, draft, report, kind, text):
        return False
    return _of_it(work, conversation, inbox_id, draft, report, kind, text)


def _kind(draft: Draft | None, text: str) -> str | None:
    """What is said of the report; 昨天老孙家那孩子咋样了 asks how it stands."""
    kind = progress.kind(text)
    if draft is not None:
        return kind
    if kind is None and reporting.asks_after_it(text):
        return HOW
    pressed = kind in (None, progress.WHO) and (later.presses(text) or later.scolds(text))
    to_us = not told.read(text).signs or _YOU in text or going_back.to_told(text)  # 他妈到底管不管 tells of her
    return PRESSED if pressed and to_us else kind


def _of_it(
    work: Work, conversation: str, inbox_id: int, draft: Draft | None, report: Report, kind: str | None, text: str
) -> bool:
    """Answer what is said of the report, once. False: it is thanks in its own talk, or nothing of these."""
    thanks = draft is None and kind is None and _only_thanks(work, conversation, text)
    if kind is None and not thanks:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if thanks:
            warm = courtesies.courtesy(text) == courtesies.THANKS
            mailbox.say(work, conversation, "chat.thank" if warm else "report.settled", reply_to=inbox_id)
        elif kind == HOW:
            reports.speak_to_reporter(work, conversation, report)
            mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)
        elif kind == PRESSED:
            tell_how_far(work, conversation, inbox_id, report, text)
        elif kind == progress.SAME:
            _the_same(work, conversation, inbox_id, draft, report, text)
        else:
            _who_has_it(work, conversation, inbox_id, draft, report)
    return True


def tell_how_far(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    """Somebody asks what is done at last: how it stands, who has it and by when, from the rows. What he tells with it
    is kept; his anger is not."""
    tells = [one.text for one in purposes.read(text) if one.purpose == purposes.FACT]
    tells = [one for one in tells if not (later.presses(one) or later.scolds(one) or going_back.to_told(one))]
    if adding.tells_more(" ".join(tells)):
        adding.add(work, report, " ".join(tells))
    voice = ".child" if filing.taken_up(reports.told_of(work, report)).childs else ""
    reports.speak_to_reporter(work, conversation, report)
    if later.scolds(text) or not purposes.has(text, purposes.QUESTION):
        mailbox.say(work, conversation, f"report.pressed{voice}", reply_to=inbox_id)
    mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)


def _goes_on(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Somebody is back after a pause in the middle of a report: the open question comes again. False: it is not said,
    or more is told with it."""
    back = progress.resumes(text)
    if not back and progress.is_back(text):
        last = mailbox.last_said(work, draft.conversation, inbox_id, work.now - A_PAUSE)
        back = last is not None and last.key.startswith(GAVE_TIME)
    if (
        not back
        or danger.read(text).level == "emergency"
        or told.read(text).signs
        or places.find(text).best is not None
    ):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        coming_back.go_on(work, draft.conversation, inbox_id)
    return True


def _report(work: Work, conversation: str, draft: Draft | None) -> Report | None:
    """That of the open talk, where it stands, else the one spoken of here."""
    if draft is not None and draft.report is not None:
        return work.session.get(Report, draft.report)
    return proofs.proved(work, conversation) if draft is not None else proofs.spoken_of(work, conversation)


def _for_others(
    work: Work, conversation: str, draft: Draft | None, report: Report, kind: str | None, text: str
) -> bool:
    """Whether the open talk of an emergency answers who asks whether somebody comes; or more is told of the report, or
    it was filed here: then such words are added to it."""
    coming = kind == progress.WHO and draft is not None and report.severity == EMERGENCY
    here = draft is None and proofs.proved(work, conversation) is None
    added = kind == progress.SAME and (here or told.read(text).signs or len(text) > LONGEST_SAME)
    of_others = afterwards.kind(text) is not None or after_unplaced.KIN_NEED in after_topics.topics(text, ())
    return bool(added) or (coming and of_others)  # 他爷半身不遂 谁管啊 asks who cares for him


def _only_thanks(work: Work, conversation: str, text: str) -> bool:
    """Whether whoever proved a report only thanks us or takes leave; in its own talk others hear that."""
    if proofs.proved(work, conversation) is None or told.read(text).signs:
        return False
    return courtesies.courtesy(text) is not None or short.parts(text)


def _who_has_it(work: Work, conversation: str, inbox_id: int, draft: Draft | None, report: Report) -> None:
    """Who was told and when, who took it on; of one that has ended, how it stands. An open question waits on."""
    if report.state in access.ENDED:
        mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)
        return
    reports.speak_to_reporter(work, conversation, report)
    voice = ".child" if filing.taken_up(reports.told_of(work, report)).childs else ""
    key = f"beside.coming.{standing.how_far(work, report)}{voice}"
    mailbox.say(work, conversation, key, standing.people(work, report), reply_to=inbox_id)
    if draft is not None and report.severity != EMERGENCY:  # there the form waits
        conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
        questions.not_counted(work, draft, drafts.answers(work, draft), draft.asked or "what", inbox_id)


def _the_same(work: Work, conversation: str, inbox_id: int, draft: Draft | None, report: Report, text: str) -> None:
    """It is that report: what was begun beside it joins it, and its place is asked for where none was told."""
    if draft is None:
        adding.add(work, report, text, notify=False)
        mailbox.say(work, conversation, "report.same", reply_to=inbox_id)
        return
    answers = drafts.answers(work, draft)
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    if draft.report is None:
        for said in answers.words_of("what"):
            adding.add(work, report, said)
        drafts.close(work, draft, "cancelled")
        conversations.enter(work, conversation, None, told_rasa=False)
        mailbox.say(work, conversation, "report.same", reply_to=inbox_id)
        return
    if draft.asked == "place":
        mailbox.say(work, conversation, "report.same.place", reply_to=inbox_id)
        drafts.save(work, draft, answers, "place")
        return
    mailbox.say(work, conversation, "report.same", reply_to=inbox_id)
    questions.not_counted(work, draft, answers, draft.asked or "what", inbox_id)


def _unhandled(work: Work, conversation: str, inbox_id: int) -> bool:
    """Nobody did anything when it was told elsewhere: what is different here, and the way to tell it."""
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "report.unhandled", reply_to=inbox_id)
    return True
