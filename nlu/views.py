"""One linear machine over three views of a sentence: how it is written, how it sounds, what stands near what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
TINY = 1e-12
CLOSE_ENOUGH = 1e-2
"""Slopes change in the fourth digit beyond it, and training takes twice as long."""


def sounded(seen: str) -> str:
    """What the view of sounds is shown of a plain text."""
    return f"^ {sound(seen)} $"


class Views:
    """N-grams of characters and of syllables, pairs of characters apart; each view of unit length times its weight."""

    def __init__(
        self, softness: float, pinyin_weight: float, joined: int, sounds: Callable[[str], str] = sounded
    ) -> None:
        """softness: C of the machine. joined: how many two-sentence examples are added for each intent.

        sounds: `sounded`; for training one that remembers, each sentence is asked for eight times.
        """
        self._sounds = sounds
        self._softness, self._weight, self._joined = softness, pinyin_weight, joined
        self._written, self._heard, self._apart = _written(), _heard(), _apart()
        self._slopes, self._offsets = np.empty((0, 0)), np.empty(0)
        self._readers: list[_Reader] = []
        self.intents: list[str] = []
        """The intents, in the order of the columns of `scores`."""

    def fit(self, texts: list[str], intents: list[str]) -> Views:
        """Learn from raw texts and their intents."""
        from sklearn.svm import LinearSVC  # only training needs it: a second less at every start

        seen = [plain(text) for text in texts]
        self._written.fit(map(_framed, seen))
        self._heard.fit(map(self._sounds, seen))
        self._apart = _apart(_repeated(seen)).fit(seen)
        pairs = _joined(seen, intents, self._joined)
        machine = LinearSVC(C=self._softness, class_weight="balanced", random_state=SEED, tol=CLOSE_ENOUGH)
        machine.fit(self._look(seen + [text for text, _ in pairs]), intents + [intent for _, intent in pairs])
        # A row for each term, in the type the product is made in: else every message would copy it all.
        self._slopes, self._offsets = np.ascontiguousarray(machine.coef_.T, dtype=np.float32), machine.intercept_
        self.intents = [str(name) for name in machine.classes_]
        self._read_singly()
        return self

    def scores(self, texts: list[str]) -> np.ndarray:
        """Decision values, one row for each raw text, one column for each intent."""
        return np.array([self._score(plain(text)) for text in texts])

    def _score(self, seen: str) -> np.ndarray:
        """What `_look` and a product would give, without a matrix: for one message, making it was most of the work."""
        found = self._offsets.copy()
        for reader in self._readers:
            at, weights = reader.weights(seen)
            found += weights @ self._slopes[at]
        return found

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
        return hstack([view.weight * view.of.transform(map(view.shown, seen)) for view in self._views()], format="csr")

    def _views(self) -> tuple[_View, ...]:
        """In the order of the rows of the slopes."""
        return (
            _View(self._written, 1.0, _framed),
            _View(self._heard, self._weight, self._sounds),
            _View(self._apart, APART_WEIGHT, str),
        )

    def _read_singly(self) -> None:
        """Make ready for messages one by one; after learning, and after taking up what was learned."""
        begins, self._readers = 0, []
        for view in self._views():
            self._readers.append(_Reader(view, begins))
            begins += len(view.of.vocabulary_)

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
        self._read_singly()


@dataclass(frozen=True)
class _View:
    """One view: how terms are counted, what it weighs, what it is shown of a text."""

    of: TfidfVectorizer
    weight: float
    shown: Callable[[str], str]


class _Reader:
    """A view taken apart into what sklearn checks and makes anew at every call."""

    def __init__(self, view: _View, begins: int) -> None:
        """begins: its first row of the slopes."""
        self._view, self._begins = view, begins
        self._terms, self._places, self._rarity = view.of.build_analyzer(), view.of.vocabulary_, view.of.idf_

    def weights(self, seen: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the slopes and a weight for each: of unit length times the view's weight; none where all is new."""
        terms = self._terms(self._view.shown(seen))
        counted = Counter(place for term in terms if (place := self._places.get(term)) is not None)
        at = np.fromiter(counted, int, len(counted))
        weights = (1 + np.log(np.fromiter(counted.values(), float, len(counted)))) * self._rarity[at]
        return self._begins + at, weights * (self._view.weight / max(float(np.linalg.norm(weights)), TINY))


def _framed(seen: str) -> str:
    """With marks of where it begins and ends: 没有 as the whole answer is not the 没有 amid a sentence."""
    return f"^{seen.strip()}$"


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
