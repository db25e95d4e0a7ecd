"""The visits owed, as rows: for a county's morning, for one member's list, for one household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Executable, Select, bindparam, func, or_, select

from bot.care import roles, visit_days
from bot.care.visit_days import Owed
from bot.services.register import children as register
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import stand_ins, visitors
from bot.services.work import Work
from bot.storage.many import among_these, listed
from bot.storage.tables import Child, Responsibility, Visit, VisitEscalation, VisitPlan

HORIZON_DAYS = 30


@dataclass(frozen=True)
class Line:
    """One child that is owed a visit. `office`: the village whose director answers; `raised`: roles it has gone to."""

    child: str
    household: str
    office: str
    owed: Owed
    raised: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stop:
    """One household to go to, with the children owed a visit there, the most urgent first."""

    household: str
    lines: tuple[Line, ...]

    @property
    def late(self) -> bool:
        """Whether any of its visits has gone up the ladder already."""
        return any(line.raised for line in self.lines)


def within(work: Work, area: str, on: date, wanted: Wanted) -> list[Line]:
    """What is owed in a division (any length of code); `wanted`: `late`, `named` or `near`, which days count.

    The database finds the offices by area and follows them to their children, however many the province has.
    """
    by_looking_up(work)
    asked = {"area": area, "beyond": f"{area}:", "on": on, **wanted.given}
    rows = work.session.execute(_owed(wanted.which), asked).all()
    found = [
        (child, home, office, Owed(tier, due, planned, paused))
        for child, home, office, tier, due, planned, paused in rows
        if due is not None
    ]
    up = raised(work, [child for child, _, _, owed in found if owed.due < on])
    return [Line(child, home, office, owed, up.get(child, frozenset())) for child, home, office, owed in found]


@dataclass(frozen=True)
class Wanted:
    """Which of the visits owed are meant, by the name of a condition and what it is given."""

    which: str
    given: Mapping[str, Any]


@cache
def _owed(which: str) -> Select[str, str, str, str, date | None, date | None, date | None]:
    return (
        select(
            Child.uid,
            Child.household,
            Responsibility.area,
            VisitPlan.tier,
            VisitPlan.due,
            VisitPlan.planned_for,
            VisitPlan.paused_until,
        )
        .join(Child, Child.uid == Responsibility.child)
        .join(VisitPlan, VisitPlan.child == Child.uid)
        .where(
            *_answers(),
            Responsibility.area >= bindparam("area"),
            Responsibility.area < bindparam("beyond"),
            _UNINDEXED_STATE.in_(register.IN_SERVICE),
            VisitPlan.due.is_not(None),
            _CONDITIONS[which],
        )
    )


def by_looking_up(work: Work) -> None:
    """PostgreSQL finds reading the plans of the whole province in one go a little cheaper than looking up those of a
    county: for each county anew. The same of what was raised, where it compares each row with hundreds of names. Other
    ways than looking up are off until the transaction ends; compiling such statements would take longer than they do.
    """
    if work.dialect == "postgresql":
        names = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan", "jit")
        work.session.execute(select(*(func.set_config(name, "off", True) for name in names)))


# Written so that no index answers it: the database would walk through the children of the whole country instead.
_UNINDEXED_STATE = func.coalesce(Child.state, "")
_UNINDEXED_DUE = func.coalesce(VisitPlan.due, VisitPlan.planned_for)


_DAY, _UNTIL = bindparam("day", type_=Date), bindparam("until", type_=Date)
_LATE = _DAY > _UNINDEXED_DUE
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "late": _LATE,
    "child": VisitPlan.child == bindparam("child"),
    "named": or_(
        _LATE,
        _UNINDEXED_DUE.in_(bindparam("days", type_=Date, expanding=True)),
        VisitPlan.planned_for.between(_DAY, _UNTIL),
    ),
    "near": or_(_DAY >= _UNINDEXED_DUE, VisitPlan.planned_for <= _DAY, VisitPlan.paused_until <= _DAY),
}


def late(on: date) -> Wanted:
    """What was due before a day."""
    return Wanted("late", {"day": on})


def named(on: date, until: date) -> Wanted:
    """What a morning that speaks for the days `on`…`until` may name; `visit_days.belongs` has the last word."""
    return Wanted("named", {"day": on, "until": until, "days": visit_days.due_days_named(on, until)})


def near(horizon: date) -> Wanted:
    """What is due, was put to, or is back by a day."""
    return Wanted("near", {"day": horizon})


def raised(work: Work, children: Iterable[str]) -> dict[str, frozenset[str]]:
    """To which roles the open escalations of children have gone; of who has none, to nobody."""
    found: dict[str, set[str]] = {child: set() for child in children}
    if not found:
        return {}
    dialect = work.dialect
    for child, role in work.session.execute(_raised_about(dialect), {"these": listed(dialect, found)}):
        found[child].add(role)
    return {child: frozenset(names) for child, names in found.items()}


@cache
def _raised_about(dialect: str) -> Select[str, str]:
    these = among_these(dialect, VisitEscalation.child)
    return select(VisitEscalation.child, VisitEscalation.role).where(these, VisitEscalation.settled_at.is_(None))


def concerns(people: visitors.People, line: Line) -> set[str]:
    """The accounts a line belongs to: whoever visits, and whoever a late visit has gone up to."""
    return visiting(people, line) | seeing_after(people, line)


def visiting(people: visitors.People, line: Line) -> set[str]:
    """The accounts that are to make this visit."""
    return set(people.up_from(visitors.DIRECTOR, line.office)[1])


def seeing_after(people: visitors.People, line: Line) -> set[str]:
    """The accounts this late visit has gone up to."""
    return {account for role in line.raised for account in people.up_from(role, line.office)[1]}


def mine(work: Work, member: Member, *, soon: bool = True) -> list[Stop]:
    """The households a member is to go to or to see after: what today's morning names, then (`soon`) what is near."""
    on = work.today
    until = visit_days.covers_until(on)
    posts = visitors.areas_of(work, member, on)
    lines: dict[str, Line] = {}
    for area in widest(area for _, area in posts):
        people = visitors.people_of(work, area, on)
        for line in within(work, area, on, near(horizon(on))):
            named = visit_days.belongs(line.owed, on, until) or (soon and visit_days.is_near(line.owed, on))
            if named and member.account in concerns(people, line):
                lines[line.child] = line
    for child in stand_ins.sent(work, member.account):  # wherever it lives
        lines |= {line.child: line for line in within(work, "", on, Wanted("child", {"child": child}))}
    return by_household(lines.values(), on)


