"""Which children of a supervisor's places are late with a visit, since when and why, as it was told.

In the order of the places' codes, then of the due days: no place is ranked and no person is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.register import children, finding, supervising
from bot.services.register.overseeing import LATE, called
from bot.services.staff.accounts import Member
from bot.services.visits import words as visit_words
from bot.services.visits.reasons import UNTOLD
from bot.services.work import Work
from bot.storage.tables import Child, VisitReason

MOST, BUTTONS = 20, 8


def say(work: Work, member: Member, conversation: str, inbox_id: int, text: str, over: int) -> bool:
    """Tell the late children of the village named in the words, else of all; `over`: only those late by more days.
    False: this member supervises nothing."""
    areas = supervising.areas(work, member)
    if not areas:
        return False
    rows = _rows(work, areas, over)
    named = {row.area for row in rows if called(_near(row.area)) in text}
    found = [row for row in rows if not named or row.area in named]
    what = texts.phrase("overseeing.late_list.over").format(days=over) if over else ""
    _say(work, conversation, inbox_id, "overseeing.late_list" if found else "overseeing.late_list.none", found, what)
    return True


def longest(work: Work, member: Member, conversation: str, inbox_id: int) -> bool:
    """Tell who is late longest, with the days; of one day all. False: nobody is late, or this member supervises
    nothing."""
    rows = _rows(work, supervising.areas(work, member), 0)
    first = min((row.next_due or work.today for row in rows), default=None)
    found = [row for row in rows if row.next_due == first]
    if found:
        _say(work, conversation, inbox_id, "overseeing.late_longest", found, "")
    return bool(found)


def _rows(work: Work, areas: Sequence[str], over: int) -> list[Child]:
    before = work.today - timedelta(days=over)
    query = select(Child).where(Child.state.in_(children.LISTED), children.inside(areas), Child.next_due < before)
    return list(work.session.scalars(query.order_by(Child.area, Child.next_due, Child.number)))


def _say(work: Work, conversation: str, inbox_id: int, key: str, found: Sequence[Child], what: str) -> None:
    told = [_line(work, number, row) for number, row in enumerate(found[:MOST], 1)]
    if found[MOST:]:
        told.append(texts.phrase("overseeing.late_list.more").format(count=len(found) - MOST))
    names = [f"{number} {finding.line(work, row).name}" for number, row in enumerate(found[:BUTTONS], 1)]
    choices = [[name, f"child.open={row.uid}"] for name, row in zip(names, found, strict=False)]
    choices.append([texts.phrase("overseeing.button"), LATE, "quiet"])
    args = {"what": what, "count": len(found), "lines": "\n".join(told), "choices": choices}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _line(work: Work, number: int, row: Child) -> str:
    due = row.next_due or work.today
    said = select(VisitReason.reason).where(VisitReason.child == row.uid, VisitReason.due == row.next_due)
    reasons = [one for one in work.session.scalars(said.order_by(VisitReason.at)) if one != UNTOLD]
    return texts.phrase("overseeing.late_list.line").format(
        number=number,
        near=_near(row.area),
        name=finding.line(work, row).name,
        date=visit_words.day(due),
        days=(work.today - due).days,
        why=texts.phrase(f"late.reason.{reasons[-1] if reasons else UNTOLD}"),
    )


def _near(area: str) -> str:
    return "".join(part.name for part in places.path(area)[-1:])
