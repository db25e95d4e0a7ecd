"""The self-check on one page, to print or to keep: there as long as the self-check itself, and gone with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot import texts
from bot.care import model
from bot.services import drafts
from bot.services.eligibility import answer
from bot.services.eligibility.state import FLOW, load, today
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
    """The page of the open self-check of a conversation; None: there is none (any more), or nothing was told yet."""
    draft = drafts.current(work, conversation, FLOW)
    check = load(work, draft) if draft is not None else None
    if check is None or not check.facts:
        return None
    on = today(work)
    offer = texts.phrase("eligibility.closing")
    told = answer.recap(check.facts, on, brief=True, said=check.said).splitlines()
    result = [line for line in answer.result(check.facts, on).splitlines() if line != offer]
    if check.english:
        told += answer.recap_in_english(check.facts, on).splitlines()
        result += answer.in_english(check.facts, on).splitlines()
    return Sheet(
        title=_in_both("eligibility.sheet.title", check.english),
        note=_in_both("eligibility.sheet.note", check.english),
        day=f"{on.year}年{on.month}月{on.day}日",
        version=model.in_force(on).version,
        told=told,
        result=result,
        closing=_in_both("eligibility.sheet.closing", check.english),
    )


def _in_both(key: str, english: bool) -> str:
    """The words for the office, with English beside them for a family that writes it."""
    return f"{texts.phrase(key)} {texts.phrase(f'{key}.english')}" if english else texts.phrase(key)
