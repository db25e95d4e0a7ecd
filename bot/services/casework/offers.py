"""The open offer of a transfer (one at a time, to an account or to whoever holds a post), and what overtakes it and the
end that was proposed."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Closing, Post, Report, Transfer


def open_of(work: Work, report: Report) -> Transfer | None:
    """The transfer that waits for its receiver; None when none does."""
    return work.session.scalar(
        select(Transfer)
        .where(Transfer.report == report.uid, Transfer.state == "offered")
        .order_by(Transfer.offered_at.desc())
        .limit(1)
    )


def is_for(work: Work, member: Member, offer: Transfer) -> bool:
    """Whether this member is a receiver of the offer by the posts held now."""
    if offer.to_account is not None:
        return offer.to_account == member.account
    if (offer.to_role, offer.to_area) not in member.posts:
        return False
    if offer.department is None or offer.to_role != "dept_focal":
        return True
    departments = work.session.scalars(select(Post.department).where(Post.account == member.account))
    return offer.department in set(departments)


def settle(work: Work, offer: Transfer, state: str, account: str | None) -> None:
    """The offer was accepted or refused."""
    offer.state, offer.settled_at = state, work.now
    if state == "accepted" and account is not None:
        offer.to_account = account
    work.session.flush()


def overtaken(work: Work, report: Report) -> None:
    """An emergency overtakes what was offered, and what was proposed as an end."""
    void(work, report)
    void_end(work, report)


def void_end(work: Work, report: Report) -> None:
    """What was proposed as an end does not stand any more."""
    work.session.execute(
        update(Closing)
        .where(Closing.report == report.uid, Closing.state == "open")
        .values(state="void", settled_at=work.now)
    )


def void(work: Work, report: Report) -> None:
    """A new offer or the end overtakes what was offered before."""
    work.session.execute(
        update(Transfer)
        .where(Transfer.report == report.uid, Transfer.state == "offered")
        .values(state="void", settled_at=work.now)
    )
