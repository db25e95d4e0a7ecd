"""A year of three hundred parents by the pure rule alone, kept in a memory that forgets, jumps and comes twice."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.care import calendar, contact, weeks

PARENTS, WEEKS = 300, 52
FIRST = datetime(2026, 1, 5, tzinfo=calendar.ZONE)
SENDS = ("prompt", "softer_prompt", "repeat", "friendly_reprompt", "other_channel", "prompt_after_dialogue")
ZONES = ("Asia/Shanghai", "Asia/Seoul", "Europe/Madrid", "America/Chicago")


@dataclass
class Life:
    """One parent: how often he answers, what stands open, and everything that was ever sent or opened."""

    number: int
    answers: float
    zone: str
    stops_in: int
    weekday: int
    past: list[str] = field(default_factory=list)
    week: dict[str, Any] | None = None
    task: str = "none"
    sent: list[tuple[datetime, str, str]] = field(default_factory=list)
    opened: list[tuple[str, str, int]] = field(default_factory=list)

    def history(self, stopped: bool) -> dict[str, Any]:
        told: dict[str, Any] = {
            "parent": f"P{self.number}",
            "children": ["C"],
            "chosen": {"weekday": self.weekday, "time": "19:00", "zone": self.zone},
            "past_weeks": self.past,
            "open_task": self.task,
            "stopped": "yes" if stopped else "no",
        }
        return told if self.week is None else {**told, "this_week": self.week}


def _life(number: int, draw: random.Random) -> Life:
    answers = draw.choice([1.0, 0.9, 0.6, 0.2, 0.0])
    stops = draw.randrange(WEEKS) if number % 10 == 0 else WEEKS + 1
    return Life(number, answers, ZONES[number % 17 % 4], stops, draw.choice([1, 2, 4, 4, 5, 7]))


def _one_week(life: Life, index: int, draw: random.Random) -> None:
    """Every step of one week, each as soon as it is due, with ticks that come late and come twice."""
    now = FIRST + timedelta(weeks=index)
    if draw.random() < 0.03:
        now += timedelta(days=draw.randrange(7))  # the service was away
    life.week, stopped = None, index >= life.stops_in
    for _ in range(20):
        step = contact.next_step(life.history(stopped), now)
        assert step == contact.next_step(life.history(stopped), now)
        if step.step in ("director_task", "supervisor_task"):
            life.opened.append((step.keys[0], step.reason, index))
            life.task = str(step.actor)
        elif step.step in SENDS:
            assert isinstance(step.due, datetime)
            now = step.due + timedelta(minutes=draw.choice([0, 0, 3, 40]))
            if now >= weeks.end(FIRST + timedelta(weeks=index)):
                break
            life.sent.append((step.due, step.step, step.keys[0]))
            _goes_out(life, step, now, draw)
        else:
            break
    contacted = life.week is not None and life.week["answer"] == "contacted"
    life.past = [*life.past, "contacted" if contacted else "none"][-8:]
    if contacted:
        life.task = "none"


def _goes_out(life: Life, step: contact.Step, now: datetime, draw: random.Random) -> None:
    first = life.week is None
    life.week = life.week or {"prompted_at": now, "repeats": 0, "answer": "none", "delivered": "yes"}
    life.week["repeats"] += step.step == "repeat"
    life.week["remind_at"] = None
    if draw.random() < life.answers:
        life.week["answer"] = "contacted"
    elif first and draw.random() < 0.2:
        life.week.update(answer="not_contacted", remind_at=now + timedelta(hours=draw.choice([3, 20])))


def test_a_year_of_three_hundred_parents() -> None:
    draw = random.Random(20260105)
    lives = [_life(number, draw) for number in range(PARENTS)]
    for life in lives:
        for index in range(WEEKS):
            _one_week(life, index, draw)
    for life in lives:
        _check(life)
    assert sum(len(life.opened) for life in lives) > PARENTS / 3


def _check(life: Life) -> None:
    zone = contact.read(life.history(False)).zone
    per_week = Counter((key, step) for _, step, key in life.sent)
    for due, _, key in life.sent:
        assert not calendar.is_quiet(due, zone)
        assert key.endswith(weeks.named(due)), "a question belongs to the week it is sent in"
    for (_, step), count in per_week.items():
        assert count <= (2 if step == "repeat" else 1)
    assert max(Counter(key for _, _, key in life.sent).values(), default=0) <= 4
    after = FIRST + timedelta(weeks=life.stops_in)
    assert not any(due >= after for due, _, _ in life.sent)
    keys = [key for key, _, _ in life.opened]
    assert len(keys) == len(set(keys))
    if life.answers == 1.0 and life.stops_in > WEEKS:
        assert len([step for _, step, _ in life.sent if step == "repeat"]) == 0
    if life.answers == 0.0:
        assert {reason for _, reason, _ in life.opened} == {"missed_weeks_2", "missed_weeks_4"}
