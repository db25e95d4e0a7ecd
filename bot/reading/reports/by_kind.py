"""Where the clauses of one message are kept in a report: what is told under the line it answers, the child beside the
place, and what only asks, wants or feels something apart from the matter. Any text is taken; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.reading import danger
from bot.reading.dangers import planning
from bot.reading.normalise import normalise
from bot.reading.persons import called
from bot.reading.reports import corrections, fitting, later, told
from bot.reading.talk import purposes, replies
from bot.reading.where import places

LONGEST_WHICH, WORTH_KEEPING = 10, 4
_WITH_WHOM = re.compile(
    "^(?:孩子|他|她|现在|平时|都|就)*(?:跟|随|和)(?:着)?[^,，。我俺你您]{1,8}(?:过|住|生活|在一块儿?)(?:呢|的)?$"
)
_WHICH = re.compile(
    "小小?子|丫头|小姑娘|闺女|(?:男|女)(?:孩|娃|生|的)|[0-9一二三四五六七八九十]{1,3}(?:来|多)?岁|[一二三四五六七八九]年级"
    "|(?:[一二三四五六七八九1-9]年级?|[初高][一二三])[0-9一二三四五六七八九十]{1,2}班"
)
_WHERE_TOO = re.compile("[村屯镇乡县市区里路街院楼栋号]|单元|小区|学校|家(?=$|[,，。 ])")


class Kept(NamedTuple):
    """What of a message tells something, and what is kept apart from it; either may be empty."""

    told: str
    beside: str


def parted(asked: str, text: str) -> Kept:
    """The clauses that tell something, as they were written, and those that ask, want or feel something. How to reach
    the writer is told even where it is said as a wish (短信别发 打电话); 不对 stays between what it parts. Of talk
    about the talk nothing is kept that nobody could want later."""
    every = purposes.read(text)
    tells = [one.purpose == purposes.FACT or _reaches(asked, one) for one in every]
    if all(tells) or (not any(tells) and _may_be_danger(text)) or planning.only_planned(normalise(text).text):
        return Kept(text, "")
    first = tells.index(True) if any(tells) else len(every)
    stays = [
        tells[at]
        or (any(tells) and _takes_back(one))
        or (at > first and one.purpose == purposes.TALK and corrections.is_cue(one.text) and any(tells[at:]))
        for at, one in enumerate(every)
    ]
    beside = [
        one.text
        for at, one in enumerate(every)
        if not stays[at] and (_worth_keeping(one) or (not any(tells) and _takes_back(one)))
    ]
    return Kept(" ".join(one.text for at, one in enumerate(every) if stays[at]), " ".join(beside))


def _may_be_danger(text: str) -> bool:
    """Whether words that only ask may tell of danger: they count as told. What somebody may do himself is none."""
    return danger.read(text).level != "none" and not purposes.of_own_doing(text)


def of_the_child(text: str, named: Sequence[str] = ()) -> str:
    """The clauses that say which child it is, or with whom it lives, and nothing of a place: 孩子叫孙浩宇 八岁 男孩.
    `named`: words of the text that were taken for its name."""
    every = [one.text for one in purposes.read(text)]
    which = [_says_which(one) or any(_only_names(one, words) for words in named) for one in every]
    if not any(which):
        return ""
    return " ".join(one for at, one in enumerate(every) if which[at] or _WITH_WHOM.match(one))


def _only_names(clause: str, name: str) -> bool:
    """Whether a clause is a name and hardly more: 我叫小彤, of 叫小彤."""
    return clause in name or (name in clause and len(clause) <= len(name) + len("我"))


def without(text: str, part: str) -> str:
    """The other clauses of a text than those of `part`."""
    taken = part.split(" ")
    return " ".join(one.text for one in purposes.read(text) if one.text not in taken)


def _says_which(clause: str) -> bool:
    found = told.read(clause)
    if found.signs or not set(danger.read(clause).kinds) <= {danger.HUNCH}:
        return False
    if places.find(clause).best is not None or (_WHERE_TOO.search(clause) and found.child_ref is None):
        return False
    named = found.child_ref is not None or called.soft_name(clause) is not None
    return named or (len(clause) <= LONGEST_WHICH and _WHICH.search(clause) is not None)


def _reaches(asked: str, one: purposes.Clause) -> bool:
    """Whether a wish says how the writer is to be reached, where that is asked."""
    if asked != "safe_contact" or one.purpose not in (purposes.REQUEST, purposes.COURTESY):
        return False
    return fitting.is_contact(one.text) and not replies.wants_the_code(one.text)


def _takes_back(one: purposes.Clause) -> bool:
    """搞错了, 我看错了: whoever handles it must know, also where nothing else is told. 不对 says nothing by itself."""
    return corrections.is_cue(one.text) and len(one.text) > len("不对")


def _worth_keeping(one: purposes.Clause) -> bool:
    if one.purpose in (purposes.QUESTION, purposes.REQUEST) or later.scolds(one.text):
        return True  # how angry somebody is, those who handle it may know
    return len(one.text) > WORTH_KEEPING and not (replies.is_empty(one.text) or corrections.is_cue(one.text))
