"""About how old a child is by the school year somebody tells."""

from __future__ import annotations

import pytest

from bot.reading.families import school_years


@pytest.mark.parametrize(
    ("said", "between"),
    [
        ("念四年级", (9, 11)),
        ("在镇小学读三年级", (8, 10)),
        ("上初一", (12, 14)),
        ("孩子初三了", (14, 16)),
        ("念高一呢", (15, 17)),
        ("该上三年级了", (7, 10)),
        ("上幼儿园大班", (5, 6)),
        ("学前班呢", (5, 7)),
    ],
)
def test_a_school_year_tells_three_ages(said: str, between: tuple[int, int]) -> None:
    assert school_years.ages(said) == between


@pytest.mark.parametrize("said", ["他爸念到初二", "小学毕业", "初二就不念了", "今年九岁", "三年一班"])
def test_a_school_year_that_is_over_tells_no_age(said: str) -> None:
    assert school_years.ages(said) is None
