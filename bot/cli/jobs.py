"""`hutong jobs`: the timetable, and one tick as if it were another moment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot import jobs as timetable
from bot.cli.opening import open_database, refuse, show
from bot.clock import utc_now

app = typer.Typer(help="定时任务 / the timetable", no_args_is_help=True)


@app.command("list")
def jobs_list() -> None:
    """列出定时任务 / list the ticks."""
    for job in timetable.JOBS:
        typer.echo(f"{job.name}\t每 {job.every_seconds} 秒 / every {job.every_seconds} s")


@app.command("run")
def jobs_run(
    name: str,
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%S%z"], help="时刻 / moment")] = None,
) -> None:
    """立即运行一个任务，可指定时刻 / run one tick, as if it were the given moment; prints its counts."""
    database, vault = open_database()
    try:
        show(timetable.run(database, vault, name, at or utc_now()))
    except KeyError as error:
        raise refuse(str(error.args[0])) from None
    finally:
        database.close()
