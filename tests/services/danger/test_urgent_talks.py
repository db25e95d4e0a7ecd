"""Danger told again, questions about the report, words that belong to it: in the words of the people who tried it."""

from __future__ import annotations

import pytest

from bot.reading.where import places
from bot.services.casework import reports
from bot.services.talk.meaning import Meant
from tests.builders import World
from tests.conftest import Hands

pytestmark = pytest.mark.words

PLACE = "公主岭市范家屯镇平洋村"
NOW_AGAIN = ["快点来", "救", "命", "救我", "他进来了", "他回来了", "现在还在哭", "又开始打了", "我爸回来了", "他在砸门"]


def _village(world: World) -> str:
    best = places.find(PLACE).best
    assert best is not None
    return best.code


def _a_child_in_danger(world: World) -> str:
    talk = world.citizen()
    assert world.say(talk, f"我爸拿棍子打我 快来人救我 我在{PLACE}")[0] == "danger.child"
    return talk


def _filed(world: World, text: str = f"{PLACE}老王家的二小子总挨打 身上都是伤") -> str:
    talk = world.citizen()
    world.say(talk, text)
    for value in ("danger_now=no", "when=skip", "reporter_type=citizen_anonymous", "follow_up=no", "confirm=yes"):
        world.tap(talk, f"report.{value}")
    assert len(world.reports()) == 1
    return talk


@pytest.mark.parametrize("text", NOW_AGAIN)
def test_news_of_a_danger_already_told_is_answered_like_danger_and_alerts_again(world: World, text: str) -> None:
    director = world.staff("child_director", _village(world))
    talk = _a_child_in_danger(world)
    before = world.pushes(director)
    keys = world.say(talk, text)
    assert keys[0] == "danger.child.again", "in other words than the first time"
    assert "report.place.child" not in keys
    assert "report.place_finer" not in keys
    assert len(world.reports()) == 1
    assert world.pushes(director) == [*before, "staff.alert.again"]


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("十岁左右吧 哎呀他爬到窗户外面了要跳", "danger.self_harm"),
        ("他掉下去了", "danger.injury"),
        ("他爸把他关井里了", "danger.locked_in"),
        ("孩子快没声了！", "danger.illness"),
        ("他晕过去了 叫不醒", "danger.illness"),
        ("他在砸门", "danger.violence"),
    ],
)
def test_danger_told_in_the_middle_of_a_question_is_answered_at_once(world: World, text: str, card: str) -> None:
    talk = world.citizen()
    world.say(talk, "邻居孩子总挨打")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, PLACE)
    world.say(talk, "半年了")
    assert card in world.say(talk, text)
    assert world.report().severity == "S0"


@pytest.mark.parametrize("text", ["现在还关着呢", "他们要走了！", "又开始打了"])
def test_what_is_grave_and_goes_on_now_is_an_emergency(world: World, text: str) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE}老王家把孩子锁在仓房里 昨天锁的 孩子身上都是伤")
    if world.flow(talk) is not None:
        world.tap(talk, "report.danger_now=unknown")
    keys = world.say(talk, text)
    assert keys[0].startswith("danger."), keys
    assert world.report().severity == "S0"


def test_a_missing_child_that_is_back_is_no_alarm(world: World) -> None:
    director = world.staff("child_director", _village(world))
    talk = world.citizen()
    world.say(talk, f"孩子丢了 找了一下午没找着 {PLACE}")
    world.say(talk, "他回来了")
    assert "staff.alert.again" not in world.pushes(director)


@pytest.mark.parametrize("text", ["又打起来了快来", "又开始打了", "他拿刀要砍孩子了快救命"])
def test_urgent_news_after_filing_belongs_to_the_same_report(world: World, hands: Hands, text: str) -> None:
    director = world.staff("child_director", _village(world))
    talk = _filed(world)
    hands.forward(hours=5)
    before = len(world.pushes(director))
    keys = world.say(talk, text)
    assert keys[0].startswith("danger.")
    assert not [key for key in keys if key.startswith("report.place")], "the place is known"
    assert len(world.reports()) == 1
    assert world.report().severity == "S0"
    assert len(world.pushes(director)) > before


def test_doubtful_words_after_filing_are_kept_and_asked_about(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "他好像进来了 我也不确定 他又在门口")[-1] in ("report.danger_doubt", "danger.go_on.placed")
    assert len(world.reports()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "就是刚才那家…",
        "跟刚才那个一个事",
        "不是新的 就是补充",
        "对了 那男的姓赵 在三楼",
        "他奶奶电话13944556677",
        "补充一下 他家住村东头",
    ],
)
def test_what_is_said_to_belong_to_the_report_is_added_to_it(world: World, hands: Hands, text: str) -> None:
    talk = _filed(world)
    hands.forward(hours=3)
    assert world.say(talk, text) == ["report.added"]
    assert len(world.reports()) == 1


