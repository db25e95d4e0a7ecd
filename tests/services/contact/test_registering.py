"""A child is asked only once a guardian agreed (PIPL-31), each guardian in the own chat, and a no is obeyed at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.services.contact import consents, invites
from bot.services.contact import plans as contact_plans
from bot.services.contact import staff as contact_staff
from bot.storage.database import Database
from bot.storage.tables import ContactPlan, JournalEntry, Outbox
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import Person, person

PLEASE = "给孩子也加入"
LEAVE_IT = "别再问孩子了"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _code(world: World, talk: str) -> str:
    return next(words for words in world.said(talk)[-1].text.split() if words.count("-") == 2)


def _child_plans(world: World) -> int:
    with world.work() as work:
        query = select(func.count()).select_from(ContactPlan).where(ContactPlan.voice == "child")
        return work.session.scalar(query) or 0


def _invited(world: World, home: homes.Family) -> str:
    """What comes of inviting the child."""
    with world.work() as work:
        try:
            invites.invite(work, home.people["self"])
        except ValueError as refused:
            return str(refused)
        return "invited"


def _asked(world: World, who: Person, home: homes.Family) -> str:
    with world.work() as work:
        outcome = consents.ask(work, who.member(work), home.child)
        return "asked" if outcome.allowed else str(outcome.refusal)


def test_a_mother_registers_her_child_and_the_child_is_asked_itself(world: World) -> None:
    home = homes.make(world, "mother")
    mother = homes.join(world, home, "mother")
    assert world.say(mother, PLEASE) == ["join.child.notice"]
    assert world.say(mother, "同意") == ["join.child.code"]
    child = world.citizen()
    assert world.say(child, "我要加入") == ["join.code"]
    assert world.say(child, _code(world, mother)) == ["join.consent.child"]
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(child, f"join.{tapped}")
    assert world.tap(child, "join.hour=19:00") == ["join.done.child"]
    assert _child_plans(world) == 1
    assert world.say(mother, "昨晚视频了娃挺好的") != ["chat.expired_button"]


def test_without_a_guardians_yes_nobody_gets_a_code_for_the_child(world: World) -> None:
    home = homes.make(world, "mother", "self")
    mother = homes.join(world, home, "mother")
    assert _invited(world, home) == "no_guardian_consent"
    world.say(mother, PLEASE)
    assert world.say(mother, "不同意") == ["join.child.refused"]
    assert _invited(world, home) == "no_guardian_consent"
    assert world.flow(mother) is None


def test_a_child_with_a_code_waits_when_the_yes_was_taken_back_and_keeps_every_other_door(world: World) -> None:
    home = homes.make(world, "mother", "self")
    mother = homes.join(world, home, "mother")
    code = homes.code_for(world, home, "self")
    world.tap(mother, f"join.child_out={home.child}")
    child = world.citizen()
    world.tap(child, "flow:join")
    assert world.say(child, code) == ["join.child.waits"]
    assert _child_plans(world) == 0
    assert world.flow(child) is None
    assert any("danger" in key for key in world.say(child, "我爸现在在打我"))
    with world.work() as work:
        homes.guardian_says(work, home.child, consents.YES, "mother")
        for row in consents.history(work, home.child):
            row.ended_at = work.now if row.answer == consents.NO else row.ended_at
    other = world.citizen()
    world.tap(other, "flow:join")
    assert world.say(other, code) == ["join.consent.child"]


def test_a_child_does_not_join_where_a_parent_reads_along(world: World) -> None:
    home = homes.make(world, "mother", "self")
    mother = homes.join(world, home, "mother")
    code = homes.code_for(world, home, "self")
    assert world.tap(mother, f"invite:{code.replace('-', '')}") == ["join.child.own_phone"]
    assert _child_plans(world) == 0
    assert world.say(mother, PLEASE) == ["join.child.notice"], "it is still the mother's chat"
    assert world.tap(world.citizen(), f"invite:{code.replace('-', '')}") == ["join.consent.child"]


def test_a_yes_taken_back_in_the_middle_of_joining_counts(world: World) -> None:
    home = homes.make(world, "mother", "self")
    mother = homes.join(world, home, "mother")
    child = world.citizen()
    world.tap(child, "flow:join")
    world.say(child, homes.code_for(world, home, "self"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(child, f"join.{tapped}")
    world.say(mother, LEAVE_IT)
    assert world.tap(child, "join.hour=19:00") == ["join.child.waits"]
    assert _child_plans(world) == 0


def test_leave_the_child_alone_stops_the_questions_and_takes_back_what_waits(world: World, hands: Hands) -> None:
    home = homes.make(world, "mother", "self")
    mother, child = homes.join(world, home, "mother"), homes.join(world, home, "self")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3)
    homes.tick(world)
    with world.work() as work:
        waiting = select(func.count()).select_from(Outbox).where(Outbox.conversation == child, Outbox.push.is_(True))
        before = work.session.scalar(waiting.where(Outbox.state == "due"))
    assert world.say(mother, LEAVE_IT) == ["join.child.refused"]
    with world.work() as work:
        assert (before, work.session.scalar(waiting.where(Outbox.state == "due"))) == (1, 0)
    for _ in range(30):
        hands.forward(days=1)
        homes.tick(world)
    assert homes.plan(world, home, "self").state == "stopped"
    assert world.say(child, "改时间") == ["join.day.child"]
    world.tap(child, "join.day=1")
    assert world.tap(child, "join.hour=19:00") == ["join.child.waits"]


def test_a_fathers_no_holds_against_the_mothers_yes_and_she_hears_nothing_of_it(world: World) -> None:
    home = homes.make(world, "father", "mother", "self")
    father, mother = homes.join(world, home, "father"), homes.join(world, home, "mother")
    world.say(father, LEAVE_IT)
    world.say(mother, PLEASE)
    assert world.say(mother, "同意") == ["join.child.director"]
    assert "爸" not in world.said(mother)[-1].text
    assert _invited(world, home) == "no_guardian_consent"
    world.say(father, PLEASE)
    world.say(father, "同意")
    assert _invited(world, home) == "invited"


def test_a_grandmother_who_looks_after_the_child_is_no_guardian(world: World) -> None:
    home = homes.make(world, "carer", "self")
    talk = homes.join(world, home, "carer")
    assert world.say(talk, PLEASE) == ["join.child.not_guardian"]
    assert world.tap(talk, f"join.child={home.child}") == ["join.child.director"]
    assert world.say(talk, LEAVE_IT) == ["join.child.not_guardian"]
    with world.work() as work:
        assert consents.history(work, home.child) == []


def test_nobody_registers_a_child_of_another_family(world: World) -> None:
    home, other = homes.make(world, "mother"), homes.make(world, "mother")
    talk = homes.join(world, home, "mother")
    for button in (f"join.child={other.child}", f"join.child_out={other.child}", "join.guardian=yes"):
        assert world.tap(talk, button) == ["chat.expired_button"]
    assert world.tap(world.citizen(), f"join.child={home.child}") == ["chat.expired_button"]


def test_a_child_below_eight_is_not_registered(world: World) -> None:
    home = homes.make(world, "mother", born=date(2020, 1, 1))
    assert world.say(homes.join(world, home, "mother"), PLEASE) == ["join.child.young"]


def test_of_several_children_it_is_asked_which(world: World) -> None:
    home = homes.make(world, "mother")
    with world.work() as work:
        second = homes.child(work, date(2017, 1, 1), VILLAGE)
        homes.tie(work, second, home.people["mother"], "mother")
    talk = homes.join(world, home, "mother")
    assert world.say(talk, PLEASE) == ["join.child.which"]
    assert world.say(talk, "老二吧") == ["join.child.notice"]
    assert "老二" in world.said(talk)[-1].text
    world.tap(talk, "join.guardian=yes")
    with world.work() as work:
        first, other = contact_plans.of_person(work, home.people["mother"])
        assert {first.child, other.child} == {home.child, second}
        assert (consents.stands(work, first.child), consents.stands(work, other.child)) == (False, True)


def test_without_a_clear_yes_nobody_agreed(world: World) -> None:
    home = homes.make(world, "mother")
    talk = homes.join(world, home, "mother")
    world.say(talk, PLEASE)
    assert world.say(talk, "这是啥意思啊") == ["join.not_clear", "join.child.notice"]
    assert world.say(talk, "嗯啊那个") == ["join.child.no_yes"]
    with world.work() as work:
        assert not consents.stands(work, home.child)
    assert world.flow(talk) is None


def test_the_director_asks_once_a_week_and_hears_of_a_no_as_a_task(world: World, hands: Hands) -> None:
    director = person(world, "child_director", VILLAGE, "王主任")
    home = homes.make(world, "mother", "self")
    assert _asked(world, director, home) == "nobody_to_ask"
    talk = homes.join(world, home, "mother")
    for _ in range(2):
        assert _asked(world, director, home) == "asked"
    assert world.pushes(talk) == ["join.child.push"]
    pushed = world.said(talk)[-1]
    assert "测试娃" not in pushed.text
    assert world.tap(talk, pushed.choices[0].value) == ["join.child.notice"]
    assert world.tap(talk, "join.guardian=no") == ["join.child.refused"]
    assert homes.rungs(world, home) == [("family_news", "guardian_said_no", True)]
    hands.forward(days=7)
    assert _asked(world, director, home) == "asked"
    assert world.pushes(talk).count("join.child.push") == 2


def test_what_a_guardian_said_over_the_phone_is_taken_down_with_who_and_when(world: World, hands: Hands) -> None:
    director = person(world, "child_director", VILLAGE, "王主任")
    account = director.account
    home = homes.make(world, "self")
    for said, then in ((consents.NO, "no_guardian_consent"), (consents.YES, "invited")):
        hands.forward(minutes=5)
        with world.work() as work:
            assert consents.take_down(work, director.member(work), home.child, "father", said, "phone").allowed
        assert _invited(world, home) == then
    with world.work() as work:
        newest, before = consents.history(work, home.child)
        assert (newest.answer, newest.how, newest.by) == (consents.YES, "phone", account)
        assert (before.answer, before.ended_at) == (consents.NO, newest.at)
        acts = work.session.scalars(select(JournalEntry.detail).where(JournalEntry.act == "guardian consent")).all()
        assert len(acts) == 2
        refused = consents.take_down(work, director.member(work), home.child, "carer", consents.YES, "phone")
        assert refused.refusal == "no_such_kind"


def test_a_director_of_another_village_asks_and_takes_down_nothing(world: World) -> None:
    stranger = person(world, "child_director", "220182102201", "张主任")
    home = homes.make(world, "mother", "self")
    homes.join(world, home, "mother")
    assert _asked(world, stranger, home) == "actor_not_allowed"
    with world.work() as work:
        refused = consents.take_down(work, stranger.member(work), home.child, "mother", consents.YES, "phone")
        assert refused.refusal == "actor_not_allowed"
        assert consents.history(work, home.child) == []


@pytest.mark.parametrize("reported", [True, False])
def test_who_may_have_hurt_the_child_is_not_asked_and_the_director_a_report_names_cannot_tell(
    world: World, reported: bool
) -> None:
    """Guarantee 27: whether there is a report or not, the director it names sees the same."""
    director = person(world, "child_director", VILLAGE, "王主任")
    person(world, "child_supervisor", VILLAGE[:9], "李督导")
    home = homes.make(world, "mother", "father")
    mother, father = homes.join(world, home, "mother"), homes.join(world, home, "father")
    if reported:
        told = "我们村儿童主任是我小舅子，他把孩子打坏了"
        for words in (told, "现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
            world.say(mother, words)
        assert world.report().conflicted.split(",")[0] == "child_director"
    assert _asked(world, director, home) == "asked"
    with world.work() as work:
        seen = [(row.relation, row.answer, row.by) for row in consents.history(work, home.child)]
    assert sorted(seen) == [("father", None, director.account), ("mother", None, director.account)]
    got = [world.pushes(talk).count("join.child.push") for talk in (mother, father)]
    assert got == ([1, 0] if reported else [1, 1])
    if reported:
        assert world.say(father, PLEASE) == ["join.child.director"]


def _decided(world: World, who: Person, home: homes.Family, kind: str, ground: str) -> bool:
    """Staff decide whether somebody of the family may be asked."""
    found = homes.plan(world, home, kind).uid
    with world.work() as work:
        plan = work.session.get_one(ContactPlan, found)
        return contact_staff.decide(work, who.member(work), plan, ground, "派出所和村里核实过").allowed


def _asked_again(world: World, child: str) -> str:
    """What comes of the child wanting to be asked on another day."""
    world.tap(child, "flow:join")
    world.tap(child, "join.day=1")
    return world.tap(child, "join.hour=19:00")[-1]


def test_a_no_of_who_may_have_hurt_the_child_is_obeyed_told_to_the_director_and_silences_nobody(
    world: World, hands: Hands
) -> None:
    director = person(world, "child_director", VILLAGE, "王主任")
    home = homes.make(world, "father", "mother", "self")
    father, _, child = (homes.join(world, home, kind) for kind in ("father", "mother", "self"))
    for words in ("我爸打我，打得身上都是印子", "现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
        world.say(child, words)
    hands.forward(hours=1)
    assert world.say(father, LEAVE_IT) == ["join.child.refused"], "he hears what anybody hears"
    assert homes.plan(world, home, "self").state == "stopped", "nothing lights up a phone he can look at"
    assert ("family_news", "guardian_said_no", True) in homes.rungs(world, home)
    world.say(child, "我最近心情不好")
    assert homes.answers(world, home, "self")["mood"] == "low", "what the child writes is heard as before"
    world.tap(child, "help:me")
    assert ("wants_help", "asked_for_a_person", True) in homes.rungs(world, home)
    assert _asked_again(world, child) == "join.child.waits", "while nobody has decided"
    for kind, ground in (("father", "suspected_harm"), ("mother", "cleared")):
        assert _decided(world, director, home, kind, ground)
    assert _invited(world, home) == "invited", "the yes of the others holds"
    assert _asked_again(world, child) in ("join.changed", "join.done.child")
    assert homes.plan(world, home, "self").state == "active"
    world.say(father, LEAVE_IT)
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=7 - hands.moment.weekday())
    homes.tick(world)
    assert homes.plan(world, home, "self").state == "active", "his no counts for nothing any more"
    assert "contact.push.child" in world.pushes(child)
    assert any(key.startswith("danger") for key in world.say(child, "我不想活了"))


def test_a_no_behind_a_report_that_names_the_director_goes_on_counting_for_him(world: World) -> None:
    """Guarantee 27: from what comes of the mother's yes the director named cannot tell that there is a report."""
    person(world, "child_director", VILLAGE, "王主任")
    supervisor = person(world, "child_supervisor", VILLAGE[:9], "李督导")
    home = homes.make(world, "mother", "father", "self")
    mother, father = homes.join(world, home, "mother"), homes.join(world, home, "father")
    for words in ("我们村儿童主任是我小舅子，他把孩子打坏了", "现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
        world.say(mother, words)
    world.say(father, LEAVE_IT)
    with world.work() as work:
        homes.guardian_says(work, home.child, consents.YES, "mother")
    assert _decided(world, supervisor, home, "father", "suspected_harm")
    assert _invited(world, home) == "no_guardian_consent"


def test_a_director_does_not_ask_the_own_family(world: World) -> None:
    director = person(world, "child_director", VILLAGE, "王主任")
    home = homes.make(world, "mother")
    homes.join(world, home, "mother")
    with world.work() as work:
        assert contact_staff.of_the_family(work, director.member(work), home.child).allowed
    assert _asked(world, director, home) == "actor_not_allowed"
