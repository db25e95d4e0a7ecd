"""Run by Rasa's Python: what the trained classifier makes of texts. A JSON list in, one of [intent, confidence] out.

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
    """Read texts, print their intents."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(sys.argv[1]) as packed:
        learned = next(part for part in packed.getmembers() if part.name.endswith(f"Classifier0/{FILE}"))
        content = packed.extractfile(learned)
        assert content is not None
        (Path(folder) / FILE).write_bytes(content.read())
        storage: Any = _Storage(Path(folder))
        classifier = LinearIntentClassifier.load(LinearIntentClassifier.get_default_config(), storage, None, None)
    asked = [Message({"text": text}) for text in json.load(sys.stdin)]
    found = [one.get("intent") for one in classifier.process(asked)] if asked else []
    sys.stdout.write(json.dumps([[one["name"], one["confidence"]] for one in found]))


if __name__ == "__main__":
    main()
