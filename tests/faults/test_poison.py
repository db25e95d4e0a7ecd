"""Guarantee 5: whatever shape comes in, its neighbours are served, it is set aside sealed, and no log tells of it."""

from __future__ import annotations

import json
import logging
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.gateway.telegram.keeping import Keeper, TolerantRequest
from bot.services.mail import mailbox
from bot.services.talk import doors
from bot.storage.tables import Conversation, Inbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.sizes import size
from tests.faults.talking import ON_SQLITE, away, path_of

PAYLOAD = "赵金翎雀PAYLOAD"
SHAPES, BATCH = size(2_000, 10_000), 100
CHAT = {"id": 1, "type": "private"}
WHO = {"id": 1, "is_bot": False, "first_name": PAYLOAD}


def _bases(number: int) -> list[dict[str, Any]]:
    message = {"message_id": 1, "date": 1, "chat": {**CHAT, "id": 1 + number % 50}, "from": WHO}
    return [
        {"message": {**message, "text": PAYLOAD}},
        {"edited_message": {**message, "text": PAYLOAD, "edit_date": 2}},
        {"callback_query": {"id": "5", "from": WHO, "data": "flow:report", "message": message}},
        {"message": {**message, "location": {"latitude": 44.8, "longitude": 126.5}}},
        {"message": {**message, "contact": {"phone_number": "13800001111", "first_name": PAYLOAD}}},
        {"message": {**message, "photo": [{"file_id": "x"}], "caption": PAYLOAD}},
        {"message": {**message, "text": f"/start invite_{PAYLOAD}"}},
        {"poll": {"id": "1", "question": PAYLOAD}},
    ]


def _junk(chance: random.Random) -> Any:
    return chance.choice(
        [
            None,
            True,
            -1,
            2**53,
            10**400,
            -(10**4000),
            1e308,
            float("inf"),
            float("nan"),
            "",
            "\ud800" + PAYLOAD,
            PAYLOAD + "\udfff\0",
            PAYLOAD * 2000,
            [],
            [[PAYLOAD]] * 50,
            {},
            {"id": {"id": PAYLOAD}},
            {"latitude": 10**400, "longitude": 1},
            {"latitude": float("nan"), "longitude": float("inf")},
        ]
    )


def _damage(chance: random.Random, update: Any) -> Any:
    """Put junk somewhere, take something away, or add what nobody asked for."""
    place, parent = update, None
    while isinstance(place, dict) and place and chance.random() < 0.75:
        parent, name = place, chance.choice(list(place))
        place = place[name]
    if parent is None:
        return chance.choice([update, _junk(chance), [update]])
    if chance.random() < 0.3:
        del parent[name]
    else:
        parent[chance.choice([name, "message", "chat", "text", "update_id"])] = _junk(chance)
    return update


