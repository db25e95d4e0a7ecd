"""What staff ask of the children in a list: who answers for them, why nobody went, how many homes a month still owes.

In the order of the places' codes; nobody is counted against anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select

from bot import texts
from bot.care import calendar
from bot.reading.measures import quantities
from bot.reading.staff import colleagues as called
from bot.reading.staff import work_asked
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.register import children, finding, in_sight, supervising
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.visits.reasons import UNTOLD
from bot.services.work import Work
from bot.storage.tables import Child, VisitReason

MOST, BUTTONS = 20, 8
LAST_MONTH = 12
SHORT = 14
"""A longer sentence of who is in charge asks of the rules, unless it speaks of a list."""
_MONTH = re.compile("(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月")


def who(work: Work, member: Member, conversation: str, inbox_id: int, text: str, *, sight: bool) -> bool:
    """Who answers for the children named, for those in sight, else for all that are late. False: `sight` is asked for
    and none are."""
    rows = in_sight.named(work, member, text) or in_sight.shown(work, member, conversation, inbox_id)
    if sight and (not rows or len(text) > SHORT):
        return False
    rows = rows or _late(work, member)
    held = supervising.directors(work, [row.area for row in rows])
    lines = [
        texts.phrase("late.who.line").format(
            near=near(area),
            names="、".join(held.get(area, ())) or texts.phrase("late.who.nobody"),
            children="、".join(standing(work, row) for row in of_area),
        )
        for area, of_area in groupby(rows[:MOST], key=lambda row: row.area)
    ]
    _say(work, conversation, inbox_id, "late.who" if rows else "overseeing.late_list.none", rows, lines)
    return True


def why(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Why nobody went to the children named, to those of a director named, to those in sight, as it was told. False:
    nobody is meant."""
    rows = meant(work, member, conversation, inbox_id, text)
    if not rows:
        return False
    _say(work, conversation, inbox_id, "late.why", rows, [_why(work, row) for row in rows[:MOST]])
    return True


def meant(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> list[Child]:
    """The children named, else the late ones of a director named, else, where no home is named, those in sight."""
    rows = in_sight.named(work, member, text) or of_director(work, member, text)
    if rows or work_asked.names_a_home(text):
        return rows
    return in_sight.shown(work, member, conversation, inbox_id)


def why_those_days(work: Work, member: Member, conversation: str, inbox_id: int) -> bool:
    """Why the children in sight are due on their days, each with its steps."""
    rows = in_sight.shown(work, member, conversation, inbox_id)
    plans = visit_plans.of(work, [row.uid for row in rows[:BUTTONS]])
    lines = [
        texts.phrase("late.day.line").format(child=standing(work, row), why=visit_words.why(plans[row.uid]))
        for row in rows[:BUTTONS]
        if row.uid in plans
    ]
    _say(work, conversation, inbox_id, "late.day", rows[:BUTTONS], lines)
    return True


def left(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """The homes that are to be visited until the end of the month, or of the week, named. False: nothing is seen."""
    if not children.areas(work, member, "visit_record"):
        return False
    until = _until(text, work.today)
    rows = _due(work, member, until)
    late = [row for row in rows if row.next_due is not None and row.next_due < work.today]
    args = {
        "date": visit_words.day(until),
        "homes": len({row.household for row in rows}),
        "count": len(rows),
        "late": len({row.household for row in late}),
    }
    lines = [
        texts.phrase("late.left.line").format(near=near(row.area), child=standing(work, row)) for row in rows[:MOST]
    ]
    _say(work, conversation, inbox_id, "late.left" if rows else "late.left.none", rows, lines, **args)
    return True


def near(area: str) -> str:
    """The last part of a place: 响水村."""
    return "".join(part.name for part in places.path(area)[-1:])


def _say(
    work: Work, conversation: str, inbox_id: int, key: str, rows: Sequence[Child], lines: list[str], **more: object
) -> None:
    if rows[MOST:]:
        lines.append(texts.phrase("overseeing.late_list.more").format(count=len(rows) - MOST))
    choices = [[finding.line(work, row).name, f"child.open={row.uid}"] for row in rows[:BUTTONS]]
    args = {"lines": "\n".join(lines), "what": "", "children": [row.uid for row in rows[:MOST]], "choices": choices}
    mailbox.say(work, conversation, key, {**args, **more}, reply_to=inbox_id)


def _late(work: Work, member: Member) -> list[Child]:
    return _due(work, member, work.today - timedelta(days=1))


def _due(work: Work, member: Member, until: date) -> list[Child]:
    query = children.visible(work, member, "visit_record").where(
        Child.state.in_(children.IN_SERVICE), Child.next_due <= until
    )
    return list(work.session.scalars(query.order_by(Child.area, Child.next_due, Child.number)))


def of_director(work: Work, member: Member, text: str) -> list[Child]:
    """The late children of a director who is named: 国庆那家为啥没去."""
    rows = _late(work, member)
    held = supervising.directors(work, sorted({row.area for row in rows}))
    meant = {area for area, names in held.items() if any(called.called(name, text) >= 0 for name in names)}
    return [row for row in rows if row.area in meant]


def standing(work: Work, row: Child) -> str:
    """A child with its due day: 于佳琪（11月28日到期，超期4天）."""
    due, name = row.next_due, finding.line(work, row).name
    if due is None:
        return name
    key = "late.standing.late" if due < work.today else "late.standing.due"
    return texts.phrase(key).format(name=name, date=visit_words.day(due), days=(work.today - due).days)


def _why(work: Work, row: Child) -> str:
    said = select(VisitReason).where(
        VisitReason.child == row.uid, VisitReason.due == row.next_due, VisitReason.reason != UNTOLD
    )
    told = [
        texts.phrase("late.why.told").format(
            date=visit_words.day(calendar.local(one.at).date()),
            reason=texts.phrase(f"late.reason.{one.reason}"),
            until=texts.phrase("late.why.until").format(date=visit_words.day(one.until)) if one.until else "",
        )
        for one in work.session.scalars(said.order_by(VisitReason.at))
    ]
    return texts.phrase("late.why.line").format(
        near=near(row.area), child=standing(work, row), told="；".join(told) or texts.phrase("late.why.untold")
    )


def _until(text: str, today: date) -> date:
    if any(word in text for word in ("这周", "本周", "这礼拜", "这星期")):
        return today + timedelta(days=6 - today.weekday())
    if any(word in text for word in ("下周", "下礼拜", "下个礼拜", "下星期", "下个星期")):
        return today + timedelta(days=13 - today.weekday())
    first = today.replace(day=1)
    months = 2 if "下个月" in text or "下月" in text else 1
    named = _MONTH.search(text)
    number = quantities.number(named["month"]) if named is not None else None
    if number is not None and 1 <= number <= LAST_MONTH:  # the one nearest to today
        months = (number - today.month + 6) % LAST_MONTH - 5
    return calendar.add_months(first, months)[0] - timedelta(days=1)
