"""What a worker tells of a home unasked is a visit to that home, never a citizen's report; why a day is answered."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.storage.tables import Child, Report, Visit
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    found = staff_of(world)
    with world.work() as work:
        for name in ("赵欣怡", "周子涵", "李雪"):
            on_file.child(work, name, household=on_file.home(work), filed=date(2026, 11, 1), level="average")
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    return found


def _count(world: World, table: type) -> int:
    with world.work() as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_bruises_told_of_a_visit_are_a_finding_of_that_visit_and_no_citizens_report(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    assert world.say(talk, "上午去了赵欣怡家，胳膊上好几块青紫，孩子说是她爸喝酒打的") == ["visit.emergency_now"]
    assert "110" in world.said(talk)[-1].text
    with world.work() as work:
        report = work.session.scalars(select(Report)).one()
        visit = work.session.scalars(select(Visit)).one()
        assert (visit.report, visit.on) == (report.uid, date(2026, 11, 23))
        assert report.severity in ("S0", "S1")
        record = work.open("visits.record", visit.uid, visit.record_sealed)
        assert "青紫" in str(record)
    assert world.pushes(people.supervisor.talk) != []


def test_danger_going_on_at_a_visit_gives_the_numbers_and_is_told_at_once(world: World, people: Staff) -> None:
    talk = people.director.talk
    keys = world.say(talk, "刚从赵欣怡家出来，她爸正拿棍子打她")
    assert keys[-1] == "visit.emergency_now"
    assert any("110" in said.text for said in world.said(talk)[-len(keys) :])
    assert _count(world, Report) == _count(world, Visit) == 1


@pytest.mark.parametrize(
    "words", ["老周家没人，敲门没人应", "周子涵家锁着门，没见到人", "老周家没人", "去了周子涵家没人"]
)
def test_nobody_home_asks_what_is_known_of_where_they_are(world: World, people: Staff, words: str) -> None:
    assert world.say(people.director.talk, words) == ["visits.none"]
    assert world.flow(people.director.talk) is None


@pytest.mark.parametrize("words", ["今天去了老李家，孩子挺好", "去李雪家看了看，都正常"])
def test_a_visit_told_in_one_breath_opens_its_record(world: World, people: Staff, words: str) -> None:
    assert world.say(people.director.talk, words)[0] in ("visit.how", "visit.rest", "visit.voice")


@pytest.mark.parametrize(
    "words", ["李雪去了她姥姥家住", "李雪家没人管", "李雪的学校登记一下", "去了县里开会", "赵欣怡回来了"]
)
def test_what_tells_of_no_visit_opens_none(world: World, people: Staff, words: str) -> None:
    world.say(people.director.talk, words)
    assert world.flow(people.director.talk) != "visit"


def test_a_citizen_who_says_the_same_is_asked_about_danger(world: World, people: Staff) -> None:
    assert "report" not in str(world.say(people.director.talk, "老李家为什么是这天"))
    keys = world.say(world.citizen(), "上午去了赵欣怡家，胳膊上好几块青紫，孩子说是她爸喝酒打的")
    assert not any(key.startswith("visit.") for key in keys)


def test_why_that_day_is_told_of_the_home_named_of_the_one_shown_or_by_the_list(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "李雪家为什么是这天") == ["visits.why_now"]
    assert "《方案》没有定" in world.said(talk)[-1].text
    assert world.tap(talk, "due:list:") == ["visits.list"]
    assert world.say(talk, "为啥是11月8号") == ["visits.list"]
    card = world.said(talk)[-1].choices[1].value
    assert world.tap(talk, card) == ["visits.card"]
    shown = world.said(talk)[-1].text.split("（")[0]
    assert world.say(talk, "为什么是这天？") == ["visits.why_now"]
    assert world.said(talk)[-1].text.startswith(shown.split("\n")[0][:3])


def test_what_differs_for_one_of_two_children_stands_in_its_own_record(world: World, people: Staff) -> None:
    talk = people.director.talk
    with world.work() as work:
        home = on_file.home(work)
        elder, younger = (
            on_file.child(work, name, household=home, filed=date(2026, 11, 1), level="average")
            for name in ("钱多多", "钱少少")
        )
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    world.say(talk, "去了钱多多家，都正常")
    for value in ("visit.how=all_normal", "visit.voice=seen"):
        keys = world.tap(talk, value)
    assert keys == ["visit.emergency.home"]
    assert world.tap(talk, "visit.emergency=differs") == ["visit.whose"]
    assert world.tap(talk, f"visit.whose={younger}") == ["visit.own"]
    assert world.say(talk, "上学有困难，老请假") == ["visit.emergency.home"]
    assert "钱少少：上学有困难" in world.said(talk)[-1].text
    assert world.tap(talk, "visit.emergency=none")[0] == "visit.saved"
    with world.work() as work:
        records = {
            row.child: work.open("visits.record", row.uid, row.record_sealed)
            for row in work.session.scalars(select(Visit))
        }
    assert set(records[elder]["sections"].values()) == {"normal"}
    assert records[younger]["sections"]["schooling"] == "difficulty"
    assert records[younger]["sections"]["living"] == "normal"
    assert "老请假" in records[younger]["notes"]["schooling"]
    assert "请假" not in str(records[elder])


@pytest.mark.parametrize(
    ("words", "asked"),
    [("11月20号去的周子涵家 五项都正常", "visit.voice"), ("昨天去的周子涵家 都正常", "visit.how")],
)
def test_a_home_gone_to_on_another_day_is_no_word_of_the_child_in_the_open_record(
    world: World, people: Staff, words: str, asked: str
) -> None:
    talk = people.director.talk
    for told in ("今天去了李雪家", "都挺好"):
        world.say(talk, told)
    assert world.say(talk, words)[-1] == asked
    with world.work() as work:
        draft = drafts.current(work, talk, "visit")
        assert draft is not None
        (child,) = drafts.contents(work, draft)["children"]
        assert visit_words.name(work, work.session.get_one(Child, child)) == "周子涵"


def test_a_second_home_told_of_in_the_middle_of_a_record_is_a_visit_of_its_own_and_the_first_is_taken_up_again(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李雪家，奶奶腿疼")
    assert world.say(talk, "周子涵家没人") == ["visit.still_open", "visits.none"]
    assert "李雪" in world.said(talk)[-2].text
    assert world.say(talk, "刚从赵欣怡家出来，她爸正拿棍子打她")[-1] == "visit.emergency_now"
    assert world.tap(talk, "flow:visit") == ["visit.rest"], "of the emergency's home the rest is still owed"
    for value in ("visit.how=all_normal", "visit.voice=seen"):
        keys = world.tap(talk, value)
    assert keys == ["visit.saved", "visit.still_open"]
    assert world.tap(talk, "flow:visit") == ["visit.rest"]
    assert "奶奶腿疼" in world.said(talk)[-1].text
    for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
        keys = world.tap(talk, value)
    assert keys == ["visit.saved"]
    with world.work() as work:
        by_home = {
            visit_words.name(work, work.session.get_one(Child, row.child)): work.open(
                "visits.record", row.uid, row.record_sealed
            )
            for row in work.session.scalars(select(Visit))
        }
    assert "棍子" in str(by_home["赵欣怡"])
    assert "棍子" not in str(by_home["李雪"])


def test_another_day_for_one_home_leaves_the_record_of_another_alone(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李雪家，奶奶腿疼")
    world.tap(talk, "visit.how=later")
    with world.work() as work:
        other = visit_homes.named(work, people.director.member(work), "赵欣怡家下周一再去")
    assert world.tap(talk, f"due:off:{other}") == ["visits.off"]
    assert world.tap(talk, f"due:off:{other}:2026-11-30") == ["visits.put_off", "visit.still_open"]
    world.tap(talk, "flow:visit")
    assert "李雪" in world.said(talk)[-1].text
    assert "奶奶腿疼" in world.said(talk)[-1].text


def test_one_line_is_changed_and_words_go_where_they_belong(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李雪家")
    world.tap(talk, "visit.how=each")
    assert world.say(talk, "孩子说想妈妈") == ["visit.section"], "that is no answer about 生活保障"
    world.tap(talk, "visit.how=all_normal")
    assert "生活保障：正常" in world.said(talk)[-1].text
    assert "想妈妈" in world.said(talk)[-1].text
    assert world.tap(talk, "visit.emergency=edit") == ["visit.fix"]
    assert world.tap(talk, "visit.fix=health") == ["visit.section"]
    assert world.say(talk, "孩子咳嗽，该看病没去看") == ["visit.emergency"]
    read_back = world.said(talk)[-1].text
    assert "就医：有困难（孩子咳嗽" in read_back
    assert "生活保障：正常" in read_back


def test_a_home_nobody_knows_is_asked_for_and_not_written_into_the_record_that_waits(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    with world.work() as work:
        on_file.child(work, "欧阳依依", household=on_file.home(work), filed=date(2026, 11, 1), level="average")
    world.say(talk, "上午去了李雪家，奶奶腿疼")
    world.tap(talk, "visit.how=later")
    assert world.means(talk, "去了老郑家，孩子老咳嗽", "visit") == ["visit.which"]
    world.tap(talk, "visit.how=later")
    assert world.say(talk, "去了欧阳家，孩子挺好") == ["visit.how"], "a surname of two characters"
    assert "欧阳依依" in world.said(talk)[-1].text


@pytest.mark.parametrize(
    ("clause", "how"),
    [
        *(
            ("看病没问题", "normal"),
            ("看病难", "difficulty"),
            ("参加了村里活动", "normal"),
            ("没参加过活动", "difficulty"),
        ),
        *((one, "normal") for one in ("没啥毛病", "身体没啥事", "药按时吃着呢", "不咳嗽了", "念书不赖", "家里不缺啥")),
        *((one, "difficulty") for one in ("药没按时吃", "作业没写完", "家里啥也没有", "奶奶血压有点高", "屋里冰凉")),
        *((one, "difficulty") for one in ("没落户口", "他爸不疼他", "没钱看病", "学习不太好")),
    ],
)
def test_what_is_fine_is_not_called_hard(clause: str, how: str) -> None:
    assert reading.how(clause) == how


def test_whoever_was_put_off_and_then_visited_the_same_day_stands_in_the_log_as_visited(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    with world.work() as work:
        home = visit_homes.named(work, people.director.member(work), "李雪")
    world.tap(talk, f"due:off:{home}:2026-11-30")
    world.say(talk, "去了李雪家")
    for value in ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none"):
        world.tap(talk, value)
    world.tap(talk, "log:today")
    assert "入户走访：李雪" in world.said(talk)[-1].text
    assert "未能走访" not in world.said(talk)[-1].text


def test_a_supervisor_to_whom_nothing_has_gone_up_hears_that_some_are_late_all_the_same(
    world: World, people: Staff, hands: Hands
) -> None:
    assert world.tap(people.supervisor.talk, "due:list") == ["visits.list_empty.above"]
    assert "3 个孩子" in world.said(people.supervisor.talk)[-1].text
    assert world.tap(people.supervisor.talk, "child.list=overdue") == ["child.list"]


def test_another_day_for_another_home_and_a_locked_door_leave_the_open_record_where_it_was(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    world.say(talk, "上午去了李雪家，奶奶腿疼")
    assert world.say(talk, "周子涵家我后天再去 今天下大雪") == ["visits.put_off", "visit.rest"]
    assert world.say(talk, "赵欣怡家没人 邻居说去她姥家了") == ["visit.still_open", "visits.none"]
    assert reading.puts_off("宋雨桐家下周三再去", date(2026, 11, 23))
    assert not reading.puts_off("孩子说两天没见他爸了", date(2026, 11, 23))


ALONE_THREE_DAYS = "到周子涵家了 大伯锁门打工去了三天了 孩子自个儿在屋 方便面吃得就剩一包 屋里冰凉"


@pytest.mark.parametrize("before", [[], ["上午去了李雪家，奶奶腿疼"]])
def test_a_child_found_alone_for_days_behind_a_locked_door_is_an_emergency_and_not_a_visit_in_vain(
    world: World, people: Staff, before: list[str]
) -> None:
    talk = people.director.talk
    for words in before:
        world.say(talk, words)
    keys = world.say(talk, ALONE_THREE_DAYS)
    assert keys[-1] == "visit.emergency_now"
    assert "visits.none" not in keys
    with world.work() as work:
        report = work.session.scalars(select(Report)).one()
        assert report.severity in ("S0", "S1")
    assert world.pushes(people.supervisor.talk) != []


def test_doubtful_danger_is_asked_about_before_why_nobody_was_met(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert world.say(talk, "周子涵家锁着门 孩子在院里 胳膊上都是被打的印子") == ["visit.finding"]
    assert "110" in world.said(talk)[-1].text
