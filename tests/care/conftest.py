"""Hypothesis without its clock: on a busy machine a slow example is no wrong example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("care", deadline=None)
settings.load_profile("care")
