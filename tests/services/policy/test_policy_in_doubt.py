"""Situations told without a question, and questions in the middle of a report: the rule is told beside."""

from __future__ import annotations

import pytest

from bot.reading.talk import question_forms
from bot.services import drafts
from bot.services.talk import policy_answers, policy_cases, policy_talk
from bot.services.talk.meaning import Meant
from bot.texts import policy_answers as known
from tests.builders import World
from tests.services.talking import SURE, asked_for

pytestmark = pytest.mark.words


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("我跟他爸过年才回来待半个月，村里说得重新算六个月", "visit"),
        ("我姐精神三级残疾，姐夫肢体四级，村里说孩子不够双残", "eligibility"),
        ("我户口在四平，孩子跟我在长春上学，两边社区互相推", "report"),
    ],
)
def test_a_rule_that_is_refused_or_doubted_is_told_beside_though_nobody_asks(
    world: World, text: str, taken_for: str
) -> None:
    with world.work() as work:
        assert policy_talk.decide(work, world.citizen(), text, taken_for) == policy_talk.BESIDE


@pytest.mark.parametrize("text", ["十一之后我就回去不走了", "一个礼拜没听着孩子声了", "孩子在学校上课"])
def test_who_only_tells_how_it_is_hears_no_rule(text: str) -> None:
    assert not question_forms.disputes(text)


def test_who_tells_of_harm_reads_no_rule_for_a_doubt(world: World) -> None:
    text = "村里说不归他们管，可那孩子天天挨打满身是伤"
    assert question_forms.disputes(text)
    with world.work() as work:
        assert policy_talk.decide(work, world.citizen(), text, "report") == policy_talk.NO


def test_a_teacher_who_is_told_to_be_silent_hears_what_a_school_owes() -> None:
    assert policy_cases.duty("我是幼儿园老师，孩子下身有伤，园长让我别声张") == "must_school"
    assert policy_cases.duty("我是幼儿园老师，今天孩子们都挺好") is None


def _in_a_report(world: World, text: str, meant: Meant) -> list[str]:
    """What is said to words where the place of a report is asked."""
    return world.means(asked_for(world, "place"), text, "report", meant)


def test_what_is_kept_in_a_report_and_asks_for_a_rule_hears_it(world: World) -> None:
    assert "policy.beside" in _in_a_report(world, "我要是不报有没有事，我就是个邻居", Meant("out_of_scope", 0.5))


@pytest.mark.parametrize(
    ("text", "sure"), [("我先问问，报错了会不会抓我", SURE), ("对了你们这管不管户口在外省的孩子", 0.6)]
)
def test_what_is_answered_as_a_question_is_not_told_twice(world: World, text: str, sure: float) -> None:
    told = _in_a_report(world, text, Meant("ask_policy", sure))
    assert {"policy.answer", "policy.maybe"} & set(told)
    assert "policy.beside" not in told


def test_what_is_open_has_a_say_only_where_several_rules_may_be_meant() -> None:
    finder, known = policy_answers.known.finder(), policy_answers.known
    about_reports = known.of_themes(frozenset({"reporting", "report_course", "privacy"}))
    alone = finder.find("这事你们会先告诉村里吗，村书记是他家亲戚", taken=True)
    inside = finder.find("这事你们会先告诉村里吗，村书记是他家亲戚", taken=True, inside=about_reports)
    assert alone.topics[0] not in about_reports
    assert inside.topics[0] in about_reports
    sure = finder.find("监护状况一般的多久走访一次", taken=True, inside=about_reports)
    assert sure.topics[0] == "visit_average"


def test_who_asks_what_a_rescued_child_counts_as_hears_it_beside_danger() -> None:
    assert question_forms.asks_for_rule("从人贩子手里救下来的娃 属于啥困境")
    assert question_forms.asks_for_rule("监护人失联报到哪个派出所")


def test_right_after_a_start_nobody_in_danger_waits_for_our_questions_to_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "孩子走丢多久可以报警？"
    policy_answers.will_get_ready()
    with monkeypatch.context() as made_by_nobody_yet:
        made_by_nobody_yet.setattr(known, "finder_made", lambda: False)
        assert "policy.beside_danger" not in world.say(world.citizen(), asked)
    policy_answers.get_ready()
    assert "policy.beside_danger" in world.say(world.citizen(), asked)


@pytest.mark.parametrize(
    ("told", "clause"),
    [
        ("有个十四的丫头自个儿住老房子 爹妈都在外地", "JL-3.8.k"),
        ("隔壁孩子自己一个人住", "JL-3.8.k"),
    ],
)
def test_who_says_at_the_danger_question_that_he_only_asks_hears_the_rule(world: World, told: str, clause: str) -> None:
    talk = world.citizen()
    world.say(talk, told)
    keys = world.say(talk, "不是 我就问问规定")
    assert keys == ["policy.answer"]
    assert clause in world.said(talk)[-1].text
    with world.work() as work:
        assert drafts.current(work, talk, "report") is None


def test_of_harm_that_was_told_the_question_stays_when_somebody_only_asks(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁天天打孩子 身上都是伤")
    keys = world.say(talk, "我不是要报 就想知道政策咋说的")
    assert keys[0] == "policy.answer"
    assert len(keys) > 1
    with world.work() as work:
        assert drafts.current(work, talk, "report") is not None


@pytest.mark.parametrize("text", ["也就三四天吧", "就四月底吧", "大概七八岁吧"])
def test_an_answer_said_with_doubt_asks_for_no_rule(text: str) -> None:
    assert policy_answers.strength(text) is None
    assert not policy_answers.plainly_asked(text)
