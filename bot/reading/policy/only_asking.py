"""Whether who was asked about danger says that he only asks what is laid down: 不是 我就问问规定; and what is an answer
given with a 吧 behind it (也就三四天吧), which asks nothing.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

LONGEST, LONGEST_ANSWER = 40, 14
_ONLY = re.compile("就是?|只是?|光|不是|没(?:要|想)报|不(?:是要|想|用)?报|没(?:有)?危险|没事")
_ASKS_RULE = re.compile(
    "(?:问问?|问一?下|问个|打听(?:打听|一下)?|了解(?:了解|一下)?|知道|咨询(?:一下)?|想问)[^,。;!?]{0,12}"
    "(?:规定|政策|条款|说法|法律|法规|文件|条例|咋算|怎么算)"
)
_ABOUT = "也就|就是|就|大概|大约|差不多|可能|得有|得|应该是|应该|估计|估摸|好像|有|快|将近|顶多|最多|至少|不到|前后|是"
_NUMBER = "[零一二两三四五六七八九十百几半俩仨0-9]+(?:来|多)?(?:个)?(?:多|半)?"
_UNIT = "(?:天|年|月|岁|周|礼拜|星期|点|分钟?|小时|里地?|块钱?|口人?|级|号|宿)?"
_ABOUT_THEN = "(?:底|初|中旬|份|前后|左右|多|那会儿?|的时候|来钟|上下|来的)?"
_LOOSE = re.compile(f"(?:{_ABOUT})*(?:{_NUMBER}{_UNIT})+{_ABOUT_THEN}吧")


def of_the_rule(text: str) -> bool:
    """Whether words say that nothing is reported and only the rule is wanted."""
    said = normalise(text[: LONGEST + 1]).text
    return len(text) <= LONGEST and _ONLY.search(said) is not None and _ASKS_RULE.search(said) is not None


def answers_loosely(text: str) -> bool:
    """Whether words are a figure, a day or a time said with a 吧: 就四月底吧, 大概七八岁吧."""
    said = re.sub(r"[\s,，。.!！~～]+", "", normalise(text[: LONGEST_ANSWER + 1]).text)
    return len(said) <= LONGEST_ANSWER and _LOOSE.fullmatch(said) is not None
