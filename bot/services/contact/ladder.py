"""The tick of contact: what is due with whom is sent or opened, once, however often it is looked at.

The order of steps is `care.contact`; here they become messages and rungs. Several children are one message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, bindparam, select

from bot.care import calendar, contact, parameters, weeks
from bot.care.contact import Step
from bot.services.contact import barring as contact_barring
from bot.services.contact import known as contact_known
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import sending as contact_sending
from bot.services.contact import unseen as contact_unseen
from bot.services.contact.gathered import Gathered, both, gather, rungs_of
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Moment

SENT = ("prompt", "softer_prompt", "prompt_after_dialogue", "friendly_reprompt", "repeat", "other_channel")
MOST_RUNGS = 5
A_WHILE = timedelta(minutes=10)
_DUE = (
    select(ContactPlan.person)
    .where(ContactPlan.next_due <= bindparam("now", type_=Moment), ContactPlan.state != contact_plans.ENDED)
    .group_by(ContactPlan.person)
    .order_by(ContactPlan.person)
    .limit(bindparam("most", type_=Integer))
)
NOT_AT_ONCE = timedelta(minutes=1)
"""So long nobody is looked at again, or a tick that goes on while people wait would not end."""
AT_ONCE = 500


@dataclass
class Due:
    """What is to be sent to one person now, by kind of message, and when to look again."""

    sends: dict[str, list[ContactPlan]] = field(default_factory=dict)
    again: datetime | None = None

    def later(self, at: datetime) -> None:
        """Look again at a moment, or earlier."""
        self.again = at if self.again is None else min(self.again, at)


def tick(work: Work) -> dict[str, int]:
    """Look at everybody whose time has come."""
    counts = {"people": 0, "sent": 0, "rungs": 0}
    people = work.session.scalars(_DUE, {"now": work.now, "most": AT_ONCE}).all()
    if not people:
        return counts
    gathered = gather(work, people)
    with work.session.no_autoflush:  # what was gathered is what is known: all is written at once, not person by person
        for person in people:
            counts["people"] += 1
            _look_at(work, gathered.plans[person], gathered, counts)
    work.session.flush()
    return counts


def _look_at(work: Work, planned: list[ContactPlan], gathered: Gathered, counts: dict[str, int]) -> None:
    due = Due()
    plans = [plan for plan in planned if not _over(plan, gathered)]
    for plan in plans:
        if contact_known.may_be_asked(plan, gathered):
            _for_everybody(plan, gathered)
        look = _parent if plan.voice == contact_plans.PARENT else _at_home
        counts["rungs"] += look(work, plan, due, gathered)
    for kind, together in due.sends.items():
        counts["sent"] += contact_sending.send(work, kind, together, gathered)
    if due.sends:
        due.later(work.now + A_WHILE)  # whether it arrived is known soon
    for plan in plans:
        plan.next_due = max(due.again or weeks.end(work.now), work.now + NOT_AT_ONCE)


def _for_everybody(plan: ContactPlan, gathered: Gathered) -> None:
    """Somebody is asked again: what stood only for some is the ladder from now on."""
    for rung in gathered.rungs[both(plan)]:
        if rung.behind is not None:
            rung.behind = None


def _over(plan: ContactPlan, gathered: Gathered) -> bool:
    """Whether the child's file has ended, and the questions about it with it."""
    if gathered.children[plan.child].state != "ended":
        return False
    plan.state, plan.next_due = contact_plans.ENDED, None
    return True


def _parent(work: Work, plan: ContactPlan, due: Due, gathered: Gathered) -> int:
    """Carry out every rung that is due with one parent and child, then what is to be sent. Returns the new rungs."""
    rungs = _decision_wanted(work, plan, gathered)
    known = contact_known.history(work, plan, gathered)
    for _ in range(MOST_RUNGS):
        step = contact.next_step(known, work.now)
        if step.step in SENT or step.step in ("none", "wait_for_reply"):
            _send_or_wait(work, plan, step, known, due, gathered)
            return rungs
        rungs += _climb(work, plan, step, known, due, gathered)
        known = _without(work, plan, step, gathered)
    due.later(work.now + A_WHILE)
    return rungs


def _decision_wanted(work: Work, plan: ContactPlan, gathered: Gathered) -> int:
    """Somebody may be the source of harm: nothing is sent, and staff are asked to decide, once for each report."""
    report = gathered.suspicions.get(plan.uid)
    if report is None:
        return 0
    contact_unseen.withhold(work, plan)
    key, today = contact_barring.decide_key(plan, report), work.today
    actor = contact_rungs.DIRECTOR
    opened = contact_rungs.open_rung(work, plan, key, contact_barring.DECIDE, "suspected_harm", actor, today)
    if not opened:
        contact_rungs.hand_on(work, plan.child)  # the report may name its carrier since
    return int(opened)


