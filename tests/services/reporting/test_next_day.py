"""Who comes back the next day, or the day after, goes on with what he reported: nothing is begun anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.talk import doors
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import STORY, asked_for, last

NEXT_DAY = timedelta(hours=26)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def filed(world: World, hands: Hands) -> str:
    """The conversation of a report of the day before yesterday's evening."""
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    hands.moment += NEXT_DAY
    return talk


def test_what_is_told_of_the_same_child_a_day_later_is_added_and_it_is_said_how_it_stands(
    world: World, filed: str
) -> None:
    assert world.means(filed, "昨天说的那孩子今天脸上青一块 没去上学", "report") == ["report.added", "reporter.status"]
    assert len(world.reports()) == 1
    assert world.means(filed, "左胳膊也抬不起来", "report")[0] == "report.added"
    assert "reporter.status" not in world.pushes(filed)
    assert len(world.reports()) == 1


def test_news_of_the_next_day_is_heard_whatever_it_was_taken_for(world: World, filed: str) -> None:
    assert "report.added" in world.means(filed, "昨天报的那个孩子 今天没来上学", "supplement")
    assert world.flow(filed) is None
    inbox_id = world.hear(filed, {"text": "那孩子今天没来上学"})
    with world.work() as work:
        doors.family_matter(work, filed, inbox_id, "child_status", "那孩子今天没来上学")
    assert len(world.reports()) == 1
    assert "补充好了" in "".join(one.text for one in world.said(filed)[-2:])


def test_an_emergency_of_the_next_day_raises_the_report_it_goes_back_to(world: World, filed: str) -> None:
    assert world.say(filed, "昨天报的那孩子让他爸拿刀砍了 满身血")[0].startswith("danger.")
    assert [one.severity for one in world.reports()] == ["S0"]


def test_another_child_told_of_a_day_later_is_a_report_of_its_own(world: World, filed: str) -> None:
    world.means(filed, "前院老赵家孩子好几天没人管了", "report")
    assert world.flow(filed) == "report"


def test_who_asks_a_day_later_how_it_stands_adds_nothing(world: World, filed: str) -> None:
    assert world.means(filed, "昨天我登记那事有信儿吗", "status")[-1] == "reporter.status"
    assert "补充好了" not in last(world, filed)


def test_who_was_told_of_weeks_ago_is_no_longer_that_man(world: World, filed: str, hands: Hands) -> None:
    hands.moment += timedelta(days=14)
    world.means(filed, "那男的又来打孩子了", "report")
    assert world.flow(filed) == "report"
