"""Somebody asked to join without a code: staff of the place confirm who it is, or say that they do not know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.care import calendar
from bot.services import journal
from bot.services.casework.reports import Outcome
from bot.services.contact import desk as contact_desk
from bot.services.contact import invites, joining_words
from bot.services.contact import plans as contact_plans
from bot.services.contact import staff as contact_staff
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff.accounts import Member
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask, Child

UNKNOWN = "unknown"


def settle(work: Work, member: Member, task_uid: str, number: str, kind: str, name: str) -> Outcome:
    """Confirm that whoever asked is the father, mother … (`kind`) of the child with this number, or UNKNOWN.

    Refusals: absent (no such open task here), no_such_child, no_such_kind, too_young, no_guardian_consent,
    conflict_of_interest.
    """
    task = work.session.get(CareTask, task_uid)
    if task is None or task.kind != contact_desk.JOIN or task.state != "open":
        return Outcome(False, "absent")
    if not contact_desk.answers_for(work, member, task.area) or task.conversation is None:
        return Outcome(False, "absent")
    if kind == UNKNOWN:
        _push(work, task, "join.not_known", {})
    elif (refusal := _confirm(work, member, task, number, kind, name)) is not None:
        return Outcome(False, refusal)
    task.state, task.done_at, task.done_by = "done", work.now, member.account
    journal.record(work, member.account, "contact joining settled", task.uid, kind=kind)
    return Outcome(True)


def _confirm(work: Work, member: Member, task: CareTask, number: str, kind: str, name: str) -> str | None:
    visible = children.visible(work, member).where(Child.number == number.strip())
    child = work.session.scalar(select(Child).where(Child.uid.in_(visible.with_only_columns(Child.uid))))
    if child is None:
        return "no_such_child"
    if not contact_staff.may(work, member, child.uid):
        return "conflict_of_interest"
    try:
        person = contact_staff.person_of(work, child.uid, kind, name[:20])
        invite = invites.confirm(work, person, str(task.conversation), by=member.account)
    except ValueError as error:
        return str(error)
    _push(work, task, "join.confirmed", {"invite": invite})
    return None


def _push(work: Work, task: CareTask, key: str, args: dict[str, str]) -> None:
    """Tell whoever asked, at an hour at which nobody sleeps there: where he joined before, or says that he works."""
    talk, said = str(task.conversation), " ".join(care_tasks.payload(work, task).get("words", ()))
    told = joining_words.zone(joining_words.read("country", said, None, work.now) or "")
    mailbox.say(
        work,
        talk,
        key,
        args,
        push=True,
        natural_key=f"joining:{task.uid}:{key}",
        not_before=calendar.next_allowed(work.now, ZoneInfo(told) if told else contact_plans.zone_at(work, talk)),
    )
