"""What a rule with a bound comes to for the figure put into it: 那才走五个月呢 after 外出多久才算.

A hint in one sentence, never a result; a figure on neither side for sure is answered by the rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot import texts
from bot.reading.policy import figures

SHORT = 16
"""Characters within which words only put a figure into the rule just told."""
_OF_THE_BOUND = re.compile("才[算行能]|生日|周岁|必须|非得|为啥|为什么|凭啥|到底")
"""Words that ask for the bound itself: 满6个月才算吗."""


class _Bound(NamedTuple):
    """How the figure is read, the bounds with what is said below each, and what is said from the last one on."""

    read: Callable[[str], float | None]
    below: tuple[tuple[float, str], ...]
    beyond: str


_IN_HARDSHIP = _Bound(figures.years, ((18, "age.child"),), "age.grown")
_BOUNDS: Mapping[str, _Bound] = {
    "lb_six_months": _Bound(figures.months_away, ((6, "too_short"),), "long_enough"),
    "lb_age": _Bound(figures.years, ((16, "age.young"), (18, "age.hardship_only")), "age.grown"),
    **dict.fromkeys(("hard_age", "after_18"), _IN_HARDSHIP),
    "weekly": _Bound(figures.days_between, ((7.1, "weekly.enough"),), "weekly.seldom"),
    "visit_good": _Bound(figures.days_between, ((92.1, "visit.enough"),), "visit.seldom"),
    "visit_average": _Bound(figures.days_between, ((31.1, "visit.enough"),), "visit.seldom"),
    "missing_declared": _Bound(figures.months, ((24, "missing.too_short"),), "missing.long_enough"),
    "lost_contact": _Bound(figures.months, ((6, "lost.too_short"),), "lost.long_enough"),
    "child_labour": _Bound(figures.years, ((16, "labour.young"),), "labour.old"),
}
"""JL-2.1.1, JL-2.1.2, WBF-2, WBF-23, JL-3.8.e and f, MFD-40, MF62-terms, WBF-61."""


_OF_GRADES = frozenset({"dis_grades", "fam_both_disabled", "dis_fourth"})
_KINDS: Mapping[str, tuple[str, ...]] = {
    "limbs": ("肢体", "视力", "眼睛", "瞎", "腿", "胳膊", "瘸"),
    "mind": ("智力", "精神", "智障", "傻"),
}
"""Kinds of disability as the grades of parents are counted (JL-2.2.1.b); hearing has a rule of its own."""


def line(topic: str, text: str) -> str:
    """The sentence; empty where no figure is told that this topic's rule has a bound for."""
    if topic in _OF_GRADES:
        return _of_a_kind(text)
    bound = _BOUNDS.get(topic)
    figure = bound.read(text) if bound is not None and not _OF_THE_BOUND.search(text) else None
    if bound is None or figure is None:
        return ""
    key = next((key for limit, key in bound.below if figure < limit), bound.beyond)
    return texts.phrase(f"policy.applied.{key}")


def _of_a_kind(text: str) -> str:
    """What the grades come to for the one kind of disability that is named: 我家那口子是肢体的呢."""
    kinds = [kind for kind, words in _KINDS.items() if any(word in text for word in words)]
    return texts.phrase(f"policy.applied.grade.{kinds[0]}") if len(kinds) == 1 else ""


def put_into(topic: str, text: str) -> bool:
    """Whether words say little more than a figure for the rule of that topic: 我走了八个月了, 都十七了呢."""
    return len(text) <= SHORT and bool(line(topic, text))
