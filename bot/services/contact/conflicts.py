"""Conflict of interest in contact: who is of a child's family deals with nothing of it, the level above does.

Source: roles.yml, rules (conflict of interest).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from bot.services import journal
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, ContactChannel, ContactConflict, Tie


def stands(work: Work, account: str, child: str) -> bool:
    """Whether an account said that it is of this child's family, or is reached where somebody of the family is."""
    said = exists().where(ContactConflict.account == account, ContactConflict.child == child)
    kin = (
        exists()
        .where(
            Account.uid == account,
            ContactChannel.conversation == Account.conversation,
            Tie.person == ContactChannel.person,
            Tie.child == child,
        )
        .correlate(None)
    )
    return bool(work.session.scalar(select(said | kin)))


def declare(work: Work, account: str, child: str) -> bool:
    """An account says that it is of the family. Saying so twice changes nothing: False. It is never taken back here."""
    known = select(ContactConflict.uid).where(ContactConflict.account == account, ContactConflict.child == child)
    if work.session.scalar(known) is not None:
        return False
    work.session.add(ContactConflict(uid=opaque_id(), account=account, child=child, at=work.now))
    work.session.flush()
    journal.record(work, account, "contact conflict", child)
    return True


def clear(work: Work, accounts: Iterable[Account], child: str) -> list[Account]:
    """Those of these people whom no conflict bars."""
    return [one for one in accounts if not stands(work, one.uid, child)]
