"""`hutong erase`: what is kept of one conversation goes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from bot import texts
from bot.cli.opening import at_work, refuse, show
from bot.services.privacy import erasing


def erase(
    conversation: Annotated[str, typer.Option(help="会话编号 / id of the conversation")],
) -> None:
    """删除一个会话里保存的话和联系方式；已立的报告保留 / erase a conversation's words and address; reports stay."""
    with at_work() as work:
        erased = erasing.conversation(work, conversation)
        if isinstance(erased, str):
            raise refuse(f"{texts.phrase(f'erase.{erased}')} / {erased}")
    show(asdict(erased))
