"""After harm was told that is no emergency, people go on talking: each message gets what fits it and whoever writes."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import PLACE, answers_of, asked_now, is_kept, last, words

BRUISES = "隔壁那个男孩老挨他爸打，胳膊上青一块紫一块的，有好几天了"
TEACHER = "我是班主任，班上一个女生跟我说去年她继父摸过她下身"
SORRY = "我昨天打孩子下手重了，后背都打出血印子了"
TOUCHED = "以前我表哥脱过我裤子，摸我"
USED_TO = "我后爸上个月把我打住院了"
FAR = "俩孩子在家，他爸在工地，他妈跟人走了，都四五天没大人了，大的才八岁"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def told(world: World, first: str) -> str:
    """A talk in which harm was told, and no emergency."""
    talk = world.citizen()
    assert not any(key.startswith("danger.") for key in world.say(talk, first))
    return talk


@pytest.mark.parametrize(
    ("first", "said", "key"),
    [
        (BRUISES, "你们跟别人说过是我说的吗", "harm.known"),
        (BRUISES, "我就知道他家住三楼，别的我不想说", "after.no_place"),
        (BRUISES, "你们是干啥吃的", "harm.rude"),
        (BRUISES, "滚", "after.angry"),
        (BRUISES, "报了三回了屁用没有", "after.stale"),
        (BRUISES, "那户人家是前年搬来的", "harm.noted.violence"),
        (TEACHER, "她求我别告诉别人，我答应了", "after.promised.duty"),
        (TEACHER, "我该不该找她妈妈谈", "report.worry.family_first.school"),
        (TEACHER, "继父现在还跟她住一起", "after.lives_with.duty"),
        (TEACHER, "会不会影响孩子名声", "after.privacy"),
        (SORRY, "我现在特别后悔", "harm.regret.own"),
        (SORRY, "我想改，有啥办法", "harm.now.own"),
        (SORRY, "孩子现在在写作业，不理我", "after.upset.own"),
        (SORRY, "少跟我来这套", "harm.my_own.own"),
        (TOUCHED, "那我跟我们老师说行吗", "after.tell_adult.child"),
        (TOUCHED, "我妈肯定不信我", "harm.disbelieved.child"),
        (TOUCHED, "我觉得自己好脏", "harm.noted.sexual.child"),
        (TOUCHED, "……", "after.silent.child"),
        (USED_TO, "你还在吗", "after.here.child"),
        (USED_TO, "谢谢你听我说", "harm.thanks.child"),
        (FAR, "我在外地回不去啊，东家不给假", "after.far"),
        (FAR, "你说这可咋整啊", "harm.now.alone"),
        (FAR, "我托邻居去看看，她说行", "after.sends.alone"),
    ],
)
def test_what_is_said_after_harm_is_answered_by_what_it_says_and_kept(
    first: str, said: str, key: str, world: World
) -> None:
    talk = told(world, first)
    assert world.say(talk, said)[0] == key
    assert is_kept(answers_of(world, talk).words, said), "nothing said is lost"


def test_the_open_question_comes_after_every_second_answer_and_gives_way_in_the_end(world: World) -> None:
    talk = told(world, SORRY)
    asked = [
        any(key.startswith(("report.danger_now", "report.place", "report.still")) for key in world.say(talk, one))
        for one in (
            "我现在特别后悔",
            "我就是压力太大了，控制不住",
            "孩子不理我",
            "我不想让单位知道",
            "我想改，有啥办法",
        )
    ]
    assert asked == [False, True, False, True, False]
    for one in ("我真后悔", "没忍住"):
        world.say(talk, one)
    assert asked_now(world, talk) == "place", "unknown is no answer, and a place is what people need"
    assert answers_of(world, talk).facts["danger_now"] == "unknown"


@pytest.mark.parametrize("said", ["他又在打孩子呢，快来人", "孩子被打得昏过去了"])
def test_danger_told_amid_it_is_an_emergency_at_once(said: str, world: World) -> None:
    talk = told(world, BRUISES)
    world.say(talk, "你们跟别人说过是我说的吗")
    assert any(key.startswith("danger.") for key in world.say(talk, said))
    assert world.report().severity == "S0"


@pytest.mark.parametrize(("said", "value"), [("没有", "no"), ("有", "yes"), ("现在没事", "no")])
def test_an_answer_to_the_danger_question_stays_one(said: str, value: str, world: World) -> None:
    talk = told(world, TEACHER)
    world.say(talk, "她求我别告诉别人，我答应了")
    world.say(talk, said)
    assert answers_of(world, talk).facts["danger_now"] == value


def test_a_place_told_amid_it_is_taken_as_one(world: World) -> None:
    talk = told(world, BRUISES)
    world.say(talk, "现在没有")
    world.say(talk, "你们是干啥吃的")
    world.say(talk, PLACE)
    assert answers_of(world, talk).given["place"] == "given"


def test_a_child_is_never_spoken_to_as_a_grown_up(world: World) -> None:
    for first in (TOUCHED, USED_TO, "我爸一喝酒就打我，从小打到大"):
        talk = told(world, first)
        for one in (
            "我都习惯了",
            "你别让警察来我家",
            "我妈知道了会骂死我",
            "烦死了",
            "……",
            "我等着",
            "你保证不告诉别人吗",
        ):
            world.say(talk, one)
            assert "您" not in last(world, talk), one


def test_the_same_line_does_not_come_twice_running(world: World) -> None:
    talk = told(world, SORRY)
    said = [world.say(talk, one)[0] for one in ("我后悔", "没忍住", "压力太大", "我对不起孩子")]
    assert len({*said}) == len(said)


def test_after_it_was_filed_what_is_said_of_it_is_answered_and_added(world: World) -> None:
    talk = told(world, "有个孩子老挨他爸打 胳膊上有旧伤")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, PLACE)
    for _ in range(8):
        if (field := asked_now(world, talk)) is not None:
            world.tap(talk, "report.confirm=yes" if field == "confirm" else f"report.{field}=skip")
    assert asked_now(world, talk) is None
    assert world.say(talk, "报了三回了没人管")
    assert world.say(talk, "我听着心疼，揪心")[0] == "after.hurting"
    assert world.say(talk, "昨天我又听见他喊了")
    assert any("听见他喊" in text for _, text in words(world))


@pytest.mark.parametrize("said", ["我怕", "我害怕", "害怕", "我好害怕呀"])
def test_fear_alone_is_asked_about_in_words_that_fit_a_child_and_a_grown_up(said: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == ["report.danger_doubt.afraid"]
    assert not {*"您你"} & {*last(world, talk)}


@pytest.mark.parametrize(
    "said", ["我怕，我爸喝酒了", "爸爸喝多了 我怕", "家里没人 我害怕", "爸爸妈妈不见了，就我和妹妹"]
)
def test_fear_of_ones_own_people_is_a_childs(said: str, world: World) -> None:
    assert world.say(world.citizen(), said)[0] == "report.danger_doubt.child"


def test_a_neighbours_child_whose_parents_are_gone_gets_the_card_for_a_child_alone(world: World) -> None:
    keys = world.say(world.citizen(), "邻居家小孩，爹妈都不见了")
    assert "danger.alone" in keys
    assert "danger.missing" not in keys
