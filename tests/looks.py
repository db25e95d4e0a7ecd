"""How a database would look for what it is asked.

A table without a fitting index is no slower in a test than one with it; SQLite tells beforehand how it would look.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

GROWS = ("inbox", "outbox", "journal", "conversations", "drafts", "attachments", "takeovers", "contact_records")


class Looks:
    """The ways in which a database would look for what it was asked."""

    def __init__(self) -> None:
        self.through_all: set[str] = set()
        self._seen: set[str] = set()
        self._looking = False

    def __call__(self, connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if many or self._looking or statement in self._seen or statement.startswith(("INSERT", "PRAGMA")):
            return
        self._seen.add(statement)
        self._looking = True
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
        self._looking = False
        steps = {row[3].split(" USING")[0] for row in plan}
        if steps & {f"SCAN {table}" for table in GROWS}:
            self.through_all.add(statement)


@contextmanager
def watched(engine: Engine) -> Iterator[Looks]:
    """Watch everything that is asked of a database meanwhile."""
    watching = Looks()
    event.listen(engine, "before_cursor_execute", watching)
    yield watching
    event.remove(engine, "before_cursor_execute", watching)
