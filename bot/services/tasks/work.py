"""Tasks of an office worked on: listed for whoever answers for the place, taken, ended with an outcome; journalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.tasks import care_tasks
from bot.services.tasks.care_tasks import FROM_FAMILIES, answering_for
from bot.services.work import Work
from bot.storage.tables import CareTask

OPEN, TAKEN, DONE = "open", "taken", "done"
LISTED = (*FROM_FAMILIES, "entrusted", "entrusted_call", "contact_join")
"""Kinds in the list. What silence of a contact makes is worked on with its own ladder."""
OUTCOMES = ("verified", "applied", "filed", "no_need", "not_reached")
LONGEST, MOST = 500, 100


@dataclass(frozen=True)
class Opened:
    """A task with what it holds: name, contact, recap, result, and the note of whoever finished it."""

    task: CareTask
    held: Mapping[str, str]
    note: str
    mine: bool


def listed(work: Work, member: accounts.Member, *, ended: bool = False) -> Sequence[CareTask]:
    """Tasks of the places the member answers for: what nobody took first, the oldest first. No content."""
    areas = answering_for(member)
    if not areas:
        return []
    states = (DONE,) if ended else (OPEN, TAKEN)
    within = or_(*(CareTask.area.startswith(area, autoescape=True) for area in areas))
    wanted = select(CareTask).where(within, CareTask.state.in_(states), CareTask.kind.in_(LISTED))
    order = (CareTask.done_at.desc(),) if ended else (CareTask.state, CareTask.created_at)
    return work.session.scalars(wanted.order_by(*order, CareTask.uid).limit(MOST)).all()


def reach(work: Work, member: accounts.Member, uid: str) -> CareTask | None:
    """A task the member answers for; None for any other, as if it were not there."""
    task = work.session.get(CareTask, uid)
    within = task is not None and any(task.area.startswith(area) for area in answering_for(member))
    return task if within and task is not None and task.kind in LISTED else None


def opened(work: Work, member: accounts.Member, uid: str) -> Opened | None:
    """A task to read, journalled; None when the member does not answer for it."""
    task = reach(work, member, uid)
    if task is None:
        return None
    journal.record(work, member.account, "task seen", uid)
    held = {key: _words(value) for key, value in care_tasks.payload(work, task).items()}
    held["recap"] = held.get("recap") or held.get("words", "")
    note = str(work.open("care_tasks.note", uid, task.note_sealed)) if task.note_sealed else ""
    return Opened(task, held, note, task.taken_by == member.account)


def take(work: Work, member: accounts.Member, uid: str) -> Outcome:
    """Take a task on. Refused: absent, taken (by somebody else), over."""
    task = reach(work, member, uid)
    if task is None:
        return Outcome(False, "absent")
    if task.state != OPEN:
        mine = task.state == TAKEN and task.taken_by == member.account
        return Outcome(mine, None if mine else "task_taken" if task.state == TAKEN else "task_over")
    task.state, task.taken_at, task.taken_by = TAKEN, work.now, member.account
    journal.record(work, member.account, "task taken", uid)
    _tell_the_family(work, task, "taken")
    return Outcome(True)


def finish(work: Work, member: accounts.Member, uid: str, outcome: str, note: str = "") -> Outcome:
    """Say what became of a task. Refused: absent, task_over, task_taken (by somebody else), task_outcome (not one)."""
    task = reach(work, member, uid)
    if task is None:
        return Outcome(False, "absent")
    if outcome not in OUTCOMES:
        return Outcome(False, "task_outcome")
    if task.state not in (OPEN, TAKEN):
        return Outcome(False, "task_over")
    if task.taken_by not in (None, member.account):
        return Outcome(False, "task_taken")
    task.state, task.outcome, task.done_at, task.done_by = DONE, outcome, work.now, member.account
    if note.strip():
        task.note_sealed = work.seal("care_tasks.note", uid, note.strip()[:LONGEST])
    journal.record(work, member.account, "task done", uid, outcome=outcome)
    _tell_the_family(work, task, outcome)
    return Outcome(True)


def _tell_the_family(work: Work, task: CareTask, what: str) -> None:
    """What became of it, without a word of its content; only who handed a self-check over is told."""
    if task.kind in FROM_FAMILIES and task.conversation is not None:
        key = f"task:{task.uid}:{what}"
        mailbox.say(work, task.conversation, f"eligibility.news.{what}", push=True, natural_key=key)


def _words(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
