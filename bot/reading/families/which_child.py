"""Of which of several children the words of a check tell: 老大10岁 老二5岁, 第二个孩子他爸去年病逝了, 他妹妹有残疾证.

Brothers and sisters share their parents and their home; two children of a class share nothing. Pure: any text is
taken, nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.reading.families import child_labels
from bot.reading.families.child_labels import (
    CHILD,
    FIRST,
    FIRST_BORN,
    KIN,
    LABEL,
    OTHER,
    SECOND,
    SECOND_BORN,
    SIBLING,
)

__all__ = ["FIRST", "OTHER", "SECOND", "THIS", "Apart", "apart", "names", "turns_to"]

THIS = "this"
LONGEST = 400
_KEEPS = "(?:老大|老二|老三|大的|小的)(?=家|媳妇|就是[他她]爸|是[他她]爸)"
_NOT_A_LABEL = re.compile(
    f"{_KEEPS}|(?:[跟由让靠]|归|给)(?:{SIBLING}|{FIRST_BORN}|{SECOND_BORN})"
    f"|(?:{SIBLING}|{FIRST_BORN}|{SECOND_BORN})(?:带|领|看着|照看|照顾|照应|伺候|拉扯|管着|结婚|成家|出嫁)|他爸是老[大二三]|小的时候|大的时候|有个(?:病|事|证|姑|姨|舅|叔|爷|奶|姥)"
    f"|{child_labels.TOGETHER.pattern}"
)
"""The elder sister looks after the child, the father is the second of his brothers, 俩孙子 are both."""
_SHARED = re.compile(
    "^[我俺咱]|爸|妈|爹|娘|父|母|爷|奶|姥|公婆|婆婆|[俩都全](?:在|跟|走|出|去|是|搁)|低保|特困|家里|我家|俺家|两口子|老公|媳妇|丈夫|农村|屯|打工|厂|外地"
    "|出来|出去|外出|过年|回来|回去|走了?(?:有|快|都)?[一二两三四五六七八九十半好几0-9]+个?多?[年月]"
)
"""What is so for brothers and sisters alike: their parents, their home."""
_OF_ALL = re.compile("^[我俺咱]|^(?:都|全)(?:跟|在|由|归)")
"""What is so of cousins too: with whom they all are, and what the speaker tells of himself."""
_APART = re.compile("第[一二三]个|另一个|另外一个|头一个|前一个|后一个|先说的那个")
_OF_TWO_HOMES = re.compile(
    "不是(?:一个|同一个|一对|亲)[^,，。]{0,2}(?:爹妈|爸妈|父母|兄|姐|妈|爹)|(?:堂|表)(?:兄|姐|弟|妹|哥)|各是各家的|两家的"
)
"""Children of different parents: 这两个都不是一个爹妈的."""
_PARENTS = re.compile("爸|妈|爹|娘|父母")
_BACK = re.compile(f"^(?:这个|刚才那个|先说这个){CHILD}?")
_BREAK = re.compile("[,，。;；!！?？、\\s]+")


_GRANDCHILD = re.compile(f"[大小二]{KIN}")
_ONLY_NAMED = re.compile(
    "(?:[俩两仨三一二个有是这那都家我俺大老的行好嗯中哎再就先,，。、 ]"
    f"|{CHILD}|{FIRST_BORN}|{SECOND_BORN}|{KIN}|小?丫头|小{{1,2}}子|儿子|闺女|姑娘|女儿)+"
)


def _of_both_sides(text: str) -> bool:
    """Whether a son's and a daughter's child are named: 孙子十三 外孙女六岁."""
    return re.search("外孙", text) is not None and re.search("(?<!外)孙[子女]", text) is not None


def _labels(text: str) -> list[str]:
    """The labels in a text; 小孙女 is only what the one child is called where nobody told of another."""
    hits = list(LABEL.finditer(text))
    every = [child_labels.of(hit) for hit in hits]
    by_order = [one for one, label in zip(hits, every, strict=True) if not child_labels.only_by_kind(label)]
    if len({label.partition(" ")[0] for label in every if not child_labels.only_by_kind(label)}) < 2 and all(
        _GRANDCHILD.match(hit.group()) for hit in by_order
    ):
        return [child_labels.without_order(one) for one in every]
    return every


def only_named(text: str) -> bool:
    """Whether children are named and nothing is told of them: 俩 一个大孙子一个小孙女."""
    return _ONLY_NAMED.fullmatch(text) is not None


def _several(text: str) -> bool:
    """Whether children are named who are told apart: 一个孙子一个孙女."""
    every = _labels(text)
    return any(child_labels.is_one(every[0], one) is False for one in every[1:])


@dataclass(frozen=True)
class Apart:
    """`own`: words of the child the check is about; `other`: words of the other; `label`: what the other is called;
    `called`: what the own one is (`child_labels`); `siblings`: of one home."""

    own: str
    other: str = ""
    label: str = ""
    called: str = ""
    siblings: bool = True


def apart(text: str, called: str = "", *, told: bool = False) -> Apart:
    """Set the words of two children apart.

    called: what the child of the check is, empty while nobody said it. told: something of that child is known already,
    so that who is called by another word of order is another.
    """
    siblings = _OF_TWO_HOMES.search(text[:LONGEST]) is None and not _of_both_sides(text[:LONGEST])
    if len(text) > LONGEST or LABEL.search(text) is None:
        return Apart(text, called=called, siblings=siblings)
    one_only = not called and all(map(child_labels.only_by_kind, _labels(text)))
    several = _several(text)
    siblings = siblings and not {child_labels.OF_SON, child_labels.OF_DAUGHTER} <= set(" ".join(_labels(text)).split())
    own, other = list[str](), list[str]()
    label, now, apart_now = "", THIS, False
    for clause in _clauses(text):
        hit = _label_of(clause)
        if _BACK.match(clause) and hit is None:
            now = THIS
        if hit is not None:
            which = child_labels.of(hit)
            if one_only and _GRANDCHILD.match(hit.group()):
                which = child_labels.without_order(which)
            before, called_before = now, called
            named = several and _ONLY_NAMED.fullmatch(clause) is not None
            called, now = _whose(which, called, label, told=told, named=named)
            if now == THIS and before == OTHER and _only_describes(which, called_before, label):
                called, now = called_before, OTHER  # 还有个大的 小子 九岁
            # 外孙女她爸妈都在青岛 没回来过: what follows is of her parents, too
            apart_now = any((_APART.match(clause), hit["house"], now == OTHER and _PARENTS.search(clause)))
            if now == OTHER:
                label = child_labels.joined(label, which) or OTHER
                siblings = siblings and not (_APART.match(clause) or hit["house"])
        shared = hit is None and not apart_now and (_SHARED if siblings else _OF_ALL).search(clause)
        (other if now == OTHER and not shared else own).append(clause)
    if not other:
        return Apart(text, called=called, siblings=siblings)
    first = "，".join(own)
    first = "" if _ONLY_NAMED.fullmatch(first) else first
    return Apart(first, "，".join(other), label, called, siblings)


def _only_describes(which: str, called: str, label: str) -> bool:
    """Whether a word of a child's kind says of neither child that it is that one."""
    unknown = all(child_labels.is_one(one, which) is None for one in (called, label))
    return child_labels.only_by_kind(which) and unknown


