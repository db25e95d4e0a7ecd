"""A village official reports his own cousin, the child director of that very village: the cousin learns nothing at all,
and the official has his code and hears what becomes of it."""

from __future__ import annotations

import pytest

from bot.reading.reports import told
from bot.reading.where import places
from bot.services.casework import closing, reports, timeline
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import VILLAGE, person, seen, staff_of
from tests.services.talking import answers_of, asked_now

PLACE = "公主岭市响水镇姜家店村"
SAID = [
    "我是姜家店村的村干部，我要反映我堂弟，他是我们村的儿童主任，他天天打孩子",
    "我是村书记，我亲弟弟就是村里的儿童主任，他打孩子",
    "我要举报我堂兄，他当儿童主任的，在家打孩子",
    "儿童主任王建国是我表哥，他天天打孩子",
    "我哥是儿童主任 他打孩子",
    "我们村儿童主任是我小舅子，他把孩子打坏了",
]


@pytest.mark.parametrize("said", SAID)
def test_the_cousins_office_is_out_however_it_is_told(said: str) -> None:
    assert told.read(said).suspect_is_chain == ("child_director",)


@pytest.mark.parametrize(
    "said", ["我想当儿童主任，帮孩子", "我是儿童主任，我村有人打孩子", "村里没有儿童主任，他打孩子没人管"]
)
def test_naming_the_office_alone_puts_nobody_out(said: str) -> None:
    assert told.read(said).suspect_is_chain == ()


def _reported(world: World, said: str) -> tuple[str, str]:
    """The official tells it to the end; returns his talk and the words of his receipt."""
    talk = world.citizen()
    world.say(talk, said)
    answers = {
        "danger_now": "report.danger_now=no",
        "when": "report.when=skip",
        "child_ref": "report.child_ref=skip",
        "unit": "report.unit=residents_committee",
        "reporter_type": "report.reporter_type=mandatory_reporter",
        "follow_up": "report.follow_up=yes",
        "confirm": "report.confirm=yes",
    }
    for _ in range(10):
        asked = asked_now(world, talk)
        if asked is None:
            break
        world.say(talk, PLACE) if asked == "place" else world.tap(talk, answers[asked])
    return talk, next(one.text for one in world.said(talk) if one.kind == "receipt")


def test_from_the_telling_to_the_end_the_cousin_lives_in_a_world_without_it(world: World, hands: Hands) -> None:
    people = staff_of(world)
    other = person(world, "child_director", "220182101201", "别处")
    talk, receipt = _reported(world, SAID[0])
    report = world.report().uid
    assert world.report().area == VILLAGE
    assert world.pushes(people.director.talk) == []
    assert world.pushes(people.supervisor.talk) != []

    # The supervisor takes it on and brings it to its end; the official follows it with his code.
    hands.forward(hours=1)
    people.supervisor.does(reports.accept, report)
    assert "reporter.accepted" in world.pushes(talk) or any("接手" in one.text for one in world.said(talk))
    world.tap(talk, "flow:status")
    code = receipt.split()
    assert "reporter.status" in world.say(talk, f"{code[2]} {code[4]}")
    people.supervisor.does(closing.propose, report, "not_confirmed", "核实过")

    assert seen(world, people.director.talk, report) == seen(world, other.talk, report)
    assert people.director.does(reports.mine) == []
    assert people.director.does(reports.content, report) is None
    assert people.director.does(timeline.of, report) is None


def test_our_village_is_no_place_finer_than_the_village(world: World) -> None:
    assert places.spots(SAID[0]) == ()


def test_who_curses_that_nothing_may_leak_hears_that_it_will_not(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "楼上那个王八蛋天天打孩子你们管不管啊！！！我都报警三次了没人管！")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, PLACE)
    assert "report.secret" in world.say(talk, "我不说我是谁 你们别他妈泄露")


def test_what_the_official_told_of_himself_stands(world: World) -> None:
    talk = world.citizen()
    world.say(talk, SAID[0])
    facts = answers_of(world, talk).facts
    assert (facts["reporter_type"], facts["unit"]) == ("mandatory_reporter", "residents_committee")
    assert facts["conflicted"] == ["child_director"]
