"""What families tell of themselves, answers to one question, and corrections."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.care import model
from bot.reading.families import family, family_answers
from bot.reading.persons import kin
from bot.reading.where import gazetteer

ON = date(2026, 11, 23)
SENTENCES = shipped.content(Path(__file__).parent / "family.yml")
SHORT = {"father_": "f_", "mother_": "m_", "child_": "c_"}


def short(fact: str) -> str:
    return next((fact.replace(long, brief, 1) for long, brief in SHORT.items() if fact.startswith(long)), fact)


@pytest.mark.parametrize("entry", SENTENCES, ids=[entry["text"] for entry in SENTENCES])
def test_a_family_is_read_as_it_tells_of_itself(entry: dict[str, Any]) -> None:
    read = family.read(entry["text"], ON)
    assert {short(fact): value for fact, value in read.facts.items()} == entry.get("facts", {})
    assert sorted(map(short, read.to_ask)) == entry.get("ask", [])
    assert sorted(map(short, read.precise)) == entry.get("day", [])
    assert (read.speaker, read.whose_unknown) == (entry.get("by"), entry.get("mine", False))


def test_every_fact_and_value_read_is_one_of_the_model() -> None:
    facts = model.in_force(ON).facts
    for entry in SENTENCES:
        for fact, value in family.read(entry["text"], ON).facts.items():
            assert fact in facts
            assert facts[fact].kind != "enum" or value in facts[fact].values


def test_every_span_points_into_the_text_as_written() -> None:
    for entry in SENTENCES:
        for one in family.read(entry["text"], ON).found:
            assert 0 <= one.span[0] < one.span[1] <= len(entry["text"])


def test_the_speaker_told_before_decides_who_i_am() -> None:
    told = family.read("我在大连打工两年了", ON, speaker="mother")
    assert told.facts["mother_away_months"] == 24
    assert not told.whose_unknown


def test_an_answer_that_names_nobody_is_about_whoever_was_asked_for() -> None:
    told = family.read("在外地打工呢 快一年了", ON, asked="mother_away_status")
    assert told.facts["mother_away_status"] == "away_for_work"
    assert told.facts["mother_away_months"] == 11


def test_the_home_known_before_decides_whether_a_place_of_work_is_another_county() -> None:
    assert family.read("他爸在公主岭打工", ON, home="220182").facts["father_work_place"] == "cross_county"
    assert family.read("他爸在榆树打工", ON, home="220182").facts["father_work_place"] == "same_county"


def test_two_districts_of_a_city_without_a_list_of_its_core_are_not_decided_here() -> None:
    assert "father_work_place" not in family.read("他爸在南关区打工", ON, home="220104").facts


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("他爸在南关区打工", "core_urban_same_city"),
        ("他爸在双阳区打工", "cross_county"),
        ("他爸在农安打工", "cross_county"),
    ],
)
def test_where_a_city_lists_its_core_districts_the_place_decides(
    monkeypatch: pytest.MonkeyPatch, said: str, place: str
) -> None:
    listed = {"2201": frozenset({"220102", "220103", "220104", "220105", "220106"})}
    monkeypatch.setattr(gazetteer, "core_districts", lambda: listed)
    assert family.read(said, ON, home="220104").facts["father_work_place"] == place


def test_a_code_that_is_no_district_of_the_city_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer.load()
    (tmp_path / "core_districts.txt").write_text("2201 220102 220202 220199  # a slip\n", encoding="utf-8")
    monkeypatch.setattr(gazetteer, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="220199, 220202"):
        gazetteer.core_districts.__wrapped__()


@pytest.mark.parametrize("said", ["一年多了都", "都一年了", "半年多了", "快两年了吧"])
def test_so_long_by_itself_is_told_of_who_is_away(said: str) -> None:
    told = family.read(said, ON, asked="guardian_not_performing", absent="both").facts
    assert told["father_away_months"] == told["mother_away_months"] > 5
    assert "father_away_months" not in family.read(said, ON, asked="guardian_not_performing").facts


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("his father went to Korea on June 20", "2026-06-20"),
        ("his father left on 3 December", "2025-12-03"),
        ("his father works in Korea since 2026-05-23", "2026-05-23"),
        ("他爸2026-06-20走的", "2026-06-20"),
    ],
)
def test_a_day_written_in_english_or_in_figures_is_read(said: str, day: str) -> None:
    assert family.read(said, ON).facts["father_departure_date"] == day


NO_YES = (("yes", "有"), ("no", "没有"))
GRADES = (("none", "没有"), ("g1", "一级（最重）"), ("g2", "二级"), ("ungraded", "有，但没办证或没定级"))


@pytest.mark.parametrize(
    ("fact", "text", "choices", "value"),
    [
        ("child_other_condition", "没有", NO_YES, "no"),
        ("child_other_condition", "都没有", NO_YES, "no"),
        ("child_other_condition", "沒有", NO_YES, "no"),
        ("child_other_condition", "no", NO_YES, "no"),
        ("child_other_condition", "有", NO_YES, "yes"),
        ("child_other_condition", "说不准", NO_YES, "unknown"),
        ("child_other_condition", "不知道啊", NO_YES, "unknown"),
        ("child_other_condition", "俺也整不明白", NO_YES, "unknown"),
        ("child_other_condition", "I don't know", NO_YES, "unknown"),
        ("child_other_condition", "不方便说", NO_YES, "unknown"),
        ("child_other_condition", "今天下雨了", NO_YES, None),
        ("father_disab_physical", "二级", GRADES, "g2"),
        ("father_disab_physical", "一级的", GRADES, "g1"),
        ("father_disab_physical", "没有", GRADES, "none"),
        ("child_age_years", "9", (), 9),
        ("child_age_years", "十一了", (), 11),
        ("child_age_years", "七八岁吧", (), None),
        ("mother_away_months", "八个月", (), 8),
        ("mother_away_months", "一年多", (), 12),
        ("mother_departure_date", "5月20号", (), "2026-05-20"),
        ("mother_departure_date", "去年8月20日", (), "2025-08-20"),
        ("mother_departure_date", "记不清了", (), "unknown"),
        ("mother_life_status", "在呢", (("alive", "健在"),), "alive"),
        ("guardian_not_performing", "有人管", (("no", "有人好好照顾"),), "no"),
        ("guardian_not_performing", "没有", (("no", "有人好好照顾"), ("yes", "监护人不管")), None),
        ("lives_without_guardian", "没有大人", (("yes", "是"), ("no", "不是")), "yes"),
        ("lives_without_guardian", "跟我过", (("yes", "是"), ("no", "不是")), "no"),
    ],
)
def test_a_short_answer_is_read_for_the_question_asked(
    fact: str, text: str, choices: tuple[tuple[str, str], ...], value: object
) -> None:
    assert family_answers.value(text, fact, choices, ON) == value


@pytest.mark.parametrize(
    ("text", "facts", "last", "fixed"),
    [
        ("不是五个月是九个月", {"father_away_months": 5}, None, {"father_away_months": 9}),
        ("不是5个月，是9个月", {"mother_away_months": 5, "father_away_months": 8}, None, {"mother_away_months": 9}),
        ("不对，是九岁", {"child_age_years": 8}, "child_age_years", {"child_age_years": 9}),
        ("不是八岁是九岁", {"child_age_years": 8}, None, {"child_age_years": 9}),
        ("五个月", {"father_away_months": 9}, None, {}),
    ],
)
def test_a_correction_replaces_what_it_names(
    text: str, facts: dict[str, Any], last: str | None, fixed: dict[str, Any]
) -> None:
    assert family_answers.corrected(text, facts, ON, None, last) == fixed


@pytest.mark.parametrize("text", ["如果他妈也出去打工呢", "要是孩子满16了呢", "what if I come home"])
def test_a_question_what_would_be_is_known_for_one(text: str) -> None:
    assert family.is_hypothetical(text)


@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    family.read(text, ON)
    family_answers.value(text, "child_age_years", (), ON)
    family_answers.corrected(text, {"father_away_months": 5}, ON)


@pytest.mark.parametrize("flood", ["我", "爸", "我妈", "孩子他爸", "my husband "])
def test_a_flood_of_names_is_read_to_a_bound_and_no_further(flood: str) -> None:
    assert len(kin.mentions(flood * (4096 // len(flood)), None)) <= kin.MOST_NAMED


@pytest.mark.parametrize(
    ("text", "of_the_writer", "of_the_other"),
    [
        ("我就是她爸 她妈前年没了 我一个人带", "father_life_status", "mother_life_status"),
        ("我是他妈 他爸没了", "mother_life_status", "father_life_status"),
    ],
)
def test_a_parent_who_says_who_he_is_tells_of_the_other_alone(text: str, of_the_writer: str, of_the_other: str) -> None:
    found = {one.fact: one.value for one in family.read(text, date(2026, 11, 28)).found}
    assert found[of_the_other] == "dead"
    assert found.get(of_the_writer, "alive") == "alive"
