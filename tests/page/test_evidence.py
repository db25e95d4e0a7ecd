"""Photos and recordings from the page: taken when offered, acknowledged, never stuck, never left behind."""

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import media_samples as samples
from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import picture, write
from tests.page.fake_api import FakeApi


def _photo(page: Page, data: bytes, name: str = "家.jpg", kind: str = "image/jpeg") -> None:
    page.get_by_role("button", name="更多").click()
    page.locator("#photo").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def test_a_photo_sent_to_the_real_gateway_is_acknowledged_and_danger_is_asked_about(
    page: Page, gateway: GatewayProcess, complaints: list[str]
) -> None:
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    _photo(page, samples.photo_with_place())
    page.get_by_text("照片收到了，会跟这件事放在一起").wait_for()
    page.get_by_text("孩子现在有危险吗").wait_for()
    expect(page.locator(".mine .words")).to_have_text("［照片］")
    expect(page.locator(".mine .fate")).to_have_count(0)
    picture(page, "photo")
    assert [line for line in complaints if "503" not in line] == []


def test_what_the_gateway_cannot_take_is_declined_in_words(page: Page, gateway: GatewayProcess) -> None:
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    page.locator("#file").set_input_files({"name": "a.docx", "mimeType": "", "buffer": samples.zip_archive("a.txt")})
    page.get_by_text("这个我收不了，请用文字说").wait_for()


def test_a_recording_begins_and_ends_with_a_tap_and_reaches_the_gateway(
    page: Page, gateway: GatewayProcess, context: BrowserContext
) -> None:
    context.grant_permissions(["microphone"], origin=gateway.url)
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="语音", exact=True).click()
    expect(page.locator("#heard")).to_have_text(re.compile("正在录音 0:0[2-9]"))
    picture(page, "recording")
    page.get_by_role("button", name="说完了，发送").click()
    page.get_by_text("语音收到了，会跟这件事放在一起").wait_for()
    expect(page.locator("#recording")).to_be_hidden()


def test_a_recording_that_is_not_wanted_goes_nowhere(chat: Page, api: FakeApi, context: BrowserContext) -> None:
    context.grant_permissions(["microphone"], origin=api.url)
    chat.get_by_role("button", name="更多").click()
    chat.get_by_role("button", name="语音", exact=True).click()
    expect(chat.locator("#recording")).to_be_visible()
    chat.get_by_role("button", name="不要了").click()
    expect(chat.locator("#recording")).to_be_hidden()
    write(chat, "算了")
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "算了"}]


def test_without_a_microphone_it_says_what_else_works(chat: Page) -> None:
    chat.evaluate("void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()))")
    chat.get_by_role("button", name="更多").click()
    chat.get_by_role("button", name="语音", exact=True).click()
    expect(chat.locator("#state")).to_contain_text("用不了麦克风")
    chat.get_by_role("button", name="更多").click()
    expect(chat.locator("#pick")).to_be_visible()


def test_leaving_closes_the_microphone(chat: Page, api: FakeApi, context: BrowserContext) -> None:
    context.grant_permissions(["microphone"], origin=api.url)
    chat.get_by_role("button", name="更多").click()
    chat.get_by_role("button", name="语音", exact=True).click()
    expect(chat.locator("#recording")).to_be_visible()
    chat.get_by_role("button", name="快速退出").click()
    chat.wait_for_url("https://www.baidu.com/**")
    assert not any("media" in body for body in api.heard)


def test_while_a_photo_is_on_its_way_the_bubble_tells_how_far(chat: Page, api: FakeApi) -> None:
    api.hold.clear()
    _photo(chat, samples.picture())
    expect(chat.locator(".mine .fate")).to_have_text(re.compile(r"正在发 \d+%"))
    threading.Timer(0.2, api.hold.set).start()
    chat.get_by_text("记下了").wait_for()
    expect(chat.locator(".mine .fate")).to_have_count(0)


@pytest.mark.parametrize("trouble", [503, "cut"])
def test_a_photo_that_does_not_get_through_is_sent_again_with_the_same_key(
    trouble: int | str, chat: Page, api: FakeApi
) -> None:
    api.trouble = trouble
    _photo(chat, samples.picture())
    chat.get_by_text("未送达，正在重试").first.wait_for()
    api.trouble = None
    chat.get_by_text("记下了").wait_for()
    assert len(api.heard) == 1
    assert len(set(api.keys)) == 1


def test_a_refused_photo_says_why_and_does_not_try_again(chat: Page, api: FakeApi) -> None:
    api.trouble = 413
    _photo(chat, samples.picture())
    expect(chat.locator(".mine .fate")).to_contain_text("这条还没记上")
    api.trouble = None
    write(chat, "好吧")
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "好吧"}]
