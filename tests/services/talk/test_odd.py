"""Words that only sound odd, in the middle of a talk: the talk goes on, the question whether there is danger stands
beside it."""

from __future__ import annotations

import pytest

from bot import texts
from bot.reading import danger
from bot.reading.dangers import hunch
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.talk import odd, silence
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import asked_for, words

ODD_WORDS = "我自己还有个刚满月的"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


@pytest.fixture(autouse=True)
def _sounds_odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learned changes; here these words sound odd and no others."""
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", -1.0, {"刚满月": 1_000_000}))
    danger.read.cache_clear()
    assert danger.read(ODD_WORDS).kinds == (danger.HUNCH,)


def _tired(world: World) -> str:
    """A carer who can go on no longer, asked for the place, whose next words only sound odd."""
    talk = world.citizen()
    world.say(talk, "我是孩子他姑 实在带不下去了")
    said = world.say(talk, ODD_WORDS)
    assert said[0] == odd.ASKED
    assert len(said) > 1, "the talk has to answer as well"
    return talk


def test_the_talk_goes_on_and_nobody_is_alarmed(world: World) -> None:
    talk = _tired(world)
    world.say(talk, "他爷爷下不来炕")
    assert world.flow(talk) == "entrusted"
    assert world.reports() == []


@pytest.mark.parametrize("said", ["是", "有危险", "是的，有危险", "他爸正打他呢"])
def test_who_affirms_danger_in_words_is_in_the_report(said: str, world: World) -> None:
    talk = _tired(world)
    world.say(talk, said)
    assert world.flow(talk) == "report"
    assert [one.severity for one in world.reports()] == ["S0"]


def test_the_button_sends_the_odd_words_to_people_at_once(world: World) -> None:
    talk = _tired(world)
    assert any(key.startswith("danger.") for key in world.tap(talk, "odd:yes"))
    assert [one.severity for one in world.reports()] == ["S0"]
    assert any(ODD_WORDS in said for _, said in words(world))


@pytest.mark.parametrize("said", ["没有危险", "没危险"])
def test_who_says_that_there_is_none_is_asked_where_the_talk_was(said: str, world: World) -> None:
    talk = _tired(world)
    assert world.say(talk, said)[-1].startswith("entrusted.wish.")
    assert world.flow(talk) == "entrusted"
    assert world.reports() == []


def test_what_somebody_does_at_this_moment_is_asked_about_though_the_talk_hears_what_he_is_like(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", 1000.0, {}))
    danger.read.cache_clear()
    talk = world.citizen()
    world.say(talk, "我下个月走 想把闺女放我大姐家 咋弄")
    assert odd.ASKED not in world.say(talk, "她家我姐夫爱喝酒")
    assert odd.ASKED in world.say(talk, "他现在喝多了在家摔东西")


def test_a_bare_yes_belongs_to_the_question_that_came_last_when_it_can_be_answered_so(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我是孩子他姑 实在带不下去了")
    inbox_id = world.hear(talk, {"text": ODD_WORDS})
    with world.work() as work:
        odd.say(work, talk, inbox_id, ODD_WORDS)
        choices = [["有", "entrusted.any=yes"], ["没有", "entrusted.any=no"]]
        mailbox.say(work, talk, "entrusted.wish.phone", {"choices": choices}, reply_to=inbox_id)
        held = mailbox.claim(work, inbox_id)
        assert held is not None
        mailbox.finish(work, held)
    world.say(talk, "有")
    assert world.flow(talk) == "entrusted"
    assert world.reports() == []


def test_the_line_is_not_said_again_while_it_stands_in_sight(world: World) -> None:
    talk = _tired(world)
    assert odd.ASKED not in world.say(talk, "还是那句 我那孩子刚满月")


def test_a_button_of_a_talk_that_never_had_the_line_does_nothing(world: World) -> None:
    talk = world.citizen()
    assert world.tap(talk, "odd:yes") == ["chat.expired_button"]
    assert world.reports() == []


def test_what_is_added_to_a_report_is_kept_and_asked_about_in_one_line(world: World) -> None:
    talk = asked_for(world, "confirm", "有个孩子辍学在家放牛")
    world.say(talk, "提交")
    assert world.say(talk, "我寻思着那孩子的娃也刚满月") == ["report.added", odd.ASKED]
    world.tap(talk, "odd:yes")
    assert [one.severity for one in world.reports()] == ["S0"], "of the report that stands, not a second one"


@pytest.mark.parametrize(("said", "alarmed"), [("是", True), ("有危险", True), ("没有危险", False)])
def test_after_a_report_the_line_is_answered_in_words_too(world: World, said: str, alarmed: bool) -> None:
    talk = asked_for(world, "confirm", "有个孩子辍学在家放牛")
    world.say(talk, "提交")
    assert world.say(talk, "我寻思着那孩子的娃也刚满月") == ["report.added", odd.ASKED]
    assert world.say(talk, said)
    assert [one.severity for one in world.reports()] == ["S0" if alarmed else "S2"]


def test_after_a_day_the_words_are_gone_and_the_button_still_alarms(world: World, hands: Hands) -> None:
    talk = _tired(world)
    hands.forward(hours=25)
    with world.work() as work:
        silence.settle(work)
        assert drafts.current(work, talk, odd.TAP) is None
    assert any(key.startswith("danger.") for key in world.tap(talk, "odd:yes"))
    assert [one.severity for one in world.reports()] == ["S0"]


def test_every_language_of_ours_has_the_line() -> None:
    for key in (odd.ASKED, f"{odd.ASKED}.english"):
        assert [choice.value for choice in texts.render(key).choices] == ["odd:yes"]
