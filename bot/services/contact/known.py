"""The history of one parent and one child as `care.contact.next_step` reads it, of what was gathered from our rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.care import calendar, weeks
from bot.care.contact_history import MOODS
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact.gathered import LOOKED_BACK, Gathered, both, delivered
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord

MOST_SENDS = 5
"""Of one week's question, whatever the channels do (ours, PROPOSED)."""
COVERED = 2


def history(work: Work, plan: ContactPlan, known: Gathered) -> dict[str, Any]:
    """What is known, in the keys of contact_cases.yml#meta.input."""
    row = known.record(plan, work.now)
    told: dict[str, Any] = {
        "parent": plan.person,
        "children": [plan.child],
        "chosen": {"weekday": plan.weekday, "time": plan.clock, "zone": plan.zone},
        "prompt_allowed": _yes(may_be_asked(plan, known) or plan.uid in known.behind),
        "stopped": _yes(plan.state == contact_plans.STOPPED),
        "past_weeks": _past_weeks(work, plan, known),
        "other_parent_covers": _yes(not plan.apart and _covered(work, plan, known)),
        "other_channel": _yes(other_channel(plan, row, known) is not None),
        "open_task": contact_rungs.task_among(rung for rung in known.rungs[both(plan)] if rung.closed_at is None),
        "all_numbers_failed": _yes(_lost_and_not_recorded(plan, known)),
        "family_reaches": _yes(plan.family_reaches),
        "moods": _moods(work, plan, known),
        "dialogue_open": _yes(any(one.talking for one in known.channels[plan.person])),
    }
    notice = _notice(plan, known)
    if notice is not None:
        told["abnormality"] = notice
    if row is not None:
        told["director_recorded"] = _yes(row.confirmed_by not in (None, contact_plans.PARENT))
        told["this_week"] = _this_week(row, known)
    return told


def may_be_asked(plan: ContactPlan, known: Gathered) -> bool:
    """Whether this person may be asked now (as safety.may_be_asked)."""
    return plan.allowed and plan.uid not in known.suspicions


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _this_week(row: ContactRecord, known: Gathered) -> dict[str, Any]:
    return {
        "prompted_at": row.prompted_at,
        "repeats": max(0, row.sends - 1),
        "answer": row.answer,
        "remind_at": row.remind_at,
        "delivered": delivered(known.sent, row),
    }


def other_channel(plan: ContactPlan, row: ContactRecord | None, known: Gathered) -> str | None:
    """A conversation that can be reached and is not the one in which the last sending failed."""
    if row is not None and row.sends >= MOST_SENDS:
        return None
    last = known.sent.get(row.pushed or "") if row is not None else None
    used = last.conversation if last is not None else None
    mine = known.channels[plan.person]
    return next((one.conversation for one in mine if one.reachable and one.conversation != used), None)


def _past_weeks(work: Work, plan: ContactPlan, known: Gathered) -> list[str]:
    """Weeks that ended since this person joined, newest last: whether anybody confirmed contact. A week in which he
    was never asked (we were away, nothing reached him) is unknown and not counted; one after his 停止 is."""
    starts = [weeks.begin(work.now) - timedelta(weeks=back) for back in range(LOOKED_BACK, 0, -1)]
    found = []
    for start in starts:
        if start + timedelta(weeks=1) <= plan.created_at:
            continue
        row = known.record(plan, start)
        if row is not None and row.confirmed_by is not None:
            found.append("contacted")
        elif _was_asked(row, known) or (plan.stopped_at is not None and start >= plan.stopped_at):
            found.append("none")
    return found


def _was_asked(row: ContactRecord | None, known: Gathered) -> bool:
    if row is None:
        return False
    return row.answer != "none" or (row.prompted_at is not None and delivered(known.sent, row) == "yes")


def _covered(work: Work, plan: ContactPlan, known: Gathered) -> bool:
    """Whether another parent of the child was in touch in each of the last weeks."""
    last = [weeks.begin(work.now) - timedelta(days=7 * back - 1) for back in range(1, COVERED + 1)]
    others = [one for one in known.around[plan.child] if one.person != plan.person and not one.apart]
    return any(all(_confirmed(known.record(other, week)) for week in last) for other in others)


def _confirmed(row: ContactRecord | None) -> bool:
    return row is not None and row.confirmed_by is not None


def _lost_and_not_recorded(plan: ContactPlan, known: Gathered) -> bool:
    if plan.numbers_failed_at is None:
        return False
    recorded = [rung.opened_at for rung in known.rungs[both(plan)] if rung.step == "lost_contact_record"]
    return not recorded or max(recorded) < plan.numbers_failed_at


def _moods(work: Work, plan: ContactPlan, known: Gathered) -> list[str]:
    """The last moods told, newest last; none of them while a question or task about them stands."""
    rows = known.told[both(plan)]
    asked = [rung for rung in known.rungs[both(plan)] if rung.step in ("mood_task", "ask_talk_with_director")]
    if rows and any(
        (rung.step == "mood_task" and rung.closed_at is None) or rung.opened_at >= _at(rows[0]) for rung in asked
    ):
        return []
    told = [contact_plans.answers(work, row).get("mood") for row in reversed(rows)]
    return [str(mood) for mood in told if mood in MOODS]


def _at(row: ContactRecord) -> Any:
    return row.reported_at


def _notice(plan: ContactPlan, known: Gathered) -> dict[str, Any] | None:
    """The open notice of an abnormal state; None also while people already carry what follows from it."""
    found = known.notices.get(both(plan))
    if found is None:
        return None
    step = "tell_supervisor" if found.called_at is not None else "director_calls"
    if f"{step}:{found.uid}" in known.standing:
        return None
    return {
        "uid": found.uid,
        "sent_at": calendar.local(found.sent_at),
        "replied": _yes(found.replied_at is not None),
        "director_called": _yes(found.called_at is not None),
        "acted": "unknown" if found.acted is None else _yes(found.acted),
    }
