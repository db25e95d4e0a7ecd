"""Words to us that answer nothing: thanks, that we were heard, fear of us, that nobody is harmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.aftermath import police_told
from bot.reading.contact import weekly
from bot.reading.entrusted import wishes
from bot.reading.families import family_answers
from bot.reading.reports import fitting, reporting, told
from bot.reading.talk import answers, courtesies, replies


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("谢谢", "thanks"),
        ("嗯谢谢啊", "thanks"),
        ("好的知道了谢谢", "thanks"),
        ("谢谢你闺女", "thanks"),
        ("好的", "heard"),
        ("知道了", "heard"),
        ("好 明白了", "heard"),
        ("没有 谢谢", None),
        ("谢谢 我去看看", None),
        ("好", None),
    ],
)
def test_thanks_are_told_from_answers(said: str, kind: str | None) -> None:
    assert courtesies.courtesy(said) == kind


def test_who_sets_right_that_nobody_is_beaten_is_told_from_who_tells_on() -> None:
    assert courtesies.no_harm_meant("这都是打听 不是有孩子挨打 你别误会")
    assert courtesies.no_harm_meant("我不是说挨打")
    assert not courtesies.no_harm_meant("没人打她 她奶也疼她 就是没招")
    assert not courtesies.no_harm_meant("不是有孩子挨打吗")


def test_fear_of_us_and_an_apology_are_heard_and_tell_of_no_harm() -> None:
    assert courtesies.fears_us("我不是坏人 你别报警抓我") == courtesies.CAUGHT
    assert courtesies.fears_us("你们是不是要把孩子给我带走") == courtesies.TAKEN_AWAY
    assert courtesies.fears_us("他要把孩子带走") is None
    assert courtesies.apologises("刚才骂你了 对不住啊")
    assert not courtesies.apologises("妈妈对不起")


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    courtesies.courtesy(text)
    courtesies.no_harm_meant(text)
    courtesies.fears_us(text)
    courtesies.apologises(text)


@pytest.mark.parametrize("said", ["真能匿名啊 那还是报吧", "那还是报吧", "哎 我睡不着 还是报吧", "我还是说吧"])
def test_who_wants_to_go_on_after_all_is_heard_beside_other_words(said: str) -> None:
    assert replies.goes_on(said)


@pytest.mark.parametrize("said", ["那就不报了", "算了不报了", "还是不报了吧", "还是别报了"])
def test_who_stops_does_not_go_on(said: str) -> None:
    assert not replies.goes_on(said)


def test_an_age_beside_the_school_year_is_read_and_put_right() -> None:
    assert told.read("十五 初三 开学到现在一天没去").child_age_years == 15
    assert told.read("十四 属龙的").child_age_years == 14
    assert told.read("腊月十五初三").child_age_years is None
    assert answers.correction("不对 六岁") == (None, "六岁")
    assert answers.correction("不对劲 六岁的孩子总哭") is None


def test_a_place_beside_a_question_is_told_from_the_question() -> None:
    assert fitting.place_beside("乾安县让字镇的 有人能教教我咋管孩子不") == "乾安县让字镇的"
    assert fitting.place_beside("我在延吉，孩子上学能补助多少") == "我在延吉"
    assert fitting.place_beside("延吉归谁管") == ""


def test_police_that_are_only_asked_about_were_not_told() -> None:
    assert police_told.read("报警了没 没呢 我先跟校长说一声行不行") is None
    heard = police_told.read("红石派出所 下午两点十分接的")
    assert heard is not None
    assert (heard.station, heard.timed) == ("红石派出所", True)


def test_nobody_striking_is_no_week_without_a_call_and_a_grandmother_who_came_on_is_one_talked_to() -> None:
    assert weekly.read("也没人打他 就是笑话").items == {}
    assert weekly.read("他姥姥也接了 说挺好").items == {"carer": "yes"}
    assert weekly.read("这周没打电话").items["contact"] == "no"


def test_what_goes_on_and_what_is_denied_asks_nothing() -> None:
    assert not wishes.read("她跟她奶在里屋写作业呢").asks
    assert family_answers.denies_one_by_one("身体没毛病 没残疾 低保没有")
    assert not family_answers.denies_one_by_one("他家有低保没有")


def test_who_sees_badly_or_wants_fewer_words_is_heard() -> None:
    assert replies.question("你 说 慢 一点 简单 说") == "chat.elder"
    assert replies.question("我在路上骑车呢 你说短点") == "chat.elder"
    assert replies.question("这事说简单点就是没人管") is None
    assert replies.question("我先跟校长说一声行不行") == "no_leave"


def test_who_wants_somebody_to_come_is_told_from_who_asks_whether_somebody_comes() -> None:
    assert reporting.wants_visit("行吧 让人来跟我唠唠也行")
    assert not reporting.wants_visit("能让人来看看吗")
