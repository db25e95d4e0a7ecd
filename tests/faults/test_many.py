"""More than one process on one database: duties that only one has, talks pinned to a Rasa, a cable that is cut."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path as Folder

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import make_url, select, text

from bot import shipped
from bot.gateway.metrics import exposition
from bot.gateway.rasa import Rasa, RasaSilent, Replicas
from bot.gateway.taking import Taking
from bot.gateway.telegram.keeping import Keeper
from bot.services import load
from bot.services.leases import Duty
from bot.services.mail import mailbox
from bot.settings import PREFIX, ROLES, SETTINGS
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.storage.tables import Inbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import ROOT
from tests.faults.proxy import Proxy
from tests.faults.talking import Browser, path_of, until, web
from tests.faults.test_webhook import Hooked
from tests.scripted import rasa_that

LASTS = timedelta(seconds=10)


def test_of_two_only_one_has_a_duty_and_the_other_takes_over_when_it_is_silent(world: World, hands: Hands) -> None:
    one, two = (Duty(world.database, "sender", name, LASTS) for name in ("one", "two"))
    assert (one(hands()), two(hands())) == (True, False)
    hands.forward(seconds=8)
    assert (one(hands()), two(hands())) == (True, False)  # it was heard of
    hands.forward(seconds=11)
    assert (two(hands()), one(hands())) == (True, False)


def test_who_is_told_to_stop_gives_its_duty_back_at_once(world: World, hands: Hands) -> None:
    one, two = (Duty(world.database, "sender", name, LASTS) for name in ("one", "two"))
    assert one(hands())
    one.give_back(hands())
    assert (two(hands()), one(hands())) == (True, False)


def test_each_talk_has_its_own_rasa_through_all_episodes_and_they_share_evenly() -> None:
    rasas = [Rasa(f"http://rasa{number}.test", "t") for number in range(3)]
    one, other = Replicas(rasas), Replicas(list(rasas))
    talks = [f"talk{number}" for number in range(600)]
    assert all(one.of(f"{talk}.1") is other.of(f"{talk}.7") for talk in talks)
    shares = Counter(id(one.of(f"{talk}.1")) for talk in talks)
    assert min(shares.values()) > 150


async def test_a_message_of_the_web_page_that_another_process_answers_is_answered_to_who_waits(world: World) -> None:
    """The gateway waits for a message which a worker elsewhere holds and then finishes."""
    async with web(world) as arrive:
        browser: Browser = await arrive()  # type: ignore[misc]
        with world.work() as work:
            kept = mailbox.keep(
                work, "web", f"web:{browser.conversation}:k", {"text": "今天天气咋样"}, browser.conversation
            )
            held = mailbox.claim(work, kept.id)
        assert held is not None
        waiting = asyncio.create_task(browser.post({"text": "今天天气咋样"}, "k"))
        await path_of(world).take_up(held)
        answer = await waiting
        assert answer.status_code == 200
        assert answer.json()["replies"]


async def test_workers_share_what_webhooks_brought_and_each_message_is_done_once(world: World) -> None:
    keeper, stopping = Keeper(world.database, world.vault, world.now), asyncio.Event()
    chats = [{"id": 100 + number // 2, "type": "private"} for number in range(20)]
    words = [{"message_id": 1, "date": 1, "chat": chat, "text": "今天天气咋样"} for chat in chats]
    keeper.keep([{"update_id": number, "message": message} for number, message in enumerate(words)])
    workers = [Taking(world.database, world.vault, path_of(world), world.now, 0.01) for _ in range(2)]
    running = [asyncio.create_task(worker.run(stopping)) for worker in workers]

    def done() -> bool:
        with world.work() as work:
            return {row.state for row in work.session.scalars(select(Inbox))} == {"done"}

    await until(done)
    stopping.set()
    await asyncio.gather(*running)
    with world.work() as work:
        rows = work.session.scalars(select(Inbox).order_by(Inbox.position)).all()
        assert all(len(mailbox.replies_to(work, row.id)) == 1 for row in rows)
        assert all(row.attempts == 1 for row in rows)


@pytest.fixture
def cable(postgres: Database) -> Iterator[tuple[Proxy, str]]:
    """A proxy before PostgreSQL, and the database's address through it."""
    url = make_url(postgres.url)
    proxy = Proxy(f"{url.query['host']}/.s.PGSQL.{url.port or 5432}")
    through = url.difference_update_query(["host"]).set(host="127.0.0.1", port=proxy.port)
    yield proxy, through.render_as_string(hide_password=False)
    proxy.close()


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_with_the_database_cut_off_nothing_is_acknowledged_and_afterwards_nothing_is_lost(
    world: World, cable: tuple[Proxy, str], tmp_path: Folder
) -> None:
    """Guarantee 6."""
    proxy, address = cable
    far = World(Database(address), world.vault, world.now)  # type: ignore[arg-type]
    hooked = Hooked(far, tmp_path)
    before = hooked.update("今天天气咋样")
    assert await hooked.bring(before) == 200
    proxy.cut()
    lost = [hooked.update("孩子掉河里了快救命", chat=700 + number) for number in range(5)]
    assert set(await asyncio.gather(*(hooked.bring(one) for one in lost))) == {503}
    await until(lambda: all("119" in "".join(hooked.api.sent_to(700 + number)) for number in range(5)))
    proxy.mend()
    assert set(await asyncio.gather(*(hooked.bring(one) for one in lost))) == {200}
    with world.work() as work:
        assert len(work.session.scalars(select(Inbox.id)).all()) == 6
    await hooked.channel.stop()
    await hooked.client.aclose()
    hooked.api.close()
    far.database.close()


