"""Bringing a register from a table: every row checked, each refused one named with its reason, nothing merged silently.

All or nothing unless the caller wants part of it. Whoever may be on file already is set aside for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot import shipped
from bot.reading.measures import codes
from bot.reading.where import places
from bot.services.register import finding, registering
from bot.services.register.registering import Entry, Kin
from bot.services.work import Work

COLUMNS = Path(__file__).resolve().parents[3] / "data" / "register" / "columns.yml"
PARENTS = ("father", "mother")
PHONE = re.compile(r"\d{7,12}")
IDENTITY = re.compile(r"\d{17}[\dX]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*[日号]?")
_SPLIT = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True)
class Refused:
    """A row that is not taken: its line in the file, the column (None: the whole row) and the reason's code."""

    line: int
    reason: str
    column: str | None = None


@dataclass(frozen=True)
class Alike:
    """A row that may be a child on file already, or an earlier row (`child` None): proposed, never merged."""

    line: int
    child: str | None
    earlier: int | None


@dataclass
class Brought:
    """What came of a table. `filed`: children written; empty when anything was refused and not `partial`."""

    rows: int = 0
    filed: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row that was understood: its line, the entry, and the office's own number of the household."""

    line: int
    entry: Entry
    household: str


class Wrong(ValueError):
    """A cell that cannot be taken. `column`, `reason`: codes."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason = column, reason


def template() -> list[list[str]]:
    """The head and one example row of the template."""
    columns = _spec()["columns"].values()
    return [[column["header"] for column in columns], [str(column["example"]) for column in columns]]


def header(column: str) -> str:
    """How a column is called in the template."""
    return str(_spec()["columns"][column]["header"])


def bring(
    work: Work,
    table: list[tuple[int, list[str]]],
    *,
    within: str = "22",
    partial: bool = False,
    both: bool = False,
    by: str | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> Brought:
    """File the children of a table (as `sheets.rows` gives it) that live in the division `within`.

    `partial`: the good rows are filed although others are refused. `both`: those that may be on file already are filed
    as other children. `step(n)` is told how many rows were dealt with, for a progress bar.
    """
    found = Brought(rows=len(table) - 1)
    head = _head(table[0][1])
    found.missing = [header(name) for name, spec in _spec()["columns"].items() if spec.get("must") and name not in head]
    if found.missing:
        return found
    good = list(_read(table[1:], head, within, work.today, found, step))
    known = finding.Known(work, {row.entry.area[:6] for row in good})
    new = list(_new_ones(known, good, found, both=both))
    if (found.refused or found.alike) and not partial:
        return found
    homes: dict[tuple[str, str], str] = {}
    for count, row in enumerate(new, start=1):
        home = homes.get((row.entry.area, row.household)) if row.household else None
        entry = Entry(**{**row.entry.__dict__, "household": home}) if home else row.entry
        child = registering.put(work, entry, by=by)
        if row.household:
            homes[row.entry.area, row.household] = child.household
        found.filed.append(child.uid)
        step(count)
    return found


def _read(
    table: Iterable[tuple[int, list[str]]],
    head: Mapping[str, int],
    within: str,
    today: date,
    found: Brought,
    step: Callable[[int], None],
) -> Iterable[Row]:
    for count, (line, cells) in enumerate(table, start=1):
        told = {name: cells[at] if at < len(cells) else "" for name, at in head.items()}
        step(count)
        try:
            entry = entry_of(told, within)
            refusal = registering.wrong(entry, today)
            if refusal is not None:
                raise Wrong("birth_date" if refusal in ("birth_in_future", "over_age") else "name", refusal)
        except Wrong as wrong:
            found.refused.append(Refused(line, wrong.reason, wrong.column))
            continue
        yield Row(line, entry, told.get("household", ""))


def _new_ones(known: finding.Known, good: list[Row], found: Brought, *, both: bool) -> Iterable[Row]:
    """The rows that are nobody on file and no earlier row; the others are proposed."""
    lines: dict[str, int] = {}
    identities: dict[str, int] = {}
    for row in good:
        entry = row.entry
        like = known.like(entry.name, entry.birth_date, entry.area, entry.identity)
        earlier = next((lines[uid] for uid in like if uid in lines), identities.get(entry.identity))
        twice = bool(entry.identity) and entry.identity in identities
        if twice or (like and not both):
            found.alike.append(Alike(row.line, next((uid for uid in like if uid not in lines), None), earlier))
            continue
        mark = f"line {row.line}"
        lines[mark] = row.line
        if entry.identity:
            identities[entry.identity] = row.line
        known.add(mark, entry.name, entry.birth_date, entry.area)
        yield row


def entry_of(told: Mapping[str, str], within: str = "22") -> Entry:
    """One row, understood. Raises Wrong naming the first column that cannot be taken."""
    area = _village(told["area"], within)
    identity = _identity(told.get("identity", ""))
    birth = _day(told["birth_date"])
    if identity and identity[6:14] != birth.strftime("%Y%m%d"):
        raise Wrong("identity", "identity_other_birth")
    sex = _value(told, "sex") or (("female", "male")[int(identity[16]) % 2] if identity else "")
    return Entry(
        name=_name(told["name"]),
        area=area,
        birth_date=birth,
        sex=sex,
        hukou_area=_division(told.get("hukou_area", "")),
        address=told.get("address", ""),
        school=told.get("school", ""),
        identity=identity,
        level=_value(told, "level") or None,
        notes=_notes(told.get("notes", "")),
        kin=tuple(_kin(told)),
        facts=_facts(told),
    )


def _name(told: str) -> str:
    name = re.sub(r"\s+", "", told)
    if not name:
        raise Wrong("name", "name_missing")
    if len(name) > finding.LONGEST_NAME or any(char.isdigit() for char in name):
        raise Wrong("name", "no_name")
    return name


def _day(told: str) -> date:
    hit = _DAY.fullmatch(told)
    try:
        return date(*map(int, hit.groups())) if hit else date.fromisoformat(told)
    except ValueError:
        raise Wrong("birth_date", "no_day" if told else "birth_missing") from None


def _identity(told: str) -> str:
    number = re.sub(r"[\s'‘’]", "", told).upper()
    if not number:
        return ""
    if not IDENTITY.fullmatch(number):
        raise Wrong("identity", "no_identity")
    if not codes.identity_fits(number):
        raise Wrong("identity", "identity_miscopied")
    return number


def _village(told: str, within: str) -> str:
    """A village by its code or its name; where several are called so, the row must say which."""
    if not told:
        raise Wrong("area", "area_missing")
    if told.isascii() and told.isdigit():
        code = told if len(told) == 12 and places.get(told) is not None else ""
    else:
        read = places.find(told, within if len(within) > 2 else None)
        if read.best is None and read.candidates:
            raise Wrong("area", "area_several")
        code = read.best.code if read.best is not None and read.best.level == "village" else ""
    if not code:
        raise Wrong("area", "no_village")
    if not code.startswith(within):
        raise Wrong("area", "area_elsewhere")
    return code


def _division(told: str) -> str | None:
    """Where the child is registered, as finely as it is told; None where nothing is told, or it is not in Jilin."""
    if told.isascii() and told.isdigit():
        return told if places.get(told) is not None else None
    read = places.find(told) if told else None
    return read.best.code if read is not None and read.best is not None else None


def _value(told: Mapping[str, str], column: str) -> str:
    written = told.get(column, "")
    values: dict[str, str] = _spec()["columns"][column]["values"]
    if written and written not in values:
        raise Wrong(column, "no_value")
    return values.get(written, "")


def _notes(told: str) -> tuple[str, ...]:
    """Remarks that play a part; other remarks are left where they are, for a note is no place for them."""
    values = _spec()["columns"]["notes"]["values"]
    return tuple(dict.fromkeys(values[word] for word in _SPLIT.split(told) if word in values))


def _kin(told: Mapping[str, str]) -> Iterable[Kin]:
    for parent in PARENTS:
        if told.get(parent):
            yield Kin(parent, told[parent], phone=_phone(told, f"{parent}_phone"))
    if told.get("carer"):
        yield Kin("carer", told["carer"], told.get("carer_relation", ""), _phone(told, "carer_phone"))


def _phone(told: Mapping[str, str], column: str) -> str:
    number = re.sub(r"[\s\-+()（）]", "", told.get(column, ""))
    if number and not PHONE.fullmatch(number):
        raise Wrong(column, "no_phone")
    return number


def _facts(told: Mapping[str, str]) -> dict[str, Any]:
    tables, facts = _spec()["facts"], {}
    for column, spec in _spec()["columns"].items():
        written = told.get(column, "")
        if "fact" not in spec or not written:
            continue
        parent = spec["fact"] if spec["fact"] in PARENTS else None
        table = tables["parent" if parent else spec["fact"]]
        if written not in table:
            raise Wrong(column, "no_value")
        if parent:
            facts.update({f"{parent}_{name}": value for name, value in table[written].items()})
        else:
            facts[spec["fact"]] = table[written]
    return facts


def allowed(column: str) -> tuple[str, ...]:
    """The words a column takes, for saying what would be right; empty where anything may stand."""
    spec = _spec()["columns"][column]
    if "fact" in spec:
        return tuple(_spec()["facts"]["parent" if spec["fact"] in PARENTS else spec["fact"]])
    return tuple(spec.get("values", ()))


def _head(cells: list[str]) -> dict[str, int]:
    """Which column stands where, by its name or another name offices give it; a star for "must" is overlooked."""
    names = [re.sub(r"[\s*＊]", "", cell) for cell in cells]
    found = {}
    for column, spec in _spec()["columns"].items():
        for known in (spec["header"], *spec.get("also", ())):
            if known in names:
                found[column] = names.index(known)
                break
    return found


@cache
def _spec() -> dict[str, Any]:
    content: dict[str, Any] = shipped.content(COLUMNS)
    return content
