from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import receipt

LENGTHS = (10, 12)
CODES = st.sampled_from(LENGTHS).flatmap(
    lambda length: st.builds(
        receipt.new_code, st.integers().map(lambda seed: random.Random(seed).randbytes), st.just(length)
    )
)


def _caught(code: str) -> bool:
    return receipt.check_character(code[:-1]) != code[-1]


@given(CODES)
def test_a_new_code_is_read_back_from_what_is_shown(code: str) -> None:
    assert receipt.read_code(receipt.shown(code).lower(), len(code)) == code


@given(CODES)
def test_every_single_wrong_character_is_caught(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in set(receipt.ALPHABET) - {right}:
            assert _caught(code[:place] + wrong + code[place + 1 :])


@given(CODES)
def test_every_swap_of_neighbours_is_caught_but_that_of_0_and_z(code: str) -> None:
    for place in range(len(code) - 1):
        left, right = code[place], code[place + 1]
        swapped = code[:place] + right + left + code[place + 2 :]
        assert _caught(swapped) == (left != right and {left, right} != {"0", "Z"})


def test_0_with_z_is_the_only_pair_of_neighbours_whose_swap_goes_unnoticed() -> None:
    unnoticed = {
        frozenset((left, right))
        for left in receipt.ALPHABET
        for right in receipt.ALPHABET
        if left != right and receipt.check_character(f"1{left}{right}") == receipt.check_character(f"1{right}{left}")
    }
    assert unnoticed == {frozenset("0Z")}


def test_letters_that_look_like_figures_are_read_as_figures() -> None:
    body = "10A1B2C3D"
    code = body + receipt.check_character(body)
    assert receipt.read_code("IOA1B" + "-" + "2C3D" + code[-1]) == code
    assert receipt.read_code(" l0alb 2c3d" + code[-1].lower()) == code


@pytest.mark.parametrize(
    ("written", "reason"),
    [("ABCDE-1234", "length"), ("UBCDE-12345", "letter"), ("查询码ABCDE12", "letter"), ("", "length")],
)
def test_what_cannot_be_a_code_is_refused_with_its_reason(written: str, reason: str) -> None:
    with pytest.raises(receipt.Miscopied) as refused:
        receipt.read_code(written)
    assert refused.value.reason == reason


def test_a_wrong_check_character_is_told_apart_from_a_wrong_shape() -> None:
    code = receipt.new_code(random.Random(7).randbytes)
    other = receipt.ALPHABET[(receipt.ALPHABET.index(code[-1]) + 1) % receipt.BASE]
    with pytest.raises(receipt.Miscopied) as refused:
        receipt.read_code(code[:-1] + other)
    assert refused.value.reason == "check"


def test_a_report_code_is_shown_in_two_groups_and_an_invite_in_three() -> None:
    assert receipt.shown("0123456789") == "01234-56789"
    assert receipt.shown("0123456789AB") == "0123-4567-89AB"
