"""That a child is tonight with whoever may have hurt it is danger, wherever the talk stands and whoever says it."""

from __future__ import annotations

import pytest

from bot.reading.reports import together
from bot.reading.talk import purposes
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import answers_of, asked_for, asked_now

SEXUAL = "班上女生说她叔叔老摸她 跟奶奶和叔叔住"
BEATEN = "邻居家孩子让他爸打得身上都是伤"
RAISED, ASKED = "report.tonight", "report.tonight.ask"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


def _reported(world: World, story: str) -> str:
    talk = asked_for(world, "when", story)
    assert world.report().severity == "S1"
    return talk


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (SEXUAL, "孩子今晚还得回那个家 叔叔就在家 怎么办"),
        (SEXUAL, "她奶今儿个走亲戚去了 家里就剩他俩"),
        (BEATEN, "那他放学还得回去"),
        (BEATEN, "他爸在家呢"),
        (BEATEN, "他妈今晚夜班 就他跟他爸在家"),
        (BEATEN, "他妈今晚不在家 就他跟他爸"),
        (BEATEN, "今晚上她爸又喝多了回来了"),
    ],
)
def test_the_child_is_with_that_person_tonight(world: World, story: str, said: str) -> None:
    talk = _reported(world, story)
    assert world.say(talk, said)[0] == RAISED
    told = answers_of(world, talk)
    assert world.report().severity == "S0"
    assert told.facts["danger_now"] == "yes"
    assert any(purposes.facts(said) in words for words in told.words_of("what"))


@pytest.mark.parametrize(
    ("story", "said", "heard"),
    [
        (SEXUAL, "她叔一会儿来接她 我给不给接走", "report.tonight.fetched"),
        ("班里有个学生后背上有伤", "孩子现在在学校 一会儿四点他后妈来接", "report.tonight.fetched"),
        (BEATEN, "他爸说今儿晚上要领孩子回黑龙江老家", "report.tonight.leaves"),
        (BEATEN, "他爸明天一早就把孩子带走", "report.tonight.leaves"),
        (BEATEN, "听说他爸买票了 要带孩子去外地", "report.tonight.leaves"),
        (BEATEN, "今儿晚上他爸要坐火车把孩子接走 孩子在我家呢", "report.tonight.leaves"),
    ],
)
def test_who_comes_for_the_child_or_takes_it_away_is_danger(world: World, story: str, said: str, heard: str) -> None:
    talk = _reported(world, story)
    assert world.say(talk, said)[0] == heard
    assert world.report().severity == "S0"


@pytest.mark.parametrize("said", ["他姥姥来接他了", "他爸带孩子去医院了", "他爸没来接"])
def test_who_is_not_told_of_or_goes_to_a_doctor_takes_nobody_away(world: World, said: str) -> None:
    talk = _reported(world, BEATEN)
    assert not world.say(talk, said)[0].startswith(("report.tonight.fetched", "report.tonight.leaves"))


@pytest.mark.parametrize("said", ["那孩子今晚还回那个家 行吗", "那她今晚能回家吗", "她晚上不敢回去"])
def test_who_asks_whether_it_may_go_home_is_asked_who_is_there(world: World, said: str) -> None:
    talk = _reported(world, SEXUAL)
    assert world.say(talk, said)[-1] == ASKED
    assert asked_now(world, talk) == "danger_now"
    assert answers_of(world, talk).facts["danger_now"] == "unknown"
    world.tap(talk, "report.danger_now=yes")
    assert world.report().severity == "S0"


def test_what_is_asked_of_some_days_from_now_is_no_matter_of_tonight(world: World) -> None:
    talk = _reported(world, "孩子说爷爷老打她 身上有伤")
    assert world.say(talk, "周末她还要回爷爷那住 能不能不让她回")[-1] == "report.tonight.later"


@pytest.mark.parametrize(
    "said",
    [
        "她今晚在我家住",
        "奶奶在家呢",
        "就爷俩过",
        "他爸在家打工",
        "她今天没回家",
        "孩子今晚回学校住",
        "他妈晚上才回家",
        "昨天他爸没来接走",
    ],
)
def test_who_is_safe_or_only_lives_so_raises_nothing(world: World, said: str) -> None:
    assert together.read(said, [BEATEN, SEXUAL]) is None


def test_after_filing_it_raises_the_report_too(world: World, hands: Hands) -> None:
    talk = _reported(world, SEXUAL)
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=no", "confirm=yes"):
        world.tap(talk, f"report.{value}")
    hands.forward(hours=2)
    assert world.say(talk, "今晚她爸妈不回来 就她跟她叔在家 咋整")[0] == RAISED
    assert world.report().severity == "S0"


def test_with_no_harm_by_people_told_it_is_nobodys_danger(world: World) -> None:
    talk = asked_for(world, "when", "有个孩子辍学在家放牛")
    assert RAISED not in world.say(talk, "他爸在家呢")
