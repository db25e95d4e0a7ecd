"""What a director says to the record of a visit while it is open: a slip put right, that this is all, that it is to be
stored, or that the list or the log is wanted instead."""

from __future__ import annotations

from typing import Any

from bot.reading.talk import answers as short
from bot.reading.visits import visit_record_said
from bot.reading.visits import visiting as reading
from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.talk.meaning import SURE, Meant
from bot.services.visits import asked_next, log_talk, unfinished
from bot.services.visits import asking as visit_asking
from bot.services.visits import cards as visit_cards
from bot.services.work import Work
from bot.storage.tables import Draft

OWN_WORDS = ("words", "own")
"""Questions whose answer is whatever is said."""


def answered(work: Work, draft: Draft, inbox_id: int, kept: dict[str, Any], text: str) -> bool:
    """Answer such words; the open question comes after it. False: they are none of it."""
    key, args = "", {}
    if (words := visit_asking.put_right(kept, str(draft.asked), text, work.today)) is not None:
        key, args = "visit.put_right", {"words": words}
    elif draft.asked not in OWN_WORDS and _stores(draft, text):
        key = "visit.almost"
    elif (
        draft.asked in asked_next.OF_SECTIONS
        and (rest := visit_record_said.of_the_rest(reading.without_seen(text))) is not None
    ):
        visit_asking.settle_rest(kept["record"], rest)
        visit_asking.told_at_once(kept, text)
        return True
    elif draft.asked in asked_next.OF_SECTIONS and _leaves_open_which(text):
        kept["either"] = True  # 就这些, 没有, 对: that all is well, or that nobody knows? It is asked, never guessed
        return True
    if key:
        mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return bool(key)


def _stores(draft: Draft, text: str) -> bool:
    """Whether it is to be stored; 都没有 存上 before the list of emergencies was shown answers nothing either."""
    early = (
        draft.asked not in ("emergency", "finding")
        and visit_record_said.none_of_it(text)
        and short.short_answer(text) is None
    )
    return visit_record_said.stores_it(text) or early


def _leaves_open_which(text: str) -> bool:
    return visit_record_said.closes(text) or short.short_answer(text) in ("yes", "no")


def leaves(work: Work, draft: Draft, inbox_id: int, text: str, meant: Meant) -> bool:
    """Whoever is asked which home or day and asks for the list or the log instead gets it; the visit is put aside."""
    if draft.asked not in ("which", "off", "away") or meant.confidence < SURE:
        return False
    if meant.intent == "list_due_visits":
        visit_cards.tell(work, draft.conversation, inbox_id)
    elif meant.intent == "export_work_log":
        log_talk.tell(work, draft.conversation, inbox_id, text)
    else:
        return False
    drafts.keep(work, draft, unfinished.contents(work, draft), None)
    conversations.enter(work, draft.conversation, None, told_rasa=True)
    return True
