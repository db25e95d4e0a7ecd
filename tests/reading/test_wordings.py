"""Names stand for what people say: code and lexicon know the same names, and every example in the lexicon is heard."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import reading
from bot.reading import wordings
from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

HOME = Path(__file__).resolve().parents[2]
EXAMPLES = re.compile(r"#[^#]*?   (?P<examples>\S.*)$")


def used() -> dict[str, list[tuple[Wordings, str]]]:
    """Lexicon file to the wordings of it, each with the source of the module that asks for them."""
    found: dict[str, list[tuple[Wordings, str]]] = {}
    for module in pkgutil.walk_packages(reading.__path__, "bot.reading."):
        loaded = importlib.import_module(module.name)
        source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
        for value in vars(loaded).values():
            if isinstance(value, Wordings):
                found.setdefault(value.file, []).append((value, source))
    return found


USED = used()


def exemplified(file: str) -> Iterator[tuple[str, str]]:
    """Each example of a comment with the name of the lines below it."""
    examples: list[str] = []
    for line in (HOME / "data" / "lexicon" / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            hit = EXAMPLES.match(line)
            examples = hit["examples"].split(" · ") if hit and "name: pattern" not in line else []
        elif line and examples:
            yield from ((line.partition(": ")[0], one) for one in examples)
            examples = []


@pytest.mark.parametrize("file", sorted(USED))
def test_every_name_that_code_asks_for_stands_in_the_lexicon(file: str) -> None:
    for says, source in USED[file]:
        asked = set(re.findall(r'_says(?:\.\w+)?\(\s*"([^"]+)"', source))
        assert asked <= set(wordings.names(file))
        for name in wordings.names(file):
            says.pattern(name)


@pytest.mark.parametrize("file", sorted(USED))
def test_every_name_of_the_lexicon_is_asked_for_or_is_part_of_one_that_is(file: str) -> None:
    lines = [line for lines in wordings.names(file).values() for line in lines]
    for name in wordings.names(file):
        in_code = any(f'"{name.split()[0]}' in source for _, source in USED[file])
        assert in_code or any(f"{{{name}}}" in line for line in lines), name


@pytest.mark.parametrize(
    ("file", "name", "example"), [(file, *one) for file in sorted(USED) for one in exemplified(file)]
)
def test_the_examples_of_the_lexicon_are_heard(file: str, name: str, example: str) -> None:
    says = USED[file][0][0]
    assert says(name, example) or says(name, normalise(example).text)


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("up_to_two", "他走了", "他明天就走了"),
        ("up_to_two", "他也走了", "他，走了"),
        ("over_commas", "他，走了", "他。走了"),
        ("over_all_but_a_stop", "他！走了", "他。走了"),
        ("at_least_one", "他就走了", "他走了"),
        ("none_of", "他就走了", "他没走了"),
        ("again_and_again", "好好好", "好了"),
        ("part", "娃哭", "狗哭"),
        ("stands_alone", "行，我去", "不行，我去"),
        ("stands_alone", "行", "行？"),
        ("followed", "走了吧", "走了哈"),
        ("not_followed", "走了哈", "走了没有吧"),
        ("asked", "走了？", "走了。"),
    ],
)
def test_each_sign_means_what_it_says(
    name: str, said: str, not_said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "of_this_test.txt").write_text(
        "孩子: 孩子/娃\n"
        "up_to_two: 他~2走\nover_commas: 他~~2走\nover_all_but_a_stop: 他~~~2走\nat_least_one: 他~1-2走\n"
        "none_of: 他~2-(没/不)走\nagain_and_again: ^[好]*{end}\npart: {孩子}哭\nstands_alone: {,}行{.}\n"
        "followed: 走了&(吧/呢)\nnot_followed: 走了!&(~2吧)\nasked: 走了{?}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("bot.reading.lexicon._HOME", tmp_path)
    says = Wordings("of_this_test.txt")
    assert says(name, said)
    assert not says(name, not_said)


def test_what_was_said_is_found_under_its_name() -> None:
    hit = Wordings("entrusted_told.txt").search("of_child", "让孩子他老姑看着")
    assert hit is not None
    assert hit["who"] == "老姑"


def test_a_line_without_a_name_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nameless.txt").write_text("走了\n", encoding="utf-8")
    monkeypatch.setattr("bot.reading.lexicon._HOME", tmp_path)
    with pytest.raises(ValueError, match="走了"):
        wordings.names("nameless.txt")


def test_an_unknown_name_is_an_error_and_never_silence() -> None:
    with pytest.raises(KeyError):
        Wordings("entrusted_told.txt")("nobody_wrote_this", "走了")
