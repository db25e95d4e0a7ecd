"""A place that several bear, a village no table has, a number that is another's, and what did not happen: each is kept
where it belongs, and none of it holds a report up."""

from __future__ import annotations

import pytest

from bot.reading.measures import numbers_of
from bot.reading.reports import denials
from bot.reading.talk import replies
from bot.services.casework import reports
from bot.services.reporting import readback
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_for, asked_now

BEATEN = "我们屯有个男孩总挨他爸打 身上都是伤"
NEED = "有个孩子辍学在家放牛"
SHULAN, BAICHENG = "220283107", "220802100"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def _told(world: World, *said: str) -> str:
    talk = world.citizen()
    for one in said:
        world.say(talk, one)
    return talk


def test_harm_at_a_place_that_several_bear_is_with_people_before_anybody_says_which(world: World) -> None:
    province = world.staff("province_duty", "22")
    there = world.staff("child_supervisor", SHULAN)
    talk = _told(world, BEATEN, "没危险", "住平安镇")
    assert world.pushes(province) == ["staff.alert.S1"]
    assert asked_now(world, talk) == "place"
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert readback.place_for_staff(told) == "舒兰市平安镇或白城市洮北区平安镇"
    world.say(talk, "舒兰那边的")
    assert world.report().area == SHULAN
    assert world.pushes(there) == ["staff.alert.S1"]


@pytest.mark.parametrize("said", ["离市里不远", "他妈早跑了 就跟他爸过"])
def test_which_of_them_is_asked_once_more_where_it_was_passed_over(world: World, said: str) -> None:
    talk = _told(world, BEATEN, "没危险", "住平安镇")
    assert "report.place_which.again" in world.say(talk, said)
    world.say(talk, "说不准")
    assert asked_now(world, talk) != "place"
    assert len(world.reports()) == 1


def test_who_has_to_look_which_place_it_is_is_given_time(world: World) -> None:
    talk = _told(world, BEATEN, "没危险", "住平安镇")
    assert world.say(talk, "永安还是永发 我得查查") == ["report.leaving"]
    assert asked_now(world, talk) == "place"


@pytest.mark.parametrize(
    ("said", "area"), [("孩子在舒兰一中上学", SHULAN), ("白城那个平安镇", BAICHENG), ("离白城市区十来里地", BAICHENG)]
)
def test_a_school_or_a_town_near_by_says_which(world: World, said: str, area: str) -> None:
    _told(world, BEATEN, "没危险", "平安镇", said)
    assert world.report().area == area


def test_a_place_asked_for_and_not_told_holds_harm_up_no_longer(world: World) -> None:
    talk = _told(world, "那孩子身上青一块紫一块都是伤", "没危险")
    assert world.reports() == []
    world.say(talk, "他爸一喝酒就打")
    assert len(world.reports()) == 1


@pytest.mark.parametrize(
    ("said", "township", "village"),
    [
        ("郭家店镇西河村 啊不对 小城子镇 郭家店那是我娘家", "小城子镇", "西河村"),
        ("榆树市五棵树镇大坝沿子村 啊不对 是刘家镇", "刘家镇", "大坝沿子村"),
        ("公主岭响水镇马蹄洼子屯 呸 不是响水 是范家屯镇", "范家屯镇", "马蹄洼子屯"),
        ("西河村的 梨树县小城子镇管", "小城子镇", "西河村"),
    ],
)
def test_a_village_no_table_has_stays_where_only_its_township_was_wrong(
    world: World, said: str, township: str, village: str
) -> None:
    talk = asked_for(world, "place", NEED)
    world.say(talk, said)
    answers = answers_of(world, talk)
    assert township in readback.where(answers)
    assert village in readback.where(answers)
    staff = readback.place_for_staff({"words": answers.words, "area": answers.area})
    assert township in staff
    assert f"{village}（原话）" in staff


