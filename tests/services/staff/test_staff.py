"""Who may do what: invitations, binding, suspension, and what each sees of a report."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.services.casework import handling, reports
from bot.services.staff import accounts
from bot.services.staff.access import visible
from bot.services.talk import doors
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import tell

VILLAGE = "220184104201"
HARM = "邻居家孩子天天挨打 在榆树市五棵树镇"


def _invite(world: World, role: str = "child_director", area: str = VILLAGE) -> str:
    with world.work() as work:
        return accounts.add(work, "王主任", role, area).code


def _bind(world: World, conversation: str, code: str) -> str:
    with world.work() as work:
        return accounts.bind(work, conversation, code).outcome


def test_an_invite_code_binds_once(world: World) -> None:
    code, first, second = _invite(world), world.citizen(), world.citizen()
    assert _bind(world, first, code) == "bound"
    assert _bind(world, second, code) == "wrong"


def test_an_invite_code_works_however_it_is_typed(world: World) -> None:
    code = _invite(world)
    assert _bind(world, world.citizen(), code.lower().replace("-", " ")) == "bound"


def test_an_invite_code_expires(world: World, hands: Hands) -> None:
    code = _invite(world)
    hands.forward(hours=72)
    assert _bind(world, world.citizen(), code) == "wrong"


def test_a_new_invite_replaces_the_old_one(world: World) -> None:
    with world.work() as work:
        old = accounts.add(work, "李", "child_director", VILLAGE)
        new = accounts.invite(work, old.account)
    assert _bind(world, world.citizen(), old.code) == "wrong"
    assert _bind(world, world.citizen(), new) == "bound"


def test_guessing_locks_the_conversation_for_an_hour(world: World, hands: Hands) -> None:
    code, guesser = _invite(world), world.citizen()
    assert [_bind(world, guesser, "AAAA-AAAA-AAAA") for _ in range(5)] == ["wrong"] * 5
    assert _bind(world, guesser, code) == "locked"
    hands.forward(hours=1, seconds=1)
    assert _bind(world, guesser, code) == "bound"


def test_a_conversation_is_bound_to_one_person_only(world: World) -> None:
    conversation = world.citizen()
    assert _bind(world, conversation, _invite(world)) == "bound"
    assert _bind(world, conversation, _invite(world)) == "already"


@pytest.mark.parametrize(
    ("role", "area"),
    [("child_director", "220184"), ("county_caseworker", VILLAGE), ("king", "22"), ("duty_officer", "11")],
)
def test_a_role_and_an_area_that_do_not_fit_are_refused_with_what_would_be_right(
    role: str, area: str, world: World
) -> None:
    with world.work() as work, pytest.raises(ValueError, match=r"位|岗位"):
        accounts.add(work, "王", role, area)


def test_who_is_suspended_loses_everything_at_the_next_turn(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    _report(world, VILLAGE)
    report = world.report()
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        accounts.suspend(work, member.account)
    assert world.tap(director, f"view:{report.uid}") == ["staff.gone"]
    assert world.tap(director, f"accept:{report.uid}") == ["staff.gone"]


def _report(world: World, area: str, conflicted: list[str] | None = None) -> None:
    told = {
        "facts": {"signs": ["beaten"], "conflicted": conflicted or []},
        "words": [["what", "孩子挨打"]],
        "area": area,
        "given": {},
    }
    with world.work() as work:
        reports.open_report(work, None, told)


def _sees(world: World, conversation: str) -> int:
    with world.work() as work:
        member = accounts.member(work, conversation)
        assert member is not None
        return len(list(work.session.scalars(visible(work, member))))


def test_the_director_and_supervisor_of_the_place_and_the_county_see_a_report_and_nobody_else(world: World) -> None:
    inside = [
        world.staff(role, area, role)
        for role, area in (
            ("child_director", VILLAGE),
            ("child_supervisor", VILLAGE[:9]),
            ("county_caseworker", VILLAGE[:6]),
            ("duty_officer", VILLAGE[:6]),
        )
    ]
    outside = [
        world.staff(role, area, role)
        for role, area in (
            ("child_director", "220184104202"),
            ("child_supervisor", "220184105"),
            ("county_caseworker", "220182"),
            ("province", "22"),
            ("sys_admin", "22"),
        )
    ]
    _report(world, VILLAGE)
    assert [_sees(world, one) for one in inside] == [1] * 4
    assert [_sees(world, one) for one in outside] == [0] * 5


def test_who_is_named_in_a_report_sees_nothing_of_it_and_is_told_nothing(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    supervisor = world.staff("child_supervisor", VILLAGE[:9])
    _report(world, VILLAGE, ["child_director"])
    assert _sees(world, director) == 0
    assert world.pushes(director) == []
    assert world.tap(director, f"view:{world.report().uid}") == ["staff.gone"]
    assert world.pushes(supervisor) == ["staff.alert.S1"]


def test_a_forged_tap_and_a_forbidden_one_get_the_same_answer(world: World) -> None:
    _report(world, VILLAGE)
    stranger = world.citizen()
    other = world.staff("child_director", "220184104202")
    real, forged = f"view:{world.report().uid}", "view:abcdefghijklmnopqrstuvwxyz"
    for who in (stranger, other):
        assert world.tap(who, real) == world.tap(who, forged) == ["staff.gone"]


def test_the_first_to_accept_has_it_and_the_second_hears_who(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    duty = world.staff("duty_officer", VILLAGE[:6])
    _report(world, VILLAGE)
    report = world.report()
    world.deliver(duty)
    assert world.tap(director, f"accept:{report.uid}") == ["staff.accepted"]
    assert world.tap(duty, f"accept:{report.uid}") == ["staff.already_taken"]
    assert "staff.taken" in world.pushes(duty)


def test_reading_a_report_is_journalled_with_who(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    _report(world, VILLAGE)
    world.tap(director, f"view:{world.report().uid}")
    assert "孩子挨打" in world.said(director)[-1].text
    with world.work() as work:
        from bot.storage.tables import JournalEntry

        reads = [entry for entry in work.session.query(JournalEntry) if entry.act == "report read"]
    assert len(reads) == 1
    assert "孩子" not in reads[0].detail


def test_a_staff_member_lists_their_reports_most_urgent_first(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    filed = {sign: tell(world, [sign]) for sign in ("hardship", "beaten_now", "beaten")}
    inbox_id = world.hear(director, {"text": "我的报告"})
    with world.work() as work:
        handling.list_mine(work, director, inbox_id)
    taps = [choice.value for choice in world.said(director)[-1].choices]
    assert taps == [*(f"view:{filed[sign]}" for sign in ("beaten_now", "beaten", "hardship")), "page:"]


def test_no_push_carries_a_name_a_place_or_an_allegation(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    neighbour = world.citizen()
    world.say(neighbour, "范家屯镇平洋村老李家二丫头李小花被他爸打 电话13812345678")
    world.say(neighbour, "公主岭市范家屯镇平洋村")
    for said in world.said(director):
        for secret in ("李小花", "平洋", "打", "1381234"):
            assert secret not in said.text.replace("打110", "")


def test_staff_open_their_children_and_visits_by_name_and_by_the_first_buttons(world: World) -> None:
    director, somebody = world.staff("child_director"), world.citizen()
    for named, key in (("我的孩子", "child.list.empty"), ("今天该走访谁？", "visits.list_empty")):
        inbox_id = world.hear(director, {"text": named})
        with world.work() as work:
            assert doors.page_asked(work, director, inbox_id, named)
        assert world.keys_to(inbox_id) == [key]
        with world.work() as work:
            assert not doors.page_asked(work, somebody, inbox_id, named)


@pytest.mark.parametrize("several", [2, 6])
def test_of_all_who_use_a_code_at_the_same_moment_one_is_bound(world: World, several: int) -> None:
    code, talks = _invite(world), [world.citizen() for _ in range(several)]
    ready = threading.Barrier(several)

    def use(talk: str) -> str:
        ready.wait()
        return _bind(world, talk, code)

    with ThreadPoolExecutor(several) as hands:
        outcomes = sorted(hands.map(use, talks))
    assert outcomes == ["bound", *["wrong"] * (several - 1)]
