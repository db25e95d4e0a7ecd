"""How it stands in the middle of a self-check: what fits, what does not, what would decide it, since when."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.eligibility.standing import Standing, enough, settled
from tests.builders import World
from tests.services.checking import check_of, misquoted
from tests.services.talking import last

ON = date(2026, 11, 30)
CARED = {"lives_without_guardian": "no", "guardian_not_performing": "no"}
ORPHAN_OF_MOTHER = {
    **CARED,
    "child_age_years": 10,
    "mother_life_status": "dead",
    "father_disab_physical": "g2",
    "father_unable_to_support": "yes",
}
AWAY = {
    **CARED,
    "child_age_years": 7,
    "child_lives_with_away_parent": "no",
    "father_life_status": "alive",
    "father_away_status": "away_for_work",
    "father_away_months": 9,
    "father_work_place": "cross_county",
    "father_home_stays": "short_visit",
    "mother_life_status": "alive",
    "mother_away_status": "away_for_work",
    "mother_work_place": "cross_county",
    "mother_home_stays": "none",
    "mother_departure_date": "2026-07-19",
}
OPENED = ("我外孙子算不算困境儿童", "孩子十岁 跟我过 有人好好照顾 他妈没了两年了 他爸腿不行")


def test_what_fits_already_is_said_with_its_clause_and_what_was_not_asked_is_not_excluded() -> None:
    said = Standing(ORPHAN_OF_MOTHER, ON).said()
    assert "✔ 初步符合：家庭困境" in said
    assert "JL-2.2.1.d" in said
    assert "还没问到" in said
    assert "自身困境" in said
    assert "✘" not in said
    assert len(said.splitlines()) <= 4


def test_no_more_than_two_things_are_named_that_would_decide() -> None:
    line = next(one for one in Standing(ORPHAN_OF_MOTHER, ON).said().splitlines() if "还没问到" in one)
    assert line.partition("先看")[2].count("、") == 1


def test_months_that_are_missing_are_told_with_the_day_on_which_it_would_do() -> None:
    said = Standing(AWAY, ON).said()
    assert "眼下还不够：妈妈外出4个月" in said
    assert "2027年1月19日" in said
    assert "JL-2.1.2" in said
    assert enough(AWAY, ON) == "妈妈大约到2027年1月19日满6个月。"
    assert misquoted(said) == []


def test_without_the_day_of_leaving_the_months_that_are_left_are_told() -> None:
    facts = {fact: value for fact, value in AWAY.items() if fact != "mother_departure_date"} | {"mother_away_months": 4}
    assert "大约再过2个月" in Standing(facts, ON).said()
    assert enough(facts, ON) is None


def test_months_decide_nothing_where_the_other_parent_is_at_home() -> None:
    facts = {**AWAY, "father_away_status": "at_home"}
    assert "眼下还不够" not in Standing(facts, ON).said()


def test_a_father_in_prison_and_a_mother_out_of_reach_must_be_verified() -> None:
    facts = {
        **CARED,
        "child_age_years": 11,
        "father_life_status": "alive",
        "father_custody": "imprisoned",
        "father_custody_6m": "yes",
        "mother_life_status": "whereabouts_unknown",
        "mother_away_status": "unknown",
        "mother_lost_contact": "ge_6m_unproven",
    }
    said = Standing(facts, ON).said()
    assert "要再核实" in said
    assert "监护困境" in said
    assert "母亲是否失去联系" in said
    assert "初步符合" not in said


def test_pending_dibao_settles_nothing() -> None:
    assert not settled({**CARED, "child_age_years": 9, "household_assistance": "applied_pending"}, ON)
    assert settled({**CARED, "child_age_years": 9, "household_assistance": "dibao"}, ON)


def test_nothing_told_is_said_in_english_too() -> None:
    assert "First signs say yes" in Standing(ORPHAN_OF_MOTHER, ON, in_english=True).said()


def _told(world: World, *more: str) -> str:
    talk = world.citizen()
    for one in (*OPENED, *more):
        world.say(talk, one)
    return talk


def test_a_check_ends_where_it_is_decided_and_offers_the_rest(world: World) -> None:
    talk = _told(world, "肢体二级 有证")
    result = world.said(talk)[-1]
    assert result.text.startswith("初步判断（")
    assert "✔ 初步符合“家庭困境" in result.text
    assert any(choice.value == "eligibility.more=yes" for choice in result.choices)
    world.say(talk, "他干不了活 一分钱挣不来")
    assert world.said(talk)[-1].text.startswith("结果没变"), "what was told on changes nothing: no second page"


@pytest.mark.parametrize("more", ["再问几个吧", None])
def test_who_wants_the_rest_is_asked_on(world: World, more: str | None) -> None:
    talk = _told(world, "肢体二级 有证", "他干不了活 一分钱挣不来")
    keys = world.say(talk, more) if more else world.tap(talk, "eligibility.more=yes")
    assert keys == ["eligibility.question"]
    assert check_of(world, talk).more


def test_a_grade_told_while_something_else_is_asked_is_kept_and_put_right(world: World) -> None:
    talk = _told(world, "有本儿残联发的那个本儿支体三级")
    assert check_of(world, talk).facts["father_disab_physical"] == "g3"
    assert world.say(talk, "找着了我这老花眼看岔劈了是二级不是三级")[0] == "eligibility.corrected"
    assert check_of(world, talk).facts["father_disab_physical"] == "g2"


def test_dibao_applied_for_without_an_answer_is_neither_yes_nor_no(world: World) -> None:
    talk = _told(world, "地保啊申请过一回春天的事了村上说等信儿到现在也没个信儿")
    assert check_of(world, talk).facts["household_assistance"] == "applied_pending"


def test_who_is_angry_that_it_does_not_count_hears_what_there_is_all_the_same(world: World) -> None:
    talk = _told(world)
    heard = world.say(talk, "合着说半天我家不够格 那要你们干啥")
    assert heard[:2] == ["eligibility.so_far", "eligibility.helped_anyway"]


def test_how_much_is_paid_is_answered_and_supposes_nothing(world: World) -> None:
    talk = _told(world)
    assert world.say(talk, "你先跟我说这要是够上了一个月能给多少钱")[0] == "policy.answer"


def test_a_number_with_a_digit_missing_is_asked_for_again(world: World) -> None:
    talk = _told(world)
    keys = world.say(talk, "中中你给转你给转我电话幺三八四四六二零零九")
    assert keys[0] == "eligibility.number_short"
    assert "contact" not in check_of(world, talk).hand


def test_a_report_that_is_put_off_does_not_stop_the_check(world: World) -> None:
    talk = _told(world, "他班有个孩子老推他 管他叫没妈的")
    assert world.say(talk, "先不报了 我给老师打个电话看看")[0] == "eligibility.concern.declined"
    assert last(world, talk)
    assert check_of(world, talk).facts
