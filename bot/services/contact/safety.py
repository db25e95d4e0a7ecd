"""Whether somebody may be written to about a child: never who may be the source of harm, unless staff decided.

A report told by the family or opened by a visit suspends whoever may have done it, at once and by itself; a decision of
staff made after it holds (contact_prompts.md §3; roles.yml, rules: guardian suspected of harm).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from bot.care import catalogue
from bot.services.casework import reports
from bot.services.contact import plans as contact_plans
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import ContactChannel, ContactDecision, ContactPlan, Report, Tie, Visit

GRAVE = ("S0", "S1")
MAY_BE = {contact_plans.PARENT: ("guardian",), contact_plans.CARER: ("carer", "relative"), contact_plans.CHILD: ()}
NOT_SAID = ("none", "unknown")
OWN_PAIN = frozenset({"self_harm_words", "self_harm_act", "psychosis_signs"})
"""Signs of which nobody is suspected while nobody is named."""


def may_be_asked(work: Work, plan: ContactPlan) -> bool:
    """Whether this person may be asked and told about this child now."""
    return plan.allowed and suspicion(work, plan) is None


def suspicion(work: Work, plan: ContactPlan) -> Report | None:
    """The open grave report in which this person may be the one who did it, and staff have not decided since."""
    grave = _grave(work, plan)
    decided = _decided_at(work, plan) if grave else None
    for report in grave:
        if (decided is None or decided < report.received_at) and _may_have_done_it(work, plan, report):
            return report
    return None


def _grave(work: Work, plan: ContactPlan) -> list[Report]:
    """Open grave reports about the child that we know of: told by its people (not by this person), or by a visit."""
    told = (
        select(ContactChannel.conversation)
        .join(Tie, Tie.person == ContactChannel.person)
        .where(Tie.child == plan.child, ContactChannel.person != plan.person)
    )
    seen = select(Visit.report).where(Visit.child == plan.child, Visit.report.is_not(None))
    return list(
        work.session.scalars(
            select(Report).where(
                Report.severity.in_(GRAVE),
                Report.state.not_in(access.ENDED),
                or_(Report.conversation.in_(told), Report.uid.in_(seen)),
            )
        )
    )


def _may_have_done_it(work: Work, plan: ContactPlan, report: Report) -> bool:
    if plan.voice == contact_plans.CHILD:
        return False
    facts = reports.told_of(work, report)["facts"]
    suspect = facts.get("suspect_relation", "unknown")
    if suspect not in NOT_SAID:
        return suspect in MAY_BE[plan.voice]
    known = catalogue.signs()
    return any(known[sign].get("harm") for sign in facts.get("signs", ()) if sign in known and sign not in OWN_PAIN)


def _decided_at(work: Work, plan: ContactPlan) -> datetime | None:
    return work.session.scalar(
        select(ContactDecision.at)
        .where(ContactDecision.person == plan.person, ContactDecision.child == plan.child)
        .order_by(ContactDecision.at.desc())
        .limit(1)
    )
