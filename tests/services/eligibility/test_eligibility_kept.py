"""A self-check that is handed over, kept until tomorrow, or erased: on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.reading.where import places
from bot.services import drafts
from bot.services.eligibility.state import load
from bot.services.privacy import retention
from bot.services.talk import silence
from bot.storage.tables import CareTask, Draft, Inbox
from tests.builders import World
from tests.conftest import Hands
from tests.services.checking import THE_REST, check_of, to_the_end, told
from tests.services.talking import last

CARED = "孩子9岁跟奶奶过，奶奶照顾得挺好，我俩在大连打工两年，过年回来几天"
VILLAGE = "公主岭市范家屯镇平洋村"


def _result(world: World, words: str = CARED) -> str:
    talk, _ = told(world, words)
    to_the_end(world, talk)
    return talk


def test_handing_over_makes_a_task_and_tells_the_child_director_without_a_word_of_the_family(world: World) -> None:
    best = places.find(VILLAGE).best
    assert best is not None
    director = world.staff("child_director", best.code)
    talk = _result(world)
    world.tap(talk, "eligibility.hand=start")
    for said in (VILLAGE, "小明奶奶", "13800001111"):
        world.say(talk, said)
    assert "小明奶奶" in last(world, talk)
    assert world.say(talk, "同意") == ["eligibility.handed.child_director"]
    assert world.flow(talk) is None
    push = world.said(director)[-1]
    assert not any(word in push.text for word in ("小明", "138", "大连", "9岁"))
    world.tap(director, push.choices[0].value)
    assert "小明奶奶" in last(world, director)
    assert "初步符合“留守儿童”" in last(world, director)
    world.tap(talk, push.choices[0].value)
    assert "小明奶奶" not in last(world, talk)
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        assert (task.kind, task.area, task.state) == ("eligibility", best.code, "open")
        assert "小明".encode() not in (task.payload_sealed or b"")


@pytest.mark.parametrize(("role", "key"), [("county_caseworker", "above"), (None, "nobody")])
def test_where_no_child_director_is_bound_the_truth_is_said(world: World, role: str | None, key: str) -> None:
    if role:
        world.staff(role, "220184")
    talk = _result(world)
    world.tap(talk, "eligibility.disagree=yes")
    world.say(talk, VILLAGE)
    world.tap(talk, "eligibility.hand=noname")
    world.tap(talk, "eligibility.hand=nocontact")
    assert world.tap(talk, "eligibility.hand=yes") == [f"eligibility.handed.{key}"]
    with world.work() as work:
        assert work.session.scalars(select(CareTask)).one().kind == "eligibility_review"


@pytest.mark.parametrize("said", ["我不同意这个结果", "I disagree"])
def test_who_disagrees_is_looked_at_again_by_the_child_director_who_is_told_so(world: World, said: str) -> None:
    best = places.find(VILLAGE).best
    assert best is not None
    director = world.staff("child_director", best.code)
    talk = _result(world, "孩子9岁跟奶奶过，奶奶照顾得挺好，爸妈都在家，身体都好，算不算留守")
    assert world.say(talk, said)[0] == "eligibility.disagree"
    for one in (VILLAGE, "老王家", "13800001111"):
        world.say(talk, one)
    world.tap(talk, "eligibility.hand=yes")
    push = world.said(director)[-1]
    assert "不同意自测结果" in push.text
    assert "老王家" not in push.text
    world.tap(director, push.choices[0].value)
    assert "暂不符合“留守儿童”" in last(world, director)
    world.tap(director, push.choices[0].value.replace(":see:", ":take:"))
    assert "已经有人接手" in last(world, talk)


def test_not_handed_over_nothing_of_it_is_left_after_a_day(world: World, hands: Hands) -> None:
    talk = _result(world)
    hands.forward(hours=23)
    with world.work() as work:
        silence.settle(work)
    assert check_of(world, talk).facts
    hands.forward(hours=2)
    with world.work() as work:
        silence.settle(work)
        retention.erase_self_checks(work)
        assert drafts.current(work, talk, "eligibility") is None
        rows = work.session.scalars(select(Draft).where(Draft.conversation == talk)).all()
        assert rows
        assert not any(load(work, row).facts for row in rows), "not only closed: empty"
        assert not work.session.scalars(select(Inbox.raw_sealed).where(Inbox.raw_sealed.is_not(None))).all()
    assert world.flow(talk) is None
    assert not any("9岁" in said.text for said in world.said(talk))


def test_a_day_later_within_the_time_it_goes_on_where_it_was(world: World, hands: Hands) -> None:
    talk, facts = told(world, CARED)
    world.tap(talk, THE_REST)
    asked = last(world, talk)
    hands.forward(hours=20)
    world.tap(talk, "flow:eligibility")
    assert last(world, talk) == asked
    assert check_of(world, talk).facts == facts
