"""Honest confidence: one temperature, found on voices that were left out of training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

FOLDS = 5
ASKED = 3
"""Tables left out in turn: one number does not need all five, and each takes as long as the training itself."""
COLDEST, WARMEST = 0.02, 2.0


class Learner(Protocol):
    """Whatever learns intents from texts and gives each a score."""

    @property
    def intents(self) -> list[str]:
        """The order of the columns of `scores`."""

    def fit(self, texts: list[str], intents: list[str]) -> Learner:
        """Learn."""

    def scores(self, texts: list[str]) -> np.ndarray:
        """Texts x intents."""


def probabilities(scores: np.ndarray, warmth: float) -> np.ndarray:
    """Decision values (messages x intents) as probabilities; each row sums to 1."""
    return np.asarray(softmax(scores / warmth, axis=1))


def seated(voices: list[str], number: int = FOLDS) -> list[int]:
    """At which of `number` tables the voice of each sentence sits: no voice at two, the longest written first.

    As many trainings as there are voices would take minutes. Sentences of a single voice are dealt out.
    """
    counted = Counter(voices)
    if len(counted) == 1:
        return [index % number for index in range(len(voices))]
    tables, taken = {}, [0] * number
    for voice, wrote in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        tables[voice] = taken.index(min(taken))
        taken[tables[voice]] += wrote
    return [tables[voice] for voice in voices]


def temperature(fresh: Callable[[], Learner], texts: list[str], intents: list[str], voices: list[str]) -> float:
    """The temperature under which confidence matches how often a stranger's sentence is understood.

    `fresh` makes an untrained classifier. Whole voices are left out: an author's other sentences are far easier
    than a stranger's, and a temperature found on them is overconfident. N-grams nobody wrote before are unknown in
    life too, so the views learn anew for each table of voices left out.
    """
    names = sorted(set(intents))
    groups = seated(voices)
    values, truth = [], []
    for group in sorted(set(groups))[:ASKED]:
        known = [i for i, of in enumerate(groups) if of != group]
        left_out = [i for i, of in enumerate(groups) if of == group]
        learned = fresh().fit([texts[i] for i in known], [intents[i] for i in known])
        if learned.intents != names:
            continue  # an intent that only the voice left out knows cannot be found without it
        values.append(learned.scores([texts[i] for i in left_out]))
        truth += [names.index(intents[i]) for i in left_out]
    if not values:
        return 1.0
    scores = np.vstack(values)

    def surprise(warmth: float) -> float:
        return float(-log_softmax(scores / warmth, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(COLDEST, WARMEST), method="bounded").x)
