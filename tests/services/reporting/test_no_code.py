"""Whoever is asked for a code and has none is heard: what they tell goes on as a report, nothing is called wrong."""

from __future__ import annotations

import pytest

from bot.reading.reports import asides
from bot.services.reporting import returning
from bot.services.talk.meaning import Meant
from tests.builders import World

pytestmark = pytest.mark.words

ASKS = Meant("check_report_status", 0.97)


def test_a_child_alone_that_answers_the_question_of_doubt_is_not_asked_for_a_code(world: World) -> None:
    child = world.citizen()
    world.say(child, "我奶住院了 家里就我自己")
    assert not [key for key in world.means(child, "五天了", "report", ASKS) if key.startswith("status.")]
    assert world.flow(child) == "report"


@pytest.mark.parametrize("words", ["有方便面", "我在敦化 大石头镇 民胜村", "人才十三", "我13岁 在家待了5天"])
def test_words_where_a_code_is_awaited_go_back_to_the_open_report(words: str, world: World) -> None:
    child = world.citizen()
    world.say(child, "我奶住院了 家里就我自己")
    world.means(child, "查进度", "status", ASKS)
    assert "reporter.miscopied" not in world.means(child, words, "status")
    assert world.flow(child) == "report"


def test_harm_told_where_a_code_is_awaited_opens_a_report(world: World) -> None:
    somebody = world.citizen()
    world.means(somebody, "我要补充", "supplement")
    assert "reporter.miscopied" not in world.means(somebody, "那孩子前天又没上学 在砖厂搬砖", "supplement")
    assert world.flow(somebody) == "report"


@pytest.mark.parametrize("words", ["码是 AAAAA BBBBB 密码1234", "AAAAA-BBBBB", "你们糊弄鬼呢 码没错啊"])
def test_a_try_at_a_code_stays_where_it_is(words: str, world: World) -> None:
    somebody = world.citizen()
    world.means(somebody, "查进度", "status", ASKS)
    world.means(somebody, words, "status")
    assert world.flow(somebody) == returning.STATUS


def test_a_code_amid_chinese_does_not_make_a_talk_english() -> None:
    assert not asides.latin("码是 AAAAA BBBBB 密码1234")
    assert asides.latin("My neighbour beats his son in 公主岭市范家屯镇")


@pytest.mark.parametrize("words", ["码丢了 找不着了", "手机丢了 码也找不着了", "我把码弄丢了", "查询码找不到了怎么办"])
def test_a_lost_code_is_no_lost_child(words: str, world: World) -> None:
    somebody = world.citizen()
    world.means(somebody, "查进度", "status", ASKS)
    assert world.say(somebody, words) == ["status.lost"]
    child = world.citizen()
    world.means(child, "查进度", "status", ASKS)
    assert world.say(child, "孩子丢了 找不着了")[0].startswith("danger.")
