"""What the year of tests/services/visit_story follows from visit to visit: needs to their end, levels set anew, and the
day of the next visit. It knows the rules only from visits.md and counts the days by itself."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from bot.services.register import reviewing
from bot.services.staff.accounts import Member
from bot.services.visits import levels, needs
from bot.services.work import Work
from bot.storage.tables import Child, Visit, VisitNeed

WISH, NEED_EVERY = "想申请临时救助", 0.3
NEED_WITHIN, FIRST_WITHIN, FOCUS_EVERY = timedelta(days=14), timedelta(days=7), timedelta(days=15)
MONTHS = {"good": 3, "average": 1, None: 1}
LEVEL_HOLDS = 6
STRICT = {"good": 0, "average": 1, None: 1}
FOCUS = 2


def months_later(day: date, count: int) -> date:
    """The same day of a month later or earlier, else its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass
class Need:
    """One need as it was heard: whose, by whom, until when; `told`: the morning that named it."""

    child: str
    owner: str
    due: date
    told: date | None = None


@dataclass
class Needs:
    """All needs heard, by id, and what became of those that are settled."""

    heard: dict[str, Need] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    planned: int = 0

    def wished(self, chance: Random, on: date) -> dict[str, Any]:
        """What a visit tells of needs: none, or one with what is said of who sees to it and until when."""
        if chance.random() >= NEED_EVERY:
            return {"needs": [], "follow": {}}
        until = (on + timedelta(days=chance.randrange(1, 40))).isoformat()
        plans = ({}, {"who": "me", "due": until}, {"who": "supervisor", "due": until}, {"who": "镇民政办"})
        return {"needs": [WISH], "follow": {WISH: chance.choice(plans)}}

    def hear(self, work: Work, visits: tuple[Visit, ...], told: dict[str, Any], who: tuple[str, str], on: date) -> None:
        """Needs written down with these visits; `who`: whoever recorded them, and the supervisor there."""
        rows = work.session.scalars(select(VisitNeed).where(VisitNeed.visit.in_([visit.uid for visit in visits])))
        for row in rows:
            plan = told["follow"].get(WISH, {})
            owner = who[1] if plan.get("who") == "supervisor" else who[0]
            due = date.fromisoformat(plan["due"]) if "due" in plan else on + NEED_WITHIN
            assert (row.owner, row.due) == (owner, due), f"{on}: a need of {row.child} is nobody's"
            self.heard.setdefault(row.uid, Need(row.child, owner, due))
            self.planned += bool(plan)

    def counts(self) -> dict[str, int]:
        """How many were heard, with how many of them it was said who sees to them, and how many are settled."""
        return {"needs heard": len(self.heard), "needs given": self.planned, "needs settled": len(self.settled)}

    def settle(self, work: Work, member: Member, outcome: str) -> None:
        """Whoever works on the longest due of the own needs brings it to its end."""
        line = next((one for one in needs.open_of(work, member, 1) if one.may_settle), None)
        if line is not None:
            assert needs.settle(work, member, line.need.uid, outcome).refusal is None
            self.settled[line.need.uid] = outcome

    def come_due(self, until: date) -> list[Need]:
        """Open needs whose day comes by then and that no morning has named."""
        return [
            need
            for uid, need in self.heard.items()
            if need.told is None and need.due <= until and uid not in self.settled
        ]

    def check(self, work: Work, on: date) -> None:
        """At the end: what was heard is settled as somebody settled it, or open and named on its day."""
        rows = {row.uid: row.state for row in work.session.scalars(select(VisitNeed))}
        assert rows == {uid: self.settled.get(uid, "open") for uid in self.heard}, "a need was lost, or ended by itself"
        late = self.come_due(on)
        assert not late, f"{on}: {len(late)} needs came due and nobody was told"


