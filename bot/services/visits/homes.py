"""Which household somebody means: by a child's name, by the family's, or chosen from the most urgent."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import or_, select

from bot.care import roles
from bot.reading.persons import names_heard, people
from bot.reading.staff import staff_asides
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.visits import stand_ins, visitors
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Responsibility

MOST_CHOICES = 8
MOST_LOOKED_AT = 2000


def writer_or_say(work: Work, conversation: str, inbox_id: int) -> Member | None:
    """Whoever may record visits and is bound here; others hear truthfully why not, and None is returned."""
    return _member_or_say(work, conversation, inbox_id, "write", "visits.not_your_post")


def reader_or_say(work: Work, conversation: str, inbox_id: int) -> Member | None:
    """Whoever may read visit records and is bound here; others hear truthfully why not, and None is returned."""
    return _member_or_say(work, conversation, inbox_id, "read", "visits.not_staff")


def _member_or_say(work: Work, conversation: str, inbox_id: int, mode: str, otherwise: str) -> Member | None:
    member = accounts.member(work, conversation)
    if member is None:
        mailbox.say(work, conversation, "visits.not_staff", reply_to=inbox_id)
        return None
    posts = visitors.areas_of(work, member, work.today)
    if not any(roles.may(role, "visit_record", mode) for role, _ in posts):
        mailbox.say(work, conversation, otherwise, reply_to=inbox_id)
        return None
    return member


def of_member(work: Work, member: Member) -> dict[str, list[Child]]:
    """The households whose visits a member may record, with their children in service."""
    on = work.today
    areas = [area for role, area in visitors.areas_of(work, member, on) if roles.may(role, "visit_record", "write")]
    if not areas:
        return {}
    answers_for = or_(*(Responsibility.area.startswith(area) for area in areas))
    rows = work.session.scalars(
        select(Child)
        .join(Responsibility, Responsibility.child == Child.uid)
        .where(
            Responsibility.duty == visit_plans.DUTY,
            or_(answers_for, Child.uid.in_(stand_ins.sent(work, member.account))),
            Responsibility.since <= on,
            or_(Responsibility.until.is_(None), Responsibility.until > on),
            Child.state.in_(register.IN_SERVICE),
        )
        .order_by(Child.number)
        .limit(MOST_LOOKED_AT)
    )
    homes: dict[str, list[Child]] = defaultdict(list)
    for child in rows:
        homes[child.household].append(child)
    return homes


def named(work: Work, member: Member, text: str) -> str | None:
    """The one household whose child or family is named in a message; None: none is, or more than one could be."""
    homes = {
        home: [visit_words.name(work, child) for child in children]
        for home, children in of_member(work, member).items()
    }
    for fits in _FITS:
        found = [home for home, names in homes.items() if any(fits(name, text) for name in names)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def went_to(work: Work, member: Member, home: str, text: str) -> bool:
    """Whether somebody went to this home: 去了老王家; not 王小明去了姥姥家."""
    names = [visit_words.name(work, child) for child in visit_lists.read_at_home(work, member, home)]
    if any(reading.gone_to(name, text) or reading.of_its_home(name, text) for name in called(work, member, home)):
        return True
    return any(fits(name, gone_to) for gone_to in reading.homes_gone_to(text) for name in names for fits in _FITS)


def called(work: Work, member: Member, home: str) -> tuple[str, ...]:
    """What the children of a home are called, whole and by their given names."""
    names = [visit_words.name(work, child) for child in visit_lists.read_at_home(work, member, home)]
    given = [name.removeprefix(people.surname(name)) for name in names]
    return (*names, *(one for one in given if len(one) > 1))


def empty(work: Work, member: Member, home: str, text: str) -> bool:
    """Whether nobody was met at this home and nothing is told of how it is there: 梦瑶那没人 她爷放羊去了."""
    heard = reading.read(text, work.today)
    told = heard.outcome or heard.sections or heard.child_says
    return not told and staff_asides.absent(called(work, member, home), text)


def from_its_name(work: Work, member: Member, home: str, text: str) -> tuple[str, str]:
    """A message up to the name of this home, and from it on; all of it is of the home where it is named by its sound or
    its family only."""
    places = [at for name in called(work, member, home) if (at := text.find(name)) >= 0]
    at = min(places, default=0)
    return text[:at], text[at:]


def without_name(work: Work, member: Member, home: str | None, text: str) -> str:
    """A message without the name of this home in front of what is said of it: 佳怡家就学改成没了解."""
    names = sorted(called(work, member, home), key=len, reverse=True) if home is not None else []
    return reading.without_names(names, text)


def begins_with(work: Work, member: Member, home: str, text: str) -> bool:
    """Whether a message begins with the name of a child of this home: what it tells is of that child."""
    return text.strip().startswith(called(work, member, home))


def _by_name(name: str, text: str) -> bool:
    return name in text


def _by_given_name(name: str, text: str) -> bool:
    given = name.removeprefix(people.surname(name))
    return len(given) > 1 and given in text


def _by_family(name: str, text: str) -> bool:
    return reading.names_family(people.surname(name), text)


def _by_sound(name: str, text: str) -> bool:
    return bool(heard_as(name, text))


def heard_as(name: str, text: str) -> str:
    """How a name is written in words that have it by its sound only, as voice input does (心怡); empty: they do not."""
    given = name.removeprefix(people.surname(name))
    return names_heard.heard(name, text) or names_heard.heard(given, text)


_FITS = (_by_name, _by_given_name, _by_family, _by_sound)
"""How a home may be named, the surest way first."""


def every_named(work: Work, member: Member, text: str) -> list[str]:
    """The households whose children are named in a message by name or given name, in the order of the words."""
    found: dict[str, int] = {}
    for home, children in of_member(work, member).items():
        names = [visit_words.name(work, child) for child in children]
        names += [given for name in names if len(given := name.removeprefix(people.surname(name))) > 1]
        places = [at for name in names if (at := text.find(name)) >= 0]
        if places:
            found[home] = min(places)
    return sorted(found, key=lambda home: found[home])


def choices(work: Work, member: Member, value: str = "visit.which=") -> list[list[str]]:
    """Buttons for the most urgent households, then the others, as many as fit; `value` is what stands before each."""
    homes = of_member(work, member)
    urgent = [stop.household for stop in visit_lists.mine(work, member) if stop.household in homes]
    order = list(dict.fromkeys([*urgent, *homes]))[:MOST_CHOICES]
    return [[visit_words.names(work, homes[home]), f"{value}{home}"] for home in order]
