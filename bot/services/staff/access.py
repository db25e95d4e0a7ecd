"""Who may see which report, and in which role: the one place where staff rights become a query. Deny by default."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal, or_, select

from bot.care import receipt, roles
from bot.services.staff.accounts import Member, valid_post
from bot.services.work import Work
from bot.storage.tables import Account, Assignment, BrokenGlass, Post, Report

RESOURCE = "report_content"
NUMBER_LENGTH = 6
ENDED = ("closed", "not_accepted", "duplicate_linked")


class Standing(NamedTuple):
    """One way in which a member may deal with a report: the role, and whether the account is assigned to it."""

    role: str
    assigned: bool


def visible(work: Work, member: Member, *, ended: bool = False) -> Select[Report]:
    """All reports this member may read now, as a query to narrow further.

    A post grants what the matrix gives its role for report content: its county, what is assigned to the account while
    the report is open (`ended`: also afterwards, for opening it again), or what an emergency look has opened. A role
    named as conflicted in a report sees nothing of it, and neither does a person who also holds another post there
    (roles.yml, rules 1 and 6).
    """
    grants: list[ColumnElement[bool]] = []
    for role, area in member.posts:
        scopes = roles.may(role, RESOURCE, "read")
        if "county" in scopes:
            grants.append(and_(Report.area.startswith(area, autoescape=True), ~_names(role)))
        if "county" in scopes or "assigned" in scopes:
            assigned = (
                exists()
                .where(
                    Assignment.report == Report.uid,
                    Assignment.account == member.account,
                    Assignment.role == role,
                    or_(Assignment.area.is_(None), Assignment.area == area),
                )
                .correlate(Report)
            )
            still = ~false() if ended else Report.state.not_in(ENDED)
            grants.append(and_(assigned, still, ~_names(role)))
        if "bg" in scopes:
            grants.append(and_(_looking(work, member), _around(area), ~_names(role)))
    own = [and_(_names(role), _around(area)) for role, area in member.posts]
    return select(Report).where(or_(false(), *grants), ~or_(false(), *own))


def _looking(work: Work, member: Member) -> ColumnElement[bool]:
    """An emergency look of this member that is open now (services.glass)."""
    return (
        exists()
        .where(
            BrokenGlass.report == Report.uid,
            BrokenGlass.account == member.account,
            BrokenGlass.resource == RESOURCE,
            BrokenGlass.until > work.now,
        )
        .correlate(Report)
    )


def _names(role: str) -> ColumnElement[bool]:
    return (literal(",") + Report.conflicted + literal(",")).contains(f",{role},", autoescape=True)


def _around(area: str) -> ColumnElement[bool]:
    return or_(Report.area.is_(None), Report.area.startswith(area, autoescape=True))


def reach(work: Work, member: Member, report_uid: str, *, ended: bool = False, lock: bool = False) -> Report | None:
    """One report this member may see; None for a forbidden and for an absent one alike."""
    query = visible(work, member, ended=ended).where(Report.uid == report_uid)
    return work.session.scalar(query.with_for_update() if lock else query)


def by_number(work: Work, member: Member, number: str) -> Report | None:
    """One report this member may see by the number people say; None for a miscopied, forbidden or absent one."""
    try:
        plain = receipt.read_code(number, NUMBER_LENGTH)
    except receipt.Miscopied:
        return None
    return work.session.scalar(visible(work, member, ended=True).where(Report.number == plain))


def may_act_on(work: Work, member: Member, report: Report) -> str | None:
    """The role in which this member is assigned to the report and still holds that post; None: not assigned."""
    found = work.session.execute(
        select(Assignment.role, Assignment.area).where(
            Assignment.report == report.uid, Assignment.account == member.account
        )
    ).first()
    if found is None:
        return None
    held = any(role == found.role and found.area in (None, area) for role, area in member.posts)
    return str(found.role) if held else None


def standings(work: Work, member: Member, report: Report) -> list[Standing]:
    """All ways in which a member who sees a report may deal with it, the assigned role first."""
    assigned = may_act_on(work, member, report)
    found = [assigned] if assigned is not None else []
    for role, area in member.posts:
        county = "county" in roles.may(role, RESOURCE, "read") and (report.area or "").startswith(area)
        if county and role not in found and role not in conflicted(report):
            found.append(role)
    return [Standing(role, assigned is not None) for role in found]


def may_write(work: Work, member: Member, report: Report) -> str | None:
    """The role in which a member may add to the case: assigned, or with the right to write in the county."""
    for role, assigned in standings(work, member, report):
        if assigned or roles.may(role, RESOURCE, "write"):
            return role
    return None


def conflicted(report: Report) -> frozenset[str]:
    """Roles that may learn nothing of a report."""
    return frozenset(report.conflicted.split(",")) - {""}


def clear(work: Work, report: Report, people: Iterable[Account]) -> list[Account]:
    """Those of these people who hold no post there that is named as conflicted in the report."""
    found, named = list(people), conflicted(report)
    if not named or not found:
        return found
    posts = work.session.execute(
        select(Post.account, Post.area).where(
            Post.role.in_(named), Post.account.in_([person.uid for person in found]), *valid_post(work)
        )
    )
    barred = {account for account, area in posts if report.area is None or report.area.startswith(area)}
    return [person for person in found if person.uid not in barred]
