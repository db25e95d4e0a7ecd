"""Every public question can be asked in English, with the same answers as in Chinese."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import eligibility, english, model, policy_data

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
        assert [one.value for one in told.choices] == [one.value for one in asked.choices]
    assert len({one.label for one in told.choices}) == len(told.choices)
    for one in told.choices:
        assert english.said(known.facts[fact], one.value)


@pytest.mark.parametrize(("fact", "part"), [("mother_illness", "mother"), ("father_disab_visual", "father")])
def test_a_question_says_which_parent(fact: str, part: str) -> None:
    known = model.in_force(ON)
    assert part in english.question(eligibility.question(fact, known), known).text


def test_no_two_questions_sound_alike() -> None:
    known = model.in_force(ON)
    asked = [english.question(eligibility.question(fact, known), known).text for fact in ASKED]
    assert len(set(asked)) == len(asked)


def test_what_is_delicate_may_be_kept_to_oneself() -> None:
    known = model.in_force(ON)
    asked = english.question(eligibility.question("mother_illness", known), known)
    assert [(one.value, one.label) for one in asked.choices[-2:]] == [
        ("unknown", "I don't know"),
        ("unknown", "I'd rather not say"),
    ]
    plain = english.question(eligibility.question("mother_away_status", known), known)
    assert "I'd rather not say" not in [one.label for one in plain.choices]


def test_kinds_of_disability_are_asked_in_one_and_the_others_again_in_other_words() -> None:
    known = model.in_force(ON)
    first, then = (_screen_after(told, known) for told in ({}, {"father_disab_physical": "g3"}))
    assert first.text != then.text
    assert [one.label for one in first.choices[-2:]] == ["I don't know", "I'd rather not say"]
    assert "Physical" in [one.label for one in first.choices]
    assert "Physical" not in [one.label for one in then.choices]


def _screen_after(told: dict[str, str], known: model.Model) -> eligibility.Screen:
    said = {"child_age_years": 9, "mother_life_status": "dead", **told}
    while asked := eligibility.next_question(said, ON):
        if asked.screen is not None:
            screen = english.question(asked, known).screen
            assert screen is not None
            return screen
        said[asked.fact] = "serious_unconfirmed" if asked.fact == "father_illness" else known.facts[asked.fact].default
    raise AssertionError(said)


def test_what_cannot_be_true_together_is_asked_in_english_too() -> None:
    kinds = policy_data.read("eligibility_words")["contradictions"]
    asked = {kind: english.contradiction(kind, "mother") for kind in kinds}
    assert all("mother" in text and text.isascii() and text.endswith("?") for text in asked.values())
