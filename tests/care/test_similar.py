"""Two reports may be about one child only where nothing known speaks against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.care.calendar import ZONE
from bot.care.similar import Known, alike, same_words, tells_enough

DAY = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
ONE = Known("220184104201", DAY, frozenset({"beaten"}), 8, "male", "老王家的小胖，三年级")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"child_ref": ""}, True),
        ({"child_ref": "小胖，王家的", "signs": frozenset(), "age": None, "sex": "unknown"}, True),
        ({"child_ref": "小胖", "signs": frozenset(), "age": None, "sex": "unknown"}, False),
        ({"child_ref": "老王家那个小胖", "signs": frozenset(), "age": None, "sex": "unknown"}, True),
        ({"child_ref": "", "age": None, "sex": "unknown"}, False),
        ({"child_ref": "", "age": None}, True),
        ({"age": 9}, True),
        ({"age": 10}, False),
        ({"sex": "female"}, False),
        ({"area": "220184104202"}, False),
        ({"area": "220184104"}, True),
        ({"area": "220184"}, False),
        ({"area": ""}, False),
        ({"received_at": DAY + timedelta(days=30)}, True),
        ({"received_at": DAY - timedelta(days=30, seconds=1)}, False),
    ],
)
def test_alike_weighs_what_is_known(change: dict[str, object], expected: bool) -> None:
    other = replace(ONE, **change)  # type: ignore[arg-type]
    assert alike(ONE, other) is alike(other, ONE) is expected


def test_words_that_fit_every_child_do_not_make_two_reports_alike() -> None:
    assert not same_words("邻居家的孩子，大概八岁左右，小学", "隔壁的孩子，大概十岁左右，小学生")


@pytest.mark.parametrize(
    ("change", "enough"),
    [
        ({}, True),
        ({"child_ref": "不知道名字", "age": None, "sex": "unknown"}, False),
        ({"child_ref": "老王家的小胖", "signs": frozenset(), "age": None, "sex": "unknown"}, True),
        ({"child_ref": "", "signs": frozenset()}, True),
        ({"child_ref": "", "signs": frozenset(), "sex": "unknown"}, False),
    ],
)
def test_a_report_that_says_too_little_of_the_child_is_like_no_other(change: dict[str, object], enough: bool) -> None:
    this = replace(ONE, **change)  # type: ignore[arg-type]
    assert tells_enough(this) is enough
    assert enough or not alike(this, this)
