"""Policy answers in the talk: fact, clause, validity, whom to ask; in any flow without losing its place; Rasa away."""

from __future__ import annotations

import dataclasses

import pytest

from bot.reading.policy.finding import NONE
from bot.services.mail import mailbox
from bot.services.talk import doors as talking
from bot.services.talk import policy_answers, policy_bounds, policy_following, policy_talk, redirecting
from bot.services.talk.meaning import Meant
from bot.texts import policy_answers as known
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import SURE, answers_of, asked_for, asked_now, begun, last

pytestmark = pytest.mark.words

POLICY = Meant("ask_policy", SURE)


def _asks(world: World, talk: str, text: str) -> list[str]:
    """A message that Rasa takes for a policy question."""
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, text)
    return world.keys_to(inbox_id)


def test_an_answer_holds_the_fact_its_clause_its_validity_and_whom_to_ask(world: World) -> None:
    talk = world.citizen()
    assert _asks(world, talk, "监护状况一般的多久走访一次") == ["policy.answer"]
    said = world.said(talk)[-1]
    assert "每个月" in said.text
    assert "“对于监护状况一般的，每个月入户走访一次”〔JL-3.8.f〕" in said.text
    assert "2024–2026年" in said.text
    assert "问谁：村（社区）儿童主任" in said.text
    assert [choice.value for choice in said.choices] == ["ask:visit_good", "ask:visit_focus", "ask:level_how"]


def test_our_own_setting_is_never_shown_as_a_rule_of_the_plan(world: World) -> None:
    talk = world.citizen()
    _asks(world, talk, "重点关注的孩子多久走访一次？")
    assert "不是方案的规定" in last(world, talk)
    assert "不是方案原文" in last(world, talk)


def test_a_tapped_question_is_answered_and_a_forged_one_has_expired(world: World) -> None:
    talk = world.citizen()
    assert world.tap(talk, "ask:lb_age") == ["policy.answer"]
    assert "不满16周岁" in last(world, talk)
    assert world.tap(talk, "ask:nobody") == ["chat.expired_button"]
    assert world.tap(talk, "ask:none") == ["policy.none"]


@pytest.mark.parametrize("text", ["养老金每年涨多少", "今天股票怎么样", "结婚登记要带什么", "驾照扣分怎么查"])
def test_what_the_plan_does_not_write_of_is_said_not_to_be_there(world: World, text: str) -> None:
    talk = world.citizen()
    assert _asks(world, talk, text) == ["policy.none"]
    assert "这个方案里没有写" in last(world, talk)
    assert "12345" in last(world, talk)


def test_where_we_are_not_sure_two_are_answered_and_more_offered(world: World) -> None:
    talk = world.citizen()
    assert _asks(world, talk, "孩子的钱和证的事问谁") == ["policy.maybe"]
    said = world.said(talk)[-1]
    assert "①" in said.text
    assert "②" in said.text
    assert said.text.count("〔") >= 2
    assert said.choices[-1].value == "ask:none"


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("谁可以当被委托人？", "那奶奶算吗", "年龄没有上限"),
        ("监护状况较好的多久走访一次？", "那一般的呢", "每个月入户走访一次"),
        ("父母残疾要几级才算？", "那听力呢", "没有听力、言语"),
        ("每个月能领多少钱？", "那孤儿呢", "孤儿基本生活费发放办法"),
        ("多久走访一次？", "那重点关注的呢", "15天"),
        ("父母残疾要几级才算？", "四级的呢", "四级不能直接算"),
        ("什么是自身困境儿童？", "没办下来证咋整", "可先到县级残联申请办证"),
        ("该报告不报告会怎样？", "我就是个邻居呢", "不是必须，但有权报"),
    ],
)
def test_a_short_question_goes_on_from_the_last_answer(world: World, first: str, then: str, fact: str) -> None:
    talk = world.citizen()
    _asks(world, talk, first)
    _asks(world, talk, then)
    assert fact in last(world, talk)


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("外出务工多久才算留守？", "那才走五个月呢", "还没满6个月"),
        ("外出务工多久才算留守？", "我走了八个月了", "满6个月了"),
        ("留守儿童的年龄到多大？", "十五岁半的呢", "还没满16周岁"),
        ("留守儿童的年龄到多大？", "都十七了呢", "困境儿童算到不满18周岁"),
        ("监护状况一般的多久走访一次？", "俩月去一次呢", "不够方案写的次数"),
        ("父母残疾要几级才算？", "我家那口子是肢体的呢", "一级、二级"),
    ],
)
def test_a_figure_put_into_the_rule_just_told_is_answered_for_that_figure(
    world: World, first: str, then: str, fact: str
) -> None:
    talk = world.citizen()
    _asks(world, talk, first)
    rule = known.topics()[_topic_of(first)].answer
    _asks(world, talk, then)
    assert fact in last(world, talk)
    assert rule not in last(world, talk), "who was just told the rule does not hear it again"