def _without(work: Work, plan: ContactPlan, step: Step, gathered: Gathered) -> dict[str, Any]:
    """The history once a step was carried out: it is never due twice. Of what was gathered only the rungs changed."""
    gathered.rungs[both(plan)] = rungs_of(work, [plan.person])[both(plan)]
    known = contact_known.history(work, plan, gathered)
    if step.reason.startswith("mood_low"):
        known["moods"] = []
    if step.step in ("director_calls", "tell_supervisor"):
        known.pop("abnormality", None)
    if step.step == "director_task" and known["open_task"] == "none":
        known["open_task"] = contact_rungs.DIRECTOR  # this week's task is there and was closed: not opened again
    if step.step == "supervisor_task":
        known["open_task"] = contact_rungs.SUPERVISOR
    if step.step == "lost_contact_record":
        known["all_numbers_failed"] = "no"
    return known


def _climb(work: Work, plan: ContactPlan, step: Step, known: dict[str, Any], due: Due, gathered: Gathered) -> int:
    behind = gathered.behind.get(plan.uid)
    if behind is not None and step == contact.next_step({**known, "prompt_allowed": "no"}, work.now):
        behind = None  # it stands all the same
    if step.step == "ask_talk_with_director":
        at = step.due if isinstance(step.due, datetime) else work.now
        if at > work.now or known["dialogue_open"] == "yes":
            due.later(max(at, work.now + A_WHILE))  # never into a half-finished talk: without a rung it is still to ask
            return 0
        key = contact_plans.key(plan, work.now, "mood_question")
        opened = contact_rungs.open_rung(work, plan, key, step.step, step.reason, "system", None, behind)
        if opened:
            contact_sending.ask_about_talk(work, plan, step.due, gathered)
        return int(opened)
    name = "mood_task" if step.reason.startswith("mood_low") else step.step
    key = step.keys[0] if step.keys else f"{step.step}:{known['abnormality']['uid']}"
    day = step.due.date() if isinstance(step.due, datetime) else step.due
    return int(contact_rungs.open_rung(work, plan, key, name, step.reason, str(step.actor), day, behind))


def _send_or_wait(
    work: Work, plan: ContactPlan, step: Step, known: dict[str, Any], due: Due, gathered: Gathered
) -> None:
    if step.due is None:
        return
    at = step.due if isinstance(step.due, datetime) else _morning(step.due)
    if at > work.now or step.step == "wait_for_reply":
        due.later(at)
    elif "prompt" in step.step and _joined_after(work, plan, gathered):
        due.later(weeks.end(work.now))
    elif known["dialogue_open"] == "yes":
        due.later(work.now + A_WHILE)  # never into a half-finished talk
    else:
        due.sends.setdefault(_kind(step, known), []).append(plan)


def _joined_after(work: Work, plan: ContactPlan, gathered: Gathered) -> bool:
    """Whether this week's hour was over when this person joined: the first question comes next week."""
    joined = plan.created_at
    row = gathered.record(plan, work.now)
    if row is not None and (row.prompted_at is not None or row.remind_at is not None):
        return False
    return joined >= weeks.begin(work.now) and joined > _hour(plan, work.now)


def _hour(plan: ContactPlan, week_of: datetime) -> datetime:
    """The moment of a week at which this person is asked, quiet hours of the place respected."""
    zone = ZoneInfo(plan.zone)
    clock = time.fromisoformat(plan.clock)
    return calendar.next_allowed(weeks.at(week_of, plan.weekday, clock, zone), zone)


def _kind(step: Step, known: dict[str, Any]) -> str:
    """Which words go out: after a talk the softer ones too, if a week was missed."""
    if step.step != "prompt_after_dialogue":
        return step.step
    return "softer_prompt" if known["past_weeks"][-1:] == ["none"] else "prompt"


def _morning(day: date) -> datetime:
    return datetime.combine(day, calendar.quiet()[1], calendar.ZONE)


def _at_home(work: Work, plan: ContactPlan, due: Due, gathered: Gathered) -> int:
    """Carers and children: every two weeks at their hour, no ladder; moods that stay low are looked after."""
    rungs = _decision_wanted(work, plan, gathered)
    known = contact_known.history(work, plan, gathered)
    moods = {"parent": plan.person, "children": [plan.child], "moods": known["moods"], "stopped": "yes"}
    moods["prompt_allowed"] = known["prompt_allowed"]
    step = contact.next_step(moods, work.now)
    if step.step != "none":
        rungs += _climb(work, plan, step, known, due, gathered)
    if plan.state != contact_plans.ACTIVE or known["prompt_allowed"] == "no":
        return rungs
    at = _next_question(work, plan, gathered)
    if at > work.now:
        due.later(at)
    elif known["dialogue_open"] == "yes":
        due.later(work.now + A_WHILE)
    else:
        due.sends.setdefault("prompt", []).append(plan)
    return rungs


def _next_question(work: Work, plan: ContactPlan, gathered: Gathered) -> datetime:
    """When a carer or child is asked next: at their weekday and hour, never in the night, two weeks after the last."""
    every = int(parameters.number(f"contact.{plan.voice}_checkin.every"))
    last = gathered.asked.get(both(plan))
    free = weeks.begin(last) + timedelta(days=every) if last is not None else weeks.begin(work.now)
    base = max(free, weeks.begin(work.now))
    if plan.created_at >= base and plan.created_at > _hour(plan, base):
        base += timedelta(weeks=1)
    return max(_hour(plan, base), calendar.next_allowed(work.now, ZoneInfo(plan.zone)))
