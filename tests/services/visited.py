"""A home visit recorded to children, as a director would have done it."""

from __future__ import annotations

from bot.care import visit_record
from bot.services.visits import recording
from tests.builders import World
from tests.services.cases import Person


def visited(world: World, who: Person, uids: list[str]) -> None:
    """A normal visit today, to each of these children."""
    for uid in uids:
        with world.work() as work:
            record = visit_record.empty()
            record["sections"] = dict.fromkeys(visit_record.SECTIONS, "normal")
            record.update(voice="seen_alone", emergency="none")
            made = recording.record(work, who.member(work), who.talk, [uid], work.today, record)
            assert made.refusal is None
