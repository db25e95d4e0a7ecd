"""A report's whole life on both channels, told by three phones, one telephone of a stranger, and the journal."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import media_samples as samples
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import GatewayProcess, running_gateway, wait_until
from tests.page.conftest import HUNG_MILLISECONDS, PHONE, picture, write
from tests.page.test_staff import LEADS_ON, _do, _fits, _sign_in, bound_to

VILLAGE, STRANGER = "220184104203", 700_001
WHERE = "公主岭市响水镇万山村"
# Everything that was done to the report and by whom, as it is lived below; the same thing twice running stands once.
LIFE = [
    ("system", "report received"),
    ("system", "report raise_emergency"),
    ("system", "report assigned"),
    ("reporter", "attachment brought"),
    ("reporter", "report add_information"),
    ("child_director", "report read"),
    ("child_director", "report accept"),
    ("child_director", "report read"),
    ("child_director", "child linked"),
    ("child_director", "report read"),
    ("child_director", "report ask_reporter"),
    ("child_director", "report read"),
    ("reporter", "report add_information"),
    ("child_director", "report read"),
    ("child_director", "report transfer"),
    ("child_director", "report read"),
    ("child_supervisor", "report read"),
    ("child_supervisor", "report accept"),
    ("child_supervisor", "report read"),
    ("child_supervisor", "report transfer"),
    ("child_supervisor", "report read"),
    ("county_caseworker", "report read"),
    ("county_caseworker", "report accept"),
    ("county_caseworker", "report read"),
    ("reporter", "report add_information"),
    ("system", "report raise_emergency"),
    ("county_caseworker", "report read"),
    ("county_caseworker", "report accept"),
    ("county_caseworker", "report read"),
    ("county_caseworker", "report police"),
    ("county_caseworker", "report read"),
    ("county_caseworker", "report close proposed"),
    ("county_caseworker", "report read"),
    ("child_director", "report read"),
    ("child_director", "report close"),
    ("child_director", "report closed"),
    ("reporter", "report reopen"),
    ("system", "report raise_emergency"),
    ("reporter", "report add_information"),
    ("county_caseworker", "report read"),
    ("county_caseworker", "report paper"),
    ("county_caseworker", "report exported"),
]


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    found = FakeTelegram()
    yield found
    found.close()


@pytest.fixture
def station(telegram: FakeTelegram, tmp_path: Path) -> Iterator[GatewayProcess]:
    """The real gateway on both channels, with a Rasa that has nothing to say."""
    extra = {"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": telegram.url}
    with running_gateway(tmp_path, extra) as (found, rasa):
        rasa.answer = []
        yield found


@pytest.fixture
def bound(context: BrowserContext, station: GatewayProcess) -> Iterator[Any]:
    yield from bound_to(context, station)


def _tells(page: Page, station: GatewayProcess) -> str:
    """Files anonymously with a photo and a voice note; returns code and PIN."""
    page.goto(station.url)
    page.get_by_text("我是护童").wait_for()
    page.get_by_role("button", name="更多").click()
    page.locator("#photo").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": samples.photo_with_place()}
    )
    page.get_by_text("照片收到了").wait_for()
    page.locator("#file").set_input_files({"name": "a.ogg", "mimeType": "audio/ogg", "buffer": samples.sound(1)})
    page.get_by_text("语音收到了").wait_for()
    write(page, f"{WHERE}邻居家孩子总挨打，胳膊上都是印子")
    for _ in range(14):
        expect(page.locator(".typing")).to_have_count(0)
        if page.locator(".receipt").count():
            break
        page.locator(".choices:not(.old)").get_by_role("button", name=LEADS_ON, disabled=False).first.click()
    picture(page, "life-receipt")
    code, pin = page.locator(".receipt .code strong").all_text_contents()
    return f"{code} {pin}"


def _stranger(telegram: FakeTelegram, act: Any, part: str) -> None:
    """Does something on Telegram and waits for an answer that holds these words."""
    known = len(telegram.sent_to(STRANGER))
    act()
    wait_until(lambda: any(part in text for text in telegram.sent_to(STRANGER)[known:]), f"no {part!r} came")


def _supplement(telegram: FakeTelegram, code: str, words: str, answer: str, *, proved: bool = False) -> None:
    """Tells more of the report; its code is asked for unless it was proved here within a day."""
    _stranger(telegram, lambda: telegram.user_taps(STRANGER, "flow:supplement"), "要补充什么" if proved else "查询码")
    if not proved:
        telegram.user_says(STRANGER, code)
        wait_until(
            lambda: any("要补充什么" in t or "？" in t for t in telegram.sent_to(STRANGER)[-2:]), "no question came"
        )
    _stranger(telegram, lambda: telegram.user_says(STRANGER, words), answer)


def _opens(office: Page, station: GatewayProcess) -> None:
    office.goto(f"{station.url}/staff")
    office.locator(".card").first.click()
    office.get_by_role("heading", name="说了什么").wait_for()


def _is_the_child_on_file(office: Page) -> None:
    """The report is linked to the file of the child it is about, and the file leads back to it."""
    part = office.locator("#children")
    part.locator("summary").click()
    part.get_by_label("姓名或档案编号").fill("王小明")
    picture(office, "life-child")
    part.get_by_role("button", name="关联").click()
    office.get_by_role("link", name="王小明").click()
    picture(office, "life-file", whole=True)
    _fits(office)
    office.locator("#reports a").click()
    office.get_by_role("heading", name="说了什么").wait_for()


def _told(station: GatewayProcess, number: str) -> list[tuple[str, str]]:
    """Who did what to the report, by the journal; accounts by the post they hold."""
    (database,) = (station.folder / "var").glob("*.db")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as rows:
        posts = dict(rows.execute("select account, role from posts"))
        asked = "select actor, act from journal where subject = (select uid from reports where number = ?) order by seq"
        return [(posts.get(actor, actor), act) for actor, act in rows.execute(asked, (number,))]


def test_a_report_lives_its_whole_life_on_both_channels_and_the_journal_tells_it(
    page: Page, station: GatewayProcess, telegram: FakeTelegram, bound: Any, tmp_path: Path
) -> None:
    register = tmp_path / "register.csv"
    register.write_text(f"姓名,性别,出生日期,现住村（社区）\n王小明,男,2016-05-20,{VILLAGE}\n", encoding="utf-8")
    station.cli("children", "import", str(register))
    director = _sign_in(bound("child_director", VILLAGE, "王主任"))
    supervisor = _sign_in(bound("child_supervisor", VILLAGE[:9], "李督导"))
    county = _sign_in(bound("county_caseworker", VILLAGE[:6], "赵科员"))
    code = _tells(page, station)

    # taken on, and asked back
    _opens(director, station)
    number = director.locator(".number").first.text_content() or ""
    director.get_by_role("button", name="我来处理").click()
    director.get_by_text("您已受理").wait_for()
    expect(director.locator("#files li")).to_have_count(2)
    _is_the_child_on_file(director)
    director.get_by_label("想问什么").fill("孩子今晚在谁家？")
    director.get_by_role("button", name="发给报告人").click()
    director.get_by_text("问题已发给报告人").wait_for()
    write(page, "您好")
    page.get_by_text("孩子今晚在谁家").first.wait_for()

    # from another device, on the other channel, by code
    telegram.user_says(STRANGER, "/start")
    _supplement(telegram, code, "在他奶奶家，奶奶眼睛看不见", "")
    director.reload()
    director.get_by_text("奶奶眼睛看不见").first.wait_for()
    picture(director, "life-answered", whole=True)

    # handed on twice
    _do(director, "transfer", receiver="role:child_supervisor", reason="要乡里出面")
    _opens(supervisor, station)
    supervisor.get_by_text("要乡里出面").first.wait_for()
    supervisor.get_by_role("button", name="我来处理").first.click()
    supervisor.get_by_text("您已受理").wait_for()
    _do(supervisor, "transfer", receiver="role:county_caseworker", reason="要县里协调")
    _opens(county, station)
    county.get_by_role("button", name="我来处理").first.click()
    county.get_by_text("您已受理").wait_for()

    # danger, told by the stranger's telephone
    _supplement(telegram, code, "他爸回来了，正拿刀追孩子", "110", proved=True)
    county.goto(f"{station.url}/staff")
    county.locator(".card.S0").first.click()
    picture(county, "life-emergency", whole=True)
    _fits(county)
    county.get_by_role("button", name="我来处理").first.click()
    county.get_by_text("您已受理").wait_for()
    police = county.locator("#police")
    police.get_by_label("哪个派出所").fill("响水派出所")
    police.get_by_label("接警回执号").fill("2026-1123-07")
    police.get_by_role("button", name="记下").click()
    county.get_by_text("响水派出所").first.wait_for()

    # closed by two, opened again by the reporter
    _do(county, "close", close_reason="handed_over", reason="已和姑姑、派出所当面交接，孩子平安。")
    county.get_by_text("要由第二个人确认后才办结").wait_for()
    _opens(director, station)
    director.get_by_role("button", name="确认办结").click()
    browser = page.context.browser
    assert browser is not None
    later = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()  # type: ignore[arg-type]  # knows but the code
    later.set_default_timeout(HUNG_MILLISECONDS)
    later.goto(station.url)
    later.get_by_text("我是护童").wait_for()
    later.get_by_role("button", name="查进度").first.click()
    later.get_by_text("请发查询码").wait_for()
    write(later, code)
    later.get_by_role("button", name="我不同意").last.click()
    later.get_by_text("哪里不同意").last.wait_for()
    write(later, "孩子又被送回来了，没人管")
    later.get_by_text("已经重新打开").first.wait_for()
    picture(later, "life-reopened")
    later.context.close()
    _opens(county, station)
    county.get_by_text("孩子又被送回来了").first.wait_for()

    # the whole of it in one file, and in the journal
    paper = county.locator("#paper")
    paper.locator("summary").first.click()
    paper.get_by_label("用在哪里").fill("交派出所立案")
    paper.get_by_label("带上照片").check()
    with county.expect_download() as download:
        paper.get_by_role("button", name="下载存档文件").click()
    kept = tmp_path / "archive.zip"
    download.value.save_as(kept)
    told = station.cli("audit", "verify-file", str(kept), "--key", station.cli("audit", "public-key").strip())
    assert "2 of 2 held" in told
    plain = re.sub(r"[^0-9A-Z]", "", number)
    assert [one for one, _ in groupby(_told(station, plain))] == LIFE
    assert "完好" in station.cli("audit", "verify")