def _poisoned(chance: random.Random, number: int) -> bytes:
    """The bytes of one update that may be anything."""
    kind = chance.random()
    if kind < 0.05:
        depth = chance.choice([50, 200, 900, 990, 3000])
        return b'{"update_id": %d, "message": %s1%s}' % (number, b'{"a":' * depth, b"}" * depth)
    update = _damage(chance, {"update_id": number, **chance.choice(_bases(number))})
    whole = json.dumps(update, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if kind < 0.15:
        at = chance.randrange(20, max(len(whole), 21))
        return whole[:at] + chance.choice([b"", b"\xff\xfe", b"\\", b'"', b"\x00"]) + whole[at + 1 :]
    return whole


def _neighbour(number: int) -> bytes:
    message = {"message_id": 1, "date": 1, "chat": {"id": 10_000 + number, "type": "private"}, "text": "今天天气咋样"}
    return json.dumps({"update_id": number, "message": message}).encode()


@ON_SQLITE
async def test_thousands_of_poisoned_updates_are_kept_or_set_aside_and_every_neighbour_is_kept(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201 - shown when the test fails
    chance, keeper = random.Random(seed), Keeper(world.database, world.vault, world.now)
    neighbours = []
    for first in range(0, SHAPES, BATCH):
        pieces = []
        for number in range(first, first + BATCH):
            pieces += [_poisoned(chance, 2 * number), _neighbour(2 * number + 1)]
            neighbours.append(f"tg:{2 * number + 1}")
        answer = TolerantRequest.parse_json_payload(b'{"ok":true,"result":[' + b",".join(pieces) + b"]}")
        acknowledged = keeper.keep(answer["result"]).ids
        assert {2 * number + 1 for number in range(first, first + BATCH)} <= set(acknowledged)
    with world.work() as work:
        states = {row.update_key: row for row in work.session.scalars(select(Inbox))}
        assert {states[key].state for key in neighbours} == {"kept"}
        aside = [row for row in states.values() if row.state == "quarantined"]
        assert len(aside) > SHAPES / 5
        assert all(row.raw_sealed is not None and PAYLOAD.encode() not in row.raw_sealed for row in aside)
        assert all(mailbox.raw_of(work, row) for row in aside[:50]), "a human can still look at what came"
    assert PAYLOAD not in caplog.text
    await _handle_some(world, chance)
    assert PAYLOAD not in caplog.text


async def _handle_some(world: World, chance: random.Random) -> None:
    """What was kept goes to its end: every talk of poisoned updates, and some neighbours."""
    with world.work() as work:
        rows = work.session.execute(select(Inbox.id, Inbox.conversation).where(Inbox.state == "kept")).all()
    talks = {row.conversation for row in rows}
    chosen = set(chance.sample(sorted(talks), 30))
    way = path_of(world)
    ids = [row.id for row in rows if row.conversation in chosen][:300]
    for inbox_id in ids:
        assert await way.handle(inbox_id)
    with world.work() as work:
        left = work.session.scalars(select(Inbox.state).where(Inbox.id.in_(ids))).all()
    assert set(left) <= {"done", "quarantined"}


@pytest.mark.parametrize(
    "raw",
    [
        {"choice": "accept:\0"},
        {"choice": "view:\ud800"},
        {"choice": "report.place=²"},
        {"choice": "report.place=" + "9" * 100},
        {"choice": "say:chat.\ud800"},
        {"invite": "\0" * 12},
        {"location": {"lat": float("nan"), "lon": float("inf")}},
        {"location": {"lat": 44.0}},
        {"contact": "\ud800\0"},
        {"text": "孩子²岁①半，被打，在№5村\udfff\0"},
        {"text": "查询码 \ud800\0 密码 ²²²²"},
        {"text": "‮" * 2000 + "打" * 2000},
        {"text": ["孩子"]},
        {},
    ],
)
@pytest.mark.parametrize("opened", ["flow:report", "flow:status", "flow:bind", "say:chat.help"])
async def test_what_no_button_sends_and_no_keyboard_writes_is_answered_and_holds_nobody_up(
    opened: str, raw: dict[str, object], world: World
) -> None:
    """… on both databases, by staff and by others; PostgreSQL takes neither NUL nor half a surrogate pair."""
    way = path_of(world)
    for somebody in (world.citizen(), world.staff("child_director")):
        world.tap(somebody, opened)
        bad, good = world.hear(somebody, raw), world.hear(somebody, {"choice": "say:chat.bot"})
        assert await way.handle(bad)
        assert world.keys_to(bad)
        assert await way.handle(good)
        assert world.keys_to(good) == ["chat.bot"]


@ON_SQLITE
@pytest.mark.parametrize("defect", [ValueError, KeyError, RecursionError, OverflowError, UnicodeError])
async def test_a_defect_of_ours_after_rasa_failed_sets_one_message_aside_and_serves_the_next(
    defect: type[Exception], world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(*_: object, **__: object) -> None:
        raise defect(PAYLOAD)

    somebody = world.citizen()
    bad, good = world.hear(somebody, {"text": PAYLOAD}), world.hear(somebody, {"text": "咨询一下"})
    with monkeypatch.context() as patch:
        patch.setattr(doors, "alone", stumbles)
        assert await path_of(world, away).handle(bad)
    assert await path_of(world, away).handle(good)
    with world.work() as work:
        assert [work.session.get_one(Inbox, one).state for one in (bad, good)] == ["quarantined", "done"]
        assert mailbox.raw_of(work, work.session.get_one(Inbox, bad)) == {"text": PAYLOAD}
    assert world.keys_to(bad) == ["danger.cannot_store"]
    assert PAYLOAD not in caplog.text


async def test_a_message_changed_in_the_database_is_set_aside_and_the_next_one_of_its_talk_is_served(
    world: World, hands: Hands
) -> None:
    somebody = world.citizen()
    bad, good = world.hear(somebody, {"text": "今天天气咋样"}), world.hear(somebody, {"choice": "say:chat.help"})
    with world.work() as work:
        row = work.session.get_one(Inbox, bad)
        row.raw_sealed = bytes([*row.raw_sealed[:-1], row.raw_sealed[-1] ^ 1]) if row.raw_sealed else None
    way = path_of(world)
    assert await way.handle(bad)
    assert await way.handle(good)
    with world.work() as work:
        assert work.session.get_one(Inbox, bad).state == "quarantined"
        assert work.session.get_one(Conversation, somebody).flow is None
    assert world.keys_to(good) == ["chat.help"]


def test_quarantined_updates_are_let_go_in_time(world: World, hands: Hands, tmp_path: Path) -> None:
    """Nobody's words stay for ever only because we could not read them."""
    from bot import jobs

    Keeper(world.database, world.vault, world.now).keep([{"update_id": 1, "message": PAYLOAD}])
    hands.forward(days=30)
    jobs.run(world.database, world.vault, "retention", world.now())
    with world.work() as work:
        row = work.session.scalars(select(Inbox)).one()
        assert (row.state, row.raw_sealed) == ("quarantined", None)
