"""A number that nobody has verified is for staff only (reports.yml#routing_note): no text says it."""

from __future__ import annotations

from pathlib import Path

from bot.care import clauses, policy_data

TEXTS = Path(__file__).resolve().parents[2] / "bot" / "texts"


def test_no_text_names_a_number_that_nobody_verified() -> None:
    lines = policy_data.read("reports")["hotlines"]
    unverified = [line["number"] for line in lines if clauses.source(line["source"]).status == "UNVERIFIED"]
    assert unverified == ["12309"]
    said = {file.name: file.read_text(encoding="utf-8") for file in TEXTS.rglob("*") if file.suffix in (".yml", ".py")}
    assert [(name, number) for name, text in said.items() for number in unverified if number in text] == []
