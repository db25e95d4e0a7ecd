"""What a parent far away who has not joined asks of the weekly contact: whether it must be, what counts, what if it is
missed, how to be reminded. Any text is taken; nothing here raises. The words are in `data/lexicon/contact_asked.txt`.
"""

from __future__ import annotations

from bot.reading.contact import weekly_asked
from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("contact_asked.txt")

JOIN = "join"
OF_CALLS = ("other", "carer_only")
"""In these 打 is to telephone."""
LONGEST = 70
_ALONE = ("told_to", "carer_only", "missed", "checked", "unreached", "look", "no_words_away", "time_apart", "weekly")
"""What is plain by itself, the first first."""
_GOING_ON = (
    *("bye", "director", "code", "no_reminder", "remind", "hours", "carer_only", "no_reply", "written", "missed"),
    *("hard", "other", "old", "seldom", "from_the_start", "checked", "why_law", "no_words", "weekly"),
)
"""What goes on from an answer of ours."""
_JOINING = ("code", "remind")


def read(text: str, *, goes_on: bool = False) -> str | None:
    """Which question it is, by the name of its answer; None: none. `goes_on`: whether one of these was just answered,
    so that no contact need be named: 才出来俩月 也要吗."""
    said = normalise(text[:LONGEST]).text
    if len(text) > LONGEST or _says("of_eligibility", said):
        return None
    kinds = _GOING_ON if goes_on else _ALONE
    kind = next((one for one in kinds if _says(one, said)), None)
    if kind is None and _says("联系", said):
        kind = next((one for one in ("no_reply", "written", "seldom") if _says(one, said)), None)
    if kind is None and _says("每周", said) and _says("remind", said):
        kind = "remind"
    return {**dict.fromkeys(_JOINING, JOIN), "no_words_away": "no_words"}.get(kind or "", kind)


def of_something_told(text: str) -> bool:
    """Whether it is asked what became of what was told another day, or by somebody who says whose parent he is:
    我是小虎他爸 昨天说的那事有人管没."""
    said = normalise("，".join(text[:LONGEST].split())).text
    before = _says("told_another_day", said) or _says("whose_parent", said)
    return len(text) <= LONGEST and before and weekly_asked.read(text) == weekly_asked.HANDLED


def of_a_child_at_home(text: str) -> bool:
    """Whether somebody far away passes on what the carer tells of the child: 他奶说孩子最近老哭."""
    return _says("passed_on", normalise(text[:LONGEST]).text)
