"""Another day for a visit, or a family away: done, and said with what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import texts
from bot.care import calendar
from bot.reading.measures import ahead
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import recording
from bot.services.visits import words as visit_words
from bot.services.visits.reasons import UNTOLD
from bot.services.work import Work


def put_off(work: Work, conversation: str, inbox_id: int, member: Member, children: Sequence[str], day: date) -> bool:
    """Choose another day and say that the due day stays; a day tells no reason. False: that day cannot be, which has
    been said."""
    refusal = recording.put_off(work, member, list(children), day, UNTOLD)
    if refusal is not None:
        mailbox.say(work, conversation, f"visits.refused.{refusal}", reply_to=inbox_id)
        return False
    dues = [plan.due for plan in visit_plans.of(work, children).values() if plan.due is not None]
    when = "workday" if calendar.is_workday(day)[0] else "free_day"
    args = {
        "date": visit_words.day(day),
        "due": visit_words.day(min(dues, default=day)),
        "when": texts.phrase(f"visits.put_off.{when}"),
    }
    mailbox.say(work, conversation, "visits.put_off", args, reply_to=inbox_id)
    return True


def pause(work: Work, conversation: str, inbox_id: int, member: Member, children: Sequence[str], day: date) -> bool:
    """The family is away until a day. False: that day cannot be, which has been said."""
    refusal = recording.pause(work, member, list(children), day)
    if refusal is not None:
        mailbox.say(work, conversation, f"visits.refused.{refusal}", reply_to=inbox_id)
        return False
    mailbox.say(work, conversation, "visits.paused", {"date": visit_words.day(day)}, reply_to=inbox_id)
    return True


def told(
    work: Work, conversation: str, inbox_id: int, member: Member, children: list[str], text: str, *, pauses: bool
) -> bool:
    """A day in words for what was asked of a home: when to go instead, or (`pauses`) when the family is back. False: no
    day is understood, or it cannot be, which has been said."""
    day = ahead.day(text, work.today)
    if day is None:
        mailbox.say(work, conversation, "visits.day_unclear", reply_to=inbox_id)
        return False
    return (pause if pauses else put_off)(work, conversation, inbox_id, member, children, day)
