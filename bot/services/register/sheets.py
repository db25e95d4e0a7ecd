"""Tables as offices keep them: CSV in UTF-8 or GB18030 and XLSX, read row by row; worksheets written as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_BYTES = 50 * 1024 * 1024
MOST_COLUMNS = 100
# What a spreadsheet would run as a formula when it opens a file we wrote.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(ValueError):
    """The file cannot be read as a table. `code`: missing, too_big, encoding, broken, kind, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a .csv or .xlsx with their line numbers as a spreadsheet shows them, cells as trimmed text.

    Empty rows are left out. Raises Unreadable.
    """
    if not path.is_file():
        raise Unreadable("missing")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("too_big")
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise Unreadable("kind")
    found = [
        (number, cells)
        for number, cells in enumerate(_csv(path) if kind == ".csv" else _xlsx(path), start=1)
        if any(cells)
    ]
    if not found:
        raise Unreadable("empty")
    return found


def _csv(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            for row in csv.reader(io.StringIO(text, newline="")):
                yield [_text(cell) for cell in row[:MOST_COLUMNS]]
        except csv.Error:
            raise Unreadable("broken") from None
        return
    raise Unreadable("encoding")


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError):
        raise Unreadable("broken") from None
    try:
        for row in book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_text(cell) for cell in row]
    finally:
        book.close()


def _text(cell: object) -> str:
    """A cell as text: days as ISO, whole numbers without a decimal point, without blanks around."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\0", "").replace("　", " ").strip()


def workbook(sheets: Sequence[tuple[str, Sequence[Sequence[object]]]]) -> bytes:
    """An XLSX with these sheets (title, rows); the first row of each is its head. Texts never become formulas."""
    book = Workbook(write_only=True)
    for title, lines in sheets:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for line in lines:
            sheet.append([_harmless(cell) for cell in line])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _harmless(cell: object) -> object:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return cell
