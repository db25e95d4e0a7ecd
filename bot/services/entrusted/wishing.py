"""Somebody nobody knows here wants a child looked after, or cannot look after one any longer: what he tells is kept,
what the child director needs is asked for, and it becomes a task of the place. Nothing is arranged by it: who is fit
to look after the child, and what the child wants, is for staff to find out (JL-3.5, WBF-22).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.care import roles
from bot.reading.entrusted import (
    entrusted_plans,
    entrusted_told,
    journeys,
    leaving,
    wish_asked,
    wish_carers,
    wish_corrections,
    wishes,
)
from bot.reading.reports import reporting
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.entrusted import wish_carers as persons
from bot.services.entrusted import wish_counting, wish_heard, wish_proposed, wish_reopened, wish_said
from bot.services.mail import mailbox
from bot.services.talk import policy_answers
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import Draft

DOING, TIRED = wish_heard.DOING, "tired"
MOST_WORDS = wish_heard.MOST_WORDS
CALL, HELD = "entrusted_call", "wish"
STEPS: Mapping[str, tuple[str, ...]] = {
    DOING: ("carer", "away", "kids", "where", "phone"),
    TIRED: ("where", "phone"),
}
"""What the child director needs to begin, by what is wished."""
MOST = 2
"""How often one thing is asked for; then it stays open, and whoever calls asks for it."""
GOES = "goes"
OTHER = "other"
"""How often somebody else was asked for stands under this name."""
OF_THE_TALK = ("entrusted", "contact", "carers", "guardianship", "left_behind")
"""Themes of rules that whoever wishes for this may ask for."""
TOWNSHIP = 9
CHANGES = ("carer", "carer_name", "carer_age", "away", "me", "phone", "carer_phone")
"""What is said to be put right when it takes the place of something told before."""
LINES = ("carer", "carer_phone", "carer_said", "away", "parent", "kids", "child_says", "where", "me", "phone")
NEEDED = ("carer", "carer_name", "carer_phone", "away", "kids", "where", "phone")
"""What the child director wants to know before he begins."""
_NOTHING: Mapping[str, Any] = {}


def fresh(text: str, before: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a wish at its beginning: what the first words tell, and what was told in another talk `before`
    and is not asked again: kids and away in words, area as a code."""
    doing = TIRED if wishes.tired(text) and not leaving.is_ahead(text) else DOING
    told = {name: said for name, said in before.items() if name != "area"}
    kept: dict[str, Any] = {"doing": doing, "told": told, "child": None, "words": [], "times": {}}
    if "area" in before:
        kept["area"] = told["where"] = before["area"]
    if text:
        wish_heard.hear(kept, text, "")
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
    if kept["told"].get("away") != kept.get("away_as"):  # 下个月九号 is one of the day it was said on
        kept["away_as"], kept["away_on"] = kept["told"].get("away"), work.today.isoformat()
    missing = [step for step in STEPS[kept["doing"]] if step not in kept["told"] and _asked(kept, step) < MOST]
    step = next((one for one in missing if one != last), missing[0] if missing else "send")
    barred = bool(kept.pop("barred", False))
    other = barred and (step == "send" or _asked(kept, OTHER) < MOST)
    if other:
        step = "carer"  # whoever was just told that this person may not do it is asked for somebody else, kindly
        kept["times"][OTHER] = _asked(kept, OTHER) + 1
    if step == "send" and "area" not in kept:
        step = "where"  # without a place there is nobody to give it to
    args = {"recap": recap(kept), "carer": carer(kept)} if step == "send" else {"carer": carer(kept)}
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
    leaves = entrusted_plans.lets_be(text) and not (question_forms.asks(text) or wishes.read(text).carer)
    if replies.later(text) or leaves:
        mailbox.say(work, talk, "entrusted.wish.later", reply_to=inbox_id)
        conversations.enter(work, talk, None, told_rasa=False)
        return None
    if (settled := _settles(asked, text)) is not None:
        if settled == GOES:
            wish_heard.hear(kept, text, asked)
        return settle(work, draft, kept, inbox_id, "yes" if settled == GOES else settled)
    if _hastens(work, talk, kept, inbox_id, text, asked):
        return ask(work, draft, kept, inbox_id)
    if (back := wish_corrections.asks_back(text)) is not None:
        return _read_back(work, draft, kept, inbox_id, text, back)
    if kept["doing"] == DOING and _answered(work, talk, kept, inbox_id, text, asked):
        return ask(work, draft, kept, inbox_id)
    if short.short_answer(text) in ("unsure", "skip", "no") and asked in STEPS[kept["doing"]]:
        kept["told"][asked] = ""
        return ask(work, draft, kept, inbox_id)
    before = dict(kept["told"])
    asks = wish_heard.hear(kept, text, asked)
    said_of_it = wish_proposed.answered(work, talk, kept, inbox_id, text)
    if said_of_it or wish_reopened.says_who_backs_out(work, talk, kept, inbox_id):
        return ask(work, draft, kept, inbox_id)
    answered = _say_to(work, talk, kept, inbox_id, text, "asked" if asks else _acknowledged(kept, before), before)
    if asked == "where" and not asks and answered and _asked(kept, "where") > MOST:
        drafts.keep(work, draft, kept, asked)  # the way on was said: who goes on telling is listened to
        return asked
    return ask(work, draft, kept, inbox_id, asked if asked not in kept["told"] else "")


