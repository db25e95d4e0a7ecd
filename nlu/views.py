"""One linear machine over two views of a sentence: how it is written and how it sounds."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.features import plain, sound

SEED = 7
ANY_SYLLABLE = r"\S+"  # by default sklearn drops words of one letter
NGRAMS = (1, 3)
CLOSE_ENOUGH = 1e-2
"""Slopes change in the fourth digit beyond it, and training takes twice as long."""


class TwoViews:
    """Character and syllable n-grams, each view of unit length times its weight, and a support vector machine."""

    def __init__(self, softness: float, pinyin_weight: float, joined: int) -> None:
        """softness: C of the machine. joined: how many two-sentence examples are added for each intent."""
        self._softness, self._weight, self._joined = softness, pinyin_weight, joined
        self._written, self._heard = _written(), _heard()
        self._slopes, self._offsets = np.empty((0, 0)), np.empty(0)
        self.intents: list[str] = []
        """The intents, in the order of the columns of `scores`."""

    def fit(self, texts: list[str], intents: list[str]) -> TwoViews:
        """Learn from raw texts and their intents."""
        from sklearn.svm import LinearSVC  # only training needs it: a second less at every start

        seen = [plain(text) for text in texts]
        self._written.fit(map(_framed, seen))
        self._heard.fit(map(_sounded, seen))
        pairs = _joined(seen, intents, self._joined)
        machine = LinearSVC(C=self._softness, class_weight="balanced", random_state=SEED, tol=CLOSE_ENOUGH)
        machine.fit(self._look(seen + [text for text, _ in pairs]), intents + [intent for _, intent in pairs])
        # A row for each term, in the type the product is made in: else every message would copy it all.
        self._slopes, self._offsets = np.ascontiguousarray(machine.coef_.T, dtype=np.float32), machine.intercept_
        self.intents = [str(name) for name in machine.classes_]
        return self

    def scores(self, texts: list[str]) -> np.ndarray:
        """Decision values, one row for each raw text, one column for each intent."""
        seen = self._look([plain(text) for text in texts]).astype(np.float32)
        return np.asarray(seen @ self._slopes + self._offsets)

    def _look(self, seen: list[str]) -> csr_matrix:
        heard = self._heard.transform(map(_sounded, seen))
        return hstack([self._written.transform(map(_framed, seen)), self._weight * heard], format="csr")

    def learned(self) -> dict[str, np.ndarray]:
        """All that was learned, as plain arrays of numbers and texts."""
        found = {"slopes": self._slopes, "offsets": self._offsets, "intents": np.array(self.intents)}
        for name, view in (("written", self._written), ("heard", self._heard)):
            found[f"{name}_terms"] = view.get_feature_names_out().astype(str)
            found[f"{name}_rarity"] = view.idf_
        return found

    def restore(self, learned: Mapping[str, np.ndarray]) -> None:
        """Take up what `learned` gave."""
        self._slopes, self._offsets = learned["slopes"], learned["offsets"]
        self.intents = [str(name) for name in learned["intents"]]
        self._written = _written([str(term) for term in learned["written_terms"]])
        self._heard = _heard([str(term) for term in learned["heard_terms"]])
        self._written.idf_, self._heard.idf_ = learned["written_rarity"], learned["heard_rarity"]


def _framed(seen: str) -> str:
    """With marks of where it begins and ends: 没有 as the whole answer is not the 没有 amid a sentence."""
    return f"^{seen.strip()}$"


def _sounded(seen: str) -> str:
    return f"^ {sound(seen)} $"


def _written(terms: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=NGRAMS, sublinear_tf=True, vocabulary=terms)


def _heard(terms: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="word", token_pattern=ANY_SYLLABLE, ngram_range=NGRAMS, sublinear_tf=True, vocabulary=terms
    )


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
