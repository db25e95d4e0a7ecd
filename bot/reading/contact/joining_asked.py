"""What somebody who joins asks, or says, beside the question that is open: how often he is written to, what it costs,
who sees it, what it is for; that he has no time; that he does not want it after all.

Any text is taken; nothing here raises. The words are in `data/lexicon/joining_asked.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("joining_asked.txt")

GIVES_UP = "gives_up"
ASKED = ("cost", "often", "seen", "what", "hurry")
LONGEST, SHORT = 40, 12


def read(text: str) -> tuple[str, ...]:
    """What is asked, of ASKED in its order, or GIVES_UP alone; empty: none of it."""
    said = normalise("，".join(text.split())).text
    if len(text) > LONGEST:
        return ()
    if _says(GIVES_UP, said):
        return (GIVES_UP,)
    return tuple(one for one in ASKED if _says(one, said))


def puts_hour_right(text: str) -> bool:
    """Whether somebody who has joined names another hour than the one that stands: 是晚上八点 不是七点."""
    said = normalise("，".join(text.split())).text
    return len(text) <= LONGEST and _says("hour_put_right", said) and not _says("of_a_call", said)


def hurries(text: str) -> bool:
    """Whether somebody says that he has no time, and nothing else: 我加班呢快点."""
    return len(text) <= SHORT and read(text) == ("hurry",)
