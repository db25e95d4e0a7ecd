"""Whether somebody whose words were taken for danger says that nothing of the kind was meant, or that nothing happened:
啥110啊 没出啥事, 孩子好好的 我就想查算不算留守.

The words are in `data/lexicon/false_alarm.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import asides
from bot.reading.wordings import Wordings

LONGEST = 80
_says = Wordings("false_alarm.txt")
_CLAUSES = re.compile("[^,，。;；!！?？\\s]+")


@dataclass(frozen=True)
class Denial:
    """What was said against the alarm. `misheard`: nothing of the kind was meant; `wants`: he goes on with something
    else."""

    misheard: bool
    wants: bool


def read(text: str) -> Denial | None:
    """None: nothing is denied, or something else is told of, or that the danger went by (没动静了)."""
    said = [normalise(one).text for one in _CLAUSES.findall(text[:LONGEST])]
    misheard, well = (any(_says(name, one) for one in said) for name in ("misheard", "well"))
    if len(text) > LONGEST or not (misheard or well):
        return None
    news = {asides.ALARM, asides.RETURNED, asides.OVER, asides.FOUND} & asides.kinds(text)
    if news or not set(danger.read(text).kinds) <= {danger.HUNCH}:
        return None
    return Denial(misheard, any(_says("wants", one) for one in said))
