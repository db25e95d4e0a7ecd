"""What was said reads otherwise from now: it is changed where it stands, now and after a reload."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.page.conftest import picture, write
from tests.page.fake_api import FakeApi

DIGEST = {"text": "早上好。今天有 2 家该走访。", "choices": [{"label": "打开看看", "value": "due:list"}]}
LEFT = {"text": "早上好。今天还有 1 家该走访。", "choices": DIGEST["choices"]}
DONE = {"text": "早上好。今天该走访的都办好了，辛苦了。"}


def test_an_edit_changes_the_message_where_it_stands_and_takes_its_buttons(chat: Page, api: FakeApi) -> None:
    (said,) = api.say(api.only(), DIGEST)
    chat.get_by_text("今天有 2 家").wait_for()
    write(chat, "你好")
    chat.get_by_text("记下了").wait_for()
    api.say(api.only(), {**LEFT, "edits": said["id"]})
    chat.get_by_text("今天还有 1 家").wait_for()
    expect(chat.get_by_text("今天有 2 家")).to_have_count(0)
    chat.get_by_role("button", name="打开看看").click()
    expect(chat.get_by_text("记下了")).to_have_count(2)
    assert api.heard[-1]["choice"] == "due:list"
    api.say(api.only(), {**DONE, "edits": said["id"]})
    chat.get_by_text("都办好了").wait_for()
    picture(chat, "digest-edited")
    for _ in range(2):
        expect(chat.get_by_role("button", name="打开看看")).to_have_count(0)
        told = chat.locator(".say.ours .words").all_text_contents()
        assert told[1:] == [DONE["text"], "记下了。", "记下了。"]
        chat.reload()
        chat.get_by_text("都办好了").wait_for()
