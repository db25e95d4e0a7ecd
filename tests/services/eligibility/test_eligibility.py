"""The self-check of eligibility as families talk: in one breath, corrected, not known, interrupted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import Outbox
from tests.builders import World
from tests.services.checking import MOST, RESULT, THE_REST, check_of, to_the_end, told
from tests.services.talking import last

BREATH = "我闺女十二，我在苏州上班一年零一个月了，她妈去韩国打工七个月，孩子跟姥姥在延边老家"
CARED = "孩子9岁跟奶奶过，奶奶照顾得挺好，我俩在大连打工两年，过年回来几天"
AT_HOME = "孩子9岁跟奶奶过，奶奶照顾得挺好，爸妈都在家，身体都好"
VILLAGE = "公主岭市范家屯镇平洋村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; what is kept, handed over and erased is tested on both databases: test_eligibility_kept.py."""
    return sqlite


def test_a_family_told_in_one_breath_is_read_back_and_asked_only_the_rest(world: World) -> None:
    talk, facts = told(world, BREATH)
    assert (facts["father_away_months"], facts["mother_work_place"], facts["child_age_years"]) == (13, "abroad", 12)
    heard = "".join(said.text for said in world.said(talk)[:3])
    assert "13个月" in heard
    assert "国外" in heard
    answers = {"有可靠的大人": "有人管", "回来过吗": "过年回来几天"}
    result = to_the_end(world, talk, answers)
    assert "初步符合“留守儿童”" in result
    assert "父母双方外出务工" in result
    assert "认定" not in result.replace("是否认定由民政部门核实后决定", "").replace("务工时间认定", "")


def test_a_grandmother_who_knows_nothing_is_asked_each_thing_once_and_never_told_no(world: World) -> None:
    talk, _ = told(world, "我孙子算不算留守儿童")
    result = to_the_end(world, talk, otherwise="不知道")
    assert "需要进一步核实" in result
    assert "暂不符合" not in result
    assert "能说明" in result


def test_three_answers_at_once_and_then_a_correction(world: World) -> None:
    talk, facts = told(world, "孩子9岁，他爸在大连打工五个月，他妈在家", "不是五个月是九个月")
    assert facts["father_away_months"] == 9
    assert facts["mother_away_status"] == "at_home"
    assert "9个月" in world.said(talk)[-2].text


def test_english_is_understood_well_enough(world: World) -> None:
    talk, facts = told(
        world,
        "Is my daughter eligible? She is 9 and lives with her grandmother. "
        "I work in Shanghai for 8 months, my husband died",
    )
    assert facts["father_life_status"] == "dead"
    assert facts["mother_away_months"] == 8
    assert "simple English" in world.said(talk)[0].text
    answers = {"reliable adult": "well cared for", "come home": "yes, for some days"}
    assert "✔ Left-behind child (留守儿童)" in to_the_end(world, talk, answers, otherwise="no")


def test_traditional_characters_are_served(world: World) -> None:
    talk, _ = told(world, "我閨女十歲，我在蘇州打工一年，她媽媽在韓國打工兩年，孩子跟奶奶過")
    answers = {"可靠的大人": "有人照顧", "回来过吗": "過年回來幾天"}
    assert "初步符合“留守儿童”" in to_the_end(world, talk, answers, otherwise="沒有")


def test_who_i_am_is_asked_when_it_matters_and_what_was_told_is_read_again(world: World) -> None:
    talk, facts = told(world, "我在外地打工一年了孩子七岁跟奶奶 算留守吗")
    assert "mother_away_months" not in facts
    assert last(world, talk).startswith("您是孩子的什么人")
    world.say(talk, "妈妈")
    assert check_of(world, talk).facts["mother_away_months"] == 12


def test_who_tells_of_the_child_when_asked_who_he_is_is_heard_and_asked_again(world: World) -> None:
    talk, _ = told(world, "我在外地打工一年了孩子七岁 算留守吗")
    assert world.say(talk, "孩子跟他姥姥过呢")[-2:] == ["eligibility.noted", "eligibility.question.still"]
    assert any(one.value.startswith("eligibility.speaker=") for one in world.said(talk)[-1].choices)
    assert check_of(world, talk).speaker != "maternal"
    assert check_of(world, talk).facts["child_lives_with_away_parent"] == "no"
    world.say(talk, "妈妈，我一个人在外头")
    assert check_of(world, talk).facts["mother_away_months"] == 12