def _label_of(clause: str) -> re.Match[str] | None:
    if _NOT_A_LABEL.search(clause):
        return None
    return LABEL.match(_BACK.sub("", clause)) or LABEL.match(clause)


def _whose(which: str, called: str, label: str, *, told: bool, named: bool) -> tuple[str, str]:
    """What the child of the check is called now, and whether this label means it or the other. `named`: several are
    only named, so that it is not known which child is to be first."""
    kind = child_labels.only_by_kind(which)
    if not called:
        if which == OTHER or (told and SECOND in which.split()) or (label and child_labels.is_one(label, which)):
            return called, OTHER
        return ("" if named and kind else which), THIS
    same = child_labels.is_one(called, which)
    if same is None and label and child_labels.is_one(label, which):
        return called, OTHER
    if same is False:
        return called, OTHER
    return (child_labels.joined(called, which) if same else called), THIS


_BOTH = re.compile(
    "(?:^|[,，。 ])(?:都|全)(?:跟|由|让|归)|(?:两个?|俩|仨|三个?)(?:孩子|娃|小孩|个)?(?:都|全)?(?:跟|在|由|让|搁)"
    "|(?:孩子|娃)们?(?:俩|都)(?:跟|在|由)"
)


def of_both(text: str) -> bool:
    """Whether it is told of the children together where they are: 两个娃跟奶奶在老家."""
    return _BOTH.search(text[:LONGEST]) is not None


