"""After an emergency: what to say on the telephone, who else is in need, that he sleeps, that it is over. Nothing of it
is taken for new danger, and new danger is taken for nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import PLACE, alarmed, answers_of

BEATEN = f"隔壁又打孩子呢 打得嗷嗷叫 {PLACE}"
ICE = f"孩子掉冰窟窿里了 {PLACE}"
POISON = f"孩子喝了洁厕灵 {PLACE}"
FEVER = f"孩子自己在家烧到四十度抽过去了 {PLACE}"
TOUCHED = f"我闺女说她继父昨晚摸她下面 {PLACE}"
FRIEND = f"我同学说不想活了 要跳楼 {PLACE}"
MISSING = f"俺孙女跑了 天都黑了还没回来 {PLACE}"
LOCKED = f"对门把孩子锁阳台上冻着呢 零下二十多度 {PLACE}"
CHILD = f"我爸拿棍子打我 快来人救我 我在{PLACE}"
HIDES = f"我妈拿刀追我我躲厕所了 {PLACE}"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("first", "said", "key"),
    [
        (BEATEN, "110打完了 他们说这就来 120我不会说啊咋说", "after.on_phone.violence"),
        (LOCKED, "报警电话接通第一句说啥", "after.on_phone.violence"),
        (ICE, "119接了 我一紧张啥也说不明白", "after.on_phone"),
        (FEVER, "打通120了不知道咋说", "after.on_phone"),
        (TOUCHED, "那我跟110咋讲啊 这事说不出口", "after.on_phone.sexual"),
        (FRIEND, "我打120 我该说啥", "after.on_phone.self_harm"),
        (MISSING, "110接了我说啥", "after.on_phone.missing"),
        (CHILD, "我打110 要说什么", "after.on_phone.child"),
    ],
)
def test_who_calls_and_has_no_words_hears_what_to_say(first: str, said: str, key: str, world: World) -> None:
    assert key in world.say(alarmed(world, first), said)


@pytest.mark.parametrize(
    ("first", "said", "key"),
    [
        (TOUCHED, "我咋跟孩子说啊", "after.say"),
        (BEATEN, "110说了 马上来", None),
        (BEATEN, "派出所说啥了我没听清", None),
    ],
)
def test_what_to_say_to_the_child_is_another_question(first: str, said: str, key: str | None, world: World) -> None:
    keys = world.say(alarmed(world, first), said)
    assert not any(one.startswith("after.on_phone") for one in keys)
    assert key is None or key in keys


@pytest.mark.parametrize("said", ["那他奶奶咋整 老太太瘫炕上没人管", "孩子他爷半身不遂也在屋里躺着 谁管啊"])
def test_old_people_without_care_are_heard_and_are_no_child_alone(said: str, world: World) -> None:
    talk = alarmed(world, BEATEN)
    assert world.say(talk, said) == ["after.kin_need"]
    assert said in answers_of(world, talk).words_of("what")
    assert "long_without_care" not in answers_of(world, talk).facts["signs"]


def test_a_small_child_alone_at_home_has_its_own_advice(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "大孩子让开水烫了我正抱着上医院")
    assert "danger.alone" in world.say(talk, "家里还有个两岁的一个人在家呢没人看")


@pytest.mark.parametrize("said", ["他好像睡着了 打呼噜呢", "外面没动静了", "听不见声了 是不是走了"])
def test_a_child_that_hides_stays_hidden_while_he_is_quiet(said: str, world: World) -> None:
    assert world.say(alarmed(world, HIDES), said) == ["after.stopped.child"]


def test_of_whom_a_child_names_silence_is_an_alarm(world: World) -> None:
    keys = world.say(alarmed(world, HIDES), "我弟没动静了")
    assert any(key.startswith("danger.") or key == "after.kin_hurt.child" for key in keys)


@pytest.mark.parametrize(("first", "key"), [(HIDES, "after.kin_hurt.child"), (BEATEN, "after.kin_hurt")])
def test_a_mother_who_is_silent_gets_her_own_advice(first: str, key: str, world: World) -> None:
    assert key in world.say(alarmed(world, first), "她妈没声了" if first == BEATEN else "我妈没声了")


@pytest.mark.parametrize(
    "said",
    [
        "我姥姥在隔壁小区 我可以去找她吗",
        "我想去我姑家 就隔两条街 行不",
        "我大姨家在后楼 我去她那行不",
    ],
)
def test_before_a_child_goes_to_its_grandmother_it_hears_of_him_in_the_way(said: str, world: World) -> None:
    talk = alarmed(world, HIDES)
    assert world.say(talk, said) == ["after.go_to.child"]
    assert said not in answers_of(world, talk).words_of("place")


def test_whoever_asks_only_whether_it_may_come_out_hears_that_quiet_is_no_sign(world: World) -> None:
    assert world.say(alarmed(world, HIDES), "他摔门走了 我能出去吗") == ["after.come_out.child"]


def test_who_is_with_a_grown_up_already_hears_whether_one_may_stay(world: World) -> None:
    talk = alarmed(world, CHILD)
    world.say(talk, "我到我大姨家了")
    assert "after.go_to.child" not in world.say(talk, "我能去我姥家吗")


def test_a_child_that_is_kicked_again_is_in_danger_again(world: World) -> None:
    assert any(key.startswith("danger.") for key in world.say(alarmed(world, CHILD), "他又踢我了"))


@pytest.mark.parametrize(
    ("first", "help_came", "said", "key"),
    [
        (POISON, "送医院洗胃了", "谢谢啊 那以后呢", "after.next"),
        (BEATEN, "警察到了 孩子抱上救护车了", "谢谢啊 那接下来呢", "after.next"),
        (ICE, "120把孩子拉走了", "孩子现在在医院呢 我能走了吗", "after.may_leave"),
        (MISSING, "找着了 在派出所呢", "那我可以回家了吧", "after.may_leave"),
    ],
)
def test_who_asks_how_it_goes_on_hears_it_and_gets_the_code(
    first: str, help_came: str, said: str, key: str, world: World
) -> None:
    talk = alarmed(world, first)
    world.say(talk, help_came)
    keys = world.say(talk, said)
    assert keys[0] == key
    assert "report.receipt" in keys


def test_who_called_the_police_is_not_told_to_call_first(world: World) -> None:
    talk = alarmed(world, f"孙女让人给祸害了 才十一 {PLACE}")
    world.say(talk, "我报警了")
    assert world.say(talk, "我现在该干啥")[0] == "after.called.sexual"


def test_who_asks_the_way_out_a_second_time_hears_more_than_a_note(world: World) -> None:
    talk = alarmed(world, HIDES)
    world.say(talk, "我能去我姥家吗")
    assert world.say(talk, "我大姨家在后楼 我去她那行不") == ["after.go_to.child.again"]


def test_the_same_danger_is_never_told_twice_running_in_the_same_words(world: World) -> None:
    talk = alarmed(world, BEATEN)
    cards = [world.say(talk, words)[0] for words in ("又打上了", "还在打", "又打了 快来啊", "还打呢")]
    assert cards[:2] == ["danger.violence.again", "danger.once_more"]
    assert all(one != other for one, other in pairwise(cards))


def test_new_danger_has_its_own_advice_however_often_it_was_told(world: World) -> None:
    talk = alarmed(world, BEATEN)
    for words in ("又打上了", "还在打"):
        world.say(talk, words)
    assert "danger.illness" in world.say(talk, "孩子不动弹了")


def test_a_child_that_cannot_speak_hears_nothing_twice(world: World) -> None:
    talk = world.citizen()
    first = world.say(talk, "我爸在外面砸东西 我不敢出声")
    assert "danger.child.silent" in first
    assert "danger.silent.child" not in first
    assert world.say(talk, "我躲衣柜里了 不能打电话 他会听见")[0] == "danger.child.again.silent"
    assert world.say(talk, "他刚才打我妈了 还踢我")[0] == "danger.once_more.child"


@pytest.mark.parametrize(
    "said", ["警察到了 孩子抱上救护车了", "民警把孩子带走了 去医院", "120拉走了", "救护车把孩子拉走了"]
)
@pytest.mark.parametrize("first", [BEATEN, FEVER, ICE])
def test_help_that_takes_the_child_along_abducts_nobody(first: str, said: str, world: World) -> None:
    talk = alarmed(world, first)
    keys = world.say(talk, said)
    assert not any(key.startswith("danger.") for key in keys)
    with world.work() as work:
        assert "abducted_or_sold" not in reports.told_of(work, world.report())["facts"]["signs"]


@pytest.mark.parametrize("said", ["一个陌生人把孩子抱上车", "有两个人说是警察把孩子拉上面包车走了 没穿制服"])
def test_who_is_no_help_abducts(said: str, world: World) -> None:
    assert "danger.trafficking" in world.say(alarmed(world, FEVER), said)


@pytest.mark.parametrize("said", ["他知道了得整死我", "可别说是我说的 他要知道了还不得整死我"])
def test_fear_of_revenge_is_answered_as_that(said: str, world: World) -> None:
    assert world.say(alarmed(world, BEATEN), said) == ["after.revenge"]


@pytest.mark.parametrize("said", ["她说孩子再跟外人说就整死他", "他知道是我报的了 拿着菜刀上我家来了"])
def test_a_threat_to_the_child_and_a_knife_at_the_door_are_danger(said: str, world: World) -> None:
    assert world.say(alarmed(world, BEATEN), said)[0].startswith("danger.")


def test_who_called_and_is_asked_where_he_is_beat_nobody(world: World) -> None:
    talk = alarmed(world, ICE)
    keys = world.say(talk, "119打了 他们问我在哪我说不清楚咋说")
    assert keys == ["after.on_phone"]


def test_a_mother_beside_a_child_that_wanted_to_die_is_somebody_with_it(world: World) -> None:
    assert world.say(alarmed(world, FRIEND), "他接电话了 他妈在他边上呢") == ["after.with"]


def test_who_can_only_write_hears_that_it_is_enough(world: World) -> None:
    keys = world.say(alarmed(world, f"我被关地下室了 {PLACE}"), "我声音大了他会进来 只能打字")
    assert keys[0].startswith("after.typing")
