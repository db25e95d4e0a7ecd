"""Two opinions on one sentence, added: its letters and sounds, and its meaning; and what the danger reader saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from nlu.asked import INTENT
from nlu.evidence import evidence
from nlu.features import plain
from nlu.meaning import Encoder, Meaning
from nlu.views import Views


class Fused:
    """`Views` and, with a share, `Meaning`. Without the encoder, `Views` alone."""

    def __init__(self, views: Views, encoder: Encoder, share: float) -> None:
        """share: how much a point of meaning counts beside a point of the views; 0 leaves meaning out."""
        self._views, self._encoder, self._share = views, encoder, share
        self._asked: list[str] = []
        self._meaning: Meaning | None = None

    def learning_also(self, asked: Sequence[str]) -> Fused:
        """The same one; `fit` will learn these policy questions too, whoever else is left out."""
        self._asked = list(asked)
        return self

    @property
    def intents(self) -> list[str]:
        """The intents, in the order of the columns of `scores`."""
        return self._views.intents

    def fit(self, texts: list[str], intents: list[str]) -> Fused:
        """Learn from raw texts and their intents."""
        if INTENT in intents:
            texts, intents = texts + self._asked, intents + [INTENT] * len(self._asked)
        self._views.fit(texts, intents)
        if self._share and self._encoder.there:
            self._meaning = Meaning(self._encoder).fit([plain(text) for text in texts], intents, self.intents)
        return self

    def vectors(self, texts: list[str]) -> np.ndarray | None:
        """The meaning of raw texts as `scores` reads it, one row each; None where it is left out."""
        return self._encoder.vectors([plain(text) for text in texts]) if self._meaning is not None else None

    def scores(self, texts: list[str], vectors: np.ndarray | None = None) -> np.ndarray:
        """Decision values, one row for each raw text, one column for each intent; small where nothing is familiar.

        vectors: of these texts, when they are known already.
        """
        found = self._views.scores(texts)
        if self._meaning is not None:
            seen = self.vectors(texts) if vectors is None else vectors
            found = found + self._share * self._meaning.scores(np.asarray(seen))
        found = found + evidence(texts, self.intents)
        return np.asarray(found * self._views.familiar(texts)[:, None])

    def learned(self) -> dict[str, np.ndarray]:
        """All that was learned, as plain arrays of numbers and texts."""
        return {**self._views.learned(), **(self._meaning.learned() if self._meaning else {})}

    def restore(self, learned: Mapping[str, np.ndarray]) -> None:
        """Take up what `learned` gave; its meaning only where the encoder is installed."""
        self._views.restore(learned)
        if "meaning" in learned and self._encoder.there:
            self._meaning = Meaning(self._encoder)
            self._meaning.restore(learned)
