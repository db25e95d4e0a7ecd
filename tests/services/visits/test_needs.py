"""Needs heard at a visit: whoever looks after one sees it, is reminded once, closes it with a tap or in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.care import visit_record
from bot.services.staff import standing_in
from bot.services.visits import needs, recording
from bot.storage.tables import Outbox, VisitNeed
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import VILLAGE, Person, Staff, person, staff_of
from tests.services.registered import NEXT_VILLAGE

MONDAY = date(2026, 11, 23)
WANTED = "想申请临时救助"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, MONDAY, 8, 0)
    return staff_of(world)


def _heard(world: World, who: Person, *wanted: str, name: str = "李小明") -> list[str]:
    """A visit today at which these needs were told; returns their ids."""
    with world.work() as work:
        child = on_file.child(work, name, filed=MONDAY - timedelta(days=3), level="good")
        record = visit_record.empty()
        record.update(
            sections=dict.fromkeys(visit_record.SECTIONS, "normal"), voice="seen", emergency="none", needs=list(wanted)
        )
        made = recording.record(work, who.member(work), who.talk, [child], work.today, record)
        assert made.refusal is None
        rows = work.session.scalars(select(VisitNeed).where(VisitNeed.child == child).order_by(VisitNeed.uid))
        return [row.uid for row in rows]


def _state(world: World, need: str) -> tuple[str, str]:
    with world.work() as work:
        row = work.session.get_one(VisitNeed, need)
        return row.state, str(work.open(needs.HOW, row.uid, row.how_sealed)) if row.how_sealed else ""


def _last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


def _opens(world: World, talk: str, text: str) -> list[str]:
    from bot.services.talk import doors

    inbox = world.hear(talk, {"text": text})
    with world.work() as work:
        assert doors.page_asked(work, talk, inbox, text)
        world._done(work, inbox)
    return world.keys_to(inbox)


def test_a_director_asks_for_the_list_by_its_name_and_sees_whose_what_until_when_and_who(
    world: World, people: Staff
) -> None:
    _heard(world, people.director, WANTED)
    talk = people.director.talk
    assert _opens(world, talk, "还有哪些诉求没办完") == ["needs.list"]
    assert f"1. 李小明：{WANTED}｜12月7日前回音，王主任跟进" in _last(world, talk)


def test_a_need_is_closed_with_a_tap_and_words_may_be_added(world: World, people: Staff) -> None:
    (need,) = _heard(world, people.director, WANTED)
    talk = people.director.talk
    assert world.tap(talk, f"need:see:{need}") == ["needs.card"]
    assert world.tap(talk, f"need:met:{need}") == ["needs.closed"]
    assert world.say(talk, "补充：乡里批了五百块") == ["needs.added"]
    assert _state(world, need) == ("met", "乡里批了五百块")
    assert world.tap(talk, f"need:unmet:{need}") == ["needs.over"]
    assert world.tap(talk, "need:list:") == ["needs.none"]


def test_words_after_the_card_close_it_and_are_kept(world: World, people: Staff) -> None:
    (need,) = _heard(world, people.director, WANTED)
    talk = people.director.talk
    world.tap(talk, f"need:see:{need}")
    assert world.say(talk, "还没批下来呢") != ["needs.closed"]
    world.tap(talk, f"need:see:{need}")
    assert world.say(talk, "民政说不符合条件") == ["needs.closed"]
    assert _state(world, need) == ("unmet", "民政说不符合条件")


def test_danger_told_while_a_need_is_shown_is_no_outcome_of_it(world: World, people: Staff) -> None:
    (need,) = _heard(world, people.director, WANTED)
    world.tap(people.director.talk, f"need:see:{need}")
    world.say(people.director.talk, "钱领到了，可孩子现在被他爸打得流血")
    assert _state(world, need)[0] == "open"


def test_another_village_and_the_county_close_nothing(world: World, people: Staff) -> None:
    (need,) = _heard(world, people.director, WANTED)
    other = person(world, "child_director", NEXT_VILLAGE, "邻村")
    assert world.tap(other.talk, f"need:see:{need}") == ["needs.gone"]
    assert world.tap(other.talk, f"need:met:{need}") == ["needs.gone"]
    assert world.tap(people.caseworker.talk, f"need:see:{need}") == ["needs.card.read"]
    assert world.tap(people.caseworker.talk, f"need:met:{need}") == ["needs.gone"]
    assert world.tap(people.supervisor.talk, f"need:void:{need}") == ["needs.closed"]


def _mornings(world: World, hands: Hands, who: Person, first: date, days: int) -> list[tuple[str, dict[str, object]]]:
    from bot.services.mail import mailbox

    for after in range(days):
        on_file.clock(hands, first + timedelta(days=after))
        for _ in range(2):
            jobs.run(world.database, world.vault, "visits", world.now())
    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == who.talk, Outbox.key.startswith("visits.digest"))
        )
        return [(row.key, mailbox.args_of(work, row)) for row in rows]


def test_a_need_come_due_is_in_one_mornings_message_and_in_no_later_one(
    world: World, hands: Hands, people: Staff
) -> None:
    _heard(world, people.director, WANTED, "想要双棉鞋")
    due = MONDAY + timedelta(days=14)
    mornings = _mornings(world, hands, people.director, due - timedelta(days=3), 7)
    assert mornings == [("visits.digest.needs", {"count": "2", "late": ""})]
    with world.work() as work:
        told = set(work.session.scalars(select(VisitNeed.told_on)))
        assert told == {due}
        assert [one.late for one in needs.open_of(work, people.director.member(work))] == [True, True]


def test_a_need_is_added_to_the_message_that_names_homes(world: World, hands: Hands, people: Staff) -> None:
    _heard(world, people.director, WANTED)
    with world.work() as work:
        on_file.child(work, "王欣怡", filed=MONDAY + timedelta(days=7))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    ((key, args),) = _mornings(world, hands, people.director, MONDAY + timedelta(days=14), 1)
    assert (key, args["homes"]) == ("visits.digest", "1")
    assert "1 条困难诉求" in str(args["late"])


def test_a_message_not_yet_taken_is_withdrawn_when_the_need_was_closed_before(
    world: World, hands: Hands, people: Staff
) -> None:
    (need,) = _heard(world, people.director, WANTED)
    assert len(_mornings(world, hands, people.director, MONDAY + timedelta(days=14), 1)) == 1
    world.tap(people.director.talk, f"need:met:{need}")
    with world.work() as work:
        (row,) = work.session.scalars(select(Outbox).where(Outbox.key == "visits.digest.needs"))
        assert row.state == "withdrawn"


def test_when_the_director_changes_whoever_visits_now_looks_after_it(world: World, hands: Hands, people: Staff) -> None:
    (need,) = _heard(world, people.director, WANTED)
    follower = person(world, "child_director", NEXT_VILLAGE, "孙主任")
    with world.work() as work:
        assert standing_in.hand_over(work, people.director.account, follower.account) == 1
    due = MONDAY + timedelta(days=14)
    assert [key for key, _ in _mornings(world, hands, follower, due, 2)] == ["visits.digest.needs"]
    with world.work() as work:
        (line,) = needs.open_of(work, people.supervisor.member(work))
        assert (line.need.uid, line.owners, line.child.area) == (need, ("孙主任",), VILLAGE)
