"""Of which of several children the words of a check tell: 老大10岁 老二5岁, 第二个孩子他爸去年病逝了, 他妹妹有残疾证.

Brothers and sisters share their parents and their home; two children of a class share nothing. Pure: any text is
taken, nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

FIRST, SECOND, THIS, OTHER = "first", "second", "this", "other"
LONGEST = 400
_KIN = "(?:外?孙[子女]|外孙|外甥女?|侄[子女儿])"
_CHILD = "(?:孩子|娃|学生|小孩|男孩|女孩)"
_SECOND = (
    f"(?:老二|老三|老小|老疙瘩|小的(?:那个)?|二(?:娃|宝|小子|闺女|丫头|儿子|姑娘)|小(?:儿子|闺女|姑娘|丫头|娃|宝)(?=[0-9一二三四五六七八九十也才今有得患])"
    f"|[小二]{_KIN}|(?:第二个|第三个|另一个|另外一个|后一个){_CHILD}?)"
)
_FIRST = (
    f"(?:大{_KIN}|老大|大的(?:那个)?|大(?:娃|宝|小子|闺女|丫头|儿子|姑娘)|(?:第一个|头一个|前一个|先说的那个){_CHILD}?)"
)
_ONE_MORE = (
    "(?:还有一?个|下面还?有一?个|家里还有一?个)"
    f"(?:(?:[大小]|更[大小])的?(?:{_CHILD}|弟弟?|妹妹?|哥哥?|姐姐?|小子|闺女|儿子|姑娘|丫头)?|老[大二三小]"
    f"|{_CHILD}|弟弟?|妹妹?|哥哥?|姐姐?|小子|闺女|儿子|姑娘|丫头)"
)
_SIBLING = "(?:[他她]|孩子)的?(?:弟弟?|妹妹?|哥哥?|姐姐?)(?!夫|家|媳)"
_KEEPS = "(?:老大|老二|老三|大的|小的)(?=家|媳妇|就是[他她]爸|是[他她]爸)"
_LABEL = re.compile(f"(?P<second>{_SECOND})|(?P<first>{_FIRST})|(?P<more>{_ONE_MORE})|(?P<sibling>{_SIBLING})")
_NOT_A_LABEL = re.compile(
    f"{_KEEPS}|(?:[跟由让靠]|归|给)(?:{_SIBLING}|{_FIRST}|{_SECOND})"
    f"|(?:{_SIBLING}|{_FIRST}|{_SECOND})(?:带|领|看着|照看|照顾|照应|伺候|拉扯|管着|结婚|成家|出嫁)|他爸是老[大二三]|小的时候|大的时候|有个(?:病|事|证|姑|姨|舅|叔|爷|奶|姥)"
)
"""The elder sister looks after the child, the father is the second of his brothers."""
_SHARED = re.compile(
    "爸|妈|爹|娘|父|母|爷|奶|姥|公婆|婆婆|[俩都全](?:在|跟|走|出|去|是|搁)|低保|特困|家里|我家|俺家|两口子|老公|媳妇|丈夫|农村|屯|打工|厂|外地"
    "|出来|出去|外出|过年|回来|回去|走了?(?:有|快|都)?[一二两三四五六七八九十半好几0-9]+个?多?[年月]"
)
"""What is so for brothers and sisters alike: their parents, their home."""
_APART = re.compile("第[一二三]个|另一个|另外一个|头一个|前一个|后一个|先说的那个")
_BACK = re.compile(f"^(?:这个|刚才那个|先说这个){_CHILD}?")
_BREAK = re.compile("[,，。;；!！?？、\\s]+")


_GRANDCHILD = re.compile(f"[大小二]{_KIN}")
_ONLY_NAMED = re.compile(f"(?:[俩两仨三一二个有是这那都家我俺,，。、 ]|{_CHILD}|{_FIRST}|{_SECOND}|{_KIN})+")


def _one_by_a_kind_name(text: str, called: str) -> bool:
    """Whether 小孙女 is only what the one child is called: nobody told of another yet."""
    labels = {_side(hit) for hit in _LABEL.finditer(text)}
    return not called and len(labels) < 2 and all(_GRANDCHILD.match(hit.group()) for hit in _LABEL.finditer(text))


def _side(hit: re.Match[str]) -> str:
    return SECOND if hit["second"] else FIRST if hit["first"] else OTHER


@dataclass(frozen=True)
class Apart:
    """`own`: words of the child the check is about; `other`: words of the other; `label`: by which word the other was
    called; `called`: by which the own one was, FIRST or SECOND, else empty; `siblings`: of one home."""

    own: str
    other: str = ""
    label: str = ""
    called: str = ""
    siblings: bool = True


def apart(text: str, called: str = "", *, told: bool = False) -> Apart:
    """Set the words of two children apart.

    called: what the child of the check is (FIRST or SECOND), empty while nobody said it. told: something of that child
    is known already, so that who is called by another word is another.
    """
    if len(text) > LONGEST or _LABEL.search(text) is None or _one_by_a_kind_name(text, called):
        return Apart(text, called=called)
    own, other = list[str](), list[str]()
    label, siblings = "", True
    now, apart_now = THIS, False
    for clause in _clauses(text):
        hit = None if _NOT_A_LABEL.search(clause) else _LABEL.match(_BACK.sub("", clause)) or _LABEL.match(clause)
        if _BACK.match(clause) and hit is None:
            now = THIS
        if hit is not None:
            which = _side(hit)
            if which != OTHER and not called and not (told and which == SECOND):
                called = which
            now = THIS if which == called else OTHER
            apart_now = _APART.match(clause) is not None
            if now == OTHER:
                label, siblings = label or hit.group(), siblings and not apart_now
        shared = hit is None and not apart_now and _SHARED.search(clause)
        (other if now == OTHER and not shared else own).append(clause)
    if not other:
        return Apart(text, called=called)
    first = "，".join(own)
    first = "" if _ONLY_NAMED.fullmatch(first) else first
    return Apart(first, "，".join(other), label, called, siblings)


_BOTH = re.compile(
    "(?:两个?|俩|仨|三个?)(?:孩子|娃|小孩|个)?(?:都|全)?(?:跟|在|由|让|搁)|(?:孩子|娃)们?(?:俩|都)(?:跟|在|由)"
)


def of_both(text: str) -> bool:
    """Whether it is told of the children together where they are: 两个娃跟奶奶在老家."""
    return _BOTH.search(text[:LONGEST]) is not None


def names(text: str) -> str | None:
    """Which child a short question or wish names: FIRST or SECOND, OTHER; None: none."""
    text = _LEFT.sub("", text)
    hit = None if _NOT_A_LABEL.search(text) else _LABEL.search(text)
    return None if hit is None else _side(hit)


_LEFT = re.compile(f"(?:{_FIRST}|{_SECOND}|这个)(?:就|先)(?:这样|到这|这么地|放着|放一放)(?:了|吧|儿)*")
"""大的先这样 查小的: the one that is left is not the one that is meant."""
_TURNS = re.compile(
    f"(?:测|查|看|算|说|问)(?:测|查|看|算|说|问)?(?:一下|下|看)?(?:另|老[大二三]|[大小]的|[大小二]{_KIN}|第[一二三]|下一个|那个)"
    "|(?:另一个|老[大二三]|[大小]的(?:那个)?|第[一二三]个(?:孩子)?)[^,，。]{0,3}(?:也|再|接着)?(?:测|查|看|算)(?:测|查|看|算)?(?:一下|下|呢|吧|呗)"
    "|^(?:那|再)?(?:另一个|老[大二三]|[大小]的(?:那个)?|第[一二三]个(?:孩子)?)呢"
)


def turns_to(text: str) -> bool:
    """Whether somebody wants the check of the other child: 老二也查一下, 那第二个呢."""
    return len(text) <= LONGEST // 16 and _TURNS.search(text) is not None


_BEGINS = re.compile(
    f"(?:那|就|咱)*(?:先|从)(?:问|说|看|查|测|算)?(?:一下)?(?:{_FIRST}|{_SECOND})(?:开始|说起|的|吧|呗|呢|啊)*"
)


def begins_with(text: str) -> str | None:
    """Which child is to be the first, where nothing else is said: 先问大的; None: nothing of that."""
    return names(text) if _BEGINS.fullmatch(text.strip(" ,，。!！")) else None


def leaves_one(text: str) -> bool:
    """Whether one child is left as it is: 大的先这样."""
    return _LEFT.search(text[:LONGEST]) is not None


def _clauses(text: str) -> list[str]:
    """The clauses, and what stands before a word for another child: dictated words have no marks."""
    parts = [one for one in _BREAK.split(text) if one]
    out: list[str] = []
    for part in parts:
        starts = [hit.start() for hit in _LABEL.finditer(part) if not _NOT_A_LABEL.search(part)]
        edges = [0, *(one for one in starts if one > 0), len(part)]
        out += [part[a:b] for a, b in pairwise(edges) if part[a:b].strip()]
    return out
