"""A new key for everything that is sealed: batch by batch while people are served, resumable at any point.

Whatever is not sealed with the newest key is left to do; nothing else is remembered, so a kill loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Column, ColumnElement, LargeBinary, Select, Table, and_, func, select, update

from bot.services.work import Work
from bot.storage.crypto import ID_BYTES, KeyFileError
from bot.storage.tables import Base, Mark

BATCH = 200
SEALED = "_sealed"


@dataclass(frozen=True)
class Place:
    """One sealed column, and the name its values are bound to."""

    table: Table
    column: Column[bytes]

    @property
    def name(self) -> str:
        """ "table.column", as the services seal it."""
        return f"{self.table.name}.{self.column.name.removesuffix(SEALED)}"

    @property
    def row(self) -> Column[str]:
        """The column whose value a row's seals are bound to."""
        columns = self.table.columns
        return columns["uid"] if "uid" in columns else next(iter(self.table.primary_key))


def places() -> Iterator[Place]:
    """Every sealed column of every table."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary) and column.name.endswith(SEALED):
                yield Place(table, cast("Column[bytes]", column))


def left(work: Work, place: Place) -> int:
    """How many values of a column are sealed with an older key."""
    return work.session.scalar(select(func.count()).select_from(place.table).where(_older(work, place))) or 0


def step(work: Work, place: Place) -> int:
    """Seal one batch of a column with the newest key. Returns how many values that were; 0: nothing is left, or
    what is left is in somebody's hand.

    Raises SealBroken for a value that was changed or moved: it is not made to look genuine by a fresh seal.
    """
    return _seal(work, place, select(place.row, place.column).where(_older(work, place)).limit(BATCH))


def ranges(work: Work, place: Place) -> Iterator[tuple[str, str]]:
    """What is left of a column, as first and last row of batches for several workers."""
    older = select(place.row).where(_older(work, place)).order_by(place.row)
    first = work.session.scalar(older.limit(1))
    while first is not None:
        ending = work.session.scalars(older.where(place.row >= first).offset(BATCH - 1).limit(2)).all()
        last = ending[0] if ending else work.session.scalar(select(func.max(place.row)))
        yield str(first), str(last)
        first = ending[1] if ending[1:] else None


def seal_range(work: Work, place: str, first: str, last: str, key: int) -> dict[str, int]:
    """Seal what is older between two rows of a column ("table.column") with this key; again changes nothing.

    Raises KeyFileError where the key file of this machine has not got the key yet, and what `step` raises.
    """
    if not work.vault.knows(key):
        raise KeyFileError(f"key {key} is not in the key file of this machine yet")
    found = next(one for one in places() if one.name == place)
    within = select(found.row, found.column).where(_older(work, found), found.row.between(first, last))
    return {"sealed": _seal(work, found, within)}


def _seal(work: Work, place: Place, wanted: Select[str, bytes]) -> int:
    """Whom another worker or a writer has in hand at this moment is left to it: its row is found again if need be."""
    rows = work.session.execute(wanted.with_for_update(skip_locked=True)).all()
    for row, sealed in rows:
        fresh = work.vault.seal_bytes(place.name, row, work.vault.open_bytes(place.name, row, sealed))
        # A value written anew meanwhile stays as it is.
        work.session.execute(
            update(place.table).where(place.row == row, place.column == sealed).values({place.column.name: fresh})
        )
    return len(rows)


def seal_the_proof(work: Work) -> None:
    """The word that proves the key file is the right one, with the newest key."""
    proof = work.session.get_one(Mark, "key")
    proof.value = work.vault.seal("marks.key", "key", work.vault.open("marks.key", "key", proof.value))


def _older(work: Work, place: Place) -> ColumnElement[bool]:
    newest = work.vault.current.to_bytes(ID_BYTES, "big")
    return and_(place.column.is_not(None), func.substr(place.column, 1, ID_BYTES) != newest)
