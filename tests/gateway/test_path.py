"""The one path of a message: whatever Rasa does, everybody is answered and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.gateway.conversation import Path
from bot.services.mail import mailbox
from bot.services.talk import doors
from bot.services.talk.meaning import Meant
from bot.storage.tables import Inbox
from tests.builders import World
from tests.scripted import rasa_that

Answer = Callable[[httpx.Request], httpx.Response]


def _raises(error: type[httpx.TransportError]) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("as scripted", request=request)

    return answer


FAILURES: dict[str, Answer] = {
    "is not there": _raises(httpx.ConnectError),
    "hangs": _raises(httpx.ReadTimeout),
    "drops the connection": _raises(httpx.RemoteProtocolError),
    "answers 200 with nothing": lambda _: httpx.Response(200, json=[]),
    "answers 500": lambda _: httpx.Response(500, text="Traceback ..."),
    "answers rubbish": lambda _: httpx.Response(200, text="<html>busy</html>"),
    "answers a wrong shape": lambda _: httpx.Response(200, json={"custom": 3}),
    "answers 50 MB": lambda _: httpx.Response(200, content=b"[" + b" " * 50_000_000),
}


def path(world: World, answer: Answer) -> Path:
    rasa = rasa_that(answer)
    return Path(world.database, world.vault, rasa, world.now)


def _row(world: World, inbox_id: int) -> Inbox:
    with world.work() as work:
        return work.session.get_one(Inbox, inbox_id)


@pytest.mark.parametrize("failure", FAILURES)
async def test_when_rasa(failure: str, world: World) -> None:
    """… fails in any way, a truthful sentence and buttons come back and the message is settled once."""
    somebody = world.citizen()
    inbox_id = world.hear(somebody, {"text": "咨询一下这边怎么弄"})
    assert await path(world, FAILURES[failure]).handle(inbox_id)
    assert world.keys_to(inbox_id) in (["chat.starting"], ["chat.degraded"])
    assert (_row(world, inbox_id).state, _row(world, inbox_id).raw_sealed) == ("done", None)


@pytest.mark.parametrize("failure", FAILURES)
async def test_an_emergency_report_can_be_given_to_the_end_when_rasa(failure: str, world: World) -> None:
    """… fails in any way."""
    somebody = world.citizen()
    way = path(world, FAILURES[failure])
    keys: list[str] = []
    for text in ("邻居正拿棍子打孩子呢 快来人", "榆树市五棵树镇", "不留", "可以"):
        inbox_id = world.hear(somebody, {"text": text})
        assert await way.handle(inbox_id)
        keys += world.keys_to(inbox_id)
    assert keys[0] == "danger.violence"
    assert "report.receipt" in keys
    assert world.report().severity == "S0"


async def test_a_message_with_a_concern_becomes_a_report_talk_when_rasa_is_away(world: World) -> None:
    somebody = world.citizen()
    inbox_id = world.hear(somebody, {"text": "我们屯老李家孩子辍学半年了在家放牛"})
    await path(world, FAILURES["is not there"]).handle(inbox_id)
    assert "report.begin" in world.keys_to(inbox_id)
    assert world.flow(somebody) == "report"


async def test_an_action_that_comes_back_after_we_went_on_alone_changes_nothing(world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    inbox_id = world.hear(somebody, {"text": "孩子总没饭吃"})
    await path(world, FAILURES["hangs"]).handle(inbox_id)
    before = world.keys_to(inbox_id)
    with world.work() as work:
        doors.words(work, somebody, inbox_id, "report", "孩子总没饭吃", Meant("report_concern", 0.9))
    assert world.keys_to(inbox_id) == before


async def test_what_a_service_said_counts_as_the_answer_though_rasa_returns_nothing(world: World) -> None:
    somebody = world.citizen()

    def answer(request: httpx.Request) -> httpx.Response:
        with world.work() as work:
            doors.words(work, somebody, 1, "report", "孩子辍学了", Meant("report_concern", 0.9))
        return httpx.Response(200, json=[])

    inbox_id = world.hear(somebody, {"text": "孩子辍学了"})
    assert inbox_id == 1
    await path(world, answer).handle(inbox_id)
    assert world.keys_to(inbox_id).count("report.begin") == 1


async def test_the_words_rasa_sees_carry_no_number_and_no_payload(world: World) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content.decode())
        return httpx.Response(200, json=[{"custom": {"say": "chat.greet"}}])

    somebody = world.citizen()
    for text in ('/greet{"a": 1}', "我电话13812345678，身份证220182199001011234", "  /restart", "／/back"):
        await path(world, answer).handle(world.hear(somebody, {"text": text}))
    said = "".join(seen)
    assert "13812345678" not in said
    assert "220182199001011234" not in said
    assert '"message":"/' not in said


async def test_danger_and_taps_never_reach_rasa(world: World) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("Rasa was asked")

    somebody = world.citizen()
    pin = {"location": {"lat": 1, "lon": 2}}
    for raw in ({"text": "我不想活了"}, {"choice": "flow:status"}, {"choice": "made:up"}, pin):
        inbox_id = world.hear(somebody, raw)
        assert await path(world, answer).handle(inbox_id)
        assert world.keys_to(inbox_id)


async def test_a_message_we_stumble_over_is_set_aside_and_the_next_one_is_served(world: World) -> None:
    somebody = world.citizen()
    bad = world.hear(somebody, {"location": {"lat": "north", "lon": []}})
    good = world.hear(somebody, {"choice": "say:chat.help"})
    way = path(world, FAILURES["is not there"])
    await way.handle(bad)
    await way.handle(good)
    assert _row(world, bad).state == "quarantined"
    assert _row(world, bad).raw_sealed is not None
    assert world.keys_to(good) == ["chat.help"]


async def test_a_later_message_of_a_talk_waits_for_the_earlier_one(world: World) -> None:
    somebody = world.citizen()
    first = world.hear(somebody, {"text": "你好"})
    second = world.hear(somebody, {"text": "在吗"})
    way = path(world, FAILURES["is not there"])
    assert not await way.handle(second)
    assert await way.handle(first)
    assert await way.handle(second)


@pytest.mark.parametrize("times", [2, 10])
async def test_the_same_update_again_has_one_effect_and_one_reply(times: int, world: World) -> None:
    somebody = world.citizen()
    way = path(world, FAILURES["is not there"])
    ids = set()
    for _ in range(times):
        with world.work() as work:
            kept = mailbox.keep(work, "web", "web:same", {"text": "邻居打孩子 孩子在哭"}, somebody)
        ids.add(kept.id)
        await way.handle(kept.id)
    assert len(ids) == 1
    assert world.keys_to(ids.pop()).count("report.danger_now") <= 1


async def test_until_words_were_read_through_messages_come_one_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten at once would each make the same word lists, and each hold a connection meanwhile."""
    way, at_work, most = path(world, FAILURES["is not there"]), 0, []
    right = way.look

    def look(*given: Any) -> Any:
        nonlocal at_work
        at_work += 1
        most.append(at_work)
        try:
            return right(*given)
        finally:
            at_work -= 1

    monkeypatch.setattr(way, "look", look)
    first = [world.hear(world.citizen(), {"text": "您好"}) for _ in range(6)]
    assert all(await asyncio.gather(*map(way.handle, first)))
    assert most == [1] * 6
    both_in = threading.Barrier(2, timeout=60)
    monkeypatch.setattr(way, "look", lambda *given: (both_in.wait(), right(*given))[1])
    later = [world.hear(world.citizen(), {"text": "您好"}) for _ in range(2)]
    assert all(await asyncio.gather(*map(way.handle, later))), "from then on nobody waits for another"
