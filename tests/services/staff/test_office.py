"""What bound staff want in free words is answered from what is recorded; none of it opens a citizens' talk."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services.staff import accounts
from bot.services.talk import doors
from bot.services.talk.meaning import Meant
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Child, VisitReason
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import HARDSHIP, TOWNSHIP, VILLAGE, Person, person, row, tell
from tests.services.registered import NEXT_VILLAGE

SURE = 0.99


@pytest.fixture
def supervisor(world: World, hands: Hands) -> Person:
    """A township of two villages: one late child in each, one due this month; two directors and their supervisor."""
    hands.moment = datetime(2026, 12, 2, 16, 20, tzinfo=SHANGHAI)
    person(world, "child_director", VILLAGE, "李国庆")
    person(world, "child_director", NEXT_VILLAGE, "赵春梅")
    with world.work() as work:
        for name, area, filed in (
            ("于佳琪", VILLAGE, date(2026, 11, 21)),
            ("王梓涵", NEXT_VILLAGE, date(2026, 11, 19)),
            ("张小浩", NEXT_VILLAGE, date(2026, 11, 28)),
        ):
            on_file.child(work, name, area=area, filed=filed, level="average")
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    return person(world, "child_supervisor", TOWNSHIP, "冯立军")


def says(world: World, talk: str, text: str, meant: Meant | None = None) -> list[str]:
    """As the gateway reads it up to Rasa's part, which is played by `meant`: taken for the telling of a concern."""
    inbox = world.hear(talk, {"text": text})
    with world.work() as work:
        taken = doors.page_asked(work, talk, inbox, text) or doors.for_people(work, talk, inbox, text)
        if not taken and not doors.urgent(work, talk, inbox, text):
            if meant is None:
                doors.unclear(work, talk, inbox, text)
            else:
                doors.words(work, talk, inbox, "report", text, meant)
        world._done(work, inbox)
    return world.keys_to(inbox)


def person_of(world: World, name: str) -> str:
    """The talk of a colleague."""
    with world.work() as work:
        found = work.session.scalars(select(Account)).all()
        return next(str(one.conversation) for one in found if accounts.name_of(work, one) == name)


def last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


@pytest.mark.parametrize(
    "text", ["这几家都归谁管", "别整那些编号 直接说名 哪个村 谁负责的", "名单上这几个是哪个主任的"]
)
def test_who_answers_for_the_late_is_told_by_village_and_name(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text) == ["late.who"]
    told = last(world, supervisor.talk)
    assert "儿童主任李国庆）：于佳琪（11月28日到期，超期4天）" in told
    assert "儿童主任赵春梅）：王梓涵" in told
    assert "张小浩" not in told


def test_a_short_question_of_who_is_in_charge_speaks_of_the_list_in_sight_only(
    world: World, supervisor: Person
) -> None:
    assert says(world, supervisor.talk, "谁负责的") != ["late.who"]
    says(world, supervisor.talk, "谁超期了")
    assert says(world, supervisor.talk, "谁负责的") == ["late.who"]
    assert says(world, supervisor.talk, "督促父母履行监护责任由省里哪些部门谁负责") != ["late.who"]


def test_the_reason_recorded_is_told_and_where_none_is_that_none_is(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "国庆那家为啥没去") == ["late.why"]
    assert "于佳琪（11月28日到期，超期4天）：还没有人说过原因" in last(world, supervisor.talk)
    with world.work() as work:
        child = work.session.scalars(select(Child).where(Child.area == VILLAGE)).one()
        reason = VisitReason(
            uid=opaque_id(),
            child=child.uid,
            due=child.next_due,
            reason="nobody_home",
            until=date(2026, 12, 5),
            by=supervisor.member(work).account,
            at=work.now,
        )
        work.session.add(reason)
    assert says(world, supervisor.talk, "佳琪家没去成 当时咋说的") == ["late.why"]
    assert "12月2日说的：家里没人，改到12月5日" in last(world, supervisor.talk)


@pytest.mark.parametrize(
    ("text", "homes"), [("这个月还差几家", "3家"), ("十一月份还有几家没去完", "2家"), ("本月还剩多少户没走", "3家")]
)
def test_how_many_homes_a_month_still_owes(world: World, supervisor: Person, text: str, homes: str) -> None:
    assert says(world, supervisor.talk, text) == ["late.left"]
    assert f"还有{homes}（" in last(world, supervisor.talk)


@pytest.mark.parametrize("text", ["把没按时走的拉个表发我 开会用", "整个表给我", "把逾期的导出来"])
def test_a_table_for_a_meeting_names_no_child(world: World, supervisor: Person, text: str) -> None:
    before = len(world.said(supervisor.talk))
    assert says(world, supervisor.talk, text) == ["overseeing.late", "office.table"]
    told = "".join(said.text for said in world.said(supervisor.talk)[before:])
    assert "走访逾期1" in told
    assert not any(name in told for name in ("佳琪", "梓涵", "小浩"))


