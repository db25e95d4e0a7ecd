"""Is a call that somebody writes of made already, still to come, another's to make, or only asked about?

马上给孩子打电话, 晚上视频, 你们给他打个电话吧 and 跟她唠点啥好 tell of no contact: taken for one
they would end the questions to a silent parent (WBF-23 counts what was done). What is not known to be done is not done.
"""

from __future__ import annotations

import re

MADE, AHEAD, OTHERS, ASKED = "made", "ahead", "others", "asked"
_CLAUSE_END = re.compile("[,。!?;\n]")
_WHEN = "刚|昨|前[天晚]|已经?|才|那天|[上头][个回次周天]|到[一二两三四五六七八九十0-9]+点"
_DONE = re.compile(
    "(?<![该点想])[了过完](?!吗|没)|的(?:$|电话|视频|语音)|[打聊唠](?:的|得)(?!时候)|来着|回的|半天|得挺|得可|俩?钟头|小时|里(?:给|跟|看)|"
    + _WHEN
)
"""The call was made: 打了, 视频过, 刚唠完, 晚上打的."""
_DONE_BEFORE = re.compile(_WHEN)
"""Before the call only its time tells so: in 我想孩子了 想打电话 the 了 is another's."""
_HABIT = re.compile(
    "每|天天|经常|隔[三天]|总|常|老(?!师|人|妈|爸|婆|公|家)|一直|一般|都是|都(?:打|视|跟|和|给|会|联|聊|唠)|按时|平时"
)
_SOON = (
    "马上|这就|立马|立刻|待会|呆会|等会|过会|(?<!了)一会儿?|回头|明[天早晚儿]|后天|大后天|今[晚夜]|晚上|下[了班]班?|周末|礼拜天|晚点|晚些|改天|"
    "抽空|有空|得空|下周|下个?礼拜|过[两几]天|这两天|尽量|争取|保证|以后|今后"
)
_MEANT = "打算|准备|计划|寻思|合计|琢磨|(?<!都)[想要得该会能](?!了)|应该|必须|盼|[我俺咱]去|等(?!于)|先(?!生)|再"
_AHEAD = re.compile(f"(?:{_SOON}|{_MEANT})")
_OWED = re.compile("(?:该|得|要|想)[^,。!?;]{0,8}$")
_WHEN_DONE = re.compile("等[我俺咱]?[^,。!?;于]{0,4}[打视通聊唠][完了]")
"""等我打完电话再说."""
_OTHERS = re.compile(
    "(?:你们?(?!说)|麻烦|帮[我俺忙]?|替|让|叫|求|请|劝)[^,。!?;]{0,8}$|(?:孩子|娃|他|她|闺女|儿子|丫头|小子)(?:想|要|说要|说想|等着?)[^,。!?;]{0,6}$"
)
_OF_WHAT = re.compile(
    "(?:说|聊|唠|谈|讲)(?:点|些)?儿?(?:啥|什么|哪些)(?!都|也)|咋(?:说|聊|唠|开口)|怎么(?:说|聊|唠|开口)|多久打|几[回次](?:电话|视频)?[才]?合适"
)
_PLANNED = re.compile(
    "(?:想|打算|准备|计划|寻思|[要能会等盼]|下个?月|年底|过年|[0-9一二三四五六七八九十]月份?)[^,。!?;]{0,6}$"
)
_NEAR = 14
"""Characters after a call in which words still speak about it."""


def told(text: str, start: int, end: int) -> str:
    """How the call told at `text[start:end]` (plain text) stands: one of `MADE`, `AHEAD`, `OTHERS`, `ASKED`."""
    before = _CLAUSE_END.split(text[:start])[-1]
    after = _CLAUSE_END.split(text[end : end + _NEAR], maxsplit=1)[0]
    call = text[start:end]
    done = _DONE.search(call + after) is not None or _DONE_BEFORE.search(before) is not None
    if _OF_WHAT.search(call + after) and not done:
        return ASKED
    if _HABIT.search(before + call):
        return MADE
    if _OTHERS.search(before) and not done:
        return OTHERS
    if _owed(before, call, after) or _WHEN_DONE.search(before + call) or (not done and _AHEAD.search(before + call)):
        return AHEAD
    return MADE


def _owed(before: str, call: str, after: str) -> bool:
    """该给孩子打电话了: its 了 says only that it is time."""
    done = _DONE.search(call.removesuffix("了") + after[1:]) or _DONE_BEFORE.search(before)
    return _OWED.search(before) is not None and done is None


def to_visit(text: str, start: int, end: int) -> bool:
    """Whether a visit told is one to come: 九月份想回去看他."""
    return _PLANNED.search(text[:start]) is not None and not text[end:].startswith(("了", "过"))
