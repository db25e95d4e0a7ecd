"""What a worker wants changed in the work log just shown: 第2条改成…, 去掉第三条, 加一条：…

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {one: number for number, one in enumerate("一二三四五六七八九", 1)}
_LINE = "第(?P<number>[0-9]{1,2}|[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?)[条项行]"
_PLEASE = "(?:请|帮我|把|将|日志|里|的)*"
_ENDS = "[吧啊了。!！ ]*"
_AWAY = "(?:去掉|去了|删掉|删除|删了|删|划掉|划去|不要)"
_OUT = (re.compile(f"{_PLEASE}{_AWAY}{_LINE}{_ENDS}"), re.compile(f"{_PLEASE}{_LINE}{_AWAY}{_ENDS}"))
_AS = re.compile(
    f"{_PLEASE}(?:改一下|改改|改)?{_LINE}(?:内容)?(?:写错了|错了|不对)?[,，:： ]*"
    "(?:(?:改成|改为|改作|换成|应该是|应当是|应该写|是|写成|写)[了]?)?[:： ]*(?P<words>.+)",
    re.DOTALL,
)
_ASKS = re.compile("[?？]|[吗呢]$|什么意思|怎么|哪")
_MORE = re.compile(
    "(?:再|还要|还得|请|帮我|给我|往|在|今天|今儿|的|工作|日志里?|上|,|，)*"
    "(?:加|补|添|记)(?:上|写|个)?(?:一?[条项行句笔]|1条)[,，:： ]*(?P<words>.+)",
    re.DOTALL,
)
_ADDED = re.compile(
    f"{_PLEASE}{_LINE}(?:里|上|后面|再|还|得|要|给我|帮我)*(?:加|补|添)(?:上|进|写|一句|一下)*[,，:： ]*(?P<words>.+)",
    re.DOTALL,
)
_CONFIRMS = re.compile(
    "(?:嗯|好|对|行|那|就|日志|今天的?|,|，| )*(?:确认|没错|没毛病|没问题|就这样)(?:一下|了|吧|呗|,|，| |确认|日志)*"
)
_NAMED = re.compile("日志|工作记录")


@dataclass(frozen=True)
class Wanted:
    """What is wanted of which line, counted from one; `number` None: a line more. No words: the line goes. `added`: the
    words stand beside what the line says."""

    number: int | None
    words: str
    added: bool = False


def read(text: str) -> Wanted | None:
    """What of a log shown with numbered lines is to be changed; None: nothing is said of that."""
    said = text.strip()
    for pattern in _OUT:
        if (found := pattern.fullmatch(said)) is not None:
            return Wanted(_number(found["number"]), "")
    if (found := _MORE.fullmatch(said)) is not None:
        return Wanted(None, found["words"].strip())
    if (found := _ADDED.fullmatch(said)) is not None:
        return Wanted(_number(found["number"]), found["words"].strip(), added=True)
    if (found := _AS.fullmatch(said)) is not None and not _ASKS.search(said):
        return Wanted(_number(found["number"]), found["words"].strip())
    return None


def names_it(text: str) -> bool:
    """Whether the work log is spoken of by its name."""
    return _NAMED.search(text) is not None


def confirms(text: str) -> bool:
    """Whether a message only says that the log is right: 确认, 没错 确认."""
    return _CONFIRMS.fullmatch(text.strip(" 。.!！")) is not None


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
