"""Coming back to a check, disputing it, and what is said plainly in it without naming what it is about."""

from __future__ import annotations

import pytest

from bot.reading.families import assistance, check_return, disputing, retold, said_plainly


@pytest.mark.parametrize(
    ("said", "kind", "rest"),
    [
        ("我回来了 昨天查到哪了", check_return.NAMED, ""),
        ("我是说我那个测算 接着测", check_return.NAMED, ""),
        ("昨天给我侄女查的那个还有吗", check_return.NAMED, ""),
        ("上回没测完 再接着", check_return.NAMED, ""),
        ("接着查 没有残疾", check_return.NAMED, "没有残疾"),
        ("昨天那个 低保批下来了", check_return.BACK, "低保批下来了"),
        ("接着整", check_return.BACK, ""),
    ],
)
def test_who_comes_back_to_a_check_says_so_and_the_rest_is_told(said: str, kind: str, rest: str) -> None:
    assert check_return.read(said) == check_return.Return(kind, rest)


@pytest.mark.parametrize("said", ["昨天报的案查到哪了", "警察说接着查", "查进度", "他昨天去医院查了", "那到底算不算"])
def test_other_matters_are_no_coming_back(said: str) -> None:
    assert check_return.read(said) is None


def test_who_reads_ones_words_is_asked_in_any_order() -> None:
    assert all(map(check_return.asks_who_sees, ["我昨天说的那话 谁能看着", "谁能看到我说的话"]))
    assert not check_return.asks_who_sees("谁能看着孩子")


def test_a_result_is_disputed_by_who_hears_it_not_by_those_he_tells_of() -> None:
    assert all(map(disputing.disputes, ["我不同意", "我不认 再给人看看", "不服这个结果"]))
    assert not any(map(disputing.disputes, ["孩子妈不同意离婚", "俺不认字", "村里不认可"]))
    assert all(map(disputing.asks_why, ["那大的咋不算困境", "凭啥不够格"]))
    assert disputing.goes_back("我问的就是大的 不用再测了")
    assert not disputing.goes_back("小的查查")


def test_a_difficulty_is_told_of_the_child_that_has_the_cause() -> None:
    held = {"child_disability": "cert_held"}
    assert said_plainly.difficulties("说话晚 上学跟不上趟", held) == {"condition_difficulty": "yes"}
    assert said_plainly.difficulties("说话晚 上学跟不上趟", {}) == {}
    assert not any(map(said_plainly.difficulty, ["他爷走道费劲", "学习跟得上", "走路不费劲"]))


def test_a_month_by_itself_is_when_they_left() -> None:
    assert said_plainly.left_in("俩人一块走的 就四月底吧") == "四月底走的"
    assert said_plainly.left_in("四月底回来的") == "四月底回来的"


@pytest.mark.parametrize(
    ("said", "before", "age"),
    [
        ("没有重病 对了我说错了 闺女是十二 属马的 不是十一", "没有重病", 12),
        ("没有过 闺女十二岁 不是十一", "没有过", 12),
        ("说错了 是十二", "", 12),
    ],
)
def test_an_age_is_put_right_behind_an_answer(said: str, before: str, age: int) -> None:
    assert said_plainly.age_put_right(said, 11) == (before, age)


def test_two_ages_that_put_nothing_right_are_none() -> None:
    assert said_plainly.age_put_right("大的十二 小的九岁", 11) is None


def test_a_divorced_parent_alone_is_heard_whatever_stands_between() -> None:
    for said in ("我离婚了一个人带闺女", "我离婚五年了自己拉扯俩闺女", "我离了 自己拉扯孩子"):
        assert retold.brings_up_alone(said), said
        assert retold.parted(said), said
    assert not retold.brings_up_alone("我自己带弟弟")
    assert said_plainly.divorced_parent("我一个人带俩小子 孩子爸跟我离了") == "mother"


def test_what_ails_a_grandparent_is_told_of_nobody_else() -> None:
    assert said_plainly.ails_the_old("脑血栓是大病不 我老伴得的")
    assert not said_plainly.ails_the_old("孩子得的脑瘫")


def test_a_month_is_of_the_year_said_before_it() -> None:
    assert retold.plainly("她爸打去年秋天走的 就十月吧 过年没回来") == "她爸打去年十月走的 过年没回来"


def test_help_that_is_had_is_not_lost_before_a_denial_of_something_else() -> None:
    assert assistance.held(["家里吃低保", "没残疾"]) == "dibao"
    assert assistance.held(["有低保", "停了"]) is None
    assert assistance.held(["想办低保"]) is None


def test_a_place_of_work_and_somebody_who_cares_are_said_shortly() -> None:
    assert said_plainly.at_a_place_of_work("爹妈都在青岛厂子里")
    assert not said_plainly.at_a_place_of_work("孩子在镇上上学")
    assert said_plainly.is_cared_for("跟她爸过 有人照顾")
    assert said_plainly.reads_little("我大字不识几个")
    assert said_plainly.of_birth("正月十六的生日")
