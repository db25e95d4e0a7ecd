"""What somebody who told wants of us all at once: that it were never said, or that we wait with him; and that another
number than 110 was called. Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

LONGEST, LONGEST_WAIT = 40, 16
_UNSAYS = re.compile(
    "(?:当|算)(?:作|成|是)?(?:我|俺)?(?:啥|什么)?(?:都|也)?没(?:有)?(?:说|讲|报|提)(?:过|了)?|当没(?:这|那)(?:回|个|件)?事"
    "|(?:我|俺)(?:刚才|刚刚|前面)?(?:啥|什么)(?:都|也)没(?:有)?说(?!出|清|完)|(?:你|您)(?:就)?(?:忘了吧|别当真|当没听见|当没看见)"
    "|(?:能不能|可不可以|可以|能|帮我)(?:不算|删(?:了|掉)|收回)(?!.{0,6}(?:照片|视频|号))|(?:收回|撤回)(?:我)?(?:刚才|前面)?(?:说)?的话"
)
_WAITS = re.compile(
    "(?:我|俺)(?:就)?(?:在这|在这儿|在屋里|这边)?等(?:着|你|你们|您|他们|人|一?会)|^(?:嗯|好|行|那|我|就)*等着"
)
_RESCUE = re.compile(
    "(?:120|119|急救|救护车|消防)(?:也|都|已经|我|刚|刚刚)*(?:打|叫|拨|喊|来|到)(?:了|完了?|过了?|通了?|好了)"
    "|(?:打|叫|拨|喊)(?:了|完了?|过了?|通了?|好了)?(?:120|119|急救(?:车|电话)?|救护车|消防)(?:了|完了?|过了?|来了)"
    "|(?:打|叫|拨|喊)(?:了|完了|过了|通了|好了)(?:120|119|急救|救护车|消防)"
)
_NOT_DONE = re.compile("没(?:有)?(?:打|叫|拨|人接|通)|打不通|占线|要不要|用不用|该不该|[吗么?]|还没")


def unsays(text: str) -> bool:
    """Whether somebody wishes that he had not told: 能不能当我没说过."""
    return len(text) <= LONGEST and _UNSAYS.search(normalise(text).text) is not None


def waits(text: str) -> bool:
    """Whether somebody says that he waits now: 嗯 那我等着."""
    return len(text) <= LONGEST_WAIT and _WAITS.search(normalise(text).text) is not None


def rescue_called(text: str) -> bool:
    """Whether somebody says that doctors or the fire brigade were called, and the police not: 120打完了."""
    said = normalise(text[:80]).text
    return _RESCUE.search(said) is not None and "110" not in said and _NOT_DONE.search(said) is None
