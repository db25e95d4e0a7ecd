"""居住地≠户籍地: two counties agree in chat who does what, every duty has one of them; who leaves the province."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import jobs
from bot.care import responsibility
from bot.services.register import county_splits, leaving, moving, supervising
from bot.services.talk.meaning import Meant
from bot.storage.tables import CountySplit
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import COUNTY, Person
from tests.services.registered import OTHER_COUNTY_VILLAGE, VILLAGE, child_of, filed, person

THERE = OTHER_COUNTY_VILLAGE[:6]


def _split_child(world: World) -> str:
    return filed(world, hukou_area=OTHER_COUNTY_VILLAGE)


def _two(world: World) -> tuple[Person, Person]:
    return person(world, "county_caseworker", COUNTY), person(world, "partner_county", THERE, "乙")


def _duties(world: World, uid: str) -> dict[str, str]:
    with world.work() as work:
        now = county_splits.standing(work, child_of(work, uid))
        assert now is not None
        return now.duties


def test_both_sides_agree_in_chat_and_until_then_the_proposed_split_holds(world: World) -> None:
    uid, (here, there) = _split_child(world), _two(world)
    assert world.tap(here.talk, "childsplit:list:") == ["child.split.list"]
    assert world.tap(here.talk, f"childsplit:see:{uid}") == ["child.split.card"]
    assert "不是文件的规定" in world.said(here.talk)[-1].text
    assert world.tap(here.talk, f"childsplit:residence:{uid}") == ["child.split.proposed"]
    assert world.pushes(there.talk) == ["child.split.wanted"]
    push = world.said(there.talk)[-1]
    assert "王小明" not in push.text
    assert _duties(world, uid) == dict(responsibility.SPLIT)
    assert world.tap(there.talk, push.choices[0].value) == ["child.split.settled"]
    assert world.tap(there.talk, push.choices[0].value) == ["child.already"]
    assert set(_duties(world, uid).values()) == {"residence"}
    assert world.pushes(here.talk) == ["child.split.agreed"]
    assert world.tap(here.talk, "childsplit:list:") == ["child.split.none"]


def test_the_asking_side_cannot_answer_itself_and_strangers_see_nothing(world: World) -> None:
    uid, (here, there) = _split_child(world), _two(world)
    stranger = person(world, "county_caseworker", "220281", "丙")
    world.tap(there.talk, f"childsplit:usual:{uid}")
    with world.work() as work:
        split = work.session.scalar(select(CountySplit.uid))
    assert world.tap(there.talk, f"childsplit:yes:{split}") == ["child.gone"]
    for value in (f"childsplit:yes:{split}", f"childsplit:see:{uid}", f"childsplit:usual:{uid}", "childsplit:yes:x"):
        assert world.tap(stranger.talk, value) == ["child.gone"]
    assert world.tap(world.citizen(), f"childsplit:yes:{split}") == ["child.staff_only"]
    assert world.tap(here.talk, f"childsplit:no:{split}") == ["child.split.refused"]
    assert world.pushes(there.talk) == ["child.split.declined"]


def test_a_county_that_is_not_here_agrees_on_paper_and_the_paper_is_named(world: World) -> None:
    uid, here = _split_child(world), person(world, "county_caseworker", COUNTY)
    assert world.tap(here.talk, f"childsplit:usual:{uid}") == ["child.split.letter_missing"]
    assert here.does(county_splits.propose, uid, {"contact": "hukou"}, "长民函〔2026〕12号").allowed
    assert _duties(world, uid)["contact"] == "hukou"
    with world.work() as work:
        assert "counties" not in supervising.questions(work, child_of(work, uid))


def test_visits_and_emergencies_cannot_be_given_away(world: World) -> None:
    uid, (here, _) = _split_child(world), _two(world)
    assert here.does(county_splits.propose, uid, {"visits": "hukou"}).refusal == "no_such_fact"
    assert here.does(county_splits.propose, uid, {"emergencies": "hukou"}).refusal == "no_such_fact"


def test_an_agreement_ends_with_the_place_it_was_about(world: World) -> None:
    uid, here = _split_child(world), person(world, "county_caseworker", COUNTY)
    here.does(county_splits.propose, uid, {"contact": "hukou"}, "函")
    with world.work() as work:
        child_of(work, uid).hukou_area = "220281101201"
    assert _duties(world, uid) == dict(responsibility.SPLIT)


def test_what_is_not_agreed_is_brought_to_mind_once_a_week(world: World, hands: Hands) -> None:
    _split_child(world)
    _split_child(world)
    here, there = _two(world)
    for _ in range(10):
        jobs.run(world.database, world.vault, "register", world.now())
        hands.forward(days=1)
    for talk in (here.talk, there.talk):
        assert world.pushes(talk).count("child.split.open") in (2, 3)
    assert "2个孩子" in world.said(here.talk)[-1].text


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["propose", "agree", "refuse", "move", "back"]),
        st.sampled_from(["here", "there"]),
        st.dictionaries(st.sampled_from(responsibility.NEGOTIABLE), st.sampled_from(["residence", "hukou"])),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_proposed_agreed_and_moved_every_duty_has_exactly_one_county(
    world: World, hands: Hands, steps: list[tuple[str, str, dict[str, str]]]
) -> None:
    uid = _split_child(world)
    people = dict(zip(("here", "there"), _two(world), strict=True))
    for step, who, duties in steps:
        if step == "propose":
            people[who].does(county_splits.propose, uid, duties)
        elif step in ("agree", "refuse"):
            with world.work() as work:
                split = work.session.scalar(select(CountySplit.uid).where(CountySplit.state == "proposed"))
            people[who].does(county_splits.settle, split or "", agree=step == "agree")
        else:
            with world.work() as work:
                child_of(work, uid).area = "220281101201" if step == "move" else VILLAGE
        hands.forward(days=1)
        now = _duties(world, uid)
        assert set(now) == set(responsibility.SPLIT)
        assert now["visits"] == now["emergencies"] == "residence"


def test_who_leaves_the_province_stays_with_the_old_office_until_the_receipt_is_there(
    world: World, hands: Hands
) -> None:
    uid, director = filed(world), person(world, "child_director", VILLAGE)
    county = person(world, "county_caseworker", COUNTY, "乙")
    assert world.means(director.talk, "王小明搬到山东济南去了", "child", Meant(intent="update_child_record")) == [
        "child.changed.waits"
    ]
    assert world.pushes(county.talk) == ["child.leaving.asked"]
    assert director.does(leaving.sent, uid, "函").refusal == "actor_not_allowed"
    assert county.does(leaving.received, uid, "收到").refusal == "nothing_asked"
    assert county.does(leaving.sent, uid, " ").refusal == "letter_missing"
    assert county.does(leaving.sent, uid, "济南市民政局，吉民函5号").allowed
    for _ in range(8):
        jobs.run(world.database, world.vault, "register", world.now())
        hands.forward(days=1)
    assert world.pushes(county.talk) == ["child.leaving.asked", "child.leaving.letter"]
    with world.work() as work:
        child = child_of(work, uid)
        assert child.state == "active"
        on = work.today - timedelta(days=1)
        assert responsibility.answers(moving.spans(work, child, responsibility.VISIT), on) == VILLAGE
    assert county.does(leaving.received, uid, "12月1日济南张科长电话确认").allowed
    with world.work() as work:
        child = child_of(work, uid)
        assert (child.state, child.end_reason) == ("ended", "moved_out")
