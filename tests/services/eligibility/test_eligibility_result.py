"""What a first indication says and what can be done with it: whole in both languages, on a page, never a verdict."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from bot import texts
from bot.reading.where import places
from bot.services.eligibility import answer
from bot.services.eligibility import page as eligibility_page
from bot.services.eligibility.page import Sheet
from bot.services.tasks import care_tasks
from bot.storage.database import Database
from bot.storage.tables import CareTask
from tests.builders import World
from tests.conftest import Hands
from tests.services.checking import MOST, RESULT, check_of, misquoted, to_the_end, told
from tests.services.families import FAMILIES
from tests.services.talking import last

CARED = "孩子9岁跟奶奶过，奶奶照顾得挺好，我俩在大连打工两年，过年回来几天，算不算留守"
VILLAGE = "公主岭市范家屯镇平洋村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


def _at_its_result(world: World, words: str = CARED, otherwise: str = "没有") -> str:
    talk, _ = told(world, words)
    to_the_end(world, talk, {"可靠的大人": "照顾得好"}, otherwise)
    return talk


def test_the_english_result_says_what_is_missing_who_can_tell_what_to_bring_and_when_to_look_again(
    world: World,
) -> None:
    talk, _ = told(
        world,
        "Does my grandson count? He is 9 and lives with his grandma.",
        "His father went to Korea on June 20, he works there",
    )
    answers = {"reliable adult": "well cared for", "Who are you": "other", "How is the child's mother": "died"}
    result = to_the_end(world, talk, {**answers, "come home": "never"}, otherwise="I don't know")
    assert "On 2026-12-20 the result may change" in result
    assert "can be told by: " in result
    assert "No need to fetch these, the offices can check them: the death record of the mother (the police)" in result
    assert "Where to go: first the child director" in result
    assert "This is not a decision" in result
    assert not re.search("[一-鿿]{12}", re.sub("[^；\\s]*“[^”]*”|《[^》]*》", "", result)), result


def test_only_what_no_office_can_check_is_to_be_brought(world: World) -> None:
    result = last(
        world, _at_its_result(world, "俺孙子八岁 我带着呢 他爸没了 他妈瘫痪在床 家里吃低保 算困境不", "不知道")
    )
    bring = next(line for line in result.splitlines() if line.startswith("带上："))
    held = next(line for line in result.splitlines() if line.startswith("不用您去开"))
    assert "母亲的诊断证明" in bring
    assert not any(word in bring for word in ("死亡证明", "低保", "残疾人证"))
    assert "父亲的死亡证明、户口注销（公安机关）" in held
    assert "低保" in held


def test_who_has_nothing_told_is_sent_for_no_paper(world: World) -> None:
    assert "带上" not in last(world, _at_its_result(world, "我孙子算不算困境儿童", "不知道"))


def test_a_result_names_its_day_the_version_and_the_clauses(world: World) -> None:
    result = last(world, _at_its_result(world))
    assert result.startswith("初步判断（2026年11月23日，规则1.1.0版")
    assert "〔JL-2.1.1〕" in result


def test_after_the_years_of_the_plan_a_result_says_so(world: World, hands: Hands) -> None:
    hands.forward(days=60)
    assert "照写到2026年底的方案" in last(world, _at_its_result(world))


def _handed_over(world: World) -> str:
    best = places.find(VILLAGE).best
    assert best is not None
    world.staff("child_director", best.code)
    talk = _at_its_result(world)
    world.tap(talk, "eligibility.hand=start")
    for said in (VILLAGE, "老王家", "不留"):
        world.say(talk, said)
    assert world.say(talk, "同意") == ["eligibility.handed.child_director"]
    return talk


def _sheet(world: World, talk: str) -> Sheet | None:
    with world.work() as work:
        return eligibility_page.sheet(work, talk)


def test_the_page_stays_for_a_day_after_handing_over_and_the_task_names_the_version(world: World, hands: Hands) -> None:
    talk = _handed_over(world)
    assert world.tap(talk, "eligibility.page=yes") == ["eligibility.page"]
    kept = _sheet(world, talk)
    assert kept is not None
    assert any("9岁" in line for line in kept.told)
    assert any(line.startswith("✔ 初步符合“留守儿童”") for line in kept.result)
    assert "老王家" not in str(kept.as_dict()), "the page holds no name"
    with world.work() as work:
        payload = care_tasks.payload(work, work.session.scalars(select(CareTask)).one())
        assert payload["model_version"] == "1.1.0"
        assert "规则1.1.0版" in payload["result"]
    assert _sheet(world, world.citizen()) is None
    hands.forward(hours=25)
    assert _sheet(world, talk) is None
    assert world.tap(talk, "eligibility.page=yes") == ["chat.expired_button"]


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("如果我们把孩子接到身边呢", "留守儿童：暂不符合（现在是：初步符合）"),
        ("如果孩子满16了呢", "留守儿童：暂不符合（现在是：初步符合）"),
        ("要是我只干了三个月呢", "留守儿童：暂不符合（现在是：初步符合）"),
        ("要是他爸回来不走了呢", "留守儿童：没问到的都没有的话，暂不符合"),
        ("如果我们办了低保呢", "困境儿童·家庭困境：初步符合（现在是：暂不符合）"),
        ("孩子要是得了白血病呢", "困境儿童·自身困境：需进一步核实（现在是：暂不符合）"),
        ("如果他妈失联了呢", "留守儿童：需进一步核实（现在是：初步符合）"),
    ],
)
def test_a_what_if_is_answered_for_this_family_and_the_result_stands(world: World, asked: str, then: str) -> None:
    talk = _at_its_result(world)
    facts = check_of(world, talk).facts
    assert world.say(talk, asked)[-1] == "eligibility.what_if.result"
    assert then in last(world, talk)
    assert [one.value for one in world.said(talk)[-1].choices][:1] == ["eligibility.hand=start"]
    assert check_of(world, talk).facts == facts


def test_danger_at_any_question_comes_first_and_the_very_question_comes_back(world: World) -> None:
    talk, _ = told(world, "我孙子算不算留守儿童")
    for _ in range(MOST):
        asked = world.said(talk)[-1]
        if asked.text.startswith(RESULT):
            break
        facts = check_of(world, talk).facts
        assert world.say(talk, "隔壁正拿刀砍孩子 快来人")[0].startswith("danger."), asked.text
        assert world.flow(talk) == "report"
        world.tap(talk, "report.cancel=yes")
        world.tap(talk, "flow:eligibility")
        assert world.said(talk)[-1].text == asked.text
        assert check_of(world, talk).facts == facts
        world.say(talk, "不知道")
    assert last(world, talk).startswith(RESULT)


def _asked_for_more(world: World) -> str:
    talk, _ = told(world, CARED)
    world.tap(talk, "eligibility.more=yes")
    return talk


def test_after_a_filed_emergency_the_check_is_offered_again_and_goes_on(world: World) -> None:
    talk = _asked_for_more(world)
    asked, facts = last(world, talk), check_of(world, talk).facts
    world.say(talk, "隔壁正拿刀砍孩子 快来人")
    for said in ("现在有", VILLAGE, "不知道", "不知道", "不知道", "不留", "不用", "没错"):
        if any(one.kind == "receipt" for one in world.said(talk)):
            break
        world.say(talk, said)
    assert len(world.reports()) == 1
    assert any("flow:eligibility" in [one.value for one in said.choices] for said in world.said(talk)[-2:])
    world.tap(talk, "flow:eligibility")
    assert last(world, talk) == asked
    assert check_of(world, talk).facts == facts


@pytest.mark.parametrize("said", ["还有几个问题啊", "哪来那么多问题"])
def test_who_is_impatient_hears_how_much_is_left(world: World, said: str) -> None:
    talk = _asked_for_more(world)
    asked, before = check_of(world, talk).fact, len(world.said(talk))
    world.say(talk, said)
    assert re.search("[0-9]+[个句]", "".join(one.text for one in world.said(talk)[before:]))
    assert check_of(world, talk).fact == asked


def test_who_wants_the_result_hears_how_it_stands_and_nothing_of_how_much_is_left(world: World) -> None:
    talk = _asked_for_more(world)
    asked, buttons = check_of(world, talk).fact, world.said(talk)[-1].choices
    assert world.say(talk, "到底算不算") == ["eligibility.so_far", "eligibility.question.still"]
    assert "初步符合：留守儿童" in world.said(talk)[-2].text
    assert check_of(world, talk).fact == asked
    assert {one.value for one in world.said(talk)[-1].choices} <= {one.value for one in buttons}


def test_who_answers_yes_and_names_who_looks_after_the_child_has_no_child_alone(world: World) -> None:
    for words, said in (("我孙子算不算留守儿童", "是啊 他奶带着呢"), ("Is my son left-behind?", "yes grandma is good")):
        talk, _ = told(world, words)
        world.say(talk, said)
        assert check_of(world, talk).facts["lives_without_guardian"] == "no"


def test_what_our_own_texts_quote_is_in_the_clause_word_for_word() -> None:
    ours = [
        key for key in list(texts.keys()) if key.startswith("eligibility.") and not key.startswith("eligibility.quote")
    ]
    quoting = [key for key in ours if "”" in texts.entry(key)["text"]]
    assert [(key, wrong) for key in quoting for wrong in misquoted(texts.entry(key)["text"])] == []
    assert misquoted("“连续5个月以上”〔JL-2.1.2〕") == ["连续5个月以上 〔JL-2.1.2〕"]


@pytest.mark.parametrize(("day", "said"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_the_years_of_the_plan_are_over_from_the_first_day_after_them(day: date, said: bool) -> None:
    later = answer.Indication({"child_age_years": 9}, day).advice()
    assert any("照写到2026年底的方案" in line for line in later) is said


def test_no_text_ever_says_that_a_child_is_recognised(world: World) -> None:
    """认定 is said of what civil affairs does, or in a clause word for word; never of what is found here."""
    theirs = re.compile("“[^”]*”|(?:是否)?认定由民政部门(?:核实后)?决定|不是认定")
    for key in list(texts.keys()):
        if key.startswith(("eligibility.", "staff.care_task.")):
            assert "认定" not in theirs.sub("", texts.entry(key)["text"]), key
            assert not re.search("(?<!初步)(?<!不)符合(?:条件)?了|已经?(?:认定|评上|算上)", texts.entry(key)["text"]), (
                key
            )
    for family in FAMILIES[::7]:
        talk, _ = told(world, *family.said)
        to_the_end(world, talk, dict(family.answers), family.otherwise)
        assert "认定" not in theirs.sub(
            "", "".join(said.text for said in world.said(talk)).replace("以民政部门核定为准", "")
        )


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("啊吧啊吧", "eligibility.result.above.again"),
        ("谢谢啊", "eligibility.result.above"),
        ("给俺打一张呗", "eligibility.page"),
        ("结果呢", "eligibility.result"),
        ("孩子其实17了", "eligibility.result"),
    ],
)
def test_after_the_result_it_is_only_said_again_when_it_is_wished_or_changes(world: World, said: str, key: str) -> None:
    assert world.say(_at_its_result(world), said)[-1] == key


def test_of_a_mother_nobody_can_find_it_is_not_asked_where_she_works(world: World) -> None:
    talk, _ = told(world, "孩子6岁跟奶奶过，奶奶照顾得好，我在山东打工一年多，他妈跑了两年了没音信，没报警，算不算留守")
    to_the_end(world, talk, {"回来过": "过年回来几天"})
    shown = check_of(world, talk).shown
    assert not {f"mother_{kind}" for kind in ("away_status", "away_months", "work_place", "home_stays")} & set(shown)
    world.say(talk, "不对，他妈联系上了，在家呢")
    assert check_of(world, talk).facts["mother_away_status"] == "at_home"


def test_a_business_away_is_for_civil_affairs_to_judge(world: World) -> None:
    result = last(world, _at_its_result(world, "孩子9岁跟奶奶，奶奶照顾得好，他爸妈在沈阳做买卖三年了，算留守吗"))
    assert "在外做买卖算不算外出务工（方案没写）——县级民政部门能说明" in result
    assert "在家还是在外——" not in result
