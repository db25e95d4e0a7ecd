"""What a guardian says of a child being asked here: it may join as well, or it shall not be asked any more."""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

_CHILD = "(?:[我俺咱](?:们)?家?的?)?(?:孩子|小孩|娃|娃娃|儿子|小子|闺女|姑娘|女儿|丫头|老[大二三])"
_JOINS = re.compile(
    f"^(?:我?(?:想|要|想要|能不能|可以|可不可以)?(?:给|让|帮|替))?{_CHILD}(?:自己)?(?:能不能|可不可以|可以|能|想)?(?:也|一起)?"
    "(?:来)?(?:加入|登记|注册|加进来|加上|参加|开一个|开个)(?:一下|进来)?(?:行不行|行吗|可以吗|好吗|吗|呢|吧|了)?$"
)
_NO_MORE = re.compile(
    f"^(?:我?(?:不想|不要|不让|不同意|不准|别让)(?:再)?{_CHILD}(?:再)?(?:加入|登记|参加|被问|用)|"
    f"(?:以后)?(?:别|不要|不用|不许)(?:再)?(?:问|找|给){_CHILD}(?:发|发消息|发问题)?|"
    f"(?:让|给)?{_CHILD}(?:退出|退了|不加入|不参加))(?:了|吧|啦)?$"
)


def registers_child(text: str) -> bool:
    """给孩子也加入, 能不能让我闺女也登记一下: a guardian wants the child to join."""
    return _JOINS.match(_said(text)) is not None


def takes_back(text: str) -> bool:
    """别再问孩子了, 不让孩子加入了: a guardian does not want the child to be asked any more."""
    return _NO_MORE.match(_said(text)) is not None


def _said(text: str) -> str:
    return normalise(text).text.strip(" ,。!?;~")
