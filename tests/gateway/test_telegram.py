"""Telegram through PTB against a Bot API with real acknowledgements: kept first, poison set aside, limits obeyed."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path as FilePath

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot import texts
from bot.gateway.conversation import Path
from bot.gateway.sender import Pace
from bot.gateway.telegram import Telegram
from bot.gateway.telegram.carrier import CALLBACK_BYTES
from bot.gateway.telegram.keeping import NOTHING_AGAIN_SECONDS, TolerantRequest
from bot.gateway.telegram.updates import boil_down
from bot.settings import load
from bot.storage.tables import Inbox, Outbox
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram, Script
from tests.faults.talking import until
from tests.scripted import rasa_that

CHAT = 555000111


def _away(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("away", request=request)


@pytest.fixture
def api() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def telegram(world: World, api: FakeTelegram, tmp_path: FilePath) -> AsyncIterator[Telegram]:
    settings = load({"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": api.url, "HUTONG_VAR_DIR": str(tmp_path)})
    way = Path(world.database, world.vault, rasa_that(_away), world.now)
    found = Telegram(settings, world.database, world.vault, way, world.now)
    way.posted = found.sender.wake
    await found.start()
    yield found
    await found.stop()
    api.close()


def _put_off(world: World) -> bool:
    """Whether the outcome of a failed send is on record: something waits for a later moment."""
    with world.work() as work:
        return work.session.scalar(select(Outbox.id).where(Outbox.not_before > work.now)) is not None


def _all_done(world: World) -> bool:
    """Whether everything that came is done and everything to say is said."""
    with world.work() as work:
        kept = {row.state for row in work.session.scalars(select(Inbox))}
        return kept == {"done"} and "due" not in set(work.session.scalars(select(Outbox.state)))


def _inbox(world: World) -> list[Inbox]:
    with world.work() as work:
        return list(work.session.scalars(select(Inbox).order_by(Inbox.id)))


async def test_a_message_is_kept_answered_and_only_then_acknowledged(
    telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    api.user_says(CHAT, "快来人 隔壁正拿棍子打孩子")
    await until(lambda: any("110" in text for text in api.sent_to(CHAT)))
    await until(lambda: api.pending() == 0)
    rows = _inbox(world)
    assert [(row.state, row.effect, row.raw_sealed) for row in rows] == [("done", "danger", None)]


async def test_a_tap_is_answered_so_that_the_phone_stops_spinning(telegram: Telegram, api: FakeTelegram) -> None:
    api.user_taps(CHAT, "flow:report")
    await until(lambda: "report.danger_now=yes" in api.buttons(CHAT))
    await until(lambda: any(method == "answerCallbackQuery" for _, method, _ in api.calls))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"photo": [{"file_id": "x"}]}, "孩子现在有危险吗"),
        ({"voice": {"file_id": "x"}}, "孩子现在有危险吗"),
        ({"document": {"file_id": "x"}}, "孩子现在有危险吗"),
        ({"sticker": {"file_id": "x"}}, "收不了"),
        ({"location": {"latitude": 44.8, "longitude": 126.5}}, "位置记下了"),
        ({"contact": {"phone_number": "13800001111", "first_name": "x"}}, "联系方式"),
        ({"photo": [{"file_id": "x"}], "caption": "隔壁正拿刀砍孩子 快来人"}, "110"),
    ],
)
async def test_everything_people_send_is_taken_or_declined_in_words(
    content: dict[str, object], words: str, telegram: Telegram, api: FakeTelegram
) -> None:
    api.user_sends(CHAT, **content)
    await until(lambda: any(words in text for text in api.sent_to(CHAT)), str(api.sent_to(CHAT)))


async def test_start_welcomes_and_start_with_an_invite_binds(
    telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    from bot.services.staff import accounts

    api.user_says(CHAT, "/start")
    await until(lambda: any("护童" in text for text in api.sent_to(CHAT)))
    with world.work() as work:
        code = accounts.add(work, "王主任", "child_director", "220184104201").code.replace("-", "")
    api.user_says(CHAT, f"/start invite_{code}")
    await until(lambda: any("绑定好了" in text for text in api.sent_to(CHAT)))


async def test_an_edited_message_is_read_again(telegram: Telegram, api: FakeTelegram) -> None:
    api.user_says(CHAT, "你好")
    await until(lambda: api.sent_to(CHAT))
    api.user_edits(CHAT, "救命 我爸拿刀追我")
    await until(lambda: any("先躲开" in text or "躲好" in text for text in api.sent_to(CHAT)))


@pytest.mark.parametrize("times", [2, 10])
async def test_the_same_update_again_has_one_effect_and_one_reply(
    times: int, telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    update_id = api.user_says(CHAT, "孩子掉河里了")
    await until(lambda: _all_done(world) and api.sent_to(CHAT), passing=world)
    said = list(api.sent_to(CHAT))
    for _ in range(times - 1):
        api.again(update_id)
        api.user_taps(CHAT + 1, "say:chat.bot")
        await until(lambda: api.pending() == 0)
    await until(lambda: _all_done(world), passing=world)
    assert len([row for row in _inbox(world) if row.update_key == f"tg:{update_id}"]) == 1
    assert len(world.reports()) == 1
    assert [text for text in api.sent_to(CHAT) if "119" in text] == [text for text in said if "119" in text]


POISON = [
    '{"update_id": %d}',
    '{"update_id": %d, "message": 7}',
    '{"update_id": %d, "message": {"chat": {"id": "x", "type": "private"}, "text": "PAYLOAD"}}',
    '{"update_id": %d, "message": {"chat": {"id": 1, "type": "private"}, "text": ["PAYLOAD"]}}',
    '{"update_id": %d, "callback_query": {"id": 5, "data": {"PAYLOAD": 1}}}',
    '{"update_id": %d, "message": {"chat": {"id": 99999999999999999999999999, "type": "private"}, "text": "PAYLOAD"}}',
    '{"update_id": %d, "message": {"chat": {"id": 1, "type": "private"}, "text": "PAYLOAD \\ud800"}}',
    '{"update_id": %d, "message": ' + '{"a":' * 5000 + '"PAYLOAD"' + "}" * 5000 + "}",
    '{"update_id": %d, "message": {"text": "PAYLOAD" broken',
]


async def test_poison_is_set_aside_sealed_and_the_neighbours_are_served(
    telegram: Telegram, api: FakeTelegram, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, poison in enumerate(POISON):
        api.raw(poison)
        api.user_says(CHAT + number, "/help")
    for number in range(len(POISON)):
        await until(lambda number=number: api.sent_to(CHAT + number), f"neighbour of {POISON[number][:60]}")
    await until(lambda: api.pending() == 0)
    assert "PAYLOAD" not in caplog.text
    aside = [row for row in _inbox(world) if row.state == "quarantined"]
    assert len(aside) >= 6
    assert all(row.raw_sealed is not None and b"PAYLOAD" not in row.raw_sealed for row in aside)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "chat", "id", "type", "text", "callback_query", "data", "location"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_shape_of_an_update_raises(update: object) -> None:
    small = boil_down(update)
    assert small is None or json.dumps(small.raw, default=str) is not None


@given(st.binary(max_size=200))
def test_no_bytes_of_an_answer_raise_anything_but_a_telegram_error(payload: bytes) -> None:
    from telegram.error import TelegramError

    with suppress(TelegramError):
        TolerantRequest.parse_json_payload(payload)


async def test_after_a_429_nothing_is_sent_before_the_wait_is_over_and_the_urgent_goes_first(
    telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    from bot.services.mail import mailbox

    api.script(
        "sendMessage", Script(429, {"error_code": 429, "description": "Too Many", "parameters": {"retry_after": 30}})
    )
    telegram.sender._pace = Pace(per_second=1)  # of two that go at the same moment either may arrive first
    calm, urgent = world.chat("1"), world.chat("2")
    with world.work() as work:
        mailbox.say(work, calm, "chat.help")
    await until(lambda: _put_off(world))
    with world.work() as work:
        mailbox.say(work, calm, "chat.bot")
        mailbox.say(work, urgent, "danger.fire", priority=mailbox.URGENT)
    assert not await telegram.sender.round(world.now())
    world.now.forward(seconds=29)  # type: ignore[attr-defined]
    assert not await telegram.sender.round(world.now())
    assert api.sent == []
    world.now.forward(seconds=2)  # type: ignore[attr-defined]
    await until(lambda: len(api.sent) >= 2, passing=world)
    assert str(api.sent[0]["chat_id"]) == "2"


async def test_a_blocked_chat_is_marked_and_not_tried_again_until_it_writes(
    telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    from bot.services.mail import mailbox
    from bot.storage.tables import Conversation

    talk = world.chat(str(CHAT))
    api.script("sendMessage", Script(403, {"error_code": 403, "description": "Forbidden: bot was blocked by the user"}))
    with world.work() as work:
        mailbox.say(work, talk, "chat.help")
        mailbox.say(work, talk, "chat.bot")

    def marked() -> bool:
        with world.work() as work:
            return work.session.get_one(Conversation, talk).unreachable_at is not None

    await until(marked)
    assert sum(method == "sendMessage" for _, method, _ in api.calls) == 1
    api.user_says(CHAT, "/help")
    await until(lambda: api.sent_to(CHAT))
    assert not marked()


@pytest.mark.parametrize("answer", [Script(500), Script(502), Script(cut=True)])
async def test_a_failing_telegram_delays_and_loses_nothing(
    answer: Script, telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    api.script("sendMessage", replace(answer), replace(answer))
    api.user_says(CHAT, "/help")
    await until(lambda: len(api.sent_to(CHAT)) == 1, passing=world)
    assert api.pending() == 0
    assert sum(method == "sendMessage" for _, method, _ in api.calls) == 3


async def test_while_nothing_can_be_kept_nothing_is_acknowledged_and_danger_hears_the_numbers(
    telegram: Telegram, api: FakeTelegram, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = world.database.begin

    def broken() -> object:
        raise OperationalError("the disk is away", None, Exception())

    monkeypatch.setattr(world.database, "begin", broken)
    update_id = api.user_says(CHAT, "救命 他要打死孩子了")
    await until(lambda: any("120" in text for text in api.sent_to(CHAT)))
    assert update_id not in api.acknowledged
    monkeypatch.setattr(world.database, "begin", whole)
    await until(lambda: update_id in api.acknowledged)
    await until(lambda: len(world.reports()) == 1)


async def test_a_second_poller_is_named_and_waited_out(
    telegram: Telegram, api: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = {"error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
    api.script("getUpdates", Script(409, conflict), Script(409, conflict))
    await until(lambda: "same Telegram token" in caplog.text)
    api.user_says(CHAT, "/help")
    await until(lambda: api.sent_to(CHAT))


async def test_a_bot_api_that_answers_nothing_at_once_is_not_asked_without_a_pause(
    telegram: Telegram, api: FakeTelegram
) -> None:
    def asked() -> int:
        return sum(method == "getUpdates" for _, method, _ in api.calls)

    api.longest_poll = 0.0
    began, before = time.monotonic(), asked()
    await until(lambda: asked() > before + 6)
    assert time.monotonic() - began > 4 * NOTHING_AGAIN_SECONDS


async def test_the_token_stands_in_no_log(
    telegram: Telegram, api: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.script("sendMessage", Script(500), Script(cut=True))
    api.user_says(CHAT, "/help")
    await until(lambda: sum(method == "sendMessage" for _, method, _ in api.calls) >= 1)
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_a_talk_keeps_its_order_however_fast_it_comes(telegram: Telegram, api: FakeTelegram) -> None:
    for value in ("flow:report", "report.danger_now=no"):
        api.user_taps(CHAT, value)
    api.user_says(CHAT, "孩子辍学了在家放牛")
    await until(lambda: any("哪个县" in text for text in api.sent_to(CHAT)))


async def test_an_anonymous_reporter_without_follow_up_leaves_no_address_behind(
    telegram: Telegram, api: FakeTelegram, world: World
) -> None:
    from bot import jobs
    from bot.storage.tables import Conversation

    api.user_says(CHAT, "公主岭市响水镇姜家店村孩子总挨打身上都是伤")
    for value in ("danger_now=no", "when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=no"):
        api.user_taps(CHAT, f"report.{value}")
    await until(lambda: "report.confirm=yes" in api.buttons(CHAT), passing=world)
    api.user_taps(CHAT, "report.confirm=yes")
    await until(lambda: any("想起什么" in text for text in api.sent_to(CHAT)), passing=world)

    def forgotten() -> bool:
        jobs.run(world.database, world.vault, "retention", world.now())
        with world.work() as work:
            row = work.session.get_one(Conversation, str(world.report().conversation))
            return (row.address_key, row.address_sealed) == (None, None)

    await until(forgotten, "the address is still there", passing=world)


def test_every_button_fits_into_what_telegram_takes_back() -> None:
    class Anything(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return "a" * 26

    choices = [(key, choice[1]) for key in list(texts.keys()) for choice in texts.entry(key).get("choices", ())]
    sent = {(key, value): value.format_map(Anything()).encode() for key, value in choices}
    assert [button for button, bytes_sent in sent.items() if len(bytes_sent) > CALLBACK_BYTES] == []
