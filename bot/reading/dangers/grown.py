"""Whether a grown-up was hurt at work, and no child is spoken of: 我工友从架子上摔下来了. Somebody has to call
120; it is no report of a child."""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import regex
from bot.reading.normalise import normalise

LONGEST = 80
_WHO = re.compile(
    "(?:我|俺|咱)(?:家)?(?:爸爸?|妈妈?|爹|娘|公公|婆婆|老丈人|丈母娘|老公|媳妇|老婆|对象|爱人)|工友|同事|工人|师傅|老乡|班组"
)
_AT_WORK = re.compile("工地|架子|厂[里子]|车间|上班|上工|干活|矿上|井下|塔吊|机器|工友|同事|师傅")
_NO_CHILD = re.compile("(?:不是|没有?)(?:小)?孩子|是大人|是我(?:爸|妈|爹|娘|老公|媳妇)")
_CALLED = re.compile(
    "(?:打|叫|拨)(?:完|过|了|上)*(?:120|急救|救护车)(?:了|过|来|$)|(?:120|救护车)[^,。!?;]{0,4}(?:打|叫|拨|来)(?:完|过|了|着)"
)
_HURT = re.compile("摔|[掉吊跌坠]下|砸|轧|绞|触电|电着|出血|流血|骨折|烫|烧|撞")


def hurt_at_work(text: str) -> bool:
    """Any text is taken; never raises."""
    said = normalise(text[:LONGEST]).text
    told = _WHO.search(said) and _AT_WORK.search(said) and _HURT.search(said)
    return bool(told) and len(text) <= LONGEST and _child().search(said) is None


def no_child(text: str) -> bool:
    """Whether somebody says that it is no child he speaks of: 是我爸不是孩子 我28了."""
    return len(text) <= LONGEST and _NO_CHILD.search(text) is not None


def called_help(text: str) -> bool:
    """Whether somebody says that 120 was called: 打完120了."""
    return len(text) <= LONGEST and _CALLED.search(text) is not None


@cache
def _child() -> re.Pattern[str]:
    return re.compile(regex("({孩}/{学生}/孩/娃/年级/学校/岁)"))
