"""Danger in the middle of a self-check, through the chat API and with Rasa away: it comes first at every question, the
very question is there again, and the check goes on to its end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.faults.talking import Browser, web
from tests.services.cases import VILLAGE, person, staff_of

MOST = 30
CRIES = ("隔壁正拿刀砍孩子 快来人", "孩子掉河里了", "我爸正打我 救命", "他把孩子锁屋里着火了", "孩子喝农药了")
KNOWN = ("=no", "=alive", "=away_for_work", "=cross_county", "=24", "=short_visit", "=none", "=6-11", "=9")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One path of messages; nothing here differs between the databases."""
    return sqlite


@pytest.fixture(autouse=True)
def limits_of_that_clock(monkeypatch: pytest.MonkeyPatch, hands: Hands) -> None:
    """How much one talk may send is counted by the test's clock, too."""
    monkeypatch.setattr("bot.gateway.web.chat.time", SimpleNamespace(monotonic=lambda: hands.moment.timestamp()))


class Family:
    """Somebody at the page, who sees the last message and its buttons."""

    def __init__(self, browser: Browser) -> None:
        self._browser, self.conversation = browser, browser.conversation
        self.said: list[dict[str, Any]] = []

    async def sends(self, **body: str) -> list[dict[str, Any]]:
        """Write (`text`) or tap (`choice`); returns the replies."""
        answer = await self._browser.post(body)
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        self.said += replies
        return replies

    @property
    def open_now(self) -> tuple[str, list[str]]:
        """The last message and what its buttons send."""
        return self.said[-1]["text"], [choice["value"] for choice in self.said[-1]["choices"]]


async def test_at_every_question_danger_comes_first_and_the_very_question_is_there_again(
    world: World, hands: Hands
) -> None:
    duty = person(world, "province_duty", "22")  # nobody said where
    async with web(world) as arrive:
        family = Family(await arrive())
        await family.sends(choice="flow:eligibility")
        asked: list[str] = []
        while not family.open_now[0].startswith("初步判断（"):
            question, buttons = family.open_now
            assert question not in asked, "nothing is asked twice"
            asked.append(question)
            hands.forward(minutes=1)
            said = await family.sends(text=CRIES[len(asked) % len(CRIES)])
            assert "110" in said[0]["text"] or "120" in said[0]["text"] or "119" in said[0]["text"], question
            assert world.flow(family.conversation) == "report"
            await family.sends(choice="report.cancel=yes")
            await family.sends(choice="flow:eligibility")
            assert family.open_now == (question, buttons)
            await family.sends(choice=_known(buttons))
            assert len(asked) < MOST
    assert len(asked) > 8
    assert "✔ 初步符合“留守儿童”" in family.open_now[0]
    assert world.reports()
    assert all(report.severity == "S0" for report in world.reports())
    assert world.pushes(duty.talk), "and somebody was told"


async def test_an_emergency_told_to_its_end_in_the_middle_leads_back_to_the_check(world: World) -> None:
    staff_of(world)
    async with web(world) as arrive:
        family = Family(await arrive())
        await family.sends(choice="flow:eligibility")
        await family.sends(choice=_known(family.open_now[1]))
        question = family.open_now
        await family.sends(text="隔壁正拿刀砍孩子 快来人")
        for said in ("现在有", "公主岭市响水镇姜家店村", "不知道", "不知道", "不知道", "不留", "不用", "没错"):
            if any(one["kind"] == "receipt" for one in family.said):
                break
            await family.sends(text=said)
        back = next(value for one in family.said[-2:] for value in _values(one) if value == "flow:eligibility")
        await family.sends(choice=back)
        assert family.open_now == question
    assert [report.area for report in world.reports()] == [VILLAGE]


def _values(said: dict[str, Any]) -> list[str]:
    return [choice["value"] for choice in said["choices"]]


def _known(values: list[str]) -> str:
    """The button a family taps whose parents both work away."""
    return next((value for wanted in KNOWN for value in values if value.endswith(wanted)), values[0])
