"""Run by Rasa's Python: how well a stranger is understood. Every voice of data/nlu is left out of training once.

Voices are left out four or so at a time: with one training for each of them this would take five minutes. Nobody is
judged by a classifier that heard him; that it heard three others less makes the figures a little worse than they are.

Prints progress line by line; the last line is the result as JSON. `understanding.py` starts it.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from bot import shipped
from bot.reading import danger
from nlu import fused, standin, views

standin.install()

from nlu.asked import questions  # noqa: E402
from nlu.calibration import COLDEST, WARMEST, probabilities, seated  # noqa: E402
from nlu.classifier import LinearIntentClassifier, untrained  # noqa: E402
from nlu.fused import Fused  # noqa: E402
from nlu.meaning import Encoder  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "tests" / "nlu" / "strangers"
EMERGENCY, CONCERN, ELSEWHERE = "report_emergency", "report_concern", "out_of_scope"
TABLES = 10
BINS = 10
NEVER = -1e6
WORST = 10
CURVE = (1, 2, 4, 8, 16)
STRANGERS = 5
"""Voices nobody learns from while the learning curve is drawn."""
EACH_SAYS = 200
"""Sentences a voice brings to the learning curve: it is voices that are counted, not sentences."""
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Sentence:
    """One training sentence, what it means and who wrote it."""

    text: str
    intent: str
    voice: str


def sentences() -> list[Sentence]:
    """All sentences of data/nlu without their entity marks."""
    found = []
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in shipped.content(file)["nlu"]:
            if "intent" in block:
                voice = str((block.get("metadata") or {}).get("voice", ""))
                lines = [line[2:] for line in block["examples"].splitlines() if line.startswith("- ")]
                found += [Sentence(_ENTITY.sub(r"\1", line), block["intent"], voice) for line in lines]
    return found


@cache
def encoder() -> Encoder:
    """One for all trainings: nothing is encoded twice."""
    return Encoder(remembers=True)


@cache
def asked() -> list[str]:
    """The reviewed policy questions, read once for all trainings."""
    return questions()


def fresh() -> Fused:
    """An untrained classifier as config.yml sets it up."""
    pipeline = shipped.content(ROOT / "config.yml")["pipeline"]
    ours = next(part for part in pipeline if part["name"].endswith(LinearIntentClassifier.__name__))
    config = {**LinearIntentClassifier.get_default_config(), **ours}
    return untrained(config, encoder()).learning_also(asked())


def left_out(everything: list[Sentence], tables: list[int], table: int, names: list[str]) -> np.ndarray:
    """Scores (sentences of the table's voices x intents) by a classifier that never read these voices."""
    known = [one for one, at in zip(everything, tables, strict=True) if at != table]
    asked = [one.text for one, at in zip(everything, tables, strict=True) if at == table]
    learned = fresh().fit([one.text for one in known], [one.intent for one in known])
    found = np.full((len(asked), len(names)), NEVER)
    found[:, [names.index(name) for name in learned.intents]] = learned.scores(asked)
    return found


def warmth(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature under which these scores surprise least; sentences of an unknown intent do not count."""
    heard = scores[np.arange(len(truth)), truth] > NEVER
    scores, truth = scores[heard], truth[heard]

    def surprise(at: float) -> float:
        return float(-log_softmax(scores / at, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(COLDEST, WARMEST), method="bounded").x)


def f1(truth: np.ndarray, said: np.ndarray) -> dict[int, float]:
    """F1 of each intent that occurs."""
    right, wanted, given = (
        np.bincount(which, minlength=1 + max(truth.max(), said.max())) for which in (truth[truth == said], truth, said)
    )
    return {int(intent): float(2 * right[intent] / (wanted[intent] + given[intent])) for intent in np.unique(truth)}


def macro_f1(truth: np.ndarray, said: np.ndarray) -> float:
    """Mean F1 over the intents that occur."""
    return float(np.mean(list(f1(truth, said).values())))


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of confidence."""
    return sum(abs(said - was) * many for said, was, many in reliability(sure, right)) / len(sure)


def confusions(meant: np.ndarray, answered: np.ndarray, names: list[str]) -> list[tuple[int, str, str]]:
    """The commonest mistakes: how often, what was meant, what was understood."""
    wrong = Counter(zip(meant[meant != answered].tolist(), answered[meant != answered].tolist(), strict=True))
    return [(count, names[meant], names[heard]) for (meant, heard), count in wrong.most_common(WORST)]


def matrix(meant: np.ndarray, answered: np.ndarray, size: int) -> np.ndarray:
    """How often each intent (row) was understood as each (column)."""
    found = np.zeros((size, size), dtype=int)
    np.add.at(found, (meant, answered), 1)
    return found


def reliability(sure: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """For each bin of confidence that occurs: mean confidence, share that was right, how many."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        (float(sure[bins == b].mean()), float(right[bins == b].mean()), int((bins == b).sum())) for b in np.unique(bins)
    ]


def learning_curve(everything: list[Sentence]) -> list[tuple[int, float]]:
    """How well the same strangers are understood (macro-F1) after learning from ever more voices of equal length."""
    draw = random.Random(0)
    said: dict[str, list[Sentence]] = {}
    for one in everything:
        said.setdefault(one.voice, []).append(one)
    voices = sorted(
        voice
        for voice, ones in said.items()
        if len({one.intent for one in ones}) == len({one.intent for one in everything})
    )
    draw.shuffle(voices)
    asked = [one for voice in voices[:STRANGERS] for one in said[voice]]
    known = [one for voice in voices[STRANGERS:] for one in draw.sample(said[voice], min(EACH_SAYS, len(said[voice])))]
    names = sorted({one.intent for one in asked})
    truth = np.array([names.index(one.intent) for one in asked])
    found = []
    for number in CURVE:
        heard = set(voices[STRANGERS:][:number])
        these = [one for one in known if one.voice in heard]
        learned = fresh().fit([one.text for one in these], [one.intent for one in these])
        best = learned.scores([one.text for one in asked]).argmax(axis=1)
        found.append((len(heard), macro_f1(truth, np.array([names.index(learned.intents[i]) for i in best]))))
    return found


def main() -> None:
    """Leave out each voice; print progress, then the result."""
    views.plain, views.sound = cache(views.plain), cache(views.sound)  # each sentence is read for every table
    fused.plain = views.plain
    everything = sentences()
    names = sorted({one.intent for one in everything})
    tables = seated([one.voice for one in everything], TABLES)
    which, meant = np.array(tables), np.array([names.index(one.intent) for one in everything])
    scores = np.empty((len(everything), len(names)))
    for table in range(TABLES):
        began = time.monotonic()
        scores[which == table] = left_out(everything, tables, table, names)
        took = time.monotonic() - began
        sys.stdout.write(f"  voices left out, table {table + 1} of {TABLES}: {took:.0f} s\n")
        sys.stdout.flush()
    chances = np.empty_like(scores)
    for table in range(TABLES):
        others = which != table
        chances[~others] = probabilities(scores[~others], warmth(scores[others], meant[others]))
    answered = chances.argmax(axis=1)
    result = {
        "intents": len(names),
        "sentences": len(everything),
        "tables": TABLES,
        **understood([one.text for one in everything], names, meant, chances),
        "f1": sorted((value, names[intent]) for intent, value in f1(meant, answered).items()),
        "confusions": confusions(meant, answered, names),
        "names": names,
        "matrix": matrix(meant, answered, len(names)).tolist(),
        "bins": reliability(chances.max(axis=1), meant == answered),
        "curve": learning_curve(everything),
        "voices": by_voice(everything, meant, answered),
        "strangers": strangers(everything, names, warmth(scores, meant)),
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


def by_voice(everything: list[Sentence], meant: np.ndarray, answered: np.ndarray) -> list[dict[str, Any]]:
    """How well each voice is understood by those who never heard it."""
    spoke = np.array([one.voice for one in everything])
    return [
        {
            "voice": voice,
            "sentences": int((spoke == voice).sum()),
            "macro_f1": macro_f1(meant[spoke == voice], answered[spoke == voice]),
        }
        for voice in sorted(set(spoke.tolist()))
    ]


def strangers(everything: list[Sentence], names: list[str], at: float) -> list[dict[str, Any]]:
    """Each set of tests/nlu/strangers, after learning from everything, at the temperature left-out voices gave."""
    learned = fresh().fit([one.text for one in everything], [one.intent for one in everything])
    found = []
    for file in sorted(SETS.glob("*.yml")):
        said = shipped.content(file)
        asked = [(text, names.index(intent)) for intent, texts in said.items() for text in texts]
        texts, meant = [text for text, _ in asked], np.array([intent for _, intent in asked])
        chances = probabilities(learned.scores(texts), at)
        found.append({"set": file.stem, "sentences": len(asked), **understood(texts, names, meant, chances)})
    return found


def understood(texts: list[str], names: list[str], meant: np.ndarray, chances: np.ndarray) -> dict[str, float]:
    """The figures of one measurement. A concern is swallowed when it is taken for talk about something else."""
    answered = chances.argmax(axis=1)
    concern = np.isin(meant, [names.index(EMERGENCY), names.index(CONCERN)])
    elsewhere = names.index(ELSEWHERE)
    return {
        "accuracy": float((meant == answered).mean()),
        "macro_f1": macro_f1(meant, answered),
        "ece": calibration_error(chances.max(axis=1), meant == answered),
        "out_of_scope": float((answered == elsewhere)[meant == elsewhere].mean()),
        "swallowed": float((answered == elsewhere)[concern].mean()),
        **emergencies(texts, meant == names.index(EMERGENCY), answered == names.index(EMERGENCY)),
    }


def emergencies(texts: list[str], meant: np.ndarray, heard: np.ndarray) -> dict[str, float]:
    """How many emergencies the classifier, the danger reader or its question catch, and false alarms of both.

    Only the classifier has never read these voices: who corrects the lexicon may know the sentences.
    """
    seen = [danger.read(text) for text in texts]
    loud = np.array([one.level == "emergency" for one in seen])
    asked = np.array([one.ask for one in seen])
    return {
        "emergency_by_classifier": float(heard[meant].mean()),
        "emergency_by_reader": float((loud | asked)[meant].mean()),
        "emergency_by_any": float((heard | loud | asked)[meant].mean()),
        "false_alarms": float((heard | loud)[~meant].mean()),
        "needlessly_asked": float((asked & ~heard & ~loud)[~meant].mean()),
    }


if __name__ == "__main__":
    main()
