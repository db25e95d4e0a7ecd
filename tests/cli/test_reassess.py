"""`hutong children reassess` says how far it is, and goes on where it was killed: everybody once, nobody left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.opening import open_database
from bot.storage.tables import Child, ChildAssessment
from tests.services.registered import VILLAGE

CHILDREN = 120
HEAD = "姓名,出生日期,现住村（社区）,父亲情况,母亲情况,监护状况\n"
DIES_IN_THE_THIRD_BATCH = """
import os, signal
from bot.cli import app, children
from bot.services.register import reassessing
children.AT_ONCE = 50
right, batches = reassessing.tick, iter(range(9))
def tick(*given):
    made = right(*given)
    if next(batches) == 2:
        os.kill(os.getpid(), signal.SIGKILL)  # before it is committed
    return made
reassessing.tick = tick
app(["children", "reassess"])
"""


def _hutong(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def _assessments() -> Counter[str]:
    database, _ = open_database()
    with database.read() as session:
        found = Counter(session.scalars(select(ChildAssessment.child)))
    database.close()
    return found


@pytest.fixture
def on_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children whose assessment is out of date."""
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    names = [f"王{first}{second}" for first in "一二三四五六七八九十甲乙" for second in "子丑寅卯辰巳午未申酉"]
    rows = [f"{name},2016-05-{at % 28 + 1:02},{VILLAGE},外出务工,外出务工,一般\n" for at, name in enumerate(names)]
    (tmp_path / "register.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    assert _hutong("children", "import", "register.csv", "--both").exit_code == 0
    database, _ = open_database()
    with database.begin() as session:
        session.execute(update(Child).values(recheck_on=date(2020, 1, 1)))
    database.close()


@pytest.mark.usefixtures("on_file")
def test_it_tells_how_far_it_is_and_goes_on_where_it_was_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", DIES_IN_THE_THIRD_BATCH]
    killed = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode < 0
    assert [line for line in killed.stderr.splitlines() if "重新研判" in line] == [
        "重新研判 50/120 (41%)",
        "重新研判 100/120 (83%)",
    ]
    assert Counter(_assessments().values()) == {2: 100, 1: 20}, "the batch it died in is undone as a whole"
    rest = _hutong("children", "reassess")
    assert rest.stderr.splitlines() == ["重新研判 20/20 (100%)"]
    assert json.loads(rest.stdout)["assessed"] == 20
    assert Counter(_assessments().values()) == {2: CHILDREN}, "everybody once, nobody left out"
