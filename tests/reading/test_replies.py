"""A yes or no with more behind it, words that answer nothing, questions to us: what is one, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.reports import named_field
from bot.reading.talk import replies
from bot.reading.where.places import spots


@pytest.mark.parametrize(
    ("said", "kind", "rest"),
    [
        ("行 能快点不", "yes", "能快点不"),
        ("可以，别打家里电话", "yes", "别打家里电话"),
        ("嗯 发吧", "yes", ""),
        ("行交上吧", "yes", ""),
        ("没人打，就是没人管", "no", "就是没人管"),
        ("现在倒没打", "no", ""),
        ("没有 就是可怜", "no", "就是可怜"),
    ],
)
def test_a_yes_or_no_may_have_more_behind_it(said: str, kind: str, rest: str) -> None:
    found = replies.lead(said)
    assert found is not None
    assert (found.kind, found.rest) == (kind, rest)


@pytest.mark.parametrize(
    "said", ["没有 大人管", "没有大人", "行李都扔出来了", "好几天了", "是他爸打的", "孩子没饭吃", ""]
)
def test_what_tells_of_a_child_is_no_yes_or_no(said: str) -> None:
    assert replies.lead(said) is None


@pytest.mark.parametrize("said", ["昨天说了他一顿", "刚才打的", "问了也不说", "他听不懂话", "别打我", "孩子没了"])
def test_what_tells_something_is_not_empty(said: str) -> None:
    assert not replies.is_empty(said)


@pytest.mark.parametrize(
    "said", ["多久了", "他爸天天打人", "孩子叫什么不知道", "照片上有伤", "没人管", "两年了", "要钱不给"]
)
def test_what_tells_something_is_no_question_to_us(said: str) -> None:
    assert replies.question(said) is None


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("邻居家孩子在张屯", ("张屯",)),
        ("响水镇中心小学三楼", ("中心小学三楼",)),
        ("响水镇六家子村", ("六家子村",)),
        ("村里人都说", ()),
        ("二年级学生", ()),
        ("农村孩子", ()),
    ],
)
def test_a_finer_place_is_found_in_the_persons_own_words(said: str, places: tuple[str, ...]) -> None:
    assert spots(said) == places


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    replies.lead(text)
    named_field.read(text)
    replies.taken_back(text)
    assert replies.question(text) is None or isinstance(replies.question(text), str)
    assert isinstance(replies.is_empty(text) or replies.gives_up(text) or replies.goes_on(text), bool)
    spots(text)


@pytest.mark.parametrize(
    ("said", "talk"),
    [("那接着说委托那个事吧", "entrusted"), ("接着测", "eligibility"), ("继续登记", "visit"), ("接着整", None)],
)
def test_the_talk_somebody_comes_back_to_is_named(said: str, talk: str | None) -> None:
    assert replies.talk_named(said) == talk
