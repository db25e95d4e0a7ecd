"""What a worker says of the register of children, and of the staff page."""

from __future__ import annotations

import pytest

from bot.reading.staff import register


@pytest.mark.parametrize(
    ("said", "files"),
    [("我要建档 王小明 男 2015-03-02", True), ("建档要什么材料，出生证明吗", False), ("建档", False)],
)
def test_a_child_is_put_on_the_register_by_who_tells_it(said: str, files: bool) -> None:
    assert register.files_a_child(said) is files


def test_a_list_is_narrowed_by_what_is_said() -> None:
    assert register.filters("重点的，逾期没走访的") == ["key_focus", "overdue"]
    assert register.filters("我村有哪些孩子") == []
    assert register.of_the_register("我村有哪些孩子")
    assert not register.of_the_register("俺家情况一般")
    assert register.by_month("走访按月看看")


@pytest.mark.parametrize(
    ("said", "parts"), [("查一下小明的档案", ["小明"]), ("帮我查查王小明", ["王小明"]), ("查查", [])]
)
def test_what_may_be_a_name_is_left_of_a_request(said: str, parts: list[str]) -> None:
    assert register.parts_of_names(said) == parts


@pytest.mark.parametrize(
    ("said", "what", "level"),
    [
        ("王小明监护状况改成较好", "level", "good"),
        ("等级变了", "level", None),
        ("王小明搬走了", "place", None),
        ("转学了", "school", None),
        ("换了监护人", "carer", None),
        ("孩子挺好", None, None),
    ],
)
def test_what_changed_and_the_level_told_with_it(said: str, what: str | None, level: str | None) -> None:
    assert register.changed(said) == what
    assert register.level_told(said) == level


def test_a_level_alone_answers_the_question_for_it() -> None:
    assert register.level("一般") == "average"
    assert register.level("不好说") == ""


@pytest.mark.parametrize(("said", "wants"), [("打开网页。", True), ("我的页面吧", True), ("网页打不开", False)])
def test_the_staff_page_is_asked_for(said: str, wants: bool) -> None:
    assert register.asks_for_the_page(said) is wants
