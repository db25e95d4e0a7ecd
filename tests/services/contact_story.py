"""Families who live through weeks of contact, and a checker that knows nothing of how the ladder is built.

Hours are jumped over, ticks come twice, the service is away for days, the process starts anew. Used by the commit's
tests with a few families and by `python -m tests.measuring.contact_year` with thousands.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from bot import texts
from bot.care import calendar, weeks
from bot.services.contact import ladder as contact_ladder
from bot.services.contact import plans as contact_plans
from bot.services.contact import referrals
from bot.services.mail import mailbox
from bot.services.talk import silence
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord, ContactRung, Conversation, Outbox, Report
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=calendar.ZONE)
ABROAD = ("Asia/Shanghai", "Asia/Seoul", "Europe/Rome", "America/New_York")
AT_WORK = ("faithful", "abroad", "differs", "divorced")
SILENT = ("silent", "busy", "fading", "stops", "evasive", "divorced_silent")
CHARACTERS = (*AT_WORK, *SILENT, "covered", "forbidden", "blocked", "bad_news")
ORDER = ("father", "mother", "carer")
"""In which the people of a family answer what reached them at the same moment."""
HUMANS = ("child_director", "child_supervisor", "county_caseworker")
SECRET = "暗号"
BREAK = 4
"""The week in which some fathers change: fall silent, stop, are gone, bring bad news."""
LATE = timedelta(days=3, hours=12)
"""How far a look may be behind: the service is away for sixty hours at the longest."""


@dataclass
class Story:
    """One father (and mother) and one grandmother, what they do, and what the checker is to find."""

    number: int
    home: homes.Family
    character: str
    talks: dict[str, str] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    @property
    def secret(self) -> str:
        """Words that only one of this family's voices ever says."""
        return f"{SECRET}{self.number}号"


