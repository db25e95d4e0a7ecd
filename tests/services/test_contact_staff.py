from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import contact_staff, referrals, staff
from bot.services.staff import Member
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import AbnormalNotice, ContactPlan, ContactRung, Referral
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

ELSEWHERE = "220182102201"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _member(work: Work, conversation: str) -> Member:
    found = staff.member(work, conversation)
    assert found is not None
    return found


def _plan(work: Work, home: homes.Family, kind: str = "father") -> ContactPlan:
    return work.session.scalars(select(ContactPlan).where(ContactPlan.person == home.people[kind])).one()


def test_a_director_of_another_village_may_do_and_see_nothing(world: World) -> None:
    stranger = world.staff("child_director", ELSEWHERE)
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "contact.contact=video")
    with world.work() as work:
        member, plan = _member(work, stranger), _plan(work, home)
        refusals = [
            contact_staff.record_contact(work, member, plan),
            contact_staff.numbers_failed(work, member, plan, family_reaches=False),
            contact_staff.allow(work, member, plan, allowed=False),
            contact_staff.notify_abnormal(work, member, plan, "总哭"),
        ]
        assert [one.refusal for one in refusals] == ["actor_not_allowed"] * 4
        assert contact_staff.seen(work, member, home.child) == []


def test_what_the_director_recorded_closes_the_silence(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    homes.join(world, home, "father")
    for _ in range(15 * 4):
        hands.forward(hours=6)
        homes.tick(world)
    assert homes.rungs(world, home) == [("director_task", "missed_weeks_2", True)]
    with world.work() as work:
        assert contact_staff.record_contact(work, _member(work, director), _plan(work, home)).allowed
    assert homes.rungs(world, home) == [("director_task", "missed_weeks_2", False)]
    assert homes.records(world, home, "father")[-1].confirmed_by == "child_director"


@pytest.mark.parametrize(
    ("reaches", "rungs"), [(False, [("lost_contact_record", "all_numbers_failed", True)]), (True, [])]
)
def test_lost_contact_is_recorded_with_its_date_only_when_the_family_cannot_reach_him_either(
    world: World, hands: Hands, reaches: bool, rungs: list[tuple[str, str, bool]]
) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        contact_staff.numbers_failed(work, _member(work, director), _plan(work, home), family_reaches=reaches)
    homes.tick(world)
    homes.tick(world)
    assert homes.rungs(world, home) == rungs
    with world.work() as work:
        found = work.session.scalars(select(ContactRung)).all()
        assert all(rung.opened_at == work.now for rung in found)
    world.tap(talk, "contact.contact=no")
    assert not any(still_open for _, _, still_open in homes.rungs(world, home))


def test_a_father_who_may_be_the_source_of_harm_is_asked_nothing_and_told_nothing(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        member, plan = _member(work, director), _plan(work, home)
        contact_staff.allow(work, member, plan, allowed=False)
        assert contact_staff.notify_abnormal(work, member, plan, "总哭").refusal == "may_be_the_source_of_harm"
    for _ in range(30):
        hands.forward(days=1)
        homes.tick(world)
    assert world.pushes(talk) == []
    assert homes.rungs(world, home) == []


def test_a_notice_waits_a_day_then_the_director_calls_then_the_supervisor_hears(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        assert contact_staff.notify_abnormal(work, _member(work, director), _plan(work, home), "孩子总哭").allowed
    assert "孩子总哭" not in world.said(talk)[-1].text
    world.tap(talk, "notice:show")
    assert "孩子总哭" in world.said(talk)[-1].text
    homes.tick(world)
    hands.forward(hours=23)
    homes.tick(world)
    assert homes.rungs(world, home) == []
    hands.forward(hours=2)
    homes.tick(world)
    homes.tick(world)
    assert homes.rungs(world, home) == [("director_calls", "abnormality_no_reply", True)]
    with world.work() as work:
        notice = work.session.scalars(select(AbnormalNotice)).one()
        contact_staff.called(work, _member(work, director), notice, acted=False)
    homes.tick(world)
    homes.tick(world)
    assert [rung[0] for rung in homes.rungs(world, home)] == ["director_calls", "tell_supervisor"]


def test_a_parent_who_answers_the_notice_is_thanked_and_nothing_follows(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        contact_staff.notify_abnormal(work, _member(work, director), _plan(work, home), "孩子总哭")
    assert world.tap(talk, "notice:done") == ["contact.notice.thanks"]
    hands.forward(hours=30)
    homes.tick(world)
    assert homes.rungs(world, home) == []


def test_the_director_sees_answers_and_free_words_only_where_a_concern_was_raised(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father", "self")
    talk, child = homes.join(world, home, "father"), homes.join(world, home, "self")
    hands.moment += timedelta(days=3)
    world.tap(talk, "contact.contact=video")
    world.tap(talk, "contact.concern=yes")
    world.means(talk, "他最近老一个人待着", "contact")
    world.tap(child, "contact.mood=low")
    with world.work() as work:
        seen = {one.voice: one for one in contact_staff.seen(work, _member(work, director), home.child)}
    assert seen["parent"].words == ("他最近老一个人待着",)
    assert (seen["child"].told["mood"], seen["child"].words) == ("low", ())


def test_a_code_for_somebody_around_a_child_names_what_is_wrong(world: World) -> None:
    with world.work() as work:
        with pytest.raises(ValueError, match="no such child"):
            contact_staff.person_for(work, "NOBODY", "father")
        home = homes.child(work, homes.BORN, homes.VILLAGE)
        number = work.session.get_one(homes.Child, home).number
        with pytest.raises(ValueError, match="no such kind"):
            contact_staff.person_for(work, number, "uncle")
        first = contact_staff.person_for(work, number, "father", "小宇爸爸")
        assert contact_staff.person_for(work, number, "father") == first


def test_a_referral_needs_a_guardians_yes_and_is_looked_after_three_times(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        member, plan = _member(work, director), _plan(work, home)
        assert referrals.offer(work, member, plan, "urgent", "县医院").refusal == "urgent_is_no_referral"
        assert referrals.offer(work, member, plan, "soon", "县未成年人心理辅导站").allowed
        assert referrals.offer(work, member, plan, "soon", "别处").refusal == "one_is_open"
    assert "心理" not in world.said(talk)[-1].text
    world.tap(talk, "referral:show")
    assert world.tap(talk, "referral:yes") == ["referral.slip"]
    looked = []
    for day in range(1, 70):
        hands.forward(days=1)
        with world.work() as work:
            if referrals.tick(work) and not referrals.tick(work):
                looked.append(day)
    assert looked == [7, 21, 60]
    with world.work() as work:
        assert work.session.scalars(select(Referral)).one().state == "done"


def test_a_refused_referral_has_no_consequence(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        referrals.offer(work, _member(work, director), _plan(work, home), "routine", "县未成年人心理辅导站")
    assert world.tap(talk, "referral:no") == ["referral.refused"]
    hands.forward(days=90)
    with world.work() as work:
        assert referrals.tick(work) == 0
    assert world.tap(talk, "referral:yes") == ["chat.expired_button"]
