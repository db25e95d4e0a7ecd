"""Telegram in redirect mode: general answers and hotlines only; whatever is personal is told on the web page.

The one exception is danger now: place and a safe contact are taken, and the original messages are kept sealed until
somebody has taken the report on (policy reports §9).
"""

from __future__ import annotations

from sqlalchemy import select, update

from bot.reading import danger
from bot.reading.reports import told
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Conversation, Inbox

FLOW = "report"


def applies(work: Work, conversation: str) -> bool:
    """Whether this conversation is one in which nothing personal may be taken."""
    if work.web_page is None:
        return False
    row = work.session.get(Conversation, conversation)
    return row is not None and row.channel == "telegram"


def emergency_open(work: Work, conversation: str) -> bool:
    """Whether the minimum of an emergency is being taken here."""
    return drafts.current(work, conversation, FLOW) is not None


def refuses(work: Work, conversation: str, inbox_id: int) -> bool:
    """Send the person to the web page instead of opening or going on with a personal talk. False: go on here."""
    if not applies(work, conversation) or emergency_open(work, conversation):
        return False
    say(work, conversation, inbox_id)
    return True


def describes_a_child(text: str) -> bool:
    """Whether a message begins to tell of a child."""
    found = told.read(text)
    return bool(found.signs or found.child_ref) or danger.read(text).level != "none"


def say(work: Work, conversation: str, inbox_id: int) -> None:
    """110 first, then the address of the page."""
    mailbox.say(work, conversation, "chat.redirect", {"url": work.web_page}, reply_to=inbox_id)


def originals(work: Work, conversation: str | None) -> list[str]:
    """The kept messages of an emergency told here, in order, for who takes it on."""
    if conversation is None or not applies(work, conversation):
        return []
    rows = work.session.scalars(
        select(Inbox)
        .where(Inbox.conversation == conversation, Inbox.raw_sealed.is_not(None), Inbox.state == "done")
        .order_by(Inbox.id)
    )
    return [text for row in rows if (text := str(mailbox.raw_of(work, row).get("text") or ""))]


def erase_originals(work: Work, conversation: str | None) -> None:
    """Somebody has taken it on: the originals go."""
    if conversation is not None and applies(work, conversation):
        work.session.execute(
            update(Inbox).where(Inbox.conversation == conversation, Inbox.state == "done").values(raw_sealed=None)
        )
