"""Somebody else makes one visit: proposed in words, standing after one tap, no right further than that home."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services.visits import homes, lists, recording, stand_ins
from bot.services.visits.stand_ins import Colleague
from bot.storage.tables import Child, JournalEntry, Visit, VisitPlan, VisitStandIn
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import TOWNSHIP, VILLAGE, Person, person
from tests.services.registered import NEXT_VILLAGE, OTHER_COUNTY_VILLAGE
from tests.services.staff.test_office import last, says
from tests.services.visited import visited

DAY = date(2026, 12, 4)


class Town:
    """A child of one village, its director, a colleague of the next village, their supervisor."""

    def __init__(self, world: World) -> None:
        self.own = person(world, "child_director", VILLAGE, "李国庆")
        self.other = person(world, "child_director", NEXT_VILLAGE, "丁楠")
        self.third = person(world, "child_director", NEXT_VILLAGE, "赵春梅")
        self.supervisor = person(world, "child_supervisor", TOWNSHIP, "冯立军")
        with world.work() as work:
            self.child = on_file.child(work, "于佳琪", filed=date(2026, 11, 21), level="average")
            self.home = work.session.get_one(Child, self.child).household
        jobs.run(world.database, world.vault, "visit_plans", world.now())


@pytest.fixture
def town(world: World, hands: Hands) -> Town:
    hands.moment = datetime(2026, 12, 2, 16, 20, tzinfo=SHANGHAI)
    return Town(world)


def tap(world: World, talk: str, head: str) -> list[str]:
    """Tap the button of what was said last whose value begins so."""
    value = next(one.value for one in world.said(talk)[-1].choices if one.value.startswith(head))
    return world.tap(talk, value)


def reaches(world: World, who: Person, town: Town) -> bool:
    with world.work() as work:
        member = who.member(work)
        found = {
            bool(recording.reach(work, member, town.child)),
            town.home in homes.of_member(work, member),
            bool(lists.read_at_home(work, member, town.home)),
            any(stop.household == town.home for stop in lists.mine(work, member)),
        }
        assert len(found) == 1, "who may record a visit sees the home, and nobody else does"
        return found.pop()


@pytest.mark.parametrize(
    "text",
    [
        "佳琪这个让丁楠后天替他跑一趟",
        "国庆媳妇生孩子呢 佳琪家让小丁后天去一趟",
        "于佳琪那家后天换小丁去",
        "小丁后天替国庆去佳琪家",
    ],
)
def test_nothing_is_arranged_before_the_tap_and_the_due_day_stays_after_it(world: World, town: Town, text: str) -> None:
    talk = town.supervisor.talk
    assert says(world, talk, text) == ["standin.propose"]
    assert "12月4日让丁楠替走访" in last(world, talk)
    assert not reaches(world, town.other, town)
    assert world.pushes(town.other.talk) == []
    assert tap(world, talk, "standin:2026") == ["standin.done"]
    assert reaches(world, town.other, town)
    assert world.pushes(town.other.talk) == ["standin.asked"]
    assert world.pushes(town.own.talk) == ["standin.instead"]
    with world.work() as work:
        assert work.session.get_one(VisitPlan, town.child).due == date(2026, 11, 28)
        acts = select(JournalEntry.act).where(JournalEntry.subject == town.child)
        assert "visit stand-in" in work.session.scalars(acts).all()


def test_pushes_name_nobody(world: World, town: Town, hands: Hands) -> None:
    says(world, town.supervisor.talk, "佳琪家让丁楠后天去一趟")
    tap(world, town.supervisor.talk, "standin:2026")
    hands.forward(days=1)
    for talk in (town.other.talk, town.own.talk):
        world.deliver(talk)
        told = "".join(said.text for said in world.said(talk))
        assert not any(name in told for name in ("佳琪", "丁楠", "国庆"))


def test_another_person_takes_the_place_of_the_first_and_the_right_goes_along(world: World, town: Town) -> None:
    talk = town.supervisor.talk
    says(world, talk, "佳琪家让春梅后天去一趟")
    assert says(world, talk, "错了 不是春梅 让小丁去 丁楠 春梅自己还欠俩呢") == ["standin.propose"]
    assert "12月4日让丁楠替走访" in last(world, talk)
    tap(world, talk, "standin:2026")
    assert reaches(world, town.other, town)
    assert not reaches(world, town.third, town)
    says(world, talk, "佳琪家还是换春梅后天替他跑一趟")
    tap(world, talk, "standin:2026")
    assert not reaches(world, town.other, town)
    assert reaches(world, town.third, town)
    assert world.pushes(town.other.talk) == ["standin.asked", "standin.not_you"]


def test_a_plain_yes_confirms_what_stands_in_sight_and_an_old_button_confirms_nothing(world: World, town: Town) -> None:
    talk = town.supervisor.talk
    says(world, talk, "佳琪家让春梅后天去一趟")
    old = next(one.value for one in world.said(talk)[-1].choices)
    says(world, talk, "佳琪家让丁楠后天去一趟")
    assert says(world, talk, "行") == ["standin.done"]
    assert world.tap(talk, old) == ["standin.over"]
    assert reaches(world, town.other, town)
    assert not reaches(world, town.third, town)


def test_the_day_is_chosen_by_a_button_where_none_was_said(world: World, town: Town) -> None:
    talk = town.supervisor.talk
    says(world, talk, "佳琪家让丁楠去一趟")
    assert [one.value[:18] for one in world.said(talk)[-1].choices][:3] == [
        f"standin:2026-12-0{day}" for day in (2, 3, 4)
    ]
    assert says(world, talk, "行") == ["office.done"], "a word chooses no day"
    says(world, talk, "佳琪家让丁楠去一趟")
    tap(world, talk, "standin:2026-12-03")
    assert "12月3日" in last(world, talk)


def test_somebody_who_is_not_on_file_is_kept_by_name_and_gets_no_right(world: World, town: Town) -> None:
    talk = town.supervisor.talk
    assert says(world, talk, "佳琪家让老周后天去一趟") == ["standin.propose"]
    assert "册上没有叫“老周”的工作人员" in last(world, talk)
    tap(world, talk, "standin:2026")
    with world.work() as work:
        made = work.session.scalars(select(VisitStandIn)).one()
        assert made.account is None
        assert stand_ins.person(work, made) == "老周"


def test_whether_he_went_is_told_from_the_record_and_nothing_is_invented(
    world: World, town: Town, hands: Hands
) -> None:
    talk = town.supervisor.talk
    says(world, talk, "佳琪家让丁楠后天去一趟")
    assert says(world, talk, "佳琪家小丁去没去") == ["standin.gone"]
    assert "还没点“定了”" in last(world, talk)
    tap(world, talk, "standin:2026")
    hands.forward(days=1)
    says(world, talk, "佳琪家小丁去没去")
    assert "12月4日（周五）由丁楠去，日子还没到" in last(world, talk)
    assert says(world, talk, "不是说的今天吗 哦后天 是明天 我这脑袋") == ["standin.day"]
    assert "12月4日" in last(world, talk)
    hands.forward(days=1)
    says(world, talk, "小丁去没去")
    assert "现在还没有走访记录" in last(world, talk)
    with world.work() as work:
        assert work.session.scalar(select(VisitStandIn.on)) == DAY
    visited(world, town.other, [town.child])
    with world.work() as work:
        assert work.session.scalars(select(Visit.role)).one() == "child_director"
    says(world, talk, "佳琪家小丁去没去")
    assert "12月4日走访了，丁楠记的" in last(world, talk)
    assert not reaches(world, town.other, town), "the right ends with the visit"


def test_the_right_ends_a_week_after_the_day(world: World, town: Town, hands: Hands) -> None:
    says(world, town.supervisor.talk, "佳琪家让丁楠后天去一趟")
    tap(world, town.supervisor.talk, "standin:2026")
    hands.forward(days=9)
    assert reaches(world, town.other, town)
    hands.forward(days=1)
    assert not reaches(world, town.other, town)


def test_nobody_arranges_a_visit_of_another_place(world: World, town: Town) -> None:
    stranger = person(world, "child_director", NEXT_VILLAGE, "孙一")
    elsewhere = person(world, "child_supervisor", OTHER_COUNTY_VILLAGE[:9], "钱二")
    for who in (stranger, elsewhere):
        assert who.does(stand_ins.propose, [town.child], Colleague(None, "丁楠"), DAY) is None
        assert says(world, who.talk, "佳琪家让丁楠后天去一趟") != ["standin.propose"]


def test_the_tap_of_another_confirms_nothing(world: World, town: Town) -> None:
    says(world, town.supervisor.talk, "佳琪家让丁楠后天去一趟")
    value = next(one.value for one in world.said(town.supervisor.talk)[-1].choices)
    assert world.tap(town.other.talk, value) == ["standin.over"]
    assert not reaches(world, town.other, town)


def test_for_days_away_everything_due_is_shown_and_who_may_go(world: World, town: Town) -> None:
    assert says(world, town.supervisor.talk, "国庆请假三天 活儿谁顶") == ["standin.who"]
    told = last(world, town.supervisor.talk)
    assert "于佳琪" in told
    assert "丁楠" in told
    assert "李国庆、" not in told.splitlines()[0]


def test_an_impossible_day_is_refused(world: World, town: Town) -> None:
    talk = town.supervisor.talk
    says(world, talk, "佳琪家让丁楠后天去一趟")
    value = next(one.value for one in world.said(talk)[-1].choices)
    assert world.tap(talk, value.replace("2026-12-04", "2027-12-04")) == ["standin.over"]
    assert world.tap(talk, value.replace("2026-12-04", "yesterday")) != ["standin.done"]
