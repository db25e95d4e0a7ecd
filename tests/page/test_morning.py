"""A child director's whole morning on a phone of 360 pixels, and the supervisor after it, as both did it when we tried.

`PICTURES=folder pytest tests/page/test_morning.py` keeps a picture of every step, to be looked at by people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.care import calendar
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from tests.conftest import SHANGHAI
from tests.conversations import moved
from tests.faults.gateway_process import GatewayProcess, ScriptedRasa, wait_until
from tests.page.conftest import picture, write
from tests.page.test_staff import _fits, _sign_in, bound_to
from tests.services import on_file

VILLAGE = "220184104203"
BEFORE, MORNING = -4, 8.6
"""Hours of Shanghai: the evening before, when people join, and when the morning's message has gone out."""
HOMES = {"刘洋": 8, "王小明": 7, "赵欣怡": 4, "孙浩然": 20, "周子涵": 6}
"""How many days ago each of these children was filed: their first visit is due a week after."""
UNRATED = "刘洋"
"""Nobody has said yet how this child is looked after."""


@dataclass
class House:
    """A gateway whose clock stands at the morning of the next workday."""

    gateway: GatewayProcess
    clock: Path
    day: date

    def it_is(self, hour: float) -> None:
        """Set the clock to an hour of that day."""
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=SHANGHAI)
        moment = midnight + timedelta(hours=hour)
        self.clock.write_text(str((moment - datetime.now(UTC)) / timedelta(hours=1)))

    def files(self) -> None:
        """Six homes of the village; the elder of two siblings is about to be sixteen."""
        database = Database(f"sqlite:///{self.gateway.folder / 'var' / 'hutong.db'}")
        vault = open_vault(database, self.gateway.folder / "var" / "keys.json")
        with database.begin() as session:
            work = Work(session, vault, moved_to(self.clock))
            for name, days in HOMES.items():
                level = None if name == UNRATED else "average"
                on_file.child(work, name, area=VILLAGE, filed=self.day - timedelta(days=days), level=level)
            home, filed = on_file.home(work, VILLAGE), self.day - timedelta(days=7)
            for name, age in (("李强", timedelta(days=16 * 365 - 30)), ("李雪", timedelta(days=9 * 365))):
                born = (self.day - age).isoformat()
                on_file.child(work, name, household=home, area=VILLAGE, filed=filed, level="good", birth=born)
            held = {"name": "小月奶奶", "contact": "下午都在家", "on": self.day.isoformat(), "facts": {}}
            told = {"recap": "爸爸在外打工两年\n跟奶奶过", "result": "初步判断：留守儿童，待核实"}
            care_tasks.make(work, "eligibility", VILLAGE, {**held, **told}, None, "eligibility:trial")
        database.close()


def moved_to(clock: Path) -> datetime:
    """The moment of a moved clock."""
    return datetime.now(UTC) + timedelta(hours=float(clock.read_text()))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock, rasa = tmp_path / "clock", ScriptedRasa()
    rasa.answer = []
    gateway = GatewayProcess(tmp_path, rasa.port, {moved.FILE: str(clock)}, moved.__name__, moved.__name__)
    found = House(gateway, clock, calendar.add_workdays(datetime.now(SHANGHAI).date(), 1).day)
    found.it_is(BEFORE)
    try:
        gateway.start()
        yield found
    finally:
        gateway.stop()
        rasa.close()


@pytest.fixture
def bound(context: BrowserContext, house: House) -> Iterator[Any]:
    yield from bound_to(context, house.gateway)


def _hears(page: Page, act: Any, words: str, name: str) -> None:
    """Do something and wait until something new holds these words; a picture of it."""
    before = page.locator(".ours").count()
    act()
    wait_until(
        lambda: any(words in text for text in page.locator(".ours").all_text_contents()[before:]),
        f"{name}: nothing with {words}",
    )
    expect(page.locator(".typing")).to_have_count(0)
    expect(page.locator(".mine .fate")).to_have_count(0)
    picture(page, name)


def _says(page: Page, text: str, words: str, name: str) -> None:
    _hears(page, lambda: write(page, text), words, name)


def _taps(page: Page, label: str, words: str, name: str) -> None:
    button = page.locator(".choices").get_by_role("button", name=label, disabled=False).last
    _hears(page, button.click, words, name)


def _sees(office: Page, gateway: GatewayProcess, path: str, words: str, name: str) -> None:
    office.goto(f"{gateway.url}/staff{path}")
    office.get_by_text(words).first.wait_for()
    picture(office, name, whole=True)
    _fits(office)


