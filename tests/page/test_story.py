"""The page at the real gateway: a report from start to code, danger, and a director who is told."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import HUNG_MILLISECONDS, picture, write

LEADS_ON = re.compile("现在没有|跳过|匿名|不留|可以|提交")
MOST_QUESTIONS = 12


@pytest.fixture
def citizen(page: Page, gateway: GatewayProcess) -> Page:
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    return page


def _tap_on(page: Page) -> None:
    """Answer the newest question by its first button that leads on, once it is there."""
    expect(page.locator(".typing")).to_have_count(0)
    page.locator(".choices:not(.old)").get_by_role("button", name=LEADS_ON, disabled=False).first.click()


def test_a_report_from_start_to_code(citizen: Page, complaints: list[str]) -> None:
    write(citizen, "邻居家孩子天天挨打，胳膊上都是印子")
    _tap_on(citizen)
    citizen.get_by_text("哪个县").wait_for()
    picture(citizen, "question")
    write(citizen, "公主岭市响水镇姜家店村")
    for _ in range(MOST_QUESTIONS):
        _tap_on(citizen)
        expect(citizen.locator(".typing")).to_have_count(0)
        if citizen.locator(".receipt").count():
            break
    expect(citizen.locator(".code strong")).to_have_text([re.compile(r"^\w{5}-\w{5}$"), re.compile(r"^\d{4}$")])
    picture(citizen, "receipt")
    assert [line for line in complaints if "503" not in line] == []


def test_danger_is_answered_with_numbers_to_tap(citizen: Page) -> None:
    write(citizen, "快来人 隔壁正拿棍子打孩子呢")
    expect(citizen.locator(".emergency a[href='tel:110']").first).to_be_in_viewport()
    picture(citizen, "danger")


def test_a_reload_goes_on_where_it_was(citizen: Page) -> None:
    write(citizen, "孩子辍学了在家放牛")
    citizen.get_by_role("button", name="现在没有").wait_for()
    citizen.reload()
    citizen.get_by_role("button", name="现在没有").click()
    citizen.get_by_text("哪个县").wait_for()


def test_a_director_is_told_by_the_stream_and_takes_it_on(
    citizen: Page, context: BrowserContext, gateway: GatewayProcess
) -> None:
    added = json.loads(
        gateway.cli("staff", "add", "--name", "王", "--role", "child_director", "--area", "220184104202")
    )
    browser = context.browser
    assert browser is not None
    other_phone = browser.new_context(locale="zh-CN")
    other_phone.set_default_timeout(HUNG_MILLISECONDS)
    director = other_phone.new_page()
    director.goto(gateway.url)
    director.get_by_role("button", name="我有邀请码").click()
    director.get_by_text("请发邀请码").wait_for()
    write(director, added["invite_code"])
    director.get_by_text("绑定好了").wait_for()
    write(citizen, "公主岭市响水镇正拿刀砍孩子 快来人")
    citizen.locator(".emergency").first.wait_for()
    write(citizen, "公主岭市响水镇" + added["area"].removeprefix("公主岭市响水镇"))
    director.get_by_text("紧急报告").first.wait_for()
    director.get_by_role("button", name="我来处理").first.click()
    director.get_by_text("已接手").first.wait_for()
    other_phone.close()
