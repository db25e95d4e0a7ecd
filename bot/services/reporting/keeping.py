"""Under which line of a report the words of a message are kept, and what is kept apart from the matter."""

from __future__ import annotations

import re

from bot.reading.reports import by_kind, fitting
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services.drafts import Answers

_CLAUSES = re.compile(r"[^,，。;；!！?？\s]+")
_I_AM_AT = re.compile("[我俺](?:现在|正)?(?:躲|藏|待|呆)?在[^,。]{1,8}$")
EDUCATION = "education"
BESIDE = "beside"
"""Words of a report that ask or want something, or tell how somebody feels: people read them, and no fact is theirs."""


def own_words(answers: Answers, text: str, asked: str) -> None:
    """Keep what is told under the question it answers, else with what happened; what asks or wants something is kept
    apart from it. Nothing told is lost."""
    text, beside = (text, "") if answers.childs else by_kind.parted(asked, text)
    keep_beside(answers, beside)
    if not text:
        return
    field = fitting.target(asked, text)
    named = [one for one in answers.words_of("child_ref") if one in text]
    child = by_kind.of_the_child(text, named) if field in ("place", "what") and asked != "child_ref" else ""
    if child and (field == "place" or set(answers.words_of("child_ref")) <= set(named)):
        answers.words = [pair for pair in answers.words if pair[0] != "child_ref" or pair[1] not in named]
        before = dict(answers.given)
        answers.said("child_ref", child)
        answers.given = answers.given if field == "place" or named else before  # 十五岁 alone: its name is still asked
        text = by_kind.without(text, child) if field == "place" else text
    if field == "place" and text:
        answers.words.append(["place", places.corrected(text, replies.taken_back(text)) or text])
    elif field is not None and text:
        answers.said(field, (fitting.name_beside(text) if field == "child_ref" else "") or text)
    if field == asked == "unit":
        answers.facts.setdefault("unit", "other_unit")
    if field == asked == "reporter_type":
        answers.facts.setdefault("reporter_type", "citizen_anonymous")


def spot_of_a_child(answers: Answers, text: str) -> None:
    """Keep where a child in danger says it is (我在学校厕所呢, 响水镇中心小学) as the place, whatever stands beside."""
    here = [one for one in _CLAUSES.findall(text) if places.spots(one) or _I_AM_AT.match(one)]
    if here and any(map(places.spots, here)):
        answers.said("place", " ".join(here))


def keep_beside(answers: Answers, words: str) -> None:
    """Keep what asks or wants something apart from what is told."""
    if words and [BESIDE, words] not in answers.words:
        answers.words.append([BESIDE, words])
