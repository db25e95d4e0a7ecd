"""What is written down about an arrangement of 委托照护: the parties, the notices given, the duties accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from bot.care import roles
from bot.services import journal
from bot.services.contact import plans as contact_plans
from bot.services.register import children
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CareAcknowledgement, CareArrangement, CareNotice, Tie

RESOURCE = "entrusted_care"
SCHOOL, COMMITTEE = "school", "committee"
PARENTS = ("father", "mother", "guardian")
DATA, PROOF = "care_arrangements.data", "care_notices.proof"


@dataclass(frozen=True)
class Outcome:
    """What came of an act: allowed, or the refusal's code (`absent`: none such that you may see)."""

    allowed: bool
    refusal: str | None = None
    arrangement: str | None = None
    successor: str | None = None


ABSENT = Outcome(False, "absent")


def data(work: Work, row: CareArrangement) -> dict[str, Any]:
    """Everything told about an arrangement."""
    opened: dict[str, Any] = work.open(DATA, row.uid, row.data_sealed)
    return opened


def keep(work: Work, row: CareArrangement, kept: Mapping[str, Any]) -> None:
    """Seal what is known of an arrangement anew."""
    row.data_sealed, row.changed_at = work.seal(DATA, row.uid, dict(kept)), work.now
    work.session.flush()


def reach(
    work: Work, member: Member, uid: str, mode: str = "read", *, lock: bool = False
) -> tuple[CareArrangement, tuple[str, ...]] | None:
    """An arrangement with the roles this member holds for its place; None for a forbidden and an absent one alike."""
    query = select(CareArrangement).where(CareArrangement.uid == uid)
    row = work.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        return None
    held = tuple(
        role
        for role, area in children.posts(work, member)
        if roles.covers(area, row.area) and children.BY_AREA & set(roles.may(role, RESOURCE, mode))
    )
    return (row, held) if held else None


def of_a_parent(work: Work, row: CareArrangement, conversation: str) -> bool:
    """Whether the parent who asked for it writes here, or another parent or guardian on file who joined.

    Whoever staff have decided not to ask about the child (protection order, suspected harm) has no part in it.
    """
    person = contact_plans.speaker(work, conversation)
    barred = person is not None and row.child is not None and _kept_away(work, person, row.child)
    if barred or person is None or row.child is None:
        return row.conversation == conversation and not barred
    tied = (Tie.person == person, Tie.child == row.child, Tie.kind.in_(PARENTS))
    still = or_(Tie.until.is_(None), Tie.until > work.today)
    return row.conversation == conversation or work.session.scalar(select(Tie.uid).where(*tied, still)) is not None


def _kept_away(work: Work, person: str, child: str) -> bool:
    return any(not plan.allowed for plan in contact_plans.of_child(work, child) if plan.person == person)


def tell(work: Work, member: Member, uid: str, told: Mapping[str, Any]) -> Outcome:
    """Write down what is known of the parties (names, phones, period, school, the child's own words); moves nothing."""
    found = reach(work, member, uid, "write", lock=True)
    if found is None:
        return ABSENT
    row = found[0]
    keep(work, row, {**data(work, row), **{name: value for name, value in told.items() if name != "facts"}})
    journal.record(work, member.account, "arrangement told", uid)
    return Outcome(True, None, uid)


def record_notice(work: Work, member: Member, uid: str, recipient: str, on: date, proof: str = "") -> Outcome:
    """The written notice was given to the school or the committee on a day (WBF-23); a later record corrects it.

    Refused: `recipient` (neither of the two), `in_future`.
    """
    found = reach(work, member, uid, "write", lock=True)
    return _note(work, found[0], recipient, on, proof, member.account) if found is not None else ABSENT


def notice_of_family(work: Work, conversation: str, row: CareArrangement, recipient: str, on: date) -> Outcome:
    """The same, told by the parent whose duty it is; anybody else's answers like none."""
    return _note(work, row, recipient, on, "", conversation) if of_a_parent(work, row, conversation) else ABSENT


def _note(work: Work, row: CareArrangement, recipient: str, on: date, proof: str, by: str) -> Outcome:
    if recipient not in (SCHOOL, COMMITTEE):
        return Outcome(False, "recipient", row.uid)
    if on > work.today:
        return Outcome(False, "in_future", row.uid)
    notice = work.session.scalar(_notices(row).where(CareNotice.recipient == recipient))
    if notice is None:
        notice = CareNotice(uid=opaque_id(), arrangement=row.uid, candidate=row.candidate, recipient=recipient)
        work.session.add(notice)
    notice.delivered_on, notice.recorded_by, notice.at = on, by, work.now
    notice.proof_sealed = work.seal(PROOF, notice.uid, proof) if proof else None
    work.session.flush()
    journal.record(work, by, "notice recorded", row.uid, recipient=recipient)
    return Outcome(True, None, row.uid)


def record_duties(work: Work, member: Member, uid: str) -> Outcome:
    """The duties were explained to the carer, who accepted them (JL-3.5.c), as the child director records."""
    found = reach(work, member, uid, "write", lock=True)
    if found is None:
        return ABSENT
    row = found[0]
    if not acknowledged(work, row):
        work.session.add(
            CareAcknowledgement(
                uid=opaque_id(),
                arrangement=row.uid,
                candidate=row.candidate,
                recorded_by=member.account,
                at=work.now,
            )
        )
        work.session.flush()
        journal.record(work, member.account, "duties acknowledged", uid)
    return Outcome(True, None, uid)


def _notices(row: CareArrangement) -> Any:
    return select(CareNotice).where(CareNotice.arrangement == row.uid, CareNotice.candidate == row.candidate)


@dataclass(frozen=True)
class Notice:
    """A written notice that was given: to whom, on which day, what proves it, and whether a member of staff says so."""

    recipient: str
    on: date
    proof: str
    by_staff: bool


def notices(work: Work, row: CareArrangement) -> tuple[Notice, ...]:
    """The notices of the present candidate, for whoever may read the arrangement."""
    found = work.session.scalars(_notices(row).order_by(CareNotice.delivered_on, CareNotice.recipient))
    return tuple(
        Notice(
            one.recipient,
            one.delivered_on,
            str(work.open(PROOF, one.uid, one.proof_sealed)) if one.proof_sealed else "",
            work.session.get(Account, one.recorded_by) is not None,
        )
        for one in found
    )


def delivered(work: Work, row: CareArrangement) -> dict[str, date]:
    """To whom the written notice of the present candidate was given, and when."""
    return {notice.recipient: notice.delivered_on for notice in work.session.scalars(_notices(row))}


def acknowledged(work: Work, row: CareArrangement) -> bool:
    """Whether the present candidate has accepted the duties."""
    query = select(CareAcknowledgement.uid).where(
        CareAcknowledgement.arrangement == row.uid, CareAcknowledgement.candidate == row.candidate
    )
    return work.session.scalar(query) is not None