def horizon(on: date) -> date:
    """How far ahead a morning looks: reminders begin 14 days before, and a week of holidays may lie between."""
    return on + timedelta(days=HORIZON_DAYS)


def widest(areas: Iterable[str]) -> list[str]:
    """Areas without those that lie in another of them."""
    found: list[str] = []
    for area in sorted(set(areas)):
        if not any(roles.covers(known, area) for known in found):
            found.append(area)
    return found


def by_household(lines: Iterable[Line], on: date) -> list[Stop]:
    """Lines gathered by household, the most urgent household first."""
    homes: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (visit_days.urgency(line.owed, on), line.child)):
        homes[line.household].append(line)
    return [Stop(home, tuple(children)) for home, children in homes.items()]


def at_home(work: Work, household: str) -> list[Child]:
    """The children in service of a household, the eldest file first."""
    return list(work.session.scalars(_at_home(), {"home": household}))


@cache
def _at_home() -> Select[Child]:
    here = Child.household == bindparam("home"), Child.state.in_(register.IN_SERVICE)
    return select(Child).where(*here).order_by(Child.number)


def read_at_home(work: Work, member: Member, household: str) -> list[Child]:
    """The children of a household whose visits a member may read of: the county sees after what it does not write."""
    on = work.today
    posts = [area for role, area in visitors.areas_of(work, member, on) if roles.may(role, "visit_record", "read")]
    sent = stand_ins.sent(work, member.account)
    return [
        child
        for child in at_home(work, household)
        if child.uid in sent or any(roles.covers(area, office_of(work, child.uid, on) or child.area) for area in posts)
    ]


def seen_on(work: Work, children: Sequence[str], on: date) -> bool:
    """Whether a home visit to every one of these children stands recorded for a day."""
    met = select(func.count(Visit.child.distinct())).where(
        Visit.child.in_(children), Visit.on == on, Visit.kind == "home_visit"
    )
    return bool(children) and work.session.scalar(met) == len(children)


def offices_told(work: Work, children: Iterable[str], on: date) -> list[tuple[str, str | None]]:
    """The offices that answer for the visits of these children on a day, each with a role to which one of its visits
    has gone up; None: to nobody."""
    dialect = work.dialect
    asked = {"these": listed(dialect, children), "on": on}
    return [(office, role) for office, role in work.session.execute(_told(dialect), asked)]


@cache
def _told(dialect: str) -> Select[str, str | None]:
    gone_up = (VisitEscalation.child == Responsibility.child) & VisitEscalation.settled_at.is_(None)
    return (
        select(Responsibility.area, VisitEscalation.role)
        .outerjoin(VisitEscalation, gone_up)
        .where(among_these(dialect, Responsibility.child), *_answers())
    )


def office_of(work: Work, child: str, on: date) -> str | None:
    """The office that answers for the visits of a child on a day."""
    office: str | None = work.session.scalar(_answering(), {"child": child, "on": on})
    return office


@cache
def _answering() -> Executable:
    return select(Responsibility.area).where(Responsibility.child == bindparam("child"), *_answers())


def _answers() -> tuple[ColumnElement[bool], ...]:
    """Whether an office answers for visits on the day `on`."""
    day = bindparam("on", type_=Date)
    until = or_(Responsibility.until.is_(None), Responsibility.until > day)
    return Responsibility.duty == visit_plans.DUTY, Responsibility.since <= day, until
