"""Whether somebody may be written to about a child: never who may be the source of harm, unless staff decided.

A report told by the family, opened by a visit or linked by staff to the child suspends whoever may have done it, at
once and by itself; a decision of staff made after it holds (contact_prompts.md §3; roles.yml, rules: guardian suspected
of harm).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, null, select, true

from bot.care import catalogue, intake
from bot.services.casework import reports
from bot.services.contact import barring as contact_barring
from bot.services.contact import plans as contact_plans
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.many import among_these, listed
from bot.storage.tables import ContactChannel, ContactDecision, ContactPlan, Report, ReportChild, Tie, Visit

GRAVE = ("S0", "S1")
MAY_BE = {contact_plans.PARENT: ("guardian",), contact_plans.CARER: ("carer", "relative"), contact_plans.CHILD: ()}
NOT_SAID = ("none", "unknown")
OWN_PAIN = frozenset({"self_harm_words", "self_harm_act", "psychosis_signs"})
"""Signs of which nobody is suspected while nobody is named."""
Told = list[tuple[Report, str | None]]
_DECIDED = (
    select(ContactDecision)
    .where(ContactDecision.person == bindparam("whose"), ContactDecision.child == bindparam("about"))
    .order_by(ContactDecision.at.desc())
)


def may_be_asked(work: Work, plan: ContactPlan, reader: str | None = None) -> bool:
    """Whether this person may be asked and told about this child now; as far as `reader`, an account, may know."""
    allowed = plan.allowed if reader is None else allowed_for(work, plan, reader)
    return allowed and suspicion(work, plan, reader) is None


def suspicion(work: Work, plan: ContactPlan, reader: str | None = None) -> Report | None:
    """The open grave report in which this person may be the one who did it, and staff have not decided since; with
    `reader` none of which that account may know nothing."""
    for report in _undecided(work, plan, _grave(work, {plan.child})[plan.child]):
        if reader is None or not contact_barring.bars(work, report, reader, plan.child, work.now):
            return report
    return None


def suspicions(work: Work, plans: Sequence[ContactPlan]) -> dict[str, Report]:
    """As `suspicion`, of each of these plans in which there is one, by the plan."""
    known = _grave(work, {plan.child for plan in plans})
    found = {plan.uid: next(_undecided(work, plan, known[plan.child]), None) for plan in plans}
    return {plan: report for plan, report in found.items() if report is not None}


def causes(work: Work, plans: Sequence[ContactPlan]) -> dict[str, list[Report]]:
    """By plan the reports because of which this person is not asked, where they all name the same of the staff, and
    nothing else that those know stands against asking."""
    open_ones = _grave(work, {plan.child for plan in plans})
    undecided = {plan.uid: list(_undecided(work, plan, open_ones[plan.child])) for plan in plans}
    paused = [plan for plan in plans if undecided[plan.uid] or not plan.allowed]
    if not paused:
        return {}
    ever = _grave(work, {plan.child for plan in paused}, ended=True)
    found = {}
    for plan in paused:
        reports = {report.uid: report for report in undecided[plan.uid]}
        if not plan.allowed:
            settled = _against(work, plan, ever[plan.child])
            last = next(iter(_decisions(work, plan)), None)
            reports |= {one.uid: one for one in settled if last is not None and _after(work, last, one)}
        behind = list(reports.values())
        names = [access.conflicted(report) for report in behind]
        if behind and frozenset.intersection(*names) and _allowed_without(work, plan, behind):
            found[plan.uid] = behind
    return found


def decisions_for(work: Work, plan: ContactPlan, reader: str) -> list[ContactDecision]:
    """What was decided about asking this person, newest first, without what others decided after a report of which
    the reader may know nothing: it would tell of the report."""
    return _decided_without(work, plan, _kept_from(work, plan, reader))


def allowed_for(work: Work, plan: ContactPlan, reader: str) -> bool:
    """Whether this person is asked, by the decisions that the reader may know."""
    return _allowed_without(work, plan, _kept_from(work, plan, reader))


def _decided_without(work: Work, plan: ContactPlan, hidden: Sequence[Report]) -> list[ContactDecision]:
    return [one for one in _decisions(work, plan) if not any(_after(work, one, report) for report in hidden)]


def _allowed_without(work: Work, plan: ContactPlan, hidden: Sequence[Report]) -> bool:
    known = _decided_without(work, plan, hidden)
    if len(known) == len(_decisions(work, plan)):
        return plan.allowed
    return known[0].allowed if known else True


def _after(work: Work, decision: ContactDecision, report: Report) -> bool:
    """Whether a decision was made after a report by somebody who may know of it."""
    return decision.at >= report.received_at and _settles(work, decision, report)


def forbidden_unseen(work: Work, plan: ContactPlan, reader: str) -> bool:
    """Whether the newest decision that the reader may not know forbids asking: none of the reader's own undoes it."""
    known = {one.uid for one in decisions_for(work, plan, reader)}
    unseen = next((one for one in _decisions(work, plan) if one.uid not in known), None)
    return unseen is not None and not unseen.allowed


