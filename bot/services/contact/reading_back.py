"""What somebody said, read back: the answers just given above the next question of 长辈模式, all of them at the end."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import calendar, contact_data, weeks
from bot.services.contact import answers as contact_answers
from bot.services.contact import plans as contact_plans
from bot.services.contact import sending as contact_sending
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import ContactPlan

ITEMS = ("contact", "carer", "life", "study", "mood", "calls", "self", "safe", "concern")
KEYS = ("contact.thanks.", "contact.will_remind", "contact.no_reminder", "contact.saved")
"""Where a talk of the week ended: 改一下, and what is put right, is said of what stands there."""
AFTER = (
    *KEYS,
    "join.changed",
    "contact.status",
    "contact.kept_own",
    "contact.week_stands",
    "contact.asked_",
    "contact.not_next",
    "contact.home.visit",
    "open.seen.contact",
)
"""Last words of ours after which thanks and 没别的了 end it."""
Told = dict[str, dict[str, Any]]
"""Answers of the week by uid of the plan."""


def is_last(work: Work, conversation: str, inbox_id: int, keys: tuple[str, ...] = AFTER) -> bool:
    """Whether the last thing said here is one of `keys`: what comes now may put right what was noted, or ends it."""
    last = mailbox.last_said(work, conversation, inbox_id, weeks.begin(work.now))
    return last is not None and last.key.startswith(keys)


def was_asked(work: Work, plan: ContactPlan, conversation: str, inbox_id: int) -> bool:
    """Whether the question of this week is the last thing we said here."""
    row = contact_plans.record(work, plan)
    if row is None or row.pushed is None:
        return False
    last = mailbox.last_said(work, conversation, inbox_id, weeks.begin(work.now))
    return last is not None and last.natural_key == row.pushed


def just_said(plans: list[ContactPlan], told: Told, before: Told) -> str:
    """The line above the next question: 您说的是：吃住身体好. Empty when nothing was answered since the last one."""
    lines = []
    for plan in plans:
        known = before.get(plan.uid, {})
        fresh = {item: value for item, value in told[plan.uid].items() if known.get(item) != value}
        if _noted(fresh):
            lines.append(_line(plan, fresh, len(plans) > 1))
    return texts.phrase("contact.read_back").format(noted="；".join(lines)) + "\n" if lines else ""


def of_note(told: Told) -> Told:
    """What a question later tells the fresh answers from the old ones by."""
    return {uid: {item: known[item] for item in ITEMS if item in known} for uid, known in told.items()}


def at_the_end(work: Work, plans: list[ContactPlan], told: Told) -> dict[str, Any]:
    """What stands in the thanks: what was noted, how somebody is called, one idea for the next call."""
    here = calendar.local(work.now)
    only_text = contact_answers.only_text(work, plans[0])
    age = contact_plans.age(work, plans[0].child)
    idea = "video" if only_text else contact_data.idea(age, here.month, int(here.strftime("%V")))
    called = contact_plans.called(work, plans[0].person)
    return {
        "called": f"{called}，" if called else "",
        "noted": "\n".join(_line(plan, told[plan.uid], len(plans) > 1) for plan in plans),
        "idea": texts.phrase(f"contact.idea.{idea}"),
        **_of_the_carer(work, plans[0], told[plans[0].uid]),
    }


def _of_the_carer(work: Work, plan: ContactPlan, told: dict[str, Any]) -> dict[str, Any]:
    """What is said to a parent who was not in touch with the carer: a gentle line, after some weeks of it one nudge
    with a person to help. Nothing else comes of it (carer_contact.nudge_after)."""
    if told.get("carer") != "no":
        return {"carer": ""}
    nudged = contact_answers.without_carer(work, plan) == int(contact_data.amount("carer_contact.nudge_after"))
    choices = [[texts.phrase("contact.carer.now"), "contact.carer=yes"]]
    if nudged:
        choices.append([texts.phrase("contact.carer.help"), "help:me", "quiet"])
    return {"carer": texts.phrase(f"contact.carer.{'nudge' if nudged else 'gently'}") + "\n", "choices": choices}


def each(plans: list[ContactPlan], told: Told) -> str:
    """What is noted of each child; of several by name."""
    return "；".join(_line(plan, told[plan.uid], len(plans) > 1) for plan in plans)


def _line(plan: ContactPlan, told: dict[str, Any], several: bool) -> str:
    """One line of reading back: 老大：联系了，生活好，学习一般."""
    said = "、".join(_noted(told)) or texts.phrase("contact.noted.nothing")
    return f"{contact_sending.label(plan)}：{said}" if several else said


def _noted(told: dict[str, Any]) -> list[str]:
    keys = [f"contact.noted.{item}.{told[item]}" for item in ITEMS if item in told]
    return [texts.phrase(key) for key in keys if texts.known(key)]
