"""A report that somebody does not want is left at any of its questions; what people have stays, and that is said.
Denied danger is stored as denied; a plan is no harm; who must report hears not to question, photograph or warn."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.dangers import planning
from bot.reading.reports import reporting, stopping, told
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import STORY, alarmed, answers_of, asked_for, asked_now, begun, filed, last

TEACHER = "我是小学老师，发现班上学生身上有烟头烫的疤"
WAYS_OUT = ("不报了行不行", "这个别交了", "别转", "那算了 谢谢", "我没要举报", "不用回 这个别交了", "算了不说了 没事")
PLAN = "我要出去两天 让孩子自己在家待两天行不"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("field", ["danger_now", "place", "when", "child_ref", "reporter_type", "follow_up", "confirm"])
def test_a_report_nobody_wants_is_let_go_at_any_question(field: str, world: World) -> None:
    for said in WAYS_OUT:
        talk = asked_for(world, field)
        assert world.say(talk, said) == ["report.cancelled"], said
        assert not filed(world, talk)
    assert not world.reports()


@pytest.mark.parametrize("field", ["follow_up", "when", "confirm"])
def test_of_told_harm_it_is_said_what_stays_and_no_code_is_pressed_on_anybody(field: str, world: World) -> None:
    talk = asked_for(world, field, STORY)
    assert world.say(talk, "那算了 谢谢") == ["report.stays"]
    assert "撤回" in last(world, talk)
    assert not filed(world, talk)
    assert world.report().severity == "S1"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "别交给他爸",
            "别转给村主任 他是孩子大伯",
            "孩子说算了 别管他",
            "不报就出事了",
            "我没要举报老师 我要举报的是校长",
        ),
        *("算了 他也不容易 孩子还是天天挨打", "别告诉他爸", "不是不报 是怕他知道", "等等 别撤"),
    ],
)
def test_what_only_sounds_like_it_stops_nothing(said: str, world: World) -> None:
    assert stopping.read(said) is None
    talk = asked_for(world, "place")
    world.say(talk, said)
    assert asked_now(world, talk) is not None


def test_anger_is_heard_once_kept_nowhere_and_a_stop_is_taken_back(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    assert world.say(talk, "白费劲")[0] == "report.cross"
    assert world.say(talk, "等等 别撤")[0] == "report.resumed"
    assert not answers_of(world, talk).words_of("reporter_type")
    assert world.say(talk, "糊弄人 算了") == ["report.cancelled"]
    assert world.say(talk, "等等 别撤")[0] == "report.resumed"
    assert asked_now(world, talk) == "reporter_type"


@pytest.mark.parametrize("answer", ["还没呢 年后的事 孩子现在跟我在一块儿", "没有 我就是问问", "没有", "tap"])
def test_a_question_about_a_plan_makes_no_report(answer: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, PLAN)[0] == "report.danger_doubt"
    said = world.tap(talk, "report.danger_now=no") if answer == "tap" else world.say(talk, answer)
    assert said == ["report.only_planned"]
    assert world.flow(talk) is None
    assert not world.reports()


@pytest.mark.parametrize(
    "said", ["孩子自己在家待三天了 行不行", "我走两天了 他自己在家待着行不", "现在就他自己在家 我明天回"]
)
def test_what_is_so_already_is_no_plan(said: str, world: World) -> None:
    assert not planning.only_planned(said)
    assert "lives_alone" in told.read(said).signs
    talk = world.citizen()
    world.say(talk, said)
    world.say(talk, "没有")
    assert asked_now(world, talk) is not None


@pytest.mark.parametrize(
    "said", ["现在没危险", "倒也没现在打", "孩子在学校呢现在没危险", "眼下没动手", "不是现在打的 是上礼拜"]
)
def test_denied_danger_is_stored_as_denied_and_what_was_raised_stays_raised(said: str, world: World) -> None:
    talk = alarmed(world, "隔壁又削孩子呢 嗷嗷哭")
    world.say(talk, "榆树市五棵树镇互助村")
    assert "report.calm_now" in world.say(talk, said)
    assert answers_of(world, talk).facts["danger_now"] == "no"
    assert world.report().severity == "S0"


@pytest.mark.parametrize(
    "said", ["现在没打了 孩子不动了", "现在没事 他又回来了", "没现在打 一会儿就得打", "现在没打 他拿刀堵门呢"]
)
def test_what_goes_on_or_is_feared_denies_nothing(said: str, world: World) -> None:
    talk = alarmed(world, "隔壁又削孩子呢 嗷嗷哭")
    world.say(talk, said)
    assert answers_of(world, talk).facts["danger_now"] == "yes"


def test_a_mark_told_with_whence_it_comes_is_asked_about_and_a_blow_now_is_an_emergency() -> None:
    assert danger.read("体育课看见她胳膊好几道印子，她说是她继父拿皮带抽的").ask
    assert danger.read("他爸现在打他呢").level == "emergency"
    assert danger.read("他爸正拿皮带抽他").level == "emergency"
    assert "beaten" not in danger.read("爹在天津 把他扔他叔这了").signs


def test_harm_told_late_is_answered_and_raises_the_report(world: World) -> None:
    talk = asked_for(world, "follow_up")
    assert "report.first.S1" in world.say(talk, "他叔上礼拜拿锹把子削他 胳膊都青了")
    assert world.report().severity == "S1"
    talk = begun(world, "邻居家孩子没人管 饿得不行")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, "公主岭市范家屯镇平洋村")
    assert world.say(talk, "前几天还拿皮带抽过他")[0] == "report.harm_later"


@pytest.mark.parametrize("said", ["她妈去年就跑了", "叫小军 就在烧烤店里 天天晚上都在", "他爹前年出去打工的"])
def test_a_moment_of_something_else_is_not_when_it_was(said: str, world: World) -> None:
    talk = asked_for(world, "when")
    world.say(talk, said)
    assert not answers_of(world, talk).words_of("when")


def test_what_a_family_went_through_is_the_matters_where_harm_is_told_of_it() -> None:
    said = "去年他妈跑了以后就老打"
    assert not reporting.of_their_life(said, (0, 2), harm=True)


def test_who_leaves_no_name_is_not_asked_who_he_is(world: World) -> None:
    talk = asked_for(world, "place")
    assert world.say(talk, "我不想留名 都是街坊")[0] == "report.unnamed"
    answers = answers_of(world, talk)
    assert not answers.words_of("reporter_type")
    assert answers.given["reporter_type"] == "given"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("用不用我再细问问她，或者把伤拍下来留个证据？", "report.worry.photos"),
        ("要不要把伤口拍照", "report.worry.photos"),
        ("我们主任的意思是先别往外说 先找家长谈谈 你说这样行吗", "report.worry.family_first.school"),
        ("先跟她妈通个气可以吧", "report.worry.family_first.school"),
        ("是不是该跟孩子核实一下再报", "report.worry.leave_asking"),
    ],
)
def test_who_must_report_neither_questions_nor_photographs_nor_warns(said: str, answer: str, world: World) -> None:
    assert world.say(begun(world, TEACHER), said)[0] == answer


def test_of_a_need_parents_may_be_asked(world: World) -> None:
    keys = world.say(asked_for(world, "when"), "先找家长谈谈 你说这样行吗")
    assert not any(key.startswith("report.worry.family_first") for key in keys)


def test_a_wish_to_be_reminded_is_no_part_of_what_happened(world: World) -> None:
    talk = asked_for(world, "follow_up")
    assert "contact.not_joined" in world.say(talk, "可以 你能每周提醒我一下不")
    assert all("提醒" not in text for _, text in answers_of(world, talk).words)
