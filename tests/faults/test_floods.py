"""Guarantee 20, floods of words: the longest messages over and over, quotes in quotes; neighbours are served."""

from __future__ import annotations

import asyncio
import sys
import time

import pytest

from tests.builders import World
from tests.faults.sizes import size
from tests.faults.talking import ON_SQLITE, Browser, web

LONGEST = 4096
MESSAGES, AT_ONCE, TAPS = size(50, 1000), 50, 25


@ON_SQLITE
async def test_many_of_the_longest_messages_are_taken_or_declined_and_a_neighbour_is_answered_all_the_while(
    world: World,
) -> None:
    async with web(world) as arrive:
        statuses: list[int] = []
        took: list[float] = []
        for _ in range(MESSAGES // AT_ONCE):
            loud: Browser = await arrive()  # thirty messages of one chat are taken in a minute
            quiet: Browser = await arrive()
            flood = [asyncio.create_task(loud.post({"text": f"{n}" + "他" * (LONGEST - 4)})) for n in range(AT_ONCE)]
            for _ in range(TAPS):
                began = time.perf_counter()
                assert await quiet.tap("say:chat.help")
                took.append(time.perf_counter() - began)
                if all(one.done() for one in flood):
                    break
            statuses += [answer.status_code for answer in await asyncio.gather(*flood)]
        assert set(statuses) == {200, 429}
        sys.stdout.write(
            f"\n{len(statuses)} messages of {LONGEST} characters, {statuses.count(200)} taken: {_said(took)}\n"
        )
        assert "110" in "".join(await loud.say("救命 他要打死孩子了")), "danger is heard from whoever is limited"


def _said(took: list[float]) -> str:
    """How long a neighbour waited: a figure to read, for no test asks how fast this machine is."""
    sorted_ms = sorted(1000 * one for one in took)
    middle, late = sorted_ms[len(took) // 2], sorted_ms[int(0.95 * len(took))]
    return f"{len(took)} taps of a neighbour meanwhile, p50 {middle:.0f} ms, p95 {late:.0f} ms (goal 1500)"


@ON_SQLITE
@pytest.mark.parametrize("opens", ["“", "「", "\"'", "（"])
async def test_quotes_in_quotes_without_end_are_read_and_answered(opens: str, world: World) -> None:
    async with web(world) as arrive:
        somebody: Browser = await arrive()
        closes = {"“": "”", "「": "」", "（": "）"}.get(opens, opens)
        deep = (opens * 900 + "他天天打孩子" + closes * 900)[:LONGEST]
        assert (await somebody.post({"text": deep})).status_code == 200
