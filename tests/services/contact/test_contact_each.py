"""A parent of two children says of each something else, or which of them it was: no child is filed with the other's."""

from __future__ import annotations

import pytest

from bot.reading.contact import each_child
from bot.services.contact import plans as contact_plans
from bot.services.register import children
from bot.storage.database import Database
from bot.storage.tables import Child
from tests.builders import VILLAGE, World
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here is about the database."""
    return sqlite


def _father_of_two(world: World) -> tuple[homes.Family, str]:
    home = homes.make(world, "father")
    with world.work() as work:
        younger = homes.child(work, homes.BORN.replace(year=2018), VILLAGE)
        homes.tie(work, younger, home.people["father"], "father")
    return home, homes.join(world, home, "father")


def _contact(world: World, home: homes.Family) -> tuple[object, ...]:
    """What is kept of each child, in the order in which they are named: 老大, 老二."""
    with world.work() as work:
        plans = contact_plans.of_person(work, home.people["father"])
        rows = [contact_plans.keep_record(work, plan) for plan in plans]
        return tuple(contact_plans.answers(work, row).get("contact") for row in rows)


def test_only_the_elder_was_called(world: World) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "打过了 前天晚上视频的")
    assert _contact(world, home) == ("yes", "yes")
    keys = world.say(talk, "就跟老大视频的 小的睡了")
    assert keys[0] == "contact.each"
    assert _contact(world, home) == ("yes", "no")


def test_which_of_them_it_was_is_put_right(world: World) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "打过了 前天晚上视频的")
    world.say(talk, "就跟老大视频的 小的睡了")
    world.say(talk, "哦不是 弄反了 小的视频 大的上晚自习呢没见着")
    assert _contact(world, home) == ("no", "yes")
    assert any("老大" in one.text and "老二" in one.text for one in world.said(talk)[-3:])


def test_put_right_by_one_word_alone(world: World) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "打过了 前天晚上视频的")
    world.say(talk, "就跟老大视频的")
    world.say(talk, "弄反了")
    assert _contact(world, home) == ("no", "yes")


def test_a_later_call_with_one_of_them_counts_for_that_one(world: World) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "打过了 前天晚上视频的")
    world.say(talk, "就跟老二视频的")
    assert _contact(world, home) == ("no", "yes")
    world.say(talk, "收工了 刚跟大的唠了十分钟电话")
    assert _contact(world, home) == ("yes", "yes")


def test_words_of_one_child_alone_set_nobody_apart() -> None:
    assert each_child.read("打过了 前天晚上视频的", 2) is None
    assert each_child.read("小的睡了", 1) is None
    assert each_child.read("小的还行 大的他奶说不咋吱声", 2) == each_child.Each(("大的他奶说不咋吱声", "小的还行"))


def test_the_eldest_is_named_first_whichever_was_tied_first(world: World) -> None:
    home = homes.make(world, "father")
    with world.work() as work:
        for years in (-4, 3, -2):
            child = homes.child(work, homes.BORN.replace(year=homes.BORN.year + years), VILLAGE)
            homes.tie(work, child, home.people["father"], "father")
    homes.join(world, home, "father")
    with world.work() as work:
        rows = [
            work.session.get_one(Child, plan.child) for plan in contact_plans.of_person(work, home.people["father"])
        ]
        births = [children.born(children.profile(work, row)) for row in rows]
    assert births == sorted(births, key=str)
    assert len(births) == 4
