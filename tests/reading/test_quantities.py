"""Numbers, ages, lengths of time and days, as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.measures.quantities import ages, days, durations, number

ON = date(2026, 11, 24)  # a Tuesday

NUMERALS = {
    "0": 0,
    "12": 12,
    "007": 7,
    "零": 0,
    "一": 1,
    "俩": 2,
    "仨": 3,
    "两": 2,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "九十九": 99,
    "一百": 100,
    "一百五": 150,
    "一百零五": 105,
    "一百一十": 110,
    "三千二": 3200,
    "两千零六": 2006,
    "一万二": 12000,
    "二〇一九": 2019,
    "幺二": 12,
    "十五": 15,
    "一千零一十": 1010,
    "两万五千": 25000,
}


@pytest.mark.parametrize(("said", "value"), NUMERALS.items())
def test_a_numeral_is_read(said: str, value: int) -> None:
    assert number(said) == value


@pytest.mark.parametrize("said", ["", "年", "十岁", "1a", "好几", "半"])
def test_what_is_no_numeral_is_none(said: str) -> None:
    assert number(said) is None


CERTAIN_AGES = {
    "孩子十二岁": [12],
    "12岁": [12],
    "12 周岁": [12],
    "今年12了": [12],
    "我今年10,上四年级": [10],
    "也就五岁": [5],
    "才八岁就让他干活": [8],
    "一岁半的娃": [1],
    "两岁多": [2],
    "满十四岁了": [14],
    "大的十六岁小的九岁": [16, 9],
    "奶奶六十七岁": [67],
    "一个17岁的女孩": [17],
    "八个月大": [0],
    "六个月的孩子": [0],
    "孩子刚满月": [0],
    "刚出生三天": [0],
    "孩子才六个多月大": [0],
    "今年十岁上三年级": [10],
}


@pytest.mark.parametrize(("said", "years"), CERTAIN_AGES.items())
def test_an_age_told_is_certain(said: str, years: list[int]) -> None:
    assert [(age.years, age.certain) for age in ages(said.replace(" ", ""))] == [(one, True) for one in years]


UNCERTAIN_AGES = {
    "七八岁": 7,
    "十二三岁": 12,
    "十四五岁": 14,
    "十来岁": 10,
    "二十来岁": 20,
    "虚岁十三": 13,
    "十三虚岁": 13,
    "不到十岁": 10,
    "快十四岁了": 14,
    "十岁左右": 10,
    "大概九岁": 9,
    "属虎的": None,
    "六七十岁": 60,
    "十几岁": 10,
    "二十多岁": 20,
}


@pytest.mark.parametrize(("said", "years"), UNCERTAIN_AGES.items())
def test_an_age_only_guessed_is_not_certain(said: str, years: int | None) -> None:
    assert [(age.years, age.certain) for age in ages(said)] == [(years, False)]


@pytest.mark.parametrize(
    "said",
    [
        "三年级",
        "七岁那年他妈走的",
        "十岁的时候",
        "从三岁起就没见过妈",
        "三岁看大七岁看老",
        "六年级二班",
        "12个月没来",
        "岁数大了",
        "三岁以前",
        "初三",
    ],
)
def test_a_school_year_or_a_time_of_life_is_no_age(said: str) -> None:
    assert ages(said) == ()


LENGTHS = {
    "半年": (6, 0, 0),
    "一年零一个月": (13, 0, 0),
    "一年半": (18, 0, 0),
    "仨月": (3, 0, 0),
    "俩月了": (2, 0, 0),
    "俩礼拜": (0, 14, 0),
    "三个星期": (0, 21, 0),
    "两个半月": (2, 15, 0),
    "半个月": (0, 15, 0),
    "12个月": (12, 0, 0),
    "找了三个小时了": (0, 0, 3),
    "半个钟头": (0, 0, 0.5),
    "三天三夜": (0, 3, 0),
    "一天没吃饭": (0, 1, 0),
    "两天没回来": (0, 2, 0),
    "一周": (0, 7, 0),
    "十年": (120, 0, 0),
    "两年三个月": (27, 0, 0),
    "三天零五个小时": (0, 3, 5),
    "走了1年": (12, 0, 0),
}


@pytest.mark.parametrize(("said", "length"), LENGTHS.items())
def test_a_length_of_time_is_read(said: str, length: tuple[int, int, float]) -> None:
    assert [(one.months, one.days, one.hours, one.certain) for one in durations(said)] == [(*length, True)]


@pytest.mark.parametrize(
    "said",
    ["好几个月", "快半年了", "一个多月", "两年多", "十几天", "三四天", "大半年", "好几天", "几年了", "差不多俩月"],
)
def test_a_rough_length_of_time_says_so(said: str) -> None:
    assert [one.certain for one in durations(said)] == [False]


@pytest.mark.parametrize(
    "said", ["三年级", "6月1号", "2019年", "上个月", "第三年", "十二月", "下周", "每天", "去年", "孩子八岁", "这几年"]
)
def test_a_date_or_a_school_year_is_no_length_of_time(said: str) -> None:
    assert durations(said) == ()


ONE_DAY = {
    "昨天": "2026-11-23",
    "昨晚上": "2026-11-23",
    "昨儿个": "2026-11-23",
    "前天晚上": "2026-11-22",
    "大前天": "2026-11-21",
    "今早": "2026-11-24",
    "刚才": "2026-11-24",
    "三天前": "2026-11-21",
    "俩礼拜前": "2026-11-10",
    "6月1号": "2026-06-01",
    "六月一日": "2026-06-01",
    "十二月二十五号": "2025-12-25",
    "11月30号": "2025-11-30",
    "去年8月3号": "2025-08-03",
    "2025年3月8日": "2025-03-08",
    "11-24": "2026-11-24",
    "2026/5/6": "2026-05-06",
    "上周三": "2026-11-18",
    "上礼拜天": "2026-11-22",
    "这周一": "2026-11-23",
}


@pytest.mark.parametrize(("said", "day"), ONE_DAY.items())
def test_a_day_is_told(said: str, day: str) -> None:
    assert [(str(one.first), str(one.last), one.certain) for one in days(said, ON)] == [(day, day, True)]


RANGES = {
    "上个月": ("2026-10-01", "2026-10-31", True),
    "上上个月": ("2026-09-01", "2026-09-30", True),
    "上周": ("2026-11-16", "2026-11-22", True),
    "上上礼拜": ("2026-11-09", "2026-11-15", True),
    "这周": ("2026-11-23", "2026-11-24", True),
    "本月": ("2026-11-01", "2026-11-24", True),
    "上月底": ("2026-10-21", "2026-10-31", False),
    "去年": ("2025-01-01", "2025-12-31", True),
    "前年": ("2024-01-01", "2024-12-31", True),
    "大前年": ("2023-01-01", "2023-12-31", True),
    "去年冬天": ("2025-11-01", "2026-02-28", False),
    "今年6月": ("2026-06-01", "2026-06-30", True),
    "六月初": ("2026-06-01", "2026-06-10", False),
    "2025年3月": ("2025-03-01", "2025-03-31", True),
    "过完年": ("2026-01-21", "2026-03-10", False),
    "暑假": ("2026-07-10", "2026-08-31", False),
    "最近": ("2026-10-25", "2026-11-24", False),
    "半年了": ("2026-05-24", "2026-05-24", False),
}


@pytest.mark.parametrize(("said", "span"), RANGES.items())
def test_a_longer_or_rough_time_is_a_range(said: str, span: tuple[str, str, bool]) -> None:
    assert [(str(one.first), str(one.last), one.certain) for one in days(said, ON)] == [span]


@pytest.mark.parametrize("said", ["2月30号", "13月1号", "三年级", "孩子八岁", "", "明天"])
def test_no_day_is_made_up(said: str) -> None:
    assert days(said, ON) == ()


@given(
    st.text(alphabet="一二三十百半几个多年月日号天周岁上前今去昨俩仨0123456789-/零", max_size=24),
    st.dates(date(2020, 1, 1)),
)
def test_nothing_raises_and_no_day_lies_ahead(text: str, on: date) -> None:
    ages(text)
    durations(text)
    assert all(one.first <= one.last <= on for one in days(text, on))
