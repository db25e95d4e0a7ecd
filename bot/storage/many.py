"""Asking for many rows by name in one statement, however many: the names travel as one argument, not as one each.

Each database takes a list in its own way. A statement with thousands of arguments is taken apart by the driver every
time: for a county's morning that was more work than everything else in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, Select, String, any_, bindparam, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

Texts = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def among(dialect: str, column: Texts, names: Iterable[str]) -> ColumnElement[bool]:
    """Whether a text column holds one of these. `dialect`: as `Work.dialect` says."""
    if dialect == "postgresql":
        return column == any_(literal(listed(dialect, names), ARRAY(String)))
    return column.in_(_each(literal(listed(dialect, names))))


def among_these(dialect: str, column: Texts, name: str = "these") -> ColumnElement[bool]:
    """As `among`, in a statement that is built once: its argument `name` is what `listed` makes."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(String)))
    return column.in_(_each(bindparam(name, type_=String)))


def listed(dialect: str, names: Iterable[str]) -> list[str] | str:
    """Many names as the one argument that this database takes for them."""
    return list(names) if dialect == "postgresql" else json.dumps(list(names))


def _each(names: ColumnElement[str]) -> Select[str]:
    return select(func.json_each(names).table_valued("value").c.value)
