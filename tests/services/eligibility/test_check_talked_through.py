"""Inside the check: what is asked of it, handing over without a number, what a correction changes, who knows it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading import danger
from bot.reading.families import check_handing, checking, family, reaching, unknown_where
from tests.builders import World

TODAY = date(2026, 11, 23)
COUNTS = "我孙子算不算留守 九岁 跟我住 我带得好 爸妈都在青岛打工一年多了"
HOME = "公主岭市响水镇姜家店村"


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("没有 刚才说到哪了", checking.WHERE_WERE_WE),
        ("你就说还差啥", checking.MISSING),
        ("不是跟你说了吗 周岁八岁", checking.TOLD_ALREADY),
        ("结果呢 一句话", checking.ONE_SENTENCE),
        ("行了我自个儿上乡里问", checking.GOODBYE),
        ("我去镇上打工", None),
        ("他爸一句话没有就走了", None),
        ("我去镇上问了 没批", None),
    ],
)
def test_what_is_asked_of_the_check_is_told_from_what_is_told(said: str, wished: str | None) -> None:
    assert checking.wish(said, at_the_end=False) == wished


def test_the_answers_come_from_where_the_check_stands_and_no_rule_is_told(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "测一下我家孩子算不算困境")
    world.say(talk, "孩子跟我一起住 好好的 8岁")
    assert world.say(talk, "不是跟你说了吗 八岁")[0] == "eligibility.all_kept.told"
    assert world.say(talk, "还差啥")[0] == "eligibility.still_missing"
    assert world.say(talk, "一句话告诉我")[0] == "eligibility.one_sentence"


def test_who_goes_himself_is_told_where_and_works_nowhere(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "查查我儿子算不算困境 12岁 跟我住 我带得好")
    world.say(talk, "我是他爸 他妈去世了 我在家种地 有低保")
    said = "".join(one.text for one in world.said(talk)[-1:])
    assert "初步符合" in said
    assert world.say(talk, "不用转 我自己去镇上 谢了") == ["eligibility.done"]


def test_a_correction_after_the_result_says_only_what_is_another_one_now(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "查查我儿子算不算困境 12岁 跟我住 我带得好")
    assert "eligibility.result" in world.say(talk, "我是他爸 他妈去世了 我在家种地 有低保")
    assert "eligibility.result.changed" in world.say(talk, "我们是农村的")
    assert "农村单亲" in world.said(talk)[-1].text
    assert "eligibility.result.same" in world.say(talk, "不对 孩子十三岁")
    assert "eligibility.result" in world.say(talk, "结果"), "the whole of it is a word away"


def test_who_hands_over_without_a_number_is_asked_once_and_what_he_says_goes_with_it(world: World) -> None:
    talk = world.citizen()
    world.say(talk, COUNTS)
    world.say(talk, "给俺们挂上号吧 让主任联系我")
    assert "eligibility.reach" in world.say(talk, HOME)
    assert world.say(talk, "李桂芬")[0] == "eligibility.reach.kept"
    assert world.say(talk, "13944112233")[0] == "eligibility.number_added"


def test_nothing_left_is_said_truly(world: World) -> None:
    talk = world.citizen()
    world.say(talk, COUNTS)
    world.say(talk, "让人来家看看")
    world.say(talk, HOME)
    assert world.say(talk, "不用留名 我也没电话")[0] == "eligibility.reach.none"
    assert reaching.read("别放档案") is None


@pytest.mark.parametrize(
    ("said", "by", "told"),
    [
        ("俺闺女没了 她爸不管", "maternal", {"mother_life_status": "dead"}),
        ("九岁 虚岁 周岁八岁 三月份的生日", None, {"child_age_years": 8}),
        ("他爸上个月回来了不走了", None, {"father_away_status": "at_home"}),
        ("家里吃低保你给看看算不算", None, {"household_assistance": "dibao"}),
        ("孩子妈是我闺女 在广东厂子里干两年了", None, {"mother_work_place": "cross_county", "mother_away_months": 24}),
    ],
)
def test_what_a_carer_tells_is_taken_of_whom_it_is_told(said: str, by: str | None, told: dict[str, object]) -> None:
    facts = family.read(said, TODAY, by).facts
    assert {name: facts.get(name) for name in told} == told
    assert "child_illness" not in facts


def test_who_does_not_know_hears_where_to_ask_and_a_crane_is_no_alarm() -> None:
    assert unknown_where.asked("他爸进去了 判几年我不知道") == unknown_where.TERM
    assert unknown_where.asked("抚养权归谁我也不清楚") == unknown_where.CUSTODY
    assert unknown_where.asked("残疾证有没有我也整不清") == unknown_where.CARD
    assert unknown_where.asked("孩子没残疾证") is None
    assert not check_handing.goes_oneself("我上县医院看病")
    assert danger.read("他爸在北京开塔吊 他妈也去了").level == "none"
    assert danger.read("孩子爬到塔吊上要跳下来").level == "emergency"
