from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.care import contact_data
from bot.reading import danger
from bot.reading.contact import weekly

TOLD = yaml.safe_load(Path(__file__).with_name("weekly_told.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("昨晚视频了娃挺好就是感冒了", {"contact": "yes", "life": "so_so"}),
        ("跟孩子视频了，学习不错，就是心情不太好", {"contact": "yes", "study": "good", "mood": "low"}),
        ("这礼拜太忙了没给孩子打电话，周末再打", {"contact": "no", "later": "yes"}),
        ("打了好几遍没人接", {"contact": "no"}),
        ("好几天没打通，昨晚终于接了", {"contact": "yes"}),
        ("跟奶奶聊过了，孩子吃得好睡得香，放寒假呢", {"carer": "yes", "life": "good", "study": "holiday"}),
        ("没跟奶奶说上话", {"carer": "no"}),
        ("想请儿童主任聊聊", {"concern": "talk"}),
        ("停止", {"stop": "yes"}),
        ("别再发了", {"stop": "yes"}),
        ("我想停了别发了", {"stop": "yes"}),
        ("他不太高兴", {"mood": "low"}),
        ("我跟他爸离婚了，他爸不让我见孩子，我一个月没见着了", {"contact": "no", "access": "no"}),
        ("昨晚跟娃视频了 挺好 就是有点咳嗽 他奶奶说血压高", {"contact": "yes", "carer": "yes", "life": "so_so"}),
        ("跟儿子视频了", {"contact": "yes"}),
        ("给他妈打电话了，孩子也接了", {"contact": "yes"}),
        ("视频的 昨晚上 跟我婆婆也唠了", {"contact": "yes", "carer": "yes"}),
        ("身体挺好 吃的也行 就是学习不咋地", {"life": "good", "study": "bad"}),
        ("老说不想去学校 班里有人笑话他没爹", {"study": "bad", "mood": "low"}),
        ("吃的住的都行 就是学习完犊子了 期中考了四十多分", {"life": "good", "study": "bad"}),
        ("吃穿住没毛病 学习凑合", {"life": "good", "study": "so_so"}),
        ("心情看不出来 蔫了吧唧的", {"mood": "unsure"}),
        ("看不出来他高兴不高兴", {"mood": "unsure"}),
        ("心情不知道 没咋吱声", {"mood": "unsure"}),
        ("他说不好吃", {}),
        ("学习完犊子了", {"study": "bad"}),
        ("吃住都挺好的 学习我也说不上来", {"life": "good", "study": "unsure"}),
        ("他高不高兴我哪知道啊 隔着屏幕", {"mood": "unsure"}),
    ],
)
def test_one_breath_fills_the_items_it_tells_and_no_others(text: str, items: dict[str, str]) -> None:
    found = weekly.read(text).items
    assert {key: found[key] for key in items} == items
    assert not {"contact", "carer", "life", "study", "mood"} & (found.keys() - items.keys())


@pytest.mark.parametrize("text", TOLD["no_call_yet"])
def test_a_call_to_come_or_asked_about_is_no_contact_yet(text: str) -> None:
    assert weekly.read(text).items.get("contact") != "yes"


@pytest.mark.parametrize("text", TOLD["called"])
def test_a_call_that_was_made_is_contact_however_it_is_told(text: str) -> None:
    assert weekly.read(text).items.get("contact") == "yes"


@pytest.mark.parametrize("text", ["晚上视频", "马上给孩子打电话", "这就给他拨过去 一会儿打视频", "该给孩子打电话了"])
def test_a_call_to_come_is_heard_as_later(text: str) -> None:
    assert weekly.read(text).items.get("later") == "yes"


@pytest.mark.parametrize("text", TOLD["wants_no_more"])
def test_who_wants_no_more_messages_is_understood_in_his_own_words(text: str) -> None:
    assert weekly.read(text).items.get("stop") == "yes"


@pytest.mark.parametrize("text", TOLD["tells_of_a_stop"])
def test_other_things_that_stop_end_no_messages(text: str) -> None:
    assert "stop" not in weekly.read(text).items


