"""What a typed answer says of somebody who is to look after a child: no vice (不喝酒不赌钱), of age (六十二了), able.

Only plain words count: 不怎么喝酒 says neither yes nor no, and what is not plain is asked again. Any text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.reading.measures.quantities import number
from bot.reading.normalise import normalise

_VICES = (
    "喝酒|酗酒|喝大酒|赌钱|赌博|耍钱|打麻将|吸毒|沾毒|抽烟|打人|打孩子|骂人|犯法|犯过法|犯罪|犯过罪|犯事|坐牢|判刑|案底|前科"
    "|毛病|恶习|嗜好|问题|情况|别的|其他的|其他|的事|这些事?|那些事?|这种事|这样的?|过"
)
_NO = re.compile(
    "(?:他|她|人家|这人|老人)?"
    f"(?:(?:从来|都|也|从|啥|什么)?(?:没有?|不)(?:过|沾|碰|有)?(?:啥|什么|这些|那些|这种)?(?:{_VICES})+[,、。 ]*)+"
    "(?:的|啊|呢)?"
)
_OF_AGE = re.compile("满了|成年|够了|早过了|大人")
_ABLE = re.compile("照顾得过来|顾得过来|能照顾|带得了|带得动|能带|身体(?:挺|很|还)?(?:好|硬朗|行)|硬朗")
_YEARS = re.compile("[0-9]{1,3}|[一二三四五六七八九十]{1,3}")
_NOT = re.compile("没|不|未")
_GRANDPARENTS = re.compile("爷爷|奶奶|姥姥|姥爷|外公|外婆")
_ANOTHER = re.compile(
    "换(?:个|一个|一位)?(?:人|照护人|照看人|看护人)|换(?:成|给)?[^,。!?;]{0,6}(?:照顾|照看|照护|带|看)"
    "|(?:不让|不用|不想让|不托)[^,。!?;]{1,6}(?:带|看|照顾|照看)了"
)
_PAPERS = "(?:协议书?|委托书|委托照护书|告知书|书面告知|文书)"
_TO_HAVE = (
    "(?:在哪[儿里]?|哪[儿里]有|哪儿呢|上哪|看看|看一[下眼]|看下|再看|打印|打出来|发[给我]|给我|找不[到着]|丢了|弄丢|没了|下载|存下来"
    "|要一?份|再要|再给|来一?份|怎么拿|拿不到)"
)
_ASKS_FOR_PAPERS = re.compile(
    f"{_PAPERS}.{{0,8}}{_TO_HAVE}|{_TO_HAVE}.{{0,10}}{_PAPERS}|^(?:我们?家?的?)?(?:委托)?(?:照护)?{_PAPERS}$"
)
_ABOUT_PAPERS = re.compile(
    "怎么[写填办签]|咋[写填办签]|写什么|写啥|要不要|有没有用|效力|是什么|是啥|离婚|劳动|合同|什么时候|啥时候|必须"
)
LONGEST_ASKED = 24
ADULT = 18


def _no(text: str) -> str | None:
    return "no" if _NO.fullmatch(text) else None


def _of_age(text: str) -> str | None:
    if _NOT.search(text):
        return None
    told = _YEARS.search(text)
    years = number(told.group()) if told is not None else None
    return "yes" if _OF_AGE.search(text) or (years is not None and years >= ADULT) else None


def _able(text: str) -> str | None:
    return "yes" if _ABLE.search(text) and not _NOT.search(text) else None


def _grade(text: str) -> str | None:
    if re.search("不好|差|不行", text):
        return "poor"
    if re.search("一般|凑合|还行|过得去", text):
        return "fair"
    return "good" if "好" in text and not _NOT.search(text) else None


def _asked(text: str) -> str | None:
    return "not_asked" if re.search("(?:还)?没(?:有)?(?:问|说|告诉)", text) else None


_READ: Mapping[str, Callable[[str], str | None]] = {
    **dict.fromkeys(("d1", "d2", "d3", "d4", "special_care_bar"), _no),
    "full_capacity": _of_age,
    "care_ability": _able,
    **dict.fromkeys(("morals", "household", "health", "bond"), _grade),
    "child_says": _asked,
}


def grandparent(text: str) -> str:
    """The grandparent somebody is said to stay with (孩子交给他奶奶带); empty when none or more than one is named."""
    named = set(_GRANDPARENTS.findall(normalise(text[:200]).text))
    return named.pop() if len(named) == 1 else ""


def wants_another(text: str) -> bool:
    """Whether somebody wants another person to look after the child (奶奶带不动了想换个人)."""
    return _ANOTHER.search(normalise(text[:200]).text) is not None


def asks_for_papers(text: str) -> bool:
    """Whether somebody wants to have the papers of the own arrangement: 我们的协议在哪, 告知书再给我一份."""
    plain = normalise(text[: 2 * LONGEST_ASKED]).text.strip(" ,。.!！?？~～")
    if len(plain) > LONGEST_ASKED or _ABOUT_PAPERS.search(plain):
        return False
    return _ASKS_FOR_PAPERS.search(plain) is not None


def answer(question: str, text: str) -> str | None:
    """What the words mean as the answer to one of the questions; None: they do not say it plainly."""
    read = _READ.get(question)
    return read(normalise(text[:60]).text.strip(" ,。.!！~～")) if read is not None else None
