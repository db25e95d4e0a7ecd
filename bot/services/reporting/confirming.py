"""Where a report was read back and waits for a yes: it may go, in whatever words; it had better not go, which is asked
once; a question to us, after which the same place stands. Nothing of that is added to what was told."""

from __future__ import annotations

from bot import texts
from bot.reading import danger
from bot.reading.reports import sending, told
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, questions
from bot.services.talk import policy_answers, policy_following
from bot.services.work import Work
from bot.storage.tables import Draft

ASKED, WAITS = "stop:asked", "stop:waits"
"""Among what was advised: whether it had better not go was asked, and the answer to that is what comes next."""
SOMEBODY = frozenset("孩娃他她爸妈爷奶姥叔舅姑姨哥姐弟妹")
"""Who asks of one of these may tell something with it: 他啥也不会."""


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take such a message. False: it is none of these, or is asked or told elsewhere."""
    level = danger.read(text).level
    if asked != "confirm" or answers.menu or level == "emergency" or (level != "none" and answers.childs):
        return False  # 没意思 算了 may be more than that from a child
    waits = WAITS in answers.advised
    answers.advised = [one for one in answers.advised if one != WAITS]
    if sending.sends(text):
        questions.file(work, draft, answers, inbox_id)
    elif sending.complains(text) and ASKED in answers.advised:
        questions.not_counted(work, draft, answers, "confirm", inbox_id)
    elif sending.complains(text) or (sending.stops(text) and _wants_asking(draft, text)):
        _stop(work, draft, answers, inbox_id, text)
    elif replies.announces_more(text):
        mailbox.say(work, draft.conversation, "report.confirm_more", reply_to=inbox_id)
        drafts.save(work, draft, answers, "more")
    elif waits and (short.short_answer(text) in ("yes", "no") or replies.agrees(text)):
        questions.ask(work, draft, answers, "confirm", inbox_id)  # 嗯 may be a yes to either
    elif _asks(work, draft, text):
        _answer(work, draft, answers, inbox_id, text)
    else:
        return False
    return True


def _wants_asking(draft: Draft, text: str) -> bool:
    """Whether a wish to stop is asked back: no plain order, and of what people have already only anger."""
    return sending.is_cross(text) if draft.report is not None else not sending.orders_to_stop(text)


def _stop(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> None:
    """Ask once whether it had better not go; who says so a second time is taken at his word."""
    if ASKED in answers.advised:
        filing.cancel(work, draft, answers, inbox_id, text)
        return
    answers.advised += [ASKED, WAITS]
    key = "report.confirm.stop" if draft.report is None else "report.confirm.stop.stands"
    mailbox.say(work, draft.conversation, _voiced(key, answers), reply_to=inbox_id)
    drafts.save(work, draft, answers, "confirm")


def _asks(work: Work, draft: Draft, text: str) -> bool:
    """Whether words ask something that nobody else has an answer to, and tell nothing."""
    if danger.read(text).level != "none" or not question_forms.asks(text):
        return False
    if short.short_answer(text) is not None or told.read(text).signs:
        return False
    known = replies.question(text) or replies.worry(text)
    tells = absorbing.tells_something(text) or replies.lead(text) is not None
    return known is None and not tells and not policy_following.follows(work, draft.conversation, text)


def _answer(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> None:
    """The rule where we know one, else the truth that we do not; what may tell of somebody is kept."""
    if (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY:
        policy_answers.answer(work, draft.conversation, inbox_id, text)
    elif SOMEBODY & set(text):
        answers.words.append(["what", text])
        mailbox.say(work, draft.conversation, _voiced("report.asked", answers), reply_to=inbox_id)
    else:
        mailbox.say(work, draft.conversation, _voiced("report.confirm.unknown", answers), reply_to=inbox_id)
    questions.not_counted(work, draft, answers, "confirm", inbox_id)


def _voiced(key: str, answers: Answers) -> str:
    return f"{key}.child" if answers.childs and texts.known(f"{key}.child") else key
