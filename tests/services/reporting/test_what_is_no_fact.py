"""What asks, wants or fears something is no fact of the matter; an open slot takes a clause of its own kind only."""

from __future__ import annotations

import pytest

from bot.reading.aftermath import police_told
from bot.reading.reports import stopping
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services.drafts import Answers
from bot.services.reporting import absorbing, keeping, putting_right, questions


@pytest.mark.parametrize(
    ("said", "told", "beside"),
    [
        ("他天天打孩子 那吃低保的孩子算不算困境儿童", "他天天打孩子", "那吃低保的孩子算不算困境儿童"),
        ("他天天打孩子 我怕家长来学校闹", "他天天打孩子", "我怕家长来学校闹"),
        ("你们到底有没有人管", None, "你们到底有没有人管"),
    ],
)
def test_what_asks_or_fears_is_no_fact_of_the_matter(said: str, told: str | None, beside: str) -> None:
    answers = Answers()
    keeping.own_words(answers, said, "what")
    assert answers.words_of("what") == ([told] if told else [])
    assert answers.words_of(keeping.BESIDE) == [beside]


def test_a_question_is_no_way_to_reach_anybody() -> None:
    answers = Answers()
    keeping.own_words(answers, "教育局我不知道打哪个电话", "safe_contact")
    assert answers.words == [[keeping.BESIDE, "教育局我不知道打哪个电话"]]
    keeping.own_words(answers, "短信别发 打电话", "safe_contact")
    assert answers.words_of("safe_contact") == ["短信别发 打电话"]


def test_which_child_it_is_is_no_part_of_the_place() -> None:
    answers = Answers()
    keeping.own_words(answers, "孩子叫孙浩宇 八岁 男孩 跟他爸和后妈住 五棵树镇广隆村", "place")
    assert answers.words_of("child_ref") == ["孩子叫孙浩宇 八岁 男孩 跟他爸和后妈住"]
    assert answers.words_of("place") == ["五棵树镇广隆村"]


def test_a_village_told_by_its_bare_name_is_found_once_its_township_is() -> None:
    answers = Answers()
    for said in ("邻居家孩子天天挨打", "我们村叫十三号", "榆树的 弓棚"):
        absorbing.absorb(answers, said, "place" if "榆树" in said else "what")
    village = places.find("榆树市弓棚镇十三号村").best
    assert village is not None
    assert answers.area == village.code


def test_a_station_and_an_hour_alone_tell_of_the_police() -> None:
    told = police_told.read("弓棚派出所吧 两点零几分 号啥时候给我 我明儿个想问问")
    assert told is not None
    assert told.station == "弓棚派出所"
    assert told.timed
    assert police_told.read("弓棚派出所") is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("打听着了 教育局王科长 我两点零八打的", True),
        ("教育局我不知道打哪个电话", False),
        ("教育局要不要报", False),
        ("教育局还没打", False),
    ],
)
def test_the_education_department_was_told_or_is_only_named(said: str, told: bool) -> None:
    assert police_told.education(said) is told


def test_a_flat_put_right_stands_instead_of_the_wrong_one() -> None:
    answers = Answers()
    absorbing.absorb(answers, "榆树市弓棚镇 粮库后院那个红砖楼 3单元", "place")
    assert putting_right.facts(answers, "不对 是2单元 我走岔了 2单元501") == ["2单元501"]
    assert not any("3单元" in said or "走岔" in said for said in answers.words_of("place"))


def test_what_is_not_known_now_takes_no_danger_back() -> None:
    answers = Answers(facts={"danger_now": "yes"})
    questions.store(answers, "danger_now", "unknown")
    assert answers.facts["danger_now"] == "yes"
    questions.store(answers, "danger_now", "no")
    assert answers.facts["danger_now"] == "no"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("密码能换一个不 我媳妇看着了", "code_pin"),
        ("行那查询码给我 校长跟我要我给不给", "code_share"),
        ("那孩子现在搁哪呢 有没有事", "child_now"),
        ("教育局我不知道打哪个电话", "education_phone"),
        ("他爸换了手机号", None),
        ("孩子现在在哪上学", None),
    ],
)
def test_questions_of_the_code_the_child_and_the_office(said: str, key: str | None) -> None:
    assert replies.question(said) == key


def test_who_wants_no_messages_and_who_only_asks() -> None:
    assert replies.contact_wish("别给我发消息了") == "no"
    assert stopping.not_yet("不是 我就问问规定")
    assert not stopping.not_yet("不是 他天天打孩子")
