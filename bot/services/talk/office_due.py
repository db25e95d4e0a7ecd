"""What is due and what was told, counted from the rows for whoever asks in words: 有啥到期的, 这个月报告几件. Of what a
member may not see nothing is counted; a zero is said as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from bot import texts
from bot.care import calendar
from bot.reading.staff import work_asked
from bot.reading.visits import visiting as reading
from bot.services.casework import overview, reports
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.staff import access
from bot.services.talk import office_lines
from bot.services.talk.office_asides import Wanted, page
from bot.services.visits import needs
from bot.services.visits import words as visit_words
from bot.storage.tables import Child, Report

WITHIN = timedelta(days=7)


def _told(wanted: Wanted) -> bool:
    """How many reports came in the days named, else in this month: how grave, how many nobody has, how many ended."""
    work, member, _, _ = wanted.where
    named, until_now = reading.span_of(wanted.asked.words, work.today), work_asked.until_now(wanted.asked.words)
    first = named[0] if named else work.today - timedelta(days=1) if until_now else work.today.replace(day=1)
    last = named[1] if named and not until_now else work.today
    if (days := work_asked.of_days(wanted.asked.words)) is not None:
        first, last = work.today - timedelta(days=days - 1), work.today
    begin = datetime.combine(first, time(), calendar.ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), calendar.ZONE)
    query = access.visible(work, member, ended=True).where(Report.received_at >= begin, Report.received_at < end)
    found = work.session.scalars(query.order_by(Report.received_at.desc())).all()
    levels = Counter(one.severity for one in found)
    urgent = [one for one in found if one.severity in overview.POLICE_FIRST and one.state not in access.ENDED]
    lines = "\n".join(office_lines.lines(work, sorted(urgent, key=lambda one: one.severity)))
    args = {
        "days": _days(first, min(last, work.today)),
        "count": len(found),
        "levels": "、".join(f"{name} {count}" for name, count in sorted(levels.items())) or "0",
        "open": sum(one.acknowledged_at is None and one.state not in access.ENDED for one in found),
        "ended": sum(one.state in access.ENDED for one in found),
        "lines": texts.phrase("office.told.urgent").format(lines=lines) if lines else "",
        "choices": [*_opens(urgent), [texts.phrase("office.told.waiting"), "waiting:"], *page()],
    }
    return wanted.say("office.told", **args)


def _days(first: date, last: date) -> str:
    days = dict.fromkeys((visit_words.day(first), visit_words.day(last)))
    return texts.phrase("office.told.to").join(days)


def _opens(found: Sequence[Report]) -> list[list[str]]:
    return [[f"{one.severity} {one.number}", f"view:{one.uid}"] for one in found[: office_lines.MOST]]


def _open(wanted: Wanted) -> bool:
    """我这有啥没办的: the reports this member has or is to take on, the visits and the needs that are open."""
    work, member, _, _ = wanted.where
    mine = reports.mine(work, member)
    lines = [*office_lines.lines(work, mine), *_visits(wanted), *_needs(wanted)]
    choices = [
        *_opens(mine),
        [texts.phrase("office.due.visits_button"), "due:list:"],
        [texts.phrase("office.open.tasks"), "caretask:list:"],
        *page(),
    ]
    if not lines:
        return wanted.say("office.due.none", choices=choices)
    return wanted.say("office.open", lines="\n".join(lines), choices=choices)


def _due(wanted: Wanted) -> bool:
    """What is late and what is due within a week (ours): visits, reports, needs, of the asker's own places."""
    until = wanted.where[0].today + WITHIN
    lines = [*_visits(wanted), *_reports(wanted), *_needs(wanted)]
    choices = [
        [texts.phrase("office.due.visits_button"), "due:list:"],
        [texts.phrase("office.told.waiting"), "waiting:"],
        *page(),
    ]
    if not lines:
        return wanted.say("office.due.none", choices=choices)
    return wanted.say("office.due", until=visit_words.day(until), lines="\n".join(lines), choices=choices)


def _visits(wanted: Wanted) -> list[str]:
    work, member, _, _ = wanted.where
    areas = register.areas(work, member)
    if not areas:
        return []
    of_mine = select(func.count(func.distinct(Child.household))).where(
        Child.state.in_(register.LISTED), register.inside(areas)
    )
    late = work.session.scalar(of_mine.where(Child.next_due < work.today)) or 0
    soon = work.session.scalar(of_mine.where(Child.next_due.between(work.today, work.today + WITHIN))) or 0
    never = work.session.scalar(of_mine.where(Child.last_visit.is_(None))) or 0
    first = select(func.min(Child.next_due)).where(Child.state.in_(register.LISTED), register.inside(areas))
    day = work.session.scalar(first)
    told = texts.phrase("office.due.visits").format(late=late, soon=soon, never=never)
    return [told + (texts.phrase("office.due.first").format(date=visit_words.day(day)) if day else "")]


def _needs(wanted: Wanted) -> list[str]:
    work, member, _, _ = wanted.where
    mine = needs.open_of(work, member)
    if not mine:
        return []
    late = sum(one.need.due < work.today for one in mine)
    soon = sum(work.today <= one.need.due <= work.today + WITHIN for one in mine)
    return [texts.phrase("office.due.needs").format(late=late, soon=soon)]


def _reports(wanted: Wanted) -> list[str]:
    work, member, _, _ = wanted.where
    found = work.session.scalars(access.visible(work, member).where(Report.state.not_in(access.ENDED))).all()
    if not found:
        return []
    until = work.now + WITHIN
    owed = [one.feedback_due for one in found if one.feedback_due is not None and one.holder == member.account]
    args = {
        "waiting": sum(one.acknowledged_at is None for one in found),
        "mine": len(reports.mine(work, member)),
        "feedback": sum(day <= until for day in owed),
    }
    return [texts.phrase("office.due.reports").format(**args)]


def not_visited(wanted: Wanted) -> None:
    """Beside a list of who is late: how many were never visited, and when the first of all is due."""
    work, _, conversation, inbox_id = wanted.where
    for told in _visits(wanted):
        mailbox.say(work, conversation, "office.due.never", {"told": told}, reply_to=inbox_id)


ANSWERS: dict[str, Callable[[Any], bool]] = {"told": _told, "all_due": _due, "open": _open}
