"""Every public question can be asked in English, with the same answers as in Chinese."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import eligibility, english, model

ON = date(2026, 11, 26)
ASKED = sorted({*model.in_force(ON).askable, *model.in_force(ON).alternatives})


@pytest.mark.parametrize("fact", ASKED)
def test_a_public_question_has_english_words_for_each_of_its_answers(fact: str) -> None:
    known = model.in_force(ON)
    asked = eligibility.question(fact, known)
    told = english.question(asked, known)
    assert "的" not in told.text
    assert told.text.endswith(("?", ".", ")"))
    if fact != "child_age_years":
        assert {one.value for one in told.choices} == {one.value for one in asked.choices}
    assert len({one.label for one in told.choices}) == len(told.choices)
    for one in told.choices:
        assert english.said(known.facts[fact], one.value)


@pytest.mark.parametrize(("fact", "part"), [("mother_illness", "mother"), ("father_disab_visual", "father")])
def test_a_question_says_which_parent(fact: str, part: str) -> None:
    known = model.in_force(ON)
    assert part in english.question(eligibility.question(fact, known), known).text
