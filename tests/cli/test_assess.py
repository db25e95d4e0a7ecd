"""`hutong assess FILE`: tables as offices keep them, wrong rows named, the others assessed, nothing stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.care import eligibility
from bot.cli import app
from bot.services.register import sheets
from tests.care.children import FACTS, ON

HOME = {"child_age_years": "9", "father_life_status": "alive", "mother_life_status": "alive"}
HOME |= {"father_away_status": "at_home", "mother_away_status": "at_home"}


def _run(file: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["assess", str(file), "--on", ON.isoformat(), *more])


def _lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _csv(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "children.csv"
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_every_worked_case_of_a_json_file_comes_out_as_the_engine_says(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    chosen = dict(list(FACTS.items())[::9])
    file.write_text(json.dumps([{"id": case, "facts": facts} for case, facts in chosen.items()]), encoding="utf-8")
    result = _run(file, "--json")
    assert result.exit_code == 0
    assert "assess" in result.stderr, "how far it is stands beside the lines, not among them"
    for number, (line, (case, facts)) in enumerate(zip(_lines(result), chosen.items(), strict=True), start=1):
        day = facts.get("assessment_date", ON.isoformat())
        expected = eligibility.assess(facts, type(ON).fromisoformat(day)).as_dict()
        assert (line["row"], line["id"], line["on"], line["model_version"]) == (number, case, day, "1.1.0")
        assert {key: line[key] for key in expected} == expected


def test_an_xlsx_and_a_csv_with_words_instead_of_codes_say_the_same(tmp_path: Path) -> None:
    words = {
        "孩子的年龄": "9",
        "父亲的情况": "健在",
        "母亲的情况": "健在",
        "父亲在家还是在外": "在家",
        "母亲在家还是在外": "在家",
    }
    book = tmp_path / "children.xlsx"
    book.write_bytes(sheets.workbook([("儿童", [["id", *words], ["a", 9, *list(words.values())[1:]]])]))
    by_word, by_code = _run(book, "--json"), _run(_csv(tmp_path, {"id": "a", **HOME}), "--json")
    assert (by_word.exit_code, by_word.stdout) == (0, by_code.stdout)
    assert _lines(by_word)[0]["hardship"] == "not_eligible"


def test_wrong_rows_are_named_with_row_and_reason_and_the_others_are_assessed(tmp_path: Path) -> None:
    file = _csv(
        tmp_path,
        {"id": "a", **HOME},
        {"id": "b", **HOME, "child_age_years": "nine"},
        {"id": "c", **HOME, "on": "soon"},
        {"id": "d", **HOME, "on": "2026-01-31"},
    )
    result = _run(file, "--json")
    assert result.exit_code == 1
    assert "第3行 b" in result.stderr
    assert "孩子的年龄" in result.stderr
    assert "第4行 c" in result.stderr
    lines = _lines(result)
    assert [(line["row"], "errors" in line) for line in lines] == [(2, False), (3, True), (4, True), (5, False)]
    assert (lines[0]["on"], lines[3]["on"]) == ("2026-11-23", "2026-01-31")


def test_each_result_comes_with_clauses_word_for_word_and_with_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps([FACTS["EC-001"], FACTS["EC-052"]]), encoding="utf-8")
    away, orphan = _lines(_run(file, "--json"))
    assert "外出务工地点一般指跨县域" in [
        phrase for quote in away["clauses"]["left_behind"] for phrase in quote["phrases"]
    ]
    assert "mother_life_status" in orphan["missing"]


def test_the_table_says_unfinished_and_never_not_met_while_questions_are_open(tmp_path: Path) -> None:
    result = _run(_csv(tmp_path, {"id": "a", **HOME}))
    head, row = (line.split("\t") for line in result.stdout.splitlines())
    found = dict(zip(head, row, strict=True))
    assert found["留守儿童"] == "不符合（按现有信息）"
    assert found["困境儿童"] == found["家庭困境"] == "还没问完"
    assert "家里享受的保障" in found["还缺"]
    assert "assess" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "id,child_age\na,9\n", "child_age"),
        ("a.csv", "id,on\na,2026-11-23\n", "child_age_years"),
        ("a.csv", "child_age_years,孩子的年龄\n9,9\n", "同一项"),
        ("a.json", "{}", "列表"),
        ("a.json", "[", "打不开"),
        ("a.txt", "x", ".csv"),
    ],
)
def test_a_file_that_is_no_table_of_children_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = _run(tmp_path / name)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "没有这个文件" in _run(tmp_path / f"missing-{name.replace('txt', 'csv')}").stderr


def test_a_json_row_that_is_no_child_is_named_and_the_next_is_assessed(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([5, {"child_age_years": 9, "sex": "boy"}, {"facts": {"child_age_years": 9}}]))
    result = _run(file, "--json")
    assert result.exit_code == 1
    assert ["errors" in line for line in _lines(result)] == [True, True, False]


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "23.11.2026"])
def test_a_day_that_is_none_is_a_wrong_use_and_no_mistake_of_the_rows(tmp_path: Path, day: str) -> None:
    file = _csv(tmp_path, {"id": "a", **HOME})
    result = CliRunner().invoke(app, ["assess", str(file), "--on", day])
    assert (result.exit_code, result.stdout) == (2, "")
    assert day in result.stderr
    assert "%Y-%m-%d" in result.stderr
