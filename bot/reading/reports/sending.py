"""What is said where a report was read back: it may go, in whatever words; it had better not go; that was only anger.

The words are the lines `send`, `keep_it`, `stop` and `cross` of `data/lexicon/no_answer.txt`: here they are the answer.
Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.talk import no_answer
from bot.reading.talk.answers import short_answer

SEND, KEEP, STOP, CROSS = "send", "keep_it", "stop", "cross"
LONGEST = 28
_SENT_ALREADY = re.compile("[我俺]?(?:都|已经|早)*(?:报|交|发|转|送)了(?:啊|呀|的)*")
"""At the end of a talk 报了 says that the police, or somebody else, heard of it."""
_BESIDE = frozenset({KEEP, CROSS, no_answer.WAIT, no_answer.FILLER, no_answer.AGREES, no_answer.BYE, no_answer.GRUMBLE})
_PLAIN_ORDERS = re.compile("取消|撤|停|退出|结束|不举报|不反映")
"""Who stops in these words has said so plainly enough."""


def sends(text: str) -> bool:
    """Whether somebody lets the report go, and tells nothing with it: 交吧交吧, 对 就这样, 等等 别撤 报上去啊.

    Of a wish to stop and a wish to send the last one counts.
    """
    return _last(text) == SEND


def stops(text: str) -> bool:
    """Whether somebody had rather not send it, for no reason but that it seems of no use: 糊弄人 算了."""
    return _last(text) == STOP


def complains(text: str) -> bool:
    """Whether somebody only says that it is of no use: 净糊弄人, 白费劲."""
    read = no_answer.clauses(text) if len(text) <= LONGEST else []
    each = all(some & {CROSS, no_answer.FILLER, no_answer.GRUMBLE} for _, some in read)
    return each and any(CROSS in some for _, some in read)


def is_cross(text: str) -> bool:
    """Whether there is anger in such a wish."""
    return any(CROSS in some for _, some in no_answer.clauses(text))


def orders_to_stop(text: str) -> bool:
    """Whether the wish to stop is an order, with no anger in it, that wants no asking back: 取消."""
    return _PLAIN_ORDERS.search(text) is not None and not is_cross(text)


def _last(text: str) -> str | None:
    """What the message comes to, where each clause of it belongs to such a wish."""
    read = no_answer.clauses(text) if len(text) <= LONGEST else []
    said = [_kind(clause, some) for clause, some in read]
    wishes = [one for one in said if one in (SEND, STOP)]
    return wishes[-1] if wishes and None not in said else None


def _kind(clause: str, kinds: frozenset[str]) -> str | None:
    if _SENT_ALREADY.fullmatch(clause):
        return None
    for kind in (SEND, STOP):
        if kind in kinds:
            return kind
    plain = short_answer(clause)
    if plain == "cancel":
        return STOP
    return KEEP if kinds & _BESIDE or plain == "yes" else None
