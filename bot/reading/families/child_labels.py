"""By which words one child of a family is told from another: 老大, 小孙女, 丫头, 闺女家那个.

A label is one or several of these words joined by a space ("girl of_daughter"); two children are told apart by any kind
of word that both have. Pure: any text is taken, nothing raises.
"""

from __future__ import annotations

import re

FIRST, SECOND, OTHER = "first", "second", "other"
GIRL, BOY, OF_DAUGHTER, OF_SON = "girl", "boy", "of_daughter", "of_son"
OPPOSITE = {
    FIRST: SECOND,
    SECOND: FIRST,
    GIRL: BOY,
    BOY: GIRL,
    OF_DAUGHTER: OF_SON,
    OF_SON: OF_DAUGHTER,
}
KIN = "(?:外?孙[子女]|外孙|外甥女?|侄[子女儿])"
CHILD = "(?:孩子|娃|学生|小孩|男孩|女孩)"
SECOND_BORN = (
    f"(?:老二|老三|老小|老疙瘩|小的(?:那个)?|二(?:娃|宝|小子|闺女|丫头|儿子|姑娘)|小(?:儿子|闺女|姑娘|丫头|娃|宝)(?=[0-9一二三四五六七八九十也才今有得患])"
    f"|[小二]{KIN}|(?:第二个|第三个|另一个|另外一个|后一个){CHILD}?)"
)
FIRST_BORN = (
    f"(?:大{KIN}|老大|大的(?:那个)?|大(?:娃|宝|小子|闺女|丫头|儿子|姑娘)|(?:第一个|头一个|前一个|先说的那个){CHILD}?)"
)
_ONE_MORE = (
    "(?:还有一?个|下面还?有一?个|家里还有一?个)"
    f"(?:(?:[大小]|更[大小])的?(?:{CHILD}|弟弟?|妹妹?|哥哥?|姐姐?|小子|闺女|儿子|姑娘|丫头)?|老[大二三小]"
    f"|{CHILD}|弟弟?|妹妹?|哥哥?|姐姐?|小子|闺女|儿子|姑娘|丫头)"
)
SIBLING = "(?:[他她]|孩子)的?(?:弟弟?|妹妹?|哥哥?|姐姐?)(?!夫|家|媳)"
_OF_AGE = (
    "(?=[,，。 ]?(?:今年|都|也|才|刚|周岁|虚岁|是|快|那个)*"
    "(?:1?[0-9](?![0-9])|十[一二三四五六七]?(?!十)|[一二两三四五六七八九](?![十年月天个]))"
    "(?:岁|周岁|$|[,，。 了啦半]|不是))"
)
"""An age of a child: 闺女三十五 is a grown daughter."""
_WELL = "[,，。 ]*没(?:毛?病|残疾)|(?:也|都)没(?:毛?病|残疾)"
_ASKED_FOR = f"(?=(?:那份|的?那个|那孩子|这边)?(?:呢|咋|算|也?[查测看问交报]|是啥|的?结果)|那份|{_WELL})"
_OWN = f"(?:{_OF_AGE}|{_ASKED_FOR})"
_GIRL = f"(?:(?:小)?丫头(?:片子|蛋子)?|外?孙女|女孩|女娃|小姑娘|(?:闺女|姑娘|女儿)(?!家){_OWN})"
_BOY = f"(?:小{{1,2}}子|半大小子|外?孙子|外孙(?!女)|男孩|男娃|儿子(?!家){_OWN})"
_GROWN_GIRL, _GROWN_BOY = "(?:[大老二三小]{0,2}(?:闺女|姑娘|女儿))", "(?:[大老二三小]{0,2}儿子)"
_IN_HOUSE = f"{CHILD}|小{{1,2}}子|丫头|外?孙[子女]|外孙"
_HOUSE = (
    f"(?:[我俺]们?)?(?:(?P<of_daughter>{_GROWN_GIRL})|(?P<of_son>{_GROWN_BOY}))家(?:的|那个|那|这个|这|个)*"
    f"(?=(?:{_IN_HOUSE}|[0-9一二两三四五六七八九十]{{1,2}}岁?|那份|呢|$|[,，。 ]))"
)
LABEL = re.compile(
    f"(?P<house>{_HOUSE}(?:{_IN_HOUSE})?)"
    f"|(?P<second>{SECOND_BORN})|(?P<first>{FIRST_BORN})|(?P<more>{_ONE_MORE})|(?P<sibling>{SIBLING})"
    f"|(?P<girl>{_GIRL})|(?P<boy>{_BOY})"
)
_FEMALE, _MALE = re.compile("丫头|闺女|姑娘|女"), re.compile("小子|儿子|孙子|外孙(?!女)|男|侄子|侄儿|外甥(?!女)")
TOGETHER = re.compile(
    "孙子孙女|孙女孙子|外孙外孙女|儿子闺女|闺女儿子|儿子女儿|女儿儿子|小子丫头|丫头小子|儿孙|(?:[俩仨]|[两二三]个)(?:外?孙[子女]|丫头|小子|闺女|儿子|外孙)"
)
"""Several named as one: 俩孙子, 儿子闺女都跟我."""


def of(hit: re.Match[str]) -> str:
    """The label that a hit of LABEL gives a child."""
    word = hit.group()
    if hit["house"]:
        house = OF_DAUGHTER if hit["of_daughter"] else OF_SON
        child = word.partition("家")[2]
        return " ".join([house, *_sex(child)])
    if hit["girl"] or hit["boy"]:
        return GIRL if hit["girl"] else BOY
    order = SECOND if hit["second"] else FIRST if hit["first"] else OTHER
    return " ".join([order, *(_sex(word) if order != OTHER else ())])


def _sex(word: str) -> tuple[str, ...]:
    return (GIRL,) if _FEMALE.search(word) else (BOY,) if _MALE.search(word) else ()


def is_one(called: str, label: str) -> bool | None:
    """Whether a child called so is the one of that label; None: nothing tells."""
    mine, named = set(called.split()), set(label.split())
    if OTHER in named or any(OPPOSITE.get(one) in named for one in mine):
        return False
    return True if mine & named else None


def joined(called: str, label: str) -> str:
    """What a child is called when more of it is known."""
    return " ".join(dict.fromkeys(one for one in (*called.split(), *label.split()) if one != OTHER))


def other_than(called: str) -> str:
    """What the other of two children is called when one is called so: by one kind of word, by which they differ."""
    kinds = [OPPOSITE[one] for one in (FIRST, SECOND) if one in called.split()]
    kinds = kinds or [OPPOSITE[one] for one in (OF_DAUGHTER, OF_SON, GIRL, BOY) if one in called.split()]
    return " ".join(kinds[:1]) or SECOND


def only_by_kind(label: str) -> bool:
    """Whether a label names a child by no order among several: whoever has one child says 丫头 of it too."""
    return not {FIRST, SECOND, OTHER} & set(label.split())


def without_order(label: str) -> str:
    """A label without which of several the child is by age."""
    return " ".join(one for one in label.split() if one not in (FIRST, SECOND, OTHER))


SAID_AS = (FIRST, SECOND, GIRL, BOY, OF_DAUGHTER, OF_SON)


def said_as(label: str) -> str:
    """By which of its words a child is called, the first that it has; "one": by none."""
    return next((one for one in SAID_AS if one in label.split()), "one")


def house_of(label: str) -> str:
    """OF_DAUGHTER or OF_SON; empty: no house is named."""
    return next((one for one in (OF_DAUGHTER, OF_SON) if one in label.split()), "")
