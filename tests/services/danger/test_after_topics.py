"""After an emergency a message of no known phrase is answered by what it is about, the danger told and who writes."""

from __future__ import annotations

import pytest

from bot.reading.aftermath import after_topics
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import PLACE, alarmed, answers_of, is_kept, words

BEATEN = f"隔壁又打孩子呢 打得嗷嗷叫 {PLACE}"
TOUCHED = f"我外甥女跟我说她后爸摸她下面 {PLACE}"
POISON = f"俺孙子喝了一口敌敌畏 快救命 {PLACE}"
MISSING = f"俺孙女跑了 天都黑了还没回来 {PLACE}"
CHILD = f"我爸拿棍子打我 快来人救我 我在{PLACE}"
PAIN = f"我不想活了 我在{PLACE}"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("first", "said", "key"),
    [
        (BEATEN, "警察还得多久能到", "after.when_help.violence"),
        (BEATEN, "那警察走了他再打咋整", "after.if_again.violence"),
        (BEATEN, "派出所说是家务事 让我们自己调解", "after.police_slow"),
        (BEATEN, "门锁着 敲不开", "after.door_locked"),
        (BEATEN, "等一下 我去门口听听", "after.go_look.violence"),
        (BEATEN, "搞错了 是电视的声", "after.mistaken"),
        (BEATEN, "你就会说记下了 敷衍谁呢", "after.rude"),
        (BEATEN, "警察上楼了 在敲门", "after.police_here"),
        (BEATEN, "他知道了得整死我", "after.revenge"),
        (TOUCHED, "要不要先给孩子洗个澡", "after.wash.sexual"),
        (TOUCHED, "太晚了 我想明天再去报案", "after.report_later.sexual"),
        (TOUCHED, "她妈不信 说孩子撒谎", "after.disbelieved"),
        (POISON, "用不用灌点肥皂水", "after.feed"),
        (POISON, "村里大夫来了 正给看呢", "after.doctor_here"),
        (POISON, "打了120 说四十分钟才能到", "after.waits_rescue.illness"),
        (POISON, "孩子还有没有救啊", "after.survive"),
        (MISSING, "派出所让等24小时", "after.police_slow.missing"),
        (MISSING, "我上网吧找找行不行", "after.search.missing"),
        (MISSING, "孩子回消息了 说在火车站", "after.reached.missing"),
        (CHILD, "我能从窗户爬出去吗", "after.no_window.child"),
        (CHILD, "你能帮我打110吗", "after.call_for_me.child"),
        (CHILD, "我没有电话 打不了", "after.cannot_call.child"),
        (CHILD, "他不踢门了", "after.stopped.child"),
        (CHILD, "我弟也在外面", "after.other_child.child"),
        (PAIN, "我这样会不会让学校开除", "after.school_fear.child"),
    ],
)
def test_words_of_no_known_phrase_are_answered_by_what_they_are_about(
    first: str, said: str, key: str, world: World
) -> None:
    talk = alarmed(world, first)
    assert key in world.say(talk, said)
    assert is_kept(words(world), said), "nothing said is lost"


@pytest.mark.parametrize(
    ("first", "key"),
    [(BEATEN, "after.noted.violence"), (TOUCHED, "after.noted.sexual"), (MISSING, "after.noted.missing")],
)
def test_what_is_about_nothing_known_is_kept_and_hears_what_matters_for_this_danger(
    first: str, key: str, world: World
) -> None:
    talk = alarmed(world, first)
    assert world.say(talk, "他们家是前年搬来的") == [key]
    assert world.say(talk, "他家养了两条狗") == [f"{key}.again"]


def test_a_question_nobody_here_can_answer_says_who_can(world: World) -> None:
    talk = alarmed(world, POISON)
    assert world.say(talk, "孩子吐的东西用不用留着") == ["after.unknown.illness"]
    assert "120" in world.said(talk)[-1].text


