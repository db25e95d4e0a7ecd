"""What every service function gets first: the open transaction, the keys, and the moment it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.care import calendar
from bot.storage.crypto import Vault


@dataclass(frozen=True)
class Work:
    """One transaction's worth of work. `now` is aware; services never read a clock and never commit.

    `web_page`: where people are sent with everything personal (Telegram in redirect mode), None when they are not.
    `public_url`: where this service is reached from outside, for links; empty where none are made.
    `topics`: how near in meaning Rasa's encoder finds the message being answered to policy topics; empty without it.
    """

    session: Session
    vault: Vault
    now: datetime
    web_page: str | None = None
    public_url: str = ""
    topics: Mapping[str, float] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is in Shanghai: `now` is often in another zone, whose day is another one for eight hours."""
        return calendar.local(self.now).date()

    @property
    def dialect(self) -> str:
        """Which kind of database this is, as SQLAlchemy names it: sqlite or postgresql."""
        return self.session.get_bind().dialect.name

    def seal(self, place: str, row: str, value: Any) -> bytes:
        """Seal a JSON-able value for "table.column" and the row's uid."""
        return self.vault.seal(place, row, json.dumps(value, ensure_ascii=False))

    def open(self, place: str, row: str, sealed: bytes) -> Any:
        """Open what `seal` made. Raises SealBroken when it is not exactly that."""
        return json.loads(self.vault.open(place, row, sealed))
