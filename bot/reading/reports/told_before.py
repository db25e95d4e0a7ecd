"""Whether somebody says that he told it before (刚才不说了吗 冯小满), and which name stands in words by itself.

The words are in `data/lexicon/told_before.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.persons import naming, people
from bot.reading.wordings import Wordings

LONGEST, LONGEST_NAME = 40, 3
_HAN = re.compile("[㐀-鿿]{2,3}")
_says = Wordings("told_before.txt")
_CLAUSES = re.compile("[^,，。;；!！?？、\\s]+")
_OF_A_CHILD = re.compile(
    "(?:今年|虚岁|刚)?(?:1[0-7]|[1-9]|十[一二三四五六七]?|[二三四五六七八九])(?:周?岁|了)半?(?:了|多)?|(?:上|念|读|在)?(?:小学|初中)?"
    "[0-9一二三四五六七八九]{1,2}年级?(?:[0-9一二三四五六七八九]{1,2}班)?|初[一二三](?:[0-9一二三四五六七八九]{1,2}班)?|[大中小]班|[男女](?:孩|娃|生|的)?"
)
_CALLED = re.compile("^(?:孩子|小孩|娃)?(?:大名|小名|名字|名)?叫(?:做|个)?")
_NO_NAME = re.compile("[啥么不没他她我你们人来去回着过的]")
_OF_ONESELF = re.compile("[我俺](?:叫|姓|是|名)|电话|手机|联系")


def rest(text: str) -> str | None:
    """What is told beside such a reproach; empty: nothing else is said; None: nobody says so."""
    if len(text) > LONGEST or not _says("reproach", text):
        return None
    return _says.without("once_more", _says.without("reproach", text)).strip(" ,，。;；!！?？、~…啊呀呢吗嘛")


def name_by_itself(text: str, *, alone: bool) -> tuple[int, int] | None:
    """Where one name stands as a clause of its own, with a child's age, class or sex behind it (冯小满 8岁); `alone`:
    without these, too. None: no name or several, or whoever writes tells of himself."""
    if _OF_ONESELF.search(text):
        return None
    clauses = [(one.start(), one.end(), one.group()) for one in _CLAUSES.finditer(text)]
    described = [at for at in range(1, len(clauses)) if _OF_A_CHILD.fullmatch(clauses[at][2])]
    named = [at for at, (_, _, said) in enumerate(clauses) if at + 1 in described and may_be_a_name(said)]
    named = named or [at for at, (_, _, said) in enumerate(clauses) if alone and _is_name(said)]
    if len(named) != 1:
        return None
    last = named[0]
    while last + 1 in described:
        last += 1
    return clauses[named[0]][0], clauses[last][1]


def may_be_a_name(said: str) -> bool:
    """Whether two or three characters may name somebody where a name is looked for: 马晓雪, 安安."""
    twice = len(said) == 2 and said[0] == said[1]
    called = _CALLED.sub("", said)
    if called != said:
        return _HAN.fullmatch(called) is not None and _NO_NAME.search(called) is None
    return _HAN.fullmatch(said) is not None and (twice or _is_name(said) or people.begins_with_surname(said))


def _is_name(said: str) -> bool:
    return len(said) <= LONGEST_NAME and naming.persons(said) == ((0, len(said)),)
