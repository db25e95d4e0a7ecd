"""The child's line of the wish for 委托照护, the journey of whoever writes, and what is asked of a wish told before."""

from __future__ import annotations

import pytest

from bot.reading.entrusted import journeys, wish_asked, wish_child, wish_names, wishes

FRIEND = ("我朋友", "朴美花", "42")


@pytest.mark.parametrize(
    ("said", "before", "line"),
    [
        ("儿子 6岁 上幼儿园大班 他挺乐意的", "", "儿子6岁，上幼儿园大班"),
        ("就我朋友朴美花 42岁 不是亲戚", "儿子6岁", "儿子6岁"),
        ("照看的人不是42岁的孩子啊 42是朴美花的岁数 孩子就一个 6岁", "42岁，上大班", "上大班，6岁"),
        ("孩子才6岁也得问他意见啊?", "", ""),
        ("孩子自己说了算不 才6岁那个", "小的6岁", "小的6岁"),
        ("不对 小的8岁", "大的11岁，五年级，小的7岁", "大的11岁，五年级，小的8岁"),
        ("孩子9岁三年级 叫金明浩", "", "孩子9岁三年级，叫金明浩"),
    ],
)
def test_only_what_is_told_of_the_child_stands_in_its_line(said: str, before: str, line: str) -> None:
    assert wish_child.of_the_child(said, before, FRIEND) == line


@pytest.mark.parametrize(
    ("said", "own", "other"),
    [
        ("孩子爸半年前就去了 也在韩国", "", "孩子爸半年前就去了，也在韩国"),
        ("孩子爸在韩国两年了 我过完年也得去", "我过完年也得去", "孩子爸在韩国两年了"),
        ("我跟孩子妈都去广东", "我跟孩子妈都去广东", ""),
    ],
)
def test_the_other_parent_s_journey_is_not_the_writer_s(said: str, own: str, other: str) -> None:
    assert journeys.of_the_writer(said) == own
    assert journeys.of_the_other(said) == other


def test_a_day_and_a_length_are_put_right_where_they_stand() -> None:
    assert journeys.with_day("我过十天要去韩国干活了", "12月8号") == "我12月8号要去韩国干活了"
    assert journeys.with_length("12月10号走，待三年", journeys.length("不是三年 是一年半")) == "12月10号走，待一年半"
    assert journeys.day("孩子爸半年前就去了") == ""


@pytest.mark.parametrize(
    ("said", "asked", "who", "name", "age"),
    [
        ("我朋友叫朴美花 42岁 跟我一个村的", "kids", "我朋友", "朴美花", 42),
        ("那不行的话 换我大姨姐 金顺子 45 啥毛病没有", "", "我大姨姐", "金顺子", 45),
        ("婆婆说她带不动 换孩子他姑吧 金美玲 41", "", "孩子他姑", "金美玲", 41),
        ("照看的人叫高秀云 是我二嫂", "", "我二嫂", "高秀云", None),
    ],
)
def test_friends_and_in_laws_are_persons_with_their_names(
    said: str, asked: str, who: str, name: str, age: int | None
) -> None:
    read = wishes.read(said, asked)
    assert (read.carer, read.carer_name, read.carer_age) == (who, name, age)


def test_what_is_asked_of_a_wish_told_before_is_no_rule() -> None:
    assert wish_asked.of_a_wish_told("昨天我托大姨姐照顾孩子的事 办到哪了")
    assert wish_asked.progress("人家啥时候给我打电话")
    assert not wish_asked.progress("托给朋友行不行")
    assert not wish_asked.of_a_wish_told("委托照护一般得办到哪一步")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("一个 我闺女7岁半叫朵朵 上一年级", ("朵朵",)),
        ("我儿子浩浩八岁上二年级 闺女甜甜四岁", ("浩浩", "甜甜")),
        ("浩浩甜甜是我孩子 二姐叫赵玉芬", ("浩浩", "甜甜")),
        ("你整错了妞妞是我丫头不是她老姑", ("妞妞",)),
        ("他大姑叫王秀英 儿子叫王子涵", ("王子涵",)),
        ("大的叫大宝十一岁 小的二宝七岁", ("大宝", "二宝")),
        ("孩子他姑叫李艳", ()),
        ("儿子才七岁 闺女今年四岁", ()),
        ("我朋友叫朴美花 42岁", ()),
    ],
)
def test_the_names_of_the_children_are_told_from_those_of_others(said: str, names: tuple[str, ...]) -> None:
    assert wish_names.of_children(said) == names


@pytest.mark.parametrize(
    ("said", "before", "line"),
    [
        ("甜甜不是四岁 三岁半", "我儿子浩浩八岁，闺女甜甜四岁", "我儿子浩浩八岁，闺女甜甜三岁半"),
        ("大宝十二了 说错了", "大的叫大宝十一岁，小的二宝七岁", "大的叫大宝十二岁，小的二宝七岁"),
        ("我大姐45", "我闺女7岁半叫朵朵", "我闺女7岁半叫朵朵"),
    ],
)
def test_an_age_is_put_right_where_it_stands_and_nowhere_else(said: str, before: str, line: str) -> None:
    assert wish_names.age_put_right(said, before) == line
