"""What a worker hears when a visit was saved, or was made in vain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading.staff import staff_asides
from bot.services.casework import police
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import need_keeping, recording
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Report

FRESH = timedelta(hours=12)
AGAIN = timedelta(hours=2)


def attempted(work: Work, conversation: str, inbox_id: int, member: Member, kept: dict[str, Any], reason: str) -> bool:
    """Keep that nobody was in today, or let in, and say so. False: it cannot be kept, which has been said."""
    made = recording.attempted(work, member, kept["children"], work.today, reason, kept.get("at_the_door", ""))
    moved = staff_asides.moved_off(str(kept.get("at_the_door") or ""))
    key = "visits.attempted.twice" if made.raised else "visits.attempted.moved" if moved else "visits.attempted"
    key = f"visits.refused.{made.refusal}" if made.refusal else key
    args = {"home": kept["home"], "date": visit_words.day(work.today)}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    if moved and made.refusal is None:
        moved_off(work, conversation, inbox_id, kept["children"])
    return made.refusal is None


def moved_off(work: Work, conversation: str, inbox_id: int, uids: list[str]) -> None:
    """What follows where a family lives elsewhere now: the file is changed, and who visits meanwhile (JL-3.8.l)."""
    children = [work.session.get_one(Child, uid) for uid in uids]
    label = texts.phrase("visits.moved_off.file")
    choices = [[label.format(name=visit_words.name(work, one)), f"child.change={one.uid}"] for one in children]
    args = {"names": visit_words.names(work, children), "choices": choices}
    mailbox.say(work, conversation, "visits.moved_off", args, reply_to=inbox_id)


def why_is_told(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any]) -> bool:
    """Whether it is told why nobody was met (上县里赶集去了), or it was just asked of this home and said once more that
    nobody was in. A child that is nowhere is no such reason."""
    words = str(kept.get("at_the_door") or "")
    if staff_asides.nowhere(words):
        return False
    again = mailbox.last_under(work, conversation, inbox_id, work.now - AGAIN, "visits.none")
    asked = again is not None and mailbox.args_of(work, again).get("home") == kept["home"]
    return staff_asides.out_for_a_while(words) or staff_asides.moved_off(words) or asked


def at_the_door(work: Work, conversation: str, inbox_id: int, home: str) -> str:
    """The words in which it was told that nobody was met at a home, where it was just asked why; else none."""
    said = mailbox.last_under(work, conversation, inbox_id, work.now - FRESH, "visits.none")
    args = mailbox.args_of(work, said) if said is not None else {}
    return str(args.get("words") or "") if args.get("home") == home else ""


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
        said.append(_needs(kept["record"], head["need_by"]))
    if not all(row.complete for row in made.visits):
        said.append(texts.phrase("visit.saved.incomplete"))
    args: dict[str, Any] = {**head, "next": "".join(said)}
    if kept["record"]["needs"]:
        args["needs"] = [need.uid for need in need_keeping.of_visits(work, made.visits)]
        args["choices"] = [[texts.phrase("visit.saved.needs.button"), "need:list:"]]
    mailbox.say(work, conversation, "visit.saved", args, reply_to=inbox_id)


def _needs(record: dict[str, Any], need_by: str) -> str:
    """How many needs were kept, and what is proposed where nobody said who sees to them and until when."""
    plans = [record.get("follow", {}).get(need, {}) for need in record["needs"]]
    whole = all(plan.get("who") and plan.get("due") for plan in plans)
    key = "visit.saved.needs.said" if whole else "visit.saved.needs.some" if any(plans) else "visit.saved.needs"
    return texts.phrase(key).format(count=len(plans), date=need_by)


def ask_day(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any]) -> None:
    """Ask when to go again, with the days after the family is back, where that was said."""
    back = date.fromisoformat(kept["back"]) if kept.get("back") else work.today
    days = sorted({back + timedelta(days=1), calendar.add_workdays(back, 2).day, back + timedelta(days=7)})
    choices = visit_words.day_choices(days, f"due:off:{kept['home']}")
    mailbox.say(work, conversation, "visits.off", {"home": kept["home"], "choices": choices}, reply_to=inbox_id)


def police_of(work: Work, kept: dict[str, Any], report: Report) -> None:
    """What was told of the police before the report stood goes to it, as its police record."""
    for words in kept.pop("police", []):
        police.heard(work, report, words)


def emergency(work: Work, conversation: str, inbox_id: int, report: Report) -> None:
    """What to do now, and the button for the police receipt (visits.md §6)."""
    args = {"number": report.number, "choices": [police.button(work, report)]}
    mailbox.say(work, conversation, "visit.emergency_now", args, reply_to=inbox_id, priority=mailbox.URGENT)
