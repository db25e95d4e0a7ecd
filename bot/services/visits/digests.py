"""The one message of a workday: how many homes, at the hour somebody chose; the list opens when it is asked for.

A push names nobody (contracts §6). Its natural key is digest:<account>:<day>: whatever runs again, nobody hears twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import bindparam, select

from bot import texts
from bot.care import calendar, parameters, visit_days
from bot.services import rounds
from bot.services.mail import editing, mailbox
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import lists as visit_lists
from bot.services.visits import need_days, visitors
from bot.services.visits import reasons as visit_reasons
from bot.services.visits.lists import Line
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.many import among
from bot.storage.tables import Account, Conversation, DigestHour, Outbox

KEY, ABOVE, NEEDS, DONE = "visits.digest", "visits.digest.above", "visits.digest.needs", "visits.digest.done"
EDITED = "visits.edited"
_WRITTEN = select(Outbox).where(Outbox.natural_key == bindparam("key"))


def default_hour() -> str:
    """When the message comes for whoever chose no hour (visit.digest.time, PROPOSED)."""
    return str(parameters.value("visit.digest.time").value)


def choose_hour(work: Work, member: Member, at: str) -> str | None:
    """Choose the hour (HH:MM). None: it is done; else why not: "not_a_time", "quiet" (it lies in the quiet hours)."""
    try:
        clock = time.fromisoformat(at)
    except ValueError:
        return "not_a_time"
    moment = calendar.local(work.now).replace(hour=clock.hour, minute=clock.minute)
    if calendar.is_quiet(moment):
        return "quiet"
    row = work.session.get(DigestHour, member.account)
    if row is None:
        work.session.add(DigestHour(account=member.account, at=f"{clock:%H:%M}"))
    else:
        row.at = f"{clock:%H:%M}"
    work.session.flush()
    return None


def send(work: Work) -> dict[str, int]:
    """Write the digests of one county whose hour has come; `left`: there are more counties to look at.

    Only on workdays and outside the quiet hours: after some days of silence there is one message, today's.
    """
    found = next_county(work)
    return {"digests": 0, "left": 0} if found is None else {**build(work, *found), "left": 1}


def next_county(work: Work) -> tuple[str, str, date] | None:
    """The next county whose hour has come: county, hour, day; noted as taken. None: nothing is to be done now."""
    here = calendar.local(work.now)
    if not calendar.is_workday(here.date())[0] or calendar.is_quiet(work.now):
        return None
    for hour in _hours(work):
        county = rounds.next_county(work, f"digests {hour}", here.date()) if hour <= f"{here:%H:%M}" else None
        if county is not None:
            return county, hour, here.date()
    return None


def build(work: Work, county: str, hour: str, day: date) -> dict[str, int]:
    """Write a county's digests of this hour; again changes nothing. None are written at night or on another day."""
    if work.today != day or calendar.is_quiet(work.now):
        return {"digests": 0}
    return {"digests": _of_county(work, county, hour, day)}


def _hours(work: Work) -> list[str]:
    chosen = set(work.session.scalars(select(DigestHour.at).distinct()))
    return sorted({*chosen, default_hour()})


def _of_county(work: Work, county: str, hour: str, day: date) -> int:
    visit_lists.by_looking_up(work)
    people = visitors.people_of(work, county, day)
    theirs = _by_account(work, county, people, day)
    hours = _chosen(work, theirs)
    now = {account: mine for account, mine in theirs.items() if hours.get(account, default_hour()) == hour}
    if needs := [need for mine in now.values() for need in mine.needs]:
        need_days.brought_to_mind(work, needs, day)
    rows = [
        mailbox.Push(people.conversations[account], *words(mine, day), key_of(account, day))
        for account, mine in now.items()
    ]
    return mailbox.push_many(work, rows)


@dataclass(frozen=True)
class Mine:
    """What a morning names to one account: what it is to visit, what is late and has gone up to it, needs come due.

    `unexplained`: the children among its own of whom it is asked why their visit is late.
    """

    own: list[Line] = field(default_factory=list)
    raised: list[Line] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    unexplained: set[str] = field(default_factory=set)


def _by_account(work: Work, area: str, people: visitors.People, day: date) -> dict[str, Mine]:
    until = visit_days.covers_until(day)
    theirs: dict[str, Mine] = defaultdict(Mine)
    lines = visit_lists.within(work, area, day, visit_lists.named(day, until))
    unexplained = visit_reasons.asked(work, lines, day, until)
    for line in lines:
        if visit_days.belongs(line.owed, day, until):
            visits_it = visit_lists.visiting(people, line)
            for account in visits_it:
                theirs[account].own.append(line)
                theirs[account].unexplained.update(unexplained & {line.child})
            for account in visit_lists.seeing_after(people, line) - visits_it:
                theirs[account].raised.append(line)
    for need, owner, office in need_days.come_due(work, area, day, until):
        for account in need_days.looked_after_by(people, owner, office):
            theirs[account].needs.append(need)
    return theirs


