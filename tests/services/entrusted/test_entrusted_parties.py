"""Who is who in 委托照护: the carer becomes the child's carer and stops being it; a person refused leaves no trace."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.care import calendar
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import acts as entrusted_acts
from bot.services.entrusted import arrangements
from bot.services.entrusted import desk as entrusted_desk
from bot.services.entrusted import records as entrusted_records
from bot.services.register import children, moving
from bot.storage.database import Database
from bot.storage.tables import CareArrangement, CareTask, ContactInvite, ContactPlan, Outbox, Tie
from bot.storage.tables import Person as Somebody
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as families
from tests.services.cases import Person
from tests.services.entrusted.test_entrusted_talk import (  # noqa: F401 - `director` and `family` are fixtures
    arrangement,
    begun,
    carer_in,
    director,
    family,
    heard,
    push,
    screened,
)
from tests.services.family import Family
from tests.services.registered import NEXT_VILLAGE, VILLAGE, filed


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The talk that leads here is tested on both databases."""
    return sqlite


def _in_force(world: World, director: Person, family: Family) -> tuple[str, str, str]:  # noqa: F811
    father = begun(world, family)
    uid = arrangement(world).uid
    screened(world, director, uid)
    carer = carer_in(world, director, uid)
    heard(world, director, uid)
    world.tap(father, f"entrusted.signed={uid}")
    for recipient in ("school", "committee"):
        world.tap(father, f"entrusted.{recipient}={uid}")
        world.tap(father, "entrusted.day=today")
    assert director.does(entrusted_acts.do, uid, "care_started", {})[0].allowed
    return father, carer, uid


def _carers(world: World, family: Family) -> list[str]:  # noqa: F811
    with world.work() as work:
        around = children.around(work, children.row(work, family.child))
        return [one.name for one in around if one.kind == "carer"]


def test_the_carer_is_the_childs_carer_on_file_as_long_as_the_care_lasts_and_is_asked_if_willing(
    world: World,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    father, carer, _ = _in_force(world, director, family)
    assert _carers(world, family) == ["李桂兰"]
    assert "entrusted.carer.started" in world.pushes(carer)
    assert world.say(carer, "管不了了想打他") == ["contact.signal.check"], "also before a time was chosen"
    world.tap(carer, "flow:join")
    world.tap(carer, "join.day=usual")
    world.tap(carer, "join.hour=19:00")
    assert world.tap(carer, "join.simple=yes") == ["join.done.carer"]
    uid = arrangement(world).uid
    assert world.tap(father, f"entrusted.back={uid}") == ["entrusted.ask.sure"]
    assert push(world, father, "是的") == ["entrusted.back.director"], "there is a concern: the director looks first"
    told = {"parent_capable": "yes", "assessed_safe": "yes"}
    assert director.does(entrusted_acts.do, uid, "parent_returned", told)[0].allowed
    assert _carers(world, family) == []
    with world.work() as work:
        plan = work.session.scalars(select(ContactPlan).where(ContactPlan.voice == contact_plans.CARER)).one()
        assert plan.state == contact_plans.ENDED


def test_a_person_refused_leaves_neither_findings_nor_a_row_behind(
    world: World,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    begun(world, family)
    uid = arrangement(world).uid
    world.tap(director.talk, f"entrusted.code={uid}")
    screened(world, director, uid)
    carer_in(world, director, uid)
    before = _people(world)
    assert director.does(entrusted_acts.do, uid, "candidate_withdraws", {"reason": "不愿意了"})[0].allowed
    named = {"carer": "王丽", "good_reason": "yes"}
    assert director.does(entrusted_acts.do, uid, "new_candidate", named)[0].allowed
    with world.work() as work:
        row = work.session.get_one(CareArrangement, uid)
        kept = entrusted_records.data(work, row)
        invites = work.session.scalar(select(func.count()).select_from(ContactInvite))
        assert (row.carer_person, row.carer_conversation, invites) == (None, None, 1), "only the father's code is left"
    assert _people(world) == before - 1
    assert {"found", "factors", "hearing", "said"} & set(kept) == set()
    assert (kept["carer"], kept["carer_phone"]) == ("王丽", "")
    sheet = director.does(entrusted_desk.sheet, uid)
    assert not sheet.accepted


def _people(world: World) -> int:
    with world.work() as work:
        return work.session.scalar(select(func.count()).select_from(Somebody)) or 0


def test_the_other_parent_may_act_too_and_the_office_hears_of_it(
    world: World,
    hands: Hands,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    mother = families.join(world, family, "mother")
    father, _, uid = _in_force(world, director, family)
    hands.forward(minutes=5)
    told = world.pushes(director.talk).count("entrusted.moved")
    world.tap(mother, f"entrusted.worry={uid}")
    assert arrangement(world).state == "concern"
    assert world.pushes(director.talk).count("entrusted.moved") == told + 1
    assert world.pushes(father).count("entrusted.news.started") == 1


def test_the_task_of_the_office_is_done_with_its_first_step(
    world: World,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    begun(world, family)
    screened(world, director, arrangement(world).uid)
    with world.work() as work:
        assert work.session.scalars(select(CareTask.state).where(CareTask.kind == "entrusted")).all() == ["done"]


def test_an_arrangement_goes_with_the_child_to_another_village(world: World, director: Person) -> None:  # noqa: F811
    child, father = filed(world), world.citizen()
    with world.work() as work:
        uid = arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰"}, child=child).uid
    other = Person(world, world.staff("child_director", NEXT_VILLAGE, "赵主任"))
    director.does(moving.ask, child, NEXT_VILLAGE)
    (move,) = other.does(moving.waiting_for)
    assert other.does(moving.settle, move.uid, agree=True).allowed
    assert director.does(entrusted_desk.sheet, uid) is None
    assert other.does(entrusted_desk.sheet, uid).row.area == NEXT_VILLAGE


def test_a_carer_on_file_sees_nothing_of_what_is_the_parents(
    world: World,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    _, carer, uid = _in_force(world, director, family)
    assert world.tap(carer, f"entrusted.see={uid}") == ["chat.expired_button"]
    with world.work() as work:
        person = contact_plans.speaker(work, carer)
        kinds = work.session.scalars(select(Tie.kind).where(Tie.person == person)).all()
    assert kinds == ["carer"]
    assert families.rungs(world, family) == []


def test_news_never_wakes_a_father_in_new_york(
    world: World,
    director: Person,  # noqa: F811
    family: Family,  # noqa: F811
) -> None:
    father, abroad = family.talks["father"], ZoneInfo("America/New_York")
    begun(world, family)
    with world.work() as work:
        person = contact_plans.speaker(work, father)
        assert person is not None
        for plan in contact_plans.of_person(work, person):
            plan.zone = abroad.key
    screened(world, director, arrangement(world).uid)
    with world.work() as work:
        news = work.session.scalars(
            select(Outbox).where(Outbox.conversation == father, Outbox.key.startswith("entrusted.news."))
        ).all()
        assert calendar.is_quiet(work.now, abroad)
        assert not calendar.is_quiet(work.now)
        assert news
        assert not [row for row in news if calendar.is_quiet(row.not_before, abroad)]
