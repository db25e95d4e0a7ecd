"""What is said beside the questions while somebody joins: a question is answered, contact that is told counts once he
has joined, and the open question stands. Without consent nothing of it is kept.
"""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.reading.contact import joining_asked
from bot.services import drafts
from bot.services.contact import plans as contact_plans
from bot.services.contact import told_aside
from bot.services.mail import mailbox
from bot.services.talk.still_open import still_open
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

WEEK = "week"
MOST = 1
"""So often somebody may tell of the week instead of an answer; then the usual is taken."""


def heard(work: Work, draft: Draft, inbox_id: int, text: str, voice: str, *, answered: bool) -> bool:
    """Keep what is told of the week and answer what is asked. `answered`: the words answer the open question as well.
    Returns whether that question stands open again with its lead-in: these words were none but beside it."""
    kept, asked = drafts.contents(work, draft), joining_asked.read(text)
    # 你们是不是天天给我打电话 asks of us; what a clause beside it tells is of the child.
    told = "，".join(one for one in text.split() if not joining_asked.read(one))
    tells = told_aside.tells(told)
    if tells:
        kept[WEEK] = [*kept.get(WEEK, ()), told]
        kept["missed"] = kept.get("missed", 0) + (0 if answered else 1)
        drafts.keep(work, draft, kept, draft.asked)
    said = [_of_voice(f"join.asks.{one}", voice) for one in asked if not (answered and one == "hurry")]
    said += ["join.week_kept"] if tells else []
    for key in said:
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    if answered or not said or (draft.asked != "consent" and kept.get("missed", 0) > MOST):
        return False
    still_open(work, draft, inbox_id, texts.phrase(f"open.field.join.{draft.asked}"))
    return True


def takes(text: str) -> bool:
    """Whether words ask or tell something that is heard here."""
    return bool(joining_asked.read(text)) or told_aside.tells(text)


def gives_up(text: str) -> bool:
    """Whether somebody does not want to join after all: 算了 不参加了."""
    return joining_asked.read(text) == (joining_asked.GIVES_UP,)


def carry_over(work: Work, plans: list[ContactPlan], kept: dict[str, Any], conversation: str, inbox_id: int) -> None:
    """What was told of the week while he joined counts from now on."""
    told = [told_aside.keep(work, plans, str(one)) for one in kept.get(WEEK, ())]
    if any(told):
        mailbox.say(work, conversation, "join.week_told", reply_to=inbox_id)


def _of_voice(key: str, voice: str) -> str:
    """Whoever is at home is asked every two weeks, and hears that."""
    own = f"{key}.home"
    return own if voice != contact_plans.PARENT and texts.known(own) else key
