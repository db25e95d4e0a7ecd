"""A self-check of eligibility played to its end, for the tests of what families say in it."""

from __future__ import annotations

import re
from typing import Any

from bot.care import clauses
from bot.services import drafts
from bot.services.eligibility.state import Check, load
from tests.builders import World
from tests.services.talking import last

RESULT = ("初步判断（", "First indication")
MOST = 30
WHAT_CHANGED = ("结果没变", "结果有变")
THE_REST = "eligibility.more=yes"


def check_of(world: World, talk: str) -> Check:
    """The open self-check of a talk."""
    with world.work() as work:
        draft = drafts.current(work, talk, "eligibility")
        assert draft is not None
        return load(work, draft)


def told(world: World, *words: str) -> tuple[str, dict[str, Any]]:
    """A fresh talk in which these words were said, and the facts they told."""
    talk = world.citizen()
    for one in words:
        world.say(talk, one)
    return talk, check_of(world, talk).facts


def to_the_end(world: World, talk: str, answers: dict[str, str] | None = None, otherwise: str = "没有") -> str:
    """Answer every question until the whole result; nothing may be asked twice. Where something fits before all was
    asked, the rest is asked for."""
    asked: list[str] = []
    for _ in range(MOST):
        question = last(world, talk)
        if question.startswith((*RESULT, *WHAT_CHANGED)) and any(
            one.value == THE_REST for one in world.said(talk)[-1].choices
        ):
            world.tap(talk, THE_REST)
            continue
        if question.startswith(RESULT):
            return question
        if question.startswith(WHAT_CHANGED):
            world.say(talk, "结果")  # only what is new was said
            continue
        assert question not in asked, question
        asked.append(question)
        world.say(talk, next((said for part, said in (answers or {}).items() if part in question), otherwise))
    raise AssertionError(asked)


def misquoted(text: str) -> list[str]:
    """What stands between quotation marks before an id and is not in that clause of the plan word for word.

    Raises KeyError where the id is none of the plan: of laws nothing is quoted but the title.
    """
    wrong = []
    for said, named in re.findall("“([^”]+)”(?:[^“〔]{0,30})?〔([^〕]+)〕", text):
        known = clauses.clause(named).phrases
        wrong += [f"{part} 〔{named}〕" for part in said.split("……") if not any(part in one for one in known)]
    return wrong
