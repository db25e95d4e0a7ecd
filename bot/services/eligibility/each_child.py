"""The children of one check, each by itself: which were really looked at, what each is called, how it stands with each.

A child of whom nothing of its own was told was not looked at, and goes to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bot import texts
from bot.reading.families import child_labels, which_child
from bot.services.eligibility import recap, standing
from bot.services.eligibility.state import AGE, UNKNOWN, Check
from bot.services.talk import language

SAME_HOME = ("child_lives_with_away_parent", "lives_without_guardian", "guardian_not_performing")
"""Facts that brothers and sisters may share: they alone tell of no child."""


def tested(check: Check) -> list[Check]:
    """The children that were looked at, in the order they were, each as a check of its own; the one of now as it is."""
    earlier = [restored(check, one) for one in check.earlier]
    return [one for one in (*earlier, check) if own(one)] if earlier else [check]


def restored(check: Check, kept: dict[str, Any]) -> Check:
    """The check of a child that was looked at before, as it was kept (`kept`) with that of now."""
    return Check(
        facts=dict(kept["facts"]),
        called=kept["called"],
        stage=kept["stage"],
        said={name: list(told) for name, told in kept.get("said", {}).items()},
        speaker=check.speaker,
        home=check.home,
        english=check.english,
    )


def own(check: Check) -> bool:
    """Whether something of its own was told of the child, so that it was looked at."""
    told = (fact for fact, value in check.facts.items() if value != UNKNOWN)
    childs = any(recap.group_of(fact) == "child" and fact not in (*SAME_HOME, *check.shared) for fact in told)
    return childs or bool(check.stage)


def kept(check: Check) -> dict[str, Any]:
    """What stays of a child when another one's check begins."""
    return {"facts": check.facts, "called": check.called, "stage": check.stage, "said": check.said}


def means(check: Check, named: str | None) -> str | None:
    """Whether a label means the child of now (THIS) or another (OTHER); None: nobody is named. Whoever has told of one
    child by no word of order says 丫头 of that one."""
    if named is None:
        return None
    same = child_labels.is_one(check.called, named)
    if same is None:
        same = before(check, named) is None and child_labels.only_by_kind(named)
    return which_child.THIS if same else which_child.OTHER


def before(check: Check, named: str) -> Check | None:
    """The child of that name that was looked at before this one; None: none was."""
    fits = [one for one in tested(check) if one is not check and child_labels.is_one(one.called, named)]
    return fits[-1] if fits else None


def name(check: Check) -> str:
    """What a child of several is called: 大的（15岁）, 女孩（8岁）."""
    spoken = language.of(check.english)
    which = child_labels.said_as(check.called)
    called, age = texts.phrase(f"eligibility.child.{which}", spoken), check.facts.get(AGE)
    if not isinstance(age, int):
        return called
    return texts.phrase("eligibility.child.aged", spoken).format(called=called, age=age)


def verdict(check: Check, on: date) -> str:
    """How it stands, in one sentence; of several children one for each."""
    return _each(tested(check), lambda one: standing.Standing(one.facts, on, in_english=one.english).one_sentence())


def recaps(check: Check, on: date, of: Callable[[Check, date], str]) -> str:
    """What was told of each child, with how it stands where there are several; `of` says it of one."""
    every = tested(check)
    if len(every) < 2:
        return of(every[0] if every else check, on)

    def with_result(one: Check) -> str:
        return f"\n{of(one, on)}\n· {standing.Standing(one.facts, on, in_english=one.english).one_sentence()}"

    return _each(every, with_result)


def _each(every: Iterable[Check], say: Callable[[Check], str]) -> str:
    every = list(every)
    if len(every) == 1:
        return say(every[0])
    return "\n".join(
        texts.phrase("eligibility.child.line", language.of(one.english)).format(called=name(one), said=say(one))
        for one in every
    )
