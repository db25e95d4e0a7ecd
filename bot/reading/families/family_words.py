"""What the lines of `data/lexicon/family.txt` say of a household, a parent or the child, where it is said and not
denied.

Any plain text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from bot.reading.lexicon import Patterns, lines

Value = str | int
_CLAUSE = re.compile("[,。!?;\n]")
_DENIED = re.compile("(?:(?:没有?|不|未)(?:出|外出|出门|往外|上外地|去外地)?|不是|没在|并没有?|不算|没得过?)$")
DOUBT = re.compile(
    "好像|可能|也许|听说|说不清|不确定|估计|怀疑|八成|没准|不知道是不是|不知道有没有"
    "|是不是|(?<!没)有没有|拿不准|说不准|应该是|maybe|perhaps|not sure"
)


def hits(whom: str, said: str, soft: Collection[int] = ()) -> Iterator[tuple[str, Value, int, int, bool]]:
    """Every line of the lexicon for `whom` that is said and not denied: the first that speaks of a fact decides it.
    `soft`: where spaces stood; a question behind one (没有低保 有没有钱拿) puts nothing told before it in doubt."""
    patterns, rows = _lexicon(whom)
    decided: set[str] = set()
    for index in patterns.worth_trying(said):
        fact, value, sure = rows[index]
        if fact in decided:
            continue
        hit = next(
            (hit for hit in patterns.compiled(index).finditer(said) if not _DENIED.search(said[: hit.start()])), None
        )
        if hit is not None:
            decided.add(fact)
            ends = min((at for at in soft if at >= hit.end()), default=len(said))
            before, after = _CLAUSE.split(said[: hit.start()])[-1], _CLAUSE.split(said[hit.start() : ends])[0]
            yield fact, value, *hit.span(), sure and not DOUBT.search(before + after)


@cache
def _lexicon(whom: str) -> tuple[Patterns, tuple[tuple[str, str, bool], ...]]:
    split = [[part.strip() for part in line.split("|")] for line in lines("family.txt") if "|" in line]
    chosen = [row for row in split if row[0] == whom]
    told = [(fact.strip(), value.strip()) for fact, _, value in (row[1].partition("=") for row in chosen)]
    return Patterns(row[2] for row in chosen), tuple((f, v.rstrip("?"), not v.endswith("?")) for f, v in told)
