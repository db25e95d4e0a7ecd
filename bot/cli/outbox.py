"""`hutong outbox`: what was and will be sent, without content."""

from __future__ import annotations

from typing import Any

import typer
from sqlalchemy import select

from bot.cli.opening import AsJson, at_work, show_rows
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
