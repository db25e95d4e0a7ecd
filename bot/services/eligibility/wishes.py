"""What a message wants of the check itself, whatever is asked: people, a paper, the result, how much is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.care import eligibility
from bot.reading import checking, family_answers, which_child
from bot.services import conversations
from bot.services.eligibility import asking, handing, keeping, page, showing, standing
from bot.services.eligibility.state import Check
from bot.services.mail import mailbox
from bot.services.talk import policy_answers
from bot.services.work import Work
from bot.storage.tables import Draft

MONEY = "money_none"
"""The topic that says that the plan names no amounts."""
BENEFITS = ("hard_benefit", "lb_benefit")
"""The topics that say what follows if a child counts."""
Wish = Callable[[Work, Draft, Check, int], str | None]


def wanted(text: str, asked: str) -> Wish | None:
    """What a message wishes, to be called with the check; None: it wishes nothing of that.

    `asked`: what is open, "result" once the result was given.
    """
    wish = checking.wish(text, at_the_end=asked == "result")
    return _WISHES[wish] if wish is not None else None


def _hand(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    return handing.begin(work, draft, check, inbox_id, handing.HANDED)


def _review(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    return handing.begin(work, draft, check, inbox_id, handing.REVIEW)


def _paper(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    page.say(work, draft.conversation, inbox_id)
    return draft.asked


def _welcome(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "chat.thank", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def answers_itself(text: str, asked: str) -> bool:
    """Whether the check answers by itself what is asked in it, or nothing is asked: no rule is told beside."""
    own = bool(wanted(text, asked)) or checking.comes_back(text) or checking.asks_what_interrupts(text)
    own = own or (checking.asks_result(text) and which_child.names(text) is not None)
    return own or checking.only_tells(text) or family_answers.is_unknown(text)


def asks_money(text: str) -> bool:
    """Whether all that is asked is how much is paid, whatever is supposed with it (要是够上了 一个月给多少钱)."""
    return checking.wish(text, at_the_end=False) == checking.MONEY


def _duties(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "eligibility.duties", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _all_kept(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "eligibility.all_kept", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _goodbye(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """How it stands goes with the goodbye; what was told waits a day, or a week where the family agrees."""
    if check.facts:
        _tell_so_far(work, draft, check, inbox_id)
    if not keeping.offer(work, draft, inbox_id):
        mailbox.say(work, draft.conversation, "eligibility.done", reply_to=inbox_id)
        showing.back_to_idle(work, draft)
    return None


def _so_far(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who wants the result now hears how it stands; the open question stays."""
    _tell_so_far(work, draft, check, inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _how_much_more(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who has been asked too much hears how much more there would be, and chooses: the result as it is, or on. The open
    question stays, and is not put a second time."""
    args = {"n": max(1, eligibility.questions_left(check.facts, work.today))}
    mailbox.say(work, draft.conversation, "eligibility.how_much_more", args, reply_to=inbox_id)
    return draft.asked or "fact"


def _now(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    """Who wants the result as it is sees it, with what was not asked said to be open; it can be gone on with."""
    return showing.show_as_it_is(work, draft, check, inbox_id)


def _what_then(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """What follows if it counts: what the plan says of both, and what it does not say."""
    policy_answers.tell(work, draft.conversation, inbox_id, BENEFITS)
    return asking.again(work, draft, check, inbox_id)


def leaves(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who has read the result goes; for a day it can be read again. Nothing is asked any more."""
    mailbox.say(work, draft.conversation, "eligibility.done", reply_to=inbox_id)
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None


def _not_worth_it(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who is angry that it does not count (这都不算 那你们管啥) hears how it stands and what there is all the same."""
    _tell_so_far(work, draft, check, inbox_id)
    mailbox.say(work, draft.conversation, "eligibility.helped_anyway", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _when(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Since when it would count (啥时候能算): the day, where it is only the months that are missing."""
    day = standing.enough(check.facts, work.today, in_english=check.english)
    if day is None:
        return _so_far(work, draft, check, inbox_id)
    mailbox.say(work, draft.conversation, "eligibility.when", {"when": day}, reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _money(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    policy_answers.tapped(work, draft.conversation, inbox_id, MONEY)
    return asking.again(work, draft, check, inbox_id)


def _tell_so_far(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    said = standing.Standing(check.facts, work.today, in_english=check.english).said()
    mailbox.say(work, draft.conversation, "eligibility.so_far", {"standing": said}, reply_to=inbox_id)


_WISHES: Mapping[str, Wish] = {
    checking.PEOPLE: _hand,
    checking.REVIEW: _review,
    checking.PAPER: _paper,
    checking.RESULT: showing.show,
    checking.THANKS: _welcome,
    checking.TOLD_ALREADY: _all_kept,
    checking.DUTIES: _duties,
    checking.GOODBYE: _goodbye,
    checking.SO_FAR: _so_far,
    checking.HOW_MUCH_MORE: _how_much_more,
    checking.NOT_WORTH_IT: _not_worth_it,
    checking.WHEN: _when,
    checking.MONEY: _money,
    checking.MORE: asking.ask_the_rest,
    checking.NOW: _now,
    checking.WHAT_THEN: _what_then,
    checking.LEAVES: leaves,
}
