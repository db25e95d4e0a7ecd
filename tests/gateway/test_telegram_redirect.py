"""Telegram in redirect mode: general answers and numbers only; of an emergency place and contact, nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.services.casework import handling, reports
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.talk import doors, redirecting
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Draft, Inbox, Report
from tests.builders import World

PAGE = "https://hutong.test"


class Redirected(World):
    """The same world with its Telegram chats in redirect mode, a chat's messages processed as the path does."""

    def hear_in(self, conversation: str, raw: dict[str, object], act: Callable[[Work, int], object]) -> list[str]:
        inbox_id = self.hear(conversation, raw)
        with self.database.begin() as session:
            work = Work(session, self.vault, self.now(), PAGE)
            act(work, inbox_id)
            held = mailbox.claim(work, inbox_id)
            assert held is not None
            keep = redirecting.applies(work, conversation) and redirecting.emergency_open(work, conversation)
            mailbox.finish(work, held, keep_raw=keep)
        return self.keys_to(inbox_id)

    def says(self, conversation: str, text: str) -> list[str]:
        def act(work: Work, inbox_id: int) -> None:
            if not doors.urgent(work, conversation, inbox_id, text):
                doors.alone(work, conversation, inbox_id, text, starting=False)

        return self.hear_in(conversation, {"text": text}, act)

    def taps(self, conversation: str, value: str) -> list[str]:
        return self.hear_in(
            conversation, {"choice": value}, lambda work, inbox_id: doors.tap(work, conversation, inbox_id, value)
        )


@pytest.fixture
def redirected(world: World) -> Redirected:
    return Redirected(world.database, world.vault, world.now)


@pytest.mark.parametrize(
    "text", ["邻居家孩子总挨打身上都是伤", "老李家二小子辍学在家放牛", "我儿子没有户口能上学吗", "听见隔壁孩子哭"]
)
def test_who_begins_to_tell_of_a_child_is_shown_110_and_the_page(redirected: Redirected, text: str) -> None:
    chat = redirected.chat("7")
    if redirected.says(chat, text) != ["chat.degraded"]:
        shown = redirected.said(chat)[-1].text
        assert "110" in shown
        assert PAGE in shown
    assert redirected.reports() == []
    with redirected.work() as work:
        assert work.session.scalars(select(Draft)).all() == []
        assert [row.raw_sealed for row in work.session.scalars(select(Inbox))] == [None]


@pytest.mark.parametrize("value", ["flow:report", "flow:status", "flow:supplement", "view:abc"])
def test_a_button_to_something_personal_leads_to_the_page(redirected: Redirected, value: str) -> None:
    assert redirected.taps(redirected.chat("7"), value) == ["chat.redirect"]


def test_rasa_cannot_open_a_talk_there_either(redirected: Redirected) -> None:
    chat = redirected.chat("7")
    said = redirected.hear_in(
        chat, {"text": "想反映个事"}, lambda work, n: doors.words(work, chat, n, "report", "想反映个事", Meant())
    )
    assert said == ["chat.redirect"]


def test_general_answers_stay(redirected: Redirected) -> None:
    assert redirected.taps(redirected.chat("7"), "say:chat.help") == ["chat.help"]


def test_the_same_words_on_the_web_page_open_the_report(redirected: Redirected) -> None:
    assert "report.begin" in redirected.says(redirected.citizen(), "邻居家孩子总挨打身上都是伤")


def test_of_an_emergency_only_place_and_contact_are_filed_and_the_original_goes_when_somebody_took_over(
    redirected: Redirected,
) -> None:
    duty = redirected.staff("duty_officer", "220182", "值班员")
    chat = redirected.chat("7")
    assert "danger.drowning" in redirected.says(chat, "老王家的二宝掉河里了")
    redirected.says(chat, "榆树市五棵树镇")
    redirected.says(chat, "13800001111")
    looks = redirected.hear(duty, {"choice": "view"})
    with redirected.database.begin() as session:
        work = Work(session, redirected.vault, redirected.now(), PAGE)
        report = session.scalars(select(Report)).one()
        assert {field for field, _ in reports.told_of(work, report)["words"]} == {"place", "safe_contact"}
        assert redirecting.originals(work, chat)[0] == "老王家的二宝掉河里了"
        member = accounts.member(work, duty)
        assert member is not None
        handling.tap(work, duty, looks, "view", report.uid)
    assert "老王家的二宝掉河里了" in redirected.said(duty)[-1].text
    with redirected.database.begin() as session:
        work = Work(session, redirected.vault, redirected.now(), PAGE)
        member = accounts.member(work, duty)
        assert member is not None
        assert reports.accept(work, member, session.scalars(select(Report.uid)).one()).allowed
        assert redirecting.originals(work, chat) == []
