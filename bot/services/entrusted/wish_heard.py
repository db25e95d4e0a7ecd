"""What one message tells of a wish for 委托照护, put where it belongs: what is put right takes the place of what stood
there, which is kept beside it for staff. Nothing is stored under another person's name (JL-3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
    wish_names,
    wishes,
)
from bot.reading.entrusted import wish_carers as reading_carers
from bot.reading.measures import codes
from bot.reading.talk import purposes, question_forms
from bot.services.entrusted import wish_carers, wish_proposed, wish_said

DOING = "wish"
LONGEST, MOST_WORDS = 120, 30
BACKED_OUT = "backed_out"
"""What is kept until it was said: whom the wish named, who does it no longer."""
PHONES = ("carer_phone", "phone")
REPLACED = ("carer_name", "carer_phone", "away", "child_says", "where", "me", "phone")
"""What is told once: another answer takes the place of the first. Another carer takes the first one's place whole."""
OF_THE_CARER = ("carer_name", "carer_phone")


def hear(kept: dict[str, Any], text: str, asked: str) -> bool:
    """Keep the words and what is read in them. Returns whether they only ask us something."""
    told, words = kept["told"], text.strip()[:LONGEST]
    children = {*wish_names.of_children(text), *wish_names.of_children(told.get("kids", ""))}
    text = wish_names.as_children(text, children)
    wants_carer = "unfit" in kept and asked != "phone"
    wants_carer = wants_carer or (not told.get("carer") and asked != "phone" and wishes.names_person(text))
    question = "carer" if wants_carer else asked
    read = _read(text, question)
    kept["words"] = [*kept["words"], words][-MOST_WORDS:]
    before = dict(told), kept.get("area")
    read = replace(
        read,
        carer_name="" if read.carer_name in children else read.carer_name,
        me="" if read.me in children else read.me,
    )
    if wish_proposed.keep(kept, text):
        read = replace(read, carer="", carer_name="", carer_age=None)
    else:
        _carer(kept, read, text, asked)
        _beside_carer(told, text, children)
    _own_name(told, read, text)
    _phones(kept, read, text, asked)
    of_the_carer = kept["doing"] == DOING and not _another_one(told, text) and wish_carers.add_said(kept, text, LONGEST)
    if read.child or children or wish_child.puts_right(text):
        _kids(told, text)
    if read.child_says and not purposes.has(wish_child.wish(text), purposes.QUESTION):
        told["child_says"] = wish_child.wish(text)[:LONGEST]
    _journey(told, read, text)
    if entrusted_plans.no_phone(text):
        told.setdefault("phone", "")
    if read.area and len(read.area) >= len(kept.get("area", "")):
        kept["area"] = read.area
        told["where"] = read.area
    asks = read.asks or question_forms.asks(text) or wish_said.answers(text)
    known = asks or of_the_carer or wishes.hands_over(text) or wish_corrections.corrects(text)
    if (dict(told), kept.get("area")) == before and not known:
        kept["beside"] = [*kept.get("beside", ()), words][-MOST_WORDS:]
    kept["about"] = "carer" if read.carer or read.carer_name or read.carer_age else kept.get("about", "")
    _history(kept, before[0])
    return read.asks and (dict(told), kept.get("area")) == before


def _read(text: str, asked: str) -> wishes.Wish:
    """One message; what the child wants (想跟我妹) names nobody, and what is told beside it is read by itself."""
    read = wishes.read(text, asked)
    beside = wish_child.beside_the_wish(text) if read.child_says else text
    if beside == text:
        return read
    return replace(wishes.read(beside, asked), child_says=True) if beside else read


def _carer(kept: dict[str, Any], read: wishes.Wish, text: str, asked: str) -> None:
    """Who is to look after the child: another one takes the place of the one before, with nothing of him."""
    told = kept["told"]
    if _goes_or_returns(kept, read, text):
        return
    if read.carer and told.get("carer") and wish_corrections.of_one_child(text):
        told["carer"] = text.strip()[:LONGEST]  # 小的托给他小姨 大的还是姥姥: two persons, in his words
        told.pop("carer_name", None)
        return
    if not read.carer and kept["doing"] == DOING and (other := _another_one(told, text)):
        if not reading_carers.same(other, reading_carers.preferred(str(told.get("child_says", "")))):
            return  # 小姨二十九 tells nobody else's age
        read = replace(read, carer=other)  # whom the child wants is told of: it is to be that one
    if reading_carers.asks_about(text) and reading_carers.same(read.carer, str(told.get("carer", ""))):
        read = replace(read, carer="")  # 姥姥一个人带俩行不行 is asked of 我妈 herself
    if read.carer and kept["doing"] == DOING and _same(read.carer) not in _same(told.get("carer", "")):
        wish_carers.put_in_place(kept, read.carer)
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


def _beside_carer(told: dict[str, Any], text: str, children: set[str]) -> None:
    """Name and age told beside the carer's word, whatever else is told with it (朵朵是我闺女 我大姐45); a child's name
    is taken back from him."""
    carer = str(told.get("carer", ""))
    if carer and not wish_corrections.of_one_child(carer):
        name, age = reading_carers.told_beside(text, carer)
        told |= {"carer_name": name} if name and name not in children else {}
        told |= {"carer_age": age} if age else {}
    if told.get("carer_name") in children:
        told.pop("carer_name")


