"""`hutong keys`: a new key for everything that is sealed, while people are served."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.opening import open_database, read_settings, refuse, show
from bot.clock import utc_now
from bot.services import journal
from bot.services.privacy import rotating
from bot.services.work import Work
from bot.storage.crypto import KeyFileError, SealBroken, Vault, add_key
from bot.storage.database import Database

app = typer.Typer(help="密钥 / keys")


@app.callback()
def keys() -> None:
    """密钥 / keys."""


@app.command("rotate")
def keys_rotate(
    resume: Annotated[bool, typer.Option("--resume", help="接着换 / go on, no second new key")] = False,
) -> None:
    """换新密钥，逐批重新加密，旧密钥留给备份 / a fresh key, everything sealed anew; old keys stay for backups."""
    database, _ = open_database()
    key_file = read_settings().key_file
    try:
        if not resume:
            add_key(key_file)
        vault = Vault.load(key_file)
        with database.begin() as session:
            rotating.seal_the_proof(Work(session, vault, utc_now()))
        counts = {place.name: _seal_anew(database, vault, place) for place in rotating.places()}
        with database.begin() as session:
            journal.record(Work(session, vault, utc_now()), "operator", "keys rotated", str(vault.current))
    except KeyFileError as error:
        raise refuse(str(error)) from None
    except SealBroken as error:
        raise refuse(f"有一处密文被改动过，停在这里 / a sealed value was changed, stopped: {error}") from None
    finally:
        database.close()
    show({"key": vault.current, "sealed_anew": {name: count for name, count in counts.items() if count}})


def _seal_anew(database: Database, vault: Vault, place: rotating.Place) -> int:
    """One column to its end, a transaction for each batch."""
    with database.read() as session:
        total = rotating.left(Work(session, vault, utc_now()), place)
    done = 0
    with typer.progressbar(length=total, label=place.name) as bar:
        while done < total:
            with database.begin() as session:
                sealed = rotating.step(Work(session, vault, utc_now()), place)
            if not sealed:
                break
            done += sealed
            bar.update(sealed)
    return done
