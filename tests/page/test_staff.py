"""The staff page at the real gateway, on a phone of 360 pixels: from the link in the chat to the end of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import HUNG_MILLISECONDS, PHONE, picture, write

VILLAGE = "220184104203"
LEADS_ON = re.compile("现在没有|跳过|匿名|不留|可以|提交")
WIDER_THAN_THE_PHONE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT_ON_PAPER = """() => {
  const style = (e) => getComputedStyle(e), all = (what) => [...document.querySelectorAll(what)];
  return [...all('tr').filter((e) => style(e).breakInside !== 'avoid'),
    ...all('h2').filter((e) => style(e).breakAfter !== 'avoid'),
    ...all('thead').filter((e) => style(e).display !== 'table-header-group'),
    ...all('button').filter((e) => e.getClientRects().length)].map((e) => e.outerHTML);
}"""
TOO_SMALL_TO_TAP = """() => [...document.querySelectorAll('button, summary, input, select, textarea, a.button')]
  .filter((e) => e.getClientRects().length && !['checkbox', 'radio', 'hidden'].includes(e.type))
  .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""


@pytest.fixture
def bound(context: BrowserContext, gateway: GatewayProcess) -> Iterator[Any]:
    yield from bound_to(context, gateway)


def bound_to(context: BrowserContext, gateway: GatewayProcess) -> Iterator[Any]:
    """Staff members, each on a phone of their own, bound in the chat."""
    phones = []

    def bind(role: str, area: str, name: str) -> Page:
        added = json.loads(gateway.cli("staff", "add", "--name", name, "--role", role, "--area", area))
        browser = context.browser
        assert browser is not None
        phone = browser.new_context(viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True)  # type: ignore[arg-type]
        phone.set_default_timeout(HUNG_MILLISECONDS)
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
    page.wait_for_load_state("load")
    assert not page.evaluate(WIDER_THAN_THE_PHONE)
    assert page.evaluate(TOO_SMALL_TO_TAP) == []


