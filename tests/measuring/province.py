"""A province of made-up children for measuring: villages of eleven children, nine in ten with a bound director."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot.care import eligibility
from bot.services.register.assessing import FACTS, RESULT
from bot.services.work import Work
from bot.storage.crypto import Vault, opaque_id
from bot.storage.database import Database
from bot.storage.tables import (
    Account,
    Child,
    ChildAssessment,
    Conversation,
    Household,
    Post,
    Responsibility,
    Visit,
)
from tests.conftest import SHANGHAI

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 31, tzinfo=SHANGHAI)
PER_VILLAGE, COUNTIES, AT_ONCE = 11, 60, 200
FILED = MONDAY - timedelta(days=200)
SEEN_WITHIN = 34
"""So many days ago or fewer every child was visited: one in twenty is late, the others are due all over the month."""
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "明红雨涵欣怡浩然梓轩"
VISITOR = "visitor"
RECORD = "visits.record"
AWAY = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}


def villages(count: int, counties: int = COUNTIES) -> Iterator[str]:
    """`count` codes of villages, spread evenly over the counties, with as many townships as that takes."""
    for number in range(count):
        county, place = number % counties, number // counties
        yield f"22{county:04}{place // 100:03}{place % 100:03}"


def townships(children: int) -> int:
    """How many townships a county has when so many children are on file."""
    return -(-children // (PER_VILLAGE * COUNTIES * 100))


def fill(database: Database, vault: Vault, count: int, *, assessed: bool = False, counties: int = COUNTIES) -> int:
    """Children on file, the offices that answer for them, and their directors; returns how many people are told."""
    chance, told = random.Random(1), 0
    places = list(villages(-(-count // PER_VILLAGE), counties))
    with database.begin() as session:
        work = Work(session, vault, MORNING - timedelta(days=1))
        name = work.seal("accounts.name", VISITOR, "王主任")
        session.add(Account(uid=VISITOR, name_sealed=name, state="suspended", created_at=work.now))
    for at in range(0, len(places), AT_ONCE):
        with database.begin() as session:
            work = Work(session, vault, MORNING - timedelta(days=1))
            rows: dict[type, list[dict[str, Any]]] = {}
            for number, village in enumerate(places[at : at + AT_ONCE], at):
                first = number * PER_VILLAGE
                told += _director(work, rows, village, number) if chance.random() < 0.9 else 0
                for child in range(first, min(first + PER_VILLAGE, count)):
                    _child(work, rows, village, child, chance, assessed=assessed)
            for table in (Conversation, Account, Post, Household, Child, Responsibility, Visit, ChildAssessment):
                if rows.get(table):
                    session.execute(insert(table), rows[table])
    return told


def _director(work: Work, rows: dict[type, list[dict[str, Any]]], village: str, number: int) -> int:
    uid, talk = opaque_id(), f"director-{number}"
    rows.setdefault(Conversation, []).append({"uid": talk, "channel": "web", "created_at": work.now})
    rows.setdefault(Account, []).append(
        {
            "uid": uid,
            "name_sealed": work.seal("accounts.name", uid, "王主任"),
            "state": "active",
            "conversation": talk,
            "created_at": work.now,
            "bound_at": work.now,
        }
    )
    rows.setdefault(Post, []).append(
        {"uid": opaque_id(), "account": uid, "role": "child_director", "area": village, "since": work.now}
    )
    return 1


def _child(
    work: Work, rows: dict[type, list[dict[str, Any]]], village: str, number: int, chance: random.Random, assessed: bool
) -> None:
    home, uid = opaque_id(), opaque_id()
    seen, key_focus = MONDAY - timedelta(days=chance.randrange(1, SEEN_WITHIN)), chance.random() < 0.2
    if key_focus:
        seen = MONDAY - timedelta(days=(MONDAY - seen).days // 2)
    born = date(2012, 1, 1) + timedelta(days=number % 2400)
    who = {
        "name": f"{SURNAMES[number % 10]}{GIVEN[number // 10 % 10]}{GIVEN[number // 100 % 10]}",
        "birth_date": born.isoformat(),
    }
    rows.setdefault(Household, []).append({"uid": home, "area": village, "created_at": work.now})
    rows.setdefault(Child, []).append(
        {
            "uid": uid,
            "number": f"N{number:09d}",
            "household": home,
            "area": village,
            "profile_sealed": work.seal("children.profile", uid, who),
            "state": "active",
            "level": chance.choice(["good", "average", "average", None]),
            "key_focus": key_focus,
            "left_behind": "eligible",
            "hardship": "not_eligible",
            "filed_on": FILED,
            "last_visit": seen,
            "created_at": work.now,
            "changed_at": work.now,
        }
    )
    rows.setdefault(Responsibility, []).append(
        {"uid": opaque_id(), "child": uid, "duty": "visit", "area": village, "since": FILED, "why": "registered"}
    )
    visit = opaque_id()
    rows.setdefault(Visit, []).append(
        {
            "uid": visit,
            "natural_key": f"{uid}:{seen}:home_visit",
            "child": uid,
            "on": seen,
            "kind": "home_visit",
            "by": VISITOR,
            "role": "child_director",
            "record_sealed": work.seal(RECORD, visit, {}),
            "complete": True,
            "created_at": work.now,
            "changed_at": work.now,
        }
    )
    if assessed:
        kept = opaque_id()
        facts = {**AWAY, "child_birth_date": "2016-05-01"}
        rows.setdefault(ChildAssessment, []).append(
            {
                "uid": kept,
                "child": uid,
                "model_version": "0.0.1",
                "assessed_on": FILED,
                "facts_sealed": work.seal(FACTS, kept, facts),
                "result_sealed": work.seal(RESULT, kept, eligibility.assess(facts, FILED).as_dict()),
                "source": "import",
                "created_at": work.now,
            }
        )
