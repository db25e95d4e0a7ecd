"""Many talks open at once, a report of twelve turns in each, at 70 % of what was measured just before.

`make test-talks CHATS=10000`, or `python -m tests.measuring.talks [chats]` (500 when nothing is said). Everything is
real: gateway on SQLite, action server, Rasa. Turns come by the clock, not when the one before them is answered, of all
talks mixed: every talk stays open all the time. Ends with what was lost, how long taps took, and how memory grew. Exit
status 0 when nothing is lost.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from sqlalchemy import func, select

from bot.storage.database import Database
from bot.storage.tables import Inbox, Report
from tests.conversations.conftest import Running

REPORT: tuple[dict[str, str], ...] = (
    {"text": "你好"},
    {"text": "有个孩子好久不上学了，想反映一下"},
    {"choice": "report.danger_now=no"},
    {"text": "公主岭市响水镇姜家店村"},
    {"choice": "report.when=skip"},
    {"choice": "report.child_ref=skip"},
    {"choice": "report.reporter_type=citizen_anonymous"},
    {"choice": "report.follow_up=no"},
    {"choice": "report.confirm=yes"},
    {"choice": "say:chat.help"},
    {"text": "什么是留守儿童"},
    {"text": "谢谢"},
)
FIRST, AT_ONCE, OPENED_AT_ONCE = 40, 6, 8
SHARE, SEED = 0.7, 7
LOOK_SECONDS, MEGA = 5.0, 2**20
TAP_GOAL = 1.5
LATER = (429, 503)  # too many at once, or nothing could be written in this moment
SPEAKERS_AT_MOST = 256


@dataclass
class Seen:
    """What was measured: seconds of taps and of words, turns not answered, memory (turns so far, megabytes) by part."""

    taps: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    lost: int = 0
    memory: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def turns(self) -> int:
        """How many were answered."""
        return len(self.taps) + len(self.words)


class Talk:
    """One chat on the page; its turns keep their order however late the answers come."""

    def __init__(self, client: httpx.AsyncClient, seen: Seen) -> None:
        self._client, self._seen, self._next = client, seen, 0
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """A fresh conversation. The house limits how many open in a moment; then we wait as the page does."""
        while (answer := await self._client.post("/api/conversations")).status_code in LATER:
            await asyncio.sleep(0.5)
        opened = answer.json()
        self._where = f"/api/conversations/{opened['conversation']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    async def go_on(self) -> None:
        """The next turn. The time is counted from now, waiting for the one before included."""
        began = time.perf_counter()
        async with self._turn:
            number, self._next = self._next, self._next + 1
            headers = {**self._headers, "Idempotency-Key": str(number)}
            answer = await self._client.post(self._where, json=REPORT[number], headers=headers)
        took = time.perf_counter() - began
        if answer.status_code != 200 or not answer.json()["replies"]:
            self._seen.lost += 1
            return
        (self._seen.taps if "choice" in REPORT[number] else self._seen.words).append(took)


async def capacity(client: httpx.AsyncClient) -> float:
    """Turns a second with a few talks that never wait."""
    seen = Seen()
    talks = [Talk(client, seen) for _ in range(FIRST)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def whole(talk: Talk) -> None:
        async with gate:
            await talk.open()
            for _ in REPORT:
                await talk.go_on()

    began = time.perf_counter()
    await asyncio.gather(*map(whole, talks))
    return seen.turns() / (time.perf_counter() - began)


async def arrivals(client: httpx.AsyncClient, chats: int, rate: float, parts: dict[str, psutil.Process]) -> Seen:
    """All talks, their turns mixed, by a clock of our own."""
    seen, chance = Seen(), random.Random(SEED)
    talks = [Talk(client, seen) for _ in range(chats)]
    for at in range(0, chats, OPENED_AT_ONCE):
        await asyncio.gather(*(talk.open() for talk in talks[at : at + OPENED_AT_ONCE]))
    watching = asyncio.create_task(_watch(seen, parts))
    tasks, due = [], time.perf_counter()
    whose = [talk for talk in talks for _ in REPORT]
    chance.shuffle(whose)  # people are at different places of their report
    for talk in whose:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(talk.go_on()))
    await asyncio.gather(*tasks)
    watching.cancel()
    return seen


async def _watch(seen: Seen, parts: dict[str, psutil.Process]) -> None:
    while True:
        for name, process in parts.items():
            seen.memory.setdefault(name, []).append((seen.turns(), process.memory_info().rss / MEGA))
        await asyncio.sleep(LOOK_SECONDS)


def slope(points: list[tuple[int, float]]) -> float:
    """Megabytes a thousand turns, by least squares over the second half: the first fills caches."""
    half = points[len(points) // 2 :]
    middle = sum(at for at, _ in half) / len(half)
    mean = sum(size for _, size in half) / len(half)
    spread = sum((at - middle) ** 2 for at, _ in half)
    return 1000 * sum((at - middle) * (size - mean) for at, size in half) / spread if spread else 0.0


def _quantile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def _measured(running: Running, chats: int) -> tuple[float, float, Seen]:
    parts = {name: psutil.Process(one.pid) for name, one in running._processes.items()}
    gateway = running.gateway._process
    assert gateway is not None
    parts["gateway"] = psutil.Process(gateway.pid)
    limits = httpx.Limits(max_connections=SPEAKERS_AT_MOST)
    async with httpx.AsyncClient(base_url=running.gateway.url, timeout=120, limits=limits, trust_env=False) as client:
        most = await capacity(client)
        _say(f"capacity: {most:.1f} turns/s; {chats} talks of {len(REPORT)} turns at {SHARE:.0%} of it follow")
        began = time.perf_counter()
        seen = await arrivals(client, chats, SHARE * most, parts)
        return most, time.perf_counter() - began, seen


def main(chats: int) -> int:
    """One run; returns the exit status."""
    for noisy in ("httpx", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(folder))
        try:
            running.start()
            _, took, seen = asyncio.run(_measured(running, chats))
        finally:
            running.stop()
        database = Database(f"sqlite:///{Path(folder) / 'var' / 'hutong.db'}")
        with database.read() as session:
            reports = session.scalar(select(func.count()).select_from(Report)) or 0
            done = session.scalar(select(func.count()).where(Inbox.state == "done")) or 0
        database.close()
    wanted = chats + FIRST
    lost = seen.lost + max(0, wanted - reports) + max(0, wanted * len(REPORT) - done)
    _say(f"{seen.turns()} turns in {took:.0f} s; {reports} of {wanted} reports, {lost} lost")
    for name, times in (("taps", seen.taps), ("words", seen.words)):
        p50, p95, p99 = (_quantile(times, share) for share in (0.5, 0.95, 0.99))
        _say(f"{name}: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    _say(f"taps' p95 below {TAP_GOAL} s: {'yes' if _quantile(seen.taps, 0.95) < TAP_GOAL else 'no'}")
    for name, points in seen.memory.items():
        sizes = [size for _, size in points]
        _say(
            f"memory of {name}: {sizes[0]:.0f} MB at first, {sizes[-1]:.0f} MB at last, at most {max(sizes):.0f} MB; "
            f"{slope(points):+.1f} MB a thousand turns in the second half"
        )
    return 1 if lost or reports > wanted else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
