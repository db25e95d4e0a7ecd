"""Which children's checks went from here, and how far that is, said to who asks: 丫头那份交没交,
说有人给我打电话 没人打啊.

What is said stands in the tasks; nobody promises a day for others.
"""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.reading.families import child_labels, handed, which_child
from bot.reading.where import places
from bot.services.eligibility import answer
from bot.services.mail import mailbox
from bot.services.reporting import proofs
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask

EFFECT = "words"
KEPT = timedelta(days=7)
"""So long what was handed over is spoken of without a code (PROPOSED, ours)."""


def asked(work: Work, conversation: str, text: str) -> bool:
    """Whether words ask which children went or who comes, and something went from here that may be meant."""
    return (handed.asks_what_went(text) or handed.asks_who_comes(text)) and bool(_meant(work, conversation))


def stands(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Say what went from here and how far it is. False: nothing went, or what was reported here since is meant."""
    if not _meant(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        say(work, conversation, inbox_id, text)
    return True


def say(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The same, once the caller has claimed the message's one effect."""
    _say(work, conversation, inbox_id, _meant(work, conversation), which_child.names(text))


def _meant(work: Work, conversation: str) -> list[CareTask]:
    tasks = care_tasks.all_of(work, conversation, work.now - KEPT)
    own = proofs.spoken_of(work, conversation) if tasks else None
    return [] if own is not None and own.received_at > tasks[-1].created_at else tasks


def _say(work: Work, conversation: str, inbox_id: int, tasks: list[CareTask], named: str | None) -> None:
    held = [care_tasks.payload(work, one) for one in tasks]
    lines = "\n".join(_line(one, told) for one, told in zip(tasks, held, strict=True))
    mailbox.say(work, conversation, "eligibility.went", {"lines": lines}, reply_to=inbox_id)
    labels = [str(told.get(care_tasks.LABEL) or "") for told in held]
    if named is not None and all(labels) and not any(child_labels.is_one(one, named) for one in labels):
        who = texts.phrase(f"eligibility.child.{child_labels.said_as(named)}")
        mailbox.say(work, conversation, "eligibility.went.not", {"who": who}, reply_to=inbox_id)
    elif not any(told.get("contact") for told in held):
        mailbox.say(work, conversation, "eligibility.went.no_contact", reply_to=inbox_id)


def _line(task: CareTask, told: dict[str, object]) -> str:
    state = "done" if task.done_at is not None else "taken" if task.taken_by is not None else "waits"
    who = str(told.get(care_tasks.NAME) or texts.phrase("eligibility.child.one"))
    day, place = answer.said_day(task.created_at.date()), places.full_name(task.area)
    state_said = texts.phrase(f"eligibility.went.{state}")
    return texts.phrase("eligibility.went.line").format(who=who, day=day, place=place, state=state_said)
