"""A family's self-check reaches the eligibility history of its child only with the family's consent."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.services.register import assessing, from_check
from bot.services.tasks import care_tasks
from bot.storage.tables import CareTask, Child, ChildAssessment, JournalEntry
from tests.builders import World
from tests.services.cases import TOWNSHIP, VILLAGE, Person, outcome, person
from tests.services.checking import to_the_end, told
from tests.services.registered import NEXT_VILLAGE, filed
from tests.services.talking import last

CARED = "孩子9岁跟奶奶过，奶奶照顾得挺好，我俩在大连打工两年，过年回来几天"
PLACE = "公主岭市响水镇姜家店村"


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


def _handed_over(world: World, agrees: str) -> str:
    """A family checks itself and hands over, with this button at the end. Returns the task."""
    talk, _ = told(world, CARED)
    to_the_end(world, talk)
    world.tap(talk, "eligibility.hand=start")
    for said in (PLACE, "小明奶奶", "13800001111"):
        world.say(talk, said)
    assert "放进孩子的档案" in " ".join(choice.label for choice in world.said(talk)[-1].choices), last(world, talk)
    assert world.tap(talk, f"eligibility.hand={agrees}") == ["eligibility.handed.child_director"]
    with world.work() as work:
        return work.session.scalars(select(CareTask.uid)).one()


def _attached(world: World, child: str) -> list[tuple[str, str]]:
    with world.work() as work:
        rows = assessing.history(work, work.session.get_one(Child, child))
        return [(row.source, result["left_behind"]) for row, result in rows]


def test_with_consent_what_the_family_told_stands_in_the_childs_history(world: World, director: Person) -> None:
    task, child = _handed_over(world, "file"), filed(world, "王小明")
    assert _attached(world, child) == []
    assert outcome(director.does(from_check.attach, task, "小明")) == (True, None)
    assert _attached(world, child) == [("self_check", "eligible")]
    with world.work() as work:
        row = work.session.scalars(select(ChildAssessment)).one()
        facts: dict[str, Any] = work.open(assessing.FACTS, row.uid, row.facts_sealed)
        assert work.session.get_one(Child, child).left_behind == "eligible"
        assert (row.by, facts[assessing.BIRTH]) == (director.member(work).account, "2016-05-20")
        assert "child_age_years" not in facts
        act = work.session.scalars(select(JournalEntry).where(JournalEntry.act == "self-check attached")).one()
        assert '"how": "chat"' in act.detail
    assert outcome(director.does(from_check.attach, task, "小明")) == (False, "attached")


@pytest.mark.parametrize(
    ("answer", "says", "attached"),
    [
        ("eligibility.file=yes", ["eligibility.file.yes"], True),
        ("行", ["eligibility.file.yes"], True),
        ("eligibility.file=no", ["eligibility.file.no"], False),
        ("不用了", ["eligibility.file.no"], False),
        (None, [], False),
    ],
)
def test_who_hands_over_in_a_sentence_is_asked_about_the_file_afterwards(
    world: World, director: Person, answer: str | None, says: list[str], attached: bool
) -> None:
    talk, _ = told(world, CARED)
    keys = world.say(talk, f"行，让村里儿童主任来一趟吧，{PLACE}")
    assert keys[-3:] == ["eligibility.handed.child_director", "eligibility.reach", "eligibility.file"]
    if answer is not None:
        assert (world.tap if "=" in answer else world.say)(talk, answer) == says
    child = filed(world, "王小明")
    with world.work() as work:
        task = work.session.scalars(select(CareTask.uid)).one()
    assert director.does(from_check.attach, task, "王小明").allowed is attached
    assert _attached(world, child) == ([("self_check", "eligible")] if attached else [])


def test_thanks_agree_to_nothing(world: World, director: Person) -> None:
    talk, _ = told(world, CARED)
    world.say(talk, f"行，让村里儿童主任来一趟吧，{PLACE}")
    assert "eligibility.file.yes" not in world.say(talk, "谢谢啊")
    with world.work() as work:
        task = work.session.scalars(select(CareTask.uid)).one()
    filed(world, "王小明")
    assert not director.does(from_check.attach, task, "王小明").allowed


def test_a_yes_may_be_taken_back_until_it_stands_in_the_file_and_without_a_check_it_is_no_answer(
    world: World, director: Person
) -> None:
    talk, _ = told(world, CARED)
    world.say(talk, f"行，让村里儿童主任来一趟吧，{PLACE}")
    with world.work() as work:
        task = work.session.scalars(select(CareTask.uid)).one()
    filed(world, "王小明")
    for value in ("yes", "no"):
        world.tap(talk, f"eligibility.file={value}")
    assert outcome(director.does(from_check.attach, task, "王小明")) == (False, "not_agreed_to_file")
    world.tap(talk, "eligibility.file=yes")
    assert director.does(from_check.attach, task, "王小明").allowed
    assert world.tap(talk, "eligibility.file=no") == ["chat.expired_button"], "it stands there: staff take it out"
    assert world.tap(world.citizen(), "eligibility.file=yes") == ["chat.expired_button"]


def test_without_consent_nothing_is_attached_whatever_staff_do(world: World, director: Person) -> None:
    task, child = _handed_over(world, "yes"), filed(world, "王小明")
    for agreed in ("", "chat", "surely"):
        assert outcome(director.does(from_check.attach, task, "王小明", agreed)) == (False, "not_agreed_to_file")
    assert _attached(world, child) == []
    with world.work() as work:
        row = work.session.get_one(CareTask, task)
        assert (row.child, "to_file" in care_tasks.payload(work, row)) == (None, False)
        assert work.session.get_one(Child, child).left_behind is None


def test_consent_told_to_staff_is_written_down_with_how_and_by_whom(world: World, director: Person) -> None:
    task, child = _handed_over(world, "yes"), filed(world, "王小明")
    assert director.does(from_check.attach, task, "王小明", "phone").allowed
    assert _attached(world, child) == [("self_check", "eligible")]
    with world.work() as work:
        kept = care_tasks.payload(work, work.session.get_one(CareTask, task))["to_file"]
    assert (kept["how"], kept["by"]) == ("phone", director.account)


def test_it_goes_to_one_child_of_ones_own_and_to_no_other(world: World, director: Person) -> None:
    task = _handed_over(world, "file")
    elsewhere = filed(world, "王小明", NEXT_VILLAGE)
    assert outcome(director.does(from_check.attach, task, "王小明")) == (False, "no_child")
    filed(world, "王小明"), filed(world, "王小明明")
    assert outcome(director.does(from_check.attach, task, "王小明")) == (False, "several_children")
    assert outcome(director.does(from_check.attach, task, " ")) == (False, "no_child")
    other = person(world, "child_director", NEXT_VILLAGE)
    assert outcome(other.does(from_check.attach, task, "王小明")) == (False, "absent")
    assert _attached(world, elsewhere) == []


def test_what_staff_settled_and_what_was_told_later_is_not_overwritten(world: World, director: Person) -> None:
    task, child = _handed_over(world, "file"), filed(world, "王小明")
    with world.work() as work:
        fact, known = next(iter(assessing.settable(work.today).items()))
        value = str(known.values[0])
    supervisor = person(world, "child_supervisor", TOWNSHIP)
    assert supervisor.does(assessing.set_fact, child, fact, value, "有证明").allowed
    assert director.does(from_check.attach, task, "王小明").allowed
    with world.work() as work:
        row = work.session.get_one(Child, child)
        facts = assessing.told(work, row)
    assert facts[fact] == value
    assert facts["father_away_status"].startswith("away")
