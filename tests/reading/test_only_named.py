"""Harm that is named and told of no child, beside harm that is told whatever stands around it."""

from __future__ import annotations

import pytest

from bot.reading.reports import only_named, told


@pytest.mark.parametrize(
    "text",
    [
        "一个 我闺女7岁半叫朵朵 上一年级 她爸早离了不管",
        "我要去山东干活 把俩娃放我妈那 她爸早就跟我离了不管",
        "他爸不要孩子 我自己带 现在想去外地上班",
        "我小叔子喝大酒能让他带不",
    ],
)
def test_whoever_cares_or_arranges_it_tells_of_no_neglect_by_naming_the_other(text: str) -> None:
    assert told.read(text).signs == ()


@pytest.mark.parametrize(
    "text",
    [
        "她爸不管 她妈也走了 家里就孩子一个",
        "我孙子他爸不管 他妈跑了 我带不动了",
        "邻居家孩子他爸不管 天天在外头捡破烂",
        "孩子他爸不管 我也养不起了 孩子饿着呢",
        "他爸天天喝大酒打孩子 能让他带不",
        "爹妈都不要她 她一个人住老房子",
    ],
)
def test_neglect_of_a_child_is_told_whatever_stands_around_it(text: str) -> None:
    assert told.read(text).signs


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("老师发现学生疑似被打了应该跟谁报", True),
        ("二姨帮我带孩子天天喝酒打麻将 说她也不听 儿童主任能咋办", True),
        ("我爸打我犯法吗", False),
        ("邻居家打孩子 犯法不 现在还打着呢", False),
        ("要是有人摸我怎么办", False),
        ("孩子脸都紫了咋整啊", False),
        ("他家孩子六岁自己在家住好几天了", False),
    ],
)
def test_what_is_asked_of_everybody_or_of_a_carer_is_told_of_no_child(text: str, asked: bool) -> None:
    assert only_named.only_asked(text, told.read(text).signs) is asked
