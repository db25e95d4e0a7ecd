"""Which question comes next about which child, and the buttons under it."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import contact_data
from bot.care.contact_data import Asked
from bot.services.contact import plans as contact_plans
from bot.services.work import Work
from bot.storage.tables import ContactPlan

PER_CHILD = frozenset({"how", "life", "mood", "study"})
"""Questions asked of each child; the others are asked once for all of them."""
Left = list[list[str]]
"""What is still to be asked: [question, uid of the plan]; the plan of the first child stands for all."""


def of_voice(plan: ContactPlan) -> tuple[Asked, ...]:
    """The questions of a plan: in 长辈模式 one idea per message."""
    return contact_data.questions("simple" if is_simple(plan) else plan.voice)


def is_simple(plan: ContactPlan) -> bool:
    """Whether somebody is asked in 长辈模式."""
    return plan.simple and plan.voice == contact_plans.CARER


def left(plans: list[ContactPlan], told: dict[str, dict[str, Any]], *, again: bool = False) -> Left:
    """Questions without an answer, in order; all of them `again`. `told`: the answers by uid of the plan."""
    found: Left = []
    for one in of_voice(plans[0]):
        for plan in plans if one.id in PER_CHILD else plans[:1]:
            if again or not answered(one, told[plan.uid]):
                found.append([one.id, plan.uid])
    return found


def answered(one: Asked, told: dict[str, Any]) -> bool:
    """Whether everything a question fills is known."""
    return all(item in told for item in one.fills)


def fresh(plans: list[ContactPlan], told: dict[str, dict[str, Any]], before: dict[str, dict[str, Any]]) -> bool:
    """Whether any question of this voice has another answer than before."""
    asked = {item for one in of_voice(plans[0]) for item in one.fills}
    return any(told[plan.uid].get(item) != before.get(plan.uid, {}).get(item) for plan in plans for item in asked)


def key(plan: ContactPlan, question: str, after: str = "") -> str:
    """The text of a question in the voice it is asked in; `after` what was said before, where it has words for that."""
    voice = "simple" if is_simple(plan) else plan.voice
    own = f"contact.q.{voice}.{question}"
    return f"{own}.{after}" if after and texts.known(f"{own}.{after}") else own


def choices(work: Work, plan: ContactPlan, question: str, touched: list[str]) -> list[list[str]]:
    """Buttons under a question: what its values say here; `touched`: items of 怎么样 answered already."""
    found = []
    for value in next(one for one in of_voice(plan) if one.id == question).values:
        if question == "calls" and value in ("father", "mother") and not _both_away(work, plan):
            continue
        if question == "how" and _settled(value, touched):
            continue
        found.append([_label(plan, question, value, touched), f"contact.{question}={value}"])
    if plan.voice != contact_plans.PARENT:
        found.append([texts.phrase("contact.help_button"), "help:me", "quiet"])
    return found


def first_choices(work: Work, plans: list[ContactPlan]) -> list[list[str]]:
    """Buttons under the question that opens a week."""
    return choices(work, plans[0], of_voice(plans[0])[0].id, [])


def _label(plan: ContactPlan, question: str, value: str, touched: list[str]) -> str:
    rest = f"contact.v.{question}.{value}.rest"
    if touched and texts.known(rest):
        return texts.phrase(rest)
    own = f"contact.v.{plan.voice}.{question}.{value}"
    return texts.phrase(own if texts.known(own) else f"contact.v.{question}.{value}")


def _settled(value: str, touched: list[str]) -> bool:
    item = {"life_bad": "life", "study_bad": "study", "holiday": "study", "mood_low": "mood"}.get(value)
    return item in touched if item is not None else False


def _both_away(work: Work, plan: ContactPlan) -> bool:
    return len(contact_plans.of_child(work, plan.child, contact_plans.PARENT)) > 1
