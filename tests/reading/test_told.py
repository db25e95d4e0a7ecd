"""What a message tells, on its development sentences, and what holds for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.reading.dangers.scope import Scene
from bot.reading.normalise import normalise
from bot.reading.persons import children, people
from bot.reading.reports import signs, told

HERE = Path(__file__).parent
PARTS = shipped.content(HERE / "told_dev.yml")
NOTHING = PARTS["nothing"]
SENTENCES = [entry for part, entries in PARTS.items() if part != "nothing" for entry in entries]
POLICY = shipped.content(HERE.parents[1] / "bot/care/policy/reports.yml")
FACTS = {fact["id"]: fact for fact in POLICY["told_facts"]}
FIELDS = {
    "by": "reporter_type",
    "unit": "unit",
    "suspect": "suspect_relation",
    "age": "child_age_years",
    "sex": "child_sex",
    "danger": "danger_now",
    "tense": "harm_tense",
    "cares": "other_adult_cares",
    "hurt": "injured_now",
}
HIDDEN = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d"]


def those_with(*fields: str) -> Any:
    """The sentences that say something about one of these fields, as test parameters."""
    chosen = [entry for entry in SENTENCES if any(field in entry for field in fields)]
    return pytest.mark.parametrize("entry", chosen, ids=[entry["text"] for entry in chosen])


def words(text: str, span: told.Span | None) -> str:
    return text[span[0] : span[1]] if span else "-"


@those_with("signs", "only", "never")
def test_the_signs_are_heard(entry: dict[str, Any]) -> None:
    heard = set(told.read(entry["text"]).signs)
    assert set(entry.get("signs", ())) - heard == set()
    assert heard & set(entry.get("never", ())) == set()
    assert "only" not in entry or heard == set(entry["only"])


@pytest.mark.parametrize("text", NOTHING)
def test_idle_talk_rules_and_work_notes_tell_of_nothing(text: str) -> None:
    assert told.read(text).signs == ()


@those_with(*FIELDS)
def test_the_other_facts_are_as_told(entry: dict[str, Any]) -> None:
    reading = told.read(entry["text"])
    wanted = {field: value for field, value in entry.items() if field in FIELDS}
    assert {field: getattr(reading, FIELDS[field]) for field in wanted} == wanted


@those_with("when", "child")
def test_places_in_the_text_hold_the_words_told(entry: dict[str, Any]) -> None:
    reading = told.read(entry["text"])
    spans = {"when": words(entry["text"], reading.when), "child": words(entry["text"], reading.child_ref)}
    assert {field: spans[field] for field in spans if field in entry} == {
        field: entry[field] for field in spans if field in entry
    }


@pytest.mark.parametrize("entry", SENTENCES, ids=[entry["text"] for entry in SENTENCES])
def test_people_of_the_chain_are_left_out_only_where_they_are_involved(entry: dict[str, Any]) -> None:
    assert list(told.read(entry["text"]).suspect_is_chain) == entry.get("chain", [])


def test_there_are_enough_sentences_to_learn_from() -> None:
    assert len(SENTENCES) >= 220
    assert len(NOTHING) >= 50


@cache
def fired() -> frozenset[str]:
    texts = [entry["text"] for entry in SENTENCES]
    return frozenset(found.entry.pattern for text in texts for found in signs.find(Scene(normalise(text))))


def test_every_line_of_the_signs_is_justified_by_a_sentence() -> None:
    assert [entry.pattern for entry in signs.lexicon()[1] if entry.pattern not in fired()] == []


@pytest.mark.parametrize("index", range(len(people.tellers()[1])))
def test_every_line_of_the_speakers_is_justified_by_a_sentence(index: int) -> None:
    pattern = people.tellers()[0].compiled(index)
    assert any(pattern.search(normalise(entry["text"]).text) for entry in SENTENCES)


def test_every_sign_is_one_the_policy_knows_and_none_of_the_gravest() -> None:
    known = {sign["id"]: sign.get("severity") for sign in POLICY["signs"]}
    told_here = {entry.sign for entry in signs.lexicon()[1]}
    assert told_here <= known.keys()
    assert {sign for sign in told_here if known[sign] == "S0"} == set()


def test_harmless_signs_are_those_of_the_policy() -> None:
    harmless = {sign["id"] for sign in POLICY["signs"] if not sign["harm"]}
    assert harmless == signs.HARMLESS


def test_every_value_is_one_the_policy_knows() -> None:
    roles = set(FACTS["bound"]["default"]) | {"village_committee"}
    for entry in SENTENCES:
        reading = told.read(entry["text"])
        for field in ("harm_tense", "suspect_relation", "child_sex", "other_adult_cares", "injured_now", "danger_now"):
            assert getattr(reading, field) in FACTS[field]["values"]
        assert reading.reporter_type in (None, *FACTS["reporter_type"]["values"])
        assert reading.unit in (None, *FACTS["unit"]["values"])
        assert set(reading.suspect_is_chain) <= roles


def test_what_is_not_said_stays_unknown() -> None:
    assert told.read("孩子的事") == told.Told()
    assert told.read("") == told.Told()


def test_every_relation_has_a_value_and_stands_in_one_group() -> None:
    groups = [(group, word) for group, listed in people.rows() for word in listed]
    relations = [word for group, word in groups if not group.startswith("chain.")]
    assert {group for group, _ in groups if not group.startswith("chain.")} == people.RELATION_OF.keys()
    assert len(relations) == len(set(relations))


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_makes_it_fail(text: str) -> None:
    reading = told.read(text)
    spans = [span for span in (reading.when, reading.child_ref) if span]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(
    st.lists(st.sampled_from([*"我他被打的是在叫家姓老王李孩子村主任书记三年级班岁月天没不一,。?"]), max_size=60).map(
        "".join
    )
)
def test_no_heap_of_its_own_words_makes_it_fail(text: str) -> None:
    assert told.read(text).child_ref is None or children.reference(normalise(text), own_name=True)


@given(st.data())
def test_hidden_characters_do_not_change_what_is_told(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([entry["text"] for entry in SENTENCES]))
    broken = text
    for place in sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)), reverse=True):
        broken = broken[:place] + data.draw(st.sampled_from(HIDDEN)) + broken[place:]
    plain, hidden = told.read(text), told.read(broken)
    assert (hidden.signs, hidden.suspect_relation, hidden.reporter_type) == (
        plain.signs,
        plain.suspect_relation,
        plain.reporter_type,
    )


def test_a_long_message_is_read_to_its_end() -> None:
    """A pattern that tries every way again would never come back from these."""
    text = "孩子他爸昨天喝多了打孩子，村主任护着他，老李家二小子八岁没人管。" * 300
    for long in (text, "1岁" * 5000, "1月2号" * 2500, "叫王" * 5000):
        assert told.read(long)
