"""`hutong audit`: the journal's chain and exported archives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import texts
from bot.cli.opening import at_work, open_database, refuse
from bot.services import journal
from bot.services.casework import archives

app = typer.Typer(help="日志链 / the journal's chain", no_args_is_help=True)


@app.command("verify")
def audit_verify() -> None:
    """校验日志链 / verify the journal's hash chain."""
    with at_work() as work:
        verdict = journal.verify(work)
    if verdict.first_wrong is not None:
        raise refuse(f"日志链在第 {verdict.first_wrong} 行断开 / the chain breaks at row {verdict.first_wrong}")
    typer.echo(f"完好 / intact: {verdict.rows}")


@app.command("verify-file")
def audit_verify_file(
    file: Annotated[Path, typer.Argument(help="存档文件 / an archive from the staff page (.zip)")],
    key: Annotated[str | None, typer.Option(help="单位公布的公钥 / the public key the office tells you")] = None,
    original: Annotated[
        list[Path] | None, typer.Option(help="手里的原件，也对一遍 / an original to compare, may be repeated")
    ] = None,
) -> None:
    """校验导出的存档，不需要数据库 / check an exported archive offline, without any database."""
    try:
        checked = archives.check(file.read_bytes())
        checked.wrong += [("original", str(path)) for path in original or () if not checked.matches(path.read_bytes())]
    except OSError as error:
        raise refuse(f"读不了这个文件 / cannot read the file: {error.strerror}") from None
    if key is not None and key.strip().lower() != checked.key:
        checked.wrong.append(("key", checked.key))
    if checked.wrong:
        found = "\n".join(f"  {texts.phrase(f'verify.{kind}')} / {kind}: {where}" for kind, where in checked.wrong)
        raise refuse(f"对不上，这个存档不能用作凭据 / does not fit, not to be relied on:\n{found}")
    typer.echo(f"完好 / intact: {checked.number}，{checked.entries} + {checked.rows}")
    if checked.brought:
        held = f"共 {checked.brought} 件，存档里有 {checked.held} 件副本 / {checked.held} of {checked.brought} held"
        typer.echo(f"照片、录音、文件 / attachments: {held}")
    typer.echo(f"签名公钥 / signed with: {checked.key}")
    if key is None:
        typer.echo("请跟导出单位公布的公钥核对 / compare it with the key the office tells you")


@app.command("public-key")
def audit_public_key() -> None:
    """本单位存档的公钥 / the public key our archives are checked with."""
    database, vault = open_database()
    database.close()
    typer.echo(archives.public_key(vault))
