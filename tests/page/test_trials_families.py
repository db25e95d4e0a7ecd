"""Five people of families far apart, each beside the child director: both phones, and a picture of every step.

`PICTURES=folder pytest tests/page/test_trials_families.py` keeps the pictures, to be looked at by people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Child
from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import HUNG_MILLISECONDS, PHONE, picture
from tests.page.test_contact import _code, _tap
from tests.page.test_staff import TOO_SMALL_TO_TAP, WIDER_THAN_THE_PHONE, _fits, _sign_in, bound_to
from tests.page.test_trials import _opens, _says, _settled, _takes_on
from tests.services import family as homes

VILLAGES = iter(["220182100208", "220182100209", "220182100210", "220182100211", "220182100212"])
COUNTY = "220182"
MOST_CHOICES = 4
"""In 长辈模式 two or three things to choose, and 叫人帮我."""
MOST_WORDS = 60
HELP = "叫人帮我"


@pytest.fixture
def bound(context: BrowserContext, gateway: GatewayProcess) -> Iterator[Any]:
    yield from bound_to(context, gateway)


@pytest.fixture
def phones(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """A further phone of the family, each time it is asked for."""
    made = []

    def another() -> Page:
        found = chromium.new_context(viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True)  # type: ignore[arg-type]
        found.set_default_timeout(HUNG_MILLISECONDS)
        made.append(found)
        return found.new_page()

    yield another
    for one in made:
        one.close()


@pytest.fixture
def home(gateway: GatewayProcess) -> tuple[str, str]:
    """A child on file in a village of its own: the number of its file, and the village."""
    village, folder = next(VILLAGES), gateway.folder / "var"
    database = Database(f"sqlite:///{folder / 'hutong.db'}")
    with database.begin() as session:
        work = Work(session, open_vault(database, folder / "keys.json"), datetime.now(UTC))
        number = work.session.get_one(Child, homes.child(work, homes.BORN, village)).number
    database.close()
    return number, village


def _joins(page: Page, gateway: GatewayProcess, child: str, kind: str, name: str = "") -> None:
    """By the link that the child director sent, with taps alone."""
    page.goto(f"{gateway.url}/#invite={_code(gateway, child, kind)}")
    page.get_by_role("button", name="同意", exact=True).wait_for()
    _settled(page)
    if name:
        picture(page, name)
    for label in ("同意", "不用，就叫您", "就周四", "晚上七点"):
        _tap(page, label)
    page.get_by_text("用长辈模式" if kind == "carer" else "好了，加入了").last.wait_for()
    _settled(page)


def _taps(page: Page, label: str, answer: str, name: str = "") -> None:
    _tap(page, label)
    page.locator(".ours", has_text=answer).last.wait_for()
    _settled(page)
    if name:
        picture(page, name)


def _heard(page: Page) -> str:
    _settled(page)
    return "\n".join(page.locator(".ours").all_inner_texts())


def _desk(office: Page, name: str) -> str:
    """What the child director sees: what is to be done, then the one family of the village. Returns all of it."""
    office.goto(re.sub("/staff.*", "/staff/contact", office.url))
    office.locator("main").wait_for()
    picture(office, f"{name}-desk", whole=True)
    _fits(office)
    shown = office.locator("main").inner_text()
    office.get_by_role("link", name="所有加入的家庭").click()
    office.locator(".card").first.click()
    office.get_by_role("heading", name="最近说了什么").wait_for()
    picture(office, f"{name}-family", whole=True)
    _fits(office)
    return shown + office.locator("main").inner_text()


def _easy_to_tap(page: Page) -> None:
    assert not page.evaluate(WIDER_THAN_THE_PHONE)
    assert page.evaluate(TOO_SMALL_TO_TAP) == []


def test_a_father_on_his_break(page: Page, gateway: GatewayProcess, bound: Any, home: tuple[str, str]) -> None:
    child, village = home
    director = bound("child_director", village, "王主任")
    _joins(page, gateway, child, "father", "father-1-notice")
    picture(page, "father-2-joined")
    _says(page, "昨晚视频了娃挺好就是感冒了", "和照顾孩子的人聊过吗", "father-3-one-breath")
    _says(page, "我们的协议在哪", "还没办委托照护", "father-4-papers")
    _says(page, "聊了聊了", "孩子别的方面呢", "father-5-how")
    _says(page, "都挺好 我得上工了", "有没有让您担心的事", "father-6-worry")
    _says(page, "没", "记下了", "father-7-thanks")
    assert "和孩子联系了、和照顾的人聊了、吃住身体一般" in _heard(page), "what he told is not lost by 都挺好"
    _says(page, "改一下", "这周和孩子联系了吗", "father-8-change")
    _taps(page, "没有", "那和照顾孩子的人聊过吗", "father-9-no")
    _taps(page, "聊了", "想让我什么时候再提醒您", "father-10-remind")
    _taps(page, "不用再提醒", "这周不再提醒", "father-11-none")
    _says(page, "我家娃最近咋样", "您这周说的：这周还没联系上，和照顾的人聊了", "father-12-status")
    assert [word for word in ("应该", "必须", "违法", "罚") if word in _heard(page).split("加入了")[-1]] == []
    _easy_to_tap(page)
    shown = _desk(_sign_in(director), "father-staff")
    assert "感冒" not in shown, "without a worry nobody reads his words"


def test_a_divorced_mother(
    page: Page, gateway: GatewayProcess, bound: Any, home: tuple[str, str], phones: Callable[[], Page]
) -> None:
    child, village = home
    director = bound("child_director", village, "李主任")
    father = phones()
    _joins(father, gateway, child, "father")
    _says(father, "前天打电话了 娃说想吃饺子", "和照顾孩子的人聊过吗", "mother-0-father")
    _joins(page, gateway, child, "mother", "mother-1-notice")
    _says(page, "我跟他爸离婚了，孩子判给他爸，他爸不让我见孩子", "12348", "mother-2-kept-away")
    _says(page, "他爸这周给孩子打电话没", "对谁都一样", "mother-3-other")
    _says(page, "把他爸地址告诉我", "我也一样不说", "mother-4-address")
    _says(page, "我就想看看孩子", "知道您着急", "mother-5-again")
    heard = _heard(page)
    assert "饺子" not in heard
    assert "和孩子联系了" not in heard
    assert "不让" not in _heard(father)
    shown = _desk(_sign_in(director), "mother-staff")
    assert "见不" in shown


def test_a_grandmother_in_simple_mode_who_cannot_type(
    page: Page, gateway: GatewayProcess, bound: Any, home: tuple[str, str]
) -> None:
    child, village = home
    director = bound("child_director", village, "孙主任")
    _joins(page, gateway, child, "carer", "grandmother-1-notice")
    _taps(page, "用长辈模式", "好了，加入了", "grandmother-2-joined")
    _says(page, "娃挺好的", "高兴不高兴", "grandmother-3")  # the question comes by itself on her day; here she dictates
    for number, (label, question) in enumerate(
        (("高兴", "打电话来了吗"), ("好久没打了", "您自己累不累"), ("还行", "记下了"))
    ):
        _settled(page)
        newest = page.locator(".choices:not(.old)").last.get_by_role("button")
        assert 1 < newest.count() <= MOST_CHOICES
        assert newest.last.inner_text() == HELP
        asked = page.locator(".ours .words").last.inner_text()
        assert asked.startswith("您说的是：")
        assert len(asked) <= MOST_WORDS
        _easy_to_tap(page)
        _taps(page, label, question, f"grandmother-{4 + number}")
    assert "爸妈好久没打电话了、您还行" in _heard(page)
    _taps(page, HELP, "儿童主任", "grandmother-8-help")
    shown = _desk(_sign_in(director), "grandmother-staff")
    assert "好久没打" in shown


def test_a_carer_who_wants_to_hit_him(
    page: Page, gateway: GatewayProcess, bound: Any, home: tuple[str, str], phones: Callable[[], Page]
) -> None:
    child, village = home
    director = bound("child_director", village, "周主任")
    father = phones()
    _joins(father, gateway, child, "father")
    _joins(page, gateway, child, "carer")
    _taps(page, "不用", "好了，加入了")
    _says(page, "管不了了 天天玩手机 想打他", "别动手", "carer-1")
    heard = _heard(page)
    assert all(number in heard for number in ("12356", "120", "110"))
    assert "孩子这两周怎么样" not in heard, "she is listened to, not asked on"
    _says(page, "我一个老婆子我能咋办", "转给儿童主任", "carer-2")
    _taps(page, HELP, "儿童主任", "carer-3-help")
    assert "打他" not in _heard(father)
    shown = _desk(_sign_in(director), "carer-staff")
    assert "想打" in shown or "动手" in shown


def test_a_child_who_does_not_want_to_live(
    page: Page, gateway: GatewayProcess, bound: Any, home: tuple[str, str], phones: Callable[[], Page]
) -> None:
    child, _ = home
    office = _sign_in(bound("duty_officer", COUNTY, "钱阿姨"))
    father = phones()
    _joins(father, gateway, child, "father")
    _says(father, "给孩子也加入", "您同意吗", "child-0-guardian")
    _taps(father, "同意", "这是给孩子的码", "child-0-code")
    code = re.search("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", _heard(father))
    assert code is not None
    page.goto(f"{gateway.url}/#invite={code[0].replace('-', '')}")
    page.get_by_role("button", name="愿意", exact=True).wait_for()
    _settled(page)
    picture(page, "kid-1-notice")
    for label in ("愿意", "不用", "就周四", "晚上七点"):
        _tap(page, label)
    page.get_by_text("有什么事随时跟我说").last.wait_for()
    _says(page, "不想活了 作业太多", "你很重要", "kid-2-danger")
    heard = _heard(page)
    assert all(number in heard for number in ("110", "12356"))
    _says(page, "没人管我", "我在听", "kid-3")
    _opens(office, gateway, "kid-staff")
    _takes_on(office)
    office.get_by_role("link", name="现在就和报告人说话").click()
    office.get_by_role("button", name="开始").click()
    office.get_by_label("写给对方").fill("我是榆树民政值班的钱阿姨。我在这儿陪你，你现在在哪儿？")
    office.get_by_role("button", name="发出").click()
    page.get_by_text("我在这儿陪你").wait_for()
    _settled(page)
    picture(page, "kid-4-person")
    assert "不想活" not in _heard(father)
