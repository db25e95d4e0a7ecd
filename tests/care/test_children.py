"""Key-focus tags with their source, hand-overs by age, quarters."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import children, eligibility, policy_data
from bot.care import model as models

ON = date(2026, 11, 23)
MODEL = models.in_force(ON)
LEFT_BEHIND = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}


def _tags(notes: tuple[str, ...] = (), **facts: object) -> dict[str, children.Tag]:
    told = {"child_age_years": 9, **facts}
    result = eligibility.assess(told, ON, MODEL).as_dict()
    return {tag.name: tag for tag in children.key_focus(told, result, MODEL, notes)}


TOLD: list[tuple[dict[str, str], str, str]] = [
    ({"child_illness": "in_catalogue", "condition_difficulty": "yes"}, "kf_ill", "SELF.2"),
    ({"child_disability": "cert_held", "condition_difficulty": "yes"}, "kf_disabled", "SELF.1"),
    ({"child_disability": "disabled_no_cert"}, "kf_disabled", "child_disability"),
    ({"father_custody": "imprisoned"}, "kf_custody", "father_custody"),
    ({"mother_custody": "compulsory_rehab"}, "kf_custody", "mother_custody"),
    ({"informal_adoption": "yes"}, "kf_informal_adoption", "informal_adoption"),
    ({"vagrant_begging": "history"}, "kf_vagrant", "vagrant_begging"),
    ({"household_assistance": "dibao"}, "kf_poor", "FAM.3"),
    ({"official_other_family_hardship": "yes"}, "kf_poor", "FAM.5"),
    (
        {"father_life_status": "dead", "mother_disab_physical": "g1"},
        "kf_unsupported",
        "FAM.4",
    ),
    ({"father_life_status": "dead", "mother_lost_contact": "ge_6m_proven"}, "kf_unsupported", "GUARD.5"),
    (
        {"single_parent_family": "yes", "residence_rural": "yes", "household_assistance": "dibao"},
        "kf_rural_single",
        "KF.RSP",
    ),
]
NOTED = [
    ("no_hukou", "kf_no_hukou"),
    ("out_of_school", "kf_out_of_school"),
    ("poverty_noted", "kf_poor"),
    ("community_rehab", "kf_custody"),
]
ELSEWHERE = {"kf_protected", "kf_orphan"}
"""Groups with tests of their own below: without a source, and with a remark that takes it away."""


@pytest.mark.parametrize(("facts", "tag", "source"), TOLD)
def test_each_group_is_seen_from_the_fact_that_tells_it(facts: dict[str, str], tag: str, source: str) -> None:
    assert source in _tags(**facts)[tag].sources
    assert _tags(**facts)[tag].certain


def test_what_nobody_was_asked_is_no_key_focus_but_told_as_unknown_counts() -> None:
    assert _tags() == {}
    assert not _tags(father_custody="unknown")["kf_custody"].certain


def test_of_what_may_not_be_told_apart_no_source_is_shown() -> None:
    hidden = children.Tag("kf_protected", (), True)
    assert _tags(child_hiv="yes")["kf_protected"] == hidden
    assert _tags(("key_focus_by_staff",))["kf_protected"] == hidden
    assert _tags(rescued_from_trafficking="yes")["kf_protected"].sources == ()


def test_an_orphan_in_an_institution_is_not_scattered_in_society() -> None:
    dead = {"father_life_status": "dead", "mother_life_status": "dead"}
    assert "kf_orphan" in _tags(**dead)
    assert "kf_orphan" not in _tags(("in_institution",), **dead)


@pytest.mark.parametrize(("note", "tag"), NOTED)
def test_a_remark_of_the_file_gives_its_tag_and_no_other(note: str, tag: str) -> None:
    found = _tags((note,))
    assert (list(found), found[tag].sources, found[tag].certain) == ([tag], (note,), True)


@pytest.mark.parametrize(
    "facts",
    [
        {"single_parent_family": "yes", "residence_rural": "no", "household_assistance": "dibao"},
        {"single_parent_family": "no", "residence_rural": "yes", "household_assistance": "dibao"},
    ],
)
def test_a_single_parent_in_town_and_two_parents_in_a_village_are_no_rural_single_parent(facts: dict[str, str]) -> None:
    assert list(_tags(**facts)) == ["kf_poor"]


def test_every_group_of_the_plan_is_derived_somewhere_here() -> None:
    derived = {tag for _, tag, _ in TOLD} | {tag for _, tag in NOTED} | ELSEWHERE
    assert derived == set(policy_data.read("key_focus")["tags"])


def test_a_child_that_is_neither_left_behind_nor_in_difficulty_has_none() -> None:
    result = {"left_behind": "not_eligible", "hardship": "not_eligible", "matched": ["SELF.1"], "pending": []}
    assert children.key_focus({}, result, MODEL, ["no_hukou"]) == ()


def test_the_one_code_looks_like_the_other_to_everybody() -> None:
    assert children.shown(["SELF.3", "SELF.4", "FAM.3"]) == ("SELF.4", "FAM.3")


@pytest.mark.parametrize(
    ("left_behind", "hardship", "first_day", "task"),
    [
        ("eligible", "not_eligible", date(2026, 3, 16), date(2026, 1, 15)),
        ("eligible", "needs_verification", date(2028, 3, 16), date(2028, 1, 16)),
        ("not_eligible", "not_eligible", None, None),
    ],
)
def test_the_hand_over_is_sixty_days_before_the_first_day_over_the_limit(
    left_behind: str, hardship: str, first_day: date | None, task: date | None
) -> None:
    birth = date(2010, 3, 15)
    over = children.first_day_over(birth, left_behind, hardship)
    assert (over[0] if over else None) == first_day
    assert children.handover_task_on(birth, left_behind, hardship) == task


def test_one_is_older_on_the_day_after_the_birthday() -> None:
    assert children.age(date(2016, 11, 23), ON) == 9
    assert children.age(date(2016, 11, 22), ON) == 10
    assert children.birthday(date(2012, 2, 29), 18) == date(2030, 2, 28)


def test_quarters_and_their_last_days() -> None:
    assert [children.quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4",
    ]  # fmt: skip
    assert [children.quarter_end(f"2026-Q{n}") for n in (1, 2, 3, 4)] == [
        date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31),
    ]  # fmt: skip