def test_a_directors_whole_morning_and_the_supervisor_after_it(house: House, bound: Any) -> None:
    gateway = house.gateway
    director = bound("child_director", VILLAGE, "王主任")
    supervisor = bound("child_supervisor", VILLAGE[:9], "李督导")
    picture(director, "morning-01-bound")
    house.files()
    house.it_is(MORNING)
    for name in ("visit_plans", "visits"):
        gateway.cli("jobs", "run", name)
    director.get_by_text("今天有 6 家该走访").wait_for()
    picture(director, "morning-02-digest")
    supervisor.get_by_text("有 1 家的走访拖久了").wait_for()
    picture(supervisor, "morning-02-supervisor")

    _taps(director, "打开看看", "要走访的有", "morning-03-list")
    _taps(director, "刘洋", "为什么是这天", "morning-04-card")
    _taps(director, "去过了", "这五项怎么样", "morning-05-how")
    _taps(director, "五项都正常", "孩子自己怎么说", "morning-06-voice")
    _taps(director, "单独", "最后一项", "morning-07-emergency")
    _taps(director, "以上都没有", "监护状况还没评", "morning-08-saved")
    _taps(director, "较好", "等督导员确认", "morning-08-level")

    said = "今天去了老王家，小明挺好，在家写作业，爷爷身体还行，学校也正常，爷爷想申请临时救助，孩子想要双棉鞋"
    _says(director, said, "听到的", "morning-09-dictated")
    _taps(director, "也都正常", "孩子自己怎么说", "morning-10-voice")
    _taps(director, "见到了孩子", "最后一项", "morning-11-recap")
    _says(director, "救助让镇民政办的去办，月底前", "镇民政办去办，您跟进", "morning-11-need-said")
    _taps(director, "诉求谁办", "棉鞋”，谁去办", "morning-11-need-asked")
    _taps(director, "请督导员办", "请督导员办", "morning-11-need-read-back")
    _says(director, "没有", "记好了：王小明", "morning-12-saved")

    _says(director, "上午去了赵欣怡家，胳膊上好几块青紫，孩子说是她爸喝酒打的", "请现在拨打110", "morning-14-emergency")
    _says(director, "老周家没人，敲门没人应", "怎么没见到", "morning-15-nobody")
    _taps(director, "家里没人", "不算入户", "morning-16-attempted")
    _says(director, "去李雪家看了看，两个孩子都挺好", "这五项怎么样", "morning-17-siblings")
    _taps(director, "五项都正常", "孩子自己怎么说", "morning-18-voice")
    _taps(director, "单独", "最后一项", "morning-19-siblings-recap")
    _taps(director, "以上都没有", "记好了：李", "morning-20-siblings-saved")

    _taps(director, "还有哪几家", "要走访的有", "morning-21-left")
    _taps(director, "孙浩然", "说明原因", "morning-21-late-card")
    _taps(director, "改个日子", "哪天", "morning-21-another-day")
    _taps(director, "日（", "好，定在", "morning-21-set")
    _says(director, "孙浩然家为什么是这天", "《方案》没有定", "morning-22-why")
    told = "建档 马小军，男，2015年3月8号出生，住四组，跟奶奶马桂兰过，爸妈都在长春打工"
    _says(director, told, "奶奶马桂兰", "morning-24-new-child-told")
    _taps(director, "没错", "等督导员审核", "morning-25-filed")
    _says(director, "导出今天的工作日志", "刘洋", "morning-26-log")
    expect(director.get_by_text("今天有 6 家该走访")).to_have_count(0)
    director.get_by_text("今天还有").first.scroll_into_view_if_needed()
    picture(director, "morning-27-digest-edited")

    supervisor.get_by_text("转到您这里的走访都有着落了").scroll_into_view_if_needed()
    picture(supervisor, "morning-29-supervisor-edited")
    _taps(supervisor, "今天该走访谁", "孙浩然", "morning-30-supervisor")
    _taps(supervisor, "改个日子", "哪天", "morning-31-supervisor-day")
    _taps(supervisor, "日（", "好，定在", "morning-32-supervisor-set")
    _says(supervisor, "各村逾期情况", "走访逾期1", "morning-33-late")
    _says(supervisor, "监护等级", "等您确认", "morning-34-levels")
    _says(supervisor, "诉求", "镇民政办去办", "morning-35-needs")
    _taps(supervisor, "2 王小明", "李督导跟进", "morning-36-need")
    office = _sign_in(supervisor)
    _sees(office, gateway, "/late", "走访逾期 1", "morning-40-page-late")
    _sees(office, gateway, "/children", "孙浩然", "morning-41-page-children")
    _sees(office, gateway, "/needs", "临时救助", "morning-42-page-needs")
    office.locator("summary", has_text="换人办").first.click()
    office.get_by_label("哪天前给家里回音").first.fill((house.day + timedelta(days=20)).isoformat())
    picture(office, "morning-42-page-need-given", whole=True)
    office.get_by_role("button", name="记下").first.click()
    office.get_by_role("status").wait_for()
    office.locator("summary", has_text="记结果").first.click()
    office.get_by_label("办好了").first.check()
    picture(office, "morning-43-page-need", whole=True)
    office.get_by_role("button", name="记下").first.click()
    office.get_by_text("没办完的诉求：1条").wait_for()
    _sees(office, gateway, "/tasks", "自测", "morning-44-page-tasks")
    office.locator(".card").first.click()
    office.get_by_text("小月奶奶").wait_for()
    picture(office, "morning-45-page-task", whole=True)
    _fits(office)
    desk = _sign_in(director)
    _sees(desk, gateway, "/children", "孙浩然", "morning-50-director-children")
    _sees(desk, gateway, "/log", "刘洋", "morning-51-director-log")
    _sees(desk, gateway, "/needs", "镇民政办去办", "morning-52-director-needs")