def _topic_of(question: str) -> str:
    return next(one.id for one in known.topics().values() if one.question == question)


@pytest.mark.parametrize(
    "text",
    ["外出满6个月才算留守吗", "十六岁生日那天还算不算留守", "几个月算外出"],
)
def test_who_asks_for_the_bound_itself_told_no_figure(text: str) -> None:
    assert not any(policy_bounds.line(topic, text) for topic in ("lb_six_months", "lb_age"))


def test_after_a_quarter_of_an_hour_a_short_question_goes_on_from_nothing(world: World, hands: Hands) -> None:
    talk = world.citizen()
    _asks(world, talk, "谁可以当被委托人？")
    hands.forward(minutes=14)
    with world.work() as work:
        assert policy_following.follows(work, talk, "那奶奶算吗")
    hands.forward(minutes=2)
    with world.work() as work:
        assert not policy_following.follows(work, talk, "那奶奶算吗")


@pytest.mark.parametrize("field", ["when", "follow_up", "danger_now", "place"])
def test_asked_in_the_middle_of_a_report_it_is_answered_and_the_open_question_comes_again(
    world: World, field: str
) -> None:
    talk = asked_for(world, field)
    before = answers_of(world, talk)
    keys = world.say(talk, "监护状况一般的多久走访一次")
    assert keys[0] == "policy.answer"
    assert keys[1].startswith(f"report.{field}")
    assert asked_now(world, talk) == field
    assert answers_of(world, talk).given == before.given


def test_a_question_tapped_in_the_middle_of_a_report_does_not_lose_its_place(world: World) -> None:
    talk = asked_for(world, "when")
    keys = world.tap(talk, "ask:lb_what")
    assert (keys[0], keys[-1]) == ("policy.answer", "report.when.again")
    assert asked_now(world, talk) == "when"


@pytest.mark.parametrize(
    ("flow", "asked"),
    [("bind", "bind.invite_code.again"), ("status", "status.report_code"), ("supplement", "supplement.report_code")],
)
def test_asked_in_the_middle_of_another_flow_it_is_answered_and_that_goes_on(
    world: World, flow: str, asked: str
) -> None:
    talk = world.citizen()
    world.tap(talk, f"flow:{flow}")
    keys = world.means(talk, "留守儿童的年龄到多大", flow, POLICY)
    assert (keys[0], keys[-1]) == ("policy.answer", asked)
    assert world.flow(talk) == flow
    keys = world.tap(talk, "ask:lb_what")
    assert (keys[0], keys[-1]) == ("policy.answer", asked)


def test_with_rasa_away_a_plain_policy_question_is_answered_too(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "什么是留守儿童") == ["policy.answer"]
    assert world.say(talk, "档案抽查多久一次") == ["policy.answer"]


