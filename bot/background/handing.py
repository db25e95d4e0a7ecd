"""What is handed out: which work, in which batches, and that each is handed out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from bot.services.privacy import rotating
from bot.services.register import reassessing
from bot.services.visits import digests
from bot.services.work import Work

REASSESS, DIGEST, ROTATE = "reassess", "digest", "rotate"
ROUND = 2_000
"""Most batches in one handing out: their ids are written in one transaction."""
LEFTOVER = 10
"""So few batches of the round before hold up nobody: what one of them waits for may take hours."""

Counts = dict[str, int]

WORK: Mapping[str, Callable[..., Counts]] = {
    REASSESS: lambda work, uids: reassessing.assess(work, uids),
    DIGEST: lambda work, county, hour, day: digests.build(work, county, hour, date.fromisoformat(day)),
    ROTATE: lambda work, place, first, last, key: rotating.seal_range(work, place, first, last, key),
}
"""What can be handed out: its name, and the function that does one batch of it, safe to run again."""


def hand_out(work: Work, name: str, batches: Sequence[Mapping[str, Any]]) -> int:
    """Hand batches to the workers, with and within the transaction of `work` (PostgreSQL). Returns how many."""
    if batches:
        from bot.background import working  # the library is slow to import, and SQLite never needs it

        task = working.only_handing_out().tasks[name]
        connection = work.session.connection().connection.driver_connection
        task.configure(connection=connection).batch_defer(*(dict(batch) for batch in batches))
    return len(batches)


def waiting(work: Work, name: str) -> int:
    """How many batches of this name are handed out and not done yet."""
    counted = "select count(*) from procrastinate_jobs where task_name = :name and status in ('todo', 'doing')"
    return int(work.session.scalar(text(counted), {"name": name}) or 0)


def hand_out_digests(work: Work) -> int:
    """A batch for each county whose hour has come."""
    found: list[dict[str, Any]] = []
    while len(found) < ROUND and (due := digests.next_county(work)) is not None:
        county, hour, day = due
        found.append({"county": county, "hour": hour, "day": day.isoformat()})
    return hand_out(work, DIGEST, found)


def hand_out_reassessing(work: Work) -> int:
    """Children to be assessed anew, in batches, none who is in one already; nothing while a round is worked on."""
    if waiting(work, REASSESS) > LEFTOVER:
        return 0
    already, size = _in_batches(work), reassessing.BATCH
    uids = [uid for uid in reassessing.outdated(work, ROUND * size) if uid not in already]
    return hand_out(work, REASSESS, [{"uids": uids[at : at + size]} for at in range(0, len(uids), size)])


def _in_batches(work: Work) -> set[str]:
    """The children in batches that are not done yet."""
    named = (
        "select jsonb_array_elements_text(args -> 'uids') from procrastinate_jobs "
        "where task_name = :name and status in ('todo', 'doing')"
    )
    return set(work.session.scalars(text(named), {"name": REASSESS}))
