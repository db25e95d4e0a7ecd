"""A check in which a family tells everything in its own words: nothing told is asked again, and it ends with how it
stands and where to go."""

from __future__ import annotations

import pytest

from bot.services import drafts
from bot.services.eligibility.state import FLOW, Check, load
from bot.services.talk import policy_talk
from bot.services.talk.meaning import Meant
from tests.builders import World

SURE = Meant("check_eligibility", 0.95)
GRANDMOTHER = "你好我想问问我孙子算不算留守儿童我是他奶奶"
HE_WENT = "孩子九岁了念三年级他爸去年五月份去青岛打工了过年回来待了七天又走了"
DISABLED = "我和我媳妇都有残疾 想问问孩子能不能算困境儿童"


def begun(world: World, *told: str) -> str:
    talk = world.citizen()
    world.means(talk, told[0], FLOW, SURE)
    for one in told[1:]:
        world.say(talk, one)
    return talk


def check(world: World, talk: str) -> Check:
    with world.work() as work:
        draft = drafts.current(work, talk, FLOW)
        assert draft is not None
        return load(work, draft)


def test_where_the_household_lives_is_no_place_where_the_father_works(world: World) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT, "孩子他爸好好的 我们在德惠朱城子镇住农村户口")
    facts = check(world, talk).facts
    assert facts["father_work_place"] == "cross_county"
    assert facts["residence_rural"] == "yes"


def test_since_when_he_left_is_heard_before_the_visit_home(world: World) -> None:
    assert check(world, begun(world, GRANDMOTHER, HE_WENT)).facts["father_away_months"] > 6


def test_the_years_since_a_divorce_are_not_those_since_she_was_heard_of(world: World) -> None:
    talk = begun(world, GRANDMOTHER, "他妈啊离婚三年了人早都没影了电话打不通")
    assert "mother_lost_contact" not in check(world, talk).facts


def test_the_grades_of_both_parents_are_taken_from_one_breath(world: World) -> None:
    facts = check(world, begun(world, DISABLED, "我是腿 肢体三级 她眼睛二级 都有证")).facts
    assert (facts["father_disab_physical"], facts["mother_disab_visual"]) == ("g3", "g2")


def test_a_grade_put_right_is_that_of_the_one_it_can_be_of(world: World) -> None:
    talk = begun(world, DISABLED, "我是腿 肢体三级 她眼睛二级 都有证", "等会 我把证翻出来了 写的是二级 我记差了")
    assert check(world, talk).facts["father_disab_physical"] == "g2"


def test_an_answer_beside_a_question_is_kept(world: World) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT, "跟我过呢 我照顾得挺好", "他妈在家 身体好")
    asked = check(world, talk).fact
    world.say(talk, "没有 那能给多少钱啊")
    after = check(world, talk)
    assert asked in after.facts
    assert after.fact != asked


def test_who_says_that_it_is_enough_agrees_to_nothing(world: World) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT, "跟我过呢 我照顾得挺好")
    before = check(world, talk).facts
    world.say(talk, "行了 那上哪办")
    assert check(world, talk).facts == before


@pytest.mark.parametrize("words", ["那我上哪办去找谁", "上哪办", "找谁办"])
def test_who_asks_where_to_go_hears_it_and_is_not_asked_on(world: World, words: str) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT)
    assert world.say(talk, words) == ["eligibility.where_to_go"]
    assert world.say(talk, "行 谢谢") == ["eligibility.so_far", "eligibility.stopped"]


@pytest.mark.parametrize("words", ["行了不问了 谢谢你啊孩子", "不问了", "行了就问这些 谢谢啊"])
def test_who_asks_nothing_more_hears_how_it_stands_and_where_to_go(world: World, words: str) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT)
    assert world.say(talk, words) == ["eligibility.so_far", "eligibility.where_to_go", "eligibility.stopped"]


def test_who_has_a_father_at_work_is_not_asked_about_foundlings_or_deportation(world: World) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT, "跟我过呢 我照顾得挺好", "他妈在家 身体好")
    asked = set()
    for _ in range(12):
        asked.add(check(world, talk).fact)
        world.say(talk, "没有")
        with world.work() as work:
            draft = drafts.current(work, talk, FLOW)
            if draft is None or draft.asked == "result":
                break
    assert not asked & {"birth_parents_untraceable", "father_deported"}


def test_what_somebody_took_for_the_rule_is_told_of_no_family(world: World) -> None:
    talk = begun(world, "城里户口的孩子也能算留守吗 不是都得农村的")
    assert "residence_rural" not in check(world, talk).facts


def test_a_new_job_in_another_town_is_no_new_departure(world: World) -> None:
    talk = begun(world, GRANDMOTHER, HE_WENT, "他爸十月份换到无锡了 还是打工")
    assert check(world, talk).facts["father_away_months"] > 6


def test_a_carer_who_hits_is_a_matter_for_the_police_first(world: World) -> None:
    talk, words = world.citizen(), "孩子的姑姑带着老打骂孩子 儿童主任能咋办"
    inbox_id = world.hear(talk, {"text": words})
    with world.work() as work:
        policy_talk.take(work, talk, inbox_id, words)
    assert world.keys_to(inbox_id)[0] == "policy.police_first"
