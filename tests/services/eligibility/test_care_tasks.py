"""A self-check handed over is worked on: listed where it belongs, taken, ended with an outcome, told to the family."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.talk import doors
from bot.services.tasks import care_tasks
from bot.services.tasks import work as care_task_work
from bot.storage.crypto import opaque_id
from bot.storage.tables import CareTask, JournalEntry
from tests.builders import VILLAGE, World

HELD = {"name": "小明奶奶", "contact": "13800001111", "recap": "孩子：9岁", "result": "初步符合"}
ELSEWHERE = "220184104201"


def handed(world: World, area: str = VILLAGE, kind: str = "eligibility") -> tuple[str, str]:
    """A family's conversation and the task it made."""
    family = world.citizen()
    with world.work() as work:
        care_tasks.make(work, kind, area, HELD, family, f"{kind}:{opaque_id()}")
        return family, work.session.scalars(select(CareTask.uid).order_by(CareTask.uid.desc())).all()[-1]


def task_of(world: World) -> CareTask:
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        work.session.expunge(task)
        return task


def test_a_director_asks_for_the_tasks_takes_one_and_says_what_became_of_it(world: World) -> None:
    director = world.staff("child_director")
    family, uid = handed(world)
    inbox = world.hear(director, {"text": "我的任务"})
    with world.work() as work:
        assert doors.page_asked(work, director, inbox, "我的任务")
        held = mailbox.claim(work, inbox)
        assert held is not None
        mailbox.finish(work, held)
    listed = world.said(director)[-1]
    assert "小明" not in listed.text
    assert listed.choices[0].value == f"caretask:see:{uid}"
    world.tap(director, listed.choices[0].value)
    assert "小明奶奶" in world.said(director)[-1].text
    assert world.tap(director, f"caretask:take:{uid}") == ["staff.care_task.taken"]
    assert world.tap(director, f"caretask:done:{uid}") == ["staff.care_task.outcome"]
    assert world.tap(director, f"caretask:end:{uid}:applied") == ["staff.care_task.done"]
    task = task_of(world)
    assert (task.state, task.outcome) == ("done", "applied")
    assert world.pushes(family) == ["eligibility.news.taken", "eligibility.news.applied"]
    assert world.tap(director, "caretask:list:") == ["staff.care_task.none"]
    with world.work() as work:
        acts = list(work.session.scalars(select(JournalEntry.act).where(JournalEntry.subject == uid)))
    assert acts == ["task made", "task seen", "task taken", "task done"]


def test_a_task_of_another_place_is_not_there(world: World) -> None:
    director = world.staff("child_director")
    _, uid = handed(world, ELSEWHERE)
    assert world.tap(director, "caretask:list:") == ["staff.care_task.none"]
    for tap in ("see", "take", "done"):
        assert world.tap(director, f"caretask:{tap}:{uid}") == ["staff.care_task.not_yours"]
    assert world.tap(director, f"caretask:end:{uid}:applied") == ["staff.care_task.not_yours"]
    assert world.tap(world.citizen(), "caretask:list:") == ["staff.care_task.not_yours"]
    assert task_of(world).state == "open"


@pytest.mark.parametrize(("state", "refusal"), [("taken", "task_taken"), ("done", "task_over")])
def test_what_a_colleague_took_or_ended_is_left_to_them(world: World, state: str, refusal: str) -> None:
    first, second = world.staff("child_director"), world.staff("child_director", name="李主任")
    _, uid = handed(world)
    world.tap(first, f"caretask:take:{uid}" if state == "taken" else f"caretask:end:{uid}:filed")
    assert world.tap(second, f"caretask:take:{uid}") == [f"staff.care_task.{refusal}"]
    assert world.tap(second, f"caretask:end:{uid}:no_need") == [f"staff.care_task.{refusal}"]


def test_no_outcome_but_the_five_ends_a_task_and_the_note_is_sealed(world: World) -> None:
    director = world.staff("child_director")
    _, uid = handed(world)
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        assert care_task_work.finish(work, member, uid, "recognised").refusal == "task_outcome"
        assert care_task_work.finish(work, member, uid, "verified", "去过家里").allowed
        opened = care_task_work.opened(work, member, uid)
        assert opened is not None
        assert opened.note == "去过家里"
        assert "去过".encode() not in (opened.task.note_sealed or b"")
