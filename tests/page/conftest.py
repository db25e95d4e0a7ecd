"""A real Chromium on a phone of 360 by 640, at the fake API to break things or at the real gateway."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.faults.gateway_process import HUNG_SECONDS, GatewayProcess, running_gateway
from tests.page.fake_api import FakeApi

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
]
HUNG_MILLISECONDS = 1000 * HUNG_SECONDS
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    # Of the package, not the session: while it lives no other test of this process can run an event loop of its own.
    expect.set_options(timeout=HUNG_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: script errors and breaches of the content security policy."""
    return []


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh phone. What leaves it for the neutral site is answered here, nothing reaches the network."""
    found = chromium.new_context(viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    found.set_default_timeout(HUNG_MILLISECONDS)
    found.route("https://www.baidu.com/**", lambda route: route.fulfill(body="晴", content_type="text/html"))
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    """A tab with nothing in it yet."""
    found = context.new_page()
    found.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    return found


@pytest.fixture
def api() -> Iterator[FakeApi]:
    """The fake API, new for each test."""
    found = FakeApi()
    yield found
    found.close()


@pytest.fixture
def chat(page: Page, api: FakeApi) -> Page:
    """The page at the fake API, welcomed."""
    page.goto(api.url)
    page.get_by_text("我是护童").wait_for()
    return page


@pytest.fixture(scope="package")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """The real gateway with a Rasa that has nothing to say."""
    with running_gateway(tmp_path_factory.mktemp("page")) as (found, rasa):
        rasa.answer = []
        yield found


def write(page: Page, words: str) -> None:
    """Write something and send it, as a thumb does."""
    page.locator("#text").fill(words)
    page.get_by_role("button", name="发送").click()


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """With PICTURES set to a folder, keep a screenshot there for people to look at; `whole`: the page to its end."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole)
