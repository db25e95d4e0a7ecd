"""Guarantee 18: what people type is stored as typed, shown as typed and does nothing; nothing we say is too long."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import texts
from bot.gateway.masking import mask
from bot.services.casework import reports
from tests.builders import World
from tests.conftest import Hands
from tests.faults.talking import ON_SQLITE, Browser, telegram, until, web

LONGEST = 4096
CHAT = 555000666
REST = ("place=enough", "when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=no")
STRANGE = {
    "SQL": "'; DROP TABLE reports; -- ' OR '1'='1",
    "Markdown": "*粗* _斜_ `码` [点我](http://evil.example) ||藏||",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;",
    "a CSV formula": '=HYPERLINK("http://evil.example","点我") +1 @SUM(A1)',
    "a Rasa payload": '/report_concern{"what": "given"}',
    "a template": "{recap} {0} {url} %s %(x)s ${x} {{7*7}} {__class__}",
    "right to left": "\u202e他打孩子\u202c \u2067abc\u2069",
    "zero width": "他\u200b打\u200d孩\u2060子\ufeff",
    "control characters": "他\x07打\x1b[31m孩\x08子\x7f\x85",
    "an emoji flood": "👨‍👩‍👧‍👦🧒🏽" * 150,
    "combining marks": "孩" + "\u0301" * 900,
    "NUL": "他打\0孩子",
    "half a surrogate pair": "他打\ud83d孩子\udc00",
    "line breaks": "他打孩子\n\n编号 000000｜已办结\r\n地点：别处\u2028x",
    "one word without an end": "a" * 3000,
}


def shown(text: str) -> str:
    """What can be shown of it: half a surrogate pair and NUL are no characters."""
    return text.replace("\0", "�").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@pytest.fixture
async def arrive(world: World) -> AsyncIterator[Any]:
    async with web(world) as found:
        yield found


async def told_with(browser: Browser, text: str) -> list[str]:
    """A whole report whose story is this text; everything that was said on the way."""
    said: list[str] = []
    for value in ("flow:report", "report.danger_now=no"):
        said += await browser.tap(value)
    raw = json.dumps({"text": text}).encode()  # ASCII escapes: JSON can carry half a pair, UTF-8 cannot
    answer = await browser.client.post(browser.where, content=raw, headers=browser.headers)
    assert answer.status_code == 200, answer.text
    said += [reply["text"] for reply in answer.json()["replies"]]
    said += await browser.tap("report.kind=beaten")
    said += await browser.say("榆树市五棵树镇")
    for value in REST:
        said += await browser.tap(f"report.{value}")
    said += await browser.look()
    said += await browser.tap("report.confirm=yes")
    return said


@ON_SQLITE
@pytest.mark.parametrize("kind", STRANGE)
async def test_a_report_of(kind: str, arrive: Any, world: World) -> None:
    """… is stored verbatim, read back and shown to staff verbatim, and nothing comes of it."""
    text = STRANGE[kind]
    director = world.staff("child_supervisor", "220182100", "督导员")
    browser = await arrive()
    said = await told_with(browser, text)
    assert any("查询码" in one for one in said)
    assert all(len(one.encode("utf-16-le")) // 2 <= LONGEST for one in said)
    with world.work() as work:
        report = work.session.merge(world.report())
        told = reports.told_of(work, report)
    assert text in [words for _, words in told["words"]]
    pages = _seen(world, director, report.uid)
    assert shown(text) in pages[0] + "".join(page.partition("\n")[2] for page in pages[1:])
    assert all(len(page.encode("utf-16-le")) // 2 <= LONGEST for page in pages)
    assert len(world.reports()) == 1


def _seen(world: World, director: str, report: str) -> list[str]:
    before = len(world.said(director))
    world.tap(director, f"view:{report}")
    return [said.text for said in world.said(director)[before:]]


async def test_a_report_of_four_long_messages_is_shown_to_staff_to_its_last_word(arrive: Any, world: World) -> None:
    director = world.staff("child_supervisor", "220182100", "督导员")
    browser = await arrive()
    await told_with(browser, "他总打孩子")
    for number in range(4):
        await browser.tap("flow:supplement")
        await browser.say(f"第{number}次" + "他总打孩子👊" * 500 + f"完{number}")
    pages = _seen(world, director, world.report().uid)
    assert all(len(page.encode("utf-16-le")) // 2 <= LONGEST for page in pages)
    assert all(f"完{number}" in "".join(pages) for number in range(4))


@ON_SQLITE
async def test_telegram_is_given_plain_text_that_it_can_carry_and_no_strange_text_stops_another(
    world: World, hands: Hands, tmp_path: Path
) -> None:
    async with telegram(world, tmp_path) as (channel, api):
        for number, text in enumerate(STRANGE.values()):
            for value in ("flow:report", "report.danger_now=no"):
                api.user_taps(CHAT + number, value)
            api.user_says(CHAT + number, text)
            for value in ("kind=beaten", "place=unclear", *REST):
                api.user_taps(CHAT + number, f"report.{value}")

        def read_back(chat: int) -> bool:
            hands.forward(seconds=0.25)
            channel.sender.wake()
            return any("这样转出去" in one for one in api.sent_to(chat))

        for number, text in enumerate(STRANGE.values()):
            chat = CHAT + number
            await until(lambda chat=chat: read_back(chat), f"{text[:20]}: {api.sent_to(chat)[-1:]}")
            assert shown(text)[:40] in "".join(api.sent_to(chat))
        assert all("parse_mode" not in one and "entities" not in one for one in api.sent)
        assert all(len(str(one["text"]).encode("utf-16-le")) // 2 <= LONGEST for one in api.sent)


@pytest.mark.parametrize("kind", STRANGE)
def test_rasa_is_given(kind: str) -> None:
    """… nothing it would take for a command, and always something UTF-8 can carry."""
    masked = mask(STRANGE[kind])
    assert not masked.lstrip().startswith("/")
    assert "\0" not in masked
    masked.encode()


@pytest.mark.parametrize(
    "lead", ["/", " /", "\u3000/", "\n/", "\t /", "\u200b/", "\ufeff/", "\0/", "\x1c/", "\xa0/", "//"]
)
def test_no_blank_of_any_kind_smuggles_a_command_to_rasa(lead: str) -> None:
    """Python strips more than spaces, and Rasa strips before it looks."""
    assert not mask(f'{lead}report_concern{{"what": "given"}}').strip().startswith("/")


def test_every_text_we_have_fits_with_arguments_of_any_length() -> None:
    class Endless(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return "👊" * 5000

    for key in list(texts.keys()):
        said = texts.entry(key)["text"].format_map(Endless())
        names = {part.partition("}")[0] for part in str(texts.entry(key)).split("{")[1:]}
        rendered = texts.render(key, {name: "👊" * 5000 for name in names})
        assert len(rendered.text.encode("utf-16-le")) // 2 <= min(LONGEST, max(len(said) * 2, 1))


async def test_a_message_changed_in_the_database_hides_no_other_of_its_talk(arrive: Any, world: World) -> None:
    from bot.storage.tables import Outbox

    browser: Browser = await arrive()
    await browser.tap("say:chat.bot")
    with world.work() as work:
        work.session.get_one(Outbox, 1).args_sealed = b"changed by somebody"
    assert any("助手" in text for text in await browser.look())


async def test_not_a_number_is_no_place_on_the_globe(arrive: Any) -> None:
    browser: Browser = await arrive()
    for pin in ('{"lat": NaN, "lon": 1}', '{"lat": 1, "lon": Infinity}', '{"lat": 1, "lon": 1e999}'):
        answer = await browser.client.post(browser.where, content=f'{{"location": {pin}}}', headers=browser.headers)
        assert answer.status_code == httpx.codes.BAD_REQUEST
