"""An S0 sentence in whatever answer of a family: joining, the weekly questions, 委托照护. Numbers first, a report of
the highest level, and people told at once, as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.care import contact_data
from bot.services.contact import joining, registering
from bot.services.entrusted import steps, wishing
from bot.services.talk.opened import whats_open
from bot.storage.database import Database
from tests.builders import World
from tests.services import family as homes
from tests.services.test_entrusted_talk import OPENS, SCREEN

OF_GROWN_UPS, OF_A_CHILD = "孩子说他不想活了", "我不想活了"
Begins = Callable[[World], str]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words and what opens; the same rows on PostgreSQL are what the tests of reports look at."""
    return sqlite


@dataclass(frozen=True)
class Talk:
    """A talk: how it begins, what is answered in turn ("say:" or a button), who says the sentence."""

    begins: Begins
    answers: tuple[str, ...]
    danger: str = OF_GROWN_UPS


def _joined(kind: str, *beside: str, simple: str = "no") -> Begins:
    def begins(world: World) -> str:
        home = homes.make(world, kind, *beside)
        talk = homes.join(world, home, kind, simple=simple)
        world.tap(talk, "flow:contact")
        return talk

    return begins


def _at_the_door(kind: str) -> Begins:
    def begins(world: World) -> str:
        home, talk = homes.make(world, kind), world.citizen()
        world.tap(talk, "flow:join")
        world.say(talk, homes.code_for(world, home, kind))
        return talk

    return begins


def _without_a_code(world: World) -> str:
    talk = world.citizen()
    world.tap(talk, "flow:join")
    return talk


def _registers_the_child(world: World) -> str:
    home = homes.make(world, "father", "self")
    talk = homes.join(world, home, "father")
    world.say(talk, "给孩子也加入")
    return talk


def _entrusts(world: World) -> str:
    home = homes.make(world, "father", "mother")
    talk = homes.join(world, home, "father")
    world.means(talk, "我要外出打工，想办委托照护", "entrusted", OPENS)
    return talk


def _wishes(world: World) -> str:
    talk = world.citizen()
    world.say(talk, "我下个月走 想把闺女放我大姐家 咋弄")
    return talk


JOINS = ("join.consent=yes", "join.called=usual", "join.day=usual")
TALKS = {
    "the week of a father": Talk(
        _joined("father", "carer"),
        ("contact.contact=video", "contact.carer=yes", "contact.how=good", "contact.concern=yes"),
    ),
    "a 没有": Talk(_joined("father", "carer"), ("contact.contact=no", "contact.carer=no")),
    "the fortnight of a carer": Talk(_joined("carer"), ("contact.how=good", "contact.calls=yes", "contact.self=fine")),
    "长辈模式": Talk(
        _joined("carer", simple="yes"),
        ("contact.life=good", "contact.mood=good", "contact.calls=yes", "contact.self=fine"),
    ),
    "who cannot go on": Talk(_joined("carer"), ("say:管不了了想打他",)),
    "the fortnight of a child": Talk(
        _joined("self"), ("contact.mood=so_so", "contact.calls=yes", "contact.safe=no"), OF_A_CHILD
    ),
    "a parent joins": Talk(_at_the_door("mother"), (*JOINS, "join.hour=abroad", "say:不丹")),
    "a carer joins": Talk(_at_the_door("carer"), (*JOINS, "join.hour=19:00")),
    "a child joins": Talk(_at_the_door("self"), JOINS, OF_A_CHILD),
    "nobody has a code": Talk(_without_a_code, ("join.who=ask",)),
    "a guardian registers a child": Talk(_registers_the_child, ()),
    "a father entrusts": Talk(
        _entrusts,
        (
            "say:奶奶",
            "say:李桂兰",
            "say:13900000001",
            "entrusted.reason=work",
            "say:下周一去青岛，到过年",
            "say:我13900000002",
            "say:响水镇中心小学",
            *(f"entrusted.{step}=no" for step in SCREEN),
            "entrusted.full_capacity=yes",
            "entrusted.care_ability=no",
            "entrusted.unfit=go_on",
            "entrusted.child_says=agrees",
        ),
    ),
    "a stranger wants to entrust": Talk(
        _wishes, ("say:我大姐叫许桂兰", "say:去青岛 进厂", "say:孩子八岁", "say:公主岭市响水镇姜家店村")
    ),
}


PLACES = [(name, answered) for name, talk in TALKS.items() for answered in range(len(talk.answers) + 1)]


def _answered(world: World, name: str, answered: int) -> str:
    talk = TALKS[name].begins(world)
    for answer in TALKS[name].answers[:answered]:
        world.say(talk, answer[4:]) if answer.startswith("say:") else world.tap(talk, answer)
    return talk


@pytest.mark.parametrize(("name", "answered"), PLACES)
def test_a_word_of_wanting_to_die_is_danger_first_at_every_question(world: World, name: str, answered: int) -> None:
    officers = [world.staff("duty_officer", county) for county in ("220182", "220184")]
    talk = _answered(world, name, answered)
    before = len(world.said(talk))
    keys = world.say(talk, TALKS[name].danger)
    assert keys[0].startswith("danger."), keys
    first = world.said(talk)[before].text
    assert "12356" in first
    assert "120" in first
    report = world.report()
    assert report.severity == "S0"
    assert report.conversation == talk
    if report.area is not None:  # told, or known of who joined
        told = [key for officer in officers for key in world.pushes(officer)]
        assert [key for key in told if key.startswith("staff.alert")]
    assert world.flow(talk) == "report"


def test_no_question_is_left_out(world: World) -> None:
    """What is asked of families, as the flows themselves list it, is what the test above was asked at."""
    asked: set[tuple[str, str | None]] = set()
    for talk in TALKS.values():
        there = talk.begins(world)
        for answer in (*talk.answers, ""):
            with world.work() as work:
                opened = whats_open(work, there)
                asked.add((str(opened.flow), opened.asked))
            if answer:
                world.say(there, answer[4:]) if answer.startswith("say:") else world.tap(there, answer)
    voices = ("parent", "carer", "simple", "child")
    wanted = {("contact", one.id) for voice in voices for one in contact_data.questions(voice)}
    wanted |= {("contact", "words"), ("contact", "remind")}
    wanted |= {
        ("join", one) for one in (*joining.STEPS, joining.COUNTRY, joining.CLOCK, "code", "who", registering.AGREES)
    }
    wanted |= {("entrusted", one) for one in steps.ORDERS["family"] if one != "child"} | {("entrusted", "unfit")}
    wanted |= {("entrusted", one) for one in wishing.STEPS[wishing.DOING]}
    assert wanted - asked == set()
