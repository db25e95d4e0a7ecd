"""`make bench`: our turns beside stock Rasa's in the same run, taps, the danger path, and the inbox.

Shared machines are noisy: medians and ratios count, absolute numbers do not. Bounded in count; ends by itself. Rounds
of ours and of stock Rasa take turns; the server whose turn it is not stands by.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from bot import shipped
from bot.gateway.telegram.running import LONG_POLL_SECONDS
from bot.reading import danger
from tests.conversations.conftest import Running
from tests.faults.gateway_process import ROOT
from tests.measuring import inbox, reaching
from tests.measuring.stock import Stock

TALKS, AT_ONCE = 24, 6
OURS = (
    "你好",
    "有个孩子好久不上学了，想反映一下",
    "没有",
    "公主岭市响水镇姜家店村",
    "上个月",
    "不知道叫啥",
    "匿名",
    "可以",
    "没错",
)
ROUNDS = 3
ALONE = 50
"""Talks of a row with Rasa stopped; more in a minute meet the limit for new talks of one address."""
DANGER = "隔壁正拿棍子打孩子呢 快来人"
READ_CHARACTERS, READS = 200, 300
Talk = Callable[[httpx.AsyncClient, list[float]], Awaitable[None]]


async def _timed(call: Awaitable[httpx.Response], times: list[float]) -> httpx.Response:
    began = time.perf_counter()
    answer = await call
    times.append(time.perf_counter() - began)
    assert answer.status_code < 300, answer.text
    return answer


async def _open(client: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    opened = (await client.post("/api/conversations")).json()
    return f"/api/conversations/{opened['conversation']}/messages", {"Authorization": f"Bearer {opened['token']}"}


async def _ours(client: httpx.AsyncClient, times: list[float]) -> None:
    where, headers = await _open(client)
    for text in OURS:
        answer = await _timed(client.post(where, json={"text": text}, headers=headers), times)
        assert answer.json()["replies"], f"we said nothing to {text}"


def _theirs(stock: Stock) -> Talk:
    async def talk(client: httpx.AsyncClient, times: list[float]) -> None:
        sender = f"bench-{time.perf_counter_ns()}"
        for text in stock.turns:
            answer = await _timed(client.post(stock.address, json={"sender": sender, "message": text}), times)
            assert answer.json(), f"stock Rasa said nothing to {text}"

    return talk


def _one(body: dict[str, str]) -> Talk:
    async def talk(client: httpx.AsyncClient, times: list[float]) -> None:
        where, headers = await _open(client)
        await _timed(client.post(where, json=body, headers=headers), times)

    return talk


async def _run(url: str, talk: Talk, talks: int, at_once: int = AT_ONCE) -> tuple[list[float], float]:
    """All talks, so many at once. Returns seconds of each turn and the wall time."""
    times: list[float] = []
    gate = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:

        async def one() -> None:
            async with gate:
                await talk(client, times)

        began = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(talks)))
        return times, time.perf_counter() - began


def _say(name: str, figure: str, goal: str = "") -> None:
    sys.stdout.write(f"{name:<58}{figure:>16}{'   goal ' + goal if goal else ''}\n")
    sys.stdout.flush()


def _tell(name: str, times: list[float], wall: float) -> float:
    """Three lines on one round; returns its turns a second."""
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    _say(name, f"{len(times) / wall:.1f} turns/s")
    _say("  p50", f"{statistics.median(times) * 1000:.1f} ms")
    _say("  p99", f"{p99 * 1000:.1f} ms")
    return len(times) / wall


def _beside(running: Running, stock: Stock) -> None:
    """Rounds of ours and of theirs in turn."""
    url = running.gateway.url
    asyncio.run(_run(url, _ours, 2))
    asyncio.run(_run(url, _theirs(stock), 2))
    ratios = []
    for number in range(1, ROUNDS + 1):
        ours = _tell(f"round {number}, ours (kept, encrypted, own form)", *asyncio.run(_run(url, _ours, TALKS)))
        theirs = _tell(
            f"round {number}, stock Rasa (SQL tracker, DIET)", *asyncio.run(_run(url, _theirs(stock), TALKS))
        )
        ratios.append(ours / theirs)
        _say(f"round {number}, ours : stock", f"{ratios[-1]:.2f}")
    _say(f"turns/s, ours : stock, median of {ROUNDS}", f"{statistics.median(ratios):.2f}", ">= 2")


def _alone(running: Running) -> None:
    """What works while Rasa is stopped."""
    url = running.gateway.url
    running.kill("rasa")
    for what, body in (("a tap", {"choice": "say:chat.help"}), ("an emergency answered", {"text": DANGER})):
        for at_once, how in ((1, "one after another"), (AT_ONCE, f"{AT_ONCE} at once")):
            _tell(f"{what}, Rasa stopped, {how}", *asyncio.run(_run(url, _one(body), ALONE, at_once)))


def _read_danger(*parts: str) -> float:
    """Median milliseconds of one look for danger at 200 characters, of the sentences of these parts one after another:
    far more danger in a message than anybody writes, but for `none`."""
    sentences = shipped.content(ROOT / "tests/reading/danger_dev.yml")
    everything = "，".join(text for part in parts for text in sentences[part])
    pieces = [everything[at : at + READ_CHARACTERS] for at in range(0, len(everything), READ_CHARACTERS)][:READS]
    danger.prepare()
    took = []
    for piece in pieces:
        began = time.perf_counter()
        danger.read.__wrapped__(piece)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def main() -> None:
    """Print the table."""
    for noisy in ("httpx", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        running, stock = Running(Path(first)), Stock(Path(second))
        try:
            running.telegram.longest_poll = LONG_POLL_SECONDS  # as Telegram holds it: asking anew is no part of a turn
            _say("starting both; stock Rasa trains its DIET first", "1 to 3 minutes")
            with ThreadPoolExecutor() as both:
                list(both.map(lambda one: one.start(), (stock, running)))
            _beside(running, stock)
            stock.stop()
            _alone(running)
        finally:
            running.stop()
            stock.stop()
    with tempfile.TemporaryDirectory() as folder:
        _say("updates polled by PTB and committed", f"{inbox.rows_per_second(Path(folder)):.0f} rows/s", ">= 1000")
    with tempfile.TemporaryDirectory() as folder:
        for line in reaching.measure(Path(folder)).lines():
            _say(*line)
    for what, parts in (("nothing but dangers", ("none", "concern", "emergency")), ("no danger", ("none",))):
        _say(f"looking for danger in 200 characters of {what}", f"{_read_danger(*parts):.2f} ms", "<= 1")
    _say("all of this took", f"{time.monotonic() - began:.0f} s", "<= 360")


if __name__ == "__main__":
    main()
