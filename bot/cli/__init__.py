"""`hutong`: the command line for operators, one file per noun. 帮助: hutong --help

Exit status: 0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import os
import secrets
from typing import Annotated

import typer

from bot import settings as configuration
from bot.cli import assess, audit, breach, children, contact, erase, jobs, keys, outbox, rehearse, reports, staff
from bot.cli.opening import open_database, read_settings
from bot.storage.crypto import make_key_file

app = typer.Typer(help="护童 Hutong: 运维命令 / operator's commands", no_args_is_help=True, add_completion=False)
PARTS = {
    "staff": staff,
    "children": children,
    "jobs": jobs,
    "reports": reports,
    "outbox": outbox,
    "audit": audit,
    "keys": keys,
    "breach": breach,
    "contact": contact,
}
for name, part in PARTS.items():
    app.add_typer(part.app, name=name)

app.command("assess")(assess.assess)
app.command("erase")(erase.erase)
app.command("rehearse")(rehearse.rehearse)


@app.command()
def init(
    database: Annotated[
        bool, typer.Option(help="数据库也准备好；在别处时不用 / the database too; not where it lives elsewhere")
    ] = True,
) -> None:
    """准备数据目录、密钥和数据库 / prepare the data folder, keys and database."""
    found = read_settings()
    found.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    found.var_dir.chmod(0o700)
    token = found.var_dir / "rasa.token"
    if not token.exists():
        descriptor = os.open(token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
    if database:
        open_database()[0].close()
    elif not found.key_file.exists():
        make_key_file(found.key_file)  # the first process on the new database proves itself by it


@app.command()
def settings() -> None:
    """列出所有设置 / list every setting with meaning, default and current value (secrets masked)."""
    values = configuration.raw_values(os.environ)
    for setting in configuration.SETTINGS:
        value = "***" if setting.secret and values[setting.name] else values[setting.name]
        typer.echo(f"{configuration.PREFIX}{setting.name}={value}\n    {setting.meaning} (default: {setting.default})")
