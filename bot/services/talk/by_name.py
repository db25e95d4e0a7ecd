"""What staff call by its name, and the button that opens it: 我的孩子, 今天该走访谁, 还有哪些诉求, 各村逾期情况."""

from __future__ import annotations

from bot import texts
from bot.reading.staff import overseeing
from bot.reading.talk import courtesies
from bot.reading.visits import needs
from bot.services.register import level_talk
from bot.services.register import overseeing as register_overseeing
from bot.services.visits import need_talk

NAMED = {
    "staff.by_name.children": "flow:child",
    "staff.by_name.visits": "due:list:",
    "staff.by_name.log": "log:today",
    "staff.by_name.entrusted": "flow:entrusted",
    "staff.by_name.tasks": "caretask:list:",
    "staff.by_name.needs": need_talk.LIST,
    "staff.by_name.levels": level_talk.LIST,
}
WAITING = "waiting:"
OVERSEEN = {"late": register_overseeing.LATE, "unseen": register_overseeing.UNSEEN}


def button(text: str) -> str | None:
    """The button behind what is called by its name; None: nothing is."""
    said = courtesies.after_greeting(text).strip(" 。.!！?？")
    value = next((value for key, value in NAMED.items() if said in texts.phrase(key).split()), None)
    if value is not None:
        return value
    if overseeing.asks_waiting(said):
        return WAITING
    return need_talk.LIST if needs.asks_for_list(said) else OVERSEEN.get(overseeing.asked(said) or "")
