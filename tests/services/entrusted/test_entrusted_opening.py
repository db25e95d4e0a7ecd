"""A parent who goes away begins in his own words: heard as the wish to entrust the child, nothing asked twice."""

from __future__ import annotations

import pytest

from bot.services import drafts
from bot.services.reporting import intake
from bot.services.talk.opened import whats_open
from bot.storage.database import Database
from tests.builders import World

ABOUT = "entrusted.about.wish"
PLACE = "公主岭市响水镇姜家店村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def flow(world: World, talk: str) -> str | None:
    with world.work() as work:
        return whats_open(work, talk).flow


def read_back(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


@pytest.mark.parametrize(
    "first",
    [
        "师傅 我下月15号要上韩国打工 孩子没人看 咋整",
        "我有个事 我要上外地干活 娃没人管",
        "让我小舅子看着行不",
        "想托给老娘",
        "想办委托照护",
        "出国前得办啥手续",
        "我跟媳妇过完年都要上浙江进厂了家里老二没人带可咋办呢",
    ],
)
def test_the_first_words_of_a_parent_who_leaves_begin_the_talk_about_care(world: World, first: str) -> None:
    talk = world.citizen()
    assert world.say(talk, first)[0] == ABOUT
    assert flow(world, talk) == "entrusted"


@pytest.mark.parametrize("said", ["孩子没人看 我在沈阳呢", "孩子现在一个人在家没人管 我在韩国回不去"])
def test_a_child_without_anybody_now_stays_danger_or_its_question(world: World, said: str) -> None:
    talk = world.citizen()
    assert ABOUT not in world.say(talk, said)
    assert flow(world, talk) == intake.FLOW


def test_who_is_asked_about_danger_by_mistake_and_wants_care_goes_on_to_it_with_his_words(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孩子没人看")
    assert world.say(talk, "我是说我要去韩国打工 想办委托照护")[0] == ABOUT
    with world.work() as work:
        assert drafts.current(work, talk, intake.FLOW) is None


def test_a_report_of_a_neighbours_child_is_not_ended_by_the_word_for_care(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我邻居家孩子没人管 好几天了")
    assert ABOUT not in world.say(talk, "那想办委托照护行不")
    assert flow(world, talk) == intake.FLOW


def test_a_person_who_gambles_is_named_as_barred_at_once_and_somebody_else_is_asked_for(world: World) -> None:
    talk = world.citizen()
    said = world.say(talk, "我要去青岛打工 孩子托给我小舅子 他36 爱耍钱 去年还拘留了")
    assert said == [ABOUT, "entrusted.wish.d2.yes", "entrusted.wish.carer.other"]
    assert "entrusted.wish.corrected" in world.say(talk, "我姐 34")


def test_the_son_of_ten_makes_nobody_ten_and_what_was_told_of_the_journey_stays(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "下月15号去首尔 孩子想放他姑家")
    world.say(talk, "他姑（家有个儿子10岁）43")
    world.say(talk, "就一个儿子 10岁 四年级 跟他姑亲")
    world.say(talk, "得走一年多")
    assert "entrusted.wish.weekly" in world.say(talk, "我在国外多长时间得打一回电话")
    world.say(talk, PLACE)
    world.say(talk, "不留")
    told = read_back(world, talk)
    assert "打算托给：他姑（43岁）" in told
    assert "去向：下月15号去首尔，得走一年多" in told


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("能视频不", "video"),
        ("时差咋办", "hours"),
        ("孩子不愿意咋办", "unwilling"),
        ("小孩的想法用问吗", "hear"),
        ("签了字还能换人不", "change"),
        ("要不要钱", "cost"),
        ("我人不在国内能签不", "sign_away"),
        ("能把原因告诉我姐不", "privacy"),
        ("啥时候能办完", "how_long"),
        ("那找谁啊", "who"),
    ],
)
def test_a_question_in_the_talk_is_answered_and_is_no_answer(world: World, asked: str, answer: str) -> None:
    talk = world.citizen()
    world.say(talk, "我要去韩国打工两年 想把孩子托给我妹妹")
    assert world.say(talk, asked)[0] == f"entrusted.wish.{answer}"
    world.say(talk, PLACE)
    for _ in range(6):
        if "去向" in read_back(world, talk):
            break
        world.say(talk, "跳过")
    assert f"去向：{asked}" not in read_back(world, talk)


def test_the_reason_for_a_ban_is_promised_to_nobody_and_the_ban_is_not_recited(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我要去青岛打工 孩子托给我小舅子 他36 爱耍钱")
    world.say(talk, "我姐 34")
    said = world.say(talk, "能跟我姐说是因为耍钱吗")
    assert said[0] == "entrusted.wish.privacy"
    assert "entrusted.wish.d2.yes" not in said


def test_whoever_is_asked_for_the_own_name_says_it_and_names_no_carer(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我下个月二十号去韩国干活 签了两年 孩子想放我小姑子家 需要办啥手续不")
    world.say(talk, "孩子七岁 上一年级 女孩 还没跟她说呢")
    world.say(talk, "在汪清县大兴沟镇和信村 孩子爸在内蒙跑大车 一个月回一趟")
    world.say(talk, "叫朴英淑 15944331122 走的日子改了 改二十六号了")
    said = read_back(world, talk)
    assert "打算托给：我小姑子\n" in said
    assert "称呼：朴英淑" in said
    assert "去向：我下个月二十六号去韩国干活" in said
    world.say(talk, "我小姑子不叫朴英淑 她叫金美花 你给改一下")
    assert "打算托给：我小姑子金美花" in read_back(world, talk)
    world.say(talk, "走的日子是十二月二十六号")
    assert "去向：我十二月二十六号去韩国干活，签了两年" in read_back(world, talk)


def test_a_name_taken_for_the_carers_is_the_writers_once_he_says_so(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我下个月去韩国干活 想把孩子托给我小姑子")
    world.say(talk, "我小姑子叫朴英淑")
    world.say(talk, "朴英淑是我 不是我小姑子")
    world.say(talk, "孩子七岁")
    world.say(talk, "汪清县大兴沟镇和信村")
    world.say(talk, "15944331122")
    said = read_back(world, talk)
    assert "小姑子朴英淑" not in said
    assert "称呼：朴英淑" in said
