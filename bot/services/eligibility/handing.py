"""Bringing a self-check to people: where the child lives, what to call the family, how to reach it, its consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import model, roles
from bot.reading.families import check_handing, checking, child_labels
from bot.reading.measures import codes
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, replies
from bot.reading.where import places
from bot.services import drafts
from bot.services.eligibility import answer, asking, each_child, other_kept, reached, recap, showing, to_file
from bot.services.eligibility.state import BESIDE, FLOW, Check, keep, load
from bot.services.mail import mailbox
from bot.services.talk import language
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import Draft

STEP = "hand."
HANDED, REVIEW = "eligibility", "eligibility_review"
TOWNSHIP = 9
LONGEST = 60
SKIPS: Mapping[str, dict[str, Any]] = {
    "coarse": {"coarse": True},
    "noname": {"name": ""},
    "nocontact": {"contact": ""},
}


def begin(work: Work, draft: Draft, check: Check, inbox_id: int, kind: str) -> str | None:
    """Begin to hand over; `kind` of the task: for the child director, or for a person to look at it again."""
    check.hand = {**{name: told for name, told in check.hand.items() if name == "contact"}, "kind": kind}
    if kind == REVIEW:
        args = {"standing": each_child.verdict(check, work.today)}
        mailbox.say(work, draft.conversation, "eligibility.disagree", args, reply_to=inbox_id)
    return _next(work, draft, check, inbox_id)


def keep_number(work: Work, conversation: str, inbox_id: int, number: str) -> None:
    """A number that answers nothing asked here is kept for when the check is handed to people; the question stands."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return
    check = load(work, draft)
    check.hand["contact"] = number.strip()
    mailbox.say(work, conversation, "eligibility.number_kept", reply_to=inbox_id)
    asking.again(work, draft, check, inbox_id)


