"""Daily rounds through the counties, one county a transaction: how far a round has come is noted in its mark."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bot.services.work import Work
from bot.storage.tables import Mark, Responsibility

COUNTY_DIGITS = 6
DONE = "~"


def next_county(work: Work, name: str, day: date) -> str | None:
    """The next county of today's round of this name, noted as taken; None: the round is over.

    Whoever is killed in a county leaves no note of it: note and work are one transaction.
    """
    mark = work.session.scalar(select(Mark).where(Mark.name == name).with_for_update())
    if mark is None:
        mark = Mark(name=name, value=b"")
        work.session.add(mark)
    noted, _, last = mark.value.decode().partition(" ")
    if noted != day.isoformat():
        last = ""
    if last == DONE:
        return None
    first = select(func.min(Responsibility.area))
    found = work.session.scalar(first.where(Responsibility.area > f"{last}:") if last else first)
    county = str(found)[:COUNTY_DIGITS] if found is not None else None
    mark.value = f"{day.isoformat()} {county or DONE}".encode()
    work.session.flush()
    return county
