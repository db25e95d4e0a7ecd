"""One linear machine over three views of a sentence: how it is written, how it sounds, what stands near what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.features import plain, sound

SEED = 7
ANY_SYLLABLE = r"\S+"  # by default sklearn drops words of one letter
NGRAMS = (1, 3)
APART = 4
"""How far two characters may stand from each other to be seen together: 打了我 and 打过我 share 打…我."""
APART_WEIGHT = 0.7
ENOUGH_KNOWN = 0.3
"""Share of neighbouring pairs from which a message counts as written in words we know."""
CLOSE_ENOUGH = 1e-2
"""Slopes change in the fourth digit beyond it, and training takes twice as long."""


class Views:
    """N-grams of characters and of syllables, pairs of characters apart; each view of unit length times its weight."""

    def __init__(self, softness: float, pinyin_weight: float, joined: int) -> None:
        """softness: C of the machine. joined: how many two-sentence examples are added for each intent."""
        self._softness, self._weight, self._joined = softness, pinyin_weight, joined
        self._written, self._heard, self._apart = _written(), _heard(), _apart()
        self._slopes, self._offsets = np.empty((0, 0)), np.empty(0)
        self.intents: list[str] = []
        """The intents, in the order of the columns of `scores`."""

    def fit(self, texts: list[str], intents: list[str]) -> Views:
        """Learn from raw texts and their intents."""
        from sklearn.svm import LinearSVC  # only training needs it: a second less at every start

        seen = [plain(text) for text in texts]
        self._written.fit(map(_framed, seen))
        self._heard.fit(map(_sounded, seen))
        self._apart = _apart(_repeated(seen)).fit(seen)
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

    def familiar(self, texts: list[str]) -> np.ndarray:
        """How much of each text anybody wrote before, 0 to 1: pairs of neighbours that are known, against ENOUGH_KNOWN.

        Each view has unit length, so the few known pieces of gibberish would count as much as a whole sentence.
        """
        return np.array([self._share_known(_framed(plain(text))) for text in texts])

    def _share_known(self, framed: str) -> float:
        pairs = [framed[at : at + 2] for at in range(len(framed) - 1)]
        known = sum(pair in self._written.vocabulary_ for pair in pairs)
        return min(1.0, known / (ENOUGH_KNOWN * len(pairs)))

    def _look(self, seen: list[str]) -> csr_matrix:
        written, heard = self._written.transform(map(_framed, seen)), self._heard.transform(map(_sounded, seen))
        return hstack([written, self._weight * heard, APART_WEIGHT * self._apart.transform(seen)], format="csr")

    def learned(self) -> dict[str, np.ndarray]:
        """All that was learned, as plain arrays of numbers and texts."""
        found = {"slopes": self._slopes, "offsets": self._offsets, "intents": np.array(self.intents)}
        for name, view in (("written", self._written), ("heard", self._heard), ("apart", self._apart)):
            found[f"{name}_terms"] = view.get_feature_names_out().astype(str)
            found[f"{name}_rarity"] = view.idf_
        return found

    def restore(self, learned: Mapping[str, np.ndarray]) -> None:
        """Take up what `learned` gave."""
        self._slopes, self._offsets = learned["slopes"], learned["offsets"]
        self.intents = [str(name) for name in learned["intents"]]
        self._written = _written([str(term) for term in learned["written_terms"]])
        self._heard = _heard([str(term) for term in learned["heard_terms"]])
        self._apart = _apart([str(term) for term in learned["apart_terms"]])
        self._written.idf_, self._heard.idf_ = learned["written_rarity"], learned["heard_rarity"]
        self._apart.idf_ = learned["apart_rarity"]


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


def _apart(terms: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_pairs, sublinear_tf=True, vocabulary=terms)


def _repeated(seen: list[str]) -> list[str]:
    """The pairs of more than one text: the others are most of all pairs and only make the machine slow."""
    heard = Counter(pair for text in seen for pair in set(_pairs(text)))
    return sorted(pair for pair, times in heard.items() if times > 1) or sorted(heard) or ["…"]


def _pairs(seen: str) -> list[str]:
    """Characters with one to three others between them, in their order."""
    tight = "".join(seen.split())
    return [tight[at] + other for at in range(len(tight)) for other in tight[at + 2 : at + 1 + APART]]


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
