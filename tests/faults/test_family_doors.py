"""Guarantees 15, 16 and 18 at the doors of families: links nobody made, buttons of others, words that are no words,
and a director who is moved in the middle of a talk. Nothing of it opens, moves or writes anything."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.services.entrusted import arrangements
from bot.services.staff import accounts
from bot.storage.tables import Base, CareArrangement, JournalEntry, Outbox
from tests.builders import VILLAGE, World
from tests.faults.talking import ON_SQLITE
from tests.faults.test_strange_texts import STRANGE, shown
from tests.gateway.office import site_of
from tests.services import family as homes

EXAMPLES = int(os.environ.get("HUTONG_FUZZ_EXAMPLES", "40"))
WRITTEN_BY_A_TAP = {"inbox", "outbox", "conversations", "attempts"}
"""A tap is kept and answered; of nothing else may a forged one leave a trace."""
hard = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
TOKENS = st.one_of(
    st.text(min_size=1, max_size=60),
    st.binary(min_size=1, max_size=200).map(lambda one: base64.urlsafe_b64encode(one).decode()),
    st.sampled_from([*STRANGE.values(), "..", "%2e%2e", "a" * 5000]),
).filter(lambda one: not any(0xD800 <= ord(sign) < 0xE000 for sign in one))
"""Half a surrogate pair stands in no address."""


def _rows(world: World) -> dict[str, int]:
    with world.work() as work:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in WRITTEN_BY_A_TAP]
        return {one.name: work.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


@ON_SQLITE
async def test_a_link_nobody_made_opens_nothing_and_is_written_nowhere(world: World) -> None:
    before = _rows(world)
    tokens: list[str] = []

    @hard
    @given(TOKENS)
    def collect(token: str) -> None:
        tokens.append(token)

    collect()
    async with httpx.AsyncClient(transport=site_of(world, "http://test"), base_url="http://test") as client:
        for token in tokens:
            if token in (".", ".."):  # a client makes another address of these before anything is sent
                continue
            for ask in (client.get, client.post):
                answer = await ask(f"/paper/{quote(token, safe='')}", params={"file": "1"})
                assert answer.status_code in (404, 405, 410), (token, answer.status_code)
                assert "委托照护协议" not in answer.text
            notice = await client.get("/employers", params={"x": token}, headers={"Host": "evil.example"})
            assert notice.status_code == 200
            assert "evil.example" not in notice.text
            assert token not in notice.text or len(token) < 4
    assert _rows(world) == before


@pytest.fixture
def house(world: World) -> dict[str, Any]:
    """A father and a carer who joined, and an arrangement whose carer came in; a stranger; nobody of them staff."""
    family = homes.make(world, "father", "carer")
    father, carer = homes.join(world, family, "father"), homes.join(world, family, "carer")
    with world.work() as work:
        row = arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰"}, child=family.child)
        row.state, row.carer_conversation = "agreement_signed", carer
        uid = row.uid
    return {"uid": uid, "father": father, "carer": carer, "child": family.child, "home": family}


def _taps(house: dict[str, Any]) -> Iterator[str]:
    uid, child = house["uid"], house["child"]
    for what in ("1", "4", "accept", "refuse", "99", ""):
        yield f"duty:{what}:{uid}"
    for act in (
        "open",
        "review",
        "hear",
        "code",
        "step",
        "given",
        "another",
        "worry",
        "back",
        "stays",
        "signed",
        "start",
    ):
        yield f"entrusted.{act}={uid}"
    yield from (f"paper:{uid}", f"entrusted.for={child}", "entrusted.send=yes", "entrusted.sure=yes")
    yield from ("notice:show", "notice:done", "referral:show", "referral:yes", "mood:talk", "help:me", "home:back")
    yield from ("contact.contact=video", "contact.self=overwhelmed", "contact.again=1", "stop:all", "news:show")
    yield from (
        f"join.go={uid}",
        "join.consent=yes",
        "join.agrees=yes",
        "wish:home=on",
        "workhome:ask",
        f"caretask:see:{uid}",
    )


@ON_SQLITE
def test_a_strangers_forged_taps_of_contact_and_entrusted_care_change_nothing(
    world: World, house: dict[str, Any]
) -> None:
    stranger = world.citizen()
    before, heard = _rows(world), len(world.said(house["father"]))
    for value in _taps(house):
        world.tap(stranger, value)
        said = "".join(one.text for one in world.said(stranger))
        assert "李桂兰" not in said, value
        after = {name: count for name, count in _rows(world).items() if count != before[name]}
        assert set(after) <= {"drafts"}, (value, after)
    assert len(world.said(house["father"])) == heard
    with world.work() as work:
        assert work.session.get_one(CareArrangement, house["uid"]).state == "agreement_signed"


@ON_SQLITE
def test_the_carer_of_one_house_has_no_button_of_another(world: World, house: dict[str, Any]) -> None:
    other = homes.make(world, "father", "carer")
    neighbour = homes.join(world, other, "carer")
    with world.work() as work:
        before = work.session.scalar(select(func.count()).select_from(JournalEntry))
    for value in (f"duty:accept:{house['uid']}", f"duty:refuse:{house['uid']}", f"paper:{house['uid']}"):
        assert world.tap(neighbour, value) == ["chat.expired_button"]
    with world.work() as work:
        assert work.session.scalar(select(func.count()).select_from(JournalEntry)) == before


def test_a_director_moved_in_the_middle_of_a_screening_writes_nothing_more(world: World, house: dict[str, Any]) -> None:
    talk = world.staff("child_director")
    with world.work() as work:
        work.session.get_one(CareArrangement, house["uid"]).state = "screening"
    assert world.tap(talk, f"entrusted.review={house['uid']}")[-1].startswith("entrusted.ask.")
    with world.work() as work:
        member = accounts.member(work, talk)
        assert member is not None
        accounts.suspend(work, member.account)
    with world.work() as work:
        kept = work.session.get_one(CareArrangement, house["uid"]).changed_at
    for value in ("good_reason=yes", "d1=no", "send=yes"):
        world.tap(talk, f"entrusted.{value}")
    world.say(talk, "都没有")
    with world.work() as work:
        row = work.session.get_one(CareArrangement, house["uid"])
        assert (row.state, row.changed_at) == ("screening", kept)


@ON_SQLITE
@pytest.mark.parametrize("name", STRANGE)
def test_strange_words_of_a_parent_are_kept_as_typed_and_do_nothing(
    world: World, house: dict[str, Any], name: str
) -> None:
    talk = house["father"]
    world.tap(talk, "contact.contact=video")
    world.tap(talk, "contact.concern=yes")
    world.say(talk, STRANGE[name])
    told = homes.answers(world, house["home"], "father")
    assert told["concern"] == "yes"
    words = list(told.get("words", ()))  # type: ignore[call-overload]
    assert words or world.flow(talk) == "report", "told harm goes into the report, all else to the director"
    assert not words or shown(words[-1]).strip() == shown(STRANGE[name]).strip()
    with world.work() as work:
        assert work.session.scalar(select(func.count()).select_from(Outbox).where(Outbox.state == "failed")) == 0
