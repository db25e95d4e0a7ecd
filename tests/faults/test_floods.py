"""Guarantee 20, floods of words: the longest messages over and over, quotes in quotes; neighbours are served."""

from __future__ import annotations

import asyncio

import pytest

from tests.builders import World
from tests.faults.sizes import size
from tests.faults.talking import ON_SQLITE, Browser, web

LONGEST = 4096
MESSAGES, AT_ONCE = size(150, 1000), 50


@ON_SQLITE
async def test_many_of_the_longest_messages_are_taken_or_declined_and_a_neighbour_is_answered_all_the_while(
    world: World,
) -> None:
    async with web(world) as arrive:
        loud: Browser = await arrive()
        quiet: Browser = await arrive()
        statuses: list[int] = []
        for first in range(0, MESSAGES, AT_ONCE):
            flood = [
                asyncio.create_task(loud.post({"text": f"{number}" + "他" * (LONGEST - 4)}, key=str(number)))
                for number in range(first, first + AT_ONCE)
            ]
            assert await quiet.tap("say:chat.help")
            statuses += [answer.status_code for answer in await asyncio.gather(*flood)]
        assert set(statuses) == {200, 429}
        assert "110" in "".join(await loud.say("救命 他要打死孩子了")), "danger is heard from whoever is limited"


@ON_SQLITE
@pytest.mark.parametrize("opens", ["“", "「", "\"'", "（"])
async def test_quotes_in_quotes_without_end_are_read_and_answered(opens: str, world: World) -> None:
    async with web(world) as arrive:
        somebody: Browser = await arrive()
        closes = {"“": "”", "「": "」", "（": "）"}.get(opens, opens)
        deep = (opens * 900 + "他天天打孩子" + closes * 900)[:LONGEST]
        assert (await somebody.post({"text": deep})).status_code == 200