_ALL = re.compile(
    "(?:俩|两个?|仨|三个?|几个)(?:孩子|娃|小孩|孙子|外孙|的|都|各|全|也|一块|一起|算|咋|啥)|[这那][俩仨]|(?:都|全)(?:交|报|转|递|让人|来)|各(?:是|算|自)|分别"
)


def of_all(text: str) -> bool:
    """Whether a question or a wish is of all the children: 俩孩子各是啥结果, 都交."""
    return len(text) <= LONGEST // 6 and (_ALL.search(text) is not None or _several(text))


def names(text: str) -> str | None:
    """What the child is called that a short question or wish names (`child_labels`); None: none, or several."""
    text = _LEFT.sub("", text)
    hits = [] if _NOT_A_LABEL.search(text) else list(LABEL.finditer(text))
    found = [child_labels.of(hit) for hit in hits]
    if not found or any(child_labels.is_one(found[0], one) is False for one in found[1:]):
        return None
    return found[0]


_LEFT = re.compile(f"(?:{FIRST_BORN}|{SECOND_BORN}|这个)(?:就|先)(?:这样|到这|这么地|放着|放一放)(?:了|吧|儿)*")
"""大的先这样 查小的: the one that is left is not the one that is meant."""
_TURNS = re.compile(
    f"(?:测|查|看|算|说|问)(?:测|查|看|算|说|问)?(?:一下|下|看)?(?:另|老[大二三]|[大小]的|[大小二]{KIN}|第[一二三]|下一个|那个)"
    "|(?:另一个|老[大二三]|[大小]的(?:那个)?|第[一二三]个(?:孩子)?)[^,，。]{0,3}(?:也|再|接着)?(?:测|查|看|算)(?:测|查|看|算)?(?:一下|下|呢|吧|呗)"
    "|^(?:那|再)?(?:另一个|老[大二三]|[大小]的(?:那个)?|第[一二三]个(?:孩子)?)呢"
)


def turns_to(text: str) -> bool:
    """Whether somebody wants the check of the other child: 老二也查一下, 那第二个呢, 行那儿子家那小子呢."""
    each = [text] if len(text) <= LONGEST // 16 else _BREAK.split(text[:LONGEST])
    return any(len(one) <= LONGEST // 16 and (_TURNS.search(one) or _asks_after(one)) for one in each)


def asks_for_one(text: str) -> bool:
    """Whether a clause only asks after a child, by its name: 行 那儿子家那小子呢 十五了."""
    return any(len(one) <= LONGEST // 16 and _asks_after(one) for one in _BREAK.split(text[:LONGEST]))


_SAYS_FIRST = re.compile("^(?:那|行|好|再|哎|嗯|中|还有|就|啊|了|吧|问问|看看|查查|说说|问|看|查|测|说)*")


def _asks_after(clause: str) -> bool:
    """那丫头呢, 行那儿子家那小子呢: whoever is named and nothing else."""
    rest = _SAYS_FIRST.sub("", clause)
    hit = LABEL.match(rest)
    return hit is not None and _ASKED_AFTER.fullmatch(rest[hit.end() :]) is not None


_ASKED_AFTER = re.compile(
    "(?:那|的|个|份|边)*(?:呢|咋样|咋说|怎么样|怎么说|也(?:查|看|测|算|问)[一下查看测算]*)[啊呀呢吧?？]*"
)


_BEGINS = re.compile(
    f"(?:那|就|咱)*(?:先|从)(?:问|说|看|查|测|算)?(?:一下)?(?:{FIRST_BORN}|{SECOND_BORN})(?:开始|说起|的|吧|呗|呢|啊)*"
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
        starts = [hit.start() for hit in LABEL.finditer(part) if not _NOT_A_LABEL.search(part)]
        edges = [0, *(one for one in starts if one > 0), len(part)]
        out += [part[a:b] for a, b in pairwise(edges) if part[a:b].strip()]
    return out
