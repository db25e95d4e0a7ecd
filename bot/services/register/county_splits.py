"""居住地≠户籍地: the two counties agree who does what, and every duty always has exactly one of them (JL-3.8.l).

What is proposed, agreed or refused changes nothing for visits and emergencies: they stay where the child is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, update

from bot import texts
from bot.care import parameters, responsibility
from bot.reading.where import places
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import children, moving
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Child, CountySplit, Mark

NOTE, MARK = "county_splits.note", "splits reminded"
COUNTY_DIGITS, SHOWN = 6, 8
PROPOSED, AGREED, DECLINED, ENDED = "proposed", "agreed", "declined", "ended"
AGREES = {
    responsibility.RESIDENCE: ("county_caseworker",),
    responsibility.REGISTERED: ("county_caseworker", "partner_county"),
}
"""Who speaks for a county: civil affairs of both sides (JL-3.8.l)."""


@dataclass(frozen=True)
class Standing:
    """How a child stands: the newest proposal or agreement, what is agreed now, and who has which duty."""

    open: CountySplit | None
    agreed: CountySplit | None
    duties: dict[str, str]
    sides: dict[str, str]


def sides(child: Child) -> dict[str, str] | None:
    """The two counties of a child; None when it lives where it is registered, or nobody knows where that is."""
    if not responsibility.split_open(child.area, child.hukou_area, agreed=False) or child.hukou_area is None:
        return None
    return {
        responsibility.RESIDENCE: child.area[:COUNTY_DIGITS],
        responsibility.REGISTERED: child.hukou_area[:COUNTY_DIGITS],
    }


def standing(work: Work, child: Child) -> Standing | None:
    """Who does what for a child now; None when there is nothing to agree on."""
    two = sides(child)
    if two is None:
        return None
    rows = work.session.scalars(
        select(CountySplit)
        .where(CountySplit.child == child.uid, CountySplit.state.in_((PROPOSED, AGREED)), *_between(two))
        .order_by(CountySplit.proposed_at.desc())
    ).all()
    found: dict[str, CountySplit] = {}
    for row in rows:
        found.setdefault(row.state, row)
    agreed = found.get(AGREED)
    return Standing(
        found.get(PROPOSED), agreed, responsibility.split(differing(agreed.duties) if agreed is not None else None), two
    )


def _between(two: Mapping[str, str]) -> tuple[ColumnElement[bool], ...]:
    return (
        CountySplit.residence == two[responsibility.RESIDENCE],
        CountySplit.registered == two[responsibility.REGISTERED],
    )


def differing(duties: str) -> dict[str, str]:
    """What differs from the proposed split, as it is kept."""
    return dict(one.split("=", 1) for one in duties.split())


def speaks_for(work: Work, member: Member, child: Child) -> str | None:
    """The side a member speaks for: residence, hukou, or none of the two."""
    two = sides(child) or {}
    for side, county in two.items():
        if any(role in AGREES[side] and area == county for role, area in children.posts(work, member)):
            return side
    return None


def propose(work: Work, member: Member, uid: str, duties: Mapping[str, str], letter: str = "") -> Outcome:
    """Propose to the other county who does what. `duties`: what differs from the proposed split.

    Where nobody is bound for the other county, its agreement on paper is written down (`letter`: which paper).
    Refusals: absent, no_such_fact (a duty that cannot be agreed on), letter_missing.
    """
    child = work.session.scalar(select(Child).where(Child.uid == uid).with_for_update())
    side = speaks_for(work, member, child) if child is not None else None
    if child is None or side is None or child.state not in children.LISTED:
        return ABSENT
    try:
        responsibility.split(duties)
    except ValueError:
        return Outcome(False, "no_such_fact", child)
    two = sides(child) or {}
    other = _other(side)
    people = _people(work, other, two[other])
    if not people and not letter.strip():
        return Outcome(False, "letter_missing", child)
    _end(work, child, (PROPOSED,))
    row = CountySplit(
        uid=opaque_id(),
        child=uid,
        residence=two[responsibility.RESIDENCE],
        registered=two[responsibility.REGISTERED],
        duties=" ".join(f"{duty}={who}" for duty, who in sorted(duties.items()) if responsibility.SPLIT[duty] != who),
        side=side,
        by_letter=not people,
        proposed_by=member.account,
        proposed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    journal.record(work, member.account, "county split proposed", uid, split=row.uid)
    if not people:
        row.note_sealed = work.seal(NOTE, row.uid, letter.strip())
        _agree(work, child, row, member.account)
        return Outcome(True, None, child)
    for person in people:
        _ask(work, person, row, two[side], two[other], child)
    return Outcome(True, None, child, waiting=True)


def _other(side: str) -> str:
    return responsibility.REGISTERED if side == responsibility.RESIDENCE else responsibility.RESIDENCE


def _people(work: Work, side: str, county: str) -> list[Account]:
    found = [person for role in AGREES[side] for person in accounts.holders(work, role, [county])]
    return [person for person in {person.uid: person for person in found}.values() if person.conversation is not None]


def _ask(work: Work, person: Account, row: CountySplit, asking: str, asked: str, child: Child) -> None:
    args = {
        "split": row.uid,
        "from": places.full_name(asking),
        "number": child.number,
        "duties": in_words(responsibility.split(differing(row.duties)), row.residence, row.registered),
    }
    mailbox.say(
        work,
        str(person.conversation),
        "child.split.wanted",
        args,
        push=True,
        natural_key=f"county split:{row.uid}:{person.uid}",
        not_before=moving.allowed(work),
    )


def in_words(duties: Mapping[str, str], residence: str, registered: str) -> str:
    """Who does what, one line for each county."""
    names = {responsibility.RESIDENCE: residence, responsibility.REGISTERED: registered}
    lines = []
    for side, county in names.items():
        mine = "、".join(texts.phrase(f"child.duty.{duty}") for duty, who in duties.items() if who == side)
        lines.append(texts.phrase("child.split.line").format(county=places.full_name(county), duties=mine or "—"))
    return "\n".join(lines)


def settle(work: Work, member: Member, split_uid: str, *, agree: bool) -> Outcome:
    """Answer for the other county. Refusals: "absent" (none such for this member), "already" (answered before)."""
    row = work.session.scalar(select(CountySplit).where(CountySplit.uid == split_uid).with_for_update())
    child = work.session.get(Child, row.child) if row is not None else None
    if row is None or child is None or speaks_for(work, member, child) != _other(row.side):
        return ABSENT
    if row.state != PROPOSED:
        return Outcome(False, "already", child)
    if agree:
        _agree(work, child, row, member.account)
    else:
        row.state, row.settled_by, row.settled_at = DECLINED, member.account, work.now
    journal.record(work, member.account, f"county split {row.state}", child.uid, split=row.uid)
    asker = work.session.get(Account, row.proposed_by)
    if asker is not None and asker.conversation is not None:
        county = row.registered if row.side == responsibility.RESIDENCE else row.residence
        args = {"county": places.full_name(county), "number": child.number}
        mailbox.say(
            work,
            asker.conversation,
            f"child.split.{row.state}",
            args,
            push=True,
            natural_key=f"county split settled:{row.uid}",
            not_before=moving.allowed(work),
        )
    return Outcome(True, None, child)


def _agree(work: Work, child: Child, row: CountySplit, by: str) -> None:
    _end(work, child, (AGREED,))
    row.state, row.settled_by, row.settled_at = AGREED, by, work.now
    children.note_change(work, child, "split", by)


def _end(work: Work, child: Child, states: tuple[str, ...]) -> None:
    """Another proposal or agreement takes the place of these."""
    work.session.execute(
        update(CountySplit)
        .where(CountySplit.child == child.uid, CountySplit.state.in_(states))
        .values(state=ENDED, ended_at=work.now)
    )


def _unsettled() -> tuple[ColumnElement[bool], ...]:
    """The children for whom two counties have to agree and have not."""
    here, there = func.substr(Child.area, 1, COUNTY_DIGITS), func.substr(Child.hukou_area, 1, COUNTY_DIGITS)
    settled = select(CountySplit.uid).where(
        CountySplit.child == Child.uid,
        CountySplit.state == AGREED,
        CountySplit.residence == here,
        CountySplit.registered == there,
    )
    return (
        Child.state.in_(children.LISTED),
        Child.hukou_area.is_not(None),
        here != there,
        ~settled.correlate(Child).exists(),
    )


def waiting(work: Work, member: Member, limit: int = SHOWN) -> list[Child]:
    """The children whose counties have not agreed, of the counties a member speaks for, by number."""
    posts = children.posts(work, member)
    mine = [
        children.inside([area for role, area in posts if role in AGREES[side] and area], column)
        for side, column in ((responsibility.RESIDENCE, Child.area), (responsibility.REGISTERED, Child.hukou_area))
    ]
    found = select(Child).where(*_unsettled(), or_(*mine)).order_by(Child.number).limit(limit)
    return list(work.session.scalars(found))


def remind(work: Work) -> int:
    """Once a week everybody who speaks for a county is told how many children still wait for its agreement."""
    week = work.today.toordinal() // int(parameters.number("jurisdiction.coordination.reraise_every"))
    mark = work.session.get(Mark, MARK)
    if mark is not None and mark.value == str(week).encode():
        return 0
    if mark is None:
        work.session.add(Mark(name=MARK, value=str(week).encode()))
    else:
        mark.value = str(week).encode()
    open_: Counter[tuple[str, str]] = Counter()
    for area, registered in work.session.execute(select(Child.area, Child.hukou_area).where(*_unsettled())):
        open_[responsibility.RESIDENCE, area[:COUNTY_DIGITS]] += 1
        open_[responsibility.REGISTERED, str(registered)[:COUNTY_DIGITS]] += 1
    told: Counter[str] = Counter()
    talks: dict[str, str] = {}
    for (side, county), count in open_.items():
        for person in _people(work, side, county):
            talks[person.uid] = str(person.conversation)
            told[person.uid] += count
    pushes = [
        mailbox.Push(talks[uid], "child.split.open", {"count": str(count)}, f"splits:{uid}:{week}")
        for uid, count in sorted(told.items())
    ]
    return mailbox.push_many(work, pushes)
