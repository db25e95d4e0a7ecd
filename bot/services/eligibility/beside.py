"""What is told beside the question and is none of the model's facts (我卖菜一个月两千来块, 借了八万块钱).

It is no answer; whoever the check is handed to reads it, and the family sees that it was heard."""

from __future__ import annotations

import re

from bot.reading.families import check_asides, checking, family, said_plainly
from bot.services.eligibility.state import AGE, BESIDE, Check
from bot.services.work import Work


def take(work: Work, check: Check, text: str) -> None:
    """Keep the clauses that are worth it and of which nothing was read."""
    waits = family.read(text, work.today).facts.get("household_assistance") == "applied_pending"
    of_the_old = [one for one in checking.clauses(text) if said_plainly.ails_the_old(one)]
    for one in dict.fromkeys([*check_asides.beside(text), *_of_birth(check, text), *of_the_old]):
        read = family.read(one, work.today, check.speaker, None, check.home)
        known = any(found.sure for found in read.found) and not check_asides.tells_of_refusal(one)
        known = (
            known or bool(said_plainly.difficulties(one, check.facts)) or (waits and _NOT_YET.search(one) is not None)
        )
        if not known and one not in check.said.get(BESIDE, ()):
            check.keep_words(BESIDE, one)


_NOT_YET = re.compile("^(?:还)?没(?:批|办)?下来(?:呢)?$|^还没(?:批|信)[^,，。]{0,3}$")
"""低保正申请呢 没批下来: that it was applied for says so already."""


def _of_birth(check: Check, text: str) -> list[str]:
    """A birthday by the moon and the year's animal, of a child whose age is known: whoever looks at it reads them."""
    return [one for one in checking.clauses(text) if said_plainly.of_birth(one)] if AGE in check.facts else []


def since(check: Check, so_many: int) -> dict[str, list[str]]:
    """What was kept after the first `so_many`, as `recap` says it."""
    fresh = check.said.get(BESIDE, [])[so_many:]
    return {BESIDE: fresh} if fresh else {}


def count(check: Check) -> int:
    """How much was kept so far."""
    return len(check.said.get(BESIDE, ()))
