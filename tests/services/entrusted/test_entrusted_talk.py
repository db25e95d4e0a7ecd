"""委托照护 in conversation: a father, a director and a carer, each in their own talk, until the care is in force."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.entrusted import records as entrusted_records
from bot.services.talk.meaning import Meant
from bot.storage.tables import CareArrangement, CareTask
from tests.builders import World
from tests.services import family as families
from tests.services.cases import Person, person
from tests.services.family import Family
from tests.services.registered import VILLAGE

OPENS = Meant("register_entrusted_care", 0.9)
SCREEN = ("d1", "d2", "d3", "d4")


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


@pytest.fixture
def family(world: World) -> Family:
    found = families.make(world, "father", "mother", area=VILLAGE)
    families.join(world, found, "father")
    return found


def last(world: World, talk: str) -> str:
    """The words said last in a conversation."""
    return world.said(talk)[-1].text


def value(world: World, talk: str, label: str) -> str:
    """The value behind a button that was shown in a conversation, the newest of that label."""
    for said in reversed(world.said(talk)):
        for choice in said.choices:
            if choice.label == label:
                return choice.value
    raise AssertionError(f"no button {label}")


def push(world: World, talk: str, label: str) -> list[str]:
    """Tap a button by what stands on it."""
    return world.tap(talk, value(world, talk, label))


def arrangement(world: World) -> CareArrangement:
    """The newest arrangement."""
    with world.work() as work:
        return work.session.scalars(select(CareArrangement).order_by(CareArrangement.created_at.desc())).first()


def told_by_father(world: World, talk: str, carer: str = "奶奶李桂兰 13900000001") -> None:
    """The father tells everything up to the reading back."""
    world.means(talk, "我要外出打工，想办委托", "entrusted", OPENS)
    world.say(talk, carer)
    world.tap(talk, "entrusted.reason=work")
    world.say(talk, "下周一去青岛，到过年")
    world.say(talk, "我13900000002，孩子妈13900000003")
    world.say(talk, "响水镇中心小学")
    for step in SCREEN:
        world.tap(talk, f"entrusted.{step}=no")
    world.say(talk, "满了")
    world.say(talk, "说不准")
    world.tap(talk, "entrusted.child_says=agrees")


def begun(world: World, family: Family) -> str:
    """The father has handed it over; returns his talk."""
    father = family.talks["father"]
    told_by_father(world, father)
    assert push(world, father, "对，交上去") == ["entrusted.sent"]
    return father


def screened(world: World, director: Person, uid: str, **other: str) -> list[str]:
    """The director answers the screening, everything in order but for `other`."""
    said = world.tap(director.talk, f"entrusted.review={uid}")
    answers = {"good_reason": "yes", **dict.fromkeys(SCREEN, "no"), "full_capacity": "yes", "care_ability": "yes"}
    answers |= {"special_care_bar": "no", "morals": "good", "household": "good", "health": "fair", "bond": "good"}
    for step, found in {**answers, **other}.items():
        if f"entrusted.ask.{step}" == said[-1]:
            said = world.tap(director.talk, f"entrusted.{step}={found}")
    if said[-1] == "entrusted.ask.why_bar":
        world.say(director.talk, "派出所说有暴力伤害记录")
    return push(world, director.talk, "对，记下")


def heard(world: World, director: Person, uid: str, opinion: str = "agrees") -> list[str]:
    """The director writes down what the child said."""
    world.tap(director.talk, f"entrusted.hear={uid}")
    world.tap(director.talk, "entrusted.able=yes")
    world.say(director.talk, "班主任赵老师")
    world.tap(director.talk, "entrusted.private=yes")
    world.tap(director.talk, f"entrusted.opinion={opinion}")
    world.say(director.talk, "我想跟奶奶，就是想妈妈")
    return push(world, director.talk, "对，记下")


def carer_in(world: World, director: Person, uid: str) -> str:
    """The carer comes in with the code and accepts the duties; returns the carer's talk."""
    world.tap(director.talk, f"entrusted.code={uid}")
    code = last(world, director.talk).split("：")[1].split("\n")[0]
    carer = world.citizen()
    world.tap(carer, "flow:bind")
    assert world.say(carer, code) == ["entrusted.duty.hello"]
    push(world, carer, "看第1条")
    for _ in range(3):
        push(world, carer, "明白，下一条")
    assert push(world, carer, "都明白，我愿意") == ["entrusted.duty.accepted"]
    return carer


def test_a_father_a_director_and_a_carer_bring_care_into_force_and_he_comes_home(
    world: World, director: Person, family: Family
) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    assert arrangement(world).child == family.child
    assert screened(world, director, uid) == ["entrusted.passed"]
    carer = carer_in(world, director, uid)
    assert heard(world, director, uid) == ["entrusted.heard"]
    world.means(father, "委托办到哪了", "entrusted", OPENS)
    push(world, father, "双方都签好协议了")
    assert arrangement(world).state == "agreement_signed"
    push(world, father, "学校的告知送到了")
    push(world, father, "今天")
    world.means(father, "委托办到哪了", "entrusted", OPENS)
    push(world, father, "村（居）委会的告知送到了")
    assert world.say(father, "昨天")[-1] == "entrusted.given.both"
    assert arrangement(world).state == "notified"
    world.means(carer, "委托照护的事", "entrusted", OPENS)
    assert "告知都送到了" in last(world, carer)
    world.means(father, "我回来了不用别人带了", "entrusted", OPENS)
    push(world, father, "我回来自己带了")
    assert push(world, father, "是的") == ["entrusted.ended"]
    assert arrangement(world).state == "ended"


