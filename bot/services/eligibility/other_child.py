"""Two children in one check: what is told of the other is kept apart from the facts of the one that is asked about, and
its own check begins with it. Brothers and sisters share their parents and their home, children of a class nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot import texts
from bot.care import model
from bot.reading.families import check_handing, checking, child_labels, family_answers, said_plainly, which_child
from bot.reading.persons import kin
from bot.services import drafts
from bot.services.eligibility import answer, asking, concern, each_child, hearing, recap, showing
from bot.services.eligibility.state import AGE, FLOW, OF_AGE, Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

Turn = Callable[[Work, Draft, Check, int], str | None]
RESULT = "result"


def own_words(check: Check, text: str) -> str:
    """What of a message is told of the child of this check; what is told of another is kept for that one's check."""
    told = any(fact in check.facts for fact in OF_AGE) or bool(check.stage)
    found = which_child.apart(text, check.called, told=told)
    check.siblings = check.siblings and found.siblings
    first = found.other and not (found.own or each_child.own(check) or check.earlier or check.other)
    if first and not which_child.only_named(found.other):
        check.called = found.label  # nothing is told of the one that was named first: it is this one's check
        return text
    check.called = found.called
    check.speaker = check.speaker or GRANDPARENTS.get(child_labels.house_of(check.called))
    if not found.other and _goes_on_with_other(check, text):
        check.other.append(text.strip())
        return ""
    if not found.other:
        return text
    if not which_child.only_named(found.other):
        check.other.append(found.other)
    check.other_called = child_labels.joined(check.other_called, found.label)
    return found.own


def _goes_on_with_other(check: Check, text: str) -> bool:
    """Whether words tell of difficulties (走道费劲 上学得人背) where only the other child was told to have a cause."""
    ill = any(check.facts.get(fact, "none") not in ("none", "unknown") for fact in said_plainly.OF_ILLNESS)
    ails = bool(check.other) and re.search("残疾|病|证|聋|哑|瘫|听不|看不", check.other[-1]) is not None
    return ails and not ill and all(said_plainly.difficulty(one) for one in checking.clauses(text))


def is_alone(check: Check) -> bool:
    """Whether the words kept last tell that the other child has no grown-up about it: that waits for no check."""
    return bool(check.other) and family_answers.alone(check.other[-1])


