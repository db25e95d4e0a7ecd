"""A browser at the staff page, for tests: signed in by a link, its forms sent as a browser sends them."""

from __future__ import annotations

import re

import httpx

from bot.gateway.conversation import Path
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.gateway.web.staff import StaffPage
from bot.services.casework import reports
from bot.services.staff import signing_in
from tests.builders import World
from tests.scripted import rasa_that

VILLAGE = "220184104201"
COUNTY = VILLAGE[:6]
ABSENT = "a" * 26
WORDS = "孩子天天挨打，邻居看见的，电话13812345678"


def site_of(world: World, public_url: str = "") -> httpx.ASGITransport:
    rasa = rasa_that(lambda request: httpx.Response(500))
    way = Path(world.database, world.vault, rasa, world.now)

    async def ready() -> dict[str, str]:
        return {}

    chat = Chat(world.database, world.vault, way, Hub(world.database), world.now)
    page = StaffPage(world.database, world.vault, world.now, public_url)
    return httpx.ASGITransport(make_site(chat, ready, page))


class Office:
    """A browser at the staff page. Forms are sent as the browser sends them: with Origin and the page's secret."""

    def __init__(self, client: httpx.AsyncClient, world: World) -> None:
        self.client, self.world = client, world
        self.origin = {"Origin": str(client.base_url).rstrip("/")}

    async def sign_in(self, conversation: str) -> Office:
        with self.world.work() as work:
            token = signing_in.link(work, conversation)
        answer = await self.client.post(f"/staff/in/{token}", headers=self.origin)
        assert answer.status_code == 303
        return self

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def form_key(self) -> str:
        found = re.search(r'name="form_key" value="([^"]+)"', (await self.get("/staff")).text)
        assert found is not None
        return found[1]

    async def post(self, path: str, **fields: str) -> httpx.Response:
        if "form_key" not in fields:
            fields["form_key"] = await self.form_key()
        return await self.client.post(path, data=fields, headers=self.origin)


def report_to(world: World, conflicted: list[str] | None = None, area: str = VILLAGE) -> str:
    told = {
        "facts": {"signs": ["beaten"], "conflicted": conflicted or []},
        "words": [["what", WORDS], ["safe_contact", "打我电话 13998765432，白天"]],
        "area": area,
        "given": {},
    }
    with world.work() as work:
        return reports.open_report(work, None, told).uid
