"""A self-check that a family handed over, attached to the eligibility history of its child on file: with its consent.

Handing over lets staff read it, no more. It stands in a file only when the family said so, in chat or to staff, who
write down how. Source: visits.md §8 (self-check with consent), PIPL-31.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.register import assessing, children, finding
from bot.services.staff.accounts import Member
from bot.services.tasks import care_tasks
from bot.services.tasks import work as care_task_work
from bot.services.work import Work
from bot.storage.tables import CareTask, Child

CONSENT, UNKNOWN = care_tasks.TO_FILE, "unknown"
TO_STAFF = ("in_person", "phone", "paper")
"""How a family may tell staff that it agrees."""


def consented(held: Mapping[str, Any]) -> bool:
    """Whether the family agreed to its answers standing in the child's file, by what its task holds."""
    return bool(held.get(CONSENT))


def attach(work: Work, member: Member, task_uid: str, which: str, agreed: str = "") -> Outcome:
    """Attach what a family handed over to the child that a number or a name leads to, the only one that the member may
    write of. `agreed`: how the family agreed to staff, where it did not in chat.

    Refusals: absent, no_check (this task is none), attached (it is, already), not_agreed_to_file, no_child,
    several_children.
    """
    task = care_task_work.reach(work, member, task_uid)
    if task is None:
        return Outcome(False, "absent")
    held = care_tasks.payload(work, task)
    if task.kind not in care_tasks.FROM_FAMILIES or not held.get("facts"):
        return Outcome(False, "no_check")
    if task.child is not None:
        return Outcome(False, "attached")
    if not consented(held):
        if agreed not in TO_STAFF:
            return Outcome(False, "not_agreed_to_file")
        held[CONSENT] = {"how": agreed, "on": work.today.isoformat(), "by": member.account}
    found = [line.child.uid for line in finding.search(work, member, which, 2).lines] if which.strip() else []
    if len(found) > 1:
        return Outcome(False, "several_children")
    child = children.reach(work, member, found[0], children.RESULT, "write", lock=True) if found else None
    if child is None:
        return Outcome(False, "no_child")
    _attach(work, member, task, held, child)
    return Outcome(True)


def _attach(work: Work, member: Member, task: CareTask, held: dict[str, Any], child: Child) -> None:
    known, newest = assessing.told(work, child), assessing.newest_of(work, child)
    facts = {
        fact: value
        for fact, value in held["facts"].items()
        if fact not in assessing.NOT_HERE and not (value == UNKNOWN and fact in known)
    }
    on_file_since = newest is not None and newest.assessed_on > date.fromisoformat(held["on"])
    facts = {**facts, **known} if on_file_since else {**known, **facts}
    facts |= {one.fact: one.value for one in assessing.staff_facts(work, child)}
    facts |= assessing.confidential(work, [child.uid])[child.uid]
    if assessing.BIRTH in known:
        facts[assessing.BIRTH] = known[assessing.BIRTH]
        facts.pop("child_age_years", None)
    assessing.attach(work, child, facts, by=member.account, source="self_check")
    task.child = child.uid
    task.payload_sealed = work.seal("care_tasks.payload", task.uid, held)
    work.session.flush()
    journal.record(work, member.account, "self-check attached", child.uid, task=task.uid, how=held[CONSENT]["how"])
