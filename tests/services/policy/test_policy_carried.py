"""A question that goes on from a rule just told is read with it, whatever else the rule was told beside; gates that
look like a wish or danger do not take a question about the rules away."""

from __future__ import annotations

import pytest

from bot.services.reporting import returning
from bot.services.talk import doors as talking
from bot.services.talk import policy_answers, policy_talk
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import SURE

POLICY, HUMAN = Meant("ask_policy", SURE), Meant("talk_to_human", SURE)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here is about the database."""
    return sqlite


def _told(world: World, talk: str, text: str) -> None:
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, text)


def _words(world: World, talk: str, flow: str, text: str) -> tuple[list[str], str]:
    """The keys said to a message that Rasa took for a flow, and the words of the first."""
    before = len(world.said(talk))
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        if not talking.urgent(work, talk, inbox_id, text):
            talking.words(work, talk, inbox_id, flow, text, Meant())
    return world.keys_to(inbox_id), "\n".join(one.text for one in world.said(talk)[before:])


def test_a_rule_told_beside_a_check_is_what_a_supposing_question_goes_on_from(world: World) -> None:
    talk = world.citizen()
    _words(world, talk, "eligibility", "我在本县县城工地上斑 离家四十多理地 平常也不回去 这算外出不")
    keys, said = _words(world, talk, "eligibility", "那我要是过完年去隔壁县敢呢")
    assert "eligibility.what_if.unclear" not in keys
    assert "JL-2.1.3" in said


def test_a_check_takes_what_it_can_suppose_itself(world: World) -> None:
    talk = world.citizen()
    _words(world, talk, "eligibility", "我在本县工地上班 孩子妈在家 这算外出不")
    keys, _ = _words(world, talk, "eligibility", "要是他妈也出去打工呢")
    assert "eligibility.what_if" in keys


def test_what_becomes_of_another_kind_of_child_asks_after_no_report(world: World) -> None:
    talk = world.citizen()
    _told(world, talk, "这个留守的孩子到多大岁数就不算了")
    keys, said = _words(world, talk, returning.STATUS, "那要是家里困难的那一种呢也到这个岁数就没人管了吗")
    assert keys[0].startswith("policy.")
    assert "18周岁" in said


def test_what_only_sounds_odd_after_a_rule_is_no_danger(world: World) -> None:
    for asked, on, fact in (
        ("没啥证据，就是我自己觉着不对，这也能往上报？", "要是人还没咋地，就是眼瞅着要出事的那种呢", "面临危险"),
        ("小孩先天腿不好，没有那个小红本，能按残疾的孩子算不", "现在正在残联办着，没下来呢？", "残疾人证"),
    ):
        talk = world.citizen()
        _told(world, talk, asked)
        keys, said = _words(world, talk, "report", on)
        assert "report.danger_doubt" not in keys
        assert fact in said


def test_danger_told_in_such_a_question_is_danger(world: World) -> None:
    talk = world.citizen()
    _told(world, talk, "没啥证据，就是我自己觉着不对，这也能往上报？")
    keys, _ = _words(world, talk, "report", "那他爸现在正打他呢")
    assert keys[0].startswith("danger.")


def test_a_rule_asked_of_nobodys_child_and_the_question_that_goes_on_from_it_open_no_report(world: World) -> None:
    talk = world.citizen()
    assert _words(world, talk, "report", "爹妈蹲监狱的娃，走访上有啥特殊的没")[0] == ["policy.maybe"]
    keys, said = _words(world, talk, "report", "那就他爸一个人在里头，他妈在外地打工的呢")
    assert keys[0].startswith("policy.")
    assert "JL-3.8.g" in said
    assert world.flow(talk) is None


def test_who_is_asked_after_may_be_somebody_else_than_a_relative(world: World) -> None:
    talk = world.citizen()
    _told(world, talk, "谁可以当被委托人？")
    keys, said = _words(world, talk, "report", "不是亲戚，是楼下很好的一个姐姐，也可以的吗？")
    assert keys[0].startswith("policy.")
    assert said.index("JL-3.5.b") < said.find("WBF-11") or "WBF-11" not in said


def test_after_a_word_on_a_heavy_heart_who_treats_it_is_asked(world: World) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": "心里闷得慌"})
    with world.work() as work:
        talking.answer(work, talk, inbox_id, ("chat.mental_health",), "心里闷得慌")
    _told(world, talk, "那是她自己给看吗")
    assert "JL-3.2.f" in world.said(talk)[-1].text


def test_how_often_somebody_comes_by_the_rules_is_not_whether_somebody_is_coming(world: World) -> None:
    text = "村上那个闺女总来家瞅孩子我寻思问问她多长时间来一趟是有准数的吗咋东院来得勤俺家来得稀呢"
    talk = world.citizen()
    assert "beside.coming.nothing" not in world.say(talk, text)
    assert world.say(world.citizen(), "有没有人来啊") == ["beside.coming.nothing"]


def test_what_staff_owe_a_parent_is_no_wish_for_a_human(world: World) -> None:
    text = "我人不在，村里管孩子的老师只跟我妈妈说话就可以了吗？跟我也要联系的吧？"
    with world.work() as work:
        talk = world.citizen()
        assert policy_talk.decide(work, talk, text, "chat.human", HUMAN) == policy_talk.INSTEAD
        assert policy_talk.decide(work, talk, "有没有真人能联系孩子的", "chat.human", HUMAN) != policy_talk.INSTEAD


def test_a_grade_asked_of_ones_own_hears_the_rule_beside_the_check(world: World) -> None:
    text = "脑子不好使那个证，人家说“三级以上”才算，那我妹妹是二级的，二比三小，是不是不够格"
    with world.work() as work:
        talk = world.citizen()
        assert policy_talk.decide(work, talk, text, "eligibility") == policy_talk.BESIDE
        assert policy_talk.decide(work, talk, "我家孩子算不算留守", "eligibility") == policy_talk.NO


def test_rules_of_another_matter_far_behind_are_not_told_beside(world: World) -> None:
    talk = world.citizen()
    text = "我和孩子妈都在外地赶活 必需得找个人看孩子吗 不找人行不行 又是谁都能看马"
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_answers.beside(work, talk, inbox_id, text)
    said = world.said(talk)[-1].text
    assert "WBF-22" in said
    assert "PIPL" not in said


def test_an_example_makes_no_report_of_a_question_that_goes_on(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "跨县才算外出打工吗？")
    said = world.means(talk, "要是一个市里两个区呢 比如户口朝阳区 干活在二道区", "report", Meant("report_concern", 0.5))
    assert said[0].startswith("policy.")
    assert world.flow(talk) != "report"