def at_once(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Hand over because the family says so in words: that is its consent, and what it does not say of itself is not
    asked. Only the place must be known. What goes is said to it, then whether it may stand in the file too is asked.
    Returns what is asked next."""
    if check.hand.get("kind") is None:
        begun = {name: told for name, told in check.hand.items() if name == "contact"}
        check.hand = {**begun, "kind": HANDED}
    check.hand["agreed"] = True
    if call := check_handing.call_wanted(text):
        check.keep_words(BESIDE, call)
    told = places.find(text)
    if told.best is not None:
        check.hand["area"] = told.best.code
    numbers = [one for one in codes.find(text) if one.kind == "phone"]
    here = replies.contact_wish(text) is not None
    check.hand.setdefault("name", checking.called(text))
    short_of = codes.short_number(text)
    if short_of is not None:  # the number is asked for again, not kept with a digit missing
        args = {"n": len(short_of), "said": short_of}
        mailbox.say(work, draft.conversation, "eligibility.number_short", args, reply_to=inbox_id)
    else:
        check.hand.setdefault(
            "contact", text[numbers[0].start : numbers[0].end] if numbers else text.strip()[:LONGEST] if here else ""
        )
    if told.candidates and check.home is None:
        return _which(work, draft, check, inbox_id, told)  # 姜家店村 there are three of
    return _next(work, draft, check, inbox_id)


def _which(work: Work, draft: Draft, check: Check, inbox_id: int, found: places.PlaceReading) -> str:
    """Several places of that name: which of them."""
    choices = [[places.full_name(area.code), f"eligibility.place={area.code}"] for area in found.candidates]
    mailbox.say(work, draft.conversation, "eligibility.hand.which", {"choices": choices}, reply_to=inbox_id)
    return keep(work, draft, check, "hand.place")


def _next(work: Work, draft: Draft, check: Check, inbox_id: int, *, again: bool = False) -> str | None:
    hand, said = check.hand, draft.conversation
    if check.home is not None:
        hand.setdefault("area", check.home)  # told in the check already
    if "area" not in hand:
        mailbox.say(
            work, said, "eligibility.hand.place.again" if again else "eligibility.hand.place", reply_to=inbox_id
        )
        return keep(work, draft, check, "hand.place")
    if len(hand["area"]) < TOWNSHIP and not hand.get("coarse"):
        mailbox.say(work, said, "eligibility.hand.finer", {"place": places.full_name(hand["area"])}, reply_to=inbox_id)
        return keep(work, draft, check, "hand.place")
    for step in ("name", "contact"):
        if step not in hand:
            mailbox.say(work, said, f"eligibility.hand.{step}", reply_to=inbox_id)
            return keep(work, draft, check, f"hand.{step}")
    if hand.get("agreed"):
        _say_what_goes(work, draft, check, inbox_id)
        _hand_over(work, draft, check, inbox_id)
        reached.ask(work, said, inbox_id)
        to_file.ask(work, said, inbox_id)
        return None
    none = texts.phrase("eligibility.none_given", language.of(check.english))
    args = {
        "place": places.full_name(hand["area"]),
        "recap": each_child.recaps(check, work.today, _what_goes),
        "name": hand["name"] or none,
        "contact": hand["contact"] or none,
    }
    mailbox.say(work, said, "eligibility.hand.consent", args, reply_to=inbox_id)
    return keep(work, draft, check, "hand.consent")


def _say_what_goes(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    on, several = work.today, len(each_child.tested(check)) > 1
    args = {
        "place": places.full_name(check.hand["area"]),
        "recap": each_child.recaps(check, on, _what_goes),
        "outcomes": answer.outcomes(check.facts, on, in_english=check.english, settled=True),
    }
    if several:
        args["outcomes"] = each_child.verdict(check, on)
        args["recap"] = "\n".join(f"{each_child.name(one)}\n{_what_goes(one, on)}" for one in each_child.tested(check))
    mailbox.say(work, draft.conversation, "eligibility.hand.passed", args, reply_to=inbox_id)


def _what_goes(check: Check, on: date) -> str:
    """What was told, in the language of whoever agrees to its going; staff read it in Chinese."""
    if check.english:
        return recap.in_english(check.facts, on, brief=True, said=check.words())
    return recap.recap(check.facts, on, brief=True, said=check.words())


def turn(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Take words at one of the steps."""
    step = str(draft.asked).removeprefix(STEP)
    reply = short.short_answer(text)
    if step in ("name", "contact") and courtesies.courtesy(text) == courtesies.THANKS:
        # Who only thanks us has said all: what was agreed to goes, without a name or a number.
        check.hand |= {one: "" for one in ("name", "contact") if one not in check.hand}
        return _next(work, draft, check, inbox_id)
    if reply == "cancel" or (step == "consent" and reply == "no"):
        return _not_handed(work, draft, check, inbox_id)
    if step == "place":
        return _place(work, draft, check, inbox_id, text)
    if step == "consent":
        if reply != "yes":
            return _next(work, draft, check, inbox_id)
        _hand_over(work, draft, check, inbox_id)
        return None
    if step == "name" and any(one.kind == "phone" for one in codes.find(text)) and _take_who(check, text):
        check.hand.setdefault("name", "")
        return _next(work, draft, check, inbox_id)
    check.hand[step] = "" if reply in ("skip", "no", "unsure") else text.strip()[:LONGEST]
    return _next(work, draft, check, inbox_id)


def _place(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    within = check.hand.get("area")
    if within and short.short_answer(text) in ("no", "unsure", "skip"):
        check.hand["coarse"] = True
        return _next(work, draft, check, inbox_id)
    introduced = _take_who(check, text)
    found = places.find(text, within)
    if found.candidates:
        return _which(work, draft, check, inbox_id, found)
    if found.best is None and introduced and not within:
        mailbox.say(work, draft.conversation, "eligibility.hand.who_noted", reply_to=inbox_id)
        return keep(work, draft, check, "hand.place")
    if found.best is None:
        check.hand["coarse"] = bool(within)
        return _next(work, draft, check, inbox_id, again=True)
    check.hand["area"], check.hand["coarse"] = found.best.code, within == found.best.code
    return _next(work, draft, check, inbox_id)


def _take_who(check: Check, text: str) -> bool:
    """A name or a number told with the place is how the family is reached: 姜家店村 我姓李. False: none was told."""
    before = dict(check.hand)
    if not check.hand.get("name") and (name := checking.called(text)):
        check.hand["name"] = name
    numbers = [one for one in codes.find(text) if one.kind == "phone"]
    if numbers and not check.hand.get("contact"):
        check.hand["contact"] = text.strip()[:LONGEST]  # 下午打 belongs to it
    return check.hand != before


def tap(work: Work, draft: Draft, check: Check, inbox_id: int, field: str, value: str) -> None:
    """A button of the handing over."""
    if field == "disagree":
        begin(work, draft, check, inbox_id, REVIEW)
    elif field == "place":
        if value != "again" and places.get(value) is not None:
            check.hand["area"] = value
        _next(work, draft, check, inbox_id, again=value == "again")
    elif value == "start":
        begin(work, draft, check, inbox_id, HANDED)
    elif value == "no":
        _not_handed(work, draft, check, inbox_id)
    elif value in ("yes", "file") and draft.asked == "hand.consent":
        check.hand["to_file"] = value == "file"
        _hand_over(work, draft, check, inbox_id)
    else:
        check.hand |= SKIPS.get(value, {})
        _next(work, draft, check, inbox_id)


def _not_handed(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    check.hand = {}
    mailbox.say(work, draft.conversation, "eligibility.not_handed", reply_to=inbox_id)
    return showing.show(work, draft, check, inbox_id)


def _labelled(check: Check, on: date) -> str:
    """The result with the day and the reading of the rules it was made under, for whoever checks it."""
    args = {"day": answer.said_day(on), "version": model.in_force(on).version}
    label = texts.render("eligibility.made_on", args).text
    return f"{label}\n{answer.Indication(check.facts, on).outcome()}"


def contents(check: Check, said: Mapping[str, list[str]], on: date) -> dict[str, Any]:
    """What whoever checks it gets: the facts, as they are read, and the result. `said`: words as they were said."""
    return {
        "facts": check.facts,
        "recap": recap.recap(check.facts, on, brief=True, said=said),
        "said": dict(said),
        "english": check.english,
        "result": _labelled(check, on),
        "on": on.isoformat(),
        "model_version": model.in_force(on).version,
    }


def _hand_over(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    """Make the task with the family's consent; the truth about who will see it is said. The check is over."""
    hand, on = check.hand, work.today
    every, role = each_child.tested(check), None
    for number, one in enumerate(every):
        payload = {"name": hand["name"], "contact": hand["contact"], **contents(one, one.words(), on)}
        payload |= {care_tasks.LABEL: one.called, care_tasks.NAME: each_child.name(one)}
        if len(every) > 1:
            payload |= {"recap": f"{each_child.name(one)}\n{payload['recap']}", care_tasks.ALL_WENT: True}
        if hand.get("to_file"):
            payload[care_tasks.TO_FILE] = {"how": "chat", "on": on.isoformat()}
        key = f"{hand['kind']}:{draft.uid}{f':{number}' if number else ''}"
        role = care_tasks.make(work, hand["kind"], hand["area"], payload, draft.conversation, key)
    place = places.full_name(hand["area"])
    if role is None:
        mailbox.say(work, draft.conversation, "eligibility.handed.nobody", reply_to=inbox_id)
    elif role == "child_director":
        mailbox.say(work, draft.conversation, "eligibility.handed.child_director", {"place": place}, reply_to=inbox_id)
    else:
        args = {"who": roles.label_zh(role)}
        mailbox.say(work, draft.conversation, "eligibility.handed.above", args, reply_to=inbox_id)
    if check.other and len(every) < 2:
        which = child_labels.said_as(check.other_called or child_labels.other_than(check.called))
        who = texts.phrase(f"eligibility.child.{which}", language.of(check.english))
        mailbox.say(work, draft.conversation, "eligibility.went.not", {"who": who}, reply_to=inbox_id)
    showing.back_to_idle(work, draft)
    other_kept.keep(work, draft.conversation, check)
