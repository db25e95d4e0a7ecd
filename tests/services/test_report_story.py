"""The first whole story without Rasa: a neighbour tells, a director is told and takes it on, the neighbour asks."""

from __future__ import annotations

from tests.builders import VILLAGE, World
from tests.conftest import Hands

PLACE = "公主岭市范家屯镇平洋村"


def _village(world: World) -> str:
    from bot.reading import places

    best = places.find(PLACE).best
    assert best is not None
    return best.code


def _receipt(world: World, conversation: str) -> tuple[str, str]:
    text = next(said.text for said in world.said(conversation) if said.kind == "receipt")
    words = text.split()
    return words[words.index("查询码") + 1], words[words.index("密码") + 1]


def test_a_neighbour_reaches_a_code_and_the_director_takes_it_on(world: World, hands: Hands) -> None:
    director = world.staff("child_director", _village(world))
    world.staff("county_caseworker", _village(world)[:6], "李科长")
    neighbour = world.citizen()
    assert world.say(neighbour, "邻居家孩子胳膊上总有伤，听说他爸喝点酒就打")[0] == "report.begin"
    assert world.tap(neighbour, "report.danger_now=no") == ["report.place"]
    assert "report.when" in world.say(neighbour, PLACE)
    assert world.reports() != [], "S1 with a place waits for nothing"
    assert world.pushes(director) == ["staff.alert.S1"]
    world.say(neighbour, "半年多了")
    world.say(neighbour, "三年级的小胖，老王家的")
    world.tap(neighbour, "report.reporter_type=citizen_anonymous")
    world.tap(neighbour, "report.follow_up=yes")
    keys = world.tap(neighbour, "report.confirm=yes")
    assert "report.receipt" in keys
    code, pin = _receipt(world, neighbour)
    hands.forward(minutes=1)
    report = world.report()
    assert world.tap(director, f"accept:{report.uid}") == ["staff.accepted"]
    assert "reporter.accepted" in world.pushes(neighbour)
    stranger = world.citizen()
    world.tap(stranger, "flow:status")
    assert world.say(stranger, f"{code} {pin}") == ["reporter.status"]
    assert "已受理" in world.said(stranger)[-1].text


def test_an_emergency_is_answered_before_any_question_and_everybody_is_alerted(world: World) -> None:
    director = world.staff("child_director", _village(world))
    duty = world.staff("duty_officer", _village(world)[:6], "值班")
    neighbour = world.citizen()
    keys = world.say(neighbour, f"快来人，{PLACE}老王家正拿棍子打孩子呢，孩子嗷嗷哭")
    assert keys[0] == "danger.violence"
    assert "110" in world.said(neighbour)[0].text
    assert world.report().severity == "S0"
    assert world.pushes(director) == world.pushes(duty) == ["staff.alert.S0"]


def test_an_emergency_blurted_out_at_any_question_is_answered_first(world: World) -> None:
    neighbour = world.citizen()
    world.say(neighbour, "邻居孩子辍学在家放牛")
    for _ in range(8):
        keys = world.say(neighbour, "他拿刀要砍孩子了快救命")
        assert keys[0].startswith("danger."), keys
        world.say(neighbour, "不清楚")
    assert len(world.reports()) == 1


def test_village_code_is_real(world: World) -> None:
    assert len(_village(world)) == len(VILLAGE)
