"""An animal hurts a child: what to do for the wound, no violence; who sets it on, and a small child alone, is told."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.reports import told
from bot.storage.database import Database
from tests.builders import World


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and what is said; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("said", ["我家狗打孩子", "邻居家的狗把孩子咬了", "孩子让猫挠了", "我要举报我家猫虐待儿童"])
def test_a_dog_that_goes_for_a_child_is_a_wound_to_wash_and_no_report_of_violence(world: World, said: str) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == ["danger.animal"]
    assert "120" in world.said(talk)[-1].text
    assert world.reports() == []


@pytest.mark.parametrize(
    "said",
    [
        "马老师打孩子",
        "牛叔打孩子",
        "楼下遛狗的打孩子",
        "那条老狗又打孩子了",
        "狗日的天天打孩子",
        "他爸打孩子，狗也叫",
        "他家养狗，还打孩子",
        "马总打孩子",
    ],
)
def test_people_with_dogs_or_called_by_an_animals_name_are_people(said: str) -> None:
    assert danger.read(said).kinds == ("violence",)
    assert "beaten" in told.read(said).signs


def test_a_small_child_bitten_with_nobody_there_is_an_emergency_with_the_wound_besides(world: World) -> None:
    talk = world.citizen()
    keys = world.say(talk, "三岁孩子自己在院里让狗咬了，家里没大人")
    assert "danger.animal.bitten" in keys
    assert "danger.injury" in keys
    assert "lives_alone" in danger.read("三岁孩子自己在院里让狗咬了，家里没大人").signs


def test_who_sets_a_dog_on_a_child_is_an_emergency(world: World) -> None:
    assert danger.read("他爸放狗咬孩子").level == "emergency"
