"""What whoever wishes for 委托照护 is told plainly, beside what is asked: whether the person named may do it by what
was told of him (WBF-22, WBF-21), where it is done, who answers for the child. Judged is nothing: that is for staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.reading.entrusted import entrusted_plans, entrusted_told, entrusting, journeys, wish_carers, wish_names
from bot.reading.talk import question_forms

ELDER = 60
BARRED = frozenset({"entrusted.wish.d1.yes", "entrusted.wish.d2.yes", "entrusted.wish.minor"})
"""After these somebody else is asked for before anything is handed on."""
OF_THE_WAY = {name: f"entrusted.wish.{name}" for name in entrusted_plans.ASKED}
OF_THE_TALK = {
    entrusted_told.CONTACT: "entrusted.wish.weekly",
    entrusted_told.WRITTEN: "entrusted.wish.written",
    entrusted_told.NOTICE: "entrusted.wish.papers",
    entrusted_told.WHY: "entrusted.wish.bars",
}


def keys(text: str, told: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """The keys of what is said to a message, the person first; `told` after it was heard, `before` it."""
    way = _of_the_way(text)
    of_the_reason = way == [OF_THE_WAY[entrusted_plans.PRIVACY]]  # names the bar once more, and tells nothing new
    said = way if of_the_reason else [*_of_the_person(_of_his(text), told, before), *way]
    if entrusted_plans.wants_no_alarm(text):
        said.append("entrusted.plan.nothing_sent")
    return list(dict.fromkeys(said))


def hears(text: str) -> bool:
    """Whether a message tells or asks something that is answered here."""
    bars, asked = entrusted_told.bars(text), entrusted_plans.asks(text) or entrusted_told.asks(text)
    plain = (
        entrusted_plans.asks_of_that_one(text)
        or entrusted_plans.lets_be(text)
        or entrusted_plans.no_phone(text)
        or entrusted_plans.wants_no_alarm(text)
    )
    return bool(bars) or asked in (*OF_THE_WAY, *OF_THE_TALK) or plain or entrusted_plans.earns(text)


def answers(text: str) -> bool:
    """Whether a message asks something of the way that is answered here: it tells of no journey."""
    return bool(_of_the_way(text))


def _of_the_person(text: str, told: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    if not told.get("carer"):
        return []
    bars = entrusted_told.bars(text)
    of_home = entrusted_plans.of_a_housemate(text) or _of_another(text, told)
    if of_home and entrusted_told.names_a_bar(text) and not _is_he(text, told):
        return ["entrusted.wish.housemate"]
    found = [f"entrusted.wish.{name}.{value}" for name, value in bars.items()]
    age = told.get("carer_age")
    new = age != before.get("carer_age") or told.get("carer") != before.get("carer")
    young = age is not None and age < entrusting.ADULT
    earns = entrusted_plans.earns(text) and not entrusted_told.journey(text)  # 我去沈阳打工 says nothing of him
    if young and (new or earns):
        found.append(f"entrusted.wish.minor{'.earns' if earns else ''}")
    if entrusted_plans.ill(text):
        found.append("entrusted.wish.ill")
    elif entrusted_plans.laden(text) and not found:
        found.append("entrusted.wish.laden")
    elif entrusted_plans.old(text) or (age is not None and age >= ELDER and new and not found):
        found.append("entrusted.wish.elder")
    if not found and told.get("carer") != before.get("carer") and before.get("carer"):
        found.append("entrusted.wish.corrected")
    if not found and entrusted_told.clean(text) and told.get("carer") == before.get("carer"):
        found.append("entrusted.beside.clean")
    again = str(told["carer"]).lstrip("我他她俺") in text and not wish_carers.first_again(
        text
    )  # 算了还是大姐 asks nothing
    again = again or entrusted_plans.asks_of_that_one(text)
    if not found and (new or again) and not young and question_forms.asks(text) and not _of_the_way(text):
        found.append("entrusted.wish.may")
    return found


def _of_his(text: str) -> str:
    """What is left for the carer when a child's clauses, the other parent's and those that ask why we ask are out."""
    return journeys.of_the_writer(wish_names.without_children(entrusted_plans.but_why_asked(text)))


def _of_another(text: str, told: Mapping[str, Any]) -> bool:
    """Whether somebody else of the family than the carer is named: 姥爷爱喝两盅 where the grandmother is to do it."""
    named = entrusted_told.person(text).relation
    carer = str(told["carer"])
    return bool(named) and named not in carer and carer.lstrip("我他她俺孩子") not in text and "我" not in text


def _is_he(text: str, told: Mapping[str, Any]) -> bool:
    """Whether the person told of is the carer himself, and no one of his house: 托给他姑父 姑父爱喝酒."""
    carer = str(told["carer"]).lstrip("我他她俺孩子")
    may_be = any(entrusted_plans.of_a_housemate(f"{whose}{carer}") for whose in "我他她")
    return may_be and carer in text and not entrusted_plans.of_spouse(text, carer)


def _of_the_way(text: str) -> list[str]:
    asked, way = entrusted_told.asks(text), entrusted_plans.asks(text)
    told_so = asked == entrusted_told.WRITTEN and way == entrusted_plans.VIDEO  # 老师我微信说了行不行
    if asked in OF_THE_TALK and (told_so or way not in entrusted_plans.BEFORE_OTHERS):
        return [OF_THE_TALK[asked]]
    return [OF_THE_WAY[way]] if way is not None else []
