"""Who looks after a child and what a child is called, as people say it in one breath."""

from __future__ import annotations

import pytest

from bot.reading.persons import carers
from bot.reading.persons.carers import Told, alone, carer, name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("爷爷王长山，13800000000", Told("王长山", "爷爷", "13800000000")),
        ("跟奶奶张桂兰一起过，电话 139-1111-2222", Told("张桂兰", "奶奶", "13911112222")),
        ("姥姥", Told("", "姥姥", "")),
        ("现在由姑姑王秀英照看", Told("王秀英", "姑姑", "")),
        ("李春梅 0431-88888888", Told("李春梅", "", "043188888888")),
        ("没有", Told("", "", "")),
        ("", Told("", "", "")),
    ],
)
def test_a_carer_is_read_from_one_sentence(text: str, told: Told) -> None:
    assert carer(text) == told


@pytest.mark.parametrize(
    ("text", "asked", "called"),
    [
        ("村里新来个女孩叫李雪要建档", False, "李雪"),
        ("登记新儿童 李雪 八岁", False, "李雪"),
        ("孩子叫欧阳小明今年九岁", False, "欧阳小明"),
        ("我要登记一个孩子", False, ""),
        ("给孩子建档", False, ""),
        ("王小虎", True, "王小虎"),
        ("王建国", True, "王建国"),
        ("叫李新", False, "李新"),
        ("给王建国登记一下", False, ""),
        ("123", True, ""),
        ("古丽·阿依", True, "古丽·阿依"),
    ],
)
def test_a_name_is_read_where_one_is_said(text: str, asked: bool, called: str) -> None:
    assert name(text, asked=asked) == called


@pytest.mark.parametrize("text", ["没人照看", "没有人管", "他一个人住", "孩子自己过"])
def test_nobody_looking_after_a_child_is_no_name(text: str) -> None:
    assert alone(text)
    assert not alone("爷爷王长山一个人带")
    assert carer(text).name == ""


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("马小军，男，2015年3月8号出生，住四组，跟奶奶马桂兰过，爸妈都在长春打工", "马桂兰", "奶奶"),
        ("李想 女 7岁 由姥姥带", "", "姥姥"),
        ("孩子跟着他爷爷王长山一起生活", "王长山", "爷爷"),
        ("王小明，男，10岁", "", ""),
        ("他和爸爸妈妈吵架了", "", ""),
    ],
)
def test_a_carer_told_beside_other_things_is_heard(text: str, name: str, relation: str) -> None:
    told = carers.beside(text)
    assert (told.name, told.relation) == (name, relation)


def test_parents_away_and_the_place_in_the_village_are_heard_only_when_told() -> None:
    assert carers.both_away("爸妈都在长春打工")
    assert carers.both_away("父母常年在外地")
    assert not carers.both_away("爸妈都在家")
    assert not carers.both_away("爸爸在长春打工")
    assert carers.lives("住四组，跟奶奶过") == "四组"
    assert carers.lives("家住东屯12号") == "东屯12号"
    assert carers.lives("住校") == ""
