"""The persons of a wish for 委托照护: another one takes nothing of the one before with him, and who comes back brings
what was told of him. Staff see who it was before, and what was said of him (JL-3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.reading.entrusted import wish_carers, wish_names

FACTS = ("carer", "carer_name", "carer_age", "carer_phone", "carer_said")
EARLIER = "earlier"
"""What a wish keeps of those who were named before, the last one last."""
MOST = 6
ONLY_ASKED = "only_asked"
"""Marks one of them of whom it was only asked whether he would do."""


def put_in_place(kept: dict[str, Any], carer: str) -> None:
    """Let somebody be the carer, with what was told of him before and with nothing of another."""
    bags = kept.get(EARLIER, [])
    known: Mapping[str, Any] = next((bag for bag in reversed(bags) if wish_carers.same(str(bag["carer"]), carer)), {})
    kept[EARLIER] = [bag for bag in bags if bag is not known]
    put_aside(kept)
    kept["told"] |= {"carer": carer, **{name: known[name] for name in FACTS if name in known}}


def put_aside(kept: dict[str, Any]) -> None:
    """Take the carer out of the wish; who he was is kept."""
    told = kept["told"]
    bag = {name: told.pop(name) for name in FACTS if name in told}
    if bag.get("carer"):
        kept[EARLIER] = [*kept.get(EARLIER, []), bag][-MOST:]


def propose(kept: dict[str, Any], facts: Mapping[str, Any]) -> None:
    """Keep what was told of somebody only asked about, for the day he is taken."""
    others = [bag for bag in kept.get(EARLIER, []) if not wish_carers.same(str(bag["carer"]), str(facts["carer"]))]
    kept[EARLIER] = [*others, {**facts, ONLY_ASKED: True}][-MOST:]


def last_before(kept: Mapping[str, Any]) -> str:
    """The one named before the last; empty: nobody was."""
    bags = [bag for bag in kept.get(EARLIER, []) if ONLY_ASKED not in bag]
    return str(bags[-1]["carer"]) if bags else ""


def add_said(kept: dict[str, Any], text: str, longest: int) -> bool:
    """Keep what is told of how the carer is and lives. False: nothing is, or nobody is named yet."""
    told = kept["told"]
    text = wish_names.without_children(text)
    said = wish_carers.of_the_person(text, str(told["carer"])) if told.get("carer") else ""
    if not said or said in told.get("carer_said", ""):
        return bool(said)
    told["carer_said"] = "；".join(one for one in (told.get("carer_said", ""), said) if one)[-longest:]
    return True


def who(told: Mapping[str, Any]) -> str:
    """The person, with name and age where they were told; empty: nobody is named."""
    age = told.get("carer_age")
    called = f"{told.get('carer', '')}{told.get('carer_name', '')}"
    return called + (texts.phrase("entrusted.wish.age").format(value=age) if called and age else "")


def line(told: Mapping[str, Any]) -> str:
    """Somebody named before, with what was said of him, on one line for staff."""
    more = [str(told[name]) for name in ("carer_phone", "carer_said") if told.get(name)]
    return texts.phrase("entrusted.wish.line.carer").format(value="，".join([who(told), *more]))
