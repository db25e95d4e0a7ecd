from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.logic import Condition, Truth, evaluate

F, U, T = Truth.F, Truth.U, Truth.T
LEAVES = st.sampled_from([{"const": "T"}, {"const": "U"}, {"const": "F"}])
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=12,
)


def _joined(kind: str, *parts: str) -> Truth:
    return evaluate({kind: [{"const": part} for part in parts]}, {})


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("T", "T", T, T),
        ("T", "U", U, T),
        ("T", "F", F, T),
        ("U", "U", U, U),
        ("U", "F", F, U),
        ("F", "F", F, F),
    ],
)
def test_all_and_any_follow_kleene(left: str, right: str, both: Truth, either: Truth) -> None:
    assert _joined("all", left, right) is _joined("all", right, left) is both
    assert _joined("any", left, right) is _joined("any", right, left) is either


def test_not_knowing_denied_is_still_not_knowing() -> None:
    assert evaluate({"not": {"const": "U"}}, {}) is U


@given(CONDITIONS)
def test_a_condition_denied_twice_is_itself(condition: Condition) -> None:
    assert evaluate({"not": {"not": condition}}, {}) is evaluate(condition, {})


@given(st.lists(CONDITIONS, max_size=3))
def test_denying_all_is_any_denied(parts: list[Condition]) -> None:
    assert evaluate({"not": {"all": parts}}, {}) is evaluate({"any": [{"not": part} for part in parts]}, {})


@pytest.mark.parametrize(
    ("facts", "truth"),
    [({"cares": "no"}, T), ({"cares": "unknown"}, U), ({}, U), ({"cares": "yes"}, F), ({"cares": "else"}, F)],
)
def test_a_fact_is_true_unknown_or_false_by_its_lists(facts: dict[str, Any], truth: Truth) -> None:
    assert evaluate({"fact": "cares", "T": ["no"], "U": ["unknown"]}, facts) is truth


@pytest.mark.parametrize(
    ("age", "under", "from_on"), [(13, T, F), (14, F, T), ("unknown", U, U), (None, U, U), (True, U, U)]
)
def test_a_comparison_with_what_is_no_number_is_unknown(age: object, under: Truth, from_on: Truth) -> None:
    assert evaluate({"fact": "age", "lt": 14}, {"age": age}) is under
    assert evaluate({"fact": "age", "ge": 14}, {"age": age}) is from_on


def test_a_further_kind_of_leaf_means_what_the_caller_says() -> None:
    leaves = {"sign": lambda signs: T if "fire" in signs else F}
    assert evaluate({"any": [{"sign": ["fire"]}, {"const": "F"}]}, {}, leaves) is T


def test_a_condition_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match=r"cannot be read: .*sometimes"):
        evaluate({"sometimes": []}, {})


def test_what_is_not_false_counts_where_not_knowing_must_not_lower() -> None:
    assert [truth.counts for truth in (F, U, T)] == [False, True, True]
