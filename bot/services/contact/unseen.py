"""A person is not asked while staff have not decided, and whoever the report names must not notice: for them questions
go out as always, silence is silence and climbs its ladder. Nothing of that reaches the person, nor others of the staff.

What stands only in that world carries the reports it stands behind. Source: roles.yml, rules 1 and 6 (guarantee 27);
contact_prompts.md §4a 3: for everybody else nothing is sent and the ladder does not run.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.services.contact import barring as contact_barring
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.mail import mailbox, withholding
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord, Outbox

BEHIND = "behind"


def behind(work: Work, plans: Sequence[ContactPlan]) -> dict[str, str]:
    """By plan the reports because of which the person is not asked, where all of them name the same of the staff:
    for those the person is asked. Nothing of plans that are asked, or whose pause everybody may see."""
    found = contact_safety.causes(work, plans)
    return {plan: contact_barring.listed(reports) for plan, reports in found.items()}


def withhold(work: Work, plan: ContactPlan) -> str | None:
    """Somebody is not asked any more: what waits to be sent is taken back, or withheld where it must seem sent.
    Returns behind which reports."""
    hidden = behind(work, [plan]).get(plan.uid)
    for conversation, _ in contact_plans.channels(work, plan.person):
        start = f"contact:{plan.person}:{plan.child}:"
        if hidden is None:
            mailbox.forget_pushes(work, conversation, start)
            continue
        keys = withholding.withhold(work, conversation, start, {BEHIND: hidden})
        for row in work.session.scalars(select(ContactRecord).where(ContactRecord.pushed.in_(keys))):
            note(row, hidden)
    return hidden


def note(row: ContactRecord, hidden: str) -> None:
    """One question of this week was withheld."""
    row.behind, row.withheld = hidden, row.withheld + 1


def seems(work: Work, row: Outbox, reader: str, child: str) -> str:
    """What became of a message, as an account may know it: what was withheld seems to wait or to be sent, or is told
    to be withheld."""
    if row.state not in (withholding.WITHHELD, withholding.PASSED):
        return row.state
    if contact_barring.takes_for_real(work, str(mailbox.args_of(work, row).get(BEHIND, "")), reader, child):
        return "due" if row.state == withholding.WITHHELD else "sent"
    return withholding.WITHHELD


def sends(work: Work, row: ContactRecord, reader: str) -> int:
    """How often somebody was asked in a week, as an account may know it."""
    if row.behind is None or contact_barring.takes_for_real(work, row.behind, reader, row.child):
        return row.sends
    return row.sends - row.withheld
