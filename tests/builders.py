"""Short words for building situations: who works where, who says what, what was said back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from sqlalchemy import select

from bot import texts
from bot.services import conversations
from bot.services.mail import mailbox, withholding
from bot.services.staff import accounts
from bot.services.talk import doors, language
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database
from bot.storage.tables import Conversation, Outbox, Report

VILLAGE = "220182101201"


class World:
    """One database with its keys and clock. Everything here goes through the real services."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime], heard: int = 0) -> None:
        """heard: how many messages somebody else has kept in this database already, at most."""
        self.database, self.vault, self.now = database, vault, now
        self._numbers = count(heard + 1)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One transaction at the present moment of the test's clock."""
        with self.database.begin() as session:
            yield Work(session, self.vault, self.now())

    def citizen(self) -> str:
        """A fresh web conversation."""
        with self.work() as work:
            return conversations.open_web(work).conversation

    def chat(self, address: str) -> str:
        """The conversation of a Telegram chat."""
        with self.work() as work:
            return conversations.for_chats(work, "telegram", {address})[address]

    def staff(self, role: str, area: str = VILLAGE, name: str = "王主任") -> str:
        """A bound staff member; returns the conversation they are bound to."""
        conversation = self.citizen()
        with self.work() as work:
            invited = accounts.add(work, name, role, area)
            bound = accounts.bind(work, conversation, invited.code.replace("-", ""))
        assert bound.outcome == "bound"
        return conversation

    def hear(self, conversation: str, raw: dict[str, object]) -> int:
        """Keep one message."""
        with self.work() as work:
            return mailbox.keep(work, "web", f"test:{next(self._numbers)}", raw, conversation).id

    def say(self, conversation: str, text: str, *, at_work: bool = False) -> list[str]:
        """A message with Rasa away: danger first, then the open flow or our own reading. Returns the keys said.
        `at_work`: what staff ask of their work is looked for first, as the gateway does."""
        inbox_id = self.hear(conversation, {"text": text})
        with self.work() as work:
            language.notice(work, conversation, text)
            asked = at_work and doors.page_asked(work, conversation, inbox_id, text)
            for_people = asked or doors.for_people(work, conversation, inbox_id, text)
            typed = for_people or doors.label_typed(work, conversation, inbox_id, text)
            heard = typed or doors.urgent(work, conversation, inbox_id, text)
            heard = heard or doors.taken_up_again(work, conversation, inbox_id, text)
            if not heard and not doors.plainly_answered(work, conversation, inbox_id, text):
                doors.alone(work, conversation, inbox_id, text, starting=False)
            self._done(work, inbox_id)
        return self.keys_to(inbox_id)

    def means(self, conversation: str, text: str, flow: str, meant: Meant | None = None) -> list[str]:
        """A message that Rasa understood as belonging to a flow."""
        inbox_id = self.hear(conversation, {"text": text})
        with self.work() as work:
            language.notice(work, conversation, text)
            doors.words(work, conversation, inbox_id, flow, text, meant or Meant())
            self._done(work, inbox_id)
        return self.keys_to(inbox_id)

    def tap(self, conversation: str, value: str) -> list[str]:
        """A tapped button."""
        inbox_id = self.hear(conversation, {"choice": value})
        with self.work() as work:
            doors.tap(work, conversation, inbox_id, value)
            self._done(work, inbox_id)
        return self.keys_to(inbox_id)

    def _done(self, work: Work, inbox_id: int) -> None:
        held = mailbox.claim(work, inbox_id)
        assert held is not None
        mailbox.finish(work, held)

    def keys_to(self, inbox_id: int) -> list[str]:
        """Keys of what was said in answer to a message."""
        with self.database.read() as session:
            return [row.key for row in mailbox.replies_to(Work(session, self.vault, self.now()), inbox_id)]

    def said(self, conversation: str) -> list[texts.Said]:
        """Everything said to a conversation so far whose moment has come, in words."""
        with self.work() as work:
            rows = work.session.scalars(
                select(Outbox)
                .where(Outbox.conversation == conversation, Outbox.not_before <= work.now)
                .order_by(Outbox.id)
            )
            heard = [row for row in rows if row.state not in withholding.UNSAID]
            return [texts.render(row.key, mailbox.args_of(work, row)) for row in heard]

    def pushes(self, conversation: str) -> list[str]:
        """Keys pushed to a conversation unasked, due or not; none of what is withheld."""
        silent = (withholding.WITHHELD, withholding.PASSED)
        with self.work() as work:
            return list(
                work.session.scalars(
                    select(Outbox.key)
                    .where(Outbox.conversation == conversation, Outbox.push.is_(True), Outbox.state.not_in(silent))
                    .order_by(Outbox.id)
                )
            )

    def deliver(self, conversation: str) -> None:
        """The device of this conversation has taken everything that is due."""
        with self.work() as work:
            mailbox.delivered(work, [row.id for row in mailbox.said_since(work, conversation, 0)])

    def report(self) -> Report:
        """The only report there is."""
        with self.work() as work:
            return work.session.scalars(select(Report)).one()

    def reports(self) -> list[Report]:
        """All reports in the order they came."""
        with self.work() as work:
            return list(work.session.scalars(select(Report).order_by(Report.received_at)))

    def flow(self, conversation: str) -> str | None:
        """The open flow of a conversation."""
        with self.work() as work:
            return work.session.get_one(Conversation, conversation).flow
