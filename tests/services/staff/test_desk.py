"""A staff member works from the chat: a button, at most a short text, and an answer; never a leak."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import texts
from bot.services.casework import desk, dossier, reports, timeline
from bot.services.reporting import adding
from bot.services.staff import accounts
from bot.storage.tables import Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import DROPPED_OUT, HARDSHIP, HARM, Person, person, row, staff_of, state, tell


def _buttons(world: World, who: Person, report: str) -> dict[str, str]:
    world.tap(who.talk, f"view:{report}")
    return {choice.label: choice.value for choice in world.said(who.talk)[-1].choices}


def _accepted(world: World, who: Person, signs: list[str], talk: str | None = None) -> str:
    report = tell(world, signs, talk=talk)
    world.tap(who.talk, f"accept:{report}")
    return report


def test_under_an_accepted_report_stand_the_moves_that_exist(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    labels = list(_buttons(world, people.director, report))
    assert labels == ["记派出所", "处理中", "持续关注", "向报告人补问", "转办", "办结", "给报告人回话"]
    assert _buttons(world, people.manager, report) == {}


def test_the_police_station_is_asked_and_recorded(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    assert world.tap(people.director.talk, _buttons(world, people.director, report)["记派出所"]) == ["case.police"]
    assert "case.done" in world.say(people.director.talk, "响水派出所，回执A12")
    entries = people.director.does(timeline.of, report).entries
    assert [e.text for e in entries if e.kind == "police"] == ["响水派出所，回执A12"]
    assert "记派出所" not in _buttons(world, people.director, report)


def test_handling_and_watching_are_one_tap(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    for label, expected in (("处理中", "handling"), ("持续关注", "monitoring")):
        assert world.tap(people.director.talk, _buttons(world, people.director, report)[label]) == ["case.done"]
        assert state(world, report) == expected


def test_a_question_that_may_not_be_asked_may_be_put_otherwise(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, DROPPED_OUT, talk)
    world.tap(people.director.talk, f"case:ask:{report}")
    assert world.say(people.director.talk, "身份证号多少") == ["case.never_ask"]
    assert world.say(people.director.talk, "孩子在哪上学？") == ["case.done.ask"]
    assert world.pushes(talk)[-1] == "reporter.asked"


def test_closing_asks_for_the_reason_and_the_words(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.caseworker, HARDSHIP)
    assert world.tap(people.caseworker.talk, f"case:close:{report}") == ["case.which.close"]
    reasons = {choice.label: choice.value for choice in world.said(people.caseworker.talk)[-1].choices}
    assert len(reasons) == 6
    assert world.tap(people.caseworker.talk, reasons["需求已解决、孩子安全"]) == ["case.close"]
    assert world.say(people.caseworker.talk, "低保办好了") == ["case.done"]
    assert (state(world, report), row(world, report).close_reason) == ("closed", "needs_met")


def test_an_s1_closed_in_chat_waits_for_the_second_who_taps(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    world.tap(people.director.talk, f"case:watch:{report}")
    hands.forward(days=90)
    world.tap(people.director.talk, f"case:close:{report}:needs_met")
    assert world.say(people.director.talk, "孩子搬到姑姑家，安全") == ["case.waiting"]
    assert world.tap(people.director.talk, f"case:confirm:{report}") == ["staff.refused"]
    assert world.tap(people.caseworker.talk, f"case:confirm:{report}") == ["case.done"]
    assert state(world, report) == "closed"


def test_a_result_is_one_of_the_sentences(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, DROPPED_OUT, talk)
    world.tap(people.director.talk, f"case:result:{report}")
    value = world.said(people.director.talk)[-1].choices[1].value
    assert world.tap(people.director.talk, value) == ["case.done.result"]
    assert world.pushes(talk)[-1] == "result.helping"
    assert world.tap(people.director.talk, f"case:result:{report}:他被抓了") == ["staff.refused"]


@pytest.mark.parametrize(
    "value",
    [
        *("case:police:{}", "case:ask:{}", "case:close:{}", "case:close:{}:needs_met", "case:confirm:{}"),
        *("case:talk:{}", "case:result:{}:done", "case:refuse:{}", "case:decline:{}", "case:handle:{}"),
        *("case:transfer:{}", "case:x:{}"),
    ],
)
def test_a_forged_tap_and_one_without_rights_answer_alike(value: str, world: World) -> None:
    staff_of(world)
    report = tell(world, HARM)
    stranger, citizen = person(world, "child_director", "220184104202"), world.citizen()
    for who in (stranger.talk, citizen):
        for uid in (report, "abcdefghijklmnopqrstuvwxyz", ""):
            assert world.tap(who, value.format(uid)) == ["staff.gone"]
        assert world.flow(who) is None


def test_who_is_suspended_between_button_and_words_has_done_nothing(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    world.tap(people.director.talk, f"case:police:{report}")
    with world.work() as work:
        accounts.suspend(work, people.director.account)
    assert world.say(people.director.talk, "响水派出所") == ["staff.gone"]
    assert [e for e in people.caseworker.does(timeline.of, report).entries if e.kind == "police"] == []


def test_a_text_may_be_left_and_danger_in_it_gets_the_numbers(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, HARM)
    world.tap(people.director.talk, f"case:police:{report}")
    assert world.say(people.director.talk, "算了") == ["chat.cancelled"]
    world.tap(people.director.talk, f"case:note:{report}")
    keys = world.say(people.director.talk, "快来人，有人正拿刀砍孩子")
    assert keys[0].startswith("danger.")
    assert keys[-1] == "case.done"


def test_no_push_to_staff_or_reporter_carries_a_name_a_place_or_an_allegation(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    report = _accepted(world, people.director, HARM, talk)
    for tap, words in (("police", "响水派出所李所长"), ("ask", "小军现在住谁家"), ("note", "小军身上有伤")):
        world.tap(people.director.talk, f"case:{tap}:{report}")
        world.say(people.director.talk, words)
    pushed = [*people.caseworker.does(timeline.of, report).told]
    assert len(pushed) >= 6
    for who in (talk, people.supervisor.talk, people.caseworker.talk, people.duty.talk):
        for said in world.said(who):
            assert not any(secret in said.text for secret in ("小军", "响水", "李所长", "伤", "挨打"))
    assert people.director.does(reports.content, report) is not None


def test_a_question_that_is_too_long_is_refused_in_words(world: World) -> None:
    people = staff_of(world)
    report = _accepted(world, people.director, DROPPED_OUT)
    world.tap(people.director.talk, f"case:ask:{report}")
    assert world.say(people.director.talk, "谁" * 301) == ["staff.refused"]


def test_every_refusal_code_in_the_services_has_its_words() -> None:
    services = Path(desk.__file__).parent
    codes = {
        code
        for file in services.glob("*.py")
        for code in re.findall(r'Outcome\(False, "(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert len(codes) > 15
    own = ("refusal", "child.refusal")
    assert [code for code in sorted(codes) if not any(texts.known(f"{name}.{code}") for name in own)] == []


def test_words_of_danger_are_marked_and_the_newest_of_them_stand_first(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARM)
    assert people.director.does(dossier.open_sheet, report).danger is None
    with world.work() as work:
        adding.add(work, work.session.get_one(Report, report), "他爸回来了，正拿刀追孩子")
        adding.add(work, work.session.get_one(Report, report), "孩子叫小军")
    sheet = people.director.does(dossier.open_sheet, report)
    assert sheet.danger.words == "他爸回来了，正拿刀追孩子"
    assert [told.danger for told in sheet.told].count(True) == 1
