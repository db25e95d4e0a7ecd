"""Situations told without a question, and the rule that speaks of them."""

from __future__ import annotations

import pytest

from bot.reading.policy import situations


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("我和孩子他妈都要上广州进厂了，孩子准备扔给他二叔，二叔有精神病", "ent_who_can"),
        ("我俩开春要上山东干活，孩子打算撂给他大爷，他大爷天天喝得五迷三道的", "ent_who_cannot"),
        ("我跟媳妇要出国打工了，孩子准备给他舅带，他舅刚从监狱放出来", "ent_record"),
        ("我弟两口子没啥事 天天打麻将 想把娃长期放我这儿 他们就在磐石住着呢", "ent_no_reason"),
        ("我在大连刷碗，闺女一视频就喊妈，要是家门口有活我早就不在外头了", "return_home"),
        ("我是服装厂管人事的，女工孩子都在老家，想给她们做点啥", "employer"),
        ("我是初二班主任，有个男生过完国庆就没来，跟人学修车去了", "drop_out"),
        ("我家大孙子下礼拜就满十六了，他爹妈一直在青岛船厂上班，前两年给登的留守", "lb_age"),
        ("我家小子再有俩月十六了 他爸妈在外地 往后还管不管他", "lb_age"),
        ("我一个开小卖店的 知道了没报警 算不算犯法", "must_me"),
        ("三姨看着我家孩子天天打牌 劝了也不听 村里还有啥办法", "ent_problem"),
        ("爸妈嫌累 就想在家待着 能把孩子托给别人吗", "ent_no_reason"),
        ("我表弟好喝大酒 能让他带孩子不", "ent_who_cannot"),
        ("户口在外县 镇里推村里 两边都推", "reside_hukou"),
        ("路过看见的 我一个外人该不该管", "rep_anyone"),
        ("孩子脑瘫一直没办证 钱都花空了", "self_cert"),
        ("十四岁能自己单住不", "alone_age"),
        ("老吴头从外地抱回来个娃娃 没手续 说是花钱要来的", "shelter_illegal"),
    ],
)
def test_the_rule_of_a_situation_is_known(said: str, topic: str) -> None:
    assert situations.topics(said)[0] == topic


@pytest.mark.parametrize(
    "said",
    [
        "他爸天天喝酒打孩子",
        "孩子扔给他爷，他爷天天喝大酒，孩子饿得直哭",
        "我是班主任，学生两周没来上学，身上有伤，在家干活",
        "我们在外头打工，孩子跟奶奶",
        "孩子今年十六岁",
        "",
    ],
)
def test_harm_and_what_only_names_one_side_is_no_such_situation(said: str) -> None:
    assert situations.topics(said) == ()


def test_who_tells_of_a_child_brought_home_without_papers_does_not_hear_the_rule_instead() -> None:
    assert not situations.wants_the_rule("老吴头从外地抱回来个娃娃 没手续 说是花钱要来的")
    assert situations.wants_the_rule("我们开春要去大连干活，孩子打算撂给他大爷，他大爷天天喝大酒")


@pytest.mark.parametrize("said", ["就一个进去了 另一个还在", "只有他爸判了", "就他妈一个人走了"])
def test_one_of_two_is_told(said: str) -> None:
    assert situations.of_one_of_two(said)
    assert not situations.of_one_of_two("两个都进去了")
