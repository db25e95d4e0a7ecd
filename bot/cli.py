"""`hutong`: the command line for operators. 帮助: hutong --help

Exit status: 0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from bot import jobs as timetable
from bot import settings as configuration
from bot import texts
from bot.care import calendar, roles
from bot.clock import utc_now
from bot.reading import places
from bot.services import archives, duty, journal, staff
from bot.services.work import Work
from bot.storage.crypto import KeyFileError, Vault
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Conversation, Outbox, Report

app = typer.Typer(help="护童 Hutong: 运维命令 / operator's commands", no_args_is_help=True, add_completion=False)
staff_app = typer.Typer(help="工作人员账号 / staff accounts", no_args_is_help=True)
jobs_app = typer.Typer(help="定时任务 / the timetable", no_args_is_help=True)
reports_app = typer.Typer(help="报告 / reports (no content)", no_args_is_help=True)
outbox_app = typer.Typer(help="发件箱 / outbox (no content)", no_args_is_help=True)
audit_app = typer.Typer(help="日志链 / the journal's chain", no_args_is_help=True)
for name, part in (
    ("staff", staff_app),
    ("jobs", jobs_app),
    ("reports", reports_app),
    ("outbox", outbox_app),
    ("audit", audit_app),
):
    app.add_typer(part, name=name)

MOMENT = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M"]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / print as JSON")]


def _refuse(reason: str) -> typer.Exit:
    typer.echo(reason, err=True)
    return typer.Exit(1)


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _table(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        _print(rows)
        return
    for row in rows:
        typer.echo("\t".join(str(value) for value in row.values()))


def _settings() -> configuration.Settings:
    try:
        return configuration.load(os.environ)
    except configuration.SettingsError as error:
        raise _refuse(str(error)) from None


def _open() -> tuple[Database, Vault]:
    found = _settings()
    found.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(found.database_url)
    upgrade(database)
    try:
        return database, open_vault(database, found.key_file)
    except KeyFileError as error:
        raise _refuse(str(error)) from None


@contextmanager
def _work() -> Iterator[Work]:
    database, vault = _open()
    with database.begin() as session:
        yield Work(session, vault, utc_now())
    database.close()


@app.command()
def init() -> None:
    """准备数据目录、密钥和数据库 / prepare the data folder, keys and database."""
    found = _settings()
    found.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    found.var_dir.chmod(0o700)
    token = found.var_dir / "rasa.token"
    if not token.exists():
        descriptor = os.open(token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
    _open()[0].close()


@app.command()
def settings() -> None:
    """列出所有设置 / list every setting with meaning, default and current value (secrets masked)."""
    values = configuration.raw_values(os.environ)
    for setting in configuration.SETTINGS:
        value = "***" if setting.secret and values[setting.name] else values[setting.name]
        typer.echo(f"{configuration.PREFIX}{setting.name}={value}\n    {setting.meaning} (default: {setting.default})")


@staff_app.command("add")
def staff_add(
    name: Annotated[str, typer.Option(help="姓名 / name")],
    role: Annotated[str, typer.Option(help="岗位 / role id, such as child_director")],
    area: Annotated[str, typer.Option(help="区划代码 / division code: village 12, township 9, county 6 digits")],
    department: Annotated[str | None, typer.Option(help="部门 / department of a dept_focal")] = None,
) -> None:
    """新增账号并给出一次性邀请码 / add an account and print its one-time invite code."""
    if len(area) > 2 and places.get(area) is None:
        raise _refuse(f"没有这个区划代码 / no such division code: {area}")
    try:
        with _work() as work:
            invited = staff.add(work, name, role, area, department)
    except ValueError as error:
        raise _refuse(str(error)) from None
    _print({"account": invited.account, "invite_code": invited.code, "area": places.full_name(area)})


@staff_app.command("list")
def staff_list(as_json: AsJson = False) -> None:
    """列出账号 / list accounts."""
    with _work() as work:
        rows = [
            {
                "account": account.uid,
                "name": staff.name_of(work, account),
                "state": account.state,
                "posts": [f"{post.role} {post.area}" for post in posts],
            }
            for account, posts in staff.everybody(work)
        ]
    if as_json:
        _print(rows)
        return
    for row in rows:
        named = [post.partition(" ") for post in row["posts"]]
        posts = "、".join(f"{places.full_name(area)}{roles.label_zh(role)}" for role, _, area in named)
        typer.echo(f"{row['account']}  {row['state']:10}  {row['name']}  {posts}")


@staff_app.command("suspend")
def staff_suspend(account: str) -> None:
    """停用账号，立即失去全部权限 / suspend an account; all access ends at once."""
    with _work() as work:
        if not staff.suspend(work, account):
            raise _refuse(f"没有这个账号 / no such account: {account}")
    typer.echo("已停用 / suspended")


@staff_app.command("invite")
def staff_invite(account: str) -> None:
    """重发邀请码，旧码作废 / a fresh invite code; the old one stops working."""
    with _work() as work:
        _print({"account": account, "invite_code": staff.invite(work, account)})


@staff_app.command("duty")
def staff_duty(
    area: Annotated[str, typer.Option(help="县级区划代码 / county code, 6 digits")],
    account: Annotated[str, typer.Option(help="值班人员账号 / account of the duty officer")],
    begin: Annotated[datetime, typer.Option("--from", formats=MOMENT, help="开始 / from")],
    end: Annotated[datetime, typer.Option("--to", formats=MOMENT, help="结束 / to")],
    deputy: Annotated[str | None, typer.Option(help="副班账号 / account of the deputy")] = None,
) -> None:
    """排班：紧急报告先通知谁 / put a duty officer on the county's roster; without a zone the time is Shanghai's."""
    since, until = (at if at.tzinfo else at.replace(tzinfo=calendar.ZONE) for at in (begin, end))
    with _work() as work:
        refusal = duty.enter(work, area, account, since, until, deputy)
        if refusal is not None:
            raise _refuse(f"{texts.phrase(f'refusal.{refusal}')} / {refusal}")
    typer.echo("已排班 / entered")


@jobs_app.command("list")
def jobs_list() -> None:
    """列出定时任务 / list the ticks."""
    for job in timetable.JOBS:
        typer.echo(f"{job.name}\t每 {job.every_seconds} 秒 / every {job.every_seconds} s")


@jobs_app.command("run")
def jobs_run(
    name: str,
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%S%z"], help="时刻 / moment")] = None,
) -> None:
    """立即运行一个任务，可指定时刻 / run one tick, as if it were the given moment; prints its counts."""
    database, vault = _open()
    try:
        _print(timetable.run(database, vault, name, at or utc_now()))
    except KeyError as error:
        raise _refuse(str(error.args[0])) from None
    finally:
        database.close()


@reports_app.command("list")
def reports_list(as_json: AsJson = False) -> None:
    """列出报告（不含内容）/ list reports without content."""
    with _work() as work:
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
    _table(rows, as_json)


@outbox_app.command("list")
def outbox_list(as_json: AsJson = False) -> None:
    """列出发件箱（不含内容）/ list the outbox without content."""
    with _work() as work:
        found = work.session.execute(
            select(Outbox, Conversation.channel)
            .join(Conversation, Conversation.uid == Outbox.conversation)
            .order_by(Outbox.id)
        ).all()
        rows: list[dict[str, Any]] = [
            {
                "id": row.id,
                "key": row.key,
                "channel": channel,
                "conversation": row.conversation,
                "state": row.state,
                "push": row.push,
                "natural_key": row.natural_key,
                "not_before": row.not_before.isoformat(),
                "sent_at": row.sent_at.isoformat() if row.sent_at else None,
            }
            for row, channel in found
        ]
    _table(rows, as_json)


@audit_app.command("verify")
def audit_verify() -> None:
    """校验日志链 / verify the journal's hash chain."""
    with _work() as work:
        verdict = journal.verify(work)
    if verdict.first_wrong is not None:
        raise _refuse(f"日志链在第 {verdict.first_wrong} 行断开 / the chain breaks at row {verdict.first_wrong}")
    typer.echo(f"完好 / intact: {verdict.rows}")


