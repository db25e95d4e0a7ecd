"""A year of mornings, replayed with people who forget, fall ill and put things off, and checked day for day.

The checker knows the rules only from visits.md: it computes by itself who had to hear what.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import jobs
from bot.care import calendar, visit_record
from bot.services.visits import lists as visit_lists
from bot.services.visits import recording
from bot.storage.crypto import make_key_file
from bot.storage.database import Database, open_vault
from bot.storage.tables import AwaySpan, Child, Outbox, VisitEscalation, VisitPlan, VisitTask
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE, Person, person

FIRST = date(2026, 1, 5)
EMPTY_VILLAGE = f"{TOWNSHIP}209"  # nobody is its director: the supervisor visits
FINE = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "emergency": "none"}
LADDER = {"good": (7, 21), "average": (5, 14), "unassessed": (5, 14), "key_focus": (2, 7)}
ROLES = ("child_supervisor", "county_caseworker")


@dataclass
class Town:
    """One township: two directors, a village without one, the supervisor, the county."""

    world: World
    hands: Hands
    chance: random.Random
    directors: list[Person] = field(default_factory=list)
    supervisor: Person | None = None
    county: Person | None = None
    ran: list[date] = field(default_factory=list)

    def visitors(self, area: str, on: date) -> set[str]:
        """Who must visit in a village on a day: the second director is away for two weeks, the first stands in."""
        first, second = self.accounts[0], self.accounts[1]
        away = date(2026, 6, 1) <= on <= date(2026, 6, 14)
        return {
            VILLAGE: {first},
            f"{TOWNSHIP}202": {first} if away else {second},
            EMPTY_VILLAGE: {self.accounts[2]},
        }[area]

    def build(self, homes: int) -> None:
        self.hands.moment = datetime(2026, 1, 4, 9, 0, tzinfo=SHANGHAI)
        areas = [VILLAGE, f"{TOWNSHIP}202", EMPTY_VILLAGE]
        self.directors = [person(self.world, "child_director", area) for area in areas[:2]]
        self.supervisor = person(self.world, "child_supervisor", TOWNSHIP)
        self.county = person(self.world, "county_caseworker", COUNTY)
        people = [*self.directors, self.supervisor, self.county]
        self.accounts = [one.account for one in people]
        self.talks = {one.account: one for one in people}
        with self.world.work() as work:
            for number in range(homes):
                home = on_file.home(work, areas[number % 3])
                for _ in range(1 + number % 2):
                    level = self.chance.choice(["good", "average", None])
                    on_file.child(
                        work,
                        household=home,
                        area=areas[number % 3],
                        filed=FIRST + timedelta(days=self.chance.randrange(-6, 40)),
                        level=level,
                        key_focus=self.chance.random() < 0.3,
                    )
            work.session.add(
                AwaySpan(
                    uid="a" * 26,
                    account=self.accounts[1],
                    deputy=self.accounts[0],
                    since=date(2026, 6, 1),
                    until=date(2026, 6, 14),
                )
            )

    def day(self, on: date) -> None:
        """One day: the clock ticks (now and then twice), it is checked, and people do what they do."""
        down = on.month == 4 and 7 <= on.day <= 9
        if down:
            return
        self.hands.moment = datetime(on.year, on.month, on.day, 8, 31, tzinfo=SHANGHAI)
        for name in ("visit_plans", "visits", *(["visits"] if on.day % 10 == 0 else [])):
            jobs.run(self.world.database, self.world.vault, name, self.hands())
        self.ran.append(on)
        self.check(on)
        if calendar.is_workday(on)[0]:
            self.hands.moment = datetime(on.year, on.month, on.day, 15, 0, tzinfo=SHANGHAI)
            self.act(on)

    def act(self, on: date) -> None:
        for one in (*self.directors, self.supervisor):
            if one is None or (one is self.directors[0] and on.month == 9):  # ill in September, and nobody knew
                continue
            with self.world.work() as work:
                member = one.member(work)
                for stop in visit_lists.mine(work, member, soon=False):
                    children = [line.child for line in stop.lines]
                    luck = self.chance.random()
                    if luck < 0.5:
                        recording.record(work, member, one.talk, children, on, FINE)
                    elif luck < 0.6:
                        recording.attempted(work, member, children, on, "nobody_home")
                    elif luck < 0.7:
                        recording.put_off(
                            work, member, children, on + timedelta(days=self.chance.randrange(1, 9)), "work"
                        )
                    elif luck < 0.73:
                        recording.pause(work, member, children, on + timedelta(days=self.chance.randrange(7, 30)))
        if self.chance.random() < 0.05:
            self.change(on)

    def change(self, on: date) -> None:
        """A child's standing changes, as the register would write it."""
        with self.world.work() as work:
            child = self.chance.choice(work.session.scalars(select(Child)).all())
            child.level, child.level_since = self.chance.choice(["good", "average"]), on
            child.key_focus, child.changed_at = self.chance.random() < 0.4, work.now

    def check(self, on: date) -> None:
        workday = calendar.is_workday(on)[0]
        with self.world.work() as work:
            told = set(
                work.session.scalars(
                    select(Outbox.natural_key).where(Outbox.natural_key.endswith(f":{on}"), Outbox.state != "withdrawn")
                )
            )
            raised = {
                (row.child, row.due, row.role): row.raised_on
                for row in work.session.scalars(select(VisitEscalation).where(VisitEscalation.why == "overdue"))
            }
            settled = {
                (row.child, row.due, row.role)
                for row in work.session.scalars(select(VisitEscalation).where(VisitEscalation.settled_at.is_not(None)))
            }
            owed = Counter(work.session.scalars(select(VisitTask.child).where(VisitTask.state == "open")))
            for child, plan in work.session.execute(select(Child, VisitPlan).join(VisitPlan)):
                assert owed[child.uid] == 1, f"{on}: {child.uid} owes {owed[child.uid]} visits"
                self._check_ladder(on, child, plan, raised)
                if workday:
                    self._check_told(on, child, plan, told, set(raised) - settled)

    def _check_ladder(self, on: date, child: Child, plan: VisitPlan, raised: dict[tuple[str, date, str], date]) -> None:
        assert plan.due is not None
        late_from = max(plan.due, plan.paused_until or plan.due)
        away = plan.paused_until is not None and on < plan.paused_until
        for role, after in zip(ROLES, LADDER[plan.tier], strict=True):
            since = late_from + timedelta(days=after)
            known = raised.get((child.uid, plan.due, role))
            if on >= since and not away:
                assert known is not None, f"{on}: {child.uid}, due {plan.due}, was not raised to the {role}"

    def _check_told(
        self, on: date, child: Child, plan: VisitPlan, told: set[str], raised: set[tuple[str, date, str]]
    ) -> None:
        assert plan.due is not None
        away = plan.paused_until is not None and on < plan.paused_until
        chosen = plan.planned_for is not None and plan.planned_for > on
        if plan.due >= on or away or chosen:
            return
        wanted = set(self.visitors(child.area, on))
        wanted |= {self.accounts[2] for role in raised & {(child.uid, plan.due, ROLES[0])} if role}
        wanted |= {self.accounts[3] for role in raised & {(child.uid, plan.due, ROLES[1])} if role}
        missing = {account for account in wanted if f"digest:{account}:{on}" not in told}
        assert not missing, f"{on}: nobody told {missing} of {child.uid}, due {plan.due}"

    def check_the_whole(self) -> None:
        """At the end: nobody twice, nobody in the quiet hours or on a free day, nobody of another place."""
        with self.world.work() as work:
            rows = work.session.scalars(select(Outbox).where(Outbox.push.is_(True))).all()
            by_talk = {one.talk: uid for uid, one in self.talks.items()}
            heard: Counter[tuple[str, date]] = Counter()
            for row in rows:
                moment = row.not_before.astimezone(SHANGHAI)
                assert not calendar.is_quiet(moment), row.natural_key
                if row.key.startswith("visits.digest"):
                    assert calendar.is_workday(moment.date())[0], row.natural_key
                    heard[(by_talk[row.conversation], moment.date())] += 1
            assert max(heard.values()) == 1
            keys = [row.natural_key for row in rows]
            assert len(keys) == len(set(keys))
            assert {row.key for row in rows} <= {"visits.digest", "visits.digest.above", "visits.not_found_again"}
            assert len(heard) > 120


def _live(town: Town, days: int) -> None:
    for number in range(days):
        town.day(FIRST + timedelta(days=number))
    town.check_the_whole()


@pytest.mark.parametrize("seed", [20261123])
def test_in_a_whole_year_no_child_lapses_nobody_hears_twice_and_the_right_people_hear(
    seed: int, sqlite: Database, tmp_path: Path
) -> None:
    keys = tmp_path / "keys.json"
    make_key_file(keys)
    hands = Hands()
    town = Town(World(sqlite, open_vault(sqlite, keys), hands), hands, random.Random(seed))
    town.build(homes=4)
    _live(town, days=360)
