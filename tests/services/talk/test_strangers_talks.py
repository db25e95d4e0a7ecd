"""What talks written by strangers taught: in their own words, each with what they needed to hear."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reading import danger
from bot.reading.entrusted import wishes
from bot.reading.families import check_handing, family, family_answers, grades
from bot.reading.persons import kin
from bot.reading.reports import asides
from bot.reading.talk import question_forms, replies
from bot.reading.visits import visit_hours, visiting
from bot.reading.where import places
from bot.services.contact import plans as contact_plans
from bot.services.talk import doors
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.talking import STORY, answers_of, asked_for, filed, last

TODAY = homes.BORN.replace(year=2026, month=11, day=24)
ONE_BREATH = "我跟媳妇都在大连打工走八个月了，闺女十岁在梨树老家跟爷奶，算留守不"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    "said", ["哎呀不好！孩子碰翻开水了，烫着了哇哇哭", "孩子被开水烫了胳膊起泡", "孩子烫着了嗷嗷哭"]
)
def test_a_scald_is_answered_at_once_also_in_the_middle_of_a_self_check(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, "问一下，孙子能不能评上困境儿童")
    assert world.say(talk, said)[0] == "danger.injury"
    assert "120" in "".join(one.text for one in world.said(talk))


def test_a_scald_long_healed_is_no_emergency() -> None:
    assert danger.read("去年孩子烫伤过，早好了").level != "emergency"


@pytest.mark.parametrize(
    "said",
    [
        "五岁，我儿子前年车祸没了，儿媳妇在家，腿有残",
        "地保办没办我不知道，都是他爸整的",
        "家里就种那点地，孩子上学倒没耽误",
        "她头前在老家给我姐伺候月子来着，完事才过来的",
        "农村户口，家里就孩子、他妈、我和老伴",
    ],
)
def test_who_tells_of_the_family_in_a_self_check_is_not_asked_about_danger(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, "我孙子算不算困境儿童")
    assert "report.danger_doubt" not in world.say(talk, said)
    assert world.flow(talk) == "eligibility"


def test_of_two_parents_only_the_one_named_is_corrected(world: World) -> None:
    told = {"mother_away_months": 8, "father_away_months": 8}
    fixed = family_answers.corrected("等会儿，媳妇不是八个月，她才走四个月", told, TODAY, kin.FATHER)
    assert fixed == {"mother_away_months": 4}
    talk = world.citizen()
    world.say(talk, ONE_BREATH)
    assert world.say(talk, "等会儿，媳妇不是八个月，她才走四个月")[0] == "eligibility.corrected"
    assert world.say(talk, "那现在到底算不算")[0] == "eligibility.so_far"
    said = "\n".join(one.text for one in world.said(talk)[-2:])
    assert "连续6个月以上" in said
    assert "再过2个月" in said


def test_a_few_days_at_home_interrupt_nothing_and_it_is_said(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ONE_BREATH)
    assert world.say(talk, "五一回去待了三天，这不影响吧")[0] == "eligibility.visit_counts"


def test_what_parents_owe_meanwhile_is_told_in_the_check_and_after_it(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ONE_BREATH)
    assert world.say(talk, "行吧，再等俩月我再来问") == ["eligibility.comes_back"]
    assert world.say(talk, "那这俩月我们有啥得做的不")[0] == "eligibility.duties"
    assert world.say(talk, "明白了，谢谢") == ["eligibility.so_far", "eligibility.where_to_go", "eligibility.stopped"]
    assert world.say(world.citizen(), "那这俩月我们有啥得做的不") == ["eligibility.duties"]


def test_what_a_grandmother_does_not_know_stays_unknown_and_is_never_no() -> None:
    assert family_answers.not_known("地保办没办我不知道，都是他爸整的") == ("household_assistance",)
    disability = family_answers.not_known("他妈有没有残疾啥的我哪知道，嫁过来就两年")
    assert disability is not None
    assert set(disability) == {f"mother_disab_{one}" for one in grades.KINDS}
    assert family_answers.not_known("法院那些个我不懂，没弄过") == ()
    assert family_answers.not_known("孩子没啥病，就是爱感冒") is None
    assert "mother_disab_physical" not in family.read("他妈有没有残疾啥的我哪知道", TODAY).facts


def test_a_check_is_handed_over_with_the_place_said_in_the_same_breath(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我孙子七岁，跟我过，他爸在广东打工，他妈跑了四五年没信儿了，算不算留守儿童")
    said = "行，让村里儿童主任来一趟吧，通榆县边昭镇五井子村"
    assert check_handing.hands_over(said)
    world.say(talk, said)
    assert "五井子村" in "".join(one.text for one in world.said(talk)[-4:])
    assert world.flow(talk) is None


def test_a_child_that_lives_with_its_uncle_is_heard_as_a_child_and_asked_no_forms(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我住我大伯家 他喝多了就拿皮带抽我") == ["report.danger_doubt.child"]
    assert "danger.child" in world.say(talk, "今天又打了 胳膊肿了 疼")
    world.say(talk, "长白县马鹿沟镇果园村")
    assert world.say(talk, "我奶奶在后院住 我跟她好")[0] == "report.trusted.child"
    assert world.say(talk, "我是不是做错啥了 他老说我白吃饭") == ["report.no_fault.child"]
    assert answers_of(world, talk).facts["reporter_type"] == "child_self"


def test_the_county_told_before_a_slip_belongs_to_the_place_put_right() -> None:
    said = "农安县合隆镇陈家屯，不对，是陈家店村"
    assert places.corrected(said, replies.taken_back(said)) == "农安县合隆镇陈家店村"
    assert places.corrected("陈家屯，不对，是陈家店村", "陈家店村") == "陈家店村"
    assert places.corrected(said, None) is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我报了要是没那么严重，不会找我后账吧？", "report.worry.good_faith"),
        ("现在孩子还在学校，四点放学他后爸来接", "report.tonight.fetched"),
        ("行，我这就打110，你先等我", "report.calls_now"),
    ],
)
def test_what_weighs_on_a_teller_is_answered_in_the_middle_of_the_report(world: World, said: str, key: str) -> None:
    talk = asked_for(world, "follow_up", STORY)
    assert world.say(talk, said)[0] == key


def test_days_later_what_is_told_after_looking_belongs_to_the_report_and_it_is_taken_back(
    world: World, hands: Hands
) -> None:
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    assert filed(world, talk)
    hands.moment += timedelta(days=2)
    world.tap(talk, "flow:status")
    for said in ("他现在不在家待着了 在镇上洗车行干活呢 加上吧", "好像一个月给他两千 反正没满十六"):
        inbox_id = world.hear(talk, {"text": said})
        with world.work() as work:
            doors.unclear(work, talk, inbox_id, said)
        assert "补充好了" in last(world, talk)
    assert replies.withdraws("听说孩子回学校了 这个能不能撤了")
    assert replies.withdraws("对 撤吧 别折腾人家了")
    assert not replies.withdraws("那撤了你们还会去看看孩子不")


def test_another_weekday_is_taken_in_one_sentence(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert world.say(talk, "礼拜四我夜班，能不能改礼拜二中午喊我") == ["join.changed"]
    plan = homes.plan(world, home, "father")
    assert (plan.weekday, plan.clock) == (2, "12:30")
    assert world.say(talk, "过年能回，还没定哪天，先别跟孩子说死") == ["contact.home.soon"]
    assert plan.voice == contact_plans.PARENT


def test_what_is_left_of_entrusted_care_is_listed_with_both_notices(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "想把闺女放她姥姥家，我和孩子爸过完年去烟台打工")
    assert "entrusted.wish.notices" in world.say(talk, "学校那份告知我昨天交了，村里的还没写")
    assert "entrusted.wish.notices" in world.say(talk, "不对，学校也没交，是我婆婆说要去交")
    assert "entrusted.wish.left" in world.say(talk, "那我还差哪几样没办？")
    left = next(one.text for one in reversed(world.said(talk)) if "还差这些" in one.text)
    assert left.count("还没交") == 2
    assert wishes.hands_over("行，请儿童主任来家吧，礼拜六我在")
    assert not wishes.hands_over("非得儿童主任单独问她一回？")
    assert wishes.read("想托给她二舅，四十五，自己也带俩孩子").carer == "她二舅"


def test_a_door_found_locked_is_an_attempt_and_hours_are_put_right() -> None:
    assert visiting.read("马晓东家锁门没人，白跑一趟", TODAY).outcome == visiting.IN_VAIN
    assert visiting.read("老周家没人", TODAY).outcome == "nobody_home"
    assert visit_hours.corrected("对了不是九点，是八点半到的", "上午九点到十点") == "上午八点半到十点"
    assert visit_hours.corrected("不是三点，是四点", "上午九点到十点") == ""
    assert visiting.read("身体没毛病，没病没灾", TODAY).sections == {"health": "normal"}
    assert visiting.read("困难就是缺个书桌，她奶提的", TODAY).needs == ("困难就是缺个书桌",)


def test_the_form_of_a_question_is_not_seen_where_none_is_asked() -> None:
    assert not question_forms.asks("没参加啥活动，她想学画画")
    assert not question_forms.asks("他现在不在家待着了 在镇上洗车行干活呢")
    assert question_forms.asks("那要是户口在朝阳区 人在二道区上班呢")


def test_anonymity_wanted_is_secrecy_wanted() -> None:
    assert asides.wants_secrecy("那匿名的话行 六楼 靠东那户")
    assert not asides.wants_secrecy("匿名行不行")


def test_who_broke_off_a_standing_report_and_wants_the_code_gets_it(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我楼上那户 孩子老让反锁屋里 白天黑夜哭")
    world.say(talk, "不清楚")
    world.say(talk, "长春二道区八里堡街道 具体小区我不想说")
    assert world.say(talk, "算了算了 我怕惹事 当我没说") == ["report.secret", "report.stays"]
    assert world.say(talk, "给我码") == ["report.receipt"]
    assert "查询码" in last(world, talk)
