"""The door to the staff page: one link, once, for ten minutes; a session that ends by itself and with the rights."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import texts
from bot.services.mail import mailbox
from bot.services.staff import accounts, signing_in
from bot.services.talk import doors
from bot.storage.tables import Outbox, PageLink, PageSession
from tests.builders import World
from tests.conftest import Hands

VILLAGE = "220184104201"


@pytest.fixture
def director(world: World) -> str:
    return world.staff("child_director", VILLAGE)


def _link(world: World, conversation: str, goes_to: str | None = None) -> str:
    with world.work() as work:
        token = signing_in.link(work, conversation, goes_to)
    assert token is not None
    return token


def _enter(world: World, token: str, earlier: str | None = None) -> signing_in.Entered | None:
    with world.work() as work:
        return signing_in.enter(work, token, earlier)


def _inside(world: World, token: str, *, touch: bool = True) -> bool:
    with world.work() as work:
        return signing_in.visitor(work, token, touch=touch) is not None


def _session(world: World, conversation: str) -> str:
    entered = _enter(world, _link(world, conversation))
    assert entered is not None
    return entered.token


def test_a_link_opens_once(world: World, director: str) -> None:
    token = _link(world, director)
    assert _enter(world, token) is not None
    assert _enter(world, token) is None


def test_looking_at_a_link_does_not_use_it_up(world: World, director: str) -> None:
    token = _link(world, director)
    with world.work() as work:
        assert [signing_in.opens(work, token) for _ in range(3)] == [True] * 3
    assert _enter(world, token) is not None


@pytest.mark.parametrize(("minutes", "opens"), [(9.9, True), (10, False)])
def test_a_link_lives_ten_minutes(minutes: float, opens: bool, world: World, hands: Hands, director: str) -> None:
    token = _link(world, director)
    hands.forward(minutes=minutes)
    assert (_enter(world, token) is not None) is opens


def test_a_new_link_ends_the_one_before(world: World, director: str) -> None:
    first, second = _link(world, director), _link(world, director)
    assert _enter(world, first) is None
    assert _enter(world, second) is not None


def test_a_guessed_link_opens_nothing(world: World, director: str) -> None:
    _link(world, director)
    assert _enter(world, "A" * 32) is None
    assert _enter(world, "") is None


def test_a_link_leads_to_the_report_it_was_asked_for(world: World, director: str) -> None:
    entered = _enter(world, _link(world, director, "r" * 26))
    assert entered is not None
    assert entered.goes_to == "r" * 26


def test_neither_link_nor_session_stands_readable_in_the_database(world: World, director: str) -> None:
    token = _link(world, director)
    entered = _enter(world, token)
    assert entered is not None
    with world.work() as work:
        kept = [*work.session.scalars(select(PageLink.token_key)), *work.session.scalars(select(PageSession.token_key))]
    assert token not in kept
    assert entered.token not in kept


def test_the_browsers_earlier_session_ends_when_it_signs_in_anew(world: World, director: str) -> None:
    first = _session(world, director)
    second = _enter(world, _link(world, director), first)
    assert second is not None
    assert second.token != first
    assert [_inside(world, first), _inside(world, second.token)] == [False, True]


def test_a_session_ends_after_a_quarter_of_an_hour_of_nothing(world: World, hands: Hands, director: str) -> None:
    token = _session(world, director)
    hands.forward(minutes=14)
    assert _inside(world, token)
    hands.forward(minutes=14)
    assert _inside(world, token)
    hands.forward(minutes=15)
    assert not _inside(world, token)


def test_a_session_ends_after_two_hours_of_work(world: World, hands: Hands, director: str) -> None:
    token = _session(world, director)
    stays = []
    for _ in range(12):
        hands.forward(minutes=10)
        stays.append(_inside(world, token))
    assert stays == [True] * 11 + [False]


def test_a_page_that_looks_for_news_by_itself_keeps_nobody_signed_in(world: World, hands: Hands, director: str) -> None:
    token = _session(world, director)
    for _ in range(2):
        hands.forward(minutes=7)
        assert _inside(world, token, touch=False)
    hands.forward(minutes=1)
    assert not _inside(world, token, touch=False)


def test_who_is_suspended_is_out_at_the_next_request(world: World, director: str) -> None:
    token, link = _session(world, director), _link(world, director)
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        accounts.suspend(work, member.account)
    assert not _inside(world, token)
    assert _enter(world, link) is None


def test_who_is_bound_to_another_chat_is_out_and_stays_out(world: World, director: str) -> None:
    token = _session(world, director)
    other = world.citizen()
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        accounts.bind(work, other, accounts.invite(work, member.account))
    assert not _inside(world, token)
    with world.work() as work:
        accounts.bind(work, director, accounts.invite(work, member.account))
    assert not _inside(world, token)


def test_signing_out_ends_the_session(world: World, director: str) -> None:
    token = _session(world, director)
    with world.work() as work:
        signing_in.leave(work, token)
    assert not _inside(world, token)


@pytest.mark.parametrize(
    "text", ["打开网页", "我的页面", "请帮我打开工作网页。", "登录网页", "进入后台", "打开 网页 吧", "我的网页"]
)
def test_staff_who_ask_for_the_page_get_a_link(text: str, world: World, director: str) -> None:
    inbox_id = world.hear(director, {"text": text})
    with world.work() as work:
        assert doors.page_asked(work, director, inbox_id, text)
    assert world.keys_to(inbox_id) == ["page.link"]
    assert signing_in.DOOR in world.said(director)[-1].text


@pytest.mark.parametrize("text", ["网页打不开", "孩子在网页上被骂了", "打开门", "我的页面上有个孩子挨打"])
def test_other_words_ask_for_nothing(text: str, world: World, director: str) -> None:
    with world.work() as work:
        assert not doors.page_asked(work, director, world.hear(director, {"text": text}), text)


def test_a_citizen_who_says_the_same_words_gets_no_link(world: World) -> None:
    citizen = world.citizen()
    assert "page.link" not in world.say(world.citizen(), "打开网页")
    with world.work() as work:
        assert not doors.page_asked(work, citizen, 1, "打开网页")
    assert world.tap(citizen, "page:") == ["chat.not_staff"]


def test_every_alert_has_a_button_to_the_page(world: World, director: str) -> None:
    for key in ("staff.alert.S0", "staff.alert.S1", "staff.alert.ladder", "staff.alert.escalated", "staff.accepted"):
        assert any(choice[1] == "page:{report}" for choice in texts.entry(key)["choices"]), key
    assert world.tap(director, "page:" + "x" * 26) == ["page.link"]


def test_a_link_that_opens_nothing_any_more_leaves_the_outbox(world: World, hands: Hands, director: str) -> None:
    world.tap(director, "page:")
    with world.work() as work:
        assert signing_in.forget(work) == 0
    hands.forward(minutes=10)
    with world.work() as work:
        assert [signing_in.forget(work), signing_in.forget(work)] == [1, 0]
        row = work.session.scalars(select(Outbox).where(Outbox.key == "page.link")).one()
        assert row.args_sealed is None
        assert row not in mailbox.said_since(work, director, 0)
