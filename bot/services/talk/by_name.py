"""What staff call by its name, and the button that opens it: 我的孩子, 今天该走访谁, 还有哪些诉求没办完."""

from __future__ import annotations

from bot import texts
from bot.reading import needs
from bot.services.visits import need_talk

NAMED = {
    "staff.by_name.children": "flow:child",
    "staff.by_name.visits": "due:list:",
    "staff.by_name.log": "log:today",
    "staff.by_name.entrusted": "flow:entrusted",
    "staff.by_name.tasks": "caretask:list:",
    "staff.by_name.needs": need_talk.LIST,
}


def button(text: str) -> str | None:
    """The button behind what is called by its name; None: nothing is."""
    said = text.strip(" 。.!！?？")
    value = next((value for key, value in NAMED.items() if said in texts.phrase(key).split()), None)
    return need_talk.LIST if value is None and needs.asks_for_list(said) else value
