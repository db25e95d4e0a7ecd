"""The history checker of the set-up with many: what people were promised against what the database and Telegram say."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import texts
from bot.app import SENDING
from bot.background.working import SWEEP
from bot.clock import utc_now
from bot.jobs import LEASE
from bot.services import conversations, journal, load
from bot.services.mail import mailbox
from bot.services.mail.arriving import EARLIER_WITHIN
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Conversation, Inbox, Lease, Outbox, Report


@dataclass
class Found:
    """What the checker found. Sends said twice are counted apart: a kill between the send and its mark leaves no way
    to know, and silence would be worse."""

    messages: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    sent_again: int = 0
    late: int = 0

    def good(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.disordered)

    def sentence(self) -> str:
        """The verdict, and each broken promise below it."""
        broken = "\n".join(self.lost + self.doubled + self.disordered)
        return (
            f"{self.messages} messages: {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.disordered)} out of order; {self.sent_again} sends repeated after a kill, "
            f"{self.late} brought too late for their turn\n{broken}"
        ).strip()


class Books:
    """Reads the database while and after everything runs."""

    def __init__(self, database: str, key_file: Path, url: str) -> None:
        self._database, self._url = Database(database, connections=2), url
        self._vault = open_vault(self._database, key_file)

    def unfinished(self) -> float:
        """Messages not processed, and words for Telegram not sent."""
        with self._database.read() as session:
            kept = session.scalar(select(func.count()).where(Inbox.state == "kept")) or 0
            return kept + load.tell(Work(session, self._vault, utc_now()))["outbox_due"]

    def open_ends(self) -> list[str]:
        """What is not finished, row by row (ids, states and moments only)."""
        with self._database.read() as session:
            kept = session.execute(
                select(Inbox.id, Inbox.update_key, Inbox.claim, Inbox.claimed_until).where(Inbox.state == "kept")
            )
            due = session.execute(
                select(Outbox.id, Outbox.attempts, Outbox.not_before, Outbox.claimed_until)
                .join(Conversation, Conversation.uid == Outbox.conversation)
                .where(Outbox.state == "due", Conversation.channel == "telegram")
            )
            return [
                *(
                    f"message {row.id} ({row.update_key}): taken {row.claim} times, held until {row.claimed_until}"
                    for row in kept
                ),
                *(f"words {row.id}: {row.attempts} tries, not before {row.not_before}" for row in due),
            ]

    def duties_nobody_has(self) -> list[str]:
        """Of the three that are handed on, those whose holder is not heard of."""
        with self._database.read() as session:
            held = set(session.scalars(select(Lease.name).where(Lease.until > utc_now())))
        return sorted({SENDING, LEASE, SWEEP} - held)

    def check(
        self,
        updates: dict[int, tuple[int, str]],
        answered: dict[str, list[int]],
        web_dangers: int,
        sent: list[dict[str, object]],
        danger: str,
    ) -> Found:
        """`updates`: id → (chat, text); `answered`: key of a web message → ids of the replies its sender saw."""
        found = Found(len(updates) + len(answered))
        with self._database.read() as session:
            work = Work(session, self._vault, utc_now())
            rows = {row.update_key: row for row in session.scalars(select(Inbox))}
            for key in [f"tg:{one}" for one in updates] + list(answered):
                row = rows.get(key)
                said = mailbox.replies_to(work, row.id) if row is not None else []
                if row is None or row.state != "done" or not said:
                    found.lost.append(f"{key}: {row.state if row is not None else 'not there'}, {len(said)} replies")
                keys = [one.key for one in said]
                if len(keys) != len(set(keys)):
                    found.doubled.append(f"{key}: {keys}")
                if key in answered and [one.id for one in said] != answered[key]:
                    found.lost.append(f"{key}: saw {answered[key]}, said {[one.id for one in said]}")
            strays = set(rows) - {f"tg:{one}" for one in updates} - set(answered)
            found.doubled += [f"{key}: nobody wrote it" for key in strays]
            reports = session.scalar(select(func.count()).select_from(Report)) or 0
            dangers = sum(text == danger for _, text in updates.values()) + web_dangers
            (found.lost if reports < dangers else found.doubled).extend(
                [f"{dangers} emergencies, {reports} reports"] if reports != dangers else []
            )
            arrived = {one: row for one in updates if (row := rows.get(f"tg:{one}")) is not None}
            disordered, found.late = out_of_order(arrived, {one: updates[one][1] == danger for one in updates})
            found.disordered += [f"tg:{one} took effect before an earlier one of its chat" for one in disordered]
            self._sends(work, sent, found)
            if journal.verify(work).first_wrong is not None:
                found.lost.append("the journal is broken")
        return found

    def _sends(self, work: Work, sent: list[dict[str, object]], found: Found) -> None:
        owed: Counter[tuple[str, str]] = Counter()
        for row in work.session.scalars(
            select(Outbox)
            .join(Conversation, Conversation.uid == Outbox.conversation)
            .where(Conversation.channel == "telegram", Outbox.not_before <= work.now)
        ):
            if row.state != "sent":
                found.lost.append(f"outbox {row.id} ({row.key}): {row.state}")
            words = texts.render(row.key, {"url": self._url, **mailbox.args_of(work, row)}).text
            owed[(str(conversations.address(work, row.conversation)), words)] += 1
        beside = {texts.phrase("danger.other"), texts.phrase("danger.cannot_store")}
        said = Counter((str(one["chat_id"]), str(one["text"])) for one in sent if one["text"] not in beside)
        found.lost += [f"never said to chat {chat}" for chat, _ in (owed - said)]
        found.sent_again = (said - owed).total()


def out_of_order(rows: dict[int, Inbox], urgent: dict[int, bool]) -> tuple[list[int], int]:
    """Update ids that took effect before an earlier one of their chat without right, and how many did so with right.

    Right has what waited until the earlier one, which was not here, had been missed for `EARLIER_WITHIN`: since the
    first of all those behind it had come. Words of danger wait for nobody who is not here.
    """
    wrong: list[int] = []
    late, missed_since, places = 0, {}, sorted(rows)
    first = None
    for one in reversed(places):
        missed_since[one] = first
        first = min(first or rows[one].received_at, rows[one].received_at)
    for number, one in enumerate(places):
        row = rows[one]
        for before in (rows[place] for place in places[:number] if rows[place].conversation == row.conversation):
            if row.done_at is None or before.done_at is None or row.done_at >= before.done_at:
                continue
            since = missed_since[before.position or 0]
            missed_enough = since is not None and before.received_at >= since + EARLIER_WITHIN
            if missed_enough or (urgent[one] and before.received_at >= row.received_at):
                late += 1
            else:
                wrong.append(one)
    return wrong, late


class Takeovers:
    """Watches the leases: how long from a holder's last sign of life to its successor's first."""

    def __init__(self, database: str) -> None:
        self._database = Database(database, connections=2)
        self.slowest: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin watching."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        self._thread.join()
        self._database.close()

    def _watch(self) -> None:
        seen: dict[str, tuple[str, datetime]] = {}
        while not self._stopping.wait(0.25):
            try:
                with self._database.read() as session:
                    leases = session.execute(select(Lease.name, Lease.holder, Lease.until)).all()
            except SQLAlchemyError:
                continue
            for name, holder, until in leases:
                if name in seen and seen[name][0] != holder:
                    gap = (until - seen[name][1]).total_seconds()
                    self.slowest[name] = max(self.slowest.get(name, 0.0), gap)
                seen[name] = (holder, until)
