"""Who "I" is in a check: taken from the answer to that question, and what was told of me is then read again."""

from __future__ import annotations

from bot.reading.families import family_answers
from bot.reading.persons import kin
from bot.services.eligibility import asking, hearing, reading_back
from bot.services.eligibility.state import Check
from bot.services.work import Work
from bot.storage.tables import Draft


def take(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    named = family_answers.says_who(text, work.today, check.speaker)
    if named is not None:
        check.mine.append(text)
        return is_speaker(work, draft, check, inbox_id, named)
    before = dict(check.facts)
    told = {fact: value for fact, value in hearing.absorb(work, check, text, None).items() if before.get(fact) != value}
    if not told:
        return asking.missed(work, draft, check, inbox_id, text)
    reading_back.say(work, draft, check, inbox_id, "eligibility.noted", told)
    if check.mine and check.speaker in (kin.FATHER, kin.MOTHER):
        return is_speaker(work, draft, check, inbox_id, str(check.speaker))
    return asking.again(work, draft, check, inbox_id)


def is_speaker(work: Work, draft: Draft, check: Check, inbox_id: int, who: str) -> str | None:
    """It is known now who "I" is: what was told of me is read again."""
    check.speaker, mine, check.mine, before = who, check.mine, [], dict(check.facts)
    for text in mine:
        hearing.absorb(work, check, text, None)
    check.mine = []
    new = {fact: value for fact, value in check.facts.items() if before.get(fact) != value}
    reading_back.say(work, draft, check, inbox_id, "eligibility.noted", new)
    return asking.proceed(work, draft, check, inbox_id)
