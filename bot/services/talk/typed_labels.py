"""A button's own words, typed: they do what its tap does (接着测, 现在就删掉, 再问几个, 我不同意, 看看我家孩子算不算).

Reports, visits and the weekly contact read the words of their buttons themselves; so do a yes, a no and 不清楚 of an
open question. Danger was looked for before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache

from sqlalchemy import select

from bot import texts
from bot.services.eligibility.state import FLOW
from bot.services.mail import mailbox
from bot.services.talk.opened import whats_open
from bot.services.work import Work
from bot.storage.tables import Outbox
from bot.texts import policy_answers

A_LABEL, WITH_ARGUMENTS = 20, 40
LATELY, SHOWN = 12, timedelta(days=7)
OPENS = (
    *("flow:", "say:", "ask:"),
    *("eligibility.keep=", "eligibility.go_on=", "eligibility.more=", "eligibility.disagree="),
)
"""What these buttons do, they do whenever they are tapped."""
OWN_WORDS = ("eligibility.hand=",)
"""Said in words, these carry more than the tap: who says 交给儿童主任 has agreed (`eligibility.handing`)."""
Tap = Callable[[Work, str, int, str], bool]


def takes(work: Work, conversation: str, inbox_id: int, text: str, tap: Tap) -> bool:
    """Tap the button whose label was typed. `tap` settles it, once per message. False: none was shown of that name."""
    label = text.strip(" ,，。.!！")
    if not 1 < len(label) <= A_LABEL:
        return False
    flow = whats_open(work, conversation).flow
    if flow != FLOW and (flow is not None or not _can_be_one(label)):
        return False
    newest = True
    for row in _lately(work, conversation):
        choices = _buttons(work, row)
        found = next((one.value for one in choices if one.label == label), None)
        ours = found is not None and found.startswith(f"{FLOW}.") and not found.startswith(OWN_WORDS)
        if found is not None and (found.startswith(OPENS) or (newest and ours and flow == FLOW)):
            return tap(work, conversation, inbox_id, found) or True
        newest = newest and not choices
    return False


@cache
def _labels() -> tuple[frozenset[str], tuple[str, ...]]:
    """All that can stand on a button which does something whenever it is tapped, and how those begin that are filled in
    (同意留7天): who types none of it need not be looked up."""
    names = texts.keys()
    fixed = {str(label) for key in names for label, value, *_ in _choices(key) if value.startswith(OPENS)}
    short = {str(texts.entry(key)["text"]) for key in names if len(texts.entry(key)["text"]) <= WITH_ARGUMENTS}
    words = {one for one in (*fixed, *short, *(one.question for one in policy_answers.topics().values())) if one}
    filled = (texts.entry(key)["text"] for key in names if "button" in key.split("."))
    begin = (one.partition("{")[0] for one in filled if "{" in one)
    return frozenset(words | {one.replace("您", "你") for one in words}), tuple(one for one in begin if len(one) > 1)


def _can_be_one(label: str) -> bool:
    known, begin = _labels()
    return label in known or label.startswith(begin)


def _choices(key: str) -> Sequence[Sequence[str]]:
    choices: Sequence[Sequence[str]] = texts.entry(key).get("choices", ())
    return choices


def _buttons(work: Work, row: Outbox) -> Sequence[texts.Choice]:
    """The buttons under what was said; none where it had none, or what it was filled with is gone (a code)."""
    args = mailbox.args_of(work, row)
    if not (args.get("choices") or _choices(row.key)):
        return ()
    try:
        return texts.render(row.key, args).choices
    except KeyError:
        return ()


def _lately(work: Work, conversation: str) -> list[Outbox]:
    said = select(Outbox).where(Outbox.conversation == conversation, Outbox.created_at >= work.now - SHOWN)
    return list(work.session.scalars(said.order_by(Outbox.id.desc()).limit(LATELY)))
