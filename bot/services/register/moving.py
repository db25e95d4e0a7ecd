"""A child moves: one office asks, the other agrees, and every day exactly one answers (JL-3.8.l, visits.md §11).

Until the new office accepts, everything stays with the old one. What is written are the spans of `care.responsibility`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.care import calendar, responsibility, roles
from bot.reading.where import places
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CareArrangement, Child, ChildMove, Household, Responsibility

NOTE = "child_moves.note"
VILLAGE_DIGITS = 12
RECEIVERS = ("child_director", "child_supervisor", "county_caseworker")
ASKED, LETTER, AGREED, REFUSED, TAKEN_BACK = "asked", "letter", "agreed", "refused", "taken_back"
OUTSIDE = "outside"
"""Where somebody moves who leaves the province: no office of ours answers there."""


def allowed(work: Work) -> datetime:
    """The next moment at which somebody may be written to unasked."""
    return calendar.next_allowed(work.now)


def spans(work: Work, child: Child, duty: str) -> tuple[responsibility.Span, ...]:
    """Who answered and answers for a duty of a child, in order."""
    rows = work.session.scalars(
        select(Responsibility)
        .where(Responsibility.child == child.uid, Responsibility.duty == duty)
        .order_by(Responsibility.since)
    )
    return tuple(responsibility.Span(row.area, row.since, row.until, row.why) for row in rows)


def begin(work: Work, child: Child) -> None:
    """A new file: the village where the child lives answers for every duty from the day of filing."""
    for duty in responsibility.DUTIES:
        _write(work, child, duty, responsibility.begin(child.area, child.filed_on))


def _write(work: Work, child: Child, duty: str, wanted: tuple[responsibility.Span, ...]) -> None:
    """Replace the spans of a duty. Raises RuntimeError rather than write a history with an orphan day."""
    wrong = responsibility.gaps(wanted)
    if wrong:
        raise RuntimeError(f"spans of {duty} are wrong: {', '.join(wrong)}")
    work.session.execute(delete(Responsibility).where(Responsibility.child == child.uid, Responsibility.duty == duty))
    work.session.add_all(
        Responsibility(
            uid=opaque_id(), child=child.uid, duty=duty, area=one.area, since=one.since, until=one.until, why=one.why
        )
        for one in wanted
    )
    work.session.flush()


def ask(work: Work, member: Member, uid: str, to_area: str, note: str = "", *, together: bool = False) -> Outcome:
    """Ask another village to take over a child, with its siblings when they move `together`.

    Whoever may write in both places settles it at once. Refusals: absent, no_such_place, already_there, asked_already.
    """
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if len(to_area) != VILLAGE_DIGITS or places.get(to_area) is None:
        return Outcome(False, "no_such_place", child)
    if to_area == child.area:
        return Outcome(False, "already_there", child)
    if open_of(work, child) is not None:
        return Outcome(False, "asked_already", child)
    query = select(Child).where(
        Child.household == child.household, Child.area == child.area, Child.state.in_(children.LISTED)
    )
    movers = list(work.session.scalars(query)) if together else [child]
    made = [_ask_one(work, member, one, to_area, note) for one in movers if open_of(work, one) is None]
    if _writes_in(work, member, to_area):
        return settle(work, member, made[0].uid, agree=True)
    for account in receivers(work, to_area):
        if account.conversation is not None:
            args = {"move": made[0].uid, "count": len(made), "place": places.full_name(child.area)}
            key = f"child move:{made[0].uid}:{account.uid}"
            mailbox.say(
                work,
                account.conversation,
                "child.move.wanted",
                args,
                push=True,
                natural_key=key,
                not_before=allowed(work),
            )
    return Outcome(True, None, child, waiting=True)


def _ask_one(work: Work, member: Member, child: Child, to_area: str, note: str) -> ChildMove:
    uid = opaque_id()
    move = ChildMove(
        uid=uid,
        child=child.uid,
        from_area=child.area,
        to_area=to_area,
        asked_by=member.account,
        asked_at=work.now,
        note_sealed=work.seal(NOTE, uid, note) if note else None,
    )
    work.session.add(move)
    work.session.flush()
    journal.record(work, member.account, "child move asked", child.uid, to=to_area)
    return move


def open_of(work: Work, child: Child) -> ChildMove | None:
    """The move of a child that waits for an answer."""
    return work.session.scalar(
        select(ChildMove).where(ChildMove.child == child.uid, ChildMove.state.in_((ASKED, LETTER))).limit(1)
    )


def receivers(work: Work, area: str) -> list[Account]:
    """Who answers for a village: its director; where there is none the supervisor, then the county."""
    for role in RECEIVERS:
        found = accounts.holders(work, role, [area[: roles.area_digits(role)]])
        if found:
            return found
    return []


def of_county(work: Work, area: str) -> list[Account]:
    """The county's caseworkers for a place, as far as they can be written to."""
    found = accounts.holders(work, "county_caseworker", [area[: roles.area_digits("county_caseworker")]])
    return [person for person in found if person.conversation is not None]


