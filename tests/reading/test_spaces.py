"""A space people type where others type a comma hides no word of danger, and lowers nothing that it did not say."""

from __future__ import annotations

import pytest

from bot.reading.danger import HUNCH, Danger, lexicon, read
from bot.reading.lexicon import Patterns
from bot.reading.phrases import Phrases
from bot.reading.reports import told
from tests.reading.test_danger import SENTENCES, weight

HIDDEN = [
    "我打了孩子 奶奶陪着",
    "他爸又打孩子 妈妈拦不住",
    "他在屋里打我 弟弟在哭",
    "他刚打了我 电话也砸了",
    "邻居打孩子 爷爷吓得直哆嗦",
    "喝多了就打闺女 姥姥来了也不停",
    "他要弄死我 爸爸快回来",
    "他说要掐死孩子 妈跪着求他",
    "孩子没了 手机也没带",
    "老师摸孩子 头发都揪乱了",
    "他拿刀追着我 切了我妈的手",
    "我想跳楼 机会就在今晚",
    "他爸急 救救孩子",
    "孩子煤气中毒 预防都没做",
]
HARMLESS = [
    "打了孩子奶奶的电话 没人接",
    "我打给孩子 妈妈接的",
    "给孩子 打了预防针",
    "奶奶打孩子爸 电话没打通",
    "孩子 爸爸没回来过年",
    "孩子 妈妈跑了好几年了",
    "奶奶 带 孩子 去 打 疫苗",
    "跳 绳考试 孩子没及格",
    "刀 切菜用的 收起来了",
    "孩子打小 就听话 奶奶带大的",
    "孩子画了个坟 清明作业",
    "小裤上有血 来事了不会弄",
    "今晚就走了 回家过年",
    "下个月我带着孩子一块走 去苏州上学",
    "打了 她奶陪着呢",
    "打了 警察说马上到",
]
NEUTRAL = ("奶奶陪着", "妈妈来了", "爸爸不在", "电话没人接", "弟弟在哭", "头发都乱了", "手机也没带")


@pytest.mark.parametrize("text", HIDDEN)
def test_what_stands_behind_a_space_makes_no_word_of_danger_harmless(text: str) -> None:
    assert set(read(text).kinds) - {HUNCH}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_with_spaces_stays_so(text: str) -> None:
    assert set(read(text).kinds) <= {HUNCH}


def test_a_space_is_no_calmer_than_a_comma() -> None:
    """But for the hunch, which weighs every character."""
    for said in (text for part in ("emergency", "concern") for text in SENTENCES[part]):
        for beside in NEUTRAL:
            spaced, parted = read(f"{said} {beside}"), read(f"{said}，{beside}")
            assert weight(spaced) >= weight(parted) or HUNCH in parted.kinds, (said, beside)


def test_a_call_that_was_made_beats_nobody_only_where_a_space_says_so() -> None:
    assert read("打了 她奶陪着呢") == Danger("none")
    assert weight(read("打了她奶")) > 0


def test_fear_is_no_supposition_across_a_space() -> None:
    assert read("我害怕 他要杀我").level == "emergency"


def test_the_end_of_a_clause_may_be_a_space() -> None:
    assert read("把孩子扔家里就走了 孩子哭呢 家里没人").level == "emergency"


def test_harm_is_told_across_a_space_as_danger_is() -> None:
    assert "carer_hits" in told.read("我打了孩子 奶奶陪着").signs


def test_a_phrase_is_found_where_it_fits_and_where_only_a_word_beyond_a_space_forbids_it() -> None:
    phrases = Phrases(["!(没/不)打我!(弟/妹)", "打我$"])
    assert [hit.span() for hit in phrases.hits(0, "打我", [])] == [(0, 2)]
    assert [hit.span() for hit in phrases.hits(0, "打我弟弟", [])] == []
    assert [hit.span() for hit in phrases.hits(0, "打我弟弟", [2])] == [(0, 2)]
    assert [hit.span() for hit in phrases.hits(0, "打我弟弟", [1, 3])] == []
    assert [hit.span() for hit in phrases.hits(0, "没打我", [1])] == [(1, 3)]
    assert [hit.span() for hit in phrases.hits(0, "没打我", [2])] == []
    assert [hit.span() for hit in phrases.hits(0, "打我和打我妹", [2, 5])] == [(0, 2), (3, 5)]
    assert [hit.span() for hit in phrases.hits(1, "打我弟弟", [2])] == []


def test_all_patterns_that_patterns_would_try_are_tried() -> None:
    plain = Patterns(lexicon()[0].sources)
    for text in (said for part in ("emergency", "none") for said in SENTENCES[part]):
        assert lexicon()[0].worth_trying(text) == plain.worth_trying(text)
