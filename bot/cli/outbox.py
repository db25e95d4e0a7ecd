"""`hutong outbox`: what was and will be sent, without content."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select

from bot.care import calendar
from bot.cli.opening import MOMENT, AsJson, at_work, refuse, show, show_rows
from bot.services.mail import restoring
from bot.services.visits import digests
from bot.storage.tables import Conversation, Outbox

app = typer.Typer(help="发件箱 / outbox (no content)", no_args_is_help=True)


@app.command("list")
def outbox_list(as_json: AsJson = False) -> None:
    """列出发件箱（不含内容）/ list the outbox without content."""
    with at_work() as work:
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
    show_rows(rows, as_json)


@app.command("restored")
def outbox_restored(
    lost_at: Annotated[datetime, typer.Argument(formats=MOMENT, help="数据库丢失的时刻 / when the database was lost")],
) -> None:
    """恢复备份之后、启动之前：已发过的不再发第二遍 / after a restore, before the start: nothing is sent twice."""
    moment = lost_at if lost_at.tzinfo is not None else lost_at.replace(tzinfo=calendar.ZONE)
    with at_work() as work:
        if moment > work.now:
            raise refuse("这个时刻还没到（写北京时间）/ this moment is still to come (Chinese time)")
        show(
            {
                "withdrawn": restoring.nothing_twice(work, moment),
                "digests_counted_as_said": digests.count_as_said(work, moment),
            }
        )
