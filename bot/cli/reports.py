"""`hutong reports`: the reports, without content."""

from __future__ import annotations

from typing import Any

import typer
from sqlalchemy import select

from bot.cli.opening import AsJson, at_work, show_rows
from bot.storage.tables import Report

app = typer.Typer(help="报告 / reports (no content)", no_args_is_help=True)


@app.command("list")
def reports_list(as_json: AsJson = False) -> None:
    """列出报告（不含内容）/ list reports without content."""
    with at_work() as work:
        rows: list[dict[str, Any]] = [
            {
                "number": row.number,
                "report": row.uid,
                "state": row.state,
                "severity": row.severity,
                "area": row.area,
                "received_at": row.received_at.isoformat(),
                "acknowledged_at": row.acknowledged_at.isoformat() if row.acknowledged_at else None,
            }
            for row in work.session.scalars(select(Report).order_by(Report.received_at))
        ]
    show_rows(rows, as_json)
