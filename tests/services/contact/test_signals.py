"""Every example of contact_prompts.md §6, said in the talk of the week: urgent words are an emergency, those of soon
bring the child director within two days, routine ones a tip and nobody, and nothing of it is a diagnosis or a score."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import ContactRung
from tests.builders import World
from tests.services import family as homes

PARENT, CHILD, CARER = "father", "self", "carer"
URGENT = (
    (PARENT, "孩子说不想活了"),
    (CHILD, "我想死"),
    (PARENT, "孩子割手了"),
    (PARENT, "孩子把一瓶药都吃了"),
    (PARENT, "孩子写了遗书"),
    (PARENT, "孩子老说听到有人让他做事"),
    (PARENT, "孩子完全认不清人了"),
    (CHILD, "我要拿刀捅死他"),
    (CHILD, "不想活了，作业太多"),
)
SOON = (
    (PARENT, "孩子情绪低落半个多月了，总哭", "low_two_weeks"),
    (PARENT, "孩子整夜睡不着", "sleepless"),
    (PARENT, "孩子不吃东西", "not_eating"),
    (PARENT, "孩子突然不说话不出门", "withdrawn"),
    (PARENT, "孩子不上学了", "not_at_school"),
    (PARENT, "孩子以前离家出走过一回", "ran_before"),
    (PARENT, "孩子老怪自己，说都是自己的错", "self_blame"),
    (PARENT, "孩子在学校被欺负", "bullied"),
)
REPORTED = ((PARENT, "孩子身上有说不清的伤"), (PARENT, "孩子说被人摸了，还拍了照"))
ROUTINE = (
    (PARENT, "孩子想爸妈"),
    (PARENT, "孩子心情不好"),
    (PARENT, "孩子爱发脾气"),
    (PARENT, "孩子成绩突然下降"),
    (PARENT, "孩子沉迷手机"),
    (PARENT, "孩子老跟奶奶吵架"),
    (PARENT, "孩子跟同学闹矛盾了"),
)
OF_CARERS = (("管不了了", "signal_carer"), ("我身体不行了", "signal_carer"), ("管不了了想打他", "signal_check"))
DIAGNOSES = ("抑郁症", "焦虑症", "自闭", "精神病", "多动症", "评分", "得分", "分数线", "量表")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words and what opens; the same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _said(world: World, kind: str, words: str) -> tuple[homes.Family, str, list[str]]:
    """In the middle of the talk of the week."""
    home = homes.make(world, kind)
    talk = homes.join(world, home, kind)
    world.tap(talk, "flow:contact")
    return home, talk, world.say(talk, words)


def _rungs(world: World, home: homes.Family) -> list[ContactRung]:
    with world.work() as work:
        return list(work.session.scalars(select(ContactRung).where(ContactRung.child == home.child)))


@pytest.mark.parametrize(("kind", "words"), URGENT)
def test_one_urgent_sentence_is_an_emergency(world: World, kind: str, words: str) -> None:
    _, talk, keys = _said(world, kind, words)
    assert keys[0].startswith("danger."), keys
    assert world.report().severity == "S0"
    said = "".join(one.text for one in world.said(talk))
    assert "110" in said or "120" in said


@pytest.mark.parametrize(("kind", "words", "signal"), SOON)
def test_words_of_soon_bring_the_director_within_two_days(world: World, kind: str, words: str, signal: str) -> None:
    world.staff("child_director")
    home, _, keys = _said(world, kind, words)
    assert keys[0] == f"contact.signal{'.parent' if kind in ('father', 'mother') else ''}.soon", keys
    (rung,) = _rungs(world, home)
    assert (rung.step, rung.reason) == ("signal_soon", signal)
    assert rung.due is not None
    assert rung.due - world.now().date() <= timedelta(days=2)


@pytest.mark.parametrize(("kind", "words"), REPORTED)
def test_injuries_and_touching_are_a_report_before_any_referral(world: World, kind: str, words: str) -> None:
    _, talk, keys = _said(world, kind, words)
    assert world.flow(talk) == "report", keys
    assert not any(key.startswith("referral") for key in keys)


@pytest.mark.parametrize(("kind", "words"), ROUTINE)
def test_routine_words_get_a_tip_with_numbers_and_are_nobodys_task(world: World, kind: str, words: str) -> None:
    home, talk, keys = _said(world, kind, words)
    assert keys[0] == "contact.signal.routine", keys
    assert "12355" in world.said(talk)[-2].text
    assert _rungs(world, home) == []


@pytest.mark.parametrize(("words", "step"), OF_CARERS)
def test_a_carer_at_the_end_of_her_strength_is_supported_and_anger_is_looked_at(
    world: World, words: str, step: str
) -> None:
    home, _, keys = _said(world, CARER, words)
    assert keys == [f"contact.signal.{step.removeprefix('signal_')}"]
    assert step in {rung.step for rung in _rungs(world, home)}


def test_no_words_of_ours_to_families_are_a_diagnosis_or_a_score() -> None:
    folder = Path(__file__).parents[3] / "bot" / "texts"
    ours = "".join((folder / name).read_text(encoding="utf-8") for name in ("contact.yml", "child_joins.yml"))
    assert re.findall("|".join(DIAGNOSES), ours) == []
