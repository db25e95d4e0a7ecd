"""A child hides from somebody with a knife and writes: no word of ours may send it out or make it loud."""

from __future__ import annotations

import pytest

from tests.builders import World

PLACE = "公主岭市响水镇姜家店村 大队部后面第二家"


@pytest.fixture
def hidden(world: World) -> str:
    """The talk of a child that told of it and is hiding."""
    child = world.citizen()
    for words in ("我害怕", "我爸拿刀了"):
        world.say(child, words)
    return child


def test_it_is_spoken_to_as_a_child(world: World, hidden: str) -> None:
    assert "你在哪儿" in world.said(hidden)[-1].text


def test_who_can_be_heard_is_told_to_be_quiet(world: World, hidden: str) -> None:
    assert world.say(hidden, "不能打 他能听见")[0] == "after.overheard.child"


def test_the_place_is_said_back_and_nobody_is_sent_to_the_neighbours(world: World, hidden: str) -> None:
    assert world.say(hidden, PLACE) == ["report.stay.address.child"]
    assert PLACE in world.said(hidden)[-1].text


@pytest.mark.parametrize("words", ["他出来了 在院子里喊我", "我爸在砸门", "他在敲门", "他上楼了"])
def test_who_comes_near_is_no_good_news(words: str, world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, words)[-1] in ("after.near.child", "danger.child.again", "danger.go_on.again")


@pytest.mark.parametrize("words", ["我妈在屋里 胳膊淌血了", "我妈好像不动了"])
def test_a_child_is_not_sent_to_who_was_hurt_while_he_is_there(words: str, world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, words)[-1] == "after.kin_hurt.child"
    assert world.report().severity == "S0"


def test_whoever_asks_when_we_come_hears_who_was_told_and_a_call_alarms_again(world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, "啥时候来人啊")[0].startswith("beside.coming.")
    assert world.say(hidden, "你们快来")[0] == "danger.child.again"


def test_a_child_that_was_pulled_back_into_the_house_is_told_again_to_the_police(world: World) -> None:
    neighbour = world.citizen()
    for words in ("前院那家又打孩子呢 打得嗷嗷的", "德惠市朱城子镇双山村"):
        world.say(neighbour, words)
    assert world.say(neighbour, "孩子跑出来了 在我家呢") == ["after.outside.violence"]
    assert world.say(neighbour, "孩子好像让他拽回屋了") == ["after.pulled_back"]


THREAT = "厕所里 她们在外面等我 说今天要扒我衣服拍视频"


def texts_of(world: World, talk: str) -> str:
    return "\n".join(said.text for said in world.said(talk))


@pytest.fixture
def in_the_toilet(world: World) -> str:
    """The talk of a pupil that hides from others of its school."""
    pupil = world.citizen()
    world.say(pupil, "我躲在厕所里 不敢出去")
    world.say(pupil, THREAT)
    return pupil


def test_what_was_only_threatened_gets_no_advice_for_what_was_done(world: World, in_the_toilet: str) -> None:
    said = texts_of(world, in_the_toilet)
    assert "洗澡" not in said
    assert "带孩子" not in said
    world.say(in_the_toilet, "她昨天摸了我下面")
    assert "别洗澡" in texts_of(world, in_the_toilet)


def test_who_hides_and_says_not_who_it_is_is_sent_nowhere(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我现在躲在厕所里 有人在门口堵着 拿着刀")[-1] == "report.place.hides"
    assert "大声喊" not in texts_of(world, talk)
    assert "带孩子" not in texts_of(world, talk)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("现在外面没声了 我能出去吗", "after.come_out.child"),
        ("有人敲门", "after.knock.child"),
        ("打110我该说啥", "after.on_phone.violence.child.hides"),
        ("我妈知道了得打死我", "after.revenge.child"),
        ("我小声打了110 警察说马上来", "reporter.police_known"),
    ],
)
def test_each_word_of_who_hides_has_its_answer(words: str, key: str, world: World, in_the_toilet: str) -> None:
    assert world.say(in_the_toilet, words)[0] == key
    assert "哪个派出所" not in texts_of(world, in_the_toilet)


def test_a_door_that_is_kicked_is_answered_and_alarms(world: World, in_the_toilet: str) -> None:
    assert world.say(in_the_toilet, "她们在踹门")[0] == "danger.door.child"
    assert world.say(in_the_toilet, "我妈知道了会打死我 现在她们踹门进来打我了")[0].startswith("danger.")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("那男的手里有棒子 我去敲门行不行", "after.step_in"),
        ("有人敲门 好像是片警", "after.knock"),
        ("他要是来找我咋整", "after.revenge"),
    ],
)
def test_a_neighbour_hears_of_his_own_danger(words: str, key: str, world: World) -> None:
    neighbour = world.citizen()
    world.say(neighbour, "对门打孩子呢 孩子哭得嗷嗷的")
    assert world.say(neighbour, words)[0] == key


def test_a_grandmother_who_locked_herself_in_is_not_told_to_open(world: World) -> None:
    grandmother = world.citizen()
    world.say(grandmother, "我是她奶 她爸喝多了 要打我们 我跟孙女插着门呢")
    assert world.say(grandmother, "外头没动静了 我出去看看行不")[0] == "after.come_out"


def test_fear_of_fumes_is_asked_about_in_its_own_words(world: World) -> None:
    assert world.say(world.citizen(), "冬天屋里烧炉子 我怕中煤烟")[0] == "report.danger_doubt.fumes"
    assert world.say(world.citizen(), "屋里有煤烟 怕中毒了 孩子头疼")[0] == "danger.fire"


def test_fear_of_the_stove_beside_another_danger_is_answered_and_no_fire_later(world: World) -> None:
    grandmother = world.citizen()
    world.say(grandmother, "我是她奶 她爸喝多了 要打我们 我跟孙女插着门呢")
    world.say(grandmother, "永吉县北大湖镇")
    assert world.say(grandmother, "屋里冷 我寻思点炉子 又怕中煤烟")[0] == "after.fumes"
    assert "danger.fire" not in world.say(grandmother, "他又来了 快来人")


def test_who_asks_the_next_day_how_the_child_is_hears_how_the_report_stands(world: World) -> None:
    neighbour = world.citizen()
    for words in ("隔壁老孙家又打孩子呢 嗷嗷的 公主岭市响水镇姜家店村", "警察到了 把他带走了", "行了 我歇着去了"):
        world.say(neighbour, words)
    assert "reporter.status" in world.say(neighbour, "昨天老孙家那孩子咋样了")


@pytest.mark.parametrize("words", ["有人敲门 是个叔叔 说话舌头大 好像喝酒了", "有人在敲我家门 我不认识他"])
def test_a_child_alone_is_not_sent_to_whoever_knocks(words: str, world: World) -> None:
    child = world.citizen()
    for told in ("我自己在家 姥姥让救护车拉走了", "我9岁", "妈妈在外地 打不通"):
        world.say(child, told)
    assert world.say(child, words)[0] == "danger.knock.child"
    assert world.say(child, "他还在敲")[0].startswith("danger."), "whoever is told hears that he does not go"
    assert not any("去找这位大人" in one.text for one in world.said(child))
