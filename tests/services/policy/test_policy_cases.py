"""The rule that speaks of a family as it was told, and of the duty of who finds a child; nobody else is lectured."""

from __future__ import annotations

import pytest

from bot.services.talk import policy_cases
from bot.services.talk.meaning import Meant
from tests.builders import World

pytestmark = pytest.mark.words

SHORT = 45
"""Characters of a question that is read at a glance."""


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("他爸强戒，他妈死了，这娃咋算", "guard_dead_prison"),
        ("爹瘫了娘跑了三年没信，孩子归哪类", "fact_what"),
        ("我妻子尿毒症，我在青岛打工，孩子八岁算留守不", "lb_one_parent"),
        ("她爸没了，她妈在韩国，孩子算留守吗", "lb_dead_other"),
        ("两口子都肢体三级，俺家娃够双残那条不够", "dis_grades"),
        ("他爸残疾三级 妈妈改嫁了 享受啥", "fam_one_disabled"),
    ],
)
def test_what_was_told_of_both_parents_says_which_rule_is_meant(world: World, text: str, topic: str) -> None:
    with world.work() as work:
        assert policy_cases.rules(work, text)[0] == topic


@pytest.mark.parametrize(
    "text", ["我家孩子他爸在广东打工", "他爸强戒，他妈死了", "我妻子尿毒症，我在青岛打工，谁能来看看"]
)
def test_who_only_tells_of_a_family_asks_for_no_rule(world: World, text: str) -> None:
    with world.work() as work:
        assert policy_cases.rules(work, text) == ()


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("今天走访 孩子一个人在家 大人跑了 先报警还是先找村里", "JL-3.8.k"),
        ("我是护士 有个小孩被打得不轻 该不该报", "QZBG-4"),
        ("十三岁丫頭來做流產 她媽求我們別聲張 我們當大夫的能答應嗎", "QZBG-4"),
    ],
)
def test_who_finds_a_child_in_danger_at_work_hears_the_duty_besides(world: World, text: str, clause: str) -> None:
    talk = world.citizen()
    keys = world.say(talk, text)
    assert any(key.startswith(("danger.", "report.")) for key in keys)
    assert clause in "\n".join(said.text for said in world.said(talk))


@pytest.mark.parametrize("text", ["我爸打我 打给谁", "爸爸打我怎么办", "孩子掉河里了咋办", "我不想活了怎么办"])
def test_who_cries_for_help_hears_no_rule(world: World, text: str) -> None:
    assert "policy.beside_danger" not in world.say(world.citizen(), text)


@pytest.mark.parametrize(
    "text",
    [
        "我是护士 有个小孩被打得不轻 该不该报",
        "我是老师，我们班有个孩子天天挨打",
        "我是班主任 学生身上有伤 报给谁",
    ],
)
def test_who_must_report_hears_his_duty_then_is_asked_about_danger_and_then_hears_any_other_rule(
    text: str, world: World
) -> None:
    talk = world.citizen()
    keys = world.say(talk, text)
    asked = next(at for at, key in enumerate(keys) if key.startswith(("report.danger_now", "report.danger_doubt")))
    assert {one.rpartition(".")[0] for one in keys[:asked]} <= {"report", "report.first.S1"}
    said = world.said(talk)
    assert "110" in said[asked - 1].text
    assert "不用等领导同意" in said[asked - 1].text
    assert len(said[asked].text) <= SHORT


def test_a_teacher_who_only_tells_hears_no_rule_but_his_duty_beside_the_question_of_danger(world: World) -> None:
    talk = world.citizen()
    keys = world.say(talk, "我是小学班主任，班上一个男孩身上好几处新旧伤，他说是他爸打的")
    assert keys == ["report.first.S1.school", "report.danger_now"]
    assert world.tap(talk, "report.danger_now=no") == ["report.place"]


def test_what_the_classifier_takes_for_a_report_asks_about_danger_before_it_tells_the_rule(world: World) -> None:
    keys = world.means(world.citizen(), "我是班主任 学生身上有伤 报给谁", "report", Meant("report_concern", 0.9))
    assert keys.index("report.danger_now") < keys.index("policy.beside")
