"""Of a wish for 委托照护, open or handed in: what is put right is put right, what stands is read back. No classifier
and no rule stands between; after it was handed in, staff are told and see the newest first.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot import texts
from bot.reading.entrusted import entrusted_plans, wish_corrections, wishes
from bot.reading.measures import codes
from bot.services import conversations, drafts
from bot.services.contact import bare_codes
from bot.services.entrusted import (
    planning,
    talk,
    wish_counting,
    wish_heard,
    wish_reopened,
    wish_said,
    wish_standing,
    wishing,
)
from bot.services.mail import mailbox
from bot.services.talk import opened
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask

WORDS = "words"
KNOWN = timedelta(days=90)
"""So long somebody who handed a wish in may put it right here."""
FACTS = (*wishing.CHANGES, "where", "kids")


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what puts a wish right, or asks what stands. False: there is no wish, or these words say something else."""
    flow = opened.whats_open(work, conversation).flow
    if flow == talk.FLOW:
        return _code(work, conversation, inbox_id, text) or _open(work, conversation, inbox_id, text)
    if flow is not None or planning.tells_harm(text):
        return False
    if wish_standing.goes_on(work, conversation, inbox_id, text):
        return True
    task = care_tasks.last_of(work, conversation, wishing.CALL, work.now - KNOWN)
    kept = care_tasks.payload(work, task).get(wishing.HELD) if task is not None else None
    if task is None or kept is None:
        return wish_standing.not_here(work, conversation, inbox_id, text)
    ways = (_reopens, wish_standing.told, _handed_in)
    return any(one(work, task, kept, inbox_id, text) for one in ways)


def stands(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Say how a wish handed in here stands, to whoever asks whether anybody cares. False: there is none, or something
    is open."""
    if opened.whats_open(work, conversation).flow is not None:
        return False
    task = care_tasks.last_of(work, conversation, wishing.CALL, work.now - KNOWN)
    kept = care_tasks.payload(work, task).get(wishing.HELD) if task is not None else None
    return task is not None and kept is not None and wish_standing.told(work, task, kept, inbox_id, text)


def _code(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """An invite code in a wish opens what it belongs to; the wish waits, or ends where nothing was told."""
    draft = drafts.current(work, conversation, talk.FLOW)
    found = codes.find(text)
    if draft is None or not found or any(one.kind != "invite_code" for one in found):
        return False
    kept = drafts.contents(work, draft)
    if not wishing.is_one(kept) or not codes.stand_alone(text, found):
        return False
    if not kept["told"]:
        drafts.close(work, draft, "cancelled")
    conversations.enter(work, conversation, None, told_rasa=False)
    return bare_codes.takes(work, conversation, inbox_id, text)


def _open(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    draft = drafts.current(work, conversation, talk.FLOW)
    if draft is None or draft.asked is None:
        return False
    kept = drafts.contents(work, draft)
    if not wishing.is_one(kept) or planning.tells_harm(text):
        return False
    if wish_corrections.asks_back(text) is None and not (_puts_right(kept, text) or _of_this_talk(kept, text)):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        wishing.turn(work, draft, kept, inbox_id, text)
    return True


def _of_this_talk(kept: dict[str, Any], text: str) -> bool:
    """Whether no rule and no classifier has to be asked: who does it no longer or again, whether the child counts as
    left behind then, how the weekly call goes, that it is to be handed over."""
    asks = entrusted_plans.asks_left_behind(text) or wish_said.answers(text)
    of_a_person = wish_reopened.backs_out(kept, text) or wish_reopened.goes_back(kept, text)
    return asks or of_a_person or wishes.hands_over(text)


def _reopens(work: Work, task: CareTask, kept: dict[str, Any], inbox_id: int, text: str) -> bool:
    """我昨天办那个委托 我妹反悔了: staff see it at once, and somebody else is asked for. False: nobody backs out."""
    if not wish_reopened.backs_out(kept, text):
        return False
    if not mailbox.take_effect(work, inbox_id, WORDS):
        return True
    wish_heard.hear(kept, text, "")
    out = kept.get(wish_heard.BACKED_OUT)
    care_tasks.put_right(work, task, wishing.payload(kept), f"{wishing.CALL}:{inbox_id}")
    draft = wish_reopened.take_up(work, task, kept, dict.fromkeys(wishing.STEPS[kept["doing"]], wishing.MOST))
    if not wish_reopened.says_who_backs_out(work, draft.conversation, kept, inbox_id):
        args = {"lines": wishing.stands(kept, wish_corrections.CARER)} if out else {"lines": wishing.recap(kept)}
        mailbox.say(work, draft.conversation, "entrusted.wish.put_right", args, reply_to=inbox_id)
    wishing.ask(work, draft, kept, inbox_id)
    return True


def _handed_in(work: Work, task: CareTask, kept: dict[str, Any], inbox_id: int, text: str) -> bool:
    talk_of = str(task.conversation)
    back = wish_corrections.asks_back(text)
    off = wish_corrections.is_off(text)
    right = off or _puts_right(kept, text)
    again = wish_corrections.corrects(text) and bool(wish_corrections.name(text))  # the same told once more
    counts = entrusted_plans.asks_left_behind(text)
    if not (right or back or again or counts or wish_said.answers(text)):
        return False
    if not mailbox.take_effect(work, inbox_id, WORDS):
        return True
    if counts:
        wish_counting.say(work, talk_of, kept, inbox_id)
        return True
    if not (right or back or again):
        for key in wish_said.keys(text, kept["told"], kept["told"]):
            mailbox.say(work, talk_of, key, {"carer": wishing.carer(kept)}, reply_to=inbox_id)
        return True
    before = dict(kept["told"])
    wish_heard.hear(kept, text, "") if not back else None
    if off:
        kept["changed"] = [texts.phrase("entrusted.wish.off"), *kept.get("changed", [])]
    if off or kept["told"] != before:
        care_tasks.put_right(work, task, wishing.payload(kept), f"{wishing.CALL}:{inbox_id}")
        key = "entrusted.wish.off_taken" if off else "entrusted.wish.put_right"
        mailbox.say(work, talk_of, key, {"lines": wishing.changed(kept, before)}, reply_to=inbox_id)
    else:
        lines = wishing.stands(kept, back or wish_corrections.ALL)
        mailbox.say(work, talk_of, "entrusted.wish.stands", {"lines": lines}, reply_to=inbox_id)
    return True


def _puts_right(kept: dict[str, Any], text: str) -> bool:
    """Whether a message that puts something right changes what stands."""
    says = wish_corrections.corrects(text) or wish_corrections.gives_number(text)
    if not (says or wish_reopened.goes_back(kept, text)):
        return False
    trial = {**kept, "told": dict(kept["told"]), "words": list(kept["words"])}
    trial["earlier"] = list(kept.get("earlier", ()))
    wish_heard.hear(trial, text, "")
    return any(trial["told"].get(name) != kept["told"].get(name) for name in FACTS)
