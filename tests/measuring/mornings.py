"""How long a morning takes with 100,000 children: planning them all once, then what is late and every digest.

python -m tests.measuring.mornings [children] [sqlite|URL]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot import jobs
from bot.services import conversations
from bot.services.work import Work
from bot.storage.crypto import Vault, opaque_id
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Account, Child, Household, Post, Responsibility
from tests.conftest import SHANGHAI

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 31, tzinfo=SHANGHAI)
PER_VILLAGE = 11


def fill(database: Database, vault: Vault, count: int) -> int:
    """Children in villages of 60 counties, about eleven each, with a director in nine villages of ten."""
    chance = random.Random(1)
    villages = [
        f"22{county:04}1{township:02}2{village:02}"
        for county in range(60)
        for township in range(10)
        for village in range(16)
    ]
    made = 0
    with database.begin() as session:
        work = Work(session, vault, MORNING - timedelta(days=1))
        for village in villages:
            if made >= count:
                break
            if chance.random() < 0.9:
                _director(work, village)
            homes, children, offices = [], [], []
            for _ in range(min(PER_VILLAGE, count - made)):
                home, uid = opaque_id(), opaque_id()
                filed = MONDAY - timedelta(days=chance.randrange(0, 12))
                who = work.seal("children.profile", uid, {"name": "李小明", "birth_date": "2016-05-01"})
                homes.append({"uid": home, "area": village, "created_at": work.now})
                children.append(
                    {
                        "uid": uid,
                        "number": f"N{made:08d}",
                        "household": home,
                        "area": village,
                        "profile_sealed": who,
                        "state": "active",
                        "level": chance.choice(["good", "average", "average", None]),
                        "key_focus": chance.random() < 0.2,
                        "left_behind": "eligible",
                        "hardship": "not_eligible",
                        "filed_on": filed,
                        "created_at": work.now,
                        "changed_at": work.now,
                    }
                )
                offices.append(
                    {
                        "uid": opaque_id(),
                        "child": uid,
                        "duty": "visit",
                        "area": village,
                        "since": filed,
                        "why": "registered",
                    }
                )
                made += 1
            for table, rows in ((Household, homes), (Child, children), (Responsibility, offices)):
                session.execute(insert(table), rows)
    return made


def _director(work: Work, village: str) -> None:
    uid = opaque_id()
    talk = conversations.open_web(work).conversation
    sealed = work.seal("accounts.name", uid, "王主任")
    work.session.add(
        Account(uid=uid, name_sealed=sealed, state="active", conversation=talk, created_at=work.now, bound_at=work.now)
    )
    work.session.flush()
    work.session.add(Post(uid=opaque_id(), account=uid, role="child_director", area=village, since=work.now))


def main(count: int, url: str | None) -> None:
    """Print how long each step took, and how long a processor worked on it: shared machines are noisy."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{folder}/mornings.db")
        upgrade(database)
        vault = open_vault(database, Path(folder) / "keys.json")
        print(f"{fill(database, vault, count)} children")  # noqa: T201 - this is its report
        for name, moment in (("visit_plans", MORNING - timedelta(hours=10)), ("visits", MORNING), ("visits", MORNING)):
            began, busy = time.perf_counter(), time.process_time()
            counts = jobs.run(database, vault, name, moment)
            took, worked = time.perf_counter() - began, time.process_time() - busy
            print(f"{name}: {counts} in {took:.1f} s, {worked:.1f} s of a processor")  # noqa: T201
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2] if len(sys.argv) > 2 else None)
