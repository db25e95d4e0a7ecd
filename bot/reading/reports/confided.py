"""What a child that writes, and is in no emergency, is afraid of or sad about: that it gets worse when it is known,
that nobody believes it, that it was told before in vain, that it cannot sleep, that it promised a friend to be silent;
and what it asks us: what a helpline is, whom it can tell, whether that is telling tales.

The words are in `data/lexicon/confided.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("confided.txt")

KINDS = (
    *("fee", "hotline", "whom_to_tell", "telling_tales", "stay", "find_them", "hates_me", "promised"),
    *("scolded", "revenge", "come_school", "bullied_again", "unbelieved", "in_vain", "hungry", "sad", "here"),
)
"""In this order: what was told of others is answered before how it feels about it."""
HERE = "here"
"""It only asks whether we are there: nothing is told by it."""
LONGEST = 60


def kind(text: str) -> str | None:
    """Which of `KINDS` a message confides; None: none of them, or it is so long that it tells more."""
    if len(text) > LONGEST:
        return None
    said = normalise(text).text
    return next((name for name in KINDS if _says(name, said)), None)


def of_home(text: str) -> bool:
    """Whether it is people of its own home that are feared or spoken of: 要是我爸知道了得打我."""
    return _says("家人", normalise(text).text)
