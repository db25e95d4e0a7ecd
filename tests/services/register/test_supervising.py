"""What supervisors see, the yearly check, the quarter's reminders, rehearsing a model, deputies and hand-overs."""

from __future__ import annotations

import copy
import json
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot import jobs
from bot.care import model as models
from bot.care import policy_data
from bot.services.register import children, quarterly, rehearsing, spot_checks, supervising
from bot.services.staff import standing_in
from bot.storage.crypto import opaque_id
from bot.storage.tables import ChildAssessment, SpotCheckFile, VisitReason
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import staff_of
from tests.services.registered import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, child_of, filed, person


def test_late_visits_stand_by_village_with_the_reason_told_and_not_recorded_is_not_not_visited(world: World) -> None:
    late, untold = filed(world), filed(world, "李雪", NEXT_VILLAGE)
    supervisor = person(world, "child_supervisor", TOWNSHIP)
    with world.work() as work:
        yesterday = work.today - timedelta(days=1)
        for uid in (late, untold):
            child_of(work, uid).next_due = yesterday
        work.session.flush()
        for minutes, reason in ((0, "nobody_home"), (5, "not_recorded")):
            work.session.add(
                VisitReason(
                    uid=opaque_id(),
                    child=late,
                    due=yesterday,
                    reason=reason,
                    by=supervisor.member(work).account,
                    at=work.now + timedelta(minutes=minutes),
                )
            )
        work.session.flush()
        (town,) = supervising.townships(work, supervisor.member(work))
        assert [(one.area, one.late, one.reasons) for one in town.villages] == [
            (VILLAGE, 1, (("not_recorded", 1),)),
            (NEXT_VILLAGE, 1, (("untold", 1),)),
        ]
        assert town.total("children") == 2


def test_been_there_but_not_written_down_is_told_by_a_tap_apart_from_not_visited(world: World, hands: Hands) -> None:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    people = staff_of(world)
    with world.work() as work:
        home = on_file.home(work)
        on_file.child(work, household=home, filed=work.today - timedelta(days=8))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    talk = people.director.talk
    world.tap(talk, f"due:no:{home}")
    (value,) = (one.value for said in world.said(talk) for one in said.choices if one.label == "去过了，没记")
    assert world.tap(talk, value) == world.tap(talk, f"due:go:{home}")
    with world.work() as work:
        (town,) = supervising.townships(work, people.supervisor.member(work))
        assert [one.reasons for one in town.villages] == [(("not_recorded", 1),)]


def test_a_late_visit_at_which_a_child_was_missing_is_shown_with_that_reason(world: World, hands: Hands) -> None:
    director, supervisor = person(world, "child_director", VILLAGE), person(world, "child_supervisor", TOWNSHIP)
    (home,) = on_file.homes(world, "李小明", filed=world.now().date() - timedelta(days=20))
    world.tap(director.talk, f"due:lost:{home}")
    assert world.tap(supervisor.talk, "child.late=show")
    assert "孩子不见了1" in world.said(supervisor.talk)[-1].text


def test_what_is_missing_is_asked_the_same_of_director_and_supervisor(world: World) -> None:
    uid = filed(world, birth_date=None, kin=(), hukou_area="220182101201")
    with world.work() as work:
        assert supervising.questions(work, child_of(work, uid)) == [
            "birth_date", "carer", "level", "assessment", "counties",
        ]  # fmt: skip


def test_the_check_is_drawn_once_and_the_same_again_with_the_same_seed(world: World) -> None:
    for number in range(12):
        filed(world, f"王{number}", birth_date=date(2010, 1, number + 1))
    with world.work() as work:
        first = spot_checks.draw(work, COUNTY, 2026, seed="a")
        drawn = {one.line.child.uid for one in spot_checks.files(work, first)}
        assert (len(drawn), spot_checks.draw(work, COUNTY, 2026).uid) == (5, first.uid)
        again = spot_checks.draw(work, COUNTY, 2025, seed="a")
        assert {one.line.child.uid for one in spot_checks.files(work, again)} == drawn


