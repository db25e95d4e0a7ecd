"""In a report what people tell comes into the right field, a correction is taken at any moment and stands afterwards,
and what they ask about it is answered from what stands."""

from __future__ import annotations

import pytest

from bot.services.casework import reports
from bot.services.reporting import readback
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_now, filed, last

EMERGENCY = "隔壁正拿皮带抽孩子呢 梨树县郭家店镇二道沟村"
CALM = "邻居家孩子身上有伤 舒兰市法特镇西良村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def _said(world: World, *lines: str) -> str:
    talk = world.citizen()
    for line in lines:
        world.say(talk, line)
    return talk


def _read_back(world: World, talk: str) -> str:
    return readback.recap(answers_of(world, talk))


def _of_report(world: World) -> str:
    with world.work() as work:
        told = reports.told_of(work, world.report())
        return readback.place_for_staff(told) + str(told["words"])


@pytest.mark.parametrize(
    "said",
    [
        "说错了 是三道沟",
        "我刚才说错了 是三道沟村不是二道沟",
        "村我说错了 是三道沟村 你给改过来",
        "地址说错了 是三道沟村",
    ],
)
def test_a_village_in_no_table_is_put_right_in_an_open_emergency_and_staff_see_both(world: World, said: str) -> None:
    talk = _said(world, EMERGENCY)
    assert world.say(talk, said)[0] == "report.corrected.told"
    assert "三道沟村" in last(world, talk)
    shown = _of_report(world)
    assert "郭家店镇 三道沟村（原话）" in shown
    assert "二道沟村 → 三道沟村" in shown


def test_the_same_correction_said_once_more_loses_no_place(world: World) -> None:
    talk = _said(world, EMERGENCY, "说错了 是三道沟村不是二道沟", "村我说错了 是三道沟村 你给改过来")
    assert "梨树县郭家店镇（三道沟村）" in _read_back(world, talk)


def test_an_age_told_in_one_clause_is_put_right_and_only_the_age(world: World) -> None:
    talk = _said(world, EMERGENCY, "孩子七岁 男孩 那男的是后爹", "孩子不是七岁是九岁")
    assert "9岁" in " ".join(one.text for one in world.said(talk)[-2:])
    assert answers_of(world, talk).facts["child_age_years"] == 9
    assert "郭家店镇（二道沟村）" in _read_back(world, talk)


def test_whoever_did_it_is_put_right_and_read_back(world: World) -> None:
    talk = _said(world, EMERGENCY, "那男的是后爹", "不是后爹是亲爹")
    assert "亲爹" in last(world, talk)
    assert "那男的是亲爹" in str(answers_of(world, talk).words)


def test_a_number_left_with_the_wish_to_stay_unnamed_is_kept_and_its_end_is_put_right(world: World) -> None:
    talk = _said(world, CALM, "现在没有", "昨天", "不知道", "我不留名 电话13844012356", "电话写错了 最后俩是57")
    assert answers_of(world, talk).words_of("safe_contact") == ["13844012357"]


@pytest.mark.parametrize(
    "asked", ["改过来没", "那到底改没改成三道沟村啊", "你改了吗", "你记的是哪个村", "现在登的是哪儿"]
)
def test_who_asks_whether_it_was_changed_hears_what_stands_now(world: World, asked: str) -> None:
    talk = _said(world, EMERGENCY, "说错了 是三道沟")
    assert world.say(talk, asked)[0].startswith("report.stands")
    assert "三道沟村" in last(world, talk)
    assert asked not in _of_report(world), "a question of ours tells nothing of the child"


def test_after_filing_the_village_is_put_right_and_the_answer_says_so(world: World) -> None:
    talk = _said(world, EMERGENCY, "不留", "孩子7岁 男孩", "跳过")
    assert filed(world, talk)
    assert world.say(talk, "村我说错了 是三道沟村 你给改过来")[0].startswith("report.corrected.")
    assert "郭家店镇 三道沟村（原话）" in _of_report(world)
    assert world.say(talk, "改过来没") == ["report.stands.changed"]
    assert "二道沟村 → 三道沟村" in last(world, talk)


def test_content_is_not_shown_to_a_code_alone(world: World) -> None:
    talk = world.citizen()
    assert not [key for key in world.say(talk, "你记的是哪个村") if key.startswith("report.stands")]


@pytest.mark.parametrize(
    "asked", ["那以后我咋知道咋处理的", "谢谢啊 结果咋告诉我", "以后进展我怎么看", "回头我上哪看结果"]
)
def test_who_asks_how_he_will_learn_of_it_hears_of_the_code(world: World, asked: str) -> None:
    talk = _said(world, CALM, "现在没有")
    assert world.say(talk, asked)[0] == "report.learn.open"
    done = _said(world, EMERGENCY, "不留", "孩子7岁 男孩", "跳过")
    assert world.say(done, asked) == ["report.learn.filed"]
    assert "查进度" in last(world, done)


