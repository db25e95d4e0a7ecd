"""Where a report was read back: plain wishes send it, anger is asked once, questions are answered, and nothing but what
tells of the matter is added."""

from __future__ import annotations

import pytest

from bot.reading.reports import sending
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_for, asked_now, filed, last

STOP = "report.confirm.stop"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    "said",
    [
        *("交吧交吧", "报上去啊", "就这么报", "赶紧的", "对 就这样", "行 就按这个", "麻溜报", "中 就这么着"),
        *("可以 转吧", "没毛病 交", "等等 别撤 报上去啊", "算了 报吧"),
    ],
)
def test_a_plain_wish_sends_it(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, said)
    assert filed(world, talk)


@pytest.mark.parametrize(
    "said", ["报了", "我报了", "报警", "不对", "他爸不让报", "转学了", "孩子发烧了", "交不起学费", "没人管", "赶紧来人"]
)
def test_what_tells_or_denies_is_no_wish_to_send(said: str) -> None:
    assert not sending.sends(said)


@pytest.mark.parametrize("said", ["糊弄人 算了", "拉倒吧", "没意思 不整了", "净扯淡 不报了", "算了算了 报了也白报"])
def test_who_gives_up_in_anger_is_asked_once(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    before = answers_of(world, talk).words
    assert world.say(talk, said) == [STOP]
    assert (asked_now(world, talk), answers_of(world, talk).words) == ("confirm", before)
    assert [one.value for one in world.said(talk)[-1].choices] == ["report.confirm=yes", "report.cancel=yes"]


@pytest.mark.parametrize("said", ["等等 别撤 报上去啊", "别别 还是报吧", "不是 要报", "我气话 报上去", "别撤 交吧"])
def test_anger_is_taken_back(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, "糊弄人 算了")
    world.say(talk, said)
    assert filed(world, talk)


def test_who_says_so_a_second_time_is_taken_at_his_word(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, "算了")
    assert world.say(talk, "算了 没用") == ["report.cancelled"]


@pytest.mark.parametrize("said", ["嗯", "行", "不"])
def test_a_yes_that_may_mean_either_sends_nothing_and_stops_nothing(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, "糊弄人 算了")
    assert world.say(talk, said) == ["report.confirm.again"]
    assert not filed(world, talk)


@pytest.mark.parametrize("said", ["净糊弄人", "白费劲"])
def test_a_mere_complaint_is_asked_about_once_and_never_taken_for_stopping(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    before = answers_of(world, talk).words
    assert world.say(talk, said) == [STOP]
    assert world.say(talk, said) == ["report.confirm.again"]
    assert answers_of(world, talk).words == before


def test_anger_over_what_stands_already_is_told_the_truth(world: World) -> None:
    talk = asked_for(world, "confirm", "公主岭市范家屯镇平洋村老王家的二小子总挨打 身上都是伤")
    assert world.say(talk, "糊弄人 算了") == ["report.confirm.stop.stands"]
    world.say(talk, "交吧")
    assert filed(world, talk)


def test_both_buttons_of_that_question_work(world: World) -> None:
    talk, other = asked_for(world, "confirm"), asked_for(world, "confirm")
    world.say(talk, "算了")
    world.tap(talk, "report.confirm=yes")
    assert filed(world, talk)
    world.say(other, "算了")
    assert world.tap(other, "report.cancel=yes") == ["report.cancelled"]


def test_an_order_to_stop_is_not_asked_back(world: World) -> None:
    assert world.say(asked_for(world, "confirm"), "取消") == ["report.cancelled"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("到底啥时候能给信儿", "report.faq.news"),
        ("几天能有人来看", "report.faq.how_long"),
        ("谁来", "report.faq.who_comes"),
        ("交上去以后谁管", "report.faq.who_comes"),
        ("会告诉他吗", "report.secret"),
        ("他能知道是我报的不", "report.secret"),
        ("报了警察会来吗", "report.faq.police_come"),
    ],
)
def test_a_question_is_answered_and_the_place_kept(said: str, answer: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    before = answers_of(world, talk).words
    assert world.say(talk, said) == [answer, "report.confirm.again"]
    assert (asked_now(world, talk), answers_of(world, talk).words) == ("confirm", before)


@pytest.mark.parametrize("said", ["废话真多", "问起来没完了", "磨叽"])
def test_grumbling_is_no_answer_to_anything(said: str, world: World) -> None:
    for field in ("when", "child_ref", "reporter_type", "follow_up", "confirm"):
        talk = asked_for(world, field)
        before = answers_of(world, talk).words
        world.say(talk, said)
        assert (asked_now(world, talk), answers_of(world, talk).words) == (field, before)


def test_what_is_added_is_not_read_back_whole_a_third_time(world: World) -> None:
    talk = asked_for(world, "confirm")
    assert world.say(talk, "孩子左胳膊有块青")[-1] == "report.confirm"
    assert world.say(talk, "门口有棵大柳树")[-1] == "report.confirm.added"
    assert "大柳树" in last(world, talk)
    assert "青" not in last(world, talk), "only what is new"


@pytest.mark.parametrize(
    ("story", "how"),
    [
        ("有个孩子辍学在家放牛", "need"),
        ("公主岭市范家屯镇平洋村老王家的二小子总挨打 身上都是伤", "harm"),
        ("我是小学老师，发现班上学生身上有烟头烫的疤", "school"),
        ("我是村医 来个孩子胳膊上有掐的青紫", "duty"),
    ],
)
def test_that_the_police_were_not_told_is_kept_and_what_to_do_is_said(story: str, how: str, world: World) -> None:
    talk = asked_for(world, "when", story) if how == "need" else asked_for(world, "danger_now", story)
    asked = asked_now(world, talk)
    assert world.say(talk, "还没报警")[0] == f"report.police_due.{how}"
    assert ["what", "还没报警"] in answers_of(world, talk).words
    assert asked_now(world, talk) == asked
