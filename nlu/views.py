"""One linear machine over two views of a sentence: how it is written and how it sounds."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlu.features import plain, sound

SEED = 7
ANY_SYLLABLE = r"\S+"  # by default sklearn drops words of one letter


class TwoViews:
    """Character and syllable n-grams, each view of unit length times its weight, and a support vector machine."""

    def __init__(self, softness: float, pinyin_weight: float, joined: int) -> None:
        """softness: C of the machine. joined: how many two-sentence examples are added for each intent."""
        self._weight, self._joined = pinyin_weight, joined
        self._written = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._heard = TfidfVectorizer(
            analyzer="word", token_pattern=ANY_SYLLABLE, ngram_range=(1, 3), sublinear_tf=True
        )
        self._machine = LinearSVC(C=softness, class_weight="balanced", random_state=SEED)

    @property
    def intents(self) -> np.ndarray:
        """The intents, in the order of the columns of `scores`."""
        return np.asarray(self._machine.classes_)

    def fit(self, texts: list[str], intents: list[str]) -> TwoViews:
        """Learn from raw texts and their intents."""
        seen = [plain(text) for text in texts]
        self._written.fit(seen)
        self._heard.fit(map(sound, seen))
        pairs = _joined(seen, intents, self._joined)
        self._machine.fit(self._look(seen + [text for text, _ in pairs]), intents + [intent for _, intent in pairs])
        return self

    def scores(self, texts: list[str]) -> np.ndarray:
        """Decision values, one row for each raw text, one column for each intent."""
        return np.asarray(self._machine.decision_function(self._look([plain(text) for text in texts])))

    def _look(self, seen: list[str]) -> csr_matrix:
        heard = self._heard.transform(map(sound, seen))
        return hstack([self._written.transform(seen), self._weight * heard], format="csr")

    def parts(self) -> list[Any]:
        """What was learned, for keeping."""
        return [self._written, self._heard, self._machine]

    def restore(self, parts: list[Any]) -> TwoViews:
        """Take up what `parts` gave."""
        self._written, self._heard, self._machine = parts
        return self


def _joined(seen: list[str], intents: list[str], per_intent: int) -> list[tuple[str, str]]:
    """Two sentences of one intent in one breath: written examples are shorter than what people send."""
    draw = random.Random(SEED)  # noqa: S311 - no secret; the same model every time
    said: dict[str, list[str]] = {}
    for text, intent in zip(seen, intents, strict=True):
        said.setdefault(intent, []).append(text)
    return [
        ("".join(draw.sample(texts, 2)), intent)
        for intent, texts in sorted(said.items())
        if len(texts) > 1
        for _ in range(per_intent)
    ]
