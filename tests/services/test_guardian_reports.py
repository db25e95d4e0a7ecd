"""A parent or a carer reports: the talk to its receipt, and what is said to them until the report is closed."""

from __future__ import annotations

import pytest

from bot.services.casework import closing, reports
from tests.builders import World
from tests.services.cases import staff_of
from tests.services.talking import asked_now, filed, last

PLACE = "公主岭市响水镇姜家店村"
ANSWERS = {
    "danger_now": "no",
    "kind": "out_of_school",
    "when": "skip",
    "child_ref": "skip",
    "follow_up": "yes",
    "confirm": "yes",
}


def _told(world: World, who: str, words: str) -> str:
    """The whole talk of a guardian or carer, by the buttons."""
    talk = world.citizen()
    world.say(talk, words)
    for _ in range(12):
        asked = asked_now(world, talk)
        if asked is None:
            break
        if asked == "place":
            world.say(talk, PLACE)
        else:
            world.tap(talk, f"report.{asked}={who if asked == 'reporter_type' else ANSWERS[asked]}")
    assert filed(world, talk)
    return talk


@pytest.mark.parametrize("who", ["guardian", "entrusted_carer"])
def test_a_parent_or_carer_is_led_to_a_receipt_and_hears_the_end(who: str, world: World) -> None:
    people = staff_of(world)
    talk = _told(world, who, "家里孩子说什么也不去上学了")
    report = world.report().uid
    with world.work() as work:
        assert reports.told_of(work, world.report())["facts"]["reporter_type"] == who
    assert people.director.does(reports.accept, report).allowed
    assert "reporter.accepted" in world.pushes(talk)
    assert people.director.does(closing.propose, report, "handed_over", "孩子回学校了", checked=True).allowed
    if world.report().closed_at is None:
        assert people.caseworker.does(closing.confirm, report).allowed
    assert "reporter.closed" in world.pushes(talk)
    assert "已办结" in last(world, talk)
