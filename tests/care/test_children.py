"""Key-focus tags with their source, hand-overs by age, quarters."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import children, eligibility
from bot.care import model as models

ON = date(2026, 11, 23)
MODEL = models.in_force(ON)
LEFT_BEHIND = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}


def _tags(notes: tuple[str, ...] = (), **facts: object) -> dict[str, children.Tag]:
    told = {"child_age_years": 9, **facts}
    result = eligibility.assess(told, ON, MODEL).as_dict()
    return {tag.name: tag for tag in children.key_focus(told, result, MODEL, notes)}


@pytest.mark.parametrize(
    ("facts", "tag", "source"),
    [
        ({"child_illness": "in_catalogue", "condition_difficulty": "yes"}, "kf_ill", "SELF.2"),
        ({"child_disability": "cert_held", "condition_difficulty": "yes"}, "kf_disabled", "SELF.1"),
        ({"child_disability": "disabled_no_cert"}, "kf_disabled", "child_disability"),
        ({"father_custody": "imprisoned"}, "kf_custody", "father_custody"),
        ({"mother_custody": "compulsory_rehab"}, "kf_custody", "mother_custody"),
        ({"informal_adoption": "yes"}, "kf_informal_adoption", "informal_adoption"),
        ({"vagrant_begging": "history"}, "kf_vagrant", "vagrant_begging"),
    ],
)
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


def test_remarks_of_the_file_give_a_tag() -> None:
    assert _tags(("no_hukou",))["kf_no_hukou"].sources == ("no_hukou",)


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
