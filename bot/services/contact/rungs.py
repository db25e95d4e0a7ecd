"""Rungs of the silence ladder: each once (its natural key), with its reason, told to who carries it, closed by an
answer. What is pushed names no child; what one voice said is in none of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.care import calendar, parameters
from bot.services import journal
from bot.services.contact import barring as contact_barring
from bot.services.contact import conflicts as contact_conflicts
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox, rewording
from bot.services.staff import access, accounts
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, CareTask, Child, ContactPlan, ContactRecord, ContactRung, Report

DIRECTOR, SUPERVISOR = "child_director", "child_supervisor"
OF_A_WORRY = {("concern", "concern_told"), ("wants_talk", "wants_talk")}
"""Tasks that come of 有没有让您担心的事 alone: whoever takes his worry back takes these back."""
SILENCE = ("director_task", "supervisor_task", "lost_contact_record")
TOWNSHIP = 9
ABOVE = {DIRECTOR: SUPERVISOR, SUPERVISOR: "county_caseworker", "county_caseworker": None}
BEYOND = "duty_officer"
"""Carries what names every level of ours; nobody is written to, the report itself is there."""
DIGITS = {DIRECTOR: 12, SUPERVISOR: TOWNSHIP, "county_caseworker": 6}

# Built once: every answer closes what stands open, and every look at somebody asks for it.
_OPEN = (
    select(ContactRung)
    .where(
        ContactRung.person == bindparam("whose"),
        ContactRung.child == bindparam("about"),
        ContactRung.closed_at.is_(None),
    )
    .order_by(ContactRung.opened_at, ContactRung.uid)
)
_STANDS = select(ContactRung.uid).where(ContactRung.natural_key == bindparam("key"))


def open_rung(
    work: Work,
    plan: ContactPlan,
    key: str,
    step: str,
    reason: str,
    actor: str,
    due: date | None,
    behind: str | None = None,
    *,
    told: bool = False,
) -> bool:
    """Put one rung up and tell who carries it. False: it stands already, nothing happens. `behind`: see unseen.

    `told`: it comes of what somebody just said; several that come of the same words are one message to each carrier.
    """
    if work.session.scalar(_STANDS, {"key": key}) is not None:
        return False
    rung = ContactRung(
        uid=opaque_id(),
        natural_key=key,
        person=plan.person,
        child=plan.child,
        step=step,
        reason=reason,
        actor=actor,
        due=due,
        opened_at=work.now,
        behind=behind,
    )
    work.session.add(rung)
    work.session.flush()
    journal.record(work, "system", "contact rung", rung.uid, step=step, reason=reason)
    if actor in ABOVE:
        rung.actor, people = _who(work, rung.child, actor, contact_barring.report_of(work, rung))
        _hand_over(work, rung, plan)
        beside = _of_this_moment(work, rung) if told else []
        for account in people:
            _push(work, rung, account, beside)
    return True


def _of_this_moment(work: Work, rung: ContactRung) -> list[ContactRung]:
    """What else was put up about the child at the same moment and is carried by the same post. What stands for a
    report is told by itself: who may know nothing of that sees the same without it."""
    if rung.step == contact_barring.DECIDE or rung.behind is not None:
        return []
    return list(
        work.session.scalars(
            select(ContactRung).where(
                ContactRung.child == rung.child,
                ContactRung.opened_at == rung.opened_at,
                ContactRung.actor == rung.actor,
                ContactRung.step != contact_barring.DECIDE,
                ContactRung.behind.is_(None),
                ContactRung.uid != rung.uid,
            )
        )
    )


def _hand_over(work: Work, rung: ContactRung, plan: ContactPlan) -> None:
    """The task of the office, with the weeks before it: who confirmed what, and nothing that anybody said."""
    area = work.session.get_one(Child, rung.child).area
    rows = work.session.scalars(
        select(ContactRecord)
        .where(ContactRecord.person == plan.person, ContactRecord.child == plan.child)
        .order_by(ContactRecord.week.desc())
        .limit(8)
    )
    weeks_before = [[row.week, row.answer, row.confirmed_by, row.sends] for row in rows]
    uid = opaque_id()
    payload = {"rung": rung.uid, "person": rung.person, "step": rung.step, "reason": rung.reason, "weeks": weeks_before}
    work.session.add(
        CareTask(
            uid=uid,
            kind="contact",
            area=area[: DIGITS.get(rung.actor, len(area))],
            child=rung.child,
            payload_sealed=work.seal("care_tasks.payload", uid, payload),
            created_at=work.now,
            due_on=rung.due,
            natural_key=f"contact:{rung.uid}",
        )
    )
    work.session.flush()


def _who(work: Work, child: str, role: str, report: Report | None) -> tuple[str, list[Account]]:
    """The post that carries what is up to `role` at the child's place, and its holders: the one above where nobody is
    bound, or only people of the family are, or the report for which it stands names the post or its holders; the
    lowest that is not named where nobody is bound anywhere, for who comes later."""
    named = access.conflicted(report) if report is not None else frozenset()
    levels = [level for level in _upward(role) if level not in named]
    for level in levels:
        people = contact_conflicts.clear(work, _holders(work, child, level), child)
        if report is not None:
            people = [one for one in people if not contact_barring.bars(work, report, one.uid, child, work.now)]
        if people:
            return level, people
    return next(iter(levels), BEYOND), []


def _upward(role: str | None) -> Iterator[str]:
    while role is not None:
        yield role
        role = ABOVE[role]


def _holders(work: Work, child: str, level: str) -> list[Account]:
    area = work.session.get_one(Child, child).area
    return accounts.holders(work, level, [area[: DIGITS[level]]])


def hand_on(work: Work, child: str) -> None:
    """Somebody turned out to be of the family, or is named in the report: what is open about the child is carried by
    whoever is not, and what still waits to be told to the others is not told."""
    for rung in work.session.scalars(
        select(ContactRung).where(ContactRung.child == child, ContactRung.closed_at.is_(None))
    ).all():
        if rung.actor not in ABOVE:
            continue
        carrier, people = _who(work, child, rung.actor, contact_barring.report_of(work, rung))
        if carrier != rung.actor:
            stands_for = [rung, *_of_this_moment(work, rung)]  # the message of one may speak of all of them
            for account in _holders(work, child, rung.actor):
                for one in stands_for if account.conversation is not None else ():
                    mailbox.forget_pushes(work, str(account.conversation), f"rung:{one.uid}:")
            rung.actor, area = carrier, work.session.get_one(Child, child).area
            area = area[: DIGITS.get(carrier, len(area))]
            work.session.execute(
                update(CareTask).where(CareTask.natural_key == f"contact:{rung.uid}").values(area=area)
            )
            for account in people:
                _push(work, rung, account)
    work.session.flush()


def _push(work: Work, rung: ContactRung, account: Account, beside: Sequence[ContactRung] = ()) -> None:
    """Tell one who carries it; with what came `beside` it in one message, which names the day of the most urgent."""
    if account.conversation is None:
        return
    if rung.behind is not None and not contact_barring.takes_for_real(work, rung.behind, account.uid, rung.child):
        return
    waiting = rewording.unsent(work, [f"rung:{one.uid}:{account.uid}" for one in beside])
    if waiting is not None:
        first = min((rung, *beside), key=lambda one: one.due or work.today)
        told = {"due": _day(first), "many": len(beside) + 1}
        rewording.reword(work, waiting, "contact.task.several", told)
        return
    mailbox.say(
        work,
        account.conversation,
        "contact.task",
        {"due": _day(rung)},
        push=True,
        priority=mailbox.LATER,
        natural_key=f"rung:{rung.uid}:{account.uid}",
        not_before=calendar.next_allowed(work.now),
    )


def _day(rung: ContactRung) -> str:
    return f"{rung.due.month}月{rung.due.day}日" if rung.due else "今天"


def open_task(work: Work, plan: ContactPlan, step: str, reason: str, *, within_days: int | None = None) -> None:
    """A task of the child director that comes from an answer; within some days, or the usual working days."""
    today = work.today
    due = today + timedelta(days=within_days) if within_days is not None else usual_due(work.now)
    open_rung(work, plan, contact_plans.key(plan, work.now, f"{step}:{reason}"), step, reason, DIRECTOR, due, told=True)


def usual_due(at: datetime) -> date:
    """The day a task of the child director is due (contact.director_task.within)."""
    days = int(parameters.number("contact.director_task.within"))
    return calendar.add_workdays(calendar.local(at).date(), days).day


def told_of_silence(work: Work, parent: ContactPlan) -> None:
    """The child or the carer says that this parent does not call: a task the same day, unless one is open."""
    if open_task_of(work, parent) == "none":
        key = contact_plans.key(parent, work.now, "contact_task")
        today = work.today
        why = "no_contact_by_child_or_carer"
        open_rung(work, parent, key, "director_task", why, DIRECTOR, today, told=True)


def voices_differ(work: Work, parent: ContactPlan) -> None:
    """What the parent says and what is said at home differ: the child director talks with each, gently."""
    key = contact_plans.key(parent, work.now, "contact_differs")
    due = usual_due(work.now)
    open_rung(work, parent, key, "contact_differs", "voices_differ", DIRECTOR, due, told=True)


def open_of(work: Work, plan: ContactPlan) -> list[ContactRung]:
    """Open rungs of one parent and child, the oldest first."""
    return list(work.session.scalars(_OPEN, {"whose": plan.person, "about": plan.child}))


def open_task_of(work: Work, plan: ContactPlan) -> str:
    """Who has an open task about the silence: child_supervisor before child_director, or "none"."""
    return task_among(open_of(work, plan))


def task_among(opened: Iterable[ContactRung]) -> str:
    """As `open_task_of`, of the open rungs."""
    steps = {rung.step for rung in opened}
    if "supervisor_task" in steps:
        return SUPERVISOR
    return DIRECTOR if "director_task" in steps else "none"


def close_silence(work: Work, opened: Iterable[ContactRung], why: str) -> None:
    """Contact is confirmed: of the open rungs about a parent every one of the silence comes down."""
    for rung in opened:
        if rung.step in SILENCE:
            close(work, rung, why)


def close_unreachable(work: Work, opened: Iterable[ContactRung], why: str) -> None:
    """He has answered, whatever it was: of the open rungs about him none stands that he is unreachable or lost."""
    for rung in opened:
        if rung.step == "lost_contact_record" or rung.reason.startswith("unreachable_"):
            close(work, rung, why)


def close_notice(work: Work, notice: str, why: str, **by: Any) -> None:
    """The parent acted on a notice of an abnormal state: whoever was to call about it need not any more."""
    keys = [f"{step}:{notice}" for step in ("director_calls", "tell_supervisor")]
    query = select(ContactRung).where(ContactRung.natural_key.in_(keys), ContactRung.closed_at.is_(None))
    for rung in work.session.scalars(query).all():
        close(work, rung, why, **by)


def taken_back(work: Work, plan: ContactPlan) -> None:
    """Somebody does not want his worry passed on after all: nobody need call about it, and what still waits to be told
    of it alone is not told. Signals that want a person stand by themselves and stay."""
    for rung in open_of(work, plan):
        if (rung.step, rung.reason) not in OF_A_WORRY:
            continue
        if not _of_this_moment(work, rung):
            for account in _holders(work, rung.child, rung.actor) if rung.actor in DIGITS else ():
                if account.conversation is not None:
                    mailbox.forget_pushes(work, account.conversation, f"rung:{rung.uid}:")
        close(work, rung, "taken_back")
        rung.natural_key = f"taken_back:{rung.uid}"  # who is worried again this week is heard again


def close(work: Work, rung: ContactRung, why: str, **by: Any) -> None:
    """Take one rung down, with its reason."""
    if rung.closed_at is None:
        rung.closed_at, rung.closed_why = work.now, why
        work.session.execute(
            update(CareTask)
            .where(CareTask.natural_key == f"contact:{rung.uid}", CareTask.state == "open")
            .values(state="done", done_at=work.now, done_by=by.get("actor"))
        )
        journal.record(work, by.get("actor", "system"), "contact rung closed", rung.uid, why=why)
        work.session.flush()
