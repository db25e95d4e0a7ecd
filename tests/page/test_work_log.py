"""The work log on a phone of 360 pixels: a line added in its field, confirmed, the earlier version kept."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.faults.gateway_process import GatewayProcess
from tests.page.conftest import picture
from tests.page.test_staff import VILLAGE, _fits, _sign_in, bound  # noqa: F401 - `bound` is a fixture


def test_a_worker_writes_and_confirms_the_day_on_the_phone(gateway: GatewayProcess, bound: Any) -> None:  # noqa: F811
    office = _sign_in(bound("child_director", VILLAGE, "王主任"))
    office.goto(f"{gateway.url}/staff/log")
    picture(office, "log-empty", whole=True)
    _fits(office)
    for words in ("上午到乡里开会，布置冬季走访", "给李小明的老师打电话，孩子这周都到校"):
        office.locator("[name=more]").fill(words)
        office.get_by_role("button", name="没错，确认").click()
        office.get_by_text("已确认，原来的版本也留着").wait_for()
    office.locator("details summary").click()
    expect(office.locator("details ul")).to_have_count(2)
    expect(office.locator("[name=words_2]")).to_have_value("给李小明的老师打电话，孩子这周都到校")
    picture(office, "log-confirmed", whole=True)
    _fits(office)
