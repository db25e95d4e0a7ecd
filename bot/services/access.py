"""Who may see which report: the one place where staff rights become a query. Deny by default (roles.yml)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal, or_, select

from bot.care import roles
from bot.services.staff import Member
from bot.services.work import Work
from bot.storage.tables import Assignment, BrokenGlass, Report

RESOURCE = "report_content"


def visible(work: Work, member: Member) -> Select[Report]:
    """All reports this member may read now, as a query to narrow further.

    A post grants what the matrix gives its role for report content: its county, what is assigned to the account, or
    what it has broken the glass for (services.glass). A role named as conflicted in a report sees nothing of it
    (conflict of interest).
    """
    assigned = exists().where(Assignment.report == Report.uid, Assignment.account == member.account).correlate(Report)
    broken = (
        exists()
        .where(
            BrokenGlass.report == Report.uid,
            BrokenGlass.account == member.account,
            BrokenGlass.resource == RESOURCE,
            BrokenGlass.until > work.now,
        )
        .correlate(Report)
    )
    grants: list[ColumnElement[bool]] = []
    for role, area in member.posts:
        scopes = roles.may(role, RESOURCE, "read")
        clear = ~(literal(",") + Report.conflicted + literal(",")).contains(f",{role},", autoescape=True)
        if "county" in scopes:
            grants.append(and_(Report.area.startswith(area, autoescape=True), clear))
        if "assigned" in scopes:
            grants.append(and_(assigned, clear))
        if "bg" in scopes:
            grants.append(and_(broken, clear))
    return select(Report).where(or_(false(), *grants))


def may_act_on(work: Work, member: Member, report: Report) -> str | None:
    """The role in which this member is assigned to the report and still holds a post; None: not assigned."""
    role = work.session.scalar(
        select(Assignment.role).where(Assignment.report == report.uid, Assignment.account == member.account)
    )
    held = {held_role for held_role, _ in member.posts}
    return role if role in held else None
