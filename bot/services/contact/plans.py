"""The rows behind contact: who has joined and speaks here, what is planned for whom, and the record of a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Select, bindparam, select, update

from bot.care import calendar, weeks
from bot.services.register import children
from bot.services.work import Work
from bot.storage.asked import Question, asked_once
from bot.storage.crypto import opaque_id
from bot.storage.many import among_these, listed
from bot.storage.tables import (
    Child,
    ContactChannel,
    ContactPlan,
    ContactRecord,
    Conversation,
    Person,
    Tie,
)

FLOW = "contact"
KEPT: timedelta = timedelta(hours=24)
"""The talk of the week, and how long it is kept; both stand here because the table of talks needs them while that talk
is still being read."""

ACTIVE, STOPPED, ENDED = "active", "stopped", "ended"
PARENT, CARER, CHILD = "parent", "carer", "child"
_WHOSE: BindParameter[str] = bindparam("whose")
# Built once: every answer of every family asks for these, and building a statement costs more than running it.
_OF_PERSON = (
    select(ContactPlan)
    .where(ContactPlan.person == _WHOSE, ContactPlan.state != ENDED)
    .order_by(ContactPlan.place, ContactPlan.uid)
)
_OF_CHILD = select(ContactPlan).where(ContactPlan.child == _WHOSE, ContactPlan.state != ENDED).order_by(ContactPlan.uid)
_RECORD = select(ContactRecord).where(ContactRecord.natural_key == bindparam("key"))
SPEAKS_HERE = Question(
    select(ContactChannel.person).where(ContactChannel.conversation == _WHOSE, ContactChannel.until.is_(None)).limit(1),
    (ContactChannel,),
)
"""The person who joined in a conversation."""
VOICES = {"father": PARENT, "mother": PARENT, "guardian": PARENT, "carer": CARER, "self": CHILD}


def speaker(work: Work, conversation: str) -> str | None:
    """The person who joined in this conversation; None: nobody did."""
    return cast("str | None", asked_once(work.session, SPEAKS_HERE, {"whose": conversation}))


def area_of(work: Work, conversation: str) -> str | None:
    """The village of the children of whoever joined here; None: nobody did, or they live in several."""
    person = speaker(work, conversation)
    if person is None:
        return None
    areas = {work.session.get_one(Child, plan.child).area for plan in of_person(work, person)}
    return areas.pop() if len(areas) == 1 else None


def zone_at(work: Work, conversation: str) -> ZoneInfo:
    """The clock of whoever joined here: a parent abroad is not woken by news of the day at home."""
    person = speaker(work, conversation)
    plans = of_person(work, person) if person is not None else []
    return ZoneInfo(plans[0].zone) if plans else calendar.ZONE


def voice_of(work: Work, person: str) -> str:
    """The voice a person speaks with: that of a parent if tied so to any child, else carer, else child."""
    kinds = set(work.session.scalars(select(Tie.kind).where(Tie.person == person, Tie.kind.in_(list(VOICES)))))
    voices = {VOICES[kind] for kind in kinds}
    return next((voice for voice in (PARENT, CARER, CHILD) if voice in voices), PARENT)


def own_file(work: Work, person: str) -> str | None:
    """The child this person itself is, if it is a child on file."""
    return work.session.scalar(select(Tie.child).where(Tie.person == person, Tie.kind == "self").limit(1))


def of_person(work: Work, person: str) -> list[ContactPlan]:
    """What is planned for a person, in the order in which the children are named."""
    return list(work.session.scalars(_OF_PERSON, {"whose": person}))


def of_child(work: Work, child: str, voice: str | None = None) -> list[ContactPlan]:
    """What is planned around a child, of one voice or of all."""
    plans = work.session.scalars(_OF_CHILD, {"whose": child})
    return [plan for plan in plans if voice is None or plan.voice == voice]


def lay(work: Work, person: str, chosen: dict[str, Any]) -> list[ContactPlan]:
    """Plan what a person who agreed is asked: one plan for each child tied to them. A plan that stands takes the new
    choices; nothing else of it changes. `chosen`: weekday, clock, zone, simple."""
    known = {plan.child: plan for plan in of_person(work, person)}
    for tie in _ties(work, person):
        plan = known.get(tie.child)
        if plan is None:
            plan = known[tie.child] = ContactPlan(
                uid=opaque_id(),
                person=person,
                child=tie.child,
                voice=VOICES[tie.kind],
                place=len(known) + 1,
                consented_at=work.now,
                created_at=work.now,
            )
            work.session.add(plan)
        plan.weekday, plan.clock = chosen["weekday"], chosen["clock"]
        plan.zone, plan.simple = chosen["zone"], chosen["simple"]
        plan.state, plan.stopped_at, plan.next_due = ACTIVE, None, work.now
    _name_by_age(work, list(known.values()))
    work.session.flush()
    return of_person(work, person)


def _name_by_age(work: Work, plans: list[ContactPlan]) -> None:
    """老大 is the eldest: `place` by day of birth; who has none on file comes after, as laid."""

    def age(plan: ContactPlan) -> tuple[date, int]:
        born = children.born(children.profile(work, work.session.get_one(Child, plan.child)))
        return born or date.max, plan.place

    for place, plan in enumerate(sorted(plans, key=age), start=1):
        plan.place = place


def _ties(work: Work, person: str) -> list[Tie]:
    day = work.today
    rows = work.session.scalars(
        select(Tie).where(Tie.person == person, Tie.since <= day).order_by(Tie.since, Tie.uid)
    ).all()
    return [tie for tie in rows if (tie.until is None or tie.until > day) and tie.kind in VOICES]


def tied(work: Work, person: str) -> set[str]:
    """The children somebody is tied to now."""
    return {tie.child for tie in _ties(work, person)}


def call(work: Work, person: str, called: str) -> None:
    """Keep how somebody wants to be called."""
    row = work.session.get_one(Person, person)
    profile = work.open("people.profile", person, row.profile_sealed)
    row.profile_sealed = work.seal("people.profile", person, {**profile, "called": called})
    work.session.flush()


def tell_phone(work: Work, person: str, phone: str) -> None:
    """Keep the new number somebody told beside the one on file, which staff put right once they have checked it."""
    row = work.session.get_one(Person, person)
    profile = work.open("people.profile", person, row.profile_sealed)
    row.profile_sealed = work.seal("people.profile", person, {**profile, "phone_told": phone})
    work.session.flush()


def called(work: Work, person: str) -> str:
    """How somebody wants to be called; empty when they did not say. For what is said to themselves, never pushed."""
    row = work.session.get_one(Person, person)
    return str(work.open("people.profile", person, row.profile_sealed).get("called") or "")


def reach(work: Work, person: str, conversation: str) -> None:
    """From now on a person is reached here too, and first of all; a number that was dead is forgotten."""
    work.session.execute(
        update(ContactChannel)
        .where(ContactChannel.conversation == conversation, ContactChannel.person != person)
        .values(until=work.now)
    )
    row = work.session.scalar(
        select(ContactChannel).where(ContactChannel.person == person, ContactChannel.conversation == conversation)
    )
    if row is None:
        row = ContactChannel(uid=opaque_id(), person=person, conversation=conversation, since=work.now)
        work.session.add(row)
    row.since, row.until = work.now, None
    one = work.session.get_one(Person, person)
    one.conversation, one.joined_at = conversation, one.joined_at or work.now
    work.session.flush()


class Channel(NamedTuple):
    """A conversation of a person: whether it can be reached, and whether a talk is half finished in it.

    `row`: held, so that whoever writes to it next need not look it up again.
    """

    conversation: str
    reachable: bool
    talking: bool
    row: Conversation


def channels_of(work: Work, people: Iterable[str]) -> dict[str, list[Channel]]:
    """The conversations of each of these people, newest first."""
    found: dict[str, list[Channel]] = defaultdict(list)
    dialect = work.dialect
    for person, talk in work.session.execute(_channels(dialect), {"these": listed(dialect, people)}):
        found[person].append(Channel(talk.uid, talk.unreachable_at is None, talk.flow is not None, talk))
    return found


@cache
def _channels(dialect: str) -> Select[str, Conversation]:
    return (
        select(ContactChannel.person, Conversation)
        .join(Conversation, Conversation.uid == ContactChannel.conversation)
        .where(among_these(dialect, ContactChannel.person), ContactChannel.until.is_(None))
        .order_by(ContactChannel.since.desc(), ContactChannel.uid)
    )


def channels(work: Work, person: str) -> list[tuple[str, bool]]:
    """The conversations of a person, newest first, each with whether it can be reached."""
    return [(one.conversation, one.reachable) for one in channels_of(work, [person])[person]]


def key(plan: ContactPlan, at: datetime, kind: str = "contact") -> str:
    """The natural key of the week of a moment: contact:<person>:<child>:<ISO week>."""
    return f"{kind}:{plan.person}:{plan.child}:{weeks.named(at)}"


def record(work: Work, plan: ContactPlan, at: datetime | None = None) -> ContactRecord | None:
    """The record of the week of a moment (now), if there is one."""
    found: ContactRecord | None = work.session.scalar(_RECORD, {"key": key(plan, at or work.now)})
    return found


def keep_record(work: Work, plan: ContactPlan, at: datetime | None = None) -> ContactRecord:
    """The record of the week of a moment (now), made if there is none."""
    moment = at or work.now
    return record(work, plan, moment) or begin_record(work, plan, moment)


def begin_record(work: Work, plan: ContactPlan, at: datetime) -> ContactRecord:
    """The record of the week of a moment, of which it is known that there is none."""
    row = ContactRecord(
        uid=opaque_id(),
        natural_key=key(plan, at),
        person=plan.person,
        child=plan.child,
        voice=plan.voice,
        week=weeks.named(at),
        sends=0,
        answer="none",
        concern=False,
        created_at=work.now,
    )
    work.session.add(row)
    return row


def answers(work: Work, row: ContactRecord) -> dict[str, Any]:
    """The answers of a record."""
    if row.answers_sealed is None:
        return {}
    told: dict[str, Any] = work.open("contact_records.answers", row.uid, row.answers_sealed)
    return told


def keep_answers(work: Work, row: ContactRecord, told: dict[str, Any]) -> None:
    """Save the answers of a record."""
    row.answers_sealed = work.seal("contact_records.answers", row.uid, told)
    row.reported_at = work.now


def look_again(plans: Iterable[ContactPlan], at: datetime) -> None:
    """Something has changed: these plans are looked at again at a moment, or earlier if they were to be anyway."""
    for plan in plans:
        plan.next_due = at if plan.next_due is None else min(plan.next_due, at)


def age(work: Work, child: str) -> int | None:
    """The age of a child in years; None while its birth date is not known."""
    row = work.session.get_one(Child, child)
    born = str(work.open("children.profile", child, row.profile_sealed).get("birth_date") or "")
    if len(born) < len("2016-05-01"):
        return None
    year, month, day = (int(part) for part in born[:10].split("-"))
    today = work.today
    return today.year - year - ((today.month, today.day) < (month, day))


def go_on(work: Work, person: str, since: datetime | None = None) -> int:
    """The questions go on as they were before a 停止; `since`: only before one that came later, which is taken back."""
    stopped = [plan for plan in of_person(work, person) if plan.state == STOPPED]
    plans = [plan for plan in stopped if since is None or (plan.stopped_at or since) > since]
    for plan in plans:
        plan.state, plan.stopped_at, plan.next_due = ACTIVE, None, work.now
    work.session.flush()
    return len(plans)


def stop(work: Work, person: str) -> int:
    """停止: no more questions to this person. The ladder goes on with the people at home."""
    plans = [plan for plan in of_person(work, person) if plan.state == ACTIVE]
    for plan in plans:
        plan.state, plan.stopped_at, plan.next_due = STOPPED, work.now, work.now
    work.session.flush()
    return len(plans)
