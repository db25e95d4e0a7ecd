"""What workers say of a case in plain words: what came of it, closing it, handing it on, a conference, what is open."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.storage.tables import Note, Report
from tests.builders import World
from tests.services.cases import HARM, Staff, staff_of, tell

pytestmark = pytest.mark.words


@pytest.fixture
def staff(world: World) -> Staff:
    """Everybody of a county; one report of harm, which the supervisor took on in words."""
    staff = staff_of(world)
    tell(world, HARM)
    assert _says(world, staff.supervisor.talk, "那个挨打的 我接了") == ["staff.accepted"]
    return staff


def _says(world: World, talk: str, text: str) -> list[str]:
    return world.say(talk, text, at_work=True)


def _notes(world: World) -> list[str]:
    with world.work() as work:
        return [str(work.open("notes.text", row.uid, row.text_sealed)) for row in work.session.scalars(select(Note))]


@pytest.mark.parametrize(
    "text",
    [
        "到了看了 孩子额头有包 送镇卫生院了 派出所也来了 民警姓陶 上午十点",
        "见着人了 小姑娘没受伤 她妈正往回赶",
        "她妈来了 领回去了 爸爸写了保证书",
        "孩子现在在他大姨家 挺好的 后爹让派出所带走了",
    ],
)
def test_what_came_of_the_case_just_taken_on_is_a_note_of_it(world: World, staff: Staff, text: str) -> None:
    assert _says(world, staff.supervisor.talk, text) == ["office.report.written"]
    assert _notes(world) == [text]


def test_words_about_the_note_itself_are_no_part_of_it(world: World, staff: Staff) -> None:
    with world.work() as work:
        number = work.session.scalars(select(Report.number)).one()
    said = f"都不是 先不记走访 回到{number} 补一句 孩子额头有包 派出所来了"
    assert _says(world, staff.supervisor.talk, said) == ["office.report.written"]
    assert _notes(world) == ["孩子额头有包 派出所来了"]


@pytest.mark.parametrize("text", ["这事没事了 办结吧", "为啥不能办结", "咋就不让办结呢", "可以销了吧"])
def test_closing_says_what_this_case_lacks(world: World, staff: Staff, text: str) -> None:
    assert _says(world, staff.supervisor.talk, text) == ["office.report.close"]
    told = world.said(staff.supervisor.talk)[-1].text
    assert "持续关注" in told
    assert "第二个人" in told


def test_what_is_told_with_the_wish_to_close_is_kept(world: World, staff: Staff) -> None:
    _says(world, staff.supervisor.talk, "孩子在他大姨家挺好 为啥不能办结")
    assert _notes(world) == ["孩子在他大姨家挺好"]


def test_handing_on_leads_to_the_page_and_a_conference_is_kept(world: World, staff: Staff) -> None:
    assert _says(world, staff.supervisor.talk, "那先给县里转过去") == ["office.report.pass_on"]
    assert _says(world, staff.caseworker.talk, "组织个会商 公安妇联学校都来") == ["office.report.confer"]
    assert _notes(world) == ["组织个会商 公安妇联学校都来"]
    assert _says(world, staff.caseworker.talk, "谁组织个案会商") != ["office.report.confer"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("我这有啥没办的", "office.open"),
        ("手头还有啥活没干完", "office.open"),
        ("昨晚到现在有几个紧急的", "office.told"),
        ("急的有几件 都谁在办", "office.told"),
        ("没人接的还有没有", "staff.waiting_empty"),
        ("哪个还没人管呢", "staff.waiting_empty"),
    ],
)
def test_the_own_work_is_listed_and_counted(world: World, staff: Staff, text: str, key: str) -> None:
    assert _says(world, staff.supervisor.talk, text) == [key]
