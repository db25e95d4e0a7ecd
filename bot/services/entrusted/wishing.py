"""Somebody nobody knows here wants a child looked after, or cannot look after one any longer: what he tells is kept,
what the child director needs is asked for, and it becomes a task of the place. Nothing is arranged by it: who is fit
to look after the child, and what the child wants, is for staff to find out (JL-3.5, WBF-22).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.care import roles
from bot.reading import answers as short
from bot.reading import (
    entrusted_plans,
    entrusted_told,
    entrusting,
    leaving,
    places,
    question_forms,
    replies,
    reporting,
    wishes,
)
from bot.services import conversations, drafts
from bot.services.entrusted import wish_said
from bot.services.mail import mailbox
from bot.services.talk import policy_answers
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import Draft

DOING, TIRED = "wish", "tired"
CALL = "entrusted_call"
STEPS: Mapping[str, tuple[str, ...]] = {
    DOING: ("carer", "away", "kids", "where", "phone"),
    TIRED: ("where", "phone"),
}
"""What the child director needs to begin, by what is wished."""
MOST = 2
"""How often one thing is asked for; then it stays open, and whoever calls asks for it."""
OTHER = "other"
"""How often somebody else was asked for stands under this name."""
LONGEST, MOST_WORDS = 120, 30
OF_THE_TALK = ("entrusted", "contact", "carers", "guardianship", "left_behind")
"""Themes of rules that whoever wishes for this may ask for."""
TOWNSHIP = 9
_NOTHING: Mapping[str, Any] = {}


def fresh(text: str, before: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a wish at its beginning: what the first words tell, and what was told in another talk `before`
    and is not asked again: kids and away in words, area as a code."""
    doing = TIRED if wishes.tired(text) else DOING
    told = {name: said for name, said in before.items() if name != "area"}
    kept: dict[str, Any] = {"doing": doing, "told": told, "child": None, "words": [], "times": {}}
    if "area" in before:
        kept["area"] = told["where"] = before["area"]
    if text:
        _hear(kept, text, "")
    return kept


def shortened(kept: dict[str, Any]) -> dict[str, Any]:
    """The same wish, of which only is asked how to come to whoever has it."""
    skipped = dict.fromkeys((step for step in STEPS[DOING] if step not in STEPS[TIRED]), MOST)
    return {**kept, "times": {**kept["times"], **skipped}}


def is_one(kept: Mapping[str, Any]) -> bool:
    """Whether a draft of the flow is such a wish."""
    return kept["doing"] in STEPS


def ask(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int, last: str = "") -> str:
    """Ask for the next thing that is missing, or read back what goes to the office. Returns what is asked.

    `last`: what was asked just now; who told something else meanwhile is asked for the others first.
    """
    missing = [step for step in STEPS[kept["doing"]] if step not in kept["told"] and _asked(kept, step) < MOST]
    step = next((one for one in missing if one != last), missing[0] if missing else "send")
    barred = bool(kept.pop("barred", False))
    other = barred and (step == "send" or _asked(kept, OTHER) < MOST)
    if other:
        step = "carer"  # whoever was just told that this person may not do it is asked for somebody else, kindly
        kept["times"][OTHER] = _asked(kept, OTHER) + 1
    if step == "send" and "area" not in kept:
        step = "where"  # without a place there is nobody to give it to
    args = {"recap": recap(kept), "carer": _carer(kept)} if step == "send" else {"carer": _carer(kept)}
    often = 0 if step == "send" else _asked(kept, step)
    ways = [f"entrusted.wish.{step}{more}" for more in ("", ".again", ".more")][: often + 1]
    key = "entrusted.wish.carer.other" if other else next(way for way in reversed(ways) if texts.known(way))
    kept["times"][step] = _asked(kept, step) + 1
    if step == "send" and _asked(kept, step) > 1 and kept.get("read_back") == kept["told"]:
        key = "entrusted.wish.send.again"
    kept["read_back"] = dict(kept["told"])
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    drafts.keep(work, draft, kept, step)
    return step


