"""委托照护 on the staff page: one arrangement led to its end, its papers, and nothing for strangers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot import texts
from bot.care import entrusted
from bot.services.entrusted import arrangements
from bot.services.entrusted import desk as entrusted_desk
from bot.services.entrusted import papers as entrusted_papers
from bot.services.register import children
from bot.services.register.registering import Kin
from bot.storage.database import Database
from bot.storage.tables import CareArrangement
from tests.builders import World
from tests.gateway.office import ABSENT, Office, site_of
from tests.services.registered import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, filed

FOUND = {**dict.fromkeys(("d1", "d2", "d3", "d4"), "no"), "full_capacity": "yes", "care_ability": "yes"}
FOUND |= {"special_care_bar": "no", "morals": "good", "household": "fair", "health": "good", "bond": "good"}
HEARD = {"child_opinion": "agrees", "heard_in_private": "yes", "listener": "赵老师", "child_words": "想跟奶奶"}


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One database is enough for pages: what they call is tested on both."""
    return sqlite


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


@pytest.fixture
async def director(client: httpx.AsyncClient, world: World) -> Office:
    return await Office(client, world).sign_in(world.staff("child_director", VILLAGE))


@pytest.fixture
def uid(world: World) -> str:
    """What a father of a child on file handed over."""
    child = filed(world, kin=(Kin("father", "王强", "", "13900000002"),), school="响水镇中心小学")
    father = world.citizen()
    told = {"carer": "李桂兰", "carer_relation": "奶奶", "carer_phone": "13900000001", "away": "去青岛，到过年"}
    told |= {"facts": {"candidate_named": "yes", "enrolled": "yes"}, "phones": "13900000002"}
    with world.work() as work:
        return arrangements.begin(work, father, VILLAGE, told, child=child).uid


def state(world: World, uid: str) -> str:
    with world.work() as work:
        return work.session.get_one(CareArrangement, uid).state


async def does(office: Office, uid: str, act: str, **fields: str) -> int:
    return (await office.post(f"/staff/entrusted/{uid}/do/{act}", **fields)).status_code


async def to_signed(office: Office, uid: str) -> None:
    for act, fields in (
        ("reason_confirmed", {"good_reason": "yes"}),
        ("candidate_named", {"carer": "李桂兰"}),
        ("screening_started", {}),
        ("passed", FOUND),
        ("child_opinion_recorded", HEARD),
        ("duties", {}),
        ("signed", {"on": "2026-01-01"}),
    ):
        assert await does(office, uid, act, **fields) == 303, act


async def test_an_arrangement_is_led_from_the_first_look_into_force(director: Office, world: World, uid: str) -> None:
    assert "李桂兰" in (await director.get("/staff/entrusted")).text
    await to_signed(director, uid)
    assert await does(director, uid, "written_notice_recorded", enrolled="yes") == 409
    for recipient in ("school", "committee"):
        assert await does(director, uid, "notice", recipient=recipient, on="2026-01-02", proof="收发室盖章") == 303
    assert await does(director, uid, "written_notice_recorded") == 303
    assert await does(director, uid, "care_started") == 303
    page = (await director.get(f"/staff/entrusted/{uid}")).text
    for told in (
        "照护履行中",
        "收发室盖章",
        "想跟奶奶",
        "听的人：赵老师",
        "代记",
        "道德品质：好",
        "和父母、照护人聊一次",
    ):
        assert told in page, told
    with world.work() as work:
        row = work.session.get_one(CareArrangement, uid)
        around = children.around(work, children.row(work, str(row.child)))
    assert ("carer", "李桂兰") in [(one.kind, one.name) for one in around]


async def test_what_is_unknown_stays_refused_and_what_was_written_stands_again(
    director: Office, world: World, uid: str
) -> None:
    for act, fields in (("reason_confirmed", {"good_reason": "yes"}), ("candidate_named", {"carer": "李桂兰"})):
        await does(director, uid, act, **fields)
    await does(director, uid, "screening_started")
    answer = await director.post(f"/staff/entrusted/{uid}/do/passed", **{**FOUND, "d2": "unknown", "reason": "再问问"})
    assert answer.status_code == 409
    assert "没查清" in answer.text
    assert "再问问" in answer.text
    assert await does(director, uid, "disqualified", d2="yes") == 409
    assert await does(director, uid, "disqualified", d2="yes", reason="村里证实天天赌") == 303
    assert state(world, uid) == "rejected"


