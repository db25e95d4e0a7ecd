"""Words of bound staff about the work are answered or told where they belong; no citizen's talk opens from them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services.casework import reports
from bot.services.talk import doors
from bot.storage.tables import PoliceReport, Visit
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

NAMES = (("于小满", "2017-03-02"), ("孙家乐", "2013-04-05"), ("马冬冬", "2019-06-01"))
ALONE = "到马冬冬家了 大伯锁门打工去了三天了 孩子自个儿在屋 方便面吃得就剩一包 屋里冰凉"


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    """Three homes of one village, all of them late."""
    hands.moment = datetime(2026, 11, 24, 10, 30, tzinfo=SHANGHAI)
    found = staff_of(world)
    with world.work() as work:
        for name, born in NAMES:
            home = on_file.home(work)
            on_file.child(work, name, household=home, filed=date(2026, 10, 10), birth=born, level="average")
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    return found


def _says(world: World, talk: str, text: str) -> list[str]:
    """As the gateway reads it, up to the words only Rasa can read."""
    inbox = world.hear(talk, {"text": text})
    with world.work() as work:
        taken = doors.page_asked(work, talk, inbox, text) or doors.for_people(work, talk, inbox, text)
        if not taken and not doors.urgent(work, talk, inbox, text):
            doors.alone(work, talk, inbox, text, starting=False)
        world._done(work, inbox)
    return world.keys_to(inbox)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("早 我看看咱镇有几个没按时跑的", "overseeing.late_list"),
        ("谁超期了", "overseeing.late_list"),
        ("姜家店那几个是咋回事 主任写原因了吗", "overseeing.late_list"),
        ("光要超了两个月以上的", "overseeing.late_list.none"),
        ("打电话了算不算跑过了 他说视频看过娃", "policy.answer"),
        ("那就催他 定个这周五之前", "staff.elsewhere.urge"),
        ("催一下王主任", "staff.elsewhere.urge"),
        ("把这条转给县里", "staff.elsewhere.urge"),
        ("昨天那条处理得怎么样", "staff.waiting_empty"),
        ("另外昨儿县里转下来一个报告 我看看", "staff.waiting_empty"),
        ("报告是谁打的 我问问他", "staff.elsewhere.reporter"),
        ("县里年底抽档案是啥时候", "policy.answer"),
        ("这季度的数报了没", "staff.elsewhere.quarter"),
        ("给我把上个月主任们的日志弄出来", "staff.elsewhere.logs"),
    ],
)
def test_what_a_supervisor_asks_of_the_work_opens_no_citizens_talk(
    world: World, people: Staff, text: str, key: str
) -> None:
    assert _says(world, people.supervisor.talk, text) == [key]
    assert world.flow(people.supervisor.talk) is None


def test_the_late_are_told_with_day_and_reason_and_a_director_gets_the_own_list(world: World, people: Staff) -> None:
    _says(world, people.supervisor.talk, "有几个没按时跑的")
    told = world.said(people.supervisor.talk)[-1].text
    assert "于小满：10月17日到期，超期38天，没说原因" in told
    assert _says(world, people.director.talk, "谁超期了") == ["visits.list"]


def test_another_day_for_a_deadline_is_no_report(world: World, people: Staff) -> None:
    talk = people.supervisor.talk
    _says(world, talk, "那就催他 定个这周五之前")
    assert _says(world, talk, "不对 周五他们培训 改下周一") == ["staff.elsewhere.urge"]


def test_a_citizen_saying_the_same_is_no_staff(world: World, people: Staff) -> None:
    keys = _says(world, world.citizen(), "报告是谁打的 我问问他")
    assert not any(key.startswith(("staff.", "overseeing.")) for key in keys)


@pytest.mark.parametrize("text", ["我邻居家孩子天天挨打", "他妈把孩子转给别人就不管了", "孩子身上的伤不知道谁打的"])
def test_trouble_of_a_child_told_by_staff_is_no_matter_of_work(world: World, people: Staff, text: str) -> None:
    keys = _says(world, people.supervisor.talk, text)
    assert not any(key.startswith(("staff.", "overseeing.")) for key in keys), keys


def test_a_question_of_work_is_not_swallowed_by_a_report_that_is_open(world: World, people: Staff) -> None:
    talk = people.supervisor.talk
    _says(world, talk, "我邻居家孩子天天挨打")
    assert world.flow(talk) == "report"
    assert _says(world, talk, "谁超期了")[0] == "overseeing.late_list"
    assert world.flow(talk) == "report"


def test_a_child_alone_for_days_is_told_at_once_and_the_door_is_no_visit_in_vain(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert _says(world, talk, ALONE) == ["danger.alone", "visit.emergency_now"]
    with world.work() as work:
        visit = work.session.scalars(select(Visit)).one()
        assert (visit.kind, visit.on) == ("home_visit", date(2026, 11, 24))
    assert _says(world, talk, "我先领我家去行不行 报警回头再说") == ["staff.emergency.police_now"]
    assert _says(world, talk, "打完了 响水派出所 十点二十 接警的没说编号") == [
        "reporter.police_at",
        "staff.emergency.next",
    ]
    assert any("10:20" in said.text for said in world.said(talk)[-2:])
    assert _says(world, talk, "孩子现在在我家 我媳妇看着呢") == ["staff.emergency.noted"]
    assert _says(world, talk, "他爸妈电话我有 我打不打") == ["staff.emergency.parents"]
    assert _says(world, talk, "打完110了"), "what is told a second time is answered too"
    with world.work() as work:
        assert len(work.session.scalars(select(PoliceReport)).all()) == 1
    assert len(world.reports()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "孙家乐家的棉鞋 我找镇里民政要 下周五前",
        "日志加一句 下午参加镇里培训",
        "于小满家改到后天下午再去",
        "孙家乐说错了 上学不正常 这礼拜旷了两天课",
    ],
)
def test_nothing_of_other_homes_or_the_log_goes_into_the_emergency_just_found(
    world: World, people: Staff, text: str
) -> None:
    talk = people.director.talk
    _says(world, talk, "孙家乐家去了 都挺好")
    world.say(talk, "以上都没有")
    world.tap(talk, "visit.how=later")
    _says(world, talk, ALONE)
    _says(world, talk, "打完了 响水派出所 十点二十 接警的没说编号")
    _says(world, talk, text)
    with world.work() as work:
        told = reports.told_of(work, world.report())["words"]
    assert not any(text in said for _, said in told)


def test_what_is_of_another_home_leaves_the_record_and_the_first_record_is_handed_in(
    world: World, people: Staff
) -> None:
    talk = people.director.talk
    assert _says(world, talk, "刚从于小满家出来 记一下 吃住都挺好 炕热乎") == ["visit.rest"]
    assert "生活保障：正常" in world.said(talk)[-1].text
    world.say(talk, "他奶带着 爹妈一礼拜一个视频 学习中等 没病没灾")
    assert world.say(talk, "活动没参加 就想要双棉鞋 家里那个炉筒子有点漏烟") == ["visit.voice"]
    assert world.say(talk, "哦炉筒子不是他家的 是家乐家的")[0] == "visit.taken_off"
    gone = "家乐家没人锁门 邻居说跟他姥爷上长春瞧病去了 后天回"
    assert _says(world, talk, gone) == ["visits.attempted", "visits.off"]
    assert world.say(talk, "那就周日再去") == ["visits.put_off", "visit.still_open"]
    assert _says(world, talk, "先把小满的交了") == ["visit.before_saving", "visit.voice"]
    world.tap(talk, "visit.voice=seen")
    assert "漏烟" not in world.said(talk)[-1].text
    assert world.tap(talk, "visit.emergency=none")[0] == "visit.saved"
    with world.work() as work:
        kinds = [visit.kind for visit in work.session.scalars(select(Visit).order_by(Visit.created_at))]
        assert sorted(kinds) == ["attempted", "home_visit"]


def test_fine_of_one_thing_is_not_fine_of_everything(world: World, people: Staff) -> None:
    talk = people.director.talk
    _says(world, talk, "刚从于小满家出来 奶奶腿摔了")
    assert world.say(talk, "吃住都挺好") == ["visit.rest.again"]


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("这家谁负责的 主任电话多少", "above.post", "儿童主任王主任"),
        ("姜家店村主任是谁", "above.post", "电话这里没有登记"),
        ("县里知道不", "above.gone_up", "于小满（10月17日到期，超期38天）：儿童督导员"),
        ("县民政知道他家超期了不", "above.gone_up", "县级民政"),
        ("哪些举报还没人接", "staff.waiting_empty", ""),
        ("报告有没有没处理的", "staff.waiting_empty", ""),
        ("今天不去了 家里有事", "office.not_today", "到期日不变"),
        ("行 我开会去了 回头再看", "office.done", ""),
        ("得 收工了", "office.day_over", ""),
    ],
)
def test_what_staff_ask_and_say_in_a_day_gets_the_answer_of_their_post(
    world: World, people: Staff, text: str, key: str, told: str
) -> None:
    talk = people.supervisor.talk
    _says(world, talk, "谁超期了")
    assert _says(world, talk, text) == [key]
    assert told in world.said(talk)[-1].text
    assert world.flow(talk) is None


def test_why_a_child_called_by_its_number_in_the_list_is_due_then(world: World, people: Staff) -> None:
    _says(world, people.supervisor.talk, "谁超期了")
    assert _says(world, people.supervisor.talk, "第一个为啥是那天到期") == ["visits.why_now"]
    assert "于小满" in world.said(people.supervisor.talk)[-1].text
    _says(world, people.supervisor.talk, "谁超期了")
    assert _says(world, people.supervisor.talk, "为啥是那天到期") == ["late.day"]


def test_a_citizen_hears_nobodys_name(world: World, people: Staff) -> None:
    talk = world.citizen()
    for text in ("姜家店村主任是谁 电话多少", "县里知道于小满家超期了不"):
        assert not any(key.startswith("above.") for key in _says(world, talk, text))


@pytest.mark.parametrize(
    ("text", "key"),
    [("查一下于小满的档案", "child"), ("今天还有谁没走", "visits"), ("帮我导出工作日志", "log")],
)
def test_what_is_wanted_of_the_office_is_not_written_into_the_record_that_is_open(
    world: World, people: Staff, text: str, key: str
) -> None:
    talk = people.director.talk
    _says(world, talk, "今天去了孙家乐家 奶奶带着")
    keys = _says(world, talk, text)
    assert (keys[0].partition(".")[0], keys[-1]) == (key, "visit.rest.open")
    for value in ("visit.how=all_normal", "visit.voice=seen"):
        world.tap(talk, value)
    assert text not in world.said(talk)[-1].text
