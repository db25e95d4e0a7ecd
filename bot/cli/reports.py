"""`hutong reports`: the reports, without content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import select

from bot.care import parameters
from bot.cli.opening import MOMENT, AsJson, at_work, refuse, show, show_rows
from bot.services.casework import figures
from bot.services.privacy import letting_go
from bot.storage.tables import Report

# Ours: what the alerting is built for (p99).
SECONDS_TO_STAFF = timedelta(seconds=5)
Number = Annotated[str, typer.Argument(help="报告编号（6位）/ the number of the report")]

_NOT_OPENED = {
    "asked_by_unknown": f"要写明谁依法要的 / say who wants it: {', '.join(letting_go.ASKED_BY)}",
    "document_missing": "要写调取文书的文号，不要写别的号码 / the number of the document, and no other number",
    "nothing_held": "没有这样保留着的联系方式 / nothing is held that could be opened",
}

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


@app.command("hold")
def reports_hold(
    number: Number,
    reason: Annotated[str, typer.Option(help="谁要求保留、为什么 / who wants it kept, and why")],
) -> None:
    """保留一条报告，到期也不删除 / keep a report whatever its time of keeping says (legal hold)."""
    with at_work() as work:
        made = letting_go.hold(work, number, reason) if reason.strip() else None
    if made is None:
        raise refuse(
            "没有这条报告，或内容已到期删除，或没有写原因 / no such report, erased already, or no reason given"
        )
    typer.echo("已保留 / held")


@app.command("release")
def reports_release(number: Number) -> None:
    """不再保留 / end the legal hold of a report."""
    with at_work() as work:
        ended = letting_go.release(work, number)
    if not ended:
        raise refuse("没有保留这条报告 / no hold on this report")
    typer.echo("已解除 / released")


@app.command("held-contact")
def reports_held_contact(
    number: Number,
    asked_by: Annotated[
        str, typer.Option("--for", help=f"谁依法要的 / who wants it by law: {' | '.join(letting_go.ASKED_BY)}")
    ],
    document: Annotated[str, typer.Option(help="调取文书的文号 / the number of its document")],
) -> None:
    """打开依法保留着的、已撤回的报告人的联系方式；会记入日志 / how a reporter who withdrew under a legal hold can be
    reached; the journal keeps it."""
    with at_work() as work:
        words, refusal = letting_go.open_held(work, number, asked_by, document)
    if refusal is not None:
        raise refuse(_NOT_OPENED[refusal])
    for said in words:  # only once the journal has it
        typer.echo(said)


@app.command("holds")
def reports_holds(as_json: AsJson = False) -> None:
    """列出保留着的报告 / list the reports under legal hold."""
    with at_work() as work:
        rows = [{"number": number, "since": one.since.isoformat()} for one, number in letting_go.holds(work)]
    show_rows(rows, as_json)


@app.command("figures")
def reports_figures(
    since: Annotated[datetime | None, typer.Option(formats=MOMENT, help="从什么时候起（默认30天）/ since when")] = None,
    as_json: AsJson = False,
) -> None:
    """紧急报告等了多久：到工作人员手机、到第一句人话 / how long urgent reports waited, from the records."""
    with at_work() as work:
        start = since.astimezone() if since else work.now - timedelta(days=30)
        told, human = figures.until_told(work, start), figures.until_a_human_wrote(work, start)
    goal = timedelta(minutes=parameters.number("report.s0.human_takeover_within"))
    rows = [
        _figure("到工作人员手机 / until staff were told", told, SECONDS_TO_STAFF),
        _figure("到第一句人话 / until a human wrote", human, goal),
    ]
    if as_json:
        show(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['what']}\t{row['reached']}/{row['reports']}\tp50 {row['p50_s']} s\tp99 {row['p99_s']} s"
            f"\t{row['within_goal']} 条在 {row['goal_s']:.0f} 秒内（建议值）/ within the proposed goal"
        )


def _figure(what: str, waits: figures.Waits, goal: timedelta) -> dict[str, Any]:
    half, almost_all = waits.at(0.5), waits.at(0.99)
    return {
        "what": what,
        "reports": waits.of,
        "reached": len(waits.times),
        "p50_s": round(half.total_seconds(), 1) if half is not None else None,
        "p99_s": round(almost_all.total_seconds(), 1) if almost_all is not None else None,
        "goal_s": goal.total_seconds(),
        "within_goal": waits.within(goal),
    }
