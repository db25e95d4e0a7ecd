"""Stock Rasa as somebody would set it up from the documentation: jieba, DIET, SQL tracker store, REST channel.

The same nine turns as ours: a form of six free-text questions. No action server, no durability of ours: the lighter
task of the two. Rasa's empty answer would count as a fast turn, so every turn must be answered.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot import shipped
from tests.faults.gateway_process import ROOT, free_port, wait_until

EXAMPLES = 12  # how fast it answers does not hang on how much it learned, and it has to be trained for every run
ASKED = ("what", "place", "since", "child", "teller", "reply")
ANSWERS = ("不上学", "公主岭市响水镇姜家店村", "上个月", "不知道叫啥", "匿名", "可以")
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
STARTS_WITHIN = 300.0


def _write(folder: Path, name: str, content: Any) -> None:
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for entry in shipped.content(file)["nlu"]:
            if "intent" in entry:
                lines = [line.removeprefix("- ") for line in entry["examples"].splitlines() if line]
                found.setdefault(entry["intent"], []).extend(lines)
    return {intent: lines[:EXAMPLES] for intent, lines in found.items()}


def make(folder: Path) -> None:
    """Write the stock project."""
    sentences = _sentences()
    _write(folder, "nlu.yml", {
        "version": "3.1",
        "nlu": [{"intent": i, "examples": "".join(f"- {line}\n" for line in lines)} for i, lines in sentences.items()],
    })  # fmt: skip

    def answer_to(name: str) -> dict[str, Any]:
        return {"type": "from_text", "conditions": [{"active_loop": "report_form", "requested_slot": name}]}

    _write(folder, "domain.yml", {
        "version": "3.1",
        "intents": list(sentences),
        "slots": {name: {"type": "text", "mappings": [answer_to(name)]} for name in ASKED},
        "forms": {"report_form": {"required_slots": list(ASKED)}},
        "responses": {
            **{f"utter_ask_{name}": [{"text": f"请说{name}"}] for name in ASKED},
            "utter_hello": [{"text": "您好"}],
            "utter_done": [{"text": "已收到"}],
        },
    })  # fmt: skip
    ends = {"rule": "ends", "condition": [{"active_loop": "report_form"}], "steps": [
        {"action": "report_form"}, {"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]},
        {"action": "utter_done"},
    ]}  # fmt: skip
    opens = {"rule": "opens", "steps": [
        {"intent": "report_concern"}, {"action": "report_form"}, {"active_loop": "report_form"},
    ]}  # fmt: skip
    greets = {"rule": "greets", "steps": [{"intent": "greet"}, {"action": "utter_hello"}]}
    _write(folder, "rules.yml", {"version": "3.1", "rules": [opens, ends, greets]})
    _write(folder, "config.yml", {
        "recipe": "default.v1", "assistant_id": "stock", "language": "zh",
        "pipeline": [
            {"name": "JiebaTokenizer"}, {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": 25}, {"name": "FallbackClassifier", "threshold": 0.1},
        ],
        "policies": [{"name": "RulePolicy"}],
    })  # fmt: skip
    _write(folder, "endpoints.yml", {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "tracker.db"}})
    _write(folder, "credentials.yml", {"rest": None})


class Stock:
    """Stock Rasa, trained and running on loopback. `turns`: the talk to measure, all of which it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.turns: tuple[str, ...] = ()
        self._env = {**os.environ, **QUIET}
        self._process: subprocess.Popen[bytes] | None = None
        make(folder)

    def start(self) -> None:
        """Train and start; the log is in the folder."""
        rasa = str(ROOT / ".venv-rasa" / "bin" / "rasa")
        with (self.folder / "stock.log").open("ab") as log:
            train = [rasa, "train", "--data", "nlu.yml", "rules.yml", "--out", "models"]
            subprocess.run(train, cwd=self.folder, env=self._env, stdout=log, stderr=log, check=True)
            run = [rasa, "run", "-i", "127.0.0.1", "-p", str(self.port), "--endpoints", "endpoints.yml"]
            self._process = subprocess.Popen(run, cwd=self.folder, env=self._env, stdout=log, stderr=log)
        wait_until(self._ready, "stock Rasa did not start", STARTS_WITHIN)
        sentences = _sentences()
        hello = self._understood(sentences["greet"], "您好") or "/greet"
        opens = self._understood(sentences["report_concern"], f"请说{ASKED[0]}") or "/report_concern"
        self.turns = (hello, opens, *ANSWERS, hello)

    def _understood(self, sentences: list[str], answer: str) -> str | None:
        """The first sentence of its own training data that so short a training taught it.

        None: there is none; naming the intent outright spares it the reading, in its favour.
        """
        for number, sentence in enumerate(sentences):
            sent = {"sender": f"{answer}{number}", "message": sentence}
            said = httpx.post(self.address, json=sent, timeout=20).json()
            if [one.get("text") for one in said] == [answer]:
                return sentence
        return None

    def _ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "stock.log").read_text(errors="replace")[-2000:]
        try:
            answer = httpx.post(self.address, json={"sender": "warm", "message": "你好"}, timeout=10)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    @property
    def address(self) -> str:
        """The REST door."""
        return f"http://127.0.0.1:{self.port}/webhooks/rest/webhook"

    def stop(self) -> None:
        """End it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
