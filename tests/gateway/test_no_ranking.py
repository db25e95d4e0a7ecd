"""Nobody is ranked or marked: places stand in the order of their codes, whoever is late, and no words weigh persons."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot import texts
from bot.gateway.web import showing
from bot.services.talk import doors
from tests.builders import World
from tests.gateway.office import Office, site_of
from tests.services.registered import NEXT_VILLAGE, TOWNSHIP, VILLAGE, child_of, filed, person

RANKED = re.compile("排名|排行|名次|得分|评分|打分|分数|积分|倒数第|第[一二三1-3]名|优秀|落后|红黑榜|末位")
DISOWNED = ("不排名次", "不给人打分", "不排名", "不光夸分数")
DIRECTORS = {VILLAGE: "王主任", NEXT_VILLAGE: "孙主任"}


@pytest.mark.parametrize("late_at", [VILLAGE, NEXT_VILLAGE])
async def test_whoever_is_late_the_order_is_that_of_the_codes(world: World, late_at: str) -> None:
    for village, name in DIRECTORS.items():
        person(world, "child_director", village, name)
        for number in range(3):
            child = filed(world, f"王小{'一二三'[number]}", village)
            with world.work() as work:
                late = village == late_at
                child_of(work, child).next_due = work.today + timedelta(days=-5 if late else 5)
    supervisor = person(world, "child_supervisor", TOWNSHIP)
    inbox = world.hear(supervisor.talk, {"text": "各村逾期情况"})
    with world.work() as work:
        assert doors.page_asked(work, supervisor.talk, inbox, "各村逾期情况")
    told = world.said(supervisor.talk)[-1].text
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as client:
        office = await Office(client, world).sign_in(world.staff("child_supervisor", TOWNSHIP))
        page = (await office.get("/staff/late")).text
    in_order = [DIRECTORS[village] for village in sorted(DIRECTORS)]
    for seen in (told, page):
        assert "走访逾期" in seen
        assert sorted(DIRECTORS.values(), key=seen.index) == in_order


def test_no_words_of_ours_rank_or_mark_anybody() -> None:
    every = texts.keys()
    told = {key: texts.phrase(key) for key in every if not key.startswith("policy")}
    pages = {path.name: path.read_text(encoding="utf-8") for path in Path(showing.PAGES).glob("*.html")}
    found = {}
    for name, words in {**told, **pages}.items():
        for said in DISOWNED:
            words = words.replace(said, "")
        if hit := RANKED.search(words):
            found[name] = hit.group()
    assert found == {}
