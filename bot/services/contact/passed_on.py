"""What became of a worry, or of the wish for a talk, that somebody who joined passed on: from his own record, without a
code, and never more than stands there."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from bot.care import calendar, roles
from bot.services.contact import parents
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.mail import mailbox
from bot.services.talk.opened import whats_open
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import Child, ContactPlan, ContactRung

OF_WORRIES = ("concern", "wants_talk", "wants_help", "signal_soon", "signal_check", "signal_carer", "family_news")
"""Steps that stand for something a person of the family passed on himself."""
KEY, WORDS = "contact.asked_handled", "words"


def asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Say it to whoever joined here and asks whether anybody cares. False: nobody joined, or something is open."""
    plans = parents.plans_here(work, conversation)
    if not plans or plans[0].voice == contact_plans.CHILD or whats_open(work, conversation).flow is not None:
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        said(work, conversation, inbox_id, text)
    return True


def stands(work: Work, conversation: str) -> bool:
    """Whether he passed anything on."""
    return _newest(work, parents.plans_here(work, conversation)) is not None


def said(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say who has it and whether it is done; that nothing was passed on where nothing was."""
    plans = parents.plans_here(work, conversation)
    rung = _newest(work, plans)
    if rung is None:
        mailbox.say(work, conversation, f"{KEY}.none", reply_to=inbox_id)
    else:
        at = calendar.local(rung.opened_at)
        role = care_tasks.answers_for(work, work.session.get_one(Child, rung.child).area)
        state = "closed" if rung.closed_at is not None else "open" if role is not None else "nobody"
        label = roles.label_zh(rung.actor if rung.actor in contact_rungs.DIGITS else role or contact_rungs.DIRECTOR)
        args = {"day": f"{at.month}月{at.day}日", "who": label}
        mailbox.say(work, conversation, f"{KEY}.{state}", args, reply_to=inbox_id)
    parents.child_status(work, conversation, inbox_id, text)


def _newest(work: Work, plans: Iterable[ContactPlan]) -> ContactRung | None:
    """The last thing he passed on of any of his children, and that he did not take back; None: nothing."""
    found = [
        rung
        for plan in plans
        for rung in work.session.scalars(
            select(ContactRung)
            .where(ContactRung.person == plan.person, ContactRung.child == plan.child, ContactRung.behind.is_(None))
            .order_by(ContactRung.opened_at.desc())
        )
        if rung.step in OF_WORRIES and rung.closed_why != "taken_back"
    ]
    return max(found, key=lambda rung: rung.opened_at, default=None)