def report(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """No grown-up is about the other child: the report comes first, the check waits and is offered again (JL-3.8.k)."""
    concern.report(work, draft, check, inbox_id, text)
    return None


def turns_to(check: Check, text: str, asked: str) -> Turn | None:
    """What to do with words that want the other child's check, or the result of one that was checked before; None:
    they want neither. Once the result is given, whatever is told of the other begins its check."""
    named = which_child.names(text)
    means = each_child.means(check, named)
    if means == which_child.OTHER and check.earlier and checking.asks_result(text):
        return lambda work, draft, check, inbox_id: _show_earlier(work, draft, check, inbox_id, str(named))
    if means == which_child.THIS and checking.asks_result(text):
        return showing.show_as_it_is
    if named is not None and which_child.begins_with(text) is not None:
        return _begin_with(named)
    wanted = which_child.asks_for_one(text) or (
        (which_child.leaves_one(text) or check.judged) and which_child.turns_to(text)
    )
    if means != which_child.OTHER or (asked != RESULT and not wanted):
        return None
    begun = each_child.before(check, str(named)) is not None  # 闺女是十一 不是十二 is told of her, nothing begins
    tells = not begun and which_child.apart(text, check.called or which_child.FIRST, told=True).other
    if which_child.turns_to(text) or tells:
        return lambda work, draft, check, inbox_id: begin(work, draft, check, inbox_id, text)
    return None


def _begin_with(named: str) -> Turn:
    """先问大的: the child of this check is that one, where none was named; the other's check begins where it is not."""

    def turn(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
        if check.called and each_child.means(check, named) == which_child.OTHER:
            return begin(work, draft, check, inbox_id)
        check.called = child_labels.joined(check.called, named)
        return asking.again(work, draft, check, inbox_id)

    return turn


def begin(work: Work, draft: Draft, check: Check, inbox_id: int, text: str = "") -> str | None:
    """Begin the check of the other child with what was told of it already; the one before stays to be read again. A
    child that was looked at before is gone on with."""
    named = which_child.names(text) if text else None
    if named is not None and each_child.before(check, named) is not None:
        draft, check = return_to(work, draft, check, named)
        return asking.ask_the_rest(work, draft, check, inbox_id)
    own_words(check, text) if text else None
    drafts.close(work, draft, "done")
    fresh = drafts.begin(work, draft.conversation, FLOW)
    other, shared = _other(work, check, named)
    other.earlier = [*check.earlier, each_child.kept(check)]
    key = "eligibility.other_begun" if shared else "eligibility.other_begun.apart"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    new = {fact: value for fact, value in other.facts.items() if shared.get(fact) != value}
    if new:
        said = recap.in_english(new, work.today) if other.english else recap.recap(new, work.today)
        key = "eligibility.heard.english" if other.english else "eligibility.noted"
        mailbox.say(work, draft.conversation, key, {"recap": said}, reply_to=inbox_id)
    if AGE in other.facts and other.stage:
        args = dict(zip(("low", "high"), other.stage.split("-"), strict=True))
        mailbox.say(work, draft.conversation, "eligibility.about_age", args, reply_to=inbox_id)
    return asking.proceed(work, fresh, other, inbox_id)


def _other(work: Work, check: Check, named: str | None) -> tuple[Check, dict[str, Any]]:
    """The check of the other child with what was told of it, and the facts that it shares with the one of now."""
    called = child_labels.joined(check.other_called, named or "") or child_labels.other_than(check.called)
    speaker = GRANDPARENTS.get(child_labels.house_of(called), check.speaker)
    other = Check(english=check.english, speaker=speaker, called=called)
    shared: dict[str, Any] = {}
    if check.siblings and check.other:
        other.home, other.carer = check.home, check.carer
        same = (*SAME_HOME, *check.shared)
        shared = {fact: value for fact, value in check.facts.items() if recap.group_of(fact) != "child" or fact in same}
        other.facts = dict(shared)
    for words in check.other:
        hearing.absorb(work, other, words, None)
    return other, shared


def bring_in(work: Work, check: Check, text: str) -> None:
    """Where somebody speaks of both (俩孩子算啥, 两个都交): the other one, told of and not looked at yet, counts with
    what was told of it."""
    if not (check.other and which_child.of_all(text)):
        return
    if not (check_handing.hands_over(text) or checking.wish(text, at_the_end=False) == checking.SO_FAR):
        return
    other, _ = _other(work, check, None)
    if each_child.own(other):
        check.earlier, check.other = [*check.earlier, each_child.kept(other)], []


def return_to(work: Work, draft: Draft, check: Check, named: str) -> tuple[Draft, Check]:
    """Take up the check of the child of that name again, else of the one before; the one of now stays, unless nothing
    of its own was told of it."""
    earlier = [one for one in each_child.tested(check) if one is not check]
    before = each_child.before(check, named) or earlier[-1]
    rest = [one for one in check.earlier if one["called"] != before.called or one["facts"] != before.facts]
    if check in each_child.tested(check):
        rest.append(each_child.kept(check))
    before.earlier, before.judged, before.carer, before.hand = rest, dict(before.facts), check.carer, check.hand
    before.other = []
    drafts.close(work, draft, "done")
    fresh = drafts.begin(work, draft.conversation, FLOW)
    keep(work, fresh, before, RESULT)
    return fresh, before


GRANDPARENTS = {child_labels.OF_SON: kin.PATERNAL, child_labels.OF_DAUGHTER: kin.MATERNAL}
"""Who speaks of a child by its house: 儿子家那小子 is told by the father's parents."""
SAME_HOME = ("child_lives_with_away_parent",)
"""Facts of the child that are so for brothers and sisters too: where they stay while a parent is away. Whether somebody
looks after it is asked of each child: it is what keeps a child safe."""


def _show_earlier(work: Work, draft: Draft, check: Check, inbox_id: int, named: str) -> str | None:
    """The result of the child that was checked before, and then what is open for this one."""
    before = each_child.before(check, named)
    facts = check.earlier[-1]["facts"] if before is None else before.facts
    args = {
        "day": answer.said_day(work.today, in_english=check.english),
        "version": model.in_force(work.today).version,
        "result": answer.Indication(facts, work.today, in_english=check.english).outcome(),
        texts.LANGUAGE: texts.ENGLISH if check.english else None,
    }
    mailbox.say(work, draft.conversation, "eligibility.earlier", args, reply_to=inbox_id)
    if draft.asked == RESULT:
        return keep(work, draft, check, RESULT)
    return asking.again(work, draft, check, inbox_id)
