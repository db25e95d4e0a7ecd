"""What an old phone, an old eye, a keyboard and a screen reader find."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.page.conftest import PHONE, picture, write
from tests.page.fake_api import PAGE, FakeApi

EVERYTHING: list[dict[str, Any]] = [
    {"text": "请立即拨打110；有人受伤拨打120。", "kind": "emergency"},
    {"text": "已收到。\n查询码 7K3QP-9WDXA\n密码 0482\n请保存。", "kind": "receipt"},
    {
        "text": "孩子现在有危险吗？",
        "choices": [
            {"label": "有", "value": "a", "style": "danger"},
            {"label": "没有，但是我很担心他这几天一直没有来上学也没有人接电话", "value": "b", "style": "primary"},
            {"label": "不清楚", "value": "c"},
            {"label": "跳过", "value": "d", "style": "quiet"},
        ],
    },
]
HOSTILE = [
    "‮<img src=x onerror=alert(1)>⁦‏ ‭",
    "<script>alert(1)</script>**b** [x](javascript:alert(1)) =cmd|' /c calc'!A1",
    "👩‍👩‍👧‍👦🧒" * 250,
    "空\u0000字节\u0007\u001b[31m",
    "长" * 500 + "L" * 800,
    "Z̵͍̩̫͌͋̅̚a̸͔̅l̴̨̈́g̵̪̈́o̷͖͌" * 40,
    "\n" * 300 + "底",
]
# Smallest contrast between a text and the nearest painted ground behind it, over everything that shows text.
CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.disabled || e.closest('.unseen, noscript') || !e.getClientRects().length) continue;
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort();
    found.push([(b + .05) / (a + .05), e.textContent]);
  }
  return found.sort((x, y) => x[0] - y[0])[0];
}"""
SMALLEST_LETTERS = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((e) => e.getClientRects().length && !e.closest('.unseen, noscript')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


def _show_everything(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: EVERYTHING
    write(chat, "孩子不见了")
    chat.locator(".receipt").wait_for()
    chat.get_by_role("button", name="更多").click()


@pytest.mark.parametrize("size", ["usual", "large"])
@pytest.mark.parametrize("width", [320, 360, 412])
def test_nothing_scrolls_sideways_and_every_target_is_big_enough(
    chat: Page, api: FakeApi, width: int, size: str
) -> None:
    chat.set_viewport_size({"width": width, "height": 640})
    if size == "large":
        chat.get_by_role("button", name="大字").click()
    _show_everything(chat, api)
    assert chat.evaluate("document.documentElement.scrollWidth") <= width
    assert chat.evaluate("document.getElementById('log').scrollWidth <= document.getElementById('log').clientWidth")
    for target in chat.locator("button:visible, a:visible, label.file:visible, textarea:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.text_content()
        assert box["width"] >= 44, target.text_content()
        assert box["x"] >= 0, target.text_content()
        assert box["x"] + box["width"] <= width, target.text_content()
    picture(chat, f"everything-{width}-{size}")


def test_letters_are_at_least_18_pixels_and_grow(chat: Page, api: FakeApi) -> None:
    _show_everything(chat, api)
    assert chat.evaluate(SMALLEST_LETTERS) >= 18
    chat.get_by_role("button", name="大字").click()
    assert chat.evaluate("parseFloat(getComputedStyle(document.querySelector('.words')).fontSize)") >= 24
    chat.reload()
    chat.get_by_role("button", name="小字").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(chat: Page, api: FakeApi, scheme: str) -> None:
    chat.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    _show_everything(chat, api)
    contrast, text = chat.evaluate(CONTRAST)
    assert contrast >= 5.5, text


def test_the_first_screen_has_it_all_without_scrolling(chat: Page) -> None:
    for needed in ["110", "120"]:
        expect(chat.get_by_role("link", name=needed)).to_be_in_viewport(ratio=1)
    for needed in ["快速退出", "我要反映孩子的情况", "查进度", "我有邀请码", "发送"]:
        expect(chat.get_by_role("button", name=needed)).to_be_in_viewport(ratio=1)
    expect(chat.get_by_text("不用写自己的名字").first).to_be_in_viewport(ratio=1)
    picture(chat, "first")


def test_the_numbers_and_the_exit_stay_in_view_whatever_is_said(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [{"text": "一行\n" * 200}] * 5
    write(chat, "说很多")
    chat.get_by_text("一行").last.wait_for()
    for needed in ["快速退出", "大字", "发送", "下面还有"]:
        expect(chat.get_by_role("button", name=needed)).to_be_in_viewport(ratio=1)
    expect(chat.get_by_role("link", name="110")).to_be_in_viewport(ratio=1)


def test_a_long_answer_is_read_from_its_beginning(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [{"text": "开头。\n" + "一行\n" * 100}]
    write(chat, "说很多")
    chat.get_by_text("开头").wait_for()
    expect(chat.locator(".mine")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(chat: Page, api: FakeApi, complaints: list[str], text: str) -> None:
    dialogs: list[str] = []

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    chat.on("dialog", opened)
    choices = [{"label": text[:300], "value": "x"}]
    api.answer = lambda body: [
        {"text": text, "kind": kind, "choices": choices} for kind in ("plain", "emergency", "receipt")
    ]
    write(chat, text)
    chat.locator(".receipt").wait_for()
    assert [body["text"] for body in api.heard] == [text.strip()]
    assert chat.locator("#log").locator("img, script, b, a:not(.phone)").count() == 0
    assert (chat.locator(".ours .words").nth(1).text_content() or "").strip() == text.strip()
    assert chat.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert chat.evaluate("document.getElementById('log').scrollWidth <= document.getElementById('log').clientWidth")
    expect(chat.get_by_role("button", name="快速退出")).to_be_in_viewport(ratio=1)
    chat.get_by_text("我是护童").scroll_into_view_if_needed()
    welcome = chat.locator(".ours .words").first
    assert welcome.evaluate("(e) => getComputedStyle(e).direction") == "ltr"
    assert dialogs == []
    assert complaints == []


def test_the_browser_has_nothing_to_complain_about(chat: Page, api: FakeApi, complaints: list[str]) -> None:
    _show_everything(chat, api)
    chat.get_by_role("button", name="大字").click()
    chat.get_by_role("button", name="有", exact=True).click()
    chat.get_by_role("button", name="复制查询码和密码").last.click()
    assert complaints == []


def test_nothing_is_asked_of_anybody_else(page: Page, api: FakeApi) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(api.url)
    page.get_by_text("我是护童").wait_for()
    write(page, "你好")
    page.get_by_text("记下了").wait_for()
    assert [url for url in asked if not url.startswith((api.url, "data:"))] == []


def test_the_keyboard_is_enough(chat: Page, api: FakeApi) -> None:
    api.answer = lambda body: [EVERYTHING[2]]
    chat.keyboard.press("Tab")
    reached = []
    while "我要反映孩子的情况" not in reached:
        reached.append(chat.evaluate("document.activeElement.textContent.trim()"))
        chat.keyboard.press("Tab")
    assert reached[:4] == ["110", "120", "大字", "快速退出"]
    chat.keyboard.press("Shift+Tab")
    chat.keyboard.press("Enter")
    chat.get_by_text("现在有危险吗").wait_for()
    chat.keyboard.press("Tab")
    chat.keyboard.press("Enter")
    expect(chat.locator(".mine .words")).to_have_text(["我要反映孩子的情况", "有"])
    chat.locator("#text").focus()
    chat.keyboard.type("在家")
    chat.keyboard.press("Shift+Enter")
    chat.keyboard.type("一个人")
    chat.keyboard.press("Enter")
    expect(chat.locator(".mine .words").last).to_have_text("在家\n一个人")


def test_a_screen_reader_finds_names_and_roles(chat: Page) -> None:
    expect(chat.get_by_role("log", name="对话")).to_have_attribute("aria-live", "polite")
    expect(chat.get_by_role("textbox", name="写下您想说的")).to_be_visible()
    expect(chat.get_by_role("navigation", name="紧急电话")).to_be_visible()
    expect(chat.locator(".ours").first).to_contain_text("护童说：")
    unnamed = chat.locator("button:not([aria-label])").filter(has_not_text="任何字").all()
    assert all((button.text_content() or "").strip() for button in unnamed)


def test_the_whole_page_weighs_less_than_60_kb() -> None:
    assert sum(len(gzip.compress(file.read_bytes())) for file in PAGE.iterdir()) < 60 * 1024


@pytest.mark.parametrize("file", sorted(PAGE.iterdir()), ids=lambda file: file.name)
def test_a_file_of_the_page_is_plain_and_speaks_to_nobody_else(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    assert "://" not in content.replace("https://www.baidu.com/s", "")
    for forbidden in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        " style=",
        " onclick=",
    ]:
        assert forbidden not in content
    for too_new in ["?.", "??", "||=", "replaceChildren", "structuredClone", "randomUUID"]:
        assert too_new not in content
