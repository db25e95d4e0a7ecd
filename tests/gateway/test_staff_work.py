"""Working on a report on the staff page: each form does one thing, refusals are told in words."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.services import conversations
from bot.services.casework import acts, closing, glass, linking, reports, transferring
from bot.services.mail import mailbox
from bot.services.reporting import adding, attachments
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Attachment, Conversation, JournalEntry, PageSession, Report, ReportLink
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import ABSENT, COUNTY, VILLAGE, Office, report_to, site_of
from tests.services.cases import DROPPED_OUT, HARDSHIP, HARM, staff_of, state, tell

LIGHT = 20_000
"""Bytes on the line, compressed: a second of a slow telephone."""


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


@pytest.fixture
def office(client: httpx.AsyncClient, world: World) -> Office:
    return Office(client, world)


@pytest.fixture
def director(world: World) -> str:
    return world.staff("child_director", VILLAGE)


def _from_a_talk(world: World, conversation: str, facts: dict[str, object]) -> str:
    """A report told in a talk that may be answered."""
    told = {"facts": {"signs": ["beaten"], **facts}, "words": [["what", "挨打"]], "area": VILLAGE, "given": {}}
    with world.work() as work:
        report = reports.open_report(work, conversation, told)
        report.follow_up = True
        return report.uid


async def test_a_question_that_is_never_asked_is_refused_with_why_and_stays_in_its_field(
    office: Office, world: World, director: str
) -> None:
    uid = _from_a_talk(world, world.citizen(), {})
    await office.sign_in(director)
    await office.post(f"/staff/reports/{uid}/do/accept")
    answer = await office.post(f"/staff/reports/{uid}/do/ask_reporter", text="能不能拍张伤口的照片发来？")
    assert answer.status_code == 409
    assert "能不能拍张伤口的照片发来？</textarea>" in answer.text
    asked = await office.post(f"/staff/reports/{uid}/do/ask_reporter", text="孩子今晚在谁家？")
    assert asked.headers["location"].endswith("done=asked")
    assert "孩子今晚在谁家？" in (await office.get(f"/staff/reports/{uid}")).text


@pytest.mark.parametrize("told_at", ["", "昨天", "2026-11-24T12:00", "9999-99-99T99:99"])
async def test_the_police_cannot_have_been_told_at_no_time_or_tomorrow(
    told_at: str, office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    answer = await office.post(f"/staff/reports/{uid}/do/police", station="响水派出所", told_at=told_at)
    assert answer.status_code == 409
    assert "响水派出所" in answer.text


async def test_that_the_police_were_told_is_recorded_and_the_reminder_goes(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    assert "要立即向公安报案" in (await office.get(f"/staff/reports/{uid}")).text
    await office.post(f"/staff/reports/{uid}/do/police", station="响水派出所", told_at="2026-11-23T11:50", number="07")
    page = (await office.get(f"/staff/reports/{uid}")).text
    assert "要立即向公安报案" not in page
    assert "11月23日 11:50，响水派出所，回执号 07" in page


async def test_a_report_is_handed_on_and_the_receiver_finds_it_waiting(office: Office, world: World) -> None:
    caseworker, director = world.staff("county_caseworker", COUNTY, "赵"), world.staff("child_director", VILLAGE, "王")
    uid = report_to(world)
    await office.sign_in(director)
    await office.post(f"/staff/reports/{uid}/do/accept")
    refused = await office.post(f"/staff/reports/{uid}/do/transfer", receiver="role:county_caseworker", reason="")
    assert refused.status_code == 409
    await office.post(f"/staff/reports/{uid}/do/transfer", receiver="role:county_caseworker", reason="要县里协调")
    await office.sign_in(caseworker)
    assert "等您决定接不接" in (await office.get("/staff?whose=area")).text
    page = (await office.get(f"/staff/reports/{uid}")).text
    assert "要县里协调" in page
    assert (await office.post(f"/staff/reports/{uid}/do/accept")).status_code == 303


async def test_the_page_offers_to_route_what_reached_nobody_and_carries_it_out(office: Office, world: World) -> None:
    uid = tell(world, HARDSHIP)
    caseworker, director = world.staff("county_caseworker", COUNTY, "赵"), world.staff("child_director", VILLAGE, "王")
    await office.sign_in(caseworker)
    page = (await office.get(f"/staff/reports/{uid}")).text
    form = page.partition(f'action="/staff/reports/{uid}/do/route"')[2].partition("</form>")[0]
    assert 'value="role:child_director"' in form
    assert 'name="reason"' not in form
    assert (await office.post(f"/staff/reports/{uid}/do/route", receiver="role:institution")).status_code == 409
    assert (await office.post(f"/staff/reports/{uid}/do/route", receiver="role:child_director")).status_code == 303
    assert state(world, uid) == "routed"
    await office.sign_in(director)
    assert (await office.post(f"/staff/reports/{uid}/do/accept")).status_code == 303


_MINE, _HELD = ("caseworker", reports.accept), ("director", reports.accept)
_OFFERED = ("director", transferring.offer, transferring.To(role="county_caseworker"), "要县里管")
_RAISED = ("director", acts.raise_emergency, "S1", "又打了")
_PROPOSED = ("director", closing.propose, "handed_over", "已交接")


@pytest.mark.parametrize(
    ("before", "act", "fields", "after"),
    [
        ((_MINE,), "start_handling", {}, "handling"),
        ((_MINE,), "make_plan", {"text": "每周去一次"}, "plan_active"),
        ((_MINE,), "watch", {}, "monitoring"),
        ((), "not_accept", {"competent": "education", "reason": "是学校的事"}, "not_accepted"),
        ((), "lower_severity", {"severity": "S4", "reason": "问过邻居", "checked": "yes"}, "routed"),
        ((), "raise_emergency", {"severity": "S0", "reason": "孩子不见了"}, "emergency_handoff"),
        ((_MINE,), "result", {"result": "helping"}, "accepted"),
        ((_HELD, _OFFERED), "refuse_transfer", {"reason": "不归县里"}, "transferred"),
        ((_RAISED, _HELD, _PROPOSED), "refuse_close", {"reason": "还没见到孩子"}, "accepted"),
    ],
)
async def test_each_act_of_the_page_does_what_it_says(
    before: tuple[tuple[Any, ...], ...], act: str, fields: dict[str, str], after: str, office: Office, world: World
) -> None:
    people = staff_of(world)
    uid = tell(world, HARDSHIP, talk=world.citizen())
    for who, service, *args in before:
        assert getattr(people, who).does(service, uid, *args).allowed
    await office.sign_in(people.caseworker.talk)
    assert (await office.post(f"/staff/reports/{uid}/do/{act}", **fields)).status_code == 303
    assert state(world, uid) == after


async def test_an_urgent_report_is_closed_by_two_and_then_shut_to_who_only_worked_on_it(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    caseworker = world.staff("county_caseworker", COUNTY, "赵")
    await office.sign_in(director)
    await office.post(f"/staff/reports/{uid}/do/accept")
    close = {"close_reason": "handed_over", "reason": "已当面交接"}
    waiting = await office.post(f"/staff/reports/{uid}/do/close", **close)
    assert waiting.headers["location"].endswith("done=waiting")
    assert (await office.post(f"/staff/reports/{uid}/do/confirm_close")).status_code == 409
    await office.sign_in(caseworker)
    assert "等第二个人定办结" in (await office.get("/staff?whose=area")).text
    assert (await office.post(f"/staff/reports/{uid}/do/confirm_close")).status_code == 303
    await office.sign_in(director)
    assert (await office.get(f"/staff/reports/{uid}")).status_code == 404
    over = (await office.get("/staff?group=over")).text
    assert "内容不再显示" in over
    reopened = await office.post(f"/staff/reports/{uid}/do/reopen", reason="邻居说又打了")
    assert reopened.status_code == 303
    assert (await office.get(f"/staff/reports/{uid}")).status_code == 200


async def test_what_was_written_is_kept_and_shown_to_colleagues(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    assert (await office.post(f"/staff/reports/{uid}/do/note", text="  ")).status_code == 409
    assert (await office.post(f"/staff/reports/{uid}/do/note", text="去看过，孩子在学校")).status_code == 303
    assert "去看过，孩子在学校" in (await office.get(f"/staff/reports/{uid}")).text


async def test_who_read_it_stands_on_the_managers_page_alone_and_what_arrived_on_both(
    office: Office, world: World, director: str
) -> None:
    caseworker, manager = (
        world.staff("county_caseworker", COUNTY, "赵"),
        world.staff("county_manager", COUNTY, "李局长"),
    )
    gone = world.staff("child_supervisor", VILLAGE[:9], "李督导")
    uid = report_to(world)
    world.deliver(director)
    with world.work() as work:
        assert reports.told_of(work, work.session.get_one(Report, uid))
        work.session.get_one(Conversation, gone).unreachable_at = work.now
        mailbox.forget_pushes(work, caseworker, f"alert:{uid}:")
    await office.sign_in(director)
    own = (await office.get(f"/staff/reports/{uid}")).text
    await office.sign_in(manager)
    page = (await office.get(f"/staff/reports/{uid}")).text
    for told in (own, page):
        arrived = told.partition("送到没有")[2].partition("</details>")[0]
        assert all(fate in arrived for fate in ("送达", "送不到", "已撤回"))
    assert "谁看过" not in own
    read = page.partition("谁看过")[2].partition("</details>")[0]
    assert re.search(r"王主任：[^<]*（办理）", read)


async def test_joining_with_a_number_that_may_not_be_seen_is_like_one_that_is_not_there(
    office: Office, world: World
) -> None:
    uid, far = report_to(world), report_to(world, area="220182101201")
    with world.work() as work:
        hidden = work.session.get_one(Report, far).number
    await office.sign_in(world.staff("county_caseworker", COUNTY, "赵"))
    key = await office.form_key()
    answers = [
        await office.post(f"/staff/reports/{uid}/do/link_duplicate", form_key=key, number=number, reason="同一件事")
        for number in (hidden, "ZZZZZZ")
    ]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].text.replace(hidden, "") == answers[1].text.replace("ZZZZZZ", "")


async def test_a_person_talks_with_a_child_and_looking_for_news_keeps_nobody_signed_in(
    office: Office, world: World, hands: Hands, director: str
) -> None:
    child = world.citizen()
    uid = _from_a_talk(world, child, {"reporter_type": "child_self"})
    await office.sign_in(director)
    assert (await office.get(f"/staff/reports/{uid}/talk/news")).status_code == 404
    await office.post(f"/staff/reports/{uid}/talk/start")
    await office.post(f"/staff/reports/{uid}/talk/say", text="我是村里的王主任，你现在在哪？")
    assert "王主任，你现在在哪" in world.said(child)[-1].text
    assert "王主任，你现在在哪" in (await office.get(f"/staff/reports/{uid}/talk/news")).text
    hands.forward(minutes=5)
    await office.get(f"/staff/reports/{uid}/talk/news")
    with world.work() as work:
        seen = work.session.query(PageSession).filter(PageSession.ended_at.is_(None)).one().seen_at
        assert (hands() - seen).total_seconds() == 300
    assert (await office.post(f"/staff/reports/{uid}/talk/end")).headers["location"] == f"/staff/reports/{uid}"
    assert (await office.post(f"/staff/reports/{uid}/talk/say", text="还在吗")).status_code == 409


async def test_a_talk_about_a_report_one_may_not_see_is_not_there(office: Office, world: World) -> None:
    uid = _from_a_talk(world, world.citizen(), {"reporter_type": "child_self"})
    await office.sign_in(world.staff("child_director", "220184104202", "李"))
    for one in (uid, ABSENT):
        assert (await office.get(f"/staff/reports/{one}/talk")).status_code == 404
        for step in ("start", "say", "end", "nonsense"):
            assert (await office.post(f"/staff/reports/{one}/talk/{step}", text="在吗")).status_code == 404


async def test_the_manager_enters_duty_and_others_only_see_it(office: Office, world: World) -> None:
    officer = world.staff("duty_officer", COUNTY, "钱进")
    with world.work() as work:
        member = accounts.member(work, officer)
        assert member is not None
    turn = {"area": COUNTY, "account": member.account, "since": "2026-11-23T08:00", "until": "2026-11-24T08:00"}
    await office.sign_in(world.staff("county_manager", COUNTY, "李局长"))
    assert (await office.post("/staff/duty", **turn)).status_code == 303
    assert (await office.post("/staff/duty", **{**turn, "until": "x"})).status_code == 409
    assert (await office.post("/staff/duty", **{**turn, "area": "220182"})).status_code == 409
    await office.sign_in(officer)
    assert "钱进" in (await office.get("/staff/duty")).text
    assert (await office.post("/staff/duty", **turn)).status_code == 409
    await office.sign_in(world.staff("child_director", VILLAGE, "王"))
    assert (await office.get("/staff/duty")).status_code == 404


async def test_an_attachment_opens_for_who_sees_its_report_only(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    with world.work() as work:
        file = _photo(work, uid)
    await office.sign_in(director)
    assert "照片 1" in (await office.get(f"/staff/reports/{uid}")).text
    opened = await office.get(f"/staff/reports/{uid}/files/{file}")
    assert (opened.content, opened.headers["content-type"]) == (b"\xff\xd8working", "image/jpeg")
    assert opened.headers["cache-control"] == "no-store"
    assert (await office.get(f"/staff/reports/{ABSENT}/files/{file}")).status_code == 404
    await office.sign_in(world.staff("child_director", "220184104202", "李"))
    assert (await office.get(f"/staff/reports/{uid}/files/{file}")).status_code == 404


def _photo(work: Work, report: str) -> str:
    talk = conversations.open_web(work).conversation
    row = Attachment(uid="p" * 26, conversation=talk, report=report, kind="photo", state="waiting", at=work.now)
    row.original_sealed = work.vault.seal_bytes("attachments.original", row.uid, b"original")
    row.bytes_original = 8
    work.session.add(row)
    work.session.flush()
    attachments.ready(work, row, b"\xff\xd8working", "image/jpeg")
    return row.uid


async def test_the_sheet_for_a_department_says_the_minimum(office: Office, world: World) -> None:
    uid = report_to(world)
    await office.sign_in(world.staff("county_caseworker", COUNTY, "赵"))
    page = (await office.get(f"/staff/reports/{uid}")).text
    target = re.search(rf"/staff/reports/{uid}/sheet/(\w+)", page)
    assert target is not None
    sheet = (await office.get(target[0])).text
    assert world.report().number in sheet
    for secret in ("挨打，", "13812345678", "13998765432"):
        assert secret not in sheet
    done = {"target": target[1], "spoke_with": "教育局 刘科长", "called_at": "2026-11-23T11:55"}
    assert (await office.post(f"/staff/reports/{uid}/do/call", **done)).status_code == 303
    assert "教育局 刘科长（11月23日 11:55）" in (await office.get(f"/staff/reports/{uid}")).text


async def test_a_look_ends_with_the_post_that_allowed_it(world: World) -> None:
    uid = report_to(world)
    caseworker = world.staff("county_caseworker", COUNTY, "赵")
    with world.work() as work:
        member = accounts.member(work, caseworker)
        assert member is not None
        assert glass.break_it(work, member, uid, glass.IDENTITY, "孩子失联，要马上问到人").allowed
        report = work.session.get_one(Report, uid)
        moved = accounts.Member(member.account, member.name, (("county_caseworker", "220182"),))
        assert glass.open_until(work, member, report, glass.IDENTITY) is not None
        assert glass.open_until(work, moved, report, glass.IDENTITY) is None


async def test_words_added_one_after_another_are_one_line_of_the_page_and_all_of_the_printed_file(
    office: Office, world: World, hands: Hands, director: str
) -> None:
    talk = world.citizen()
    uid = _from_a_talk(world, talk, {})
    for words in ("他家在村东头", "孩子上三年级", "昨天又哭了"):
        hands.forward(minutes=2)
        with world.work() as work:
            adding.add(work, work.session.get_one(Report, uid), words)
    await office.sign_in(director)
    hands.forward(minutes=2)
    await office.post(f"/staff/reports/{uid}/do/note", text="看过了")
    hands.forward(minutes=2)
    with world.work() as work:
        adding.add(work, work.session.get_one(Report, uid), "今天没去上学")
    shown = " ".join(re.sub("<[^>]*>", "", (await office.get(f"/staff/reports/{uid}")).text).split())
    assert "11月23日 12:02–12:06 报告人：补充情况（3次）" in shown
    assert shown.count("报告人：补充情况") == 2
    printed = await office.post(f"/staff/reports/{uid}/print", purpose="交派出所立案")
    assert len(re.findall(r"<td>报告人</td>\s*<td><b>补充情况</b>", printed.text)) == 4
    with world.work() as work:
        rows = work.session.scalars(select(JournalEntry.act).where(JournalEntry.subject == uid)).all()
    assert rows.count("report add_information") == 4


async def test_a_report_related_to_no_other_has_no_section_for_it(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    assert "相关的报告" not in (await office.get(f"/staff/reports/{uid}")).text
    other = report_to(world)
    with world.work() as work:
        link = ReportLink(uid=opaque_id(), report=other, other=uid, kind=linking.SIMILAR, by=None, at=work.now)
        work.session.add(link)
    assert "相关的报告" in (await office.get(f"/staff/reports/{uid}")).text


async def test_the_list_shows_the_most_urgent_first_each_with_its_deadline_and_what_for(
    office: Office, world: World, hands: Hands, director: str
) -> None:
    told = [HARDSHIP, DROPPED_OUT, HARM]
    need, dropped, harm = (tell(world, signs) for signs in told)
    hands.forward(minutes=31)
    await office.sign_in(director)
    cards = re.findall(
        r'href="/staff/reports/(\w+)".*?class="due([^"]*)">([^<]*)<', (await office.get("/staff")).text, re.DOTALL
    )
    assert [uid for uid, _, _ in cards] == [harm, dropped, need]
    assert [bool(late) for _, late, _ in cards] == [True, False, False]
    assert cards[0][2].startswith("已过期：11月23日 12:30前")
    assert all(re.search(r"\d+月\d+日.*前\S+", words) for _, _, words in cards)


async def test_a_report_with_all_its_forms_is_a_light_page(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    page = await office.get(f"/staff/reports/{uid}")
    files = set(re.findall(r'(?:href|src)="(/staff/files/[^"]+)"', page.text))
    everything = [page.content, *[(await office.get(file)).content for file in files]]
    assert files == {"/staff/files/staff.css"}, "and no script at all"
    assert sum(len(gzip.compress(one)) for one in everything) < LIGHT
