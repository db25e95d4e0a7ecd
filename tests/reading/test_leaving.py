"""A parent who is about to leave is heard in whatever words come first; what is so now is no plan of his."""

from __future__ import annotations

import pytest

from bot.reading.entrusted import leaving


@pytest.mark.parametrize(
    "said",
    [
        "下个月我要去韩国打工 孩子没人看",
        "师傅 我下月15号要上韩国打工 孩子没人看 咋整",
        "让我小舅子看着行不",
        "我俩都得出去 孩子放他姑家",
        "想托给老娘",
        "想办委托照护",
        "出国前得办啥手续",
        "村里说我出去打工得办个手续",
        "我跟媳妇过完年都要上浙江进厂了家里老二没人带可咋办呢",
        "我有个事 我要上外地干活 娃没人管",
        "能不能把孩子交给我发小看半年 我俩都出国",
    ],
)
def test_a_parent_who_has_not_left_yet_wants_the_child_looked_after(said: str) -> None:
    assert leaving.wants_care(said)


@pytest.mark.parametrize(
    "said",
    [
        "孩子现在一个人在家没人管 我在韩国回不去",
        "我已经走了三天了 孩子自己在家 他姑答应来还没来",
        "孩子没人看 我在沈阳呢",
        "他爸下个月也走 就剩孩子了 没人照看",
        "邻居家孩子没人管 他爸妈要去打工",
        "爸妈要去打工 让我奶看着我行不",
        "出国前护照得办啥手续",
        "他妈正月十六走的 在沈阳打工",
        "天天自己在街上晃没人管 我要去打工",
    ],
)
def test_what_is_so_now_or_is_told_of_others_is_no_plan_to_leave(said: str) -> None:
    assert not leaving.wants_care(said)
