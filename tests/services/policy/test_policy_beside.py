"""What is told beside: the rule of a supposed family, of a situation only told, of a wish that is a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.talk import doors as talking
from bot.services.talk import policy_situations, policy_talk
from bot.services.talk.meaning import Meant
from bot.texts import policy_answers as policy_known
from tests.builders import World
from tests.services.talking import SURE

pytestmark = pytest.mark.words

CHECK = Meant("check_eligibility", SURE)


def _words(world: World, talk: str, flow: str, text: str, meant: Meant) -> tuple[list[str], str]:
    """Keys of what is said to words taken for a flow, and all its words."""
    before = len(world.said(talk))
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        talking.words(work, talk, inbox_id, flow, text, meant)
    return world.keys_to(inbox_id), "\n".join(one.text for one in world.said(talk)[before:])


@pytest.mark.parametrize(
    ("first", "then", "clause"),
    [
        ("爸爸在广东打工，妈妈在家，孩子算留守吗", "那要是他妈也走了呢", "JL-2.1.1"),
        ("妈妈在浙江打工，爸爸在家种地，孩子算留守不", "要是他爸也跟着去打工呢", "JL-2.1.1"),
        ("孩子父亲坐牢了，算困境儿童吗", "那要是他妈回来了呢", "JL-2.2.3.b"),
        ("孩子妈妈判刑了，算不算困境", "要是他爸也坐牢了呢", "JL-2.2.3.b"),
        ("爸爸去世了，孩子算困境吗", "要是妈妈也得了重病呢", "JL-2.2.1.d"),
    ],
)
def test_who_supposes_another_family_hears_its_rule_and_the_check_keeps_its_question(
    world: World, first: str, then: str, clause: str
) -> None:
    talk = world.citizen()
    _words(world, talk, "eligibility", first, CHECK)
    keys, said = _words(world, talk, "eligibility", then, Meant("affirm", 0.3))
    assert keys[:2] == ["policy.beside", "eligibility.what_if"]
    assert keys[-1].startswith("eligibility.question")
    assert clause in said


@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        ("他二叔答应给看孩子，可一天到晚耍钱，主任来劝过他一次", "entrusted"),
        ("换人的事跟两口子说了不同意，看孩子的那个也不改", "entrusted"),
        ("俩月没给孩子打电话，我妈说孩子挺好不用打", "contact"),
        ("孩子搬到长春跟他舅住了，两边村里都说不归自己管", "report"),
    ],
)
def test_what_is_told_of_carers_calls_and_offices_hears_the_rule_beside(
    world: World, text: str, otherwise: str
) -> None:
    with world.work() as work:
        assert policy_talk.decide(work, world.citizen(), text, otherwise, Meant("any", 0.5)) == policy_talk.BESIDE


def test_in_a_talk_about_calls_nothing_is_told_of_another_matter(world: World) -> None:
    with world.work() as work:
        assert policy_talk.decide(work, world.citizen(), "打了三回 没人接", "contact") == policy_talk.NO


@pytest.mark.parametrize(
    "text",
    [
        "主任说要换掉我不让我看孩子了，她有这个权吗",
        "派出所接着孩子让人欺负这种事，是想管就管不想管拉倒？",
        "我脾气急老骂孩子，主任一句话就不让我带了呗？",
    ],
)
def test_what_may_ask_of_a_rule_begins_no_wish_for_a_carer_unread(world: World, text: str) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert not talking.plainly_answered(work, talk, inbox_id, text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("我带不动这孩子了", False), ("换人的事跟两口子说了不同意，看孩子的那个也不改", True)],
)
def test_a_wish_for_a_carer_that_asks_nothing_needs_no_classifier(world: World, text: str, rule: bool) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert talking.plainly_answered(work, talk, inbox_id, text)
    assert ("policy.beside" in world.keys_to(inbox_id)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "爹妈蹲监狱的娃，走访上有啥特殊的没",
        "对不管孩子的父母，村委会能采取什么办法？",
        "困境儿童家里能优先分扶贫车间的活儿吗，文件写没写",
    ],
)
def test_a_question_about_all_who_are_so_reports_nobody(world: World, text: str) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, text)
    assert world.keys_to(inbox_id)[0].startswith("policy.")


@pytest.mark.parametrize(
    "text", ["要是有人摸我怎么办", "我们家孩子他爸不管孩子，文件咋规定的", "这孩子的爹妈不管他，村里有啥规定没"]
)
def test_a_question_about_one_child_or_oneself_is_no_question_about_all(text: str) -> None:
    assert not policy_situations.only_of_a_rule(text)


def test_what_letters_and_meaning_find_is_told_beside_a_mood(world: World) -> None:
    text = "我这人嗓门大爱吼孩子 主任说句话就能给我换喽？"
    one, other = world.citizen(), world.citizen()
    with world.work() as work:
        alone = policy_talk.decide(work, one, text, "chat.mental_health")
        both = replace(work, topics={"ent_replace": 0.16, "mind_found": 0.07})
        agreed = policy_talk.decide(both, other, text, "chat.mental_health")
    assert (alone, agreed) == (policy_talk.NO, policy_talk.BESIDE)


@pytest.mark.parametrize(
    ("before", "text", "topic"),
    [
        ("mind_found", "那是她自己给看吗", "mind_found"),
        ("must_school", "得多久之内报", "must_when"),
        ("ent_who_can", "不是亲戚，是楼下很好的一个姐姐，也可以的吗？", "ent_who_can"),
        ("ent_agreement", "村里得留一份吗", "ent_agreement"),
        ("visit_emergency", "这个谁管", "visit_emergency"),
    ],
)
def test_a_question_that_names_nothing_may_mean_the_rule_just_told(before: str, text: str, topic: str) -> None:
    found = policy_known.finder().find(text, before, policy_known.akin(before), taken=True)
    assert topic in found.topics[: 1 if found.kind == "sure" else found.close]
