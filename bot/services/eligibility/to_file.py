"""Whether a check that a family handed over in its own words may stand in its child's file too: asked after it went.

Who hands over with buttons is asked at the last of them; whoever says 交给儿童主任吧 agreed to that alone.
"""

from __future__ import annotations

from datetime import timedelta

from bot.reading.families import handed
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies
from bot.services.mail import mailbox
from bot.services.tasks import care_tasks
from bot.services.work import Work

ASKED = "eligibility.file"
JUST_HANDED = timedelta(days=1)


def ask(work: Work, conversation: str, inbox_id: int) -> None:
    """Ask; without an answer nothing stands in the file."""
    mailbox.say(work, conversation, ASKED, reply_to=inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """Keep the answer, yes or no, with what was handed over. False: nothing was within the day, or it is in the file
    already."""
    wanted = value == "yes"
    agreed = {"how": "chat", "on": work.today.isoformat()} if wanted else None
    if not care_tasks.agreed_to_file(work, conversation, work.now - JUST_HANDED, agreed):
        return False
    mailbox.say(work, conversation, f"{ASKED}.{'yes' if wanted else 'no'}", reply_to=inbox_id)
    return True


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take 行 or 不用 to the question just asked. False: it was not, or the words say neither."""
    reply, asked = _agreement(text)
    if reply not in ("yes", "no"):
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_HANDED)
    if last is None or last.key != ASKED:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        tap(work, conversation, inbox_id, reply)
        if handed.asks_for_number(asked):
            reach = care_tasks.reach_given(work, conversation, work.now - JUST_HANDED)
            key = "eligibility.number_there" if reach else "eligibility.number_missing"
            mailbox.say(work, conversation, key, reply_to=inbox_id)
    return True


def _agreement(text: str) -> tuple[str | None, str]:
    """Yes or no, and what is asked beside it: 可以放 电话记下没. Mere thanks agree to nothing."""
    if courtesies.courtesy(text) == courtesies.THANKS:
        return None, ""
    first, _, rest = text.strip(" 。!！").replace("，", " ").replace(",", " ").partition(" ")
    if not rest or handed.asks_for_number(rest):
        said = handed.agrees_to_keep(first) or short.short_answer(first)
        return said, rest
    return short.short_answer(text), ""