def _settles(asked: str, text: str) -> str | None:
    """Whether what was read back is handed over, yes or no; GOES: in words that may tell more. None: neither."""
    if asked != "send":
        return None
    reply = "no" if entrusted_plans.not_yet_over(text) else short.short_answer(text)
    if reply in ("yes", "no"):
        return reply
    return GOES if wishes.hands_over(text) or reporting.wants_visit(text) else None


def _answered(work: Work, talk: str, kept: dict[str, Any], inbox_id: int, text: str, asked: str) -> bool:
    """Say what is still to be done, how the notices stand, or whether the child counts as left behind then."""
    if entrusted_plans.asks_left_behind(text):
        wish_counting.say(work, talk, kept, inbox_id)
        return True
    if not (wishes.asks_what_is_left(text) or wishes.notices(text)):
        return False
    wish_heard.hear(kept, text, asked)
    kept["notices"] = {**kept.get("notices", {}), **wishes.notices(text)}
    if wishes.asks_what_is_left(text):
        say_left(work, talk, kept, inbox_id)
    else:
        mailbox.say(work, talk, "entrusted.wish.notices", _notices(kept), reply_to=inbox_id)
    return True


def _hastens(work: Work, talk: str, kept: dict[str, Any], inbox_id: int, text: str, asked: str) -> bool:
    """Whether it is to be handed in as it stands, which is read back before it goes, or how far it is is asked."""
    if wishes.hands_over(text) and "area" in kept:
        wish_heard.hear(kept, text, asked)
        kept["times"] |= dict.fromkeys(STEPS[kept["doing"]], MOST)  # what was not told stays open
        return True
    progress = wish_asked.progress(text) and not wishes.asks_what_is_left(text)
    if progress:
        mailbox.say(work, talk, "entrusted.wish.stands.here", reply_to=inbox_id)
    return progress


def _read_back(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int, text: str, back: str) -> str | None:
    """念一遍, 走的日子记的哪天: what stands is said; what was put right in the same breath stands already."""
    if wish_corrections.corrects(text):
        wish_heard.hear(kept, text, str(draft.asked))
    if draft.asked == "send" and back == wish_corrections.ALL:
        kept.pop("read_back", None)  # the whole of it is what 对不对 is asked of
        return ask(work, draft, kept, inbox_id)
    mailbox.say(work, draft.conversation, "entrusted.wish.stands", {"lines": stands(kept, back)}, reply_to=inbox_id)
    return ask(work, draft, kept, inbox_id)


def stands(kept: Mapping[str, Any], back: str) -> str:
    """What stands of what is asked back, each on its line; of what was not told, that it was not."""
    if back == wish_corrections.ALL:
        return recap(kept)
    value = carer(kept) if back == "carer" and kept["told"].get("carer") else kept["told"].get(back)
    value = value or texts.phrase("entrusted.wish.not_told")
    return texts.phrase(f"entrusted.wish.line.{back}").format(value=value)


def say_of_the_person(
    work: Work, conversation: str, kept: dict[str, Any], inbox_id: int, text: str, before: Mapping[str, Any] = _NOTHING
) -> bool:
    """Say what was told of the person named comes to, the bar with its clause. Returns whether anything was said."""
    plainly = wish_said.keys(text, kept["told"], before or {}) if kept["doing"] == DOING else []
    if kept.get("unfit") == kept["told"].get("carer"):
        plainly = [one for one in plainly if one != "entrusted.wish.may"]  # what barred him was told before
    for said in plainly:
        args = {"carer": carer(kept), "said": entrusted_told.denials(text)}
        mailbox.say(work, conversation, said, args, reply_to=inbox_id)
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
        if key == "changed" and kept["told"].get("carer") == before.get("carer"):  # beside what he denies of her
            mailbox.say(work, talk, "entrusted.wish.changed", {"lines": changed(kept, before)}, reply_to=inbox_id)
        return True
    if _asks_a_rule(text):
        policy_answers.beside(work, talk, inbox_id, text, most=1)
        return False
    if key:
        kept["times"][key] = _asked(kept, key) + 1
        lines = recap(kept, words=False) if key == "as_said" else changed(kept, before)
        again = f"entrusted.wish.{key}.again"
        said = again if _asked(kept, key) > 1 and texts.known(again) else f"entrusted.wish.{key}"
        who = wish_carers.preferred(kept["told"].get("child_says", ""))
        mailbox.say(work, talk, said, {"carer": carer(kept), "lines": lines, "who": who}, reply_to=inbox_id)
    return bool(key)


