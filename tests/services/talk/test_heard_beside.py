"""What is said to us in the middle of a telling is answered in a sentence, and the open question is kept."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.reading.aftermath import police_told
from bot.reading.reports import asides, told, unsaying
from bot.reading.where import places
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import SHANGHAI
from tests.services.talking import SURE, answers_of, asked_for, asked_now, begun, filed

AUNTS = "我住我舅家 舅喝酒就烦我 他拿凳子砸我门 我把桌子顶上了 我在九台卡伦那边"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("said", ["能不能当我没说过", "你就当我啥都没说", "当没这回事吧", "那你别当真"])
def test_what_nobody_has_yet_can_be_stopped_and_the_question_stays(world: World, said: str) -> None:
    talk = asked_for(world, "when")
    assert world.say(talk, said)[0] == "report.unsay.open"
    assert asked_now(world, talk) == "when"


def test_a_child_in_hiding_is_answered_sentence_by_sentence_and_never_sent_away(world: World) -> None:
    talk = world.citizen()
    assert "report.stay.hiding" in world.say(talk, AUNTS) + world.say(talk, "不敢打电话他听见 我手机静音了")
    assert world.say(talk, "2号楼3门 四楼右手") == ["report.stay.address.child"]
    assert "2号楼3门" in world.said(talk)[-1].text
    assert "2号楼3门 四楼右手" in answers_of(world, talk).words_of("place")
    assert world.say(talk, "能不能当我没说过") == ["report.unsay.child"]
    assert world.say(talk, "我想我妈") == ["after.homesick.child"]
    assert world.say(talk, "嗯 那我等着") == ["report.stay.waits.nobody.child"]
    assert world.flow(talk) == "report"


@pytest.mark.parametrize("said", ["120打完了 孩子我抱我家来了", "救护车叫了", "我打了120了", "120我已经叫了"])
def test_who_called_the_ambulance_hears_that_110_is_due(world: World, said: str) -> None:
    assert unsaying.rescue_called(said)
    assert police_told.read(said) is None
    talk = world.citizen()
    world.say(talk, "公主岭市范家屯镇平洋村老王家 他爷喝多了叫不醒 孩子光脚跑院里了 晕过去了")
    assert world.say(talk, said)[0] == "report.rescue.police_due"


@pytest.mark.parametrize("said", ["120打不通", "用不用打120", "110和120都打了", "还没打120"])
def test_who_did_not_or_called_both_is_not_told_so(said: str) -> None:
    assert not unsaying.rescue_called(said)


def test_missing_ones_mother_is_no_wish_and_no_harm() -> None:
    assert all(map(asides.misses, ["我想我妈", "好想妈妈啊", "我想我爸妈了", "妈妈啥时候回来"]))
    assert not any(map(asides.misses, ["我想死", "我妈想打我", "我想我妈打我的事"]))


def test_a_name_that_several_places_bear_is_asked_about_at_once(world: World) -> None:
    talk = begun(world)
    world.say(talk, "没有")
    assert world.say(talk, "姜家店这边") == ["report.place_which"]
    assert "公主岭市响水镇姜家店村" in str(world.said(talk)[-1].choices)
    world.say(talk, "公主岭那个")
    assert answers_of(world, talk).area == "220184104201"
    assert places.find("九台卡伦").best == places.get("220113010")
    assert not places.namesakes("九台卡伦", places.find("九台卡伦"))


def test_a_no_of_the_classifier_loses_no_words_and_chat_lets_no_place_go(world: World) -> None:
    talk = begun(world, "我家店门口老有个小丫头来赊面 我想反映反映")
    world.means(talk, "危险倒没有 就是瘦 穿得单薄", "report", Meant("deny", SURE))
    assert "危险倒没有 就是瘦 穿得单薄" in answers_of(world, talk).words_of("what")
    world.means(talk, "姜家店这边", "report", Meant("out_of_scope", SURE))
    assert world.flow(talk) == "report"


def test_nobody_in_danger_is_no_danger() -> None:
    assert told.read("没人有危险 我就是憋气 我侄子不念书一年多了").danger_now == "no"
    assert told.read("危险倒没有 就是瘦").danger_now == "no"
    assert told.read("家里没人 有危险").danger_now == "yes"
    assert told.read("孩子有危险").danger_now == "yes"


@pytest.mark.parametrize(
    ("said", "now", "since", "at"),
    [
        ("昨天一点四十报的 响水派出所", (27, 9, 0), (26, 13, 20), (26, 13, 40)),
        ("两点半报的 响水派出所", (26, 15, 0), (26, 14, 0), (26, 14, 30)),
        ("一点半报的", (27, 9, 0), (26, 23, 10), (27, 1, 30)),
        ("昨晚一点四十报的", (27, 9, 0), (26, 23, 10), (27, 1, 40)),
        ("昨天晚上八点报的", (27, 9, 0), (26, 19, 0), (26, 20, 0)),
        ("凌晨两点打的110", (27, 9, 0), (26, 23, 0), (27, 2, 0)),
    ],
)
def test_an_hour_told_of_the_police_is_the_one_that_can_be_meant(
    said: str, now: tuple[int, int, int], since: tuple[int, int, int], at: tuple[int, int, int]
) -> None:
    moments = [datetime(2026, 11, *one, tzinfo=SHANGHAI) for one in (now, since, at)]
    assert police_told.moment(said, moments[0], moments[1]) == moments[2]


def test_who_agrees_to_what_was_read_back_in_many_words_has_filed_it(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.means(talk, "行吧 就按你说的报上去", "report", Meant("affirm", SURE))
    assert filed(world, talk)


def test_a_child_that_tells_where_it_is_among_other_words_is_found_by_whoever_is_there(world: World) -> None:
    director = world.staff("child_director", "220184104201")
    talk = world.citizen()
    world.say(talk, "就班里那几个女的把我书包扔厕所里还薅我头发 说我没爹没妈的野孩子")
    world.say(talk, "嗯")
    world.say(talk, "爷在那屋睡觉呢 我在自己屋 姜家店村的 公主岭那个")
    assert world.report().area == "220184104201"
    assert world.pushes(director)


def test_the_school_a_child_hides_in_is_its_place(world: World) -> None:
    talk = world.citizen()
    for said in ("就班里那几个女的把我书包扔厕所里还薅我头发", "有时候觉得活着没啥意思死了得了", "爷在那屋睡觉呢"):
        world.say(talk, said)
    world.say(talk, "我在学校厕所呢 她们在外头等我 响水镇中心小学")
    assert world.report().area == "220184104"
