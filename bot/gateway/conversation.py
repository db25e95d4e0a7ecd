"""The one path every message takes: kept, danger first, taps, masked, Rasa, reply.

A message is in the inbox before anybody calls `handle`; whatever happens here, it is processed to exactly one
end: by danger, by a tap, by Rasa, or alone. Database work runs in threads, one transaction each.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.gateway.masking import mask
from bot.gateway.rasa import Rasa, RasaSilent
from bot.services import conversations, evidence, mailbox, redirecting, talk
from bot.services.work import Work
from bot.storage.crypto import SealBroken, Vault
from bot.storage.database import Database
from bot.storage.tables import Conversation

LOG = logging.getLogger("hutong.conversation")


@dataclass(frozen=True)
class ForRasa:
    """A message that needs understanding: who Rasa thinks speaks, the masked words, and the claim on the row."""

    held: mailbox.Claim
    sender: str
    masked: str
    text: str


class Path:
    """The path of a message. `woken` is called after every transaction that may have put something in the outbox,
    `brought` after one that took a photo, recording or file."""

    def __init__(self, database: Database, vault: Vault, rasa: Rasa, now: Callable[[], datetime]) -> None:
        self._database, self._vault, self._rasa, self._now = database, vault, rasa, now
        self.woken: Callable[[], None] = lambda: None
        self.brought: Callable[[], None] = lambda: None
        self._with_media: set[int] = set()
        self.web_page: str | None = None
        self.public_url = ""

    def _work(self, session: Session) -> Work:
        return Work(session, self._vault, self._now(), self.web_page, self.public_url)

    async def handle(self, inbox_id: int) -> bool:
        """Process one kept message to its end. False: it is done already or somebody else holds it."""
        waiting = await asyncio.to_thread(self._first_look, inbox_id)
        self.woken()
        if inbox_id in self._with_media:
            self._with_media.discard(inbox_id)
            self.brought()
        if not isinstance(waiting, ForRasa):
            return waiting
        await self._understand(waiting)
        self.woken()
        return True

    async def _understand(self, waiting: ForRasa) -> None:
        try:
            understood = await self._rasa.say(waiting.sender, waiting.masked, waiting.held.id)
        except RasaSilent as silence:
            LOG.warning("rasa silent: %s (message %s)", silence, waiting.held.id)
            await asyncio.to_thread(self._alone, waiting)
        else:
            await asyncio.to_thread(self._finish, waiting, understood.keys)

    def _first_look(self, inbox_id: int) -> ForRasa | bool:
        """Everything that needs no understanding, in one transaction."""
        with self._database.begin() as session:
            held = mailbox.claim(self._work(session), inbox_id)
        if held is None:
            return False
        try:
            with self._database.begin() as session:
                return self._settle(self._work(session), held)
        except SealBroken:
            LOG.error("message %s cannot be opened", inbox_id)
            return self._set_aside(held)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # A defect of ours on this one message must not stop the neighbours: it is set aside, still sealed.
            LOG.error("message %s failed: %s at %s", inbox_id, type(error).__name__, _where(error))
            return self._set_aside(held)

    def _settle(self, work: Work, held: mailbox.Claim) -> ForRasa | bool:
        raw = held.raw
        if held.conversation is None:
            mailbox.finish(work, held)
            return True
        row = conversations.heard(work, held.conversation)
        text = str(raw.get("text") or "")
        settled = self._settle_without_words(work, held, raw)
        if not settled and text.strip():
            if (
                talk.page_asked(work, held.conversation, held.id, text)
                or talk.for_people(work, held.conversation, held.id, text)
                or talk.urgent(work, held.conversation, held.id, text)
            ):
                settled = True
            else:
                masked = mask(text)
                if masked:
                    return ForRasa(held, f"{row.uid}.{row.episode}", masked, text)
        if not settled:
            mailbox.say(work, held.conversation, "chat.nothing_to_take", reply_to=held.id)
        self._end(work, held)
        return True

    def _end(self, work: Work, held: mailbox.Claim) -> None:
        """Done; the raw message is erased, except the minimum of an emergency in redirect mode (reports.md §9)."""
        talked = held.conversation
        keep = talked is not None and redirecting.applies(work, talked) and redirecting.emergency_open(work, talked)
        mailbox.finish(work, held, keep_raw=keep)

    def _settle_without_words(self, work: Work, held: mailbox.Claim, raw: dict[str, Any]) -> bool:
        conversation = str(held.conversation)
        if raw.get("choice") is not None:
            talk.tap(work, conversation, held.id, str(raw["choice"]))
        elif raw.get("invite"):
            talk.invited(work, conversation, held.id, str(raw["invite"]))
        elif raw.get("location"):
            pin = raw["location"]
            talk.place_shared(work, conversation, held.id, float(pin["lat"]), float(pin["lon"]))
        elif raw.get("contact"):
            talk.contact_shared(work, conversation, held.id, str(raw["contact"]))
        elif raw.get("media"):
            brought = evidence.Brought.of(raw)
            self._with_media.add(held.id)
            talk.evidence_shared(work, conversation, held.id, brought, str(raw.get("text") or "").strip())
        elif raw.get("welcome"):
            mailbox.say(work, conversation, "chat.welcome", reply_to=held.id)
        else:
            return False
        return True

    def _finish(self, waiting: ForRasa, keys: tuple[str, ...]) -> None:
        """Say Rasa's stateless replies; an answer with neither replies nor an effect of ours is a failure."""
        held, conversation = waiting.held, str(waiting.held.conversation)
        with self._database.begin() as session:
            work = self._work(session)
            said = bool(mailbox.replies_to(work, held.id))
            # With a flow open the words belong to it: a stateless reply then means that Rasa lost the place.
            if not said and talk.whats_open(work, conversation).flow is None:
                said = talk.answer(work, conversation, held.id, keys, waiting.text)
            if not said:
                talk.alone(work, conversation, held.id, waiting.text, starting=False)
            self._end(work, held)

    def _alone(self, waiting: ForRasa) -> None:
        with self._database.begin() as session:
            work = self._work(session)
            conversation = str(waiting.held.conversation)
            talk.alone(work, conversation, waiting.held.id, waiting.text, starting=not self._rasa.answered)
            self._end(work, waiting.held)

    def _set_aside(self, held: mailbox.Claim) -> bool:
        """Quarantine a message we cannot process; after a few tries for good. Its raw text stays sealed."""
        with self._database.begin() as session:
            work = self._work(session)
            if held.conversation is not None and session.get(Conversation, held.conversation) is not None:
                mailbox.say(
                    work,
                    held.conversation,
                    "danger.cannot_store",
                    reply_to=held.id,
                    natural_key=f"aside:{held.id}",
                )
            return mailbox.finish(work, held, state="quarantined", keep_raw=True)


def _where(error: BaseException) -> str:
    """File and line of the innermost frame: enough to mend, nothing of what was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
