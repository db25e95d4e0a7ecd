"""Whether the first word of an answer (要, 能, 必须) answers what was asked: 监护权是不是就归她了 asks for no 要.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

_BARE = re.compile(
    "(?:(?P<must>要[听报]?|必须|不用|得)|(?P<may>能|不能|可以|不可以|行)|(?P<will>会|不会)|(?P<counts>算|不算))。"
)
_ASKS = {
    "must": re.compile("要|用不用|不用|必须|[得该]|非"),
    "may": re.compile("能|可以|行|中[吗不]|成[吗不]|让|许|准"),
    "will": re.compile("会|能不能"),
    "counts": re.compile("算|是不是|属"),
}


def answers_another(answer: str, text: str) -> bool:
    """Whether an answer begins with a bare yes or no to a question that was put in another way."""
    found = _BARE.match(answer)
    if found is None or not text:
        return False
    kind = str(found.lastgroup)
    return _ASKS[kind].search(normalise(text).text) is None