def test_a_rule_is_told_in_the_middle_and_the_place_is_kept(world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert any(key.startswith("policy.") for key in world.say(talk, "打孩子到底犯不犯法啊"))
    assert world.flow(talk) == "report"


def test_a_rule_about_children_at_large_is_no_danger_of_this_one(world: World) -> None:
    talk = alarmed(world, BEATEN)
    said = world.say(talk, "爹妈都不管孩子能不能剥夺他们的监护权")
    assert said[0].startswith("policy.")
    assert not any(key.startswith("danger.") for key in said)


def test_the_form_waits_once_it_was_asked(world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert world.say(talk, "我刚打了110") == ["reporter.police_known"]
    assert world.say(talk, "他家孩子七岁") == ["after.noted.violence"]


def test_a_mere_yes_to_an_answer_brings_the_code_where_only_the_form_is_left(world: World) -> None:
    talk = alarmed(world, BEATEN)
    world.say(talk, "警察上楼了 在敲门")
    assert "report.receipt" in world.say(talk, "行 知道了")


def test_the_same_danger_told_again_comes_in_other_words(world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert world.say(talk, "又打上了 孩子直喊")[0] == "danger.violence.again"


def test_what_was_called_a_mistake_and_goes_on_is_an_emergency_again(world: World) -> None:
    talk = alarmed(world, BEATEN)
    world.say(talk, "搞错了 是电视的声")
    assert world.say(talk, "又好像不是 孩子喊别打了")[0].startswith("danger.")


def test_whoever_locks_himself_in_hides_and_is_not_told_to_talk_through_the_door(world: World) -> None:
    talk = alarmed(world, f"我老公打我和孩子 快来人 {PLACE}")
    assert world.say(talk, "我们锁在卧室里了") == ["after.hid"]


def test_a_relatives_number_is_not_taken_for_the_writers_own(world: World) -> None:
    talk = alarmed(world, POISON)
    assert world.say(talk, "他大伯电话是13944125678") == ["after.number"]


@pytest.mark.parametrize(("said", "answer"), [("你是真人吗", "open.bot"), ("你们能干啥", "open.what_we_do")])
def test_who_asks_of_us_hears_what_we_are(said: str, answer: str, world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert answer in world.say(talk, said)


@pytest.mark.parametrize(
    ("said", "asks"), [("犯不犯法", True), ("警察来了没", True), ("上二年级吧", False), ("在外面呢", False)]
)
def test_a_guess_or_a_drawl_is_no_question(said: str, asks: bool) -> None:
    assert after_topics.asks(said) is asks


def test_every_row_of_topics_can_be_read() -> None:
    assert after_topics.topics("门锁着 敲不开", ("violence",))[0] == "door_locked"


def test_a_grandmother_in_hospital_does_not_make_a_child_alone_at_night_safe(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我想报一下我侄女没人管了")
    keys = world.say(talk, "她奶住院了 孩子晚上一个人在家")
    assert not [key for key in keys if key.startswith("after.")]
    assert "110" in world.said(talk)[-1].text + world.said(talk)[-2].text


def test_who_has_to_stop_since_somebody_comes_tells_of_no_help(world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert "after.came" not in world.say(talk, "等一下 来人了")


@pytest.mark.parametrize("said", ["没有大人", "不敢打 他听见"])
def test_fear_is_no_place(said: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, "爸爸要打我 我躲厕所了")
    keys = world.say(talk, said)
    assert "report.place_again" not in keys
    assert answers_of(world, talk).words_of("place") == []


def test_a_mother_who_is_out_is_no_danger_that_went(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "爸爸喝多了打我 我躲厕所了")
    assert not [key for key in world.say(talk, "我妈不在家") if key.startswith("after.driven_off")]


def test_a_child_nobody_wants_is_spoken_to_as_that_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "后妈不让我进屋 外面好冷")
    assert "danger.abandoned.child" in world.say(talk, "我妈妈不要我了")
    assert world.say(talk, "我手冻麻了")[0] == "after.frozen.child"