@dataclass
class Standing:
    """How one child stands: filed when, the levels it is visited by from their days on, the last visit; the level on
    file, when it was set, and while nobody has confirmed it (`waits`) the one that was confirmed before."""

    town: str
    filed: date
    history: list[tuple[date, str | None, bool]]
    level: str | None
    level_since: date
    before: str | None = None
    waits: bool = False
    focus_changed: date | None = None
    visited: date | None = None

    @property
    def due(self) -> date:
        """The day of the next visit (visits.md §4)."""
        days = [one for one in self.history if self.visited is None or one[0] <= self.visited]
        _, level, focus = days[-1] if self.visited is not None else self.history[0]
        found = self.filed + FIRST_WITHIN if self.visited is None else _after(self.visited, level, focus)
        start = self.visited or self.filed
        for since, later, key in self.history:
            if since > start and _strict(later, key) > _strict(level, focus):
                found = min(found, _after(since, later, key))
            if since > start:
                level, focus = later, key
        return found

    def stands(self, since: date, level: str | None, focus: bool) -> None:
        """A new standing from a day on, which is no earlier than the one before; on the same day it replaces that."""
        last, *_ = self.history[-1]
        since = max(since, last)
        self.history = [*(self.history[:-1] if since == last else self.history), (since, level, focus)]

    def is_set(self, level: str | None, on: date, counts_from: date, *, waits: bool = False) -> None:
        """A level is set, or confirmed; while it waits, the stricter of it and the confirmed one holds."""
        self.before = (self.before if self.waits else self.level) if waits else None
        self.level, self.level_since, self.waits = level, on, waits
        held = self.before if waits and STRICT[self.before] > STRICT[level] else level
        if self.history[-1][1] != held:
            self.stands(counts_from, held, self.history[-1][2])

    def asked_again(self, on: date) -> bool:
        """Whether a visit on a day asks for the level (visits.md §3)."""
        changed = self.focus_changed is not None and self.focus_changed > self.level_since
        return self.level is None or changed or self.level_since <= months_later(on, -LEVEL_HOLDS)


def _strict(level: str | None, focus: bool) -> int:
    return FOCUS if focus else STRICT[level]


def _after(day: date, level: str | None, focus: bool) -> date:
    return day + FOCUS_EVERY if focus else months_later(day, MONTHS[level])


@dataclass(frozen=True)
class Change:
    """A file as it reads after a change on a day."""

    child: str
    on: date
    level: str | None
    is_set: bool
    focus: bool


@dataclass
class Levels:
    """How the children stand, by id; `pending`: changes of a file that no plan has seen yet."""

    children: dict[str, Standing] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)
    due: dict[str, date] = field(default_factory=dict)
    supervisors: set[str] = field(default_factory=set)

    def filed(self, child: Child) -> None:
        """A child is on file."""
        history = [(child.filed_on, child.level, child.key_focus)]
        self._keep(child.uid, Standing(child.area[:9], child.filed_on, history, child.level, child.filed_on))

    def changed(self, child: Child, on: date, *, is_set: bool) -> None:
        """A file says something else from this day on, a level only when one `is_set`; the next tick plans it."""
        self.pending.append(Change(child.uid, on, child.level, is_set, child.key_focus))

    def tick(self, on: date) -> None:
        """What changed is planned: a level from its own day on, key focus alone from today."""
        for change in self.pending:
            one = self.children[change.child]
            _, held, focus = one.history[-1]
            if focus != change.focus:
                one.focus_changed = change.on
                one.stands(change.on if change.is_set and held != change.level else on, held, change.focus)
            if change.is_set:
                one.is_set(change.level, change.on, change.on)
            self._keep(change.child, one)
        self.pending.clear()

    def visited(self, work: Work, member: Member, children: list[str], on: date, level: str | None) -> int:
        """A visit was recorded: whether the level is asked for is as it should be, and it is answered with `level`
        (None: not now), which waits for the supervisor unless that is himself. Returns for how many it was set."""
        asked = []
        for uid in children:
            one = self.children[uid]
            one.visited = on
            row = work.session.get_one(Child, uid)
            wanted = one.asked_again(on)
            assert (levels.due_again(work, row) is not None) == wanted, f"{on}: level of {uid} asked: {not wanted}"
            asked += [row] if wanted else []
            self._keep(uid, one)
        if level is None or not asked:
            return 0
        levels.set_level(work, member, asked, level)
        for row in asked:
            one = self.children[row.uid]
            one.is_set(level, on, on, waits=member.account not in self.supervisors)
            self._keep(row.uid, one)
        return len(asked)

    def reviewed(self, work: Work, member: Member, town: str, on: date, chance: Random) -> int:
        """The supervisor goes through what waits for him: exactly what should. Returns for how many he said it."""
        found = reviewing.waiting(work, member, len(self.children))
        wanted = {uid for uid, one in self.children.items() if one.waits and one.town == town}
        assert {one.child.uid for one in found} == wanted, f"{on}: {len(wanted)} levels wait"
        for waiting in found:
            uid, one = waiting.child.uid, self.children[waiting.child.uid]
            late = one.due < on
            if chance.random() < 0.7:
                assert reviewing.confirm(work, member, uid).allowed
                one.is_set(one.level, one.level_since, on if late else one.level_since)
            else:
                level = "average" if one.level == "good" else "good"
                assert reviewing.refuse(work, member, uid, level, "再看看").allowed
                one.is_set(level, on, on)
            self._keep(uid, one)
        return len(found)

    def _keep(self, uid: str, one: Standing) -> None:
        self.children[uid], self.due[uid] = one, one.due
