"""Honest confidence: one temperature, found on voices that were left out of training."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.base import clone
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.svm import LinearSVC

FOLDS = 5
COLDEST, WARMEST = 0.02, 2.0


def probabilities(scores: np.ndarray, warmth: float) -> np.ndarray:
    """Decision values (messages x intents) as probabilities; each row sums to 1."""
    return np.asarray(softmax(scores / warmth, axis=1))


def temperature(machine: LinearSVC, seen: csr_matrix, intents: np.ndarray, voices: list[str]) -> float:
    """The temperature under which confidence matches how often a stranger's sentence is understood.

    Each voice is left out once: an author's other sentences are far easier than a stranger's, and a temperature
    found on them is overconfident. With a single voice, ordinary folds are the best there is.
    """
    several = len(set(voices)) > 1
    folds = GroupKFold(len(set(voices))) if several else StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    scores, places = [], []
    names = np.unique(intents)
    for known, left_out in folds.split(seen, intents, voices):
        if len(np.unique(intents[known])) < len(names):
            continue  # a voice that alone knows an intent cannot be missed
        scores.append(clone(machine).fit(seen[known], intents[known]).decision_function(seen[left_out]))
        places.append(np.searchsorted(names, intents[left_out]))
    if not scores:
        return 1.0
    values, truth = np.vstack(scores), np.concatenate(places)

    def surprise(warmth: float) -> float:
        return float(-log_softmax(values / warmth, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(COLDEST, WARMEST), method="bounded").x)
