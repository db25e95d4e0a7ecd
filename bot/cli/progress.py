"""How far a long command is: a bar where somebody watches, a line for each hundredth where it is written to a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

PARTS = 100


@contextmanager
def told(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Tells on standard error how much of `total` is done; call what it gives with every further piece done."""
    if sys.stderr.isatty():
        with typer.progressbar(length=total, label=label, file=sys.stderr) as bar:
            yield bar.update
        return
    done, told_of = 0, -1

    def step(more: int) -> None:
        nonlocal done, told_of
        done += more
        part = PARTS * done // total if total else PARTS
        if part > told_of:
            told_of = part
            typer.echo(f"{label} {done}/{total} ({part}%)", err=True)

    yield step
