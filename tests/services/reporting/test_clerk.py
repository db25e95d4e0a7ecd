"""A report as a careful clerk writes it: each line clean, nothing false in it, nothing lost; and what is said of it
afterwards."""

from __future__ import annotations

import pytest

from bot.reading.reports import clean, corrections, fitting, mistaken
from bot.reading.talk import replies
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.reporting import putting_right
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import begun, last


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    "said", ["我电话不能留 留了不就知道是我了么", "号码就算了吧", "我不想留电话 怕惹事", "手机号不敢留"]
)
def test_a_refusal_is_nothing_one_can_be_reached_by(said: str) -> None:
    assert replies.leaves_no_contact(said)
    assert not fitting.is_contact(said)


def test_a_number_left_after_all_is_one() -> None:
    assert not replies.leaves_no_contact("可以留我电话 13900005521")
    assert fitting.is_contact("打我电话 13900005521")


def test_an_office_phone_is_no_wish_to_hear_of_it_here_alone() -> None:
    assert replies.contact_wish("可以打我科室电话 别打我手机") is None
    assert replies.contact_wish("电话别打") == "here"


@pytest.mark.parametrize("asked", ["child_ref", "follow_up"])
def test_an_address_with_its_school_is_no_child(asked: str) -> None:
    assert fitting.target(asked, "辉南县朝阳镇，学校叫辉南县第四小学") == "place"
    assert fitting.target("child_ref", "朝阳镇老李家的二小子 九岁") == "child_ref"


def test_the_neighbouring_village_is_told_without_why_one_was_said_for_the_other() -> None:
    found = corrections.read("刚才整错了啊 不是青山村 是青峰村 挨着的俩屯子")
    assert found is not None
    assert (found.new, found.old) == ("青峰村", "青山村")


def test_bare_years_of_the_child_put_its_age_right() -> None:
    found = corrections.read("我刚说错了，孩子不是12，是11，生日还没到")
    assert found is not None
    assert (found.old, found.clauses[-1]) == ("12岁", "11岁")


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [("12岁 六年级", "孩子不是12，是11", "11岁 六年级"), ("三岁 男孩", "不对 孩子不是三岁是四岁", "4岁 男孩")],
)
def test_the_right_age_stands_where_the_wrong_one_stood(before: str, said: str, after: str) -> None:
    told = Answers(words=[["child_ref", before]], facts={"child_age_years": 12 if "12" in before else 3})
    assert putting_right.facts(told, said)
    assert told.words_of("child_ref") == [after]


def test_lines_are_read_back_without_what_only_answers_or_refuses() -> None:
    assert clean.what("没有 现在在宿舍呢") == "现在在宿舍呢"
    assert clean.what("没有人管 天天饿着") == "没有人管 天天饿着"
    assert clean.who("匿名吧 别写我") == ""
    assert clean.who("我是她大姨 别写名") == "我是她大姨"
    assert clean.who("我是中心校的老师我班有个学生身上有伤") == "我是中心校的老师"
    assert clean.contact("可以 不过别打电话") == "别打电话"
    assert clean.child(["叫啥不知道 八九岁"]) == ["八九岁"]
    assert clean.child(["叫王小宝", "男孩 5岁 叫王小宝"]) == ["男孩 5岁 叫王小宝"]
    assert clean.when(["仨月了", "天天这样 得有俩仨月了"]) == ["天天这样 得有两三个月了"]


@pytest.mark.parametrize(
    "said", ["12岁 六年级 我算不算必须报的那种人？", "我是不是必须得报", "像我这样当老师的必须报不"]
)
def test_who_asks_whether_he_must_report_is_asking_of_himself(said: str) -> None:
    assert replies.question(said) == "police_duty"
    assert fitting.name_beside(said) == ("12岁 六年级" if "12岁" in said else "")


@pytest.mark.parametrize("said", ["取消吧 报错了 不是那回事", "是我看走眼了", "搞错了 人家她妈在家呢 不用管了"])
def test_what_was_a_mistake_is_heard_as_one(said: str) -> None:
    assert mistaken.is_one(said)


@pytest.mark.parametrize("said", ["说错了 是平安镇", "没人管了", "我没报错", "报错了咋整", "搞错了 是她爸打的"])
def test_a_correction_or_more_of_the_matter_is_none(said: str) -> None:
    assert not mistaken.is_one(said)


def test_who_wants_to_hear_how_it_ended_does_not_ask_when() -> None:
    assert mistaken.wants_to_hear("处理完了能告诉我一声不")
    assert mistaken.wants_to_hear("办完了给我个信儿呗")
    assert not mistaken.wants_to_hear("啥时候处理完告诉我一声")


def test_a_mistake_is_written_into_the_report_and_closes_nothing(world: World) -> None:
    talk = begun(world)
    for said in ("现在没有危险", "公主岭市范家屯镇平洋村"):
        world.say(talk, said)
    world.say(talk, "交上去吧")
    with world.work() as work:
        report = reports.of_conversation(work, talk)
        assert report is not None
        state = report.state
    world.say(talk, "报错了 不是那回事")
    assert "写进这件事里了" in last(world, talk)
    with world.work() as work:
        after = reports.of_conversation(work, talk)
        assert after is not None
        assert after.state == state
        assert any("不是那回事" in said for _, said in reports.told_of(work, after)["words"])
