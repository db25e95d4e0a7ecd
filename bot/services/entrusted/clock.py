"""What time brings to 委托照护: a step that is due is brought to mind, then goes up; at 18 an arrangement ends.

Days come from the policy's periods (entrusted.*, PROPOSED); each is said once, at an hour at which nobody is woken.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot.care import calendar, entrusted, parameters
from bot.services.entrusted import again as entrusted_again
from bot.services.entrusted import arrangements
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted.arrangements import By
from bot.services.work import Work
from bot.storage.tables import CareArrangement

UP_AFTER = "contact.director_task.within"
"""PROPOSED: after as many working days as the director has for a task of contact, the supervisor hears of it."""
ABOVE = "child_supervisor"


def tick(work: Work) -> dict[str, int]:
    """Look at every arrangement with a day that has come. Returns how many were reminded, went up, came of age."""
    counts = {**_come_of_age(work), **_due(work)}
    for name, asked in entrusted_again.tick(work).items():
        counts[name] += asked
    return counts


def _come_of_age(work: Work) -> dict[str, int]:
    """Who is 18 by the day-after rule is no child any more (WBF-2): both arrangements of a child end together."""
    wanted = (CareArrangement.of_age_on <= work.today, CareArrangement.state != entrusted.ENDED)
    uids = work.session.scalars(select(CareArrangement.uid).where(*wanted).order_by(CareArrangement.uid)).all()
    ended = 0
    for uid in uids:
        row = work.session.get_one(CareArrangement, uid)
        if row.state != entrusted.ENDED:  # it may have ended together with the one before
            system = By(arrangements.SYSTEM, arrangements.SYSTEM)
            ended += arrangements.make(work, row, "child_turns_18", system).allowed
    return {"of_age": ended}


def _due(work: Work) -> dict[str, int]:
    counts = {"reminded": 0, "raised": 0}
    today = work.today
    wanted = (CareArrangement.due_on <= today, CareArrangement.state != entrusted.ENDED)
    for row in work.session.scalars(select(CareArrangement).where(*wanted).order_by(CareArrangement.due_on)).all():
        if row.due_on is None:
            continue
        once = f"arrangement due:{row.uid}:{row.due_on}"
        if row.state == "agreement_signed":
            entrusted_telling.parents(work, row, "entrusted.notice_missing", once)
        counts["reminded"] += entrusted_telling.office(work, row, once, _reminder(work, row, row.due_on))
        if calendar.add_workdays(row.due_on, int(parameters.number(UP_AFTER))).day < today:
            counts["raised"] += entrusted_telling.office(work, row, f"{once}:up", "entrusted.overdue", ABOVE)
    return counts


def _reminder(work: Work, row: CareArrangement, due: date) -> str:
    """The monthly look, or each half year the agreement as a whole (entrusted.agreement_review.every)."""
    of_the_agreement = row.state == "active" and arrangements.next_review(work, row, due - timedelta(days=1)) == due
    return "entrusted.half_year" if of_the_agreement else "entrusted.remind"
