"""Contact in a real browser of 360 pixels: a link that joins, and the director's page of a family."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Child
from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import picture, write
from tests.page.test_staff import VILLAGE, _fits, _sign_in
from tests.page.test_staff import bound as bound
from tests.services import family as homes


def _child(gateway: GatewayProcess) -> str:
    """The number of a fresh child in the director's village."""
    folder = gateway.folder / "var"
    database = Database(f"sqlite:///{folder / 'hutong.db'}")
    with database.begin() as session:
        work = Work(session, open_vault(database, folder / "keys.json"), datetime.now(UTC))
        number = work.session.get_one(Child, homes.child(work, homes.BORN, VILLAGE)).number
    database.close()
    return number


def _code(gateway: GatewayProcess, child: str, kind: str) -> str:
    invited = gateway.cli("contact", "invite", "--child", child, "--kind", kind)
    return str(json.loads(invited)["invite_code"]).replace("-", "")


def _tap(page: Page, name: str) -> None:
    """Tap a button of what was asked last."""
    newest = page.locator(".choices:not(.old)")
    newest.get_by_role("button", name=name, exact=True, disabled=False).last.click()


def test_a_link_opens_the_notice_leaves_the_address_and_the_family_is_worked_on(
    page: Page, gateway: GatewayProcess, bound: Any, complaints: list[str]
) -> None:
    director = bound("child_director", VILLAGE, "王主任")
    child = _child(gateway)
    page.goto(f"{gateway.url}/#invite={_code(gateway, child, 'father')}")
    page.get_by_role("button", name="同意", exact=True).wait_for()
    assert "invite" not in page.url
    picture(page, "join-notice")
    _tap(page, "同意")
    write(page, "小宇爸爸")
    _tap(page, "就周四")
    _tap(page, "晚上七点")
    page.get_by_text("好了，加入了").wait_for()
    write(page, "停止")
    page.get_by_text("法律上还是父母的事").wait_for()
    _tap(page, "以后再开")
    _tap(page, "就周四")
    _tap(page, "晚上七点")
    _tap(page, "这周已经联系了")
    _tap(page, "视频")
    _tap(page, "聊了")
    _tap(page, "心情不太好")
    _tap(page, "别的都挺好")
    _tap(page, "想和儿童主任谈谈")
    page.get_by_text("小宇爸爸，记下了").wait_for()
    picture(page, "contact-thanks")

    office = _sign_in(director)
    office.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    office.get_by_role("link", name="联系", exact=True).click()
    office.get_by_text("想和儿童主任谈谈").wait_for()
    picture(office, "contact-desk")
    _fits(office)
    office.locator(".card").first.click()
    office.get_by_role("heading", name="最近说了什么").wait_for()
    picture(office, "contact-family", whole=True)
    _fits(office)
    office.get_by_label("做了什么").first.select_option("talked")
    office.get_by_role("button", name="办好了").first.click()
    office.get_by_text("已记下").wait_for()
    office.locator("summary", has_text="告诉家长孩子有异常情况").click()
    office.get_by_label("写事实，不写判断").fill("孩子这三天都没去上学")
    office.get_by_role("button", name="发给家长").first.click()
    office.get_by_text("等回复").wait_for()
    office.locator("summary", has_text="提出转介").click()
    office.get_by_label("转到哪里").fill("县未成年人心理辅导站")
    office.get_by_role("button", name="发给家长").last.click()
    office.get_by_text("等家长答复").wait_for()
    office.locator("summary", has_text="这几周").first.click()
    picture(office, "contact-family-worked", whole=True)
    _fits(office)
    office.get_by_role("link", name="← 家庭联系").click()
    office.get_by_role("link", name="所有加入的家庭").click()
    office.get_by_text("这周有联系").wait_for()
    picture(office, "contact-all")
    assert [line for line in complaints if "503" not in line] == []
