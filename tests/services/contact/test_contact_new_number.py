"""A new number told in words reaches who keeps the file, in the middle of the weekly talk too; nobody starts over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.contact import sheet as contact_sheet
from bot.services.staff import accounts
from bot.storage.database import Database
from bot.storage.tables import Child
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

NUMBER = "13912345678"
TOLD = (
    f"我换号了，新号{NUMBER}",
    f"换手机号了 {NUMBER}",
    f"这是我新电话{NUMBER}",
    f"电话换了，{NUMBER}",
    f"以后打这个号{NUMBER}",
    f"换了个卡 号是{NUMBER}",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _seen(world: World, director: str, home: homes.Family) -> str:
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        parties = contact_sheet.sheet(work, member, work.session.get_one(Child, home.child)).parties
        return " ".join(one.phone for one in parties)


@pytest.mark.parametrize("words", TOLD)
@pytest.mark.parametrize("open_talk", [True, False])
def test_a_new_number_is_with_the_director(world: World, words: str, open_talk: bool) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    if open_talk:
        world.tap(talk, "contact.contact=video")
    said = world.say(talk, words)
    assert said[0] == "contact.details.number"
    assert not open_talk or said[1:] == ["contact.q.parent.carer"], "the week goes on where it was"
    assert NUMBER in _seen(world, director, home)
    assert ("family_news", "new_details", True) in homes.rungs(world, home)


@pytest.mark.parametrize("words", [f"他妈换号了，{NUMBER}", "我换号了", f"学校老师电话{NUMBER}"])
def test_another_persons_number_is_not_taken_for_ones_own(world: World, words: str) -> None:
    director, home = world.staff("child_director"), homes.make(world, "father")
    world.say(homes.join(world, home, "father"), words)
    assert NUMBER not in _seen(world, director, home)


def test_on_a_new_telephone_place_hour_mode_and_the_weeks_answers_are_where_they_were(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father", "carer")
    old, code = world.citizen(), homes.code_for(world, home, "father")
    world.tap(old, "flow:join")
    for words in (code, "同意"):
        world.say(old, words)
    for tapped in ("called=usual", "day=usual"):
        world.tap(old, f"join.{tapped}")
    for words in ("我在韩国呢", "晚上八点半"):
        world.say(old, words)
    homes.join(world, home, "carer", simple="yes")
    hands.moment = hands.moment.replace(hour=20) + timedelta(days=3 - hands.moment.weekday())
    world.tap(old, "contact.contact=video")
    new = world.citizen()
    world.tap(new, "flow:join")
    assert world.say(new, homes.code_for(world, home, "father")) == ["join.back"]
    homes.join(world, home, "carer")
    plan = homes.plan(world, home, "father")
    assert (plan.zone, plan.clock) == ("Asia/Seoul", "20:30")
    assert homes.plan(world, home, "carer").simple
    assert world.tap(new, "contact.carer=yes") == ["contact.q.parent.how"], "the first question is answered already"
