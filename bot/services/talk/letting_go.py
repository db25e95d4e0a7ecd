"""The question about words that only sounded odd is let go when the next words have nothing to do with a child: who
chats is asked no county, and no report is left open for him."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import asides, reporting, told
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import failing, policy_answers
from bot.services.talk.meaning import Meant
from bot.services.work import Work

CHAT: dict[str, str] = {
    "out_of_scope": failing.OUT_OF_SCOPE,
    "greet": "chat.greet",
    "goodbye": "chat.goodbye",
    "thank": "chat.thank",
    "bot_challenge": "chat.bot",
    "ask_help": "chat.help",
    "ask_policy": policy_answers.KEY,
}
"""Intents of words that are about no child, and what answers them."""
SURE = 0.7
OPEN = ("danger_now", "kind")


def denies(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whoever answers the question about danger by saying that no child is concerned (没有 我家没小孩) is asked nothing
    more. False: it is not said, or something was told that anybody could look into."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.report is not None or draft.asked not in OPEN or not reporting.no_child(text):
        return False
    answers = drafts.answers(work, draft)
    if answers.facts.get("signs") or answers.doubtful or danger.read(text).level != "none" or told.read(text).signs:
        return False
    drafts.close(work, draft, "cancelled")
    conversations.enter(work, conversation, None, told_rasa=True)
    mailbox.say(work, conversation, "chat.thanks", reply_to=inbox_id)
    return True


def _of_a_child(answers: drafts.Answers) -> bool:
    """Whether anything told so far speaks of one child, or of a place."""
    said = "".join(answers.words_of("what"))
    return bool(told.read(said).child_ref or told.read(said).child_age_years or reporting.one_child(said))


def lets_go(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> bool:
    """Answer such words for what they are and close the talk that the question began. False: they may belong to it."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.report is not None or draft.asked not in OPEN:
        return False
    answers, key = drafts.answers(work, draft), CHAT.get(meant.intent or "")
    place = places.find(text)
    tells = told.read(text).signs or place.best or place.candidates
    sounds = danger.read(text).level != "none" or tells or asides.kinds(text) & {asides.ALARM}
    if key is None or meant.confidence < SURE or sounds or replies.question(text) is not None:
        return False
    began_oddly = intake.ODD in answers.advised or not _of_a_child(answers)
    if not began_oddly or answers.facts.get("signs") or answers.doubtful or answers.area is not None:
        return False
    drafts.close(work, draft, "cancelled")
    conversations.enter(work, conversation, None, told_rasa=True)
    if key == policy_answers.KEY:
        policy_answers.answer(work, conversation, inbox_id, text)
    elif key == failing.OUT_OF_SCOPE:
        failing.say(work, conversation, inbox_id, key)
    else:
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    return True
