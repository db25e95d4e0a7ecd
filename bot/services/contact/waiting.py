"""What was told to a parent in the night waits for the morning; by then staff may have decided, or a report may have
told, that this parent may be the source of the harm. Then it is not sent (contact_prompts.md §6, roles.yml rule 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import select

from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import AbnormalNotice, ContactPlan, Outbox, Referral, Visit

WAITS = ("contact.notice", "referral.ask", "contact.visited", "join.child.push")
OF_A_CHILD: Mapping[str, type[AbnormalNotice | Referral | Visit]] = {
    "notice": AbnormalNotice,
    "referral": Referral,
    "visited": Visit,
}
"""What such a message is about, by the beginning of its key; that of a guardian's consent names the child itself."""


def take_back(work: Work) -> int:
    """Messages about a child that wait for their hour and whose reader may not be told any more. Returns how many."""
    rows = work.session.scalars(
        select(Outbox).where(
            Outbox.state == "due", Outbox.not_before > work.now, Outbox.push.is_(True), Outbox.key.in_(WAITS)
        )
    ).all()
    taken = [row for row in rows if not _may_be_told(work, row)]
    for row in taken:
        mailbox.forget_pushes(work, row.conversation, str(row.natural_key))
    return len(taken)


def _may_be_told(work: Work, row: Outbox) -> bool:
    person = contact_plans.speaker(work, row.conversation)
    plan = work.session.scalar(
        select(ContactPlan).where(ContactPlan.person == person, ContactPlan.child == _child(work, row))
    )
    return plan is not None and contact_safety.may_be_asked(work, plan)


def _child(work: Work, row: Outbox) -> str:
    kind, uid, *rest = str(row.natural_key).split(":")
    if kind not in OF_A_CHILD:
        return rest[0]
    return cast("AbnormalNotice | Referral | Visit", work.session.get_one(OF_A_CHILD[kind], uid)).child