@pytest.mark.parametrize("text", ["梓涵她爹上个月回来了 不走了 是不是就不用走访了", "听说王梓涵她妈改嫁了"])
def test_news_of_a_family_change_nothing_until_a_visit_confirms_them(
    world: World, supervisor: Person, text: str
) -> None:
    assert says(world, supervisor.talk, text) == ["office.news"]
    assert "王梓涵" in last(world, supervisor.talk)
    values = [choice.value.partition(":")[0] for choice in world.said(supervisor.talk)[-1].choices]
    assert values[0] == "due"


def test_the_only_waiting_report_is_taken_on_in_words_and_what_was_told_with_it_is_noted(
    world: World, supervisor: Person
) -> None:
    report = tell(world, HARDSHIP)
    director = person_of(world, "李国庆")
    assert says(world, director, "那单子我咋没看着") == ["staff.list"]
    assert says(world, director, "受理 明天我自己去看") == ["staff.accepted", "office.noted"]
    assert row(world, report).acknowledged_at is not None


def test_of_several_reports_it_is_asked_which_and_the_one_just_shown_is_meant(world: World, supervisor: Person) -> None:
    first, second = tell(world, HARDSHIP), tell(world, HARDSHIP)
    talk = person_of(world, "李国庆")
    assert says(world, talk, "那单子我咋没看着") == ["staff.list"]
    assert says(world, talk, "受理") == ["office.accept_which"]
    assert row(world, first).acknowledged_at is row(world, second).acknowledged_at is None
    world.tap(talk, f"view:{second}")
    assert says(world, talk, "这个我来") == ["staff.accepted"]
    assert row(world, first).acknowledged_at is None
    assert row(world, second).acknowledged_at is not None


def test_a_word_that_may_mean_a_report_means_none_where_none_was_shown(world: World, supervisor: Person) -> None:
    tell(world, HARDSHIP)
    assert "staff.accepted" not in says(world, supervisor.talk, "这个我来")


@pytest.mark.parametrize("text", ["行", "好", "行 就这", "妥了 没事了"])
def test_a_short_word_with_nothing_open_is_answered_plainly(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text) == ["office.done"]
    assert world.reports() == []


def test_a_good_under_an_alert_takes_nothing_on_and_says_so(world: World, supervisor: Person) -> None:
    report = tell(world, HARDSHIP)
    talk = person_of(world, "李国庆")
    world.deliver(talk)
    assert says(world, talk, "好") == ["office.done.waiting"]
    assert row(world, report).acknowledged_at is None


@pytest.mark.parametrize("text", ["我这脑袋啊", "哦 礼拜四啊 我寻思今天呢", "那边的人说还得等两天"])
def test_talk_of_the_work_that_nobody_understands_opens_no_report(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text, Meant("report_concern", 0.5)) == ["office.unclear"]
    assert world.flow(supervisor.talk) is None
    assert says(world, supervisor.talk, text) == ["office.unclear.again"]


@pytest.mark.parametrize(
    "text",
    ["我邻居家孩子天天挨打", "村东头有个孩子没人管 饿得直哭", "梓涵身上全是伤 他爹回来了打的", "我要反映个孩子的事"],
)
def test_harm_told_by_staff_is_heard_as_anybodys(world: World, supervisor: Person, text: str) -> None:
    keys = says(world, supervisor.talk, text, Meant("report_concern", SURE))
    assert not any(key.startswith(("office.", "late.", "standin.")) for key in keys), keys
    assert world.flow(supervisor.talk) == "report"


@pytest.mark.parametrize("text", ["上午去了梓涵家看看 她奶带着 都挺好", "梓涵家没人锁门 明天再去"])
def test_a_visit_told_is_for_its_record(world: World, supervisor: Person, text: str) -> None:
    keys = says(world, supervisor.talk, text)
    assert keys[0].startswith(("visit.", "visits.")), keys


def test_another_day_is_set_for_the_home_meant_and_never_for_another(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "看看王梓涵") == ["child.card"]
    assert says(world, supervisor.talk, "老孙家那户推到礼拜五") != ["visits.put_off"]
    says(world, supervisor.talk, "看看王梓涵")
    assert says(world, supervisor.talk, "明天去不了 后天吧") == ["visits.put_off"]
    assert "12月4日" in last(world, supervisor.talk)


def test_when_the_quarter_ends_is_told_with_its_basis(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "县里又催我数据 这季度的啥时候更") == ["staff.elsewhere.quarter"]
    assert "12月31日" in last(world, supervisor.talk)
    assert "JL-3.8.c" in last(world, supervisor.talk)


def test_a_citizen_saying_the_same_hears_nothing_of_the_work(world: World, supervisor: Person) -> None:
    for text in ("谁负责的 报个名", "让春梅后天替他", "梓涵家小丁去没去", "拉个表", "受理"):
        keys = says(world, world.citizen(), text)
        assert not any(key.startswith(("office.", "late.", "standin.", "staff.")) for key in keys), (text, keys)
