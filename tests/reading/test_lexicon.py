"""What is left out to be quick would never have matched: patterns not tried, places not looked at, pieces not made."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.reading import danger, normalise
from bot.reading.dangers import hunch, scope
from bot.reading.lexicon import Patterns, first_of, lines, regex
from bot.reading.phrases import Phrases

HERE = Path(__file__).parent
SAID = [
    text
    for file in (*sorted((HERE / "voices").glob("*.yml")), HERE / "danger_dev.yml", HERE / "danger_short.yml")
    for part in shipped.content(file).values()
    for text in part
    if isinstance(text, str)
]
TEXTS = ["，".join(SAID[at::997]) for at in range(0, 997, 5)]
"""Every fifth of 997 long texts, each of sentences that stand far from each other in the files."""
ALPHABET = "打孩子他把我爸妈了没不要有人刀死血 现在的,。!?"


def test_a_pattern_that_matches_is_worth_trying() -> None:
    patterns, _ = danger.lexicon()
    for text in TEXTS[::10]:
        plain = normalise.normalise(text).text
        tried = set(patterns.worth_trying(plain))
        left_out = [index for index in range(len(patterns.sources)) if index not in tried]
        assert not [patterns.sources[index] for index in left_out if patterns.compiled(index).search(plain)]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("把[他/我~]打", "把打"),
        ("把[他/我~]打", "把他打"),
        ("把[他/我~]打", "把我使劲打"),
        ("(我/俺~爸)打", "俺的爸打"),
        ("[快][点/着]来(人/个人)", "来个人"),
        ("[快][点/着]来(人/个人)", "着来人"),
        ("!(没/不)(快来/赶快)~人", "赶快来人"),
        ("@(我/他)要(走)!(了/着)", "他要走"),
        ("{孩}[一/两]_丢", "孩子他丢"),
        ("110[也]打不通", "110也打不通"),
    ],
)
def test_what_may_lack_and_what_is_unknown_rules_nothing_out(pattern: str, text: str) -> None:
    assert re.search(regex(pattern), text)
    assert re.search(first_of(pattern), text)
    assert Patterns([pattern]).worth_trying(text) == Phrases([pattern]).worth_trying(text) == [0]


def test_patterns_are_found_at_the_places_where_they_are_found_without_looking_ahead() -> None:
    sources = [*danger.lexicon()[0].sources, *lines("harmless.txt")]
    draw = random.Random(5)
    for source in draw.sample(sources, 200):
        plainly, swiftly = re.compile(regex(source)), re.compile(first_of(source))
        for text in draw.sample(TEXTS, 3):
            plain = normalise.normalise(text).text
            assert [hit.regs for hit in swiftly.finditer(plain)] == [hit.regs for hit in plainly.finditer(plain)]


def test_words_of_scope_are_found_as_their_lines_say() -> None:
    told: dict[str, list[str]] = {}
    for line in lines("scope.txt"):
        kind, _, pattern = line.partition("|")
        told.setdefault(kind.strip(), []).append(regex(pattern))
    for text in TEXTS:
        seen = scope.Scene(replace(normalise.normalise(text), soft=frozenset()))
        for kind, patterns in told.items():
            found = [hit.span() for hit in re.finditer("|".join(patterns), seen.text)]
            assert seen.cues(kind) == found


def test_a_stretch_that_stays_as_it_is_holds_no_character_that_would_change() -> None:
    for char in map(chr, range(0xA000)):
        if normalise._stretches().fullmatch(char)[1]:
            assert normalise._fate(char) == char


@given(st.text(ALPHABET + "\n", max_size=60))
def test_the_pieces_of_a_text_are_one_to_three_characters_and_pairs_with_a_gap(words: str) -> None:
    said = words.replace("\n", "。").replace(" ", "_")
    framed = f"^{said}$"
    side_by_side = {framed[at : at + size] for size in (1, 2, 3) for at in range(len(framed) - size + 1)}
    apart = {f"{said[at]}.{said[at + gap]}" for gap in (2, 3, 4) for at in range(len(said) - gap)}
    assert hunch.pieces(words) == side_by_side | apart
    known = hunch.learned()
    weight = sum(known.weights.get(piece, 0) for piece in side_by_side | apart)
    assert hunch.unease(words, known) == known.bias + weight / hunch.SCALE / sqrt(len(side_by_side | apart))
