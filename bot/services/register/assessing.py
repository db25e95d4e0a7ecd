"""A child's eligibility in the register: assessments attached, staff-only facts with name and reason, tags that follow.

An assessment is never changed afterwards; a new fact, a birthday or a new reading of the model brings a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.care import assessment, eligibility
from bot.care import children as rules
from bot.care import model as models
from bot.services import journal
from bot.services.register import children
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, ChildAssessment, ConfidentialFact, StaffFact

FACTS, RESULT = "child_assessments.facts", "child_assessments.result"
VALUE, REASON = "staff_facts.value", "staff_facts.reason"
BIRTH = "child_birth_date"
SHOWN = ("left_behind", "hardship")
CONFIDENTIAL = "confidential_facts.value"
# Read and written by name only: `confidential`.
NOT_HERE = frozenset({models.PROTECTED_FACT})


@dataclass(frozen=True)
class Settled:
    """One staff-only fact as it stands: who set it, when and why."""

    fact: str
    value: str
    reason: str
    by: str
    at: datetime


def told(work: Work, child: Child) -> dict[str, Any]:
    """The facts told of a child: those of the newest assessment, the birth date, and the staff-only ones on top."""
    settled = {one.fact: one.value for one in staff_facts(work, child)}
    return gathered(work, child, newest_of(work, child), {**settled, **confidential(work, [child.uid])[child.uid]})


def confidential(work: Work, uids: Sequence[str]) -> dict[str, dict[str, str]]:
    """What stands in the confidential lines of these children, to reckon with; to be shown to nobody (`confidential`
    does that)."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = select(ConfidentialFact).where(ConfidentialFact.child.in_(uids)).order_by(ConfidentialFact.at)
    for row in work.session.scalars(rows):
        found[row.child][models.PROTECTED_FACT] = work.open(CONFIDENTIAL, row.uid, row.value_sealed)
    return found


def gathered(work: Work, child: Child, newest: ChildAssessment | None, settled: Mapping[str, str]) -> dict[str, Any]:
    """What `told` gives, of what was read before."""
    facts = dict(work.open(FACTS, newest.uid, newest.facts_sealed)) if newest is not None else {}
    birth = children.profile(work, child).get("birth_date")
    if birth:
        facts.pop("child_age_years", None)
        facts[BIRTH] = birth
    facts.update(settled)
    return facts


def newest_of(work: Work, child: Child) -> ChildAssessment | None:
    """The newest assessment of a child."""
    return work.session.scalar(
        select(ChildAssessment)
        .where(ChildAssessment.child == child.uid)
        .order_by(ChildAssessment.created_at.desc(), ChildAssessment.assessed_on.desc())
        .limit(1)
    )


def standing(work: Work, of: Sequence[Child]) -> dict[str, dict[str, str]]:
    """How 留守 and 困境 of these children may be shown, by child: the result on file, "none" where nobody assessed, and
    "unfinished" for a not_eligible about which something was never asked (`assessment.as_shown`)."""
    of_nobody = [one.uid for one in of if models.NOT_ELIGIBLE in (one.left_behind, one.hardship)]
    order = ChildAssessment.created_at, ChildAssessment.assessed_on
    rows = select(ChildAssessment).where(ChildAssessment.child.in_(of_nobody)).order_by(*order)
    newest = {row.child: row for row in work.session.scalars(rows)}
    found = {}
    for one in of:
        row = newest.get(one.uid)
        kept = work.open(RESULT, row.uid, row.result_sealed) if row is not None else None
        found[one.uid] = {name: _as_shown(getattr(one, name), kept, name) for name in SHOWN}
    return found


def _as_shown(on_file: str | None, kept: dict[str, Any] | None, name: str) -> str:
    if on_file == models.NOT_ELIGIBLE and kept is not None and kept[name] == on_file:
        return assessment.as_shown(kept, name)
    return on_file or "none"


def history(work: Work, child: Child, limit: int = 20) -> list[tuple[ChildAssessment, dict[str, Any]]]:
    """The assessments of a child with their results, newest first, as everybody without `child_hiv` sees them."""
    rows = work.session.scalars(
        select(ChildAssessment)
        .where(ChildAssessment.child == child.uid)
        .order_by(ChildAssessment.created_at.desc())
        .limit(limit)
    )
    return [(row, _shown(work.open(RESULT, row.uid, row.result_sealed))) for row in rows]


def _shown(result: dict[str, Any]) -> dict[str, Any]:
    met = [entry["code"] for entry in result["considered_not_met"]]
    return {
        **result,
        **{name: assessment.as_shown(result, name) for name in SHOWN},
        "matched": list(rules.shown(result["matched"])),
        "pending": list(rules.shown(result["pending"])),
        "considered_not_met": list(rules.shown(met)),
    }


