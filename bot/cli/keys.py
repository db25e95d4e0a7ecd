"""`hutong keys`: a new key for everything that is sealed, while people are served."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Annotated

import typer

from bot.background import handing
from bot.cli.opening import open_database, read_settings, refuse, show
from bot.clock import utc_now
from bot.services import journal
from bot.services.privacy import rotating
from bot.services.work import Work
from bot.storage.crypto import KeyFileError, SealBroken, Vault, add_key
from bot.storage.database import Database

PASSES, BETWEEN_PASSES = 10, 0.5
LOOK_SECONDS, PATIENCE = 0.2, 300
"""After a minute in which no worker finished a batch the rest is left; batches handed out stay handed out."""
Seal = Callable[[Database, Vault, rotating.Place, int], None]

app = typer.Typer(help="密钥 / keys")


@app.callback()
def keys() -> None:
    """密钥 / keys."""


@app.command("rotate")
def keys_rotate(
    resume: Annotated[bool, typer.Option("--resume", help="接着换 / go on, no second new key")] = False,
    by_workers: Annotated[
        bool, typer.Option("--by-workers", help="交给各工作进程（PostgreSQL）/ let the workers do it (PostgreSQL)")
    ] = False,
) -> None:
    """换新密钥，逐批重新加密，旧密钥留给备份 / a fresh key, everything sealed anew; old keys stay for backups."""
    database, _ = open_database()
    if by_workers and database.is_sqlite:
        raise refuse("SQLite 上没有可分担的工作进程 / there are no workers to share with on SQLite")
    key_file = read_settings().key_file
    try:
        if not resume:
            add_key(key_file)
        vault = Vault.load(key_file)
        with database.begin() as session:
            rotating.seal_the_proof(Work(session, vault, utc_now()))
        sealed, left = _until_nothing_is_left(database, vault, _shared if by_workers else _alone)
        with database.begin() as session:
            journal.record(Work(session, vault, utc_now()), journal.OPERATOR, "keys rotated", str(vault.current))
    except KeyFileError as error:
        raise refuse(str(error)) from None
    except SealBroken as error:
        raise refuse(f"有一处密文被改动过，停在这里 / a sealed value was changed, stopped: {error}") from None
    finally:
        database.close()
    show({"key": vault.current, "sealed_anew": {name: count for name, count in sealed.items() if count}, "left": left})
    if left:
        raise refuse("还有剩下的，请用 --resume 再运行一次 / some are left: run it again with --resume")


def _until_nothing_is_left(database: Database, vault: Vault, seal: Seal) -> tuple[Counter[str], int]:
    """Pass after pass, until two looks in a row find nothing: what others sealed just before the new key was there
    is committed a moment after it."""
    sealed: Counter[str] = Counter()
    quiet = 0
    for _ in range(PASSES):
        for place in rotating.places():
            if before := _left(database, vault, place):
                seal(database, vault, place, before)
                sealed[place.name] += max(before - _left(database, vault, place), 0)
        left = sum(_left(database, vault, place) for place in rotating.places())
        quiet = 0 if left else quiet + 1
        if quiet == 2:
            break
        time.sleep(BETWEEN_PASSES)
    return sealed, left


def _left(database: Database, vault: Vault, place: rotating.Place) -> int:
    with database.read() as session:
        return rotating.left(Work(session, vault, utc_now()), place)


def _alone(database: Database, vault: Vault, place: rotating.Place, total: int) -> None:
    """One column to its end, a transaction for each batch."""
    done = 0
    with typer.progressbar(length=total, label=place.name) as bar:
        while done < total:
            with database.begin() as session:
                sealed = rotating.step(Work(session, vault, utc_now()), place)
            if not sealed:
                break
            done += sealed
            bar.update(sealed)


def _shared(database: Database, vault: Vault, place: rotating.Place, total: int) -> None:
    """One column handed out to the workers, and waited for while any of them gets on with it."""
    with database.begin() as session:
        work = Work(session, vault, utc_now())
        batches = [
            {"place": place.name, "first": first, "last": last, "key": vault.current}
            for first, last in rotating.ranges(work, place)
        ]
        handing.hand_out(work, handing.ROTATE, batches)
    before, still = len(batches), 0
    with typer.progressbar(length=len(batches), label=place.name) as bar:
        while before and still < PATIENCE:
            time.sleep(LOOK_SECONDS)
            with database.read() as session:
                now = handing.waiting(Work(session, vault, utc_now()), handing.ROTATE)
            bar.update(before - now)
            before, still = now, still + 1 if now == before else 0
