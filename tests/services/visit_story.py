"""Townships that live through mornings, with people who forget, fall ill, move and leave, checked day for day.

The checker knows the rules only from visits.md: it computes by itself who had to hear what. Used by the commit's tests
with one township and by `python -m tests.measuring.visit_year` with many.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select, update

from bot import jobs, texts
from bot.care import calendar, responsibility, visit_record
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.register import moving, registering
from bot.services.staff import accounts
from bot.services.visits import lists as visit_lists
from bot.services.visits import recording
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import AwaySpan, Child, Outbox, VisitEscalation, VisitPlan, VisitTask
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file, visit_mornings
from tests.services.cases import Person, person
from tests.services.visit_followed import Levels, Needs
from tests.services.visit_mornings import Late

FIRST = date(2026, 1, 5)
AWAY = (date(2026, 6, 1), date(2026, 6, 14))
"""The second director of every township is away, and the first stands in."""
VACANT, FOLLOWED = date(2026, 8, 3), date(2026, 8, 31)
"""The second director leaves, and somebody follows."""
DOWN = (date(2026, 4, 7), date(2026, 4, 9))
FINE = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "emergency": "none"}
LADDER = {"good": (7, 21), "average": (5, 14), "unassessed": (5, 14), "key_focus": (2, 7)}
ROLES = ("child_supervisor", "county_caseworker")
PUSHES = {f"visits.{key}" for key in ("digest", "digest.above", "digest.needs", "not_found_again")}
PUSHES |= {"child.move.asked", "child.move.agreed", "child.levels.wanted", "child.level.told", "needs.given"}
ASKED_WHY = re.compile(re.escape(texts.phrase("visits.digest.why")).replace(r"\{count\}", "[0-9]+"))


@dataclass
class Town:
    """One township: two directors, a village without one, the supervisor, the county."""

    area: str
    first: Person
    second: Person
    supervisor: Person
    county: Person
    follower: Person | None = None

    @cached_property
    def villages(self) -> list[str]:
        """The three villages the story knows; nobody is director of the last."""
        return [one.code for one in places.children(self.area)[:3]]

    @cached_property
    def accounts(self) -> dict[str, str]:
        """The accounts by role; one that was suspended is known from before."""
        return {"first": self.first.account, "second": self.second.account} | {
            role: one.account for role, one in zip(ROLES, (self.supervisor, self.county), strict=True)
        }

    def visitor(self, area: str, on: date) -> str:
        """The account that must visit in a village on a day."""
        supervisor = self.accounts[ROLES[0]]
        if area == self.villages[0]:
            return self.accounts["first"]
        if area == self.villages[2] or VACANT <= on < FOLLOWED:
            return supervisor
        if on >= FOLLOWED:
            assert self.follower is not None
            return self.accounts["follower"]
        return self.accounts["first" if AWAY[0] <= on <= AWAY[1] else "second"]

    def people(self, on: date) -> Iterator[Person]:
        """Who goes on visits on a day; the first director is ill in September, and nobody knows."""
        if on.month != 9:
            yield self.first
        if on < VACANT:
            yield self.second
        if self.follower is not None:
            yield self.follower
        yield self.supervisor


@dataclass
class Year:
    """The simulation; `towns` by the code of the township."""

    world: World
    hands: Hands
    chance: random.Random
    towns: dict[str, Town] = field(default_factory=dict)
    ran: list[date] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    needs: Needs = field(default_factory=Needs)
    levels: Levels = field(default_factory=Levels)
    told: set[str] = field(default_factory=set)
    """The accounts that have a message this morning."""

    def build(self, townships: list[str], homes: int) -> None:
        """People in these townships and so many households on file in each."""
        self.hands.moment = datetime(2026, 1, 4, 9, 0, tzinfo=SHANGHAI)
        counties: dict[str, Person] = {}
        for area in townships:
            county = counties.get(area[:6]) or person(self.world, ROLES[1], area[:6])
            counties[area[:6]] = county
            villages = [one.code for one in places.children(area)[:3]]
            directors = [person(self.world, "child_director", village) for village in villages[:2]]
            town = self.towns[area] = Town(area, *directors, person(self.world, ROLES[0], area), county)
            self.levels.supervisors.add(town.accounts[ROLES[0]])
            away, stands_in = town.accounts["second"], town.accounts["first"]
            with self.world.work() as work:
                for number in range(homes):
                    self._household(work, villages[number % 3], children=1 + number % 2)
                span = AwaySpan(uid=opaque_id(), account=away, deputy=stands_in, since=AWAY[0], until=AWAY[1])
                work.session.add(span)

    def _household(self, work: Work, village: str, children: int) -> None:
        home = on_file.home(work, village)
        for _ in range(children):
            uid = on_file.child(
                work,
                household=home,
                area=village,
                office=False,
                filed=FIRST + timedelta(days=self.chance.randrange(-6, 40)),
                level=self.chance.choice(["good", "average", None]),
                key_focus=self.chance.random() < 0.3,
            )
            row = work.session.get_one(Child, uid)
            moving.begin(work, row)
            self.levels.filed(row)
            self.counts["children"] += 1

    def day(self, on: date) -> None:
        """One day: the clock ticks (now and then twice), it is checked, and people do what they do."""
        if DOWN[0] <= on <= DOWN[1]:
            return
        self.hands.moment = datetime(on.year, on.month, on.day, 8, 0, tzinfo=SHANGHAI)
        for town in self.towns.values():
            self._staff_changes(town, on)
        self.hands.moment = self.hands.moment.replace(hour=8, minute=31)
        if on.day % 7 == 0:
            self.world.database.engine.dispose()  # the process starts anew
        self.levels.tick(on)
        for name in ("visit_plans", "visits", *(["visits"] if on.day % 10 == 0 else [])):
            jobs.run(self.world.database, self.world.vault, name, self.hands())
        if on.day % 10 == 5:  # a second machine whose clock is an hour behind
            jobs.run(self.world.database, self.world.vault, "visits", self.hands() - timedelta(hours=1))
        self.ran.append(on)
        self.check(on)
        if calendar.is_workday(on)[0]:
            self.hands.moment = self.hands.moment.replace(hour=15, minute=0)
            if on.day % 5:  # else nothing could be sent all day, and what people do still changes what they will read
                self._sent()
            for town in self.towns.values():
                self.act(town, on)

    def _sent(self) -> None:
        with self.world.work() as work:
            due = update(Outbox).where(Outbox.state == "due", Outbox.not_before <= work.now)
            work.session.execute(due.values(state="sent", sent_at=work.now))

    def _staff_changes(self, town: Town, on: date) -> None:
        if on == VACANT:
            with self.world.work() as work:
                accounts.suspend(work, town.accounts["second"])
        if on == FOLLOWED:
            town.follower = person(self.world, "child_director", town.villages[1])
            town.accounts["follower"] = town.follower.account

    def act(self, town: Town, on: date) -> None:
        """What the people of a township do on an afternoon; who had no message has no list to open."""
        for one in town.people(on):
            with self.world.work() as work:
                member = one.member(work)
                for stop in visit_lists.mine(work, member, soon=False) if member.account in self.told else ():
                    self._at(work, one, town, [line.child for line in stop.lines], on)
                if self.chance.random() < 0.015:
                    self.needs.settle(work, member, self.chance.choice(["met", "unmet", "void"]))
        if self.chance.random() < 0.3:
            self.counts["levels reviewed"] += town.supervisor.does(self.levels.reviewed, town.area, on, self.chance)
        self.hands.moment += timedelta(seconds=1)  # the register tells changes apart by their moment
        luck = self.chance.random()
        if luck < 0.05:
            self._change(town, on)
        elif luck < 0.08 and not VACANT <= on < FOLLOWED:
            self._move(town)

    def _at(self, work: Work, who: Person, town: Town, children: list[str], on: date) -> None:
        luck, member = self.chance.random(), who.member(work)
        if luck < 0.5:
            told = {**FINE, **self.needs.wished(self.chance, on)}
            made = recording.record(work, member, who.talk, children, on, told)
            if made.refusal is None:
                level = self.chance.choice(["good", "average", None])
                self.needs.hear(work, made.visits, told, (member.account, town.accounts[ROLES[0]]), on)
                self.counts["levels set"] += self.levels.visited(work, member, children, on, level)
                self.counts["visits"] += 1
        elif luck < 0.6:
            recording.attempted(work, member, children, on, "nobody_home")
        elif luck < 0.7:
            recording.put_off(work, member, children, on + timedelta(days=self.chance.randrange(1, 9)), "work")
        elif luck < 0.73:
            recording.pause(work, member, children, on + timedelta(days=self.chance.randrange(7, 30)))

    def _change(self, town: Town, on: date) -> None:
        """A child's standing changes, as the register would write it."""
        with self.world.work() as work:
            child = self._somebody(work, town)
            if is_set := self.chance.random() < 0.5:
                level = self.chance.choice(["good", "average"])
                assert registering.change(work, town.supervisor.member(work), child.uid, "level", level).allowed
            focus, child.changed_at = self.chance.random() < 0.4, work.now
            if focus != child.key_focus:
                child.key_focus = focus
                register.note_change(work, child, "key_focus", town.accounts[ROLES[0]])
            self.levels.changed(child, on, is_set=is_set)

    def _move(self, town: Town) -> None:
        """A family moves between two villages: the supervisor, who writes in both, settles it at once."""
        with self.world.work() as work:
            child = self._somebody(work, town)
            to = self.chance.choice([village for village in town.villages if village != child.area])
            assert moving.ask(work, town.supervisor.member(work), child.uid, to, together=True).allowed
            self.counts["moves"] += 1

    def _somebody(self, work: Work, town: Town) -> Child:
        here = select(Child).where(Child.area.between(town.area, f"{town.area}:")).order_by(Child.number)
        return self.chance.choice(work.session.scalars(here).all())

    # ---- the checker

    def check(self, on: date) -> None:
        """What must hold on a day after the clock has ticked."""
        workday = calendar.is_workday(on)[0]
        with self.world.work() as work:
            keys = select(Outbox.natural_key).where(
                Outbox.natural_key.like(f"digest:%:{on}"), Outbox.state != "withdrawn"
            )
            told = set(work.session.scalars(keys))
            self.told = {str(key).split(":")[1] for key in told}
            off = {town.accounts["second"] for town in self.towns.values() if AWAY[0] <= on <= AWAY[1] or on >= VACANT}
            assert not self.told & off, f"{on}: told who is away or gone"
            raised, settled = self._raised(work)
            standing = select(VisitEscalation.child, VisitEscalation.role).where(VisitEscalation.settled_at.is_(None))
            up = {(child, role) for child, role in work.session.execute(standing)}
            late: dict[str, Late] = defaultdict(Late)
            owed = Counter(work.session.scalars(select(VisitTask.child).where(VisitTask.state == "open")))
            rows = work.session.execute(
                select(
                    Child.uid,
                    Child.area,
                    Child.household,
                    VisitPlan.tier,
                    VisitPlan.due,
                    VisitPlan.planned_for,
                    VisitPlan.paused_until,
                ).outerjoin(VisitPlan)
            )
            areas = dict(work.session.execute(select(Child.uid, Child.area)).all())
            for row in rows:
                assert owed[row.uid] == 1, f"{on}: {row.uid} owes {owed[row.uid]} visits"
                assert row.due == self.levels.due[row.uid], f"{on}: {row.uid} due {row.due}, {self.levels.due[row.uid]}"
                self._check_ladder(on, row, raised)
                if workday:
                    self._check_told(on, row, told, raised.keys() - settled)
                    self._name(on, row, up, late)
                self.counts["days of a child"] += 1
            if workday:
                self._name_needs(areas, on, late)
            self._check_numbers(work, on, late)

    def _name_needs(self, areas: dict[str, str], on: date, late: dict[str, Late]) -> None:
        """Put the needs come due where they must be named this morning and never again: to whoever heard of one, while
        that is still a visitor there or the supervisor above, else to whoever visits now."""
        for need in self.needs.come_due(visit_mornings.until(on)):
            area = areas[need.child]
            town = self.towns[area[:9]]
            visitor = town.visitor(area, on)
            reader = need.owner if need.owner in (visitor, town.accounts[ROLES[0]]) else visitor
            assert reader in self.told, f"{on}: nobody told {reader} of a need of {need.child}, due {need.due}"
            late[reader].needs += 1
            need.told = on
            self.counts["needs named"] += 1

    def _name(self, on: date, row: Row[Any], up: set[tuple[str, str]], late: dict[str, Late]) -> None:
        """Put a late visit where it must be named this morning, which speaks for the days until the next workday."""
        until = visit_mornings.until(on)
        away = row.paused_until is not None and until < row.paused_until
        put_off = row.planned_for is not None and row.planned_for > until
        if row.due >= on or away or put_off:
            return
        town = self.towns[row.area[:9]]
        visitor = town.visitor(row.area, on)
        late[visitor].own.add(row.household)
        for role in ROLES:
            if (row.uid, role) in up and town.accounts[role] != visitor:
                late[town.accounts[role]].raised.add(row.household)

    def _check_numbers(self, work: Work, on: date, late: dict[str, Late]) -> None:
        """Every message of the morning names as many late homes as its reader has, and as many that have gone up."""
        messages = select(Outbox).where(Outbox.natural_key.like(f"digest:%:{on}"), Outbox.state != "withdrawn")
        for row in work.session.scalars(messages):
            account, said = str(row.natural_key).split(":")[1], mailbox.args_of(work, row)
            its = late[account]
            if row.key == "visits.digest":
                late_told, asked = ASKED_WHY.subn("", said["late"])
                assert late_told == its.said(on), f"{on}: {account} was told {said}, has {its}"
                assert its.own or not asked, f"{on}: {account} was asked why nothing is late"
            elif row.key == "visits.digest.needs":
                wanted = (str(its.needs), visit_mornings.unknown_year(on))
                assert (said["count"], said["late"]) == wanted, f"{on}: {account}"
                assert not its.own | its.raised, f"{on}: {account} was not told of {its}"
            else:
                more = Late(needs=its.needs).said(on)
                assert (said["homes"], said["late"]) == (str(len(its.raised)), more), f"{on}: {account}"
                assert not its.own, f"{on}: {account} was not told of {its.own}"
            self.counts["messages weighed"] += 1

    def _raised(self, work: Work) -> tuple[dict[tuple[str, date, str], date], set[tuple[str, date, str]]]:
        """What was raised about the visits now owed: since when, and which of it is settled."""
        rows = work.session.execute(
            select(
                VisitEscalation.child,
                VisitEscalation.due,
                VisitEscalation.role,
                VisitEscalation.raised_on,
                VisitEscalation.settled_at,
            )
            .join(VisitPlan, VisitPlan.child == VisitEscalation.child)
            .where(VisitEscalation.why == "overdue", VisitEscalation.due == VisitPlan.due)
        ).all()
        return {tuple(row[:3]): row.raised_on for row in rows}, {
            tuple(row[:3]) for row in rows if row.settled_at is not None
        }

    def _check_ladder(self, on: date, row: Row[Any], raised: dict[tuple[str, date, str], date]) -> None:
        late_from = max(row.due, row.paused_until or row.due)
        away = row.paused_until is not None and on < row.paused_until
        for role, after in zip(ROLES, LADDER[row.tier], strict=True):
            if on >= late_from + timedelta(days=after) and not away:
                assert (row.uid, row.due, role) in raised, f"{on}: {row.uid}, due {row.due}, not raised to {role}"

    def _check_told(self, on: date, row: Row[Any], told: set[str | None], up: set[tuple[str, date, str]]) -> None:
        away = row.paused_until is not None and on < row.paused_until
        chosen = row.planned_for is not None and row.planned_for > on
        if row.due >= on or away or chosen:
            return
        town = self.towns[row.area[:9]]
        wanted = {town.visitor(row.area, on)}
        wanted |= {town.accounts[role] for role in ROLES if (row.uid, row.due, role) in up}
        missing = {account for account in wanted if f"digest:{account}:{on}" not in told}
        assert not missing, f"{on}: nobody told {missing} of {row.uid}, due {row.due}"
        self.counts["late days told"] += 1

    def check_the_whole(self) -> None:
        """At the end: nobody twice, nobody in the quiet hours or on a free day, nobody of another place; no day on
        which nobody or two answer for a child."""
        with self.world.work() as work:
            heard: Counter[tuple[str, date]] = Counter()
            for row in work.session.scalars(select(Outbox).where(Outbox.push.is_(True))).yield_per(500):
                moment = row.not_before.astimezone(SHANGHAI)
                assert row.key in PUSHES, row.key
                assert not calendar.is_quiet(moment), row.natural_key
                if row.key.startswith("visits.digest"):
                    assert calendar.is_workday(moment.date())[0], row.natural_key
                    heard[(row.conversation, moment.date())] += 1
            assert max(heard.values()) == 1, "two digests of one day"
            self.counts["digests"] = len(heard)
            staff = {account for town in self.towns.values() for account in town.accounts.values()}
            keys = work.session.scalars(select(Outbox.natural_key).where(Outbox.key.startswith("visits.digest")))
            assert {str(key).split(":")[1] for key in keys} <= staff
            self.needs.check(work, self.ran[-1])
            self.counts.update(self.needs.counts())
            for child in work.session.scalars(select(Child)).yield_per(500):
                spans = moving.spans(work, child, "visit")
                assert responsibility.gaps(spans) == (), f"{child.uid}: days on which nobody or two answer for it"
                assert spans[0].since <= child.filed_on, f"{child.uid}: nobody answered for it when it was filed"


def live(year: Year, days: int) -> None:
    """Live through so many days, then check the whole."""
    for number in range(days):
        year.day(FIRST + timedelta(days=number))
    year.check_the_whole()
