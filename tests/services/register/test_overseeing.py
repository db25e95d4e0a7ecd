"""What supervisors see of their places in chat, by words and by tap: late with reasons, workload, unseen longest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reading.where import places
from bot.services.talk import doors
from bot.storage.crypto import opaque_id
from bot.storage.tables import VisitReason
from tests.builders import World
from tests.services.registered import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, Person, child_of, filed, person


@pytest.fixture
def supervisor(world: World) -> Person:
    """A township with a late child whose door was locked, and one long unseen in a village without a director."""
    late, unseen = filed(world, "王小明"), filed(world, "李雪", NEXT_VILLAGE)
    director, found = person(world, "child_director", VILLAGE, "王主任"), person(world, "child_supervisor", TOWNSHIP)
    with world.work() as work:
        due = work.today - timedelta(days=3)
        child_of(work, late).next_due = due
        child_of(work, late).last_visit = work.today - timedelta(days=20)
        child_of(work, unseen).last_visit = work.today - timedelta(days=80)
        by = director.member(work).account
        work.session.add(VisitReason(uid=opaque_id(), child=late, due=due, reason="nobody_home", by=by, at=work.now))
    return found


def _asks(world: World, talk: str, text: str) -> str:
    inbox = world.hear(talk, {"text": text})
    with world.work() as work:
        assert doors.page_asked(work, talk, inbox, text), text
        world._done(work, inbox)
    return world.said(talk)[-1].text


def test_late_by_village_with_reasons_and_workload_is_told_by_words_and_by_tap(
    world: World, supervisor: Person
) -> None:
    told = _asks(world, supervisor.talk, "各村逾期情况")
    first, second = told.splitlines()[1:3]
    assert "1个孩子，走访逾期1（家里没人1），没定等级1，儿童主任王主任" in first
    assert "没有绑定的儿童主任" in second
    assert world.means(supervisor.talk, "我村有哪些孩子", "child") == ["child.list"]
    button = next(one for one in world.said(supervisor.talk)[-1].choices if one.value == "child.late=show")
    assert world.tap(supervisor.talk, button.value) == ["overseeing.late"]
    assert world.means(supervisor.talk, "看看哪个村超期了", "child") == ["overseeing.late"]


def test_children_unseen_longest_stand_first_and_lead_to_their_files(world: World, supervisor: Person) -> None:
    told = _asks(world, supervisor.talk, "最久没见到的孩子")
    assert told.index("李雪") < told.index("王小明")
    first = world.said(supervisor.talk)[-1].choices[0]
    assert world.tap(supervisor.talk, first.value) == ["child.card"]


def test_a_county_sees_its_townships_and_a_director_the_own_list(world: World, supervisor: Person) -> None:
    filed(world, "赵强", f"{COUNTY}105201")
    county = person(world, "county_caseworker", COUNTY)
    told = _asks(world, county.talk, "工作量")
    assert [line.partition("：")[2][:4] for line in told.splitlines()[1:3]] == ["2个孩子", "1个孩子"]
    (one,) = [one for one in world.said(county.talk)[-1].choices if one.value.startswith("child.late=2")]
    world.tap(county.talk, one.value)
    assert "王主任" in world.said(county.talk)[-1].text
    director = person(world, "child_director", VILLAGE)
    assert world.tap(director.talk, "child.late=show") == ["child.list"]
    assert world.tap(director.talk, "child.unseen=show") == ["child.list"]


def test_how_one_village_is_is_told_by_its_name(world: World, supervisor: Person) -> None:
    name = places.path(NEXT_VILLAGE)[-1].name
    told = _asks(world, supervisor.talk, f"{name}最近咋样")
    assert told.splitlines()[1].startswith(name)
    assert len(told.splitlines()) == 3
    assert len(_asks(world, supervisor.talk, "我们镇最近咋样").splitlines()) == 4
    of_a_child = _asks(world, supervisor.talk, "李雪最近咋样")
    assert of_a_child.startswith("李雪，")
    assert name + "：" not in of_a_child
    stranger = world.citizen()
    with world.work() as work:
        assert not doors.page_asked(work, stranger, world.hear(stranger, {"text": "x"}), "李雪最近咋样")


def test_reports_nobody_took_on_are_listed(world: World, supervisor: Person) -> None:
    assert "都有人接手了" in _asks(world, supervisor.talk, "没人接的报告有哪些")
    citizen = world.citizen()
    place = places.full_name(VILLAGE)
    world.say(citizen, f"{place}有个孩子天天挨打 身上都是伤")
    assert "还没有人接手" in _asks(world, supervisor.talk, "没人接的报告有哪些")
    taking = next(one for one in world.said(supervisor.talk)[-1].choices if one.value.startswith("view:"))
    assert world.tap(supervisor.talk, taking.value) == ["staff.content.open"]