def test_a_correction_needs_words_and_a_day_and_comes_again_next_year_while_it_is_open(world: World) -> None:
    for number in range(12):
        filed(world, f"王{number}", birth_date=date(2010, 1, number + 1))
    county, director = person(world, "county_caseworker", COUNTY), person(world, "child_director", VILLAGE)
    with world.work() as work:
        check = spot_checks.draw(work, COUNTY, 2026, seed="a")
        file = spot_checks.files(work, check)[0].file
        member, day = county.member(work), work.today + timedelta(days=30)
        assert spot_checks.settle(work, director.member(work), file.uid, "fine").refusal == "absent"
        assert spot_checks.settle(work, member, file.uid, "correct", "", day).refusal == "reason_missing"
        assert spot_checks.settle(work, member, file.uid, "correct", "没有监护等级", day).allowed
        later = spot_checks.draw(work, COUNTY, 2027, seed="b")
        carried = work.session.scalars(
            select(SpotCheckFile.child).where(SpotCheckFile.spot_check == later.uid, SpotCheckFile.why == "carried")
        ).all()
        assert carried == [file.child]


def test_the_quarter_is_brought_to_mind_on_its_days_and_once_a_day(world: World, hands: Hands) -> None:
    county = person(world, "county_caseworker", COUNTY)
    reminded = []
    for day in (16, 17, 18, 24, 30, 31):
        hands.moment = datetime(2026, 12, day, 9, 0, tzinfo=SHANGHAI)
        for _ in range(2):
            with world.work() as work:
                reminded.append(quarterly.remind(work))
    assert reminded == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]
    assert set(world.pushes(county.talk)) == {"quarter.reminder"}


def test_the_tick_of_the_register_assesses_whoever_is_out_of_date_and_then_rests(world: World, hands: Hands) -> None:
    filed(world, birth_date=date(2010, 11, 25), facts={"father_away_status": "away_for_work"})
    hands.forward(days=5)
    first = jobs.run(world.database, world.vault, "register", world.now())
    again = jobs.run(world.database, world.vault, "register", world.now())
    assert (first["assessed"], again["assessed"]) == (1, 0)


def test_a_new_reading_is_rehearsed_and_nothing_is_written(world: World) -> None:
    filed(world, facts={"child_illness": "in_catalogue", "condition_difficulty": "yes"})
    content = copy.deepcopy(json.loads(json.dumps(policy_data.read("eligibility"), default=str)))
    content["rules"]["SELF.2"]["expr"] = content["rules"]["SELF.1"]["expr"]
    with world.work() as work:
        on = work.today
        found = rehearsing.rehearse(work, models.compiled(content, date(2100, 1, 1)), on)
        assert (found.children, found.changed) == (1, 1)
        assert found.results["hardship", "eligible", "needs_verification"] == 1
        assert found.townships == {TOWNSHIP: rehearsing.Workload([1, 0], [365 / 15, 12])}
        assert found.tiers["key_focus", "unassessed"] == 1
        assert len(work.session.scalars(select(ChildAssessment)).all()) == 1


def test_a_deputy_is_noted_with_days_that_make_sense(world: World) -> None:
    one, other = person(world, "child_director", VILLAGE), person(world, "child_director", NEXT_VILLAGE, "乙")
    with world.work() as work:
        a, b, today = one.member(work).account, other.member(work).account, work.today
        assert standing_in.away(work, a, a, today, today) == "own_deputy"
        assert standing_in.away(work, a, b, today, today - timedelta(days=1)) == "wrong_days"
        assert standing_in.away(work, a, "a" * 26, today, today) == "no_such_account"
        assert standing_in.away(work, a, b, today, today) is None
        assert sorted(children.areas(work, other.member(work))) == [VILLAGE, NEXT_VILLAGE]


def test_whoever_takes_over_a_post_has_its_children_and_whoever_left_has_none(world: World) -> None:
    uid = filed(world)
    old, new = person(world, "child_director", VILLAGE), person(world, "child_director", NEXT_VILLAGE, "乙")
    with world.work() as work:
        assert standing_in.hand_over(work, old.member(work).account, new.member(work).account) == 1
        assert children.reach(work, new.member(work), uid) is not None
        assert children.reach(work, old.member(work), uid) is None
