"""Five people whom it must serve, each beside the staff who answer: both phones, and a picture of every step.

`PICTURES=folder pytest tests/page/test_trials.py` keeps the pictures, to be looked at by people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import HUNG_MILLISECONDS, PHONE, picture, write
from tests.page.test_staff import _fits, _sign_in, bound_to

COUNTY, TOWNSHIP = "220182", "220182100"
TOWN = "榆树市五棵树镇"
MOST_QUESTIONS = 14
LEADS_ON = re.compile("现在没有|不是，没有|跳过|匿名|不留|可以|提交")
HELD_ON_PAPER = "() => { window.print = () => { window.paper = document.querySelector('.onpaper').dataset.id; }; }"
ON_PAPER = "() => document.querySelector(`[data-id='${window.paper}']`).classList.add('onpaper')"


@pytest.fixture
def bound(context: BrowserContext, gateway: GatewayProcess) -> Iterator[Any]:
    yield from bound_to(context, gateway)


def _arrives(page: Page, gateway: GatewayProcess) -> None:
    page.goto(gateway.url)
    page.get_by_text("我是护童").wait_for()


def _settled(page: Page) -> None:
    """Nothing is on its way any more."""
    expect(page.locator(".typing")).to_have_count(0)
    expect(page.locator(".mine .fate")).to_have_count(0)


def _says(page: Page, words: str, answer: str, name: str = "") -> None:
    """Write, wait for an answer that holds these words, and keep a picture of it."""
    write(page, words)
    page.locator(".ours", has_text=answer).last.wait_for()
    _settled(page)
    if name:
        picture(page, name)


def _to_the_receipt(page: Page, where: str, name: str) -> tuple[str, str]:
    """Answer what is still asked, by the place and by buttons; returns code and PIN."""
    for _ in range(MOST_QUESTIONS):
        _settled(page)
        if page.locator(".receipt").count():
            break
        asks_where = page.get_by_text("在哪个县").count() and not page.locator(".mine", has_text=where).count()
        if asks_where:
            write(page, where)
        else:
            page.locator(".choices:not(.old)").get_by_role("button", name=LEADS_ON, disabled=False).first.click()
    page.locator(".receipt").wait_for()
    _settled(page)
    picture(page, name)
    code, pin = page.locator(".receipt .code strong").all_text_contents()
    return code, pin


def _opens(office: Page, gateway: GatewayProcess, name: str) -> None:
    """The list, the newest report of it, and a picture of each."""
    office.goto(f"{gateway.url}/staff")
    picture(office, f"{name}-list")
    _fits(office)
    office.locator(".card").first.click()
    office.get_by_role("heading", name="说了什么").wait_for()
    picture(office, name)
    picture(office, f"{name}-whole", whole=True)
    _fits(office)


def _takes_on(office: Page) -> None:
    office.get_by_role("button", name="我来处理").click()
    office.get_by_text("您已受理").wait_for()


def test_a_teacher(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    village, where = "220182100204", f"{TOWN}长新村"
    office = _sign_in(bound("child_director", village, "王主任"))
    _arrives(page, gateway)
    _says(page, "我是小学班主任，班上一个男孩身上好几处新旧伤，他说是他爸打的", "要立即向公安机关", "teacher-1")
    _to_the_receipt(page, where, "teacher-2-receipt")
    page.get_by_role("button", name="要一份文字报告").click()
    page.get_by_text("未成年人受侵害情况报告").wait_for()
    picture(page, "teacher-3-written")
    _prints_nothing_but_the_text(page)
    _opens(office, gateway, "teacher-staff")
    _takes_on(office)
    page.get_by_role("button", name="我已报案", disabled=False).last.click()
    page.get_by_text("跟哪个派出所报的").wait_for()
    _says(page, "五棵树派出所 今天上午九点半 回执号123", "记下了", "teacher-5-police")
    office.reload()
    office.locator("#police").get_by_text("五棵树派出所").wait_for()
    picture(office, "teacher-staff-police", whole=True)


def _prints_nothing_but_the_text(page: Page) -> None:
    """The button puts the ready text on paper, whole and alone, in a real browser."""
    page.evaluate(HELD_ON_PAPER)
    page.get_by_role("button", name="打印").click()
    page.evaluate(ON_PAPER)
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    picture(page, "teacher-4-paper")
    assert seen.startswith("未成年人受侵害情况报告")
    assert "不能代替报案" in seen
    assert [word for word in ("查询码", "写在这里", "110\n120", "打印") if word in seen] == []
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen")


def test_a_nine_year_old(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    office = _sign_in(bound("duty_officer", COUNTY, "钱阿姨"))
    _arrives(page, gateway)
    _says(page, "我九岁 我爸喝多了就打我 我妈不敢管", "你", "child-1")
    _says(page, "现在他睡着了", "", "child-2")
    _says(page, f"{TOWN}", "", "child-3")
    _says(page, "你别告诉我爸是我说的", "", "child-4")
    _says(page, "他醒了 拿棍子过来了 救命", "110", "child-5-danger")
    _opens(office, gateway, "child-staff")
    _takes_on(office)
    office.get_by_role("link", name="现在就和报告人说话").click()
    office.get_by_role("button", name="开始").click()
    office.get_by_label("写给对方").fill("我是榆树民政值班的钱阿姨。你现在躲在哪里？门能锁上吗？")
    office.get_by_role("button", name="发出").click()
    page.get_by_text("门能锁上吗").wait_for()
    picture(page, "child-6-person")
    write(page, "我躲厕所里了 门锁上了")
    office.locator(".theirs").get_by_text("门锁上了").wait_for()
    picture(office, "child-staff-talk")
    _fits(office)
    office.get_by_label("写给对方").fill("你做得很对。先别开门，警察已经出发，我一直在")
    office.get_by_role("button", name="发出").click()
    page.get_by_text("我一直在").wait_for()
    _settled(page)
    picture(page, "child-7-talk")
    office.get_by_role("button", name="说完了").click()
    office.get_by_role("heading", name="报告人", exact=True).wait_for()
    page.get_by_text("护童").last.wait_for()
    picture(page, "child-8-back")
    picture(office, "child-staff-after", whole=True)


def test_an_angry_neighbour(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    village, where = "220182100205", f"{TOWN}爱国村"
    office = _sign_in(bound("child_director", village, "李主任"))
    _arrives(page, gateway)
    angry = "楼上那个王八蛋天天打孩子你们管不管啊！！！我都报警三次了没人管！"
    _says(page, angry, "现在正发生在孩子身上的事吗", "angry-1")
    _says(page, "现在没动静 刚才又嚎了半天", "", "angry-2")
    _says(page, f"{where} 你们倒是去人啊", "", "angry-3")
    _says(page, "我不说我是谁 你们别他妈泄露", "", "angry-4")
    _to_the_receipt(page, where, "angry-5-receipt")
    _opens(office, gateway, "angry-staff")
    _takes_on(office)
    page.get_by_text("接手").first.wait_for()
    picture(page, "angry-6-taken")


def test_a_village_official_and_his_cousin(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    village, where = "220182100206", f"{TOWN}龚家村"
    cousin = _sign_in(bound("child_director", village, "赵主任"))
    picture(cousin, "cousin-staff-before")
    before = cousin.locator("main").inner_text()
    office = _sign_in(bound("child_supervisor", TOWNSHIP, "孙督导"))
    _arrives(page, gateway)
    said = "我是村干部，我要反映我堂弟，他是我们村的儿童主任，他天天打孩子"
    _says(page, said, "孩子现在有危险吗", "cousin-1")
    code, pin = _to_the_receipt(page, where, "cousin-2-receipt")
    _opens(office, gateway, "cousin-staff")
    _takes_on(office)
    cousin.reload()
    picture(cousin, "cousin-staff-himself")
    # By words: where lines break depends on whether the style sheet has come yet.
    assert cousin.locator("main").inner_text().split() == before.split()
    page.get_by_role("button", name="查进度").last.click()
    _settled(page)
    write(page, f"{code} {pin}")
    page.get_by_text("已受理").last.wait_for()
    _settled(page)
    picture(page, "cousin-3-status")


def test_who_lost_the_code(page: Page, gateway: GatewayProcess, bound: Any) -> None:
    village, where = "220182100207", f"{TOWN}正义村"
    office = _sign_in(bound("child_director", village, "周主任"))
    _arrives(page, gateway)
    write(page, "我们村有个孩子总也不上学 在家放牛 小名叫柱子 十来岁")
    _to_the_receipt(page, where, "lost-1-receipt")
    browser = page.context.browser
    assert browser is not None
    later = browser.new_context(viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    later.set_default_timeout(HUNG_MILLISECONDS)
    phone = later.new_page()
    _arrives(phone, gateway)
    phone.get_by_role("button", name="查进度").first.click()
    phone.get_by_text("请发查询码").wait_for()
    _says(phone, "码丢了 找不着了", "再", "lost-2-lost")
    _says(phone, f"就是有个孩子不上学在家放牛 {where}的 小名叫柱子", "", "lost-3-again")
    _to_the_receipt(phone, where, "lost-4-receipt")
    _opens(office, gateway, "lost-staff")
    expect(office.locator("#links a")).to_have_count(1)
    later.close()
