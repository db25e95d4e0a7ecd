"""Who disputes a result, or asks what it hangs on, hears that of the child he means, and that a person looks at it
again if he wants: nobody has to take what only a machine decided (PIPL-24). No other child's check begins with it."""

from __future__ import annotations

from collections.abc import Callable

from bot.reading.families import check_progress, disputing, which_child
from bot.reading.where import places
from bot.services.eligibility import asking, each_child, handing, other_child, standing
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

Turn = Callable[[Work, Draft, Check, int], str | None]


def wanted(check: Check, text: str, asked: str) -> Turn | None:
    """What to do with words that dispute a result, ask what it hangs on, or go back to the child that was meant; None:
    they do none of that."""
    named, why = which_child.names(text), disputing.asks_why(text)
    back = disputing.goes_back(text) and named is not None and (bool(check.earlier) or _of_now(check, named))
    disputes = disputing.disputes(text) and bool(check.facts)
    if back and not why:
        return lambda work, draft, check, inbox_id: _only_this(work, draft, check, inbox_id, named)
    if back or (why and check.facts and check_progress.WHERE_WERE_WE.search(text) is None):
        return lambda work, draft, check, inbox_id: _why(work, draft, check, inbox_id, named)
    if disputes and not check.judged:
        return lambda work, draft, check, inbox_id: _why(work, draft, check, inbox_id, named)
    if disputes and asked in ("result", "fact", "screen") and places.find(text).best is None:
        return lambda work, draft, check, inbox_id: _review(work, draft, check, inbox_id, named)
    return None


def _of_now(check: Check, named: str) -> bool:
    return each_child.means(check, named) == which_child.THIS


def _why(work: Work, draft: Draft, check: Check, inbox_id: int, named: str | None) -> str | None:
    """How it stands with the child that is meant, what was not asked, and the offer that a person looks at it."""
    draft, check = _meant(work, draft, check, named)
    said = standing.Standing(check.facts, work.today, in_english=check.english).said()
    args = {"who": each_child.name(check) if check.called else _this(check), "standing": said}
    mailbox.say(work, draft.conversation, "eligibility.why", args, reply_to=inbox_id)
    if draft.asked == "result" or check.judged:
        return keep(work, draft, check, "result")
    return asking.again(work, draft, check, inbox_id)


def _only_this(work: Work, draft: Draft, check: Check, inbox_id: int, named: str | None) -> str | None:
    """No other child is looked at: how it stands with this one, in a sentence, and what can be done with it."""
    draft, check = _meant(work, draft, check, named)
    if not check.judged:
        return asking.again(work, draft, check, inbox_id)
    said = standing.Standing(check.facts, work.today, in_english=check.english).one_sentence()
    args = {"who": each_child.name(check), "said": said}
    mailbox.say(work, draft.conversation, "eligibility.only_this", args, reply_to=inbox_id)
    return keep(work, draft, check, "result")


def _review(work: Work, draft: Draft, check: Check, inbox_id: int, named: str | None) -> str | None:
    draft, check = _meant(work, draft, check, named)
    return handing.begin(work, draft, check, inbox_id, handing.REVIEW)


def _this(check: Check) -> str:
    return each_child.name(Check(english=check.english))


def _meant(work: Work, draft: Draft, check: Check, named: str | None) -> tuple[Draft, Check]:
    """The check of the child that is meant: the one of now, or the one before, taken up again."""
    if named is None or not check.earlier or _of_now(check, named):
        return draft, check
    return other_child.return_to(work, draft, check, named)
