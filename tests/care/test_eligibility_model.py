"""The model as data: what is wrong in it is found at the start, and an old reading stays what it was."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import eligibility, logic, model, policy_data
from bot.care.circuit import Circuit, Compiler
from tests.care.children import FACTS, ON

CONTENT = policy_data.read("eligibility")


def _compiled(content: Mapping[str, Any]) -> model.Model:
    return model.compiled(content, date(2026, 12, 31))


def test_a_changed_reading_is_a_new_dated_version_and_an_old_assessment_runs_under_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"eligibility": CONTENT, "newer": copy.deepcopy(CONTENT), "eligibility_versions": {}}
    files["newer"]["meta"]["model_version"] = "1.2.0"
    files["newer"]["predicates"]["AWAY"]["expr"] = {
        "fact": "{p}_away_status",
        "T": ["away_for_work", "away_for_business"],
        "U": ["unknown"],
    }
    plan_until = date(2026, 12, 31)
    files["eligibility_versions"] = {
        "versions": [
            {"version": "1.1.0", "file": "eligibility", "plan_until": plan_until},
            {"version": "1.2.0", "file": "newer", "plan_until": plan_until, "from": date(2026, 7, 1)},
        ]
    }
    read = policy_data.read
    monkeypatch.setattr(policy_data, "read", lambda name: files.get(name) or read(name))
    model.version.cache_clear()
    try:
        business = FACTS["EC-021"]
        before, after = (eligibility.assess(business, day) for day in (date(2026, 6, 30), date(2026, 7, 1)))
        assert (before.model_version, before.results["left_behind"]) == ("1.1.0", "needs_verification")
        assert (after.model_version, after.results["left_behind"]) == ("1.2.0", "eligible")
        again = eligibility.assess(business, date(2026, 7, 1), model.version(before.model_version))
        assert again.results["left_behind"] == "needs_verification"
    finally:
        model.version.cache_clear()


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(KeyError, match="has no 9"):
        model.version("9.9.9")


def test_the_plan_ends_with_2026_and_says_so_with_its_version() -> None:
    assert model.in_force(ON).plan_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda c: c["predicates"]["AWAY"].update(expr={"fact": "{p}_gone", "T": [], "U": []}), "father_gone"),
        (lambda c: c["predicates"]["AWAY"].update(expr={"fact": "{p}_away_status", "T": ["gone"], "U": []}), "gone"),
        (lambda c: c["predicates"]["AWAY"].update(expr={"pred": "AWAY_OK"}), "AWAY_OK"),
        (lambda c: c["rules"]["FAM.3"].update(expr={"perhaps": []}), "perhaps"),
        (lambda c: c["rules"]["FAM.3"].update(cites=["JL-9.9"]), "JL-9.9"),
        (lambda c: c["facts"][3].update(default_when_absent="maybe"), "child_lives_with_away_parent"),
    ],
)
def test_a_model_that_contradicts_itself_is_refused_naming_what_is_wrong(spoil: Any, named: str) -> None:
    content = copy.deepcopy(dict(CONTENT))
    spoil(content)
    with pytest.raises((ValueError, KeyError), match=named):
        _compiled(content)


VALUES: dict[str, tuple[Any, ...]] = {"a": ("x", "y", "z"), "b": ("x", "y", "z"), "n": (4, 5, 6, 7)}
leaves = st.builds(
    lambda fact, values: {"fact": fact, "T": values[:1], "U": values[1:2]},
    st.sampled_from(["a", "b"]),
    st.permutations(["x", "y", "z"]),
) | st.sampled_from([{"const": "U"}, {"const": "T"}, {"fact": "n", "lt": 6}, {"fact": "n", "ge": 5}])
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.builds(
            lambda kind, parts: {kind: parts}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)
        )
        | inner.map(lambda one: {"not": one})
    ),
    max_leaves=8,
)


@given(conditions)
def test_a_compiled_condition_is_what_the_plain_reading_of_it_is(condition: dict[str, Any]) -> None:
    circuit = Circuit()
    place = Compiler(circuit, {}).place(condition)
    for values in itertools.product(*VALUES.values()):
        child = dict(zip(VALUES, values, strict=True))
        truths = circuit.blank()
        for fact, value in child.items():
            circuit.put(truths, fact, value)
        assert circuit.settle(truths)[place] == logic.evaluate(condition, child)


def _possible(condition: Mapping[str, Any], child: Mapping[str, Any]) -> set[int]:
    """#unasked_rule.possible, word for word; facts that are not in `child` are open."""
    match condition:
        case {"all": parts}:
            return {min(each) for each in itertools.product(*(_possible(part, child) for part in parts))}
        case {"any": parts}:
            return {max(each) for each in itertools.product(*(_possible(part, child) for part in parts))}
        case {"not": part}:
            return {2 - truth for truth in _possible(part, child)}
        case {"fact": "n"} if "n" not in child:
            return {0, 1, 2}
        case {"fact": fact} if fact not in child:
            return {int(logic.evaluate(condition, {fact: value})) for value in VALUES[fact]}
    return {int(logic.evaluate(condition, child))}


@given(conditions, st.sets(st.sampled_from(sorted(VALUES))))
def test_what_a_condition_can_still_become_lies_between_its_open_leaves_at_their_least_and_most(
    condition: dict[str, Any], open_facts: set[str]
) -> None:
    circuit = Circuit()
    place = Compiler(circuit, {}).place(condition)
    child = {fact: values[0] for fact, values in VALUES.items() if fact not in open_facts}
    rows = circuit.blank(), circuit.blank()
    for fact, found in circuit.leaves.items():
        for row, pick in zip(rows, (min, max), strict=True):
            for at, leaf in found:
                row[at] = leaf.reader()(child[fact]) if fact in child else pick(leaf.span(VALUES[fact]))
    low, high = (circuit.settle(row)[place] for row in rows)
    possible = _possible(condition, child)
    assert (low, high) == (min(possible), max(possible))
