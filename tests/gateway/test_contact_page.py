"""Contact on the staff page: who stands on which rung and why, what is done about it, paper, and who sees nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select, update

from bot.care import contact_data
from bot.services.contact import referrals
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import staff as contact_staff
from bot.storage.database import Database
from bot.storage.tables import Child, ContactPlan, ContactRung, JournalEntry
from bot.texts import known
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.gateway.office import ABSENT, Office, site_of
from tests.services import family as homes

ELSEWHERE = "220184104201"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=site_of(world, "http://test"), base_url="http://test", follow_redirects=False
    ) as found:
        yield found


def _silent(world: World, hands: Hands) -> homes.Family:
    """A father who answers nothing for two weeks."""
    home = homes.make(world, "father", "carer")
    homes.join(world, home, "father")
    for _ in range(15 * 4):
        hands.forward(hours=6)
        homes.tick(world)
    return home


def _rungs(world: World) -> list[ContactRung]:
    with world.work() as work:
        return list(work.session.scalars(select(ContactRung).where(ContactRung.closed_at.is_(None))))


async def test_a_silence_stands_on_the_desk_with_reason_history_and_what_to_do(
    client: httpx.AsyncClient, world: World, hands: Hands
) -> None:
    talk = world.staff("child_director", VILLAGE)
    home = _silent(world, hands)
    director = await Office(client, world).sign_in(talk)
    desk = (await director.get("/staff/contact")).text
    for told in ("测试娃", "连续两周没有确认联系", "打电话问问"):
        assert told in desk
    family = (await director.get(f"/staff/contact/{home.child}")).text
    for told in ("给父母都打个电话", "再问一次：等着发", "没答", "3次"):
        assert told in family
    (rung,) = _rungs(world)
    done = await director.post(f"/staff/contact/{home.child}/do/down", rung=rung.uid, why="asked_home")
    assert done.headers["location"].endswith("?done=saved")
    assert "问了家里，有联系" in (await director.get(f"/staff/contact/{home.child}")).text
    with world.work() as work:
        acts = set(work.session.scalars(select(JournalEntry.act)))
    assert {"contact seen", "contact rung closed"} <= acts


async def test_weeks_without_the_carer_stand_beside_those_of_the_child_and_are_no_silence(
    client: httpx.AsyncClient, world: World, hands: Hands
) -> None:
    talk, home = world.staff("child_director", VILLAGE), homes.make(world, "father", "carer")
    father = homes.join(world, home, "father")
    for carer in ("yes", "no", "no"):
        for answer in ("contact=video", f"carer={carer}", "how=good", "concern=no"):
            world.tap(father, f"contact.{answer}")
        hands.forward(days=7)
    director = await Office(client, world).sign_in(talk)
    family = (await director.get(f"/staff/contact/{home.child}")).text
    assert "连续2周说没和照护人聊上" in family
    assert family.count("<td>没聊</td>") == 2
    assert family.count("<td>聊了</td>") == 1
    assert _rungs(world) == []


async def test_a_family_elsewhere_an_absent_one_and_ones_own_are_the_same_page(
    client: httpx.AsyncClient, world: World
) -> None:
    home, other = homes.make(world, "father"), homes.make(world, "father", area=ELSEWHERE)
    for one in (home, other):
        homes.join(world, one, "father")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    own = await director.post(f"/staff/contact/{home.child}/do/family")
    assert own.headers["location"] == "/staff/contact?done=saved"
    pages = [await director.get(f"/staff/contact/{uid}") for uid in (home.child, other.child, ABSENT)]
    acts = [await director.post(f"/staff/contact/{uid}/do/agree", agreed_by="carer") for uid in (home.child, ABSENT)]
    assert [page.status_code for page in (*pages, *acts)] == [404] * 5
    assert len({page.text for page in (*pages, *acts)}) == 1
    assert "测试娃" not in (await director.get("/staff/contact?show=all")).text


async def test_every_act_reaches_its_service_and_a_refusal_keeps_what_was_written(
    client: httpx.AsyncClient, world: World, hands: Hands
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    homes.join(world, home, "carer")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    here, plan = f"/staff/contact/{home.child}/do", homes.plan(world, home, "father").uid
    refused = await director.post(f"{here}/decide", plan=plan, ground="cleared", reason=" ")
    assert (refused.status_code, "要写明理由" in refused.text) == (409, True)
    assert (await director.post(f"{here}/failed", plan=plan, family="no")).status_code == 409
    for act, fields in (
        ("recorded", {"plan": plan}),
        ("called", {"plan": plan, "reached": "no"}),
        ("apart", {"plan": plan, "apart": "yes"}),
        ("notice", {"plan": plan, "facts": "孩子这三天都没去上学"}),
        ("refer", {"plan": plan, "place": "县未成年人心理辅导站", "level": "soon"}),
        ("agree", {"agreed_by": "carer"}),
    ):
        assert (await director.post(f"{here}/{act}", **fields)).status_code == 303, act
    page = (await director.get(f"/staff/contact/{home.child}")).text
    for told in ("孩子这三天都没去上学", "连续1天打不通", "分开住", "等家长答复", "同意把概要告诉父母：照护人"):
        assert told in page
    assert "没去上学" not in "".join(said.text for said in world.said(talk))
    other = homes.make(world, "father", area=ELSEWHERE)
    homes.join(world, other, "father")
    elsewhere = homes.plan(world, other, "father").uid
    assert (await director.post(f"{here}/recorded", plan=elsewhere)).status_code == 404


async def test_a_slip_is_printed_only_once_a_guardian_agreed_and_names_nobody(
    client: httpx.AsyncClient, world: World
) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    plan = homes.plan(world, home, "father").uid
    here = f"/staff/contact/{home.child}"
    await director.post(f"{here}/do/refer", plan=plan, place="县未成年人心理辅导站", level="soon")
    with world.work() as work:
        (referral,) = referrals.of_child(work, home.child)
    assert (await director.get(f"{here}/slip/{referral.uid}")).status_code == 404
    world.tap(talk, "referral:yes")
    slip = (await director.get(f"{here}/slip/{referral.uid}")).text
    assert "县未成年人心理辅导站" in slip
    assert "测试娃" not in slip
    for act, fields in (("received", {}), ("close_referral", {"why": "not_needed"})):
        assert (await director.post(f"{here}/do/{act}", referral=referral.uid, **fields)).status_code == 303
    assert "不需要了" in (await director.get(here)).text


async def test_a_code_is_shown_once_with_its_link_and_opens_the_notice(client: httpx.AsyncClient, world: World) -> None:
    home = homes.make(world, "father")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    answer = await director.post(f"/staff/contact/{home.child}/do/invite", kind="mother", name="李红")
    found = re.search("http://test/#invite=([0-9A-Z]{12})", answer.text)
    assert found is not None
    assert world.tap(world.citizen(), f"invite:{found[1]}") == ["join.consent.parent"]
    assert found[1] not in (await director.get(f"/staff/contact/{home.child}")).text


async def test_the_file_of_a_child_leads_to_its_contact_where_nobody_has_joined_yet(
    client: httpx.AsyncClient, world: World
) -> None:
    home = homes.make(world, "father")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    assert f"/staff/contact/{home.child}" in (await director.get(f"/staff/children/{home.child}")).text
    assert "还没有人加入" in (await director.get(f"/staff/contact/{home.child}")).text


async def test_who_asks_to_join_is_confirmed_on_the_desk(client: httpx.AsyncClient, world: World) -> None:
    talk = world.staff("child_director", VILLAGE)
    home, father = homes.make(world, "carer"), world.citizen()
    world.tap(father, "flow:join")
    world.tap(father, "join.who=ask")
    world.say(father, "榆树市弓棚镇长山村，我是测试娃的爸爸")
    director = await Office(client, world).sign_in(talk)
    desk = (await director.get("/staff/contact")).text
    assert "我是测试娃的爸爸" in desk
    task = re.search("joining/([a-z2-7]{26})", desk)
    assert task is not None
    with world.work() as work:
        number = work.session.get_one(Child, home.child).number
    refused = await director.post(f"/staff/contact/joining/{task[1]}", number="X", kind="father")
    assert refused.status_code == 409
    assert (await director.post(f"/staff/contact/joining/{task[1]}", number=number, kind="father")).status_code == 303
    assert "join.confirmed" in world.pushes(father)


async def test_words_are_shown_only_where_a_concern_was_raised_and_never_a_childs(
    client: httpx.AsyncClient, world: World
) -> None:
    home = homes.make(world, "father", "carer", "self")
    talks = {kind: homes.join(world, home, kind) for kind in ("father", "carer", "self")}
    world.tap(talks["father"], "contact.concern=yes")
    world.means(talks["father"], "他最近老一个人待着", "contact")
    world.tap(talks["self"], "contact.mood=low")
    world.means(talks["self"], "我谁都不想理", "contact")
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    page = (await director.get(f"/staff/contact/{home.child}")).text
    assert "他最近老一个人待着" in page
    assert "心情不太好" in page
    assert "我谁都不想理" not in page
    assert re.search(r"<b>\d+\.\d+–\d+\.\d+</b>", page), "a week is named by its days"
    assert re.search(r"\d{4}-W\d\d", page) is None


async def test_who_has_no_desk_of_contact_finds_none(client: httpx.AsyncClient, world: World) -> None:
    office = await Office(client, world).sign_in(world.staff("duty_officer", VILLAGE[:6]))
    assert (await office.get("/staff/contact")).status_code == 404
    assert "/staff/contact" not in (await office.get("/staff")).text


async def test_where_nobody_is_bound_in_village_and_township_the_county_carries_and_sees_it(
    client: httpx.AsyncClient, world: World
) -> None:
    home, quiet = homes.make(world, "father"), homes.make(world, "father")
    for one in (home, quiet):
        homes.join(world, one, "father")
    talk = world.staff("county_caseworker", VILLAGE[:6], "赵敏")
    with world.work() as work:
        plan = work.session.get_one(ContactPlan, homes.plan(world, home, "father").uid)
        contact_rungs.open_task(work, plan, "wants_talk", "wants_talk")
    office = await Office(client, world).sign_in(talk)
    assert world.pushes(talk) == ["contact.task"]
    assert "想和儿童主任谈谈" in (await office.get("/staff/contact")).text
    assert (await office.get(f"/staff/contact/{home.child}")).status_code == 200
    assert (await office.get(f"/staff/contact/{quiet.child}")).status_code == 404


async def test_pages_of_a_director_whom_the_mother_names_are_byte_for_byte_those_without_her_report(
    client: httpx.AsyncClient, world: World
) -> None:
    home = homes.make(world, "mother", "father", "carer")
    mother, *_ = (homes.join(world, home, kind) for kind in home.people)
    talks = [world.staff("child_director", VILLAGE), world.staff("child_supervisor", VILLAGE[:9], "李督导")]
    director = await Office(client, world).sign_in(talks[0])
    pages = ("/staff", "/staff/contact", "/staff/contact?show=all", f"/staff/contact/{home.child}")
    world.say(mother, "孩子这周挺好的")
    homes.tick(world)
    without = [(await director.get(page)).content for page in pages]
    for words in ("我们村儿童主任是我小舅子，他把孩子打坏了", "现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
        world.say(mother, words)
    with world.work() as work:
        work.session.execute(update(ContactPlan).values(next_due=work.now))
    homes.tick(world)
    assert [rung.actor for rung in _rungs(world)] == ["child_supervisor"] * 2
    assert [(await director.get(page)).content for page in pages] == without
    refused = await director.post(f"{pages[-1]}/do/down", rung=_rungs(world)[0].uid, why="talked")
    assert refused.status_code == 404
    supervisor = await Office(client, world).sign_in(talks[1])
    assert "有报告牵涉到这位" in (await supervisor.get("/staff/contact")).text
    assert "已自动停下提醒" in (await supervisor.get(pages[-1])).text


def test_every_reason_step_and_way_of_closing_has_its_words() -> None:
    reasons = {*contact_data.signals(), "missed_weeks_2", "missed_weeks_4", "voices_differ", "suspected_harm"}
    reasons -= {one for one, signal in contact_data.signals().items() if signal.level == "routine"}
    assert [one for one in sorted(reasons) if not known(f"page.rung_why.{one}")] == []
    assert [one for one in contact_staff.DONE if not known(f"page.rung_done.{one}")] == []
    assert [one for one in contact_staff.GROUNDS if not known(f"page.ground.{one}")] == []
    assert [one for one in referrals.ENDS if not known(f"page.referral_end.{one}")] == []
