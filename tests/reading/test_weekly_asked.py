"""What somebody who joined asks in the middle of the week's talk."""

from __future__ import annotations

import pytest

from bot.reading.contact import weekly_asked


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("儿童主任上礼拜说要去俺家 到底去没去啊", weekly_asked.CAME),
        ("那个王主任上门了吗", weekly_asked.CAME),
        ("那不去没人管吗", weekly_asked.NOBODY_COMES),
        ("要是一直不去找谁", weekly_asked.NOBODY_COMES),
        ("她说话算数不 多长时间去一回有规定吗", weekly_asked.HOW_OFTEN),
        ("一年来几趟啊", weekly_asked.HOW_OFTEN),
        ("儿童主任多久去我家看一回", weekly_asked.HOW_OFTEN),
        ("咱村那个管孩子的能不能上我家瞅瞅", weekly_asked.COME),
        ("我今晚上跟她唠点啥好 我嘴笨", weekly_asked.WHAT_TO_SAY),
        ("应该没事了吧", weekly_asked.OVER),
        ("中 你让她给我去个电话 下班六点以后", weekly_asked.CALL_ME),
        ("让王主任打给我吧 晚上", weekly_asked.CALL_ME),
        ("我回头晚上给大的打一个 打完跟你说用不用", weekly_asked.LATER),
        ("对了我换号了 原来那个停了 新的 13943210876", weekly_asked.NEW_NUMBER),
        ("这礼拜我都报了啥 给我看看", weekly_asked.RECORDED),
        ("我这周说啥了 念念", weekly_asked.RECORDED),
        ("给我瞅瞅这周都记了些啥", weekly_asked.RECORDED),
        ("把我说过的念一下", weekly_asked.RECORDED),
        ("这礼拜我答的你给我捋一遍", weekly_asked.RECORDED),
        ("行了今天就唠到这 下周该找我还找我", weekly_asked.STAYS),
        ("不是 我是说先不唠了 提醒该发还发", weekly_asked.STAYS),
        ("今天到这吧 以后接着提醒我", weekly_asked.STAYS),
    ],
)
def test_a_question_in_the_talk_of_the_week_is_known(said: str, kind: str) -> None:
    assert weekly_asked.read(said) == kind


@pytest.mark.parametrize(
    "said",
    [
        "昨晚视频了 挺好",
        "没打电话",
        "孩子挺好的 没事",
        "我妈那头天天唠",
        "孩子没人管",
        "他让我给孩子打电话",
        "跟她说啥都不听",
        "昨晚跟她聊什么都不吱声",
        "我跟他说啥了",
        "停了吧 太烦了",
    ],
)
def test_what_only_tells_of_the_week_asks_nothing(said: str) -> None:
    assert weekly_asked.read(said) is None
