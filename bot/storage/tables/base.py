"""What all tables share. Personal text and identifiers stand only in columns of type LargeBinary named `*_sealed`.

Every sealed column is bound to its row by the row's `uid` (see `crypto.Vault`). Moments are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

ID = String(26)
SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


def by_bytes(length: int) -> String:
    """Text that is looked for by its beginning: sorted by bytes, whatever language a PostgreSQL was set up in."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every database. A naive datetime is refused: nobody may guess its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware → naive UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC from the database → aware."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Common base of all tables."""
