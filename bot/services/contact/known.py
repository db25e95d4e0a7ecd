"""The history of one parent and one child as `care.contact.next_step` reads it, gathered from our rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.care import calendar, weeks
from bot.care.contact_history import MOODS
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.work import Work
from bot.storage.tables import (
    AbnormalNotice,
    ContactPlan,
    ContactRecord,
    ContactRung,
    Conversation,
    Outbox,
)

LOOKED_BACK = 8
MOST_SENDS = 5
"""Of one week's question, whatever the channels do (ours, PROPOSED)."""
COVERED = 2


def history(work: Work, plan: ContactPlan) -> dict[str, Any]:
    """What is known, in the keys of contact_cases.yml#meta.input."""
    past, row = _past_weeks(work, plan), contact_plans.record(work, plan)
    told: dict[str, Any] = {
        "parent": plan.person,
        "children": [plan.child],
        "chosen": {"weekday": plan.weekday, "time": plan.clock, "zone": plan.zone},
        "prompt_allowed": _yes(contact_safety.may_be_asked(work, plan)),
        "stopped": _yes(plan.state == contact_plans.STOPPED),
        "past_weeks": past,
        "other_parent_covers": _yes(not plan.apart and _covered(work, plan)),
        "other_channel": _yes(other_channel(work, plan, row) is not None),
        "open_task": contact_rungs.open_task_of(work, plan),
        "all_numbers_failed": _yes(_lost_and_not_recorded(work, plan)),
        "family_reaches": _yes(plan.family_reaches),
        "moods": _moods(work, plan),
        "dialogue_open": _yes(dialogue_open(work, plan)),
    }
    notice = _notice(work, plan)
    if notice is not None:
        told["abnormality"] = notice
    if row is not None:
        told["director_recorded"] = _yes(row.confirmed_by not in (None, contact_plans.PARENT))
        told["this_week"] = _this_week(work, row)
    return told


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _this_week(work: Work, row: ContactRecord) -> dict[str, Any]:
    return {
        "prompted_at": row.prompted_at,
        "repeats": max(0, row.sends - 1),
        "answer": row.answer,
        "remind_at": row.remind_at,
        "delivered": delivered(work, row),
    }


def delivered(work: Work, row: ContactRecord) -> str:
    """What became of the last sending: yes (or not yet known to have failed), failed, blocked."""
    if row.pushed is None:
        return "yes"
    sent = work.session.scalar(select(Outbox).where(Outbox.natural_key == row.pushed))
    if sent is None or sent.state != "failed":
        return "yes"
    gone = work.session.get_one(Conversation, sent.conversation).unreachable_at
    return "blocked" if gone is not None else "failed"


def other_channel(work: Work, plan: ContactPlan, row: ContactRecord | None) -> str | None:
    """A conversation that can be reached and is not the one in which the last sending failed."""
    if row is not None and row.sends >= MOST_SENDS:
        return None
    used = None
    if row is not None and row.pushed is not None:
        used = work.session.scalar(select(Outbox.conversation).where(Outbox.natural_key == row.pushed))
    return next(
        (uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable and uid != used), None
    )


def dialogue_open(work: Work, plan: ContactPlan) -> bool:
    """Whether a talk of this person is half finished somewhere."""
    return any(
        work.session.get_one(Conversation, uid).flow is not None for uid, _ in contact_plans.channels(work, plan.person)
    )


def _past_weeks(work: Work, plan: ContactPlan) -> list[str]:
    """Weeks that ended since this person joined, newest last: whether anybody confirmed contact. A week in which he
    was never asked (we were away, nothing reached him) is unknown and not counted; one after his 停止 is."""
    starts = [weeks.begin(work.now) - timedelta(weeks=back) for back in range(LOOKED_BACK, 0, -1)]
    named = {weeks.named(start): start for start in starts if start + timedelta(weeks=1) > plan.created_at}
    rows = {row.week: row for row in _records(work, plan.person, plan.child, named)}
    found = []
    for week, start in named.items():
        row = rows.get(week)
        if row is not None and row.confirmed_by is not None:
            found.append("contacted")
        elif _was_asked(work, row) or (plan.stopped_at is not None and start >= plan.stopped_at):
            found.append("none")
    return found


