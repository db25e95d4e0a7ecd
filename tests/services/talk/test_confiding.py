"""A child that is in no emergency is answered first: who is told, that it is believed, what protects it. A teacher with
the child beside him hears what fits; what we are is said shortly."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import confided
from bot.reading.talk import no_answer, replies
from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import asked_now

BULLIED = "同学老欺负我 我13岁"
TEACHER = (
    "您好，我是班主任，班里有个学生身上有伤",
    "她继父追到校门口了，正拿皮带抽她呢",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("要是老师知道了她们更得收拾我", "revenge"),
        ("我爸要是知道了得打我", "revenge"),
        ("说了他们也不信", "unbelieved"),
        ("跟老师说了也没用", "in_vain"),
        ("我就是心里难受 晚上老睡不着", "sad"),
        ("她会不会恨我", "hates_me"),
        ("你能陪我吗", "stay"),
        ("老师对我挺好", None),
        ("我肚子难受", None),
    ],
)
def test_what_weighs_on_a_child_is_read(said: str, kind: str | None) -> None:
    assert confided.kind(said) == kind


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("要是老师知道了她们更得收拾我", "confided.revenge"),
        ("说了他们也不信", "confided.unbelieved"),
        ("我就是心里难受 晚上老睡不着", "confided.sad"),
        ("你会告诉我奶吗", "beside.told.open.child"),
    ],
)
def test_a_bullied_child_is_answered_before_it_is_asked(world: World, said: str, key: str) -> None:
    talk = world.citizen()
    world.say(talk, BULLIED)
    assert world.say(talk, said)[0] == key
    assert "您" not in "".join(one.text for one in world.said(talk))


def test_a_sad_child_hears_whom_to_call(world: World) -> None:
    talk = world.citizen()
    world.say(talk, BULLIED)
    world.say(talk, "晚上躲被窝里哭")
    assert any("12355" in one.text and "12356" in one.text for one in world.said(talk))


def test_a_grown_up_is_not_spoken_to_as_a_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "邻居家孩子总挨打 身上都是伤")
    assert not any(key.startswith("confided.") for key in world.say(talk, "说了他们也不信"))


def test_a_name_that_is_not_told_is_not_asked_again(world: World) -> None:
    talk = world.citizen()
    world.say(talk, BULLIED)
    world.tap(talk, "report.danger_now=no")
    world.say(talk, "镇赉县坦途镇中学")
    assert asked_now(world, talk) != "place"
    assert "report.faq.name.child" in world.say(talk, "名字先不说行吗")
    assert asked_now(world, talk) != "child_ref"


def test_a_teacher_with_the_child_beside_him_is_not_told_to_shout(world: World) -> None:
    talk = world.citizen()
    world.say(talk, TEACHER[0])
    assert "danger.violence.duty" in world.say(talk, TEACHER[1])
    world.say(talk, "孩子在学校呢现在没危险，辉南县朝阳镇，朝阳镇第四中学")
    report = world.report()
    with world.work() as work:
        told = reports.told_of(work, report)
    assert report.severity == "S0"
    assert (told["facts"]["danger_now"], told["area"]) == ("no", "220523100")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我们主任的意思是先别往外说 先找家长谈谈 你说这样行吗", "report.worry.family_first.school"),
        ("校长说先等等 别影响学校", "report.worry.boss.school"),
        ("用不用我再细问问她，或者把伤拍下来留个证据？", "report.worry.photos"),
        ("四点她妈来接 能让接走吗", "report.worry.pick_up"),
    ],
)
def test_what_a_teacher_is_unsure_of_is_answered_in_an_emergency_too(world: World, said: str, key: str) -> None:
    talk = world.citizen()
    for one in TEACHER:
        world.say(talk, one)
    assert world.say(talk, said)[0] == key


def test_a_child_at_home_may_be_talked_about_with_its_family_where_no_harm_was_told() -> None:
    assert replies.worry("老师跟家长沟通过 没用") is None


def test_the_officer_who_took_the_call_is_read_back() -> None:
    told = police_told.read("报完了，朝阳派出所，下午三点二十，一个姓王的警官接的，没给我回执单")
    assert told is not None
    assert (told.station, told.officer) == ("朝阳派出所", "王警官")


def test_when_somebody_comes_is_a_question_and_no_cry_for_help() -> None:
    assert danger.read("那啥时候来人啊").level == "none"
    assert danger.read("来人啊").level == "emergency"


@pytest.mark.parametrize("said", ["你是人还是机器", "你是真人吗", "你到底是人是机器"])
def test_whether_we_are_a_person_is_one_short_question(said: str) -> None:
    assert no_answer.whole(said) == no_answer.BOT
