"""What is told, while one child is looked at, of another that was looked at before: it goes into that one's facts and
is read back with its name (哦对了 闺女是十一 不是十二)."""

from __future__ import annotations

from typing import Any

from bot.reading.families import child_labels, family_answers, said_plainly, which_child
from bot.services.eligibility import each_child, hearing, recap
from bot.services.eligibility.state import AGE, BESIDE, Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft


def take(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str:
    """Take what is told of a child looked at before. Returns the rest of the words; all of them where it is nothing."""
    found = which_child.apart(text, check.called, told=True) if check.earlier else None
    if found is None or not found.other:
        return text
    kept = next((one for one in reversed(check.earlier) if child_labels.is_one(one["called"], found.label)), None)
    if kept is None:
        return text
    _tell(work, draft, check, inbox_id, kept, found.other)
    return found.own


def _tell(work: Work, draft: Draft, check: Check, inbox_id: int, kept: dict[str, Any], words: str) -> None:
    one = each_child.restored(check, kept)
    age = said_plainly.age_put_right(words, one.facts.get(AGE))
    fixed = {AGE: age[1]} if age is not None else family_answers.corrected(words, one.facts, work.today, one.speaker)
    one.tell(dict(fixed))
    if not fixed:
        hearing.absorb(work, one, words, None)
    new = {fact: value for fact, value in one.facts.items() if kept["facts"].get(fact) != value}
    if not new:
        one.keep_words(BESIDE, words)
    kept |= {"facts": one.facts, "said": one.said}
    said = (recap.in_english if check.english else recap.recap)(new, work.today, said={} if new else {BESIDE: [words]})
    args = {"who": each_child.name(one), "recap": said}
    mailbox.say(work, draft.conversation, "eligibility.corrected.of_child", args, reply_to=inbox_id)
    keep(work, draft, check, draft.asked or "fact")