def test_what_is_not_known_is_not_passed_and_can_be_found_out_later(
    world: World, director: Person, family: Family
) -> None:
    begun(world, family)
    uid = arrangement(world).uid
    assert screened(world, director, uid, d1="unknown") == ["entrusted.unknown"]
    assert "违法犯罪没弄清" in last(world, director.talk)
    assert arrangement(world).state == "screening"
    assert screened(world, director, uid) == ["entrusted.passed"]


def test_the_family_never_learns_why_somebody_was_refused(world: World, director: Person, family: Family) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    assert screened(world, director, uid, d1="yes") == ["entrusted.not_passed"]
    said = "".join(one.text for one in world.said(father))
    assert arrangement(world).state == "rejected"
    assert "暴力伤害记录" not in said
    assert "entrusted.news.rejected" in world.pushes(father)
    world.means(father, "换一个人", "entrusted", OPENS)
    push(world, father, "换一位照护人")
    world.say(father, "姑姑王丽 13900000009")
    for step in (*SCREEN, "full_capacity", "care_ability"):
        world.tap(father, f"entrusted.{step}={'yes' if step[0] != 'd' else 'no'}")
    world.tap(father, "entrusted.child_says=not_asked")
    assert push(world, father, "对，交上去") == ["entrusted.another.sent"]
    row = arrangement(world)
    assert (row.state, row.candidate) == ("candidate_proposed", 2)
    with world.work() as work:
        kept = entrusted_records.data(work, row)
    assert (kept["carer"], kept["facts"].get("d1")) == ("王丽", None)


def test_a_father_who_tells_of_violence_is_asked_to_think_again(world: World, family: Family) -> None:
    father = family.talks["father"]
    world.means(father, "办委托照护", "entrusted", OPENS)
    world.say(father, "舅舅赵强 13900000004")
    world.tap(father, "entrusted.reason=work")
    for words in ("明天走", "13900000002", "中心小学"):
        world.say(father, words)
    for step in SCREEN:
        said = world.tap(father, f"entrusted.{step}={'yes' if step == 'd1' else 'no'}")
        if said == ["entrusted.ask.unfit"]:
            break
    assert push(world, father, "换一位") == ["entrusted.another_person", "entrusted.ask.carer"]
    assert world.say(father, "奶奶李桂兰 13900000001") == ["entrusted.ask.d1"]


def test_a_talk_goes_on_where_it_was_left_even_after_danger(world: World, family: Family) -> None:
    father = family.talks["father"]
    world.means(father, "办委托照护", "entrusted", OPENS)
    world.say(father, "奶奶李桂兰 13900000001")
    said = world.say(father, "孩子被人打得流血不动了")
    assert any(key.startswith("danger.") or key.startswith("emergency") for key in said), said
    assert world.flow(father) == "report"
    assert world.means(father, "接着办委托", "entrusted", OPENS)[-1] == "entrusted.ask.reason"


def test_a_carer_who_cannot_go_on_is_helped_and_the_office_knows(
    world: World, director: Person, family: Family
) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    screened(world, director, uid)
    carer = carer_in(world, director, uid)
    heard(world, director, uid)
    world.tap(father, f"entrusted.signed={uid}")
    for recipient in ("school", "committee"):
        world.tap(father, f"entrusted.{recipient}={uid}")
        world.tap(father, "entrusted.day=today")
    said = world.say(carer, "管不了了想打他")
    assert said == ["contact.signal.check"]
    assert "别动手" in last(world, carer)
    assert arrangement(world).state == "concern"
    assert "entrusted.moved" in world.pushes(director.talk)
    assert "想打" not in "".join(one.text for one in (*world.said(father), *world.said(director.talk)))


def test_the_childs_objection_stops_the_signing_and_the_listener_is_not_the_carer(
    world: World, director: Person, family: Family
) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    screened(world, director, uid)
    carer_in(world, director, uid)
    world.tap(director.talk, f"entrusted.hear={uid}")
    world.tap(director.talk, "entrusted.able=yes")
    assert world.say(director.talk, "李桂兰自己问的")[0] == "entrusted.again.listener"
    world.say(director.talk, "算了")
    assert heard(world, director, uid, "objects") == ["entrusted.heard.objects"]
    assert world.tap(father, f"entrusted.signed={uid}") == ["entrusted.refused"]
    assert arrangement(world).state == "child_heard"


