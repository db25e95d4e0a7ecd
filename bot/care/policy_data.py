"""Reading the shipped policy data: each file once, on first use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "policy"


@cache
def read(name: str) -> dict[str, Any]:
    """The content of policy/<name>.yml. Callers treat it as frozen."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader
    if not isinstance(content, dict):
        raise ValueError(f"policy/{name}.yml is not a mapping")
    return content