def _writes_in(work: Work, member: Member, area: str) -> bool:
    return any(area.startswith(own) for own in children.areas(work, member, mode="write"))


def settle(work: Work, member: Member, move_uid: str, *, agree: bool) -> Outcome:
    """Answer a move for the new place: it takes the child (and those asked for together with it), or does not.

    Refusals: "absent" (no such move for this member), "already" (answered before).
    """
    move = work.session.scalar(select(ChildMove).where(ChildMove.uid == move_uid).with_for_update())
    if move is None or not _writes_in(work, member, move.to_area):
        return ABSENT
    child = work.session.get_one(Child, move.child)
    if move.state != ASKED:
        return Outcome(False, "already", child)
    asked_with = select(ChildMove).where(
        ChildMove.state == ASKED,
        ChildMove.asked_by == move.asked_by,
        ChildMove.asked_at == move.asked_at,
        ChildMove.to_area == move.to_area,
    )
    moves = list(work.session.scalars(asked_with.order_by(ChildMove.uid)))
    for one in moves:
        one.state, one.settled_by, one.settled_at = (AGREED if agree else REFUSED), member.account, work.now
        one.effective_on = work.today if agree else None
    if agree:
        _carry_out(work, [work.session.get_one(Child, one.child) for one in moves], move.to_area, member.account)
    _tell_asker(work, move, len(moves))
    return Outcome(True, None, child)


def _carry_out(work: Work, movers: list[Child], to_area: str, by: str) -> None:
    today = work.today
    homes: dict[str, str] = {}
    for child in movers:
        if child.household not in homes:
            homes[child.household] = _new_home(work, child, movers, to_area)
        child.household = homes[child.household]
        for duty in responsibility.DUTIES:
            _write(work, child, duty, responsibility.hand_over(spans(work, child, duty), to_area, today, "moved"))
        was, child.area = child.area, to_area
        # Who looks after the child goes with it: the office of the new place has to see the arrangement.
        work.session.execute(update(CareArrangement).where(CareArrangement.child == child.uid).values(area=to_area))
        children.note_change(work, child, "moved", by, **{"from": was, "to": to_area})
        journal.record(work, by, "child moved", child.uid, to=to_area)


def _new_home(work: Work, child: Child, movers: list[Child], to_area: str) -> str:
    """The household after a move: the same one when all of it moves, else a new one. The old address is not carried."""
    going = {one.uid for one in movers}
    rest = work.session.scalars(
        select(Child.uid).where(Child.household == child.household, Child.state.in_(children.LISTED))
    )
    if set(rest) <= going:
        home = work.session.get_one(Household, child.household)
        home.area, home.address_sealed = to_area, None
        return home.uid
    uid = opaque_id()
    work.session.add(Household(uid=uid, area=to_area, created_at=work.now))
    work.session.flush()
    return uid


def _tell_asker(work: Work, move: ChildMove, count: int) -> None:
    asker = work.session.get(Account, move.asked_by)
    if asker is None or asker.conversation is None or move.asked_by == move.settled_by:
        return
    args = {"place": places.full_name(move.to_area), "count": count}
    mailbox.say(
        work,
        asker.conversation,
        f"child.move.{move.state}",
        args,
        push=True,
        not_before=allowed(work),
        natural_key=f"child move settled:{move.uid}",
    )


def take_back(work: Work, member: Member, uid: str) -> Outcome:
    """Whoever writes where the child is may take an unanswered move back. Refusals: absent, nothing_asked."""
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    move = open_of(work, child)
    if move is None:
        return Outcome(False, "nothing_asked", child)
    move.state, move.settled_by, move.settled_at = TAKEN_BACK, member.account, work.now
    return Outcome(True, None, child)


def waiting_for(work: Work, member: Member) -> list[ChildMove]:
    """Moves that wait for an answer of this member's places, oldest first."""
    places_ = children.areas(work, member, mode="write")
    return list(
        work.session.scalars(
            select(ChildMove)
            .where(ChildMove.state == ASKED, children.inside(places_, ChildMove.to_area))
            .order_by(ChildMove.asked_at)
        )
    )
