"""What is somebody's own matter and no rule's, what is told of a family, and what a bare yes answers."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.policy import first_words, own_records, situations, staying
from bot.services.talk import policy_answers, policy_applied, policy_cases, policy_talk
from bot.services.talk.meaning import Meant
from tests.builders import World
from tests.services.talking import SURE

pytestmark = pytest.mark.words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("那这周联系到底记成啥了", "record"),
        ("这周跟孩子的视频记上了没", "record"),
        ("刚才那些存下来了没", "record"),
        ("我家孩子档案里写了啥", "record"),
        ("我那份办到哪步了", "record"),
        ("现在在哪一步了", "record"),
        ("那个报告谁报的", "record"),
        ("委托照护有几个没办完", "record"),
        ("这周有几个家长没联系孩子的", "record"),
        ("我们村还有哪些超期的", "record"),
        ("我还差几家", "record"),
        ("我家上次来走访是几号", "record"),
        ("还有啥没弄的", "record"),
        ("我上回的申请有人看了吗", "record"),
        ("想问问 村里让我在这登记", "sign_up"),
        ("你们能不能去人看看", "somebody_goes"),
        ("叫个人上我家看看孩子行不行", "somebody_goes"),
        ("上个月跟孩子联系的 你那记着没", "record"),
        ("我这个月联系了几回", "record"),
    ],
)
def test_ones_own_matter_is_answered_by_no_rule(world: World, text: str, kind: str) -> None:
    assert own_records.read(text) == kind
    assert policy_answers.strength(text) is None
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, text)
    assert world.keys_to(inbox_id) == [f"policy.own_{kind}"]


def test_a_worker_is_shown_where_his_work_is(world: World) -> None:
    talk, text = world.staff("child_director"), "委托照护有几个没办完"
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_answers.answer(work, talk, inbox_id, text)
    assert world.keys_to(inbox_id) == ["policy.own_work"]


@pytest.mark.parametrize(
    "text",
    [
        "走访记录家里人能看吗",
        "村里让我登记 不登记行不行",
        "重点关注的孩子多久走访一次",
        "举报了会不会知道是谁报的",
        "报告以后多久有结果",
    ],
)
def test_what_holds_for_all_is_no_own_matter(text: str) -> None:
    assert own_records.read(text) is None


def test_what_hurts_who_did_not_ask_is_told_by_no_guess(world: World) -> None:
    talk = world.citizen()
    with world.work() as work:
        guessed = policy_answers.find(work, talk, "村里让在这儿说的是啥孩子")
        named = policy_answers.find(work, talk, "艾滋病病毒感染的孩子怎么办")
    assert "self_hiv" not in guessed.topics
    assert named.topics[0] == "self_hiv"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("他爸没了 他妈腿残疾一级干不了活 养不起孩子", "fam_dead_ill"),
        ("孩子爸意外没了 我一个人在屯子里带俩娃", "rural_single"),
    ],
)
def test_who_tells_of_both_parents_hears_the_rule_beside_the_check(world: World, text: str, topic: str) -> None:
    with world.work() as work:
        assert policy_cases.told_without_asking(work, text) == (topic,)
    keys = world.means(world.citizen(), text, "eligibility", Meant("check_eligibility", SURE))
    assert keys.index("policy.beside") < len(keys) - 1


@pytest.mark.parametrize(
    ("text", "topic", "applied"),
    [
        ("他爸在大连打工一年 他妈在沈阳打工一年", "lb_what", "像是留守儿童，还要看孩子满没满16周岁"),
        ("孩子他爸他妈上个月刚走 去的天津 奶奶带着", "lb_six_months", "还没满6个月"),
        ("我在韩国干活三年了 她爸在家带", "lb_one_parent", "一方在家"),
        ("他爹判了五年 他妈强戒两年", "guard_both_prison", "像是“监护困境儿童”"),
        ("我家建档立卡的 孩子念书费劲", "fam_dibao", "像是“家庭困境儿童”"),
        ("户口在船营区 我跟她爸都在昌邑区上班", "lb_core_urban", ""),
    ],
)
def test_the_rule_of_a_family_is_told_and_applied_to_it(world: World, text: str, topic: str, applied: str) -> None:
    with world.work() as work:
        assert policy_cases.told_without_asking(work, text) == (topic,)
        assert applied in policy_applied.line(work, text, [topic])


def test_what_was_not_told_of_a_family_is_no_part_of_what_a_rule_comes_to(world: World) -> None:
    with world.work() as work:
        assert policy_applied.line(work, "在外打工得几个月才算", ["lb_what"]) == ""


def test_no_rule_is_told_of_what_did_not_happen_to_a_parent(world: World) -> None:
    text = "孩子爸蹲监狱了 孩子妈去广东打工一年多 孩子跟着爷爷 这算啥"
    near = ("guard_dead_prison", "fam_dead_ill", "lb_one_parent", "lb_core_urban", "drug_community")
    with world.work() as work:
        assert policy_cases.fitting(work, text, near) == ("lb_one_parent",)


def test_a_parent_who_is_well_is_not_ill(world: World) -> None:
    with world.work() as work:
        rules = policy_cases.rules(work, "建档立卡户 爸爸瘸 二级 妈妈健康 算困境吗")
    assert rules == ("fam_dibao", "fam_one_disabled")


def test_a_parents_disability_is_not_the_childs(world: World) -> None:
    with world.work() as work:
        assert policy_cases.rules(work, "四级智力残疾的妈 够不够格") == ()


@pytest.mark.parametrize(
    ("before", "text", "topic"),
    [
        ("lb_six_months", "五个半月呢", "lb_six_months"),
        ("alone_age", "十岁呢", "alone_age"),
        ("alone_age", "真的假的", "alone_age"),
        ("ent_child_opinion", "几岁开始", "ent_child_opinion"),
        ("guard_both_prison", "判半年的也算？", "guard_both_prison"),
        ("ent_notice", "多少天以内", "ent_notice_when"),
        ("ent_who_cannot", "那喝酒的呢", "ent_who_cannot"),
        ("dis_grades", "那精神的呢", "dis_grades"),
        ("weekly", "不打会咋样", "weekly_none"),
        ("ill_catalogue", "糖尿病呢", "ill_catalogue"),
        ("must_who", "我是小卖店的 也得报？", "must_me"),
    ],
)
def test_a_few_words_stay_with_the_rule_just_told_or_its_next(before: str, text: str, topic: str) -> None:
    known = policy_answers.known
    assert known.finder().find(text, before, known.akin(before), taken=True).topics[0] == topic


def test_another_figure_that_has_a_rule_of_its_own_is_that_rule() -> None:
    known = policy_answers.known
    assert known.finder().find("四级的呢", "dis_grades", known.akin("dis_grades"), taken=True).topics[0] == "dis_fourth"


def test_only_what_asks_for_nothing_else_doubts_the_answer() -> None:
    assert all(staying.doubts(text) for text in ("真的假的", "谁规定的", "你确定吗"))
    assert not staying.doubts("真的不用报警吗")


def test_who_doubts_the_answer_just_given_reads_it_with_its_source(world: World) -> None:
    talk = world.citizen()
    for text in ("孩子多大可以一个人在家", "真的假的"):
        inbox_id = world.hear(talk, {"text": text})
        with world.work() as work:
            policy_answers.answer(work, talk, inbox_id, text)
    assert world.keys_to(inbox_id) == ["policy.not_made_up", "policy.answer"]


@pytest.mark.parametrize(
    ("answer", "text", "other"),
    [
        ("要。监护人还是父母", "监护权是不是就归她了", True),
        ("能。情况仍未改善的", "劝了不听能不能换人", False),
        ("必须。应当委托", "不找人看行不行", True),
        ("至少每周一次", "多久一次", False),
    ],
)
def test_a_bare_yes_answers_only_its_own_question(answer: str, text: str, other: bool) -> None:
    assert first_words.answers_another(answer, text) is other


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("出去打工能把孩子随便托给谁都行吗", "ent_who_can"),
        ("12岁 六年级 我算不算必须报的那种人", "must_who"),
        ("朋友 不是亲戚 行不行", "ent_who_can"),
        ("照看孩子的姑姑天天喝大酒 劝了好几回没用 我是他爸", "ent_replace"),
        ("我是儿童主任 两家都不改也不换", "ent_refuse"),
        ("娃扔给姥姥了 没跟村里说", "ent_notice"),
        ("打110他能不能知道是我打的", "rep_secret"),
        ("孩子老发呆 该去哪看", "mind_found"),
        ("爸妈都坐牢了 孩子在大姑家", "guard_both_prison"),
        ("俩口子都在本县城打工", "lb_cross_county"),
        ("男的在厂里打工 女的瘫在炕上", "lb_one_parent"),
    ],
)
def test_the_rule_of_a_situation_is_known_by_what_is_said(text: str, topic: str) -> None:
    assert situations.topics(text)[0] == topic


def test_a_deported_parent_is_no_child_sold() -> None:
    assert danger.read("爸爸被遣送出境 妈妈在韩国打工一年 孩子跟姥爷").level == "none"
    assert danger.read("他们要把我妹送出境 救救她").level == "emergency"
