"""Families as they really tell of themselves in a check of eligibility: nothing asked that was told, nothing lost."""

from __future__ import annotations

import pytest

from bot.services import drafts
from bot.services.eligibility_state import Check, load
from tests.builders import World
from tests.services.talking import last

WITH_PARENTS = "一起住在务工的地方"


def check_of(world: World, talk: str) -> Check:
    with world.work() as work:
        draft = drafts.current(work, talk, "eligibility")
        assert draft is not None
        return load(work, draft)


def checking(world: World, *words: str) -> str:
    """A talk in which a check was begun and these words were said."""
    talk = world.citizen()
    world.say(talk, "孩子算不算留守儿童啊")
    for one in words:
        world.say(talk, one)
    return talk


def asked_to_the_end(world: World, talk: str) -> list[str]:
    """Everything said from here on when every question is answered with 不知道."""
    before = len(world.said(talk))
    for _ in range(25):
        if "初步判断（" in last(world, talk):
            break
        world.say(talk, "不知道")
    return [said.text for said in world.said(talk)[before - 1 :]]


@pytest.mark.parametrize(
    "said",
    [
        "我是她奶奶，孩子跟我过，他爸妈都在大连打工",
        "我是孩子姥姥，孩子我拉扯着呢，闺女女婿都在外地打工",
        "俺是他爷爷，娃俺带着，他爸妈在沈阳打工",
    ],
)
def test_a_grandmother_with_whom_the_child_lives_is_not_asked_whether_it_lives_with_the_parents(
    world: World, said: str
) -> None:
    talk = checking(world, said)
    assert check_of(world, talk).facts["child_lives_with_away_parent"] == "no"
    assert not any(WITH_PARENTS in text for text in asked_to_the_end(world, talk))


def test_who_left_two_years_ago_are_the_parents_told_of_before(world: World) -> None:
    talk = checking(world, "我是她奶奶，孩子跟我过，他爸妈都在大连打工", "走了两年了")
    facts = check_of(world, talk).facts
    assert (facts["father_away_months"], facts["mother_away_months"]) == (24, 24)


def test_a_correction_that_sends_the_mother_away_as_well_is_read_back_and_her_staying_at_home_no_longer_stands(
    world: World,
) -> None:
    talk = checking(world, "我是孩子爸爸，孩子七岁，我出来打工五个月了，他妈在家照顾", "不是五个月是九个月")
    assert check_of(world, talk).facts["father_away_months"] == 9
    assert "eligibility.corrected" in world.say(talk, "不对 他妈也走了 走了三个月")
    facts = check_of(world, talk).facts
    assert facts["mother_away_months"] == 3
    assert facts.get("mother_away_status") != "at_home"


def test_in_english_the_mother_is_known_and_the_age_is_taken(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "Hello, does my son count as a left-behind child?")
    world.say(talk, "I am his mother, he is 9")
    check = check_of(world, talk)
    assert check.speaker == "mother"
    assert check.facts["child_age_years"] == 9
