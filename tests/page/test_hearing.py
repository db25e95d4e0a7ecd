"""What the service says, asked or unasked, arrives and stays in order."""

from __future__ import annotations

import threading
from typing import Any

from playwright.sync_api import Page, expect

from tests.faults.gateway_process import HUNG_SECONDS
from tests.page.conftest import write
from tests.page.fake_api import FakeApi

EMERGENCY = {"text": "请立即拨打110；有人受伤或昏迷拨打120。\n先躲开，到能锁门的地方。", "kind": "emergency"}
RECEIPT = {"text": "已收到。\n查询码 7K3QP-9WDXA\n密码 0482\n请保存；不要转发。", "kind": "receipt"}


def test_what_is_said_unasked_appears_by_the_stream(chat: Page, api: FakeApi) -> None:
    api.say(api.only(), {"text": "儿童主任已接手。"})
    chat.get_by_text("儿童主任已接手").wait_for()
    assert not [path for path in api.asked if path.endswith("/messages?after=1")]


def test_without_a_stream_the_page_asks_again_and_again(page: Page, api: FakeApi) -> None:
    api.streams = False
    page.goto(api.url)
    page.get_by_text("我是护童").wait_for()
    api.say(api.only(), {"text": "儿童主任已接手。"})
    page.get_by_text("儿童主任已接手").wait_for()


def test_a_message_heard_twice_is_shown_once(chat: Page, api: FakeApi) -> None:
    api.hold.clear()
    write(chat, "你好")
    chat.get_by_text("记下了").wait_for()  # by the stream, before the answer itself
    api.hold.set()
    expect(chat.locator(".typing")).to_have_count(0)
    expect(chat.get_by_text("记下了")).to_have_count(1)


def test_a_reload_shows_both_sides_in_the_order_they_spoke(chat: Page, api: FakeApi) -> None:
    write(chat, "第一句")
    chat.get_by_text("记下了").wait_for()
    write(chat, "第二句")
    expect(chat.get_by_text("记下了")).to_have_count(2)
    before = chat.locator(".say .words").all_text_contents()
    chat.reload()
    expect(chat.locator(".say .words")).to_have_text(before)
    assert before[1:] == ["第一句", "记下了。", "第二句", "记下了。"]
    assert len(api.talks) == 1


def test_messages_that_overtake_each_other_are_put_in_order(chat: Page, api: FakeApi) -> None:
    def answer(body: dict[str, Any]) -> list[dict[str, Any]]:
        first, second = api.numbered({"text": "先说的"}), api.numbered({"text": "后说的"})
        api.deliver(api.only(), second)
        chat_sees_second.wait(HUNG_SECONDS)
        return [first]

    chat_sees_second = threading.Event()
    api.answer = answer
    write(chat, "你好")
    chat.get_by_text("后说的").wait_for()
    chat_sees_second.set()
    chat.get_by_text("先说的").wait_for()
    assert chat.locator(".ours .words").all_text_contents()[1:] == ["先说的", "后说的"]


def test_the_next_person_on_this_phone_is_told_whose_talk_it_may_be(chat: Page, api: FakeApi) -> None:
    write(chat, "第一句")
    chat.get_by_text("记下了").wait_for()
    later = chat.context.new_page()
    later.goto(api.url)
    later.get_by_text("不是您的").wait_for()
    expect(later.locator(".mine")).to_have_count(0)


