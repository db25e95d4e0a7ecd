"""What workers say beside a record: numbers of a list, marks on a body, a child that is nowhere, names misheard."""

from __future__ import annotations

import pytest

from bot.reading.persons import names_heard
from bot.reading.staff import staff_asides


@pytest.mark.parametrize(("text", "number"), [("第二家没人", 2), ("第3户锁门", 3), ("第十家", 10), ("二年级", None)])
def test_a_home_is_called_by_its_number(text: str, number: int | None) -> None:
    assert staff_asides.nth(text) == number


@pytest.mark.parametrize("text", ["胳膊上有块青的 她说摔的", "后背好像有皮带印子", "脸上有个巴掌印", "手上烫了个泡"])
def test_a_mark_on_a_childs_body(text: str) -> None:
    assert staff_asides.mark_on_body(text)


@pytest.mark.parametrize(
    "text", ["他奶腿上有块疤", "爷爷手烫伤了", "青菜挺新鲜", "孩子身上穿得干净", "头疼", "身上没有疤"]
)
def test_what_is_no_mark_on_a_childs_body(text: str) -> None:
    assert not staff_asides.mark_on_body(text)


@pytest.mark.parametrize("text", ["子轩找不着了", "赵子轩从昨天就没回家", "子轩这孩子 不见了"])
def test_a_child_that_is_nowhere(text: str) -> None:
    assert staff_asides.gone("赵子轩", text)


@pytest.mark.parametrize("text", ["子轩书包找不着了", "子轩他妈没回家", "找不着子轩的档案", "欣怡找不着了"])
def test_a_child_that_is_not_said_to_be_nowhere(text: str) -> None:
    assert not staff_asides.gone("赵子轩", text)


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("欣怡", "心怡家今天去了", "心怡"),
        ("浩然", "豪然那边走完了", "豪然"),
        ("子轩", "去了子萱家", "子萱"),
        ("欣怡", "欣怡家去了", ""),
        ("欣怡", "开了个新衣店", ""),
        ("宝", "去了保家", ""),
        ("思怡", "四姨家帮着带", ""),
    ],
)
def test_a_name_is_heard_by_its_sound_where_a_home_is_named(name: str, text: str, written: str) -> None:
    assert names_heard.heard(name, text) == written


def test_what_is_only_asked_is_not_told() -> None:
    assert staff_asides.only_asked("要是子轩找不着了咋整")
    assert staff_asides.only_asked("子轩找不着了吗？")
    assert not staff_asides.only_asked("子轩找不着了 咋整啊")


def test_a_home_is_gone_to_once_more() -> None:
    assert staff_asides.there_again("刚才又去了 在家")
    assert staff_asides.there_again("下午补上了")
    assert not staff_asides.there_again("又去了学校")
    assert not staff_asides.there_again("去了县里开会")


@pytest.mark.parametrize("text", ["不是这家 是小宝家", "哦不是欣怡 是小宝", "记错家了 小宝家的"])
def test_what_was_told_is_of_another_home(text: str) -> None:
    assert staff_asides.of_another_home(("刘欣怡", "欣怡"), text)


@pytest.mark.parametrize("text", ["哦炉筒子不是他家的 是小宝家的", "打架那个不是欣怡 是小宝"])
def test_one_thing_that_is_of_another_home_takes_nothing_else_along(text: str) -> None:
    assert not staff_asides.of_another_home(("刘欣怡", "欣怡"), text)
