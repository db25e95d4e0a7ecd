"""What whole talks of people nobody tuned on taught: how each of them comes to an end that helps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reading.contact import weekly
from bot.reading.families import away, checking
from bot.reading.reports import asides, fitting, reporting, told
from bot.reading.talk import replies
from bot.services.talk import by_name
from bot.storage.database import Database
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.talking import STORY, answers_of, asked_for, filed


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def test_a_mother_who_held_back_and_went_aside_to_cry_is_no_danger(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我快让这孩子气疯了 刚才差点动手 真想揍他一顿") == ["report.danger_doubt.urge"]
    assert "report.urge.held" in world.say(talk, "没打 我就是说说 我自己躲厕所哭呢")
    answers = answers_of(world, talk)
    assert answers.facts["danger_now"] == "no"
    assert "suspect_with_child_now" not in answers.facts.get("signs", ())


def test_who_hides_from_another_stays_in_danger_though_he_was_angry_before(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "真想揍他一顿")
    assert world.say(talk, "没打 他爸喝多了拿刀砸门 我躲厕所呢")[0].startswith("danger.")
    assert world.say(world.citizen(), "我自己躲厕所哭呢")[0].startswith("danger.")


def test_the_place_put_right_is_the_place_of_the_report_in_another_township_too(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我要举报 有个小孩没人管 满大街要饭")
    world.say(talk, "就在扶余新万发镇合成村那嘎达")
    assert world.say(talk, "说错了 不是合成村 是更新乡房身地村")[0] == "report.corrected.told"
    answers = answers_of(world, talk)
    assert answers.area == "220781204211"
    assert not any("新万发镇更新乡" in said for _, said in answers.words)


def test_a_pronoun_is_not_put_right_throughout_what_was_told() -> None:
    assert reporting.not_but("不是她 是我儿子 打错字了") is None
    assert reporting.not_but("不是初一二班 是初一三班 打错字了") == ("初一二班", "初一三班")


@pytest.mark.parametrize("said", ["从去年冬天开始的吧", "天天都能看见 有俩月了"])
def test_since_when_it_goes_on_is_not_who_somebody_is(said: str) -> None:
    assert fitting.target("reporter_type", said) == "when"
    assert fitting.target("reporter_type", "以前的邻居") == "reporter_type"


def test_a_child_that_tells_its_age_at_the_question_where_has_told_its_age(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我妈男朋友老是晚上进我屋 摸我 我害怕") == ["report.danger_doubt.child"]
    world.say(talk, "他今天不在 他明天回来")
    assert "report.place_again.child" not in world.say(talk, "十二")
    assert "十二" in answers_of(world, talk).words_of("child_ref")
    world.say(talk, "我在舒兰朝阳镇双兴村")
    assert "report.courtesy.child" in world.say(talk, "嗯 谢谢你")


def test_no_letter_wanted_is_heard_with_no_number_left(world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    world.say(talk, "不用给我回信儿 我不留电话")
    assert answers_of(world, talk).facts["follow_up"] == "no"


def test_an_answer_is_wanted_at_this_number(world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    world.say(talk, "可以给我回复 我这个号就行")
    assert answers_of(world, talk).facts["follow_up"] == "yes"


def test_who_asks_the_next_day_what_became_of_it_hears_how_it_stands_though_the_talk_is_open(
    world: World, hands: Hands
) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁两口子打起来了 孩子让他爹一脚踹墙上了 直抽抽")
    world.say(talk, "农安县伏龙泉镇东升村")
    hands.moment += timedelta(days=1)
    assert "reporter.status" in world.say(talk, "昨天那孩子咋样了")
    assert not reporting.asks_after_it("昨天打的")


def test_police_who_take_the_child_along_raise_no_alarm(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "大人拿刀砍孩子呢")
    world.say(talk, "农安县伏龙泉镇东升村")
    assert world.say(talk, "警察来了 孩子拉走了")[0] == "report.over"
    assert not asides.taken_along_by_help("他爸来了 要把孩子带走了")
    assert not asides.taken_along_by_help("警察来了又走了 孩子让他爸带走了")


def test_the_place_told_with_the_call_to_the_police_is_taken(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "有个小丫头让她爹用皮带抽得满脸血")
    said = world.say(talk, "东辽县甲山乡甲山村二组 孩子叫小美 我已经打110了")
    assert said[0] == "reporter.police_known"
    assert answers_of(world, talk).area == "220422201203"
    assert not any(key.startswith("report.place") for key in said)
    assert replies.later("改天再说")
    assert asides.leaves("谢谢 我先忙了")


def test_a_korean_chinese_grandmother_who_asks_is_led_to_the_check(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孙子 爸妈 都韩国 去了 我 一个人 带")
    world.say(talk, "不是 有人打 没有 我问 他 留守儿童 是不是")
    assert world.flow(talk) == "eligibility"
    assert not world.reports()


def test_a_question_in_the_middle_of_a_check_is_answered_and_not_taken_for_an_answer(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我外孙女九岁 她爸判了八年 她妈改嫁了 能不能评上困境儿童")
    for said, last in (
        ("这个去哪办啊 要带啥不", "eligibility.where_to_go"),
        ("要是我俩来养 手续上是不是得把监护改我名下", "eligibility.question"),
    ):
        heard = world.say(talk, said)
        assert heard[0].startswith("policy."), heard
        assert heard[-1].startswith(last)


def test_who_denies_it_warmly_in_a_check_is_asked_about_no_danger(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我外孙女九岁 她爸判了八年 她妈改嫁了 能不能评上困境儿童")
    assert "report.danger_doubt" not in world.say(talk, "没有没有 没人打她 我们疼还来不及呢")
    assert world.flow(talk) == "eligibility"


def test_once_a_year_is_how_often_and_not_how_long() -> None:
    assert away.lengths("一年打一回电话") == ()
    assert [one.months for one in away.lengths("走了一年回来一次")] == [12]


def test_a_second_child_after_the_receipt_is_a_matter_of_its_own(world: World) -> None:
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    assert filed(world, talk)
    world.say(talk, "另外那个孩子的事还没说呢 爸妈都外出打工 奶奶带 能不能算留守")
    assert world.flow(talk) == "eligibility"


def test_a_father_who_counts_his_calls_has_beaten_nobody(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    heard = world.say(talk, "这礼拜就打了一回 礼拜天打的 孩子不爱说话 问三句答一句")
    assert "report.danger_doubt" not in heard
    assert weekly.read("这礼拜就打了一回 孩子不爱说话").items["contact"] == "yes"
    assert not weekly.counts_calls("这礼拜打了他两回")
    assert "report.danger_doubt" in world.say(world.citizen(), "这礼拜打了孩子两回")


def test_a_worker_whose_child_is_on_no_file_yet_is_not_asked_for_it_without_end(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    world.tap(director, "flow:visit")
    assert "visit.which" not in world.say(director, "下午去了刘思彤家 孩子在家写作业")
    assert world.flow(director) is None


def test_thanks_in_the_middle_of_a_check_are_met_kindly_and_end_nothing(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我外孙女九岁 她爸判了八年 她妈改嫁了 能不能评上困境儿童")
    assert world.say(talk, "谢谢你啊同志") == ["open.thanks", "eligibility.question.still"]
    assert world.flow(talk) == "eligibility"


def test_a_grandmother_who_puts_the_verb_last_is_read(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孙子 六岁 爸妈 都韩国 去了 我 一个人 带 留守儿童 是不是")
    assert world.say(talk, "我 汉字 不太会 说慢一点")[0] == "chat.elder.again"
    assert "eligibility.question.again" not in world.say(talk, "三年 去了")
    assert "eligibility.hand" in "".join(world.say(talk, "村里 有人 来 看看 可以吗"))


def test_who_fears_that_she_is_known_as_the_teller_hears_that_it_is_kept(world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    assert world.say(talk, "她要知道我告的 非得跟我断亲")[0] == "report.secret"
    assert world.say(talk, "这也归你们管吗")[0] == "report.faq.yours"


def test_a_child_that_can_go_to_its_grandmother_in_town_is_told_that_this_is_good(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我妈男朋友老是晚上进我屋 摸我 我害怕")
    world.say(talk, "我在舒兰朝阳镇双兴村")
    assert world.say(talk, "我姥姥在镇上 我能去她家")[0] == "report.trusted.child"
    assert asides.trusted_adult("我姥姥在镇上打工") is None


def test_let_them_come_hands_over_what_was_told_and_wants_an_answer(world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    world.say(talk, "行 叫人来吧 别开警车来就行")
    assert filed(world, talk)
    assert world.report().follow_up


def test_a_child_drawn_out_of_the_water_alive_is_help_that_came(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "有个孩子掉井里了 正捞呢")
    world.say(talk, "集安市财源镇泉眼村五组")
    assert world.say(talk, "捞上来了 人没事")[0] == "report.over.illness"
    assert "over" not in asides.kinds("捞上来了 没气了")


def test_a_father_is_heard_in_what_he_says_beside_the_week(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.say(talk, "这礼拜就打了一回 礼拜天打的")
    assert weekly.read("她奶说挺好 我估摸报喜不报忧").items["carer"] == "yes"
    assert world.say(talk, "能不能让村里王主任去家瞅一眼") == ["contact.help.parent"]
    assert "contact.not_clear" not in world.say(talk, "行吧 那你们费心了")


def test_a_supervisor_who_greets_first_gets_what_was_asked_for(world: World) -> None:
    assert by_name.button("你好 我是督导员 看看我们镇哪个村没走访") == by_name.button("各村逾期情况")
    assert by_name.button("你好") is None


def test_where_to_go_is_answered_in_the_check_with_who_helps_first(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我外孙女九岁 她爸判了八年 她妈改嫁了 能不能评上困境儿童")
    world.say(talk, "这个去哪办啊 要带啥不")
    assert any("先找孩子住的村（社区）儿童主任" in one.text for one in world.said(talk)[-3:])
    assert checking.asks_how_to_apply("要带啥材料不") == "materials"
    assert checking.asks_how_to_apply("他爸去哪了不知道") is None


def test_thanks_while_a_check_is_handed_over_are_no_name_and_do_not_hold_it_up(world: World) -> None:
    world.staff("child_director", VILLAGE)
    talk = world.citizen()
    world.say(talk, "孙子 六岁 爸妈 都韩国 去了 我 一个人 带 榆树市五棵树镇 留守儿童 是不是")
    world.say(talk, "村里 有人 来 看看 可以吗")
    heard = world.say(talk, "谢谢")
    assert "eligibility.hand.contact" not in heard
    assert not any("谢谢" in one.text for one in world.said(talk)[-2:])


def test_who_doubts_what_grandmother_says_has_not_said_that_all_is_well() -> None:
    assert weekly.read("她奶说挺好 我估摸报喜不报忧").general is None
    assert weekly.read("她奶说挺好").general == "good"
    assert weekly.read("嗯我不太放心").items == {"concern": "yes"}
    assert "contact" not in weekly.read("下月换工地了 白天没信号 晚上九点以后再问我").items


def test_a_husband_who_works_away_does_not_neglect_his_child() -> None:
    assert told.read("他爸一年到头不着家 家里地里就我一个人").signs == ()
    assert told.read("我爸整天不着家").signs == ("guardian_not_performing",)


def test_let_it_be_told_is_no_answer_to_who_somebody_is() -> None:
    assert replies.submits("行 那就反映一下吧")


def test_police_who_took_the_man_along_and_who_asks_to_be_kept_out_of_it_are_heard(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "大人拿刀砍孩子呢")
    world.say(talk, "农安县伏龙泉镇东升村")
    assert world.say(talk, "消停了 警察把那男的带走了")[0] == "report.over"
    assert world.say(talk, "他们能查出来是我说的吗")[0] == "report.secret"
    assert replies.question("我得先跟校长说一声才能报吧") == "no_leave"
