"""Which of several children each part of a message tells of: 就跟老大视频的 小的睡了, 弄反了 小的视频 大的没见着."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.contact import weekly
from bot.reading.normalise import normalise

_BETWEEN = re.compile(r"[\s,，。;；!！]+")
_KID = "[的娃宝]|闺女|姑娘|丫头|儿子|小子"
_ELDEST = re.compile(f"老大|大(?:{_KID})")
_YOUNGEST = re.compile(f"老小|老疙瘩|小(?:[的娃宝]|闺女|姑娘|丫头|儿子)|二(?:{_KID})")
_NUMBERED = {"老二": 1, "老三": 2, "老四": 3}
_ONLY = re.compile("^[^,]{0,3}(?:就|只|光)[是跟和给]")
_SWAPPED = re.compile("[弄说搞记整讲]反了|反过来|说[倒颠]了")
_CHILD = f"老大|老二|老小|大(?:{_KID})|小(?:[的娃宝]|闺女|姑娘|丫头|儿子)|二(?:{_KID})"
_INSTEAD = re.compile(
    f"不是(?:跟)?(?:{_CHILD})[,， ]*(?:而)?是(?:跟)?(?P<a>{_CHILD})|"
    f"[错串反岔]了[^。!?;]{{0,6}}?是(?:跟|给)?(?P<b>{_CHILD})"
    f"|不对[,，。 ]*(?:应该)?是(?:跟|给)?(?P<c>{_CHILD})"
)
"""不是老大是老二, 错了是小的: of two it was the other who was called."""
_APART = re.compile(
    f"(?<=[^\\s,，。])(?:就是|不过|但是|可是|然后)(?=(?:{_CHILD}))"
    f"|(?<=[好了的错差行疼])(?=(?:{_CHILD})(?:也|就|还|没|有|挺|是|不|倒|感|咳|学|考))"
)
"""Where another child comes without a pause, as words spoken to a telephone are written: 都挺好的就是小的咳嗽."""
_NONE = re.compile("没(?:见|打|联系|唠|视频|说上|碰|聊|接)|没有?$")
_CALLED = re.compile("(?:视频|电话|语音|见面|打|接|唠|聊)(?:的|了|过)?$")
_HOW = {"life", "study", "mood"}
LONGEST, ENOUGH = 120, 2


@dataclass(frozen=True)
class Each:
    """What was said of each child, eldest first, empty of whom nothing was; `only`: the one who alone was called;
    `swapped`: what was told before was of the other; `instead`: of two this one was called, not the other;
    `common`: what was said before any of them was named, and holds of all."""

    said: tuple[str, ...]
    only: int | None = None
    swapped: bool = False
    instead: int | None = None
    common: str = ""


def read(text: str, many: int) -> Each | None:
    """Read a message about `many` children, two or more. None: it sets none of them apart."""
    if many < ENOUGH:
        return None
    said, now, only, common = [""] * many, None, None, ""
    for told in _BETWEEN.split(_APART.sub(" ", text[:LONGEST])):
        part = normalise(told).text
        named = _named(part, many)
        now = named if named is not None else now
        if now is None:
            common = f"{common} {part}".strip()
            continue
        said[now] = f"{said[now]} {part}".strip()
        alone = named is not None and _ONLY.search(part) is not None and not _HOW & weekly.read(part).items.keys()
        only = now if alone else only  # 就是小的有点咳嗽 says of calls nothing
    swapped = many == ENOUGH and _SWAPPED.search(text) is not None
    hit = _INSTEAD.search(normalise(text[:LONGEST]).text) if many == ENOUGH and not swapped else None
    instead = _named(hit["a"] or hit["b"] or hit["c"], many) if hit is not None else None
    return Each(tuple(said), only, swapped, instead, common) if any(said) or swapped else None


def contact(said: str) -> str | None:
    """Whether what was said of one child says that it was called: yes, no; None: nothing of that."""
    found = weekly.read(said).items.get("contact")
    if found is not None:
        return found
    if _NONE.search(said):
        return "no"
    return "yes" if _CALLED.search(said) else None


def _named(part: str, many: int) -> int | None:
    for name, place in _NUMBERED.items():
        if name in part and place < many:
            return place
    if _ELDEST.search(part):
        return 0
    return many - 1 if _YOUNGEST.search(part) else None