def takes(text: str) -> bool:
    """Whether words tell something of the wish, or ask what is answered here."""
    return wish_said.hears(text) or wishes.tells(text) or bool(journeys.day(text))


def _asks_a_rule(text: str) -> bool:
    """Whether words ask for a rule of this talk: 我姐行不行 身体好 asks nothing of disabled children."""
    asks = question_forms.asks(text) and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY
    return asks and not wish_carers.of_a_person(text) and policy_answers.theme(text) in OF_THE_TALK


def say_left(work: Work, talk: str, kept: Mapping[str, Any], inbox_id: int) -> None:
    """What is still to be done, and what of the wish was not told yet."""
    open_ones = [one for one in NEEDED if not kept["told"].get(one) and not (one == "where" and "area" in kept)]
    names = "、".join(texts.phrase(f"entrusted.wish.needs.{one}") for one in open_ones)
    needs = texts.phrase("entrusted.wish.needs").format(names=names) + "\n" if names else ""
    mailbox.say(work, talk, "entrusted.wish.left", {**_notices(kept), "needs": needs}, reply_to=inbox_id)


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
    if wish_reopened.hand_again(work, draft, kept, payload(kept), recap(kept, words=False), inbox_id):
        return None
    role = care_tasks.make(work, CALL, kept["area"], payload(kept), draft.conversation, f"{CALL}:{draft.uid}")
    key = "entrusted.call.nobody" if role is None else f"entrusted.wish.sent.{kept['doing']}"
    args = {"who": roles.label_zh(role)} if role is not None else None
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return None


def payload(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the task of the place holds: what stands, and what it was read from, for what is put right later."""
    told = kept["told"]
    contact = "　".join(one for one in (told.get("phone", ""), places.full_name(kept["area"])) if one)
    held = {
        name: kept[name]
        for name in ("doing", "told", "area", "words", "beside", "changed", "about", "earlier", "away_as", "away_on")
        if name in kept
    }
    return {
        "name": told.get("me", ""),
        "contact": contact,
        "recap": recap(kept, for_staff=True),
        "result": "",
        HELD: {**held, "times": {}, "child": None},
    }


def _acknowledged(kept: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """What is said to an answer before the next question; empty where that is answer enough."""
    told = kept["told"]
    if told == before and wish_carers.first_again(kept["words"][-1]) and told.get("carer"):
        return "stays"
    if told == before:
        return "as_said" if wish_corrections.corrects(kept["words"][-1]) else "noted"
    if told.get("child_says") != before.get("child_says"):
        who = wish_carers.preferred(told.get("child_says", ""))
        new = told.get("carer") == before.get("carer") and not wish_carers.same(who, str(told.get("carer", "")))
        return "child_prefers" if who and new else "child_says"
    return "changed" if any(before.get(name) and before[name] != told.get(name) for name in CHANGES) else ""


def changed(kept: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """What stands now of what was told otherwise `before`, each in a line of its own."""
    told = kept["told"]
    new = {name for name in (*CHANGES, "where", "kids") if told.get(name) != before.get(name)}
    if {"carer_name", "carer_age"} & new:
        new.add("carer")
    if "area" in kept:
        told = {**told, "where": places.full_name(kept["area"])}
    value = {**told, "carer": carer(kept) if told.get("carer") or told.get("carer_name") else ""}
    return "\n".join(
        texts.phrase(f"entrusted.wish.line.{name}").format(value=value[name])
        for name in LINES
        if name in new and value.get(name)
    )


def recap(kept: Mapping[str, Any], *, for_staff: bool = False, words: bool = True) -> str:
    """Everything told: what was read, each on its line, and beneath it the `words` of which nothing was read;
    `for_staff`: all words as they were said, and what was put right as it was before."""
    told = {**kept["told"], "carer": carer(kept) if kept["told"].get("carer") else ""}
    if "area" in kept:
        told["where"] = places.full_name(kept["area"])
    lines = [texts.phrase(f"entrusted.wish.of.{kept['doing']}")]
    for name in LINES:
        if told.get(name):
            lines.append(texts.phrase(f"entrusted.wish.line.{name}").format(value=told[name]))
    if for_staff and kept.get("changed"):
        lines.append(texts.phrase("entrusted.wish.line.changed").format(value="；".join(kept["changed"])))
    if not words:
        return "\n".join(lines[1:])
    name = "words" if for_staff else "beside"  # the family knows what it said, and reads it on an old phone
    if said := kept.get(name):
        lines.append(texts.phrase(f"entrusted.wish.line.{name}").format(value="；".join(said)))
    return "\n".join(lines)


def _asked(kept: Mapping[str, Any], step: str) -> int:
    return int(kept["times"].get(step, 0))


def carer(kept: Mapping[str, Any]) -> str:
    """Who is to look after the child, with name and age where they were told."""
    return persons.who(kept["told"]) or texts.phrase("entrusted.carer")
