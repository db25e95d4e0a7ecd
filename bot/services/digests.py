"""The one message of a workday: how many homes, at the hour somebody chose; the list opens when it is asked for.

A push names nobody (contracts §6). Its natural key is digest:<account>:<day>: whatever runs again, nobody hears twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import select

from bot import texts
from bot.care import calendar, parameters, visit_days
from bot.services import children as register
from bot.services import mailbox, rounds, visit_lists, visitors
from bot.services.staff import Member
from bot.services.visit_lists import Line
from bot.services.work import Work
from bot.storage.tables import DigestHour, Outbox

KEY = "visits.digest"


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
    here = calendar.local(work.now)
    if not calendar.is_workday(here.date())[0] or calendar.is_quiet(work.now):
        return {"digests": 0, "left": 0}
    for hour in _hours(work):
        county = rounds.next_county(work, f"digests {hour}", here.date()) if hour <= f"{here:%H:%M}" else None
        if county is not None:
            return {"digests": _of_county(work, county, hour, here.date()), "left": 1}
    return {"digests": 0, "left": 0}


def _hours(work: Work) -> list[str]:
    chosen = set(work.session.scalars(select(DigestHour.at).distinct()))
    return sorted({*chosen, default_hour()})


def _of_county(work: Work, county: str, hour: str, day: date) -> int:
    people = visitors.people_of(work, county, day)
    until = visit_days.covers_until(day)
    theirs: dict[str, list[Line]] = defaultdict(list)
    for line in visit_lists.within(work, county, day, horizon=visit_lists.horizon(day)):
        if visit_days.belongs(line.owed, day, until):
            for account in visit_lists.concerns(people, line):
                theirs[account].append(line)
    hours = _chosen(work, theirs)
    rows = [
        mailbox.Push(people.conversations[account], KEY, words(lines, day), key_of(account, day))
        for account, lines in theirs.items()
        if hours.get(account, default_hour()) == hour
    ]
    return mailbox.push_many(work, rows)


def _chosen(work: Work, accounts: Iterable[str]) -> dict[str, str]:
    wanted = list(accounts)
    found: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        rows = work.session.execute(
            select(DigestHour.account, DigestHour.at).where(DigestHour.account.in_(wanted[at : at + 500]))
        )
        found.update((account, chosen) for account, chosen in rows)
    return found


def key_of(account: str, day: date) -> str:
    """The natural key of the one message."""
    return f"digest:{account}:{day.isoformat()}"


def words(lines: list[Line], day: date) -> dict[str, str]:
    """How many homes, how many of them late, how many have gone up: numbers only."""
    homes = {line.household for line in lines}
    late = {line.household for line in lines if line.owed.due < day}
    args = {"homes": str(len(homes)), "late": ""}
    if late:
        args["late"] = texts.phrase("visits.digest.late").format(count=len(late))
    if not calendar.is_workday(day)[1]:
        args["late"] += texts.phrase("visits.digest.year_unknown").format(year=day.year)
    return args


def refresh(work: Work, member: Member) -> None:
    """A digest that has not gone out yet says what is still to be done; when nothing is, it is taken back."""
    day = register.today(work)
    row = work.session.scalar(
        select(Outbox).where(
            Outbox.natural_key == key_of(member.account, day), Outbox.sent_at.is_(None), Outbox.state == "due"
        )
    )
    if row is None:
        return
    lines = [line for stop in visit_lists.mine(work, member, soon=False) for line in stop.lines]
    if lines:
        row.args_sealed = work.seal("outbox.args", row.uid, words(lines, day))
    else:
        row.state, row.args_sealed = "withdrawn", None
    work.session.flush()