def test_whatever_the_classifier_takes_for_a_report_is_added_within_the_day(world: World, hands: Hands) -> None:
    talk = _filed(world)
    hands.forward(hours=20)
    assert world.means(talk, "孩子叫王小明", "report") == ["report.added"]
    assert "report.begin" in world.means(talk, "我要反映另一个孩子", "report")
    hands.forward(hours=30)


def test_never_mind_after_filing_does_not_say_that_nobody_was_told(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "算了") == ["report.filed_stays"]


def test_a_finer_place_told_later_reaches_the_people_there(world: World) -> None:
    director = world.staff("child_director", _village(world))
    talk = world.citizen()
    world.say(talk, "公主岭市有个孩子总挨打 身上都是伤")
    for value in (
        "danger_now=no", "place=enough", "when=skip", "child_ref=skip",
        "reporter_type=citizen_anonymous", "follow_up=no", "confirm=yes",
    ):  # fmt: skip
        world.tap(talk, f"report.{value}")
    assert world.pushes(director) == []
    world.say(talk, "补充一下 是范家屯镇平洋村的")
    assert world.report().area == _village(world)
    assert "staff.alert.S1" in world.pushes(director)


@pytest.mark.parametrize("text", ["有人来吗", "多久能来人", "到底有没有人看", "你啥时候让人来"])
def test_who_asks_whether_somebody_comes_hears_how_far_it_is(world: World, text: str) -> None:
    talk = _a_child_in_danger(world)
    assert world.say(talk, text)[0] == "beside.coming.nobody.child"


def test_what_is_said_about_help_follows_the_records(world: World) -> None:
    director = world.staff("child_director", _village(world))
    talk = _a_child_in_danger(world)
    assert world.say(talk, "有人来吗")[0] == "beside.coming.telling.child"
    world.deliver(director)
    assert world.say(talk, "有人来吗")[0] == "beside.coming.told.child"
    world.tap(director, f"accept:{world.report().uid}")
    assert world.say(talk, "有人来吗")[0] == "beside.coming.taken.child"
    neighbour = _filed_elsewhere(world)
    assert world.say(neighbour, "多久能来人")[0].startswith("beside.coming.")


def _filed_elsewhere(world: World) -> str:
    talk = world.citizen()
    world.say(talk, "榆树市五棵树镇老李家的丫头总挨打 身上都是伤")
    return talk


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("你告诉我妈了吗", "beside.told.nobody.child"),
        ("你会告诉我老师吗", "beside.told.nobody.child"),
        ("能不能别让学校知道", "beside.told.nobody.child"),
        ("我是不是很没用", "beside.worth.child"),
    ],
)
def test_a_childs_questions_are_answered_truthfully(world: World, text: str, key: str) -> None:
    talk = _a_child_in_danger(world)
    assert world.say(talk, text)[0] == key


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("他说今晚要杀了孩子", ["danger.violence"]),
        ("没着火 孩子被锁在屋里出不来了 快来", ["danger.locked_in"]),
        ("孩子拿刀要割腕", ["danger.self_harm"]),
        ("孩子没气了", ["danger.breathless"]),
        ("孩子掉水里捞上来没呼吸了", ["danger.drowning"]),
        ("楼上有个孩子跳楼了", ["danger.injury"]),
        ("房子着火了 孩子还在里面", ["danger.fire"]),
        ("我不想活了", ["danger.self_harm.child"]),
        ("我一个老太太 我都不想活了", ["danger.self_harm.own"]),
        ("我儿子说不想活了", ["danger.self_harm"]),
        ("我14岁 我叔摸我下面", ["danger.sexual.child"]),
        ("网上那个人拿裸照威胁我女儿要钱", ["danger.blackmail"]),
        ("他在外面砸门 我不敢打电话 怕他听见", ["danger.violence.silent", "danger.silent"]),
        ("我在外地打工 孩子正被他爷拿棍子打", ["danger.violence", "danger.far"]),
    ],
)
def test_the_first_words_fit_the_danger(world: World, text: str, cards: list[str]) -> None:
    talk = world.citizen()
    said = [key for key in world.say(talk, text) if key.startswith("danger.") and "go_on" not in key]
    assert said == cards


def test_a_grown_up_in_pain_is_not_asked_for_his_school(world: World) -> None:
    talk = world.citizen()
    keys = world.say(talk, "我一个老太太 我都不想活了")
    assert keys[-1] == "report.place.own"
    assert world.say(talk, PLACE)[-1] == "report.safe_contact"


