"""Child and carer count separately, each once a week (WBF-23): what is said and shown of the carer, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.care import policy_data
from bot.services.contact import sheet as contact_sheet
from bot.services.staff import accounts
from bot.storage.tables import Child
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

GENTLY, NUDGE = "跟他也说两句", "我请儿童主任帮着传个话"


def _week(world: World, hands: Hands, talk: str, *answers: str) -> str:
    """A Thursday evening of this week with these answers, and on to the next Monday. Returns what was said last."""
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
    homes.tick(world)
    for answer in answers:
        world.tap(talk, f"contact.{answer}")
    said = world.said(talk)[-1]
    hands.forward(days=4)
    return said.text


def _answers(carer: str) -> tuple[str, ...]:
    return ("contact=video", f"carer={carer}", "how=good", "concern=no")


def _sheet(world: World, director: str, home: homes.Family) -> contact_sheet.Sheet:
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        return contact_sheet.sheet(work, member, work.session.scalars(select(Child)).one())


def test_no_talk_with_the_carer_is_a_gentle_line_then_one_nudge_and_never_a_task(world: World, hands: Hands) -> None:
    director, home = world.staff("child_director"), homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    said = [_week(world, hands, talk, *_answers(carer)) for carer in ("yes", "no", "no", "no", "yes", "no")]
    assert [GENTLY in text for text in said] == [False, True, False, True, False, True]
    assert [NUDGE in text for text in said] == [False, False, True, False, False, False]
    homes.tick(world)
    assert homes.rungs(world, home) == []
    assert world.pushes(director) == []
    assert {record.answer for record in homes.records(world, home, "father")} == {"contacted"}


def test_a_week_of_which_nothing_was_said_is_not_a_week_without_the_carer(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _week(world, hands, talk, *_answers("no"))
    _week(world, hands, talk, "contact=video")
    assert NUDGE not in _week(world, hands, talk, *_answers("no"))


def test_the_nudge_has_a_person_who_helps_and_a_talk_is_put_right_with_one_tap(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _week(world, hands, talk, *_answers("no"))
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3)
    for answer in _answers("no"):
        world.tap(talk, f"contact.{answer}")
    offered = [choice.value for choice in world.said(talk)[-1].choices]
    assert {"contact.carer=yes", "help:me"} <= set(offered)
    assert world.tap(talk, "contact.carer=yes") == ["contact.thanks.parent"]
    assert "和照顾的人聊了" in world.said(talk)[-1].text
    assert GENTLY not in world.said(talk)[-1].text
    assert NUDGE not in world.said(talk)[-1].text


def test_a_talk_with_grandmother_while_the_child_slept_is_contact_with_the_carer_alone(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
    homes.tick(world)
    world.tap(talk, "contact.contact=no")
    assert world.tap(talk, "contact.remind=none") == ["contact.no_reminder"]
    assert "contact.carer=yes" in [choice.value for choice in world.said(talk)[-1].choices]
    assert world.tap(talk, "contact.carer=yes") == ["contact.q.parent.how"]
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("no", "yes")
    assert homes.records(world, home, "father")[0].answer == "not_contacted"
    assert homes.records(world, home, "father")[0].confirmed_by is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((), "和孩子联系没联系还没说，和照顾的人聊没聊还没说"),
        (("contact=video",), "和孩子联系了，和照顾的人聊没聊还没说"),
        (("contact=video", "carer=no"), "和孩子联系了，还没和照顾的人聊"),
    ],
)
def test_a_parent_who_asks_sees_both_of_his_own_and_nothing_of_the_other_parent(
    world: World, hands: Hands, answers: tuple[str, ...], said: str
) -> None:
    home = homes.make(world, "father", "mother", "carer")
    father, mother = homes.join(world, home, "father"), homes.join(world, home, "mother")
    for answer in ("contact=call", "carer=yes"):
        world.tap(mother, f"contact.{answer}")
    for answer in answers:
        world.tap(father, f"contact.{answer}")
    assert world.say(father, "我家孩子最近咋样")[0] == "contact.status"
    assert any(f"您这周说的：{said}。" in one.text for one in world.said(father))


def test_what_a_carer_hears_of_the_child_tells_nothing_of_the_parents_week(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    father, carer = homes.join(world, home, "father"), homes.join(world, home, "carer")
    world.tap(father, "contact.contact=video")
    world.say(carer, "我家孩子最近咋样")
    assert "您这周说的" not in world.said(carer)[-1].text


def test_the_director_sees_child_and_carer_in_two_columns_and_how_long_it_has_been(world: World, hands: Hands) -> None:
    director, home = world.staff("child_director"), homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    for carer in ("yes", "no", "no"):
        _week(world, hands, talk, *_answers(carer))
        without = _sheet(world, director, home).parties[0].without_carer
    (party,) = _sheet(world, director, home).parties
    assert [(week.answer, week.carer) for week in party.weeks[:3]] == [
        ("contacted", "no"),
        ("contacted", "no"),
        ("contacted", "yes"),
    ]
    assert without == party.without_carer == 2


def test_the_number_of_weeks_is_ours_and_says_so() -> None:
    (entry,) = [one for one in policy_data.read("contact")["numbers"] if one["key"].startswith("carer_")]
    assert (entry["value"], entry["basis"], entry["source"]) == (2, "PROPOSED", ["WBF-23"])