def _was_asked(work: Work, row: ContactRecord | None) -> bool:
    if row is None:
        return False
    return row.answer != "none" or (row.prompted_at is not None and delivered(work, row) == "yes")


def _records(work: Work, person: str, child: str, named: Iterable[str]) -> list[ContactRecord]:
    query = select(ContactRecord).where(ContactRecord.person == person, ContactRecord.child == child)
    return list(work.session.scalars(query.where(ContactRecord.week.in_(list(named)))))


def _confirmed_weeks(work: Work, person: str, child: str, named: Iterable[str]) -> set[str]:
    return {row.week for row in _records(work, person, child, named) if row.confirmed_by is not None}


def _covered(work: Work, plan: ContactPlan) -> bool:
    """Whether another parent of the child was in touch in each of the last weeks."""
    last = [weeks.named(weeks.begin(work.now) - timedelta(days=7 * back - 1)) for back in range(1, COVERED + 1)]
    others = [
        one.person
        for one in contact_plans.of_child(work, plan.child, contact_plans.PARENT)
        if one.person != plan.person and not one.apart
    ]
    return any(len(_confirmed_weeks(work, other, plan.child, last)) == len(last) for other in others)


def _lost_and_not_recorded(work: Work, plan: ContactPlan) -> bool:
    if plan.numbers_failed_at is None:
        return False
    rung = contact_rungs.newest(work, plan, "lost_contact_record")
    return rung is None or rung.opened_at < plan.numbers_failed_at


def _moods(work: Work, plan: ContactPlan) -> list[str]:
    """The last moods told, newest last; none of them while a question or task about them stands."""
    rows = work.session.scalars(
        select(ContactRecord)
        .where(
            ContactRecord.person == plan.person,
            ContactRecord.child == plan.child,
            ContactRecord.reported_at.is_not(None),
        )
        .order_by(ContactRecord.reported_at.desc())
        .limit(4)
    ).all()
    asked = work.session.scalars(
        select(ContactRung).where(
            ContactRung.person == plan.person,
            ContactRung.child == plan.child,
            ContactRung.step.in_(("mood_task", "ask_talk_with_director")),
        )
    ).all()
    if rows and any(
        (rung.step == "mood_task" and rung.closed_at is None) or rung.opened_at >= _at(rows[0]) for rung in asked
    ):
        return []
    told = [contact_plans.answers(work, row).get("mood") for row in reversed(rows)]
    return [str(mood) for mood in told if mood in MOODS]


def _at(row: ContactRecord) -> Any:
    return row.reported_at


def _notice(work: Work, plan: ContactPlan) -> dict[str, Any] | None:
    """The open notice of an abnormal state; None also while people already carry what follows from it."""
    found = work.session.scalar(
        select(AbnormalNotice)
        .where(
            AbnormalNotice.person == plan.person,
            AbnormalNotice.child == plan.child,
            AbnormalNotice.closed_at.is_(None),
        )
        .order_by(AbnormalNotice.sent_at.desc())
        .limit(1)
    )
    if found is None:
        return None
    step = "tell_supervisor" if found.called_at is not None else "director_calls"
    stands = work.session.scalar(select(ContactRung.uid).where(ContactRung.natural_key == f"{step}:{found.uid}"))
    if stands is not None:
        return None
    return {
        "uid": found.uid,
        "sent_at": calendar.local(found.sent_at),
        "replied": _yes(found.replied_at is not None),
        "director_called": _yes(found.called_at is not None),
        "acted": "unknown" if found.acted is None else _yes(found.acted),
    }
