"""What whoever reports tells once is not asked again: a name beside the place, that the police know, a number."""

from __future__ import annotations

import pytest

from bot.services.talk import silence
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import answers_of, asked_for, asked_now, last

HARM = "邻居家孩子老挨打 身上青一块紫一块"
PLACE = "公主岭市响水镇姜家店村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        (f"冯小满 8岁 跟奶奶过 {PLACE}", "冯小满 8岁 跟奶奶过"),
        (f"{PLACE} 马晓雪 三年级 女孩", "马晓雪 三年级 女孩"),
        (f"{PLACE} 孙萌", "孙萌"),
    ],
)
def test_a_name_by_itself_beside_the_place_is_the_childs(world: World, said: str, ref: str) -> None:
    talk = asked_for(world, "place", HARM)
    world.say(talk, said)
    assert answers_of(world, talk).words_of("child_ref") == [ref]


@pytest.mark.parametrize("said", [f"{PLACE} 我叫孙萌", f"{PLACE} 孙萌 电话13904312288"])
def test_who_writes_is_not_the_child(world: World, said: str) -> None:
    talk = asked_for(world, "place", HARM)
    world.say(talk, said)
    assert answers_of(world, talk).words_of("child_ref") == []


def test_a_name_beside_a_question_of_the_rules_is_taken(world: World) -> None:
    talk = asked_for(world, "child_ref", "我是老师 班里一个孩子总挨打 身上青一块紫一块")
    world.say(talk, "强制报告要在多长时间内报？ 孩子叫冯小满")
    assert answers_of(world, talk).words_of("child_ref") == ["孩子叫冯小满"]


def test_what_stands_beside_a_wish_for_secrecy_is_taken(world: World) -> None:
    talk = asked_for(world, "place", HARM)
    said = world.say(talk, f"{PLACE} 叫乐乐 别跟家长透露是学校说的")
    told = answers_of(world, talk)
    assert (told.area, told.given["child_ref"]) == ("220184104201", "given")
    assert [key for key in said if key.startswith(("beside.told", "report.secret"))] == ["beside.told"]


@pytest.mark.parametrize("said", ["刚才不说了吗 冯小满", "都跟你说了叫冯小满咋还问", "名字我说过了啊 冯小满"])
def test_a_reproach_with_a_name_answers_the_question(world: World, said: str) -> None:
    talk = asked_for(world, "child_ref", HARM)
    assert "report.told_before" in world.say(talk, said)
    assert "冯小满" in answers_of(world, talk).words_of("child_ref")[0]
    assert asked_now(world, talk) != "child_ref"


def test_what_was_not_recognised_is_asked_for_once_more_and_then_left(world: World) -> None:
    talk = asked_for(world, "child_ref", HARM)
    assert world.say(talk, "刚才不是说了吗")[0] == "report.told_before.lost"
    world.say(talk, "都说过了")
    assert asked_now(world, talk) != "child_ref"


def test_who_called_the_police_a_moment_ago_reproaches_nobody(world: World) -> None:
    talk = asked_for(world, "child_ref", HARM)
    assert "reporter.police_known" in world.say(talk, "刚才已经报了警了")


@pytest.mark.parametrize(
    "said",
    [
        "已经报110了 派出所说明天上午过来",
        "报完警了",
        "派出所我打过电话了 他们说明天派人来看",
        "警也报了 人家说等通知",
        "已经跟所里说了 民警让我等电话",
        "警察来过了 做了笔录",
    ],
)
@pytest.mark.parametrize("field", ["place", "child_ref", "when"])
def test_that_the_police_know_is_heard_at_any_question_and_read_back(world: World, field: str, said: str) -> None:
    talk = asked_for(world, field, HARM)
    assert world.say(talk, said)[0] == "reporter.police_known"
    told = answers_of(world, talk)
    assert (told.words_of("police"), told.words_of(field)) == ([said], [])


def test_a_school_that_told_the_police_is_not_sent_to_them_again(world: World) -> None:
    talk = asked_for(world, "reporter_type", "有个孩子总挨打 身上青一块紫一块")
    world.say(talk, "已经报110了")
    assert world.tap(talk, "report.reporter_type=mandatory_reporter") == ["report.unit.told"]


def test_a_number_left_beside_something_else_is_confirmed(world: World) -> None:
    talk = asked_for(world, "when", HARM)
    assert "report.number_taken" in world.say(talk, "昨天 我电话13904312288你们有事打我")
    assert answers_of(world, talk).words_of("safe_contact") == ["13904312288"]


def test_a_moment_with_a_word_of_number_asks_no_rule(world: World) -> None:
    talk = asked_for(world, "when", HARM)
    assert not any(key.startswith("policy") for key in world.say(talk, "前几天"))
    assert answers_of(world, talk).words_of("when") == ["前几天"]


def test_who_is_a_teacher_says_so_once(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "您好，我是公主岭市范家屯镇中心小学三年级的班主任，想咨询一个情况")
    world.say(talk, "班里一个孩子说她爸拿皮带抽她")
    told = answers_of(world, talk)
    assert (told.facts["reporter_type"], told.facts["unit"]) == ("mandatory_reporter", "school")


def test_the_reading_back_names_the_neighbour_and_holds_no_question_to_us(world: World) -> None:
    talk = asked_for(world, "when", "我家前院老李家孩子又挨揍了 他爸喝多了就打")
    world.say(talk, "你们的人啥时候来啊")
    for said in ("昨天", "叫李小虎"):
        world.say(talk, said)
    world.tap(talk, "report.follow_up=no")
    assert "您是谁：邻居（我家前院）" in last(world, talk)
    assert "啥时候来" not in last(world, talk)


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        ("托管的舅舅老喝酒打孩子该先干嘛", 1),
        ("妈妈死了爸爸在强制戒毒", 0),
        ("邻居家舅舅老喝酒打孩子该先干嘛", 1),
        ("邻居家娃自己一个人住半个月了 该咋办", 1),
    ],
)
def test_whoever_asks_of_nobodys_child_and_falls_silent_has_reported_nothing(
    world: World, hands: Hands, said: str, reported: int
) -> None:
    talk = world.citizen()
    assert any(key.startswith("report.danger") for key in world.say(talk, said)), "danger is asked about all the same"
    hands.forward(minutes=11)
    with world.work() as work:
        silence.settle(work)
    assert len(world.reports()) == reported


def test_a_case_of_all_who_are_so_is_answered_and_opens_nothing(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "孩子妈没了爸爸坐牢 这种孩子算哪一类")[0].startswith("policy")
    assert world.flow(talk) is None
