"""What in contact comes of a report is hidden from whoever the report names: a world without it, here too.

Source: roles.yml, rules 1 and 6 (as services.staff.access, for reports themselves).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.care import calendar
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import AwaySpan, Child, ContactPlan, ContactRung, Post, Report

DECIDE = "decide_prompts"
START = "contact_decide"


def decide_key(plan: ContactPlan, report: Report) -> str:
    """The natural key of the rung that asks for a decision about one person because of one report."""
    return f"{START}:{plan.uid}:{report.uid}"


REPORT_AT = len(f"{START}::") + len(opaque_id())
"""Where in such a key the report begins."""


def report_of(work: Work, rung: ContactRung) -> Report | None:
    """The report for which a rung stands; None: it stands for no report."""
    return work.session.get(Report, rung.natural_key[REPORT_AT:]) if rung.step == DECIDE else None


def bars(work: Work, report: Report, account: str, child: str, at: datetime) -> bool:
    """Whether an account might, at a moment, know nothing of a report about a child.

    Barred is who holds a post there that the report names, and who is there only as the deputy of such a one.
    """
    named = access.conflicted(report)
    if not named:
        return False
    places = (report.area, work.session.get_one(Child, child).area)
    held = select(Post.role, Post.area).where(Post.since <= at, or_(Post.until.is_(None), Post.until > at))
    day = calendar.local(at).date()
    standing_in = (AwaySpan.deputy == account, AwaySpan.since <= day, AwaySpan.until >= day)
    own = _near(work, held.where(Post.account == account), places)
    deputy = held.join(AwaySpan, AwaySpan.account == Post.account).where(*standing_in)
    return bool(own & named) or (own | _near(work, deputy, places)) <= named


def _near(work: Work, posts: Select[str, str], places: Sequence[str | None]) -> set[str]:
    """Roles of those posts that are around one of the places; an unknown place is everywhere."""
    rows = work.session.execute(posts)
    return {role for role, area in rows if any(place is None or place.startswith(area) for place in places)}


def listed(reports: Iterable[Report]) -> str:
    """How the reports behind which something stands are kept with it."""
    return ",".join(report.uid for report in reports)


def takes_for_real(work: Work, behind: str, account: str, child: str) -> bool:
    """Whether an account may know nothing of any report behind which something stands that is not real."""
    reports = [work.session.get(Report, uid) for uid in behind.split(",")]
    return all(report is not None and bars(work, report, account, child, work.now) for report in reports)


def concealed(work: Work, account: str, *wanted: ColumnElement[bool]) -> set[str]:
    """Those of the wanted rungs that this account does not see: they stand for a report of which it may know nothing,
    or only for those who may know nothing of some."""
    rows = work.session.execute(
        select(ContactRung, Report)
        .join(Child, Child.uid == ContactRung.child)
        .join(Report, Report.uid == func.substr(ContactRung.natural_key, REPORT_AT + 1))
        .where(ContactRung.step == DECIDE, Report.conflicted != "", *wanted)
    )
    hidden = {rung.uid for rung, report in rows if bars(work, report, account, rung.child, work.now)}
    apparent = work.session.scalars(
        select(ContactRung).join(Child, Child.uid == ContactRung.child).where(ContactRung.behind.is_not(None), *wanted)
    )
    return hidden | {rung.uid for rung in apparent if not takes_for_real(work, rung.behind or "", account, rung.child)}
