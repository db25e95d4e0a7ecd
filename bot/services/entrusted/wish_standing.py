"""How a wish for 委托照护 stands: one put aside goes on with the next word about it; of one handed in is said who has
it and what is still to be done (JL-3.5), without a code; of one told in another talk, that it cannot be seen from here.
"""

from __future__ import annotations

from typing import Any

from bot.care import calendar, roles
from bot.reading.entrusted import wish_asked, wish_corrections, wishes
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.entrusted import wish_reopened, wishing
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask

FLOW, WORDS = "entrusted", "words"


def goes_on(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take up a wish that was put aside, when something of it is told, asked or handed over. False: there is none, or
    these words say something else."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None:
        return False
    kept = drafts.contents(work, draft)
    of_a_person = wish_reopened.backs_out(kept, text) or wish_reopened.goes_back(kept, text)
    if not wishing.is_one(kept) or not (of_a_person or _of_a_wish(text)):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        conversations.enter(work, conversation, FLOW, told_rasa=False)
        wishing.turn(work, draft, kept, inbox_id, text)
    return True


def _of_a_wish(text: str) -> bool:
    read = wishes.read(text)
    told = bool(read.carer or read.carer_name) or bool(wish_corrections.day(text)) or wishes.notices(text)
    asked = wishes.asks_what_is_left(text) or wish_asked.progress(text) or wish_corrections.asks_back(text) is not None
    return bool(told) or asked or wishes.hands_over(text) or wishing.takes(text)


def told(work: Work, task: CareTask, kept: dict[str, Any], inbox_id: int, text: str) -> bool:
    """Say who has what was handed in, or what is still to be done. False: neither is asked, or a report came after."""
    left, progress = wishes.asks_what_is_left(text), wish_asked.progress(text)
    if not (left or progress) or _reported_since(work, task):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        talk_of = str(task.conversation)
        if progress or not left:
            args = {"day": _day(task), "who": _who(work, task), "lines": wishing.recap(kept, words=False)}
            mailbox.say(work, talk_of, f"entrusted.wish.stands.{_state(work, task)}", args, reply_to=inbox_id)
        else:
            wishing.say_left(work, talk_of, kept, inbox_id)
    return True


def not_here(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """How a wish stands is asked where none was told: it is not known here, and no code is asked for. False: it is
    not, or something else stands here that may be meant."""
    if not wish_asked.of_a_wish_told(text) or accounts.member(work, conversation) is not None:
        return False
    if reports.of_conversation(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        mailbox.say(work, conversation, "entrusted.wish.not_here", reply_to=inbox_id)
    return True


def _reported_since(work: Work, task: CareTask) -> bool:
    report = reports.of_conversation(work, str(task.conversation))
    return report is not None and report.received_at > task.created_at


def _state(work: Work, task: CareTask) -> str:
    if task.state == "open":
        return "open" if care_tasks.answers_for(work, task.area) is not None else "nobody"
    return task.state if task.state == "taken" else "done"


def _who(work: Work, task: CareTask) -> str:
    role = care_tasks.answers_for(work, task.area)
    return roles.label_zh(role) if role is not None else ""


def _day(task: CareTask) -> str:
    day = calendar.local(task.created_at)
    return f"{day.month}月{day.day}日"
