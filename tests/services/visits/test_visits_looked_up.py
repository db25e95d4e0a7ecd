"""A trap of PostgreSQL: asked for hundreds by name it thinks reading the whole table is cheaper, county by county."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text

from bot.services.visits import lists as visit_lists
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import VisitEscalation
from tests.builders import World
from tests.conftest import NOON

ROWS = 2000
ASKED = text("explain select natural_key from visit_escalations where child = any(:these)")
NAMED = [f"{number}" for number in range(400)]


@pytest.fixture
def database(postgres: Database) -> Database:
    """SQLite has one way of joining, and looks up."""
    return postgres


def _plan(work: Work) -> str:
    return "\n".join(line for (line,) in work.session.execute(ASKED, {"these": NAMED}))


def test_what_was_raised_is_looked_up_by_the_children_asked_for(world: World) -> None:
    with world.database.begin() as session:
        session.execute(text("set local session_replication_role = replica"))  # children nobody made
        rows = [_row(number) for number in range(ROWS)]
        session.execute(insert(VisitEscalation), rows)
        work = Work(session, world.vault, NOON)
        session.execute(text("analyze visit_escalations"))
        assert "Seq Scan" in _plan(work), "the trap is gone: is it still needed?"
        visit_lists.by_looking_up(work)
        assert "Seq Scan" not in _plan(work)
        session.rollback()


def _row(number: int) -> dict[str, object]:
    return {
        "natural_key": f"visit:{number}",
        "child": f"{number}",
        "due": NOON.date(),
        "role": "child_supervisor",
        "why": "overdue",
        "raised_on": NOON.date(),
        "raised_at": NOON,
    }