async def test_the_carer_is_not_the_one_who_listens_to_the_child(director: Office, world: World, uid: str) -> None:
    for act, fields in (("reason_confirmed", {"good_reason": "yes"}), ("candidate_named", {"carer": "李桂兰"})):
        await does(director, uid, act, **fields)
    await does(director, uid, "screening_started")
    await does(director, uid, "passed", **FOUND)
    assert await does(director, uid, "child_opinion_recorded", **{**HEARD, "listener": "李桂兰自己"}) == 409
    assert state(world, uid) == "assessed"


async def test_an_emergency_opens_a_report_and_only_the_county_ends_the_protection(
    director: Office, world: World, uid: str
) -> None:
    await to_signed(director, uid)
    assert await does(director, uid, "emergency") == 409
    assert await does(director, uid, "emergency", finding="violence", reason="孩子身上有伤") == 303
    assert state(world, uid) == "state_protection"
    assert world.report().severity in ("S0", "S1")
    assert await does(director, uid, "parent_returned", assessed_safe="yes", reason="回来了") == 409
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        county = await Office(other, world).sign_in(world.staff("county_caseworker", COUNTY, "张科员"))
        assert await does(county, uid, "parent_returned", assessed_safe="yes", reason="评估过") == 303
    assert state(world, uid) == "ended"


async def test_strangers_get_the_page_for_nothing(client: httpx.AsyncClient, world: World, uid: str) -> None:
    other = await Office(client, world).sign_in(world.staff("child_director", NEXT_VILLAGE))
    paths = [f"/staff/entrusted/{one}{rest}" for one in (uid, ABSENT) for rest in ("", "/paper/agreement")]
    seen = [await other.get(path) for path in paths]
    seen += [
        await other.post(f"/staff/entrusted/{one}/do/reason_confirmed", good_reason="yes") for one in (uid, ABSENT)
    ]
    seen += [await other.post(f"/staff/entrusted/{one}/do/emergency") for one in (uid, ABSENT)]
    assert [answer.status_code for answer in seen] == [404] * 8
    assert len({answer.text for answer in seen}) == 1


async def test_papers_hold_what_their_reader_needs_and_nothing_of_the_screening(
    director: Office, world: World, uid: str
) -> None:
    await to_signed(director, uid)
    for kind in ("agreement", "notice_school", "notice_committee"):
        page = (await director.get(f"/staff/entrusted/{uid}/paper/{kind}")).text
        for told in ("王小明", "李桂兰", "13900000001", "去青岛"):
            assert told in page, (kind, told)
        for secret in ("想跟奶奶", "道德品质", "赌博"):
            assert secret not in page, (kind, secret)
    assert (await director.get(f"/staff/entrusted/{uid}/paper/admonition")).status_code == 404


async def test_a_paper_comes_as_a_pdf_that_carries_its_own_chinese_font(
    director: Office, uid: str, caplog: pytest.LogCaptureFixture
) -> None:
    await to_signed(director, uid)
    for kind in ("agreement", "notice_school", "notice_committee"):
        answer = await director.get(f"/staff/entrusted/{uid}/paper/{kind}?file=true")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].endswith('.pdf"')
        assert answer.content.startswith(b"%PDF-")
        assert re.search(rb"/FontFile\d", answer.content), "the reader's device may have no Chinese font"
    assert [one.message for one in caplog.records if one.name.startswith("fpdf")] == [], "a character has no shape"
    assert (await director.get(f"/staff/entrusted/{uid}/paper/admonition?file=true")).status_code == 404


