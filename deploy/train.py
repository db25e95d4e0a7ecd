"""Train the Rasa model when, and only when, something it is made of has changed.

`train.py` trains if needed; `train.py --print` prints the path of the model for the present inputs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess  # noqa: S404 - Rasa is started by its fixed path
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ("config.yml", "domain", "data/nlu", "data/rules", "nlu", "bot/reading/normalise.py",
          "bot/reading/lexicon.py", "data/lexicon/characters.txt", "data/lexicon/homophones.txt",
          "requirements/rasa.txt")  # fmt: skip
MODELS = ROOT / "models"
FAILED = 78


def fingerprint() -> str:
    """Hash over the names and contents of everything the model is made of."""
    digest = hashlib.sha256()
    for name in INPUTS:
        place = ROOT / name
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".yml"))
        for file in files:
            digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def train(name: str) -> int:
    """Run Rasa's training with its progress shown; older models go when it worked."""
    sys.stdout.write("Training the language model (once for each change of its inputs; about a minute) ...\n")
    sys.stdout.flush()
    began = time.monotonic()
    command = [
        str(ROOT / ".venv-rasa" / "bin" / "rasa"), "train", "--data", "data/nlu", "data/rules",
        "--domain", "domain", "--out", "models", "--fixed-model-name", name,
    ]  # fmt: skip
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3",
             "PYTHONWARNINGS": "ignore"}  # fmt: skip
    failed = False
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **quiet}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        for line in running.stdout or ():
            failed = failed or "Error" in line
            if failed or "component" in line:
                sys.stdout.write("  " + line.partition(" - ")[2].strip() + "\n" if not failed else line)
                sys.stdout.flush()
    if running.returncode != 0 or not (MODELS / f"{name}.tar.gz").exists():
        sys.stderr.write("Training failed; the lines above say why. The assistant runs on without understanding.\n")
        return FAILED
    for old in MODELS.glob("*.tar.gz"):
        if old.stem != f"{name}.tar":
            old.unlink()
    sys.stdout.write(f"Trained in {time.monotonic() - began:.0f} s.\n")
    return 0


def main() -> int:
    """Exit status 0 when a fitting model is there, 78 when training failed."""
    name = fingerprint()
    model = MODELS / f"{name}.tar.gz"
    if "--print" in sys.argv:
        sys.stdout.write(f"{model}\n")
        return 0
    return 0 if model.exists() else train(name)


if __name__ == "__main__":
    sys.exit(main())
