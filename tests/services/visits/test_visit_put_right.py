"""A director's morning in free words: corrections, the list of emergencies, the next home beside a report, a child of
the register."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import drafts
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.visits import unfinished
from bot.storage.tables import Child, Report, Visit, VisitCorrection
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

pytestmark = pytest.mark.words

SATURDAY = date(2026, 11, 28)
NAMES = ("孙佳怡", "李小龙", "张梦瑶")
HARM = "我邻居家有个孩子 胳膊上有俩烟头烫的印子 我寻思是他爹烫的"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 28, 13, 0, tzinfo=SHANGHAI)
    staff = staff_of(world)
    on_file.homes(world, *NAMES, filed=SATURDAY - timedelta(days=40), level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    return staff


@pytest.fixture
def talk(world: World, people: Staff) -> str:
    """The record of 孙佳怡 at its list of emergencies, of yesterday, two sections wrongly called a difficulty."""
    talk = people.director.talk
    world.say(talk, "昨天去了佳怡家 吃穿都行")
    for one in ("living", "guardianship", "health"):
        world.tap(talk, f"visit.section={one}:normal")
    for one in ("schooling", "care_activities"):
        world.tap(talk, f"visit.section={one}:difficulty")
        world.say(talk, "跳过")
    assert world.tap(talk, "visit.voice=seen") == ["visit.emergency"]
    return talk


def _kept(world: World, talk: str) -> dict[str, Any]:
    with world.work() as work:
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        return unfinished.contents(work, draft)


def _visits(world: World, kind: str = "home_visit") -> list[tuple[str, Visit, dict[str, Any]]]:
    with world.work() as work:
        query = select(Visit, Child).join(Child, Child.uid == Visit.child).where(Visit.kind == kind)
        return [
            (
                work.open("children.profile", child.uid, child.profile_sealed)["name"],
                row,
                work.open("visits.record", row.uid, row.record_sealed),
            )
            for row, child in work.session.execute(query)
        ]


def _answers(world: World, talk: str) -> Answers:
    with world.work() as work:
        draft = drafts.current(work, talk, drafts.REPORT)
        assert draft is not None
        return drafts.answers(work, draft)


def test_several_things_are_put_right_at_once_and_read_back(world: World, talk: str) -> None:
    assert world.say(talk, "就学正常 活动没了解 日子改成今天11月28号") == ["visit.put_right", "visit.emergency"]
    kept = _kept(world, talk)
    assert kept["record"]["sections"]["schooling"] == "normal"
    assert kept["record"]["sections"]["care_activities"] == "not_learned"
    assert (kept["on"], kept["record"]["emergency"]) == ("2026-11-28", None)
    read_back = world.said(talk)[-1].text
    assert "就学：正常" in read_back
    assert "11月28日入户" in read_back


def test_a_day_that_cannot_be_drops_nothing_else(world: World, talk: str) -> None:
    assert "visits.refused.too_old" in world.say(talk, "日子改成10月1号 就学正常")
    kept = _kept(world, talk)
    assert (kept["on"], kept["record"]["sections"]["schooling"]) == ("2026-11-27", "normal")


def test_a_correction_is_filed_as_no_note_and_what_is_not_understood_stays(world: World, talk: str) -> None:
    world.say(talk, "就学改成正常 院里停着辆外地车")
    notes = str(_kept(world, talk)["record"]["notes"])
    assert "改成" not in notes
    assert "院里停着辆外地车" in notes


def test_a_section_called_wrong_is_asked_and_what_was_told_of_it_stays(world: World, talk: str) -> None:
    assert world.say(talk, "就医那项写错了") == ["visit.section"]
    assert "就医" in world.said(talk)[-1].text
    world.say(talk, "没了解")
    assert _kept(world, talk)["record"]["sections"]["health"] == "not_learned"


def test_harm_told_with_a_correction_is_asked_about_at_once(world: World, talk: str) -> None:
    assert world.say(talk, "监护那块改一下 有困难 他奶瘫了") == ["visit.put_right", "visit.finding"]


def test_none_of_the_list_in_words_saves_the_visit(world: World, talk: str) -> None:
    assert "visit.saved" in world.say(talk, "以上都没有 保存吧")
    assert [record["emergency"] for _, _, record in _visits(world)] == ["none"]


def test_none_before_the_list_was_shown_answers_nothing(world: World, people: Staff) -> None:
    world.say(people.director.talk, "昨天去了佳怡家 吃穿都行")
    assert "visit.saved" not in world.say(people.director.talk, "以上都没有 保存吧")
    assert _kept(world, people.director.talk)["record"]["emergency"] is None


@pytest.mark.parametrize("text", ["应该没有吧", "都没有 就是胳膊上有块青", "都没有 除了第四个", "存上吧"])
def test_a_doubt_at_the_list_saves_nothing(text: str, world: World, talk: str) -> None:
    world.say(talk, text)
    assert _visits(world) == []


def test_a_finding_is_told_whatever_day_was_named(world: World, talk: str) -> None:
    kept = _kept(world, talk)
    with world.work() as work:
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        drafts.keep(work, draft, {**kept, "on": "2026-10-01"}, "emergency")
    assert "visit.emergency_now" in world.say(talk, "5")
    assert len(world.reports()) == 1


def test_a_saved_visit_is_put_right_and_what_stood_is_kept(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    assert world.say(talk, "就学改成正常 活动没了解") == ["visit.amended"]
    (_, row, record), *others = _visits(world)
    assert not others
    assert (record["sections"]["schooling"], record["sections"]["care_activities"]) == ("normal", "not_learned")
    assert row.version == 2
    with world.work() as work:
        before = work.session.scalars(select(VisitCorrection)).one()
        stood = work.open("visit_corrections.before", before.uid, before.before_sealed)
    assert stood["sections"]["schooling"] == "difficulty"


def test_the_day_of_a_saved_visit_is_put_right(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    assert world.say(talk, "日子写错了 是今天去的") == ["visit.amended"]
    assert [row.on for _, row, _ in _visits(world)] == [SATURDAY]


def test_a_saved_visit_is_put_right_beside_another_homes_record(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    world.say(talk, "上午去了小龙家 炕热乎")
    assert world.say(talk, "佳怡家就学改成没了解")[0] == "visit.amended"
    assert [record["sections"]["schooling"] for _, _, record in _visits(world)] == ["not_learned"]
    assert "schooling" not in _kept(world, talk)["record"]["sections"]


def test_the_police_told_before_the_finding_is_chosen_stand_with_the_report(world: World, people: Staff) -> None:
    talk = people.director.talk
    said = "小龙那去了 孩子胳膊上有俩烟头烫的印子 他奶说是自己淘气烫的"
    assert world.say(talk, said) == ["visit.finding"]
    assert world.say(talk, "刚给派出所打电话了 12点20 李警官 响水派出所") == ["visit.police_noted", "visit.finding"]
    world.tap(talk, "visit.finding=violence")
    with world.work() as work:
        report = work.session.scalars(select(Report)).one()
        assert "响水派出所" in str(reports.told_of(work, report)["words"])
    again = world.say(talk, "刚给派出所打电话了 12点20 李警官 响水派出所", at_work=True)
    assert "reporter.police_at" in again


@pytest.mark.parametrize(
    "text",
    [
        "先这样 第三家梦瑶家敲半天门没人 邻居说上县里赶集去了",
        "行 先这样 梦瑶家我去了 没人 都上地里了",
        "先这样 张梦瑶家不给开门",
        "梦瑶没见着 说是跟她爷上山了",
    ],
)
@pytest.mark.parametrize("before", ["", HARM, "上午去了佳怡家 炕热乎"])
def test_a_home_in_vain_is_kept_at_that_home_whatever_is_open(
    before: str, text: str, world: World, people: Staff
) -> None:
    talk = people.director.talk
    if before:
        world.say(talk, before)
    assert "visits.attempted" in world.say(talk, text, at_work=True)
    assert [(name, record["words"]) for name, _, record in _visits(world, "attempted")] == [("张梦瑶", text)]
    if before == HARM:
        assert "梦瑶" not in str(_answers(world, talk).words)


def test_a_door_found_locked_without_a_reason_is_asked_about_once(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "张梦瑶家大门锁着 没人") == ["visits.none"]
    world.say(talk, "导出工作日志", at_work=True)
    assert "visits.attempted" in world.say(talk, "梦瑶家没人在家 没见到")


def test_a_visit_told_beside_a_report_waits_in_its_own_record(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, HARM)
    assert "visit.other_home.begun" in world.say(talk, "梦瑶家去了 炕热乎 孩子上学去了")
    assert "炕热乎" not in str(_answers(world, talk).words)
    assert "炕热乎" in str(_kept(world, talk)["record"]["notes"])


def test_a_child_of_the_own_register_is_taken_from_it(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, HARM)
    world.say(talk, "现在没有")
    world.say(talk, "就是我村的李小龙 名册上有 二组的")
    answers = _answers(world, talk)
    assert any("李小龙（10岁" in words for words in answers.words_of("child_ref"))
    assert "二组的" in str(answers.words)
    assert answers.given["unit"] == "given"
    assert answers.facts["unit"] == "residents_committee"


def test_the_police_told_in_a_report_are_no_time_of_it(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, HARM)
    world.say(talk, "现在没有")
    world.say(talk, "刚给派出所打电话了 12点20 李警官 响水派出所")
    answers = _answers(world, talk)
    assert answers.words_of("police")
    assert not answers.words_of("when")


def test_whoever_asks_whether_it_is_stored_hears_what_is(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    assert world.say(talk, "你给记上没", at_work=True) == ["office.kept"]
    assert "孙佳怡" in world.said(talk)[-1].text
    assert world.say(talk, "小龙家记上没", at_work=True) == ["office.kept.not_yet"]


def test_whether_it_is_stored_is_no_note_of_the_visit_told_with_it(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "小龙家我今天也入户了 你记了没", at_work=True)
    assert "记了没" not in str(_kept(world, talk)["record"]["notes"])


def test_the_day_is_counted_with_the_home_in_vain(world: World, talk: str) -> None:
    world.say(talk, "日子改成今天 别的不动")
    world.say(talk, "以上都没有 存上")
    world.say(talk, "梦瑶家没人 上县里赶集去了")
    world.say(talk, "今儿就到这 谢谢", at_work=True)
    assert "入户1家，没见到人1家" in world.said(talk)[-1].text


def test_a_home_told_of_without_a_word_of_going_there_is_a_visit(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "第四家佳怡家 奶奶在家 粮够吃 身体没事 她爸妈每周都来电话")[0].startswith("visit.")
    assert _kept(world, talk)["record"]["sections"]["health"] == "normal"


def test_what_is_told_of_the_family_is_no_word_of_the_childs(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了佳怡家 吃穿都行")
    assert world.tap(talk, "visit.how=all_normal") == ["visit.voice"]
    world.say(talk, "姥姥带得挺好 她爸昨晚还打视频来着")
    assert (_kept(world, talk)["record"]["voice"], _kept(world, talk)["record"]["said"]) == (None, "")
    world.say(talk, "奶奶对我挺好")
    assert _kept(world, talk)["record"]["said"] == "奶奶对我挺好"


def test_words_that_do_not_say_how_it_is_are_asked_about_and_no_difficulty(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了佳怡家 炕热乎")
    world.tap(talk, "visit.how=each")
    assert world.say(talk, "就那样吧") == ["visit.section.either"]
    assert "guardianship" not in _kept(world, talk)["record"]["sections"]


def test_to_store_it_early_answers_no_section(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了佳怡家 炕热乎")
    world.tap(talk, "visit.how=each")
    before = _kept(world, talk)["record"]["sections"]
    assert world.say(talk, "一样没有 存上")[0] == "visit.almost"
    assert _kept(world, talk)["record"]["sections"] == before


def test_a_call_to_the_mother_is_no_blow(world: World, people: Staff) -> None:
    said = "最后一家梦瑶 家里没人 打她妈电话说娘俩回姥家了 后天回来"
    assert world.say(people.director.talk, said)[0] == "visits.attempted"


def test_what_is_told_beside_a_correction_of_a_saved_visit_stays_with_it(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    world.say(talk, "哎不对 佳怡家就医改回正常 姥姥说上礼拜刚体检完")
    assert "上礼拜刚体检完" in str([record["notes"] for _, _, record in _visits(world)])


def test_a_correction_touches_no_other_home_saved_at_the_same_moment(world: World, talk: str) -> None:
    world.tap(talk, "visit.emergency=none")
    world.say(talk, "昨天去了小龙家 吃穿都行")
    for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
        world.tap(talk, value)
    assert world.say(talk, "佳怡家就学改成没了解") == ["visit.amended"]
    told = {name: record["sections"]["schooling"] for name, _, record in _visits(world)}
    assert told == {"孙佳怡": "not_learned", "李小龙": "normal"}


def test_a_locked_door_told_beside_an_open_record_leaves_it_open(world: World, talk: str) -> None:
    assert "visits.attempted" in world.say(talk, "对了梦瑶家没人 都上山捡柴火去了")
    assert "visit.saved" in world.say(talk, "以上都没有 提交")


def test_the_next_home_begun_by_its_name_is_a_record_of_its_own(world: World, talk: str) -> None:
    world.say(talk, "再一个小龙家 上学去了 身体没问题")
    assert _kept(world, talk)["record"]["sections"] == {"health": "normal"}


def test_the_log_shown_while_a_day_is_asked_begins_no_visit(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "最后一家梦瑶 家里没人 打她妈电话说娘俩回姥家了 后天回来")[-1] == "visits.off"
    assert "visit.how" not in str(world.say(talk, "给我看看今天的日志"))
    assert "visit.rest" not in str(world.say(talk, "给我看看今天的日志"))


def test_how_it_is_with_the_rest_is_said_in_words(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了佳怡家 炕热乎")
    world.say(talk, "剩下的没了解")
    sections = _kept(world, talk)["record"]["sections"]
    assert (sections["living"], sections["schooling"]) == ("normal", "not_learned")
