"""What the quarterly update asks about beside what changed (visits.md §9): children nobody confirmed this quarter, and
files whose data cannot be true together. Questions for people: nothing is corrected by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select

from bot.care import children as rules
from bot.care import eligibility
from bot.care.child_facts import WrongFacts
from bot.services.register import assessing, children, finding, quarterly
from bot.services.work import Work
from bot.storage.many import among
from bot.storage.tables import Child, ChildAssessment, ChildChange

FACTS, DOUBLE = "facts", "double"


@dataclass(frozen=True)
class Conflict:
    """A file that contradicts itself: "facts" (told facts that exclude each other), "double" (the same name and birth
    date stand in another file of the county)."""

    line: finding.Line
    why: tuple[str, ...]


def never_confirmed(work: Work, county: str, quarter: str, limit: int = finding.MOST) -> finding.Found:
    """Children of a county who were not visited in a quarter and whose file nobody touched in it: the longest
    unvisited first. That a visit or a change of the file confirms the data is ours (PROPOSED)."""
    query = _untouched(county, quarter)
    total = work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    since = func.coalesce(Child.last_visit, Child.filed_on)
    rows = work.session.scalars(query.order_by(since, Child.number).limit(limit))
    return finding.Found(tuple(finding.line(work, child) for child in rows), total)


def _untouched(county: str, quarter: str) -> Select[Child]:
    first = rules.quarter_begin(quarter)
    by_somebody = or_(ChildChange.by.is_not(None), ChildChange.kind == quarterly.NEW)
    touched = select(ChildChange.child).where(ChildChange.quarter == quarter, by_somebody)
    return select(Child).where(
        children.inside((county,)),
        Child.state.in_(children.LISTED),
        Child.filed_on <= rules.quarter_end(quarter),
        or_(Child.last_visit.is_(None), Child.last_visit < first),
        Child.uid.not_in(touched),
    )


def conflicting(work: Work, county: str, limit: int = finding.MOST) -> tuple[list[Conflict], int]:
    """The files of a county that contradict themselves or each other, by number, and how many there are."""
    why: dict[str, list[str]] = {}
    for uid in _contradicting(work, county):
        why.setdefault(uid, []).append(FACTS)
    for uid in _double(work, county):
        why.setdefault(uid, []).append(DOUBLE)
    query = select(Child).where(among(work.dialect, Child.uid, why)).order_by(Child.number).limit(limit)
    rows = work.session.scalars(query)
    return [Conflict(finding.line(work, row), tuple(why[row.uid])) for row in rows], len(why)


def _contradicting(work: Work, county: str) -> list[str]:
    """The children whose newest facts exclude each other."""
    newest = (
        select(ChildAssessment.child, func.max(ChildAssessment.created_at).label("at"))
        .join(Child, Child.uid == ChildAssessment.child)
        .where(children.inside((county,)), Child.state.in_(children.LISTED))
        .group_by(ChildAssessment.child)
        .subquery()
    )
    rows = work.session.execute(
        select(ChildAssessment.child, ChildAssessment.uid, ChildAssessment.facts_sealed).join(
            newest, (newest.c.child == ChildAssessment.child) & (newest.c.at == ChildAssessment.created_at)
        )
    )
    return [child for child, uid, sealed in rows if _contradict(work.open(assessing.FACTS, uid, sealed), work.today)]


def _contradict(facts: dict[str, object], on: date) -> bool:
    try:
        return bool(eligibility.contradictions(facts, on))
    except WrongFacts:  # told under an older model: what cannot be read today contradicts nothing
        return False


def _double(work: Work, county: str) -> list[str]:
    """The children who share name and birth date with another file."""
    query = select(Child.uid, Child.profile_sealed).where(children.inside((county,)), Child.state.in_(children.LISTED))
    known = {uid: work.open(children.PROFILE, uid, sealed) for uid, sealed in work.session.execute(query)}
    named = {
        uid: (one.get("name"), one.get("birth_date"))
        for uid, one in known.items()
        if one.get("name") and one.get("birth_date")
    }
    times = Counter(named.values())
    return [uid for uid, who in named.items() if times[who] > 1]
