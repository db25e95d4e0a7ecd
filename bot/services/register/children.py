"""The register: which children a member may see and change, and what stands in a file. Deny by default (roles.yml)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from bot.care import children as rules
from bot.care import roles, visits
from bot.services.staff.accounts import Member, valid_post
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import AwaySpan, Child, ChildChange, Household, Person, Post, Tie

BASIC, SENSITIVE, RESULT, LEVEL = "child_basic", "child_sensitive", "eligibility_result", "guardianship_assessment"
BY_AREA = frozenset({"village", "township", "county"})
IN_SERVICE = ("active", "away")
LISTED = ("draft", *IN_SERVICE)
UNASSESSED = "unassessed"
PROFILE, ADDRESS, PERSON, TAGS, CHANGE = (
    "children.profile",
    "households.address",
    "people.profile",
    "children.tags",
    "child_changes.detail",
)


@dataclass(frozen=True)
class Outcome:
    """What came of an act on a file: allowed, or the refusal ("absent": none such that you may see)."""

    allowed: bool
    refusal: str | None = None
    child: Child | None = None
    waiting: bool = False


ABSENT = Outcome(False, "absent")


def posts(work: Work, member: Member) -> list[tuple[str, str]]:
    """The posts a member acts in now: the own ones, and those of people away whose deputy the member is."""
    on = work.today
    rows = work.session.execute(
        select(Post.role, Post.area)
        .join(AwaySpan, AwaySpan.account == Post.account)
        .where(AwaySpan.deputy == member.account, AwaySpan.since <= on, AwaySpan.until >= on, *valid_post(work))
    )
    return list(dict.fromkeys([*member.posts, *((role, area) for role, area in rows)]))


def areas(work: Work, member: Member, resource: str = BASIC, mode: str = "read") -> tuple[str, ...]:
    """The divisions in which a member may read or write a resource, widest first, none inside another."""
    found = sorted(
        {area for role, area in posts(work, member) if area and BY_AREA & set(roles.may(role, resource, mode))}, key=len
    )
    return tuple(area for at, area in enumerate(found) if not any(area.startswith(wide) for wide in found[:at]))


def inside(areas: Collection[str], column: Any = Child.area) -> ColumnElement[bool]:
    """The condition that an area lies in one of these divisions."""
    return or_(false(), *((column >= area) & (column < f"{area}:") for area in areas))


def visible(work: Work, member: Member, resource: str = BASIC, mode: str = "read") -> Select[Child]:
    """All children whose file this member may read or write, by residence, as a query to narrow further.

    The county of the hukou sees, read only, the files it shares (roles.yml, partner).
    """
    grants = [inside(areas(work, member, resource, mode))]
    for role, area in posts(work, member):
        if area and "partner" in roles.may(role, resource, mode):
            grants.append(inside((area,), Child.hukou_area))
    return select(Child).where(or_(*grants))


def reach(
    work: Work, member: Member, uid: str, resource: str = BASIC, mode: str = "read", *, lock: bool = False
) -> Child | None:
    """One child this member may read or write; None for a forbidden and for an absent one alike."""
    query = visible(work, member, resource, mode).where(Child.uid == uid)
    return work.session.scalar(query.with_for_update() if lock else query)


def row(work: Work, uid: str) -> Child:
    """The row of a child that is known to be there. For callers who have checked the right to see it."""
    return work.session.get_one(Child, uid)


def profile(work: Work, child: Child) -> dict[str, Any]:
    """Who the child is: name, birth_date (ISO), sex, school, hukou_told, notes; what is not known is not there."""
    opened: dict[str, Any] = work.open(PROFILE, child.uid, child.profile_sealed)
    return opened


def keep_profile(work: Work, child: Child, kept: dict[str, Any]) -> None:
    """Seal a changed profile; empty values go."""
    child.profile_sealed = work.seal(PROFILE, child.uid, {name: value for name, value in kept.items() if value})
    child.changed_at = work.now


def born(profile: dict[str, Any]) -> date | None:
    """The birth date of a profile."""
    return date.fromisoformat(profile["birth_date"]) if profile.get("birth_date") else None


def planned_level(child: Child) -> str:
    """The level visits go by: of one that nobody has confirmed yet and the one before, the stricter (visits.md §3)."""
    level = child.level or UNASSESSED
    return level if child.level_waits_since is None else visits.stricter(child.level_before or UNASSESSED, level)


def tags(work: Work, child: Child) -> list[rules.Tag]:
    """The key-focus tags as last computed."""
    if child.tags_sealed is None:
        return []
    kept = work.open(TAGS, child.uid, child.tags_sealed)
    return [rules.Tag(tag["tag"], tuple(tag["from"]), tag["certain"]) for tag in kept]


def address(work: Work, household: Household) -> str:
    """Where a household lives, in the words of whoever wrote it down; empty when nobody has."""
    return str(work.open(ADDRESS, household.uid, household.address_sealed)) if household.address_sealed else ""


@dataclass(frozen=True)
class Around:
    """Somebody tied to a child now: father, mother, guardian, carer, and how to reach them."""

    person: str
    kind: str
    relation: str | None
    name: str
    phone: str
    since: date
    joined: bool


def around(work: Work, child: Child) -> list[Around]:
    """The people tied to a child now."""
    rows = work.session.execute(
        select(Tie, Person)
        .join(Person, Person.uid == Tie.person)
        .where(Tie.child == child.uid, or_(Tie.until.is_(None), Tie.until > work.today))
        .order_by(Tie.kind, Tie.since)
    )
    found = []
    for tie, person in rows:
        known = work.open(PERSON, person.uid, person.profile_sealed)
        found.append(
            Around(
                person.uid,
                tie.kind,
                tie.relation,
                known.get("name", ""),
                known.get("phone", ""),
                tie.since,
                person.joined_at is not None,
            )
        )
    return found


def tie(work: Work, child: Child, kind: str, name: str, phone: str = "", relation: str | None = None) -> Tie:
    """Tie a parent, guardian or carer to a child from today; siblings share one person of the same name and phone."""
    person = _known_person(work, child, name, phone) or _new_person(work, name, phone)
    made = Tie(
        uid=opaque_id(), child=child.uid, person=person.uid, kind=kind, relation=relation or None, since=work.today
    )
    work.session.add(made)
    child.changed_at = work.now
    work.session.flush()
    return made


def _known_person(work: Work, child: Child, name: str, phone: str) -> Person | None:
    """Somebody of that name and phone who is tied to a child of the same household already."""
    rows = work.session.scalars(
        select(Person)
        .join(Tie, Tie.person == Person.uid)
        .join(Child, Child.uid == Tie.child)
        .where(Child.household == child.household)
        .distinct()
    )
    for person in rows:
        known = work.open(PERSON, person.uid, person.profile_sealed)
        if known.get("name") == name and (not phone or known.get("phone", phone) == phone):
            return person
    return None


def _new_person(work: Work, name: str, phone: str) -> Person:
    uid = opaque_id()
    person = Person(
        uid=uid,
        profile_sealed=work.seal(PERSON, uid, {"name": name, **({"phone": phone} if phone else {})}),
        phone_key=work.vault.blind("phone", phone) if phone else None,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    return person


def note_change(work: Work, child: Child, kind: str, by: str | None, **detail: Any) -> None:
    """Write down a change of a file, for its history and for the quarterly update (JL-3.8.c)."""
    uid = opaque_id()
    child.changed_at = work.now
    work.session.add(
        ChildChange(
            uid=uid,
            child=child.uid,
            kind=kind,
            detail_sealed=work.seal(CHANGE, uid, detail) if detail else None,
            by=by,
            at=work.now,
            quarter=rules.quarter(work.today),
        )
    )


def change_detail(work: Work, row: ChildChange) -> dict[str, Any]:
    """What a change was about."""
    if row.detail_sealed is None:
        return {}
    opened: dict[str, Any] = work.open(CHANGE, row.uid, row.detail_sealed)
    return opened
