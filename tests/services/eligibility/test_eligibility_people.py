"""Families as they really tell of themselves in a check of eligibility: nothing asked that was told, nothing lost."""

from __future__ import annotations

import pytest

from bot.reading.families import family_answers
from bot.services import drafts
from bot.services.eligibility.state import load
from bot.services.talk import silence
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.checking import THE_REST, check_of, to_the_end, told
from tests.services.talking import answers_of, asked_now, is_kept, last


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


CARED = "孩子9岁跟奶奶过，奶奶照顾得挺好，我俩在大连打工两年，过年回来几天"
WITH_PARENTS = "一起住在务工的地方"


def checking(world: World, *words: str) -> str:
    """A talk in which a check was begun and these words were said."""
    talk = world.citizen()
    world.say(talk, "孩子算不算留守儿童啊")
    for one in words:
        world.say(talk, one)
    return talk


def asked_to_the_end(world: World, talk: str) -> list[str]:
    """Everything said from here on when every question is answered with 不知道."""
    before = len(world.said(talk))
    for _ in range(25):
        if "初步判断（" in last(world, talk):
            break
        world.say(talk, "不知道")
    return [said.text for said in world.said(talk)[before - 1 :]]


@pytest.mark.parametrize(
    "said",
    [
        "我是她奶奶，孩子跟我过，他爸妈都在大连打工",
        "我是孩子姥姥，孩子我拉扯着呢，闺女女婿都在外地打工",
        "俺是他爷爷，娃俺带着，他爸妈在沈阳打工",
    ],
)
def test_a_grandmother_with_whom_the_child_lives_is_not_asked_whether_it_lives_with_the_parents(
    world: World, said: str
) -> None:
    assert check_of(world, checking(world, said)).facts["child_lives_with_away_parent"] == "no"


def test_nor_is_she_when_she_knows_nothing_else(world: World) -> None:
    talk = checking(world, "我是她奶奶，孩子跟我过，他爸妈都在大连打工")
    assert not any(WITH_PARENTS in text for text in asked_to_the_end(world, talk))


def test_who_left_two_years_ago_are_the_parents_told_of_before(world: World) -> None:
    talk = checking(world, "我是她奶奶，孩子跟我过，他爸妈都在大连打工", "走了两年了")
    facts = check_of(world, talk).facts
    assert (facts["father_away_months"], facts["mother_away_months"]) == (24, 24)


def test_a_correction_that_sends_the_mother_away_as_well_is_read_back_and_her_staying_at_home_no_longer_stands(
    world: World,
) -> None:
    talk = checking(world, "我是孩子爸爸，孩子七岁，我出来打工五个月了，他妈在家照顾", "不是五个月是九个月")
    assert check_of(world, talk).facts["father_away_months"] == 9
    assert "eligibility.corrected" in world.say(talk, "不对 他妈也走了 走了三个月")
    facts = check_of(world, talk).facts
    assert facts["mother_away_months"] == 3
    assert facts.get("mother_away_status") != "at_home"


def test_in_english_the_mother_is_known_and_the_age_is_taken(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "Hello, does my son count as a left-behind child?")
    world.say(talk, "I am his mother, he is 9")
    check = check_of(world, talk)
    assert check.speaker == "mother"
    assert check.facts["child_age_years"] == 9


UNCARED = [
    "孩子妈妈坐牢了，爸爸不知道是谁，孩子没人管没人问，算不算困境儿童？",
    "她妈在监狱呢，没人管没人问，这孩子能不能算事实无人抚养",
    "外孙女她妈判刑了她爸不知道是谁，没人管没人问，能申请困境儿童吗",
    "他爸从来不管孩子，孩子天天挨打，能不能算困境儿童",
]


