"""`hutong staff`: accounts, invitations, the duty roster."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot import texts
from bot.care import calendar, roles
from bot.cli.opening import MOMENT, AsJson, at_work, refuse, show
from bot.reading.where import places
from bot.services.staff import accounts, duty, standing_in

app = typer.Typer(help="工作人员账号 / staff accounts", no_args_is_help=True)


@app.command("add")
def staff_add(
    name: Annotated[str, typer.Option(help="姓名 / name")],
    role: Annotated[str, typer.Option(help="岗位 / role id, such as child_director")],
    area: Annotated[str, typer.Option(help="区划代码 / division code: village 12, township 9, county 6 digits")],
    department: Annotated[str | None, typer.Option(help="部门 / department of a dept_focal")] = None,
) -> None:
    """新增账号并给出一次性邀请码 / add an account and print its one-time invite code."""
    if len(area) > 2 and places.get(area) is None:
        raise refuse(f"没有这个区划代码 / no such division code: {area}")
    try:
        with at_work() as work:
            invited = accounts.add(work, name, role, area, department)
    except ValueError as error:
        raise refuse(str(error)) from None
    show({"account": invited.account, "invite_code": invited.code, "area": places.full_name(area)})


@app.command("list")
def staff_list(as_json: AsJson = False) -> None:
    """列出账号 / list accounts."""
    with at_work() as work:
        rows = [
            {
                "account": account.uid,
                "name": accounts.name_of(work, account),
                "state": account.state,
                "posts": [f"{post.role} {post.area}" for post in posts],
            }
            for account, posts in accounts.everybody(work)
        ]
    if as_json:
        show(rows)
        return
    for row in rows:
        named = [post.partition(" ") for post in row["posts"]]
        posts = "、".join(f"{places.full_name(area)}{roles.label_zh(role)}" for role, _, area in named)
        typer.echo(f"{row['account']}  {row['state']:10}  {row['name']}  {posts}")


@app.command("suspend")
def staff_suspend(account: str) -> None:
    """停用账号，立即失去全部权限 / suspend an account; all access ends at once."""
    with at_work() as work:
        if not accounts.suspend(work, account):
            raise refuse(f"没有这个账号 / no such account: {account}")
    typer.echo("已停用 / suspended")


@app.command("invite")
def staff_invite(account: str) -> None:
    """重发邀请码，旧码作废 / a fresh invite code; the old one stops working."""
    with at_work() as work:
        show({"account": account, "invite_code": accounts.invite(work, account)})


@app.command("duty")
def staff_duty(
    area: Annotated[str, typer.Option(help="县级区划代码 / county code, 6 digits")],
    account: Annotated[str, typer.Option(help="值班人员账号 / account of the duty officer")],
    begin: Annotated[datetime, typer.Option("--from", formats=MOMENT, help="开始 / from")],
    end: Annotated[datetime, typer.Option("--to", formats=MOMENT, help="结束 / to")],
    deputy: Annotated[str | None, typer.Option(help="副班账号 / account of the deputy")] = None,
) -> None:
    """排班：紧急报告先通知谁 / put a duty officer on the county's roster; without a zone the time is Shanghai's."""
    since, until = (at if at.tzinfo else at.replace(tzinfo=calendar.ZONE) for at in (begin, end))
    with at_work() as work:
        refusal = duty.enter(work, area, account, since, until, deputy)
        if refusal is not None:
            raise refuse(f"{texts.phrase(f'refusal.{refusal}')} / {refusal}")
    typer.echo("已排班 / entered")


@app.command("away")
def staff_away(
    account: Annotated[str, typer.Argument(help="谁不在 / account of who is away")],
    begin: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="从 / from")],
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="到 / to")],
    deputy: Annotated[str | None, typer.Option(help="谁代理 / account of the deputy")] = None,
) -> None:
    """请假外出：期间由代理人办；没有代理人，由上一级办 / somebody is away; the deputy acts meanwhile."""
    with at_work() as work:
        refusal = standing_in.away(work, account, deputy, begin.date(), end.date())
        if refusal is not None:
            raise refuse(refusal)
    typer.echo("记下了 / noted")


@app.command("hand-over")
def staff_hand_over(leaving: str, taking: str) -> None:
    """离任交接：全部岗位和辖区孩子交给另一人 / all posts of one account go to another; then suspend the first."""
    with at_work() as work:
        count = standing_in.hand_over(work, leaving, taking)
        if count is None:
            raise refuse("没有这个账号，或是同一个人 / no such account, or the same one")
    typer.echo(f"已交接 {count} 个岗位 / posts handed over: {count}")