@audit_app.command("verify-file")
def audit_verify_file(
    file: Annotated[Path, typer.Argument(help="存档文件 / an archive from the staff page (.zip)")],
    key: Annotated[str | None, typer.Option(help="单位公布的公钥 / the public key the office tells you")] = None,
) -> None:
    """校验导出的存档，不需要数据库 / check an exported archive offline, without any database."""
    try:
        checked = archives.check(file.read_bytes())
    except OSError as error:
        raise _refuse(f"读不了这个文件 / cannot read the file: {error.strerror}") from None
    if key is not None and key.strip().lower() != checked.key:
        checked.wrong.append(("key", checked.key))
    if checked.wrong:
        found = "\n".join(f"  {texts.phrase(f'verify.{kind}')} / {kind}: {where}" for kind, where in checked.wrong)
        raise _refuse(f"对不上，这个存档不能用作凭据 / does not fit, not to be relied on:\n{found}")
    typer.echo(f"完好 / intact: {checked.number}，{checked.entries} + {checked.rows}")
    typer.echo(f"签名公钥 / signed with: {checked.key}")
    if key is None:
        typer.echo("请跟导出单位公布的公钥核对 / compare it with the key the office tells you")


@audit_app.command("public-key")
def audit_public_key() -> None:
    """本单位存档的公钥 / the public key our archives are checked with."""
    database, vault = _open()
    database.close()
    typer.echo(archives.public_key(vault))


if __name__ == "__main__":
    app()