@pytest.mark.parametrize("said", UNCARED)
def test_a_child_nobody_cares_for_told_in_a_question_of_eligibility_goes_on_with_it_and_a_report_is_only_offered(
    world: World, said: str
) -> None:
    talk = world.citizen()
    keys = world.say(talk, said)
    assert "eligibility.concern" in keys
    assert keys[-1].startswith("eligibility.question")
    assert world.flow(talk) == "eligibility"
    assert world.reports() == []
    assert "eligibility.concern" not in world.say(talk, "没人管没人问啊"), "offered once"
    assert world.flow(talk) == "eligibility"


def test_the_offer_taken_is_a_report_with_what_was_told(world: World) -> None:
    talk = world.citizen()
    world.say(talk, UNCARED[0])
    world.tap(talk, "eligibility.concern=yes")
    assert world.flow(talk) == "report"
    assert is_kept(answers_of(world, talk).words, UNCARED[0])


@pytest.mark.parametrize(
    "said",
    [
        "妈妈坐牢，孩子没人管，一个人在家，已经三天没吃饭了，算困境儿童吗",
        "妈妈坐牢，爸爸不知道是谁，孩子自己在家饿着没人管，算不算困境儿童",
    ],
)
def test_danger_told_in_a_question_of_eligibility_comes_first(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, said)
    assert world.flow(talk) == "report"
    assert asked_now(world, talk) == "danger_now"


def _stopped(world: World) -> str:
    talk = checking(world, "孩子8岁，他爸妈都在大连打工")
    assert world.say(talk, "不测了") == ["eligibility.stopped"]
    assert world.flow(talk) is None
    return talk


def _after(world: World, hands: Hands, days: int) -> None:
    hands.forward(days=days, hours=1)
    with world.work() as work:
        silence.settle(work)


def test_an_unfinished_check_is_gone_after_a_day_without_consent(world: World, hands: Hands) -> None:
    talk = _stopped(world)
    _after(world, hands, 1)
    with world.work() as work:
        assert drafts.current(work, talk, "eligibility") is None


def test_with_consent_it_is_kept_for_seven_days_and_goes_on_where_it_was(world: World, hands: Hands) -> None:
    talk = _stopped(world)
    assert world.tap(talk, "eligibility.keep=yes") == ["eligibility.kept"]
    _after(world, hands, 5)
    world.tap(talk, "flow:eligibility")
    assert check_of(world, talk).facts["child_age_years"] == 8
    _after(world, hands, 6)
    assert check_of(world, talk).facts["child_age_years"] == 8, "seven days after the last word"
    _after(world, hands, 2)
    with world.work() as work:
        assert drafts.current(work, talk, "eligibility") is None


def test_what_was_kept_is_deleted_when_it_is_wished(world: World) -> None:
    talk = _stopped(world)
    world.tap(talk, "eligibility.keep=yes")
    assert world.tap(talk, "eligibility.keep=no") == ["eligibility.gone"]
    with world.work() as work:
        assert drafts.current(work, talk, "eligibility") is None


