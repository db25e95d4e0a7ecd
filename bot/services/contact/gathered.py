"""What the clock must know of some people before it looks at them, read in a few statements however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from bot.care import weeks
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import unseen as contact_unseen
from bot.services.contact.plans import Channel
from bot.services.work import Work
from bot.storage.many import among
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
    mine = _plans(work, among(work.dialect, ContactPlan.person, people))
    for plan in sorted(mine, key=lambda plan: (plan.place, plan.uid)):
        plans[plan.person].append(plan)
    named = {plan.child for plan in mine}
    of_children = among(work.dialect, ContactPlan.child, named)
    for plan in _plans(work, of_children, ContactPlan.voice == contact_plans.PARENT):
        around[plan.child].append(plan)
    parents = {plan.person for found in around.values() for plan in found}
    by_week = _weeks(work, {*people, *parents})
    suspicions = contact_safety.suspicions(work, mine)
    notices, files = _notices(work, people), select(Child).where(among(work.dialect, Child.uid, named))
    return Gathered(
        plans=plans,
        children={row.uid: row for row in work.session.scalars(files)},
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


def _plans(work: Work, *wanted: ColumnElement[bool]) -> list[ContactPlan]:
    rows = select(ContactPlan).where(*wanted, ContactPlan.state != contact_plans.ENDED).order_by(ContactPlan.uid)
    return list(work.session.scalars(rows))


def _weeks(work: Work, people: Iterable[str]) -> dict[Both, dict[str, ContactRecord]]:
    now = weeks.begin(work.now)
    names = [weeks.named(now - timedelta(weeks=back)) for back in range(LOOKED_BACK + 1)]
    found: dict[Both, dict[str, ContactRecord]] = defaultdict(dict)
    rows = select(ContactRecord).where(among(work.dialect, ContactRecord.person, people), ContactRecord.week.in_(names))
    for row in work.session.scalars(rows):
        found[both(row)][row.week] = row
    return found


def _told(work: Work, people: Iterable[str]) -> dict[Both, list[ContactRecord]]:
    newest_first = func.row_number().over(
        partition_by=(ContactRecord.person, ContactRecord.child), order_by=ContactRecord.reported_at.desc()
    )
    told = select(ContactRecord.uid, newest_first.label("place")).where(
        among(work.dialect, ContactRecord.person, people), ContactRecord.reported_at.is_not(None)
    )
    placed = told.subquery()
    found: dict[Both, list[ContactRecord]] = defaultdict(list)
    rows = select(ContactRecord).join(placed, placed.c.uid == ContactRecord.uid).where(placed.c.place <= MOODS)
    for row in work.session.scalars(rows.order_by(placed.c.place)):
        found[both(row)].append(row)
    return found


def rungs_of(work: Work, people: Iterable[str]) -> dict[Both, list[ContactRung]]:
    """The rungs of these people that are open or kept in view, oldest first."""
    found: dict[Both, list[ContactRung]] = defaultdict(list)
    rows = select(ContactRung).where(
        among(work.dialect, ContactRung.person, people),
        or_(ContactRung.closed_at.is_(None), ContactRung.step.in_(KEPT_IN_VIEW)),
    )
    for row in work.session.scalars(rows.order_by(ContactRung.opened_at, ContactRung.uid)):
        found[both(row)].append(row)
    return found


def _notices(work: Work, people: Iterable[str]) -> dict[Both, AbnormalNotice]:
    mine = among(work.dialect, AbnormalNotice.person, people)
    rows = select(AbnormalNotice).where(mine, AbnormalNotice.closed_at.is_(None)).order_by(AbnormalNotice.sent_at)
    return {both(row): row for row in work.session.scalars(rows)}


def _standing(work: Work, notices: Collection[AbnormalNotice]) -> set[str]:
    if not notices:
        return set()
    keys = [f"{step}:{row.uid}" for row in notices for step in ("tell_supervisor", "director_calls")]
    rows = select(ContactRung.natural_key).where(among(work.dialect, ContactRung.natural_key, keys))
    return set(work.session.scalars(rows))


def _asked(work: Work, people: Iterable[str]) -> dict[Both, datetime]:
    rows = work.session.execute(
        select(ContactRecord.person, ContactRecord.child, func.max(ContactRecord.prompted_at))
        .where(among(work.dialect, ContactRecord.person, people), ContactRecord.prompted_at.is_not(None))
        .group_by(ContactRecord.person, ContactRecord.child)
    )
    return {(person, child): at for person, child, at in rows if at is not None}


def _tips(work: Work, people: Iterable[str]) -> set[str]:
    mine = among(work.dialect, ContactWish.person, people)
    return set(work.session.scalars(select(ContactWish.person).where(mine, ContactWish.tips.is_(True))))


def sent(work: Work, records: Iterable[ContactRecord]) -> dict[str, Sent]:
    """What became of the last question of each of these records, by its key; none of those that never went out."""
    keys = {row.pushed for row in records if row.pushed is not None}
    rows = work.session.execute(
        select(Outbox.natural_key, Outbox.conversation, Outbox.state, Conversation.unreachable_at)
        .join(Conversation, Conversation.uid == Outbox.conversation)
        .where(among(work.dialect, Outbox.natural_key, keys))
    )
    found = {}
    for key, conversation, state, gone in rows:
        fate = "yes" if state != "failed" else "failed" if gone is None else "blocked"
        found[str(key)] = Sent(conversation, fate)
    return found


def delivered(sent: dict[str, Sent], row: ContactRecord) -> str:
    """What became of the last question of a record: yes (also if there was none), failed, blocked."""
    known = sent.get(row.pushed or "")
    return known.fate if known is not None else "yes"
