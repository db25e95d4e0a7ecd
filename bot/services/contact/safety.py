"""Whether somebody may be written to about a child: never who may be the source of harm, unless staff decided.

A report told by the family or opened by a visit suspends whoever may have done it, at once and by itself; a decision of
staff made after it holds (contact_prompts.md §3; roles.yml, rules: guardian suspected of harm).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import null, select

from bot.care import catalogue
from bot.services.casework import reports
from bot.services.contact import plans as contact_plans
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.many import among
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
    return suspicions(work, [plan]).get(plan.uid)


def suspicions(work: Work, plans: Sequence[ContactPlan]) -> dict[str, Report]:
    """As `suspicion`, of each of these plans in which there is one, by the plan."""
    known, found = _grave(work, {plan.child for plan in plans}), {}
    for plan in plans:
        grave = [report for report, teller in known[plan.child] if teller != plan.person]
        decided = _decided_at(work, plan) if grave else None
        for report in grave:
            if (decided is None or decided < report.received_at) and _may_have_done_it(work, plan, report):
                found[plan.uid] = report
                break
    return found


def _grave(work: Work, children: Collection[str]) -> dict[str, list[tuple[Report, str | None]]]:
    """By child the open grave reports that we know of, each with who of its people told it; None: a visit did."""
    told = (
        select(Report, Tie.child, ContactChannel.person)
        .join(ContactChannel, ContactChannel.conversation == Report.conversation)
        .join(Tie, Tie.person == ContactChannel.person)
        .where(among(work.dialect, Tie.child, children))
    )
    seen = (
        select(Report, Visit.child, null())
        .join(Visit, Visit.report == Report.uid)
        .where(among(work.dialect, Visit.child, children))
    )
    found: dict[str, list[tuple[Report, str | None]]] = defaultdict(list)
    for query in (told, seen):
        still_open = query.where(Report.severity.in_(GRAVE), Report.state.not_in(access.ENDED))
        for report, child, teller in work.session.execute(still_open):
            found[child].append((report, teller))
    return found


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
