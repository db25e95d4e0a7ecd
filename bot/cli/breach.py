"""`hutong breach`: whom a leak concerns."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.opening import MOMENT, AsJson, at_work, refuse, show
from bot.clock import utc_now
from bot.services.privacy import breach

app = typer.Typer(help="数据泄露 / a breach")


@app.callback()
def about() -> None:
    """数据泄露 / a breach."""


@app.command("export")
def breach_export(
    until: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help="泄露的时刻，默认现在 / moment of the leak, now by default")
    ] = None,
    table: Annotated[
        list[str] | None, typer.Option(help="只有这些表泄露，可多次 / only these tables leaked, may be repeated")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """列出要通知谁：编号、数据种类、表、起始时间；不含姓名 / who has to be told: ids and kinds of data, no names."""
    moment = until or utc_now()
    if moment.tzinfo is None:
        moment = moment.astimezone()
    try:
        with at_work() as work:
            found = breach.export(work, moment, table or ())
    except KeyError as error:
        raise refuse(f"这些表里没有加密数据 / no sealed data in: {error.args[0]}") from None
    rows: list[dict[str, str | list[str]]] = [
        {
            "of": one.of,
            "id": one.id,
            "number": one.number or "",
            "since": one.since or "",
            "kinds": sorted(one.kinds),
            "tables": sorted(one.tables),
        }
        for one in found
    ]
    if as_json:
        show(rows)
        return
    for row in rows:
        typer.echo("\t".join("、".join(value) if isinstance(value, list) else value for value in row.values()))
    typer.echo(
        f"共 {len(rows)}；姓名要在工作台用应急查看逐个打开 / names: one by one, by an emergency look on the staff page",
        err=True,
    )
