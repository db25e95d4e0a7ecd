"""Asking for many rows by name in one statement, however many: the names travel as one argument, not as one each.

Each database takes a list in its own way. A statement with thousands of arguments is taken apart by the driver every
time: for a county's morning that was more work than everything else in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, String, any_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute


def among(
    dialect: str, column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], names: Iterable[str]
) -> ColumnElement[bool]:
    """Whether a text column holds one of these. `dialect`: as `Work.dialect` says."""
    listed = list(names)
    if dialect == "postgresql":
        return column == any_(literal(listed, ARRAY(String)))
    return column.in_(select(func.json_each(json.dumps(listed)).table_valued("value").c.value))
