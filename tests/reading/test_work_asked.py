"""What a worker wants is read by the words of one list; a visit told, a rule or a child's life is none of it."""

from __future__ import annotations

import pytest

from bot.reading.staff import colleagues, work_asked


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("逾期这几户分别是谁的片儿", ["who"]),
        ("直接说名字就行 谁管的", ["who_of"]),
        ("老刘家咋回事 咋一直没走访", ["why"]),
        ("春梅后天替他", ["stand_in"]),
        ("昨天让小丁去的那家 他去了不", ["gone"]),
        ("浩宇他妈上个月改嫁走了", ["news"]),
        ("四季度的台账啥时候交", ["quarter"]),
        ("有没有没人接的", ["reports"]),
        ("受理 明天我自己去看", ["accept"]),
        ("行 这个归我", ["accept_this"]),
        ("能不导个excel不", ["table"]),
        ("数一下这个月没走完的", ["left"]),
        ("还有哪家没跑", ["late"]),
        ("把我昨天的日志整出来我瞅瞅", ["log"]),
        ("主任们的日志给我看看", ["logs"]),
        ("明天去不了 后天吧", ["off"]),
        ("帮我看看老李家啥情况", ["look"]),
        ("佳琪这个让春梅后天替他跑一趟 另外梓涵她爹回来了", ["stand_in", "news"]),
        ("妥了 没事了", ["done"]),
    ],
)
def test_what_is_wanted_is_read_matter_by_matter(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in work_asked.every(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "他为啥没去上学",
        "他爸坐牢了孩子谁管",
        "让孩子去上学",
        "让镇民政办的去办低保",
        "村里有没有没人管的孩子",
        "孩子挺好 吃住都行",
        "重点关注的几天去一回",
    ],
)
def test_words_of_a_child_or_a_rule_want_nothing_of_the_work(text: str) -> None:
    assert work_asked.read(text) is None


def test_colleagues_are_known_by_the_ways_people_call_each_other() -> None:
    for text in ("小丁去没去", "让丁姐去", "丁楠呢", "丁主任那边"):
        assert colleagues.called("丁楠", text) >= 0, text
    assert colleagues.called("丁楠", "老丁家孩子") < 0, "a family is no colleague"
    assert colleagues.ruled_out("赵春梅", "不是春梅 让小丁去")
    assert not colleagues.ruled_out("丁楠", "不是春梅 让小丁去")
    assert colleagues.absent("李国庆", "国庆媳妇生孩子呢 让春梅替他")
    assert not colleagues.absent("赵春梅", "国庆媳妇生孩子呢 让春梅替他")
    assert colleagues.sent("让老周去一趟") == "老周"
    assert colleagues.sent("让村医看看") == ""


def test_a_home_called_by_a_name_is_not_the_one_in_sight() -> None:
    assert work_asked.names_a_home("国庆那户推到礼拜五再去")
    assert not work_asked.names_a_home("那家改后天去")
