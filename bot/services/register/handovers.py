"""16 and 18: before a child grows out of the service somebody sees that others go on (visits.md §4, PROPOSED).

The task waits until the hand-over is recorded. Until then visits go on: nobody is dropped silently.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select

from bot.care import parameters
from bot.services import journal, rounds
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff import accounts
from bot.services.tasks import care_tasks
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import CareTask, Child, Responsibility, VisitPlan

KIND, MARK = visit_plans.HANDOVER, "handovers"
TO = ("school", "guardian", "adult_aid", "township")
"""Who goes on (ours): school or training, the family itself, aid for grown-ups, the township's assistance."""


def tick(work: Work) -> dict[str, int]:
    """Make the tasks of one county whose day has come; `left`: there are more counties to look at today."""
    day = work.today
    county = rounds.next_county(work, MARK, day)
    if county is None:
        return {"handovers": 0, "left": 0}
    made = sum(_task(work, child, office, on) for child, office, on in _due(work, county, day))
    return {"handovers": made, "left": 1}


def _due(work: Work, county: str, day: date) -> list[tuple[Child, str, date]]:
    rows = work.session.execute(
        select(Child, Responsibility.area, VisitPlan.handover_on)
        .join(Child, Child.uid == Responsibility.child)
        .join(VisitPlan, VisitPlan.child == Child.uid)
        .where(
            Responsibility.duty == visit_plans.DUTY,
            Responsibility.area >= county,
            Responsibility.area < f"{county}:",
            Responsibility.since <= day,
            or_(Responsibility.until.is_(None), Responsibility.until > day),
            VisitPlan.handover_on <= day,
            VisitPlan.due.is_not(None),
        )
    )
    return [(child, office, on) for child, office, on in rows if on is not None and child.state in children.IN_SERVICE]


def first_day_over(on: date) -> date:
    """The first day over the age limit, by the day its task begins."""
    return on + timedelta(days=int(parameters.number("visit.handover.before_age_limit")))


def _task(work: Work, child: Child, office: str, on: date) -> bool:
    key = visit_plans.handover_key(child.uid, on)
    if work.session.scalar(select(CareTask.uid).where(CareTask.natural_key == key)) is not None:
        return False
    care_tasks.make(work, KIND, office, {}, None, key, child=child.uid, due_on=first_day_over(on))
    return True


def record(work: Work, member: accounts.Member, task_uid: str, to: str, words: str = "") -> str | None:
    """Write down that others go on, and who. Returns why not: absent, no_such_fact; None when it is recorded."""
    task = work.session.get(CareTask, task_uid)
    if task is None or task.kind != KIND or task.child is None or task.state != "open":
        return "absent"
    child = children.reach(work, member, task.child, mode="write", lock=True)
    if child is None:
        return "absent"
    if to not in TO:
        return "no_such_fact"
    task.state, task.done_at, task.done_by = "done", work.now, member.account
    task.payload_sealed = work.seal("care_tasks.payload", task.uid, {"to": to, "words": words.strip()})
    children.note_change(work, child, "handed_over", member.account, to=to)
    journal.record(work, member.account, "hand-over recorded", child.uid, to=to)
    work.session.flush()
    visit_plans.replan(work, child)
    return None


def open_of(work: Work, child: Child) -> CareTask | None:
    """The hand-over of a child that waits to be recorded."""
    return work.session.scalar(
        select(CareTask).where(CareTask.child == child.uid, CareTask.kind == KIND, CareTask.state == "open").limit(1)
    )


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """A button "handover:see|<who goes on>:<task>": whom it is about, then who goes on. Read anew who may."""
    what, _, uid = rest.partition(":")
    member, task = accounts.member(work, conversation), work.session.get(CareTask, uid)
    ours = task is not None and task.kind == KIND
    child = children.reach(work, member, task.child or "") if member is not None and task is not None and ours else None
    if member is None or task is None or child is None or task.due_on is None:
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
    elif task.state != "open":
        mailbox.say(work, conversation, "child.already", reply_to=inbox_id)
    elif what == "see":
        journal.record(work, member.account, "task seen", task.uid)
        day = visit_words.day(task.due_on)
        args = {"task": task.uid, "name": visit_words.name(work, child), "day": day, "child": child.uid}
        mailbox.say(work, conversation, "staff.care_task.handover.shown", args, reply_to=inbox_id)
    else:
        refusal = record(work, member, task.uid, what)
        key = "child.gone" if refusal else "staff.care_task.handover.done"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    return True
