"""Two matters in one message: the family's own is looked at, the other child is not lost, and either comes first."""

from __future__ import annotations

import pytest

from bot.reading.families import matters
from bot.reading.talk import question_forms, replies
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, filed

BOTH = (
    "我问两个事 一个是我侄女 她爸没了她妈改嫁好几年不联系 跟着我过 能不能算孤儿 "
    "再一个我们屯有个小子老在外头捡破烂吃 没人管"
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def test_of_two_matters_each_is_known_by_itself() -> None:
    own, other = matters.parts(BOTH)
    assert "侄女" in own
    assert "侄女" not in other
    assert matters.turns_to("先说捡破烂那个吧 眼下没危险", other)
    assert not matters.turns_to("先说我侄女那个吧", other)
    assert matters.parts("孩子一个人在家") == ("孩子一个人在家",)


def test_the_other_child_comes_first_in_words_and_the_check_goes_on_afterwards(world: World) -> None:
    talk = world.citizen()
    assert "eligibility.concern" in world.means(talk, BOTH, "eligibility")
    world.say(talk, "先说捡破烂那个吧 眼下没危险")
    answers = answers_of(world, talk)
    assert answers.facts["danger_now"] == "no"
    assert not any("侄女" in said for _, said in answers.words)
    world.say(talk, "集安市头道镇团结村")
    for _ in range(8):
        if filed(world, talk):
            break
        world.say(talk, "跳过")
        world.say(talk, "提交")
    assert filed(world, talk)
    assert world.say(talk, "那我侄女的事呢")[0] == "eligibility.resumed"


@pytest.mark.parametrize("said", ["那我侄女的事呢", "那孩子的事咋整"])
def test_who_asks_for_the_own_child_comes_back_to_it(said: str) -> None:
    assert replies.resumes(said)


def test_a_call_from_the_teacher_asks_for_no_number() -> None:
    assert not question_forms.asks("老师昨天给我来电话 说她上课老睡觉")
    assert question_forms.asks("给我个电话")
