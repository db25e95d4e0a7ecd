"""What is said beside the questions of a check ends nothing and is no answer; two children keep their facts apart."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.checking import check_of
from tests.services.talking import last

ASKS = "我想问问我家孩子够不够留守儿童"
AWAY = (ASKS, "跟他奶奶过", "9岁", "他爸他妈都在大连打工")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _talk(world: World, *words: str) -> str:
    talk = world.citizen()
    for said in words:
        world.say(talk, said)
    return talk


@pytest.mark.parametrize("said", ["谢谢", "好的谢谢", "行 谢谢啊", "谢谢叔叔", "谢谢你啊 你真好"])
def test_who_thanks_us_for_a_question_goes_on_answering(world: World, said: str) -> None:
    talk = _talk(world, ASKS, "跟他奶奶过", "9岁")
    before = check_of(world, talk)
    assert world.say(talk, said) == ["open.thanks", "eligibility.question.still"]
    assert check_of(world, talk).said == before.said
    assert world.flow(talk) == "eligibility"


@pytest.mark.parametrize("said", ["哎呀问这么多", "咋问这么多", "问起来没完了", "你问得太细了吧"])
def test_who_is_asked_too_much_hears_how_much_is_left_and_may_have_the_result(world: World, said: str) -> None:
    talk = _talk(world, *AWAY)
    kept = check_of(world, talk).said
    assert world.say(talk, said) == ["eligibility.how_much_more"]
    assert check_of(world, talk).said == kept
    shown = world.said(talk)[-1]
    assert any(sign.isdigit() for sign in shown.text)
    assert [one.value for one in shown.choices] == ["eligibility.now=yes", "eligibility.go_on=yes"]
    question = check_of(world, talk).fact
    assert world.tap(talk, "eligibility.go_on=yes") == ["eligibility.question"]
    assert check_of(world, talk).fact == question
    assert world.tap(talk, "eligibility.now=yes") == ["eligibility.result"]


@pytest.mark.parametrize("said", ["就看目前的结果", "出结果吧", "直接给结果", "别问了 直接出结果"])
def test_the_result_as_it_is_says_what_is_open_and_excludes_nothing(world: World, said: str) -> None:
    talk = _talk(world, *AWAY)
    assert world.say(talk, said) == ["eligibility.result"]
    assert "暂不符合" not in last(world, talk)
    assert "还没问到" in last(world, talk)
    assert world.tap(talk, "eligibility.more=yes") == ["eligibility.question"]


@pytest.mark.parametrize("said", ["接着答", "我回来了 接着说", "问到哪了", "咱继续"])
def test_who_comes_back_to_the_question_is_asked_it(world: World, said: str) -> None:
    talk = _talk(world, *AWAY)
    before = check_of(world, talk)
    assert world.say(talk, said)[-1].startswith("eligibility.question")
    assert check_of(world, talk).said == before.said
    assert check_of(world, talk).fact == before.fact


def test_hours_later_what_was_told_is_read_back_before_the_question(world: World, hands: Hands) -> None:
    talk = _talk(world, *AWAY)
    hands.forward(hours=9)
    assert world.say(talk, "接着上次的")[0] == "eligibility.resumed.told"
    assert "9岁" in world.said(talk)[-2].text


def test_a_result_of_hours_ago_is_shown_again_and_survives_a_goodbye(world: World, hands: Hands) -> None:
    talk = _talk(world, *AWAY, "走了一年了", "带得挺好")
    assert "初步符合" in last(world, talk)
    assert world.say(talk, "谢谢 就这样") == ["eligibility.done"]
    hands.forward(hours=5)
    assert world.say(talk, "刚才那个结果再发我一下")[-1] == "eligibility.result"
    assert "初步符合" in last(world, talk)


@pytest.mark.parametrize(
    ("said", "months"), [("走了快一年了", 11), ("都走两年了", 24), ("在外头三年了", 36), ("出去八个月了", 8)]
)
def test_how_long_after_both_were_named_is_told_of_both(world: World, said: str, months: int) -> None:
    talk = _talk(world, *AWAY)
    world.say(talk, said)
    facts = check_of(world, talk).facts
    assert (facts["father_away_months"], facts["mother_away_months"]) == (months, months)


def test_how_long_asked_of_one_is_told_of_that_one(world: World) -> None:
    talk = _talk(world, ASKS, "跟他奶奶过", "9岁", "他爸在大连打工", "他妈在家")
    world.say(talk, "一年零两个月")
    facts = check_of(world, talk).facts
    assert facts["father_away_months"] == 14
    assert "mother_away_months" not in facts


def test_nothing_of_a_second_child_becomes_a_fact_of_the_first(world: World) -> None:
    talk = _talk(world, "我是班主任，想帮班里两个孩子看看算不算留守儿童")
    world.say(talk, "先说第一个，11岁，爸妈都在韩国打工，跟爷爷奶奶住")
    world.say(talk, "走了两年了")
    before = dict(check_of(world, talk).facts)
    assert world.say(talk, "第二个孩子他爸去年病逝了，妈妈在长春打工")[0] == "eligibility.one_by_one"
    world.say(talk, "第二个孩子9岁，跟姥姥过")
    assert check_of(world, talk).facts == before
    world.say(talk, "照顾得挺好")
    assert "11岁" in last(world, talk)
    world.tap(talk, "eligibility.another=yes")
    second = check_of(world, talk)
    assert second.facts["child_age_years"] == 9
    assert second.facts["father_life_status"] == "dead"
    assert second.facts.get("mother_away_months") is None
    world.say(talk, "第一个孩子的结果是什么来着")
    assert "11岁" in world.said(talk)[-2].text
    assert check_of(world, talk).facts == second.facts


def test_a_brother_shares_his_parents_and_is_asked_for_himself(world: World) -> None:
    talk = _talk(world, "我和老公都在浙江打工 两个娃跟奶奶在老家 算不算留守儿童", "老大10岁老二5岁")
    assert check_of(world, talk).facts["child_age_years"] == 10
    world.say(talk, "老二有癫痫 吃药呢")
    world.say(talk, "出来一年多了")
    assert "child_illness" not in check_of(world, talk).facts
    world.say(talk, "奶奶带得挺好")
    assert world.say(talk, "老二也查一下")[0] == "eligibility.other_begun"
    second = check_of(world, talk).facts
    assert second["child_age_years"] == 5
    assert second["mother_away_status"] == "away_for_work"
    assert "guardian_not_performing" not in second


@pytest.mark.parametrize("said", ["算上了会咋样", "评上有啥用"])
def test_what_follows_if_it_counts_is_answered_and_the_question_kept(world: World, said: str) -> None:
    talk = _talk(world, *AWAY)
    before = check_of(world, talk)
    keys = world.say(talk, said)
    assert keys[0] == "policy.beside"
    assert keys[-1].startswith("eligibility.question")
    assert (check_of(world, talk).facts, check_of(world, talk).said) == (before.facts, before.said)


def test_a_child_that_asks_for_itself_tells_of_itself(world: World) -> None:
    talk = _talk(world, "我想问问我自己算不算困境儿童", "我13 上初一", "跟奶奶住", "妈妈我小时候就走了 不知道在哪")
    check = check_of(world, talk)
    assert check.speaker == "child"
    assert check.facts["child_age_years"] == 13
    assert check.facts["mother_life_status"] == "whereabouts_unknown"


def test_nothing_paid_is_no_hunger_and_only_where_it_was_asked(world: World) -> None:
    talk = _talk(world, *AWAY, "走了一年了", "带得挺好")
    world.say(talk, "过年回来几天")
    world.tap(talk, "eligibility.more=yes")
    world.tap(talk, "eligibility.edit=household_assistance")
    world.say(talk, "啥也没吃着")
    assert check_of(world, talk).facts["household_assistance"] == "none"


def test_who_looks_after_the_child_is_put_right(world: World) -> None:
    talk = _talk(world, *AWAY)
    assert world.say(talk, "不是跟奶奶 是跟姥姥")[0] == "eligibility.corrected.carer"
    assert check_of(world, talk).carer == "姥姥"


@pytest.mark.parametrize("said", ["看见谁家孩子没人管 跟你说好使不", "发现孩子没人管该咋办"])
def test_who_asks_how_to_tell_of_a_child_has_told_of_none(world: World, said: str) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == ["policy.answer"]
    assert world.flow(talk) is None
    assert world.reports() == []
    assert "flow:report" in [one.value for one in world.said(talk)[-1].choices]


@pytest.mark.parametrize("said", ["我邻居家孩子没人管 跟你说好使不", "他家孩子没人管 跟你说有用吗"])
def test_who_speaks_of_one_home_reports(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, said)
    assert world.flow(talk) == "report"


def test_nobody_dead_comes_back_by_words_of_the_two_old_people(world: World) -> None:
    talk = _talk(world, "我那孙女够不够困境儿童", "搁我家呢我跟她爷带着", "六岁", "她爸前年没了她妈改嫁了")
    world.say(talk, "俺俩带得好好的")
    assert check_of(world, talk).facts["father_life_status"] == "dead"


def test_a_correction_of_when_somebody_died_is_no_time_away(world: World) -> None:
    talk = _talk(
        world, "我那孙女够不够困境儿童", "搁我家呢我跟她爷带着", "六岁", "她爸前年没了她妈改嫁了在四平那边过呢"
    )
    world.say(talk, "不是两年前是三年前没的")
    assert "mother_away_months" not in check_of(world, talk).facts


def test_what_holds_may_come_before_what_does_not(world: World) -> None:
    talk = _talk(world, ASKS, "10岁", "跟姥姥住", "他爸去世了", "他妈在外地打工一年多了")
    world.say(talk, "母亲应该是10个月，不是一年多")
    facts = check_of(world, talk).facts
    assert facts["mother_away_months"] == 10
    assert not {fact for fact, value in facts.items() if fact.startswith("mother_") and value == "no"}


@pytest.mark.parametrize(
    ("said", "months"), [("去年国庆走的", 13), ("去年正月走的", 20), ("今年国庆走的", 1), ("去年五一走的", 18)]
)
def test_a_feast_of_a_year_is_no_day_of_that_year(world: World, said: str, months: int) -> None:
    talk = _talk(world, ASKS, "跟他奶奶过", "9岁", "他妈在家", "他爸在大连打工")
    world.say(talk, said)
    assert check_of(world, talk).facts["father_away_months"] == months


def test_a_place_of_both_is_put_right_for_both(world: World) -> None:
    talk = _talk(world, *AWAY)
    world.say(talk, "不是大连 是韩国")
    facts = check_of(world, talk).facts
    assert (facts["father_work_place"], facts["mother_work_place"]) == ("abroad", "abroad")


def test_a_second_child_that_is_alone_is_reported_at_once(world: World) -> None:
    talk = _talk(world, ASKS, "老大9岁", "跟他奶奶过")
    world.say(talk, "老二一个人在家住 没大人管")
    assert world.flow(talk) == "report"


def test_a_quarrel_with_the_grandfather_tells_not_where_a_child_lives(world: World) -> None:
    talk = _talk(world, ASKS, "9岁")
    world.say(talk, "孩子有时候跟她爷拌嘴犟得很")
    assert "lives_without_guardian" not in check_of(world, talk).facts
    assert world.reports() == []