async def test_two_that_start_at_once_on_an_empty_database_both_come_up(postgres: Database) -> None:
    with postgres.engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    others = [Database(postgres.url) for _ in range(3)]
    await asyncio.gather(*(asyncio.to_thread(upgrade, one) for one in others))
    assert upgrade(postgres) is False
    for one in others:
        one.close()


def test_what_waits_is_told_in_numbers(world: World, hands: Hands) -> None:
    world.say(world.citizen(), "孩子掉河里了快救命")
    with world.work() as work:
        mailbox.keep(work, "telegram", "tg:1", {"text": "今天天气咋样"}, world.chat("55"))
    hands.forward(minutes=3)
    with world.work() as work:
        told = load.tell(work)
    assert (told["inbox_pending"], told["inbox_oldest_seconds"]) == (1, 180)
    assert told["emergency_unacknowledged_seconds"] == 180
    assert "hutong_emergency_unacknowledged_seconds 180.0" in exposition(told)[0].decode()


def test_every_alert_asks_for_numbers_that_are_exported() -> None:
    rules = shipped.content(ROOT / "deploy" / "alerts.yml")["groups"][0]["rules"]
    exported = set()
    for family in text_string_to_metric_families(exposition({})[0].decode()):
        exported |= {family.name, f"{family.name}_total", f"{family.name}_bucket"}
    words = {word for rule in rules for word in _names(rule["expr"])}
    assert words
    assert words <= exported


def _names(expression: str) -> set[str]:
    cut = "".join(sign if sign.isalnum() or sign == "_" else " " for sign in expression)
    return {word for word in cut.split() if word.startswith("hutong_")}


@pytest.mark.parametrize("away", [httpx.ConnectError, httpx.ReadTimeout])
async def test_a_talk_does_not_move_to_a_neighbour_while_its_rasa_is_away(away: type[httpx.TransportError]) -> None:
    asked: list[str] = []

    def door(name: str) -> Rasa:
        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(name)
            raise away("away", request=request)

        return rasa_that(answer)

    replicas = Replicas([door(name) for name in ("a", "b")])
    for _ in range(3):
        with pytest.raises(RasaSilent):
            await replicas.say("talk.1", "今天天气咋样", 1)
    assert len(set(asked)) == 1


def test_the_manifests_name_settings_and_commands_that_exist() -> None:
    """What can be shown without a cluster or an engine: every setting is one of ours, every role is a role."""
    cluster = shipped.content(ROOT / "deploy" / "kubernetes" / "hutong.yml")
    compose = shipped.content(ROOT / "deploy" / "compose.yml")
    commands = [
        container["command"]
        for item in cluster["items"]
        if item["kind"] in ("Deployment", "StatefulSet")
        for container in item["spec"]["template"]["spec"]["containers"]
        if "command" in container
    ] + [service["command"] for service in compose["services"].values() if "command" in service]
    roles = {command[-1] for command in commands if "--roles" in command}
    assert roles == ROLES
    text = (ROOT / "deploy" / "compose.yml").read_text() + (ROOT / "deploy" / "kubernetes" / "hutong.yml").read_text()
    named = {word.removeprefix(PREFIX) for word in re.findall(r"HUTONG_[A-Z_]+", text)}
    assert named <= {setting.name for setting in SETTINGS}
