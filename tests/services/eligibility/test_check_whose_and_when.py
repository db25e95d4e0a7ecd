"""In the check a fact is told of whom it was said, since when it was said, and nothing said beside it is lost."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.checking import check_of, told
from tests.services.talking import last

OWN = "我想问问我家孩子算不算困境儿童"
GRANDCHILD = "我想问问我孙子算不算留守儿童"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _said_since(world: World, talk: str, words: str) -> str:
    """All that is answered to these words."""
    before = len(world.said(talk))
    world.say(talk, words)
    return "\n".join(one.text for one in world.said(talk)[before:])


def test_a_grade_told_of_me_is_the_parents_and_asked_whose(world: World) -> None:
    talk, facts = told(world, OWN, "我是肢体三级 有证")
    assert "child_disability" not in facts
    world.tap(talk, "eligibility.speaker=mother")
    assert check_of(world, talk).facts["mother_disab_physical"] == "g3"


def test_a_childs_grade_with_its_certificate_is_the_childs(world: World) -> None:
    _, facts = told(world, OWN, "娃是听力二级 有证")
    assert facts["child_disability"] == "cert_held"
    assert not [one for one in facts if "_disab_" in one]


def test_what_a_mother_tells_of_herself_does_not_make_her_the_father(world: World) -> None:
    talk, _ = told(world, OWN, "我是孩子妈")
    world.say(talk, "不是一个人 跟我过呢 我是肢体三级 有证 孩子爸爸24年判了四年在里头呢 我俩离婚两年多了")
    check = check_of(world, talk)
    assert check.speaker == "mother"
    assert check.facts["mother_disab_physical"] == "g3"
    assert check.facts["father_custody"] == "imprisoned"
    assert check.facts["lives_without_guardian"] == "no"
    assert not {"child_disability", "father_disab_physical", "father_disab_visual"} & set(check.facts)


def test_a_mother_who_writes_is_never_asked_whether_she_lives(world: World) -> None:
    talk, _ = told(world, OWN, "我是孩子妈 跟我过", "照顾得挺好", "10岁", "他爸在家")
    for _ in range(12):
        assert "母亲现在是什么情况" not in last(world, talk)
        world.say(talk, "不清楚")


def test_it_was_not_said_of_the_child_leaves_the_child_unknown(world: World) -> None:
    talk, facts = told(world, OWN, "我是孩子妈 孩子有残疾证")
    assert facts["child_disability"] == "cert_held"
    answer = _said_since(world, talk, "不对 是我残疾 不是孩子")
    assert "说的不是孩子" in answer
    assert "child_disability" not in check_of(world, talk).facts


def test_a_grandmother_of_67_alone_with_the_child_is_a_grown_up(world: World) -> None:
    _, facts = told(world, GRANDCHILD, "就我俩过 我67了")
    assert facts["lives_without_guardian"] == "no"


def test_what_a_grandmother_earns_does_not_ask_her_who_she_is_again(world: World) -> None:
    talk, _ = told(world, OWN, "跟我过 我是他奶奶")
    answer = _said_since(world, talk, "我卖菜一个月两千来块 还借了八万块钱")
    assert "您是孩子的什么人" not in answer
    assert "另外说到：我卖菜一个月两千来块；还借了八万块钱" in answer


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("他妈正月十六走的 在沈阳打工 一礼拜来一回电话", {"mother_departure_date": "2026-03-04"}),
        ("他爸去年三月去的苏州 八月节回来过 待了三天", {"father_away_months": 19, "father_home_stays": "short_visit"}),
        ("他爸在山东打工三年了 端午节回来待了两天", {"father_away_months": 36, "father_home_stays": "short_visit"}),
        ("他妈走了小一年了 在北京当保姆", {"mother_away_months": 11}),
        ("他妈年前就走了 在天津饭店", {"mother_away_months": 9}),
    ],
)
def test_months_away_are_counted_from_how_people_say_it(world: World, said: str, facts: dict[str, object]) -> None:
    read = told(world, GRANDCHILD, said)[1]
    assert {fact: read.get(fact) for fact in facts} == facts


def test_a_season_near_six_months_ago_is_no_number_but_a_question(world: World) -> None:
    talk, facts = told(world, GRANDCHILD, "他爸麦收前走的 去内蒙干活")
    assert "father_away_months" not in facts
    assert "father_departure_date" in check_of(world, talk).precise


def test_a_day_told_again_is_told_of_the_one_it_was_told_of(world: World) -> None:
    talk, _ = told(
        world,
        GRANDCHILD,
        "他爸去年三月就上天津工地了 就过年回来住了一个礼拜 他妈也不在家 孩子跟我过",
        "他妈啊在沈阳饭店端盘子 正月十六走的 一礼拜来一回电话 没离婚",
        "不对啊 正月十六走的 都八个多月了 中间没回来过",
    )
    facts = check_of(world, talk).facts
    assert (facts["father_away_months"], facts["father_home_stays"]) == (19, "short_visit")
    assert (facts["mother_away_months"], facts["mother_home_stays"]) == (8, "none")


def test_a_birthday_in_spoken_figures_is_a_birthday(world: World) -> None:
    assert told(world, GRANDCHILD, "9岁了 一七年五月十二生的 属鸡")[1]["child_birth_date"] == "2017-05-12"


def test_an_age_is_no_grade_of_a_fathers_disability(world: World) -> None:
    talk, _ = told(world, OWN, "我是孩子妈 肢体三级 他爸判了四年 跟我过", "照顾得挺好")
    world.tap(talk, "eligibility.edit=father_disab_physical")
    world.say(talk, "女儿10岁 2016年9月3号生日")
    assert "father_disab_physical" not in check_of(world, talk).facts


@pytest.mark.parametrize(
    "said", ["再问几个吧 家里吃低保呢 两口人的低保", "我们是低保户 享受好几年了 他爸没了", "家里吃低保呢"]
)
def test_income_support_that_is_had_is_never_asked_again(world: World, said: str) -> None:
    assert told(world, GRANDCHILD, "跟我过", said)[1]["household_assistance"] == "dibao"


def test_well_looked_after_answers_and_what_ails_her_is_kept_for_whoever_comes(world: World) -> None:
    talk, facts = told(world, GRANDCHILD, "跟我过", "好好照顾着呢 我腰疼 血压也高 不过做饭接送啥的都中")
    assert facts["guardian_not_performing"] == "no"
    assert check_of(world, talk).words()["beside"] == ["我腰疼", "血压也高"]


@pytest.mark.parametrize("said", ["没人好好照顾着他", "希望有人好好照顾着"])
def test_who_only_wishes_it_looks_after_nobody(world: World, said: str) -> None:
    assert told(world, GRANDCHILD, "跟我过", said)[1].get("guardian_not_performing") != "no"


def test_what_was_told_beside_stands_in_the_result_and_in_what_is_handed_over(world: World) -> None:
    talk, _ = told(
        world,
        GRANDCHILD,
        "8岁 爸妈都在广东打工两年了 过年回来几天 跟奶奶过",
        "照顾得挺好 还借了八万块钱",
    )
    assert "另外说到：还借了八万块钱" in last(world, talk)
    assert "另外说到：还借了八万块钱" in _said_since(world, talk, "交给儿童主任吧 公主岭市响水镇姜家店村")


def test_who_is_called_away_leaves_no_words_behind(world: World) -> None:
    talk, _ = told(world, GRANDCHILD, "等会儿啊锅糊了", "来人了等会")
    check = check_of(world, talk)
    assert check.said == {}
    assert check.fact == "lives_without_guardian"


@pytest.mark.parametrize("said", ["那这就算办下来了呗", "那这就算认定了？", "啥时候发钱"])
def test_after_the_result_it_is_said_that_nothing_is_recognised_yet(world: World, said: str) -> None:
    talk, _ = told(world, GRANDCHILD, "8岁 爸妈都在广东打工两年了 过年回来几天 跟奶奶过 照顾得挺好")
    answer = _said_since(world, talk, said)
    assert "不是认定" in answer
    assert "是否认定由民政部门核实后决定" in answer
    assert check_of(world, talk).said == {}


@pytest.mark.parametrize(("said", "part"), [("你们这是骗人的吧", "不收钱"), ("是不是套我信息", "不交给任何人")])
def test_distrust_is_answered_truly_and_the_place_is_kept(world: World, said: str, part: str) -> None:
    talk, _ = told(world, GRANDCHILD)
    answer = _said_since(world, talk, said)
    assert part in answer
    assert check_of(world, talk).fact == "lives_without_guardian"


def test_with_whom_the_child_is_is_put_right_either_way_round(world: World) -> None:
    talk, _ = told(world, GRANDCHILD, "8岁 跟姥爷过")
    assert "孩子现在跟爷爷" in _said_since(world, talk, "说错了 是爷爷不是姥爷")


def test_a_father_who_is_not_in_prison_after_all_works_away(world: World) -> None:
    talk, facts = told(world, OWN, "他爸进去了 我是他妈")
    assert facts["father_custody"] == "imprisoned"
    world.say(talk, "爸爸没进去 是在外地打工")
    facts = check_of(world, talk).facts
    assert (facts["father_custody"], facts["father_away_status"]) == ("none", "away_for_work")


def test_a_mother_who_can_be_found_after_all_works_away(world: World) -> None:
    talk, facts = told(world, OWN, "他妈走了 找不着人")
    assert facts["mother_life_status"] == "whereabouts_unknown"
    world.say(talk, "不是找不着 她在长春打工呢")
    facts = check_of(world, talk).facts
    assert (facts["mother_life_status"], facts["mother_away_status"]) == ("alive", "away_for_work")


def test_what_villagers_say_does_not_tell_where_the_family_lives(world: World) -> None:
    assert "residence_rural" not in told(world, GRANDCHILD, "听村里人说能有补助 孩子跟我过")[1]
    assert told(world, GRANDCHILD, "我们住村里 孩子跟我过")[1]["residence_rural"] == "yes"


def test_a_blind_child_is_not_a_missing_one(world: World) -> None:
    talk, facts = told(world, OWN, "孩子眼睛看不见 有残疾证一级的")
    assert facts["child_disability"] == "cert_held"
    assert world.flow(talk) == "eligibility"


def test_a_debt_of_over_a_hundred_thousand_supposes_nothing(world: World) -> None:
    talk, _ = told(world, OWN, "我是孩子妈 跟我过")
    assert "假设" not in _said_since(world, talk, "我得病欠了十多万 一个月就打零工挣千把块")


def test_with_the_grandmother_is_not_with_parents_who_are_away(world: World) -> None:
    """跟奶奶住在一起 once excluded a child from 留守 as if it lived where its parents work."""
    assert told(world, GRANDCHILD, "跟奶奶住在一起")[1]["child_lives_with_away_parent"] == "no"
    assert "child_lives_with_away_parent" not in told(world, OWN, "我是孩子爸", "跟我住一起呢 我看着")[1]


def test_they_are_both_parents_and_a_new_year_not_spent_at_home_is_no_day_of_leaving(world: World) -> None:
    talk, _ = told(world, "我家外孙子算不算留守儿童", "闺女跟女婿都上青岛了", "照顾得挺好")
    world.say(talk, "他们是前年秋天走的 今年过年没回 端午回来看了看住了四天")
    facts = check_of(world, talk).facts
    for parent in ("father", "mother"):
        assert (facts[f"{parent}_away_months"], facts[f"{parent}_home_stays"]) == (23, "short_visit")


def test_who_fell_at_a_building_site_last_year_is_not_away_for_work(world: World) -> None:
    _, facts = told(world, OWN, "我是孩子爸", "我去年工地摔的 现在肢体二级 有证 干不了重活")
    assert facts["father_disab_physical"] == "g2"
    assert not {"father_away_status", "father_away_months"} & set(facts)


def test_a_disability_is_told_of_whom_it_is_said_to_be(world: World) -> None:
    talk, _ = told(world, "我家外孙子算不算留守儿童", "闺女跟女婿都上青岛了", "照顾得挺好")
    world.say(talk, "有残疾的是我老伴 眼睛二级 孩子没毛病")
    check = check_of(world, talk)
    assert check.facts["child_disability"] == "none"
    assert not [one for one in (*check.facts, *check.doubtful) if "_disab_" in one]


def test_who_takes_it_up_again_and_answers_is_not_asked_again(world: World) -> None:
    talk, _ = told(world, GRANDCHILD, "跟我过", "等会我老伴喊我")
    world.say(talk, "接着来 孩子我俩带得挺好")
    assert check_of(world, talk).facts["guardian_not_performing"] == "no"


def test_a_mother_who_phones_is_not_missing(world: World) -> None:
    talk, facts = told(world, GRANDCHILD, "她妈跟人跑了 有三四年没信儿了")
    assert facts["mother_life_status"] == "whereabouts_unknown"
    world.say(talk, "没跑 她妈是回娘家了 在松原呢 上个月还来过电话")
    assert check_of(world, talk).facts["mother_life_status"] == "alive"


def test_where_a_mother_is_said_not_to_be_is_not_where_she_works(world: World) -> None:
    talk, facts = told(world, "俺孙女算不算留守儿童", "俺是她奶 她爹娘都在韩国打工 走了三年多了")
    assert facts["mother_work_place"] == "abroad"
    world.say(talk, "刚才说差了 她娘不在韩国 在延吉打工")
    facts = check_of(world, talk).facts
    assert facts["father_work_place"] == "abroad"
    assert facts.get("mother_work_place") != "abroad"


def test_an_age_put_right_without_a_word_between_is_taken(world: World) -> None:
    talk, _ = told(world, OWN, "我是孩子妈 跟我过", "孩子七岁")
    world.say(talk, "说错了 不是七岁 六岁半")
    assert check_of(world, talk).facts["child_age_years"] == 6
