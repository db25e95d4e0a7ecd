"""Whether words speak to the talk itself (不是跟你说了吗, 刚才说到哪了, 你记的哪天) and ask for no rule.

Such words have the form of a question and share many characters with questions about the rules. The wordings are in
`data/lexicon/talk_words.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.policy import policy_words
from bot.reading.talk import question_forms
from bot.reading.wordings import Wordings

LONGEST, SOMETHING = 80, 4
"""How much of a message is read; how many characters beside such words may ask something of their own."""
_says = Wordings("talk_words.txt")


def of_the_talk(text: str) -> bool:
    """Whether a message speaks of what was said and noted here, and asks for nothing beside that. Who asks for a rule
    after such words (我问的不是这个 我问低保咋申请) is none. Any text is taken; never raises."""
    said = normalise(text[:LONGEST]).text
    if not _says("talk", said) or policy_words.speaks_of_the_plan(said):
        return False
    rest = _says.without("talk", said)
    more = _says.without("empty", rest, "").strip(" ,，。!?！？")
    return len(more) < SOMETHING or not question_forms.asks(rest)


def of_an_own_report(text: str) -> bool:
    """Whether somebody asks after what he told us himself: 我昨儿反映的事咋样了."""
    return _says("own_report", normalise(text[:LONGEST]).text)
