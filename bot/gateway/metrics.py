"""Counters for operation: numbers only, never who or what."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
TURNS = Counter("hutong_turns_total", "Messages processed, by what settled them", ["effect"], registry=REGISTRY)
RASA_SILENT = Counter("hutong_rasa_silent_total", "Messages answered without Rasa", registry=REGISTRY)
TURN_SECONDS = Histogram(
    "hutong_turn_seconds",
    "Seconds from taking a kept message to its last reply",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)


def exposition() -> tuple[bytes, str]:
    """The Prometheus text and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
