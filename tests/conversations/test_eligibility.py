"""The self-check of eligibility with the real Rasa: from the first sentence to the result, and after a death."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Person, Running
from tests.faults.sizes import FULL
from tests.services.checking import RESULT
from tests.services.families import FAMILIES, Family, wrong

CARED = "奶奶照顾得挺好，我俩在大连打工两年，过年回来几天，孩子9岁跟奶奶过"
MOST = 25


def test_a_question_whether_a_child_is_eligible_leads_to_a_first_indication(running: Running, person: Person) -> None:
    said = person.say("我家孩子算不算留守儿童")
    assert "初步判断" in said
    assert "一个人住" in said
    said = person.say(CARED)
    assert "24个月" in said
    for _ in range(MOST):
        if "初步判断（" in said:
            break
        said = person.say("没有")
    assert "初步符合“留守儿童”" in said


THE_REST = "再问几个，看看还有没有别的"


def _offers_the_rest(person: Person) -> bool:
    return THE_REST in [choice["label"] for choice in person.heard[-1]["choices"]]  # type: ignore[attr-defined]


OF_THEIR_DAY = ("哪一天走的", "多大")
"""Questions whose answers are counted from the day of the test."""
ALWAYS = ("a confused grandmother", "a father who tells", "a widow who", "a child director")
ALWAYS += ("a grandmother who dictates", "a grandmother who writes", "a grandmother whose son and")
EVERYBODY = tuple(one for one in FAMILIES if not {part for part, _ in one.answers} & set(OF_THEIR_DAY))
TALKING = EVERYBODY if FULL else tuple(one for one in EVERYBODY if one.who.startswith(ALWAYS))
"""None of whom the day of the test decides."""


@pytest.mark.parametrize("family", TALKING, ids=lambda one: one.who)
def test_a_family_hears_what_is_right_and_is_asked_nothing_twice(person: Person, family: Family) -> None:
    for words in family.said:
        person.say(words)
    asked: list[str] = []
    while not (question := str(person.heard[-1]["text"])).startswith(RESULT) or _offers_the_rest(person):
        if question.startswith(RESULT):
            person.tap(THE_REST)
            continue
        assert question not in asked, question
        asked.append(question)
        person.say(next((said for part, said in family.answers if part in question), family.otherwise))
        assert len(asked) < MOST
    assert wrong(family, question) == []


def test_with_rasa_killed_in_the_middle_buttons_alone_lead_to_the_result(running: Running, person: Person) -> None:
    person.say("帮我看看孩子符不符合条件")
    running.kill("rasa")
    try:
        assert "24个月" in person.say(CARED)
        if _offers_the_rest(person):
            person.tap(THE_REST)
        said = person.say("没有低保")
        assert "残疾" in said
        for _ in range(MOST):
            if "初步判断（" in said:
                break
            labels = [choice["label"] for choice in person.heard[-1]["choices"]]  # type: ignore[attr-defined]
            said = person.tap(next((one for one in labels if one.startswith(("没有", "都没有", "不是"))), labels[0]))
        assert "初步符合“留守儿童”" in said
    finally:
        running.start_rasa()
