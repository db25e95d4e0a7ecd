"""What was just told is said back, facts and what was told beside them, so that the family can put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.services.eligibility import recap
from bot.services.eligibility.state import AGE, Check
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft


def say(
    work: Work,
    draft: Draft,
    check: Check,
    inbox_id: int,
    key: str,
    told: dict[str, Any],
    aside: Mapping[str, list[str]] | None = None,
) -> None:
    """Say `told` back under `key`, each as it stands in the check now, with the words in `aside`; nothing where nothing
    is left to say."""
    told = {fact: check.facts[fact] for fact in told if fact in check.facts}
    if check.english:
        args = {"recap": recap.in_english(told, work.today, said=aside)}
        mailbox.say(work, draft.conversation, "eligibility.heard.english", args, reply_to=inbox_id)
        return
    said = recap.recap(told, work.today, said=aside)
    if said:
        mailbox.say(work, draft.conversation, key, {"recap": said}, reply_to=inbox_id)


def noted(
    work: Work,
    draft: Draft,
    check: Check,
    inbox_id: int,
    new: Mapping[str, Any],
    heard: Mapping[str, Any],
    aside: Mapping[str, list[str]],
) -> None:
    """What one message told: with anything new all of it, but the age that was asked; else only what stood beside."""
    told = {**new, **{fact: heard[fact] for fact in heard if fact != AGE}} if new else {}
    say(work, draft, check, inbox_id, "eligibility.noted", told, aside)
