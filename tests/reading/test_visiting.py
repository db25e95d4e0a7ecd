from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.measures import ahead
from bot.reading.visits import following, visit_record_said, visiting

ON = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("今天去了老李家，奶奶身体挺好，孩子上学正常", {"guardianship": "normal", "schooling": "normal"}),
        ("刚走访完小刚 家里挺干净 成绩中等", {"living": "normal", "schooling": "normal"}),
        ("我去看了刘洋 发现他没有棉衣", {"living": "difficulty"}),
        ("去孙丽家走访了 她奶奶腿摔了", {"guardianship": "difficulty"}),
        (
            "取暖没问题，爸爸每周视频，孩子有点咳嗽",
            {"living": "normal", "guardianship": "normal", "health": "difficulty"},
        ),
        ("送了书包", {}),
        ("入户回来 登记走访", {}),
    ],
)
def test_a_dictated_sentence_is_sorted_into_sections(text: str, sections: dict[str, str]) -> None:
    assert visiting.read(text, ON).sections == sections


def test_the_own_words_are_kept_in_their_section_as_they_were_said() -> None:
    heard = visiting.read("屋里漏风，炉子坏了。孩子说：“我想妈妈”。希望能申请临时救助", ON)
    assert heard.notes == {"living": "屋里漏风；炉子坏了"}
    assert heard.child_says == "我想妈妈"
    assert heard.needs == ("希望能申请临时救助",)


@pytest.mark.parametrize(
    ("text", "said"),
    [("紧急情况都没有", True), ("那八项都没发现", True), ("屋里没有紧急情况灯", False), ("都挺好", False)],
)
def test_that_nothing_of_the_emergency_list_is_so_is_heard_for_itself(text: str, said: bool) -> None:
    assert visiting.no_emergency(text) is said
    assert visiting.read(text, ON).no_emergency is said


@pytest.mark.parametrize("text", ["今天去了老李家，孩子挺好", "入户看了，一切正常", "都挺好", "没异常"])
def test_all_fine_is_heard_but_fills_no_section(text: str) -> None:
    heard = visiting.read(text, ON)
    assert heard.all_fine
    assert heard.sections == {}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("去了张家 家里没人", "nobody_home"),
        ("到老赵家 锁着门", "nobody_home"),
        ("他爷爷不让进", "refused"),
        ("全家外出打工了", "away"),
        ("奶奶在家 孩子成绩不错", None),
    ],
)
def test_a_visit_at_which_nobody_was_met_is_heard(text: str, outcome: str | None) -> None:
    assert visiting.read(text, ON).outcome == outcome


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天去了小美家", date(2026, 11, 24)),
        ("11月20号走访王磊", date(2026, 11, 20)),
        ("上周五去的", date(2026, 11, 20)),
        ("去了小美家", None),
    ],
)
def test_the_day_of_a_visit_is_heard(text: str, day: date | None) -> None:
    assert visiting.read(text, ON).day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("改到明天", date(2026, 11, 26)),
        ("今天没人，改到下周一吧", date(2026, 11, 30)),
        ("周五吧", date(2026, 11, 27)),
        ("下周一再去", date(2026, 11, 30)),
        ("周一", date(2026, 11, 30)),
        ("三天后", date(2026, 11, 28)),
        ("两周以后回来", date(2026, 12, 9)),
        ("12月3号", date(2026, 12, 3)),
        ("3号", date(2026, 12, 3)),
        ("31号", date(2026, 12, 31)),
        ("过阵子", None),
    ],
)
def test_a_day_to_come_is_heard(text: str, day: date | None) -> None:
    assert ahead.day(text, ON) == day


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    heard = visiting.read(text, ON)
    assert set(heard.sections) <= set(visiting.SECTIONS)
    ahead.day(text, ON)


@pytest.mark.parametrize(
    ("text", "homes", "somewhere"),
    [
        ("去了老郑家", ("老郑家",), True),
        ("上午去了老李家，下午去了孙丽家", ("老李家", "孙丽家"), True),
        ("去了他家", ("他家",), False),
        ("上午去了他家", ("他家",), False),
        ("上老李家看了看", ("老李家",), True),
        ("走访了两户人家", ("两户人家",), False),
        ("孩子挺好", (), False),
    ],
)
def test_a_home_somebody_went_to_is_called_by_a_name(text: str, homes: tuple[str, ...], somewhere: bool) -> None:
    assert visiting.homes_gone_to(text) == homes
    assert visiting.went_somewhere(text) is somewhere


def test_what_is_said_of_a_home_and_its_day_is_heard() -> None:
    assert visiting.asks_why_this_day("李雪家为什么是这天")
    assert not visiting.asks_why_this_day("李雪家为什么锁门")
    assert visiting.speaks_of_that_home("后天我再去他家")
    assert not visiting.speaks_of_that_home("后天我再去老李家")
    assert visit_record_said.stores_it("就这样，存上吧")
    assert not visit_record_said.stores_it("存上吧，还有个事")


