"""Talks of people nobody knew, as they go on: what they ask is answered, what they tell is placed."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.reading.aftermath import police_told
from bot.reading.families import family
from bot.reading.measures import codes, lunar
from bot.reading.talk import question_forms, replies
from bot.reading.where import places
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import VILLAGE, World
from tests.services import family as families
from tests.services import on_file
from tests.services.talking import STORY, answers_of, asked_for, asked_now, begun, filed, last, words

TODAY = date(2026, 11, 30)
CHILD_ALONE = "我自己在家 我奶今天让车拉医院去了"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _filed(world: World) -> str:
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    assert filed(world, talk)
    return talk


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我就怕传出去孩子没脸见人，能不能先不报警，等她姑姑来了再说", "report.worry.police"),
        ("那要不要我再问问她到底怎么回事", "report.worry.leave_asking"),
        ("要是查了没啥事，我算不算诬告", "report.worry.good_faith"),
        ("那孩子先搁我这行不行 送回去他还得喝", "report.worry.stay"),
    ],
)
def test_what_who_tells_is_unsure_of_is_answered_in_the_talk_and_after_it(said: str, key: str, world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    assert key in world.say(talk, said)
    assert asked_now(world, talk) == "follow_up"
    assert key in world.say(_filed(world), said)


def test_where_nobody_is_harmed_nobody_is_sent_to_the_police(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    assert "report.worry.police.need" in world.say(talk, "这用不用报警啊")


def test_what_is_told_after_filing_belongs_to_the_report(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "电话你记一个 幺三九 四个零 二二七六") == ["report.added.number.also"]
    assert any("四个零" in said for _, said in words(world))


def test_how_somebody_wants_to_hear_is_changed_also_where_it_was_to_be_withdrawn(world: World) -> None:
    talk = _filed(world)
    world.say(talk, "哎等等，我想撤了，就当我没说行不行")
    assert world.say(talk, "那行吧，别打电话了，以后就在这儿说") == ["withdraw.kept", "report.contact.here"]
    assert world.report().follow_up
    assert world.say(talk, "不用联系我，我自己拿查询码来看") == ["report.contact.no"]


def test_a_correction_stands_in_the_words_it_was_told_with(world: World) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, "姓朴，初一二班")
    assert "report.corrected.told" in world.say(talk, "刚才我记错了，不是初一二班，是初一三班")
    said = answers_of(world, talk).words_of("child_ref")
    assert "姓朴，初一三班" in said
    assert not any("二班" in one for one in said)


@pytest.mark.parametrize("said", ["现在搁俺家炕头上呢 吃了碗面条子 没啥事儿", "炉子我自己添的煤"])
def test_what_is_no_place_is_not_taken_for_one(said: str, world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, said)
    assert answers_of(world, talk).words_of("place") == []


def test_of_two_villages_the_one_that_holds_is_kept(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "榆树五棵树镇")
    world.means(talk, "广隆屯 不对不对 广隆那是我老丈人家 这边叫双井村 住二十来年了", "report")
    assert answers_of(world, talk).area == "220182100"


def test_who_goes_on_telling_is_not_asked_a_second_time_who_he_is(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, "爸妈都在韩国，跟姑姑住")
    assert asked_now(world, talk) != "reporter_type"
    assert answers_of(world, talk).words_of("reporter_type") == []


def test_a_greeting_in_the_middle_uses_up_no_question(world: World) -> None:
    talk = asked_for(world, "when")
    world.say(talk, "你好")
    assert asked_now(world, talk) == "when"


def test_a_child_in_danger_is_stayed_with_until_a_grown_up_is_there(world: World) -> None:
    talk = begun(world, CHILD_ALONE)
    world.say(talk, "汪清县天桥岭镇")
    assert world.say(talk, "我出来了 在外面呢 好冷")[-1].startswith(("report.stay", "after."))
    assert world.say(talk, "我去敲王奶奶家门")[-1].startswith(("report.stay", "after."))
    said = world.say(talk, "她让我进屋了")
    assert said[0] == "report.with_adult"
    assert filed(world, talk)


def test_smoke_of_the_stove_is_fire_and_a_child_goes_out_first(world: World) -> None:
    talk = begun(world, CHILD_ALONE)
    assert "danger.fire.child" in world.say(talk, "炉子我自己添的煤 屋里有点呛")
    assert last(world, talk) != ""


def test_who_only_chats_is_let_go_and_asked_no_county(world: World) -> None:
    talk = begun(world, "我那口子腿脚不听使唤 夜里老喊")
    if world.flow(talk) == "report":
        world.means(talk, "家里暖气不热 打物业不接", "report", Meant("out_of_scope", 0.99))
    assert world.flow(talk) is None
    assert world.reports() == []


def test_an_old_man_who_tells_of_himself_is_no_emergency(world: World) -> None:
    talk = world.citizen()
    assert "report.danger_doubt" not in world.say(talk, "我七十三 儿子闺女都在南方 老伴走了四年")
    assert world.flow(talk) is None
    assert world.say(talk, "一个人过年没意思") == ["chat.lonely"]


def test_what_sounds_odd_twice_running_stays_asked_in_a_self_check(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我孙子算不算留守儿童 三岁半")
    assert "danger.poisoning" in world.say(talk, "哎呀妈呀 他把我降压药整嘴里去了 瓶子空了半瓶")
    assert [one.severity for one in world.reports()] == ["S0"]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我明儿个去他家再套套话咋样", "report.worry.leave_asking"),
        ("她是不是抑郁症啊", "report.worry.illness"),
        ("病历会不会泄露", "report.worry.privacy"),
    ],
)
def test_further_worries_have_their_answer(said: str, key: str, world: World) -> None:
    assert key in world.say(asked_for(world, "follow_up", STORY), said)


def test_the_advice_to_stop_asking_fits_a_boy_as_well_as_a_girl(world: World) -> None:
    talk = asked_for(world, "follow_up", STORY)
    world.say(talk, "我明儿个去他家再套套话咋样")
    advice = next(one.text for one in world.said(talk) if "先别再问了" in one.text)
    assert "她" not in advice


def test_what_the_police_say_is_no_doubt_that_they_were_told() -> None:
    told = police_told.read("打了 花园口派出所 三点五十八 姓赵的警官 让先别让孩子走 他们过来")
    assert told is not None
    assert told.station == "花园口派出所"


def test_who_says_that_it_is_to_go_to_people_has_it_sent(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我孙女算不算留守儿童 长岭太平川的 11岁 跟我过 她爸在大连打工八个月了 她妈没了")
    said = world.say(talk, "行 你给递上去吧 找俺们村儿童主任就行")
    assert said[0] == "eligibility.hand.passed"
    assert said[1].startswith("eligibility.handed")
    assert said[-1] == "eligibility.file", "whether it may stand in the child's file is asked by itself"
    assert world.say(talk, "李桂芬 13843211234")[-1] == "eligibility.file", "how to reach her leaves that question open"
    assert world.say(talk, "可以") == ["eligibility.file.yes"]


def test_whether_ones_own_child_counts_is_answered_by_the_check_and_by_no_rule(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "给我侄女问问 能不能算困境儿童")[0] == "eligibility.begin"


def test_an_age_puts_nothing_right_whatever_the_classifier_takes_it_for(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "给我侄女问问 能不能算困境儿童")
    said = world.means(talk, "9岁 三年级", "eligibility", Meant("correct_previous", 0.94))
    assert "eligibility.edit" not in said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今年是二月二龙抬头那天走的", date(2026, 3, 20)),
        ("去年八月节走的", date(2025, 10, 6)),
        ("正月十五走的", date(2026, 3, 3)),
        ("腊月二十三走的", date(2026, 2, 10)),
        ("二零一五年阳历七月初八", date(2015, 7, 8)),
    ],
)
def test_days_of_the_moon_are_known(said: str, day: date) -> None:
    assert [one for one, _, _ in lunar.named(said, TODAY)] == [day]


def test_the_new_years_of_the_moon_are_right() -> None:
    years = {2020: "01-25", 2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-06", 2029: "02-13"}
    assert {year: f"{lunar.day(year, 1, 1):%m-%d}" for year in years} == years


@pytest.mark.parametrize(("month", "number"), [(1, 1), (5, 5), (8, 15)])
def test_the_feasts_of_the_moon_are_holidays_of_the_state(month: int, number: int) -> None:
    """A second library knows the holidays of the years that were announced."""
    days = [lunar.day(year, month, number) for year in range(2015, 2027)]
    assert [day for day in days if day is None or not chinese_calendar.is_holiday(day)] == []


def test_the_thirtieth_of_a_short_last_month_is_the_day_before_the_new_year() -> None:
    assert lunar.day(2024, 12, 30) == date(2025, 1, 28)


@pytest.mark.parametrize("said", ["他爸没出去打工", "他爸没外出打工", "他爸没去外地打工"])
def test_who_did_not_go_away_to_work_is_at_home(said: str) -> None:
    assert family.read(said, TODAY).facts["father_away_status"] == "at_home"


def test_both_parents_are_meant_where_all_are_at_home() -> None:
    facts = family.read("都在家 没出去打工 我哥在家编筐", TODAY, "other", "father_away_status").facts
    assert (facts["father_away_status"], facts["mother_away_status"]) == ("at_home", "at_home")


@pytest.mark.parametrize(("said", "asks"), [("人在学校上课呢", False), ("我二姐陪着呢", False), ("那奶奶呢", True)])
def test_that_something_goes_on_is_no_question(said: str, asks: bool) -> None:
    assert question_forms.asks(said) == asks


def test_a_township_is_known_whatever_else_its_village_is_called_like() -> None:
    found = places.find("大安市安广镇，哪个社区我想想，铁西社区").best
    assert found is not None
    assert places.full_name(found.code) == "大安市安广镇"


def test_figures_that_are_counted_are_a_number() -> None:
    assert [one.value for one in codes.find("电话你记一个 幺三九 四个零 二二七六")] == ["13900002276"]


@pytest.mark.parametrize("said", ["我想报警", "我已经报警了", "行 我打110", "他说要报警抓我"])
def test_who_calls_the_police_has_no_worry(said: str) -> None:
    assert replies.worry(said) is None


def test_how_often_somebody_comes_home_is_not_how_long_he_is_away() -> None:
    facts = family.read("爸一月份走的 十天半月回来一趟", TODAY).facts
    assert facts["father_away_months"] >= 9


def test_what_is_healthy_is_the_child_unless_a_parents_health_was_asked() -> None:
    facts = family.read("没残没病 能吃能睡", TODAY, "paternal", "mother_away_months").facts
    assert facts.get("child_illness") == "none"
    assert "mother_illness" not in facts


def test_what_is_on_file_of_who_joined_is_not_asked(world: World) -> None:
    home = families.make(world, "father")
    talk = families.join(world, home, "father")
    world.say(talk, "家里没别人 就俩孩子自己在家")
    told = answers_of(world, talk)
    assert told.area == VILLAGE
    assert told.facts["reporter_type"] == "guardian"
    assert told.words_of("child_ref")


def test_a_child_that_only_agrees_gets_its_code(world: World) -> None:
    talk = begun(world, CHILD_ALONE)
    world.say(talk, "汪清县天桥岭镇")
    world.say(talk, "我害怕")
    world.say(talk, "嗯我试试")
    assert filed(world, talk)


@pytest.mark.parametrize("said", ["那个啥 我反应个事儿", "报告", "说个事"])
def test_who_only_says_that_he_has_to_tell_something_is_listened_to(said: str, world: World) -> None:
    talk = begun(world, said)
    assert world.flow(talk) == "report"


def test_who_comes_back_to_what_danger_interrupted_has_the_code_first(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:entrusted")
    world.say(talk, "我下月初去韩国打工 孩子托给我妈")
    world.say(talk, "图们 石岘镇")
    world.say(talk, "孩子没回家！！四点就放学了现在七点半 老师说早走了 我妈楼下都找遍了")
    assert answers_of(world, talk).area == "222402101"
    world.say(talk, "那接着说委托那个事吧 刚才说到我妈了")
    assert filed(world, talk)
    assert world.flow(talk) == "entrusted"


def _visiting(world: World) -> str:
    talk = world.staff("child_director")
    with world.work() as work:
        on_file.child(work, "刘思雨", area=VILLAGE, filed=work.today - timedelta(days=60))
    world.means(talk, "刘思雨家 今天上午九点半到十点一刻 入户去的", "visit")
    return talk


def test_a_visit_is_recorded_in_pieces_and_put_right_afterwards(world: World) -> None:
    talk = _visiting(world)
    for said in ("吃穿有 屋里不冷 就是烟囱有点倒烟", "她奶带着 她妈每周都视频", "身体没啥 上学正常", "活动参加了 挺好"):
        assert "visit.finding" not in world.means(talk, said, "visit")
    assert world.means(talk, "她奶想问问低保能不能办", "visit") == ["visit.voice"]
    world.means(talk, "孩子说想她爸 我单独跟她唠的", "visit")
    assert "visit.saved" in world.means(talk, "紧急情况一条一条都看了 都没有", "visit")
    assert world.say(talk, "时间写错了 是九点半到十点五十") == ["visit.amended"]
    assert world.say(talk, "剩下的晚上再补 我先去下一家") == ["visit.all_saved"]


def test_a_visit_half_told_is_put_aside_whole(world: World) -> None:
    talk = _visiting(world)
    world.means(talk, "吃穿有 就是烟囱有点倒烟", "visit")
    assert world.means(talk, "剩下的晚上再补 我先去下一家", "visit") == ["visit.later"]
    assert world.flow(talk) is None