def test_the_day_of_birth_said_when_the_age_is_asked_stands_to_the_end(world: World) -> None:
    talk, _ = told(world, "孙子跟我过，我照顾得挺好，他爸他妈在大连打工两年，过年回来几天，算不算留守")
    result = to_the_end(world, talk, {"多大": "2010年3月8号生的"})
    assert check_of(world, talk).facts["child_birth_date"] == "2010-03-08"
    assert "暂不符合“留守儿童”的条件（原因：16岁" in result


def test_a_number_tapped_or_typed_just_below_a_boundary_is_asked_to_the_day(world: World) -> None:
    said = "孩子10岁跟爷爷，爷爷照顾得挺好，他爸他妈都在沈阳打工，一回没回来过，算留守吗"
    for answer in ("5", "eligibility.{p}_away_months=5"):
        talk, _ = told(world, said)
        for _ in range(MOST):
            asked = last(world, talk)
            who = "father" if "父亲" in asked else "mother"
            if "卡在6个月上下" in asked:
                break
            assert not asked.startswith(RESULT)
            if "连续在外多久" in asked:
                world.tap(talk, answer.format(p=who)) if "=" in answer else world.say(talk, answer)
            else:
                world.say(talk, "没有")
        world.say(talk, "5月20号")
        assert check_of(world, talk).facts[f"{'father' if '爸' in asked else 'mother'}_departure_date"] == "2026-05-20"


def test_half_a_year_is_asked_to_the_day_and_the_day_decides(world: World) -> None:
    talk, _ = told(world, "他爸他妈都在沈阳打工半年了，孩子10岁跟爷爷，爷爷照顾得挺好，没回来过")
    result = to_the_end(world, talk, {"哪一天走的": "6月20号"})
    assert "暂不符合“留守儿童”" in result
    assert "2026年12月20日" in result


def test_an_illness_with_a_name_stays_open_until_somebody_confirms_the_catalogue(world: World) -> None:
    talk, facts = told(world, "家里吃低保 孩子七岁得了白血病 跟爸妈住 都在家 照顾得挺好")
    assert facts["child_illness"] == "serious_unconfirmed"
    result = to_the_end(world, talk, {"情况？": "在", "在家还是": "在家", "一个人住": "不是"})
    assert "初步符合“家庭困境·低保" in result
    assert "自身困境·重病儿童" in result
    assert "医院、医保部门" in result


