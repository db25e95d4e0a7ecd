"""Whether the child of a wish for 委托照护 counts as left behind once the parent has gone: from what was told, with the
day on which six months are full and it is looked at again (JL-2.1.1, JL-2.1.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading.entrusted import entrusted_plans, journeys
from bot.services.mail import mailbox
from bot.services.work import Work

SIX = 6
"""So many months in a row somebody is away (JL-2.1.2)."""


def say(work: Work, conversation: str, kept: Mapping[str, Any], inbox_id: int) -> None:
    """Answer it; nothing of the question is taken for something told."""
    told = kept["told"]
    away, parent = str(told.get("away") or ""), str(told.get("parent") or "")
    other = entrusted_plans.other_parent(away, parent) or "unknown"
    leaves, lasts = journeys.date_of(away, _told_on(work, kept)), journeys.months(away)
    if lasts is not None and lasts < SIX:
        key, args = "entrusted.wish.left_behind.short", {"length": journeys.length(away)}
    elif leaves is not None:
        full, _ = calendar.add_months(leaves, SIX)
        args = {"day": f"{leaves.month}月{leaves.day}日", "full": f"{full.year}年{full.month}月{full.day}日"}
        key = "entrusted.wish.left_behind.day"
    else:
        key, args = "entrusted.wish.left_behind.open", {}
    args["other"] = texts.phrase(f"entrusted.wish.left_behind.other.{other}")
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _told_on(work: Work, kept: Mapping[str, Any]) -> date:
    """The day from which 下个月九号 counts."""
    return date.fromisoformat(kept["away_on"]) if kept.get("away_as") == kept["told"].get("away") else work.today