def turn(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int, text: str) -> str | None:
    """Take one message: nothing said in it is lost, whether it answers what was asked or not."""
    asked, talk = str(draft.asked), draft.conversation
    if replies.later(text) or (entrusted_plans.lets_be(text) and not question_forms.asks(text)):
        mailbox.say(work, talk, "entrusted.wish.later", reply_to=inbox_id)
        conversations.enter(work, talk, None, told_rasa=False)
        return None
    reply = short.short_answer(text)
    if asked == "send" and reply in ("yes", "no"):
        return settle(work, draft, kept, inbox_id, reply)
    if asked == "send" and (wishes.hands_over(text) or reporting.wants_visit(text)):
        _hear(kept, text, asked)
        return settle(work, draft, kept, inbox_id, "yes")
    if kept["doing"] == DOING and (wishes.asks_what_is_left(text) or wishes.notices(text)):
        _hear(kept, text, asked)
        kept["notices"] = {**kept.get("notices", {}), **wishes.notices(text)}
        key = "left" if wishes.asks_what_is_left(text) else "notices"
        mailbox.say(work, talk, f"entrusted.wish.{key}", _notices(kept), reply_to=inbox_id)
        return ask(work, draft, kept, inbox_id)
    if reply in ("unsure", "skip", "no") and asked in STEPS[kept["doing"]]:
        kept["told"][asked] = ""
        return ask(work, draft, kept, inbox_id)
    before = dict(kept["told"])
    asks = _hear(kept, text, asked)
    answered = _say_to(work, talk, kept, inbox_id, text, "asked" if asks else _acknowledged(kept, before), before)
    if asked == "where" and not asks and answered and _asked(kept, "where") > MOST:
        drafts.keep(work, draft, kept, asked)  # the way on was said: who goes on telling is listened to
        return asked
    return ask(work, draft, kept, inbox_id, asked if asked not in kept["told"] else "")


def say_of_the_person(
    work: Work, conversation: str, kept: dict[str, Any], inbox_id: int, text: str, before: Mapping[str, Any] = _NOTHING
) -> bool:
    """Say what was told of the person named comes to, the bar with its clause. Returns whether anything was said."""
    plainly = wish_said.keys(text, kept["told"], before or {}) if kept["doing"] == DOING else []
    if kept.get("unfit") == kept["told"].get("carer"):
        plainly = [one for one in plainly if one != "entrusted.wish.may"]  # what barred him was told before
    for said in plainly:
        mailbox.say(work, conversation, said, {"carer": _carer(kept)}, reply_to=inbox_id)
    kept["barred"] = bool(wish_said.BARRED & set(plainly))
    if kept["barred"]:
        kept["unfit"] = kept["told"]["carer"]  # until somebody else is named, whoever is named next is meant instead
    elif kept.get("unfit") != kept["told"].get("carer"):
        kept.pop("unfit", None)
    return bool(plainly)


def _say_to(
    work: Work, talk: str, kept: dict[str, Any], inbox_id: int, text: str, key: str, before: Mapping[str, Any]
) -> bool:
    """Answer what was told or asked: plainly where it is known here, else the rule, else that it is kept (`key`).
    Returns whether anything but a rule was said."""
    if say_of_the_person(work, talk, kept, inbox_id, text, before):
        return True
    if _asks_a_rule(text):
        policy_answers.beside(work, talk, inbox_id, text, most=1)
        return False
    if key:
        kept["times"][key] = _asked(kept, key) + 1
        again = f"entrusted.wish.{key}.again"
        said = again if _asked(kept, key) > 1 and texts.known(again) else f"entrusted.wish.{key}"
        mailbox.say(work, talk, said, {"carer": _carer(kept)}, reply_to=inbox_id)
    return bool(key)


def takes(text: str) -> bool:
    """Whether words tell something of the wish, or ask what is answered here."""
    return wish_said.hears(text) or wishes.tells(text)


def _asks_a_rule(text: str) -> bool:
    """Whether words ask for a rule of this talk: 我姐行不行 身体好 asks nothing of disabled children."""
    asks = question_forms.asks(text) and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY
    return asks and policy_answers.theme(text) in OF_THE_TALK


def _notices(kept: Mapping[str, Any]) -> dict[str, str]:
    """How the two written notices stand; what nobody said anything of is not given yet."""
    told = kept.get("notices", {})
    given = {True: texts.phrase("entrusted.notice.given"), False: texts.phrase("entrusted.notice.open")}
    return {name: given[bool(told.get(name))] for name in ("school", "village")}


def settle(work: Work, draft: Draft, kept: Mapping[str, Any], inbox_id: int, value: str) -> str | None:
    """Hand it over, or leave it: only a yes to what was read back goes to anybody."""
    if value != "yes":
        mailbox.say(work, draft.conversation, "entrusted.wish.later", reply_to=inbox_id)
        conversations.enter(work, draft.conversation, None, told_rasa=False)
        return None
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    told = kept["told"]
    contact = "　".join(one for one in (told.get("phone", ""), places.full_name(kept["area"])) if one)
    payload = {"name": told.get("me", ""), "contact": contact, "recap": recap(kept), "result": ""}
    role = care_tasks.make(work, CALL, kept["area"], payload, draft.conversation, f"{CALL}:{draft.uid}")
    key = "entrusted.call.nobody" if role is None else f"entrusted.wish.sent.{kept['doing']}"
    args = {"who": roles.label_zh(role)} if role is not None else None
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return None


