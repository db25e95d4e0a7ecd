"""Which texts are pushed, read from the code: every call with `push=True`, followed to whoever chose the key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ROOT / "bot"
KEY, TO_A_CHILD = "key", ".child"
SINK = ("mailbox", "say", 2)
"""The one door: its module, its name and where the key stands among what it is given."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = tuple[str, str, int]


@cache
def _modules() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(CODE.rglob("*.py"))}


@cache
def patterns() -> set[str]:
    """Every key that may be pushed, as it stands or with "*" for what is put together when the program runs."""
    found: set[str] = set()
    known: set[Place] = set()
    waiting: list[tuple[Place, bool]] = [(SINK, True)]
    while waiting:
        place, only_pushed = waiting.pop()
        if place in known:
            continue
        known.add(place)
        for file, function, call in _calls(place, only_pushed=only_pushed):
            for value in _values(function, _given(call, place)):
                if isinstance(value, str):
                    found.add(value)
                else:
                    waiting.append(((file.stem, function.name, value), False))
    return found


def keys(among: set[str]) -> set[str]:
    """Those of these keys that may be pushed."""
    alone = [one.removesuffix(TO_A_CHILD) for one in patterns()]
    pushed = [one for one in alone if one != "*"]
    return {key for key in among if any(_fits(key.removesuffix(TO_A_CHILD), one) for one in pushed)}


def _fits(key: str, pattern: str) -> bool:
    return key.count(".") == pattern.count(".") and fnmatch(key, pattern)


@cache
def _all_calls() -> dict[str, list[tuple[Path, Function, ast.Call]]]:
    """Every call by the name that is called, with the function it stands in."""
    found: dict[str, list[tuple[Path, Function, ast.Call]]] = {}
    for file, tree in _modules().items():
        for function in (one for one in ast.walk(tree) if isinstance(one, Function)):
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                found.setdefault(str(_last(call.func)), []).append((file, function, call))
    return found


def _calls(place: Place, *, only_pushed: bool) -> Iterator[tuple[Path, Function, ast.Call]]:
    """Calls of a function, with the function each stands in."""
    module, name, _ = place
    for file, function, call in _all_calls().get(name, ()):
        called = call.func
        elsewhere = isinstance(called, ast.Attribute) and _last(called.value) == module
        here = isinstance(called, ast.Name) and file.stem == module
        pushed = any(one.arg == "push" and not _is(one.value, False) for one in call.keywords)
        if (elsewhere or here) and (pushed or not only_pushed):
            yield file, function, call


def _last(value: ast.expr) -> str | None:
    return value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else None


def _is(value: ast.expr, what: object) -> bool:
    return isinstance(value, ast.Constant) and value.value is what


def _given(call: ast.Call, place: Place) -> ast.expr:
    """The key a call hands in, or what stands in its place where it hands in none."""
    named = [one.value for one in call.keywords if one.arg == KEY]
    if named or len(call.args) > place[2]:
        return named[0] if named else call.args[place[2]]
    (function,) = (one for one in _functions(place[1]) if len(one.args.args) > place[2] and one.args.defaults)
    return function.args.defaults[place[2] - len(function.args.args)]


@cache
def _functions(name: str) -> list[Function]:
    return [
        one for tree in _modules().values() for one in ast.walk(tree) if isinstance(one, Function) and one.name == name
    ]


def _constants(name: str) -> list[ast.expr]:
    """What a constant of this name is, in whatever module it stands."""
    return [
        one.value
        for tree in _modules().values()
        for one in tree.body
        if isinstance(one, ast.Assign) and any(_last(target) == name for target in one.targets)
    ]


def _values(function: Function, value: ast.expr) -> Iterator[str | int]:
    """What an expression may be: keys, or the position of the parameter it is handed in by."""
    if isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in value.values)
    elif isinstance(value, ast.IfExp):
        yield from _values(function, value.body)
        yield from _values(function, value.orelse)
    elif isinstance(value, ast.Name) and value.id in (names := [one.arg for one in function.args.args]):
        yield names.index(value.id)
    elif isinstance(value, ast.Name):
        said = [
            one.value
            for one in ast.walk(function)
            if isinstance(one, ast.Assign) and any(_last(target) == value.id for target in one.targets)
        ]
        said = said or _constants(value.id)
        assert said, f"{function.name}: where does {value.id} come from?"
        for one in said:
            yield from _values(function, one)
    elif isinstance(value, ast.Call) and (written := [one for one in value.args if isinstance(one, ast.Constant)]):
        # A helper that chooses the words for this reader: it is given the key.
        yield from (str(one.value) for one in written)
    elif isinstance(value, ast.Call) and (chosen := _functions(str(_last(value.func)))):
        for one in (part for part in ast.walk(chosen[0]) if isinstance(part, ast.Return) and part.value is not None):
            yield from _values(chosen[0], one.value)
    else:
        raise AssertionError(f"{function.name}: {ast.unparse(value)}")
