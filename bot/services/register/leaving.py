"""A child leaves the province: a letter with the file, tracked until the other side has it (visits.md §11).

Until the receipt is written down nothing ends: the old office answers, and asks every week where the letter is.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.care import parameters
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import children, moving, registering
from bot.services.register.children import ABSENT, Outcome
from bot.services.register.moving import AGREED, ASKED, LETTER, NOTE, OUTSIDE
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, ChildMove

SENDS = ("county_caseworker",)


def ask(work: Work, member: Member, uid: str, where: str) -> Outcome:
    """Say that a child moves out of the province; the county is asked for a letter. Refusals: absent, place_missing,
    asked_already."""
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if not where.strip():
        return Outcome(False, "place_missing", child)
    if moving.open_of(work, child) is not None:
        return Outcome(False, "asked_already", child)
    move = ChildMove(
        uid=opaque_id(),
        child=uid,
        from_area=child.area,
        to_area=OUTSIDE,
        asked_by=member.account,
        asked_at=work.now,
    )
    move.note_sealed = work.seal(NOTE, move.uid, where.strip())
    work.session.add(move)
    work.session.flush()
    journal.record(work, member.account, "child leaves province", uid)
    _remind(work, move, child)
    return Outcome(True, None, child, waiting=True)


def sent(work: Work, member: Member, uid: str, letter: str) -> Outcome:
    """Write down that the letter with the file has gone: to whom, which number. Refusals: absent, actor_not_allowed,
    nothing_asked, letter_missing."""
    return _step(work, member, uid, letter, (ASKED, LETTER), LETTER)


def received(work: Work, member: Member, uid: str, receipt: str) -> Outcome:
    """Write down that the other side has it; only then the file ends. Refusals: absent, actor_not_allowed,
    nothing_asked, letter_missing."""
    outcome = _step(work, member, uid, receipt, (LETTER,), AGREED)
    if not outcome.allowed or outcome.child is None:
        return outcome
    return registering.end(work, member, uid, "moved_out", receipt)


def _step(work: Work, member: Member, uid: str, words: str, before: tuple[str, ...], after: str) -> Outcome:
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if not any(role in SENDS and child.area.startswith(area) for role, area in children.posts(work, member)):
        return Outcome(False, "actor_not_allowed", child)
    move = moving.open_of(work, child)
    if move is None or move.to_area != OUTSIDE or move.state not in before:
        return Outcome(False, "nothing_asked", child)
    if not words.strip():
        return Outcome(False, "letter_missing", child)
    move.state, move.note_sealed = after, work.seal(NOTE, move.uid, f"{told(work, move)}；{words.strip()}")
    if after == AGREED:
        move.settled_by, move.settled_at, move.effective_on = member.account, work.now, work.today
    journal.record(work, member.account, f"child leaves province: {after}", uid)
    return Outcome(True, None, child)


def told(work: Work, move: ChildMove) -> str:
    """Where to, and what has been written down about letter and receipt."""
    return str(work.open(NOTE, move.uid, move.note_sealed)) if move.note_sealed else ""


def remind(work: Work) -> int:
    """Ask once a week where the letters are (jurisdiction.coordination.reraise_every)."""
    open_ = select(ChildMove, Child).join(Child, Child.uid == ChildMove.child)
    rows = work.session.execute(open_.where(ChildMove.state.in_((ASKED, LETTER)), ChildMove.to_area == OUTSIDE))
    return sum(_remind(work, move, child) for move, child in rows.all())


def _remind(work: Work, move: ChildMove, child: Child) -> int:
    every = timedelta(days=int(parameters.number("jurisdiction.coordination.reraise_every")))
    week = (work.now - move.asked_at) // every
    said = 0
    for person in moving.of_county(work, child.area):
        args = {"number": child.number, "child": child.uid}
        key = f"child leaves:{move.uid}:{person.uid}:{week}"
        said += mailbox.say(
            work,
            str(person.conversation),
            f"child.leaving.{move.state}",
            args,
            push=True,
            natural_key=key,
            not_before=moving.allowed(work),
        )
    return said