def _acknowledged(kept: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """What is said to an answer before the next question; empty where that is answer enough."""
    told = kept["told"]
    if told == before:
        return "noted"
    if told.get("child_says") != before.get("child_says"):
        return "child_says"
    changed = any(name in before and before[name] != told.get(name) for name in ("carer", "carer_name", "carer_age"))
    return "corrected" if changed else ""


def recap(kept: Mapping[str, Any]) -> str:
    """Everything told: what was read, each on its line, and beneath it the words as they were said."""
    told = {**kept["told"], "carer": _carer(kept) if kept["told"].get("carer") else ""}
    if "area" in kept:
        told["where"] = places.full_name(kept["area"])
    lines = [texts.phrase(f"entrusted.wish.of.{kept['doing']}")]
    for name in ("carer", "carer_phone", "away", "kids", "child_says", "where", "me", "phone"):
        if told.get(name):
            lines.append(texts.phrase(f"entrusted.wish.line.{name}").format(value=told[name]))
    lines.append(texts.phrase("entrusted.wish.line.words").format(value="；".join(kept["words"])))
    return "\n".join(lines)


def _journey(text: str) -> str:
    """What is told of the journey, without who is to look after the child meanwhile."""
    return entrusted_told.of_the_journey("，".join(text.split()))[:LONGEST]


def _asked(kept: Mapping[str, Any], step: str) -> int:
    return int(kept["times"].get(step, 0))


def _carer(kept: Mapping[str, Any]) -> str:
    told = kept["told"]
    who = f"{told.get('carer', '')}{told.get('carer_name', '')}" or texts.phrase("entrusted.carer")
    age = told.get("carer_age")
    return who + (texts.phrase("entrusted.wish.age").format(value=age) if age else "")


def _hear_carer(kept: dict[str, Any], read: wishes.Wish, asked: str) -> None:
    """Who is to look after the child: another one takes the place of the one before, with nothing of him."""
    told = kept["told"]
    if read.carer and kept["doing"] == DOING and read.carer not in told.get("carer", ""):
        for of_another in ("carer_name", "carer_age", "carer_phone"):
            told.pop(of_another, None)
        told["carer"] = read.carer
    if read.carer_name and (told.get("carer") or asked == "carer"):
        told["carer_name"] = read.carer_name
        told.setdefault("carer", "")
    his = read.carer or read.carer_name or asked == "carer" or "carer_age" not in told
    if read.carer_age and told.get("carer") and (his or read.carer_age >= entrusting.ADULT):
        told["carer_age"] = read.carer_age


def _kids(told: Mapping[str, Any], text: str) -> str:
    """What is told of the child, with what was told of it before: a school adds to an age."""
    said, before = wishes.of_the_child(text), told.get("kids", "")
    return said if not before or said in before or entrusted_told.another(text) else f"{before}，{said}"


def _hear_journey(told: dict[str, Any], read: wishes.Wish, text: str) -> None:
    """Where, when and for how long: what only asks of the way tells none, a mere 一年半吧 is added to what is known."""
    only_asks = wish_said.answers(text) and ("away" in told or not leaving.wants_care(text))
    if read.child_says or only_asks:
        return
    journey, changed = entrusted_told.journey(text), entrusted_plans.day_of_leaving(text)
    if changed and told.get("away"):
        before = told.setdefault("away_before", told["away"])
        told["away"] = texts.phrase("entrusted.wish.day_changed").format(now=changed, before=before)[:LONGEST]
    elif journey or (read.away and "away" not in told):
        told["away"] = _journey(text)
    elif told.get("away") and (so_long := entrusted_told.how_long(text)):
        told["away"] = f"{told['away']}，{so_long}"[:LONGEST]


def _hear(kept: dict[str, Any], text: str, asked: str) -> bool:
    """Keep the words and what is read in them. Returns whether they only ask us something."""
    told, read = kept["told"], wishes.read(text, "carer" if "unfit" in kept and asked != "phone" else asked)
    kept["words"] = [*kept["words"], text.strip()[:LONGEST]][-MOST_WORDS:]
    before = dict(told), kept.get("area")
    _hear_carer(kept, read, asked)
    if read.me:
        told["me"] = read.me
    if (name := told.get("carer_name")) and (name == told.get("me") or f"{name}是我" in text):
        told["me"] = told.pop("carer_name")  # 朴英淑是我 不是我小姑子
    if read.phone:
        of_the_carer = kept.get("about") == "carer" and asked != "phone" and "carer_phone" not in told
        told["carer_phone" if of_the_carer else "phone"] = read.phone
    for name, so in (("kids", read.child), ("child_says", read.child_says)):
        if so:
            told[name] = (_kids(told, text) if name == "kids" else text.strip())[:LONGEST]
    _hear_journey(told, read, text)
    if entrusted_plans.no_phone(text):
        told.setdefault("phone", "")
    if read.area and len(read.area) >= len(kept.get("area", "")):
        kept["area"] = read.area
        told["where"] = read.area
    kept["about"] = "carer" if read.carer or read.carer_name or read.carer_age else kept.get("about", "")
    return read.asks and (dict(told), kept.get("area")) == before
