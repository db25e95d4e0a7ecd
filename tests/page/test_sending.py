"""Nothing said is lost between the thumb and the server."""

from __future__ import annotations

import base64
import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.page.conftest import write
from tests.page.fake_api import FakeApi

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def _waiting(page: Page) -> None:
    page.get_by_text("未送达，正在重试").first.wait_for()


def test_what_is_sent_shows_at_once_and_somebody_seems_to_type(chat: Page, api: FakeApi) -> None:
    api.hold.clear()
    write(chat, "孩子没人管")
    expect(chat.locator(".mine")).to_contain_text("孩子没人管")
    expect(chat.locator(".typing")).to_be_visible()
    api.hold.set()
    chat.get_by_text("记下了").wait_for()
    expect(chat.locator(".typing")).to_have_count(0)


def test_a_message_written_offline_is_sent_later_by_itself_with_the_same_key(chat: Page, api: FakeApi) -> None:
    api.trouble = "cut"
    write(chat, "孩子辍学了")
    _waiting(chat)
    api.trouble = None
    chat.get_by_text("记下了").wait_for()
    expect(chat.get_by_text("未送达")).to_have_count(0)
    expect(chat.locator("#state")).to_be_hidden()
    assert api.heard == [{"text": "孩子辍学了"}]
    assert len(api.keys) >= 2
    assert len(set(api.keys)) == 1


def test_a_tap_sends_again_at_once(chat: Page, api: FakeApi) -> None:
    api.trouble = 503
    write(chat, "孩子辍学了")
    _waiting(chat)
    expect(chat.locator("#state")).to_have_text("这条还没记上，请过几秒再发一次。")
    api.trouble = None
    chat.get_by_role("button", name="点这里重发").click()
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "孩子辍学了"}]


def test_a_reload_while_offline_loses_nothing_and_keeps_the_key_and_the_order(chat: Page, api: FakeApi) -> None:
    api.trouble = "cut"
    write(chat, "第一句")
    _waiting(chat)
    write(chat, "第二句")
    chat.locator("#text").fill("还没写完")
    api.trouble = 503
    chat.reload()
    expect(chat.locator(".mine .words")).to_have_text(["第一句", "第二句"])
    expect(chat.locator("#text")).to_have_value("还没写完")
    _waiting(chat)
    api.trouble = None
    expect(chat.get_by_text("记下了")).to_have_count(2)
    assert [body["text"] for body in api.heard] == ["第一句", "第二句"]
    assert len(set(api.keys)) == 2


def test_an_answer_lost_on_the_way_is_fetched_again_without_a_second_effect(chat: Page, api: FakeApi) -> None:
    api.streams = False
    api.trouble = "lost"
    write(chat, "他又打孩子")
    _waiting(chat)
    api.trouble = None
    chat.get_by_role("button", name="点这里重发").click()
    chat.get_by_text("记下了").wait_for()
    expect(chat.get_by_text("记下了")).to_have_count(1)
    assert len(api.heard) == 1


def test_a_message_the_server_refuses_can_be_changed_and_sent(chat: Page, api: FakeApi) -> None:
    api.trouble = 413
    write(chat, "太长的话")
    expect(chat.locator(".fate")).to_contain_text("这条还没记上")
    api.trouble = None
    chat.get_by_role("button", name="改一改再发").click()
    expect(chat.locator("#text")).to_have_value("太长的话")
    expect(chat.locator(".mine")).to_have_count(0)
    write(chat, "短的话")
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "短的话"}]


def test_a_server_that_forgot_gets_the_words_in_a_new_conversation(chat: Page, api: FakeApi) -> None:
    write(chat, "以前的话")
    chat.get_by_text("记下了").wait_for()
    old = chat.evaluate("localStorage.conversation")
    api.talks.clear()
    chat.locator("#text").fill("新的话")
    chat.get_by_role("button", name="发送").click()
    chat.get_by_text("重新开始").wait_for()
    expect(chat.get_by_text("记下了")).to_have_count(2)
    assert api.heard == [{"text": "以前的话"}, {"text": "新的话"}]
    assert chat.evaluate("localStorage.conversation") != old
    assert len(api.talks) == 1


