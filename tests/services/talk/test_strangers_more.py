"""Strangers again: what they say in passing (没有, 撤了吧, a number, 昨天没说完) leads where they meant it to lead."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import HARDSHIP, tell
from tests.services.talking import PLACE, STORY, answers_of, asked_for, asked_now, begun


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _asked_who_cares(world: World) -> str:
    """A self-check in which it is asked whether a reliable grown-up looks after the child."""
    talk = world.citizen()
    world.say(talk, "我家孩子够不够困境儿童")
    world.say(talk, "不是")
    assert "可靠的大人照顾" in world.said(talk)[-1].text
    return talk


@pytest.mark.parametrize("said", ["没有", "没有啊", "没", "都没有", "没有靠谱的"])
def test_a_bare_no_to_who_looks_after_the_child_is_asked_about_before_it_is_reported(said: str, world: World) -> None:
    talk = _asked_who_cares(world)
    assert world.say(talk, said)[-1] == "eligibility.unattended"
    assert world.reports() == []
    assert len(world.said(talk)[-1].choices) == 2


@pytest.mark.parametrize("said", ["是", "是的", "没有", "没人管"])
def test_who_says_so_again_is_in_the_report(said: str, world: World) -> None:
    talk = _asked_who_cares(world)
    world.say(talk, "没有啊")
    assert "eligibility.emergency" in world.say(talk, said)
    assert world.flow(talk) == "report"


@pytest.mark.parametrize("said", ["不是", "有啊", "有人照看", "不是 我带着呢"])
def test_who_says_otherwise_goes_on_with_the_check(said: str, world: World) -> None:
    talk = _asked_who_cares(world)
    world.say(talk, "没有")
    assert world.say(talk, said)[-1] == "eligibility.age"
    assert world.reports() == []


@pytest.mark.parametrize(("at", "key"), [(0, "eligibility.emergency"), (1, "eligibility.age")])
def test_the_buttons_say_the_same(at: int, key: str, world: World) -> None:
    talk = _asked_who_cares(world)
    world.say(talk, "没有")
    assert key in world.tap(talk, world.said(talk)[-1].choices[at].value)


@pytest.mark.parametrize("said", ["孩子一个人在家没人管", "没人管", "没有大人照看"])
def test_who_tells_it_plainly_is_not_asked_whether_it_is_so(said: str, world: World) -> None:
    talk = _asked_who_cares(world)
    assert "eligibility.unattended" not in world.say(talk, said)
    assert world.flow(talk) == "report"


TAKES_BACK = ["我那个举报不想弄了", "撤了吧 算了 不举报了", "把我的举报撤了", "撤回刚才的举报"]


@pytest.mark.parametrize("said", [*TAKES_BACK, "不举报了", "我不想举报了"])
def test_who_reported_here_and_takes_it_back_is_asked_whether_to_withdraw(said: str, world: World) -> None:
    talk = world.citizen()
    report = tell(world, HARDSHIP, talk=talk)
    assert world.say(talk, said) == ["withdraw.sure"]
    assert world.say(talk, "是") == ["withdraw.done"]
    assert [one.uid for one in world.reports()] == [report]


@pytest.mark.parametrize("said", TAKES_BACK)
def test_in_the_middle_of_the_talk_it_is_the_report_on_its_way_that_is_withdrawn(said: str, world: World) -> None:
    talk = begun(world, STORY)
    assert world.say(talk, said) == ["withdraw.sure"]
    assert world.say(talk, "是") == ["withdraw.done_urgent"]


@pytest.mark.parametrize("said", TAKES_BACK)
def test_who_reported_nothing_here_is_asked_for_the_code(said: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == ["withdraw.report_code"]
    assert world.reports() == []


def test_what_nobody_has_yet_is_only_stopped(world: World) -> None:
    talk = begun(world)
    assert world.say(talk, "我那个举报不想弄了") == ["report.cancelled"]
    assert world.flow(talk) is None


@pytest.mark.parametrize(
    "said", ["我那个举报不想弄了 他又在打孩子 要打死了", "怎么撤销举报", "撤掉留守", "撤销监护权", "先撤了，辛苦"]
)
def test_danger_and_questions_are_no_withdrawing(said: str, world: World) -> None:
    talk = world.citizen()
    assert not [key for key in world.say(talk, said) if key.startswith("withdraw.")]


NUMBER = "13900000001"


@pytest.mark.parametrize("asked", ["danger_now", "when", "child_ref", "reporter_type"])
def test_a_number_and_nothing_else_is_kept_as_contact_and_the_question_stands(asked: str, world: World) -> None:
    talk = asked_for(world, asked)
    assert world.say(talk, NUMBER)[0] == "report.contact_taken"
    assert asked_now(world, talk) == asked
    kept = answers_of(world, talk)
    assert (kept.words_of("safe_contact"), kept.words_of(asked)) == ([NUMBER], [])


def test_a_number_that_was_asked_for_is_the_answer(world: World) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 我听见孩子在喊救命 打起来了")
    assert "report.contact_taken" not in world.say(talk, NUMBER)
    assert answers_of(world, talk).words_of("safe_contact") == [NUMBER]


def test_a_number_in_the_self_check_is_no_answer_and_kept_for_who_is_asked_to_help(world: World) -> None:
    talk = _asked_who_cares(world)
    assert world.say(talk, NUMBER) == ["eligibility.number_kept", "eligibility.question.still"]
    world.say(talk, "帮我找个人问问")
    world.say(talk, PLACE)
    assert world.say(talk, "刘婶") == ["eligibility.hand.consent"]
    assert NUMBER in world.said(talk)[-1].text


def test_a_number_with_nothing_open_is_not_kept_and_said_to_be_so(world: World) -> None:
    assert world.say(world.citizen(), NUMBER) == ["report.contact_declined"]


@pytest.mark.parametrize("said", ["我不敢打电话", "我不敢打110", "俺也不敢报警"])
def test_who_does_not_dare_to_phone_hears_that_nobody_has_to_and_the_talk_goes_on(said: str, world: World) -> None:
    talk = asked_for(world, "child_ref")
    assert world.say(talk, said) == ["beside.no_call", "report.child_ref.again"]
    assert asked_now(world, talk) == "child_ref"
    assert answers_of(world, talk).words_of("child_ref") == []


def test_in_danger_it_is_also_said_how_to_be_heard_without_a_sound(world: World) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 我听见孩子在喊救命 打起来了")
    assert world.say(talk, "我不敢打电话")[:2] == ["beside.no_call", "danger.silent"]
    assert answers_of(world, talk).words_of("safe_contact") == []


def test_who_begins_with_it_is_invited_to_write(world: World) -> None:
    assert world.say(world.citizen(), "我不敢打电话") == ["beside.no_call.nothing"]


@pytest.mark.parametrize("said", ["昨天没说完", "接着昨天的说", "昨儿没唠完呢"])
def test_a_parent_who_comes_back_to_the_week_goes_on_with_it(said: str, world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.say(talk, "刚视频了挺好的")
    world.say(talk, "算了")
    hands.forward(days=1)
    assert world.say(talk, said) == ["contact.q.parent.carer"]
    assert world.flow(talk) == "contact"


def test_who_has_told_all_of_the_week_is_not_asked_again(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    for said in ("刚视频了挺好的", "聊了", "都挺好", "没有"):
        world.say(talk, said)
    assert world.flow(talk) is None
    assert not [key for key in world.say(talk, "昨天没说完") if key.startswith("contact.q.")]
