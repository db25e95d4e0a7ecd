"""After a visit is recorded: old buttons of that home, and the level that is asked for again when it is time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services.register import registering
from bot.services.visits import levels
from bot.storage.tables import Child, Visit
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

MONDAY = date(2026, 11, 23)
NONE_OF_IT = "visit.emergency=none"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    return staff_of(world)


def _homes(world: World, *names: str, days_ago: int = 8, **more: Any) -> list[str]:
    return on_file.homes(world, *names, filed=MONDAY - timedelta(days=days_ago), **more)


def _last(world: World, conversation: str) -> str:
    return world.said(conversation)[-1].text


def _visits(world: World) -> list[Visit]:
    with world.work() as work:
        return list(work.session.scalars(select(Visit).order_by(Visit.created_at)))


def test_old_buttons_of_a_home_visited_today_answer_kindly_and_record_nothing_twice(
    world: World, hands: Hands, people: Staff
) -> None:
    home, _ = _homes(world, "李小明", "王欣怡", level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    director = people.director.talk
    world.deliver(director)
    for value in (f"due:go:{home}", "visit.how=all_normal", "visit.voice=seen", NONE_OF_IT):
        world.tap(director, value)
    for old in ("go", "no", "none", "nobody_home", "unrecorded"):
        assert world.tap(director, f"due:{old}:{home}") == ["visits.done_today"], old
    assert "李小明今天的走访已经记好了" in _last(world, director)
    assert world.tap(director, f"due:home:{home}") == ["visits.card.done"]
    assert [row.kind for row in _visits(world)] == ["home_visit"]
    assert world.tap(director, "due:list") == ["visits.card"], "only the other home is left"
    assert world.tap(director, f"due:again:{home}") == ["visit.how"]
    assert "李小明" in _last(world, director)
    hands.forward(days=1)
    jobs.run(world.database, world.vault, "visits", world.now())
    assert "1 家" in _last(world, director), "the next morning names the home that is left, and no other"


def test_a_level_is_asked_for_again_after_half_a_year_and_counts_anew(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", days_ago=300, level="average", level_since=date(2026, 5, 23))
    (fresh,) = _homes(world, "王欣怡", days_ago=300, level="average", level_since=date(2026, 5, 24))
    director = people.director.talk
    assert world.tap(director, "child.list=reassess") == ["child.list"]
    assert "1个" in _last(world, director)
    said = {}
    for place in (fresh, home):
        for value in (f"due:go:{place}", "visit.how=all_normal", "visit.voice=seen"):
            world.tap(director, value)
        said[place] = world.tap(director, NONE_OF_IT)
    assert (said[fresh], said[home]) == (["visit.saved"], ["visit.saved", "visit.level.again"])
    assert "2026年5月23日评的，满半年了（半年一次是系统的建议）" in _last(world, director)
    assert world.tap(director, f"due:average:{home}") == ["visit.level_set.waits"]
    with world.work() as work:
        rows = work.session.scalars(select(Child.level_since).order_by(Child.number)).all()
        assert rows == [MONDAY, date(2026, 5, 24)]
    world.tap(director, "child.list=reassess")
    assert "没有" in _last(world, director)


def test_another_carer_asks_for_the_level_again_and_an_emergency_at_the_visit_after_it(
    world: World, hands: Hands, people: Staff
) -> None:
    homes = _homes(world, "李小明", "王欣怡", days_ago=60, level="good", level_since=MONDAY - timedelta(days=20))
    with world.work() as work:
        rows = work.session.scalars(select(Child).order_by(Child.number)).all()
        assert [levels.due_again(work, row) for row in rows] == [None, None]
        registering.new_carer(work, people.director.member(work), rows[1].uid, "王奶奶", "奶奶", "")
    director = people.director.talk
    for value in (f"due:go:{homes[0]}", "visit.how=all_normal", "visit.voice=seen", "visit.emergency=some"):
        world.tap(director, value)
    assert world.tap(director, "visit.finding=violence")[-1] == "visit.saved", "nobody fills in a level beside danger"
    for value in (f"due:go:{homes[1]}", "visit.how=all_normal", "visit.voice=seen"):
        world.tap(director, value)
    assert world.tap(director, NONE_OF_IT)[-1] == "visit.level.again"
    assert "照护人变了" in _last(world, director)
    hands.forward(days=1)
    for value in (f"due:go:{homes[0]}", "visit.how=all_normal", "visit.voice=seen"):
        world.tap(director, value)
    assert world.tap(director, NONE_OF_IT)[-1] == "visit.level.again"
    assert "出过紧急情况" in _last(world, director)
