"""The staff page at the real gateway, on a phone of 360 pixels: from the link in the chat to the end of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import PHONE, picture, write

VILLAGE = "220184104203"
LEADS_ON = re.compile("现在没有|跳过|匿名|不留|可以|提交")
WIDER_THAN_THE_PHONE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_SMALL_TO_TAP = """() => [...document.querySelectorAll('button, summary, input, select, textarea, a.button')]
  .filter((e) => e.getClientRects().length && e.type !== 'checkbox' && e.type !== 'hidden')
  .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""


@pytest.fixture
def bound(context: BrowserContext, gateway: GatewayProcess) -> Iterator[Any]:
    """Staff members, each on a phone of their own, bound in the chat."""
    phones = []

    def bind(role: str, area: str, name: str) -> Page:
        added = json.loads(gateway.cli("staff", "add", "--name", name, "--role", role, "--area", area))
        browser = context.browser
        assert browser is not None
        phone = browser.new_context(viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True)  # type: ignore[arg-type]
        phones.append(phone)
        chat = phone.new_page()
        chat.goto(gateway.url)
        chat.get_by_text("我是护童").wait_for()
        chat.get_by_role("button", name="我有邀请码").click()
        chat.get_by_text("请发邀请码").wait_for()
        write(chat, added["invite_code"])
        chat.get_by_text("绑定好了").wait_for()
        return chat

    yield bind
    for phone in phones:
        phone.close()


def _sign_in(chat: Page) -> Page:
    """Say 打开网页, tap the link, tap 进入."""
    write(chat, "打开网页")
    with chat.context.expect_page() as opened:
        chat.get_by_role("link", name="打开工作网页").last.click()
    page = opened.value
    page.get_by_role("button", name="进入").click()
    page.get_by_text("您好").wait_for()
    return page


def _report(citizen: Page, gateway: GatewayProcess, words: str, where: str) -> None:
    citizen.goto(gateway.url)
    citizen.get_by_text("我是护童").wait_for()
    write(citizen, words)
    for _ in range(14):
        expect(citizen.locator(".typing")).to_have_count(0)
        if citizen.locator(".receipt").count():
            return
        if citizen.get_by_text("在哪个县").count() and not citizen.get_by_text(where).count():
            write(citizen, where)
            continue
        citizen.locator(".choices:not(.old)").get_by_role("button", name=LEADS_ON, disabled=False).first.click()


def _fits(page: Page) -> None:
    assert not page.evaluate(WIDER_THAN_THE_PHONE)
    assert page.evaluate(TOO_SMALL_TO_TAP) == []


def test_a_director_works_on_a_report_on_the_page(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    chat = bound("child_director", VILLAGE, "王主任")
    office = _sign_in(chat)
    picture(office, "staff-empty")
    _report(page, gateway, "邻居家孩子天天挨打，胳膊上都是印子", "公主岭市响水镇万山村")
    office.reload()
    picture(office, "staff-queue")
    _fits(office)
    office.locator(".card").first.click()
    office.get_by_role("heading", name="说了什么").wait_for()
    picture(office, "staff-report")
    _fits(office)
    picture(office, "staff-report-full", whole=True)
    office.get_by_role("button", name="我来处理").click()
    office.get_by_text("您已受理").wait_for()
    picture(office, "staff-accepted-full", whole=True)