@pytest.mark.parametrize(
    "text",
    [
        "邻居家孩子天天挨打怎么办",
        "我们村有个孩子爹妈都不管 天天饿着 该咋整",
        "老王家的小子身上都是伤 这算不算家暴",
    ],
)
def test_told_trouble_is_a_report_even_when_it_is_put_as_a_question(world: World, text: str) -> None:
    talk = world.citizen()
    assert not {"policy.answer", "policy.maybe"} & set(world.say(talk, text))
    assert world.flow(talk) == "report"


def test_told_harm_is_a_report_even_when_rasa_takes_it_for_a_policy_question(world: World) -> None:
    talk = world.citizen()
    _asks(world, talk, "老王家的小子总挨打 身上都是伤")
    assert world.flow(talk) == "report"


def test_doubtful_words_get_the_rule_and_the_danger_question(world: World) -> None:
    talk = world.citizen()
    keys = world.say(talk, "孩子走丢多久可以报警？")
    assert "policy.beside_danger" in keys
    assert "不用等24小时" in " ".join(said.text for said in world.said(talk))
    assert {"report.danger_doubt", "report.danger_now"} & set(keys) or keys[0].startswith("danger.")


def test_one_message_is_answered_once(world: World) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": "什么是留守儿童"})
    for _ in range(2):
        with world.work() as work:
            policy_talk.take(work, talk, inbox_id, "什么是留守儿童")
    assert world.keys_to(inbox_id) == ["policy.answer"]


def test_only_flows_that_are_open_are_offered(world: World) -> None:
    from bot.services import flows

    talk = world.citizen()
    world.tap(talk, "ask:lb_what")
    offered = {choice.value for choice in world.said(talk)[-1].choices if choice.value.startswith("flow:")}
    assert offered == ({"flow:eligibility"} if "eligibility" in flows.FLOWS else set())


def test_what_was_asked_is_kept_nowhere_but_in_sealed_arguments(world: World) -> None:
    talk = begun(world)
    world.say(talk, "监护状况一般的多久走访一次")
    with world.work() as work:
        row = mailbox.said_since(work, talk, 0)[-2]
        assert mailbox.args_of(work, row)["topic"] == "visit_average"
        assert b"visit_average" not in bytes(row.args_sealed or b"")


def test_in_redirect_mode_telegram_answers_policy_questions_and_still_takes_nothing_about_a_child(world: World) -> None:
    talk = world.chat("77")
    for text, told in (("残疾孩子没有残疾证，算不算困境儿童", False), ("老王家孩子总挨打身上都是伤", True)):
        inbox_id = world.hear(talk, {"text": text})
        with world.work() as work:
            redirected = dataclasses.replace(work, web_page="https://page.test")
            heard = redirecting.describes_a_child(text) and talking.urgent(redirected, talk, inbox_id, text)
            if not heard:
                policy_talk.take(redirected, talk, inbox_id, text)
        keys = world.keys_to(inbox_id)
        assert ("chat.redirect" in keys) is told
        assert told or keys[0].startswith("policy.")


def test_a_question_in_general_begins_no_flow_and_ones_own_case_does(world: World) -> None:
    talk = world.citizen()
    assert world.means(talk, "档案抽查多久一次", "report", POLICY) == ["policy.answer"]
    assert world.flow(talk) is None
    assert world.means(talk, "我报的那个事怎么还没结果", "status", Meant("check_report_status", SURE))[0].startswith(
        "status."
    )


@pytest.mark.parametrize(
    ("text", "key", "answered"),
    [
        ("档案一年抽查几次", "chat.out_of_scope", True),
        ("方案对法制副校长有什么要求", "chat.out_of_scope", True),
        ("一案八查是什么", "chat.nothing_open", True),
        ("你叫什么名字", "chat.bot", False),
        ("今天股票怎么样", "chat.out_of_scope", False),
    ],
)
def test_a_reply_that_would_leave_a_policy_question_unanswered_gives_way(
    world: World, text: str, key: str, answered: bool
) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert talking.answer(work, talk, inbox_id, (key,), text)
    assert world.keys_to(inbox_id)[0].startswith("policy." if answered else key)


