"""A correction of what was told in a check: taken and read back the first time, with the answer that goes before it."""

from __future__ import annotations

import re
from typing import Any

from bot.reading.families import checking, family_answers, said_plainly
from bot.services.eligibility import asking, beside, editing, hearing, reading_back
from bot.services.eligibility.state import AGE, Check
from bot.services.work import Work
from bot.storage.tables import Draft

_NOT_SO = re.compile("(?:,|，)?不是[^,，。 ]{1,8}(?=$|[,，。 ])")
"""What stood before: 他爸去了四年了不是三年."""


def take(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> tuple[str | None] | None:
    """Take a correction and read it back; what is asked next, in a tuple. None: there is none."""
    if editing.not_the_childs(work, draft, check, inbox_id, text):
        return (asking.proceed(work, draft, check, inbox_id),)
    fixed: dict[str, Any] = dict(
        family_answers.corrected(text, check.facts, work.today, check.speaker, check.fact or check.last)
    )
    age = said_plainly.age_put_right(text, check.facts.get(AGE)) if AGE in check.facts else None
    if age is not None:
        fixed = {AGE: age[1]}
    if set(fixed) <= editing.OF_CARERS and (carer := checking.corrected_carer(text)) is not None:
        return (editing.carer(work, draft, check, inbox_id, text, carer),)
    if not fixed:
        return None
    if age is not None and age[0]:
        _answer_first(work, check, age[0])
    check.tell(fixed)
    hearing.doubt_again(work, check, text, fixed)
    beside.take(work, check, text)
    reading_back.say(work, draft, check, inbox_id, "eligibility.corrected", fixed)
    return (asking.proceed(work, draft, check, inbox_id),)


def _answer_first(work: Work, check: Check, told: str) -> None:
    """没有重病 对了我说错了 闺女是十二: what goes before the correction answers what was open."""
    fact = check.fact
    heard = hearing.absorb(work, check, told, fact)
    if fact not in heard:
        asking.answer_in_words(check, told, work.today)


def take_or_ask(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Take the correction that words tell (记错了 孩子九岁 不是八岁; 改一下 我妈照顾得吃力); without one, ask what is
    to be changed."""
    after = take(work, draft, check, inbox_id, text)
    if after is not None:
        return after[0]
    told = " ".join(one for one in checking.clauses(text) if not said_plainly.is_slip(one))
    told, before = _NOT_SO.sub("", told).replace("去了", "走了"), dict(check.facts)
    if told:
        hearing.absorb(work, check, told, None)
    changed = {fact: value for fact, value in check.facts.items() if before.get(fact) != value}
    if not changed:
        return editing.menu(work, draft, check, inbox_id)
    reading_back.say(work, draft, check, inbox_id, "eligibility.corrected", changed)
    return asking.proceed(work, draft, check, inbox_id)
