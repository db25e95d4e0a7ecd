"""Honest confidence: one temperature, found on voices that were left out of training."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import GroupKFold, StratifiedKFold

from nlu.views import TwoViews

FOLDS = 4
COLDEST, WARMEST = 0.02, 2.0


def probabilities(scores: np.ndarray, warmth: float) -> np.ndarray:
    """Decision values (messages x intents) as probabilities; each row sums to 1."""
    return np.asarray(softmax(scores / warmth, axis=1))


def temperature(fresh: Callable[[], TwoViews], texts: list[str], intents: list[str], voices: list[str]) -> float:
    """The temperature under which confidence matches how often a stranger's sentence is understood.

    `fresh` makes an untrained classifier. Each voice is left out once: an author's other sentences are far easier
    than a stranger's, and a temperature found on them is overconfident. N-grams nobody wrote before are unknown in
    life too, so the views learn anew for each voice left out.
    """
    names = sorted(set(intents))
    values, truth = [], []
    for known, left_out in _folds(texts, intents, voices):
        learned = fresh().fit([texts[i] for i in known], [intents[i] for i in known])
        if list(learned.intents) != names:
            continue  # an intent that only the voice left out knows cannot be found without it
        values.append(learned.scores([texts[i] for i in left_out]))
        truth += [names.index(intents[i]) for i in left_out]
    if not values:
        return 1.0
    scores = np.vstack(values)

    def surprise(warmth: float) -> float:
        return float(-log_softmax(scores / warmth, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(COLDEST, WARMEST), method="bounded").x)


def _folds(texts: list[str], intents: list[str], voices: list[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One fold for each voice; ordinary folds when all sentences are of one voice."""
    several = len(set(voices))
    if several > 1:
        yield from GroupKFold(several).split(texts, intents, voices)
    else:
        yield from StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, intents)
