"""Asking for the rows whose key begins with something, found by the index of that key."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute


def begins(column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], start: str) -> ColumnElement[bool]:
    """Whether a key begins with `start`, which is not empty. The column sorts by bytes (`tables.base.by_bytes`)."""
    return and_(column >= start, column < start[:-1] + chr(ord(start[-1]) + 1))
