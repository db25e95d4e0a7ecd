"""Pictures in the chat: drawn as they are sent, for the one conversation they belong to, on both channels."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.gateway import pictures
from bot.services.staff import accounts
from tests.builders import World
from tests.faults.talking import Browser, telegram, until, web
from tests.services.registered import TOWNSHIP, filed

CHAT = 555000444
ASKED = "child.trends=show"


def _made_supervisor(world: World, conversation: str) -> None:
    with world.work() as work:
        code = accounts.add(work, "李督导", "child_supervisor", TOWNSHIP).code
        assert accounts.bind(work, conversation, code.replace("-", "")).outcome == "bound"


async def test_months_come_as_a_picture_and_in_words_and_only_to_the_one_who_asked(world: World) -> None:
    filed(world)
    async with web(world) as arrive:
        mine: Browser = await arrive()
        _made_supervisor(world, mine.conversation)
        (answer,) = (await mine.post({"choice": ASKED})).json()["replies"]
        assert answer["kind"] == "picture"
        assert "最近12个月的走访" in answer["text"]
        drawn = await mine.picture(answer["id"])
        assert drawn.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(drawn.content)).size == (pictures.WIDE, pictures.TALL)
        other: Browser = await arrive()
        absent = (await other.picture(answer["id"]), await other.picture(999_999), await mine.picture(0))
        assert [one.status_code for one in absent] == [404] * 3
        assert len({one.text for one in absent}) == 1


async def test_on_telegram_the_picture_carries_the_words_and_the_buttons(world: World, tmp_path: Path) -> None:
    filed(world)
    async with telegram(world, tmp_path) as (_, api):
        api.user_says(CHAT, "/start")
        await until(lambda: api.sent_to(CHAT))
        _made_supervisor(world, world.chat(str(CHAT)))
        api.user_taps(CHAT, ASKED)
        await until(lambda: any(method == "sendPhoto" for _, method, _ in api.calls), "no picture came")
        await until(lambda: any("最近12个月的走访" in text for text in api.sent_to(CHAT)))
        assert "page:" in api.buttons(CHAT)


def test_every_month_has_its_bars_and_a_year_without_visits_can_be_drawn() -> None:
    def dark(rows: list[list[int]]) -> int:
        image = Image.open(io.BytesIO(pictures.of("visits.trends", {"months": rows}) or b"")).convert("RGB")
        return sum(count for count, colour in image.getcolors(1 << 20) or () if colour == (0x1F, 0x6F, 0x5C))

    months = [[2026, month, month, 0] for month in range(1, 13)]
    assert dark(months) > dark([[year, month, 0, 0] for year, month, _, _ in months]) > 0


@pytest.mark.parametrize("key", ["chat.greet", "visits.list"])
def test_other_messages_are_words_alone(key: str) -> None:
    assert pictures.of(key, {}) is None
