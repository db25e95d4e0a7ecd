"""What the learned hunch may and may not do, and that its file belongs to the sentences it was learned from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.reading.danger import read
from bot.reading.dangers import hunch
from bot.reading.normalise import normalise

HERE = Path(__file__).parent
SENTENCES = (*sorted((HERE / "voices").glob("*.yml")), HERE / "danger_dev.yml")
HEARD = {file.stem: shipped.content(file) for file in SENTENCES[:-1]}
STRANGERS = sorted(HEARD.keys() - {"everyday"})


def shares(texts: list[str]) -> tuple[float, float]:
    """Which part is answered at once, and which part is asked about."""
    readings = [read(text) for text in texts]
    at_once = sum(reading.level == "emergency" for reading in readings) / len(texts)
    return at_once, sum(reading.ask for reading in readings) / len(texts)


def test_the_file_was_made_of_the_sentences_that_are_here() -> None:
    """After a sentence has changed: .venv-rasa/bin/python deploy/hunch.py"""
    total = hashlib.sha256()
    for file in SENTENCES:
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    assert hunch.learned().made_of == total.hexdigest()[:16]


def test_the_file_is_small() -> None:
    assert hunch.FILE.stat().st_size <= 400_000


@pytest.mark.parametrize("voice", STRANGERS)
def test_what_each_person_said_is_heard(voice: str) -> None:
    at_once, asked = shares(HEARD[voice]["emergency"])
    assert at_once >= 0.6
    assert at_once + asked >= 0.95


@pytest.mark.parametrize("voice", STRANGERS)
def test_what_each_person_said_without_danger_is_mostly_left_alone(voice: str) -> None:
    at_once, asked = shares(HEARD[voice]["not_emergency"])
    assert at_once <= 0.05
    assert asked <= 0.15


def test_an_ordinary_day_is_left_alone() -> None:
    at_once, asked = shares(HEARD["everyday"]["not_emergency"])
    assert at_once <= 0.01
    assert asked <= 0.02


def test_a_hunch_asks_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for said in HEARD.values() for part in said.values() for text in part][::7]
    before = [read(text) for text in texts]
    certain = hunch.Learned("", 1000.0, {})
    monkeypatch.setattr(hunch, "learned", lambda: certain)
    after = [read(text) for text in texts]
    assert [one.level == "emergency" for one in after] == [one.level == "emergency" for one in before]
    assert all(one.level == "concern" and one.ask for one in after if one.kinds[:1] == ("unclear",))


@pytest.mark.parametrize(
    "text",
    [
        "昨天入户走访，孩子身上有伤，已经处理好了",
        "这部电视剧里那个男的天天把孩子往死里整",
        "把孩子扔在家里算什么罪，判几年",
    ],
)
def test_notes_quotations_and_questions_about_rules_are_not_asked_about(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", 1000.0, {}))
    assert "unclear" not in read(text).kinds


@pytest.mark.parametrize("who", ["小宇爸爸", "妞妞他妈", "我是小满他爸", "叫我铁蛋爸就行", "石头奶奶。"])
def test_who_only_gives_a_name_is_not_asked_about_danger(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", 1000.0, {}))
    assert read(who).level == "none"


@pytest.mark.parametrize("cry", ["救爸爸", "小宝掐他妈", "喝药了爸爸", "我怕我爸"])
def test_a_cry_as_short_as_a_name_is_no_name(cry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", 1000.0, {}))
    assert read(cry).ask


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_weighed(text: str) -> None:
    assert isinstance(hunch.unease(normalise(text).text, hunch.learned()), float)


def test_a_cry_at_either_end_of_a_long_text_is_heard() -> None:
    filling = "今天天气挺好我们去公园玩了一会儿然后回家吃饭。" * 40
    cry = "他俩上山采蘑菇，现在快九点了林子里喊也没人应"
    known = hunch.learned()
    assert hunch.unease(normalise(cry + "。" + filling).text, known) > hunch.unease(normalise(filling).text, known)


def test_a_file_that_says_nothing_of_its_making_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "hunch.txt"
    file.write_text("3: 掐\n2: 打\n", encoding="utf-8")
    monkeypatch.setattr(hunch, "FILE", file)
    with pytest.raises(ValueError, match="made of"):
        hunch.learned.__wrapped__()
