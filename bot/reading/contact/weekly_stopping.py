"""Whoever is asked every week wants it to end, to rest for a time, to be left in peace just now, or to go on again.

Short messages of people who joined; of whom a sentence is not plain is not stopped. Any text is taken; nothing here
raises. The words are in `data/lexicon/weekly_stopping.txt`.
"""

from __future__ import annotations

from bot.reading.contact import weekly, weekly_asked
from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("weekly_stopping.txt")

ENDS, RESTS, NOT_NOW = "ends", "rests", "not_now"
LONGEST = 40
_ELSE = (weekly_asked.LESS, weekly_asked.NOT_NEXT, weekly_asked.HOUR, weekly_asked.NEW_NUMBER)


def read(text: str) -> str | None:
    """ENDS (退订, 别老给我发), RESTS for a time (这阵子先停, 下个月再说), NOT_NOW (别问了 我上班去了); None: on."""
    if len(text) > LONGEST or weekly_asked.read(text) == weekly_asked.STAYS:
        return None  # 还周日问 别给我关了
    said = _plain(text)
    stops, rests = _says("stop", said) or weekly.read(text).items.get("stop") == "yes", _says("rest", said)
    for_now = _says("for_now", said)
    if not (stops or rests or for_now) or _says("not_meant", said):
        return None
    if not (rests or _says("to_me", said)) and weekly_asked.read(text) in _ELSE:
        return None  # 你们别老发 is answered with how seldom it is, and a way to stop
    if not rests and _says("busy", said):
        return NOT_NOW
    return RESTS if rests or for_now else ENDS


def of_messages(text: str) -> bool:
    """Whether the weekly messages are what is spoken of, whatever else is open: 就是别给我发消息了, 退订."""
    return weekly.read(text).items.get("stop") == "yes" or _says("messages", _plain(text))


def later(text: str) -> bool:
    """Whether somebody asked just now will answer when he has time: 等我下班再弄."""
    return len(text) <= LONGEST and _says("busy", _plain(text))


def goes_on(text: str) -> bool:
    """Whether somebody who stopped wants to be asked again: 接着发吧, 又能收了."""
    said = _plain(text)
    return len(text) <= LONGEST and _says("resume", said) and read(text) is None


def _plain(text: str) -> str:
    """The words with their clauses apart: where a space stood, one ends."""
    return normalise("，".join(text.split())).text
