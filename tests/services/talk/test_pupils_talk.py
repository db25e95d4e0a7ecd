"""A pupil tells of trouble at school, and a teacher of marks: who is heard, and what each of them is answered."""

from __future__ import annotations

import pytest

from bot.reading.reports import asides, told
from bot.services import drafts
from bot.services.reporting import intake
from bot.services.talk.meaning import Meant
from tests.builders import World

PUPIL = "高年级的管我要钱 不给就堵我"


@pytest.mark.parametrize(
    "text",
    [
        "没啥大事 就是不想上学",
        "同学老给我起外号",
        "他们让我每个礼拜给20块钱 不给就不让我进宿舍",
        "他们拉群骂我",
        "我的被褥被他们扔了",
        "他们把我书包扔垃圾桶里了",
        "我不敢上厕所",
        "高年级的管我要钱",
    ],
)
def test_a_pupil_that_tells_of_its_school_is_heard_as_a_child(text: str) -> None:
    assert told.read(text).reporter_type == "child_self"


@pytest.mark.parametrize(
    "text", ["孩子没啥大事 就是不想上学", "办手续的人管我要钱", "同学给我儿子起外号", "厂里把被褥扔了"]
)
def test_a_grown_up_is_not_taken_for_one(text: str) -> None:
    assert told.read(text).reporter_type != "child_self"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("他们拉群骂我", "bullying"),
        ("他们把我被褥扔厕所", "bullying"),
        ("他们不让我进宿舍", "bullying"),
        ("他们让我每个礼拜给20块钱 不给就不让我进宿舍", "bullying_serious"),
    ],
)
def test_what_is_done_to_a_pupil_is_bullying(text: str, sign: str) -> None:
    assert sign in told.read(text).signs


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("12355是啥 打了能干啥", "confided.hotline"),
        ("打12355说什么", "confided.hotline"),
        ("明天我能去找谁说", "confided.whom_to_tell"),
        ("我该告诉哪个老师", "confided.whom_to_tell"),
        ("我是不是打小报告", "confided.telling_tales"),
        ("那你们来学校他们会不会更欺负我", "confided.revenge"),
        ("要是没人信我呢", "confided.unbelieved"),
    ],
)
def test_what_a_child_asks_is_answered_as_to_a_child_and_kept(world: World, text: str, answer: str) -> None:
    talk = world.citizen()
    world.say(talk, PUPIL)
    assert answer in world.say(talk, text)
    assert world.flow(talk) == intake.FLOW


def test_good_night_takes_leave_of_a_child_in_a_childs_words(world: World) -> None:
    talk = world.citizen()
    world.say(talk, PUPIL)
    world.say(talk, "现在没有")
    assert world.say(talk, "晚安") == ["report.leaving.child"]


def test_a_school_named_as_the_place_is_not_asked_for_its_village(world: World) -> None:
    talk = world.citizen()
    world.say(talk, PUPIL)
    world.say(talk, "现在没有")
    said = world.say(talk, "镇赉三中 初一")
    assert not any(key.startswith("report.place") for key in said)


@pytest.mark.parametrize(
    "text",
    [
        "孩子换衣服的时候我看见身上有青的",
        "班里一个女孩9岁，体育课换衣服的时候我看见她后背和胳膊上有好几块青的，问她说是摔的，但是上礼拜也有",
    ],
)
def test_marks_of_blows_the_classifier_takes_for_another_matter_are_reported(world: World, text: str) -> None:
    talk = world.citizen()
    world.means(talk, text, "entrusted", Meant("register_entrusted_care", 0.9))
    assert world.flow(talk) == intake.FLOW
    with world.work() as work:
        draft = drafts.current(work, talk, intake.FLOW)
        assert draft is not None
        assert drafts.answers(work, draft).words_of("what") == [text]


def test_a_carer_wished_for_is_a_wish_whatever_the_father_did(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "想办委托照护 让我姐看着", "entrusted", Meant("register_entrusted_care", 0.9))
    assert world.flow(talk) == "entrusted"


@pytest.mark.parametrize("text", ["光给派出所打电话就行了吧 教育局用不用报", "教育局要不要报啊"])
def test_a_school_is_told_to_report_to_both(world: World, text: str) -> None:
    talk = world.citizen()
    world.say(talk, "我是班主任 班里一个女孩胳膊上有好几块青的 旧的也有")
    assert "report.faq.school_duty" in world.say(talk, text)


def test_a_child_that_hides_from_others_stays_hidden_while_it_is_quiet_outside(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "厕所里 她们在外面等我 说今天要扒我衣服拍视频")
    assert world.say(talk, "现在外面没声了 我能出去吗")[0] == "after.come_out.child"


def test_a_teacher_who_asks_whether_the_child_may_go_home_hears_of_tonight(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我是班主任 班上有个女生最近总说肚子疼，内裤上有血，问她就哭，说叔叔不让说")
    assert "report.tonight.ask" in world.say(talk, "那孩子今晚还回那个家 行吗")


@pytest.mark.parametrize("text", ["孩子没声了", "孩子倒在外面没动静了", "孩子在门口不动了", "他们没动静了"])
def test_a_child_that_falls_silent_still_alarms_wherever_it_is(text: str) -> None:
    assert asides.ALARM in asides.kinds(text)
