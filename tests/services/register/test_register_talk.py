"""The register in chat: lists, one child, a new file, changes, moves and reviews; and nothing for who is no staff."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.reading.where import places
from bot.services.register import children, moving
from bot.services.staff import accounts
from bot.services.talk import doors
from bot.services.talk.meaning import Meant
from bot.storage.tables import Child, ChildAssessment, Household
from tests.builders import World
from tests.services.registered import NEXT_VILLAGE, TOWNSHIP, VILLAGE, Person, child_of, filed, name_of, person


def _means(one: Person, text: str, intent: str) -> list[str]:
    return one.world.means(one.talk, text, "child", Meant(intent, 0.9))


def _says(one: Person, text: str) -> list[str]:
    return one.world.means(one.talk, text, "child", Meant(None, 0.0))


def _last(one: Person) -> str:
    return one.world.said(one.talk)[-1].text


def _buttons(one: Person) -> list[str]:
    return [choice.value for choice in one.world.said(one.talk)[-1].choices]


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE)


@pytest.mark.parametrize("intent", ["list_children", "view_child_record", "register_child", "update_child_record"])
def test_whoever_is_no_staff_learns_nothing(world: World, intent: str) -> None:
    filed(world)
    citizen = Person(world, world.citizen())
    assert _means(citizen, "查一下王小明的档案", intent) == ["child.staff_only"]
    assert world.flow(citizen.talk) is None


def test_my_children_are_listed_with_filters_that_narrow(world: World, director: Person) -> None:
    uid = filed(world)
    filed(world, "李雪", level="good")
    filed(world, "赵强", NEXT_VILLAGE)
    assert _means(director, "给我看看我们村的孩子", "list_children") == ["child.list"]
    assert "在册儿童：2个" in _last(director)
    assert f"child.open={uid}" in _buttons(director)
    assert world.tap(director.talk, "child.list=unassessed") == ["child.list"]
    assert "没定等级：1个" in _last(director)
    assert world.flow(director.talk) is None


def test_one_child_is_shown_by_a_part_of_its_name_and_the_look_is_journalled(world: World, director: Person) -> None:
    filed(world, "欧阳小明", facts={"child_illness": "none"}, notes=("no_hukou",), school="响水镇中心小学")
    assert _means(director, "查一下小明的档案", "view_child_record") == ["child.card"]
    for told in ("欧阳小明，男，10岁", "爷爷王长山 13800000000", "无户籍", "响水镇中心小学", "监护等级还没定"):
        assert told in _last(director)


def test_another_villages_child_and_one_that_is_not_there_answer_alike(world: World, director: Person) -> None:
    other = filed(world, "赵强", NEXT_VILLAGE)
    said = []
    for uid in (other, "a" * 26):
        assert world.tap(director.talk, f"child.open={uid}") == ["child.gone"]
        assert world.tap(director.talk, f"child.change={uid}") == ["child.gone"]
        said.append(_last(director))
    assert said[0] == said[1]
    assert _means(director, "查一下赵强的档案", "view_child_record") == ["child.ask.who"]


def test_of_two_with_the_same_name_it_is_asked_which(world: World, director: Person) -> None:
    both = {filed(world), filed(world, birth_date=date(2012, 3, 4))}
    assert _means(director, "看看王小明的情况", "view_child_record") == ["child.which"]
    assert {value.removeprefix("child.open=") for value in _buttons(director)} == both


def test_a_name_that_was_not_said_is_asked_for_and_the_next_words_are_it(world: World, director: Person) -> None:
    filed(world)
    assert _means(director, "看孩子档案", "view_child_record") == ["child.ask.who"]
    assert _says(director, "小明") == ["child.card"]
    assert world.flow(director.talk) is None


def test_a_child_is_filed_in_a_handful_of_answers(world: World, director: Person) -> None:
    supervisor = person(world, "child_supervisor", TOWNSHIP, "乙")
    assert _means(director, "村里新来个女孩叫李雪要建档", "register_child") == ["child.ask.birth"]
    assert _says(director, "2018年1月2日") == ["child.ask.carer"]
    assert _says(director, "奶奶张桂兰，电话13911112222") == ["child.ask.parents"]
    assert world.tap(director.talk, "child.parents=both_away") == ["child.ask.save"]
    for told in ("李雪，女，2018-01-02", "姜家店", "奶奶张桂兰 13911112222", "父母都在外务工"):
        assert told in _last(director)
    assert world.tap(director.talk, "child.save=yes") == ["child.filed.waits"]
    with world.work() as work:
        child = work.session.scalars(select(Child)).one()
        assert (child.state, child.area, child.left_behind) == ("draft", VILLAGE, "needs_verification")
        assert work.session.scalars(select(ChildAssessment.source)).all() == ["staff"]
    assert world.pushes(supervisor.talk) == ["child.review.wanted"]
    assert world.tap(supervisor.talk, f"childreview:yes:{child.uid}") == ["child.reviewed"]
    assert world.tap(supervisor.talk, f"childreview:yes:{child.uid}") == ["child.already"]


def test_an_answer_that_is_none_is_asked_again_and_nothing_is_lost(world: World, director: Person) -> None:
    _means(director, "我要登记一个孩子", "register_child")
    assert _says(director, "123") == ["child.not_understood", "child.ask.name"]
    assert _says(director, "李雪") == ["child.ask.birth"]
    assert _says(director, "八岁") == ["child.ask.sex"]
    assert world.tap(director.talk, "flow:child") == ["child.ask.sex"]
    assert _says(director, "女") == ["child.ask.carer"]
    assert _says(director, "算了") == ["chat.cancelled"]
    with world.work() as work:
        assert work.session.scalars(select(Child)).all() == []


def test_whoever_may_be_on_file_is_shown_before_anything_is_written(world: World, director: Person) -> None:
    filed(world)
    _means(director, "登记一个男孩叫王小明", "register_child")
    _says(director, "2016-05-20")
    _says(director, "不清楚")
    assert world.tap(director.talk, "child.parents=unknown") == ["child.ask.like"]
    assert world.tap(director.talk, "child.like=yes") == ["child.not_filed"]
    with world.work() as work:
        assert len(work.session.scalars(select(Child)).all()) == 1


def test_a_sibling_joins_the_household_of_the_same_carer(world: World, director: Person) -> None:
    first = filed(world)
    _means(director, "登记一个女孩叫王小红", "register_child")
    _says(director, "2018-05-20")
    _says(director, "爷爷王长山")
    assert world.tap(director.talk, "child.parents=both_away") == ["child.ask.home"]
    world.tap(director.talk, "child.home=yes")
    assert world.tap(director.talk, "child.save=yes") == ["child.filed"]
    with world.work() as work:
        homes = {child.household for child in work.session.scalars(select(Child))}
        assert homes == {child_of(work, first).household}


@pytest.mark.parametrize(
    ("said", "then", "what", "value"),
    [
        ("把王小明的监护状况改成一般", [], "level", "average"),
        ("王小明转学了", ["响水镇中学"], "school", "响水镇中学"),
        ("王小明的住址要改", ["五组东头"], "address", "五组东头"),
        ("王小明的出生日期错了", ["2016-06-20"], "birth_date", "2016-06-20"),
    ],
)
def test_a_change_is_made_in_one_or_two_messages(
    world: World, director: Person, said: str, then: list[str], what: str, value: str
) -> None:
    uid = filed(world)
    keys = _means(director, said, "update_child_record")
    for text in then:
        assert keys == [f"child.ask.new.{what}"]
        keys = _says(director, text)
    assert keys == ["child.changed"]
    with world.work() as work:
        child = child_of(work, uid)
        kept = {
            **children.profile(work, child),
            "level": child.level,
            "address": children.address(work, work.session.get_one(Household, child.household)),
        }
        assert kept[what] == value


def test_a_new_carer_takes_the_place_of_the_one_before(world: World, director: Person) -> None:
    uid = filed(world)
    assert _means(director, "王小明的照护人换了", "update_child_record") == ["child.ask.new.carer"]
    assert _says(director, "姑姑王秀英 13900001111") == ["child.changed"]
    with world.work() as work:
        carers = [(one.name, one.relation) for one in children.around(work, child_of(work, uid))]
        assert ("王秀英", "姑姑") in carers


def test_both_sides_agree_on_a_move_in_chat(world: World, director: Person) -> None:
    uid, there = filed(world), person(world, "child_director", NEXT_VILLAGE, "乙")
    assert _means(director, "王小明搬走了", "update_child_record") == ["child.ask.new.place"]
    assert _says(director, places.full_name(NEXT_VILLAGE)) == ["child.changed.waits"]
    assert world.pushes(there.talk) == ["child.move.wanted"]
    with world.work() as work:
        (move,) = moving.waiting_for(work, there.member(work))
    assert world.tap(director.talk, f"childmove:yes:{move.uid}") == ["child.gone"]
    assert world.tap(there.talk, f"childmove:yes:{move.uid}") == ["child.move.taken"]
    assert world.tap(there.talk, f"childmove:no:{move.uid}") == ["child.already"]
    assert world.tap(director.talk, f"child.open={uid}") == ["child.gone"]
    assert world.tap(there.talk, f"child.open={uid}") == ["child.card"]
    assert name_of(world, uid) == "王小明"


def test_rights_are_read_anew_in_the_middle_of_a_change(world: World, director: Person) -> None:
    filed(world)
    _means(director, "王小明转学了", "update_child_record")
    with world.work() as work:
        accounts.suspend(work, director.member(work).account)
    assert _says(director, "响水镇中学") == ["child.staff_only"]


def test_danger_told_in_the_middle_of_a_file_is_answered_first(world: World, director: Person) -> None:
    _means(director, "我要登记一个孩子", "register_child")
    keys = world.say(director.talk, "这孩子现在被他爸拿刀追着砍")
    assert any(key.startswith("danger.") for key in keys)


def test_a_file_made_in_one_breath_asks_only_to_look_it_over(world: World, director: Person) -> None:
    _means(director, "我村新来一个孩子，想建个档", "register_child")
    told = "马小军，男，2015年3月8号出生，住四组，跟奶奶马桂兰过，爸妈都在长春打工"
    assert _says(director, told) == ["child.ask.save"]
    for words in ("马小军，男，2015-03-08", "四组", "奶奶马桂兰", "父母都在外务工"):
        assert words in _last(director)


def test_asking_for_a_file_again_is_no_carers_name(world: World, director: Person) -> None:
    _means(director, "想给王小明建个档，男，8岁", "register_child")
    _says(director, "王小明")
    _says(director, "我村新来一个孩子，想建个档")
    assert "照护人：想建个档" not in _last(director)


def test_staff_ask_for_the_log_by_its_name_and_no_classifier_stands_between(world: World, director: Person) -> None:
    inbox = world.hear(director.talk, {"text": "导出今天的工作日志"})
    with world.work() as work:
        assert doors.page_asked(work, director.talk, inbox, "导出今天的工作日志")
    assert world.keys_to(inbox)[0].startswith("log.")


@pytest.mark.parametrize(
    ("words", "files"),
    [("建档 刘小宝 男 2017年3月2日出生 爸妈都在大连打工", True), ("建档要什么材料？孩子8岁", False)],
)
def test_a_file_told_in_one_breath_is_a_file_and_no_familys_question(
    world: World, director: Person, words: str, files: bool
) -> None:
    keys = world.say(director.talk, words)
    assert any(key.startswith("child.") for key in keys) == files
    assert not any(key.startswith("eligibility") for key in world.say(world.citizen(), "建档")), "a citizen opens none"
