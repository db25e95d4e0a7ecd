"""Tasks for the office of a place: made, told to whoever answers for it, looked at and done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import calendar, roles
from bot.reading import places
from bot.services import alerts, journal, mailbox, staff
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CareTask

TAP = "caretask"
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


def payload(work: Work, task: CareTask) -> dict[str, Any]:
    """What a task holds."""
    if task.payload_sealed is None:
        return {}
    opened: dict[str, Any] = work.open("care_tasks.payload", task.uid, task.payload_sealed)
    return opened


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """A button under a task: see it, or it is done. Only for whoever holds a post for its place."""
    what, _, uid = rest.partition(":")
    member = staff.member(work, conversation)
    task = work.session.get(CareTask, uid)
    allowed = member is not None and task is not None and task.state == "open" and _answers_for(member, task.area)
    if not allowed or member is None or task is None:
        mailbox.say(work, conversation, "staff.care_task.not_yours", reply_to=inbox_id)
    elif what == "done":
        task.state, task.done_at, task.done_by = "done", work.now, member.account
        journal.record(work, member.account, "task done", uid)
        mailbox.say(work, conversation, "staff.care_task.done", reply_to=inbox_id)
    else:
        journal.record(work, member.account, "task seen", uid)
        held = payload(work, task)
        args: dict[str, Any] = {key: held.get(key) or "-" for key in ("name", "contact", "recap", "result")}
        args |= {"task": uid, "place": places.full_name(task.area)}
        if "arrangement" in held:
            label = texts.phrase("entrusted.do.review")
            args["choices"] = [[label, f"entrusted.review={held['arrangement']}", "primary"]]
        usual = "staff.care_task.shown" if held.get("result") else "staff.care_task.shown.plain"
        own = f"staff.care_task.shown.{task.kind}"
        mailbox.say(work, conversation, own if texts.known(own) else usual, args, reply_to=inbox_id)
    return True


def _answers_for(member: staff.Member, area: str) -> bool:
    return any(role in WAYS_UP and area.startswith(place) and roles.area_digits(role) for role, place in member.posts)
