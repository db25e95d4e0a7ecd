"""Make data/lexicon/hunch.txt, what `dangers/hunch.py` knows, from the sentences of many people. Wants scikit-learn.

Run again after a sentence of tests/reading has changed: .venv-rasa/bin/python deploy/hunch.py
With --leave-out it writes nothing and prints how the whole danger reader does on each person's sentences when the hunch
has not learned from them: the only figures that say something about strangers.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix, diags
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.reading import danger  # noqa: E402 - found only now
from bot.reading.dangers import hunch  # noqa: E402 - found only now
from bot.reading.normalise import normalise  # noqa: E402

VOICES = ROOT / "tests" / "reading" / "voices"
TAUGHT = ROOT / "tests" / "reading" / "danger_dev.yml"
EVERYDAY = "everyday"
LESSONS = {"emergency": 1, "emergency_or_question": 1, "not_emergency": 0, "concern": 0, "no_emergency": 0, "none": 0}
TAUGHT_COUNTS = 0.5
"""The lexicon was written on these sentences, and they were written with it in mind: they count half."""
SEEN = 2
"""Sentences a piece must occur in."""
KEPT = 30_000
"""Pieces kept in the file: those of the greatest weight."""
PENALTY = 0.05
THRESHOLD = -0.15
"""Where the line is drawn, chosen on people left out: about one harmless sentence in seven is asked about."""

Told = tuple[str, int, float]
"""Plain text, whether it is an emergency, and how much it counts."""


def fingerprint() -> str:
    """Sixteen hex digits over all sentences learned from."""
    total = hashlib.sha256()
    for file in (*sorted(VOICES.glob("*.yml")), TAUGHT):
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def sentences() -> dict[str, list[Told]]:
    """What there is to learn from, by the person who said it."""
    told: dict[str, list[Told]] = {}
    for file in (*sorted(VOICES.glob("*.yml")), TAUGHT):
        counts = TAUGHT_COUNTS if file == TAUGHT else 1.0
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        told[file.stem] = [
            (text, LESSONS[part], counts) for part, texts in said.items() if part in LESSONS for text in texts
        ]
    return told


def learn(told: list[Told]) -> hunch.Learned:
    """A line between the two kinds, through pieces that tell something."""
    found = [hunch.pieces(danger.without_harmless(normalise(text))) for text, _, _ in told]
    seen = Counter(piece for pieces in found for piece in pieces)
    known = sorted(piece for piece, times in seen.items() if times >= SEEN)
    column = {piece: index for index, piece in enumerate(known)}
    rare = np.array([math.log(len(told) / seen[piece]) + 1 for piece in known])
    rows, columns, values = [], [], []
    for row, pieces in enumerate(found):
        for piece in sorted(pieces & column.keys()):
            rows.append(row)
            columns.append(column[piece])
            values.append(len(pieces) ** -0.5)
    counts = csr_matrix((values, (rows, columns)), shape=(len(told), len(known))) @ diags(rare)
    line = LinearSVC(C=PENALTY, class_weight="balanced", random_state=0)
    line.fit(counts, [kind for _, kind, _ in told], sample_weight=[weight for *_, weight in told])
    weights = dict(zip(known, line.coef_[0] * rare, strict=True))
    heavy = sorted(weights, key=lambda piece: (-abs(weights[piece]), piece))[:KEPT]
    whole = {piece: round(weights[piece] * hunch.SCALE) for piece in heavy}
    return hunch.Learned(
        fingerprint(),
        round((float(line.intercept_[0]) - THRESHOLD) * hunch.SCALE) / hunch.SCALE,
        {piece: weight for piece, weight in whole.items() if weight},
    )


def written(known: hunch.Learned) -> str:
    """The file: pieces of one weight on one line."""
    lines: dict[int, list[str]] = {}
    for piece, weight in known.weights.items():
        lines.setdefault(weight, []).append(piece)
    body = [f"{weight}: {' '.join(sorted(pieces))}" for weight, pieces in sorted(lines.items(), reverse=True)]
    return "\n".join([f"made of: {known.made_of}", f"bias: {round(known.bias * hunch.SCALE)}", *body]) + "\n"


def leave_out() -> None:
    """Print, for each person's sentences, how the reader does on them without having learned from them."""
    told = sentences()
    print(f"{'left out':14}{'at once':>9}{'asked':>9}{'missed':>9}{'  | false':>9}{'asked':>9}")  # noqa: T201
    for voice in told:
        if voice == TAUGHT.stem:
            continue
        known = learn([one for name, said in told.items() if name != voice for one in said])
        hunch.learned = lambda known=known: known  # type: ignore[assignment]
        shares = []
        for kind in (1, 0):
            readings = [danger.read(text) for text, is_kind, _ in told[voice] if is_kind == kind]
            at_once = sum(reading.level == "emergency" for reading in readings)
            asked = sum(reading.ask for reading in readings)
            shares += [share / max(1, len(readings)) for share in (at_once, asked, len(readings) - at_once - asked)]
        print(f"{voice:14}" + "".join(f"{share:9.3f}" for share in shares[:5]))  # noqa: T201


if __name__ == "__main__":
    if "--leave-out" in sys.argv[1:]:
        leave_out()
    else:
        everything = [one for said in sentences().values() for one in said]
        hunch.FILE.write_text(written(learn(everything)), encoding="utf-8")