def _do(office: Page, move: str, **fields: str) -> None:
    """Open a move, fill in its form, send it."""
    part = office.locator(f"#act-{move}")
    part.locator("summary").click()
    for name, value in fields.items():
        field = part.locator(f"[name={name}]")
        if field.evaluate("(e) => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    picture(office, f"staff-act-{move}")
    part.locator("form button").click()


def test_a_report_is_worked_on_to_its_end_on_the_page(
    page: Page, gateway: GatewayProcess, bound: Any, complaints: list[str]
) -> None:
    caseworker = bound("county_caseworker", VILLAGE[:6], "赵敏")
    office = _sign_in(bound("child_director", VILLAGE, "王主任"))
    office.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    picture(office, "staff-empty")
    _report(page, gateway, "邻居家孩子天天挨打，胳膊上都是印子", "公主岭市响水镇万山村")
    office.reload()
    picture(office, "staff-queue")
    _fits(office)
    office.locator(".card").first.click()
    office.get_by_role("heading", name="说了什么").wait_for()
    picture(office, "staff-report")
    _fits(office)

    office.get_by_role("button", name="我来处理").click()
    office.get_by_text("您已受理").wait_for()
    picture(office, "staff-accepted", whole=True)
    _fits(office)

    office.get_by_label("想问什么").fill("孩子今晚在谁家？")
    office.get_by_role("button", name="发给报告人").click()
    office.get_by_text("问题已发给报告人").wait_for()
    write(page, "您好")
    page.get_by_text("孩子今晚在谁家？").wait_for()
    write(page, "在他奶奶家，奶奶看着")
    page.get_by_text("已转给处理的人").wait_for()
    office.reload()
    office.locator(".reply").get_by_text("在他奶奶家").wait_for()
    picture(office, "staff-answered", whole=True)

    police = office.locator("#police")
    police.get_by_label("哪个派出所").fill("响水派出所")
    police.get_by_label("接警回执号").fill("2026-1123-07")
    police.get_by_role("button", name="记下").click()
    office.get_by_text("响水派出所").first.wait_for()

    _do(office, "close", close_reason="handed_over", reason="已和孩子奶奶、派出所当面交接，孩子平安。")
    office.get_by_text("要由第二个人确认后才办结").wait_for()
    second = _sign_in(caseworker)
    picture(second, "staff-queue-county")
    second.locator(".card").filter(has_text="等第二个人定办结").first.click()
    second.get_by_role("button", name="确认办结").click()
    second.get_by_text("已办结").first.wait_for()
    _fits(second)
    second.locator("summary", has_text="经过").click()
    second.locator("summary", has_text="告诉了谁").click()
    picture(second, "staff-closed", whole=True)
    office.goto(f"{gateway.url}/staff?group=over")
    office.get_by_text("已结束，内容不再显示").wait_for()
    picture(office, "staff-over")
    assert [line for line in complaints if "503" not in line] == []


def test_a_person_talks_to_a_child_in_danger_on_the_page(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    office = _sign_in(bound("duty_officer", VILLAGE[:6], "钱进"))
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    write(page, "我爸拿刀追我 我在公主岭市响水镇万山村")
    page.locator(".emergency").first.wait_for()
    office.reload()
    office.locator(".card.S0").first.click()
    office.get_by_role("link", name="现在就和报告人说话").click()
    picture(office, "staff-talk-start")
    office.get_by_role("button", name="开始").click()
    office.get_by_label("写给对方").fill("我是公主岭民政值班的钱进。你现在躲在哪里？")
    office.get_by_role("button", name="发出").click()
    page.get_by_text("你现在躲在哪里").wait_for()
    write(page, "在邻居家")
    office.locator(".theirs").get_by_text("在邻居家").wait_for()
    picture(office, "staff-talk")
    _fits(office)
    office.get_by_role("button", name="说完了").click()
    office.get_by_role("heading", name="报告人", exact=True).wait_for()


def test_paper_and_archive_of_a_report(page: Page, gateway: GatewayProcess, bound: Any, tmp_path: Any) -> None:
    office = _sign_in(bound("county_caseworker", VILLAGE[:6], "孙丽"))
    words = "邻居家孩子天天挨打，胳膊上都是印子，是他后爸李国强打的，他电话13812345678"
    _report(page, gateway, words, "公主岭市响水镇姜家店村")
    office.goto(f"{gateway.url}/staff?whose=area")
    office.locator(".card", has_text="姜家店").first.click()
    paper = office.locator("#paper")
    paper.locator("summary").first.click()
    paper.get_by_label("用在哪里").fill("交派出所立案")
    with office.context.expect_page() as opened:
        paper.get_by_role("button", name="打印").click()
    printed = opened.value
    printed.get_by_role("button", name="打印这一页").wait_for()
    picture(printed, "staff-print", whole=True)
    assert not printed.evaluate(WIDER_THAN_THE_PHONE)
    _prints_well(printed)
    with office.expect_download() as download:
        paper.get_by_role("button", name="下载存档文件").click()
    kept = tmp_path / "archive.zip"
    download.value.save_as(kept)
    key = gateway.cli("audit", "public-key").strip()
    assert "完好" in gateway.cli("audit", "verify-file", str(kept), "--key", key)


def _prints_well(printed: Page) -> None:
    """On paper: no third party's name or number, no button, no row or heading cut off at a page's end."""
    printed.emulate_media(media="print")
    seen = printed.locator("body").inner_text()
    assert "孩子天天挨打" in seen
    assert "■■■" in seen
    assert [word for word in ("李国强", "13812345678") if word in printed.content()] == []
    assert printed.evaluate(CUT_ON_PAPER) == []
    assert printed.pdf(format="A4").startswith(b"%PDF-")
    printed.emulate_media(media="screen")


def test_an_office_browser_sees_the_same_pages_wide(gateway: GatewayProcess, bound: Any) -> None:
    chat = bound("county_manager", VILLAGE[:6], "李局长")
    chat.set_viewport_size({"width": 1280, "height": 800})
    office = _sign_in(chat)
    office.set_viewport_size({"width": 1280, "height": 800})
    office.goto(f"{gateway.url}/staff?whose=area")
    picture(office, "staff-wide")
    office.locator(".card").first.click()
    office.get_by_role("heading", name="说了什么").wait_for()
    picture(office, "staff-wide-report", whole=True)
    office.get_by_role("link", name="值班", exact=True).click()
    office.get_by_role("heading", name="值班表").wait_for()
    picture(office, "staff-duty", whole=True)