def test_a_child_alone_goes_into_the_report_at_once_and_the_check_is_offered_again(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:eligibility")
    keys = world.tap(talk, "eligibility.lives_without_guardian=yes")
    assert keys[0] == "eligibility.emergency"
    assert world.flow(talk) == "report"
    world.tap(talk, "report.cancel=yes")
    assert "eligibility.come_back" in _keys(world, talk)
    world.tap(talk, "flow:eligibility")
    assert world.flow(talk) == "eligibility"
    assert not last(world, talk).startswith("孩子现在是不是一个人住")


def _keys(world: World, talk: str) -> list[str]:
    with world.work() as work:
        return list(work.session.scalars(select(Outbox.key).where(Outbox.conversation == talk).order_by(Outbox.id)))


def test_danger_told_in_words_interrupts_and_the_answers_stay(world: World) -> None:
    talk, _ = told(world, CARED)
    keys = world.say(talk, "他爸现在正拿棍子往死里打孩子 快来人")
    assert keys[0].startswith("danger.")
    assert world.flow(talk) == "report"
    assert check_of(world, talk).facts["child_age_years"] == 9


@pytest.mark.parametrize("asked_for_more", [False, True])
def test_a_question_what_would_be_changes_nothing(asked_for_more: bool, world: World) -> None:
    talk, facts = told(world, CARED)
    if asked_for_more:
        world.tap(talk, THE_REST)
    keys = world.say(talk, "如果他妈回家不走了呢")
    assert any(key.startswith("eligibility.what_if") for key in keys), keys
    assert check_of(world, talk).facts == facts


def test_what_was_said_can_be_changed_by_the_menu_or_in_words(world: World) -> None:
    talk, _ = told(world, CARED)
    assert world.say(talk, "改一下") == ["eligibility.edit"]
    world.tap(talk, "eligibility.edit=child_age_years")
    world.say(talk, "十岁")
    assert check_of(world, talk).facts["child_age_years"] == 10
    world.say(talk, "改一下")
    world.say(talk, "他妈在家")
    assert check_of(world, talk).facts["mother_away_status"] == "at_home"


def test_what_nobody_understands_is_asked_in_other_words_and_then_left_open_as_it_was_said(world: World) -> None:
    talk, _ = told(world, CARED)
    world.tap(talk, THE_REST)
    assert world.say(talk, "今天下雨了") == ["eligibility.question.again"]
    assert world.say(talk, "明天也下") == ["eligibility.question.differently"]
    assert "household_assistance" not in check_of(world, talk).facts
    assert world.say(talk, "后天还下")[0] == "eligibility.left_open"
    check = check_of(world, talk)
    assert check.facts["household_assistance"] == "unknown"
    assert check.said["household_assistance"] == ["今天下雨了", "明天也下", "后天还下"]


def test_the_menu_opens_it_and_only_buttons_lead_to_the_end(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "你好")
    world.tap(talk, "flow:eligibility")
    for _ in range(MOST):
        said = world.said(talk)[-1]
        if said.text.startswith(RESULT):
            return
        world.tap(talk, _harmless(said.choices))
    raise AssertionError(last(world, talk))


def _harmless(choices: Any) -> str:
    values = [
        choice.value for choice in choices if not choice.value.startswith(("eligibility.edit", "eligibility.stop"))
    ]
    wanted = ("=no", "=none", "=alive", "=at_home", "=6-11", "=9")
    return next((value for value in values if value.endswith(wanted)), values[0])


def test_opened_in_the_middle_of_a_report_the_report_comes_back(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "有个孩子辍学在家放牛")
    world.tap(talk, "flow:eligibility")
    assert world.flow(talk) == "eligibility"
    assert "report.come_back" in world.tap(talk, "eligibility.stop=yes")
    assert world.flow(talk) == "report"


def test_everything_well_is_told_kindly_with_other_help(world: World) -> None:
    talk, _ = told(world, AT_HOME)
    result = to_the_end(world, talk)
    assert "暂不符合" in result
    assert "12345" in result


def test_stopping_says_that_what_was_told_goes(world: World) -> None:
    talk, _ = told(world, CARED)
    world.tap(talk, THE_REST)
    assert world.say(talk, "算了") == ["eligibility.stopped"]
    assert world.flow(talk) is None


def test_after_the_result_nothing_is_left_to_stop(world: World) -> None:
    talk, _ = told(world, CARED)
    assert world.say(talk, "算了") == ["eligibility.done"]
    assert world.flow(talk) is None


def test_a_next_child_begins_from_nothing(world: World) -> None:
    talk, _ = told(world, CARED)
    to_the_end(world, talk)
    world.tap(talk, "eligibility.another=yes")
    assert check_of(world, talk).facts == {}


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("俺孙女八岁 她爸没了 她妈坐牢判了五年 我带着呢", "一方死亡或宣告失踪，另一方服刑"),
        ("父母双亡，孩子九岁，跟爷爷生活，爷爷照顾得挺好", "孤弃儿童"),
        ("他妈跑了三年没音信 报警了有回执 他爸去年去世了 孩子五岁跟姥姥过", "事实无人抚养"),
        ("孩子有残疾证二级 我们家低保 孩子6岁 我和他爸都在家 照顾得挺好", "自身困境·残疾儿童"),
        ("我12岁 我爸妈都在韩国打工三年了 我跟姥姥住 我算留守儿童吗", "留守儿童"),
    ],
)
def test_families_in_different_trouble_are_told_what_fits(world: World, words: str, met: str) -> None:
    talk, _ = told(world, words)
    answers = {"可靠的大人": "有人管", "回来过吗": "过年回来几天", "在家还是": "不知道", "困难吗": "有困难"}
    result = to_the_end(world, talk, answers)
    assert any("初步符合" in line and met in line for line in result.splitlines()), result


def test_a_grandfather_may_ask_though_the_father_cannot_care(world: World) -> None:
    talk, facts = told(world, "家里条件不好，孩子爸瘫痪在床，孩子妈在外省打工一年，孩子7岁我是他爷爷")
    assert world.flow(talk) == "eligibility"
    assert facts["father_illness"] == "serious_unconfirmed"
    assert last(world, talk).startswith("孩子现在是不是一个人住")


