"""What a director says in free words to an open record, or of a child before there is one; nothing told is dropped."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import drafts
from bot.services.visits import unfinished
from bot.storage.tables import Child, Visit
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

pytestmark = pytest.mark.words

MONDAY = date(2026, 11, 23)
NAMES = ("李小明", "王欣怡", "孙浩然", "赵小宝")


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 15, 0, tzinfo=SHANGHAI)
    staff = staff_of(world)
    on_file.homes(world, *NAMES, filed=MONDAY - timedelta(days=40), level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    return staff


def _record(world: World, talk: str) -> dict[str, Any]:
    """The record that is open."""
    with world.work() as work:
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        kept: dict[str, Any] = unfinished.contents(work, draft)["record"]
        return kept


def _attempt(world: World, name: str) -> tuple[Visit, str]:
    """The attempt at a child's home, and the words that are kept with it."""
    with world.work() as work:
        for row, child in work.session.execute(select(Visit, Child).join(Child, Child.uid == Visit.child)):
            if work.open("children.profile", child.uid, child.profile_sealed)["name"] == name:
                return row, str(work.open("visits.record", row.uid, row.record_sealed)["words"])
    raise AssertionError(f"nobody went to {name}")


def test_a_bruise_told_of_a_child_by_name_opens_its_record_and_is_asked_about(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "小宝胳膊上有块青 他说摔的")[-1] == "visit.finding"
    assert "110" in world.said(talk)[-1].text
    assert world.tap(talk, "visit.finding=neither") == ["visit.rest"]
    assert "赵小宝" in world.said(talk)[-1].text
    record = _record(world, talk)
    assert "小宝胳膊上有块青" in record["notes"]["health"]
    assert record["said"] == "摔的"


@pytest.mark.parametrize("said", ["没有", "对", "嗯 就这些", "没别的了"])
def test_whether_the_rest_is_well_or_was_not_looked_at_is_asked_and_never_guessed(
    said: str, world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李小明家 孩子瘦了")
    before = _record(world, talk)
    assert world.say(talk, said) == ["visit.how.either"]
    assert _record(world, talk) == before


def test_a_section_answered_with_no_is_asked_back(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李小明家 孩子瘦了")
    world.tap(talk, "visit.how=each")
    assert world.say(talk, "没有") == ["visit.section.either"]
    assert "living" not in _record(world, talk)["sections"]


def test_a_clause_that_belongs_nowhere_stays_a_note(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "去了李小明家 院里停着一辆外地牌照的车 孩子挺好")
    assert "院里停着一辆外地牌照的车" in _record(world, talk)["notes"]["other"]


def test_who_was_not_let_in_is_believed_and_his_words_are_kept(world: World, people: Staff) -> None:
    words = "孙浩然家去了 他爷不让进 骂骂咧咧的"
    assert world.say(people.director.talk, words)[0] == "visits.attempted"
    row, kept = _attempt(world, "孙浩然")
    assert (row.kind, row.reason, kept) == ("attempted", "refused", words)


def test_the_log_is_shown_in_the_middle_of_a_record_and_its_question_comes_after(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李小明家 孩子瘦了")
    keys = world.say(talk, "把今天的日志给我看看")
    assert keys[0].startswith("log.")
    assert keys[-1] == "visit.rest.open"


def test_words_of_a_home_whose_record_waits_are_written_there(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李小明家 孩子瘦了")
    world.say(talk, "下午去了王欣怡家 都挺好")
    assert "visit.other_home.waiting" in world.say(talk, "李小明昨天还发烧来着")
    assert "发烧" not in str(_record(world, talk))
    with world.work() as work:
        waits = next(iter(drafts.shelved(work, talk, unfinished.FLOW)))
        assert "李小明昨天还发烧来着" in str(unfinished.contents(work, waits)["record"]["notes"])


def test_a_childs_own_words_are_its_own(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李小明家 孩子瘦了")
    world.say(talk, "孩子自己说想妈妈")
    assert _record(world, talk)["said"] == "想妈妈"
