"""What a message tells beside what it wishes of the check: 都没有 那能给多少钱啊 answers what is open, and asks.

The answer is taken before the wish is served, so that nobody is asked again what he just said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.reading.families import checking, family_answers
from bot.reading.talk import question_forms
from bot.services import drafts
from bot.services.eligibility import asking, hearing, unattended
from bot.services.eligibility.state import AGE, FLOW, Check, keep, load
from bot.services.work import Work
from bot.storage.tables import Draft

OPEN = ("fact", "screen", "result")
ReadBack = Callable[[Work, Draft, Check, int, str, dict[str, Any]], None]


def take(work: Work, draft: Draft, check: Check, inbox_id: int, text: str, read_back: ReadBack) -> None:
    """Take the clauses that tell something; what is answered so is no longer open. `read_back` says what was taken."""
    already = checking.wish(text, at_the_end=False) == checking.TOLD_ALREADY
    take_words(work, draft, check, inbox_id, text if already else checking.told_beside(text), read_back)


def take_words(work: Work, draft: Draft, check: Check, inbox_id: int, told: str, read_back: ReadBack) -> None:
    """Take words that wish nothing of the check; the rest as for `take`."""
    if not told or (draft.asked or "fact") not in OPEN or unattended.may_be(check, told):
        return
    before, fact = dict(check.facts), check.fact
    fixed = family_answers.corrected(told, check.facts, work.today, check.speaker, fact or check.last)
    check.tell(fixed)
    heard = {**fixed, **({} if fixed else hearing.absorb(work, check, told, fact))}
    answered = fact not in heard and asking.answer_in_words(check, told, work.today)
    if _new(heard, before, fact):
        read_back(work, draft, check, inbox_id, "eligibility.noted", {one: heard[one] for one in heard if one != AGE})
    if answered or (fact is not None and fact in heard):
        check.fact, check.screen, check.last = None, [], fact or check.last
        keep(work, draft, check, "fact")


def _new(heard: Mapping[str, Any], before: Mapping[str, Any], fact: str | None) -> bool:
    return any(before.get(one) != value for one, value in heard.items() if one != fact)


def answer_in(work: Work, conversation: str, text: str) -> str:
    """The clauses of a question about the rules that answer what is open (没残疾 哮喘算不算重病); empty: none does."""
    draft = drafts.current(work, conversation, FLOW)
    told = " ".join(one for one in checking.clauses(text) if not question_forms.asks(one))
    if draft is None or not told or told == text.strip():
        return ""
    check = load(work, draft)
    return told if asking.answer_in_words(check, told, work.today) and not unattended.may_be(check, told) else ""
