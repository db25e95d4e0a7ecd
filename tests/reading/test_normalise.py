"""Plain text for reading, with the way back to what was written."""

from __future__ import annotations

from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dangers.scope import Scene
from bot.reading.normalise import READ_FROM_END, READ_FROM_START, normalise


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ＨＥＬＰ　me", "help me"),
        ("孩子被殺了", "孩子被杀了"),
        ("請問檔案訪談要補什麼", "请问档案访谈要补什么"),
        ("自\u200b杀", "自杀"),
        ("自 / 杀", "自杀"),
        ("自😭杀", "自杀"),
        ("z杀", "自杀"),
        ("孩子不见乐", "孩子不见了"),
        ("喝农要了", "喝农药了"),
        ("想4了", "想死了"),
        ("🆘", "救命"),
        ("一，二。三！四？", "一,二。三!四?"),
        ("é①", "e1"),
    ],
)
def test_writing_is_made_plain(written: str, plain: str) -> None:
    assert normalise(written).text == plain


@pytest.mark.parametrize("text", ["我想四处走走", "紫砂壶多少钱", "想4个名字", "这个月4号", "海子的诗里有上海子"])
def test_a_word_that_only_looks_like_a_mishearing_is_kept(text: str) -> None:
    assert not {"想死", "自杀"} & {normalise(text).text[i : i + 2] for i in range(len(text))}


def test_places_lead_back_to_what_was_written() -> None:
    written = "她 说 想 z 杀 呢"
    plain = normalise(written)
    start = plain.text.index("自杀")
    begin, end = plain.span(start, start + 2)
    assert written[begin:end] == "z 杀"


def test_a_place_outside_the_text_is_empty() -> None:
    assert normalise("好").span(3, 5) == (0, 0)


def test_lone_surrogates_and_nul_are_dropped() -> None:
    assert normalise("\ud800救\x00命\udfff").text == "救命"


def test_only_both_ends_of_a_huge_text_are_read() -> None:
    plain = normalise("头" + "中" * 100_000 + "尾")
    assert len(plain.text) == READ_FROM_START + READ_FROM_END + 1
    assert plain.text[0] + plain.text[-1] == "头尾"


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_keeps_its_places_in_order(text: str) -> None:
    plain = normalise(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts) == sorted(plain.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))


def scope_of(text: str, words: str) -> dict[str, object]:
    plain = normalise(text)
    start = plain.text.index(words)
    scope = Scene(plain).at(start, start + len(words))
    said = [name for name, part in vars(type(scope)).items() if isinstance(part, property | cached_property)]
    return {name: value for name in said if (value := getattr(scope, name))}


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("没打孩子", "打孩子", {"negated": True}),
        ("没完没了 打孩子", "打孩子", {}),
        ("差点没打死", "打死", {}),
        ("小时候被打过", "被打", {"when": "past"}),
        ("以前打孩子 现在还在打", "在打", {"when": "now"}),
        ("前天走失", "走失", {"when": "recent"}),
        ("新闻里说有人打孩子", "打孩子", {"quoted": True}),
        ("打孩子犯法", "打孩子", {"asking": "law"}),
        ("如果走失", "走失", {"supposed": True}),
        ("听说走失", "走失", {"hearsay": True}),
        ("走失的孩子找到了", "走失", {"found": True}),
        ("挨打的事处理了", "挨打", {"over": True}),
        ("天天打孩子", "打孩子", {"habit": True}),
    ],
)
def test_scope_says_how_words_are_meant(text: str, words: str, meant: dict[str, object]) -> None:
    assert scope_of(text, words) == meant


def test_clauses_end_at_spaces_where_punctuation_is_missing() -> None:
    assert Scene(normalise("没打孩子 他自己摔的，真的")).clauses() == ((0, 4), (4, 9), (10, 12))
