"""Whose the pain is that a message of a report tells of, and whether a grown-up writes: who would not live himself is
spoken to as such, and not as the one who watches over somebody (reports.md §3)."""

from __future__ import annotations

from bot.reading.danger import Danger
from bot.reading.dangers import grown
from bot.reading.reports import asides, told
from bot.services.drafts import Answers

GROWN_UP = ("mandatory_reporter", "staff", "guardian")
"""Who says that he is one of these is no child, whoever's pain he tells of."""
WORDS = "self_harm"
TOLD = frozenset({"self_harm_words", "self_harm_act"})
"""Signs that may turn out to be told of the writer himself: 不是孩子 是我."""


def take(answers: Answers, found: told.Told, hit: Danger, text: str) -> None:
    """Note in the answers whether the pain is the writer's own, by these words or by a later word of his, and whether
    he is grown. What was noted once stays."""
    of_another = asides.tells_of_another(answers.words_of("what")) and not asides.says_i(text)
    own = WORDS in hit.kinds and asides.own_pain(text) and not of_another
    meant = bool(TOLD & {*answers.facts.get("signs", ())}) and asides.means_himself(text)
    answers.own_pain = answers.own_pain or own or meant
    grown_up = asides.GROWN in asides.kinds(text) or found.reporter_type in GROWN_UP
    answers.grown = answers.grown or grown_up or (meant and grown.no_child(text))
