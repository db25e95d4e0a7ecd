"""An open question does not swallow what answers it not: it is answered as what it is, nothing of it is kept as an
answer, and what is still open is said shortly, not twice running."""

from __future__ import annotations

from itertools import cycle

import pytest

from bot.reading.talk import no_answer
from bot.services import drafts
from bot.storage.database import Database
from tests.builders import World
from tests.services.checking import told
from tests.services.open_questions import FLOWS, tried
from tests.services.said_aside import HELD_OUT, TUNED, wrong
from tests.services.talking import answers_of, asked_for, asked_now

NEVER_ANSWERS = ("wait", "thanks", "bye", "about", "only_asking")
SAID = tuple((kind, text) for some in (TUNED, HELD_OUT) for kind in NEVER_ANSWERS for text in some[kind])
STORED = ("stored", "lost")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("flow", FLOWS)
def test_no_question_takes_a_wait_thanks_a_goodbye_or_a_question_to_us_for_its_answer(flow: str, world: World) -> None:
    said, found = cycle(SAID), []
    for question, talk in FLOWS[flow](world):
        kind, text = next(said)
        if wrong(question, kind, text, tried(world, talk, text)) in STORED:
            found.append((question, text))
    assert found == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("等会儿我翻翻本子", no_answer.WAIT),
        ("稍等 来客人了", no_answer.WAIT),
        ("晚上再整 拜拜", no_answer.BYE),
        ("谢谢啊大妹子", no_answer.THANKS),
        ("那你们管啥", no_answer.WHAT_WE_DO),
        ("还有多少个问题", no_answer.LEFT),
        ("你记下了没", no_answer.KEPT),
        ("一个月多少钱", no_answer.MONEY),
        ("问这个干啥用", no_answer.WHY),
        ("就是随便问问", no_answer.ONLY_ASKING),
        ("先不报了", no_answer.NO_REPORT),
        ("诶不对", no_answer.SLIP),
        ("啥意思 没看懂", no_answer.PLAINER),
    ],
)
def test_what_is_no_answer_is_known_for_what_it_is(text: str, kind: str) -> None:
    assert no_answer.whole(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        *(
            "没有",
            "上个月开始的",
            "叫小宝 五岁",
            "等他回来打我咋办",
            "等我爸回来就打我",
            "有人敲门",
            "晚上打我电话",
            "不对",
            "随便",
        ),
        *(
            "小宇妈妈",
            "没钱念书",
            "他妈说明天再来接",
            "在学校找我",
            "一个月回来一次",
            "没给过钱",
            "再见了",
            "我给派出所打电话了",
        ),
        *("还有个妹妹", "睡不好", "报过警", "没报警", "他爸不管"),
    ],
)
def test_what_may_answer_or_tell_something_is_left_to_the_talk(text: str) -> None:
    assert no_answer.read(text) is None


def test_a_description_that_begins_with_a_wait_is_kept_completely(world: World) -> None:
    talk = asked_for(world, "when")
    world.say(talk, "让我想想 大概去年冬天开始的吧")
    assert any("去年冬天" in one for one in answers_of(world, talk).words_of("when"))


def test_what_is_open_is_not_said_twice_running(world: World) -> None:
    talk = asked_for(world, "when")
    assert world.say(talk, "那你们管啥") == ["open.what_we_do", "open.still"]
    assert world.say(talk, "问这个干啥用") == ["open.why"]
    assert asked_now(world, talk) == "when"


def test_who_wants_no_report_in_a_check_goes_on_with_the_check(world: World) -> None:
    talk, facts = told(world, "我是爷爷 孙子九岁 算不算留守儿童")
    assert world.say(talk, "先不报了")[0] == "open.no_report"
    with world.work() as work:
        draft = drafts.current(work, talk, "eligibility")
        assert draft is not None
        assert drafts.contents(work, draft)["facts"] == facts
    assert world.flow(talk) == "eligibility"


def test_a_slip_of_the_tongue_denies_nothing(world: World) -> None:
    talk = asked_for(world, "danger_now")
    assert world.say(talk, "诶不对") == ["open.slip"]
    assert "danger_now" not in answers_of(world, talk).given
