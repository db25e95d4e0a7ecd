"""Families at the real page of a phone: the right result, nothing asked twice, and one page to print.

A commit plays two of them, `make test-faults` all, on the day for which their results are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from bot.care import calendar
from bot.clock import utc_now
from bot.services.eligibility import page as eligibility_page
from bot.storage.database import Database
from tests.builders import World
from tests.faults.gateway_process import GatewayProcess, free_port
from tests.faults.sizes import FULL
from tests.page.conftest import picture, write
from tests.services.checking import to_the_end, told
from tests.services.families import FAMILIES, TODAY, Family, wrong

RESULT = re.compile("^(初步判断（|First indication)")
MOST = 30
WHO = ("a father who tells three things", "a mother who writes traditional characters")
PLAYED = FAMILIES if FULL else tuple(one for one in FAMILIES if one.who.startswith(WHO))


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Of the summary that is printed; nothing of it differs between the databases."""
    return sqlite


@pytest.fixture(scope="module")
def that_day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """A gateway that lives on the day of the families where all of them come: some count from it."""
    if not FULL:
        yield request.getfixturevalue("gateway")
        return
    noon = datetime.fromisoformat(f"{TODAY}T12:00").replace(tzinfo=calendar.ZONE)
    ahead = {"FAULT_CLOCK_AHEAD": str((noon - utc_now()).total_seconds())}
    folder = tmp_path_factory.mktemp("families")
    found = GatewayProcess(folder, free_port(), ahead, program="tests.faults.dying_gateway")
    try:
        found.start()
        yield found
    finally:
        found.stop()


@pytest.fixture
def family_phone(page: Page, that_day: GatewayProcess) -> Page:
    page.goto(that_day.url)
    page.get_by_text("我是护童").wait_for()
    return page


def _told(page: Page, words: str) -> str:
    """Write, and the last thing that was said to it once it is all there."""
    before = page.locator(".ours .words").count()
    write(page, words)
    page.locator(".ours .words").nth(before).wait_for()
    return _said(page)


def _said(page: Page) -> str:
    """The last thing said to the phone, once it is all there."""
    expect(page.locator(".typing")).to_have_count(0)
    expect(page.locator(".choices:not(.old)").last).to_be_visible()
    return page.locator(".ours .words").last.inner_text()


def _to_the_end(page: Page, family: Family) -> str:
    for words in family.said:
        question = _told(page, words)
    asked: list[str] = []
    while not RESULT.match(question):
        assert question not in asked, question
        asked.append(question)
        assert len(asked) < MOST
        question = _told(page, next((said for part, said in family.answers if part in question), family.otherwise))
    return question


@pytest.mark.parametrize("family", PLAYED, ids=lambda one: one.who)
def test_a_family_hears_what_is_right_on_the_page(family_phone: Page, family: Family) -> None:
    result = _to_the_end(family_phone, family)
    picture(family_phone, f"family-{FAMILIES.index(family)}")
    assert wrong(family, result) == []


def test_the_page_to_print_stands_alone_fits_a_phone_and_stays_after_handing_over(
    family_phone: Page, that_day: GatewayProcess, complaints: list[str]
) -> None:
    family = next(one for one in FAMILIES if one.who.startswith("a grandmother whose son and his wife"))
    _to_the_end(family_phone, family)
    family_phone.get_by_role("button", name="交给儿童主任").click()
    family_phone.get_by_text("孩子住在哪").last.wait_for()
    for words in ("榆树市五棵树镇", "老王家", "13812345678"):
        _told(family_phone, words)
    family_phone.get_by_role("button", name="同意，交给儿童主任").click()
    family_phone.get_by_role("button", name="打印/保存一页", disabled=False).last.click()
    with family_phone.expect_popup() as opened:
        family_phone.get_by_role("link", name="打开打印页").click()
    paper = opened.value
    paper.get_by_role("heading", name="留守儿童、困境儿童自测结果").wait_for()
    assert paper.url == f"{that_day.url}/sheet", "nothing of the family is in the address"
    shown = paper.locator("main").inner_text()
    for words in ("初步判断，不是认定", "模型版本：1.1.0", "9岁", "✔ 初步符合“留守儿童”的条件", "儿童主任"):
        assert words in shown
    assert "老王家" not in shown
    assert "13812345678" not in shown
    paper.set_viewport_size({"width": 360, "height": 640})
    assert paper.evaluate("document.documentElement.scrollWidth <= 360")
    picture(paper, "sheet", whole=True)
    paper.emulate_media(media="print")
    expect(paper.get_by_role("button", name="打印")).to_be_hidden()
    picture(paper, "sheet-print", whole=True)
    assert [line for line in complaints if "503" not in line] == []


LONGEST = ("a confused grandmother", "a widow who writes English", "a left-behind girl with a disability")
"""Nothing known; everything in two languages; three kinds at once."""


@pytest.mark.parametrize("family", [one for one in FAMILIES if one.who.startswith(LONGEST)], ids=lambda one: one.who)
def test_the_longest_summaries_are_one_page_of_paper(
    page: Page, gateway: GatewayProcess, world: World, family: Family
) -> None:
    talk, _ = told(world, *family.said)
    to_the_end(world, talk, dict(family.answers), family.otherwise)
    with world.work() as work:
        sheet = eligibility_page.sheet(work, talk)
    assert sheet is not None
    page.route("**/api/conversations/*/sheet", lambda route: route.fulfill(json=sheet.as_dict()))
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    page.goto(f"{gateway.url}/sheet")
    page.get_by_text(sheet.closing).wait_for()
    page.emulate_media(media="print")
    picture(page, f"longest-{LONGEST.index(next(one for one in LONGEST if family.who.startswith(one)))}", whole=True)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type ?/Page\b", printed)) == 1