def test_what_arrives_does_not_pull_a_reader_away(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [{"text": "一行\n" * 60}]
    for words in ["一", "二"]:
        write(chat, words)
        expect(chat.locator(".typing")).to_have_count(0)
    chat.locator("#intro").scroll_into_view_if_needed()
    expect(chat.locator("#intro")).to_be_in_viewport()
    api.say(api.only(), {"text": "儿童主任已接手。"})
    chat.get_by_text("儿童主任已接手").wait_for()
    expect(chat.locator("#intro")).to_be_in_viewport()
    expect(chat.get_by_role("button", name="下面还有")).to_be_visible()


def test_the_bar_that_says_there_is_more_moves_nothing_a_thumb_is_about_to_tap(chat: Page, api: FakeApi) -> None:
    """It comes and goes while one scrolls: with a place of its own it would push the buttons away under the thumb."""
    api.answer = lambda body: [{"text": "一行\n" * 60}]
    write(chat, "一")
    expect(chat.locator(".typing")).to_have_count(0)
    bar, log = chat.get_by_role("button", name="下面还有"), chat.locator("#log")
    log.evaluate("log => { log.scrollTop = log.scrollHeight; }")
    expect(bar).to_be_hidden()
    without = log.bounding_box()
    log.evaluate("log => { log.scrollTop = 0; }")
    expect(bar).to_be_visible()
    assert log.bounding_box() == without


def test_danger_stands_out_with_numbers_to_tap(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [EMERGENCY, {"text": "孩子现在在哪里？" + "写到村就行。" * 60}]
    write(chat, "他拿刀")
    box = chat.locator(".emergency")
    box.wait_for()
    assert [link.get_attribute("href") for link in box.locator("a").all()] == ["tel:110", "tel:120"]
    expect(box.locator("a").last).to_be_in_viewport()
    expect(box).to_have_attribute("role", "alert")


def test_a_human_who_takes_over_is_seen_at_once_also_after_the_page_was_opened_again(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [EMERGENCY, {"text": "孩子现在在哪里？" + "写到村就行。" * 60}]
    write(chat, "他拿刀")
    chat.locator(".emergency").wait_for()
    api.say(api.only(), {"text": "有大人来陪你了，现在是真人跟你说话。", "kind": "person"})
    expect(chat.get_by_text("现在是真人")).to_be_in_viewport()
    chat.reload()
    expect(chat.get_by_text("现在是真人")).to_be_in_viewport()


def test_the_number_named_first_comes_first(chat: Page, api: FakeApi) -> None:
    text = "受伤了或吃了药：现在打120。想找人说话：12356。害怕：110。着火119。别打1201。"
    api.answer = lambda body: [{"text": text, "kind": "emergency"}]
    write(chat, "我吃了药")
    links = chat.locator(".emergency a")
    links.first.wait_for()
    assert [link.text_content() for link in links.all()] == ["打120", "打12356", "打110", "打119"]


def test_the_receipt_is_large_and_can_be_copied(chat: Page, api: FakeApi) -> None:
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    api.answer = lambda body: [RECEIPT]
    write(chat, "提交")
    expect(chat.locator(".code strong")).to_have_text(["7K3QP-9WDXA", "0482"])
    assert chat.evaluate("parseFloat(getComputedStyle(document.querySelector('.code strong')).fontSize)") >= 26
    expect(chat.locator(".receipt")).to_contain_text("抄下来")
    chat.get_by_role("button", name="复制查询码和密码").click()
    chat.get_by_role("button", name="复制好了").wait_for()
    assert chat.evaluate("navigator.clipboard.readText()") == "查询码 7K3QP-9WDXA\n密码 0482"


def test_a_message_after_a_long_pause_tells_when_it_came(chat: Page, api: FakeApi) -> None:
    api.say(api.only(), {"text": "进展来了。", "at": "2026-11-24T01:30:00+00:00"})
    chat.get_by_text("进展来了").wait_for()
    expect(chat.locator(".when")).to_have_text("11月24日 09:30")


def test_a_service_that_is_starting_says_so_until_it_is_up(page: Page, api: FakeApi) -> None:
    api.ready = {"database": "ok", "rasa": "starting"}
    page.goto(api.url)
    expect(page.locator("#state")).to_contain_text("正在启动")
    page.get_by_text("我是护童").wait_for()
    api.ready = {"database": "ok", "rasa": "ok"}
    expect(page.locator("#state")).to_be_hidden()


def test_when_nothing_answers_the_numbers_are_there_and_writing_is_kept(page: Page, api: FakeApi) -> None:
    api.trouble = 503
    page.goto(api.url)
    write(page, "孩子没人管")
    page.get_by_text("未送达，正在重试").wait_for()
    expect(page.get_by_role("link", name="打110")).to_be_in_viewport()
    expect(page.get_by_text("不用写自己的名字")).to_be_visible()
    api.trouble = None
    page.get_by_text("记下了").wait_for()
    assert api.heard == [{"text": "孩子没人管"}]
