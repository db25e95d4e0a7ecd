"""Who comes back another day goes back to what he told; who tells something new does not."""

from __future__ import annotations

import pytest

from bot.reading.reports import going_back


@pytest.mark.parametrize(
    "said",
    [
        "昨天报的那个瘦孩子 今天没来上学",
        "昨晚说的那个孩子今天早上我看见了 脸上青一块",
        "我上回说的那家 昨晚又闹了",
        "您好，昨天报的那个女生，今天没来学校，电话也打不通。",
        "我是昨天那个 今天他又抢我本子了",
        "我报的那个 有人去看了没",
        "前天跟你们反映的那家，孩子胳膊又青了",
        "she is ok today, the girl I told you about",
    ],
)
def test_who_names_what_he_told_goes_back_to_it(said: str) -> None:
    assert going_back.to_told(said)


@pytest.mark.parametrize("said", ["今早那男的又回来了 孩子没去上学", "那孩子今天没来", "对了 那家人今天搬走了"])
def test_somebody_nobody_introduced_is_who_was_told_of(said: str) -> None:
    assert going_back.to_somebody(said)


@pytest.mark.parametrize(
    "said",
    [
        "昨天邻居家孩子挨打了",
        "孩子昨天说的那些话我越想越怕",
        "老师昨天说的那个事我不同意",
        "昨天晚上楼上那家又打孩子",
        "有个孩子没人管",
        "孩子说他爸昨天打他",
        "",
    ],
)
def test_what_is_told_for_the_first_time_goes_back_to_nothing(said: str) -> None:
    assert not going_back.to_told(said)
    assert not going_back.to_somebody(said)
