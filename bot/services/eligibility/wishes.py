"""What a message wants of the check itself, whatever is asked: people, a paper, the result, how much is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import texts
from bot.care import eligibility
from bot.reading.families import checking, disputing, family_answers, which_child
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, no_answer
from bot.reading.where import places
from bot.services import conversations
from bot.services.eligibility import (
    asides,
    asking,
    each_child,
    handing,
    in_sight,
    keeping,
    page,
    recap,
    showing,
    standing,
)
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.talk import language, policy_answers
from bot.services.work import Work
from bot.storage.tables import Draft

WHERE = "eligibility.where_to_go"
PAPERS = "materials"
"""The topic that says which papers are usual."""
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


def wanted_in(check: Check, text: str, asked: str) -> Wish | None:
    """The same in this check: whoever asks at its very beginning whether the child counts, and tells of the family,
    begins to tell; how it stands is nothing yet."""
    wish = wanted(text, asked)
    begins = wish is _so_far and len(check.shown) <= 1 and not check.judged and len(checking.clauses(text)) > 1
    return None if begins and checking.asks(text) and checking.told_beside(text) else wish


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
    own = (
        bool(wanted(text, asked))
        or asides.wanted(text) is not None
        or checking.comes_back(text)
        or checking.asks_what_interrupts(text)
    )
    own = own or disputing.asks_why(text) or (checking.asks_result(text) and which_child.names(text) is not None)
    return own or checking.only_tells(text) or family_answers.is_unknown(text)


def asks_money(text: str) -> bool:
    """Whether all that is asked is how much is paid, whatever is supposed with it (要是够上了 一个月给多少钱)."""
    return checking.wish(text, at_the_end=False) == checking.MONEY


def _duties(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "eligibility.duties", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _all_kept(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who told it already hears what was kept; what was asked just now is not put again at once."""
    in_words = recap.in_english if check.english else recap.recap
    said = each_child.recaps(check, work.today, lambda one, on: in_words(one.facts, on, brief=True, said=one.words()))
    args = {"recap": said} if said else None
    mailbox.say(work, draft.conversation, f"eligibility.all_kept{'.told' if said else ''}", args, reply_to=inbox_id)
    on_a_fact = draft.asked in ("fact", "screen")
    return (asking.proceed if on_a_fact else asking.again)(work, draft, check, inbox_id)


def has_all(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Whether somebody who was just told where to go only thanks us, or goes (先这样吧): nothing is asked any more."""
    if draft.asked not in ("fact", "screen"):
        return False
    thanks = courtesies.courtesy(text) is not None or short.only_agrees(text)
    return (thanks or no_answer.leaves(text)) and told_where(work, draft, inbox_id)


def told_where(work: Work, draft: Draft, inbox_id: int) -> bool:
    """Whether where to go was the last thing said here."""
    last = mailbox.last_said(work, draft.conversation, inbox_id, work.now - in_sight.IN_SIGHT)
    return last is not None and last.key.startswith(WHERE)


def goodbye(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """How it stands and where to go are the last words; what was told waits a day, or a week by consent."""
    if check.facts:
        _tell_so_far(work, draft, check, inbox_id)
        if not told_where(work, draft, inbox_id):
            mailbox.say(work, draft.conversation, WHERE, _to_where(check), reply_to=inbox_id)
    if not keeping.offer(work, draft, inbox_id):
        mailbox.say(work, draft.conversation, "eligibility.done", reply_to=inbox_id)
        showing.back_to_idle(work, draft)
    return None


def _to_where(check: Check) -> dict[str, str]:
    """The place, where it was told to the township."""
    told = check.home is not None and len(check.home) >= handing.TOWNSHIP
    none = texts.phrase("eligibility.of.township", language.of(check.english))
    place = places.full_name(str(check.home)) if told else none
    return {"place": place}


def _where(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who asks where to go hears it, and is not asked on at once: going on is a tap, or any answer."""
    label = texts.phrase("eligibility.button.go_on", language.of(check.english))
    args: dict[str, Any] = dict(_to_where(check))
    if draft.asked in ("fact", "screen"):
        args["choices"] = [[label, "eligibility.go_on=yes"]]
    mailbox.say(work, draft.conversation, WHERE, args, reply_to=inbox_id)
    return keep(work, draft, check, draft.asked or "fact")


def _papers(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    policy_answers.tapped(work, draft.conversation, inbox_id, PAPERS)
    return asking.again(work, draft, check, inbox_id)


def _where_and_papers(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    policy_answers.tapped(work, draft.conversation, inbox_id, PAPERS)
    return _where(work, draft, check, inbox_id)


def _so_far(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who wants the result now hears how it stands; the open question stays. Once it was given, or where another child
    was looked at before, one sentence for each child is enough."""
    if draft.asked == "result":
        return verdict(work, draft, check, inbox_id)
    if len(each_child.tested(check)) > 1:
        _say_verdict(work, draft, check, inbox_id)
        return asking.again(work, draft, check, inbox_id)
    _tell_so_far(work, draft, check, inbox_id)
    return asking.again(work, draft, check, inbox_id)


def verdict(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    """How it stands with each child, a sentence each, and no question after it."""
    check.fact, check.screen = None, []
    _say_verdict(work, draft, check, inbox_id)
    return keep(work, draft, check, "result")


def _say_verdict(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    args = {"said": each_child.verdict(check, work.today)}
    mailbox.say(work, draft.conversation, "eligibility.verdict", args, reply_to=inbox_id)


def _how_much_more(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who has been asked too much hears how much more there would be, and chooses: the result as it is, or on. The open
    question stays, and is not put a second time."""
    args = {"n": max(1, eligibility.questions_left(check.facts, work.today))}
    mailbox.say(work, draft.conversation, "eligibility.how_much_more", args, reply_to=inbox_id)
    return draft.asked or "fact"


def _where_were_we(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who was called away and is back hears that it goes on, and what is open."""
    mailbox.say(work, draft.conversation, "eligibility.resumed", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _missing(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """What is missing (还差啥), as the check stands: what would decide it, and at most how many questions there are."""
    what = standing.Standing(check.facts, work.today, in_english=check.english).missing()
    if not what:
        return _so_far(work, draft, check, inbox_id)
    args = {"what": what, "n": max(1, eligibility.questions_left(check.facts, work.today))}
    mailbox.say(work, draft.conversation, "eligibility.still_missing", args, reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _one_sentence(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """How it stands in one sentence, with the clause; nothing else, and the open question keeps its place."""
    said = standing.Standing(check.facts, work.today, in_english=check.english).one_sentence()
    mailbox.say(work, draft.conversation, "eligibility.one_sentence", {"said": said}, reply_to=inbox_id)
    return keep(work, draft, check, "result") if draft.asked == "result" else asking.again(work, draft, check, inbox_id)


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
    checking.GOODBYE: goodbye,
    checking.WHERE: _where,
    checking.PAPERS: _papers,
    checking.WHERE_AND_PAPERS: _where_and_papers,
    checking.SO_FAR: _so_far,
    checking.HOW_MUCH_MORE: _how_much_more,
    checking.NOT_WORTH_IT: _not_worth_it,
    checking.WHEN: _when,
    checking.MONEY: _money,
    checking.MORE: asking.ask_the_rest,
    checking.NOW: _now,
    checking.WHAT_THEN: _what_then,
    checking.LEAVES: leaves,
    checking.WHERE_WERE_WE: _where_were_we,
    checking.MISSING: _missing,
    checking.ONE_SENTENCE: _one_sentence,
    checking.NOTED: _all_kept,
}
