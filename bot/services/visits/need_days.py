"""Needs whose day has come: named once, in the morning's message of whoever looks after them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, or_, select, update

from bot.services.register import children as register
from bot.services.visits import plans as visit_plans
from bot.services.visits import visitors
from bot.services.work import Work
from bot.storage.many import among
from bot.storage.tables import Child, Responsibility, VisitNeed

OPEN = "open"
_ON: BindParameter[date] = bindparam("on", type_=Date)


def open_needs(on: date | BindParameter[date]) -> Select[VisitNeed, Child, str]:
    """Open needs of children in service, with the office that answers for their visits on a day."""
    return (
        select(VisitNeed, Child, Responsibility.area)
        .join(Child, Child.uid == VisitNeed.child)
        .join(Responsibility, Responsibility.child == Child.uid)
        .where(
            VisitNeed.state == OPEN,
            *_serving(on),
            Child.state.in_(register.IN_SERVICE),
        )
    )


def _serving(on: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    until = or_(Responsibility.until.is_(None), Responsibility.until > on)
    return Responsibility.duty == visit_plans.DUTY, Responsibility.since <= on, until


def office_of(work: Work, child: str) -> str:
    """The office that answers for the visits of a child today."""
    office: str | None = work.session.scalar(_office_of(), {"child": child, "on": work.today})
    return office or work.session.get_one(Child, child).area


@cache
def _office_of() -> Select[str]:
    return select(Responsibility.area).where(Responsibility.child == bindparam("child"), *_serving(_ON)).limit(1)


def looked_after_by(people: visitors.People, owner: str, office: str) -> set[str]:
    """The accounts that look after a need: its owner while visiting there, else whoever visits now."""
    now = set(people.up_from(visitors.DIRECTOR, office)[1])
    above = set(people.up_from(visitors.SUPERVISOR, office)[1])
    return {owner} if owner in now | above else now


def come_due(work: Work, area: str, day: date, until: date) -> list[tuple[str, str, str]]:
    """(need, owner, office) of what is due by `until` in a division and was brought to mind on no morning before."""
    asked = {"area": area, "beyond": f"{area}:", "on": day, "until": until}
    return [(uid, owner, office) for uid, owner, office in work.session.execute(_come_due(), asked)]


@cache
def _come_due() -> Select[str, str, str]:
    return (
        open_needs(_ON)
        .where(
            or_(VisitNeed.told_on.is_(None), VisitNeed.told_on == _ON),
            VisitNeed.due <= bindparam("until", type_=Date),
            Responsibility.area >= bindparam("area"),
            Responsibility.area < bindparam("beyond"),
        )
        .with_only_columns(VisitNeed.uid, VisitNeed.owner, Responsibility.area)
    )


def brought_to_mind(work: Work, needs: Iterable[str], day: date) -> None:
    """A morning's message names these; no later one does."""
    work.session.execute(update(VisitNeed).where(among(work.dialect, VisitNeed.uid, needs)).values(told_on=day))
