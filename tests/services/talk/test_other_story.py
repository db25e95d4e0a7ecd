"""Which matter a message belongs to: what names another story goes there though a report is fresh; nothing is lost."""

from __future__ import annotations

import pytest

from bot.reading.talk import own_story
from bot.services import drafts
from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import STORY, answers_of, asked_for, last, words

CHECK = "我家闺女10岁 我是她爸 我在家种地 她妈在外地打工 算留守不"
DESPAIR = "唉 有时候真觉得活着没啥意思 扛不住了"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and deciding; nothing here differs between the databases."""
    return sqlite


def _father(world: World) -> str:
    talk = world.citizen()
    world.say(talk, CHECK)
    assert world.flow(talk) == "eligibility"
    return talk


def test_a_father_who_despairs_in_his_check_is_answered_as_a_grown_up_and_wholly(world: World) -> None:
    talk = _father(world)
    assert world.say(talk, DESPAIR)[0] == "danger.self_harm.own"
    assert answers_of(world, talk).grown
    assert answers_of(world, talk).own_pain
    assert world.report().severity == "S0"


def test_a_child_that_despairs_in_its_own_check_is_answered_as_a_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我12岁 我爸妈都在外地打工 我跟我奶过 我算留守吗")
    assert world.say(talk, "活着没意思 不想活了")[0] == "danger.self_harm.child"
    assert answers_of(world, talk).childs


def test_turning_back_to_the_check_waits_for_the_place_and_then_ends_the_report(world: World) -> None:
    talk = _father(world)
    world.say(talk, DESPAIR)
    assert world.say(talk, "接着查我闺女算不算") == ["story.place_first"]
    assert world.say(talk, "舒兰市平安镇") != ["story.place_first"]
    said = world.say(talk, "不会干傻事的 孩子还小呢 接着查吧")
    assert "eligibility.resumed" in said
    assert world.flow(talk) == "eligibility"
    assert any("不会干傻事" in one for _, one in words(world))
    assert not any("接着查" in one for _, one in words(world))


def test_danger_told_with_the_turning_is_danger_first(world: World) -> None:
    talk = _father(world)
    world.say(talk, DESPAIR)
    world.say(talk, "舒兰市平安镇")
    assert world.say(talk, "我喝农药了 接着查吧")[0].startswith("danger.")
    assert world.flow(talk) == "report"


def test_what_may_be_of_the_check_too_is_kept_and_asked_about(world: World) -> None:
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    assert world.say(talk, "对了 我是离婚的 单亲 农村户口")[-1] == "story.or_check"
    assert any("离婚" in one for _, one in words(world))


def test_a_worry_about_another_family_is_no_answer_in_the_own_talk(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我和媳妇都要去沈阳打工 想把孩子托给我姐照顾")
    assert world.flow(talk) == "entrusted"
    assert world.say(talk, "隔壁那家孩子天天哭")[0].startswith("report.danger")
    assert any("天天哭" in one for one in answers_of(world, talk).words_of("what"))
    with world.work() as work:
        assert drafts.current(work, talk, "entrusted") is not None


@pytest.mark.parametrize(
    ("text", "waits", "made", "turns"),
    [
        ("接着查吧", True, False, True),
        ("接着查吧", False, False, False),
        ("我昨天测的结果 低保批了 改成低保", False, True, True),
        ("你们接着查吧 别放过他", True, True, False),
        ("他家低保批下来了", True, True, False),
    ],
)
def test_words_turn_to_the_own_check_by_what_they_name(text: str, waits: bool, made: bool, turns: bool) -> None:
    assert own_story.turns_to_check(text, waits=waits, made=made) is turns


@pytest.mark.parametrize("text", ["我想问问 村里让我在这登记", "村长让我来填个表 在哪填"])
def test_whoever_is_sent_to_a_list_nobody_named_is_asked_which(text: str) -> None:
    assert own_story.names_no_list(text)
    assert not own_story.names_no_list("村里让登记留守孩子")
    assert not own_story.names_no_list("老师让填表 委托照护那个")


def test_the_check_that_was_handed_over_is_looked_at_again_with_what_changed(world: World) -> None:
    talk = _father(world)
    world.say(talk, "让人来")
    world.say(talk, "舒兰市平安镇")
    assert world.flow(talk) is None, last(world, talk)
    world.say(talk, DESPAIR)
    world.say(talk, "舒兰市平安镇")
    said = world.say(talk, "我昨天测的结果 低保批了 改成低保")
    assert "eligibility.anew" in said
    assert world.flow(talk) == "eligibility"
    assert not any("低保" in one for _, one in words(world))


def test_going_back_to_the_wish_for_a_carer_and_then_to_the_report(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "过完年我跟孩子他爸去山东 想找人照看孩子 委托照护咋办")
    world.say(talk, "对了 我们后院老刘家那小子 他爹喝多了就打他")
    world.say(talk, "没在打 就是平时")
    world.say(talk, "公主岭市响水镇姜家店村")
    world.say(talk, "接着说托他二姨的事")
    assert world.flow(talk) == "entrusted"
    world.say(talk, "刚才举报那个 他爷爷叫张有福")
    assert any("张有福" in one for _, one in words(world))
    assert world.flow(talk) == "entrusted"


def test_another_child_of_the_home_is_handed_over_after_its_own_check(world: World) -> None:
    talk = _father(world)
    world.say(talk, "让人来")
    world.say(talk, "舒兰市平安镇")
    assert world.say(talk, "大孙子那个也交给他啊")[0] == "eligibility.anew.other"
    assert world.flow(talk) == "eligibility"


def test_who_speaks_of_the_child_as_a_parent_is_grown_though_nobody_asked_which(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孩子他爸在广东打工 我在家 我有残疾 孩子8岁 能算不")
    assert world.say(talk, "有时候想一死了之 又舍不得孩子")[0] == "danger.self_harm.own"
    world.say(talk, "公主岭市响水镇姜家店村")
    world.say(talk, "没那个心思了 还说刚才算不算的事吧")
    assert world.flow(talk) == "eligibility"
    assert world.say(talk, "我们屯西头有个小子 他爹总打他 孩子身上青一块紫一块")[0].startswith(
        ("report.danger", "danger.")
    )
    assert not any("西头" in one for _, one in words(world))


def test_another_familys_trouble_is_no_part_of_ones_own_despair(world: World) -> None:
    talk = _father(world)
    world.say(talk, DESPAIR)
    world.say(talk, "舒兰市平安镇")
    own = world.report().uid
    assert "report.danger_doubt" in "".join(world.say(talk, "对了 西院老王家那丫头天天不上学 她后妈还骂她"))
    assert any("后妈" in one for one in answers_of(world, talk).words_of("what"))
    with world.work() as work:
        of_own = next(one for one in world.reports() if one.uid == own)
        assert not any("后妈" in one for _, one in reports.told_of(work, of_own)["words"])


def test_what_is_told_of_the_reported_child_leaves_the_check(world: World) -> None:
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    world.say(talk, "那我自己家呢 我家俩娃 算不算困境")
    assert world.flow(talk) == "eligibility"
    world.say(talk, "刚才那个孩子 今天没来上学")
    assert any("没来上学" in one for _, one in words(world))
