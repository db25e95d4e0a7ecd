"""`hutong children` and `hutong rehearse`: a register comes in, is listed, drawn from; nothing private is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.care import policy_data
from bot.cli import app
from bot.services.register import sheets
from tests.services.registered import COUNTY, VILLAGE

HEAD = "姓名,出生日期,现住村（社区）\n"
GOOD, BAD = f"王小明,2016-05-20,{VILLAGE}\n", f"李雪,去年,{VILLAGE}\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_a_register_comes_in_whole_or_in_part_and_refused_rows_are_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(HEAD + GOOD + BAD, encoding="gb18030")
    whole = run("children", "import", str(file))
    assert whole.exit_code == 1
    assert "第3行 出生日期: 日期看不懂" in whole.output
    assert "建档 0" in whole.output
    part = run("children", "import", str(file), "--partial")
    assert (part.exit_code, "建档 1" in part.output) == (0, True)
    again = run("children", "import", str(file), "--partial")
    assert "第2行 可能就是档案" in again.output
    assert "王小明" not in whole.output + part.output + again.output
    rows = json.loads(run("children", "list", "--area", COUNTY, "--json").output)
    assert [(row["area"], row["state"], "name" in row) for row in rows] == [(VILLAGE, "active", False)]
    assert run("children", "list", "--area", "220182").output == ""


def test_what_is_no_table_is_refused_in_a_sentence(run: Run) -> None:
    answer = run("children", "import", "nothing.csv")
    assert (answer.exit_code, "没有这个文件" in answer.output) == (1, True)


def test_sheets_are_written_and_the_same_seed_draws_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    lines = [f"王{'一二三四五六七八'[at]},2016-05-{10 + at},{VILLAGE}\n" for at in range(8)]
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    run("children", "import", str(file))
    drawn = []
    for year in ("2024", "2025"):
        done = run("children", "spot-check", "--county", COUNTY, "--year", year, "--seed", "x", f"{year}.xlsx")
        assert json.loads(done.output)["drawn"] == 5
        drawn.append([cells[0] for _, cells in sheets.rows(tmp_path / f"{year}.xlsx")])
    assert drawn[0] == drawn[1]
    assert run("children", "quarter", "--county", COUNTY, "quarter.xlsx").exit_code == 0
    assert len(sheets.rows(tmp_path / "quarter.xlsx")) == 9
    assert run("children", "template", "template.xlsx").exit_code == 0


def test_a_model_is_rehearsed_before_it_takes_effect_and_a_broken_one_is_refused(run: Run, tmp_path: Path) -> None:
    away = "姓名,出生日期,现住村（社区）,父亲情况,母亲情况,监护状况\n"
    (tmp_path / "register.csv").write_text(
        f"{away}王小明,2016-05-20,{VILLAGE},外出务工,外出务工,一般\n", encoding="utf-8"
    )
    run("children", "import", "register.csv")
    shipped = policy_data.FOLDER / "eligibility.yml"
    as_it_is = json.loads(run("rehearse", "--model", str(shipped)).output)
    assert (as_it_is["children"], as_it_is["changed"], as_it_is["results"]) == (1, 0, [])
    new = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    new["rules"]["LB"]["expr"] = new["rules"]["FAM.1"]["expr"]
    (tmp_path / "new.yml").write_text(yaml.safe_dump(new, allow_unicode=True), encoding="utf-8")
    told = json.loads(run("rehearse", "--model", "new.yml").output)
    (town,) = told["townships"]
    assert (told["children"], told["changed"]) == (1, 1)
    assert told["results"][0]["result"] == "left_behind"
    assert (town["area"], town["visits_a_year_before"]) == (VILLAGE[:9], 12)
    assert '"assessed": 0' in run("children", "reassess").output, "nothing took effect"
    (tmp_path / "broken.yml").write_text("rules: {}", encoding="utf-8")
    assert run("rehearse", "--model", "broken.yml").exit_code == 1