def test_a_village_stays_when_its_township_is_put_right_later(world: World) -> None:
    talk = asked_for(world, "place", NEED)
    world.say(talk, "梨树县小城子镇西河村")
    world.say(talk, "说错了 不是小城子镇 是郭家店镇")
    shown = readback.where(answers_of(world, talk))
    assert "郭家店镇" in shown
    assert "西河村" in shown
    assert "小城子" not in shown


@pytest.mark.parametrize(
    "said",
    [
        "孩子爸电话13812345678", "他妈的号 13812345678", "学校电话是13812345678", "他家座机号13812345678",
        "邻居的电话13812345678", "你打这个号13812345678找她姥", "13812345678这是他爷爷的号",
        "村主任电话13812345678 你问他",
        "13812345678 是孩子姑姑", "班主任手机13812345678", "他爸13812345678", "孩子爸电话我有 一三九四三四五零六一二",
    ],
)  # fmt: skip
def test_anothers_number_is_told_of_the_matter_and_reaches_nobody_for_the_writer(world: World, said: str) -> None:
    assert numbers_of.any_told(said)
    assert numbers_of.own(said, asked=True) == []
    talk = _told(world, NEED, "没危险", said)
    answers = answers_of(world, talk)
    assert not answers.words_of("safe_contact")
    assert said in " ".join(answers.words_of("what"))


@pytest.mark.parametrize(
    "said",
    [
        "我的电话13812345678", "这是我号 13812345678", "有事打我13812345678", "13812345678", "电话13812345678",
        "我是孩子他姑 电话13812345678", "我是他老师，13812345678", "邻居，13812345678", "他家在后院 有事打13812345678",
        "他老打孩子 我电话13812345678",
    ],
)  # fmt: skip
def test_the_writers_own_number_is_his(said: str) -> None:
    assert numbers_of.own(said) == ["13812345678"]


def test_a_number_of_the_writers_mother_is_his_only_where_he_was_asked_for_one() -> None:
    assert numbers_of.own("我妈的号 13812345678") == []
    assert numbers_of.own("我妈的号 13812345678", asked=True) == ["13812345678"]


@pytest.mark.parametrize(
    "said",
    [
        "没打 没见着打孩子",
        "没看见动手 就是饿得慌",
        "不是打的 是摔的",
        "没犯过事",
        "倒没看见谁打他",
        "没打没骂 就是不管",
    ],
)
def test_what_did_not_happen_answers_no_question_about_the_writer(world: World, said: str) -> None:
    assert denials.is_one(said)
    talk = asked_for(world, "follow_up", NEED)
    world.say(talk, said)
    answers = answers_of(world, talk)
    assert answers.facts.get("follow_up") != "no"
    assert not {"beaten", "carer_hits"} & set(answers.facts["signs"])


@pytest.mark.parametrize("said", ["没", "没有", "不用回了", "打了", "没人管他", "没有大人"])
def test_a_plain_no_is_one_still(said: str) -> None:
    assert not denials.is_one(said)


@pytest.mark.parametrize(
    "said", ["先不报了", "要不先别报了 我跟他家唠唠再说", "先不报了 我给老师打个电话看看 不好使我再找你", "暂时不报了"]
)
def test_who_does_not_report_for_now_is_not_asked_on(world: World, said: str) -> None:
    talk = asked_for(world, "place", NEED)
    assert "report.cancelled" in world.say(talk, said)


@pytest.mark.parametrize("said", ["先别报警", "他爸不让报", "没报过警", "别报我名字"])
def test_other_words_of_reporting_end_nothing(said: str) -> None:
    assert not replies.gives_up(said)


def test_a_child_that_writes_is_not_its_brother(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我奶住院了 家里就我跟我弟 我害怕", "report")
    world.say(talk, "我13弟弟7岁 他叫乐乐")
    facts = answers_of(world, talk).facts
    assert facts["child_age_years"] == 13
    assert facts.get("child_sex") in (None, "unknown")
