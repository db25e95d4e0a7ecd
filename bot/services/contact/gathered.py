"""What the clock must know of some people before it looks at them, read in a few statements however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select

from bot.care import weeks
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import unseen as contact_unseen
from bot.services.contact.plans import Channel
from bot.services.work import Work
from bot.storage.many import among, among_these, listed
from bot.storage.tables import (
    AbnormalNotice,
    Child,
    ContactPlan,
    ContactRecord,
    ContactRung,
    ContactWish,
    Conversation,
    Outbox,
    Report,
)

LOOKED_BACK = 8
"""So many weeks before this one are looked at."""
MOODS = 4
"""So many of the moods told last are looked at."""
KEPT_IN_VIEW = ("mood_task", "ask_talk_with_director", "lost_contact_record")
"""Rungs that matter after they were closed too."""
Both = tuple[str, str]
"""A person and a child."""


class Sent(NamedTuple):
    """Where a question went, and what became of it: yes (or not yet known to have failed), failed, blocked."""

    conversation: str
    fate: str


@dataclass(frozen=True)
class Gathered:
    """Rows by person, by child, or by both.

    `around`: the plans of all parents of a child; `weeks`: records of this and the last weeks, by the name of the week;
    `told`: the last records with answers, newest first; `rungs`: those that are open or kept in view, oldest first;
    `notices`: the newest open notice; `standing`: keys of the rungs about them; `sent`: by the key of the push;
    `suspicions`: by plan; `behind`: by plan of a person whom nobody asks and who seems asked to some, the reports (see
    unseen); `asked`: when somebody was last asked; `tips`: who wants a safety card beside the question.
    """

    plans: dict[str, list[ContactPlan]]
    children: dict[str, Child]
    around: dict[str, list[ContactPlan]]
    weeks: dict[Both, dict[str, ContactRecord]]
    told: dict[Both, list[ContactRecord]]
    rungs: dict[Both, list[ContactRung]]
    notices: dict[Both, AbnormalNotice]
    standing: Collection[str]
    channels: dict[str, list[Channel]]
    sent: dict[str, Sent]
    suspicions: dict[str, Report]
    behind: dict[str, str]
    asked: dict[Both, datetime]
    tips: Collection[str]

    def record(self, plan: ContactPlan, at: datetime) -> ContactRecord | None:
        """The record of the week of a moment, if there is one."""
        return self.weeks[both(plan)].get(weeks.named(at))


def both(row: ContactPlan | ContactRecord | ContactRung | AbnormalNotice) -> Both:
    """Whom a row is about."""
    return row.person, row.child


def gather(work: Work, people: Sequence[str]) -> Gathered:
    """Read what is known of these people, of their children, and of the other parents of those."""
    plans: dict[str, list[ContactPlan]] = defaultdict(list)
    around: dict[str, list[ContactPlan]] = defaultdict(list)
    dialect, these = work.dialect, listed(work.dialect, people)
    mine = work.session.scalars(_plans_of_people(dialect), {"these": these}).all()
    for plan in sorted(mine, key=lambda plan: (plan.place, plan.uid)):
        plans[plan.person].append(plan)
    named = {plan.child for plan in mine}
    children = {"these": listed(dialect, named)}
    for plan in work.session.scalars(_plans_of_parents(dialect), children):
        around[plan.child].append(plan)
    parents = {plan.person for found in around.values() for plan in found}
    by_week = _weeks(work, {*people, *parents})
    suspicions = contact_safety.suspicions(work, mine)
    notices = _notices(work, people)
    return Gathered(
        plans=plans,
        children={row.uid: row for row in work.session.scalars(_files(dialect), children)},
        around=around,
        weeks=by_week,
        told=_told(work, people),
        rungs=rungs_of(work, people),
        notices=notices,
        standing=_standing(work, notices.values()),
        channels=contact_plans.channels_of(work, people),
        sent=sent(work, (row for found in by_week.values() for row in found.values())),
        suspicions=suspicions,
        behind=contact_unseen.behind(work, [one for one in mine if one.uid in suspicions or not one.allowed]),
        asked=_asked(work, people),
        tips=_tips(work, people),
    )


# Each is built once: the clock asks for all of this every minute, and building a statement costs more than running it.
@cache
def _plans_of_people(dialect: str) -> Select[ContactPlan]:
    mine = among_these(dialect, ContactPlan.person), ContactPlan.state != contact_plans.ENDED
    return select(ContactPlan).where(*mine).order_by(ContactPlan.uid)


@cache
def _plans_of_parents(dialect: str) -> Select[ContactPlan]:
    around = (
        among_these(dialect, ContactPlan.child),
        ContactPlan.voice == contact_plans.PARENT,
        ContactPlan.state != contact_plans.ENDED,
    )
    return select(ContactPlan).where(*around).order_by(ContactPlan.uid)


@cache
def _files(dialect: str) -> Select[Child]:
    return select(Child).where(among_these(dialect, Child.uid))


def _these(work: Work, names: Iterable[str]) -> dict[str, list[str] | str]:
    return {"these": listed(work.dialect, names)}


def _weeks(work: Work, people: Iterable[str]) -> dict[Both, dict[str, ContactRecord]]:
    now = weeks.begin(work.now)
    names = [weeks.named(now - timedelta(weeks=back)) for back in range(LOOKED_BACK + 1)]
    found: dict[Both, dict[str, ContactRecord]] = defaultdict(dict)
    for row in work.session.scalars(_of_weeks(work.dialect), {**_these(work, people), "weeks": names}):
        found[both(row)][row.week] = row
    return found


@cache
def _of_weeks(dialect: str) -> Select[ContactRecord]:
    these = among_these(dialect, ContactRecord.person)
    return select(ContactRecord).where(these, ContactRecord.week.in_(bindparam("weeks", expanding=True)))


def _told(work: Work, people: Iterable[str]) -> dict[Both, list[ContactRecord]]:
    found: dict[Both, list[ContactRecord]] = defaultdict(list)
    for row in work.session.scalars(_last_told(work.dialect), _these(work, people)):
        found[both(row)].append(row)
    return found


@cache
def _last_told(dialect: str) -> Select[ContactRecord]:
    newest_first = func.row_number().over(
        partition_by=(ContactRecord.person, ContactRecord.child), order_by=ContactRecord.reported_at.desc()
    )
    told = select(ContactRecord.uid, newest_first.label("place")).where(
        among_these(dialect, ContactRecord.person), ContactRecord.reported_at.is_not(None)
    )
    placed = told.subquery()
    rows = select(ContactRecord).join(placed, placed.c.uid == ContactRecord.uid).where(placed.c.place <= MOODS)
    return rows.order_by(placed.c.place)


def rungs_of(work: Work, people: Iterable[str]) -> dict[Both, list[ContactRung]]:
    """The rungs of these people that are open or kept in view, oldest first."""
    found: dict[Both, list[ContactRung]] = defaultdict(list)
    for row in work.session.scalars(_in_view(work.dialect), _these(work, people)):
        found[both(row)].append(row)
    return found


@cache
def _in_view(dialect: str) -> Select[ContactRung]:
    rows = select(ContactRung).where(
        among_these(dialect, ContactRung.person),
        or_(ContactRung.closed_at.is_(None), ContactRung.step.in_(KEPT_IN_VIEW)),
    )
    return rows.order_by(ContactRung.opened_at, ContactRung.uid)


def _notices(work: Work, people: Iterable[str]) -> dict[Both, AbnormalNotice]:
    return {both(row): row for row in work.session.scalars(_open_notices(work.dialect), _these(work, people))}


@cache
def _open_notices(dialect: str) -> Select[AbnormalNotice]:
    mine = among_these(dialect, AbnormalNotice.person), AbnormalNotice.closed_at.is_(None)
    return select(AbnormalNotice).where(*mine).order_by(AbnormalNotice.sent_at)


def _standing(work: Work, notices: Collection[AbnormalNotice]) -> set[str]:
    if not notices:
        return set()
    keys = [f"{step}:{row.uid}" for row in notices for step in ("tell_supervisor", "director_calls")]
    rows = select(ContactRung.natural_key).where(among(work.dialect, ContactRung.natural_key, keys))
    return set(work.session.scalars(rows))


def _asked(work: Work, people: Iterable[str]) -> dict[Both, datetime]:
    rows = work.session.execute(_last_asked(work.dialect), _these(work, people))
    return {(person, child): at for person, child, at in rows if at is not None}


@cache
def _last_asked(dialect: str) -> Select[str, str, datetime | None]:
    return (
        select(ContactRecord.person, ContactRecord.child, func.max(ContactRecord.prompted_at))
        .where(among_these(dialect, ContactRecord.person), ContactRecord.prompted_at.is_not(None))
        .group_by(ContactRecord.person, ContactRecord.child)
    )


def _tips(work: Work, people: Iterable[str]) -> set[str]:
    return set(work.session.scalars(_wishing(work.dialect), _these(work, people)))


@cache
def _wishing(dialect: str) -> Select[str]:
    return select(ContactWish.person).where(among_these(dialect, ContactWish.person), ContactWish.tips.is_(True))


def sent(work: Work, records: Iterable[ContactRecord]) -> dict[str, Sent]:
    """What became of the last question of each of these records, by its key; none of those that never went out."""
    keys = {row.pushed for row in records if row.pushed is not None}
    found: dict[str, Sent] = {}
    if not keys:
        return found
    for key, conversation, state, gone in work.session.execute(_pushed(work.dialect), _these(work, keys)):
        fate = "yes" if state != "failed" else "failed" if gone is None else "blocked"
        found[str(key)] = Sent(conversation, fate)
    return found


@cache
def _pushed(dialect: str) -> Select[str | None, str, str, datetime | None]:
    return (
        select(Outbox.natural_key, Outbox.conversation, Outbox.state, Conversation.unreachable_at)
        .join(Conversation, Conversation.uid == Outbox.conversation)
        .where(among_these(dialect, Outbox.natural_key))
    )


def delivered(sent: dict[str, Sent], row: ContactRecord) -> str:
    """What became of the last question of a record: yes (also if there was none), failed, blocked."""
    known = sent.get(row.pushed or "")
    return known.fate if known is not None else "yes"
