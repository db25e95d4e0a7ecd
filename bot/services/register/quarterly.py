"""The quarterly update of the national system (JL-3.8.c): what changed, a worksheet to type from, and who ticked what.

There is no interface to that system: people type it in and tick 已更新.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update

from bot import texts
from bot.care import calendar, parameters
from bot.care import children as rules
from bot.reading.where import places
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import assessing, children, finding, sheets
from bot.services.register.children import Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Account, Child, ChildChange, Post

ENTERS = ("county_caseworker",)
SEES = (*ENTERS, "county_manager")
COUNTY_DIGITS = 6
NEW, CLOSED = "filed", "ended"


@dataclass(frozen=True)
class Changed:
    """One child whose file changed in a quarter: what, and whether all of it has been entered."""

    line: finding.Line
    kinds: tuple[str, ...]
    entered: tuple[str, datetime] | None


def counties(work: Work, member: Member) -> list[str]:
    """The counties whose update a member sees."""
    posts = children.posts(work, member)
    return list(dict.fromkeys(area for role, area in posts if role in SEES and len(area) == COUNTY_DIGITS))


def may_enter(work: Work, member: Member, county: str) -> bool:
    """Whether a member ticks what was entered for a county."""
    return any(role in ENTERS and area == county for role, area in children.posts(work, member))


def changes(work: Work, county: str, quarter: str) -> list[Changed]:
    """The children of a county whose file changed in a quarter, by number."""
    rows = work.session.execute(
        select(Child, ChildChange)
        .join(ChildChange, ChildChange.child == Child.uid)
        .where(ChildChange.quarter == quarter, children.inside((county,)))
        .order_by(Child.number, ChildChange.at)
    ).all()
    return [_changed(work, child, [row for _, row in pairs]) for child, pairs in groupby(rows, key=lambda row: row[0])]


def _changed(work: Work, child: Child, rows: list[ChildChange]) -> Changed:
    ticks = [(row.entered_at, row.entered_by) for row in rows if row.entered_at is not None and row.entered_by]
    entered = None
    if len(ticks) == len(rows):
        at, by = max(ticks)
        entered = (accounts.label(work, by), at)
    return Changed(finding.line(work, child), tuple(dict.fromkeys(row.kind for row in rows)), entered)


def tick(work: Work, member: Member, county: str, quarter: str, uid: str) -> Outcome:
    """已更新: everything of this child so far was typed into the national system. A later change asks again.

    Refusals: "absent" (not this member's county, or no such child there).
    """
    child = children.reach(work, member, uid)
    if child is None or not child.area.startswith(county) or not may_enter(work, member, county):
        return children.ABSENT
    work.session.execute(
        update(ChildChange)
        .where(ChildChange.child == uid, ChildChange.quarter == quarter, ChildChange.entered_at.is_(None))
        .values(entered_at=work.now, entered_by=member.account)
    )
    journal.record(work, member.account, "quarter entered", uid, quarter=quarter)
    return Outcome(True, None, child)


def worksheet(work: Work, county: str, quarter: str) -> bytes:
    """The worksheet of a quarter as XLSX. What only readers of `child_hiv` may know is left to be typed by them."""
    head = [texts.phrase(f"quarter.column.{name}") for name in COLUMNS]
    found = changes(work, county, quarter)
    standing = assessing.standing(work, [one.line.child for one in found])
    lines = [_row(work, one, standing[one.line.child.uid]) for one in found]
    return sheets.workbook([(quarter, [head, *lines])])


COLUMNS = (
    "number",
    "name",
    "sex",
    "birth_date",
    "place",
    "left_behind",
    "hardship",
    "level",
    "carer",
    "kinds",
    "entered",
)


def _row(work: Work, one: Changed, standing: Mapping[str, str]) -> list[object]:
    child = one.line.child
    known = children.profile(work, child)
    carers = [f"{who.relation or ''} {who.name} {who.phone}".strip() for who in children.around(work, child)]
    return [
        child.number,
        one.line.name,
        texts.phrase(f"child.sex.{one.line.sex}") if one.line.sex else "",
        known.get("birth_date", ""),
        places.full_name(child.area),
        *(texts.phrase(f"child.result.{standing[name]}") for name in assessing.SHOWN),
        texts.phrase(f"child.level.{child.level or 'none'}"),
        "；".join(carers),
        "、".join(texts.phrase(f"child.change.{kind}") for kind in one.kinds),
        f"{one.entered[0]} {calendar.spoken(one.entered[1])}" if one.entered is not None else "",
    ]


def remind(work: Work) -> int:
    """Remind each county's caseworkers on the days set before the quarter ends (data_update.reminders.days_before)."""
    today = work.today
    end = rules.quarter_end(rules.quarter(today))
    days = parameters.value("data_update.reminders.days_before").value
    if (end - today).days not in days:
        return 0
    rows = work.session.scalars(
        select(Account)
        .where(Account.state == "active", Account.conversation.is_not(None), Account.uid.in_(_enterers(work)))
        .order_by(Account.uid)
    ).all()
    return sum(_remind_one(work, account, end, today) for account in rows)


def _enterers(work: Work) -> list[str]:
    return list(work.session.scalars(select(Post.account).where(Post.role.in_(ENTERS), *accounts.valid_post(work))))


def _remind_one(work: Work, account: Account, end: date, today: date) -> bool:
    args = {"days": (end - today) // timedelta(days=1), "day": f"{end.month}月{end.day}日"}
    return mailbox.say(
        work,
        str(account.conversation),
        "quarter.reminder",
        args,
        push=True,
        priority=mailbox.LATER,
        natural_key=f"quarter:{account.uid}:{today.isoformat()}",
        not_before=calendar.next_allowed(work.now),
    )
