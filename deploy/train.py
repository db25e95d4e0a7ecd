"""Train the language model once per change of its inputs: python deploy/train.py [--print].

The model is named after a fingerprint of everything it depends on. When that model is there, nothing is done.
`--print` only prints the model's path.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INPUTS = (
    "config.yml",
    "domain",
    "data/nlu",
    "data/rules",
    "bot/texts/policy",
    "data/lexicon/characters.txt",
    "data/lexicon/homophones.txt",
    "nlu",
    "bot/reading/normalise.py",
    "bot/reading/lexicon.py",
    "requirements/rasa.txt",
)
EVERY_SECONDS = 5
FAILED = 78
"""EX_CONFIG: trying again cannot help, see deploy/keep.sh."""


def fingerprint(root: Path) -> str:
    """Sixteen hex digits over names and contents of all inputs. Raises FileNotFoundError naming a missing one."""
    total = hashlib.sha256()
    for file in _files(root):
        total.update(file.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def _files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        found = root / name
        if not found.exists():
            raise FileNotFoundError(f"{name} is missing")
        everything = [found] if found.is_file() else sorted(found.rglob("*"))
        yield from (file for file in everything if file.is_file() and file.suffix in {".py", ".yml", ".txt"})


def model_path(root: Path) -> Path:
    """Where the model of the present inputs is, or will be."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def train(root: Path, command: list[str]) -> None:
    """Train unless the model is there; then drop older models. Raises RuntimeError with the reason of a failure."""
    wanted = model_path(root)
    if wanted.exists():
        print(f"The language model is up to date ({wanted.name}).")  # noqa: T201
        return
    wanted.parent.mkdir(exist_ok=True)
    print("Training the language model; this takes one to two minutes ...", flush=True)  # noqa: T201
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=wanted.parent) as workshop:
        said = _run([*command, "--out", workshop, "--fixed-model-name", "model"], root, workshop, began)
        made = Path(workshop) / "model.tar.gz"
        if not made.exists():
            raise RuntimeError(f"training made no model; its last words: {said}")
        made.replace(wanted)
    for older in wanted.parent.glob("*.tar.gz"):
        if older != wanted:
            older.unlink()
    print(f"Trained in {time.monotonic() - began:.0f} s: {wanted.name}", flush=True)  # noqa: T201


def _run(command: list[str], root: Path, workshop: str, began: float) -> str:
    """Run the training with a line every few seconds; returns its last line of output."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "RASA_MAX_CACHE_SIZE": "0", "RASA_CACHE_DIRECTORY": f"{workshop}/cache"}
    environment = {**os.environ, **quiet, "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    done = threading.Event()

    def report() -> None:
        while not done.wait(EVERY_SECONDS):
            print(f"  still training, {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201

    threading.Thread(target=report, daemon=True).start()
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed command of ours
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    except OSError as error:
        raise RuntimeError(f"the Rasa environment is not installed ({error.filename}); run make train") from None
    finally:
        done.set()
    lines = [line for line in ended.stdout.splitlines() if line.strip()] or ["nothing"]
    if ended.returncode:
        raise RuntimeError(f"training failed; its last words: {lines[-1]}")
    return lines[-1]


def main(arguments: list[str]) -> int:
    """0 done; 78 with one sentence on what is wrong."""
    rasa = [str(ROOT / ".venv-rasa/bin/python"), "-m", "nlu", "train", "--data", "data/nlu", "data/rules"]
    try:
        if arguments == ["--print"]:
            print(model_path(ROOT))  # noqa: T201
        else:
            train(ROOT, [*rasa, "--domain", "domain", "--config", "config.yml"])
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"No language model: {error}\n")
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
