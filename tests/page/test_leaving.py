"""Away at once, and nothing stays behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.page.conftest import write
from tests.page.fake_api import FakeApi

SECRET = "他每天晚上打孩子"
PRESSED = 'document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))'
NEUTRAL = "https://www.baidu.com/**"


def _talk(page: Page) -> None:
    write(page, SECRET)
    page.get_by_text("记下了").wait_for()
    page.locator("#text").fill("还想说")


def _assert_nothing_left(page: Page, api: FakeApi) -> None:
    page.goto(api.url)
    page.get_by_text("我是护童").wait_for()
    assert (
        page.evaluate("sessionStorage.length - (sessionStorage.draft === '\"\"') - (sessionStorage.large === 'false')")
        == 0
    )
    assert page.locator("#text").input_value() == ""
    assert page.locator(".mine").count() == 0
    assert SECRET not in page.content()
    assert len(api.talks) == 2


def test_quick_exit_erases_everything_and_leads_to_a_neutral_site(chat: Page, api: FakeApi) -> None:
    _talk(chat)
    token = chat.evaluate("localStorage.conversation")
    chat.get_by_role("button", name="快速退出").click()
    chat.wait_for_url(NEUTRAL)
    _assert_nothing_left(chat, api)
    assert chat.evaluate("localStorage.conversation") != token


def test_the_way_back_does_not_lead_to_the_talk(chat: Page, api: FakeApi) -> None:
    _talk(chat)
    chat.get_by_role("button", name="快速退出").click()
    chat.wait_for_url(NEUTRAL)
    chat.go_back()
    assert chat.url == "about:blank"


def test_escape_twice_leaves(chat: Page, api: FakeApi) -> None:
    _talk(chat)
    # Both in one step: how soon the second has to follow is the page's to say, not a busy machine's.
    chat.evaluate(f"{PRESSED}; {PRESSED}")
    chat.wait_for_url(NEUTRAL)
    _assert_nothing_left(chat, api)


def test_escape_once_stays(chat: Page) -> None:
    chat.get_by_role("button", name="更多").click()
    chat.keyboard.press("Escape")
    expect(chat.locator("#extras")).to_be_hidden()
    expect(chat.get_by_text("我是护童")).to_be_visible()


def test_without_a_network_the_tab_goes_empty(chat: Page, context: BrowserContext) -> None:
    _talk(chat)
    context.set_offline(True)
    chat.get_by_role("button", name="快速退出").click()
    chat.wait_for_url("about:blank")


def test_what_was_sent_off_still_arrives_after_leaving(chat: Page, api: FakeApi) -> None:
    api.trouble = 503
    write(chat, SECRET)
    chat.get_by_text("未送达").wait_for()
    api.trouble = None
    with chat.expect_request(lambda request: request.url.endswith("/messages") and request.method == "POST"):
        chat.get_by_role("button", name="快速退出").click()
    chat.wait_for_url(NEUTRAL)
    _assert_nothing_left(chat, api)
    assert api.heard == [{"text": SECRET}]


def test_leaving_in_one_tab_empties_the_others(chat: Page, api: FakeApi, context: BrowserContext) -> None:
    _talk(chat)
    other = context.new_page()
    other.goto(api.url)
    other.get_by_text("记下了").wait_for()
    chat.get_by_role("button", name="快速退出").click()
    other.wait_for_url(NEUTRAL)


def test_clearing_for_the_next_person_takes_two_taps(chat: Page, api: FakeApi) -> None:
    _talk(chat)
    chat.get_by_role("button", name="更多").click()
    left = chat.evaluate("""() => {
        const button = document.getElementById("clear");
        button.click();
        const left = document.querySelectorAll(".mine").length;
        button.click();
        return left;
    }""")
    assert left == 1
    chat.get_by_text("我是护童").wait_for()
    expect(chat.locator(".mine")).to_have_count(0)
    expect(chat.locator("#text")).to_have_value("")
    assert SECRET not in chat.content()
    assert len(api.talks) == 2


def test_the_phone_keeps_nothing_but_the_conversation_and_its_token(chat: Page) -> None:
    chat.get_by_role("button", name="大字").click()
    _talk(chat)
    assert chat.evaluate("Object.keys(localStorage)") == ["conversation"]
    assert sorted(chat.evaluate("Object.keys(JSON.parse(localStorage.conversation))")) == ["conversation", "token"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_title_tells_nothing(chat: Page, moment: str) -> None:
    if moment == "after":
        _talk(chat)
    assert chat.title() == "便民服务"
    assert "?" not in chat.url
    assert "#" not in chat.url
