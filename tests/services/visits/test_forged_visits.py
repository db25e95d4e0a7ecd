"""Random people, children and buttons of the director's day: nothing leaks, and what is forbidden looks absent."""

from __future__ import annotations

import random
import time
from datetime import date, datetime

from bot import jobs
from bot.services.mail import mailbox
from bot.services.talk import doors
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.faults.sizes import size
from tests.services import on_file
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE

PAIRS = size(200, 5_000)
NEXT, ELSEWHERE = f"{TOWNSHIP}202", "220182101201"
ON_A_HOME = ("home", "go", "off", "none", "no", "nobody_home", "refused", "away", "lost", "safe")
ON_A_CHILD = ("child.open", "child.change", "childreview:yes", "childsplit:see", "childsplit:usual", "handover:see")
REACHES = {"director": (VILLAGE,), "next": (NEXT,), "supervisor": (VILLAGE, NEXT), "county": (VILLAGE, NEXT)}


def _value(chance: random.Random, home: str, child: str) -> tuple[str, bool]:
    """A forged button, and whether it names a home."""
    if chance.random() < 0.5:
        day = chance.choice(["", ":2026-12-01", ":2099-01-01", ":x"])
        return f"due:{chance.choice(ON_A_HOME)}:{home}{day}", True
    act = chance.choice(ON_A_CHILD)
    return (f"{act}={child}" if act.startswith("child.") else f"{act}:{child}"), False


def test_whoever_taps_whatever_learns_of_no_child_that_is_not_theirs(world: World, hands: Hands) -> None:
    hands.moment = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
    talks = {
        "citizen": world.citizen(),
        "director": world.staff("child_director", VILLAGE),
        "next": world.staff("child_director", NEXT, "乙"),
        "supervisor": world.staff("child_supervisor", TOWNSHIP, "丙"),
        "county": world.staff("county_caseworker", COUNTY, "丁"),
        "elsewhere": world.staff("county_caseworker", ELSEWHERE[:6], "戊"),
    }
    records: list[tuple[str, str, str, str]] = []
    with world.work() as work:
        for number, area in enumerate((VILLAGE, NEXT, ELSEWHERE) * 2):
            name = f"秘密{'甲乙丙丁戊己'[number]}"
            uid = on_file.child(work, name, area=area, filed=date(2026, 11, 1))
            records.append((area, name, uid, work.session.get_one(Child, uid).household))
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    seed = int(time.time())
    chance = random.Random(seed)
    for _ in range(PAIRS):
        who, (area, name, uid, home) = chance.choice(list(talks)), chance.choice(records)
        if area in REACHES.get(who, ()) or (who == "elsewhere" and area == ELSEWHERE):
            continue
        value, of_home = _value(chance, home, uid)
        nothing = value.replace(home if of_home else uid, opaque_id())
        told = [_told(world, talks[who], each) for each in (value, nothing)]
        assert told[0] == told[1], f"seed {seed}: {who} {value}"
        assert name not in told[0], f"seed {seed}: {who} {value}"


def _told(world: World, talk: str, value: str) -> str:
    inbox = world.hear(talk, {"choice": value})
    with world.work() as work:
        doors.tap(work, talk, inbox, value)
        said = [f"{row.key} {sorted(mailbox.args_of(work, row).items())}" for row in mailbox.replies_to(work, inbox)]
        work.session.rollback()
    home_or_child = value.split(":")[2] if value.startswith("due:") else value.replace("=", ":").split(":")[-1]
    return "\n".join(said).replace(home_or_child, "*")
