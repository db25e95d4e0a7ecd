"""Short words about an open report talk: what is asked, what was told, what was said last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.reading.talk import purposes
from bot.services import drafts
from bot.services.casework import reports
from bot.services.drafts import Answers
from tests.builders import World

PLACE = "公主岭市范家屯镇平洋村"
STORY = f"{PLACE}老王家的二小子总挨打 身上都是伤"
SURE = 0.99


def alarmed(world: World, first: str) -> str:
    """A talk whose first message was answered as an emergency."""
    talk = world.citizen()
    assert any(key.startswith("danger.") for key in world.say(talk, first))
    return talk


def answers_of(world: World, talk: str) -> Answers:
    """The answers so far."""
    with world.work() as work:
        draft = drafts.current(work, talk, "report")
        assert draft is not None
        return drafts.answers(work, draft)


def asked_now(world: World, talk: str) -> str | None:
    with world.work() as work:
        draft = drafts.current(work, talk, "report")
        return draft.asked if draft else None


def last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


def begun(world: World, story: str = "有个孩子辍学在家放牛") -> str:
    talk = world.citizen()
    world.say(talk, story)
    return talk


def asked_for(world: World, field: str, story: str = "有个孩子辍学在家放牛") -> str:
    """A talk in which this field is the open question."""
    talk = begun(world, story)
    taps = {
        "danger_now": "no",
        "kind": "out_of_school",
        "when": "skip",
        "child_ref": "skip",
        "reporter_type": "citizen_anonymous",
        "follow_up": "no",
    }
    for _ in range(12):
        open_now = asked_now(world, talk)
        if open_now == field:
            return talk
        if open_now == "place":
            world.say(talk, PLACE)
        elif open_now == "what":
            world.say(talk, "有个孩子辍学在家放牛")
        else:
            world.tap(talk, f"report.{open_now}={taps[str(open_now)]}")
    raise AssertionError(field)


def filed(world: World, talk: str) -> bool:
    return any(said.kind == "receipt" for said in world.said(talk))


def is_kept(words: Iterable[tuple[str, str]], said: str) -> bool:
    """Whether all that was said stands somewhere among the words of a report; talk about the talk (等一下) need not."""
    there = " ".join(text for _, text in words)
    return all(one.text in there for one in purposes.read(said) if one.purpose != purposes.TALK)


def words(world: World) -> list[Any]:
    with world.work() as work:
        words: list[Any] = reports.told_of(work, world.report())["words"]
        return words
