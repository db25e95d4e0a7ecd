"""What a supervisor asks of his township in free words: counts, the longest late, a reminder, going himself."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.storage.tables import Outbox, VisitStandIn
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person, person
from tests.services.registered import NEXT_VILLAGE
from tests.services.staff.test_office import last, person_of, says, supervisor

__all__ = ["supervisor"]


@pytest.mark.parametrize("text", ["拖最久的是哪个 拖几天了", "超期最长那家是谁家啊 超多少天了"])
def test_who_is_late_longest_is_told_with_the_days_and_nobody_else(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text) == ["overseeing.late_longest"]
    told = last(world, supervisor.talk)
    assert "王梓涵：11月26日到期，超期6天" in told
    assert "佳琪" not in told


def test_longest_unseen_stays_a_list_of_the_unseen(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "最久没见到的孩子有哪些") == ["overseeing.unseen"]


@pytest.mark.parametrize("text", ["逾期多少天会报到县里", "超几天就惊动县里了", "拖多久县里就知道了"])
def test_when_a_late_visit_goes_up_is_a_rule_and_no_childs_name(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text) == ["policy.answer"]
    assert "21、14、7天" in last(world, supervisor.talk)


@pytest.mark.parametrize("text", ["今天谁家该去", "今天该去谁家", "今天要走访哪几家"])
def test_whom_to_see_today_opens_no_citizens_talk(world: World, supervisor: Person, text: str) -> None:
    assert says(world, supervisor.talk, text)[0].startswith("visits.list")
    assert world.flow(supervisor.talk) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("这周有几个家长没联系孩子的", "office.contact.none"),
        ("谁家父母好久没跟娃通话了", "office.contact.none"),
        ("委托照护有几个没办完", "office.entrusted.none"),
        ("新来了个儿童主任 咋给他开通", "staff.elsewhere.newcomer"),
        ("李国庆不干了 主任换人了", "staff.elsewhere.leaver"),
    ],
)
def test_what_is_kept_elsewhere_is_counted_or_said_where(world: World, supervisor: Person, text: str, key: str) -> None:
    assert says(world, supervisor.talk, text) == [key]


def test_a_director_is_reminded_of_a_home_without_a_name_and_once_a_day(world: World, supervisor: Person) -> None:
    text = "给李国庆提醒一下 让他抓紧去于佳琪家"
    assert says(world, supervisor.talk, text) == ["remind.sent.now"]
    director = person_of(world, "李国庆")
    with world.work() as work:
        sent = work.session.scalars(select(Outbox).where(Outbox.key == "remind.one")).all()
        assert [one.conversation for one in sent] == [director]
    assert "佳琪" not in last(world, director)
    assert says(world, supervisor.talk, text) == ["remind.again"]


def test_nobody_is_reminded_of_anothers_home_or_by_a_director(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "提醒赵春梅抓紧去于佳琪家") == ["staff.elsewhere.urge"]
    director = person_of(world, "李国庆")
    assert says(world, director, "提醒赵春梅抓紧去王梓涵家") == ["staff.elsewhere.urge"]


def test_who_goes_himself_is_proposed_and_another_day_said_after(world: World, supervisor: Person) -> None:
    assert says(world, supervisor.talk, "王梓涵家换成我去 明天上午") == ["standin.propose"]
    assert says(world, supervisor.talk, "哎不对 是后天上午") == ["standin.propose"]
    assert says(world, supervisor.talk, "好") == ["standin.done"]
    with world.work() as work:
        stands = work.session.scalars(select(VisitStandIn).where(VisitStandIn.confirmed_at.is_not(None))).one()
        assert stands.on == date(2026, 12, 4)
        assert stands.account == supervisor.member(work).account
    assert "会收到通知" in last(world, supervisor.talk)


def test_counts_stay_inside_the_askers_place(world: World, supervisor: Person, hands: Hands) -> None:
    director = person(world, "child_director", NEXT_VILLAGE, "钱进")
    assert says(world, director.talk, "拖最久的是哪个 拖几天了") != ["overseeing.late_longest"]
    assert "佳琪" not in last(world, director.talk)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("我下个月不干了 工作交给谁", "staff.elsewhere.leaver"),
        ("今晚谁值班", "staff.elsewhere.duty"),
        ("我明天值不了班了 找谁替", "staff.elsewhere.duty"),
        ("谁报的案 孩子叫啥", "staff.elsewhere.reporter"),
    ],
)
def test_posts_and_duty_are_the_commands_and_no_childs_words(
    world: World, supervisor: Person, text: str, key: str
) -> None:
    assert says(world, supervisor.talk, text) == [key]
