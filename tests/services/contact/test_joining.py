from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.care import calendar
from bot.services.contact import desk as contact_desk
from bot.services.contact import invites, joining_desk
from bot.services.staff import accounts
from bot.services.talk import doors as talk
from bot.storage.database import Database
from bot.storage.tables import CareTask, Child, ContactPlan
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _plans(world: World) -> int:
    with world.work() as work:
        return work.session.scalar(select(func.count()).select_from(ContactPlan)) or 0


def test_a_mother_joins_with_the_code_read_to_her_over_the_phone(world: World) -> None:
    home = homes.make(world, "mother")
    talk = world.citizen()
    assert world.tap(talk, "flow:join") == ["join.code"]
    assert world.say(talk, homes.code_for(world, home, "mother").lower()) == ["join.consent.parent"]
    assert world.say(talk, "同意") == ["join.called"]
    assert world.say(talk, "叫我小宇妈妈就行") == ["join.day"]
    assert world.say(talk, "周二吧") == ["join.hour"]
    assert world.say(talk, "晚上七点") == ["join.done.parent"]
    plan = homes.plan(world, home, "mother")
    assert (plan.weekday, plan.clock, plan.voice, plan.state) == (2, "19:00", "parent", "active")


def test_who_was_filed_and_joined_after_midnight_is_known_at_once(world: World, hands: Hands) -> None:
    """From midnight to eight it is yesterday in Greenwich: a tie of today counted there as one of tomorrow."""
    hands.moment = datetime(2026, 6, 12, 0, 30, tzinfo=calendar.ZONE).astimezone(UTC)
    home = homes.make(world)
    with world.work() as work:
        home.people["father"] = homes.person(work, home.child, "father", days=0)
    talk = homes.join(world, home, "father")
    assert world.say(talk, "昨晚视频了娃挺好就是感冒了") == ["contact.q.parent.carer"]


def test_who_refuses_leaves_nothing_and_the_code_still_works(world: World) -> None:
    home = homes.make(world, "father")
    talk, code = world.citizen(), homes.code_for(world, home, "father")
    world.tap(talk, "flow:join")
    world.say(talk, code)
    assert world.say(talk, "不同意") == ["join.refused"]
    assert _plans(world) == 0
    world.tap(talk, "flow:join")
    assert world.say(talk, code) == ["join.consent.parent"]


