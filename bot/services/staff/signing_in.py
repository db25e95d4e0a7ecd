"""The door to the staff page: a one-time link in the bound chat, a session in one browser, and its end.

Rights are never kept in the session: each request reads anew who is bound and in which posts (guarantee 16).
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from bot import texts
from bot.care import parameters
from bot.reading.staff import register
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.tables import Outbox, PageLink, PageSession

TAP = "page"
LINK_KEY = "page.link"
DOOR = "/staff/in/"
KEPT = timedelta(days=1)
SEEN_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Entered:
    """A fresh session: the secret for the browser's cookie, and the report to show first (None: the list)."""

    token: str
    goes_to: str | None


@dataclass(frozen=True)
class Visitor:
    """Who is signed in now, with the posts of this moment, and the secret every form of this session carries."""

    member: accounts.Member
    form_key: str


def asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A bound staff member says 打开网页 or 我的页面: a fresh link. False: that was not said, or not by staff."""
    if not register.asks_for_the_page(text) or accounts.member(work, conversation) is None:
        return False
    if mailbox.take_effect(work, inbox_id, TAP):
        tap(work, conversation, inbox_id, "")
    return True


def tap(work: Work, conversation: str, inbox_id: int, report: str) -> None:
    """A tap on "page:<report>" or "page:": a fresh one-time link. Whether the report may be seen is asked there."""
    token = link(work, conversation, report or None)
    if token is None:
        choices = [[texts.phrase("button.invite"), "flow:bind"]]
        mailbox.say(work, conversation, "chat.not_staff", {"choices": choices}, reply_to=inbox_id)
        return
    args = {"url": f"{work.public_url}{DOOR}{token}", "minutes": _minutes("staff.page_link.life")}
    mailbox.say(work, conversation, LINK_KEY, args, reply_to=inbox_id)


def link(work: Work, conversation: str, goes_to: str | None = None) -> str | None:
    """The secret of a one-time link for whoever is bound here; an earlier unopened one ends. None: not staff."""
    member = accounts.member(work, conversation)
    if member is None:
        return None
    work.session.execute(
        update(PageLink)
        .where(PageLink.account == member.account, PageLink.opened_at.is_(None), PageLink.expires_at > work.now)
        .values(expires_at=work.now)
    )
    token = secrets.token_urlsafe(24)
    work.session.add(
        PageLink(
            token_key=work.vault.blind("page link", token),
            account=member.account,
            conversation=conversation,
            goes_to=goes_to if goes_to and len(goes_to) <= 26 else None,
            created_at=work.now,
            expires_at=work.now + timedelta(minutes=_minutes("staff.page_link.life")),
        )
    )
    work.session.flush()
    journal.record(work, member.account, "page link made", member.account)
    return token


def opens(work: Work, token: str) -> bool:
    """Whether a link would open now. Looking does not use it up: chats fetch a preview of every link."""
    return _alive(work, token) is not None


def enter(work: Work, token: str, earlier: str | None = None) -> Entered | None:
    """Open a link, once: a new session always, the browser's earlier one ends. None: used, expired or no such link."""
    found = _alive(work, token)
    if found is None:
        return None
    won = work.session.execute(
        update(PageLink)
        .where(PageLink.token_key == found.token_key, PageLink.opened_at.is_(None))
        .values(opened_at=work.now)
        .execution_options(synchronize_session=False)
    )
    if not won.rowcount:  # type: ignore[attr-defined]  # the result of an UPDATE has it
        return None
    if earlier:
        leave(work, earlier)
    secret = secrets.token_urlsafe(32)
    work.session.add(
        PageSession(
            token_key=work.vault.blind("page session", secret),
            account=found.account,
            conversation=found.conversation,
            form_key=secrets.token_urlsafe(32),
            began_at=work.now,
            seen_at=work.now,
        )
    )
    work.session.flush()
    journal.record(work, found.account, "page opened", found.account)
    return Entered(secret, found.goes_to)


def visitor(work: Work, token: str, *, touch: bool = True) -> Visitor | None:
    """Who holds this session. None once it is over: idle, too long, signed out, suspended, or bound elsewhere.

    `touch` False (a page that looks by itself for news) does not keep a forgotten browser signed in.
    """
    row = _session(work, token)
    if row is None:
        return None
    length = parameters.value("staff.page_login.length").value
    idle, at_most = timedelta(minutes=length["idle"]), timedelta(minutes=length["at_most"])
    if work.now - row.seen_at >= idle or work.now - row.began_at >= at_most:
        row.ended_at = work.now
        return None
    member = accounts.member(work, row.conversation)
    if member is None or member.account != row.account:
        row.ended_at = work.now
        return None
    if touch and work.now - row.seen_at >= SEEN_EVERY:
        row.seen_at = work.now
    return Visitor(member, row.form_key)


def leave(work: Work, token: str) -> None:
    """Sign out."""
    row = _session(work, token)
    if row is not None:
        row.ended_at = work.now
        journal.record(work, row.account, "page left", row.account)


def fits(held: Visitor, form_key: str) -> bool:
    """Whether a form was made for this very session."""
    return hmac.compare_digest(held.form_key.encode(), form_key.encode("utf-8", "replace"))


def forget(work: Work) -> int:
    """Links nobody can open any more leave the outbox, and links and sessions long over leave the database.

    Returns how many messages were erased.
    """
    work.session.execute(delete(PageLink).where(PageLink.expires_at <= work.now - KEPT))
    work.session.execute(delete(PageSession).where(PageSession.began_at <= work.now - KEPT))
    over = work.now - timedelta(minutes=_minutes("staff.page_link.life"))
    erased = work.session.execute(
        update(Outbox)
        .where(
            Outbox.key == LINK_KEY,
            Outbox.args_sealed.is_not(None),
            or_(Outbox.created_at <= over, Outbox.state == "withdrawn"),
        )
        .values(args_sealed=None, state="withdrawn")
    )
    return int(erased.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def _alive(work: Work, token: str) -> PageLink | None:
    found = work.session.get(PageLink, work.vault.blind("page link", token))
    if found is None or found.opened_at is not None or found.expires_at <= work.now:
        return None
    member = accounts.member(work, found.conversation)
    return found if member is not None and member.account == found.account else None


def _session(work: Work, token: str) -> PageSession | None:
    return work.session.scalar(
        select(PageSession).where(
            PageSession.token_key == work.vault.blind("page session", token), PageSession.ended_at.is_(None)
        )
    )


def _minutes(key: str) -> int:
    return int(parameters.number(key))
