"""How much anybody receives: a prompt is three short messages at most, every answer is met by one, a grandmother is
read back what she said without a message more, and several tasks of one sentence are one message to the director."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot import texts
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.contact.test_contact import _thursday

MOST_UNASKED = 3
"""Of a week's question, unasked (contact_prompts.md §5, tone): the prompt and its two repeats (§4)."""
SHORT, LONGEST = 60, 130
"""Characters of a question, and of the thanks, which read everything back and give the idea for the next call."""
A_WEEK = 6 * 24


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words and how many there are; the same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _asked(world: World, hands: Hands, *kinds: str, simple: str = "no") -> tuple[homes.Family, str]:
    """A family, the first of whom has joined and was asked on the evening chosen; and that talk."""
    home = homes.make(world, *kinds)
    talk = homes.join(world, home, kinds[0], simple=simple)
    _thursday(hands)
    homes.tick(world)
    return home, talk


def _heard(world: World, talk: str, before: int) -> list[texts.Said]:
    return world.said(talk)[before:]


def test_a_father_who_does_not_answer_gets_three_short_messages_in_the_week_and_no_more(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    before = len(world.said(talk))
    hands.moment = hands.moment.replace(hour=0)
    for _ in range(A_WEEK):
        hands.forward(hours=1)
        homes.tick(world)
    heard = _heard(world, talk, before)
    assert len(heard) == MOST_UNASKED
    assert [one.text for one in heard if len(one.text) > SHORT] == []


def test_a_father_who_taps_hears_one_short_message_for_each_tap_and_four_questions_in_all(
    world: World, hands: Hands
) -> None:
    _, talk = _asked(world, hands, "father", "carer")
    before = len(world.said(talk)) - 1
    for tapped in ("contact=video", "carer=yes", "how=good", "concern=no"):
        assert len(world.tap(talk, f"contact.{tapped}")) == 1
    *questions, thanks = _heard(world, talk, before)
    assert len(questions) == 4
    assert [one.text for one in questions if len(one.text) > SHORT] == []
    assert all(one.choices for one in questions), "each is answered with one tap"
    assert len(thanks.text) <= LONGEST, thanks.text


@pytest.mark.parametrize(
    ("typed", "messages"),
    [
        ("昨晚视频了，跟他奶奶也聊了，吃得好，学习挺好，心情好，没啥担心的", 2),
        ("昨晚视频了娃挺好，也跟他奶奶聊了，没有担心的事", 3),
    ],
)
def test_a_father_who_tells_it_in_one_breath_gets_three_messages_at_most(
    world: World, hands: Hands, typed: str, messages: int
) -> None:
    _, talk = _asked(world, hands, "father", "carer")
    before = len(world.said(talk)) - 1
    said = world.say(talk, typed)
    assert len(said) == 1
    if said != ["contact.thanks.parent"]:
        assert world.tap(talk, "contact.how=good") == ["contact.thanks.parent"]
    heard = _heard(world, talk, before)
    assert len(heard) == messages <= MOST_UNASKED
    assert all(len(one.text) <= LONGEST for one in heard)


def test_no_word_of_his_is_met_by_more_than_three_messages(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "father", "carer")
    for typed in (
        *("上班呢", "昨晚视频了娃挺好就是感冒了 老咳嗽", "他奶奶身体不行了"),
        *("娃最近咋样", "也不知道", "嗯", "好"),
    ):
        said = world.say(talk, typed)
        # Who said 嗯 to whether there is danger ends a report with 好: the code, what it holds and who hears of it.
        assert 1 <= len(said) <= (MOST_UNASKED + 1 if said[0] == "report.receipt" else MOST_UNASKED), typed


def test_a_grandmother_is_read_back_each_answer_above_the_next_question_without_a_message_more(
    world: World, hands: Hands
) -> None:
    _, talk = _asked(world, hands, "carer", "father", simple="yes")
    assert "您说的是" not in world.said(talk)[-1].text
    for tapped, read_back in (
        ("life=bad", "您说的是：吃住身体不太好。"),
        ("mood=good", "您说的是：心情好。"),
        ("calls=long", "您说的是：爸妈好久没打电话了。"),
    ):
        assert len(world.tap(talk, f"contact.{tapped}")) == 1
        first, question = world.said(talk)[-1].text.split("\n")
        assert first == read_back
        assert question.endswith("？")
    world.tap(talk, "contact.self=fine")
    assert "吃住身体不太好、心情好、爸妈好久没打电话了、您还行" in world.said(talk)[-1].text


def test_what_a_grandmother_says_is_read_back_and_what_was_not_understood_is_not(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "carer", "father", simple="yes")
    world.say(talk, "娃挺好的，就是不爱吃饭")
    assert world.said(talk)[-1].text.startswith("您说的是：吃住身体一般。\n")
    assert world.say(talk, "嗯那个啥") == ["contact.not_clear", "contact.q.simple.mood"]
    assert world.said(talk)[-1].text == "孩子高兴不高兴？"


def test_in_whatever_turn_of_her_talk_a_grandmother_can_call_somebody(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "carer", "father", simple="yes")
    for said in (
        *("娃挺好的，就是不爱吃饭", "嗯那个啥", "不高兴", "他爸好久没来电话了", "有点累"),
        *("改一下", "过会儿再说吧", "管不了了想打他", "我一个老婆子我能咋办"),
    ):
        world.say(talk, said)
        assert any(choice.value == "help:me" for choice in world.said(talk)[-1].choices), said


def test_who_taps_in_the_usual_way_is_read_back_at_the_end_only(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "carer", "father")
    world.tap(talk, "contact.how=good")
    assert "您说的是" not in world.said(talk)[-1].text


def test_several_tasks_of_one_sentence_are_one_message_with_the_day_of_the_most_urgent(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director")
    home, talk = _asked(world, hands, "carer", "father")
    world.say(talk, "管不了了想打他，他爸妈好久没打电话了，孩子也不上学了")
    opened = [step for step, _, still_open in homes.rungs(world, home) if still_open]
    assert len(opened) > 1, opened
    assert world.pushes(director) == ["contact.task.several"]
    said = world.said(director)[-1].text
    assert f"{len(opened)}件" in said
    assert not any(word in said for word in ("打", "上学", "管不了", "测试娃"))


def test_what_comes_of_another_sentence_is_another_message(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    _, talk = _asked(world, hands, "carer", "father")
    world.say(talk, "我身体不行了带不动了")
    first = len(world.pushes(director))
    hands.forward(minutes=1)
    world.tap(talk, "help:me")
    assert len(world.pushes(director)) == first + 1


def test_whoever_asks_the_same_twice_is_not_answered_the_same_words(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "mother", "father")
    heard = len(world.said(talk))
    for typed in (
        *("他爸不让我见孩子", "他爸这周给孩子打电话没", "把他爸地址告诉我", "他爸电话多少"),
        *("他爸还是不让我见孩子", "他爸在哪上班呢"),
    ):
        world.say(talk, typed)
    answers = [one.text for one in _heard(world, talk, heard)]
    assert len(answers) == 6
    assert all(first != then for first, then in pairwise(answers)), answers
    assert len(set(answers)) == 4


def test_a_child_who_says_so_so_to_everything_comes_to_the_end_and_is_asked_nothing_twice(
    world: World, hands: Hands
) -> None:
    home, talk = _asked(world, hands, "self", "father")
    said = [key for _ in range(3) for key in world.say(talk, "还行")]
    assert said == ["contact.q.child.calls", "contact.q.child.safe", "contact.thanks.child"]
    assert homes.answers(world, home, "self")["mood"] == "so_so"


def test_a_father_who_tells_other_things_is_not_asked_the_same_for_ever(world: World, hands: Hands) -> None:
    _, talk = _asked(world, hands, "father", "carer")
    world.tap(talk, "contact.contact=video")
    asked = [world.say(talk, told)[-1] for told in ("吃得还行就是不爱写作业", "吃得还行", "吃得还行")]
    assert asked[0] == "contact.q.parent.carer"
    assert asked[-1] != "contact.q.parent.carer"
    assert world.say(talk, "行行行就这样吧") == ["contact.saved"]


def test_a_mother_in_korea_names_her_hour_and_plans_no_visit_that_was(world: World) -> None:
    home = homes.make(world, "mother")
    talk = world.citizen()
    world.tap(talk, "flow:bind")
    world.say(talk, homes.code_for(world, home, "mother"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(talk, f"join.{tapped}")
    assert world.say(talk, "我在韩国 上夜班 你半夜别打扰我") == ["join.hour.there"]
    assert world.say(talk, "早上九点下班以后") == ["join.done.parent"]
    plan = homes.plan(world, home, "mother")
    assert (plan.clock, plan.zone) == ("09:00", "Asia/Seoul")
    world.say(talk, "视频了 学习我也不太清楚 我九月份想回去看他")
    told = homes.answers(world, home, "mother")
    assert (told["kinds"], told["study"]) == (["video"], "unsure")
    assert world.say(talk, "改时间") == ["join.day"]
