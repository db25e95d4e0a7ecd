"""A question that goes on from a policy answer: in an open check, supposing harm, asking for the next step."""

from __future__ import annotations

import pytest

from bot.reading.talk import question_forms
from bot.services.talk import doors as talking
from bot.services.talk import policy_answers, policy_cases, policy_talk
from bot.services.talk.meaning import Meant
from bot.texts import policy_answers as known
from tests.builders import World
from tests.services.talking import SURE

pytestmark = pytest.mark.words

POLICY = Meant("ask_policy", SURE)


def _told_a_rule(world: World, talk: str, text: str) -> None:
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, text)


def test_a_cry_that_is_only_supposed_after_a_rule_hears_the_rule_and_is_asked_about(world: World) -> None:
    talk, text = world.citizen(), "要是一直不管出大事了呢"
    _told_a_rule(world, talk, "父母不管孩子，谁来管？")
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert talking.urgent(work, talk, inbox_id, text)
    assert world.keys_to(inbox_id) == ["report.danger_doubt", "policy.beside_danger"]


def test_the_same_cry_with_no_rule_before_it_is_danger(world: World) -> None:
    talk, text = world.citizen(), "要是一直不管出大事了呢"
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert talking.urgent(work, talk, inbox_id, text)
    assert "report.danger_doubt" not in world.keys_to(inbox_id)


def test_who_cries_for_help_after_a_rule_supposes_nothing(world: World) -> None:
    talk, text = world.citizen(), "要是一直不管出大事了呢 救命啊"
    _told_a_rule(world, talk, "父母不管孩子，谁来管？")
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert talking.urgent(work, talk, inbox_id, text)
    assert "danger.other" in world.keys_to(inbox_id)


def test_a_rule_asked_for_in_a_check_right_after_a_rule_is_no_fact_of_the_child(world: World) -> None:
    talk, text = world.citizen(), "有重病的是不是就算没有监护能力"
    world.tap(talk, "flow:eligibility")
    _told_a_rule(world, talk, "哪些情况算没有监护能力")
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        talking.words(work, talk, inbox_id, "eligibility", text, POLICY)
    assert "eligibility.noted" not in world.keys_to(inbox_id)
    assert "JL-2.1.5" in "\n".join(one.text for one in world.said(talk)[-3:])


def test_the_next_step_is_asked_for_with_a_word_that_else_says_it_goes_on() -> None:
    assert question_forms.asks("劝过了还不改呢")
    assert not question_forms.asks("孩子还在学校呢")


def test_where_it_is_written_is_no_second_question() -> None:
    assert question_forms.only_asks_where("法律咋说的")
    assert not question_forms.only_asks_where("方案给多少钱")


def test_what_letters_and_meaning_find_first_is_told_alone() -> None:
    text = "庙里留下没爹妈的娃 依规怎么办"
    finder = policy_answers.known.finder()
    first = finder.rank(text)[0].topic
    alone = finder.find(text, taken=True, meant={first: 0.5})
    assert first == "shelter_illegal"
    assert (alone.kind, alone.topics[0]) == ("sure", first)


def _asked_after(text: str, before: str) -> tuple[str, ...]:
    """The topics told when words follow an answer."""
    found = policy_answers.known.finder().find(text, before, policy_answers.known.akin(before), taken=True)
    return found.topics[: 1 if found.kind == "sure" else found.close]


def test_a_bare_question_stays_with_the_rule_just_told() -> None:
    assert "spot_check" in _asked_after("多久一次", "spot_check")
    assert "protect_order" in _asked_after("管多长时间", "protect_order")


def test_who_is_put_into_the_question_just_answered_changes_the_rule_and_not_the_matter() -> None:
    assert "visit_focus_often" in _asked_after("家里穷的呢", "visit_how_often")
    assert question_forms.only_replaces("家里穷的呢")
    assert not question_forms.only_replaces("那谁去呢")


