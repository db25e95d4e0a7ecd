"""What supervisors and the county see of the register: late by township, workload, unseen longest. Never a ranking.

Places stand in the order of their codes and people are not compared; what looks wrong is put as a question, and the
director sees the same questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from bot.care import assessment
from bot.services.register import assessing, children, county_splits, finding
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits.reasons import UNTOLD
from bot.services.work import Work
from bot.storage.tables import Account, Child, Post, Tie, VisitReason

SEES = ("child_supervisor", "county_caseworker", "county_manager")
TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12
UNSEEN = 20


@dataclass(frozen=True)
class Village:
    """One village: how many children, how many are late, …, and who looks after them (empty: nobody is bound).

    `reasons`: why the late ones were not visited, as told; "untold" where nobody said. 已访未录 is one of them: a visit
    that was made and not recorded is not one that was not made.
    """

    area: str
    children: int
    late: int
    key_focus: int
    no_level: int
    waiting: int
    directors: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Township:
    """One township with its villages, in the order of their codes."""

    area: str
    villages: tuple[Village, ...]

    def total(self, name: str) -> int:
        """The sum of a figure over the villages."""
        return sum(getattr(village, name) for village in self.villages)


@dataclass(frozen=True)
class Unseen:
    """A child nobody has visited for longest: since the last visit, or since filing."""

    line: finding.Line
    since: date
    ever: bool


def areas(work: Work, member: Member) -> tuple[str, ...]:
    """The townships and counties a member supervises."""
    readable = children.areas(work, member)
    posts = children.posts(work, member)
    return tuple(area for area in readable if any(role in SEES and area == own for role, own in posts))


def townships(work: Work, member: Member) -> list[Township]:
    """The places a member supervises, with their figures."""
    today = work.today
    rows = work.session.execute(
        select(
            Child.area,
            func.count(),
            func.sum(case((Child.next_due < today, 1), else_=0)),
            func.sum(case((Child.key_focus.is_(True), 1), else_=0)),
            func.sum(case((Child.level.is_(None), 1), else_=0)),
            func.sum(case((Child.state == "draft", 1), else_=0)),
        )
        .where(Child.state.in_(children.LISTED), children.inside(areas(work, member)))
        .group_by(Child.area)
        .order_by(Child.area)
    ).all()
    held, why = directors(work, [row[0] for row in rows]), _reasons(work, member, today)
    found: dict[str, list[Village]] = {}
    for area, every, late, focus, no_level, waiting in rows:
        village = Village(area, every, late, focus, no_level, waiting, held.get(area, ()), why.get(area, ()))
        found.setdefault(area[:TOWNSHIP_DIGITS], []).append(village)
    return [Township(area, tuple(villages)) for area, villages in found.items()]


def _reasons(work: Work, member: Member, today: date) -> dict[str, tuple[tuple[str, int], ...]]:
    """Per village, how often each reason stands behind a late visit; of several reasons of one visit the newest, of
    which a day chosen without a word why is none."""
    rows = work.session.execute(
        select(Child.area, Child.uid, VisitReason.reason)
        .outerjoin(VisitReason, (VisitReason.child == Child.uid) & (VisitReason.due == Child.next_due))
        .where(Child.next_due < today, Child.state.in_(children.LISTED), children.inside(areas(work, member)))
        .order_by(VisitReason.at)
    )
    newest: dict[tuple[str, str], str] = {}
    for area, uid, reason in rows:
        newest[area, uid] = newest.get((area, uid), UNTOLD) if reason in (None, UNTOLD) else reason
    counted: dict[str, Counter[str]] = {}
    for (area, _), reason in newest.items():
        counted.setdefault(area, Counter())[reason] += 1
    return {area: tuple(sorted(found.items())) for area, found in counted.items()}


def directors(work: Work, areas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The names of those who answer for these villages. For callers who have checked the right to see them."""
    found: dict[str, tuple[str, ...]] = {}
    for at in range(0, len(areas), 500):
        rows = work.session.execute(
            select(Post.area, Account)
            .join(Account, Account.uid == Post.account)
            .where(
                Post.role == "child_director",
                Post.area.in_(areas[at : at + 500]),
                Account.state == "active",
                *accounts.valid_post(work),
            )
            .order_by(Post.area, Account.uid)
        )
        for area, account in rows:
            found[area] = (*found.get(area, ()), accounts.name_of(work, account))
    return found


def unseen(work: Work, member: Member, limit: int = UNSEEN) -> list[Unseen]:
    """The children nobody has visited for longest."""
    since = func.coalesce(Child.last_visit, Child.filed_on)
    rows = work.session.scalars(
        select(Child)
        .where(Child.state.in_(children.IN_SERVICE), children.inside(areas(work, member)))
        .order_by(since, Child.number)
        .limit(limit)
    )
    return [Unseen(finding.line(work, row), row.last_visit or row.filed_on, row.last_visit is not None) for row in rows]


def questions(work: Work, child: Child) -> list[str]:
    """What looks incomplete in a file, as codes of questions: birth_date, carer, level, level_old,
    assessment, unfinished, hukou, counties."""
    known = children.profile(work, child)
    carer = work.session.scalar(
        select(Tie.uid).where(Tie.child == child.uid, Tie.kind.in_(("carer", "guardian")), Tie.until.is_(None)).limit(1)
    )
    missing = {
        "birth_date": not known.get("birth_date"),
        "carer": carer is None,
        "level": child.level is None,
        "level_old": child.level is not None
        and (child.level_since or child.filed_on) <= finding.level_old_from(work.today),
        "assessment": child.left_behind is None,
        "unfinished": assessment.UNFINISHED in assessing.standing(work, [child])[child.uid].values(),
        "hukou": child.hukou_area is None and "no_hukou" not in known.get("notes", ()),
        "counties": (split := county_splits.standing(work, child)) is not None and split.agreed is None,
    }
    return [name for name, is_so in missing.items() if is_so]
