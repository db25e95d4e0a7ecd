"""Of which of two children words tell; who is only named beside the child is no other child."""

from __future__ import annotations

import pytest

from bot.reading.families import child_labels, which_child
from bot.reading.families.which_child import FIRST, SECOND
from bot.reading.reports import told


@pytest.mark.parametrize(
    ("said", "own", "other"),
    [
        ("老大10岁老二5岁", "老大10岁", "老二5岁"),
        ("大的10岁 小的5岁 爸妈都在浙江打工", "大的10岁，爸妈都在浙江打工", "小的5岁"),
        ("第二个孩子他爸去年病逝了，妈妈在长春打工", "", "第二个孩子他爸去年病逝了，妈妈在长春打工"),
        ("他妹妹有残疾证", "", "他妹妹有残疾证"),
        ("闺女八岁 小子五岁 都跟我过", "闺女八岁，都跟我过", "小子五岁"),
        ("行那儿子家那小子呢 十五了 爹妈都上长春打工去了", "", "儿子家那小子呢，十五了，爹妈都上长春打工去了"),
        ("还有个大的 小子 九岁 白血病", "", "还有个大的，小子，九岁，白血病"),
    ],
)
def test_words_of_another_child_are_set_apart(said: str, own: str, other: str) -> None:
    both_named = said.startswith(("老大", "大的", "闺女"))
    called = "of_daughter girl" if "儿子家" in said else FIRST
    found = which_child.apart(said, "" if both_named else called, told=not both_named)
    assert (found.own, found.other) == (own, other)


@pytest.mark.parametrize(
    "said",
    [
        *("跟他姐过", "他姐带着他", "他爸是老二", "我家老二5岁算不算留守", "想问我弟弟算不算留守"),
        *("我丫头没病 儿子在外打工", "闺女三十五了在广东", "俩孙子都跟我", "我孙子九岁 我儿子坐牢"),
    ],
)
def test_who_is_only_named_is_no_other_child(said: str) -> None:
    assert which_child.apart(said).own == said


def test_the_child_that_is_asked_about_may_be_the_second() -> None:
    assert which_child.apart("我家老二5岁").called == SECOND


@pytest.mark.parametrize(
    ("said", "quarrel"),
    [("他妈跟他奶吵架孩子看着", True), ("我跟他奶在孩子跟前吵吵过", True), ("爸爸打妈妈 孩子看着", False)],
)
def test_a_quarrel_of_words_with_the_old_people_is_no_violence(said: str, *, quarrel: bool) -> None:
    assert ("witnesses_violence" in told.read(said).signs) is not quarrel


def test_a_child_is_one_by_any_word_that_was_said_of_it() -> None:
    girl = which_child.apart("闺女家那个丫头八岁").called
    assert child_labels.is_one(girl, str(which_child.names("丫头那份呢")))
    assert child_labels.is_one(girl, str(which_child.names("儿子家那小子呢"))) is False
    assert which_child.names("丫头和小子各算啥") is None


def test_children_of_two_houses_share_nothing() -> None:
    assert not which_child.apart("一个是我闺女家的一个是我儿子家的").siblings
    assert not which_child.apart("这两个都不是一个爹妈的").siblings
