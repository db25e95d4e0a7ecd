"""What a worker asks or says beside the record of a visit, of homes he does not name, of a child that is in danger."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.services import drafts
from bot.services.register.registering import Kin
from bot.services.visits import unfinished
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Report, Visit, VisitStandIn
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services.cases import TOWNSHIP, VILLAGE, Person, person
from tests.services.registered import NEXT_VILLAGE, filed

pytestmark = pytest.mark.words

NAMES = ("刘欣怡", "张小宝", "赵子轩")
PHONE, OTHER_PHONE = "13800000000", "13911112222"
FILED = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=SHANGHAI)


@pytest.fixture
def director(world: World, hands: Hands) -> Person:
    """A director with three late homes; a colleague of the next village with one; their supervisor."""
    hands.moment = FILED
    found = person(world, "child_director", VILLAGE, "王春梅")
    person(world, "child_director", NEXT_VILLAGE, "张国庆")
    person(world, "child_supervisor", TOWNSHIP, "李督导")
    for name in NAMES:
        filed(world, name)
    filed(world, "孙佳琪", NEXT_VILLAGE, kin=(Kin("carer", "孙海", "爷爷", OTHER_PHONE),))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    hands.moment = NOW
    jobs.run(world.database, world.vault, "visits", world.now())
    return found


@pytest.fixture
def supervisor(world: World, director: Person) -> Person:
    return person(world, "child_supervisor", TOWNSHIP, "周督导")


def says(world: World, who: Person, text: str) -> list[str]:
    return world.say(who.talk, text, at_work=True)


def told(world: World, who: Person, back: int = 1) -> str:
    return world.said(who.talk)[-back].text


def record(world: World, who: Person) -> dict[str, Any]:
    """The record that is open."""
    with world.work() as work:
        draft = drafts.current(work, who.talk, unfinished.FLOW)
        assert draft is not None
        kept: dict[str, Any] = unfinished.contents(work, draft)["record"]
        return kept


def visits(world: World) -> list[tuple[str, str, str | None, dict[str, Any]]]:
    """Every visit kept: of whom, what it was, why nobody was met, and the record."""
    with world.work() as work:
        return [
            (
                visit_words.name(work, child),
                row.kind,
                row.reason,
                work.open("visits.record", row.uid, row.record_sealed),
            )
            for row, child in work.session.execute(select(Visit, Child).join(Child, Child.uid == Visit.child))
        ]


def _opened(work: Work, row: Visit) -> dict[str, Any]:
    kept: dict[str, Any] = work.open("visits.record", row.uid, row.record_sealed)
    return kept


def reports(world: World) -> int:
    with world.work() as work:
        return work.session.scalar(select(func.count()).select_from(Report)) or 0


def saved(world: World, who: Person, name: str) -> None:
    """A visit to a home, all well, recorded in words and taps."""
    says(world, who, f"去了{name}家")
    for value in ("visit.how=all_normal", "visit.voice=seen"):
        world.tap(who.talk, value)
    assert world.tap(who.talk, "visit.emergency=none")[0] == "visit.saved"


def test_a_number_asked_in_the_middle_of_a_record_is_told_from_the_file_and_is_no_note(
    world: World, director: Person
) -> None:
    says(world, director, "去了欣怡家 奶奶腿疼")
    before = record(world, director)
    assert says(world, director, "欣怡家电话多少来着") == ["office.phone", "visit.rest.open"]
    assert PHONE in told(world, director, 2)
    assert record(world, director) == before


def test_what_is_told_beside_the_question_is_kept(world: World, director: Person) -> None:
    assert says(world, director, "去了欣怡家 家里缺煤了 他爷电话多少") == [
        "visit.rest",
        "office.phone",
        "visit.rest.open",
    ]
    says(world, director, "孩子老咳嗽 你那有她妈手机号吗 号码给我")
    kept = record(world, director)
    assert "缺煤" in kept["notes"]["living"]
    assert "咳嗽" in kept["notes"]["health"]
    assert "电话" not in str(kept)


@pytest.mark.parametrize("text", ["孙佳琪家电话多少", "孙佳琪家啥情况", "孙佳琪家上次谁去的"])
def test_of_a_child_of_another_director_nothing_is_shown(text: str, world: World, director: Person) -> None:
    assert says(world, director, text) == ["office.no_child"]
    saved(world, director, "欣怡")
    says(world, director, "去了小宝家 奶奶腿疼")
    says(world, director, text)
    assert OTHER_PHONE not in "".join(said.text for said in world.said(director.talk))


def test_leave_is_no_note_of_the_child_and_nothing_is_arranged_before_the_tap(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家 奶奶腿疼")
    keys = says(world, director, "明天我请假 老张替我去")
    assert keys == ["standin.away", "standin.propose", "visit.rest.open"]
    assert "李督导" in told(world, director, 3)
    assert "请假" not in str(record(world, director))
    with world.work() as work:
        rows = work.session.scalars(select(VisitStandIn)).all()
        assert rows
        assert all(row.confirmed_at is None and row.on == date(2026, 11, 26) for row in rows)


def test_who_else_is_away_and_a_child_that_stays_away_are_no_leave_of_the_worker(
    world: World, director: Person, supervisor: Person
) -> None:
    assert says(world, supervisor, "王主任请假了 谁替") == ["standin.who"]
    says(world, director, "去了欣怡家")
    says(world, director, "孩子老请假 不爱上学")
    assert "请假" in str(record(world, director))


def test_what_it_pays_is_not_made_up_and_is_no_note(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家 奶奶腿疼")
    before = record(world, director)
    assert says(world, director, "累死了 跑一天了 给我报多少钱") == ["office.pay", "visit.rest.open"]
    assert record(world, director) == before


def test_the_end_of_the_day_puts_the_record_aside_whole(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家 奶奶腿疼")
    assert says(world, director, "今天就这些") == ["office.day_over"]
    assert "刘欣怡" in told(world, director)
    assert world.flow(director.talk) is None
    world.tap(director.talk, "flow:visit")
    assert "奶奶腿疼" in told(world, director)


@pytest.mark.parametrize("text", ["跟上回一样", "老样子", "照上次写"])
def test_the_last_visit_is_shown_and_never_copied(text: str, world: World, director: Person, hands: Hands) -> None:
    saved(world, director, "欣怡")
    hands.moment += timedelta(days=5)
    says(world, director, "去了欣怡家")
    assert says(world, director, text)[0] == "last_time.same"
    assert "11月25日入户" in told(world, director, 2)
    assert record(world, director)["sections"] == {}


def test_of_a_visit_that_led_to_a_report_only_the_day_is_read_back(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家，爷爷喝酒打她")
    world.tap(director.talk, "visit.finding=violence")
    assert says(world, director, "欣怡家上次谁去的") == ["last_time.told"]
    assert "王春梅" in told(world, director)
    assert "喝酒" not in told(world, director)


def test_two_homes_in_one_breath_are_two_records(world: World, director: Person) -> None:
    keys = says(world, director, "今天去了欣怡和小宝两家 欣怡老咳嗽")
    assert keys[0] == "visit.several"
    assert "咳嗽" in record(world, director)["notes"]["health"]
    for value in ("visit.how=all_normal", "visit.voice=seen"):
        world.tap(director.talk, value)
    keys = world.tap(director.talk, "visit.emergency=none")
    assert (keys[0], keys[-1]) == ("visit.saved", "visit.still_open")
    world.tap(director.talk, "flow:visit")
    assert "张小宝" in told(world, director)
    assert "咳嗽" not in str(record(world, director))


def test_a_home_called_by_its_number_is_that_one_of_the_list(world: World, director: Person) -> None:
    says(world, director, "今天去了欣怡和小宝两家")
    assert says(world, director, "第二家没人 锁门")[:2] == ["visit.meant_as", "visits.attempted"]
    assert [(name, kind) for name, kind, *_ in visits(world)] == [("张小宝", "attempted")]


def test_whoever_was_not_met_and_then_is_has_a_record_begun(world: World, director: Person) -> None:
    says(world, director, "欣怡家锁着门 白跑一趟")
    assert says(world, director, "刚才又去了 在家")[-1] in ("visit.how", "visit.rest")
    assert "刘欣怡" in told(world, director)


def test_a_name_that_was_only_heard_is_told_back(world: World, director: Person) -> None:
    assert says(world, director, "心怡家今天去了") == ["visit.heard_as", "visit.how"]
    assert "刘欣怡" in told(world, director, 2)


def test_each_of_two_homes_keeps_its_own_outcome_and_no_name_of_the_other(world: World, director: Person) -> None:
    says(world, director, "昨天欣怡家和小宝家我都去了 欣怡没在 小宝在")
    assert "张小宝" in told(world, director)
    assert "11月24日" in told(world, director)
    assert "欣怡" not in str(record(world, director))
    assert says(world, director, "欣怡家刚才补上了 人在")[-1] in ("visit.how", "visit.rest")
    assert "欣怡没在" in record(world, director)["notes"]["other"]


@pytest.mark.parametrize("text", ["不是这家 是小宝家", "不是欣怡 是小宝", "记错家了 小宝家的"])
def test_what_was_told_of_the_wrong_home_moves_to_the_one_meant(text: str, world: World, director: Person) -> None:
    says(world, director, "心怡家今天去了 奶奶腿疼")
    assert says(world, director, text)[0] == "visit.moved"
    assert "张小宝" in told(world, director)
    assert "奶奶腿疼" in told(world, director)
    with world.work() as work:
        assert list(drafts.shelved(work, director.talk, unfinished.FLOW)) == []


def test_a_home_still_to_be_gone_to_is_shown_and_nothing_is_recorded(world: World, director: Person) -> None:
    world.tap(director.talk, "due:list:")
    assert says(world, director, "第三家还没去") == ["visits.card"]
    assert visits(world) == []


def test_a_child_on_file_that_is_nowhere_is_an_emergency_with_its_name(world: World, director: Person) -> None:
    assert says(world, director, "子轩找不着了 学校也没见着")[-1] == "visit.emergency_now"
    assert "110" in told(world, director)
    assert world.report().severity == "S0"
    assert visits(world) == []


def test_what_was_told_at_the_home_stays_when_the_child_is_missing_from_it(world: World, director: Person) -> None:
    says(world, director, "去了子轩家 奶奶腿疼")
    assert says(world, director, "子轩找不着了 咋整啊")[-1] == "visit.emergency_now"
    world.tap(director.talk, "flow:visit")
    assert "奶奶腿疼" in told(world, director)


def test_where_only_a_day_is_asked_for_no_record_is_begun_by_an_aside(world: World, director: Person) -> None:
    says(world, director, "小宝家没人")
    says(world, director, "全家出远门了")
    assert says(world, director, "他爷电话多少") == ["office.phone"]
    assert says(world, director, "下周三") == ["visits.paused"]


def test_a_meeting_in_town_is_no_visit_to_the_home_in_sight(world: World, director: Person) -> None:
    says(world, director, "欣怡家锁着门 白跑一趟")
    says(world, director, "去了县里开会")
    assert world.flow(director.talk) is None


@pytest.mark.parametrize("text", ["子轩书包找不着了", "子轩家的狗丢了", "孙佳琪找不到了"])
def test_what_is_no_child_of_his_on_file_that_is_missing_opens_no_report_with_a_name(
    text: str, world: World, director: Person
) -> None:
    assert "visit.emergency_now" not in says(world, director, text)


def test_a_mark_on_the_body_is_asked_about_once(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家")
    assert says(world, director, "后背好像有皮带印子") == ["visit.finding"]
    assert world.tap(director.talk, "visit.finding=neither") == ["visit.rest"]
    assert says(world, director, "胳膊上那块青是骑车摔的") != ["visit.finding"]
    assert "皮带印子" in str(record(world, director))
    assert "骑车摔的" in str(record(world, director))


def test_a_mark_that_is_one_of_the_list_is_reported_at_once(world: World, director: Person) -> None:
    says(world, director, "去了欣怡家")
    says(world, director, "后背好像有皮带印子")
    assert world.tap(director.talk, "visit.finding=violence")[0] == "visit.emergency_now"
    assert reports(world) == 1


def test_the_words_in_which_nobody_was_met_stand_with_the_attempt_whatever_was_asked_meanwhile(
    world: World, director: Person
) -> None:
    assert says(world, director, "小宝家没人 门口堆着快递")[-1] == "visits.none"
    assert says(world, director, "他爷电话多少") == ["office.phone", "visits.none"]
    (value,) = (one.value for one in world.said(director.talk)[-1].choices if one.label == "家里没人")
    world.tap(director.talk, value)
    assert visits(world)[0][3]["words"] == "小宝家没人 门口堆着快递"


@pytest.mark.parametrize(("text", "reason"), [("下地干活去了", "nobody_home"), ("他爷不让进", "refused")])
def test_why_nobody_was_met_is_heard_in_words(text: str, reason: str, world: World, director: Person) -> None:
    says(world, director, "小宝家没人")
    assert says(world, director, text) == ["visits.attempted"]
    assert visits(world)[0][2:] == (reason, {"reason": reason, "words": f"小宝家没人 {text}"})


def test_what_was_written_wrong_can_be_taken_back_while_it_is_open_and_is_not_erased_after(
    world: World, director: Person
) -> None:
    assert says(world, director, "刚才那条写错了") == ["office.undo.none"]
    says(world, director, "去了欣怡家 奶奶腿疼")
    assert says(world, director, "刚才那个记错了") == ["office.undo.open", "visit.fix"]
    assert "记错" not in str(record(world, director))
    world.tap(director.talk, "visit.fix=nothing")
    world.say(director.talk, "取消")
    saved(world, director, "小宝")
    assert says(world, director, "上一条删了") == ["office.undo.saved"]
    assert len(visits(world)) == 1


@pytest.mark.parametrize("text", ["小宝家我去的是昨天不是今天", "日期写错了 是昨天去的"])
def test_a_day_put_right_leaves_no_note_behind(text: str, world: World, director: Person) -> None:
    says(world, director, "小宝家走访过了")
    says(world, director, text)
    assert "11月24日" in told(world, director)
    assert record(world, director)["notes"] == {}


def test_how_many_were_visited_is_told_by_place_and_none_is_ranked(
    world: World, director: Person, supervisor: Person
) -> None:
    saved(world, director, "欣怡")
    assert says(world, supervisor, "这个月走访了多少") == ["visited.told.places"]
    assert "入户走访1次（1家）" in told(world, supervisor)
    assert says(world, director, "这个月走访了多少") == ["visited.told"]
    assert says(world, supervisor, "哪个村拖得最久") == ["overseeing.late"]
    assert "不排名次" in told(world, supervisor)


def test_a_place_that_is_none_of_his_is_told_like_one_that_is_nowhere(world: World, supervisor: Person) -> None:
    assert says(world, supervisor, "西沟村这两天有啥事没") == ["office.no_place"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("派出所电话多少", "policy.answer"),
        ("我这个月都干啥了 给我拉个单子", "log.span.none"),
        ("咋又让我去 不是上个月刚去过吗", "visits.list"),
        ("下个礼拜都要去谁家", "late.left"),
        ("我手底下一共几个孩子", "child.list"),
    ],
)
def test_what_a_director_asks_of_the_work_is_answered(text: str, key: str, world: World, director: Person) -> None:
    assert says(world, director, text) == [key]


def test_whose_work_somebody_does_is_asked_for_where_it_is_not_known(world: World, supervisor: Person) -> None:
    assert says(world, supervisor, "西山的主任请产假了 活儿谁干") == ["standin.which"]


def test_whoever_works_here_and_is_not_understood_hears_what_the_work_may_want(world: World, director: Person) -> None:
    assert says(world, director, "这玩意儿咋整的呢我也不会") == ["office.unclear"]
    assert world.say(world.citizen(), "这玩意儿咋整的呢我也不会") == ["chat.degraded"]
