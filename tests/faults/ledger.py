"""The checker: what Telegram's ledger and our database must say together after whatever happened."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from bot import texts
from bot.clock import utc_now
from bot.services import conversations, journal
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Inbox, Outbox, Report

Sent = Counter[tuple[str, str]]


class Books:
    """The database of a stopped gateway, opened to be read: its own file, or the one at `address`."""

    def __init__(self, folder: Path, url: str, address: str = "") -> None:
        self._database = Database(address or f"sqlite:///{folder / 'var' / 'hutong.db'}")
        self._vault = open_vault(self._database, folder / "var" / "keys.json")
        self._url = url

    def in_flight(self) -> int:
        """Messages that were claimed for sending and not marked."""
        with self._database.read() as session:
            claimed = select(func.count()).where(Outbox.state == "due", Outbox.claimed_until.is_not(None))
            return session.scalar(claimed) or 0

    def unfinished(self) -> int:
        """Messages not processed to their end, and words not sent."""
        with self._database.read() as session:
            kept = session.scalar(select(func.count()).where(Inbox.state == "kept")) or 0
            return kept + (session.scalar(select(func.count()).where(Outbox.state == "due")) or 0)

    def half_applied(self) -> list[int]:
        """Messages that are not done and yet have an effect or a reply."""
        with self._database.read() as session:
            replied = select(Outbox.id).where(Outbox.reply_to == Inbox.id).exists()
            rows = select(Inbox.id).where(Inbox.state == "kept", Inbox.effect.is_not(None) | replied)
            return list(session.scalars(rows))

    def reports(self) -> int:
        """How many reports there are."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(Report)) or 0

    def check(self, updates: set[int], sent: list[dict[str, object]]) -> int:
        """Every update is done exactly once, each of its words was said at least once. Returns the doubled sends."""
        with self._database.read() as session:
            work = Work(session, self._vault, utc_now())
            rows = session.scalars(select(Inbox)).all()
            assert sorted(row.update_key for row in rows) == sorted(f"tg:{one}" for one in updates)
            assert {row.state for row in rows} == {"done"}
            assert all(row.effect is not None and row.raw_sealed is None for row in rows)
            for row in rows:
                keys = [reply.key for reply in mailbox.replies_to(work, row.id)]
                assert keys, f"message {row.id} got no reply"
                assert len(keys) == len(set(keys)), keys
            owed = Counter(self._worded(work, row) for row in session.scalars(select(Outbox)))
            assert journal.verify(work).first_wrong is None
        # Said beside the outbox when keeping takes more than a second or finds no turn, as on a busy machine: numbers,
        # never an effect.
        beside = {texts.phrase("danger.other"), texts.phrase("danger.cannot_store")}
        said: Sent = Counter((str(one["chat_id"]), str(one["text"])) for one in sent if one["text"] not in beside)
        assert owed - said == Counter(), "something was never said"
        assert set(said) <= set(owed), "something was said that we never meant to say"
        return (said - owed).total()

    def _worded(self, work: Work, row: Outbox) -> tuple[str, str]:
        assert row.state == "sent", (row.key, row.state)
        said = texts.render(row.key, {"url": self._url, **mailbox.args_of(work, row)})
        return str(conversations.address(work, row.conversation)), said.text

    def close(self) -> None:
        """Let go of the file before a gateway takes it again."""
        self._database.close()
