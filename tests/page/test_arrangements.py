"""委托照护 at the real gateway on a phone of 360 pixels: begun in the chat, led on the staff page, a paper to print."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import picture, write
from tests.page.test_staff import _do, _fits, _sign_in, bound

__all__ = ["bound"]
VILLAGE = "220184104204"
CHILD = {
    "姓名": "孙小北",
    "性别": "女",
    "出生日期": "2017-05-01",
    "现住村（社区）": VILLAGE,
    "学校": "响水镇中心小学",
    "父亲姓名": "孙刚",
    "父亲电话": "13900000002",
    "母亲姓名": "刘芳",
    "监护状况": "一般",
}
NO = {name: "no" for name in ("d1", "d2", "d3", "d4")}
FOUND = {**NO, "full_capacity": "yes", "care_ability": "yes", "special_care_bar": "no"}
FACTORS = {"morals": "good", "household": "good", "health": "fair", "bond": "good"}
HEARD = {"child_opinion": "agrees", "heard_in_private": "yes", "listener": "班主任赵老师", "child_words": "想跟奶奶"}


def _import(gateway: GatewayProcess, folder: Path) -> None:
    file = folder / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, CHILD)
        table.writeheader()
        table.writerow(CHILD)
    gateway.cli("children", "import", str(file))


def _tap(chat: Page, label: str) -> None:
    chat.locator(".choices:not(.old)").get_by_role("button", name=label, exact=True, disabled=False).last.click()


def _begin(chat: Page) -> None:
    """The director writes down what the family said; nobody knows yet whether the carer drinks."""
    write(chat, "我的孩子")
    _tap(chat, "孙小北 9岁")
    _tap(chat, "委托照护")
    for words in ("奶奶李桂兰 13900000001", "外出务工", "下周一去青岛，到过年", "孩子爸13900000002"):
        chat.get_by_text("？").last.wait_for()
        write(chat, words)
        chat.locator(".typing").wait_for(state="detached")


def test_an_arrangement_is_begun_in_chat_and_led_on_the_page_to_its_paper(
    gateway: GatewayProcess, bound: Any, tmp_path: Path, complaints: list[str]
) -> None:
    _import(gateway, tmp_path)
    chat = bound("child_director", VILLAGE, "周主任")
    _begin(chat)
    for answer in (
        "正当",
        "没有",
        "说不准",
        "没有",
        "没有",
        "满了",
        "照顾得过来",
        "没有",
        "好",
        "好",
        "一般",
        "好",
        "对，记下",
    ):
        _tap(chat, answer)
        chat.locator(".typing").wait_for(state="detached")
    chat.get_by_text("不清楚不算通过，请向派出所").wait_for()
    picture(chat, "entrusted-chat")
    office = _sign_in(chat)
    office.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    office.get_by_role("link", name="委托").click()
    office.get_by_role("heading", name="委托照护").wait_for()
    picture(office, "entrusted-list")
    _fits(office)
    office.locator(".card").first.click()
    office.get_by_role("heading", name="下一步").wait_for()
    picture(office, "entrusted-screening", whole=True)
    _fits(office)
    _do(office, "passed", **FOUND, **FACTORS)
    office.get_by_text("综合评估完成").first.wait_for()
    _do(office, "child_opinion_recorded", **HEARD)
    office.get_by_text("已听取儿童意见").first.wait_for()
    office.get_by_role("button", name="当面讲过责任，照护人接受了").click()
    office.get_by_text("照护人已读并接受").wait_for()
    office.locator("summary", has_text="双方在纸上签好了协议").click()
    office.get_by_role("button", name="记下", exact=True).first.click()
    office.get_by_text("已签订协议").first.wait_for()
    office.locator("summary", has_text="经过").click()
    picture(office, "entrusted-signed", whole=True)
    _fits(office)
    with office.context.expect_page() as opened:
        office.get_by_role("link", name="给学校（幼儿园）的书面告知").click()
    paper = opened.value
    paper.get_by_role("heading", name="委托照护书面告知").wait_for()
    assert "想跟奶奶" not in paper.content()
    picture(paper, "entrusted-notice", whole=True)
    paper.goto(paper.url.replace("notice_school", "agreement"))
    picture(paper, "entrusted-agreement", whole=True)
    assert complaints == []
