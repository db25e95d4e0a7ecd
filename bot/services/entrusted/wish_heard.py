"""What one message tells of a wish for 委托照护, put where it belongs: what is put right takes the place of what stood
there, which is kept beside it for staff. Nothing is stored under another person's name (JL-3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.reading.entrusted import (
    entrusted_plans,
    entrusted_told,
    entrusting,
    journeys,
    leaving,
    wish_child,
    wish_corrections,
    wishes,
)
from bot.reading.measures import codes
from bot.reading.talk import question_forms
from bot.services.entrusted import wish_said

DOING = "wish"
LONGEST, MOST_WORDS = 120, 30
PHONES = ("carer_phone", "phone")
REPLACED = ("carer", "carer_name", "carer_phone", "away", "where", "me", "phone")
"""What is told once: another answer takes the place of the first."""


def hear(kept: dict[str, Any], text: str, asked: str) -> bool:
    """Keep the words and what is read in them. Returns whether they only ask us something."""
    told = kept["told"]
    wants_carer = "unfit" in kept and asked != "phone"
    wants_carer = wants_carer or (not told.get("carer") and asked != "phone" and wishes.names_person(text))
    read = wishes.read(text, "carer" if wants_carer else asked)
    kept["words"] = [*kept["words"], text.strip()[:LONGEST]][-MOST_WORDS:]
    before = dict(told), kept.get("area")
    _carer(kept, read, text, asked)
    _own_name(told, read, text)
    _phones(kept, text, asked)
    if read.child or wish_child.puts_right(text):
        _kids(told, text)
    if read.child_says:
        told["child_says"] = wish_child.wish(text)[:LONGEST]
    _journey(told, read, text)
    if entrusted_plans.no_phone(text):
        told.setdefault("phone", "")
    if read.area and len(read.area) >= len(kept.get("area", "")):
        kept["area"] = read.area
        told["where"] = read.area
    asks = read.asks or question_forms.asks(text) or wish_said.answers(text)
    if (dict(told), kept.get("area")) == before and not asks:
        kept["beside"] = [*kept.get("beside", ()), text.strip()[:LONGEST]][-MOST_WORDS:]
    kept["about"] = "carer" if read.carer or read.carer_name or read.carer_age else kept.get("about", "")
    _history(kept, before[0])
    return read.asks and (dict(told), kept.get("area")) == before


def _carer(kept: dict[str, Any], read: wishes.Wish, text: str, asked: str) -> None:
    """Who is to look after the child: another one takes the place of the one before, with nothing of him."""
    told = kept["told"]
    if read.carer and told.get("carer") and wish_corrections.of_one_child(text):
        told["carer"] = text.strip()[:LONGEST]  # 小的托给他小姨 大的还是姥姥: two persons, in his words
        told.pop("carer_name", None)
        return
    if read.carer and kept["doing"] == DOING and _same(read.carer) not in _same(told.get("carer", "")):
        for of_another in ("carer_name", "carer_age", "carer_phone"):
            told.pop(of_another, None)
        told["carer"] = read.carer
    alone = wish_corrections.name(text) if wish_corrections.corrects(text) and not read.carer else ""
    name = read.carer_name or alone
    mine = (read.me, told.get("me"), wish_corrections.own_name(text))
    if name and name not in mine and (told.get("carer") or asked == "carer"):
        told["carer_name"] = name
        told.setdefault("carer", "")
    his = read.carer or name or asked == "carer" or "carer_age" not in told
    if wish_corrections.day(text) and "岁" not in text:
        return  # 走的日子改十二了 tells nobody's age
    if read.carer_age and told.get("carer") and (his or read.carer_age >= entrusting.ADULT):
        told["carer_age"] = read.carer_age


def _same(carer: str) -> str:
    """他姥姥 and 她姥姥 are one; 我姐 and 他姐 are two."""
    return carer.replace("她", "他")


def _own_name(told: dict[str, Any], read: wishes.Wish, text: str) -> None:
    """What the writer is called; a name that is his own is taken back from the carer: 朴英淑是我 不是我小姑子."""
    if me := wish_corrections.own_name(text) or read.me:
        told["me"] = me
    if (name := told.get("carer_name")) and name == told.get("me"):
        told.pop("carer_name")


def _phones(kept: dict[str, Any], text: str, asked: str) -> None:
    """Each number is kept for whom the words before it name; without such words, for whoever is spoken of."""
    told = kept["told"]
    begins = 0
    for one in codes.find(text[:400]):
        if one.kind != "phone":
            continue
        before, begins = text[begins : one.start], one.end
        theirs = wish_corrections.of_carer(before, str(told.get("carer", "")), str(told.get("carer_name", "")))
        if theirs is None and wish_corrections.corrects(text):
            like = {name: wish_corrections.puts_right(one.value, told.get(name, "")) for name in PHONES}
            theirs = like["carer_phone"] if any(like.values()) else None
        if theirs is None:
            theirs = asked != "phone" and kept.get("about") == "carer" and "carer_phone" not in told
        name = "carer_phone" if theirs and told.get("carer") else "phone"
        two = name == "carer_phone" and name in told and wish_corrections.of_one_child(str(told["carer"]))
        told[name] = f"{told[name]}、{one.value}" if two and one.value not in told[name] else one.value


def _kids(told: dict[str, Any], text: str) -> None:
    """What is told of the child, with what was told of it before: a school adds to an age, another age replaces it."""
    carer = (str(told.get("carer", "")), str(told.get("carer_name", "")), str(told.get("carer_age", "")))
    if said := wish_child.of_the_child(text, told.get("kids", ""), carer):
        told["kids"] = said[:LONGEST]


def _journey(told: dict[str, Any], read: wishes.Wish, text: str) -> None:
    """Where, when and for how long: what only asks of the way tells none, a day or a length put right takes the place
    of the first, and the other parent's journey has a line of its own."""
    own, other = journeys.of_the_writer(text), journeys.of_the_other(text)
    only_asks = wish_said.answers(text) and ("away" in told or not leaving.wants_care(text))
    if other and not question_forms.asks(text):
        told["parent"] = other[:LONGEST]
    if read.child_says or only_asks:
        return
    only_day = journeys.day(own) if entrusted_told.journey(own) and not journeys.names_place(own) else ""
    day = wish_corrections.day(text) or only_day
    if told.get("away") and (day or wish_corrections.corrects(text)):
        length = journeys.length(own) if wish_corrections.of_leaving(own) else ""
        told["away"] = journeys.with_day(told["away"], day)[:LONGEST] if day else told["away"]
        told["away"] = journeys.with_length(told["away"], length)[:LONGEST] if length else told["away"]
    elif entrusted_told.journey(own) or (read.away and "away" not in told):
        told["away"] = of_the_journey(own)
    elif told.get("away") and (so_long := entrusted_told.how_long(own)):
        told["away"] = journeys.with_length(told["away"], so_long)[:LONGEST]


def of_the_journey(text: str) -> str:
    """What is told of the journey, without who is to look after the child meanwhile."""
    return entrusted_told.of_the_journey("，".join(text.split()))[:LONGEST]


def _history(kept: dict[str, Any], before: Mapping[str, Any]) -> None:
    """Keep what was replaced: staff see what holds first, and beneath it what was said before."""
    told = kept["told"]
    for name in REPLACED:
        old = before.get(name)
        if old and told.get(name) != old and not (name == "where" and str(told.get(name, "")).startswith(old)):
            line = texts.phrase(f"entrusted.wish.line.{name}").format(value=old)
            kept["changed"] = [*kept.get("changed", []), line]
