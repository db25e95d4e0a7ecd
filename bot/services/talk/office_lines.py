"""One report in a line, for lists in chat: that answers most questions by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot import texts
from bot.care import calendar
from bot.reading.where import places
from bot.services.casework import handling, heard
from bot.services.work import Work
from bot.storage.tables import Report

MOST = 6


def lines(work: Work, found: Sequence[Report]) -> list[str]:
    """Each with its place, who has it and how far it is, the first few; how many more there are. For callers who have
    checked that they may be seen."""
    every = [line(work, one) for one in found[:MOST]]
    more = texts.phrase("office.cases.more").format(count=len(found) - MOST)
    return [*every, more] if found[MOST:] else every


def line(work: Work, report: Report) -> str:
    """One report in a line. For callers who have checked that it may be seen."""
    taken = report.acknowledged_at is not None
    holder = texts.phrase("office.report.held" if taken else "office.report.open").format(
        role=handling.holder_role(work, report) if taken else "",
        moment=calendar.spoken(report.acknowledged_at) if report.acknowledged_at else "",
    )
    near = "".join(part.name for part in places.path(report.area or "")[-2:]) or texts.phrase("office.cases.nowhere")
    return texts.phrase("office.cases.line").format(
        number=report.number,
        severity=report.severity,
        place=near,
        received=calendar.spoken(report.received_at),
        status=heard.status(work, report),
        holder=holder,
    )
