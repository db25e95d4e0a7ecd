"""Around the questions before filing: places and pins, stopping and going on, looking something up, other children."""

from __future__ import annotations

import pytest

from bot.services import drafts
from bot.services.talk import doors, silence
from tests.builders import World
from tests.conftest import Hands
from tests.services.reporting.test_report_story import _filed as _a_filed_report
from tests.services.reporting.test_report_story import _receipt as receipt
from tests.services.talking import PLACE, answers_of, asked_for, asked_now, begun, filed, last

pytestmark = pytest.mark.words


def _pin(world: World, conversation: str) -> list[str]:
    inbox_id = world.hear(conversation, {"location": {"lat": 43.5, "lon": 124.8}})
    with world.work() as work:
        doors.place_shared(work, conversation, inbox_id, 43.5, 124.8)
    with world.work() as work:
        world._done(work, inbox_id)
    return world.keys_to(inbox_id)


def _to_the_recap(world: World, talk_: str) -> str:
    taps = {
        "kind": "out_of_school",
        "place": "enough",
        "when": "skip",
        "child_ref": "skip",
        "reporter_type": "skip",
        "follow_up": "no",
    }
    for _ in range(10):
        asked = str(asked_now(world, talk_))
        if asked == "confirm":
            break
        world.tap(talk_, f"report.{asked}={taps[asked]}")
    return last(world, talk_)


# 6: places


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("农安县合隆镇", "在哪里：合隆镇（农安县）"),
        ("公主岭市响水镇六家子村", "在哪里：公主岭市响水镇（六家子村）"),
        ("长春南关", "在哪里：长春市南关区"),
    ],
)
def test_a_place_is_read_back_as_it_was_told(world: World, said: str, shown: str) -> None:
    conversation = asked_for(world, "place")
    world.say(conversation, said)
    assert shown in _to_the_recap(world, conversation)


@pytest.mark.parametrize(("said", "county"), [("响水正", ""), ("公主岭响水正", "公主岭市")])
def test_a_mistyped_township_is_asked_back(world: World, said: str, county: str) -> None:
    conversation = asked_for(world, "place")
    assert world.say(conversation, said) == ["report.place_meant"]
    assert last(world, conversation) == "是“公主岭市响水镇”吗？"
    world.say(conversation, "是")
    assert "公主岭市响水镇" in _to_the_recap(world, conversation)


def test_a_township_not_meant_is_told_anew(world: World) -> None:
    conversation = asked_for(world, "place")
    world.say(conversation, "响水正")
    assert world.say(conversation, "不是") in (["report.place"], ["report.place.again"])


# 7: a location pin


def test_a_pin_is_kept_and_only_the_county_is_asked(world: World) -> None:
    conversation = asked_for(world, "place")
    assert _pin(world, conversation) == ["report.location_taken", "report.place_pinned"]
    assert world.say(conversation, "公主岭") == ["report.when"]
    assert "在哪里：公主岭市，已发定位" in _to_the_recap(world, conversation)


# 9: stopping and going on


def test_giving_up_in_more_words_stops_and_going_on_finds_the_words_again(world: World, hands: Hands) -> None:
    conversation = asked_for(world, "when")
    assert world.say(conversation, "算了 多一事不如少一事") == ["report.cancelled"]
    hands.forward(hours=20)
    assert world.say(conversation, "我还是说吧") == ["report.resumed", "report.when.again"]
    assert answers_of(world, conversation).words_of("what") == ["有个孩子辍学在家放牛"]


def test_after_a_day_nothing_of_what_was_stopped_is_kept(world: World, hands: Hands) -> None:
    conversation = asked_for(world, "when")
    world.say(conversation, "算了")
    hands.forward(hours=25)
    with world.work() as work:
        silence.settle(work)
    assert world.say(conversation, "我还是说吧")[0] == "report.nothing_kept"
    assert answers_of(world, conversation).words == []


def test_with_nothing_stopped_going_on_says_that_nothing_is_kept(world: World) -> None:
    assert world.say(world.citizen(), "我还是说吧")[0] == "report.nothing_kept"


# 11: never the same words three times


@pytest.mark.parametrize("field", ["danger_now", "place", "when", "child_ref", "reporter_type", "follow_up"])
def test_no_question_comes_three_times_in_the_same_words(world: World, field: str) -> None:
    conversation = asked_for(world, field)
    for _ in range(6):
        world.say(conversation, "转人工")
    said = [one.text for one in world.said(conversation)]
    questions = [text for text in said if "？" in text]
    assert all(questions.count(text) <= 2 for text in questions if "转出去" not in text)


def test_asking_for_a_person_again_is_answered_more_shortly(world: World) -> None:
    conversation = begun(world)
    assert world.say(conversation, "转人工")[0] == "chat.human"
    assert world.say(conversation, "转人工")[0] == "chat.human.again"


# 12: another child


def test_a_second_child_is_offered_its_own_report(world: World) -> None:
    conversation = begun(world, f"{PLACE}老王家的二小子辍学放牛，老李家的小丫头也不上学")
    world.tap(conversation, "report.danger_now=no")
    _to_the_recap(world, conversation)
    world.say(conversation, "可以")
    assert filed(world, conversation)
    assert ("再记另一个孩子", "flow:report") in [(one.label, one.value) for one in world.said(conversation)[-1].choices]


def test_one_child_is_offered_no_second_report(world: World) -> None:
    conversation = _a_filed_report(world)
    assert "flow:report" not in [one.value for one in world.said(conversation)[-1].choices]


# 13: looking an earlier report up in the middle


def test_an_earlier_report_can_be_looked_up_in_the_middle(world: World) -> None:
    code, pin = receipt(world, _a_filed_report(world))
    conversation = asked_for(world, "when")
    assert world.say(conversation, "查进度") == ["status.report_code"]
    keys = world.say(conversation, f"{code} {pin}")
    assert keys == ["reporter.status", "report.come_back", "report.when.again"]
    assert world.flow(conversation) == "report"
    with world.work() as work:
        assert drafts.current(work, conversation, "status") is None


def test_a_code_in_the_middle_is_answered_at_once(world: World) -> None:
    code, pin = receipt(world, _a_filed_report(world))
    conversation = asked_for(world, "child_ref")
    assert world.say(conversation, f"{code} {pin}") == ["reporter.status", "report.come_back", "report.child_ref.again"]
