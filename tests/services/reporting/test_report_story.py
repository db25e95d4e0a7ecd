"""The first whole story without Rasa: a neighbour tells, a director is told and takes it on, the neighbour asks."""

from __future__ import annotations

from bot.services.casework import reports
from bot.services.talk.meaning import Meant
from tests.builders import VILLAGE, World
from tests.conftest import Hands

PLACE = "公主岭市范家屯镇平洋村"


def _village(world: World) -> str:
    from bot.reading.where import places

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


def _filed(world: World) -> str:
    talk = world.citizen()
    world.say(talk, f"{PLACE}老王家的二小子总挨打 身上都是伤")
    for value in ("danger_now=no", "when=skip", "reporter_type=citizen_anonymous", "follow_up=no", "confirm=yes"):
        world.tap(talk, f"report.{value}")
    assert len(world.reports()) == 1
    return talk


def test_what_comes_to_mind_right_after_filing_belongs_to_the_same_report(world: World) -> None:
    talk = _filed(world)
    assert world.means(talk, "想起来了 孩子好像也不上学", "report") == ["report.added"]
    assert len(world.reports()) == 1


def test_another_child_elsewhere_told_right_after_filing_is_another_report(world: World) -> None:
    talk = _filed(world)
    assert "report.begin" in world.means(talk, "榆树市五棵树镇老李家的丫头也总挨打", "report")
    assert len(world.reports()) == 2


def test_not_knowing_the_name_loses_nothing_else_that_is_said(world: World) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE}有个孩子总挨打")
    world.tap(talk, "report.danger_now=no")
    world.tap(talk, "report.when=skip")
    world.means(talk, "不知道叫啥 八九岁的小子", "report", Meant("unsure", 0.99))
    with world.work() as work:
        assert ["child_ref", "不知道叫啥 八九岁的小子"] in reports.told_of(work, world.report())["words"]
