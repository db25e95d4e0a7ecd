"""The danger reader on its development sentences, and what holds for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.care import receipt
from bot.reading.danger import HUNCH, Danger, findings, lexicon, read
from bot.reading.dangers.scope import Scene
from bot.reading.normalise import normalise

TAUGHT, SHORT = (shipped.content(Path(__file__).parent / name) for name in ("danger_dev.yml", "danger_short.yml"))
SENTENCES = {part: [*said, *SHORT.get(part, [])] for part, said in TAUGHT.items()}
VOICES = [shipped.content(file) for file in sorted((Path(__file__).parent / "voices").glob("*.yml"))]
INSERTED = [" ", "\u200b", "\u2060", "\ufeff", "　", "\u00ad"]


def weight(danger: Danger) -> int:
    """0 nothing, 1 concern, 2 concern to be asked about, 3 emergency."""
    return {"none": 0, "concern": 1, "emergency": 3}[danger.level] + danger.ask


@pytest.mark.parametrize("text", SENTENCES["emergency"])
def test_an_emergency_is_answered_at_once(text: str) -> None:
    assert read(text).level == "emergency"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("邻居家小孩，爹妈都不见了", {"alone"}),
        ("楼上那孩子，爸妈都没影了", {"alone"}),
        ("对门小孩爹妈都不见了", {"alone"}),
        ("孩子和他妈都不见了", {"missing"}),
        ("孩子他妈说孩子不见了", {"missing"}),
        ("孩子不见了 他爸妈都在找", {"missing"}),
        ("孩子的爸妈都不见了，孩子也不见了", {"missing", "alone"}),
    ],
)
def test_a_child_whose_parents_are_gone_is_left_alone_and_not_missing_itself(text: str, kinds: set[str]) -> None:
    found = read(text)
    assert set(found.kinds) == kinds
    assert weight(found) >= 2


@pytest.mark.parametrize("text", SENTENCES["emergency_or_question"])
def test_a_less_clear_emergency_gets_at_least_the_question(text: str) -> None:
    assert weight(read(text)) >= 2


@pytest.mark.parametrize("text", SENTENCES["concern"])
def test_harm_that_is_not_now_is_a_concern(text: str) -> None:
    assert read(text).level == "concern"


@pytest.mark.parametrize("text", SENTENCES["no_emergency"])
def test_what_is_no_emergency_is_not_treated_as_one(text: str) -> None:
    assert read(text).level != "emergency"


@pytest.mark.parametrize("text", SENTENCES["none"])
def test_harmless_talk_is_left_alone(text: str) -> None:
    assert read(text) == Danger("none")


@pytest.mark.parametrize("text", SHORT["no_word_of_danger"])
def test_what_is_near_to_a_plea_and_none_holds_no_word_of_danger(text: str) -> None:
    assert set(read(text).kinds) <= {HUNCH}


@pytest.mark.parametrize(("graver", "lighter"), SENTENCES["pairs"])
def test_one_word_makes_the_difference(graver: str, lighter: str) -> None:
    assert weight(read(graver)) > weight(read(lighter))


def test_there_are_enough_sentences_to_learn_from() -> None:
    emergencies = SENTENCES["emergency"] + SENTENCES["emergency_or_question"]
    others = SENTENCES["concern"] + SENTENCES["no_emergency"] + SENTENCES["none"]
    assert len(emergencies) >= 350
    assert len(others) >= 350


@cache
def fired() -> frozenset[str]:
    told = [
        text
        for said in (SENTENCES, *VOICES)
        for part in said.values()
        for entry in part
        for text in ([entry] if isinstance(entry, str) else entry)
    ]
    return frozenset(found.entry.pattern for text in told for found in findings(Scene(normalise(text))))


def test_every_entry_of_the_lexicon_is_justified_by_a_sentence() -> None:
    assert [entry.pattern for entry in lexicon()[1] if entry.pattern not in fired()] == []


def test_every_sign_is_one_the_policy_knows() -> None:
    known = shipped.content(Path(__file__).parents[2] / "bot/care/policy/reports.yml")["signs"]
    assert {sign for entry in lexicon()[1] for sign in entry.signs} <= {sign["id"] for sign in known}


def test_evidence_points_into_the_text_as_written() -> None:
    text = "您好， 邻居说 孩 子 不 见 了"
    danger = read(text)
    start, end, kind = danger.evidence[0]
    assert kind == "missing"
    assert text[start:end] == "孩 子 不 见 了"


def test_self_harm_is_named_before_lighter_findings() -> None:
    danger = read("他总打我 我不想活了")
    assert danger.kinds[0] == "self_harm"
    assert danger.signs[0] == "self_harm_words"


def test_old_and_new_wounds_on_an_arm_are_no_self_harm() -> None:
    """A teacher who sees them is asked and told about harm by others."""
    found = read("班里孩子胳膊上总有新伤旧伤，说是他爸打的")
    assert (found.level, "self_harm" in found.kinds) == ("concern", False)
    assert read("手腕上划得一道一道的").level == "emergency"


def test_a_past_beating_has_no_sign_of_a_present_one() -> None:
    assert read("他正在打孩子").signs == ("beaten_now",)
    assert read("他去年打过孩子").signs == ("beaten",)


def test_no_sign_of_the_gravest_severity_without_an_emergency() -> None:
    known = shipped.content(Path(__file__).parents[2] / "bot/care/policy/reports.yml")
    gravest = {sign["id"] for sign in known["signs"] if sign.get("severity") == "S0"}
    calm = [read(text) for part in ("emergency_or_question", "concern", "no_emergency") for text in SENTENCES[part]]
    assert not any(gravest & set(danger.signs) for danger in calm if danger.level != "emergency")


def test_only_a_concern_is_asked_about() -> None:
    dangers = [read(text) for part in ("emergency", "emergency_or_question", "concern") for text in SENTENCES[part]]
    assert {danger.level for danger in dangers if danger.ask} == {"concern"}


@given(st.binary(min_size=10, max_size=10), st.sampled_from([10, 12]))
def test_a_code_of_ours_is_no_danger(chance: bytes, length: int) -> None:
    code = receipt.shown(receipt.new_code(lambda count: (chance * 2)[:count], length=length))
    assert read(code) == Danger("none")
    assert read(code.replace("-", "").lower()) == Danger("none")


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_makes_it_fail(text: str) -> None:
    danger = read(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in danger.evidence)


def test_ten_million_characters_are_read_at_both_ends() -> None:
    filling = "好" * 10_000_000
    assert read("孩子不见了" + filling).level == "emergency"
    assert read(filling + "孩子不见了").level == "emergency"


@given(st.data())
def test_hidden_characters_and_spaces_never_lower_the_level(data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from(SENTENCES["emergency"] + SENTENCES["emergency_or_question"] + SENTENCES["concern"])
    )
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    broken = text
    for place in sorted(places, reverse=True):
        if not (broken[max(0, place - 1) : place + 1].isascii() and broken[place : place + 1]):
            broken = broken[:place] + data.draw(st.sampled_from(INSERTED)) + broken[place:]
    assert weight(read(broken)) >= weight(read(text))
