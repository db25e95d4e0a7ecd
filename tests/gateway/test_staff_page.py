"""The staff page as a browser and as an attacker see it (guarantees 15, 16, 26)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator
from unittest.mock import Mock

import httpx
import pytest
from sqlalchemy import select

from bot.gateway.web.staff import StaffPage
from bot.services.casework import archives, reports
from bot.services.staff import accounts, signing_in
from bot.storage.database import Database
from bot.storage.tables import BrokenGlass, JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import ABSENT, COUNTY, VILLAGE, Office, report_to, site_of


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What a page shows and a browser may do; its work on both databases: test_staff_work.py."""
    return sqlite


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


async def test_a_link_shows_a_button_first_and_opens_by_it_once(office: Office, world: World, director: str) -> None:
    with world.work() as work:
        token = signing_in.link(work, director)
    for _ in range(3):
        assert "进入" in (await office.get(f"/staff/in/{token}")).text
    first = await office.client.post(f"/staff/in/{token}", headers=office.origin)
    second = await office.client.post(f"/staff/in/{token}", headers=office.origin)
    assert [first.status_code, second.status_code] == [303, 410]
    assert (await office.get("/staff")).status_code == 200


async def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Office, world: World, director: str) -> None:
    with world.work() as work:
        token = signing_in.link(work, director)
    cookie = (await office.client.post(f"/staff/in/{token}", headers=office.origin)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "max-age" not in cookie
    assert "domain" not in cookie


async def test_over_https_the_cookie_belongs_to_this_host_only(world: World, director: str) -> None:
    transport = site_of(world, "https://hutong.test")
    async with httpx.AsyncClient(transport=transport, base_url="https://hutong.test") as client:
        with world.work() as work:
            token = signing_in.link(work, director)
        answer = await client.post(f"/staff/in/{token}", headers={"Origin": "https://hutong.test"})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-staff=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert (await client.get("/staff")).status_code == 200


async def test_a_session_brought_along_is_never_the_one_that_gets_in(
    office: Office, world: World, director: str
) -> None:
    office.client.cookies.set("staff", "chosen-by-somebody-else", domain="test.local", path="/")
    await office.sign_in(director)
    assert office.client.cookies["staff"] != "chosen-by-somebody-else"
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        other.cookies.set("staff", "chosen-by-somebody-else")
        assert (await other.get("/staff")).status_code == 401


@pytest.mark.parametrize("path", ["/staff", f"/staff/reports/{ABSENT}", "/staff/looks", "/staff/nothing/here"])
async def test_who_is_not_signed_in_is_told_how_and_sees_nothing(path: str, office: Office) -> None:
    answer = await office.get(path)
    assert answer.status_code == 401
    assert "打开网页" in answer.text


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.test", "http://test.evil.test", "https://evil.test:80", "http://evil@test.x"]
)
async def test_a_form_from_another_site_does_nothing(
    origin: str | None, office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    fields = {"form_key": await office.form_key()}
    headers = {"Origin": origin} if origin is not None else {}
    answer = await office.client.post(f"/staff/reports/{uid}/do/accept", data=fields, headers=headers)
    assert answer.status_code == 403
    assert world.report().acknowledged_at is None


async def test_a_browser_that_says_it_came_from_elsewhere_is_believed(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    fields = {"form_key": await office.form_key()}
    headers = {**office.origin, "Sec-Fetch-Site": "cross-site"}
    answer = await office.client.post(f"/staff/reports/{uid}/do/accept", data=fields, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("form_key", ["", "wrong", "é" * 20])
async def test_a_form_without_this_sessions_secret_does_nothing(
    form_key: str, office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    assert (await office.post(f"/staff/reports/{uid}/do/accept", form_key=form_key)).status_code == 403
    assert world.report().acknowledged_at is None


async def test_a_form_of_another_session_of_the_same_person_does_nothing(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    old = await office.form_key()
    await office.sign_in(director)
    assert (await office.post(f"/staff/reports/{uid}/do/accept", form_key=old)).status_code == 403


async def test_absent_and_forbidden_answer_alike(office: Office, world: World) -> None:
    uid = report_to(world)
    await office.sign_in(world.staff("child_director", "220184104202", "李主任"))
    key = await office.form_key()
    for form in ("", "/print", "/export", "/sheet/police", "/do/accept", "/do/glass", "/do/nonsense"):
        answers = []
        for one in (uid, ABSENT, "' or 1=1 --", "%00", "x" * 400):
            path = f"/staff/reports/{one}{form}"
            if form in ("", "/sheet/police"):
                answers.append(await office.get(path))
            else:
                answers.append(await office.post(path, form_key=key, purpose="交派出所立案"))
        assert {answer.status_code for answer in answers[:2]} == {404}, form
        assert answers[0].content == answers[1].content
        assert {answer.status_code for answer in answers} <= {404, 405}, form
    assert _acts(world, "report read") == 0


async def test_who_is_suspended_is_out_at_the_next_click(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    key = await office.form_key()
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        accounts.suspend(work, member.account)
    assert (await office.get(f"/staff/reports/{uid}")).status_code == 401
    assert (await office.post(f"/staff/reports/{uid}/do/accept", form_key=key)).status_code == 401
    assert world.report().acknowledged_at is None


async def test_signing_out_ends_it_here_and_for_a_stolen_cookie(office: Office, world: World, director: str) -> None:
    await office.sign_in(director)
    stolen = office.client.cookies["staff"]
    assert (await office.post("/staff/out")).status_code == 200
    assert (await office.get("/staff")).status_code == 401
    office.client.cookies.set("staff", stolen)
    assert (await office.get("/staff")).status_code == 401


async def test_opening_a_report_shows_what_was_told_and_is_journalled(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    page = (await office.get(f"/staff/reports/{uid}")).text
    assert "孩子天天挨打" in page
    assert "13998765432" not in page
    assert _acts(world, "report read") == 1
    assert "公安" in page


async def test_accepting_on_the_page_is_accepting(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    answer = await office.post(f"/staff/reports/{uid}/do/accept")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/staff/reports/{uid}?done=accept")
    assert world.report().acknowledged_at is not None
    again = await office.post(f"/staff/reports/{uid}/do/accept")
    assert again.status_code == 409
    assert "已经办过" in again.text


async def test_the_reporters_contact_opens_only_by_breaking_the_glass(
    office: Office, world: World, hands: Hands
) -> None:
    uid = report_to(world)
    await office.sign_in(world.staff("county_caseworker", COUNTY, "赵"))
    assert "13998765432" not in (await office.get(f"/staff/reports/{uid}")).text
    assert (await office.post(f"/staff/reports/{uid}/do/glass", purpose="看看")).status_code == 409
    assert (await office.post(f"/staff/reports/{uid}/do/glass", purpose="孩子失联，要马上问到人")).status_code == 303
    assert "13998765432" in (await office.get(f"/staff/reports/{uid}")).text
    assert _acts(world, "identity read") == 1
    for _ in range(24):
        hands.forward(minutes=10)
        if hands() and (await office.get("/staff")).status_code == 401:
            await office.sign_in(world.staff("county_caseworker", COUNTY, "钱"))
            break
    assert "13998765432" not in (await office.get(f"/staff/reports/{uid}")).text


async def test_a_role_the_matrix_does_not_name_cannot_break_the_glass(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    answer = await office.post(f"/staff/reports/{uid}/do/glass", purpose="孩子失联，要马上问到人")
    assert answer.status_code == 409
    assert "13998765432" not in answer.text


async def test_somebody_else_reviews_an_emergency_look(office: Office, world: World) -> None:
    uid = report_to(world)
    officer = world.staff("privacy_officer", COUNTY, "孙")
    await office.sign_in(world.staff("county_caseworker", COUNTY, "赵"))
    await office.post(f"/staff/reports/{uid}/do/glass", purpose="孩子失联，要马上问到人")
    assert (await office.get("/staff/looks")).status_code == 404
    assert "staff.glass" in world.pushes(officer)
    await office.sign_in(officer)
    page = (await office.get("/staff/looks")).text
    assert "孩子失联" in page
    look = re.search(r"/staff/looks/(\w{26})", page)
    assert look is not None
    assert (await office.post(f"/staff/looks/{look[1]}", verdict="maybe")).status_code == 404
    assert (await office.post(f"/staff/looks/{look[1]}", verdict="justified")).status_code == 303
    assert "理由成立" in (await office.get("/staff/looks")).text
    assert (await office.post(f"/staff/looks/{look[1]}", verdict="unjustified")).status_code == 409


async def test_the_privacy_officer_sees_a_report_only_through_a_look_and_never_reviews_his_own(
    office: Office, world: World
) -> None:
    uid = report_to(world)
    await office.sign_in(world.staff("privacy_officer", COUNTY, "孙"))
    assert (await office.get(f"/staff/reports/{uid}")).status_code == 404
    refused = await office.post("/staff/looks", number="ZZZZZZ", purpose="核对一次投诉的处理")
    assert refused.status_code == 409
    answer = await office.post("/staff/looks", number=world.report().number, purpose="核对一次投诉的处理")
    assert answer.status_code == 303
    assert (await office.get(f"/staff/reports/{uid}")).status_code == 200
    look = re.search(r"/staff/looks/(\w{26})", (await office.get("/staff/looks")).text)
    assert look is None
    with world.work() as work:
        own = work.session.scalars(select(BrokenGlass.uid)).one()
    assert (await office.post(f"/staff/looks/{own}", verdict="justified")).status_code == 409
    with world.work() as work:
        assert work.session.get_one(BrokenGlass, own).reviewed_at is None
    await office.sign_in(world.staff("privacy_officer", COUNTY, "吴"))
    assert (await office.post(f"/staff/looks/{own}", verdict="justified")).status_code == 303


async def test_paper_covers_numbers_and_never_names_the_reporter(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    page = (
        await office.post(f"/staff/reports/{uid}/print", purpose="交派出所立案", full="yes", why_full="我想看看")
    ).text
    assert "13812345678" not in page
    assert "■" * 11 in page
    assert "13998765432" not in page
    assert (await office.post(f"/staff/reports/{uid}/print", purpose=" ")).status_code == 400
    assert _acts(world, "report printed") == 1


async def test_the_caseworker_may_have_numbers_uncovered(office: Office, world: World) -> None:
    uid = report_to(world)
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    why = {"purpose": "交派出所立案", "full": "yes", "why_full": "警方要打电话核实"}
    page = (await office.post(f"/staff/reports/{uid}/print", **why)).text
    assert "13812345678" in page
    assert "13998765432" not in page


async def test_the_archive_can_be_checked_and_every_change_is_found(
    office: Office, world: World, director: str
) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    await office.post(f"/staff/reports/{uid}/do/accept")
    answer = await office.post(f"/staff/reports/{uid}/export", purpose="交派出所立案")
    checked = archives.check(answer.content)
    assert checked.wrong == []
    assert checked.entries > 1
    assert checked.rows > 3
    assert checked.key == archives.public_key(world.vault)
    assert checked.number == world.report().number
    files = _files(answer.content)
    assert set(files) == {"evidence.json", "report.html", "说明.txt", "manifest.json"}
    assert b"13812345678" not in files["evidence.json"] + files["report.html"]
    for name in files:
        body = files[name].replace("孩子".encode(), "大人".encode()) if name != "manifest.json" else b"{}"
        assert archives.check(_zipped({**files, name: body if body != files[name] else body + b" "})).wrong
    assert archives.check(_zipped({**files, "extra.txt": b""})).wrong == [("file", "extra.txt")]
    assert archives.check(answer.content[:-30]).wrong
    assert archives.check(b"").wrong


def _files(archived: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archived)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, body in files.items():
            zipped.writestr(name, body)
    return out.getvalue()


async def test_what_was_told_is_shown_verbatim_and_inert(office: Office, world: World, director: str) -> None:
    told = {
        "facts": {"signs": ["beaten"]},
        "words": [["what", "<script>alert(1)</script>{{7*7}}"]],
        "area": VILLAGE,
        "given": {},
    }
    with world.work() as work:
        uid = reports.open_report(work, None, told).uid
    await office.sign_in(director)
    page = (await office.get(f"/staff/reports/{uid}")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "<script>alert" not in page


async def test_every_staff_page_is_strict_and_kept_nowhere(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    for path in ("/staff", f"/staff/reports/{uid}", "/staff/reports/none", "/staff/in/none"):
        headers = (await office.get(path)).headers
        assert headers["cache-control"] == "no-store"
        assert "form-action 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
    assert "form-action 'none'" in (await office.get("/")).headers["content-security-policy"]


async def test_no_page_holds_a_style_or_script_of_its_own(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    pages = [(await office.get(path)).text for path in ("/staff", f"/staff/reports/{uid}")]
    pages.append((await office.post(f"/staff/reports/{uid}/print", purpose="交派出所立案")).text)
    for page in pages:
        assert re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page) is None


async def test_a_body_too_large_or_of_another_kind_is_refused(office: Office, world: World, director: str) -> None:
    uid = report_to(world)
    await office.sign_in(director)
    large = await office.post(f"/staff/reports/{uid}/do/glass", purpose="长" * 30_000)
    assert large.status_code == 413
    other = await office.client.post(f"/staff/reports/{uid}/do/accept", json={}, headers=office.origin)
    assert other.status_code == 403


def _acts(world: World, act: str) -> int:
    with world.work() as work:
        return len(list(work.session.scalars(select(JournalEntry.seq).where(JournalEntry.act == act))))


@pytest.mark.parametrize("role", ["county_caseworker", "county_manager", "privacy_officer"])
async def test_every_page_of_the_site_opens_for_whoever_types_its_address(world: World, role: str) -> None:
    site = Mock()
    StaffPage(world.database, world.vault, world.now).join(site)
    routes = site.include_router.call_args.args[0].routes
    addresses = {route.path for route in routes if "GET" in route.methods and "{" not in route.path}
    assert {"/staff", "/staff/caller", "/staff/children", "/staff/looks"} <= addresses
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as client:
        office = await Office(client, world).sign_in(world.staff(role, COUNTY))
        for address in sorted(addresses):
            assert (await office.get(address)).status_code in (200, 404), address
