"""A wish for 委托照护 whose carer does it no longer: the kept wish is taken up, whoever has it sees that at once, and
somebody else is asked for. Nobody who wished is taken for a carer who cannot go on (JL-3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care import roles
from bot.reading.entrusted import wish_carers as reading
from bot.services import conversations, drafts
from bot.services.entrusted import wish_carers, wish_heard
from bot.services.mail import mailbox
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask, Draft

FLOW, TASK = "entrusted", "task"


def backs_out(kept: Mapping[str, Any], text: str) -> bool:
    """Whether a message says of the carer of this wish that he does it no longer."""
    told = kept["told"]
    return bool(told.get("carer")) and reading.backs_out(text, str(told["carer"]))


def goes_back(kept: Mapping[str, Any], text: str) -> bool:
    """Whether a message wants one named before again: 那还是我妈吧."""
    return reading.first_again(text) and (bool(kept.get(wish_carers.EARLIER)) or "carer" not in kept["told"])


def says_who_backs_out(work: Work, conversation: str, kept: dict[str, Any], inbox_id: int) -> bool:
    """Say that it is noted, so that somebody else is asked for next. False: nobody backs out, or another one is named
    in the same breath."""
    out = kept.pop(wish_heard.BACKED_OUT, None)
    if out is None or kept["told"].get("carer"):
        return False
    seen = TASK in kept and care_tasks.answers_for(work, kept["area"]) is not None
    handed = ".handed" if seen else ""
    mailbox.say(
        work, conversation, f"entrusted.wish.backed_out{handed}", {"carer": wish_carers.who(out)}, reply_to=inbox_id
    )
    kept["times"]["carer"], kept["barred"] = 0, True
    kept.pop("unfit", None)
    return True


def take_up(work: Work, task: CareTask, kept: dict[str, Any], most: Mapping[str, int]) -> Draft:
    """Open the talk again with what was handed over; `most`: what is not asked for once more. The task of the place
    stays the one it was."""
    conversation = str(task.conversation)
    kept |= {TASK: task.uid, "times": dict(most)}
    old = drafts.current(work, conversation, FLOW)
    if old is not None:
        drafts.close(work, old, "cancelled")
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    return drafts.begin(work, conversation, FLOW)


def hand_again(
    work: Work, draft: Draft, kept: Mapping[str, Any], told: Mapping[str, Any], lines: str, inbox_id: int
) -> bool:
    """Put what was told anew into the task of the place, and tell whoever has it. False: it goes for the first time."""
    task = work.session.get(CareTask, kept[TASK]) if TASK in kept else None
    if task is None:
        return False
    care_tasks.put_right(work, task, told, f"{FLOW}:{draft.uid}")
    role = care_tasks.answers_for(work, task.area)
    key = "entrusted.wish.sent.again" if role is not None else "entrusted.call.nobody"
    args = {"who": roles.label_zh(role), "lines": lines} if role is not None else None
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return True
