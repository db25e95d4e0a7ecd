"""The next day of a check, a result that is disputed, and two children that go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot import texts
from bot.services import drafts
from bot.services.eligibility.state import FLOW, Check
from bot.services.tasks import care_tasks
from bot.storage.database import Database
from bot.storage.tables import CareTask
from tests.builders import World
from tests.conftest import Hands

HOME = "我孙子八岁 跟我过 我带得挺好 他爸妈去沈阳打工 三月走的 没回来过 算不算留守"
TWO = ("就查我家孩子算不算留守 俩 他爸妈都上大连打工去了 三月走的 没回来过", "跟我住 大的十五 小的七岁", "有人好好照顾")
OF_RESUMING = ("flow:eligibility", "eligibility.keep=", "eligibility.more=")
YOUNGER = ("小的有残疾证 说话晚", "跟我住 我照顾得挺好")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def _kept(world: World, talk: str) -> Check | None:
    with world.work() as work:
        draft = drafts.current(work, talk, FLOW)
        return None if draft is None else Check(**drafts.contents(work, draft))


def _of_two(world: World) -> str:
    talk = world.citizen()
    for said in (*TWO, *YOUNGER):
        world.say(talk, said)
    return talk


def _payloads(world: World) -> list[dict[str, Any]]:
    with world.work() as work:
        return [care_tasks.payload(work, row) for row in work.session.scalars(select(CareTask))]


@pytest.mark.parametrize("said", ["我回来了 昨天查到哪了", "我是说我那个测算 接着测", "接着测", "那到底算不算"])
def test_the_next_day_a_kept_check_goes_on(world: World, hands: Hands, said: str) -> None:
    talk = world.citizen()
    world.say(talk, "我孙子九岁 跟我过 算不算困境")
    world.say(talk, "明天再说吧 我得干活去了")
    world.tap(talk, "eligibility.keep=yes")
    hands.forward(hours=25)
    assert any(key.startswith("eligibility.") for key in world.say(talk, said))
    assert world.flow(talk) == FLOW


def test_a_report_of_yesterday_does_not_swallow_it_and_who_reads_it_is_said(world: World, hands: Hands) -> None:
    talk = world.citizen()
    world.say(talk, "我闺女十一 我是她爸 我带着 算不算困境")
    world.say(talk, "唉 有时候真觉得活着没意思 撑不下去了")
    world.say(talk, "舒兰市平安镇")
    world.say(talk, "真没事 接着查吧")
    world.say(talk, "明天再说吧 我得干活去了")
    hands.forward(hours=20)
    said = world.say(talk, "我回来了 昨天查到哪了")
    assert said[0].startswith("eligibility.resumed")
    assert world.say(talk, "我昨天说的那话 谁能看着")[0].startswith("report.who_reads.")
    assert world.flow(talk) == FLOW


def _labels(talk: str, world: World) -> Iterator[tuple[str, str]]:
    for said in world.said(talk):
        for one in said.choices:
            if one.value.startswith(OF_RESUMING):
                yield one.label, one.value


def test_every_button_of_resuming_typed_does_what_its_tap_does(world: World) -> None:
    tried = set[str]()
    for _ in range(6):
        typed, tapped = world.citizen(), world.citizen()
        for talk in (typed, tapped):
            world.say(talk, HOME)
            world.say(talk, "再问几个")
            world.say(talk, "明天再说吧 我得干活去了")
            world.tap(talk, "eligibility.keep=yes")
        fresh = [one for one in _labels(typed, world) if one[0] not in tried]
        if not fresh:
            break
        label, value = fresh[-1]
        tried.add(label)
        assert world.say(typed, label) == world.tap(tapped, value), label
    assert {"接着测", "现在就删掉"} <= tried


def test_a_dispute_is_of_the_child_it_names_and_begins_no_other(world: World) -> None:
    talk = _of_two(world)
    assert world.say(talk, "我不同意 那大的咋不算困境") == ["eligibility.why"]
    assert "15岁" in world.said(talk)[-1].text
    assert world.say(talk, "我问的就是大的 不用再测了") == ["eligibility.only_this"]
    check = _kept(world, talk)
    assert check is not None
    assert check.facts["child_age_years"] == 15
    assert [one["facts"]["child_age_years"] for one in check.earlier] == [7]


def test_all_that_were_looked_at_go_together_and_an_empty_one_to_nobody(world: World) -> None:
    talk = _of_two(world)
    world.tap(talk, "eligibility.another=yes")  # a third, of whom nothing is told
    world.say(talk, "那你给村里说一声吧 我们是舒兰市平安镇的")
    went = [one["facts"] for one in _payloads(world)]
    assert {one["child_age_years"]: one.get("child_disability") for one in went} == {15: None, 7: "cert_held"}
    said = "\n".join(one.text for one in world.said(talk))
    assert "大的（15岁）" in said
    assert "小的（7岁）" in said
    assert world.say(talk, "大的那个也交给他") == ["eligibility.handed.all_went"]


def test_how_it_stands_is_one_sentence_for_each_child(world: World) -> None:
    talk = _of_two(world)
    assert world.say(talk, "你就说算不算吧 别整没用的") == ["eligibility.verdict"]
    lines = world.said(talk)[-1].text.splitlines()
    assert [one[:2] for one in lines[:2]] == ["大的", "小的"]


def test_a_question_leaves_the_handing_over_and_nothing_is_agreed_to(world: World) -> None:
    talk = world.citizen()
    world.say(talk, HOME)
    world.say(talk, "我不同意")
    assert world.say(talk, "为啥还没问完啊") == ["eligibility.why"]
    assert not _payloads(world)


def test_who_hardly_reads_gets_a_short_beginning(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我大字不识几个 我孙子让我点这个 说能查啥留守儿童")[0] == "eligibility.begin.elder"
    assert len(texts.render("eligibility.begin.elder").text.splitlines()) == 1


def test_nobody_said_whether_the_police_wrote_it_down(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我离婚了一个人带闺女 想查查能不能算困境儿童")
    check = _kept(world, talk)
    assert check is not None
    assert check.facts["single_parent_family"] == "yes"
    world.say(talk, "我照顾得挺好 她妈好几年联系不上了 跑了 五年没信儿")
    assert "报警回执" not in "\n".join(one.text for one in world.said(talk))
