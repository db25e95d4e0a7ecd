"""A proof inside a button that only its receiver has: it lets an anonymous person act from a new conversation."""

from __future__ import annotations

import hmac

from bot.services.work import Work

LENGTH = 18


def give(work: Work, purpose: str, uid: str) -> str:
    """The proof for one purpose and one row; short enough for a button (64 bytes with a name and the id)."""
    return work.vault.blind(f"pass {purpose}", uid)[:LENGTH]


def tap(work: Work, purpose: str, uid: str) -> str:
    """The value of a button that carries the proof: "<purpose>:<id>:<proof>"."""
    return f"{purpose}:{uid}:{give(work, purpose, uid)}"


def holds(work: Work, purpose: str, uid: str, proof: str) -> bool:
    """Whether a proof is the right one."""
    return hmac.compare_digest(give(work, purpose, uid), proof)