@pytest.mark.parametrize("text", ["孩子他爸这周打电话了吗", "孩子心情好吗", "他爸昨晚打电话了"])
def test_a_question_and_what_the_other_parent_did_are_no_answers_of_ones_own(text: str) -> None:
    assert not {"contact", "mood"} & weekly.read(text).items.keys()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("孩子他爸这周打电话了吗", True),
        ("他妈现在住哪", True),
        ("他爸打电话了", False),
        ("跟他妈说一声孩子感冒了", False),
    ],
)
def test_asking_about_the_other_parent_is_known(text: str, asks: bool) -> None:
    assert weekly.asks_about_other(text) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [("我家孩子最近咋样", True), ("俺家娃最近咋样啊？", True), ("孩子怎么样了", True), ("孩子怎么样算留守", False)],
)
def test_asking_how_the_own_child_is_is_heard_without_a_classifier(text: str, asks: bool) -> None:
    assert weekly.asks_about_child(text) is asks


def test_how_the_child_is_as_a_whole_is_kept_apart_from_what_was_said_of_one_thing() -> None:
    found = weekly.read("昨晚视频了娃挺好就是感冒了")
    assert (found.general, found.items["life"], "mood" in found.items) == ("good", "so_so", False)


@pytest.mark.parametrize(
    ("text", "calls"),
    [("他爸一个多月没打电话了", "long"), ("他爸这周没打电话", "no"), ("爸爸每周打电话", "yes"), ("奶奶做饭好吃", None)],
)
def test_what_carer_and_child_say_of_the_calls(text: str, calls: str | None) -> None:
    assert weekly.read(text).items.get("calls") == calls


@pytest.mark.parametrize(
    ("text", "signal", "level"),
    [
        ("孩子半个多月一直不高兴", "low_two_weeks", "soon"),
        ("孩子整夜睡不着", "sleepless", "soon"),
        ("孩子突然不说话了", "withdrawn", "soon"),
        ("他好几天没上学，说不想上学", "not_at_school", "soon"),
        ("在学校被同学欺负", "bullied", "soon"),
        ("孩子想爸妈", "misses_parents", "routine"),
        ("孩子天天玩手机", "phone_habit", "routine"),
        ("我管不了了", "carer_overwhelmed", "carer"),
        ("我身子骨不行了", "carer_unwell", "carer"),
        ("气得我真想打他", "carer_may_hit", "check"),
        ("打他两下行不行", "carer_may_hit", "check"),
    ],
)
def test_a_signal_in_words_has_the_level_the_policy_gives_it(text: str, signal: str, level: str) -> None:
    assert signal in weekly.read(text).signals
    assert contact_data.signal(signal).level == level


@pytest.mark.parametrize("text", ["没有被同学欺负", "孩子不哭了", "没有不上学"])
def test_a_denied_signal_is_none(text: str) -> None:
    assert not weekly.read(text).signals


@pytest.mark.parametrize("text", ["不想活了", "不想活了，作业太多", "我想死", "割手腕了"])
def test_urgent_words_are_the_first_readers_and_stand_before_every_signal(text: str) -> None:
    assert danger.read(text).level == "emergency"


def test_every_signal_of_the_lexicon_has_a_level_and_every_level_an_action() -> None:
    found = {weekly_id for weekly_id in weekly.signal_ids()}
    assert found == set(contact_data.signals())


@given(st.text(alphabet="没不打电话视频聊了过孩子奶奶好一周接通心情低 ，。", max_size=40))
def test_any_text_is_read_and_every_value_is_one_of_the_lexicon(text: str) -> None:
    found = weekly.read(text)
    assert set(found.items) <= {"contact", "carer", "life", "study", "mood", "concern", "later", "stop", "calls"}
    assert set(found.signals) <= weekly.signal_ids()


@pytest.mark.parametrize(
    ("text", "soon"),
    [
        ("过年能回去", True),
        ("下个月打算回家。", True),
        ("过年能回去吗", False),
        ("五一不能回家", False),
        ("过年回不去", False),
    ],
)
def test_who_comes_home_soon_says_so_and_does_not_ask(text: str, soon: bool) -> None:
    assert weekly.comes_home(text) is soon