def test_what_is_only_doubtful_is_asked_and_not_apologised_for(world: World) -> None:
    talk, _ = told(world, "算不算困境儿童")
    waits = last(world, talk)
    assert world.say(talk, "孩子他妈走了") == ["eligibility.later", "eligibility.question"]
    assert check_of(world, talk).facts == {}
    for _ in range(MOST):
        if last(world, talk) == waits:
            return
        world.say(talk, "不知道")
    raise AssertionError(waits)


def test_who_i_am_said_in_the_middle_is_taken_and_not_apologised_for(world: World) -> None:
    talk, _ = told(world, "算不算留守儿童")
    assert world.say(talk, "我是他奶奶") == ["eligibility.knows_you", "eligibility.question.still"]
    assert check_of(world, talk).speaker == "paternal"


def test_who_i_am_said_in_the_middle_reads_again_what_was_told_of_me(world: World) -> None:
    talk, _ = told(world, "算不算留守儿童", "我在家种地")
    world.say(talk, "我是他妈妈")
    assert check_of(world, talk).facts["mother_away_status"] == "at_home"


def test_an_age_is_said_or_two_taps_away_and_no_wall_of_buttons(world: World) -> None:
    talk, _ = told(world, "算不算留守儿童", "跟奶奶过，照顾得挺好")
    while not last(world, talk).startswith("孩子今年多大"):
        world.say(talk, "有人好好照顾")
    assert len(world.said(talk)[-1].choices) <= 7
    world.tap(talk, "eligibility.ages=6-11")
    world.tap(talk, "eligibility.child_age_years=9")
    assert check_of(world, talk).facts["child_age_years"] == 9


@pytest.mark.parametrize("wrong", ["", "9", "a-b", "90-99"])
def test_a_stage_of_life_nobody_offered_settles_nothing(world: World, wrong: str) -> None:
    talk, _ = told(world, "算不算留守儿童")
    assert world.tap(talk, f"eligibility.ages={wrong}") == ["chat.expired_button"]


def test_of_a_mother_in_prison_it_is_not_asked_whether_she_works_away(world: World) -> None:
    words = "孩子6岁，他妈妈在监狱服刑判了三年，去年进去的，他爸去上海打工八个月了没回来过，我是他姑姑，孩子我带着"
    talk, facts = told(world, "算不算留守儿童", words)
    assert facts["mother_away_status"] == "not_applicable"
    assert "需要进一步核实" in to_the_end(world, talk, {"可靠的大人": "照顾得好好的"})
    world.tap(talk, "eligibility.mother_custody=none")
    assert "mother_away_status" not in check_of(world, talk).facts


def test_an_orphan_is_plainly_no_left_behind_child(world: World) -> None:
    talk, _ = told(world, "我外甥12岁，他爸妈都车祸没了，跟我过，我是他舅舅，能申请啥补助吗")
    result = to_the_end(world, talk, {"可靠的大人": "照顾得好好的"})
    assert "初步符合“监护困境·孤弃儿童”" in result
    assert "核实、综合研判：留守" not in result


def test_what_was_not_known_is_not_asked_again_to_the_day(world: World) -> None:
    talk, _ = told(world, "孩子9岁跟奶奶过，奶奶照顾得挺好，爸妈都在天津打工")
    to_the_end(world, talk, otherwise="不知道")


@pytest.mark.parametrize("said", ["我在家", "我在家种地"])
def test_a_word_about_me_in_an_open_check_is_no_danger(world: World, said: str) -> None:
    talk, _ = told(world, "算不算留守儿童")
    assert "report.danger_doubt" not in world.say(talk, said)


def test_who_writes_english_is_asked_and_answered_in_english_with_the_clause_in_chinese(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "Is my daughter entitled to help? She is 9 and lives with her grandmother, we both work in Korea")
    world.tap(talk, "eligibility.speaker=mother")
    for _ in range(MOST):
        asked = world.said(talk)[-1]
        if asked.text.startswith("First indication"):
            break
        assert asked.text.replace("残疾人证", "").isascii(), asked.text
        assert world.say(
            talk,
            "well cared for" if "reliable adult" in asked.text else "2 years" if "How long" in asked.text else "no",
        )
    assert "✔ Left-behind child (留守儿童)" in asked.text
    assert "不满16周岁" in asked.text