def test_no_calls_is_a_wish_and_no_request_to_call(world: World) -> None:
    talk = _said(world, EMERGENCY)
    keys = world.say(talk, "可以 不过别给我打电话 在这说就行")
    assert keys[0] == "report.contact.here"
    assert "after.call_for_me" not in keys
    with world.work() as work:
        assert reports.told_of(work, world.report())["facts"]["follow_up"] == "yes"


def test_a_yes_before_a_question_is_taken_and_not_asked_again(world: World) -> None:
    talk = _said(world, "我是老师 班里一个女孩9岁 后背胳膊好几块青的", "现在没在挨打 在学校", "蛟河市新站镇中心小学")
    world.say(talk, "上礼拜")
    world.say(talk, "姓名先不说")
    assert asked_now(world, talk) == "follow_up"
    keys = world.say(talk, "可以。要不要我给孩子后背拍几张照片留证据？")
    assert not [key for key in keys if key.startswith("report.follow_up")]
    assert answers_of(world, talk).facts["follow_up"] == "yes"


def test_a_no_before_a_worry_answers_the_danger_question(world: World) -> None:
    talk = _said(world, "我是老师 班里一个男孩身上有好几处烫伤")
    assert asked_now(world, talk) == "danger_now"
    world.say(talk, "现在没有 孩子在班里。我要是报错了呢，家长找我麻烦咋办")
    assert answers_of(world, talk).facts["danger_now"] == "no"
    assert asked_now(world, talk) != "danger_now"


def test_extortion_told_while_the_place_is_open_is_in_the_report_with_its_category(world: World) -> None:
    talk = _said(world, "同学欺负我 给我起外号", "现在没有", "镇赉三中 初一")
    world.say(talk, "就这些 还有 他们让我每个礼拜给20块钱 不给就不让我进宿舍")
    answers = answers_of(world, talk)
    assert any("20块钱" in said for said in answers.words_of("what"))
    assert "bullying_serious" in answers.facts["signs"]
    assert world.say(talk, "要钱的事你记了没")[0] == "report.stands"
    assert "20块钱" in world.said(talk)[-2].text


def test_a_hiding_childs_address_is_said_back_and_kept_whole(world: World) -> None:
    talk = _said(world, "我爸在外面砸东西 我不敢出声", "我躲衣柜里了 不能打电话 他会听见", "范家屯 幸福小区")
    world.say(talk, "公主岭的 3号楼2单元501")
    assert "公主岭市范家屯镇幸福小区3号楼2单元501" in last(world, talk)
    world.say(talk, "我姥姥在隔壁小区 我可以去找她吗")
    place = _of_report(world).split("[", 1)[0]
    assert "幸福小区；3号楼2单元501" in place
    assert "隔壁小区" not in place


def test_the_right_name_of_a_village_is_no_township_far_away(world: World) -> None:
    talk = _said(world, "隔壁爷们喝多了打孩子 打得直叫唤 蛟河市黄松甸镇五道沟村", "哎不是五道沟 是六道沟")
    assert "六道沟" in last(world, talk)
    assert "蛟河市黄松甸镇 六道沟村（原话）" in _of_report(world)


def test_what_is_named_again_and_called_wrong_is_put_right(world: World) -> None:
    talk = _said(world, EMERGENCY, "孩子五岁 丫头", "丫头不对 是小子")
    assert answers_of(world, talk).facts["child_sex"] == "male"


def test_a_village_put_right_with_its_township_leaves_no_old_one_beside_it(world: World) -> None:
    _said(world, "隔壁正拿皮带抽孩子呢 蛟河市黄松甸镇五道沟村", "地址更正一下 是黄松甸镇庙岭村")
    place = _of_report(world).split("[", 1)[0]
    assert "庙岭村" in place
    assert "五道沟" not in place


def test_a_house_put_right_stands_instead_of_the_other(world: World) -> None:
    talk = _said(world, "楼下打孩子呢 拿棍子", "磐石市红旗岭镇", "幸福小区 2号楼3单元", "写错了 是3号楼2单元")
    place = _read_back(world, talk).split("在哪里：")[1].split("\n")[0]
    assert "3号楼2单元" in place
    assert "2号楼3单元" not in place
    assert world.say(talk, "到底改没改 几号楼")[0] == "report.stands.changed"
    assert "3号楼2单元" in " ".join(one.text for one in world.said(talk)[-2:])
