"""Whether two reports may be about the same child: same place and time, enough that is alike. A proposal only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

# PROPOSED, ours: the policy says that a duplicate is linked by staff, not how it is found.
WITHIN = timedelta(days=30)
ENOUGH = 2
TOWNSHIP, VILLAGE = 9, 12
AGES_APART = 1
# Pairs of characters that say nothing about which child it is.
_SAYS_NOTHING = frozenset(
    {
        "孩子",
        "小孩",
        "娃娃",
        "男孩",
        "女孩",
        "小学",
        "中学",
        "初中",
        "年级",
        "左右",
        "大概",
        "上下",
        "多岁",
        "几岁",
        "家的",
    }
    | {
        "不知",
        "知道",
        "名字",
        "邻居",
        "家孩",
        "子的",
        "的孩",
        "岁的",
        "一个",
        "那个",
        "学生",
        "班的",
        "我们",
        "他家",
        "她家",
    }
)


@dataclass(frozen=True)
class Known:
    """What is known of one report. `area`: division code; `age` in years or None; `sex`: male, female or unknown;
    `child_ref`: the words in which the child was named."""

    area: str
    received_at: datetime
    signs: frozenset[str] = field(default_factory=frozenset)
    age: int | None = None
    sex: str = "unknown"
    child_ref: str = ""


def alike(one: Known, other: Known) -> bool:
    """Whether two reports may be about the same child.

    Never for different villages, for known ages more than a year apart, for different sexes, or more than WITHIN
    apart. Else the same words for the child, or two of: age, sex, a sign.
    """
    if not _same_place(one.area, other.area) or abs(one.received_at - other.received_at) > WITHIN:
        return False
    ages_known = one.age is not None and other.age is not None
    if ages_known and abs((one.age or 0) - (other.age or 0)) > AGES_APART:
        return False
    sexes_known = "unknown" not in (one.sex, other.sex)
    if sexes_known and one.sex != other.sex:
        return False
    points = ENOUGH * same_words(one.child_ref, other.child_ref)
    return points + ages_known + sexes_known + bool(one.signs & other.signs) >= ENOUGH


def tells_enough(one: Known) -> bool:
    """Whether so much of the child is known that any other report could be alike."""
    points = ENOUGH * (len(_pairs(one.child_ref)) >= ENOUGH) + (one.age is not None) + (one.sex != "unknown")
    return points + bool(one.signs) >= ENOUGH


def _same_place(one: str, other: str) -> bool:
    """The same village; the same township where one of them is not known finer."""
    length = min(len(one), len(other), VILLAGE)
    return length >= TOWNSHIP and one[:length] == other[:length]


def same_words(one: str, other: str) -> bool:
    """Whether two ways to name a child share two telling pairs of characters."""
    return len(_pairs(one) & _pairs(other)) >= ENOUGH


def _pairs(text: str) -> frozenset[str]:
    signs = [character if "一" <= character <= "鿿" else " " for character in text]
    pairs = {first + second for first, second in pairwise(signs) if " " not in (first, second)}
    return frozenset(pairs - _SAYS_NOTHING)
