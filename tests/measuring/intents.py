"""Run by Rasa's Python: what the trained model makes of texts. A JSON list in, one of [intent, confidence, topics] out.

.venv-rasa/bin/python -m tests.measuring.intents MODEL.tar.gz < texts.json
"""

from __future__ import annotations

import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from nlu import standin

standin.install()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from nlu import topics  # noqa: E402
from nlu.classifier import FILE, LinearIntentClassifier  # noqa: E402


class _Storage:
    """The classifier's part of a packed model."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read_from(self, _: Any) -> _Storage:
        return self

    def __enter__(self) -> Path:
        return self._folder

    def __exit__(self, *_: Any) -> None:
        pass


def main() -> None:
    """Read texts, print their intents and the policy topics they are near to in meaning."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(sys.argv[1]) as packed:
        for of in (f"Classifier0/{FILE}", f"/{topics.FILE}"):
            learned = next(part for part in packed.getmembers() if part.name.endswith(of))
            content = packed.extractfile(learned)
            assert content is not None
            (Path(folder) / Path(of).name).write_bytes(content.read())
        storage: Any = _Storage(Path(folder))
        classifier = LinearIntentClassifier.load(LinearIntentClassifier.get_default_config(), storage, None, None)
        ranks = topics.RankTopics.load({}, storage, storage, storage)
    asked = [Message({"text": text}) for text in json.load(sys.stdin)]
    for part in (classifier, ranks):
        part.process(asked)
    found = [(one.get("intent"), one.get(topics.POLICY_TOPICS)) for one in asked]
    sys.stdout.write(json.dumps([[intent["name"], intent["confidence"], near] for intent, near in found]))


if __name__ == "__main__":
    main()