def _goes_or_returns(kept: dict[str, Any], read: wishes.Wish, text: str) -> bool:
    """Take out who does it no longer, put back who was named first; True: there is no more to be read of the carer."""
    told = kept["told"]
    before = str(told.get("carer", ""))
    if reading_carers.backs_out(text, before):
        kept[BACKED_OUT] = dict(told)
        wish_carers.put_aside(kept)
        if not read.carer or reading_carers.same(read.carer, before):
            return True
    first = wish_carers.last_before(kept)
    returns = not read.carer and reading_carers.as_before(text) and bool(first)
    if returns:
        wish_carers.put_in_place(kept, first)
    return returns


def _another_one(told: Mapping[str, Any], text: str) -> str:
    """Somebody who is named and is not the carer; empty: nobody is, or no carer stands yet."""
    carer = str(told.get("carer", ""))
    named = wishes.people_named(wish_child.beside_the_wish(text))
    if not carer or any(reading_carers.same(one, carer) for one in named):
        return ""
    return named[0] if named else ""


def _same(carer: str) -> str:
    """他姥姥 and 她姥姥 are one; 我姐 and 他姐 are two."""
    return carer.replace("她", "他")


def _own_name(told: dict[str, Any], read: wishes.Wish, text: str) -> None:
    """What the writer is called; a name that is his own is taken back from the carer: 朴英淑是我 不是我小姑子. Nor is
    the carer's his: 二姨四十九 姓马."""
    own = wish_corrections.own_name(text)
    if not own and wishes.only_a_surname(text) and told.get("carer") and (read.carer or read.carer_age):
        told.setdefault("carer_name", read.me)
    elif me := own or read.me:
        told["me"] = me
    if (name := told.get("carer_name")) and name == told.get("me"):
        told.pop("carer_name")


def _phones(kept: dict[str, Any], read: wishes.Wish, text: str, asked: str) -> None:
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
            of_the_carer = kept.get("about") == "carer" and "carer_phone" not in told
            mine = asked == "phone" or (kept["times"].get("phone") and "phone" not in told)
            theirs = not mine and not read.area and of_the_carer
        name = "carer_phone" if theirs and told.get("carer") else "phone"
        two = name == "carer_phone" and name in told and wish_corrections.of_one_child(str(told["carer"]))
        told[name] = f"{told[name]}、{one.value}" if two and one.value not in told[name] else one.value


def _kids(told: dict[str, Any], text: str) -> None:
    """What is told of the child, with what was told of it before: a school adds to an age, another age replaces it."""
    before = str(told.get("kids", ""))
    put_right = wish_names.age_put_right(text, before)
    if put_right != before:
        told["kids"] = put_right
        return
    carer = (str(told.get("carer", "")), str(told.get("carer_name", "")), str(told.get("carer_age", "")))
    said = wish_child.of_the_child(text, before, carer)
    for name in wish_names.of_children(text):
        if name not in said:
            said = "，".join(
                one for one in (said, texts.phrase("entrusted.wish.child_called").format(name=name)) if one
            )
    if said:
        told["kids"] = said[:LONGEST]


def _journey(told: dict[str, Any], read: wishes.Wish, text: str) -> None:
    """Where, when and for how long: what only asks of the way tells none, a day or a length put right takes the place
    of the first, and the other parent's journey has a line of its own."""
    if read.child_says:
        text = wish_child.beside_the_wish(text)
    own = reading_carers.without_carer(journeys.of_the_writer(text), str(told.get("carer", "")))
    other = journeys.of_the_other(text)
    asks = wish_said.answers(text) or purposes.has(text, purposes.QUESTION)
    only_asks = asks and (told.get("away") or not leaving.wants_care(text)) and not wish_corrections.corrects(text)
    if other and not purposes.has(other, purposes.QUESTION):
        told["parent"] = other[:LONGEST]
    if not text or (only_asks and (wish_said.answers(text) or told.get("away"))):
        return
    leaves = entrusted_told.journey(own) or wish_corrections.of_the_day(own)
    only_day = journeys.day(own) if leaves and not journeys.names_place(own) else ""
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
    told = [one.text for one in purposes.read(text) if one.purpose != purposes.QUESTION]
    return entrusted_told.of_the_journey("，".join(told or text.split()))[:LONGEST]


def _history(kept: dict[str, Any], before: Mapping[str, Any]) -> None:
    """Keep what was replaced: staff see what holds first, and beneath it what was said before."""
    told, out = kept["told"], kept.get(BACKED_OUT)
    another = before.get("carer") and told.get("carer") != before["carer"]
    if another:
        line = wish_carers.line(before)
        line = texts.phrase("entrusted.wish.line.backed_out").format(value=line) if out else line
        kept["changed"] = [*kept.get("changed", []), line]
    for name in REPLACED:
        old = before.get(name)
        if another and name in OF_THE_CARER:
            continue
        if old and told.get(name) != old and not (name == "where" and str(told.get(name, "")).startswith(old)):
            line = texts.phrase(f"entrusted.wish.line.{name}").format(value=old)
            kept["changed"] = [*kept.get("changed", []), line]
