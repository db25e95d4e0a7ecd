"""`make bench`: our turns beside stock Rasa's in the same run, taps, the danger path, and the inbox.

Shared machines are noisy: medians and ratios count, absolute numbers do not. Bounded in count; ends by itself.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from tests.conversations.conftest import Running
from tests.measuring.stock import Stock, opening

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
THEIRS = (
    *opening(),
    "不上学",
    "公主岭市响水镇姜家店村",
    "上个月",
    "不知道叫啥",
    "匿名",
    "可以",
    "你好",
)
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
        await _timed(client.post(where, json={"text": text}, headers=headers), times)


def _theirs(address: str) -> Talk:
    async def talk(client: httpx.AsyncClient, times: list[float]) -> None:
        sender = f"bench-{time.perf_counter_ns()}"
        for text in THEIRS:
            answer = await _timed(client.post(address, json={"sender": sender, "message": text}), times)
            assert answer.json(), "stock Rasa said nothing"

    return talk


def _one(body: dict[str, str]) -> Talk:
    async def talk(client: httpx.AsyncClient, times: list[float]) -> None:
        where, headers = await _open(client)
        await _timed(client.post(where, json=body, headers=headers), times)

    return talk


async def _run(url: str, talk: Talk, talks: int) -> tuple[list[float], float]:
    """All talks, six at once. Returns seconds of each turn and the wall time."""
    times: list[float] = []
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:

        async def one() -> None:
            async with gate:
                await talk(client, times)

        began = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(talks)))
        return times, time.perf_counter() - began


def _line(name: str, times: list[float], wall: float) -> float:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    rate = len(times) / wall
    sys.stdout.write(
        f"{name:34} {rate:8.1f}/s   p50 {statistics.median(times) * 1000:7.1f} ms   p99 {p99 * 1000:7.1f} ms\n"
    )
    sys.stdout.flush()
    return rate


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        running, stock = Running(Path(first)), Stock(Path(second))
        try:
            sys.stdout.write("starting both (stock Rasa trains its DIET first) ...\n")
            sys.stdout.flush()
            stock.start()
            running.start()
            url = running.gateway.url
            asyncio.run(_run(url, _ours, 2))
            rounds = []
            for _ in range(3):
                ours = _line("ours, durable, form by REST", *asyncio.run(_run(url, _ours, TALKS)))
                theirs = _line("stock Rasa, SQL tracker, DIET", *asyncio.run(_run(url, _theirs(stock.address), TALKS)))
                rounds.append(ours / theirs)
            sys.stdout.write(f"turns/s, ours : stock, median of three = {statistics.median(rounds):.2f}\n")
            running.kill("rasa")
            _line("a tap, Rasa stopped", *asyncio.run(_run(url, _one({"choice": "say:chat.help"}), 100)))
            danger = {"text": "隔壁正拿棍子打孩子呢 快来人"}
            _line("danger answered, Rasa stopped", *asyncio.run(_run(url, _one(danger), 100)))
        finally:
            running.stop()
            stock.stop()


if __name__ == "__main__":
    main()
