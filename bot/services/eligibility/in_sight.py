"""The open question of a self-check while it still stands above: it is not said again in the same words."""

from __future__ import annotations

from datetime import date, timedelta

from bot import texts
from bot.care import english, model, wording
from bot.services.eligibility.state import AGE, Check
from bot.services.mail import mailbox
from bot.services.talk import language
from bot.services.work import Work
from bot.storage.tables import Draft

IN_SIGHT = timedelta(hours=1)
"""So long what was said last still stands in sight."""


def buttons(work: Work, draft: Draft, check: Check, inbox_id: int) -> list[list[str]]:
    """The buttons of the open question where it was the last thing said here, and said whole; else none."""
    name = {"fact": str(check.fact), "screen": "screen", "speaker": "speaker"}.get(draft.asked or "fact")
    last = mailbox.last_said(work, draft.conversation, inbox_id, work.now - IN_SIGHT)
    if name is None or last is None or last.key.endswith((".still", ".still.english")):
        return []
    choices = texts.render(last.key, mailbox.args_of(work, last)).choices
    own = [one for one in choices if one.value.startswith((f"eligibility.{name}=", "eligibility.ages="))]
    whole = last.key.startswith("eligibility.") and (name != AGE or len(own) > 1)
    return [[one.label, one.value] for one in own] if whole else []


def called(check: Check, asked: str, on: date) -> str:
    """What the open question is called in a sentence."""
    if asked != "fact" or check.fact is None:
        return texts.phrase(f"eligibility.field.{asked}", language.of(check.english))
    fact = model.in_force(on).facts[check.fact]
    return english.name(fact) if check.english else wording.name(fact)
