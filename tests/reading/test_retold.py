"""Words of a family as they come: put right in the same breath, left out, asked back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading.families import family, family_answers, handed, retold, which_child

ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("said", "asked", "facts"),
    [
        (
            "他爸他妈都搁沈阳打工呢 走了快俩月 哦不是 我寻思寻思 是过完年正月十六走的",
            None,
            {"father_away_months": 8, "mother_away_months": 8},
        ),
        ("他妈走了俩月 说错了 清明走的", None, {"mother_away_months": 7}),
        ("他妈秋收完走的", None, {"mother_away_months": 1}),
        (
            "没残疾 他爸也没有",
            "mother_disab_physical",
            {"mother_disab_physical": "none", "father_disab_mental": "none"},
        ),
        ("啥叫低保啊 俺家没办那玩意", "household_assistance", {"household_assistance": "none"}),
        ("没有流浪", "vagrant_begging", {"vagrant_begging": "no"}),
        ("没流浪过", "father_illness", {"vagrant_begging": "no"}),
        ("孩子流浪没有过", None, {"vagrant_begging": "no"}),
        ("孩子流浪没有家", None, {"vagrant_begging": "current"}),
        ("现在流浪没有吃的", None, {"vagrant_begging": "current"}),
    ],
)
def test_what_is_told_last_or_left_out_is_read(said: str, asked: str | None, facts: dict[str, object]) -> None:
    read = family.read(said, ON, None, asked).facts
    assert {fact: read.get(fact) for fact in facts} == facts


def test_the_health_of_who_looks_after_a_child_is_not_the_childs() -> None:
    read = family.read("我男人在大连打工八个月了 我在家带孩子 身体好好的", ON).facts
    assert "child_illness" not in read
    assert read["mother_illness"] == "none"


def test_who_left_together_left_at_one_time() -> None:
    known = {"father_away_months": 18, "mother_away_months": 2}
    assert family_answers.corrected("不对 她妈跟她爸一块堆走的", known, ON)["mother_away_months"] == 18
    assert retold.left_with_the_other("他爸跟老乡一块走的") is None


def test_only_a_denial_of_a_second_family_makes_one_parent() -> None:
    assert retold.brings_up_alone("我自己带孩子")
    assert not retold.brings_up_alone("我自己带弟弟")
    assert retold.parted("离了三年了")
    assert not retold.parted("离婚了又找了一个")


def test_grandchildren_told_at_once_are_two() -> None:
    found = which_child.apart("大孙子十四 小孙女七岁")
    assert (found.own, found.other) == ("大孙子十四", "小孙女七岁")
    assert not which_child.apart("我小孙女七岁 跟我过", told=True).other


def test_the_other_child_goes_too_and_a_change_is_one() -> None:
    assert str(handed.other_goes_too("大孙子那个也交给他啊")).split()[0] == which_child.FIRST
    assert handed.other_goes_too("孙子也给他看看") is None
    assert handed.tells_a_change("低保今天批下来了 再给看看")
    assert handed.means_an_earlier_one("昨天那个 低保今天批下来了 再给看看")
    assert not handed.means_an_earlier_one("昨天反映的那个 再给看看")