def test_a_code_works_once_and_not_after_its_time(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    code = homes.code_for(world, home, "father")
    hands.forward(days=15)
    talk = world.citizen()
    world.tap(talk, "flow:join")
    assert world.say(talk, code) == ["join.wrong_code"]
    homes.join(world, home, "father")
    assert _plans(world) == 1


def test_guessing_locks_the_conversation(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:join")
    for _ in range(5):
        world.say(talk, "2345-6789-ABCD")
    assert world.say(talk, "2345-6789-ABCE")[-1] == "bind.locked"


def test_several_children_are_one_plan_each_and_one_message(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    with world.work() as work:
        second = homes.child(work, date(2018, 1, 1), VILLAGE)
        homes.tie(work, second, home.people["father"], "father")
    talk = homes.join(world, home, "father")
    assert _plans(world) == 2
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3)
    assert homes.tick(world)["sent"] == 1
    assert "老大、老二" in world.said(talk)[-1].text
    world.tap(talk, "contact.contact=video")
    world.tap(talk, "contact.carer=yes")
    world.tap(talk, "contact.how=good")
    assert "老二" in world.said(talk)[-1].text
    world.tap(talk, "contact.how=life_bad")
    world.tap(talk, "contact.how=good")
    assert world.tap(talk, "contact.concern=no") == ["contact.thanks.parent"]
    rows = homes.records(world, home, "father")
    assert [row.answer for row in rows] == ["contacted", "contacted"]


def test_a_new_telephone_goes_on_where_the_old_one_was(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    homes.join(world, home, "father")
    first = homes.plan(world, home, "father").uid
    hands.forward(days=1)
    new = homes.join(world, home, "father")
    assert homes.plan(world, home, "father").uid == first
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=2)
    homes.tick(world)
    assert world.pushes(new) == ["contact.push.prompt"]


def test_a_child_below_eight_is_not_asked(world: World) -> None:
    home = homes.make(world, "self", born=date(2020, 1, 1))
    with world.work() as work, pytest.raises(ValueError, match="too_young"):
        invites.invite(work, home.people["self"])


def test_a_grandmother_in_simple_mode_taps_two_big_choices_and_can_always_call_somebody(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer", simple="yes")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3)
    homes.tick(world)
    asked = world.said(talk)[-1]
    assert [choice.label for choice in asked.choices] == ["好", "不太好", "叫人帮我"]
    assert world.tap(talk, "contact.life=good") == ["contact.q.simple.mood"]
    assert world.tap(talk, "help:me") == ["contact.help.carer"]
    assert ("wants_help", "asked_for_a_person", True) in homes.rungs(world, home)


def test_a_parent_never_sees_what_is_said_at_home_and_changes_nothing_there(world: World, hands: Hands) -> None:
    """Non-interference: whatever the grandmother and the child say, the father is told the same."""
    heard = []
    for told in ("管不了了，孩子总哭，说恨他爸", "都挺好"):
        home = homes.make(world, "father", "carer", "self")
        father, carer, child = (homes.join(world, home, kind) for kind in ("father", "carer", "self"))
        hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
        homes.tick(world)
        world.say(carer, told)
        world.say(child, told)
        homes.tick(world)
        world.tap(father, "contact.contact=video")
        heard.append([said.text for said in world.said(father)])
        hands.forward(days=4)
    assert heard[0] == heard[1]


@pytest.mark.parametrize("apart", [True, False])
def test_of_two_parents_neither_hears_anything_of_what_the_other_says(world: World, hands: Hands, apart: bool) -> None:
    """Non-interference, whoever of them is asked: all that is said to the father is the same, word for word."""
    heard = []
    for told in ("孩子总哭，说不想跟他爸过，我搬到苏州园区了", "昨晚视频了，都挺好"):
        home = homes.make(world, "father", "mother")
        father, mother = homes.join(world, home, "father"), homes.join(world, home, "mother")
        plans = [homes.plan(world, home, kind).uid for kind in ("father", "mother")]
        with world.work() as work:
            for uid in plans:
                work.session.get_one(ContactPlan, uid).apart = apart
        hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
        homes.tick(world)
        world.say(mother, told)
        world.say(mother, "停止")
        homes.tick(world)
        for words in ("他妈这周咋说的", "孩子他妈住哪", "我家孩子最近咋样", "昨晚打电话了"):
            world.say(father, words)
        heard.append([said.text for said in world.said(father)])
        assert "contact.push.prompt" in world.pushes(father)
        hands.forward(days=4)
    assert heard[0] == heard[1]
    assert not any(word in text for text in heard[0] for word in ("苏州", "不想跟", "总哭"))


def test_who_has_no_code_says_who_they_are_and_waits_for_the_director(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:join")
    assert world.tap(talk, "join.who=ask") == ["join.who"]
    assert world.say(talk, "我是小宇的爸爸") == ["join.who.place"]
    assert world.say(talk, "榆树市弓棚镇长山村") == ["join.asked.nobody"]
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        assert (task.kind, task.area) == ("contact_join", VILLAGE)
        assert work.open("care_tasks.payload", task.uid, task.payload_sealed)["words"][0] == "我是小宇的爸爸"
    assert _plans(world) == 0


def test_who_asked_without_a_code_is_confirmed_by_staff_and_goes_on_in_the_same_chat(world: World) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "carer")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.tap(talk, "join.who=ask")
    assert world.say(talk, "榆树市弓棚镇长山村，我是小宇的爸爸") == ["join.asked"]
    assert "儿童主任" in world.said(talk)[-1].text
    assert world.pushes(director) == ["staff.care_task.contact_join"]
    see = next(one.value for one in world.said(director)[-1].choices if one.value.startswith("caretask:see"))
    assert world.tap(director, see) == ["staff.care_task.shown.contact_join"]
    assert "我是小宇的爸爸" in world.said(director)[-1].text
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        (asked,) = contact_desk.joinings(work, member)
        number = work.session.get_one(Child, home.child).number
        wrong = joining_desk.settle(work, member, asked.task.uid, "NOBODY", "father", "")
        assert wrong.refusal == "no_such_child"
        assert joining_desk.settle(work, member, asked.task.uid, number, "father", "").allowed
        assert joining_desk.settle(work, member, asked.task.uid, number, "father", "").refusal == "absent"
    go = world.said(talk)[-1].choices[0].value
    assert world.tap(world.citizen(), go) == ["chat.expired_button"]
    assert world.tap(talk, go) == ["join.consent.parent"]
    world.tap(talk, "join.consent=yes")
    world.tap(talk, "join.called=usual")
    world.tap(talk, "join.day=usual")
    assert world.tap(talk, "join.hour=19:00") == ["join.done.parent"]


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        (["韩国"], "Asia/Seoul"),
        (["在韩国安山打工"], "Asia/Seoul"),
        (["美国", "洛杉矶"], "America/Los_Angeles"),
        (["墨西哥", "3点", "晚上10点"], "Etc/GMT+6"),
    ],
)
def test_a_father_abroad_sets_his_own_evening(world: World, said: list[str], zone: str) -> None:
    """At noon in Jilin it is ten in the evening of the day before in Mexico."""
    assert calendar.local(world.now()).hour == 12
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(talk, f"join.{tapped}")
    assert world.say(talk, "我在国外呢") == ["join.country"]
    for words in said:
        world.say(talk, words)
    assert world.tap(talk, "join.hour=20:30") == ["join.done.parent"]
    assert homes.plan(world, home, "father").zone == zone


def test_an_hour_typed_that_is_on_no_button_is_taken(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(talk, f"join.{tapped}")
    assert world.say(talk, "晚上九点半收工") == ["entrusted.beside.night"]
    assert world.say(talk, "那晚上八点四十吧") == ["join.done.parent"]
    assert homes.plan(world, home, "father").clock == "20:40"


def test_a_link_of_the_page_opens_the_notice_at_once(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    code = homes.code_for(world, home, "father").replace("-", "")
    assert world.tap(talk, f"invite:{code}") == ["join.consent.parent"]


def test_stop_while_joining_keeps_nothing(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    assert world.say(talk, "停止") == ["chat.cancelled"]
    assert _plans(world) == 0


def test_a_second_child_needs_a_new_consent_on_the_new_code(world: World) -> None:
    home = homes.make(world, "father")
    homes.join(world, home, "father")
    with world.work() as work:
        second = homes.child(work, date(2019, 1, 1), VILLAGE)
        homes.tie(work, second, home.people["father"], "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    assert world.say(talk, homes.code_for(world, home, "father")) == ["join.consent.parent"]


def test_a_father_who_names_his_country_at_once_is_asked_the_hour_there(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(talk, f"join.{tapped}")
    assert world.say(talk, "我在韩国呢") == ["join.hour.there"]
    assert world.say(talk, "晚上八点半") == ["join.done.parent"]
    plan = homes.plan(world, home, "father")
    assert (plan.zone, plan.clock) == ("Asia/Seoul", "20:30")


def test_who_tells_of_the_week_instead_of_an_hour_is_not_asked_for_ever(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    for tapped in ("consent=yes", "called=usual", "day=usual"):
        world.tap(talk, f"join.{tapped}")
    assert world.say(talk, "昨晚跟娃视频了 挺好 就是有点咳嗽") == ["join.week_kept", "open.still"]
    assert world.say(talk, "聊了聊了")[-2:] == ["join.done.parent", "join.week_told"]
    assert homes.plan(world, home, "father").clock == "19:00"
    assert homes.answers(world, home, "father")["contact"] == "yes"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("这干啥用的 会不会天天烦我", "often"),
        ("要钱吗", "cost"),
        ("我媳妇能看着我写的不", "seen"),
        ("我加班呢快点", "hurry"),
    ],
)
def test_what_is_asked_while_joining_is_answered_and_the_question_stands(world: World, asked: str, key: str) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    said = world.say(talk, asked)
    assert f"join.asks.{key}" in said
    assert said[-1] == "open.still"
    assert world.say(talk, "同意") == ["join.called"]


def test_contact_told_with_the_name_counts_once_somebody_has_joined(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    world.say(talk, "同意")
    assert world.say(talk, "叫我马军就行 昨儿晚上视频了 跟他奶也唠了两句") == ["join.week_kept", "join.day"]
    world.tap(talk, "join.day=7")
    assert world.tap(talk, "join.hour=19:00") == ["join.done.parent", "join.week_told"]
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("yes", "yes")


def test_who_does_not_join_after_all_has_nothing_kept(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    world.say(talk, "昨晚视频了")
    assert world.say(talk, "算了 不参加了") == ["join.refused"]
    assert homes.records(world, home, "father") == []


def test_without_a_clear_yes_nobody_joins(world: World) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    assert world.say(talk, "这是啥意思")[-1] == "open.still"
    world.say(talk, "嗯啊这个那个")
    assert world.say(talk, "嗯那个这个") == ["join.no_yes"]
    assert _plans(world) == 0


def test_who_wants_to_join_says_so_in_so_many_words_even_with_rasa_away(world: World) -> None:
    assert world.say(world.citizen(), "我要加入") == ["join.code"]


def test_the_start_payload_of_telegram_opens_the_notice_too(world: World) -> None:
    home = homes.make(world, "father")
    chat = world.chat("77")
    code = homes.code_for(world, home, "father").replace("-", "")
    inbox_id = world.hear(chat, {"invite": code})
    with world.work() as work:
        talk.invited(work, chat, inbox_id, code)
    assert world.keys_to(inbox_id) == ["join.consent.parent"]


@pytest.mark.parametrize("several", [2, 6])
def test_of_all_who_use_a_familys_code_at_the_same_moment_one_comes_in(world: World, several: int) -> None:
    home = homes.make(world, "mother")
    code, talks = homes.code_for(world, home, "mother"), [world.citizen() for _ in range(several)]
    for one in talks:
        world.tap(one, "flow:join")
        for words in (code, "同意", "叫我小宇妈妈就行", "周二吧"):
            world.say(one, words)
    ready = threading.Barrier(several)

    def ends(one: str) -> list[str]:
        ready.wait()
        return world.say(one, "晚上七点")

    with ThreadPoolExecutor(several) as hands:
        answers = sorted(hands.map(ends, talks))
    assert answers == [["join.done.parent"], *[["join.wrong_code"]] * (several - 1)]
    assert _plans(world) == 1
