"""A parent of several children tells of one, or of each something else, or puts right which of them it was: each answer
goes to that child only, and is read back by name."""

from __future__ import annotations

from typing import Any

from bot.reading.contact import each_child, weekly
from bot.services import drafts
from bot.services.contact import answers as contact_answers
from bot.services.contact import hearing, reading_back
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

_OF_CONTACT, _HOW = ("contact", "kinds"), ("life", "study", "mood")


def heard(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str) -> bool:
    """Take what sets the children apart, and read it back. False: nothing does."""
    each = each_child.read(text, len(plans))
    if each is None or plans[0].voice != contact_plans.PARENT:
        return False
    before = hearing.told(work, plans)
    after = _after(each, plans, before)
    if after == before and not any(weekly.read(one).tells for one in (*each.said, each.common)):
        return False  # what was told of each already is heard all the same, and goes to no other child
    kept = drafts.contents(work, draft)
    for plan in plans:
        row = contact_plans.keep_record(work, plan)
        contact_answers.settle(work, plan, row, after[plan.uid])
    still = contact_questions.left(plans, after)
    kept["left"] = [one for one in kept["left"] if one in still or one[0] == hearing.WORDS]
    fresh = {uid for uid in after if any(after[uid].get(item) != before[uid].get(item) for item in _HOW)}
    kept["left"] = [one for one in kept["left"] if one[0] != "how" or one[1] not in fresh]  # told in his own words
    kept["missed"] = 0
    drafts.keep(work, draft, kept, draft.asked)
    noted = reading_back.each(plans, after)
    mailbox.say(work, draft.conversation, "contact.each", {"noted": noted}, reply_to=inbox_id)
    return True


def _after(
    each: each_child.Each, plans: list[ContactPlan], before: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The answers of each child with what was said of it."""
    after = {uid: dict(known) for uid, known in before.items()}
    if each.swapped:
        for mine, other in zip(plans, reversed(plans), strict=True):
            after[mine.uid] = {name: value for name, value in before[mine.uid].items() if name not in _OF_CONTACT}
            after[mine.uid].update({name: before[other.uid][name] for name in _OF_CONTACT if name in before[other.uid]})
    kinds = sorted({kind for known in before.values() for kind in known.get("kinds", ())})
    for place, (plan, said) in enumerate(zip(plans, each.said, strict=True)):
        noted = after[plan.uid]
        if each.instead is not None:
            noted["contact"], noted["kinds"] = ("yes", kinds) if place == each.instead else ("no", [])
            continue
        said = f"{each.common} {said}".strip()
        if said:
            found = weekly.read(said)
            contact_answers.read_in(noted, found, plan.voice)
            if found.general is not None:
                contact_answers.tapped(noted, "how", found.general, [*found.items])
        told = each_child.contact(said)
        if each.only not in (None, place):
            told = "no"
        if told is not None:
            noted["contact"] = told
        if told == "no":
            noted["kinds"] = []
    return after
