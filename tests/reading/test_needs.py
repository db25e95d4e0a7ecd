"""What became of a need is read from plain words; what is still open, asked or told of something else is not."""

from __future__ import annotations

import pytest

from bot.reading.visits import needs


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("低保批下来了", "met"),
        ("棉衣送去了", "met"),
        ("炉子修好了", "met"),
        ("民政说不符合条件", "unmet"),
        ("问过了，没批", "unmet"),
        ("家里说不需要了", "void"),
        ("低保还没批下来", None),
        ("材料交了，等着", None),
        ("批下来了吗", None),
        ("明天送去", None),
        ("今天该走访谁", None),
        ("", None),
    ],
)
def test_what_became_of_a_need(text: str, outcome: str | None) -> None:
    assert needs.became(text) == outcome


@pytest.mark.parametrize("text", ["诉求", "还有哪些诉求没办完", "看看孩子的困难诉求", "我的诉求清单"])
def test_the_list_is_asked_for_by_its_name(text: str) -> None:
    assert needs.asks_for_list(text)


@pytest.mark.parametrize("text", ["他家的诉求是想办低保", "孩子有诉求怎么办理", "", "诉求" * 500])
def test_other_words_with_a_need_in_them_are_not_the_list(text: str) -> None:
    assert not needs.asks_for_list(text)


def test_more_words_are_announced_as_such() -> None:
    assert needs.more("补充：人社局的小刘帮忙办的") == "人社局的小刘帮忙办的"
    assert needs.more("我再补充一下材料") is None