def test_words_that_stand_word_for_word_in_another_theme_do_not_leave_the_matter() -> None:
    assert "cert_where" in _asked_after("上哪办", "self_cert")


def test_somebody_at_work_somewhere_is_asked_about_and_what_goes_on_is_told() -> None:
    assert question_forms.asks("在国外打工的呢")
    assert question_forms.asks("另一方在监狱呢")
    assert not question_forms.asks("孩子在学校上课呢")


def test_a_short_question_after_a_rule_plans_no_visit(world: World) -> None:
    talk, text = world.citizen(), "我俩就去俩月呢"
    _told_a_rule(world, talk, "外出务工必须委托别人照护吗")
    with world.work() as work:
        assert policy_talk.decide(work, talk, text, "visit", Meant("record_visit", SURE)) == policy_talk.INSTEAD


def test_a_question_that_says_what_it_is_about_asks_anew_whatever_was_answered_before() -> None:
    finder = policy_answers.known.finder()
    found = finder.find("档案抽查频次", "mind_training", policy_answers.known.akin("mind_training"), taken=True)
    assert found.topics[0] == "spot_check"


def test_another_case_that_was_told_with_the_answer_stays_with_it() -> None:
    finder = policy_answers.known.finder()
    found = finder.find("爱赌钱的呢", "ent_who_cannot", policy_answers.known.akin("ent_who_cannot"), taken=True)
    assert found.topics[0] == "ent_who_cannot"


@pytest.mark.parametrize(
    ("before", "then", "fact"),
    [
        ("监护状况一般的多久走访一次", "那好的呢", "JL-3.8.e"),
        ("监护状况一般的多久走访一次", "好的呢", "JL-3.8.e"),
        ("强制报告是什么", "那我不报呢", "WBF-117"),
        ("谁可以当被委托人", "那姥姥呢", "JL-3.5.b"),
    ],
)
def test_words_that_else_agree_or_refuse_ask_for_the_next_rule_after_one(
    world: World, before: str, then: str, fact: str
) -> None:
    talk = world.citizen()
    _told_a_rule(world, talk, before)
    inbox_id = world.hear(talk, {"text": then})
    with world.work() as work:
        talking.nothing_open(work, talk, inbox_id, then)
    assert fact in world.said(talk)[-1].text


def test_an_answer_with_no_rule_before_it_is_none(world: World) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": "那好的呢"})
    with world.work() as work:
        talking.nothing_open(work, talk, inbox_id, "那好的呢")
    assert world.keys_to(inbox_id) == ["chat.nothing_open"]


@pytest.mark.parametrize("text", ["有大人照看着呢", "俺大侄子家俩口子搁苏州电子厂上班呢 走了有一年"])
def test_what_only_goes_on_asks_nothing(text: str) -> None:
    assert not question_forms.asks(text)
    assert not question_forms.only_replaces(text)


@pytest.mark.parametrize(
    ("before", "text", "topic"),
    [
        ("guard_foundling", "那要是都养上了呢", "shelter_illegal"),
        ("visit_average", "单亲的呢", "visit_focus"),
        ("visit_how_often", "打电话算不算", "visit_phone"),
        ("mind_found", "那得多少钱", "un_mind_fee"),
        ("visit_phone", "那我找谁说理去", "complaint"),
        ("guard_dead_prison", "得交啥材料", "materials"),
        ("guard_one_prison", "那另一个要是没了呢", "guard_dead_prison"),
    ],
)
def test_a_few_words_after_a_rule_ask_for_the_one_that_follows_it(before: str, text: str, topic: str) -> None:
    assert policy_cases.of_one_only(before, text) == (topic,)


def test_a_question_of_another_matter_is_not_read_on_from_the_last_answer() -> None:
    meant = {"visit_how_often": 0.16, "law_education": 0.07}
    finder = known.finder()
    found = finder.find("村里多长时间该去看一回啊", "lb_what", known.akin("lb_what"), taken=True, meant=meant)
    assert found.topics[0] == "visit_how_often"
