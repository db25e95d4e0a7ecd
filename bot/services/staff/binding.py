"""Binding a conversation to a staff account with a one-time invite code."""

from __future__ import annotations

from bot import texts
from bot.care import roles
from bot.reading.measures import codes
from bot.reading.talk import answers as short
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.contact import invites, joining
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Draft

FLOW = "bind"
AT_THE_DOORSTEP = ("child_director", "child_supervisor")


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Open the binding flow; a code in the first breath is tried at once."""
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    return _take(work, draft, inbox_id, text)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message in the binding flow. Returns the field asked next, None when it ended."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    if (short.short_answer(text) or meant.reply) in ("cancel", "skip", "unsure"):
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft)
    return _take(work, draft, inbox_id, text)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Binding has no buttons of its own."""
    return False


def takes(work: Work, conversation: str, text: str) -> bool:
    """Only a code answers: every question asked beside it is one."""
    return False


def _take(work: Work, draft: Draft, inbox_id: int, text: str) -> str | None:
    code = next((found.value for found in codes.find(text) if found.kind == "invite_code"), None)
    if code is None:
        key = "bind.invite_code.again" if draft.asked else "bind.invite_code"
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
        drafts.save(work, draft, drafts.answers(work, draft), "invite_code")
        return "invite_code"
    if invites.knows(work, text):
        # A family's code at the door of the staff: the same words, another house.
        drafts.close(work, draft, "done")
        joining.start(work, draft.conversation, inbox_id, text)
        return None
    bound = accounts.bind(work, draft.conversation, code)
    args: dict[str, object] = {}
    if bound.member is not None:
        posts = "、".join(f"{places.full_name(area)}{roles.label_zh(role)}" for role, area in bound.member.posts)
        args = {"name": bound.member.name, "posts": posts, "choices": _first_steps(bound.member)}
    mailbox.say(work, draft.conversation, f"bind.{bound.outcome}", args, reply_to=inbox_id)
    return _end(work, draft)


def _first_steps(member: accounts.Member) -> list[list[str]]:
    """What whoever looks after children opens first."""
    if not any(role in AT_THE_DOORSTEP for role, _ in member.posts):
        return []
    return [
        [texts.phrase("staff.button.visits"), "due:list:", "primary"],
        [texts.phrase("staff.button.children"), "flow:child"],
    ]


def _end(work: Work, draft: Draft) -> str | None:
    """The flow is over: nothing is asked next."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
