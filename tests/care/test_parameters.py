from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.care import parameters, policy_data

CARE = Path(parameters.__file__).parent


def test_a_number_comes_with_its_unit_basis_and_source() -> None:
    found = parameters.value("visit.interval.good")
    assert (found.value, found.unit, found.basis, found.source) == (3, "calendar_months", "FIXED", ("JL-3.8.e",))
    assert parameters.number("report.s0.human_takeover_within") == 5


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(KeyError, match=r"parameters\.yml has no report\.s9"):
        parameters.value("report.s9")


@pytest.mark.parametrize("key", ["message.quiet_hours", "visit.counts.in_person_only", "report.ladder.ack_within"])
def test_what_is_not_one_number_is_not_given_as_one(key: str) -> None:
    with pytest.raises(TypeError, match=key):
        parameters.number(key)


def test_the_file_holds_as_many_entries_as_it_says_and_each_has_a_known_basis() -> None:
    data = policy_data.read("parameters")
    assert len(data["parameters"]) == data["meta"]["count"]
    assert {entry["basis"] for entry in data["parameters"]} == set(data["meta"]["basis"])


def test_every_key_the_code_asks_for_exists() -> None:
    asked = {
        key
        for file in CARE.glob("*.py")
        for key in re.findall(r'(?:number|value|after)\("([a-z0-9_.]+)"\)', file.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= {entry["key"] for entry in policy_data.read("parameters")["parameters"]}
