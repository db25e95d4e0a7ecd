"""An unfinished self-check that is stopped: gone within a day, or kept for a week where the family agrees
(eligibility.draft.life, PROPOSED; without consent retention.eligibility_self_check_unregistered)."""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.care import parameters
from bot.services import conversations, drafts
from bot.services.eligibility.state import KEPT, Check, keep, load
from bot.services.mail import mailbox
from bot.services.talk import language
from bot.services.work import Work
from bot.storage.tables import Draft

DAYS = int(parameters.number("eligibility.draft.life"))


def offer(work: Work, draft: Draft, inbox_id: int) -> bool:
    """Stop for now and offer to keep what was told. False: it is finished, or nothing was told yet."""
    check = load(work, draft)
    if draft.asked == "result" or not check.facts:
        return False
    label = texts.render("eligibility.button.keep", {"days": DAYS, texts.LANGUAGE: language.of(check.english)}).text
    button = [label, "eligibility.keep=yes", "quiet"]
    mailbox.say(work, draft.conversation, "eligibility.stopped", {"choices": [button]}, reply_to=inbox_id)
    keep(work, draft, check, draft.asked or "fact")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return True


def say_goodbye(work: Work, draft: Draft, inbox_id: int) -> None:
    """Whoever goes for now: what was told waits for a day, or longer where the family agrees; the check stays open."""
    check = load(work, draft)
    label = texts.render("eligibility.button.keep", {"days": DAYS, texts.LANGUAGE: language.of(check.english)}).text
    choices = [[label, "eligibility.keep=yes", "quiet"]] if check.facts and not check.kept else []
    mailbox.say(work, draft.conversation, "eligibility.goodbye", {"choices": choices}, reply_to=inbox_id)


def settle(work: Work, draft: Draft, check: Check, inbox_id: int, *, wanted: bool) -> None:
    """The family agrees to a week, or wants what it told to be gone now."""
    check.kept = wanted
    if wanted:
        keep(work, draft, check, draft.asked or "fact")
    else:
        drafts.close(work, draft, "cancelled")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    key = "eligibility.kept" if wanted else "eligibility.gone"
    mailbox.say(work, draft.conversation, key, {"days": DAYS} if wanted else None, reply_to=inbox_id)


def kept_for(work: Work, draft: Draft) -> timedelta:
    """How long after its last word a check is kept."""
    return timedelta(days=DAYS) if load(work, draft).kept else KEPT
