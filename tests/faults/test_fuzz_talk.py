"""Updates nobody would send, through Telegram's door, and texts that look like Rasa's own orders, through every door.

HUTONG_FUZZ_EXAMPLES: how many (`make test-faults` tries more than a commit's tests do).
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Coroutine
from pathlib import Path as Folder
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.gateway.masking import mask
from bot.gateway.rasa import Rasa
from bot.storage.tables import Inbox
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS
from tests.faults.talking import ON_SQLITE, telegram, until, web
from tests.faults.test_webhook import Hooked
from tests.scripted import rasa_that

EXAMPLES = int(os.environ.get("HUTONG_FUZZ_EXAMPLES", "0"))
hard = settings(
    max_examples=EXAMPLES or 40, deadline=None, derandomize=not EXAMPLES, suppress_health_check=list(HealthCheck)
)
CHAT = 555000999
leaf = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
)
rubbish = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
)
chat = st.fixed_dictionaries({"id": st.just(CHAT) | leaf, "type": st.sampled_from(["private", "group", ""]) | leaf})
message = st.fixed_dictionaries(
    {"message_id": st.integers(1, 2**31) | leaf, "date": st.integers(0, 2**33) | leaf, "chat": chat | rubbish},
    optional={
        "text": st.text(max_size=5000) | rubbish,
        "caption": rubbish,
        "photo": st.lists(rubbish, max_size=2) | rubbish,
        "voice": rubbish,
        "location": rubbish,
        "contact": rubbish,
        "from": rubbish,
        "entities": st.lists(rubbish, max_size=2) | rubbish,
        "reply_to_message": rubbish,
    },
)
tap = st.fixed_dictionaries(
    {"id": st.text(max_size=10) | leaf, "from": rubbish},
    optional={"data": st.text(max_size=200) | rubbish, "message": message | rubbish, "chat_instance": leaf},
)
update = st.dictionaries(
    st.sampled_from(["message", "edited_message", "callback_query", "channel_post", "poll", "新"]),
    message | tap | rubbish,
    max_size=2,
)
numbers = st.just(None) | leaf


@ON_SQLITE
async def test_whatever_is_brought_is_kept_or_set_aside_and_the_next_person_is_answered(
    world: World, tmp_path: Folder
) -> None:
    hooked = Hooked(world, tmp_path)
    await hooked.channel.start()
    loop, number = asyncio.get_running_loop(), 9000

    def soon(step: Coroutine[Any, Any, int]) -> int:
        return asyncio.run_coroutine_threadsafe(step, loop).result(HUNG_SECONDS)

    @hard
    @given(body=update, wrong=numbers)
    def brought(body: dict[str, Any], wrong: Any) -> None:
        nonlocal number
        number += 1
        raw = json.dumps({"update_id": number if wrong is None else wrong, **body}).encode()
        assert soon(hooked.bring(raw)) == 200

    @hard
    @given(raw=st.binary(max_size=300))
    def rubbish_brought(raw: bytes) -> None:
        assert soon(hooked.bring(raw)) == 200

    try:
        await asyncio.to_thread(brought)
        await asyncio.to_thread(rubbish_brought)
        assert await hooked.bring(hooked.update("孩子掉河里了快救命", chat=4242)) == 200
        await until(lambda: "119" in "".join(hooked.api.sent_to(4242)), "one that nobody could read stops the others")
    finally:
        await hooked.channel.stop()
        await hooked.client.aclose()
        hooked.api.close()
    with world.work() as work:
        assert len(work.session.scalars(select(Inbox.id)).all()) > 1


ORDERS = (
    "/report_concern",
    '/report_concern{"what": "given"}',
    "/restart",
    "/session_start",
    "/back",
    " \u3000/restart",
    "\u200b/restart",
    "\ufeff/restart",
    "\u2060\u00ad/restart",
    "／restart",
    "/ restart",
    "\n/restart",
    "//restart",
    "EXTERNAL: /restart",
    '/inform@1.0{"a": "b"}',
)


class Ear:
    """A Rasa that notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.heard.append(json.loads(request.content)["message"])
        return httpx.Response(200, json=[{"custom": {"say": "chat.greet"}}])

    def orders(self) -> list[str]:
        """What Rasa 3.6 takes for an intent instead of for words: it strips blanks and looks for a slash."""
        return [text for text in self.heard if text.strip().startswith("/")]


@ON_SQLITE
@pytest.mark.parametrize("order", ORDERS)
async def test_no_text_of_the_web_page_is_an_order_to_rasa(world: World, order: str) -> None:
    ear = Ear()
    async with web(world, ear) as arrive:
        browser = await arrive()  # type: ignore[misc]
        assert (await browser.post({"text": order})).status_code == 200
        assert (await browser.post({"choice": order})).status_code == 200
    assert ear.orders() == []


@ON_SQLITE
async def test_no_text_of_telegram_is_an_order_to_rasa(world: World, tmp_path: Folder) -> None:
    ear = Ear()
    async with telegram(world, tmp_path, ear) as (_, api):
        for number, order in enumerate(ORDERS):
            api.user_says(CHAT + number, order)
        await until(lambda: all(api.sent_to(CHAT + number) for number in range(len(ORDERS))))
    assert ear.orders() == []


@hard
@example(text="/restart")
@given(text=st.text(alphabet=st.sampled_from('/ \t\n\u3000\u200b\u00ad\ufeff{}":a\x1c\x85'), min_size=1, max_size=12))
async def test_whatever_stands_before_a_slash_rasa_is_told_words(text: str) -> None:
    ear = Ear()
    rasa: Rasa = rasa_that(ear)
    await rasa.say("talk.1", mask(text), 1)
    await rasa.close()
    assert ear.orders() == []
