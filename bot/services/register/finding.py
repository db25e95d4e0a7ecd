"""Finding children in the register: lists with filters, search by a part of a name, and who may be the same child.

Names are sealed, so a search opens the profiles of everything the member may see; only three columns are read for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from bot.care import assessment, calendar, parameters
from bot.care import children as rules
from bot.care import model as models
from bot.reading.staff import register
from bot.services.register import assessing, children
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child, VisitPlan

MOST = 100
SAME_BIRTH_WITHIN = timedelta(days=400)
LONGEST_NAME = 20


@dataclass(frozen=True)
class Line:
    """One child in a list."""

    child: Child
    name: str
    sex: str
    age: int | None
    tags: tuple[rules.Tag, ...]


@dataclass(frozen=True)
class Found:
    """The lines asked for, how many there are in all, and whether the lines were cut at `MOST`."""

    lines: tuple[Line, ...]
    total: int

    @property
    def more(self) -> bool:
        """Whether there are more than are listed."""
        return self.total > len(self.lines)


def narrowed(work: Work, member: Member, by: Collection[str]) -> Select[Child]:
    """The children this member may see, narrowed by filters (`FILTERS`), each of which must hold."""
    today = work.today
    query = children.visible(work, member).where(Child.state.in_(children.LISTED))
    conditions = _conditions(today)
    for name in by:
        if name in conditions:
            query = query.where(conditions[name])
    return query


def _conditions(today: date) -> dict[str, ColumnElement[bool]]:
    return {
        "left_behind": Child.left_behind == "eligible",
        "hardship": Child.hardship == "eligible",
        "pending": (Child.left_behind == "needs_verification") | (Child.hardship == "needs_verification"),
        "key_focus": Child.key_focus.is_(True),
        "unassessed": Child.level.is_(None),
        "reassess": Child.level.is_not(None)
        & (func.coalesce(Child.level_since, Child.filed_on) <= level_old_from(today)),
        "level_waits": Child.level_waits_since.is_not(None) & Child.state.in_(children.IN_SERVICE),
        "overdue": Child.next_due < today,
        "draft": Child.state == "draft",
        "away": Child.state == "away",
        "handover": Child.uid.in_(select(VisitPlan.child).where(VisitPlan.handover_on <= today)),
    }


def level_old_from(today: date) -> date:
    """The day since when, or before, a level set is to be assessed again (visit.reassess_level.at_least_every)."""
    return calendar.add_months(today, -int(parameters.number("visit.reassess_level.at_least_every")))[0]


def never_asked(work: Work, member: Member, name: str) -> int:
    """How many of the children this member may see stand under no filter `name` (left_behind, hardship) only because
    something that could change it was never asked (`assessing.standing`)."""
    column = getattr(Child, name)
    rows = work.session.scalars(narrowed(work, member, ()).where(column == models.NOT_ELIGIBLE)).all()
    return sum(one[name] == assessment.UNFINISHED for one in assessing.standing(work, rows).values())


FILTERS = tuple(_conditions(date.max))


def counts(work: Work, member: Member) -> dict[str, int]:
    """How many children there are in all and under each filter."""
    every = children.visible(work, member).where(Child.state.in_(children.LISTED)).with_only_columns(Child.uid)
    sums = [func.count(Child.uid), *(func.count().filter(one) for one in _conditions(work.today).values())]
    row = work.session.execute(select(*sums).where(Child.uid.in_(every))).one()
    return dict(zip(("all", *FILTERS), row, strict=True))


def listed(work: Work, member: Member, by: Collection[str] = (), limit: int = MOST) -> Found:
    """The children under some filters: the longest overdue first, then by number."""
    query = narrowed(work, member, by)
    total = work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = work.session.scalars(query.order_by(Child.next_due.is_(None), Child.next_due, Child.number).limit(limit))
    return Found(tuple(line(work, child) for child in rows), total)


def line(work: Work, child: Child) -> Line:
    """One child as a line."""
    known = children.profile(work, child)
    birth = children.born(known)
    age = rules.age(birth, work.today) if birth is not None else None
    return Line(child, known.get("name", ""), known.get("sex", ""), age, tuple(children.tags(work, child)))


def search(work: Work, member: Member, part: str, limit: int = MOST) -> Found:
    """Children whose name contains these characters, or whose number this is."""
    wanted = re.sub(r"\s+", "", part)[:LONGEST_NAME]
    if not wanted:
        return listed(work, member, limit=limit)
    number = wanted.upper()
    return _opened(work, [uid for uid, code, name in names(work, member) if wanted in name or code == number], limit)


def named_in(work: Work, member: Member, text: str, limit: int = 8) -> Found:
    """Children spoken of in a sentence: their whole name stands in it; else a part of a name is one of its words."""
    known = names(work, member)
    whole = [uid for uid, code, name in known if (len(name) >= 2 and name in text) or code in text.upper()]
    if not whole:
        parts = register.parts_of_names(text)
        whole = [uid for uid, _, name in known if any(word in name for word in parts)]
    return _opened(work, whole, limit)


def names(work: Work, member: Member) -> list[tuple[str, str, str]]:
    """(uid, number, name) of every child this member may see."""
    query = narrowed(work, member, ()).with_only_columns(Child.uid, Child.number, Child.profile_sealed)
    rows: list[tuple[str, str, bytes]] = [tuple(row) for row in work.session.execute(query)]  # type: ignore[misc]
    return [
        (uid, number, str(work.open(children.PROFILE, uid, sealed).get("name", ""))) for uid, number, sealed in rows
    ]


def _opened(work: Work, uids: list[str], limit: int) -> Found:
    rows = work.session.scalars(select(Child).where(Child.uid.in_(uids[:limit])).order_by(Child.number))
    return Found(tuple(line(work, child) for child in rows), len(uids))


class Known:
    """The children on file in some divisions, for finding out whether somebody is there already; read once."""

    def __init__(self, work: Work, areas: Collection[str]) -> None:
        self._work = work
        self._by_name: dict[str, list[tuple[str, str, date | None]]] = {}
        query = select(Child.uid, Child.area, Child.profile_sealed).where(
            Child.state.in_(children.LISTED), children.inside(tuple(areas))
        )
        for uid, area, sealed in work.session.execute(query):
            known = work.open(children.PROFILE, uid, sealed)
            self.add(uid, known.get("name", ""), children.born(known), area)

    def add(self, uid: str, name: str, birth: date | None, area: str) -> None:
        """One more child on file."""
        self._by_name.setdefault(name, []).append((uid, area, birth))

    def like(self, name: str, birth: date | None, area: str, identity: str = "") -> list[str]:
        """Children that may be this one, to be proposed to a person: the same identity number; the same name and
        birth date; in the same village also the same name with a birth date up to a year away or not known."""
        found = [
            uid
            for uid, lives, born in self._by_name.get(name, ())
            if (birth is not None and birth == born)
            or (lives == area and (birth is None or born is None or abs(born - birth) < SAME_BIRTH_WITHIN))
        ]
        if identity:
            key = self._work.vault.blind("identity", identity)
            found += self._work.session.scalars(select(Child.uid).where(Child.identity_key == key))
        return list(dict.fromkeys(found))
