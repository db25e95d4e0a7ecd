"""What contact sends unasked: the question of the week and its gentle repeats. No child's name stands in them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import texts
from bot.care import calendar, weeks
from bot.services.contact import cards as contact_cards
from bot.services.contact import known as contact_known
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.contact import unseen as contact_unseen
from bot.services.contact.gathered import Gathered, both, delivered
from bot.services.mail import mailbox, withholding
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord

FIRST = ("prompt", "softer_prompt")
"""The first message of a week's question."""


def send(work: Work, kind: str, together: list[ContactPlan], known: Gathered) -> int:
    """Send one message to one person about these children; each keeps its own record. Returns how many went out. Of a
    child about which nobody may ask it says nothing, and is withheld where it would say nothing else."""
    plan, asked = together[0], [one for one in together if one.uid not in known.behind]
    to = _where(work, plan, known)
    if to is None:
        return 0
    records = [known.record(one, work.now) or _begin(work, one, known) for one in together]
    number = max(row.sends for row in records) + 1
    push = f"{contact_plans.key(plan, work.now)}:{number}:{kind}"
    said = mailbox.say(
        work,
        to,
        f"contact.push.{kind}" if plan.voice == contact_plans.PARENT else f"contact.push.{plan.voice}",
        {"who": who(asked), "choices": contact_questions.first_choices(work, asked)} if asked else {},
        push=True,
        priority=mailbox.LATER,
        natural_key=push,
        not_before=calendar.next_allowed(work.now, ZoneInfo(plan.zone)),
    )
    if not asked:
        withholding.withhold(work, to, push, {contact_unseen.BEHIND: known.behind[plan.uid]})
    for one, row in zip(together, records, strict=True):
        row.prompted_at = row.prompted_at or work.now
        row.sends, row.pushed = number, push
        row.remind_at = None if kind == "friendly_reprompt" else row.remind_at
        if one.uid in known.behind:
            contact_unseen.note(row, known.behind[one.uid])
    if asked and kind in FIRST and plan.person in known.tips:
        contact_cards.with_question(work, asked[0], weeks.named(work.now))
    return int(said and bool(asked))


def _begin(work: Work, plan: ContactPlan, known: Gathered) -> ContactRecord:
    row = contact_plans.begin_record(work, plan, work.now)
    known.weeks[both(plan)][row.week] = row
    return row


def _where(work: Work, plan: ContactPlan, known: Gathered) -> str | None:
    """The conversation to write to: after a failed sending another one; else the newest that can be reached."""
    row = known.record(plan, work.now)
    if row is not None and delivered(known.sent, row) != "yes":
        return contact_known.other_channel(plan, row, known)
    found = known.channels[plan.person]
    return next((one.conversation for one in found if one.reachable), found[0].conversation if found else None)


def who(together: list[ContactPlan]) -> str:
    """How children are named in what is pushed: 孩子, or by the order the parent knows (老大、老二)."""
    if len(together) == 1 and together[0].place == 1:
        return texts.phrase("contact.who")
    return "、".join(label(one) for one in together)


def label(plan: ContactPlan) -> str:
    """老大, 老二 …"""
    return texts.phrase(f"contact.place.{min(plan.place, 6)}")


def ask_about_talk(work: Work, plan: ContactPlan, due: datetime | date | None, known: Gathered) -> None:
    """Two low moods in a row: whether the child director should get in touch."""
    to = _where(work, plan, known)
    if to is not None:
        at = due if isinstance(due, datetime) else calendar.next_allowed(work.now, ZoneInfo(plan.zone))
        key = "contact.mood_question.child" if plan.voice == contact_plans.CHILD else "contact.mood_question"
        push = f"{contact_plans.key(plan, work.now, 'mood_question')}:sent"
        mailbox.say(work, to, key, push=True, priority=mailbox.LATER, natural_key=push, not_before=at)
        if plan.uid in known.behind:
            withholding.withhold(work, to, push, {contact_unseen.BEHIND: known.behind[plan.uid]})
