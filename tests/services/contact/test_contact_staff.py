from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services.contact import plans as contact_plans
from bot.services.contact import referrals
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import staff as contact_staff
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import AbnormalNotice, CareTask, ContactPlan, ContactRung, Referral
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes

ELSEWHERE = "220182102201"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _member(work: Work, conversation: str) -> Member:
    found = accounts.member(work, conversation)
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
            contact_staff.decide(work, member, plan, "suspected_harm", "孩子身上有伤"),
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
    for day in range(3):
        hands.forward(days=bool(day))
        with world.work() as work:
            member, plan = _member(work, director), _plan(work, home)
            refused = contact_staff.numbers_failed(work, member, plan, family_reaches=reaches)
            assert refused.refusal == "too_few_calls"
            assert contact_staff.called(work, member, plan, reached=False).allowed
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
        contact_staff.decide(work, member, plan, "protection_order", "法院4月的裁定")
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
        contact_staff.notice_called(work, _member(work, director), notice, acted=False)
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


def test_whoever_may_have_done_it_is_asked_nothing_until_staff_decide(world: World, hands: Hands) -> None:
    """孩子说“我爸打我”: no question to father or mother until it is known who; then to her alone."""
    director = world.staff("child_director")
    home = homes.make(world, "father", "mother", "self")
    father, mother, child = (homes.join(world, home, kind) for kind in ("father", "mother", "self"))
    world.say(child, "我爸打我，打得身上都是印子")
    for answer in ("现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
        world.say(child, answer)
    assert world.report().severity in ("S0", "S1")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3)
    homes.tick(world)
    homes.tick(world)
    assert world.pushes(father) == world.pushes(mother) == []
    assert homes.rungs(world, home) == [("decide_prompts", "suspected_harm", True)] * 2
    with world.work() as work:
        member = _member(work, director)
        assert (
            contact_staff.notify_abnormal(work, member, _plan(work, home), "x").refusal == "may_be_the_source_of_harm"
        )
        contact_staff.decide(work, member, _plan(work, home, "mother"), "cleared", "妈妈一直在外地，不在家")
        contact_staff.decide(work, member, _plan(work, home), "suspected_harm", "孩子说是爸爸打的")
    homes.tick(world)
    assert (world.pushes(father), world.pushes(mother)) == ([], ["contact.push.prompt"])
    assert not any(still_open for _, _, still_open in homes.rungs(world, home))


def test_of_a_relatives_child_the_director_sees_nothing_and_the_supervisor_carries_it(
    world: World, hands: Hands
) -> None:
    director, supervisor = world.staff("child_director"), world.staff("child_supervisor", VILLAGE[:9], "李督导")
    home = homes.make(world, "father")
    homes.join(world, home, "father")
    with world.work() as work:
        contact_rungs.open_task(work, _plan(work, home), "wants_talk", "wants_talk")
        assert contact_staff.of_the_family(work, _member(work, director), home.child).allowed
        assert not contact_staff.may(work, _member(work, director), home.child)
        assert contact_staff.may(work, _member(work, supervisor), home.child)
        contact_rungs.open_task(work, _plan(work, home), "wants_help", "asked_for_a_person")
    assert world.pushes(director) == ["contact.task"]
    assert world.pushes(supervisor) == ["contact.task.several"]
    with world.work() as work:
        assert {task.area for task in work.session.scalars(select(CareTask))} == {VILLAGE[:9]}


def test_the_directors_own_child_goes_to_the_supervisor_by_itself(world: World) -> None:
    """A director who joined as a mother in the same chat."""
    director, supervisor = world.staff("child_director"), world.staff("child_supervisor", VILLAGE[:9], "李督导")
    home = homes.make(world, "mother")
    with world.work() as work:
        contact_plans.reach(work, home.people["mother"], director)
        chosen = {"weekday": 4, "clock": "19:00", "zone": "Asia/Shanghai", "simple": False}
        (plan,) = contact_plans.lay(work, home.people["mother"], chosen)
        contact_rungs.open_task(work, plan, "wants_talk", "wants_talk")
        assert not contact_staff.may(work, _member(work, director), home.child)
    assert (world.pushes(director), world.pushes(supervisor)) == ([], ["contact.task"])


def test_a_referral_ends_with_a_reason_and_is_looked_after_no_more(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        referrals.offer(work, _member(work, director), _plan(work, home), "soon", "县未成年人心理辅导站")
    world.tap(talk, "referral:yes")
    with world.work() as work:
        (found,) = referrals.of_child(work, home.child)
        assert referrals.close(work, _member(work, director), found, "because").refusal == "no_such_reason"
        assert referrals.close(work, _member(work, director), found, "not_needed").allowed
        assert referrals.close(work, _member(work, director), found, "not_needed").refusal == "already"
    hands.forward(days=61)
    with world.work() as work:
        assert referrals.tick(work) == 0


def test_a_carer_who_may_not_be_asked_is_not_asked_about_moods_either(world: World, hands: Hands) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer")
    for _ in range(2):
        hands.forward(days=14)
        world.tap(talk, "contact.how=mood_low")
    with world.work() as work:
        contact_staff.decide(
            work, _member(work, director), _plan(work, home, "carer"), "suspected_harm", "孩子身上有伤"
        )
    homes.tick(world)
    assert world.pushes(talk) == []
