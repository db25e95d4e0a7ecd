"""What somebody who joined asks or wants in the middle of the week's talk: whether the director came, what
becomes of it if nobody comes, how often they come, to be called or visited, to call a child later, to give a new
number, what to talk about, whether a danger told is over, whether the week is done, what is noted, when and why it is
asked, what became of what was told, whether the child must be called without it, to be asked less often or not the
next time, work near home, whom to turn to who is kept from the child, that nobody is to be told.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.contact import worries
from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("weekly_asked.txt")

CAME, NOBODY_COMES, HOW_OFTEN = "came", "nobody_comes", "how_often"
CALL_ME, COME, LATER, NEW_NUMBER = "call_me", "come", "later", "number"
WHAT_TO_SAY, OVER, DONE = "what_to_say", "over", "done"
RECORDED, WHEN, WHY, NOT_NEXT, KEEP, SECRET = "recorded", "when", "why", "not_next", "keep", "secret"
LESS, RIGHTS, HOUR, JOBS = "less", "rights", "hour", "jobs"
STOP_DUTY, HANDLED, LEAVE = "stop_duty", "handled", "leave"
PENALTY, OTHER_JOINS, STAYS = "penalty", "other_joins", "stays"
LONGEST = 60
_KINDS = {"视频": "video", "电话": "call", "通话": "call", "语音": "call", "见面": "visit"}
_NUMBER = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_ONE_AFTER_ANOTHER = (
    *(OTHER_JOINS, PENALTY, STAYS),
    *(STOP_DUTY, LEAVE, CALL_ME, NOBODY_COMES, HOW_OFTEN, CAME, COME, HANDLED, WHAT_TO_SAY, OVER, LATER, DONE),
    *(RECORDED, NOT_NEXT, SECRET, RIGHTS, LESS, HOUR, JOBS, WHEN, WHY),
)
"""The names of their wordings in the order in which they are looked for: 让主任来看看 does not ask whether he came."""


def read(text: str) -> str | None:
    """Which of these a message is; None: none of them."""
    said = normalise(text[:LONGEST]).text
    if _says("new_number", text[:LONGEST]) and _NUMBER.search(text.replace(" ", "")):
        return NEW_NUMBER
    kind = next((kind for kind in _ONE_AFTER_ANOTHER if _says(kind, said)), None)
    return KEEP if kind is None and worries.keeps_to_himself(text) else kind


def asks_for_work(text: str) -> bool:
    """Whether work near home is asked for: that is no worry, wherever it is said."""
    return read(text) == JOBS


def nothing_else(text: str) -> bool:
    """Whether somebody only says that there is nothing: 没啥."""
    return _says.whole("nothing_else", normalise(text[:LONGEST]).text.strip(" 。,，!?"))


def kind_put_right(text: str) -> tuple[str, str] | None:
    """The kind of call that was really had, as records name it and as it was said: 不是视频 是语音; None: none is."""
    said = "，".join(text[:LONGEST].split())
    hit = _says.search("kind_put_right", said) or _says.search("kind_instead", said)
    if hit is None:
        return None
    kind = hit["kind"]
    written = "发" in text and kind not in ("视频", "电话", "通话")
    return ("text" if written else _KINDS.get(kind, "text")), kind


def for_today(text: str) -> bool:
    """Whether somebody has said enough for today: 先不唠了 提醒该发还发."""
    return _says("for_today", "，".join(text[:LONGEST].split()))


def forgotten(text: str) -> bool:
    """Whether something is told that was forgotten when the week was told: 昨天忘说了 昨晚跟我妈唠了."""
    return len(text) <= LONGEST and _says("forgotten", normalise("，".join(text.split())).text)


def so_long(text: str) -> bool:
    """Whether a message says nothing but how long something goes on: 也就三四天吧."""
    return _says.whole("so_long", normalise(text[:LONGEST]).text.strip(" ,。.!！"))


def of_another(text: str) -> bool:
    """Whether a number told is that of somebody else: 他妈换号了."""
    return _says("of_another", text)


def number(text: str) -> str:
    """The telephone number told; empty: none."""
    hit = _NUMBER.search(text)
    return hit.group() if hit is not None else ""
