"""A grown-up's own low moment in the middle of another talk: he is answered himself, and that talk goes on after it."""

from __future__ import annotations

import pytest

from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World

PLACE = "公主岭市响水镇姜家店村"
DESPAIR = "说实话有时候真他妈不想活了 要不是有孩子"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


def _in_a_check(world: World) -> str:
    talk = world.citizen()
    world.say(talk, "看看我家小子算不算困境 九岁 就我跟他过")
    world.say(talk, "他妈三年没信了 孩子我照顾着挺好")
    return talk


@pytest.mark.parametrize("said", [DESPAIR, "唉 有时候真觉得活着没意思 拉扯个孩子太难了"])
def test_a_father_is_spoken_to_himself_and_asked_where_he_is(said: str, world: World) -> None:
    keys = world.say(_in_a_check(world), said)
    assert keys[0] == "danger.self_harm.own"
    assert keys[-1] == "report.place.own"


def test_who_was_taken_for_telling_of_the_child_puts_it_right(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "孩子说不想活了")[0] == "danger.self_harm"
    assert world.say(talk, "不是孩子 是我")[0] == "after.means_me.self_harm"
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert told["own_pain"]
    assert told["grown"]
    assert world.report().severity == "S0"


def test_asking_where_we_stopped_leads_back_to_the_check(world: World) -> None:
    talk = _in_a_check(world)
    world.say(talk, DESPAIR)
    world.say(talk, f"{PLACE} 孩子搁我跟前呢睡着了")
    world.say(talk, "刚才整到哪了")
    assert world.flow(talk) == "eligibility"
    assert world.report().area is not None


def test_a_childs_own_words_are_still_those_of_a_child(world: World) -> None:
    assert world.say(world.citizen(), "我13岁 真他妈不想活了")[0] == "danger.self_harm.child"
