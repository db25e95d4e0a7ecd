"""Whoever tries to read and do what is not for them: people of the staff with a browser and a chat each."""

from __future__ import annotations

from typing import NamedTuple

import httpx
from sqlalchemy import func, select

from bot.services.mail import mailbox
from bot.services.talk import doors
from bot.storage.tables import Outbox
from tests.builders import World
from tests.gateway.office import Office
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE, Person, person

POSTS = (
    ("child_director", VILLAGE),
    ("child_director", "220182101201"),
    ("child_supervisor", TOWNSHIP),
    ("county_caseworker", COUNTY),
    ("county_manager", COUNTY),
    ("duty_officer", "220182"),
    ("prefecture_duty", "2201"),
    ("province_duty", "22"),
    ("province", "22"),
    ("sys_admin", "22"),
    ("privacy_officer", COUNTY),
    ("social_worker", COUNTY),
)


class Reader(NamedTuple):
    """Somebody of the staff: the post, the account, the chat, and a browser that is signed in."""

    role: str
    area: str
    who: Person
    account: str
    office: Office
    form_key: str


async def reader_of(world: World, transport: httpx.AsyncBaseTransport, role: str, area: str) -> Reader:
    """Somebody of this post, signed in."""
    who = person(world, role, area)
    account = who.account
    client = httpx.AsyncClient(transport=transport, base_url="http://test")
    office = await Office(client, world).sign_in(who.talk)
    return Reader(role, area, who, account, office, await office.form_key())


def tapped(world: World, talk: str, value: str) -> str:
    """What a tap is answered with; it is taken back, so that each comes to the same state."""
    inbox = world.hear(talk, {"choice": value})
    pushed = select(func.count()).select_from(Outbox).where(Outbox.push)
    with world.work() as work:
        before = work.session.scalar(pushed)
        doors.tap(work, talk, inbox, value)
        said = [f"{row.key} {sorted(mailbox.args_of(work, row).items())}" for row in mailbox.replies_to(work, inbox)]
        assert work.session.scalar(pushed) == before, "nobody else hears of it"
        work.session.rollback()
    return "\n".join(said)
