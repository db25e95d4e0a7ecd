"""Answers that can be changed until Sunday, 停止 in the middle of something, ideas that fit: by the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from bot import texts
from bot.care import calendar, contact_data, policy_data
from bot.services.contact import plans as contact_plans
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

ANSWERS = ("contact=video", "carer=yes", "how=good", "concern=no")
YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _thursday(hands: Hands) -> None:
    hands.moment = hands.moment.replace(hour=19, minute=0) + timedelta(days=3 - hands.moment.weekday())


def _told(world: World, home: homes.Family) -> list[tuple[str, object, object]]:
    """Week by week: how it counts, and what was told of the child and of how it is."""
    rows = homes.records(world, home, "father")
    with world.work() as work:
        told = [contact_plans.answers(work, row) for row in rows]
    return [(row.answer, one.get("contact"), one.get("mood")) for row, one in zip(rows, told, strict=True)]


def test_answers_are_changed_by_the_button_until_sunday_midnight_and_never_after(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    for answer in ANSWERS:
        world.tap(talk, f"contact.{answer}")
    assert "contact.again=1" in [choice.value for choice in world.said(talk)[-1].choices]
    hands.forward(days=2)
    assert world.tap(talk, "contact.again=1") == ["contact.q.parent.contact"]
    assert world.tap(talk, "contact.contact=no") == ["contact.q.parent.carer.after_no"]
    assert world.tap(talk, "contact.carer=yes") == ["contact.no_blame"]
    assert _told(world, home) == [("not_contacted", "no", "good")]
    assert homes.records(world, home, "father")[0].confirmed_by is None
    world.tap(talk, "contact.remind=none")
    hands.moment = hands.moment.replace(hour=23, minute=58) + timedelta(days=1)
    assert world.tap(talk, "contact.again=1") == ["contact.q.parent.contact"]
    world.tap(talk, "contact.contact=call")
    world.tap(talk, "contact.carer=yes")
    world.tap(talk, "contact.how=mood_low")
    assert _told(world, home) == [("contacted", "yes", "low")]
    assert homes.records(world, home, "father")[0].confirmed_by == "parent"
    hands.forward(minutes=3)
    assert world.tap(talk, "contact.again=1") == ["contact.q.parent.contact"]
    world.tap(talk, "contact.contact=no")
    assert _told(world, home) == [("contacted", "yes", "low"), ("not_contacted", "no", None)]


def test_of_what_is_changed_only_what_is_answered_anew_changes(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    for answer in ANSWERS:
        world.tap(talk, f"contact.{answer}")
    before = homes.answers(world, home, "father")
    world.tap(talk, "contact.again=1")
    assert world.say(talk, "取消") == ["contact.saved"]
    assert homes.answers(world, home, "father") == before
    world.tap(talk, "contact.again=1")
    world.tap(talk, "contact.contact=visit")
    assert homes.answers(world, home, "father") == {**before, "kinds": ["video", "visit"]}


@pytest.mark.parametrize("typed", ["改一下", "点错了。"])
def test_to_change_it_can_be_typed_under_what_was_read_back_and_only_there(
    world: World, hands: Hands, typed: str
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    assert "contact.q.parent.contact" not in world.say(talk, typed)
    world.say(talk, "取消")
    for answer in ANSWERS:
        world.tap(talk, f"contact.{answer}")
    hands.forward(hours=30)
    assert world.say(talk, typed) == ["contact.q.parent.contact"]


STOPS = {
    "this": ("只停下现在这件事", ["contact.stopped.this"], None, "active"),
    "weekly": ("不再收每周提醒", ["contact.stopped.parent"], "contact", "stopped"),
    "all": ("都停", ["contact.stopped.parent"], None, "stopped"),
}


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("which", STOPS)
def test_each_way_to_stop_does_what_it_says(world: World, hands: Hands, which: str, typed: bool) -> None:
    label, said, flow, state = STOPS[which]
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    world.tap(talk, "contact.contact=video")
    assert world.say(talk, "停止") == ["contact.stop_which"]
    assert (label, f"stop:{which}") in [(choice.label, choice.value) for choice in world.said(talk)[-1].choices]
    assert (world.say(talk, label) if typed else world.tap(talk, f"stop:{which}")) == said
    assert (world.flow(talk), homes.plan(world, home, "father").state) == (flow, state)
    assert _told(world, home) == [("contacted", "yes", None)]
    if flow is not None:
        assert world.tap(talk, "contact.carer=yes") == ["contact.q.parent.how"]
    before = len(world.pushes(talk))
    for _ in range(14):
        hands.forward(days=1)
        if flow is not None:
            world.say(talk, "取消")
        homes.tick(world)
    assert (len(world.pushes(talk)) > before) is (state == "active")


def test_a_report_begun_is_what_is_stopped_and_the_weekly_question_comes_all_the_same(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "flow:report")
    assert world.say(talk, "停止") == ["contact.stop_which"]
    assert world.tap(talk, "stop:this") == ["contact.stopped.this"]
    assert world.flow(talk) is None
    _thursday(hands)
    assert homes.tick(world)["sent"] == 1


@pytest.mark.parametrize("words", ["停", "stop", "不想再收到了", "以后别发了", "把提醒关了吧"])
def test_stopping_in_ones_own_words_asks_inside_a_talk_and_ends_the_questions_outside(
    world: World, hands: Hands, words: str
) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "flow:report")
    assert world.say(talk, words) == ["contact.stop_which"]
    assert world.flow(talk) == "report"
    world.tap(talk, "stop:this")
    assert world.say(talk, words) == ["contact.stopped.parent"]
    assert homes.plan(world, home, "father").state == "stopped"


@pytest.mark.parametrize("which", STOPS)
def test_a_word_of_danger_is_never_stopped(world: World, hands: Hands, which: str) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "contact.contact=video")
    world.say(talk, "停止")
    world.tap(talk, f"stop:{which}")
    assert world.say(talk, "孩子说他不想活了")[0].startswith("danger.")
    assert world.report().severity == "S0"


IDEAS = {entry["id"]: entry for entry in policy_data.read("contact")["ideas"]}


@pytest.mark.parametrize("age", range(18))
def test_every_idea_of_a_year_fits_the_age_and_the_season_and_each_that_fits_comes(age: int) -> None:
    given = set()
    for day in YEAR:
        name = contact_data.idea(age, day.month, int(day.strftime("%V")))
        entry = IDEAS[name]
        assert entry["ages"][0] <= age <= entry["ages"][1], (age, day, name)
        assert day.month in entry.get("months", (day.month,)), (age, day, name)
        given.add(name)
    assert given == {name for name, entry in IDEAS.items() if entry["ages"][0] <= age <= entry["ages"][1]}


@pytest.mark.parametrize("age", [0, 4, 8, 17])
def test_every_safety_card_of_a_year_fits_the_season_and_each_that_fits_comes(age: int) -> None:
    cards = {entry["id"]: entry for entry in policy_data.read("contact")["cards"]}
    given = {(day.month, contact_data.card(age, day.month, int(day.strftime("%V")))) for day in YEAR}
    assert given == {
        (month, name)
        for name, entry in cards.items()
        for month in entry["months"]
        if entry["ages"][0] <= age <= entry["ages"][1]
    }


def test_the_idea_goes_round_from_week_to_week() -> None:
    mondays = [day for day in YEAR if day.weekday() == 0]
    for age in range(6, 18):
        given = [contact_data.idea(age, day.month, int(day.strftime("%V"))) for day in mondays]
        again = [pair for pair in pairwise(given) if pair[0] == pair[1]]
        assert len(again) <= 2, (age, again)  # where a season begins or ends the round may meet itself


def test_the_idea_said_is_that_of_the_week_and_of_the_age_the_child_is_by_then(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer", born=date(2014, 7, 1))
    talk = homes.join(world, home, "father")
    said = set()
    for month in range(2, 13):
        hands.moment = datetime(2026, month, 12, 12, 0, tzinfo=calendar.ZONE)
        for answer in ANSWERS:
            world.tap(talk, f"contact.{answer}")
        age = 12 if month > 6 else 11
        name = contact_data.idea(age, month, int(hands.moment.strftime("%V")))
        assert world.said(talk)[-1].text.endswith(texts.phrase(f"contact.idea.{name}")), (month, name)
        said.add(name)
    assert len(said) > 5
