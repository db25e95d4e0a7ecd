"""What a director says to the record of a visit itself: a slip put right, go on with that one, store it as it stands, how
often a home is due. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading import corrections
from bot.reading.normalise import normalise

LONGEST = 80
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_ORDERS = re.compile(
    "(?:你|您)?(?:给|帮|替)?(?:我|俺)?(?:赶紧|快|再)?(?:改|更正|修改|纠正|整)(?:一下|一改|过来|回来|改|了)(?:吧|呗|啊)?|(?:你|您)?(?:给|帮)(?:我|俺)改(?:改|一下|过来)?"
)
"""The wish itself, which tells nothing of the visit: 你给我改过来."""
_GOES_ON = re.compile(
    "(?:接着|继续|接上|往下|回头)(?:再|来|给)?(?:整|写|记|弄|来|办|录|填|说|补)|(?:还)?没(?:写|整|记|弄|录|填|说|报)(?:完|利索|好)|(?:补|续|接)上(?:吧|去|呗)?$|(?:写|整|记|弄|录|填)到(?:哪|一半)"
)
_STORES = re.compile(
    "(?:对|嗯|恩|中|妥|行|好|就这些|没了|没错|没毛病|可以|那|得了|就)*(?:这么|这样|按这个|照这个)?(?:给我|帮我)?(?:存上|存了?|保存|存一下|存好|存着|交了?|交上|提交|记上)[吧呗了啊得]*"
)
_HOW_OFTEN = re.compile(
    "(?:多久|多长时间|隔多久|几个月|多少天|(?:每|一|俩|两|三|仨|半)(?:年|个?月|个?礼拜|个?星期|周|季度?))[^,。!?;]{0,6}(?:去|走|上门|访|看|跑)[^,。!?;]{0,3}(?:[一1两三几]|俩|仨)(?:回|次|趟)"
)
_ASKS_SO = re.compile("[吗么嘛呗?？]|[吧呢](?:$|[,，。 ])|对不|是不|几|多久|多长|隔多|记(?:混|不住|不清)|忘")


def put_right(text: str) -> tuple[str, str] | None:
    """What holds now and what was told instead (either may be empty), where a message puts a slip right. None: none."""
    found = corrections.read(text)
    if found is None or len(text) > LONGEST:
        return None
    new = " ".join(one for one in found.new.split(" ") if one and not _ORDERS.fullmatch(one))
    old = found.old if not found.in_one_breath else ""
    return (new, old) if new and (found.plain or old) else None


def goes_on(text: str) -> bool:
    """Whether a message wants to go on with a record left unfinished: 一诺那个没写完吧 接着整."""
    return _GOES_ON.search(text[:LONGEST]) is not None


def told_with(text: str, names: tuple[str, ...]) -> str:
    """What a message tells beside that it goes on with the record of somebody named."""
    told = [one for one in _CLAUSES.findall(text) if not (_GOES_ON.search(one) or _only_named(one, names))]
    return " ".join(told)


def _only_named(clause: str, names: tuple[str, ...]) -> bool:
    return any(name in clause and len(clause) <= len(name) + 4 for name in names)


def stores_it(text: str) -> bool:
    """Whether a message only says that the record is to be stored: 对 就这么存."""
    return _STORES.fullmatch("".join(_CLAUSES.findall(text[:LONGEST]))) is not None


def asks_how_often(text: str) -> bool:
    """Whether somebody asks, or wants confirmed, how often a home is due: 一般的是一个月去一回呗."""
    said = normalise(text[:LONGEST]).text
    return _HOW_OFTEN.search(said) is not None and _ASKS_SO.search(text[:LONGEST]) is not None
