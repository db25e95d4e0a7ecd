"""Harm that a worker told of at a visit goes up, whether he says of which kind it is or goes on to the next home."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import jobs
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import staff_of

pytestmark = pytest.mark.words

TOLD = "佳怡家去了 九点到的 奶奶在家 吃穿都挺好"
BEATEN = "孩子说她奶昨天打她了"


@pytest.fixture
def talk(world: World, hands: Hands) -> str:
    """A director's talk; a visit is being told, and harm was told in it, of which the kind is asked."""
    hands.moment = datetime(2026, 11, 28, 13, 0, tzinfo=SHANGHAI)
    director = staff_of(world).director.talk
    on_file.homes(world, "孙佳怡", "李小龙", filed=date(2026, 10, 19), level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    world.say(director, TOLD)
    assert world.say(director, BEATEN) == ["visit.finding"]
    return director


def _later(world: World, hands: Hands) -> list[str]:
    """What the clock says eleven minutes later; the severities of what was reported."""
    hands.moment += timedelta(minutes=11)
    jobs.run(world.database, world.vault, "silence", world.now())
    return [report.severity for report in world.reports()]


@pytest.mark.parametrize("goes_on", ["", "小龙家也去了 五项都正常 见着孩子了", "等会儿再说"])
def test_harm_whose_kind_is_not_said_goes_up_all_the_same(world: World, hands: Hands, talk: str, goes_on: str) -> None:
    if goes_on:
        world.say(talk, goes_on)
    assert world.reports() == []
    assert _later(world, hands) == ["S1"]
    assert "visit.emergency_left" in world.pushes(talk)
    assert _later(world, hands) == ["S1"]


def test_the_record_it_was_told_in_waits_on(world: World, hands: Hands, talk: str) -> None:
    world.say(talk, "小龙家也去了 五项都正常 见着孩子了")
    world.say(talk, "没有")
    _later(world, hands)
    assert "visit.saved" in world.say(talk, "佳怡家 五项都正常 见着孩子了")


def test_what_is_none_of_them_stays_a_note(world: World, hands: Hands, talk: str) -> None:
    world.tap(talk, "visit.finding=neither")
    assert _later(world, hands) == []


def test_a_mark_and_who_of_the_family_made_it_are_a_finding_at_once(world: World, talk: str) -> None:
    world.tap(talk, "visit.finding=neither")
    assert "visit.emergency_now" in world.say(talk, "孩子胳膊上有块青 她说是她大爷掐的")
    assert [report.severity for report in world.reports()] == ["S1"]


@pytest.mark.parametrize("told", ["我怀疑是他爷打的", "爷爷老喝酒打孩子", "我觉着不像磕的"])
def test_a_later_sentence_of_the_record_is_looked_at_as_the_first(world: World, talk: str, told: str) -> None:
    world.tap(talk, "visit.finding=neither")
    assert world.say(talk, told)[-1:] == ["visit.finding"]


def test_a_suspicion_told_where_the_kind_is_asked_answers_it(world: World, talk: str) -> None:
    assert "visit.emergency_now" in world.say(talk, "我看不像磕的 怀疑是他爷打的")


def test_a_mark_on_the_child_is_asked_about_also_behind_a_word_for_its_kin(world: World, talk: str) -> None:
    assert world.say(talk, "小龙家也去了 他爷喝酒 孩子后背有块青 问说是磕的") == ["visit.finding"]
