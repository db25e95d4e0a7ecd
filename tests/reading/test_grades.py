"""A grade of disability told where nobody is named, and put right."""

from __future__ import annotations

import pytest

from bot.reading.families import grades

OF_FATHER = ["father_disab_physical"]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("有本儿残联发的那个本儿支体三级", "g3"),
        ("残疾证上写的肢体一级", "g1"),
        ("有残疾证 二级", "g2"),
        ("是二级不是三级 本儿上写的", "g2"),
        ("有证，一级还是二级记不清", None),
        ("孩子上三年级", None),
    ],
)
def test_one_grade_is_read_and_two_are_not(said: str, value: str | None) -> None:
    assert grades.told(said) == value


def test_a_grade_of_nobody_named_is_of_the_parent_whose_disability_was_touched_on() -> None:
    assert grades.whose("本儿上是二级", OF_FATHER) == "father_disab_physical"
    assert grades.whose("视力二级", OF_FATHER) == "father_disab_visual"


def test_a_grade_is_nobodys_where_somebody_else_is_named_or_both_parents_are_disabled() -> None:
    assert grades.whose("他奶也有证 二级", OF_FATHER) is None
    assert grades.whose("二级", [*OF_FATHER, "mother_disab_mental"]) is None


@pytest.mark.parametrize(
    "said",
    [
        "我这老花眼看岔劈了是二级不是三级支体二级那个",
        "看错了 是二级",
        "不是三级是二级",
        "啊不对 肢体二级",
        "记岔了 二级的",
    ],
)
def test_a_grade_is_put_right(said: str) -> None:
    assert grades.corrected(said, {"father_disab_physical": "g3"}) == {"father_disab_physical": "g2"}


def test_what_puts_nothing_right_changes_no_grade() -> None:
    assert grades.corrected("他妈也有证 二级", {"father_disab_physical": "g3"}) == {}
    assert grades.corrected("不对 孩子九岁", {"father_disab_physical": "g3"}) == {}