def _kept_from(work: Work, plan: ContactPlan, reader: str) -> list[Report]:
    """Grave reports, ended ones too, that bear on this person and of which the reader may know nothing."""
    told = _grave(work, {plan.child}, ended=True)[plan.child]
    return [
        report
        for report in _against(work, plan, told)
        if contact_barring.bars(work, report, reader, plan.child, work.now)
    ]


def _undecided(work: Work, plan: ContactPlan, told: Told) -> Iterator[Report]:
    """Those against this person about which nobody who may know of them has decided; who names nobody of staff first,
    so that nobody lacks the rung of the one for that of another."""
    for report in sorted(_against(work, plan, told), key=lambda one: bool(one.conflicted)):
        if not any(_after(work, one, report) for one in _decisions(work, plan)):
            yield report


def _settles(work: Work, decision: ContactDecision, report: Report) -> bool:
    return not contact_barring.bars(work, report, decision.by, decision.child, decision.at)


def _against(work: Work, plan: ContactPlan, told: Told) -> list[Report]:
    return [report for report, teller in told if _may_have_done_it(work, plan, report, own=teller == plan.person)]


def _grave(work: Work, children: Collection[str], *, ended: bool = False) -> dict[str, Told]:
    """By child the open grave reports that we know of, each with who of its people told it; None: none of them did."""
    found: dict[str, Told] = defaultdict(list)
    if not children:
        return found
    dialect = work.dialect
    asked = {"these": listed(dialect, children)}
    for wanted in _graves(dialect, ended=ended):
        for report, child, teller in work.session.execute(wanted, asked):
            found[child].append((report, teller))
    return found


@cache
def _graves(dialect: str, *, ended: bool) -> tuple[Select[Report, str, str | None], ...]:
    """Grave reports of children, each with the child and who of its people told it: told by the family, opened by a
    visit, linked by staff."""
    told = (
        select(Report, Tie.child, ContactChannel.person)
        .join(ContactChannel, ContactChannel.conversation == Report.conversation)
        .join(Tie, Tie.person == ContactChannel.person)
        .where(among_these(dialect, Tie.child))
    )
    seen = (
        select(Report, Visit.child, null())
        .join(Visit, Visit.report == Report.uid)
        .where(among_these(dialect, Visit.child))
    )
    linked = (
        select(Report, ReportChild.child, ContactChannel.person)
        .join(ReportChild, ReportChild.report == Report.uid)
        .outerjoin(ContactChannel, ContactChannel.conversation == Report.conversation)
        .where(among_these(dialect, ReportChild.child))
    )
    grave = Report.severity.in_(GRAVE), true() if ended else Report.state.not_in(access.ENDED)
    return tuple(query.where(*grave) for query in (told, seen, linked))


def _may_have_done_it(work: Work, plan: ContactPlan, report: Report, *, own: bool) -> bool:
    """`own`: this person told it; of such a report only who says that he did it himself is suspected."""
    if plan.voice == contact_plans.CHILD:
        return False
    facts = reports.told_of(work, report)["facts"]
    if own and not intake.did_it_himself(facts):
        return False
    suspect = facts.get("suspect_relation", "unknown")
    if suspect not in NOT_SAID:
        return suspect in MAY_BE[plan.voice]
    known = catalogue.signs()
    return any(known[sign].get("harm") for sign in facts.get("signs", ()) if sign in known and sign not in OWN_PAIN)


def _decisions(work: Work, plan: ContactPlan) -> Sequence[ContactDecision]:
    """The newest first."""
    return work.session.scalars(_DECIDED, {"whose": plan.person, "about": plan.child}).all()
