"""Which short questions ask the rule just told once more: another figure put into it (五个半月呢), the figure itself
(几岁开始), or whether it is so (真的假的).

Letters find them in whatever rule has the same few characters; what they are about stands in the answer before them.
Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.policy.policy_words import plain
from bot.reading.talk import question_forms

LONGEST = 14
"""Characters of a question that only asks for a figure, or whether it is so."""
_DOUBTS = re.compile(
    "(?:这|那|你说的|说的)*(?:是)?(?:真的?假的?|真的吗?|真的呀|真有(?:这|那)?(?:个)?(?:规定|条|说法)|靠谱|准不准|准吗|准成)[吗么吧啊呀呢不]*"
    "|(?:你)?(?:能)?(?:确定|肯定|保证)(?:是这样)?[吗么吧不啊]*|(?:你)?(?:不是)?(?:瞎|胡)(?:说|编|扯)[的呢吧吗啊]*[吧吗]*"
    "|(?:不能|不会|不可能|不至于)吧|(?:这|那)*(?:是)?(?:谁|哪儿?|哪条|哪里)(?:说|定|规定|写)的?[啊呀呢]*"
    "|(?:有)(?:啥|什么)?(?:依据|根据|凭据)[吗么没不]*|凭[啥什]么?(?:这么说)?[啊呀呢]*"
)
_NUMBER = "(?:[0-9]+|[零一二两三四五六七八九十百半俩仨]+)"
_UNITS = dict.fromkeys(("周", "礼拜", "星期"), "周") | dict.fromkeys(("次", "回"), "次")
_UNITS |= {"小时": "时", **{unit: unit for unit in "月岁级天年"}}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_FIGURE = re.compile(f"{_NUMBER}(?:来|多)?(?:个|周)?(?:多|半)?({_UNIT})(?:多|半)?")
_ASKED = re.compile(
    f"(?:几|多少|多)(?:个|周)?({_UNIT})|(多大|啥岁数|什么年龄)|(多久|多长时间|期限|时限|几天|啥时候之前|什么时候之前)"
)
_HOW_LONG = re.compile(
    "(?:那|要是)?(?:失联|失踪|走失|下落不明|找不着人?|找不到人?)(?:的话)?(?:得|要|需要|满|到|够)*(?:多久|多长时间|几个月|几年|多少天)(?:才)?(?:算|行|够|能算)?[呢啊呀]?"
)
_TIME = frozenset("月天年周时")
_SAYS_NO_TERM = re.compile("没有?(?:写|规定|限)[^,。;]{0,4}(?:期限|几|多久|多长|年限|天)")
_STATES = "判|关|蹲|走|才|就|刚|满|正好|整|只|出去|了|的"
_FILLING = re.compile(
    f"^(?:那|要是|如果|若是|换成|假如|可)+|^(?:{_STATES})+|(?:呢|吗|也|算|行|要|得|可以|够|不|{_STATES})+$"
)
_STARTS = re.compile(
    "开始|为止|起|以[内上下]|之[内前]|才|算|得|要|能|可以|呢|啊|呀|就|满|是|到|那|具体|究竟|到底|来着|吗|的|说|行"
)


def doubts(text: str) -> bool:
    """Whether words ask nothing but whether it is so, or where it is written: 真的假的, 你确定吗, 谁规定的."""
    said = _bare(text)
    return len(said) <= LONGEST and _DOUBTS.fullmatch(said) is not None


def figure(text: str) -> tuple[str, str] | None:
    """The figure and its measure that are all a question puts into the rule just told; None: it puts more."""
    said = _bare(text)
    if len(said) > LONGEST or not (question_forms.continues(text) or question_forms.asks(text)):
        return None
    found = _FIGURE.search(said)
    if found is None or _FILLING.sub("", _FILLING.sub("", said[: found.start()])) or _rest(said[found.end() :]):
        return None
    put = plain(found.group())  # 半年 is 6个月 there
    measured = _FIGURE.search(put)
    return (put, _UNITS[measured[1]]) if measured else None


def asked(text: str) -> str | None:
    """The measure that is all a question asks for: 几岁开始, 多少天以内; None: it asks for more."""
    said = _bare(text)
    found = _ASKED.search(said)
    if len(said) > LONGEST or found is None or _rest(said[: found.start()] + said[found.end() :]):
        return None
    if found[2]:
        return "岁"
    return _UNITS[found[1]] if found[1] else "天"


def asks_how_long(text: str) -> bool:
    """Whether words only ask how long somebody must be lost for a rule (失联得多久), of nobody there is."""
    return _HOW_LONG.fullmatch(_bare(text)) is not None


def holds(answer: str, unit: str) -> bool:
    """Whether an answer speaks of a figure of that measure, or says that there is none."""
    units = {_UNITS[found[1]] for found in _FIGURE.finditer(answer)}
    of_time = unit in _TIME and _SAYS_NO_TERM.search(answer) is not None
    return unit in units or of_time


def asks_for(title: str, unit: str) -> bool:
    """Whether a known question asks for that measure: 书面告知要几天之内？"""
    found = _ASKED.search(title)
    if found is None:
        return False
    measure = "岁" if found[2] else _UNITS[found[1]] if found[1] else "天"
    return measure == unit or {measure, unit} <= _TIME


def names(titles: Iterable[str], put: str) -> bool:
    """Whether one of the known questions is about that very figure: 四级算不算."""
    return any(put in plain(title) for title in titles)


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。.、~～?？!！]+", "", text.strip())


def _rest(said: str) -> str:
    return _STARTS.sub("", _FILLING.sub("", said))
