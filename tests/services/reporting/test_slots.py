"""The questions before filing, in the words of people who tried them: confirming, the recap, questions to us."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.casework import reports
from bot.services.talk.meaning import Meant
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import PLACE, SURE, answers_of, asked_for, asked_now, begun, filed, last

pytestmark = pytest.mark.words

# 1: nothing is filed without its recap being confirmed


def test_a_correction_inside_an_answer_is_no_wish_to_edit_and_the_later_holds(world: World) -> None:
    talk = asked_for(world, "child_ref")
    keys = world.means(talk, "叫小刚 8岁 不对 是9岁", "report", Meant("correct_previous", SURE))
    assert "report.edit" not in keys
    told = answers_of(world, talk)
    assert told.words_of("child_ref") == ["叫小刚 8岁 不对 是9岁"]
    assert told.facts["child_age_years"] == 9


@pytest.mark.parametrize("said", ["可以", "行", "没错", "提交"])
def test_agreeing_at_the_menu_of_what_to_change_files_nothing(world: World, said: str) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert world.say(talk, said) == ["report.confirm.again"]
    assert not filed(world, talk)
    world.say(talk, "可以")
    assert filed(world, talk)


def test_the_menu_in_the_middle_leads_back_to_where_the_talk_was(world: World) -> None:
    talk = asked_for(world, "child_ref")
    assert world.say(talk, "改一下") == ["report.edit"]
    assert world.say(talk, "可以") == ["report.child_ref.again"]
    assert world.reports() == []


def test_after_a_change_the_recap_is_shown_before_anything_is_filed(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    world.tap(talk, "report.edit=when")
    assert world.say(talk, "上个月开始的") == ["report.confirm"]
    assert "上个月开始" in last(world, talk)
    assert not filed(world, talk)


def test_the_button_of_an_older_recap_files_nothing(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert world.tap(talk, "report.confirm=yes") == ["report.confirm.again"]
    assert not filed(world, talk)


def test_a_child_reads_its_own_report_before_it_goes(world: World) -> None:
    talk = begun(world, "我今年十岁 在范家屯镇上学 同学总欺负我")
    world.tap(talk, "report.danger_now=no")
    for _ in range(6):
        asked = asked_now(world, talk)
        if asked == "confirm":
            break
        world.say(talk, "不知道") if asked != "follow_up" else world.tap(talk, "report.follow_up=no")
    assert last(world, talk).startswith("你说的是")
    assert not filed(world, talk)
    world.say(talk, "行")
    assert filed(world, talk)


# 3: natural yes and no


@pytest.mark.parametrize(
    "said", ["行 能快点不", "可以 有消息告诉我", "行交上吧", "随便", "嗯 发吧", "可以，别打家里电话", "行啊 回复我呗"]
)
def test_a_yes_in_more_words_confirms(world: World, said: str) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, said)
    assert filed(world, talk)


@pytest.mark.parametrize("said", ["行啊 回复我呗", "可以 有消息告诉我", "可以,我的联系电话13812345678", "随便"])
def test_a_yes_in_more_words_allows_an_answer(world: World, said: str) -> None:
    talk = asked_for(world, "follow_up")
    assert "report.confirm" in world.say(talk, said)
    assert answers_of(world, talk).facts["follow_up"] == "yes"


def test_how_to_be_reached_is_kept_from_behind_a_yes(world: World) -> None:
    talk = asked_for(world, "follow_up")
    world.say(talk, "可以,我的联系电话13812345678")
    assert "13812345678" in last(world, talk)
    talk = asked_for(world, "confirm")
    world.say(talk, "可以，别打家里电话")
    assert ["safe_contact", "别打家里电话"] in [pair for pair in _words_of_last(world)]


def _words_of_last(world: World) -> list[Any]:
    with world.work() as work:
        words: list[Any] = reports.told_of(work, world.reports()[-1])["words"]
        return words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("没人打，就是没人管", "没人管"),
        ("现在倒没打", None),
        ("暂无即时危险", None),
        ("现在没有危险，没人打她", None),
        ("没有 就是可怜", "就是可怜"),
        ("不是 就是穷", "就是穷"),
    ],
)
def test_a_no_in_more_words_answers_the_danger_question(world: World, said: str, kept: str | None) -> None:
    talk = begun(world)
    keys = world.say(talk, said)
    told = answers_of(world, talk)
    assert told.facts["danger_now"] == "no"
    assert not any(key.startswith("report.danger_now") for key in keys)
    assert kept is None or any(kept in text for text in told.words_of("what"))


def test_no_grown_up_is_no_no(world: World) -> None:
    talk = begun(world)
    world.say(talk, "没有 大人管")
    assert answers_of(world, talk).facts.get("danger_now") != "no"


def test_agreeing_says_nothing_of_danger(world: World) -> None:
    talk = begun(world)
    world.say(talk, "行 能快点不")
    assert "danger_now" not in answers_of(world, talk).facts


def test_more_of_the_matter_behind_a_yes_is_read_back_first(world: World) -> None:
    talk = asked_for(world, "confirm")
    assert world.say(talk, "可以，他爸还总打他") == ["report.first.S1", "report.confirm"]
    assert "补充：他爸还总打他" in last(world, talk)


# 2: the recap


def test_the_recap_shows_all_that_was_told(world: World) -> None:
    talk = asked_for(world, "confirm", "有个孩子辍学在家放牛，在张屯")
    read = last(world, talk)
    for line in (
        "发生了什么：有个孩子辍学",
        f"在哪里：{PLACE}（张屯）",
        "现在有没有危险：没有",
        "哪个孩子：",
        "什么时候：",
    ):
        assert line in read
    assert "您是谁：匿名" in read


def test_a_finer_place_is_read_back_in_the_persons_own_words(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "响水镇中心小学三楼")
    world.tap(talk, "report.place=enough")
    for value in ("when=skip", "child_ref=skip", "reporter_type=skip", "follow_up=no"):
        world.tap(talk, f"report.{value}")
    assert "响水镇" in last(world, talk)
    assert "中心小学三楼" in last(world, talk)


def test_a_long_story_is_cut_in_its_middle_and_says_that_all_is_kept(world: World) -> None:
    story = "有个孩子辍学在家放牛，" + "家里的事说来话长，" * 30 + "最后这句要紧"
    talk = asked_for(world, "confirm", story)
    read = last(world, talk)
    assert "最后这句要紧" in read
    assert f"（共{len(story)}字，已全部记下）" in read


def test_what_is_added_at_the_recap_is_shown_as_an_addition(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=more")
    world.say(talk, "孩子冬天还穿单鞋")
    assert "补充：孩子冬天还穿单鞋" in last(world, talk)


def test_an_urgent_report_is_read_back_after_the_last_question(world: World) -> None:
    talk = begun(world, f"快来人，{PLACE}老王家正拿棍子打孩子呢")
    world.say(talk, "13812345678")
    keys = world.tap(talk, "report.follow_up=yes")
    assert "report.recap.urgent" in keys
    assert "report.receipt" in keys
    assert any(said.text.startswith("已报上去的：") and "平洋村" in said.text for said in world.said(talk))


# 10: nothing told


def test_nothing_told_makes_no_report_and_says_so(world: World, hands: Hands) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:report")
    for _ in range(12):
        if world.flow(talk) is None:
            break
        world.say(talk, "不知道")
    assert world.flow(talk) is None
    said = "".join(one.text for one in world.said(talk))
    assert "没有内容转出去" in said
    assert "应当立即向公安机关报告" not in said
    assert world.reports() == []


def test_the_police_sentence_needs_a_real_sign(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, "说不上来，就是觉得不对劲")
    assert asked_now(world, talk) == "kind"
    assert "report.first.unclear" in world.tap(talk, "report.kind=unclear")
    assert "report.first.unclear" not in world.say(talk, PLACE)


# 5: the menu of what to change


@pytest.mark.parametrize("said", ["刚才", "天天的", "不改啊"])
def test_words_that_correct_nothing_open_no_menu(world: World, said: str) -> None:
    talk = asked_for(world, "when")
    assert "report.edit" not in world.means(talk, said, "report", Meant("correct_previous", SURE))


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ("孩子叫小宝，五岁", "child_ref", "小宝，五岁"),
        ("时间不对 是上个月", "when", "上个月"),
    ],
)
def test_free_words_at_the_menu_choose_the_field_and_replace_it(
    world: World, said: str, field: str, words: str
) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert world.say(talk, said) == ["report.corrected", "report.confirm"]
    assert answers_of(world, talk).words_of(field) == [words]


def test_another_place_told_at_the_menu_replaces_the_place(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert "report.place_finer" in world.say(talk, "在哪里不对 是珲春")
    world.tap(talk, "report.place=enough")
    assert "在哪里：珲春市" in last(world, talk)


def test_a_neighbouring_village_without_a_name_is_asked_about(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert "report.place_again" in world.say(talk, "地方错了，是邻村")


@pytest.mark.parametrize("by_words", [True, False])
def test_a_place_outside_the_province_is_told_once_and_read_back(world: World, by_words: bool) -> None:
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    assert (world.say(talk, "在哪里") if by_words else world.tap(talk, "report.edit=place")) == ["report.place"]
    for _ in range(2):
        keys = world.say(talk, "黑龙江省绥化市北林区")
        assert keys == ["report.place_outside", "report.confirm"]
        assert "在哪里：黑龙江省绥化市北林区（不在吉林省）" in last(world, talk)
        world.tap(talk, "report.edit=place")


# 8: questions to us


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("这要多久", "report.faq.how_long"),
        ("多久有人去", "beside.coming.open"),
        ("我叫什么要说吗", "report.faq.name"),
        ("照片能发吗", "report.faq.photos"),
        ("你们跟公安一伙的吗", "report.faq.police"),
        ("抓人吗", "report.faq.arrest"),
        ("打人违法吗", "policy.answer"),
        ("收费吗", "report.faq.fee"),
        ("怎么处理的", "report.faq.process"),
        ("你咋老问", "report.faq.patience"),
    ],
)
@pytest.mark.parametrize("field", ["when", "follow_up", "danger_now"])
def test_a_question_to_us_is_answered_and_ours_comes_again(world: World, field: str, said: str, key: str) -> None:
    talk = asked_for(world, field)
    assert world.say(talk, said) == [key, f"report.{field}.again"]
    assert field not in answers_of(world, talk).given