async def test_refusal_brings_its_papers_and_civil_affairs_asks_for_the_admonition(
    director: Office, world: World, uid: str
) -> None:
    above = world.staff("child_supervisor", TOWNSHIP, "李督导")
    await to_signed(director, uid)
    for recipient in ("school", "committee"):
        await does(director, uid, "notice", recipient=recipient, on="2026-01-02")
    for act, fields in (
        ("written_notice_recorded", {}),
        ("care_started", {}),
        ("concern_raised", {"reason": "孩子说奶奶总骂"}),
        ("persuade", {"immediate_danger": "no"}),
        ("not_improved", {"review_improved": "no"}),
        ("all_refuse", {"parents_refuse": "yes", "carer_refuses": "yes", "reason": "都不肯换"}),
    ):
        assert await does(director, uid, act, **fields) == 303, act
    assert world.pushes(above) == ["entrusted.raised"]
    told = {"committee_notified": "yes", "supervisor_notified": "yes", "temporary_who": "姑姑王丽"}
    assert await does(director, uid, "temporary_care_arranged", **told) == 303
    assert "姑姑王丽" in (await director.get(f"/staff/entrusted/{uid}/paper/temporary")).text
    assert (await director.get(f"/staff/entrusted/{uid}/paper/admonition")).status_code == 404
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        county = await Office(other, world).sign_in(world.staff("county_caseworker", COUNTY, "张科员"))
        assert "商请训诫" in (await county.get(f"/staff/entrusted/{uid}/paper/admonition")).text
        assert await does(county, uid, "admonition_coordinated", reason="已函派出所") == 303
    assert state(world, uid) == "admonition_requested"


async def test_the_supervisor_alone_overrides_the_childs_objection(director: Office, world: World, uid: str) -> None:
    for act, fields in (("reason_confirmed", {"good_reason": "yes"}), ("candidate_named", {"carer": "李桂兰"})):
        await does(director, uid, act, **fields)
    await does(director, uid, "screening_started")
    await does(director, uid, "passed", **FOUND)
    await does(director, uid, "child_opinion_recorded", **{**HEARD, "child_opinion": "objects"})
    await does(director, uid, "duties")
    assert await does(director, uid, "signed", on="2026-01-01") == 409
    assert await does(director, uid, "objection_overridden", reason="没有别的亲人") == 409
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        supervisor = await Office(other, world).sign_in(world.staff("child_supervisor", TOWNSHIP, "李督导"))
        assert (
            await does(supervisor, uid, "objection_overridden", child_opinion="objects", reason="没有别的亲人") == 303
        )
    assert await does(director, uid, "signed", on="2026-01-01") == 303
    assert "前再单独问问孩子" in (await director.get(f"/staff/entrusted/{uid}")).text
    asked = {"opinion": "agrees", "listener": "赵老师", "child_words": "奶奶对我好"}
    refused = await director.post(f"/staff/entrusted/{uid}/do/asked_again", **{**asked, "listener": "李桂兰"})
    assert (refused.status_code, "不能是照护人自己" in refused.text, "奶奶对我好" in refused.text) == (409, True, True)
    assert await does(director, uid, "asked_again", **asked) == 303
    page = (await director.get(f"/staff/entrusted/{uid}")).text
    assert ("前再单独问问孩子" in page, "奶奶对我好" in page) == (False, True)


def test_every_state_and_paper_has_its_words_for_the_page() -> None:
    roles = ("child_director", "child_supervisor", "county_caseworker", "village_committee")
    for one in entrusted.states():
        for offer in entrusted.offers(one, roles):
            assert texts.known(f"entrusted.event.{offer.event}"), offer.event
            for fact in offer.facts:
                if fact not in entrusted_desk.NOT_ASKED:
                    assert texts.known(f"entrusted.fact.{fact}"), fact
                    assert all(texts.known(f"entrusted.value.{value}") for value in entrusted.values(fact)), fact
    assert all(texts.known(f"entrusted.paper.{kind}") for kind in entrusted_papers.STATES)
    fields = {name for names in entrusted_desk.PROVEN.values() for name in names} - {"finding"}
    assert all(texts.known(f"entrusted.field.{name}") for name in fields)


async def test_the_code_for_the_carer_is_shown_once_on_the_page(director: Office, uid: str) -> None:
    await does(director, uid, "reason_confirmed", good_reason="yes")
    await does(director, uid, "candidate_named", carer="李桂兰")
    page = (await director.post(f"/staff/entrusted/{uid}/do/code")).text
    assert re.search(r'class="number">[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}<', page)
    assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", (await director.get(f"/staff/entrusted/{uid}")).text)
