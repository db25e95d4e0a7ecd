"""The confidential line of a file: read and written by name only (roles.yml, hiv_protection; scope assigned).

The county's manager gives the case to one caseworker; nobody else learns what stands there, or whether anything does.
What follows for everybody is the key focus whose ground is not shown. PROPOSED, ours: who gives a case to whom.
"""

from __future__ import annotations

from sqlalchemy import select, update

from bot.care import model as models
from bot.care import roles
from bot.services import journal
from bot.services.register import assessing, children
from bot.services.register.assessing import Settled
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CaseAssignment, Child, ConfidentialFact

FACT = models.PROTECTED_FACT
REASON = "confidential_facts.reason"
GIVES, READS = "county_manager", "county_caseworker"


def may_give(work: Work, member: Member, child: Child) -> bool:
    """Whether this member gives cases of the child's county to caseworkers."""
    return _in_post(work, member, child, GIVES)


def _in_post(work: Work, member: Member, child: Child, role: str) -> bool:
    return any(held == role and roles.covers(area, child.area) for held, area in children.posts(work, member))


def caseworkers(work: Work, child: Child) -> list[Account]:
    """Whom a case may be given to: the caseworkers of the county the child lives in."""
    return accounts.holders(work, READS, [child.area[: roles.area_digits(READS)]])


def given_to(work: Work, child: Child) -> CaseAssignment | None:
    """To whom the case is given now."""
    now = (CaseAssignment.child == child.uid, CaseAssignment.until.is_(None))
    return work.session.scalar(select(CaseAssignment).where(*now).order_by(CaseAssignment.since.desc()).limit(1))


def give(work: Work, member: Member, uid: str, account: str) -> Outcome:
    """Give the case to a caseworker, and to nobody else any longer. Refusals: absent, actor_not_allowed, wrong_value
    (no caseworker of this county)."""
    child = children.reach(work, member, uid)
    if child is None:
        return ABSENT
    if not may_give(work, member, child):
        return Outcome(False, "actor_not_allowed", child)
    if account not in {one.uid for one in caseworkers(work, child)}:
        return Outcome(False, "wrong_value", child)
    work.session.execute(
        update(CaseAssignment).where(CaseAssignment.child == uid, CaseAssignment.until.is_(None)).values(until=work.now)
    )
    work.session.add(CaseAssignment(uid=opaque_id(), child=uid, account=account, by=member.account, since=work.now))
    journal.record(work, member.account, "case given", uid, to=account)
    return Outcome(True, None, child)


def may_read(work: Work, member: Member, child: Child) -> bool:
    """Whether this member reads and writes the confidential line: the caseworker the case was given to, in office."""
    given = given_to(work, child)
    mine = given is not None and given.account == member.account
    in_office = (READS, child.area[: roles.area_digits(READS)]) in member.posts
    return mine and in_office and bool(roles.may(READS, FACT, "write"))


def read(work: Work, member: Member, child: Child) -> Settled | None:
    """What stands there, for who may read it; the look is journalled. None: nothing, or not for this member."""
    if not may_read(work, member, child):
        return None
    journal.record(work, member.account, "child read", child.uid, purpose="assigned")
    row = work.session.scalar(
        select(ConfidentialFact)
        .where(ConfidentialFact.child == child.uid)
        .order_by(ConfidentialFact.at.desc())
        .limit(1)
    )
    if row is None:
        return None
    value = work.open(assessing.CONFIDENTIAL, row.uid, row.value_sealed)
    return Settled(FACT, value, work.open(REASON, row.uid, row.reason_sealed), row.by, row.at)


def write(work: Work, member: Member, uid: str, value: str, reason: str) -> Outcome:
    """Write the line, with the reason; the child is assessed anew. Refusals: absent (also for who may not read it:
    that there is such a line is nobody else's matter), wrong_value, reason_missing."""
    child = children.reach(work, member, uid, lock=True)
    if child is None or not may_read(work, member, child):
        return ABSENT
    if value not in models.in_force(work.today).facts[FACT].values:
        return Outcome(False, "wrong_value", child)
    if not reason.strip():
        return Outcome(False, "reason_missing", child)
    row = opaque_id()
    work.session.add(
        ConfidentialFact(
            uid=row,
            child=uid,
            value_sealed=work.seal(assessing.CONFIDENTIAL, row, value),
            reason_sealed=work.seal(REASON, row, reason.strip()),
            by=member.account,
            at=work.now,
        )
    )
    work.session.flush()
    journal.record(work, member.account, "staff fact set", uid)
    assessing.attach(work, child, assessing.told(work, child), by=member.account, source="staff")
    return Outcome(True, None, child)
