"""What somebody who told a report asks back: whether what he put right is changed (改过来没), what stands there now
(你记的是哪个村), whether one thing of it is kept, and how he will learn how it went on (以后我咋知道咋处理的).

The words are in `data/lexicon/asked_back.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import told
from bot.reading.wordings import Wordings

CHANGED, HELD, NOTED, LEARN = "changed", "held", "noted", "learn"
LONGEST = 32
FIELDS = {
    "place": "村屯镇乡县地区哪儿楼单元址",
    "child_ref": "岁孩娃名叫",
    "when": "时天",
    "safe_contact": "电话号码手机",
}
OFFICES = {"education": ("教育", "教体"), "police": ("派出所", "公安", "报警", "报案")}
"""Words by which it asks whether it is kept that an office was told."""
"""Characters by which such a question names what it is about."""
_says = Wordings("asked_back.txt")


def kind(text: str) -> str | None:
    """Which of these a message asks; None: none, or it tells of harm or of danger."""
    if len(text) > LONGEST or not set(danger.read(text).kinds) <= {danger.HUNCH} or told.read(text).signs:
        return None
    said = (
        (CHANGED, _says("changed", text)),
        (HELD, _says("held", text)),
        (NOTED, _says("noted", text)),
        (LEARN, _says("learn", text)),
    )
    return next((name for name, so in said if so), None)


def office(text: str) -> str | None:
    """The office of which it asks whether it is kept that it was told: 教育局那条记上没. None: of none."""
    return next((name for name, words in OFFICES.items() if any(word in text for word in words)), None)


def field(text: str) -> str | None:
    """The field such a question is about; None: it names none."""
    return next((name for name, marks in FIELDS.items() if any(mark in text for mark in marks)), None)
