"""Tasks for the office of a place: made, and told to whoever answers for it (`care_task_work`: worked on)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.care import calendar, roles
from bot.services import journal
from bot.services.casework import alerts
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.asked import Question, asked_once
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CareTask

FROM_FAMILIES = ("eligibility", "eligibility_review")
"""Kinds that a family handed over from its self-check."""
HANDED_HERE = Question(select(CareTask.uid).where(CareTask.conversation == bindparam("whose")).limit(1), (CareTask,))
"""Whether anything was handed over in a conversation: most who write have done no such thing."""
TO_FILE = "to_file"
"""What a task holds of the family's consent to its answers standing in the child's file: how it agreed, and when."""
ALL_WENT = "all_went"
"""What a task holds where every child of the family's check went to the same people."""
LABEL, NAME = "label", "child"
"""What a task holds of how the child of a family's check is called: by which words, and as it is said."""
WAYS_UP = ("child_director", "child_supervisor", "county_caseworker", "prefecture_duty", "province_duty")


def make(
    work: Work,
    kind: str,
    area: str,
    payload: Mapping[str, Any],
    conversation: str | None,
    natural_key: str | None = None,
    *,
    child: str | None = None,
    due_on: date | None = None,
) -> str | None:
    """Make a task and tell whoever answers for the place, going up until somebody does. `due_on`: by when.

    Returns the role that was told; None when nobody is bound anywhere: the task waits all the same.
    """
    uid = opaque_id()
    work.session.add(
        CareTask(
            uid=uid,
            kind=kind,
            area=area,
            child=child,
            due_on=due_on,
            conversation=conversation,
            payload_sealed=work.seal("care_tasks.payload", uid, dict(payload)),
            created_at=work.now,
            natural_key=natural_key,
        )
    )
    work.session.flush()
    journal.record(work, "system", "task made", uid, kind=kind, area=area)
    role, people = _who(work, area)
    for person in people:
        if person.conversation is not None:
            mailbox.say(
                work,
                person.conversation,
                f"staff.care_task.{kind}",
                {"task": uid, "day": f"{due_on.month}月{due_on.day}日" if due_on is not None else ""},
                push=True,
                priority=mailbox.LATER,
                natural_key=f"task:{uid}:{person.uid}",
                not_before=calendar.next_allowed(work.now),
            )
    return role


def _who(work: Work, area: str) -> tuple[str | None, list[Account]]:
    for role in WAYS_UP:
        if people := alerts.holders(work, role, area):
            return role, people
    return None, []


def answers_for(work: Work, area: str) -> str | None:
    """The role that answers for a place now; None: nobody is bound there or above."""
    return _who(work, area)[0]


def last_of(work: Work, conversation: str, kind: str, since: datetime) -> CareTask | None:
    """The last task of a kind that this conversation handed over since a moment; None: none."""
    if asked_once(work.session, HANDED_HERE, {"whose": conversation}) is None:
        return None
    return work.session.scalars(_last_of(), {"whose": conversation, "what": kind, "since": since}).first()


def all_of(work: Work, conversation: str, since: datetime) -> list[CareTask]:
    """Everything that this conversation handed over from its self-checks since a moment, the oldest first."""
    if asked_once(work.session, HANDED_HERE, {"whose": conversation}) is None:
        return []
    handed = select(CareTask).where(
        CareTask.conversation == conversation, CareTask.kind.in_(FROM_FAMILIES), CareTask.created_at > since
    )
    return list(work.session.scalars(handed.order_by(CareTask.created_at, CareTask.uid)))


@cache
def _last_of() -> Select[CareTask]:
    """Built once: it is asked for at every message that no open question takes."""
    handed = select(CareTask).where(
        CareTask.conversation == bindparam("whose"),
        CareTask.kind == bindparam("what"),
        CareTask.created_at > bindparam("since", type_=CareTask.created_at.type),
    )
    return handed.order_by(CareTask.created_at.desc()).limit(1)


def put_right(
    work: Work, task: CareTask, told: Mapping[str, Any], natural_key: str, say: str = "staff.care_task.changed"
) -> None:
    """Put what a family told anew in the place of what it handed over, and tell whoever has it; what was done already
    becomes a task once more. `say`: the text that tells it."""
    if task.done_at is not None:
        make(work, task.kind, task.area, told, task.conversation, natural_key, child=task.child)
        return
    _keep(work, task, told)
    people = _who(work, task.area)[1]
    holder = [one for one in people if one.uid == task.taken_by] or people
    for person in holder:
        if person.conversation is not None:
            mailbox.say(
                work,
                person.conversation,
                say,
                {"task": task.uid},
                push=True,
                priority=mailbox.LATER,
                natural_key=f"{natural_key}:{person.uid}",
                not_before=calendar.next_allowed(work.now),
            )


def handed_by(work: Work, conversation: str, since: datetime) -> dict[str, Any]:
    """What this conversation handed over from its self-check last, since a moment; empty: nothing."""
    task = _handed(work, conversation, since)
    return payload(work, task) if task is not None else {}


def reached_by(work: Work, conversation: str, since: datetime, contact: str) -> bool:
    """Keep how a family is reached with what it handed over last, as long as that is being worked on. False: there is
    none."""
    kept = False
    for task in _together(work, conversation, since):
        told = payload(work, task) if task.done_at is None else {}
        if told:
            before = str(told.get("contact") or "")
            told["contact"] = contact if not before or before in contact else f"{before}；{contact}"
            _keep(work, task, told)
            kept = True
    return kept


def agreed_to_file(work: Work, conversation: str, since: datetime, agreed: Mapping[str, str] | None) -> bool:
    """Keep that what this conversation handed over last may stand in the child's file, or (None) that it may not.
    False: nothing was handed over since, or it is in the file already."""
    kept = False
    for task in _together(work, conversation, since):
        told = payload(work, task) if task.child is None else {}
        if told:
            told.pop(TO_FILE, None)
            _keep(work, task, {**told, TO_FILE: dict(agreed)} if agreed is not None else told)
            kept = True
    return kept


def reach_given(work: Work, conversation: str, since: datetime) -> bool:
    """Whether what this conversation handed over last says how the family is reached."""
    task = _handed(work, conversation, since)
    return task is not None and bool(payload(work, task).get("contact"))


def _keep(work: Work, task: CareTask, told: Mapping[str, Any]) -> None:
    task.payload_sealed = work.seal("care_tasks.payload", task.uid, dict(told))
    journal.record(work, "system", "task added to", task.uid, kind=task.kind, area=task.area)


def _handed(work: Work, conversation: str, since: datetime) -> CareTask | None:
    every = [task for kind in FROM_FAMILIES if (task := last_of(work, conversation, kind, since)) is not None]
    return max(every, key=lambda task: task.created_at, default=None)


def _together(work: Work, conversation: str, since: datetime) -> list[CareTask]:
    """What this conversation handed over last, each child's: brothers and sisters go at one moment."""
    every = all_of(work, conversation, since)
    return [one for one in every if one.created_at == every[-1].created_at]


def payload(work: Work, task: CareTask) -> dict[str, Any]:
    """What a task holds."""
    if task.payload_sealed is None:
        return {}
    opened: dict[str, Any] = work.open("care_tasks.payload", task.uid, task.payload_sealed)
    return opened


def answering_for(member: accounts.Member) -> tuple[str, ...]:
    """The places whose tasks a member works on."""
    return tuple(area for role, area in member.posts if role in WAYS_UP and roles.area_digits(role))
