"""How many homes were visited in some days, place by place, for whoever may read those records. In the order of the
places' codes; nobody is counted against anybody."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import select

from bot import texts
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.register import supervising
from bot.services.register.late_told import near
from bot.services.staff.accounts import Member
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Visit

MOST = 30
_TOWNS = 9
_COUNTY_DIGITS = 6


def tell(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """The homes visited, and those gone to in vain, in the days named, else in this month. False: nothing is seen."""
    areas = register.areas(work, member, "visit_record")
    if not areas:
        return False
    first, last = reading.span_of(text, work.today) or (work.today.replace(day=1), work.today)
    rows = work.session.execute(
        select(Visit.on, Visit.kind, Child.household, Child.area)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.on.between(first, last), register.inside(areas))
        .distinct()
    ).all()
    made = Counter(_place(areas, area) for _, kind, _, area in rows if kind == "home_visit")
    vain = Counter(_place(areas, area) for _, kind, _, area in rows if kind == "attempted")
    homes = len({home for _, kind, home, _ in rows if kind == "home_visit"})
    line = texts.phrase("visited.line")
    lines = [line.format(near=near(area), made=made[area], vain=vain[area]) for area in sorted({*made, *vain})]
    args = {
        "first": visit_words.day(first),
        "last": visit_words.day(min(last, work.today)),
        "made": made.total(),
        "homes": homes,
        "vain": vain.total(),
        "lines": "\n".join(lines[:MOST]),
    }
    key = "visited.told.places" if supervising.areas(work, member) and lines else "visited.told"
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    return True


def of_day(work: Work, member: Member, on: date) -> tuple[int, int]:
    """How many homes this member visited on a day, and how many in vain."""
    query = select(Visit.kind, Child.household).join(Child, Child.uid == Visit.child)
    rows = work.session.execute(query.where(Visit.by == member.account, Visit.on == on).distinct()).all()
    kinds = Counter(kind for kind, _ in rows)
    return kinds["home_visit"], kinds["attempted"]


def _place(areas: tuple[str, ...], area: str) -> str:
    """A county is told by its townships, everything smaller by its villages."""
    return area[:_TOWNS] if any(len(one) <= _COUNTY_DIGITS for one in areas) else area
