"""The papers to bring: every line of the model is known, and nobody is sent for what an office holds (SHJZ-62)."""

from __future__ import annotations

import pytest

from bot.care import english, evidence, policy_data, wording
from tests.care.children import MODEL

KNOWN = policy_data.read("eligibility_evidence")
LINES = [line for rule in MODEL.rules.values() for line in rule.evidence]


def test_every_line_of_the_model_has_its_papers_and_every_paper_its_facts() -> None:
    assert set(KNOWN["lines"]) == set(LINES)
    assert {name for names in KNOWN["lines"].values() for name in names} == set(KNOWN["papers"])
    facts = {wording.general(fact): fact for fact in MODEL.facts.values()}
    for name, paper in KNOWN["papers"].items():
        for fact, values in paper["when"].items():
            assert set(values) <= set(facts[fact].values), name
        if "held_by" in paper:
            assert wording.supplier(paper["held_by"])
            assert english.supplier(paper["held_by"])


def test_what_may_be_missing_has_an_english_name_and_somebody_who_can_tell_it() -> None:
    for fact in MODEL.facts.values():
        assert english.name(fact).isascii() or "(" in english.name(fact)
        assert len(english.suppliers(fact)) == len(wording.suppliers(fact))


@pytest.mark.parametrize(
    ("told", "papers"),
    [
        ({"father_life_status": "dead"}, [("父亲的死亡证明、户口注销", "police")]),
        ({"mother_disab_mental": "g3"}, [("母亲的残疾人证", "disability")]),
        (
            {"father_illness": "in_catalogue", "mother_illness": "in_catalogue"},
            [("父亲、母亲的诊断证明", None)],
        ),
        ({"household_assistance": "dibao"}, [("低保、特困、建档立卡（监测）信息", "township")]),
        ({"mother_custody": "imprisoned"}, [("母亲服刑、羁押、强制隔离戒毒的判决或材料", "justice")]),
        ({"mother_illness": "serious_unconfirmed"}, [("母亲的诊断证明", None)]),
        ({"father_lost_contact": "ge_6m_unproven"}, [("公安查找父亲的回执（没报过案的，先到派出所报案）", None)]),
        ({"father_illness": "none", "mother_illness": "unknown", "father_life_status": "alive"}, []),
    ],
)
def test_a_paper_is_worth_having_where_what_was_told_says_so(
    told: dict[str, str], papers: list[tuple[str, str | None]]
) -> None:
    found = evidence.papers(LINES, told, MODEL)
    assert [(one.zh, one.held_by) for one in found] == papers