class Year:
    """The simulation. `step`: how far time goes at most between two looks."""

    def __init__(self, world: World, hands: Hands, families: int, length: int, seed: int, step: timedelta) -> None:
        self.world, self.hands, self.length, self.step = world, hands, length, step
        self.draw = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self._done: set[tuple[str, str]] = set()
        self._heard_until = hands.moment = FIRST
        self.staff = [world.staff("child_director"), world.staff("child_supervisor", VILLAGE[:9])]
        self.stories = [self._story(number) for number in range(families)]
        self._speakers = {
            story.talks[kind]: (story, kind) for story in self.stories for kind in ORDER if kind in story.talks
        }

    def _story(self, number: int) -> Story:
        character = CHARACTERS[number % len(CHARACTERS)]
        self.hands.forward(seconds=7)
        two = character in ("covered", "divorced", "divorced_silent")
        story = Story(number, homes.make(self.world, "father", *(["mother"] if two else []), "carer"), character)
        for kind in story.home.people:
            story.talks[kind] = self._joined(story.home, kind)
        with self.world.work() as work:
            for kind in ("father", "mother"):
                if kind in story.talks:
                    plan = self._plan(work, story, kind)
                    plan.zone = ABROAD[number % len(ABROAD)] if character == "abroad" else calendar.ZONE.key
                    plan.allowed = character != "forbidden"
                    plan.apart = character.startswith("divorced")
        return story

    def _joined(self, home: homes.Family, kind: str) -> str:
        """Somebody who came in with a code (test_joining tells how), with a day and hour of their own."""
        talk = self.world.citizen()
        usual = kind not in ("father", "mother")
        chosen = {
            "weekday": 4 if usual else self.draw.choice([4, 1, 2, 5, 7]),
            "clock": "19:00" if usual else self.draw.choice(["07:30", "12:30", "19:00", "20:30"]),
            "zone": calendar.ZONE.key,
            "simple": False,
        }
        with self.world.work() as work:
            contact_plans.reach(work, home.people[kind], talk)
            contact_plans.lay(work, home.people[kind], chosen)
        return talk

    def run(self) -> None:
        """Live through it."""
        end = FIRST + timedelta(weeks=self.length)
        while self.hands.moment < end:
            self.hands.moment = self._next_moment()
            if self.draw.random() < 0.05:
                self.world.database.engine.dispose()  # the process starts anew
            with self.world.work() as work:
                silence.settle(work)
                referrals.tick(work)
            self._tick()
            if self.draw.random() < 0.1:
                self._tick_again()
            self._people_answer()

    def _tick(self) -> None:
        """As the clock does it: again, until nobody waits."""
        looked_at = contact_ladder.AT_ONCE
        while looked_at == contact_ladder.AT_ONCE:
            counts = homes.tick(self.world)
            looked_at = counts["people"]
            self.counts.update(counts)

    def _next_moment(self) -> datetime:
        """A few minutes after something is due, `step` later at most; now and then the service is away for days."""
        now = self.hands.moment
        if self.draw.random() < 0.01:
            self.counts["away"] += 1
            return now + timedelta(hours=60)
        with self.world.work() as work:
            due = work.session.scalar(select(func.min(ContactPlan.next_due)))
        soon = max(now, due.astimezone(calendar.ZONE)) + timedelta(minutes=self.draw.randint(2, 25))
        return min(max(soon, now + self.step / 12), now + self.step)

    def _tick_again(self) -> None:
        """The same tick once more, and one of a machine whose clock is an hour behind: neither does anything."""
        for moment in (self.hands.moment, self.hands.moment - timedelta(hours=1)):
            with self.world.database.begin() as session:
                again = contact_ladder.tick(Work(session, self.world.vault, moment))
            assert again["sent"] == again["rungs"] == 0
        self.counts["again"] += 1

    def _people_answer(self) -> None:
        week, does = weeks.named(self.hands.moment), {"father": self._father, "mother": self._mother}
        asked = [self._speakers[talk] for talk in self._asked()]
        for story, kind in sorted(asked, key=lambda one: (one[0].number, ORDER.index(one[1]))):
            said = (story.talks[kind], week)
            if said not in self._done:
                self._done.add(said)
                does.get(kind, self._at_home)(story, week)

    def _asked(self) -> set[str]:
        """Conversations in which this week's question has arrived since the last look."""
        before, self._heard_until = self._heard_until, self.hands.moment
        with self.world.work() as work:
            return set(
                work.session.scalars(
                    select(Outbox.conversation).where(
                        Outbox.push.is_(True),
                        Outbox.key.startswith("contact.push"),
                        Outbox.not_before > before,
                        Outbox.not_before <= work.now,
                        Outbox.created_at >= weeks.begin(work.now),
                        Outbox.state.in_(("due", "sent")),
                    )
                )
            )

    def _father(self, story: Story, week: str) -> None:
        weeks_in, talk = (self.hands.moment - FIRST).days // 7, story.talks["father"]
        for_a_while = story.character in ("fading", "blocked") and weeks_in < BREAK
        if story.character in AT_WORK or for_a_while or (story.character == "silent" and weeks_in == self.length - 2):
            self._do(talk, self.draw.choice(["contact.contact=video", "昨晚视频了，娃挺好", "打过电话了，都挺好"]))
            story.answered.add(week)
        elif story.character == "busy":
            self._do(talk, "contact.contact=no")
            self._do(talk, f"contact.remind={self.draw.choice(['tonight', 'tomorrow', 'none'])}")
        elif story.character == "evasive":
            self._do(talk, self.draw.choice(["contact.how=unsure", "contact.carer=yes", "说不准"]))
        elif story.character == "stops" and weeks_in >= BREAK - 1:
            self._do(talk, "停止")
        elif story.character == "bad_news" and weeks_in == BREAK:
            self._do(talk, "孩子昨晚说不想活了")
        elif story.character == "blocked" and weeks_in >= BREAK:
            self._block(talk)

    def _mother(self, story: Story, week: str) -> None:
        if story.character in ("covered", "divorced"):
            self._do(story.talks["mother"], "contact.contact=call")
        if story.character == "divorced_silent":
            self._do(story.talks["mother"], "contact.contact=visit")
            self._do(story.talks["mother"], "contact.concern=yes")
            self._do(story.talks["mother"], f"{story.secret}，这话别告诉他爸")

    def _at_home(self, story: Story, week: str) -> None:
        """The grandmother answers when she was asked; in some weeks of some families she says the opposite."""
        talk = story.talks["carer"]
        if story.character == "differs" and week in story.answered and (self.hands.moment - FIRST).days // 7 % 6 == 4:
            self._do(talk, "contact.calls=long")
            story.planted.add(week)
        elif week in story.answered:
            self._do(talk, "contact.calls=yes")
        self._do(talk, f"娃挺好，就是老念叨{story.secret}")

    def _block(self, talk: str) -> None:
        """The channel says that this chat is gone."""
        with self.world.work() as work:
            work.session.execute(
                update(Outbox).where(Outbox.conversation == talk, Outbox.push.is_(True)).values(state="failed")
            )
            work.session.get_one(Conversation, talk).unreachable_at = work.now

    def _do(self, talk: str, words: str) -> None:
        self.counts["answers"] += 1
        self.world.tap(talk, words) if words.startswith("contact.") else self.world.say(talk, words)

    # ---- the checker

    def check(self) -> None:
        """Everything that must hold, from rows, moments and words alone."""
        with self.world.work() as work:
            self._keys_are_single(work)
            for story in self.stories:
                for kind in ("father", "mother"):
                    if kind in story.talks:
                        self._pushes(work, story, kind)
                        self._nobody_waits_for_a_human(work, story, kind)
                self._contradictions(work, story)
                self._what_the_character_brings(work, story)
            self._nothing_leaks(work)
            self._everybody_told_holds_the_post(work)

    def _keys_are_single(self, work: Work) -> None:
        for table in (ContactRung, ContactRecord):
            assert work.session.scalar(select(func.count(table.natural_key.distinct()))) == work.session.scalar(
                select(func.count(table.uid))
            )

    def _plan(self, work: Work, story: Story, kind: str) -> ContactPlan:
        return work.session.scalars(select(ContactPlan).where(ContactPlan.person == story.home.people[kind])).one()

    def _pushes(self, work: Work, story: Story, kind: str) -> None:
        plan = self._plan(work, story, kind)
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == story.talks[kind], Outbox.push.is_(True)).order_by(Outbox.id)
        ).all()
        by_week: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            assert not calendar.is_quiet(row.not_before, ZoneInfo(plan.zone)), (story.character, row.key)
            assert "测试娃" not in texts.render(row.key, mailbox.args_of(work, row)).text
            if row.key.startswith("contact.push"):
                by_week[weeks.named(row.not_before)].append(row.key)
        for week, keys in by_week.items():
            first = [key for key in keys if key.endswith("prompt") and not key.endswith("reprompt")]
            assert len(first) <= 1, (story.character, week, keys)
            assert keys.count("contact.push.repeat") <= 2
            assert len(keys) <= 3
        if story.character == "forbidden":
            assert rows == []
        if story.character == "stops":
            assert plan.stopped_at is not None, (story.number, plan.state, plan.weekday, plan.clock, sorted(by_week))
            assert all(row.created_at <= plan.stopped_at for row in rows)
        if story.character == "faithful":
            assert len(by_week) >= self.length - 2 - 2 * self.counts["away"]  # the days away may swallow a week

    def _nobody_waits_for_a_human(self, work: Work, story: Story, kind: str) -> None:
        """After two weeks asked and unconfirmed somebody carries it within days, after four the supervisor."""
        if story.character in ("forbidden", "covered"):
            return
        plan = self._plan(work, story, kind)
        rows = {row.week: row for row in work.session.scalars(_records(plan))}
        rungs = work.session.scalars(
            select(ContactRung).where(ContactRung.person == plan.person, ContactRung.actor.in_(HUMANS))
        ).all()
        missed = 0
        for index in range(1, self.length):
            before = rows.get(weeks.named(FIRST + timedelta(weeks=index - 1)))
            counts = before is not None and (before.prompted_at is not None or before.answer != "none")
            if before is not None and before.confirmed_by is not None:
                missed = 0
            elif counts and not (story.character == "blocked" and index > BREAK):
                missed += 1
            monday = weeks.begin(FIRST + timedelta(weeks=index))
            now = rows.get(weeks.named(monday))
            if missed < 2 or (now is not None and now.confirmed_by is not None):
                continue
            steps = {
                rung.step
                for rung in rungs
                if rung.opened_at <= monday + LATE and (rung.closed_at is None or rung.closed_at >= monday)
            }
            assert steps & {"director_task", "supervisor_task"}, (story.character, monday, missed)
            if missed >= 4:
                assert "supervisor_task" in steps, (story.character, monday, missed)
            self.counts["silent weeks at a human"] += 1
        for rung in rungs:
            assert rung.due is not None
            assert rung.due <= calendar.add_workdays(calendar.local(rung.opened_at).date(), 2).day

    def _contradictions(self, work: Work, story: Story) -> None:
        rungs = work.session.scalars(select(ContactRung).where(ContactRung.child == story.home.child)).all()
        found = {rung.natural_key[-8:] for rung in rungs if rung.reason == "voices_differ"}
        assert found == story.planted, story.character
        self.counts["contradictions found"] += len(found)

    def _what_the_character_brings(self, work: Work, story: Story) -> None:
        rungs = work.session.scalars(select(ContactRung).where(ContactRung.person == story.home.people["father"])).all()
        reasons = {rung.reason for rung in rungs}
        if story.character in SILENT:
            assert {"missed_weeks_2", "missed_weeks_4"} <= reasons, (story.character, reasons)
        if story.character == "covered":  # but in weeks in which, the service being away, she was not asked
            many = [rung for rung in rungs if rung.reason.startswith("missed_weeks_")]
            assert len(many) <= self.counts["away"], reasons
        if story.character == "forbidden":
            assert not reasons & {"missed_weeks_2", "missed_weeks_4"}, (story.character, reasons)
        if story.character == "blocked":
            assert "unreachable_blocked" in reasons
        if story.character == "faithful":
            assert not any(rung.closed_at is None for rung in rungs)
        if story.character == "bad_news":
            talks = {report.conversation: report.severity for report in work.session.scalars(select(Report))}
            assert talks[story.talks["father"]] == "S0"

    def _nothing_leaks(self, work: Work) -> None:
        """What one voice says in its own words is said to nobody else, neither family nor, pushed, to staff."""
        ours = {story.talks[kind]: story for story in self.stories for kind in story.talks}
        for row in work.session.scalars(select(Outbox).where(Outbox.args_sealed.is_not(None))).yield_per(500):
            story = ours.get(row.conversation)
            said = str(mailbox.args_of(work, row))
            assert SECRET not in said, (story.character if story else "staff", row.key)
        self.counts["texts searched for leaks"] += work.session.scalar(select(func.count(Outbox.id))) or 0

    def _everybody_told_holds_the_post(self, work: Work) -> None:
        told = work.session.scalars(
            select(Outbox.conversation).distinct().where(Outbox.natural_key.startswith("rung:"))
        ).all()
        assert set(told) <= set(self.staff)
        assert len(told) == len(self.staff)


def _records(plan: ContactPlan):  # type: ignore[no-untyped-def]
    return select(ContactRecord).where(ContactRecord.person == plan.person, ContactRecord.child == plan.child)
