"""A director's talk about visits: the record in a minute, counted in taps; nothing prefilled; emergencies at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import drafts
from bot.services.casework import reports
from bot.services.talk.meaning import Meant
from bot.services.visits import taps
from bot.storage.tables import Child, Report, ReportChild, Visit, VisitNeed, VisitPlan, VisitReason
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import VILLAGE, Staff, person, staff_of

MONDAY = date(2026, 11, 23)
NONE_OF_IT = "visit.emergency=none"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    return staff_of(world)


def _homes(world: World, *names: str, days_ago: int = 8, **more: Any) -> list[str]:
    return on_file.homes(world, *names, filed=MONDAY - timedelta(days=days_ago), **more)


def _last(world: World, conversation: str) -> str:
    return world.said(conversation)[-1].text


def _visits(world: World) -> list[Visit]:
    with world.work() as work:
        return list(work.session.scalars(select(Visit).order_by(Visit.created_at)))


def _record(world: World, row: Visit) -> dict[str, Any]:
    with world.work() as work:
        opened: dict[str, Any] = work.open("visits.record", row.uid, row.record_sealed)
        return opened


def test_a_normal_visit_from_the_morning_message_takes_six_taps_and_no_typing(world: World, people: Staff) -> None:
    home, _ = _homes(world, "李小明", "王欣怡", level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    director = people.director.talk
    taps = [
        world.said(director)[-1].choices[0].value,
        f"due:home:{home}",
        f"due:go:{home}",
        "visit.how=all_normal",
        "visit.voice=seen_alone",
        NONE_OF_IT,
    ]
    keys = [world.tap(director, value) for value in taps]
    assert keys == [
        ["visits.list"],
        ["visits.card"],
        ["visit.how"],
        ["visit.voice"],
        ["visit.emergency"],
        ["visit.saved"],
    ]
    (row,) = _visits(world)
    assert set(_record(world, row)["sections"].values()) == {"normal"}
    assert "12月23日" in _last(world, director)
    assert world.flow(director) is None


def test_a_sentence_is_sorted_and_the_rest_asked_for_once(world: World, people: Staff) -> None:
    _homes(world, "李小明", "王欣怡", level="average")
    director = people.director.talk
    said = "昨天去了老李家，奶奶身体挺好，屋里漏风。孩子说：想妈妈。希望能申请临时救助"
    assert world.means(director, said, "visit") == ["visit.rest"]
    heard = _last(world, director)
    assert "11月22日" in heard
    assert "生活保障：有困难（屋里漏风）" in heard
    assert "就医、就学、关爱活动" in heard
    world.tap(director, "visit.how=rest_unknown")
    assert world.tap(director, NONE_OF_IT) == ["visit.saved"]
    (row,) = _visits(world)
    record = _record(world, row)
    assert (row.on, record["said"], record["voice"]) == (MONDAY - timedelta(days=1), "想妈妈", "seen")
    assert record["sections"]["health"] == "not_learned"
    with world.work() as work:
        need = work.session.scalars(select(VisitNeed)).one()
        assert work.open("visit_needs.what", need.uid, need.what_sealed) == "希望能申请临时救助"
        assert (need.owner, need.due) == (row.by, MONDAY + timedelta(days=14))


def test_all_fine_in_the_first_breath_fills_nothing_until_it_is_confirmed(world: World, people: Staff) -> None:
    _homes(world, "李小明", level="average")
    director = people.director.talk
    assert world.means(director, "今天去了老李家，孩子挺好", "visit") == ["visit.how"]
    with world.work() as work:
        draft = drafts.current(work, director, "visit")
        assert draft is not None
        record = drafts.contents(work, draft)["record"]
        assert (record["sections"], record["voice"], record["emergency"]) == ({}, None, None)
    taps = ["visit.how=all_normal", "visit.voice=seen", NONE_OF_IT]
    assert [world.tap(director, value) for value in taps][-1] == ["visit.saved"]


def test_the_emergency_list_is_asked_at_every_visit_and_words_may_answer_it(world: World, people: Staff) -> None:
    _homes(world, "李小明", level="average")
    director = people.director.talk
    world.means(director, "今天去了李小明家", "visit")
    world.means(director, "都挺好", "visit")
    assert world.means(director, "他说想早点放假", "visit") == ["visit.emergency"]
    assert _visits(world) == []
    assert world.means(director, "嗯嗯", "visit") in (["visit.emergency"], ["visit.finding"])
    assert world.means(director, "以上都没有", "visit") == ["visit.saved"]


def test_a_finding_named_in_few_words_is_one(world: World, people: Staff) -> None:
    _homes(world, "李小明", level="average")
    director = people.director.talk
    for words in ("今天去了李小明家", "都挺好", "他说想早点放假"):
        world.means(director, words, "visit")
    assert "visit.emergency_now" in world.means(director, "疑似家暴吧", "visit")
    assert len(world.reports()) == 1


def test_one_section_after_another_with_words_where_it_is_hard(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:go:{home}")
    assert world.tap(director, "visit.how=each") == ["visit.section"]
    assert world.tap(director, "visit.section=living:difficulty") == ["visit.words"]
    assert world.means(director, "炉子坏了", "visit") == ["visit.section"]
    world.tap(director, "visit.section=guardianship:normal")
    world.means(director, "不清楚", "visit")
    world.means(director, "上学正常", "visit")
    assert world.tap(director, "visit.section=care_activities:normal") == ["visit.voice"]
    world.tap(director, "visit.voice=not_seen")
    world.tap(director, NONE_OF_IT)
    (row,) = _visits(world)
    record = _record(world, row)
    assert record["sections"] == {
        "living": "difficulty",
        "guardianship": "normal",
        "health": "not_learned",
        "schooling": "normal",
        "care_activities": "normal",
    }
    assert record["notes"]["living"] == "炉子坏了"


def test_siblings_are_recorded_together_and_the_level_is_asked_where_there_is_none(world: World, people: Staff) -> None:
    with world.work() as work:
        home = on_file.home(work)
        for name in ("李小明", "李小红"):
            on_file.child(work, name, household=home, filed=MONDAY - timedelta(days=8))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    director = people.director.talk
    for value in (f"due:go:{home}", "visit.how=all_normal", "visit.voice=seen"):
        world.tap(director, value)
    assert world.tap(director, NONE_OF_IT) == ["visit.saved", "visit.level"]
    assert len(_visits(world)) == 2
    assert world.tap(director, f"due:good:{home}") == ["visit.level_set.waits"]
    with world.work() as work:
        assert {child.next_due for child in work.session.scalars(select(Child))} == {date(2026, 12, 23)}


def test_a_finding_stops_the_form_tells_110_and_the_rest_may_be_written_later(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:go:{home}")
    world.means(director, "屋里冷", "visit")
    world.tap(director, "visit.how=rest_unknown")
    world.tap(director, "visit.voice=seen")
    assert world.tap(director, "visit.emergency=some") == ["visit.finding"]
    assert "visit.emergency_now" in world.tap(director, "visit.finding=violence")
    assert any("110" in one.text and one.kind == "emergency" for one in world.said(director))
    with world.work() as work:
        report = work.session.scalars(select(Report).where(Report.severity.in_(("S0", "S1")))).one()
        assert work.session.scalars(select(ReportChild.report)).all() == [report.uid], "it leads to the child's file"
    assert any(key.startswith("staff.alert") for key in world.pushes(people.supervisor.talk))
    assert all("李小明" not in one.text for one in world.said(people.supervisor.talk))
    (row,) = _visits(world)
    assert (row.report, row.prompt_at) == (report.uid, world.now() + timedelta(minutes=30))


def test_nobody_met_is_no_visit_and_the_second_time_somebody_asks_where_the_child_is(
    world: World, hands: Hands, people: Staff
) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    assert world.means(director, "去了李小明家 家里没人", "visit") == ["visits.none"]
    assert world.tap(director, f"due:nobody_home:{home}") == ["visits.attempted"]
    hands.forward(days=1)
    assert world.tap(director, f"due:nobody_home:{home}") == ["visits.attempted.twice"]
    assert world.pushes(people.supervisor.talk) == ["visits.not_found_again"]
    assert world.tap(director, f"due:lost:{home}") == ["visit.emergency_now"]
    with world.work() as work:
        assert work.session.scalars(select(Report)).one().severity == "S0"
        assert {row.kind for row in work.session.scalars(select(Visit))} == {"attempted"}


def test_why_nobody_was_met_may_be_typed_as_it_stands_on_the_button(world: World, people: Staff) -> None:
    _homes(world, "李小明", level="average")
    director = people.director.talk
    assert world.means(director, "去了李小明家 家里没人", "visit") == ["visits.none"]
    assert world.say(director, "家里没人") == ["visits.attempted"]
    assert world.reports() == []


def test_a_telephone_number_is_no_day_of_a_visit(world: World, people: Staff) -> None:
    _homes(world, "李小明", level="average")
    assert "visits.put_off" not in world.say(people.director.talk, "李小明奶奶电话改成13900000299")


@pytest.mark.parametrize(
    ("first", "words", "key", "column", "day"),
    [
        ("off", "下周一吧", "visits.put_off", "planned_for", date(2026, 11, 30)),
        ("away", "两周以后", "visits.paused", "paused_until", date(2026, 12, 7)),
    ],
)
def test_another_day_is_taken_from_a_button_or_from_words(
    world: World, people: Staff, first: str, words: str, key: str, column: str, day: date
) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:{first}:{home}")
    assert world.means(director, "过阵子", "visit") == ["visits.day_unclear"]
    assert world.means(director, words, "visit") == [key]
    with world.work() as work:
        assert getattr(work.session.scalars(select(VisitPlan)).one(), column) == day
    assert world.flow(director) is None
    assert world.tap(director, f"due:{first}:{home}:{day + timedelta(days=1)}") == [key]


def test_today_impossible_asks_a_late_home_for_the_reason(world: World, people: Staff) -> None:
    late, soon = *_homes(world, "李小明"), *_homes(world, "王欣怡", days_ago=5)
    director = people.director.talk
    assert world.tap(director, f"due:no:{late}") == ["visits.why_not"]
    assert world.tap(director, f"due:no:{soon}") == ["visits.put_off"]
    with world.work() as work:
        assert work.session.scalars(select(VisitReason)).one().until == MONDAY + timedelta(days=1)


def test_a_card_says_why_that_day_and_does_not_sell_our_proposals_as_the_plan(world: World, people: Staff) -> None:
    (fixed,) = _homes(world, "李小明", days_ago=20, level="good")
    director = people.director.talk
    world.tap(director, f"due:home:{fixed}")
    assert "方案》没有定" in _last(world, director)  # the first visit is ours
    for value in (f"due:go:{fixed}", "visit.how=all_normal", "visit.voice=seen", NONE_OF_IT, f"due:home:{fixed}"):
        world.tap(director, value)
    assert "方案》原文：“对于监护状况较好的，每三个月入户走访一次”" in _last(world, director)


def test_whoever_is_no_staff_or_of_another_post_hears_kindly_why_not(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明")
    citizen = world.citizen()
    assert world.means(citizen, "登记走访", "visit") == ["visits.not_staff"]
    assert world.tap(citizen, f"due:home:{home}") == ["visits.not_staff"]
    assert world.tap(people.caseworker.talk, f"due:go:{home}") == ["visits.not_your_post"]
    stranger = person(world, "child_director", "220184104202")
    assert world.tap(stranger.talk, f"due:home:{home}") == ["visits.gone"]
    assert world.tap(stranger.talk, "due:home:nonsense") == ["visits.gone"]
    assert all("李小明" not in one.text for who in (citizen, stranger.talk) for one in world.said(who))


def test_a_visit_put_aside_is_taken_up_within_two_days_and_then_let_go(
    world: World, hands: Hands, people: Staff
) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:go:{home}")
    world.means(director, "奶奶身体不错", "visit")
    assert world.tap(director, "visit.how=later") == ["visit.later"]
    hands.forward(hours=40)
    jobs.run(world.database, world.vault, "silence", world.now())
    assert world.means(director, "登记走访", "visit") == ["visit.rest"]
    hands.forward(hours=49)
    jobs.run(world.database, world.vault, "silence", world.now())
    assert world.means(director, "登记走访", "visit") == ["visit.which"]


def test_several_visits_in_a_row_and_an_old_button_changes_nothing(world: World, people: Staff) -> None:
    homes = _homes(world, "李小明", "王欣怡", level="average")
    director = people.director.talk
    for home in homes:
        for value in (f"due:go:{home}", "visit.how=all_normal", "visit.voice=seen", NONE_OF_IT):
            world.tap(director, value)
    assert len(_visits(world)) == 2
    assert world.tap(director, NONE_OF_IT) == ["chat.expired_button"]
    assert world.tap(director, "due:list") == ["visits.list_empty"]


def test_danger_told_while_recording_belongs_to_the_child_being_visited(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:go:{home}")
    keys = world.say(director, "他爸正在拿皮带打孩子")
    assert any(key.startswith("danger.") for key in keys)
    assert keys[-1] == "visit.emergency_now"
    with world.work() as work:
        report = work.session.scalars(select(Report)).one()
        told = reports.told_of(work, report)
    assert (report.severity, report.area) == ("S0", VILLAGE)
    assert ["child_ref", "李小明"] in told["words"]
    assert ["what", "他爸正在拿皮带打孩子"] in told["words"]


def test_doubtful_words_while_recording_are_asked_about_and_may_be_nothing(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    world.tap(director, f"due:go:{home}")
    assert world.say(director, "孩子说有人打他") == ["visit.finding"]
    assert world.tap(director, "visit.finding=neither") == ["visit.rest"]
    world.tap(director, "visit.how=all_normal")
    assert world.tap(director, "visit.voice=seen") == ["visit.emergency"]
    assert world.reports() == []


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("李小明家改到下周一", ["visits.put_off"]),
        ("李小明家改个日子", ["visits.off"]),
        ("走访改到下周", ["visits.off.which"]),
    ],
)
def test_another_day_in_words_needs_no_button(world: World, people: Staff, words: str, keys: list[str]) -> None:
    _homes(world, "李小明", "王欣怡")
    inbox_id = world.hear(people.director.talk, {"text": words})
    with world.work() as work:
        for _ in range(2):
            taps.another_day(work, people.director.talk, inbox_id, words)
    assert world.keys_to(inbox_id) == keys


def test_the_county_sees_what_has_gone_up_to_it_but_does_not_record(world: World, hands: Hands, people: Staff) -> None:
    (home,) = _homes(world, "李小明", days_ago=30)
    hands.moment = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
    jobs.run(world.database, world.vault, "visits", world.now())
    county = people.caseworker.talk
    assert world.pushes(county) == ["visits.digest.above"]
    assert world.tap(county, "due:list") == ["visits.card.read"]
    assert world.tap(county, f"due:off:{home}") == ["visits.not_your_post"]


def test_whoever_asks_for_something_else_instead_of_naming_a_home_gets_it(world: World, people: Staff) -> None:
    _homes(world, "李小明", "王欣怡")
    director = people.director.talk
    assert world.means(director, "登记走访", "visit") == ["visit.which"]
    assert world.means(director, "还有哪几家没走", "visit", Meant("list_due_visits", 0.95)) == ["visits.list"]
    assert world.flow(director) is None
    assert world.means(director, "登记走访", "visit") == ["visit.which"]
    assert world.means(director, "导出工作日志", "visit", Meant("export_work_log", 0.95)) == ["log.none"]


def test_an_emergency_is_said_before_anything_else(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", level="average")
    director = people.director.talk
    for value in (f"due:go:{home}", "visit.how=all_normal", "visit.voice=seen", "visit.emergency=some"):
        world.tap(director, value)
    assert world.tap(director, "visit.finding=not_performing") == ["visit.emergency_now", "visit.saved"]


def test_the_hour_of_the_morning_message_is_chosen_below_it(world: World, hands: Hands, people: Staff) -> None:
    _homes(world, "李小明", "王欣怡")
    director = people.director.talk
    assert world.tap(director, "due:hour") == ["visits.hour"]
    assert world.tap(director, "due:hour:22:00") == ["visits.hour.quiet"]
    assert world.tap(director, "due:hour:12:00") == ["visits.hour.kept"]
    jobs.run(world.database, world.vault, "visits", world.now())
    assert world.pushes(director) == []
    hands.forward(hours=4)
    jobs.run(world.database, world.vault, "visits", world.now())
    assert world.pushes(director) == ["visits.digest"]


def test_a_child_about_to_outgrow_the_service_is_handed_over_not_dropped(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明", birth="2010-12-20")
    world.tap(people.director.talk, f"due:home:{home}")
    assert "衔接" in _last(world, people.director.talk)
