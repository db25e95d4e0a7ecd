"""A director tells of several homes in one morning: the first words count, a slip is put right, danger at one home is
no finding of another, and after an emergency the record that waited is gone on with by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import drafts
from bot.services.talk.meaning import Meant
from bot.services.visits import work_logs
from bot.storage.database import Database
from bot.storage.tables import Report, Visit
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

FIRST = "一诺家去完了 她奶在家呢身子骨还行 孩子上学了没见着 她妈上礼拜没来电话"
DANGER = "妈呀我再明轩家呢 敲门没人应 扒窗户瞅他跟他奶都躺炕上喊不醒 一股煤烟子味"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 12, 1, 8, 40, tzinfo=SHANGHAI)
    found = staff_of(world)
    on_file.homes(world, "孙一诺", "马天佑", "曲明轩", filed=date(2026, 11, 1), level="average")
    return found


def _record(world: World, talk: str) -> dict[str, Any]:
    with world.work() as work:
        draft = drafts.current(work, talk, "visit")
        assert draft is not None
        record: dict[str, Any] = drafts.contents(work, draft)["record"]
        return record


def _visits(world: World) -> list[Visit]:
    with world.work() as work:
        return list(work.session.scalars(select(Visit).order_by(Visit.created_at)))


@pytest.mark.parametrize("said", [FIRST, FIRST.replace("去完", "跑完"), "天佑那家看完了 炕热乎 她妈上礼拜没来电话"])
def test_what_is_told_first_stands_in_the_record_of_the_home_called_by_a_given_name(
    world: World, people: Staff, said: str
) -> None:
    assert world.means(people.director.talk, said, "visit", Meant("record_visit", 0.9)) == ["visit.rest"]
    assert "她妈上礼拜没来电话" in str(_record(world, people.director.talk)["notes"])


def test_what_is_told_before_the_home_is_known_is_kept_whole(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.means(talk, "走访了一家 他三姑从外地回来了住几天", "visit")
    world.say(talk, "马天佑")
    assert "三姑" in str(_record(world, talk)["notes"])


@pytest.mark.parametrize("slip", ["啊不对 不是上礼拜 是俩礼拜没打了 你给我改过来", "说错了 不是上礼拜 是俩礼拜没打了"])
def test_a_slip_is_put_right_in_the_same_record(world: World, people: Staff, slip: str) -> None:
    talk = people.director.talk
    world.say(talk, FIRST)
    assert world.say(talk, slip)[0] == "visit.put_right"
    assert "俩礼拜没打了" in _record(world, talk)["notes"]["guardianship"]
    assert "other" not in _record(world, talk)["notes"]


def test_how_often_a_home_is_due_is_answered_and_the_record_goes_on(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, FIRST)
    keys = world.say(talk, "哎一诺这个一般的是一个月去一回呗 我老记混")
    assert keys[0] == "visit.how_often"
    assert "每个月一次" in world.said(talk)[-2].text
    assert world.flow(talk) == "visit"


@pytest.mark.parametrize(
    "said",
    [
        "天佑家锁门 打电话他姑接的 说上白山看病去了 礼拜四回来",
        "马天佑家没人 邻居说上他姥家了 后天回",
        "天佑家锁着门呢 给他姑打电话说去县里了 大后天回来",
    ],
)
def test_a_locked_door_with_a_day_to_be_back_is_an_attempt_and_days_after_it_are_offered(
    world: World, people: Staff, said: str
) -> None:
    talk = people.director.talk
    assert world.say(talk, said) == ["visits.attempted", "visits.off"]
    assert [row.kind for row in _visits(world)] == ["attempted"]
    assert world.said(talk)[-1].choices[0].value.startswith("due:off:")


def test_danger_at_another_home_is_no_finding_of_the_home_whose_day_is_asked(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "天佑家锁门 打电话他姑接的 说上白山看病去了 礼拜四回来")
    assert world.say(talk, DANGER)[0] == "danger.fire"
    assert [row.kind for row in _visits(world)] == ["attempted"]


@pytest.mark.parametrize("again", ["缓过来点了 一诺那个没写完吧 接着整", "一诺那家继续记吧", "把孙一诺的接着写完"])
def test_after_an_emergency_the_record_that_waited_goes_on_and_is_stored(
    world: World, people: Staff, again: str
) -> None:
    talk = people.director.talk
    world.say(talk, FIRST)
    world.say(talk, "吃的穿的都行炕也热乎 就是作业没人管 没灾没病")
    world.say(talk, DANGER)
    keys = world.say(talk, f"{again} 关爱活动没参加啥 紧急情况她家没有")
    assert keys[-1] in ("visit.saved", "visit.emergency")
    world.say(talk, "对 就这么存")
    (visit,) = _visits(world)
    with world.work() as work:
        assert "关爱活动没参加啥" in str(work.open("visits.record", visit.uid, visit.record_sealed))
        assert "明轩" not in str(work.open("visits.record", visit.uid, visit.record_sealed))


@pytest.mark.parametrize("said", ["中 谢谢啊 昨天给我吓完了", "谢谢了 现在腿还软呢", "好 真后怕 一宿没睡着"])
def test_who_was_frightened_hears_a_warm_word_and_nothing_is_written_into_the_report(
    world: World, people: Staff, said: str
) -> None:
    talk = people.director.talk
    world.say(talk, DANGER)
    world.say(talk, "就在那儿")
    assert world.say(talk, said) == ["visit.shaken"]


def test_the_log_of_the_day_tells_the_attempt_and_the_emergency(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "天佑家锁门 打电话他姑接的 说上白山看病去了 礼拜四回来")
    world.say(talk, DANGER)
    with world.work() as work:
        number = work.session.scalars(select(Report.number)).one()
        words = "\n".join(work_logs.of(work, people.director.member(work), work.today).words)
    assert "马天佑" in words
    assert number in words


def test_a_home_called_by_its_surname_that_was_gone_to_as_well_is_a_visit_and_nobodys_leave(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.means(talk, FIRST, "visit", Meant("record_visit", 0.9))
    world.say(talk, "马家也去了 孩子感冒 吃着药呢 上学请假了")
    assert _record(world, talk)["sections"] == {"health": "difficulty"}
    world.say(talk, "别的都正常 见到孩子了")
    told = _record(world, talk)
    assert told["sections"]["guardianship"] == "normal"
    assert told["sections"]["health"] == "difficulty"
    assert (told["voice"], "见到孩子了" in str(told["notes"])) == ("seen", False)
    world.say(talk, "都没有 以上都没有")
    assert [visit.kind for visit in _visits(world)] == ["home_visit"]


def test_what_is_short_and_the_help_to_get_it_are_one_need_and_who_sees_to_it_may_be_told_in_the_middle(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.means(talk, "孙一诺家去了 生活还中 就是没棉鞋 得帮着申请", "visit", Meant("record_visit", 0.9))
    world.say(talk, "孙家那个需求 我找镇里民政要 下礼拜五前")
    told = _record(world, talk)
    assert len(told["needs"]) == 1, told
    (need,) = told["needs"]
    assert (told["follow"][need]["who"], told["follow"][need]["due"]) == ("镇里民政", "2026-12-11")
    assert "镇里民政" not in str(told["notes"])


def test_two_homes_told_with_a_particle_between_are_two_and_none_goes_into_the_open_record(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.means(talk, FIRST, "visit", Meant("record_visit", 0.9))
    world.say(talk, "马天佑家去了 五项都正常 曲明轩家在外地亲戚家呢 没去成")
    told = _record(world, talk)
    assert set(told["sections"].values()) == {"normal"}
    assert "亲戚" not in str(told["notes"])
    assert "没去成" not in str(told["notes"])


def test_a_line_for_the_log_by_its_name_goes_there_in_the_middle_of_a_record_and_words_confirm_it(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.means(talk, FIRST, "visit", Meant("record_visit", 0.9))
    world.say(talk, "日志加一句 下午参加镇里培训")
    assert "镇里培训" not in str(_record(world, talk)["notes"])
    world.tap(talk, "visit.how=later")
    world.say(talk, "看看日志")
    world.say(talk, "第1条加上 三点开完")
    assert world.say(talk, "没问题 确认") == ["log.incomplete"]  # the record put aside is named first
    world.say(talk, "没问题 确认")
    with world.work() as work:
        member = people.director.member(work)
        log = work_logs.of(work, member, work.today)
    assert (log.words, log.confirmed_at is not None) == (["下午参加镇里培训；三点开完"], True)


def test_whoever_else_is_to_see_to_a_need_sets_no_day_for_a_visit_and_what_was_seen_is_kept_with_it(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.say(talk, "孙一诺家 她爷腿摔了 屋里缺柴火 想申请点煤 村书记去跑 月底前")
    world.say(talk, "孙一诺家那个煤 改成民政助理老刘去办 下周三前")
    with world.work() as work:
        drafted = [*drafts.shelved(work, talk, "visit"), *filter(None, [drafts.current(work, talk, "visit")])]
        assert "腿摔了" in str([drafts.contents(work, one)["record"]["notes"] for one in drafted])
    assert "那天早上提醒您" not in str(world.said(talk))
