"""The language of a talk: who writes English is answered in it until he writes Chinese sentences."""

from __future__ import annotations

import re

from bot import texts
from bot.reading.measures import codes
from bot.reading.reports import asides, fitting
from bot.services.work import Work
from bot.storage.tables import Conversation

SENTENCE = 6
"""Chinese characters that are more than a name or a word read off a map."""
_WORD = re.compile("[A-Za-z]{2,}")
_GREETS = re.compile("(?:hello|hi|hey)[ !.]*", re.IGNORECASE)
_HAN = re.compile("[一-鿿]")


def notice(work: Work, conversation: str, text: str) -> None:
    """Note the language of a message. A place written in Chinese, a number, a code, a short word change nothing."""
    row = work.session.get_one(Conversation, conversation)
    for one in reversed(codes.find(text)):  # of ninety codes one has no digit, and looks like words
        text = text[: one.start] + text[one.end :]
    written = len(_WORD.findall(text)) > 1 or asides.in_english(text) or _GREETS.fullmatch(text.strip()) is not None
    if asides.latin(text) and written and not fitting.is_only_a_place(text):
        row.language = texts.ENGLISH
    elif row.language == texts.ENGLISH and len(_HAN.findall(text)) >= SENTENCE and not fitting.is_only_a_place(text):
        row.language = None


def english(work: Work, conversation: str) -> bool:
    """Whether this talk is in English."""
    return work.session.get_one(Conversation, conversation).language == texts.ENGLISH


def of(in_english: bool) -> str | None:
    """The language of single words (`texts.phrase`) in a talk."""
    return texts.ENGLISH if in_english else None
