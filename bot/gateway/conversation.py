"""The one path every message takes: kept, danger first, taps, masked, Rasa, reply.

A message is in the inbox before anybody calls `handle`; whatever happens here, it is processed to exactly one
end: by danger, by a tap, by Rasa, or alone. Database work runs in threads, one transaction each.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from bot.gateway.masking import mask
from bot.gateway.rasa import RasaSilent, Understanding
from bot.services import conversations
from bot.services.mail import arriving, mailbox
from bot.services.reporting import evidence
from bot.services.talk import doors, language, redirecting
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database
from bot.storage.once import anew
from bot.storage.tables import Conversation

LOG = logging.getLogger("hutong.conversation")
# What a defect of ours on one message, or a value no database takes, looks like. A database that is away is not here.
STUMBLES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, DataError)


Last = Callable[[Work], None]
"""Called in the transaction that ends a message, after all else: what is read there is exactly what was said."""


def _nothing(_: Work) -> None:
    """Nobody wants to read anything at the end of the message."""


class ClaimLost(Exception):
    """Somebody else took the message meanwhile: nothing of this transaction may stand."""


@dataclass(frozen=True)
class ForRasa:
    """A message that needs understanding: who Rasa thinks speaks, the masked words, and the claim on the row."""

    held: mailbox.Claim
    sender: str
    masked: str
    text: str
    last: Last


class Path:
    """The path of a message. `woken` is called after every transaction that may have said something, `posted` after
    one that said what a channel has to carry, `brought` after one that took a photo, recording or file."""

    def __init__(self, database: Database, vault: Vault, rasa: Understanding, now: Callable[[], datetime]) -> None:
        self._database, self._vault, self._rasa, self._now = database, vault, rasa, now
        self.woken: Callable[[], None] = lambda: None
        self.posted: Callable[[], None] = lambda: None
        self.brought: Callable[[], None] = lambda: None
        self._with_media: set[int] = set()
        self._to_carry: set[int] = set()
        self.web_page: str | None = None
        self.public_url = ""
        self._first, self._read_through = asyncio.Lock(), False

    def work(self, session: Session) -> Work:
        """What the services need, at the present moment."""
        return Work(session, self._vault, self._now(), self.web_page, self.public_url)

    async def handle(self, inbox_id: int) -> bool:
        """Process one kept message to its end. False: it is done already or somebody else holds it."""
        async with self.one_at_first():
            held = await asyncio.to_thread(self._claim, inbox_id)
            if held is None:
                return False
            waiting = await asyncio.to_thread(self.look, held, _nothing)
        return await self.go_on(held, waiting)

    @asynccontextmanager
    async def one_at_first(self) -> AsyncIterator[None]:
        """Until words have been read through in this process, one message at a time.

        Each would make the same word lists anew: ten at once take ten times as long and hold ten connections meanwhile.
        """
        if self._read_through:
            yield
            return
        async with self._first:
            yield

    async def take_up(self, held: mailbox.Claim, last: Last = _nothing) -> bool:
        """Process a claimed message to its end. False: the claim was lost meanwhile, nothing of this stands."""
        return await self.go_on(held, await asyncio.to_thread(self.look, held, last))

    async def go_on(self, held: mailbox.Claim, waiting: ForRasa | bool) -> bool:
        """The rest of a message that somebody has looked at (`look`); the answer is that of `take_up`."""
        self.woken()
        for whose, tell in ((self._with_media, self.brought), (self._to_carry, self.posted)):
            if held.id in whose:
                whose.discard(held.id)
                tell()
        if not isinstance(waiting, ForRasa):
            return waiting
        settled = await self._understand(waiting)
        self.woken()
        self.posted()  # what the actions said of it in their own process is not known here
        return settled

    def _claim(self, inbox_id: int) -> mailbox.Claim | None:
        with self._database.begin() as session:
            arriving.let_arrive(session, inbox_id)
            return mailbox.claim(self.work(session), inbox_id)

    async def _understand(self, waiting: ForRasa) -> bool:
        try:
            understood = await self._rasa.say(waiting.sender, waiting.masked, waiting.held.id)
        except RasaSilent as silence:
            LOG.warning("rasa silent: %s (message %s)", silence, waiting.held.id)
            return await asyncio.to_thread(self._alone, waiting)
        return await asyncio.to_thread(self._finish, waiting, understood.keys)

    def _or_aside(self, held: mailbox.Claim, step: Callable[[Work], ForRasa | bool], last: Last) -> ForRasa | bool:
        """One transaction on a message. Stumbling over it must not stop the neighbours: it is set aside, sealed.

        False: the claim was lost, nothing stands.
        """

        def transaction() -> ForRasa | bool:
            with self._database.begin() as session:
                work = self.work(session)
                return self._looked(work, held, step(work), last)

        try:
            return anew(transaction)
        except ClaimLost:
            LOG.warning("message %s took too long: another process has it", held.id)
            return False
        except STUMBLES as error:
            LOG.error("message %s failed: %s at %s", held.id, type(error).__name__, _where(error))
            return self._set_aside(held, last)

    def look(self, held: mailbox.Claim, last: Last) -> ForRasa | bool:
        """Everything that needs no understanding, in one transaction of this thread. `go_on` has to follow.

        Where a thread is at work for the message anyway: a hop to another one costs as much as two statements.
        """
        return self._or_aside(held, lambda work: self._settle(work, held, last), last)

    def settle(self, work: Work, held: mailbox.Claim, last: Last) -> ForRasa | bool:
        """As `look`, in a transaction of the caller's. Raises what the message stumbles over, one of `STUMBLES`."""
        return self._looked(work, held, self._settle(work, held, last), last)

    def _looked(self, work: Work, held: mailbox.Claim, outcome: ForRasa | bool, last: Last) -> ForRasa | bool:
        if outcome is True:
            last(work)
        if mailbox.to_carry(work, held):
            self._to_carry.add(held.id)
        return outcome

    def _settle(self, work: Work, held: mailbox.Claim, last: Last) -> ForRasa | bool:
        raw = mailbox.raw_of(work, held)
        if held.conversation is None:
            self._end(work, held)
            return True
        row = conversations.heard(work, held.conversation)
        doors.recognise(work, held.conversation)
        text = str(raw.get("text") or "")
        language.notice(work, held.conversation, text)
        settled = self._settle_without_words(work, held, raw)
        if not settled and text.strip():
            if (
                doors.page_asked(work, held.conversation, held.id, text)
                or doors.for_people(work, held.conversation, held.id, text)
                or doors.label_typed(work, held.conversation, held.id, text)
                or doors.urgent(work, held.conversation, held.id, text)
                or doors.taken_up_again(work, held.conversation, held.id, text)
                or doors.plainly_answered(work, held.conversation, held.id, text)
            ):
                settled = self._read_through = True
            else:
                self._read_through = True
                masked = mask(text)
                if masked:
                    mailbox.write_effect(work, held.id)
                    return ForRasa(held, f"{row.uid}.{row.episode}", masked, text, last)
        if not settled:
            mailbox.say(work, held.conversation, "chat.nothing_to_take", reply_to=held.id)
        self._end(work, held)
        return True

    def _end(self, work: Work, held: mailbox.Claim) -> None:
        """Done; the raw message is erased, except the minimum of an emergency in redirect mode (reports.md §9)."""
        talked = held.conversation
        keep = talked is not None and redirecting.applies(work, talked) and redirecting.emergency_open(work, talked)
        if not mailbox.finish(work, held, keep_raw=keep):
            raise ClaimLost

    def _settle_without_words(self, work: Work, held: mailbox.Claim, raw: dict[str, Any]) -> bool:
        conversation = str(held.conversation)
        if raw.get("choice") is not None:
            doors.tap(work, conversation, held.id, str(raw["choice"]))
        elif raw.get("invite"):
            doors.invited(work, conversation, held.id, str(raw["invite"]))
        elif raw.get("location"):
            pin = raw["location"]
            doors.place_shared(work, conversation, held.id, float(pin["lat"]), float(pin["lon"]))
        elif raw.get("contact"):
            doors.contact_shared(work, conversation, held.id, str(raw["contact"]))
        elif raw.get("media"):
            brought = evidence.Brought.of(raw)
            self._with_media.add(held.id)
            doors.evidence_shared(work, conversation, held.id, brought, str(raw.get("text") or "").strip())
        elif raw.get("welcome"):
            mailbox.say(work, conversation, "chat.welcome", reply_to=held.id)
        else:
            return False
        return True

    def _finish(self, waiting: ForRasa, keys: tuple[str, ...]) -> bool:
        """Say Rasa's stateless replies; an answer with neither replies nor an effect of ours is a failure."""
        held, conversation = waiting.held, str(waiting.held.conversation)

        def step(work: Work) -> bool:
            said = doors.answered(work, held.id)
            # With a flow open the words belong to it: a stateless reply then means that Rasa lost the place.
            if not said and doors.whats_open(work, conversation).flow is None:
                said = doors.answer(work, conversation, held.id, keys, waiting.text)
            if not said:
                doors.alone(work, conversation, held.id, waiting.text, starting=False)
            self._end(work, held)
            return True

        return bool(self._or_aside(held, step, waiting.last))

    def _alone(self, waiting: ForRasa) -> bool:
        held, conversation = waiting.held, str(waiting.held.conversation)

        def step(work: Work) -> bool:
            doors.alone(work, conversation, held.id, waiting.text, starting=not self._rasa.answered)
            self._end(work, held)
            return True

        return bool(self._or_aside(held, step, waiting.last))

    def _set_aside(self, held: mailbox.Claim, last: Last) -> bool:
        """Quarantine a message we cannot process; after a few tries for good. Its raw text stays sealed."""
        with self._database.begin() as session:
            work = self.work(session)
            if held.conversation is not None and session.get(Conversation, held.conversation) is not None:
                mailbox.say(
                    work,
                    held.conversation,
                    "danger.cannot_store",
                    reply_to=held.id,
                    natural_key=f"aside:{held.id}",
                )
            ours = mailbox.finish(work, held, state="quarantined", keep_raw=True)
            self._looked(work, held, True, last)
            return ours


def _where(error: BaseException) -> str:
    """File and line of the innermost frame: enough to mend, nothing of what was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