@pytest.mark.parametrize("words", ["哎呀我得睡觉了 明个再说", "改天接着办", "先这么着吧"])
def test_who_has_to_go_is_let_go_and_may_come_back(words: str, world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我孙子十一了 跟我住 算不算留守", "eligibility")
    assert world.means(talk, words, "eligibility") == ["eligibility.stopped"]
    back = world.means(talk, "接着测算不算留守儿童", "eligibility")
    assert not any("多大" in one.text for one in world.said(talk)[-len(back) :])


def test_who_asks_for_the_child_director_amid_the_questions_is_brought_there(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我孙子十一了 跟我住 算不算留守", "eligibility")
    assert world.means(talk, "那给俺找主任吧", "eligibility")[-1].startswith("eligibility.hand")


def test_a_visit_at_new_year_told_of_both_is_a_visit_and_interrupts_nothing(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "闺女我问问我孙子算不算那个留首儿童")
    world.say(talk, "他爹在天津盖楼 去年正月走的")
    world.say(talk, "他妈也跟着去了 在饭店刷碗")
    assert "eligibility.question.again" not in world.say(talk, "都在天津 中间过年回来待了五天")
    facts = check_of(world, talk).facts
    assert {facts["father_home_stays"], facts["mother_home_stays"]} == {"short_visit"}
    assert not [fact for fact in facts if "return" in fact]
    assert "unknown" not in facts.values()


def test_of_a_father_gone_for_months_nobody_asks_whether_he_is_at_home(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我孙子算不算留守儿童 八岁 跟我过 照顾得挺好")
    world.say(talk, "他爸在天津 去年正月走的")
    assert world.said(talk)[-1].text == "爸爸在外头，是打工，还是做买卖，还是别的事？"
    world.say(talk, "打工")
    assert check_of(world, talk).facts["father_away_status"] == "away_for_work"


def test_a_day_put_right_leaves_what_is_known_of_the_work(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "俺家小孙子够不够留守儿童 跟我住 他爸他妈都搁深圳电子厂")
    world.say(talk, "去年开春走的 二月份吧 过年回来十天又走了")
    world.say(talk, "不对 他爸是前年走的 他妈是去年")
    facts = check_of(world, talk).facts
    assert facts["father_away_months"] > facts["mother_away_months"] >= 6
    assert facts["father_away_status"] == facts["mother_away_status"] == "away_for_work"


def test_a_mother_who_went_along_is_away_as_the_father_is_and_nothing_of_it_is_asked_again(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我孙子十一了 跟我住 他爹在天津盖楼 去年正月走的 算不算留守", "eligibility")
    said = world.means(talk, "他妈也跟着去了 在饭店刷碗", "eligibility")
    assert "eligibility.noted" in said
    with world.work() as work:
        draft = drafts.current(work, talk, "eligibility")
        assert draft is not None
        facts = load(work, draft).facts
    assert [facts[f"mother_{one}"] for one in ("away_status", "work_place", "away_months")] == [
        facts[f"father_{one}"] for one in ("away_status", "work_place", "away_months")
    ]


@pytest.mark.parametrize("words", ["他爸明天再走", "他妈有空再回来", "他爸得上班", "别告诉主任", "不想找主任"])
def test_words_that_only_sound_like_going_or_like_asking_for_people_end_nothing(words: str, world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我孙子十一了 跟我住 算不算留守", "eligibility")
    said = world.means(talk, words, "eligibility")
    assert not [key for key in said if key == "eligibility.stopped" or key.startswith("eligibility.hand")]


@pytest.mark.parametrize(
    "words", ["他妈也去世了", "他妈也跟着去世了", "他妈也走了", "他妈没跟着去", "他妈也跟着去医院了", "他妈也去找过"]
)
def test_who_died_stayed_or_only_went_somewhere_did_not_go_along(words: str) -> None:
    away = {"father_away_status": "away_for_work", "father_away_months": 10, "father_work_place": "cross_county"}
    assert family_answers.went_along(words, away) == {}


def test_who_went_along_keeps_what_was_told_of_them() -> None:
    known = {"father_away_status": "away_for_work", "father_away_months": 10, "mother_away_months": 4}
    assert family_answers.went_along("他妈也跟着去了", known) == {"mother_away_status": "away_for_work"}


def test_what_was_only_touched_on_is_not_asked_where_it_changes_nothing(world: World) -> None:
    talk, _ = told(world, "算不算困境儿童", "孩子17岁了，家里是低保户，听说他妈在韩国打工")
    to_the_end(world, talk, otherwise="不知道")
    assert "mother_work_place" not in check_of(world, talk).shown


@pytest.mark.parametrize("said", ["我不同意", "我觉得不对", "结果不对", "I disagree"])
def test_who_disagrees_in_any_words_is_heard_by_a_person(said: str, world: World) -> None:
    talk, _ = told(world, "孩子9岁跟奶奶过，奶奶照顾得挺好，爸妈都在家，身体都好")
    to_the_end(world, talk)
    assert world.say(talk, said)[-1].startswith("eligibility.hand.")


def test_who_is_not_sure_of_remembering_supposes_nothing(world: World) -> None:
    talk, _ = told(world, "孩子9岁跟奶奶过 他妈在家")
    world.say(talk, "要是没记错的话他爸去长春打工走了二十个月了")
    assert check_of(world, talk).facts["father_away_months"] == 20


@pytest.mark.parametrize("said", ["过年都回来几天", "低保没有", "过年回来几天就走"])
def test_an_answer_that_only_looks_like_a_question_is_told_no_rule(world: World, said: str) -> None:
    talk = checking(world, "孩子9岁跟奶奶过，奶奶照顾得挺好，他爸他妈在沈阳打工两年")
    assert not any(key.startswith("policy") for key in world.means(talk, said, "eligibility"))


@pytest.mark.parametrize(
    "said",
    [
        "他妈走了得有五年了吧电话也打不通",
        "他妈走了五年了，电话打不通",
        "孩子他妈走了有四五年了，人找不着",
        "他妈失联五年了电话也打不通",
    ],
)
def test_a_mother_nobody_has_heard_of_for_years_is_no_child_that_is_missing(world: World, said: str) -> None:
    talk = checking(world, "孩子11岁跟我过，我是他奶奶，他爸没了")
    world.say(talk, said)
    assert world.flow(talk) == "eligibility"
    assert world.reports() == []


@pytest.mark.parametrize("said", ["他妈走了五年了，孩子昨晚也没回来电话打不通", "他妈走了三天了电话打不通"])
def test_a_child_that_did_not_come_home_is_danger_whatever_is_told_of_the_mother(world: World, said: str) -> None:
    talk = checking(world, "孩子11岁跟我过，我是他奶奶，他爸没了")
    assert world.say(talk, said)[0].startswith("danger.")


@pytest.mark.parametrize("said", ["低保怎么申请", "没低保 低保要啥条件啊", "没残疾证 残疾证去哪办"])
def test_an_answer_beside_which_something_is_asked_is_told_the_rule(world: World, said: str) -> None:
    talk = checking(world, "孩子9岁跟奶奶过，奶奶照顾得挺好，他爸他妈在沈阳打工两年")
    assert any(key.startswith("policy") for key in world.means(talk, said, "eligibility"))


def test_who_does_not_know_whether_he_is_away_is_not_asked_where_he_works_or_since_when(world: World) -> None:
    talk, _ = told(world, "我孙子算不算留守儿童")
    result = to_the_end(world, talk, otherwise="不知道")
    shown = check_of(world, talk).shown
    assert "father_away_status" in shown
    assert not [fact for fact in shown if fact.endswith(("_work_place", "_away_months", "_home_stays"))]
    assert "核实、综合研判：留守儿童" in result


def test_a_question_comes_without_an_apology_when_something_else_was_told(world: World) -> None:
    talk = checking(world, CARED)
    world.tap(talk, THE_REST)
    world.say(talk, "今天下雨了")
    assert world.say(talk, "是农村的") == ["eligibility.noted", "eligibility.question"]


def test_words_nobody_could_place_are_read_by_whoever_it_is_handed_to(world: World) -> None:
    talk = checking(world, CARED)
    world.say(talk, "前年有来着 给取了")
    world.tap(talk, "eligibility.hand=start")
    for said in ("公主岭市范家屯镇平洋村", "老王家", "不留"):
        world.say(talk, said)
    assert "前年有来着 给取了" in world.said(talk)[-1].text


def test_of_much_that_is_open_the_first_are_named_and_how_many_more_there_are(world: World) -> None:
    talk, _ = told(world, "我孙子算不算困境儿童")
    assert "　· 还有" in to_the_end(world, talk, otherwise="不知道")
