"""`hutong children`: bringing a register, listing it, looking again at who counts as what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from bot import texts
from bot.care import children as rules
from bot.cli import progress
from bot.cli.opening import AsJson, at_work, open_database, refuse, show
from bot.clock import utc_now
from bot.reading.where import places
from bot.services.register import assessing, children, importing, quarterly, reassessing, sheets, spot_checks
from bot.services.register.importing import Brought
from bot.services.work import Work
from bot.storage.tables import Child

AT_ONCE = 100
"""Children whom `reassess` assesses in one transaction: on SQLite whoever writes waits a fifth of a second for it."""

app = typer.Typer(help="儿童名册 / the register of children", no_args_is_help=True)


@app.command("template")
def children_template(
    out: Annotated[Path, typer.Argument(help="写到哪个文件 / file to write, .xlsx")] = Path("儿童名册模板.xlsx"),
) -> None:
    """导入模板 / write the template for `import`."""
    out.write_bytes(sheets.workbook([("儿童名册", importing.template())]))
    typer.echo(str(out))


@app.command("import")
def children_import(
    file: Annotated[Path, typer.Argument(help="CSV 或 XLSX / a table")],
    area: Annotated[str, typer.Option(help="只收这个区划内的 / only children living in this division")] = "22",
    partial: Annotated[bool, typer.Option("--partial", help="有问题的行跳过，其余照收 / take the good rows")] = False,
    both: Annotated[bool, typer.Option("--both", help="疑似重复的也建档 / file possible duplicates as others")] = False,
) -> None:
    """导入名册；有一行不对就全不导入 / bring a register: all or nothing, unless --partial."""
    try:
        table = sheets.rows(file)
    except sheets.Unreadable as error:
        raise refuse(texts.phrase(f"import.{error.code}")) from None
    try:
        with at_work() as work:
            with typer.progressbar(length=2 * (len(table) - 1), label="导入") as bar:
                found = importing.bring(
                    work, table, within=area, partial=partial, both=both, step=lambda _: bar.update(1)
                )
            lines = list(_lines(work, found))
    except importing.Wrong as error:
        raise refuse(str(error)) from None
    for line in lines:
        typer.echo(line)
    typer.echo(
        f"共 {found.rows} 行，建档 {len(found.filed)}，不能收 {len(found.refused)}，疑似重复 {len(found.alike)} / "
        f"rows {found.rows}, filed {len(found.filed)}, refused {len(found.refused)}, alike {len(found.alike)}"
    )
    if found.missing or (not partial and (found.refused or found.alike)):
        raise typer.Exit(1)


def _lines(work: Work, found: Brought) -> list[str]:
    """One line for every row that was not taken, with its reason; nothing of its content."""
    lines = [f"缺少列 / column missing: {name}" for name in found.missing]
    for refused in found.refused:
        column = importing.header(refused.column) if refused.column else ""
        allowed = "、".join(importing.allowed(refused.column)) if refused.column else ""
        reason = texts.phrase(f"import.{refused.reason}").replace("{allowed}", allowed)
        lines.append(f"第{refused.line}行 {column}: {reason} / row {refused.line}: {refused.reason}")
    for alike in found.alike:
        child = work.session.get(Child, alike.child) if alike.child else None
        like = f"档案 {child.number}" if child is not None else f"第{alike.earlier}行"
        lines.append(f"第{alike.line}行 可能就是{like} / row {alike.line}: may be on file already")
    return lines


@app.command("list")
def children_list(
    area: Annotated[str, typer.Option(help="区划代码 / division code")] = "22", as_json: AsJson = False
) -> None:
    """列出在册儿童，只有编号 / list the children on file: numbers and states, no names."""
    with at_work() as work:
        query = select(Child).where(children.inside((area,)), Child.state.in_(children.LISTED))
        found = work.session.scalars(query.order_by(Child.area, Child.number)).all()
        standing = assessing.standing(work, found)
        rows = [
            {
                "number": child.number,
                "area": child.area,
                "state": child.state,
                **standing[child.uid],
                "level": child.level,
                "key_focus": child.key_focus,
                "next_due": child.next_due,
            }
            for child in found
        ]
    if as_json:
        show(rows)
        return
    for row in rows:
        typer.echo(f"{row['number']}  {row['state']:8}  {row['level'] or '—':8}  {places.full_name(str(row['area']))}")


@app.command("reassess")
def children_reassess() -> None:
    """按新口径或年龄变化重新研判，可以中断后接着做 / assess anew whoever is out of date; can be stopped and resumed."""
    database, vault = open_database()
    with database.read() as session:
        total = reassessing.waiting(Work(session, vault, utc_now()))
    assessed = changed = 0
    with progress.told("重新研判", total) as done:
        left = 1
        while left:
            with database.begin() as session:
                counts = reassessing.tick(Work(session, vault, utc_now()), AT_ONCE)
            left, assessed, changed = counts["left"], assessed + counts["assessed"], changed + counts["changed"]
            done(counts["assessed"])
    database.close()
    show({"assessed": assessed, "changed": changed})


@app.command("quarter")
def children_quarter(
    county: Annotated[str, typer.Option(help="县级区划代码 / county code, 6 digits")],
    out: Annotated[Path, typer.Argument(help="写到哪个文件 / file to write, .xlsx")],
    quarter: Annotated[str, typer.Option(help="季度，如 2026-Q4 / quarter; the running one without it")] = "",
) -> None:
    """季度更新录入单 / the worksheet of a quarter for the national system."""
    with at_work() as work:
        out.write_bytes(quarterly.worksheet(work, county, quarter or rules.quarter(work.today)))
    typer.echo(str(out))


@app.command("spot-check")
def children_spot_check(
    county: Annotated[str, typer.Option(help="县级区划代码 / county code, 6 digits")],
    out: Annotated[Path, typer.Argument(help="写到哪个文件 / file to write, .xlsx")],
    year: Annotated[int, typer.Option(help="年份 / year; this one without it")] = 0,
    seed: Annotated[str, typer.Option(help="种子 / seed, to draw again what was drawn elsewhere")] = "",
) -> None:
    """年度档案抽查：抽一次；同一种子，同样的档案 / the yearly check: drawn once, the same with the same seed."""
    with at_work() as work:
        check = spot_checks.draw(work, county, year or work.today.year, seed=seed or None)
        drawn = spot_checks.files(work, check)
        out.write_bytes(spot_checks.sheet(work, check))
        show({"county": county, "year": check.year, "seed": check.seed, "files": check.files, "drawn": len(drawn)})