def staff_facts(work: Work, child: Child) -> list[Settled]:
    """The staff-only facts of a child, each as last set."""
    rows = work.session.scalars(select(StaffFact).where(StaffFact.child == child.uid).order_by(StaffFact.at))
    found = {
        row.fact: Settled(
            row.fact,
            work.open(VALUE, row.uid, row.value_sealed),
            work.open(REASON, row.uid, row.reason_sealed),
            row.by,
            row.at,
        )
        for row in rows
    }
    return list(found.values())


def settable(on: date) -> dict[str, models.Fact]:
    """The staff-only facts that can be set in the register on a day (eligibility.yml, ask_policy: staff)."""
    facts = models.in_force(on).facts
    return {name: fact for name, fact in facts.items() if fact.policy == "staff" and name not in NOT_HERE}


def shown_facts(work: Work, member: Member, child: Child) -> list[Settled]:
    """The staff-only facts as a member sees them. What would give SELF.4 is seen by who set it alone: to everybody else
    a child of whom it was set looks like one with SELF.3 (hiv_protection)."""
    alike = models.in_force(work.today).rules[models.SHOWN_AS].depends
    return [one for one in staff_facts(work, child) if one.fact not in alike or one.by == member.account]


def may_set(work: Work, member: Member, child: Child) -> bool:
    """Whether this member may set staff-only facts of this child (roles.yml#child_sensitive)."""
    return children.reach(work, member, child.uid, children.SENSITIVE, "write") is not None


def set_fact(work: Work, member: Member, uid: str, fact: str, value: str, reason: str) -> Outcome:
    """Set a staff-only fact with its reason; the child is assessed anew. Refusals: absent, actor_not_allowed,
    no_such_fact, reason_missing."""
    child = children.reach(work, member, uid, lock=True)
    if child is None:
        return ABSENT
    if not may_set(work, member, child):
        return Outcome(False, "actor_not_allowed", child)
    known = settable(work.today).get(fact)
    if known is None or value not in known.values:
        return Outcome(False, "no_such_fact", child)
    if not reason.strip():
        return Outcome(False, "reason_missing", child)
    row = opaque_id()
    work.session.add(
        StaffFact(
            uid=row,
            child=uid,
            fact=fact,
            value_sealed=work.seal(VALUE, row, value),
            reason_sealed=work.seal(REASON, row, reason.strip()),
            by=member.account,
            at=work.now,
        )
    )
    work.session.flush()
    journal.record(work, member.account, "staff fact set", uid)
    attach(work, child, told(work, child), by=member.account, source="staff")
    return Outcome(True, None, child)


def attach(
    work: Work,
    child: Child,
    facts: Mapping[str, Any],
    *,
    by: str | None,
    source: str,
    model: models.Model | None = None,
) -> ChildAssessment:
    """Assess a child by these facts and keep it: results, tags and the day of the next look stand in the file.

    `source`: self_check (with consent), staff, visit, import, model or age.
    """
    on = work.today
    model = model or models.in_force(on)
    found = eligibility.assess(facts, on, model)
    result = found.as_dict()
    # What is kept is what everybody may see; the tags alone follow from all that is known (hiv_protection).
    open_to_all = eligibility.assess(facts, on, model, protected=True).as_dict() if facts.keys() & NOT_HERE else result
    uid = opaque_id()
    row = ChildAssessment(
        uid=uid,
        child=child.uid,
        model_version=found.model_version,
        assessed_on=on,
        facts_sealed=work.seal(FACTS, uid, dict(facts)),
        result_sealed=work.seal(RESULT, uid, open_to_all),
        by=by,
        source=source,
        created_at=work.now,
    )
    work.session.add(row)
    _put(work, child, facts, result, model, by)
    child.recheck_on = found.recheck_on
    return row


def _put(
    work: Work, child: Child, facts: Mapping[str, Any], result: dict[str, Any], model: models.Model, by: str | None
) -> None:
    before = (child.left_behind, child.hardship)
    child.left_behind, child.hardship = result["left_behind"], result["hardship"]
    notes = children.profile(work, child).get("notes", ())
    tags = rules.key_focus(facts, result, model, notes)
    old = children.tags(work, child)
    if before != (child.left_behind, child.hardship):
        children.note_change(work, child, "eligibility", by, left_behind=child.left_behind, hardship=child.hardship)
    if list(tags) != old:
        child.tags_sealed = work.seal(children.TAGS, child.uid, [tag.as_dict() for tag in tags])
        child.key_focus = bool(tags)
        children.note_change(work, child, "key_focus", by)


def look_again(work: Work, child: Child, by: str | None, source: str) -> None:
    """Assess a child anew by what is told of it; a child nobody ever assessed stays so."""
    if newest_of(work, child) is not None or staff_facts(work, child):
        attach(work, child, told(work, child), by=by, source=source)
