"""A report that lives its whole life on Telegram, and what the journal tells of it: all of it, in order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import groupby
from pathlib import Path as Folder

import pytest
from sqlalchemy import select

from bot.gateway.conversation import Path
from bot.services import journal
from bot.services.casework import asking, closing, dossier, police, reports, transferring
from bot.services.casework.transferring import To
from bot.services.reporting import attachments
from bot.storage.database import Database
from bot.storage.tables import JournalEntry, Post
from tests import media_samples as samples
from tests.builders import World
from tests.conftest import Hands
from tests.faults.fake_bot_api import FakeTelegram
from tests.faults.talking import path_of, until
from tests.gateway.test_telegram_attachments import CHAT, Running
from tests.services.cases import staff_of

PLACE = "公主岭市响水镇姜家店村"
ANSWERS = ("danger_now=no", "=skip", "=citizen_anonymous", "follow_up=yes", "confirm=yes")
# Everything that was done to the report and by whom, as it is lived below; the same thing twice running stands once.
LIFE = [
    ("system", "report received"),
    ("system", "report raise_emergency"),
    ("system", "report assigned"),
    ("reporter", "attachment brought"),
    ("reporter", "report add_information"),
    ("child_director", "report accept"),
    ("child_director", "report read"),
    ("child_director", "attachment read"),
    ("child_director", "report ask_reporter"),
    ("reporter", "report add_information"),
    ("child_director", "report transfer"),
    ("child_supervisor", "report accept"),
    ("child_supervisor", "report transfer"),
    ("county_caseworker", "report accept"),
    ("reporter", "report add_information"),
    ("system", "report raise_emergency"),
    ("duty_officer", "report accept"),
    ("duty_officer", "report police"),
    ("duty_officer", "report close proposed"),
    ("county_caseworker", "report close"),
    ("county_caseworker", "report closed"),
    ("reporter", "report reopen"),
    ("system", "report raise_emergency"),
    ("reporter", "report add_information"),
]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One life is enough; the services live theirs on both."""
    return sqlite


@pytest.fixture
async def running(world: World, tmp_path: Folder) -> AsyncIterator[tuple[Running, FakeTelegram]]:
    api = FakeTelegram()
    way: Path = path_of(world)
    found = await Running(world, api, way, tmp_path).start()
    yield found, api
    await found.stop()
    api.close()


async def _hears(api: FakeTelegram, world: World, act: Callable[[], object], part: str) -> str:
    """What is said on Telegram after somebody did something there, once it holds these words."""
    known = len(api.sent_to(CHAT))
    act()
    await until(lambda: any(part in text for text in api.sent_to(CHAT)[known:]), part, passing=world)
    return next(text for text in api.sent_to(CHAT)[known:] if part in text)


async def _files(api: FakeTelegram, world: World) -> str:
    """Anonymously, with a photo and a voice note; returns code and PIN."""
    await _hears(api, world, lambda: api.user_sends_file(CHAT, "photo", samples.photo_with_place()), "照片收到了")
    await _hears(api, world, lambda: api.user_sends_file(CHAT, "voice", samples.sound(1)), "语音收到了")
    await _hears(api, world, lambda: api.user_says(CHAT, "邻居家孩子总挨打，胳膊上都是印子"), "记下了")
    api.user_says(CHAT, PLACE)
    tapped: list[str] = []

    def found() -> str | None:
        receipt = next((text for text in api.sent_to(CHAT) if "查询码" in text and "密码" in text), None)
        fresh = (one for one in reversed(api.buttons(CHAT)) if one.endswith(ANSWERS) and one not in tapped)
        return receipt or next(fresh, None)

    while True:
        await until(found, str(api.sent_to(CHAT)), passing=world)
        said = found() or ""
        if "查询码" in said:
            return f"{said.split()[2]} {said.split()[4]}"
        tapped.append(said)
        api.user_taps(CHAT, said)


def _told(world: World, report: str) -> list[tuple[str, str]]:
    """Who did what, by the journal; accounts by the post they hold."""
    with world.work() as work:
        rows = work.session.scalars(
            select(JournalEntry).where(JournalEntry.subject == report).order_by(JournalEntry.seq)
        ).all()
        posts = dict(work.session.execute(select(Post.account, Post.role)).all())
        assert journal.verify(work).first_wrong is None
        return [(str(posts.get(row.actor, row.actor)), row.act) for row in rows]


async def test_a_report_lives_its_whole_life_on_telegram_and_the_journal_tells_all_of_it(
    running: tuple[Running, FakeTelegram], world: World, hands: Hands
) -> None:
    people, (bot, api) = staff_of(world), running
    director, supervisor, county = people.director, people.supervisor, people.caseworker
    code = await _files(api, world)
    report = world.report().uid

    # taken on, looked at, asked back, and answered by the button under the push
    assert director.does(reports.accept, report).allowed
    with world.work() as work:
        brought = [one.uid for one in attachments.of_report(work, report) if one.viewable]
    assert len(brought) == 2
    assert director.does(dossier.open_sheet, report) is not None
    assert director.does(attachments.open_for, brought[0]) is not None
    assert director.does(asking.ask, report, "孩子今晚在谁家？").allowed
    await _hears(api, world, bot.telegram.sender.wake, "问")
    button = next(one for one in reversed(api.buttons(CHAT)) if one.startswith("asked:"))
    await _hears(api, world, lambda: api.user_taps(CHAT, button), "孩子今晚在谁家？")
    await _hears(api, world, lambda: api.user_says(CHAT, "在他奶奶家"), "已转给")

    # supplemented from another device, on the other channel, by code
    device = world.citizen()
    world.tap(device, "flow:supplement")
    world.say(device, code)
    assert world.say(device, "奶奶眼睛看不见")[0] == "report.added"

    # handed on twice
    assert director.does(transferring.offer, report, To(role="child_supervisor"), "要乡里出面").allowed
    assert supervisor.does(transferring.accept, report).allowed
    assert supervisor.does(transferring.offer, report, To(role="county_caseworker"), "要县里协调").allowed
    assert county.does(transferring.accept, report).allowed

    # danger, told on Telegram by code: the talk itself was let go of when it was filed
    await _hears(api, world, lambda: api.user_taps(CHAT, "flow:supplement"), "查询码")
    await _hears(api, world, lambda: api.user_says(CHAT, code), "要补充什么")
    await _hears(api, world, lambda: api.user_says(CHAT, "他爸回来了，正拿刀追孩子"), "110")
    assert (world.report().severity, world.report().state) == ("S0", "emergency_handoff")
    assert people.duty.does(reports.accept, report).allowed
    assert people.duty.does(police.record, report, "响水派出所", world.now(), "2026-1123-07").allowed

    # closed by two, and opened again from Telegram
    assert people.duty.does(closing.propose, report, "handed_over", "已和姑姑、派出所当面交接").waiting
    assert county.does(closing.confirm, report).allowed
    await _hears(api, world, bot.telegram.sender.wake, "办结")
    await _hears(api, world, lambda: api.user_taps(CHAT, "flow:status"), "已办结")  # proved in this talk today
    dispute = next(one for one in reversed(api.buttons(CHAT)) if one.startswith("end:why:"))
    await _hears(api, world, lambda: api.user_taps(CHAT, dispute), "哪里不同意")
    await _hears(api, world, lambda: api.user_says(CHAT, "孩子又被送回来了，没人管"), "重新打开")
    assert world.report().closed_at is None
    assert [one for one, _ in groupby(_told(world, report))] == LIFE
