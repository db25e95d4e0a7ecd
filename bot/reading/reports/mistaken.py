"""What whoever told a report says of it afterwards: that it was a mistake (报错了 不是那回事), and whether he will hear
how it ended (处理完了能告诉我一声不). Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import told

LONGEST = 40
_MISTAKEN = re.compile(
    "不是那么?回事|看走眼|(?:是|都是|一场)误会|虚惊|(?:报|搞|弄|整|闹)(?:错|岔|差|拧)了(?![,。 ]*(?:是|应该|叫))"
    "|(?<!没人)(?:不用|不要|别|甭)(?:你们?|再)?(?:管|查|来人?|去人?)了"
    "|^(?:那|这个|我|都|给我)*(?:取消|作废|销)(?:了|掉)?(?:吧|这个|这条|报告|举报)*(?=$|[,。 ])"
)
_DENIES = re.compile("没(?:有)?(?:报|搞|弄|整)错|别取消|不取消|[吗么?？]$|能不能|咋|怎么")
_TELL_ME = re.compile(
    "(?:完|办|处理|解决|结果|信儿?|消息|进展|下文|有人管)[^。?？]{0,12}(?:告诉|通知|给|跟|回|吱)(?:我|俺)?[^。?？]{0,6}(?:一声|个?信儿?|个?话|我|俺|说|声)"
    "[^。?？]{0,4}(?:不|吗|么|吧|呗|行不|行吗|啊|嘛)?[?？]?$"
)
_WHEN = re.compile("啥时候|什么时候|多久|几天|多长|哪天|多会儿|咋|怎么")


def is_one(text: str) -> bool:
    """Whether somebody says that what he reported was a mistake, or is to be stopped; danger goes first."""
    said = normalise(text[:80]).text
    if len(text) > LONGEST or _DENIES.search(said) or _MISTAKEN.search(said) is None:
        return False
    return set(danger.read(text).kinds) <= {danger.HUNCH} and not told.read(text).signs


def wants_to_hear(text: str) -> bool:
    """Whether somebody asks to be told how it ended; when that will be is another question."""
    said = normalise(text[:80]).text
    if len(text) > LONGEST or _WHEN.search(said) or told.read(text).signs:
        return False
    return set(danger.read(text).kinds) <= {danger.HUNCH} and _TELL_ME.search(said) is not None
