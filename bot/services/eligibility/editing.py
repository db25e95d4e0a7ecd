"""To change what was told: every fact told as a button, and the question it answers put once more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.care import eligibility, english, model, wording
from bot.reading.families import family_corrected
from bot.services.eligibility import asking, hearing, recap, showing
from bot.services.eligibility.state import NOT_APPLICABLE, Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

OF_CARERS = {"lives_without_guardian", "child_lives_with_away_parent"}
"""Facts that follow from whoever the child is with, whichever of the family that is."""


def menu(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Show what was told, each fact a button; where nothing was told yet, say so and ask on."""
    if not check.facts:
        mailbox.say(work, draft.conversation, "eligibility.nothing_to_edit", reply_to=inbox_id)
        return asking.again(work, draft, check, inbox_id)
    choices = _choices(check, work.today)
    mailbox.say(work, draft.conversation, "eligibility.edit", {"choices": choices}, reply_to=inbox_id)
    return keep(work, draft, check, "edit")


def tap(work: Work, draft: Draft, check: Check, inbox_id: int, value: str) -> None:
    """Settle a button of the menu: a fact to change, or none."""
    if value == "menu":
        menu(work, draft, check, inbox_id)
    elif value in model.in_force(work.today).facts:
        check.times.pop(value, None)
        asking.ask_fact(work, draft, check, inbox_id, eligibility.question(value, model.in_force(work.today)))
    else:
        asking.proceed(work, draft, check, inbox_id)


def carer(work: Work, draft: Draft, check: Check, inbox_id: int, text: str, who: str) -> str | None:
    """不是跟爷爷奶奶 是姥姥: with whom the child is was put right. No rule hangs on who of them it is."""
    check.carer = who
    hearing.absorb(work, check, text, None)
    check.tell({"lives_without_guardian": "no"})
    mailbox.say(work, draft.conversation, "eligibility.corrected.carer", {"carer": who}, reply_to=inbox_id)
    return (
        showing.above(work, draft, check, inbox_id)
        if draft.asked == "result"
        else asking.proceed(work, draft, check, inbox_id)
    )


def not_the_childs(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> bool:
    """是我残疾 不是孩子: what stood as the child's does no longer, and is not denied of it; whose it is, is read anew.
    False: nothing of that is said."""
    wrong = family_corrected.not_of_the_child(text, check.facts)
    if not wrong:
        return False
    for fact in wrong:
        del check.facts[fact]
    heard = hearing.absorb(work, check, family_corrected.of_the_other(text), None)
    for fact in wrong:
        check.facts.pop(fact, None)
    check.doubtful = [one for one in check.doubtful if one not in wrong]
    said = recap.recap({fact: check.facts[fact] for fact in heard if fact in check.facts}, work.today)
    key = "eligibility.corrected.not_child" + (".told" if said else "")
    mailbox.say(work, draft.conversation, key, {"recap": said} if said else None, reply_to=inbox_id)
    return True


def _choices(check: Check, on: date) -> list[list[str]]:
    known = model.in_force(on).facts
    return [
        [_button(known, fact, value, in_english=check.english), f"eligibility.edit={fact}"]
        for fact, value in check.facts.items()
        if fact in known and value != NOT_APPLICABLE
    ]


def _button(known: Mapping[str, Any], fact: str, value: Any, *, in_english: bool) -> str:
    if in_english and known[fact].policy == "public":
        return english.said(known[fact], value)
    shown = date.fromisoformat(value) if known[fact].kind == "date" and value != "unknown" else value
    return f"{wording.name(known[fact])}：{wording.said(known[fact], shown)}"
