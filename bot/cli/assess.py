"""`hutong assess`: a first indication for every child of a table. Nothing is stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import texts
from bot.care import calendar, eligibility, wording
from bot.care import model as models
from bot.care.model import RESULTS, Fact, Model
from bot.cli.opening import AsJson, refuse
from bot.clock import utc_now
from bot.services.register import sheets

ID, ON = "id", "on"
DAY = "%Y-%m-%d"


@dataclass(frozen=True)
class Row:
    """One child of the file: its row as a spreadsheet shows it, its id, the day asked for, what was told of it."""

    number: int
    id: str
    on: object
    facts: Mapping[str, object]


def assess(
    file: Annotated[Path, typer.Argument(help="CSV、XLSX、JSON；列名是项目代号或名称 / columns: fact ids or names")],
    on: Annotated[
        datetime | None, typer.Option(formats=[DAY], help="评估日期，默认今天 / day of assessment, 2026-11-23")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """逐行初步判断，不保存 / a first indication for every row; wrong rows are named, the others still assessed."""
    today = calendar.local(utc_now()).date()
    given = on.date() if on is not None else today
    model = models.in_force(given)
    rows = _rows(file, model)
    wrong = 0
    if not as_json:
        typer.echo("\t".join(_head(model)))
    with typer.progressbar(rows, file=sys.stderr, label="assess") as bar:
        for row in bar:
            try:
                day = _day(row.on or row.facts.get(models.ASSESSMENT_DATE), given)
                explained = eligibility.explain(_typed(models.in_force(day), row.facts), day)
            except eligibility.WrongFacts as error:
                wrong += 1
                typer.echo(f"第{row.number}行 {row.id}: {error} / row {row.number}: refused", err=True)
                if as_json:
                    _line({"row": row.number, "id": row.id, "errors": error.problems})
                continue
            if as_json:
                _line({"row": row.number, "id": row.id, **_plain(explained)})
            else:
                typer.echo("\t".join([str(row.number), row.id, *_cells(explained)]))
    if wrong:
        raise typer.Exit(1)


def _rows(file: Path, model: Model) -> list[Row]:
    if file.suffix.lower() == ".json":
        return list(_from_json(file))
    try:
        head, *lines = sheets.rows(file)
    except sheets.Unreadable as error:
        raise refuse(texts.phrase("assess.kind" if error.code == "kind" else f"import.{error.code}")) from None
    columns = _columns(head[1], model)
    return [
        Row(number, told.pop(ID, ""), told.pop(ON, None), told)
        for number, cells in lines
        for told in [{column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}]
    ]


def _columns(head: list[str], model: Model) -> list[str]:
    """The fact of each column, or `id` and `on`; a column nobody knows is refused, for it may be a slip of the pen."""
    known = {wording.name(fact): fact.id for fact in model.facts.values()}
    known |= {fact: fact for fact in (*model.facts, ID, ON)}
    strange = [title for title in head if title and title not in known]
    if strange:
        raise refuse(f"{texts.phrase('assess.unknown_column')}: {'、'.join(strange)} / unknown column")
    columns = [known.get(title, "") for title in head]
    if len(set(filter(None, columns))) < len([*filter(None, columns)]):
        raise refuse(f"{texts.phrase('assess.repeated_column')} / a column is there twice")
    if not set(columns) & set(model.facts):
        raise refuse(f"{texts.phrase('assess.no_columns')} / the first row names the facts")
    return columns


def _from_json(file: Path) -> Iterator[Row]:
    """A list of children: {"id", "on", "facts": {…}}, or the facts beside id and on."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise refuse(texts.phrase("import.missing")) from None
    except (ValueError, RecursionError):
        raise refuse(texts.phrase("import.broken")) from None
    if not isinstance(content, list):
        raise refuse(f"{texts.phrase('assess.no_list')} / a list of children is needed")
    for number, child in enumerate(content, start=1):
        facts = dict(child) if isinstance(child, dict) else {"": child}
        row_id, on = str(facts.pop(ID, "")), facts.pop(ON, None)
        nested = facts.get("facts")
        yield Row(number, row_id, on, nested if isinstance(nested, dict) else facts)


def _day(told: object, otherwise: date) -> date:
    try:
        return date.fromisoformat(str(told)) if told else otherwise
    except ValueError:
        raise eligibility.WrongFacts({ON: texts.phrase("assess.no_day")}) from None


def _typed(model: Model, facts: Mapping[str, object]) -> dict[str, object]:
    """Cells as facts: words as their codes, digits as numbers. What is neither stays, to be named as wrong."""
    return {given: _value(model.facts[given], cell) if given in model.facts else cell for given, cell in facts.items()}


def _value(fact: Fact, cell: object) -> object:
    if not isinstance(cell, str) or cell in fact.values:
        return cell
    if fact.kind == "integer" and cell.isdecimal():
        return int(cell)
    words = {wording.said(fact, value): value for value in (*fact.values, models.UNKNOWN)}
    return words.get(cell, cell)


def _line(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def _missing(explained: eligibility.Explanation) -> list[str]:
    """Facts that keep a result from being final: never asked, or open."""
    made = explained.assessment
    unasked = [fact for result in RESULTS for fact in made.unfinished(result)]
    reasons = [reason for reasons in explained.reasons.values() for reason in reasons if reason.code in made.pending]
    return list(dict.fromkeys([*(g.fact for reason in reasons for g in reason.grounds if g.open), *unasked]))


def _clauses(explained: eligibility.Explanation, result: str) -> list[eligibility.Quote]:
    """What may be quoted for a result: of the rules that made it, or that the told facts spoke to."""
    outcome = explained.assessment.results[result]
    reasons = [one for one in explained.reasons[result] if one.outcome == outcome and one.considered]
    return list({quote.id: quote for reason in reasons for quote in reason.quotes}.values())


def _plain(explained: eligibility.Explanation) -> dict[str, Any]:
    made = explained.assessment
    clauses = {
        result: [{"id": quote.id, "phrases": list(quote.phrases)} for quote in _clauses(explained, result)]
        for result in RESULTS
    }
    labels = {"on": made.on.isoformat(), "model_version": made.model_version}
    return {**labels, **made.as_dict(), "clauses": clauses, "missing": _missing(explained)}


def _head(model: Model) -> list[str]:
    titles = [model.labels[result] for result in RESULTS]
    return [texts.phrase("assess.row"), ID, *titles, texts.phrase("assess.clauses"), texts.phrase("assess.missing")]


def _cells(explained: eligibility.Explanation) -> list[str]:
    made = explained.assessment
    model = models.version(made.model_version)
    outcomes = [
        wording.unfinished() if made.unfinished(result) else model.labels[outcome]
        for result, outcome in made.results.items()
    ]
    cited = dict.fromkeys(quote.id for result in RESULTS for quote in _clauses(explained, result))
    missing = [wording.name(model.facts[fact]) for fact in _missing(explained)]
    return [*outcomes, " ".join(cited), "、".join(missing)]