def test_a_foreign_404_does_not_end_the_conversation(chat: Page, api: FakeApi) -> None:
    chat.route(
        "**/messages", lambda route: route.fulfill(status=404, body="<h1>Wi-Fi 登录</h1>", content_type="text/html")
    )
    write(chat, "在吗")
    _waiting(chat)
    chat.unroute("**/messages")
    chat.get_by_text("记下了").wait_for()
    assert len(api.talks) == 1


def test_a_very_long_text_goes_out_in_pieces_and_whole(chat: Page, api: FakeApi) -> None:
    story = "昨天晚上他又喝酒了，孩子吓得不敢回家。" * 300 + "👧" * 3000
    write(chat, story)
    expect(chat.get_by_text("记下了")).to_have_count(3)
    assert all(len(body["text"].encode("utf-16-le")) <= 8192 for body in api.heard)
    assert "".join(body["text"] for body in api.heard) == story


def test_a_tapped_choice_becomes_the_persons_words_and_closes_its_buttons(chat: Page, api: FakeApi) -> None:
    chat.get_by_role("button", name="查进度").click()
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"choice": "flow:status"}]
    expect(chat.locator(".mine .words")).to_have_text("查进度")
    for button in chat.locator(".choices button").all():
        expect(button).to_be_disabled()
    chat.reload()
    expect(chat.locator(".chosen")).to_have_text("查进度")
    expect(chat.get_by_role("button", name="我要反映")).to_be_disabled()


def test_older_buttons_still_reach_the_server(chat: Page, api: FakeApi) -> None:
    write(chat, "你好")
    chat.get_by_text("记下了").wait_for()
    api.answer = lambda body: [{"text": "这个按钮过期了。"}]
    chat.get_by_role("button", name="我有邀请码").click()
    chat.get_by_text("这个按钮过期了").wait_for()
    assert api.heard[-1] == {"choice": "flow:bind"}


def test_a_photo_is_drawn_anew_before_it_leaves_the_phone(chat: Page, api: FakeApi) -> None:
    chat.get_by_role("button", name="更多").click()
    chat.locator("#photo").set_input_files({"name": "家.png", "mimeType": "image/png", "buffer": PIXEL})
    chat.get_by_text("记下了").wait_for()
    (sent,) = api.heard
    assert (sent["media"], sent["type"]) == ("photo", "image/jpeg")
    assert sent["bytes"].startswith(b"\xff\xd8")
    expect(chat.locator(".mine .words")).to_have_text("［照片］")


def test_words_overtake_a_recording_that_does_not_get_through(chat: Page, api: FakeApi) -> None:
    chat.route(
        "**/messages",
        lambda route: route.abort() if "multipart" in route.request.headers["content-type"] else route.fallback(),
    )
    chat.locator("#voice").set_input_files({"name": "a.webm", "mimeType": "audio/webm", "buffer": b"sound"})
    _waiting(chat)
    write(chat, "来人")
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "来人"}]


def test_the_place_is_sent_when_asked_for(chat: Page, api: FakeApi, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 43.5, "longitude": 124.8})
    chat.get_by_role("button", name="更多").click()
    chat.get_by_role("button", name="我的位置").click()
    chat.get_by_text("记下了").wait_for()
    assert api.heard == [{"location": {"lat": 43.5, "lon": 124.8}}]


def test_a_refused_place_is_asked_for_in_words(chat: Page) -> None:
    chat.get_by_role("button", name="更多").click()
    chat.get_by_role("button", name="我的位置").click()
    expect(chat.locator("#state")).to_have_text(re.compile("请写下是哪个乡镇"))
