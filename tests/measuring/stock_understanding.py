"""Stock Rasa (jieba, count vectors, DIET) and ours: both learn the same sentences and read the same strangers.

DIET needs minutes for what ours learns in seconds, so both learn a drawn sample only: `EACH` sentences of every intent,
from all voices. `make eval STOCK=1` runs it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot import shipped
from tests.faults.gateway_process import ROOT
from tests.measuring import hearing
from tests.measuring.stock import QUIET

SETS = ROOT / "tests" / "nlu" / "strangers"
EACH, EPOCHS = 35, 60
PIPELINE = [
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS},
]


def sample() -> dict[str, list[str]]:
    """So many sentences of each intent, the same for both."""
    said: dict[str, list[str]] = {}
    for text, intent in hearing.sentences():
        said.setdefault(intent, []).append(text)
    draw = random.Random(0)
    return {intent: draw.sample(texts, min(EACH, len(texts))) for intent, texts in said.items()}


def asked() -> list[tuple[str, str]]:
    """The strangers' sentences and what they mean."""
    files = [shipped.content(file) for file in sorted(SETS.glob("*.yml"))]
    return [(text, intent) for said in files for intent, texts in said.items() for text in texts]


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean F1 over the intents that were meant; pairs of meant and understood."""
    values = []
    for intent in {meant for meant, _ in pairs}:
        right = sum(meant == heard == intent for meant, heard in pairs)
        values.append(2 * right / (sum(m == intent for m, _ in pairs) + sum(h == intent for _, h in pairs)))
    return sum(values) / len(values)


def measure() -> Iterator[tuple[str, str, str]]:
    """Rows of name, figure and goal."""
    texts, meant = zip(*asked(), strict=True)
    yield f"both learn {EACH} sentences an intent, {len(texts)} messages of strangers", "", ""
    for name, learn in (("stock Rasa (jieba, DIET)", _stock), ("ours", _ours)):
        began = time.monotonic()
        heard = learn(sample(), list(texts))
        took = time.monotonic() - began
        value = macro_f1(list(zip(meant, heard, strict=True)))
        yield f"  {name}: macro-F1, learning and reading took {took:.0f} s", f"{value:.3f}", ""


def _stock(said: dict[str, list[str]], texts: list[str]) -> list[str]:
    """What a stock Rasa makes of texts after learning."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _write(home / "nlu.yml", {"version": "3.1", "nlu": [_block(*one) for one in said.items()]})
        _write(
            home / "config.yml",
            {"recipe": "default.v1", "assistant_id": "stock", "language": "zh", "pipeline": PIPELINE},
        )
        _write(home / "domain.yml", {"version": "3.1", "intents": list(said)})
        (home / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        env = {**os.environ, **QUIET, "PYTHONPATH": str(ROOT)}
        rasa = ROOT / ".venv-rasa" / "bin"
        train = [str(rasa / "rasa"), "train", "nlu", "--nlu", "nlu.yml", "--out", "models"]
        subprocess.run(train, cwd=home, env=env, check=True, capture_output=True)
        read = [str(rasa / "python"), "-W", "ignore", "-c", _READ]
        answer = subprocess.run(read, cwd=home, env=env, check=True, capture_output=True, text=True).stdout
    found: list[str] = json.loads(answer.splitlines()[-1])
    return found


def _ours(said: dict[str, list[str]], texts: list[str]) -> list[str]:
    """What our classifier makes of them after learning the same."""
    given = json.dumps({"said": said, "texts": texts})
    command = [str(hearing.RASA), "-W", "ignore", "-c", _LEARN]
    answer = subprocess.run(command, cwd=ROOT, input=given, check=True, capture_output=True, text=True).stdout
    found: list[str] = json.loads(answer.splitlines()[-1])
    return found


def _block(intent: str, texts: list[str]) -> dict[str, str]:
    return {"intent": intent, "examples": "".join(f"- {' '.join(text.split())}\n" for text in texts)}


def _write(file: Path, content: Any) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


_READ = """
import asyncio, glob, json
from rasa.core.agent import Agent
agent = Agent.load(glob.glob("models/*.tar.gz")[0])
async def read():
    return [(await agent.parse_message(text))["intent"]["name"] for text in json.load(open("texts.json"))]
print(json.dumps(asyncio.run(read())))
"""
_LEARN = """
import json, sys
from nlu import standin
standin.install()
from tests.measuring.voices import fresh
given = json.load(sys.stdin)
pairs = [(text, intent) for intent, texts in given["said"].items() for text in texts]
learned = fresh().fit([text for text, _ in pairs], [intent for _, intent in pairs])
print(json.dumps([learned.intents[best] for best in learned.scores(given["texts"]).argmax(axis=1)]))
"""
