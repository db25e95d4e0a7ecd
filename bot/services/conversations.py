"""Conversations: an opaque id for a talk, reached by a web token or, while allowed, by a sealed chat address."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot import texts
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Conversation

OF_A_REPORT = ("report", "status", "supplement", "withdraw", "answer", "dispute", "police")
"""The flows in which whoever told of himself as a child goes on being spoken to as one."""


@dataclass(frozen=True)
class Opened:
    """A new web conversation and the secret its browser keeps."""

    conversation: str
    token: str


def open_web(work: Work) -> Opened:
    """Start a web conversation. The token is kept only as a keyed hash."""
    uid, token = opaque_id(), secrets.token_urlsafe(24)
    work.session.add(_made(work, uid, "web", token_key=work.vault.blind("web token", f"{uid}:{token}")))
    work.session.flush()
    return Opened(uid, token)


def web_holder(work: Work, uid: str, token: str) -> bool:
    """Whether this token belongs to this conversation (absent and wrong look alike)."""
    row = work.session.get(Conversation, uid)
    known = row.token_key if row is not None and row.token_key is not None else "0" * 64
    return hmac.compare_digest(known, work.vault.blind("web token", f"{uid}:{token}"))


def for_chats(work: Work, channel: str, addresses: Set[str]) -> dict[str, str]:
    """The conversations that now belong to chat addresses, made on first contact: by address.

    Two statements, however many addresses there are.
    """
    keys = {address_key(work, channel, address): address for address in sorted(addresses)}
    rows = work.session.execute(
        select(Conversation.address_key, Conversation.uid).where(Conversation.address_key.in_(keys))
    )
    known = {keys[str(key)]: uid for key, uid in rows}
    for key, address in keys.items():
        if address not in known:
            known[address] = uid = opaque_id()
            sealed = work.seal("conversations.address", uid, address)
            work.session.add(_made(work, uid, channel, address_key=key, address_sealed=sealed))
    work.session.flush()
    return known


def address_key(work: Work, channel: str, address: str) -> str:
    """Keyed hash under which a chat address is found."""
    return work.vault.blind("address", f"{channel}:{address}")


def address(work: Work, uid: str) -> str | None:
    """The chat address of a conversation for the sender only; None when there is none (any more)."""
    row = work.session.get(Conversation, uid)
    if row is None or row.address_sealed is None:
        return None
    opened: str = work.open("conversations.address", uid, row.address_sealed)
    return opened


def _made(
    work: Work,
    uid: str,
    channel: str,
    *,
    token_key: str | None = None,
    address_key: str | None = None,
    address_sealed: bytes | None = None,
) -> Conversation:
    return Conversation(
        uid=uid,
        channel=channel,
        token_key=token_key,
        address_key=address_key,
        address_sealed=address_sealed,
        created_at=work.now,
    )


def heard(work: Work, uid: str) -> Conversation:
    """Somebody wrote in this conversation: it is reachable (again)."""
    row = work.session.get_one(Conversation, uid)
    row.unreachable_at = None
    return row


def enter(work: Work, uid: str, flow: str | None, *, told_rasa: bool) -> None:
    """Set the open flow. When Rasa did not take part, a new episode makes it read our drafts again."""
    row = work.session.get_one(Conversation, uid)
    if row.flow != flow:
        row.flow = flow
        if flow is not None and flow not in OF_A_REPORT and row.language == texts.TO_A_CHILD:
            row.language = None
        if not told_rasa:
            row.episode += 1


def speak(work: Work, uid: str, *, child: bool) -> None:
    """From now on what is said there is said as to a child, or no longer so. Who writes English hears English."""
    row = work.session.get_one(Conversation, uid)
    if row.language != texts.ENGLISH:
        row.language = texts.TO_A_CHILD if child else None


def keep_address(work: Work, uid: str) -> None:
    """A reporter is to be answered again: an address that was about to go stays (if it is still there)."""
    row = work.session.get_one(Conversation, uid)
    if row.address_sealed is not None:
        row.address_until = None


def let_address_go(work: Work, uid: str, at: datetime) -> None:
    """From `at` on nobody may answer at the address of a parted, anonymous conversation (reports.yml#anonymity).

    A chat that goes on talking with us under its own key keeps its address; without it no reply could reach it.
    """
    row = work.session.get_one(Conversation, uid)
    if row.address_sealed is not None and row.address_key is None:
        row.address_until = at


def part(work: Work, uid: str, *, keep_address: bool) -> None:
    """Let go of an anonymous reporter's chat: the chat's next words belong to a new conversation.

    The old one, which the report points to, keeps no hash of the chat, and its sealed address only while
    follow-up is wanted (reports.yml#anonymity); without it the address goes once the last word is delivered
    (`retention.erase_addresses`). A staff member's bound conversation stays: it is known by the post anyway.
    """
    bound = work.session.scalar(select(Account.uid).where(Account.conversation == uid))
    row = work.session.get_one(Conversation, uid)
    if bound is not None or row.channel == "web":
        return
    row.address_key = None
    if not keep_address:
        row.address_until = work.now
