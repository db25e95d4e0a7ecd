"""The doors are as patient here as under tests/faults."""

from __future__ import annotations

from tests.faults.conftest import without_hurry

__all__ = ["without_hurry"]
