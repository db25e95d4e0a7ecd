"""What must hold of a year of contact: a checker that knows nothing of how the ladder is built."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot import texts
from bot.care import calendar, weeks
from bot.services.mail import mailbox, withholding
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord, ContactRung, Outbox, Report
from tests.services.contact_story import BREAK, FIRST, SECRET, SILENT, Story, Year, plan_of

HUMANS = ("child_director", "child_supervisor", "county_caseworker")
OF_THE_CALLS = tuple(
    texts.phrase(f"contact.{group}.calls.{value}") for group in ("v", "noted") for value in ("no", "long", "father")
)
"""What only carer and child are asked and answer: whether the parents call."""
LATE = timedelta(days=3, hours=12)
"""How far a look may be behind: the service is away for sixty hours at the longest."""


@dataclass
class Checker:
    """Of one year that was lived through."""

    year: Year

    def check(self) -> None:
        """Everything that must hold, from rows, moments and words alone."""
        with self.year.world.work() as work:
            self._keys_are_single(work)
            for story in self.year.stories:
                for kind in ("father", "mother"):
                    if kind in story.talks:
                        self._pushes(work, story, kind)
                        self._nobody_waits_for_a_human(work, story, kind)
                for kind in ("carer", "self"):
                    if kind in story.talks:
                        self._asked_at_home(work, story, kind)
                self._nobody_asked_who_is_reported(work, story)
                self._contradictions(work, story)
                self._what_the_character_brings(work, story)
            self._nothing_leaks(work)
            self._everybody_told_holds_the_post(work)

    def _keys_are_single(self, work: Work) -> None:
        for table in (ContactRung, ContactRecord):
            assert work.session.scalar(select(func.count(table.natural_key.distinct()))) == work.session.scalar(
                select(func.count(table.uid))
            )

    def _pushes(self, work: Work, story: Story, kind: str) -> None:
        plan = plan_of(work, story, kind)
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == story.talks[kind], Outbox.push.is_(True)).order_by(Outbox.id)
        ).all()
        by_week: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            assert not calendar.is_quiet(row.not_before, ZoneInfo(plan.zone)), (story.character, row.key)
            if row.state not in withholding.UNSAID:
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
            assert (
                len(by_week) >= self.year.length - 2 - 2 * self.year.counts["away"]
            )  # the days away may swallow a week

    def _asked_at_home(self, work: Work, story: Story, kind: str) -> None:
        """Carer and child hear their own questions alone: by day, every second week at most, with no child's name."""
        voice = "child" if kind == "self" else "carer"
        rows = work.session.scalars(
            select(Outbox).where(
                Outbox.conversation == story.talks[kind], Outbox.push.is_(True), Outbox.key.startswith("contact.")
            )
        ).all()
        low = "contact.mood_question.child" if kind == "self" else "contact.mood_question"
        assert {row.key for row in rows} <= {f"contact.push.{voice}", low}, (story.character, kind)
        asked = sorted(weeks.begin(row.not_before) for row in rows if row.key != low)
        assert all(later - before >= timedelta(weeks=2) for before, later in pairwise(asked)), (story.character, kind)
        for row in rows:
            assert not calendar.is_quiet(row.not_before), (story.character, row.key)
            assert "测试娃" not in texts.render(row.key, mailbox.args_of(work, row)).text
        least = self.year.length // 2 - 1 - 2 * self.year.counts["away"]
        assert story.character == "child_low" or len(asked) >= least, (story.character, kind)
        self.year.counts[f"questions to a {voice}"] += len(asked)

    def _nobody_asked_who_is_reported(self, work: Work, story: Story) -> None:
        """From the report on the father gets no message of ours until staff decided that he may; somebody is asked to
        decide, and his silence meanwhile is nobody's task."""
        if not story.report:
            assert story.character not in ("reported", "cleared"), "nothing was reported"
            return
        report = work.session.get_one(Report, story.report)
        assert report.severity in ("S0", "S1")
        since, until = report.received_at, story.decided or self.year.hands.moment
        pushes = (Outbox.conversation == story.talks["father"], Outbox.push.is_(True))
        meanwhile = select(Outbox.key).where(*pushes, Outbox.created_at > since, Outbox.created_at <= until)
        assert work.session.scalars(meanwhile).all() == [], story.character
        rungs = work.session.scalars(
            select(ContactRung).where(ContactRung.person == story.home.people["father"], ContactRung.opened_at > since)
        ).all()
        decide = [rung for rung in rungs if rung.reason == "suspected_harm"]
        assert len(decide) == 1
        assert decide[0].opened_at <= since + timedelta(weeks=1) + LATE
        assert decide[0].actor in HUMANS
        assert (decide[0].closed_at is not None) is (story.decided is not None)
        assert not [rung for rung in rungs if rung.opened_at <= until and rung.reason.startswith("missed_weeks")]
        if story.decided is not None:
            again = select(Outbox.key).where(*pushes, Outbox.created_at > story.decided)
            assert work.session.scalars(again).first() is not None, "he is asked again"
        self.year.counts["weeks nobody asked who is reported"] += int((until - since) / timedelta(weeks=1))

    def _nobody_waits_for_a_human(self, work: Work, story: Story, kind: str) -> None:
        """After two weeks asked and unconfirmed somebody carries it within days, after four the supervisor."""
        if story.character in ("forbidden", "covered"):
            return
        plan = plan_of(work, story, kind)
        rows = {row.week: row for row in work.session.scalars(_records(plan))}
        rungs = work.session.scalars(
            select(ContactRung).where(ContactRung.person == plan.person, ContactRung.actor.in_(HUMANS))
        ).all()
        missed = 0
        for index in range(1, self.year.length):
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
            self.year.counts["silent weeks at a human"] += 1
        for rung in rungs:
            assert rung.due is not None
            assert rung.due <= calendar.add_workdays(calendar.local(rung.opened_at).date(), 2).day

    def _contradictions(self, work: Work, story: Story) -> None:
        rungs = work.session.scalars(select(ContactRung).where(ContactRung.child == story.home.child)).all()
        found = {rung.natural_key[-8:] for rung in rungs if rung.reason == "voices_differ"}
        planted = story.planted if story.character in ("differs", "child_speaks") else set()
        assert found == planted, story.character
        self.year.counts["contradictions planted"] += len(planted)
        self.year.counts["contradictions found"] += len(found)

    def _what_the_character_brings(self, work: Work, story: Story) -> None:
        rungs = work.session.scalars(select(ContactRung).where(ContactRung.person == story.home.people["father"])).all()
        reasons = {rung.reason for rung in rungs}
        if story.character in SILENT:
            assert {"missed_weeks_2", "missed_weeks_4"} <= reasons, (story.character, reasons)
        if story.character == "covered":  # but in weeks in which, the service being away, she was not asked
            many = [rung for rung in rungs if rung.reason.startswith("missed_weeks_")]
            assert len(many) <= self.year.counts["away"], reasons
        if story.character == "forbidden":
            assert not reasons & {"missed_weeks_2", "missed_weeks_4"}, (story.character, reasons)
        if story.character == "blocked":
            assert "unreachable_blocked" in reasons
        if story.character == "faithful":
            assert not any(rung.closed_at is None for rung in rungs)
        if story.character == "bad_news":
            talks = {report.conversation: report.severity for report in work.session.scalars(select(Report))}
            assert talks.get(story.talks["father"]) == "S0", f"what {story.number} told in {story.planted} is no report"
            self.year.counts["bad news found"] += 1

        if story.character == "child_low":
            self._of_a_child_in_low_spirits(work, story)
        if story.character == "carer_tired":
            mine = select(ContactRung).where(ContactRung.person == story.home.people["carer"])
            checked = [rung for rung in work.session.scalars(mine) if rung.step == "signal_check"]
            assert len(checked) == len(story.planted) == 1
            assert checked[0].due is not None
            assert checked[0].due <= calendar.local(checked[0].opened_at).date() + timedelta(days=2)
            self.year.counts["carers at the end helped"] += 1

    def _of_a_child_in_low_spirits(self, work: Work, story: Story) -> None:
        """Two low moods are a question to the child, three a task; what it thinks of is a report at once."""
        steps = {
            rung.step
            for rung in work.session.scalars(select(ContactRung).where(ContactRung.person == story.home.people["self"]))
        }
        assert story.low < 3 or {"ask_talk_with_director", "mood_task"} <= steps, (story.low, steps)
        talks = {report.conversation: report.severity for report in work.session.scalars(select(Report))}
        assert talks.get(story.talks["self"]) == ("S0" if story.planted else None)
        self.year.counts["children in low spirits found"] += 1

    def _nothing_leaks(self, work: Work) -> None:
        """What one voice says in its own words is said to nobody else, neither family nor, pushed, to staff."""
        ours = {talk: story for story in self.year.stories for talk in story.talks.values()}
        parents = {talk for talk, story in ours.items() if talk in map(story.talks.get, ("father", "mother"))}
        for row in work.session.scalars(select(Outbox).where(Outbox.args_sealed.is_not(None))).yield_per(500):
            story = ours.get(row.conversation)
            said = str(mailbox.args_of(work, row))
            assert SECRET not in said, (story.character if story else "staff", row.key)
            if row.conversation in parents and row.state not in withholding.UNSAID:
                text = texts.render(row.key, mailbox.args_of(work, row)).text
                assert not any(told in text for told in OF_THE_CALLS), (story.character if story else "", row.key)
        self.year.counts["texts searched for leaks"] += work.session.scalar(select(func.count(Outbox.id))) or 0

    def _everybody_told_holds_the_post(self, work: Work) -> None:
        told = work.session.scalars(
            select(Outbox.conversation).distinct().where(Outbox.natural_key.startswith("rung:"))
        ).all()
        assert set(told) <= set(self.year.staff)
        assert len(told) == len(self.year.staff)


def _records(plan: ContactPlan):  # type: ignore[no-untyped-def]
    return select(ContactRecord).where(ContactRecord.person == plan.person, ContactRecord.child == plan.child)
