"""Reading the shipped policy data: each file once, on first use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bot import shipped

FOLDER = Path(__file__).parent / "policy"


@cache
def read(name: str) -> dict[str, Any]:
    """The content of policy/<name>.yml. Callers treat it as frozen."""
    content = shipped.content(FOLDER / f"{name}.yml")
    if not isinstance(content, dict):
        raise ValueError(f"policy/{name}.yml is not a mapping")
    return content
