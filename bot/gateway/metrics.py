"""Numbers for operation, never who or what. Counters of this process, and what the database tells at the moment."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
RASA_SILENT = Counter("hutong_rasa_silent", "Messages answered without Rasa (degraded mode)", registry=REGISTRY)
RASA_SECONDS = Histogram("hutong_rasa_seconds", "Seconds Rasa took for one message", buckets=BUCKETS, registry=REGISTRY)
SENDS = Counter("hutong_sends", "Tries to send, by what became of them", ["fate"], registry=REGISTRY)
LAST_TICK = Gauge("hutong_last_tick_timestamp_seconds", "When this process last looked at the clock", registry=REGISTRY)
STANDING = {
    name: Gauge(f"hutong_{name}", meaning, registry=REGISTRY)
    for name, meaning in (
        ("inbox_pending", "Messages kept and not processed"),
        ("inbox_oldest_seconds", "Age of the oldest of them"),
        ("outbox_due", "Words whose time to be sent has come"),
        ("outbox_oldest_seconds", "For how long the oldest of them has waited"),
        ("emergency_unacknowledged_seconds", "Age of the oldest S0 report nobody has acknowledged"),
        ("clock_overdue_seconds", "For how long nobody has held the clock"),
        ("quarantined", "Messages set aside"),
        ("background_waiting", "Batches handed out to the workers and not done yet"),
        ("background_failed", "Batches given up after all their tries"),
    )
}


def exposition(standing: Mapping[str, float]) -> tuple[bytes, str]:
    """The Prometheus text and its content type. `standing`: what services.load tells; names as in STANDING."""
    for name, value in standing.items():
        STANDING[name].set(value)
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