def test_locked_in_does_not_begin_with_fire(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孩子被锁在屋里出不来了 快来")
    assert "火" not in world.said(talk)[0].text


@pytest.mark.parametrize("text", ["有", "有啊", "是"])
def test_a_late_yes_answers_the_danger_question(world: World, text: str) -> None:
    talk = world.citizen()
    world.say(talk, "邻居孩子总挨打")
    world.say(talk, "他家是新搬来的")
    world.say(talk, "平时也不出门")
    assert world.say(talk, text)[0].startswith("danger.")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("逗你玩", "chat.joke"),
        ("开玩笑的", "chat.joke"),
        ("没有这事", "chat.joke"),
        ("我是记者", "chat.journalist"),
        ("我家小狗被打了哈哈", "chat.creature"),
    ],
)
def test_a_joke_is_answered_calmly_and_files_nothing(world: World, text: str, key: str) -> None:
    talk = world.citizen()
    assert world.say(talk, text) == [key]
    assert world.reports() == []


def test_a_joke_is_no_place(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.tap(talk, "report.danger_now=no")
    assert world.say(talk, "逗你玩") == ["report.cancelled"]
    assert world.reports() == []


def test_words_against_oneself_called_a_joke_stay_with_people(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我不想活了")
    assert world.say(talk, "开玩笑的")[0] == "report.joke_kept.child"
    assert world.report().state == "emergency_handoff"


@pytest.mark.parametrize("text", ["能不能别让村主任知道", "村主任是他叔，不能让他处理", "别转给村里"])
def test_an_office_that_is_to_be_kept_out_is_bypassed(world: World, text: str) -> None:
    director = world.staff("child_director", _village(world))
    talk = world.citizen()
    world.say(talk, "邻居孩子总挨打 身上都是伤")
    world.tap(talk, "report.danger_now=no")
    keys = world.say(talk, text)
    assert keys[0] == "report.left_out"
    assert keys[-1].startswith("report.place"), "the question stands again"
    world.say(talk, PLACE)
    assert world.pushes(director) == []
    assert "child_director" in world.report().conflicted


def test_an_office_kept_out_after_it_was_alerted_sees_nothing_from_now_on(world: World) -> None:
    director = world.staff("child_director", _village(world))
    talk = _filed(world)
    world.deliver(director)
    assert world.say(talk, "村主任是他叔，不能让他处理") == ["report.left_out.late"]
    assert "child_director" in world.report().conflicted


def test_english_is_answered_in_english_first(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "please help, my dad is beating me")[:2] == ["danger.english", "danger.child"]
    other = world.citizen()
    assert world.say(other, "the child next door is always hungry")[0] == "danger.english"


def test_what_the_classifier_says_does_not_win_over_an_answer(world: World) -> None:
    talk = _filed(world)
    assert world.means(talk, "他家还有个弟弟也没饭吃", "report", Meant("report_concern", 0.9))[0] == "report.added"
    with world.work() as work:
        assert any("弟弟" in said for _, said in reports.told_of(work, world.report())["words"])


def test_the_first_words_fit_what_is_new(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "孩子好像不动了")[0] == "danger.illness"


def test_a_yes_to_the_danger_question_means_what_was_doubtful(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "孩子好像不动了") == ["report.danger_doubt"]
    assert world.tap(talk, "report.danger_now=yes")[0] == "danger.illness"


def test_an_office_named_with_the_harm_is_bypassed_and_the_person_hears_it(world: World) -> None:
    talk = world.citizen()
    assert "report.left_out" in world.say(talk, f"{PLACE}老王家孩子总挨打 别告诉村长")


def test_who_dares_not_speak_is_told_how_to_be_silent_before_anything_is_sure(world: World) -> None:
    talk = world.citizen()
    assert "danger.silent" in world.say(talk, "孩子好像出事了 我不敢打电话")


def test_never_mind_to_a_child_is_said_in_a_childs_words(world: World) -> None:
    talk = _a_child_in_danger(world)
    assert world.say(talk, "算了") == ["report.stays.child"]
    assert world.say(talk, "有人吗") == ["beside.coming.nobody.child"]


def test_a_place_nobody_knew_is_asked_for_when_danger_comes_again(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "邻居孩子总挨打 身上都是伤")
    for value in (
        "danger_now=no", "place=unclear", "when=skip", "child_ref=skip",
        "reporter_type=citizen_anonymous", "follow_up=no", "confirm=yes",
    ):  # fmt: skip
        world.tap(talk, f"report.{value}")
    assert world.say(talk, "又打起来了 快来")[-1] == "report.place.emergency"


def test_who_swears_is_told_no_rule(world: World) -> None:
    keys = world.say(world.citizen(), "楼上那个王八蛋天天打孩子你们管不管啊！！！我都报警三次了没人管！")
    assert keys == ["report.danger_doubt"]


@pytest.mark.parametrize("text", ["闺女打了 儿子没打着", "打了 娃不爱说话"])
def test_who_only_adds_which_child_was_struck_is_not_asked_about_danger_again(world: World, text: str) -> None:
    assert world.say(_filed(world), text) == ["report.added"]


@pytest.mark.parametrize("text", ["他爸又打他了", "打了 孩子不吭声", "又打了 孩子不爱说话"])
def test_who_adds_a_new_blow_is_answered_or_asked(world: World, text: str) -> None:
    assert any("danger" in key for key in world.say(_filed(world), text))
