"""Guarantee 19: what is unmistakable goes through every door, failures included; then every byte left is searched."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.conversations.conftest import Person, Running
from tests.conversations.test_contact import _joined, filed
from tests.faults.fake_bot_api import TOKEN
from tests.faults.gateway_process import HUNG_SECONDS, ROOT, wait_until

NAME, PHONE, CARD, WORD = "赵金翎雀", "13900009876", "220184201501019876", "XQ77ZWKtoken"
PLACE = "公主岭市响水镇姜家店村"
TOLD = f"孩子叫{NAME}，电话{PHONE}，身份证{CARD}，他天天挨打，他说{WORD}，在{PLACE}"
CHAT = 555987654321
NOT_OURS = (".git", ".venv", ".venv-rasa", "models", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache")


def by_web(running: Running) -> list[str]:
    """Told, repeated as an answer, as a payload, as rubbish, too long, with wrong tokens. Returns more secrets."""
    person = Person(running.gateway.url)
    person.say(TOLD)
    person.tap("现在没有")
    person.say(f'/report_concern{{"what": "{NAME}"}}')
    person.say(f"{NAME}他爸拿刀要砍他 救命")
    client, where = person._client, person._where
    for body in (
        f'{{"text": "{NAME}',
        f'["{NAME}"]',
        json.dumps({"choice": f"accept:\0{NAME}"}),
        f'{{"text": "{"x" * 70_000}{WORD}"}}',
    ):
        client.post(where, content=body.encode())
    client.post(where, files={"photo": (f"{NAME}.jpg", f"{WORD}".encode())})
    client.post(f"/api/conversations/{quote(NAME)}/messages", json={"text": TOLD})
    client.get(f"/{quote(NAME)}", params={"phone": PHONE}, headers={"Authorization": f"Bearer {WORD}"})
    return [client.headers["Authorization"].removeprefix("Bearer ")]


def by_telegram(running: Running) -> None:
    """Told, edited, as caption, tap, contact, invite and poison."""
    api = running.telegram
    api.user_says(CHAT, TOLD)
    api.user_edits(CHAT, f"{TOLD}，改一下")
    api.user_sends(CHAT, photo=[{"file_id": WORD}], caption=TOLD)
    api.user_sends(CHAT, contact={"phone_number": PHONE, "first_name": NAME})
    api.user_taps(CHAT, f"accept:{NAME}")
    api.user_says(CHAT, f"/start invite_{WORD}")
    api.user_says(CHAT, f"{NAME}掉河里了 救命")
    for poison in (
        f'{{"update_id": %d, "message": {{"text": "{NAME} broken',
        f'{{"update_id": %d, "message": {{"chat": {{"id": "{NAME}"}}, "text": "{PHONE}"}}}}',
        '{"update_id": %d, "message": ' + '{"a":' * 3000 + f'"{CARD}"' + "}" * 3000 + "}",
    ):
        api.raw(poison)
    api.user_says(CHAT + 1, "/help")
    wait_until(lambda: api.pending() == 0 and api.sent_to(CHAT + 1), "Telegram was not served")
    wait_until(lambda: any("119" in text for text in api.sent_to(CHAT)), "the emergency was not answered")


def by_family(running: Running) -> None:
    """A father's name, his worry, the carer he chooses; a carer who tells, each in the words of their own talk."""
    child = filed(running)
    father, carer = (_joined(running, child, kind) for kind in ("father", "carer"))
    father.say("昨晚视频了")
    father.tap("聊了")
    father.tap("都挺好")
    father.tap("有，想说说")
    father.say(f"有点惦记{NAME}的成绩，{WORD}，有事打{PHONE}")
    father.say("我和孩子妈要出去打工 孩子交给他奶奶带")
    father.say(f"奶奶{NAME} {PHONE}")
    father.say(f"我们的协议在哪 {WORD}")
    carer.tap("用长辈模式")
    carer.say(f"{NAME}管不了了想打他 {WORD} {CARD}")
    carer.say(f"我一个老婆子我能咋办 {WORD}")


def with_failures(running: Running) -> None:
    """The same while the action server is dead, and straight at the doors behind the gateway."""
    person = Person(running.gateway.url)
    running.kill("actions")
    try:
        person.say(f"我想反映{NAME}的事，电话{PHONE}")
        running.telegram.user_says(CHAT + 2, f"我想反映{NAME}的事，电话{PHONE}")
        wait_until(lambda: running.telegram.sent_to(CHAT + 2), "not answered without actions")
    finally:
        running.start_actions()
    rasa = {"Authorization": "Bearer test"}
    address = f"http://127.0.0.1:{running.rasa_port}/webhooks/rest/webhook"
    for metadata in ({"message": NAME}, {"message": 1}):
        httpx.post(
            address,
            json={"sender": "x.1", "message": f"反映{NAME}", "metadata": metadata},
            headers=rasa,
            timeout=HUNG_SECONDS,
        )
    httpx.post(address, content=f'{{"sender": "{NAME}'.encode(), headers=rasa, timeout=HUNG_SECONDS)
    actions = f"http://127.0.0.1:{running.actions_port}/webhook?token=test"
    httpx.post(
        actions,
        json={"next_action": "action_made_up", "tracker": {"latest_message": {"text": NAME}}},
        timeout=HUNG_SECONDS,
    )
    httpx.post(actions, content=NAME.encode(), timeout=HUNG_SECONDS)


def left_behind(running: Running, since: float) -> list[Path]:
    """Every file of the three processes, and everything written in the house since."""
    ours = [file for file in running.folder.rglob("*") if file.is_file() and "compiled" not in file.parts]
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in NOT_OURS]
        for file in (Path(folder) / name for name in files):
            with suppress(FileNotFoundError):  # of another test, and gone meanwhile: it holds nothing
                ours += [file] if file.stat().st_mtime >= since else []
    return ours


def disguises(secret: str) -> list[bytes]:
    """How it may stand in a file: plainly, escaped for JSON or Python, in an address, in two bytes a character."""
    return [
        secret.encode(),
        json.dumps(secret)[1:-1].encode(),
        quote(secret).encode(),
        repr(secret.encode())[2:-1].encode(),
        secret.encode("utf-16-le"),
    ]


def test_nothing_personal_stands_in_any_log_file_or_the_raw_database(running: Running) -> None:
    since = time.time()
    secrets = [NAME, PHONE, CARD, WORD, str(CHAT), TOKEN, *by_web(running)]
    by_telegram(running)
    by_family(running)
    with_failures(running)
    running.gateway.cli("reports", "list", "--json")
    running.gateway.cli("outbox", "list", "--json")
    files = left_behind(running, since)
    names = {file.name for file in files}
    assert {"hutong.db", "gateway.log", "actions.log", "rasa.log"} <= names
    database = sqlite3.connect(running.folder / "var" / "hutong.db")
    assert database.execute("select count(*) from reports where severity = 'S0'").fetchone()[0] >= 2
    for file in files:
        content = file.read_bytes() if file.exists() else b""
        for number, secret in enumerate(secrets):
            assert not any(one in content for one in disguises(secret)), f"secret {number} stands in {file.name}"