def test_strangers_hear_what_it_is_and_may_ask_to_be_called(world: World, director: Person) -> None:
    stranger = world.citizen()
    assert world.means(stranger, "我要办委托照护", "entrusted", OPENS) == [
        "entrusted.about.wish",
        "entrusted.wish.carer",
    ]
    assert push(world, stranger, "直接请儿童主任联系我") == ["entrusted.wish.where"]
    assert world.say(stranger, "我姓王，电话13900000005")[-1] == "entrusted.wish.where.again"
    assert world.say(stranger, "公主岭市响水镇姜家店村")[-1] == "entrusted.wish.send"
    assert push(world, stranger, "对，交上去") == ["entrusted.wish.sent.wish"]
    with world.work() as work:
        assert work.session.scalars(select(CareTask)).one().kind == "entrusted_call"
    assert "staff.care_task.entrusted_call" in world.pushes(director.talk)


def test_buttons_of_an_arrangement_work_for_its_own_people_only(world: World, director: Person, family: Family) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    stranger = world.citizen()
    other = person(world, "child_director", "220184104202")
    for act in ("see", "signed", "school", "back", "another"):
        assert world.tap(stranger, f"entrusted.{act}={uid}") == ["chat.expired_button"]
    for act in ("open", "review", "hear", "code"):
        for talk in (stranger, other.talk, father):
            assert world.tap(talk, f"entrusted.{act}={uid}") == ["entrusted.gone"]
    assert world.tap(stranger, f"duty:accept:{uid}") == ["chat.expired_button"]
    assert world.tap(director.talk, f"entrusted.open={uid}") == ["entrusted.card"]


def test_a_carers_code_does_not_work_for_the_father_himself(world: World, director: Person, family: Family) -> None:
    father = begun(world, family)
    uid = arrangement(world).uid
    screened(world, director, uid)
    world.tap(director.talk, f"entrusted.code={uid}")
    code = last(world, director.talk).split("：")[1].split("\n")[0]
    world.tap(father, "flow:bind")
    assert world.say(father, code) == ["entrusted.duty.not_you"]
    assert arrangement(world).carer_conversation is None


def test_a_director_begins_for_a_family_and_screens_in_the_same_breath(
    world: World, director: Person, family: Family
) -> None:
    world.means(director.talk, "给测试娃登记委托照护", "entrusted", OPENS)
    world.say(director.talk, "奶奶李桂兰 13900000001")
    world.tap(director.talk, "entrusted.reason=work")
    for words in ("下周一去青岛", "13900000002"):
        world.say(director.talk, words)
    world.say(director.talk, "没有上学、上园")
    world.tap(director.talk, "entrusted.good_reason=yes")
    for step in SCREEN:
        world.tap(director.talk, f"entrusted.{step}=no")
    for step, found in (("full_capacity", "yes"), ("care_ability", "yes"), ("special_care_bar", "no")):
        world.tap(director.talk, f"entrusted.{step}={found}")
    for step in ("morals", "household", "health", "bond"):
        world.tap(director.talk, f"entrusted.{step}=good")
    assert push(world, director.talk, "对，记下") == ["entrusted.passed"]
    row = arrangement(world)
    assert (row.state, row.child, row.conversation) == ("assessed", family.child, family.talks["father"])
    assert world.means(director.talk, "给测试娃登记委托照护", "entrusted", OPENS) == ["entrusted.card"]


def test_a_father_at_the_end_of_his_strength_is_helped_in_the_middle_of_the_talk(
    world: World, director: Person, family: Family
) -> None:
    father = family.talks["father"]
    world.means(father, "办委托照护", "entrusted", OPENS)
    world.say(father, "奶奶李桂兰 13900000001")
    world.tap(father, "entrusted.reason=work")
    assert world.say(father, "管不了了想打他") == ["contact.signal.check", "entrusted.ask.away"]
    assert [rung[0] for rung in families.rungs(world, family)] == ["wants_help"]
    assert "contact.task" in world.pushes(director.talk)


def test_a_grandparent_named_in_the_first_breath_is_heard(world: World, family: Family) -> None:
    father = family.talks["father"]
    said = world.means(father, "我要去打工 孩子交给他奶奶带", "entrusted", OPENS)
    assert said == ["entrusted.begin", "entrusted.ask.carer_name"]


def test_a_child_has_one_arrangement_and_a_second_child_can_have_its_own(
    world: World, director: Person, family: Family
) -> None:
    father = begun(world, family)
    with world.work() as work:
        second = families.child(work, families.BORN, VILLAGE)
        families.tie(work, second, family.people["father"], "father")
    assert world.tap(director.talk, f"entrusted.for={family.child}") == ["entrusted.card"]
    world.means(father, "委托照护", "entrusted", OPENS)
    assert "测试娃的委托照护" in last(world, father)
    assert push(world, father, "给另一个孩子办") == ["entrusted.begin", "entrusted.ask.carer"]
    world.tap(father, "entrusted.more=yes")
    assert world.flow(father) == "entrusted"


def test_whoever_only_reads_is_not_led_through_a_screening_in_vain(
    world: World, director: Person, family: Family
) -> None:
    begun(world, family)
    uid = arrangement(world).uid
    county = world.staff("county_caseworker", VILLAGE[:6], "张科员")
    assert world.tap(county, f"entrusted.review={uid}") == ["entrusted.card"]
    assert [choice.label for choice in world.said(county)[-1].choices] == ["打开网页"]
