"""People of a family in their own words, with nothing open, in the middle of a talk, and with Rasa away."""

from __future__ import annotations

import pytest

from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def test_a_father_tells_unasked_what_the_welcome_told_him_to_tell_and_rasa_is_away(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert world.say(talk, "刚视频了挺好的") == ["contact.q.parent.carer"]
    assert world.say(talk, "聊了") == ["contact.q.parent.how.more"]
    assert homes.answers(world, home, "father")["contact"] == "yes"


def test_a_father_asks_how_his_child_is_with_rasa_away(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert world.say(talk, "俺家娃最近咋样啊") == ["contact.status"]


def test_a_mother_who_is_kept_from_her_child_is_not_told_to_call_more(world: World) -> None:
    home = homes.make(world, "mother")
    talk = homes.join(world, home, "mother")
    said = "我跟他爸离婚了，孩子判给他爸，他爸不让我见孩子，我一个月没见着了"
    assert world.say(talk, said) == ["contact.access"]
    assert homes.rungs(world, home) == [("wants_talk", "kept_from_child", True)]
    for asked, told in (("孩子他爸这周打电话了吗", ""), ("能把他爸的地址告诉我吗", ".again")):
        assert world.say(talk, asked) == [f"contact.other_parent{told}"]
    assert world.say(talk, "能不能让我看看孩子") == ["contact.access.again"]
    assert homes.answers(world, home, "mother")["contact"] == "no"


def test_a_grandmother_in_simple_mode_is_heard_in_her_own_words(world: World) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer", simple="yes")
    assert world.say(talk, "娃挺好的，就是不爱吃饭") == ["contact.q.simple.mood"]
    assert world.say(talk, "不太高兴") == ["contact.signal.routine", "contact.q.simple.calls"]
    assert world.say(talk, "他爸好久没来电话了")[-1] == "contact.q.simple.self"
    assert world.say(talk, "有点累") == ["contact.thanks.carer"]
    told = homes.answers(world, home, "carer")
    assert [told[item] for item in ("life", "mood", "calls", "self")] == ["so_so", "low", "long", "tired"]


def test_the_words_of_the_help_button_typed_bring_help_in_the_middle_of_anything(world: World) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer", simple="yes")
    world.tap(talk, "flow:contact")
    assert world.say(talk, "叫人帮我") == ["contact.help.carer"]
    world.say(talk, "我也不会打字，这咋整")
    assert world.say(talk, "咋弄啊") == ["contact.saved.carer"]
    assert [choice.label for choice in world.said(talk)[-1].choices] == ["叫人帮我", "接着答"]


def test_a_policy_question_of_a_parent_is_no_answer_about_the_week(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    said = world.say(talk, "一年没给孩子打电话违法吗")
    assert not any(key.startswith("contact.") for key in said), said


def test_who_is_on_file_by_village_is_not_asked_for_the_village_again(world: World) -> None:
    home = homes.make(world, "self")
    talk = homes.join(world, home, "self")
    said = world.say(talk, "不想活了")
    assert "report.place_there" in said
    assert "报告" not in world.said(talk)[-1].text


def test_a_father_who_tells_of_grandmothers_blood_pressure_is_not_told_that_he_is_alone(world: World) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    said = world.say(talk, "昨晚跟娃视频了 挺好 就是有点咳嗽 他奶奶身体不行了")
    assert said[0] == "contact.signal.parent.carer"


def test_the_hour_is_changed_by_the_words_of_its_button(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert world.say(talk, "改时间") == ["join.day"]


def test_a_child_answers_as_children_do(world: World) -> None:
    home = homes.make(world, "self")
    talk = homes.join(world, home, "self")
    world.tap(talk, "flow:contact")
    assert world.means(talk, "还行吧", "contact") == ["contact.q.child.calls"]
    assert world.means(talk, "没打", "contact") == ["contact.q.child.safe"]
    told = homes.answers(world, home, "self")
    assert (told["mood"], told["calls"]) == ("so_so", "no")


def test_our_own_reading_goes_before_what_rasa_took_an_answer_for(world: World) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer", simple="yes")
    world.tap(talk, "flow:contact")
    world.tap(talk, "contact.life=good")
    world.means(talk, "不太高兴", "contact", Meant("unsure", 0.9))
    assert homes.answers(world, home, "carer")["mood"] == "low"


def test_words_after_the_question_what_worries_you_are_the_worry(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    for answer in ("contact=video", "carer=yes", "how=good"):
        world.tap(talk, f"contact.{answer}")
    assert world.means(talk, "有点惦记他成绩", "contact")[0] == "contact.words_taken"
    assert homes.rungs(world, home) == [("concern", "concern_told", True)]


@pytest.mark.parametrize("said", [("这周联系了 视频的 他爷爷没唠上 睡得早",), ("打了", "没唠上 他爷睡得早")])
def test_who_did_not_reach_the_carer_has_reached_the_child(world: World, said: tuple[str, ...]) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    for one in said:
        world.say(talk, one)
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("yes", "no")


def test_another_day_for_the_questions_is_no_end_of_them(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert world.say(talk, "以后别礼拜四发了 礼拜天晚上八点吧") == ["join.changed"]
    assert homes.plan(world, home, "father").weekday == 7
