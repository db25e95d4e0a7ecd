"""Who would rather not report, and says why: nobody learns who told it, and he may come back."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.reports import asides, told, why_not
from bot.reading.talk import replies
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import begun


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    "said", ["要不算了吧 我家跟他家还做着买卖呢", "要不算了吧 我怕他们家更不让我见", "算了 都是邻居", "算了吧 得罪人"]
)
def test_a_reason_behind_never_mind_is_heard_as_one(world: World, said: str) -> None:
    assert replies.gives_up(said)
    assert why_not.is_told(said)
    assert world.say(begun(world), said) == ["report.secret", "report.cancelled"]


@pytest.mark.parametrize("said", ["算了吧 他爸又打他了", "算了 我怕孩子再挨打", "孩子说算了吧 别找他们了"])
def test_who_tells_more_of_the_child_gives_nothing_up(said: str) -> None:
    assert not replies.gives_up(said)


def test_who_stopped_asks_whether_anybody_hears_of_it_and_goes_on_after_all(world: World) -> None:
    talk = begun(world)
    world.say(talk, "要不算了吧 我怕得罪人")
    assert world.say(talk, "真的不会让他们知道?") == ["beside.secret"]
    assert world.say(talk, "那你帮我登记吧")[0] == "report.resumed"
    assert replies.goes_on("那你保证不说我就说")
    assert asides.wants_secrecy("你们能保证不告诉别人不")


@pytest.mark.parametrize(
    "said",
    [
        "儿子前年从架子上摔下来 腰折了 瘫炕上 有残疾证 一级的",
        "我工友从架子上摔下来了",
        "我儿子四十了 在工地摔断了腿",
    ],
)
def test_a_grown_up_who_fell_at_work_is_no_hurt_child(said: str) -> None:
    assert "accident_injury" not in told.read(said).signs


@pytest.mark.parametrize(
    "said",
    [
        "我儿子放学爬架子摔下来 胳膊摔断了",
        "孩子从工地架子上摔下来了",
        "儿子十二 从架子上摔下来 摔断了腿",
        "我老公把儿子摔伤了",
    ],
)
def test_a_child_that_fell_is_one_wherever_it_was(said: str) -> None:
    assert "accident_injury" in told.read(said).signs


def test_a_colleague_who_fell_is_for_120_and_no_report_of_a_child(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我工友从架子上摔下来了 刚才") == ["danger.grown"]
    assert world.say(talk, "打完120了") == ["danger.grown.after"]
    assert not world.reports()
    assert world.say(world.citizen(), "孩子从架子上摔下来了 动不了了")[0].startswith("danger.injury")


def test_a_fall_is_no_hanging_and_whose_words_are_told_is_not_who_writes() -> None:
    assert "self_harm" not in danger.read("我爸从架子上掉下来了 工地上").kinds
    assert "self_harm" in danger.read("她要上掉").kinds
    assert danger.read("孩子从树上掉下来了").level == "emergency"
    assert not asides.own_pain("前天说活着没意思")
    assert "violence" not in danger.read("别在白天打我上夜班").kinds
    assert "violence" in danger.read("别打我").kinds
