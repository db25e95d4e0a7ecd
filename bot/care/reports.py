"""Reports: the door to triage, moves and the names of things, exactly as reports.yml says. Pure."""

from bot.care.catalogue import (
    allowed_values,
    category_label,
    is_s0,
    public_status,
    severity_label,
    sign_ids,
)
from bot.care.moves import Move, move
from bot.care.triage import Triage, severity_of, triage

__all__ = [
    "Move",
    "Triage",
    "allowed_values",
    "category_label",
    "is_s0",
    "move",
    "public_status",
    "severity_label",
    "severity_of",
    "sign_ids",
    "triage",
]
