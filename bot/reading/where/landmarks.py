"""What stands near is put right: 不对 超市叫家佳旺, 不是北广场 南广场, 说错了 是粮库后边. No table knows such names:
the words told before tell which of them is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 40
_SLIP = re.compile("^(?:[啊哦噢诶哎呀]|不对|错了|说错了?|写错了?|打错了?|记错了?|应该|[ ,，。])+(?:是|叫)?(?=.)")
_NOT_OLD = re.compile("不是(?P<old>[^ ,，。是]{2,12})[ ,，。]+(?:是|叫|应该是)?(?P<new>[^ ,，。]{2,14})$")
_KINDS = "超市|商店|小卖[部店]|饭[店馆]|药[店房]|网吧|旅店|宾馆|学校|幼儿园|小区|广场|市场|银行|诊所|加油站|公园|工厂"
_CALLED = re.compile(f"(?P<kind>{_KINDS})(?:名字|名)?(?:叫|是) ?(?P<name>[^ ,，。]{{1,10}})")
_BESIDE = "(?:前边|后边|前面|后面|前头|后头|旁边|边上|对面|门口|附近|隔壁|楼下|东边|西边|南边|北边|道南|道北|出口)"
_VILLAGE = re.compile("[^ ,，。省市县区镇乡在住是]{1,6}(?P<kind>[村屯])")
_NEAR = re.compile(f"[^ ,，。]{{1,10}}{_BESIDE}")


def put_right(told: Iterable[str], text: str) -> tuple[str, str] | None:
    """What was told and what holds instead. None: no landmark told before is put right by these words.

    `told`: the words in which the place was told.
    """
    if len(text) > LONGEST:
        return None
    words = [*told]
    hit = _NOT_OLD.search(text.strip())
    if hit is not None and any(hit["old"] in one for one in words):
        return hit["old"], hit["new"]
    slip = _SLIP.match(text.strip())
    new = text.strip()[slip.end() :].strip() if slip is not None else ""
    if (called := _CALLED.fullmatch(new)) is not None:
        before = (one for said in reversed(words) for one in _CALLED.finditer(said) if one["kind"] == called["kind"])
        return _instead(before, new)
    if (village := _VILLAGE.fullmatch(new)) is not None:
        before = (one for said in reversed(words) for one in _VILLAGE.finditer(said) if one["kind"] == village["kind"])
        return _instead(before, new)
    if _NEAR.fullmatch(new) is not None:
        return _instead((one for said in reversed(words) for one in _NEAR.finditer(said)), new)
    return None


def _instead(before: Iterable[re.Match[str]], new: str) -> tuple[str, str] | None:
    old = next((one.group() for one in before), "")
    return (old, new) if old and old != new else None
