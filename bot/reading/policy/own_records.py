"""Whether somebody asks of his own matter here (那这周联系到底记成啥了, 委托照护有几个没办完, 能不能去人看看).

Such words hold the words of a rule, and no rule answers them. The wordings are in `data/lexicon/own_records.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.talk import question_forms
from bot.reading.wordings import Wordings

LONGEST = 60
KINDS = RECORD, SIGN_UP, SOMEBODY_GOES = ("record", "sign_up", "somebody_goes")
_says = Wordings("own_records.txt")


def read(text: str) -> str | None:
    """RECORD (what was noted, how far it is, who is late), SIGN_UP (the village sent him) or SOMEBODY_GOES; None: of no
    own matter, or what is laid down is asked as well. Any text is taken; never raises."""
    said = normalise(text[:LONGEST]).text
    kind = next((one for one in KINDS if _says(one, said)), None)
    return kind if kind != SIGN_UP or not question_forms.asks_for_rule(said) else None
