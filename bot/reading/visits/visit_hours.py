"""From when to when a visitor was at a home, as he says it: 九点半到十点五十, 九点到的 十点走的, 九点半到的.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_CLOCK = "[0-9零一二两三四五六七八九十]{1,3}(?:点|:|：)(?:半|一刻|三刻|整|[0-9零一二三四五六七八九十]{1,3}分?)?"
_HOURS = re.compile(
    f"(?:(?:上午|下午|早上|中午|晚上|头晌|后晌) ?)?{_CLOCK}[到至—-]{{1,2}}(?:(?:上午|下午|中午|晚上) ?)?{_CLOCK}"
)
_CAME_AND_WENT = re.compile(
    f"(?P<came>{_CLOCK})(?:就|才)?(?:到|去|来|进|出|走|上)[^点]{{0,6}}?[,， ]*"
    f"(?P<went>{_CLOCK})(?:才|就)?(?:走|出来|回|完|离开|离|结束|到家|完事)"
)
_CAME = re.compile(
    "(?:我|俺|是|应该是?|今天|今儿|昨天|就|大概|差不多|他家|她家|那儿|,| )*"
    f"(?P<came>(?:上午|下午|早上|中午|晚上|头晌|后晌)?{_CLOCK})(?:钟|多|左右|就|才|那会儿)*"
    "(?:到|进|去)(?:的?(?:屋|门|院|家|他家|她家|那儿))?(?:的|了)?"
)
_AN_HOUR = 26
_BEGAN = re.compile(f"不是(?P<old>{_CLOCK})[,， ]*(?:而|应该)?是(?P<new>{_CLOCK})")


def of(text: str) -> str:
    """From when to when somebody was there, the last that is said: 九点半到十点五十; else when he came: 九点到."""
    found = _HOURS.findall(text)
    if found:
        return str(found[-1])
    both = _CAME_AND_WENT.search(text)
    if both is not None:
        return f"{both['came']}到{both['went']}"
    came = [hit["came"] for one in _CLAUSES.findall(text) if (hit := _CAME.fullmatch(one)) is not None]
    return f"{came[-1]}到" if came else ""


def only_came(clause: str) -> bool:
    """Whether a clause says when somebody came there, and nothing else."""
    return _CAME.fullmatch(clause) is not None


def corrected(text: str, hours: str) -> str:
    """The hours of a visit with the one put right in words: 不是九点，是八点半到的; empty where none of them is."""
    found = _BEGAN.search(text)
    return hours.replace(found["old"], found["new"], 1) if found is not None and found["old"] in hours else ""


def joined(before: str, now: str) -> str:
    """The hours told now; of one that only came then, the end that stood before is kept: 九点到十点, 九点半到 →
    九点半到十点."""
    _, said, end = before.partition("到")
    return f"{now}{end}" if now.endswith("到") and said and end else now


def only_hours(text: str) -> bool:
    """Whether a message says nothing but from when to when."""
    return _CAME_AND_WENT.search(text) is not None and len(text) <= len("".join(_CLAUSES.findall(text))) + 2 <= _AN_HOUR
