"""What people wrote in trials and got no good answer to: a teacher, a child, an angry neighbour, who lost the code."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import drafts
from bot.services.talk import doors as talks
from bot.services.talk.meaning import Meant
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import asked_for, asked_now, last

TEACHER = "我是响水镇中心小学的班主任，公主岭市响水镇姜家店村一个女孩身上总有伤，问她说是后妈打的"
CHILD = "叔叔我爸爸打我"


def _fact(world: World, talk: str, name: str) -> object:
    with world.work() as work:
        draft = drafts.current(work, talk, "report")
        assert draft is not None
        return drafts.answers(work, draft).facts.get(name)


def _filed_by_a_teacher(world: World) -> str:
    talk = world.citizen()
    world.say(talk, TEACHER)
    world.say(talk, "没有")
    world.say(talk, "上个月开始的")
    world.say(talk, "李欣怡，9岁")
    world.say(talk, "可以")
    world.tap(talk, "report.confirm=yes")
    assert "report.police_duty" in _keys(world, talk)
    return talk


def _keys(world: World, talk: str) -> list[str]:
    with world.work() as work:
        return list(work.session.scalars(select(Outbox.key).where(Outbox.conversation == talk).order_by(Outbox.id)))


def test_a_teacher_hears_duty_and_consequence_and_gets_the_text_to_hand_in(world: World, hands: Hands) -> None:
    talk = _filed_by_a_teacher(world)
    duty = next(said for said in world.said(talk) if "强制报告责任人" in said.text)
    assert "第117条" in duty.text
    button = next(choice.value for choice in duty.choices if choice.label == "要一份文字报告")
    assert world.tap(talk, button) == ["report.written"]
    paper = world.said(talk)[-1]
    assert paper.kind == "document"
    for words in ("李欣怡，9岁", "后妈打的", "姜家店村", "上个月", "不能代替报案", world.report().number):
        assert words in paper.text
    hands.forward(hours=1)
    world.deliver(talk)
    hands.forward(minutes=11)
    jobs.run(world.database, world.vault, "retention", world.now())
    assert not any(said.kind == "document" for said in world.said(talk)), "it does not stay in the outbox"


@pytest.mark.parametrize("words", ["报告书怎么写，能给我一份吗", "我要报告的文字", "能打印吗", "学校要书面材料"])
def test_the_text_can_be_asked_for_in_words(words: str, world: World) -> None:
    talk = _filed_by_a_teacher(world)
    assert world.say(talk, words) == ["report.written"]


def test_nobody_gets_the_text_with_a_forged_button_or_without_the_duty(world: World) -> None:
    talk = _filed_by_a_teacher(world)
    uid = world.report().uid
    assert world.tap(world.citizen(), f"written:{uid}:{'a' * 18}") == ["chat.expired_button"]
    assert "report.written" not in world.say(world.citizen(), "给我打印一份报告书")
    assert "report.written" not in _keys(world, talk)


def test_a_child_is_spoken_to_as_a_child_from_the_first_question_on(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, CHILD) == ["report.danger_doubt.child"]
    said = world.say(talk, "他喝酒了 在睡觉")
    assert "report.first.S1.child" in said
    assert "这不是你的错" in "".join(one.text for one in world.said(talk))
    world.tap(talk, "report.danger_now=unknown")
    world.say(talk, "公主岭市响水镇姜家店村")
    world.say(talk, "我叫小军 9岁")
    assert _keys(world, talk)[-1] == "report.follow_up.child"
    assert not any("您" in one.text for one in world.said(talk))


@pytest.mark.parametrize("words", ["我不想让我爸知道", "不敢让我妈知道", "我不想被老师知道", "别告诉我爸"])
def test_a_childs_wish_for_silence_is_answered_and_is_no_place(words: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, CHILD)
    world.tap(talk, "report.danger_now=unknown")
    assert asked_now(world, talk) == "place"
    keys = world.say(talk, words)
    assert any(key.startswith("beside.told.") or key == "report.secret.child" for key in keys)
    assert asked_now(world, talk) == "place"


@pytest.mark.parametrize("words", ["我怕", "我好害怕", "害怕", "我有点怕"])
def test_fear_is_answered_before_the_next_question(words: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, CHILD)
    world.tap(talk, "report.danger_now=unknown")
    assert world.say(talk, words)[0] == "beside.afraid.child"


def test_that_no_grown_up_is_there_refuses_no_answer(world: World) -> None:
    talk = asked_for(world, "follow_up")
    world.means(talk, "没有大人", "report", Meant("deny", 0.99))
    assert _fact(world, talk, "follow_up") is None
    world.means(talk, "没必要回我", "report", Meant("deny", 0.99))
    assert _fact(world, talk, "follow_up") == "no"


def test_an_angry_neighbour_is_not_asked_twice_what_he_does_not_know(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁天天打孩子 我都反映八百回了没人管 公主岭市响水镇姜家店村")
    world.say(talk, "我咋知道现在打没打 天天打")
    assert _fact(world, talk, "danger_now") == "unknown"
    assert asked_now(world, talk) == "when"
    world.say(talk, "不知道！你们自己去查")
    assert asked_now(world, talk) == "child_ref"
    world.say(talk, "不用回我了")
    assert _fact(world, talk, "follow_up") == "no"
    assert asked_now(world, talk) == "child_ref"
    world.say(talk, "不知道")
    assert asked_now(world, talk) in ("reporter_type", "confirm")


def test_no_word_back_is_a_no_to_the_very_question(world: World) -> None:
    talk = asked_for(world, "follow_up")
    world.say(talk, "不用回我了")
    assert _fact(world, talk, "follow_up") == "no"
    assert asked_now(world, talk) == "confirm"


def test_who_lost_the_code_hears_what_does_not_help_and_what_does(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:status")
    assert world.say(talk, "我查询码丢了") == ["status.lost"]
    assert "手机号" in last(world, talk)
    assert [choice.value for choice in world.said(talk)[-1].choices] == ["flow:report", "flow:status"]


# the second round


@pytest.mark.parametrize("words", ["啥危险 没危险 就是我整不动了", "俺岁数大了 抱不动了", "我说不动了 他不听"])
def test_a_tired_grandmother_is_no_child_that_does_not_move(words: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我是个老太太 俺家孙女她妈走了两年没信儿 她爸也不着家 我腿脚不好整不了她")
    world.say(talk, words)
    assert not [key for key in _keys(world, talk) if key.startswith("danger.")]
    with world.work() as work:
        assert drafts.current(work, talk, "report") is None  # she is helped with her check


def test_who_only_tells_is_not_lectured_on_the_rules(world: World) -> None:
    for words in (
        "我是个老太太不太会弄这个 俺家孙女她妈走了两年没信儿 她爸也不着家 我腿脚不好整不了她",
        "我们家对门那个小孩嘛他爸爸妈妈都在外地打工然后就他一个人在家里住好像才十来岁吧也没有大人管天天吃泡面",
    ):
        assert "policy.beside_danger" not in world.say(world.citizen(), words)


@pytest.mark.parametrize("words", ["隔壁正拿棍子打孩子呢", "我爸打我呢", "隔壁正拿棍子打孩子呢 快来人"])
def test_who_cries_for_help_hears_the_numbers_and_no_rule(world: World, words: str) -> None:
    heard = world.say(world.citizen(), words)
    assert heard[0].startswith("danger.")
    assert "policy.beside_danger" not in heard


def test_who_must_not_be_heard_is_never_told_to_shout(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "他又喝酒了 我不敢出声")
    world.say(talk, "我和弟弟躲在柜子里")
    world.say(talk, "他在砸门")
    shown = "".join(said.text for said in world.said(talk))
    assert "喊" not in shown
    assert "别出声" in shown
    assert _fact(world, talk, "reporter_type") == "child_self"


def test_who_stopped_and_goes_on_after_all_goes_on_with_what_stands(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我想举报邻居打孩子 公主岭市响水镇姜家店村")
    world.say(talk, "没有")
    assert world.say(talk, "算了不报了 怕得罪人") == ["report.secret", "report.stays"]
    said = world.say(talk, "想了想还是说吧")
    assert said[0] == "report.resumed"
    assert "report.begin" not in said
    assert len(world.reports()) == 1


@pytest.mark.parametrize("words", ["好", "行", "对", "好的", "嗯呐"])
def test_a_good_after_filing_opens_no_new_report(words: str, world: World) -> None:
    talk = _filed_by_a_teacher(world)
    assert world.say(talk, words) == ["report.settled"]


@pytest.mark.parametrize("words", ["有人管吗", "有人吗", "有没有人管"])
def test_is_anybody_there_is_answered_before_anything_is_told(words: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, words) == ["beside.coming.nothing"]
    assert world.said(talk)[-1].choices[0].value == "flow:report"


def test_a_grandmother_with_a_pain_in_her_chest_hears_of_120(world: World) -> None:
    talk = asked_for(world, "follow_up")
    assert world.say(talk, "我心口疼")[0] == "beside.unwell"
    assert "120" in "".join(said.text for said in world.said(talk)[-2:])
    assert asked_now(world, talk) == "follow_up"


def test_a_place_alone_begins_a_report_and_is_no_riddle(world: World) -> None:
    talk = world.citizen()
    inbox = world.hear(talk, {"text": "公主岭市响水镇姜家店村"})
    with world.work() as work:
        assert talks.answer(work, talk, inbox, ("chat.out_of_scope",), "公主岭市响水镇姜家店村")
        world._done(work, inbox)
    assert "chat.out_of_scope" not in world.keys_to(inbox)
    assert asked_now(world, talk) is not None
    while_rasa_is_away = world.citizen()
    world.say(while_rasa_is_away, "公主岭市响水镇姜家店村")
    assert asked_now(world, while_rasa_is_away) is not None
