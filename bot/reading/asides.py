"""What a message says beside what it tells: that nobody should hear of it, that the writer himself wants to die."""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.normalise import normalise

_SECRECY = re.compile(
    "(?:别|不要|不能|不许|千万别|可别|求你别)(?:跟|和|让|给|告诉|叫|对)?[^,。!?;]{0,6}(?:告诉|知道|说出去|说是我|讲出去|通知|联系|找)"
    "(?:我?[爸妈爹娘爷奶叔舅]|老师|家里|家长|他们?|她们?|别人|任何人|村里|学校|我|$)"
    "|(?:别|不要|千万别|可别)(?:告诉|(?:跟[^,。!?;]{1,4})?说(?:是我|我))|(?:能|可以|会|帮我|给我)[^,。!?;]{0,3}保密|保密[吗啊吧行]|会不会(?:知道|告诉|说)[^,。!?;]{0,4}(?:是我|我)"
)
_SOMEBODY_ELSE = re.compile(
    "[他她]|孩子|儿子|女儿|闺女|姑娘|孙|弟|妹|同学|同桌|室友|学生|邻居|媳妇|侄|外甥|娃|丫头|小子|朋友|网友|班里|有人|人家"
)


def wants_secrecy(text: str) -> bool:
    """Whether somebody asks that another person does not hear of it. Any text is taken; never raises."""
    return _SECRECY.search(normalise(text[:400]).text) is not None


def own_pain(text: str) -> bool:
    """Whether words of self-harm are the writer's own: nobody else is spoken of before them."""
    hits = [span for span in danger.read(text).evidence if span[2] == "self_harm"]
    return bool(hits) and _SOMEBODY_ELSE.search(text[: hits[0][1]]) is None
