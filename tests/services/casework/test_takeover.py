"""A person writes in the same talk: words go to and fro verbatim, the bot steps back, danger still gets its numbers."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from bot.gateway.conversation import Path
from bot.services.casework import clocks, figures, reports, takeover, timeline
from bot.services.reporting import adding, ending
from bot.services.staff import accounts
from bot.storage.tables import Report, Takeover
from tests.builders import World
from tests.conftest import Hands
from tests.scripted import rasa_that
from tests.services.cases import (
    DROPPED_OUT,
    HARM,
    Staff,
    outcome,
    person,
    row,
    staff_of,
    state,
    telegram,
    tell,
)

OK = (True, None)


def _emergency(world: World) -> tuple[Staff, str, str]:
    people, talk = staff_of(world), world.citizen()
    world.say(talk, "公主岭市响水镇姜家店村有人正拿棍子打孩子 孩子惨叫")
    return people, talk, world.report().uid


def _texts(world: World, talk: str) -> list[str]:
    return [said.text for said in world.said(talk)]


def test_words_go_to_and_fro_as_they_are_and_are_kept_with_the_report(world: World, hands: Hands) -> None:
    people, talk, report = _emergency(world)
    hands.forward(minutes=3)
    assert world.tap(people.duty.talk, f"case:talk:{report}") == ["case.done.talk"]
    assert row(world, report).acknowledged_by == people.duty.account
    hands.forward(minutes=1)
    assert world.say(people.duty.talk, "你好，我是值班的，现在孩子能出门吗？") == []
    assert _texts(world, talk)[-1] == "【工作人员】你好，我是值班的，现在孩子能出门吗？"
    assert world.say(talk, "能，我把他叫到我家了") == []
    assert _texts(world, people.duty.talk)[-1].endswith("】能，我把他叫到我家了")
    with world.work() as work:
        told = reports.told_of(work, work.session.get_one(Report, report))
        human = figures.until_a_human_wrote(work, work.now - timedelta(hours=1))
    assert ["what", "能，我把他叫到我家了"] in told["words"]
    assert human.times == (timedelta(minutes=4),)


def test_neither_rasa_nor_the_flow_sees_a_word_meanwhile(world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    asked: list[httpx.Request] = []

    def rasa(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[])

    path = Path(world.database, world.vault, rasa_that(rasa), world.now)
    import asyncio

    for who, text in ((talk, "姜家店村"), (people.duty.talk, "您在哪？"), (talk, "查进度"), (talk, "不留")):
        assert asyncio.run(path.handle(world.hear(who, {"text": text})))
    assert asked == []
    assert world.flow(talk) == "report"
    with world.work() as work:
        told = reports.told_of(work, work.session.get_one(Report, report))
    assert "safe_contact" not in told["given"]


def test_danger_told_meanwhile_gets_the_numbers_at_once_and_still_arrives(world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    assert world.say(talk, "他又拿刀要砍孩子了") == ["takeover.danger"]
    assert "110" in _texts(world, talk)[-1]
    assert _texts(world, people.duty.talk)[-1].endswith("他又拿刀要砍孩子了")
    assert len(world.reports()) == 1


def test_a_child_in_a_live_talk_hears_the_numbers_once_in_a_line_and_everybody_else_is_alarmed(
    world: World, hands: Hands
) -> None:
    people, talk = staff_of(world), world.citizen()
    report = tell(world, DROPPED_OUT, talk=talk, reporter_type="child_self")
    assert row(world, report).severity == "S2"
    assert people.director.does(takeover.start, report).allowed
    hands.forward(minutes=1)
    assert world.say(talk, "我爸拿棍子打我 快救我") == ["takeover.danger.child"]
    line = _texts(world, talk)[-1]
    assert ("110" in line, "120" in line, len(line) < 40, "您" in line) == (True, True, True, False)
    assert row(world, report).severity == "S0"
    assert "staff.alert.S0" in world.pushes(people.duty.talk)
    alarmed = len(world.pushes(people.duty.talk))
    assert world.say(talk, "他又拿棍子打我了 救命") == []
    assert _texts(world, people.director.talk)[-1].endswith("他又拿棍子打我了 救命")
    assert len(world.pushes(people.duty.talk)) > alarmed


def test_what_must_be_done_this_minute_is_said_in_a_live_talk_too(world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    assert world.say(talk, "孩子把农药喝了 口吐白沫")[0] == "danger.poisoning"
    assert "danger.poisoning" not in world.say(talk, "孩子又吐了 农药喝了不少")


@pytest.mark.parametrize("way", ["button", "words"])
def test_the_staff_member_ends_it_and_the_bot_says_that_it_is_back(way: str, world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    if way == "button":
        world.tap(people.duty.talk, "talk:end")
    else:
        world.say(people.duty.talk, "结束对话")
    assert world.pushes(talk)[-1] == "takeover.back"
    assert "护童" in _texts(world, talk)[-1]
    assert world.say(talk, "不留") != []
    assert world.tap(people.duty.talk, "talk:end") == ["chat.expired_button"]


def test_who_withdrew_is_written_to_again_only_after_telling_more(world: World, hands: Hands) -> None:
    people, _, report = _emergency(world)
    hands.forward(minutes=1)
    with world.work() as work:
        ending.withdraw(work, work.session.get_one(Report, report))
    hands.forward(minutes=1)
    assert outcome(people.duty.does(takeover.start, report)) == (False, "no_way_back")
    with world.work() as work:
        adding.add(work, work.session.get_one(Report, report), "他又拿棍子打孩子了")
    assert outcome(people.duty.does(takeover.start, report)) == OK


def test_a_child_who_withdraws_can_still_be_talked_to_by_people(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARM, talk=world.citizen(), reporter_type="child_self")
    with world.work() as work:
        ending.withdraw(work, work.session.get_one(Report, report))
    assert outcome(people.duty.does(takeover.start, report)) == OK


def test_half_an_hour_of_silence_ends_it_once(world: World, hands: Hands) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    hands.forward(minutes=20)
    world.say(talk, "还在吗")
    hands.forward(minutes=29)
    assert _tick(world) == 0
    hands.forward(minutes=1)
    assert [_tick(world), _tick(world)] == [1, 0]
    assert world.pushes(talk).count("takeover.back") == 1


def _tick(world: World) -> int:
    with world.work() as work:
        return clocks.tick(work)["talks_ended"]


def test_words_said_between_people_do_not_stay_in_the_outbox(world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    world.say(people.duty.talk, "暗号一")
    world.say(talk, "暗号二")
    for who in (talk, people.duty.talk):
        world.deliver(who)
    world.say(people.duty.talk, "结束对话")
    assert not any("暗号" in text for who in (talk, people.duty.talk) for text in _texts(world, who))


def test_who_may_not_take_a_talk_over_hears_why(world: World) -> None:
    people = staff_of(world)
    talk = world.citizen()
    calm = tell(world, DROPPED_OUT, talk=talk)
    child = tell(world, DROPPED_OUT, talk=world.citizen(), reporter_type="child_self")
    nobody = tell(world, HARM, danger_now="yes")
    stranger = person(world, "child_director", "220184104202")
    assert outcome(people.director.does(takeover.start, calm)) == (False, "not_for_takeover")
    assert outcome(people.manager.does(takeover.start, child)) == (False, "actor_not_allowed")
    assert outcome(people.director.does(takeover.start, nobody)) == (False, "no_way_back")
    assert outcome(stranger.does(takeover.start, child)) == (False, "absent")
    assert outcome(stranger.does(takeover.start, "abcdefghijklmnopqrstuvwxyz")) == (False, "absent")
    assert outcome(people.director.does(takeover.start, child)) == OK
    assert outcome(people.director.does(takeover.start, child)) == (False, "already")


def test_only_one_person_is_in_a_talk_and_in_one_talk(world: World) -> None:
    people, talk, report = _emergency(world)
    assert outcome(people.duty.does(takeover.start, report)) == OK
    assert outcome(people.director.does(takeover.start, report)) == (False, "already")
    other = world.citizen()
    world.say(other, "公主岭市响水镇姜家店村有孩子掉水里了")
    second = next(one.uid for one in world.reports() if one.uid != report)
    assert outcome(people.duty.does(takeover.start, second)) == (False, "already")
    assert talk != other


def test_an_anonymous_telegram_reporter_joins_from_the_new_chat_by_the_button(world: World) -> None:
    people, parted = staff_of(world), telegram(world, "5")
    report = tell(world, HARM, talk=parted, danger_now="yes")
    assert outcome(people.duty.does(takeover.start, report)) == OK
    world.say(people.duty.talk, "孩子在哪？")
    button = world.said(parted)[-1].choices[0].value
    fresh = world.chat("5")
    assert world.tap(fresh, button[:-1] + "x") == ["chat.expired_button"]
    assert world.tap(fresh, button) == ["takeover.joined"]
    assert world.say(fresh, "在我家") == []
    assert _texts(world, people.duty.talk)[-1].endswith("在我家")
    world.say(people.duty.talk, "好，等我们")
    assert _texts(world, fresh)[-1] == "【工作人员】好，等我们"


def test_when_the_staff_member_is_suspended_the_bot_is_back_and_nothing_is_lost(world: World) -> None:
    people, talk, report = _emergency(world)
    people.duty.does(takeover.start, report)
    with world.work() as work:
        accounts.suspend(work, people.duty.account)
    before = world.pushes(people.duty.talk)
    world.say(talk, "我们躲到厕所了")
    assert world.pushes(people.duty.talk) == before
    assert "takeover.back" in world.pushes(talk)
    with world.work() as work:
        assert "躲到厕所" in str(reports.told_of(work, work.session.get_one(Report, report))["words"])


def test_who_becomes_conflicted_in_the_talk_reads_no_further_word(world: World) -> None:
    people, talk, report = _emergency(world)
    people.director.does(takeover.start, report)
    with world.work() as work:
        found = work.session.get_one(Report, report)
        told = reports.told_of(work, found)
        told["facts"]["conflicted"] = ["child_director"]
        reports.tell_more(work, found, told)
    before = world.pushes(people.director.talk)
    world.say(talk, "就是村主任打的")
    assert world.pushes(people.director.talk) == [*before, "takeover.ended"]
    assert not any("就是" in text for text in _texts(world, people.director.talk))
    assert world.say(people.director.talk, "你别乱说") in (["staff.gone"], ["office.unclear"])


def test_the_timeline_measures_the_first_human_words(world: World, hands: Hands) -> None:
    people, _, report = _emergency(world)
    people.duty.does(takeover.start, report)
    hands.forward(minutes=2)
    world.say(people.duty.talk, "在")
    story = people.caseworker.does(timeline.of, report)
    assert [entry.what for entry in story.entries if entry.kind == "takeover"] == ["began", "first words"]
    with world.work() as work:
        assert work.session.query(Takeover).one().first_words_at == hands.moment
    assert state(world, report) == "accepted"
