"""deploy/train.py: once per change of the inputs, older models go, a failure is one sentence."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parents[2]
MAKES_A_MODEL = """
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
name = sys.argv[sys.argv.index("--fixed-model-name") + 1]
(folder / f"{name}.tar.gz").write_bytes(b"model")
with open("runs.txt", "a") as runs:
    runs.write("run ")
"""


@pytest.fixture(scope="module")
def trainer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train", HERE / "deploy" / "train.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, trainer: ModuleType) -> Path:
    """A project with one small file for each input."""
    for name in trainer.INPUTS:
        place = tmp_path / name
        file = place if place.suffix else place / "one.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one", "utf-8")
    return tmp_path


def _train(trainer: ModuleType, project: Path, program: str = MAKES_A_MODEL) -> None:
    trainer.train(project, [sys.executable, "-c", program])


def test_every_input_changes_the_fingerprint(trainer: ModuleType, project: Path) -> None:
    seen = {trainer.fingerprint(project)}
    for name in trainer.INPUTS:
        place = project / name
        (place if place.is_file() else place / "one.yml").write_text("two", "utf-8")
        seen.add(trainer.fingerprint(project))
    assert len(seen) == len(trainer.INPUTS) + 1


def test_compiled_files_do_not_change_the_fingerprint(trainer: ModuleType, project: Path) -> None:
    before = trainer.fingerprint(project)
    (project / "nlu" / "__pycache__").mkdir()
    (project / "nlu" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert trainer.fingerprint(project) == before


def test_the_inputs_are_all_there_in_this_project(trainer: ModuleType) -> None:
    assert len(trainer.fingerprint(HERE)) == 16


def test_it_trains_once_and_drops_the_older_model(trainer: ModuleType, project: Path) -> None:
    _train(trainer, project)
    _train(trainer, project)
    assert (project / "runs.txt").read_text() == "run "
    older = trainer.model_path(project)
    (project / "config.yml").write_text("changed", "utf-8")
    _train(trainer, project)
    assert list((project / "models").iterdir()) == [trainer.model_path(project)]
    assert trainer.model_path(project) != older


def test_progress_is_told(trainer: ModuleType, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _train(trainer, project)
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Training the language model")
    assert told[-1].startswith("Trained in")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; print('config.yml: bad'); sys.exit(1)", "training failed; its last words: config.yml: bad"),
        ("print('odd')", "training made no model; its last words: odd"),
    ],
)
def test_a_failure_is_one_sentence_and_leaves_no_half_model(
    trainer: ModuleType, project: Path, program: str, reason: str
) -> None:
    with pytest.raises(RuntimeError, match=reason):
        _train(trainer, project, program)
    assert list((project / "models").iterdir()) == []


def test_a_missing_environment_is_named(trainer: ModuleType, project: Path) -> None:
    with pytest.raises(RuntimeError, match="the Rasa environment is not installed"):
        trainer.train(project, [str(project / "no-python")])


def test_a_missing_input_ends_with_a_sentence_and_the_status_that_stops_the_keeper(
    trainer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trainer, "ROOT", tmp_path)
    assert trainer.main([]) == 78
    assert capsys.readouterr().err == "No language model: config.yml is missing\n"