@pytest.mark.parametrize(
    ("text", "flow", "intent", "clause"),
    [
        ("我下月走 孩子能不能随便扔给邻居", "eligibility", "check_eligibility", "JL-3.4.b"),
        ("听说一年才来看一次孩子对吧", "report", "report_concern", "JL-3.8.e"),
        ("人家上门来瞅娃 我不让进屋中不中", "report", "report_concern", "JL-3.8.e"),
        ("走之前跟老师说一声就中呗", "eligibility", "check_eligibility", "WBF-23"),
    ],
)
def test_whoever_asks_what_holds_hears_the_rule_whatever_else_the_words_were_taken_for(
    world: World, text: str, flow: str, intent: str, clause: str
) -> None:
    talk = world.citizen()
    world.means(talk, text, flow, Meant(intent, SURE))
    assert clause in "\n".join(said.text for said in world.said(talk))


def test_english_asks_none_of_our_questions(world: World) -> None:
    assert policy_answers.strength("Is my daughter eligible? I work in Shanghai, my husband died") is None


@pytest.mark.parametrize("text", ["举报有奖金没", "奶奶看孙子国家给开工资不", "留守娃中考加不加分", "给不给派校车"])
def test_what_people_hope_for_and_the_plan_does_not_write_of_is_said_not_to_be_written(world: World, text: str) -> None:
    talk = world.citizen()
    _asks(world, talk, text)
    assert "没有写" in last(world, talk)


def test_the_part_that_asks_is_heard_behind_a_life_story(world: World) -> None:
    talk = world.citizen()
    _asks(
        world,
        talk,
        "我和她爸下月上天津电子厂 孩子得搁家 我寻思让她二姨看 二姨老实就是腰不好 我都愁死了 挑看孩子的人有啥讲究没有",
    )
    assert "JL-3.5.b" in last(world, talk)


def test_what_is_near_in_meaning_is_told_beside_what_is_near_in_letters(world: World) -> None:
    talk, text = world.citizen(), "主任老劝我别在外头漂着 上面有这要求吗"
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        meant = dataclasses.replace(work, topics={"return_home": 0.6, "a topic of yesterday": 0.9})
        policy_answers.answer(meant, talk, inbox_id, text)
    assert "JL-3.5.e" in last(world, talk)


def test_meaning_alone_makes_no_question_of_what_asks_nothing() -> None:
    finder = known.finder()
    assert finder.find("嗯呢哈", meant={"weekly": 0.9}).kind == NONE
    assert finder.find("嗯呢哈", taken=True, meant={"weekly": 0.9}).topics[0] == "weekly"


def test_a_bare_case_that_nobody_could_classify_is_answered_with_what_it_may_be(world: World) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": "爸没了妈判五年"})
    with world.work() as work:
        talking.unclear(work, talk, inbox_id, "爸没了妈判五年")
    assert "JL-2.2.3.c" in last(world, talk)


def test_a_question_that_sounds_like_a_wish_for_another_carer_waits_for_the_classifier(world: World) -> None:
    talk, text = world.citizen(), "换照护人的空当孩子谁管 儿童主任领自己家去啊"
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        assert not talking.plainly_answered(work, talk, inbox_id, text)


def test_a_question_of_another_matter_in_words_about_ones_own_child_is_answered(world: World) -> None:
    talk, text = world.citizen(), "孩子交给我妹带了 学校那边我跟老师口头说一声够不够"
    with world.work() as work:
        doubted, sure = (
            policy_talk.decide(work, talk, text, "eligibility", Meant("check_eligibility", confidence))
            for confidence in (0.48, 0.95)
        )
    assert (doubted, sure) == (policy_talk.INSTEAD, policy_talk.BESIDE)
