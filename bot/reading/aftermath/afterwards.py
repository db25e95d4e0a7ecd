"""What somebody says after an emergency was told: questions of what to do now, news of the child, of who is with it, of
the need there, thanks. Any text is taken; never raises."""

from __future__ import annotations

import re
from functools import cache

from bot.reading import danger
from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise
from bot.reading.reports import asides
from bot.reading.talk import no_answer

LONGEST = 120
SAFE = frozenset(
    {
        "with",
        "safe_place",
        "found",
        "at_hospital",
        "taken_off",
        "better",
        "came",
        "school",
        "outside",
        "fed",
        "seized",
        "police_here",
        "arrived",
        "back_safe",
        "doctor_here",
    }
)
"""Kinds of news that help is there, or that the child is out of it for now."""
TELLS_TODAY = frozenset(
    {
        "came",
        "better",
        "school",
        "at_school",
        "with",
        "safe_place",
        "at_hospital",
        "found",
        "over",
        "arrived",
        "driven_off",
        "bullied_again",
    }
)
"""Kinds that tell how the child is, so that it need not be asked."""
HELP_IS_THERE = frozenset({"police_here", "taken_off", "seized", "stopped"})
"""Kinds of news that read like an alarm by a word of theirs (上车, 来了, 带走) and are none."""
CLOSES = ("thanks", "bye")
_MORE = re.compile(
    "还有|另外|对了|再说一[个句]|忘了说|^(?:先这样|就这些|就这样吧?)[,。]*(?!谢|再见|拜|有事|我先|我去).{7,}"
)
"""先这样 还有 他们要我的钱, 先这样 第三家敲门没人: whoever goes on does not take leave."""
_NOW = re.compile("^(?:[嗯恩哦噢啊]|行|好|中|知道了|好的|好嘞|[Oo][Kk])+[吧呗的了啊呢]?$")


def kind(text: str) -> str | None:
    """The kind of what is said, the first of `afterwards.txt` that fits. None: none of them."""
    said = normalise(text[:LONGEST]).text
    patterns, names = _lexicon()
    found = (names[at] for at in patterns.worth_trying(said) if patterns.compiled(at).search(said))
    fits = (
        name
        for name in found
        if not (name in SAFE and _nobody_is_with_it(text, name)) and not (name == "bye" and _MORE.search(said))
    )
    return next(fits, "heard" if _NOW.match(said) else None)


def _nobody_is_with_it(text: str, name: str) -> bool:
    """Whether words that sound like help tell that a child is alone (她奶住院了 孩子一个人在家), or that whoever writes
    has to stop, since somebody comes (等一下 来人了)."""
    waits = name == "came" and (other := no_answer.read(text)) is not None and other.kind == no_answer.WAIT
    return waits or "alone" in danger.read(text).kinds


def asks(text: str) -> bool:
    """Whether a question is put in so many words: 在外面呢 and 打我闺女的吧 ask nothing."""
    return _ASKS.search(normalise(text[:LONGEST]).text) is not None


def takes_leave(text: str) -> bool:
    """Whether somebody goes, and does not only pause (先这样, 先忙): he needs the code now."""
    return _LEAVES.search(normalise(text[:LONGEST]).text) is not None


def relieves(text: str) -> bool:
    """Whether words tell, beside something else, that somebody is not unwell or got out of the fumes: 不晕 我开门了."""
    return _RELIEF.search(normalise(text[:LONGEST]).text) is not None


def helped(text: str) -> bool:
    """Whether help is there or it stopped, in words that sound like an alarm, and nothing else goes on: 车到了 俺上车,
    警察叔叔来了, 他不砸门了."""
    if kind(text) not in HELP_IS_THERE:
        return False
    return asides.stopped(text) if kind(text) == "stopped" else danger.read(text).level != "emergency"


_ASKS = re.compile(
    "[吗?]|(?<![那这多要什怎])么|啥(?!都|也)|什么(?!都|也)|[咋谁哪](?!都|也)|怎么|多少|几[点个天]|能不能|会不会|是不是|有没有|要不要|用不用|行不|好不好"
)
_LEAVES = re.compile("拜拜|再见|晚安|就这些|不打[扰搅]|有事我?再找|不说了|bye")
_RELIEF = re.compile(
    "不(?:晕|吐|疼|恶心|难受|呛|迷糊)|(?:门|窗户?)(?:都)?(?:打)?开(?:了|着)|开(?:门|窗户?)了|(?:没|好)(?:啥)?事了?$"
)


@cache
def _lexicon() -> tuple[Patterns, tuple[str, ...]]:
    rows = [tuple(part.strip() for part in line.split(" | ", 1)) for line in lines("afterwards.txt")]
    return Patterns(row[1] for row in rows), tuple(row[0] for row in rows)
