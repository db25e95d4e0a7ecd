"""Guarantee 4: the same message once more, much later or by two processes at once, has one effect and one reply."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot import jobs
from bot.storage.tables import Inbox, Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.talking import Browser, away, path_of, telegram, until, web

CHAT = 555000444
TOLD = "公主岭市响水镇姜家店村孩子总挨打身上都是伤"
STEPS = ("danger_now=no", "when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=no")


def two_days_later(world: World, hands: Hands) -> None:
    """Everything that is let go of in two days has gone."""
    hands.forward(hours=48)
    jobs.run(world.database, world.vault, "retention", world.now())


async def test_a_telegram_update_delivered_again_after_two_days_does_nothing(
    world: World, hands: Hands, tmp_path: Path
) -> None:
    async with telegram(world, tmp_path) as (channel, api):
        first, tap = api.user_says(CHAT, "孩子掉河里了"), api.user_taps(CHAT, "report.place=unclear")
        await until(lambda: api.pending() == 0 and _all_sent(world, channel.sender.wake), passing=world)
        said = list(api.sent)
        two_days_later(world, hands)
        for update_id in (first, tap):
            api.again(update_id)
        await until(lambda: api.pending() == 0)
        after = api.user_says(CHAT + 1, "/help")
        await until(lambda: api.sent_to(CHAT + 1))
        assert [one for one in api.sent if str(one["chat_id"]) == str(CHAT)] == said
    with world.work() as work:
        keys = work.session.scalars(select(Inbox.update_key).order_by(Inbox.id)).all()
    assert keys == [f"tg:{first}", f"tg:{tap}", f"tg:{after}"]
    assert len(world.reports()) == 1


def _all_sent(world: World, wake: Callable[[], None]) -> bool:
    wake()
    with world.work() as work:
        kept = set(work.session.scalars(select(Inbox.state)))
        return kept == {"done"} and "due" not in set(work.session.scalars(select(Outbox.state)))


async def test_a_web_message_repeated_with_its_key_after_two_days_says_what_may_still_be_said_and_does_nothing(
    world: World, hands: Hands
) -> None:
    """The receipt has been erased meanwhile; asking again must neither fail nor file a second report."""
    async with web(world) as arrive:
        browser: Browser = await arrive()
        await browser.post({"text": TOLD}, "told")
        for step in STEPS:
            await browser.post({"choice": f"report.{step}"}, step)
        filed = await browser.post({"choice": "report.confirm=yes"}, "confirm")
        assert "查询码" in filed.text
        two_days_later(world, hands)
        for body, key in (({"text": TOLD}, "told"), ({"choice": "report.confirm=yes"}, "confirm")):
            again = await browser.post(body, key)
            assert again.status_code == 200, again.text
            assert "密码" not in again.text
        assert await browser.look()
    assert len(world.reports()) == 1


@pytest.mark.parametrize("raw", [{"text": "咨询一下"}, {"text": "孩子辍学了在家放牛"}])
async def test_a_message_that_took_so_long_that_another_process_took_it_over_is_answered_once(
    raw: dict[str, object], world: World, hands: Hands
) -> None:
    somebody = world.citizen()
    inbox_id = world.hear(somebody, raw)
    answered: list[list[str]] = []

    def slow(request: httpx.Request) -> httpx.Response:
        hands.forward(seconds=13)
        return httpx.Response(200, json=[{"custom": {"say": "chat.greet"}}])

    first = path_of(world, slow)
    whole = first._finish

    def late(*args: object) -> bool:
        import asyncio

        assert asyncio.run(path_of(world, away).handle(inbox_id)), "the claim was over: somebody else may take it"
        answered.append(world.keys_to(inbox_id))
        return whole(*args)  # type: ignore[arg-type]

    first._finish = late  # type: ignore[method-assign, assignment]
    assert not await first.handle(inbox_id), "what was lost is not claimed to be done"
    assert [world.keys_to(inbox_id)] == answered
