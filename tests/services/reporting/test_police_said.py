"""Who must report and says in the telling that the police know is not asked again; the ready text says it too."""

from __future__ import annotations

import pytest

from bot.reading.aftermath import police_told
from bot.services.casework import police
from bot.storage.database import Database
from bot.storage.tables import PoliceReport
from tests.builders import World
from tests.services.cases import staff_of
from tests.services.talking import asked_now, last

PLACE = "公主岭市响水镇姜家店村"
ANSWERS = {
    "danger_now": "no",
    "when": "skip",
    "child_ref": "skip",
    "safe_contact": "skip",
    "follow_up": "yes",
    "confirm": "yes",
}
NURSE = "我是镇卫生院护士，来了个孩子背上好几处新旧瘀伤，今早九点半已经报了响水派出所"
SCHOOL = "我是校医，体检发现一个学生身上有瘀伤，响水派出所上午九点半已经报过案了，回执号123"
ASKS = ("report.police_duty", "reporter.police_station", "reporter.police_known", "report.first.S1.duty")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


def _told(world: World, story: str) -> tuple[str, list[str]]:
    """The whole talk; returns it and every key that was said."""
    talk = world.citizen()
    said = world.say(talk, story)
    for _ in range(10):
        asked = asked_now(world, talk)
        if asked is None:
            break
        said += world.say(talk, PLACE) if asked == "place" else world.tap(talk, f"report.{asked}={ANSWERS[asked]}")
    return talk, said


def _written(world: World, talk: str) -> str:
    """The ready text, by its button."""
    world.tap(talk, next(c.value for one in world.said(talk) for c in one.choices if c.label == "要一份文字报告"))
    return last(world, talk)


def _recorded(world: World) -> list[tuple[str, str]]:
    with world.work() as work:
        return [
            (work.open("police_reports.station", one.uid, one.station_sealed), f"{one.told_at:%H:%M}")
            for one in work.session.query(PoliceReport)
        ]


@pytest.mark.parametrize(
    ("story", "words"),
    [(NURSE, "今早九点半已经报了响水派出所"), (SCHOOL, "响水派出所上午九点半已经报过案了，回执号123")],
)
def test_station_and_moment_told_at_once_are_kept_said_back_and_never_asked_for(
    story: str, words: str, world: World
) -> None:
    people = staff_of(world)
    talk, said = _told(world, story)
    assert [key for key in said if key in ASKS] == []
    assert "reporter.police_at" in said
    assert any("响水派出所，09:30，已报案" in one.text for one in world.said(talk))
    assert _recorded(world) == [(words, "01:30")]
    assert "staff.police_told" in world.pushes(people.director.talk)
    with world.work() as work:
        assert not police.duty_open(work, world.report())
    assert "我已报案" not in [choice.label for one in world.said(talk) for choice in one.choices]
    written = _written(world, talk)
    assert f"报警情况：{words}" in written
    assert "不能代替报案" in written
    assert "告诉我是哪个派出所" not in written


def test_a_school_hears_of_the_education_bureau_all_the_same(world: World) -> None:
    assert "report.first.S1.school.told" in _told(world, SCHOOL)[1]


def test_what_is_told_of_the_police_after_the_receipt_stands_in_the_ready_text_too(world: World) -> None:
    talk, said = _told(world, "我是护士，来了个孩子背上好几处新旧瘀伤")
    assert "report.police_duty" in said
    assert "告诉我是哪个派出所" in _written(world, talk)
    world.tap(talk, next(c.value for one in world.said(talk) for c in one.choices if c.label == "我已报案"))
    world.say(talk, "响水派出所 今天上午九点半 回执号123")
    written = _written(world, talk)
    assert "报警情况：响水派出所 今天上午九点半 回执号123" in written
    assert _recorded(world) == [("响水派出所 今天上午九点半 回执号123", "01:30")], "when it was, not when it was told"
    assert "告诉我是哪个派出所" not in written


def test_in_danger_the_numbers_come_before_the_police_are_said_back(world: World) -> None:
    said = _told(world, "我是护士，孩子身上好几处瘀伤，像是被打的。我已经打110报警了")[1]
    assert said.index("danger.violence.duty") < said.index("reporter.police_known")
    assert "report.police_duty" not in said


@pytest.mark.parametrize(
    "story",
    [
        "我是班主任，这孩子身上总有伤，去年报过警，派出所来过",
        "我是护士，来了个孩子背上有瘀伤，让不让报派出所没人说",
        "我是校医，孩子背上有瘀伤，校长说开完会就报110",
        "我是校医，孩子背上有瘀伤，他妈说报了响水派出所",
        "邻居家孩子身上总有伤，我报过警了，响水派出所",
    ],
)
def test_what_was_long_ago_is_still_to_be_done_or_is_nobodys_duty_ends_no_duty(story: str, world: World) -> None:
    said = _told(world, story)[1]
    assert _recorded(world) == []
    assert ("report.police_duty" in said) is ("邻居" not in story)


def test_only_the_clauses_about_the_police_are_taken() -> None:
    told = "孩子六岁，我们已经向响水派出所报案了，上午九点半，民警已经来过，孩子现在在奶奶家"
    assert police_told.part(told) == "我们已经向响水派出所报案了，上午九点半，民警已经来过"
    assert police_told.part("孩子上午九点半没来上学") == ""
