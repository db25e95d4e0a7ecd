"""Who stands in: a deputy while somebody is away, and the whole hand-over of a post when somebody leaves it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from bot.services import journal
from bot.services.staff.accounts import valid_post
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, AwaySpan, Post


def away(work: Work, account: str, deputy: str | None, since: date, until: date) -> str | None:
    """Note that somebody is away, both days included; the deputy acts in the posts meanwhile.

    Returns why not: no_such_account, own_deputy, wrong_days; None when it is noted.
    """
    if not _active(work, account) or (deputy is not None and not _active(work, deputy)):
        return "no_such_account"
    if account == deputy:
        return "own_deputy"
    if until < since or until < work.today:
        return "wrong_days"
    work.session.add(AwaySpan(uid=opaque_id(), account=account, deputy=deputy, since=since, until=until))
    journal.record(work, "system", "staff away", account, deputy=deputy, since=str(since), until=str(until))
    return None


def hand_over(work: Work, leaving: str, taking: str) -> int | None:
    """Everything somebody holds goes to another from now on: the posts, and with them the children of their places.

    Returns how many posts; None: no such account, or the same one. What was assigned by name is left behind (a post's
    assignments stay with the post).
    """
    if leaving == taking or not _active(work, leaving) or not _active(work, taking):
        return None
    rows = work.session.scalars(select(Post).where(Post.account == leaving, *valid_post(work))).all()
    held = {
        (role, area)
        for role, area in work.session.execute(
            select(Post.role, Post.area).where(Post.account == taking, *valid_post(work))
        )
    }
    for post in rows:
        post.until = work.now
        if (post.role, post.area) not in held:
            work.session.add(
                Post(
                    uid=opaque_id(),
                    account=taking,
                    role=post.role,
                    area=post.area,
                    department=post.department,
                    since=work.now,
                )
            )
        journal.record(work, "system", "post handed over", taking, role=post.role, area=post.area, by=leaving)
    work.session.flush()
    return len(rows)


def _active(work: Work, account: str) -> bool:
    row = work.session.get(Account, account)
    return row is not None and row.state != "suspended"
