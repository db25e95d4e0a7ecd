"""Who came back with code and PIN is talking of that report: what is added, asked and answered is of it, by its
records, until he tells of another."""

from __future__ import annotations

import re

import pytest

from bot.reading.where import places
from bot.services.casework import alerts, heard
from bot.services.reporting import proofs
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import PLACE, asked_for, last

pytestmark = pytest.mark.words


def _codes(world: World, *, staff: bool = True) -> tuple[str, str]:
    """Code and PIN of a report of harm, and the talk of the director who has it delivered ("" without one)."""
    found = places.find(PLACE).best
    director = world.staff("child_director", found.code) if staff and found is not None else ""
    teller = asked_for(world, "confirm", "邻居家二小子天天挨打 身上都是伤")
    world.tap(teller, "report.confirm=yes")
    if director:
        world.deliver(director)
    receipt = next(said.text for said in world.said(teller) if said.kind == "receipt")
    code, pin = re.search(r"查询码 (\S+)", receipt), re.search(r"密码 (\d+)", receipt)
    assert code is not None
    assert pin is not None
    return f"{code[1]} {pin[1]}", director


def _proved(world: World, hands: Hands, *, staff: bool = True) -> tuple[str, str]:
    """Another talk in which code and PIN were given a day later."""
    codes, director = _codes(world, staff=staff)
    hands.forward(hours=30)
    talk = world.citizen()
    world.means(talk, codes, "status")
    return talk, director


def test_danger_told_after_the_code_raises_that_report_and_tells_its_people_again(world: World, hands: Hands) -> None:
    talk, director = _proved(world, hands)
    before = len(world.pushes(director))
    said = world.say(talk, "今儿早上又打了 孩子都没去上学")
    assert said[0] == "danger.violence"
    assert not [key for key in said if "nobody" in key or key.startswith("report.place")]
    assert world.report().severity == "S0"
    assert "staff.alert.S0" in world.pushes(director)[before:]


@pytest.mark.parametrize("words", ["就是那个码里说的那家啊", "就我刚才查的那个", "还是那家"])
def test_who_says_that_it_is_that_one_is_not_asked_for_the_place(world: World, hands: Hands, words: str) -> None:
    talk, _ = _proved(world, hands)
    assert world.say(talk, words) == ["report.same"]
    assert world.flow(talk) is None


@pytest.mark.parametrize("words", ["通知谁了", "有没有人去啊", "谁管这事呢", "这啥意思 通知值班人员是通知谁了"])
def test_who_was_told_and_when_is_said_by_the_records(world: World, hands: Hands, words: str) -> None:
    talk, _ = _proved(world, hands)
    assert world.say(talk, words) == ["beside.coming.told"]
    assert "儿童主任（" in last(world, talk)
    assert "接手" in last(world, talk)


def test_without_staff_nobody_is_said_to_have_been_told(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands, staff=False)
    assert world.say(talk, "通知谁了") == ["beside.coming.nobody"]
    assert "已发到" not in "".join(said.text for said in world.said(talk))


def test_the_status_names_nobody_on_duty_who_was_not_told(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands)
    status = last(world, talk)
    assert "值班人员" not in status
    assert "已发到：儿童主任（" in status
    with world.work() as work:
        report = world.report()
        assert alerts.was_told(work, report)
        assert list(heard.told(work, report)) == ["child_director"]


def test_what_is_added_asks_for_no_code_again(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands)
    assert world.means(talk, "补充情况", "supplement") == ["supplement.addition"]
    assert world.means(talk, "他姥姥回来了", "supplement") == ["report.added"]
    assert world.say(talk, "行 谢谢啊") == ["chat.thank"]


def test_another_house_begins_another_report(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands)
    world.say(talk, "另一个村还有个孩子天天挨打 正打着呢")
    assert len(world.reports()) == 2


def test_the_proof_ends_after_a_day_and_is_kept_sealed(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands)
    with world.work() as work:
        assert proofs.proved(work, talk) is not None
    hands.forward(hours=25)
    with world.work() as work:
        assert proofs.proved(work, talk) is None


def test_what_was_told_elsewhere_is_not_read_back_to_who_has_the_code(world: World, hands: Hands) -> None:
    talk, _ = _proved(world, hands)
    world.say(talk, "昨晚又让他爸揍了")
    world.say(talk, "现在没有")
    assert "二小子" not in "".join(said.text for said in world.said(talk))
    assert world.flow(talk) is None


def test_who_told_elsewhere_in_vain_is_offered_to_tell_it_here(world: World) -> None:
    assert world.say(world.citizen(), "妈的 报村里八回了没一个管的") == ["report.unhandled"]
    assert world.say(world.citizen(), "我侄子报村里八回了没人管 天天挨打") != ["report.unhandled"]


def test_who_is_back_after_a_pause_hears_the_open_question(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁那家后妈打孩子 打得嗷嗷叫唤")
    assert world.say(talk, "回来了 接着说")[0] == "report.resumed"


@pytest.mark.parametrize("words", ["我被我后爸摸了", "叔叔老进我屋 摸我"])
def test_a_child_that_tells_of_itself_is_promised_no_secrecy(world: World, words: str) -> None:
    child = world.citizen()
    assert world.say(child, words)[0].endswith(".child")
    assert world.say(child, "你能保密吗")[0] == "report.secret.child"
    spoken = "".join(said.text for said in world.said(child))
    assert "您" not in spoken
    assert "不能答应谁都不说" in spoken


def test_a_tap_that_confirms_danger_after_the_code_brings_the_numbers(world: World) -> None:
    teller = world.citizen()
    for said in ("我隔壁老李家爷们儿打孩子 打得嗷嗷叫 农安县靠山镇龙王村", "不留", "可以"):
        world.say(teller, said)
    receipt = next(said.text for said in world.said(teller) if said.kind == "receipt")
    talk = world.citizen()
    world.means(talk, " ".join(re.findall(r"查询码 (\S+)\n密码 (\d+)", receipt)[0]), "status")
    assert "report.danger_doubt" in world.say(talk, "他奶今天没人管 小丫头在家哭呢 他爸上工了")
    assert world.tap(talk, "report.danger_now=yes")[0] == "danger.alone"
