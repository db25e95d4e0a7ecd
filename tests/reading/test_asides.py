"""Beside what is told: the wish that nobody hears of it, and pain that is the writer's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.aftermath import afterwards
from bot.reading.persons import suspects
from bot.reading.reports import asides
from bot.reading.reports.asides import own_pain, wants_secrecy


@pytest.mark.parametrize(
    "text",
    [
        "别告诉我爸",
        "不要告诉我妈妈",
        "求你别跟老师说是我说的",
        "你们会不会说是我举报的",
        "能保密吗",
        "别说是我说的",
        "千万别让他知道",
    ],
)
def test_who_fears_that_somebody_hears_of_it_is_heard(text: str) -> None:
    assert wants_secrecy(text)


@pytest.mark.parametrize(
    "text",
    ["他爸不让他上学", "别打了", "我不知道", "孩子不告诉我", "没人知道他去哪了", "不要紧", "保密单位", "告诉我怎么办"],
)
def test_other_words_are_no_such_wish(text: str) -> None:
    assert not wants_secrecy(text)


@pytest.mark.parametrize(
    "text", ["我想死", "不想活了", "活着没意思 我不想活了", "我割手了", "我给我妈发了信说我不想活了"]
)
def test_pain_of_ones_own(text: str) -> None:
    assert own_pain(text)


@pytest.mark.parametrize("text", ["我同学说她不想活了", "孩子说想死", "我闺女要跳楼", "你好", "他想自杀"])
def test_somebody_elses_pain_or_none(text: str) -> None:
    assert not own_pain(text)


@given(st.text())
def test_no_text_makes_them_fail(text: str) -> None:
    assert wants_secrecy(text) in (True, False)
    assert own_pain(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("快点来", asides.ALARM),
        ("又开始打了", asides.ALARM),
        ("现在还关着呢", asides.ALARM),
        ("他们要走了！", asides.ALARM),
        ("他进来了", asides.RETURNED),
        ("我爸回来了", asides.RETURNED),
        ("有人来吗", asides.COMING),
        ("到底有没有人看", asides.COMING),
        ("你告诉我妈了吗", asides.TOLD),
        ("能不能别让学校知道", asides.TOLD),
        ("我是不是很没用", asides.WORTH),
        ("就是刚才那家…", asides.SAME),
        ("对了 那男的姓赵 在三楼", asides.SAME),
        ("我要反映另一个孩子", asides.ANOTHER),
        ("逗你玩", asides.JOKE),
        ("我是记者", asides.JOURNALIST),
        ("孩子没气了", asides.BREATHLESS),
        ("楼上有人跳楼了", asides.JUMPED),
        ("怕他听见", asides.SILENT),
        ("我在外地打工", asides.FAR),
        ("我一个老太太", asides.GROWN),
    ],
)
def test_what_is_said_beside_is_known(text: str, kind: str) -> None:
    assert kind in asides.kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "邻居孩子总挨打",
        "他要跳楼",
        "我想反映个情况",
        "孩子在学校被同学欺负",
        "他爸在外地打工 一年没回来",
        "不清楚",
        "五年级 姓王",
        "没有再打",
    ],
)
def test_what_only_tells_is_nothing_beside(text: str) -> None:
    assert asides.kinds(text) - {asides.GROWN} == set()


@pytest.mark.parametrize(
    "text", ["跳楼了", "楼上有人跳楼了", "我儿子说不想活了", "老大不咋说话 礼拜一给我发个信儿说活着没意思"]
)
def test_pain_of_somebody_else_is_not_the_writers(text: str) -> None:
    assert not own_pain(text)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("能不能别让村主任知道", ("child_director", "village_committee")),
        ("村主任是他叔，不能让他处理", ("child_director", "village_committee")),
        ("别转给村里", ("child_director", "village_committee")),
        ("不要告诉儿童主任", ("child_director",)),
        ("能不能让儿童主任来看看", ()),
        ("村里没有儿童主任", ()),
    ],
)
def test_who_is_to_be_kept_out_is_heard(text: str, roles: tuple[str, ...]) -> None:
    assert suspects.left_out(text) == roles


@pytest.mark.parametrize(
    ("told", "another"),
    [
        (["这孩子最近不爱说话"], True),
        (["她昨天没来上学", "老师说她哭了"], True),
        (["同学都欺负我"], False),
        (["我同桌总骂我 还抢我东西"], False),
        (["我被他们孤立了"], False),
        (["他们说", "老师说我是废物"], False),
        (["啥都没意思"], False),
    ],
)
def test_who_tells_what_others_do_to_him_speaks_of_himself(told: list[str], another: bool) -> None:
    assert asides.tells_of_another(told) is another


def test_whoever_goes_on_telling_takes_no_leave() -> None:
    assert afterwards.kind("就这些 还有 他们让我每个礼拜给20块钱") != "bye"
    assert afterwards.kind("先这样 第三家梦瑶家敲半天门没人") != "bye"
    assert afterwards.kind("就这些 再见") == "bye"
    assert afterwards.kind("先这样 我去接孩子了") == "bye"
