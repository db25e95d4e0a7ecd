"""The self-check on one page, to print or to keep: there as long as the self-check itself, and gone with it; of one
that was handed over, for the same day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot import texts
from bot.care import model
from bot.services import drafts
from bot.services.eligibility import answer, recap
from bot.services.eligibility.state import FLOW, KEPT, load
from bot.services.mail import mailbox
from bot.services.tasks import care_tasks
from bot.services.work import Work


@dataclass(frozen=True)
class Sheet:
    """What stands on the page. `told` and `result`: lines; `version`: of the model that judged."""

    title: str
    note: str
    day: str
    version: str
    told: list[str]
    result: list[str]
    closing: str

    def as_dict(self) -> dict[str, str | list[str]]:
        """For JSON."""
        return asdict(self)


def sheet(work: Work, conversation: str) -> Sheet | None:
    """The page of the open self-check of a conversation, or of the one it handed over within the day; None: there is
    none (any more), or nothing was told yet."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None:
        check = load(work, draft)
        return _page(check.facts, check.words(), work.today, english=check.english) if check.facts else None
    handed = care_tasks.handed_by(work, conversation, work.now - KEPT)
    if not handed.get("facts"):
        return None
    on = date.fromisoformat(handed["on"])
    return _page(handed["facts"], handed.get("said", {}), on, english=handed.get("english", False))


def tap(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """The button that says the page."""
    return say(work, conversation, inbox_id)


def say(work: Work, conversation: str, inbox_id: int) -> bool:
    """Say the page in the chat, with the way to print it. False: there is none (any more)."""
    page = sheet(work, conversation)
    if page is None:
        return False
    args = {"day": page.day, "version": page.version, "recap": "\n".join(page.told), "result": "\n".join(page.result)}
    mailbox.say(work, conversation, "eligibility.page", args, reply_to=inbox_id)
    return True


def _page(facts: dict[str, Any], said: dict[str, list[str]], on: date, *, english: bool) -> Sheet:
    told = recap.recap(facts, on, brief=True, said=said).splitlines()
    result = _lines(answer.Indication(facts, on))
    if english:
        in_english = recap.in_english(facts, on, brief=True).splitlines()
        told.append("· " + "; ".join(line.removeprefix("· ") for line in in_english))  # both languages on one page
        result += _lines(answer.Indication(facts, on, in_english=True))
    return Sheet(
        title=_in_both("eligibility.sheet.title", english),
        note=_in_both("eligibility.sheet.note", english),
        day=answer.said_day(on),
        version=model.in_force(on).version,
        told=told,
        result=result,
        closing=_in_both("eligibility.sheet.closing", english),
    )


def _lines(found: answer.Indication) -> list[str]:
    return [line for part in (found.outcome(), *found.advice()) for line in part.splitlines()]


def _in_both(key: str, english: bool) -> str:
    """The words for the office, with English beside them for a family that writes it."""
    return f"{texts.phrase(key)} {texts.phrase(f'{key}.english')}" if english else texts.phrase(key)