@pytest.mark.parametrize(
    ("text", "need", "who", "due"),
    [
        ("今天去了老李家，都挺好，奶奶想申请低保，让镇民政办的去办，月底前", "奶奶想申请低保", "镇民政办", (11, 30)),
        ("昨天去的老李家 孩子想要双棉鞋 我自己下周三送去", "孩子想要双棉鞋", "me", (12, 2)),
        ("去了老李家，需要一副轮椅，请县残联给解决，十天内", "需要一副轮椅", "县残联", (12, 5)),
        ("上午去老李家了。他爷想申请临时救助。我明天去乡里跑一趟", "他爷想申请临时救助", "me", (11, 26)),
        ("今儿个去老李家了，娃想学画画，找学校老师联系联系，下个月十号之前", "娃想学画画", "学校老师", (12, 10)),
        ("今天去了老李家，奶奶想申请低保，屋里漏风，我找人去修，礼拜五以前", "屋里漏风", "me", (11, 27)),
        ("走访了老李家，奶奶想申请低保由李督导跟进，半个月内给信", "奶奶想申请低保", "李督导", (12, 10)),
        ("去了老李家 他奶要办残疾证 我领着去县里办 下周四", "他奶要办残疾证", "me", (12, 3)),
        ("今天去了老李家，房子漏雨，上报镇里，一个月内修好", "房子漏雨", "镇里", (12, 25)),
        ("老李家看了，想要个书桌，乡民政说十二月中旬前给信", "想要个书桌", "乡民政", (12, 20)),
        ("走访老李家，希望能补张床，教育局给解决，元旦前", "希望能补张床", "教育局", (12, 31)),
        ("老赵家去了 娃要副眼镜 卫生院给配 下月初", "娃要副眼镜", "卫生院", (12, 10)),
        ("去看了大壮，他妈想找活干，人社所帮忙联系，本周内", "他妈想找活干", "人社所", (11, 29)),
        ("走访了，缺被子，俺家有给送两床，明天就去", "缺被子", "me", (11, 26)),
        ("去老李家了 想让孩子上幼儿园 园长那边我去说 三天内", "想让孩子上幼儿园", "me", (11, 28)),
        ("去了老李家，孩子想要篮球，团县委的志愿者下周六带过来", "孩子想要篮球", "团县委的志愿者", (12, 5)),
        ("入户小满家，奶奶求着办残疾证，叫残联来人办，中秋前", "奶奶求着办残疾证", "残联", (9, 15)),
        ("看了老李家，想要煤，村里年底前给拉两吨", "想要煤", "村里", (12, 31)),
    ],
)
def test_who_sees_to_a_need_and_until_when_is_heard(text: str, need: str, who: str, due: tuple[int, int]) -> None:
    heard = visiting.read(text, ON)
    assert need in heard.needs
    until = date(2026, *due) if due > (ON.month, ON.day) else date(2027, *due)
    assert (heard.follow[need].who, heard.follow[need].due) == (who, until)
    assert heard.day is None or heard.day <= ON, "the day by which it is done is not the day of the visit"


@pytest.mark.parametrize(
    "text",
    [
        "奶奶想让村里帮着申请低保",
        "我去的时候孩子在写作业",
        "老师让孩子多看书",
        "我跟孩子聊了半天",
        "我给他家送了两袋米",
        "一周一次视频",
        "他爸三天前打的电话",
        "我明天去老王家",
    ],
)
def test_what_says_nothing_of_who_and_until_when_is_left_alone(text: str) -> None:
    assert following.found(text, ON) is None


@given(st.text(max_size=80))
def test_any_answer_to_who_and_until_when_is_taken(text: str) -> None:
    for one in (following.found(text, ON), following.answer(text, ON, needs=[text]), following.day_alone(text, ON)):
        assert one is None or one


def test_what_was_not_asked_is_no_difficulty_and_nothing_missed_at_school_is_fine() -> None:
    assert visiting.read("活动没问", ON).sections == {"care_activities": "not_learned"}
    assert visiting.read("孩子上学没落下", ON).sections == {"schooling": "normal"}


def test_the_day_the_parents_called_is_not_the_day_of_the_visit() -> None:
    assert visiting.read("上午去了老孙家 爷爷在家 爸妈礼拜天视频了", ON).day is None
    assert visiting.read("昨天去的 他妈上周来电话了", ON).day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "notes", "sections"),
    [
        (
            "今天去了老李家孩子挺好奶奶说腿疼学习还行就是冬天没煤",
            {"guardianship": "奶奶说腿疼", "schooling": "学习还行", "living": "就是冬天没煤"},
            {"guardianship": "difficulty", "schooling": "normal", "living": "difficulty"},
        ),
        (
            "到文博家了爷爷在家孩子写作业呢屋里冷",
            {"guardianship": "爷爷在家", "schooling": "孩子写作业呢", "living": "屋里冷"},
            {"living": "difficulty"},
        ),
        (
            "奶奶不让爸爸管孩子也不让他上学",
            {"guardianship": "奶奶不让爸爸管孩子也不让他上学"},
            {"guardianship": "difficulty"},
        ),
    ],
)
def test_a_telling_without_marks_is_read_matter_by_matter(
    text: str, notes: dict[str, str], sections: dict[str, str]
) -> None:
    heard = visiting.read(text, date(2026, 11, 25))
    assert (heard.notes, heard.sections) == (notes, sections)
