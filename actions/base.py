"""What every action shares: the transaction, the raw words of the message, and a boundary no exception crosses.

An uncaught error would make the SDK answer with the exception's text and the whole request; here it becomes a
plain failure without content, and the gateway goes on alone with the kept message.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from os import environ
from typing import Any, cast

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import settings
from bot.clock import utc_now
from bot.services.mail import mailbox
from bot.services.talk import urgency
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database, open_vault
from bot.storage.once import anew
from bot.storage.tables import Inbox

LOG = logging.getLogger("hutong.actions")
Happening = dict[str, Any]


@dataclass(frozen=True)
class Doors:
    """The database and keys of this process."""

    database: Database
    vault: Vault
    now: Callable[[], datetime]
    web_page: str | None


@cache
def doors() -> Doors:
    """Opened on first use, never at import."""
    found = settings.load(environ)
    database = Database(found.database_url, found.database_connections)
    return Doors(database, open_vault(database, found.key_file), utc_now, found.web_page)


@dataclass(frozen=True)
class Heard:
    """One message as an action needs it: whose, which, its raw words, and what the classifier made of it."""

    conversation: str
    inbox_id: int
    text: str
    meant: Meant


class ServiceAction(Action):  # type: ignore[misc]  # the SDK ships no types
    """An action that makes exactly one service call inside one transaction."""

    action_name: str

    def name(self) -> str:
        """The name in the domain."""
        return self.action_name

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Make the one call; returns Rasa events. Implemented by each action."""
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[Happening]:
        """Run the service call in a thread. Any failure is logged by kind only; the turn then ends without a word."""
        try:
            return await asyncio.to_thread(self._serve, tracker)
        except Exception as error:  # noqa: BLE001 - the boundary: see the module's first lines
            LOG.error("%s failed: %s", self.name(), type(error).__name__)
            # A refusal would make Rasa try the next action without end; so the loop ends here, nothing was said, and
            # the gateway goes on alone.
            return [slot("requested_slot", None)]

    def _serve(self, tracker: Tracker) -> list[Happening]:
        opened = doors()

        def transaction() -> list[Happening]:
            with opened.database.begin() as session:
                work = Work(session, opened.vault, opened.now(), opened.web_page, topics=topics(tracker))
                heard = hear(work, tracker)
                if urgency.ask_if_unsure(work, heard.conversation, heard.inbox_id, heard.text, heard.meant):
                    return [slot("requested_slot", None)]
                return self.serve(work, heard)

        return anew(transaction)


def hear(work: Work, tracker: Tracker) -> Heard:
    """Find the kept message a turn is about. Rasa saw it masked; the services read it as it came."""
    conversation = str(tracker.sender_id).partition(".")[0]
    latest = cast("dict[str, Any]", tracker.latest_message or {})
    inbox_id = int((latest.get("metadata") or {}).get("message") or 0)
    row = work.session.get(Inbox, inbox_id)
    belongs = row is not None and row.conversation == conversation
    text = str(mailbox.raw_of(work, row).get("text") or "") if row is not None and belongs else ""
    intent = latest.get("intent") or {}
    meant = Meant(intent.get("name"), float(intent.get("confidence") or 0.0))
    return Heard(conversation, inbox_id if belongs else 0, text, meant)


def topics(tracker: Tracker) -> dict[str, float]:
    """How near in meaning Rasa found the message to policy topics (nlu/topics.py)."""
    latest = cast("dict[str, Any]", tracker.latest_message or {})
    return {str(topic): float(score) for topic, score in latest.get("policy_topics") or ()}


def slot(name: str, value: Any) -> Happening:
    """Rasa's "set slot"."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}
