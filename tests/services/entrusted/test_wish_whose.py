"""Whose name it is, and who is only asked about: the child's name is no carer's, another person proposed is answered
for, and only what was said is confirmed."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.cases import person
from tests.services.entrusted.told_wishes import last, told
from tests.services.registered import VILLAGE

MOTHER = (
    "我下月初要去韩国打工 孩子想放我大姐家 要办啥手续",
    "一个 我闺女7岁半叫朵朵 上一年级 她爸早离了不管",
    "12月5号走 去三年吧",
    "公主岭市响水镇姜家店村",
    "电话不留",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def talk(world: World) -> str:
    person(world, "child_director", VILLAGE, "王主任")
    return told(world, MOTHER)


def test_the_child_s_name_stands_in_its_own_line_and_never_in_the_carer_s(world: World, talk: str) -> None:
    world.say(talk, "不跟你说了吗7岁半叫朵朵 12月5号走")
    world.say(talk, "念一遍")
    read_back = "\n".join(one.text for one in world.said(talk)[-2:])
    assert "打算托给：我大姐\n" in read_back
    for line in ("孩子：我闺女7岁半叫朵朵，上一年级", "另一位家长：她爸早离了不管"):
        assert f"{line}\n" in read_back


def test_a_name_put_right_is_said_to_be_and_the_age_told_with_it_is_kept(world: World, talk: str) -> None:
    world.say(talk, "大姐叫李桂芬")
    world.say(talk, "你整错了 朵朵是我闺女 我大姐45 在家种地 没啥毛病")
    world.say(talk, "念一遍")
    assert "打算托给：我大姐李桂芬（45岁）\n" in last(world, talk)


def test_only_what_was_said_of_the_carer_is_confirmed(world: World, talk: str) -> None:
    keys = world.say(talk, "没犯过法 这个你放心 问这干啥查户口啊")
    assert keys[:2] == ["entrusted.beside.clean", "entrusted.wish.why_asked"]
    confirmed = next(one.text for one in world.said(talk) if one.text.startswith("记下了，您说的是"))
    assert "“没犯过法”" in confirmed


@pytest.mark.parametrize("said", ["那她姥姥带行不行 姥姥七十二了有糖尿病", "要是让她爷看着呢", "她舅妈带中不"])
def test_another_person_asked_about_is_answered_for_and_the_carer_stays(world: World, talk: str, said: str) -> None:
    assert "entrusted.wish.still" in world.say(talk, said)
    world.say(talk, "念一遍")
    assert "打算托给：我大姐\n" in last(world, talk)


def test_what_was_told_of_whom_was_asked_about_stands_when_he_is_taken(world: World, talk: str) -> None:
    world.say(talk, "那她姥姥带行不行 姥姥七十二了有糖尿病")
    assert "entrusted.wish.stays" in world.say(talk, "算了还是大姐")
    world.say(talk, "还是换她姥姥吧")
    world.say(talk, "念一遍")
    assert "打算托给：她姥姥（72岁）\n照护人的情况（您说的）：姥姥七十二了有糖尿病\n" in last(world, talk)


def test_a_question_about_the_hours_of_work_asks_for_no_danger(world: World, talk: str) -> None:
    assert "report.danger_doubt.beside" not in world.say(talk, "到那边有时差一个小时 我咋联系 晚上加班")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("我儿子壮壮五岁 幼儿园中班 他妈早跑了不管他", "另一位家长：他妈早跑了不管他"),
        ("我家是个小子 叫李明轩 12 上六年级 他爸瘫痪在床", "孩子：我家是个小子叫李明轩，12，上六年级"),
        ("小丫头叫琪琪 念一年级 她爹前年走了 没了", "另一位家长：她爹前年走了，没了"),
        ("闺女小雨9岁三年级 有点哮喘", "孩子：闺女小雨9岁三年级，有点哮喘"),
    ],
)
def test_why_the_other_parent_is_no_help_and_what_ails_the_child_are_no_danger_and_not_the_carer_s(
    world: World, said: str, line: str
) -> None:
    person(world, "child_director", VILLAGE, "王主任")
    talk = told(world, ("我要出国两年 孩子托给我老舅行不", said, "公主岭市响水镇姜家店村", "不留电话", "念一遍"))
    assert world.reports() == []
    assert f"{line}\n" in last(world, talk)
    assert "照护人的情况" not in last(world, talk)


def test_a_child_that_is_gone_stays_an_emergency_whatever_is_told_of_the_other_parent(world: World, talk: str) -> None:
    assert world.say(talk, "我儿子丢了 他妈早跑了")[0].startswith("danger.")


def test_a_lad_asked_about_is_told_to_be_too_young(world: World, talk: str) -> None:
    assert world.say(talk, "那我妹妹带行不行 她才十七")[:2] == ["entrusted.wish.minor", "entrusted.wish.still"]


def test_who_looks_after_a_grown_up_is_no_carer_of_the_child(world: World, talk: str) -> None:
    world.say(talk, "不是李艳照顾他爸 是他奶奶照顾他爸")
    world.say(talk, "念一遍")
    assert "打算托给：我大姐\n" in last(world, talk)
