"""Who sees which child, what filing one brings, how it is found, and what staff alone may set."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.care import model as models
from bot.care import responsibility
from bot.services import journal
from bot.services.register import assessing, children, finding, moving, reassessing, registering
from bot.services.register.registering import Entry
from bot.storage.tables import AwaySpan, ChildAssessment, ChildChange, JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.services.registered import (
    COUNTY,
    NEXT_VILLAGE,
    OTHER_COUNTY_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Person,
    child_of,
    filed,
    person,
)


def _sees(one: Person, uid: str) -> bool:
    with one.world.work() as work:
        return children.reach(work, one.member(work), uid) is not None


def _writes(one: Person, uid: str) -> bool:
    with one.world.work() as work:
        return children.reach(work, one.member(work), uid, mode="write") is not None


@pytest.mark.parametrize(
    ("role", "area", "sees", "writes"),
    [
        ("child_director", VILLAGE, True, True),
        ("child_director", NEXT_VILLAGE, False, False),
        ("child_supervisor", TOWNSHIP, True, True),
        ("child_supervisor", "220184105", False, False),
        ("county_caseworker", COUNTY, True, True),
        ("county_manager", COUNTY, True, False),
        ("county_caseworker", "220182", False, False),
        ("duty_officer", COUNTY, False, False),
        ("village_committee", VILLAGE, False, False),
        ("prefecture", COUNTY[:4], False, False),
        ("sys_admin", "22", False, False),
    ],
)
def test_a_file_is_seen_and_written_by_role_and_place_of_residence(
    world: World, role: str, area: str, sees: bool, writes: bool
) -> None:
    uid, one = filed(world), person(world, role, area)
    assert (_sees(one, uid), _writes(one, uid)) == (sees, writes)


def test_the_county_of_the_hukou_reads_what_it_shares_and_writes_nothing(world: World) -> None:
    uid = filed(world, hukou_area=OTHER_COUNTY_VILLAGE)
    partner = person(world, "partner_county", OTHER_COUNTY_VILLAGE[:6])
    assert (_sees(partner, uid), _writes(partner, uid)) == (True, False)
    assert not _sees(partner, filed(world, "李雪"))


def test_the_deputy_of_somebody_away_acts_in_that_post_meanwhile_and_not_longer(world: World, hands: Hands) -> None:
    uid = filed(world)
    director, deputy = person(world, "child_director", VILLAGE), person(world, "child_director", NEXT_VILLAGE, "乙")
    with world.work() as work:
        today = work.today
        work.session.add(
            AwaySpan(
                uid="a" * 26,
                account=director.member(work).account,
                deputy=deputy.member(work).account,
                since=today,
                until=today,
            )
        )
    assert _writes(deputy, uid)
    hands.forward(days=1)
    assert not _sees(deputy, uid)


def test_a_directors_new_file_waits_for_the_supervisor_who_hears_of_it_without_a_name(world: World) -> None:
    director, supervisor = person(world, "child_director", VILLAGE), person(world, "child_supervisor", TOWNSHIP, "乙")
    with world.work() as work:
        done = registering.register(work, director.member(work), Entry("李雪", VILLAGE, date(2018, 1, 2)))
        assert done.child is not None
        uid = done.child.uid
        assert (done.allowed, done.waiting, done.child.state) == (True, True, "draft")
    assert world.pushes(supervisor.talk) == ["child.review.wanted"]
    assert "李雪" not in world.said(supervisor.talk)[-1].text
    with world.work() as work:
        assert registering.review(work, director.member(work), uid).refusal == "actor_not_allowed"
        assert registering.review(work, supervisor.member(work), uid).allowed
        assert registering.review(work, supervisor.member(work), uid).refusal == "already"
        assert child_of(work, uid).state == "active"


def test_where_nobody_reviews_the_child_is_in_service_at_once(world: World) -> None:
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        done = registering.register(work, director.member(work), Entry("李雪", VILLAGE, date(2018, 1, 2)))
        assert done.child is not None
        assert (done.child.state, done.waiting) == ("active", False)


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (Entry("李雪", NEXT_VILLAGE, date(2018, 1, 2)), "actor_not_allowed"),
        (Entry(" ", VILLAGE, date(2018, 1, 2)), "name_missing"),
        (Entry("李雪", VILLAGE, date(2030, 1, 2)), "birth_in_future"),
        (Entry("李雪", VILLAGE, date(2008, 1, 2)), "over_age"),
        (Entry("李雪", VILLAGE, date(2018, 1, 2), level="bad"), "level_unknown"),
    ],
)
def test_what_cannot_be_filed_is_refused_with_its_reason(world: World, entry: Entry, refusal: str) -> None:
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        assert registering.register(work, director.member(work), entry).refusal == refusal


def test_a_new_file_has_an_office_for_every_duty_from_its_first_day(world: World) -> None:
    uid = filed(world)
    with world.work() as work:
        child = child_of(work, uid)
        for duty in responsibility.DUTIES:
            spans = moving.spans(work, child, duty)
            assert responsibility.gaps(spans) == ()
            assert responsibility.answers(spans, child.filed_on) == VILLAGE


def test_siblings_share_household_and_the_person_who_cares_for_them(world: World) -> None:
    first = filed(world)
    with world.work() as work:
        home = child_of(work, first).household
    second = filed(world, "王小红", household=home)
    with world.work() as work:
        both = [child_of(work, uid) for uid in (first, second)]
        assert [one.person for one in children.around(work, both[0])] == [
            one.person for one in children.around(work, both[1])
        ]
        assert [one.uid for one in registering.siblings(work, both[0])] == [second]


def test_a_part_of_a_name_finds_whoever_one_may_see_and_nobody_else(world: World) -> None:
    mine, other = filed(world, "欧阳小明"), filed(world, "王小明", NEXT_VILLAGE)
    director, supervisor = person(world, "child_director", VILLAGE), person(world, "child_supervisor", TOWNSHIP, "乙")
    with world.work() as work:
        found = finding.search(work, director.member(work), "小明")
        assert [line.child.uid for line in found.lines] == [mine]
        assert finding.search(work, supervisor.member(work), "小明").total == 2
        assert [
            line.child.uid for line in finding.named_in(work, supervisor.member(work), "查一下王小明的档案").lines
        ] == [other]
        assert finding.named_in(work, supervisor.member(work), "欧阳家孩子的情况").total == 1
        assert finding.named_in(work, supervisor.member(work), "看看孩子档案").total == 0


def test_filters_and_their_counts_agree(world: World) -> None:
    filed(world)
    filed(world, "李雪", level="good", facts={"child_illness": "in_catalogue", "condition_difficulty": "yes"})
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        member = director.member(work)
        counts = finding.counts(work, member)
        assert counts["all"] == 2
        for name in finding.FILTERS:
            assert finding.listed(work, member, [name]).total == counts[name]
        assert {name for name, count in counts.items() if count} == {
            "all", "hardship", "pending", "key_focus", "unassessed",
        }  # fmt: skip
        assert finding.listed(work, member, ["key_focus", "unassessed"]).total == 0


def test_only_staff_with_the_right_set_a_staff_fact_and_only_with_a_reason(world: World) -> None:
    uid = filed(world)
    director, supervisor = person(world, "child_director", VILLAGE), person(world, "child_supervisor", TOWNSHIP, "乙")
    with world.work() as work:
        fact = ("rescued_from_trafficking", "yes")
        assert assessing.set_fact(work, director.member(work), uid, *fact, "公安通报").refusal == "actor_not_allowed"
        assert assessing.set_fact(work, supervisor.member(work), uid, *fact, " ").refusal == "reason_missing"
        assert assessing.set_fact(work, supervisor.member(work), uid, "child_hiv", "yes", "x").refusal == "no_such_fact"
        assert assessing.set_fact(work, supervisor.member(work), uid, *fact, "公安通报").allowed
        child = child_of(work, uid)
        (kept,) = assessing.staff_facts(work, child)
        assert (kept.value, kept.reason, kept.by) == ("yes", "公安通报", supervisor.member(work).account)
        assert (child.hardship, child.key_focus) == ("eligible", True)
        assert [(tag.name, tag.sources) for tag in children.tags(work, child)] == [("kf_protected", ())]


def test_nothing_shown_of_an_assessment_tells_the_one_code_from_the_other(world: World) -> None:
    shown = []
    for fact in ({"child_hiv": "yes"}, {"official_other_self_hardship": "yes"}):
        uid = filed(world, facts=fact)
        with world.work() as work:
            (_, result), *_ = assessing.history(work, child_of(work, uid))
            shown.append((result["matched"], result["pending"], result["considered_not_met"]))
    assert "SELF.4" in shown[0][0]
    assert shown[0] == shown[1]


def test_a_birthday_brings_a_new_assessment_once(world: World, hands: Hands) -> None:
    away = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}
    uid = filed(world, birth_date=date(2010, 11, 25), facts=away)
    with world.work() as work:
        assert child_of(work, uid).recheck_on == date(2026, 11, 26)
        assert reassessing.tick(work)["assessed"] == 0
    hands.forward(days=3)
    with world.work() as work:
        assert reassessing.tick(work) == {"assessed": 1, "changed": 1, "broken": 0, "left": 0}
        assert reassessing.tick(work)["assessed"] == 0
        assert child_of(work, uid).left_behind == "not_eligible"
        assert len(work.session.scalars(select(ChildAssessment)).all()) == 2


def test_a_file_that_cannot_be_read_holds_up_nobody_else_and_is_tried_again_the_next_day(
    world: World, hands: Hands
) -> None:
    away = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}
    uids = [filed(world, f"王小{number}", birth_date=date(2010, 11, 25), facts=away) for number in range(3)]
    with world.work() as work:
        for row in work.session.scalars(select(ChildAssessment).where(ChildAssessment.child == uids[0])):
            row.facts_sealed = row.facts_sealed[:-1] + bytes([row.facts_sealed[-1] ^ 1])
    hands.forward(days=3)
    for _ in range(2):
        with world.work() as work:
            assert reassessing.tick(work, 2)["broken"] in (0, 1)
    with world.work() as work:
        counted = select(ChildAssessment.child, func.count()).group_by(ChildAssessment.child)
        kept = dict(work.session.execute(counted).all())
    assert [kept[uid] for uid in uids] == [1, 2, 2]
    assert jobs.run(world.database, world.vault, "register", world.now())["assessed"] == 0, "and it comes to an end"
    hands.forward(days=1)
    assert jobs.run(world.database, world.vault, "register", world.now())["broken"] == 1


def test_a_new_reading_reaches_everybody_once_and_goes_on_after_a_stop(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        filed(
            world, f"王小{number}", facts={"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}
        )
    with world.work() as work:
        assert reassessing.waiting(work) == 0
        assert reassessing.tick(work)["assessed"] == 0
    newer = dataclasses.replace(models.in_force(hands().date()), version="9.9.9")
    monkeypatch.setattr(models, "in_force", lambda _: newer)
    with world.work() as work:
        assert reassessing.waiting(work) == 5
        assert reassessing.tick(work, 2) == {"assessed": 2, "changed": 0, "broken": 0, "left": 1}
    with pytest.raises(TypeError), world.work() as work:
        len(reassessing.tick(work, 2)["left"])  # type: ignore[arg-type]  # the process dies before its commit
    with world.work() as work:
        assert reassessing.waiting(work) == 3
        assert reassessing.tick(work, 10) == {"assessed": 3, "changed": 0, "broken": 0, "left": 0}
    with world.work() as work:
        assert reassessing.tick(work)["assessed"] == reassessing.waiting(work) == 0
        versions = work.session.scalars(select(ChildAssessment.model_version)).all()
        assert sorted(versions) == sorted([*["9.9.9"] * 5, *[versions[0]] * 5])


def test_every_change_is_written_down_with_quarter_and_author_and_journalled(world: World) -> None:
    uid, director = filed(world), person(world, "child_director", VILLAGE)
    with world.work() as work:
        member = director.member(work)
        assert registering.change(work, member, uid, "school", "响水镇中心小学").allowed
        assert registering.change(work, member, uid, "level", "average").allowed
        assert registering.change(work, member, uid, "level", "bad").refusal == "wrong_value"
        assert registering.change(work, member, uid, "birth_date", "2001-01-01").refusal == "wrong_value"
        rows = work.session.execute(select(ChildChange.kind, ChildChange.quarter, ChildChange.by)).all()
        assert [tuple(row) for row in rows] == [
            ("filed", "2026-Q4", None),
            ("school", "2026-Q4", member.account),
            ("level", "2026-Q4", member.account),
        ]
        journal.write(work)
        acts = work.session.scalars(select(JournalEntry.act).where(JournalEntry.subject == uid)).all()
        assert list(acts) == ["child filed", "child changed", "child level"]
        assert child_of(work, uid).level_since == work.today


def test_a_remark_gives_a_tag_and_taking_it_out_takes_the_tag(world: World) -> None:
    uid, director = filed(world, facts={"child_illness": "none"}), person(world, "child_director", VILLAGE)
    with world.work() as work:
        assert registering.note(work, director.member(work), uid, "no_hukou", holds=True).allowed
        assert [tag.name for tag in children.tags(work, child_of(work, uid))] == ["kf_no_hukou"]
        registering.note(work, director.member(work), uid, "no_hukou", holds=False)
        assert children.tags(work, child_of(work, uid)) == []


def test_a_file_is_closed_by_a_reviewer_with_a_reason_only(world: World) -> None:
    uid = filed(world)
    director, supervisor = person(world, "child_director", VILLAGE), person(world, "child_supervisor", TOWNSHIP, "乙")
    with world.work() as work:
        assert registering.end(work, director.member(work), uid, "staff_closed", "x").refusal == "actor_not_allowed"
        assert registering.end(work, supervisor.member(work), uid, "staff_closed", "").refusal == "reason_missing"
        assert registering.end(work, supervisor.member(work), uid, "parent_resumed", "父亲回来了，走访核实").allowed
        assert finding.listed(work, director.member(work)).total == 0


def test_the_same_child_is_proposed_not_merged(world: World) -> None:
    uid = filed(world)
    with world.work() as work:
        known, born = finding.Known(work, {COUNTY}), date(2016, 5, 20)
        assert known.like("王小明", born, VILLAGE) == [uid]
        assert known.like("王小明", born, NEXT_VILLAGE) == [uid]
        assert known.like("王小明", born + timedelta(days=300), VILLAGE) == [uid]
        assert known.like("王小明", born + timedelta(days=300), NEXT_VILLAGE) == []
        assert known.like("王小明", date(2012, 5, 20), VILLAGE) == []
        assert known.like("王小名", born, VILLAGE) == []
