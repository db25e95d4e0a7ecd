"""A child whose objection was overridden is asked again within the month, whatever became of the arrangement since.

The day is the policy's (entrusted.override.review_within, PROPOSED; JL-3.5.c): the office is told while there is time
to ask, the supervisor once the day is over. What the child says then moves the arrangement as any objection does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from bot.care import calendar, entrusted, parameters
from bot.services import journal
from bot.services.entrusted import arrangements, steps
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted.records import ABSENT, Outcome, data, keep, reach
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import CareArrangement

ACT = "asked_again"
TO_ASK = "contact.director_task.within"
"""PROPOSED: the office is told as many working days before the day as it has for a task of contact."""
FIELDS = ("opinion", "listener", "child_words", "why_not")
NOT_ABLE = "not_able"
OBJECTS = ("child_objects", "concern_raised")
"""How an objection goes on: heard anew before care has begun, a concern afterwards; the first that fits."""
FAR_ENOUGH = timedelta(weeks=2)
"""Longer than those working days can be, holidays between them."""


def record(work: Work, member: Member, uid: str, form: Mapping[str, str]) -> Outcome:
    """The child was asked again: what it said, in its words, and who listened, never the carer.

    Before the agreement it takes the place of the first hearing, so that an objection wants a new decision. Refusals:
    absent (nobody is to be asked), value, listener.
    """
    found = reach(work, member, uid, "write", lock=True)
    if found is None or found[0].ask_again_on is None:
        return ABSENT
    row, written = found[0], {name: form[name].strip() for name in FIELDS if form.get(name, "").strip()}
    opinion = written.get("opinion", "")
    if opinion not in (*steps.OPINIONS, NOT_ABLE) or (opinion == NOT_ABLE and "why_not" not in written):
        return Outcome(False, "value", uid)
    kept = data(work, row)
    carer = str(kept.get("carer") or "")
    if opinion != NOT_ABLE and ("listener" not in written or (carer and carer in written["listener"])):
        return Outcome(False, "listener", uid)
    kept["again"] = [*kept.get("again", []), {**written, "on": work.today.isoformat()}]
    if row.state == "child_heard":
        kept["facts"] = {**kept.get("facts", {}), "child_opinion": opinion, "override_recorded": "no"}
        kept["facts"] |= {"not_able_reason": "yes"} if opinion == NOT_ABLE else {"heard_in_private": "yes"}
    row.ask_again_on = None
    keep(work, row, kept)
    journal.record(work, member.account, "child asked again", uid, opinion=opinion)
    if opinion == "objects" and row.state != "child_heard":
        for event in OBJECTS:
            if arrangements.step(work, member, uid, event, {"child_opinion": opinion}).allowed:
                break
    return Outcome(True, None, uid)


def tick(work: Work) -> dict[str, int]:
    """Tell the office of every child that is to be asked again soon, the supervisor of those that were not."""
    counts = {"reminded": 0, "raised": 0}
    wanted = (
        CareArrangement.ask_again_on <= work.today + FAR_ENOUGH,
        CareArrangement.state.not_in((entrusted.ENDED, entrusted.PROTECTED)),
    )
    ahead = calendar.add_workdays(work.today, int(parameters.number(TO_ASK))).day
    for row in work.session.scalars(select(CareArrangement).where(*wanted).order_by(CareArrangement.ask_again_on)):
        if row.ask_again_on is None or row.ask_again_on > ahead:
            continue
        once = f"ask again:{row.uid}:{row.ask_again_on}"
        counts["reminded"] += entrusted_telling.office(work, row, once, "entrusted.ask_again")
        if row.ask_again_on < work.today:
            above = entrusted_telling.UP[1]
            counts["raised"] += entrusted_telling.office(work, row, f"{once}:up", "entrusted.overdue", above)
    return counts
