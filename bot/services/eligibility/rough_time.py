"""A rough time (开春种完地走的) where the months decide: the month is asked for, once, and the question stays."""

from __future__ import annotations

from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

ASKED = "which_month"
OF_LEAVING = ("away_months", "departure_date")


def put_off(work: Work, draft: Draft, check: Check, inbox_id: int) -> bool:
    """Ask in which month it was, where that is the open question. False: it is not, or it was asked already; what was
    only touched on is said to be asked later."""
    fact = check.fact or ""
    if draft.asked != "fact" or not fact.endswith(OF_LEAVING) or fact not in check.doubtful or check.times.get(ASKED):
        mailbox.say(work, draft.conversation, "eligibility.later", reply_to=inbox_id)
        return False
    check.times[ASKED] = 1
    mailbox.say(work, draft.conversation, "eligibility.which_month", reply_to=inbox_id)
    keep(work, draft, check, "fact")
    return True