def _chosen(work: Work, accounts: Iterable[str]) -> dict[str, str]:
    hours = select(DigestHour.account, DigestHour.at).where(among(work.dialect, DigestHour.account, accounts))
    return {account: at for account, at in work.session.execute(hours)}


def count_as_said(work: Work, lost_at: datetime) -> int:
    """After a backup was put back: that day's messages on Telegram whose hour had come before the loss; how many.

    A backup from before that hour holds no row of them, so the clock would write them anew. The page lost its copy and
    gets it again; whoever heard nothing asks 今天该走访谁, and the next workday names what is still owed.
    """
    here = calendar.local(lost_at)
    theirs = work.session.execute(
        select(Account.uid, Account.conversation, DigestHour.at)
        .join(Conversation, Conversation.uid == Account.conversation)
        .outerjoin(DigestHour, DigestHour.account == Account.uid)
        .where(Conversation.channel == "telegram", Account.state == "active")
    )
    heard = {
        key_of(account, here.date()): conversation
        for account, conversation, hour in theirs
        if (hour or default_hour()) <= f"{here:%H:%M}"
    }
    known = set(work.session.scalars(select(Outbox.natural_key).where(among(work.dialect, Outbox.natural_key, heard))))
    rows = [
        Outbox(
            uid=opaque_id(),
            conversation=conversation,
            natural_key=key,
            key=KEY,
            push=True,
            not_before=lost_at,
            state="withdrawn",
            created_at=work.now,
        )
        for key, conversation in heard.items()
        if key not in known
    ]
    work.session.add_all(rows)
    work.session.flush()
    return len(rows)


def key_of(account: str, day: date) -> str:
    """The natural key of the one message."""
    return f"digest:{account}:{day.isoformat()}"


def words(mine: Mine, day: date) -> tuple[str, dict[str, str]]:
    """Text key and numbers: how many homes, how many late, how many have gone up to this account, needs come due."""
    own, raised = ({line.household for line in lines} for lines in (mine.own, mine.raised))
    late = {line.household for line in mine.own if line.owed.due < day}
    more = [texts.phrase("visits.digest.late").format(count=len(late))] if late else []
    if asked := {line.household for line in mine.own if line.child in mine.unexplained}:
        more.append(texts.phrase("visits.digest.why").format(count=len(asked)))
    if own and raised:
        more.append(texts.phrase("visits.digest.raised").format(count=len(raised)))
    if mine.needs and (own or raised):
        more.append(texts.phrase("visits.digest.needs_too").format(count=len(mine.needs)))
    if not calendar.is_workday(day)[1]:
        more.append(texts.phrase("visits.digest.year_unknown").format(year=day.year))
    if not own and not raised:
        return NEEDS, {"count": str(len(mine.needs)), "late": "".join(more)}
    return KEY if own else ABOVE, {"homes": str(len(own or raised)), "late": "".join(more)}


def readers(work: Work, children: Iterable[str]) -> list[Member]:
    """Everybody whose message of today may name these children: whoever is to visit them, and whom they have gone up
    to. Asked before something is done, which may settle what has gone up."""
    told: dict[str, set[str]] = defaultdict(lambda: {visitors.DIRECTOR})
    for office, gone_up_to in visit_lists.offices_told(work, children, work.today):
        told[office] |= {gone_up_to} if gone_up_to is not None else set()
    talks: set[str] = set()
    for office, roles in told.items():
        people = visitors.people_of(work, office, work.today)
        talks |= {people.conversations[one] for role in roles for one in people.up_from(role, office)[1]}
    found = (accounts.member(work, talk) for talk in sorted(talks))
    return [member for member in found if member is not None]


def refresh(work: Work, member: Member, others: Iterable[Member]) -> None:
    """Today's message says what is still to be done: to whoever did something, and to the others it had named it to."""
    for one in {who.account: who for who in (member, *others)}.values():
        _refresh(work, one)


def _refresh(work: Work, member: Member) -> None:
    """A digest that has not gone out yet is worded anew, or taken back when nothing is left; one that has is edited,
    and what is done needs no button any more."""
    day = work.today
    row = work.session.scalar(_WRITTEN, {"key": key_of(member.account, day)})
    if row is None or row.state not in ("due", "sent"):
        return
    left = Mine()
    for area in visit_lists.widest(area for _, area in visitors.areas_of(work, member, day)):
        found = _by_account(work, area, visitors.people_of(work, area, day), day).get(member.account, Mine())
        left.own.extend(found.own)
        left.raised.extend(found.raised)
        left.needs.extend(found.needs)
        left.unexplained.update(found.unexplained)
    over = not (left.own or left.raised or left.needs)
    key, args = (f"{row.key}.done" if row.key == ABOVE else DONE, {}) if over else words(left, day)
    if row.sent_at is not None or row.claimed_until is not None:
        editing.edit(work, row, key.replace(KEY, EDITED, 1), args)
    elif over:
        row.state, row.args_sealed = "withdrawn", None
    else:
        row.key, row.args_sealed = key, work.seal("outbox.args", row.uid, args)
    work.session.flush()
