"""What is told goes to the field it belongs to, and what was told before is not asked again."""

from __future__ import annotations

import pytest

from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import SURE, answers_of, asked_for, asked_now, begun

ALONE = "公主岭响水镇姜家店村 孩子晚上一个人在家 八岁 没人管"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _in_danger(world: World) -> str:
    talk = begun(world, ALONE)
    world.tap(talk, "report.danger_now=yes")
    assert asked_now(world, talk) == "safe_contact"
    return talk


@pytest.mark.parametrize("said", ["我侄子十三不上学在修车铺干活", "我外甥天天挨打", "我弟弟的孩子没人管"])
def test_whose_child_it_is_says_that_kin_writes(said: str, world: World) -> None:
    assert answers_of(world, begun(world, said)).words_of("reporter_type") == ["孩子的亲属"]


def test_which_of_the_kin_is_more_than_that(world: World) -> None:
    talk = begun(world, "我侄女没人管了 她奶住院了")
    world.say(talk, "我是她姑 在长春")
    assert answers_of(world, talk).area is None, "where she is, not where the child is"
    assert answers_of(world, talk).words_of("reporter_type") == ["我是她姑 在长春"]


@pytest.mark.parametrize("said", ["我凭啥告诉你我叫啥", "凭什么问我名字", "别问我叫啥", "名字不能说"])
def test_who_will_not_be_named_hears_that_he_need_not(said: str, world: World) -> None:
    talk = asked_for(world, "child_ref")
    before = answers_of(world, talk).words
    assert world.say(talk, said)[0] == "report.faq.name"
    assert (asked_now(world, talk), answers_of(world, talk).words) == ("child_ref", before)


@pytest.mark.parametrize("said", ["白天邻居王婶给口饭", "孩子晚上不敢睡", "家里没有炉子", "爷爷瘸腿"])
def test_what_is_told_of_the_child_is_no_way_to_reach_anybody_and_not_who_writes(said: str, world: World) -> None:
    for talk, field in ((_in_danger(world), "safe_contact"), (asked_for(world, "reporter_type"), "reporter_type")):
        world.say(talk, said)
        answers = answers_of(world, talk)
        assert said not in answers.words_of(field)
        assert said in answers.words_of("what")


@pytest.mark.parametrize("said", ["晚上六点以后", "白天在村部", "下班去学校找我", "打我电话 13812345678 白天"])
def test_a_time_or_room_alone_still_says_how_to_reach_somebody(said: str, world: World) -> None:
    talk = _in_danger(world)
    world.say(talk, said)
    assert answers_of(world, talk).given["safe_contact"] == "given"


@pytest.mark.parametrize(
    "said", ["行 在这说吧 不留电话", "电话不留 就在这回", "可以联系我 但我电话不想留", "就这儿吧 手机号不给"]
)
def test_to_be_answered_here_is_an_answer(said: str, world: World) -> None:
    talk = asked_for(world, "follow_up")
    world.say(talk, said)
    assert answers_of(world, talk).facts["follow_up"] == "yes"


@pytest.mark.parametrize("said", ["两个月没去了", "从去年冬天开始的", "昨儿黑天打的"])
def test_a_time_told_where_the_child_is_asked_for_is_the_time(said: str, world: World) -> None:
    talk = asked_for(world, "child_ref")  # the time was skipped before
    world.say(talk, said)
    answers = answers_of(world, talk)
    assert answers.words_of("when")
    assert not answers.words_of("child_ref")


def test_what_was_told_in_one_breath_is_not_asked_again(world: World) -> None:
    talk = begun(
        world, "公主岭响水镇姜家店村 孩子叫小雨 八岁 两个月没去上学了 我是邻居 没人打她 不留电话 有信儿在这告诉我就行"
    )
    world.tap(talk, "report.danger_now=no")
    answers = answers_of(world, talk)
    assert asked_now(world, talk) == "confirm"
    assert answers.words_of("child_ref") == ["孩子叫小雨 八岁"]
    assert answers.facts["follow_up"] == "yes"


def test_what_fits_the_open_question_is_no_question_of_a_rule_however_sure_the_classifier_is(world: World) -> None:
    talk = asked_for(world, "when")
    assert world.means(talk, "上个月开始的", "report", Meant("ask_policy", SURE)) == ["report.child_ref"]
