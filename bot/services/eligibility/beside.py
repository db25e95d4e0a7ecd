"""What is told beside the question and is none of the model's facts (我卖菜一个月两千来块, 借了八万块钱).

It is no answer; whoever the check is handed to reads it, and the family sees that it was heard."""

from __future__ import annotations

from bot.reading.families import check_asides, family
from bot.services.eligibility.state import BESIDE, Check
from bot.services.work import Work


def take(work: Work, check: Check, text: str) -> None:
    """Keep the clauses that are worth it and of which nothing was read."""
    for one in check_asides.beside(text):
        read = family.read(one, work.today, check.speaker, None, check.home)
        known = any(found.sure for found in read.found) and not check_asides.tells_of_refusal(one)
        if not known and one not in check.said.get(BESIDE, ()):
            check.keep_words(BESIDE, one)


def since(check: Check, so_many: int) -> dict[str, list[str]]:
    """What was kept after the first `so_many`, as `recap` says it."""
    fresh = check.said.get(BESIDE, [])[so_many:]
    return {BESIDE: fresh} if fresh else {}


def count(check: Check) -> int:
    """How much was kept so far."""
    return len(check.said.get(BESIDE, ()))
