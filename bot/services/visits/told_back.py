"""What a worker hears when a visit was saved, or was made in vain."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import recording
from bot.services.visits import words as visit_words
from bot.services.work import Work


def attempted(work: Work, conversation: str, inbox_id: int, member: Member, kept: dict[str, Any]) -> bool:
    """Keep that nobody was in today, and say so. False: it cannot be kept, which has been said."""
    made = recording.attempted(work, member, kept["children"], work.today, "nobody_home")
    key = "visits.attempted.twice" if made.raised else "visits.attempted"
    key = f"visits.refused.{made.refusal}" if made.refusal else key
    args = {"home": kept["home"], "date": visit_words.day(work.today)}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    return made.refusal is None


def saved(
    work: Work, conversation: str, inbox_id: int, kept: dict[str, Any], made: recording.Made, head: dict[str, str]
) -> None:
    """Say that the visit is saved, when the next is due, and what is still open of it."""
    plans = visit_plans.of(work, kept["children"]).values()
    dues = [plan.due for plan in plans if plan.due is not None]
    said = [
        texts.phrase("visit.saved.next").format(date=visit_words.day(min(dues)))
        if dues
        else texts.phrase("visit.saved.none")
    ]
    if kept["record"]["needs"]:
        until = visit_words.day(work.today + recording.NEED_WITHIN)
        said.append(texts.phrase("visit.saved.needs").format(count=len(kept["record"]["needs"]), date=until))
    if not all(row.complete for row in made.visits):
        said.append(texts.phrase("visit.saved.incomplete"))
    args: dict[str, Any] = {**head, "next": "".join(said)}
    if kept["record"]["needs"]:
        args["choices"] = [[texts.phrase("visit.saved.needs.button"), "need:list:"]]
    mailbox.say(work, conversation, "visit.saved", args, reply_to=inbox_id)
