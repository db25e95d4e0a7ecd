"""Putting a child on file (建档, JL-3.8.a/b): by the director in chat, with the supervisor's review, or by import.

Whoever may be on file already is proposed to a person and never merged silently.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update

from bot.care import children as rules
from bot.care import receipt, roles
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import assessing, children, moving, reviewing
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Household, Tie

NUMBER_LENGTH = 8
SEXES = ("male", "female")
SCHOOL, ADDRESS, LEVEL, STATE, BIRTH, NAME, SEX = "school", "address", "level", "state", "birth_date", "name", "sex"
ENDS = ("parent_resumed", "staff_closed", "over_age", "moved_out", "died")


@dataclass(frozen=True)
class Kin:
    """A parent, guardian or carer as told: `kind` father, mother, guardian or carer."""

    kind: str
    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Entry:
    """A child to put on file. `area`: 12-digit code of the village; `household`: the uid of siblings' household."""

    name: str
    area: str
    birth_date: date | None = None
    sex: str = ""
    hukou_area: str | None = None
    address: str = ""
    household: str | None = None
    school: str = ""
    identity: str = ""
    level: str | None = None
    notes: tuple[str, ...] = ()
    kin: tuple[Kin, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def register(work: Work, member: Member, entry: Entry) -> Outcome:
    """Put a child on file for a member. A director's file waits for review where somebody is there to review it.

    Refusals: "actor_not_allowed" (not his place), and those of `wrong`.
    """
    if not any(entry.area.startswith(area) for area in children.areas(work, member, mode="write")):
        return Outcome(False, "actor_not_allowed")
    refusal = wrong(entry, work.today)
    if refusal is not None:
        return Outcome(False, refusal)
    own = {role for role, area in children.posts(work, member) if roles.covers(area, entry.area)}
    reviewers = [] if own & set(reviewing.REVIEWERS) else reviewing.reviewers(work, entry.area)
    child = put(work, entry, by=member.account, state="draft" if reviewers else "active")
    if own & set(reviewing.REVIEWERS):
        child.reviewed_at, child.reviewed_by = work.now, member.account
    for account in reviewers:
        if account.conversation is not None:
            args = {"number": child.number, "child": child.uid}
            key = f"child review:{child.uid}:{account.uid}"
            mailbox.say(
                work,
                account.conversation,
                "child.review.wanted",
                args,
                push=True,
                natural_key=key,
                not_before=moving.allowed(work),
            )
    return Outcome(True, None, child, waiting=bool(reviewers))


def wrong(entry: Entry, today: date) -> str | None:
    """Why an entry cannot be taken: name_missing, birth_in_future, over_age, level_unknown; None when it can."""
    if not entry.name.strip():
        return "name_missing"
    if entry.birth_date is not None and entry.birth_date > today:
        return "birth_in_future"
    if entry.birth_date is not None and rules.age(entry.birth_date, today) >= rules.AGE_LIMIT["hardship"]:
        return "over_age"
    return "level_unknown" if entry.level not in (None, *rules.LEVELS) else None


def put(work: Work, entry: Entry, *, by: str | None, state: str = "active") -> Child:
    """Write a child's file: household, profile, ties, the office that answers from today, first facts."""
    today = work.today
    uid = opaque_id()
    profile = {
        NAME: entry.name.strip(),
        BIRTH: entry.birth_date.isoformat() if entry.birth_date else "",
        SEX: entry.sex,
        SCHOOL: entry.school,
        "notes": list(entry.notes),
    }
    child = Child(
        uid=uid,
        number=receipt.new_code(secrets.token_bytes, length=NUMBER_LENGTH),
        household=entry.household or _household(work, entry),
        area=entry.area,
        hukou_area=entry.hukou_area,
        profile_sealed=work.seal(children.PROFILE, uid, {name: value for name, value in profile.items() if value}),
        identity_key=work.vault.blind("identity", entry.identity) if entry.identity else None,
        state=state,
        level=entry.level,
        level_since=today if entry.level else None,
        level_by=by if entry.level else None,
        key_focus=False,
        filed_on=today,
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(child)
    work.session.flush()
    for one in entry.kin:
        children.tie(work, child, one.kind, one.name, one.phone, one.relation)
    moving.begin(work, child)
    children.note_change(work, child, "filed", by)
    if entry.facts:
        facts = dict(entry.facts)
        if entry.birth_date:
            facts[assessing.BIRTH] = entry.birth_date.isoformat()
        assessing.attach(work, child, facts, by=by, source="import" if by is None else "staff")
    journal.record(work, by or "system", "child filed", uid)
    return child


def _household(work: Work, entry: Entry) -> str:
    uid = opaque_id()
    sealed = work.seal(children.ADDRESS, uid, entry.address) if entry.address else None
    work.session.add(Household(uid=uid, area=entry.area, address_sealed=sealed, created_at=work.now))
    work.session.flush()
    return uid


def review(work: Work, member: Member, uid: str) -> Outcome:
    """Confirm a new file. Refusals: absent, actor_not_allowed (one's own file, or not a reviewer), already."""
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if not reviewing.reviews(work, member, child):
        return Outcome(False, "actor_not_allowed", child)
    if child.reviewed_at is not None:
        return Outcome(False, "already", child)
    child.reviewed_at, child.reviewed_by = work.now, member.account
    child.level_waits_since = child.level_before = None  # who confirms a new file confirms its level
    if child.state == "draft":
        child.state = "active"
    children.note_change(work, child, "reviewed", member.account)
    journal.record(work, member.account, "child reviewed", uid)
    return Outcome(True, None, child)


def change(work: Work, member: Member, uid: str, what: str, value: str) -> Outcome:
    """Change one thing of a file: name, sex, birth_date, school, address, level (good, average), state (active, away).

    Refusals: absent, no_such_fact, wrong_value.
    """
    child = children.reach(work, member, uid, children.LEVEL if what == LEVEL else children.BASIC, "write", lock=True)
    if child is None:
        return ABSENT
    if what not in CHANGEABLE:
        return Outcome(False, "no_such_fact", child)
    value = value.strip()
    if not (value in rules.LEVELS if what == LEVEL else _CHANGES[what](work, child, value)):
        return Outcome(False, "wrong_value", child)
    children.note_change(work, child, what, member.account)
    if what == LEVEL:
        reviewing.set_level(work, member, child, value, work.today)
    else:
        journal.record(work, member.account, "child changed", uid, what=what)
    if what == BIRTH:
        assessing.look_again(work, child, member.account, "staff")
    work.session.flush()
    return Outcome(True, None, child)


def _set_profile(what: str) -> Any:
    def write(work: Work, child: Child, value: str) -> bool:
        if not value or (what == SEX and value not in SEXES):
            return False
        if what == BIRTH and not _is_birth(value, work.today):
            return False
        children.keep_profile(work, child, {**children.profile(work, child), what: value})
        return True

    return write


def _is_birth(value: str, today: date) -> bool:
    try:
        born = date.fromisoformat(value)
    except ValueError:
        return False
    return born <= today and rules.age(born, today) < rules.AGE_LIMIT["hardship"]


def _set_address(work: Work, child: Child, value: str) -> bool:
    home = work.session.get_one(Household, child.household)
    home.address_sealed = work.seal(children.ADDRESS, home.uid, value) if value else None
    return True


def _set_state(work: Work, child: Child, value: str) -> bool:
    if value not in children.IN_SERVICE or child.state not in children.IN_SERVICE:
        return False
    child.state = value
    return True


_CHANGES = {
    **{what: _set_profile(what) for what in (NAME, SEX, BIRTH, SCHOOL)},
    ADDRESS: _set_address,
    STATE: _set_state,
}
CHANGEABLE = (*_CHANGES, LEVEL)


def new_carer(work: Work, member: Member, uid: str, name: str, relation: str = "", phone: str = "") -> Outcome:
    """Somebody else looks after the child from today, and whoever did before no longer.

    Refusals: absent, name_missing.
    """
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if not name:
        return Outcome(False, "name_missing", child)
    work.session.execute(
        update(Tie).where(Tie.child == uid, Tie.kind == "carer", Tie.until.is_(None)).values(until=work.today)
    )
    children.tie(work, child, "carer", name, phone, relation)
    children.note_change(work, child, "carer", member.account)
    journal.record(work, member.account, "child changed", uid, what="carer")
    return Outcome(True, None, child)


def note(work: Work, member: Member, uid: str, remark: str, *, holds: bool) -> Outcome:
    """Put a remark that plays a part in key focus into the file, or take it out. Refusals: absent, no_such_fact."""
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if remark not in rules.notes():
        return Outcome(False, "no_such_fact", child)
    profile = children.profile(work, child)
    kept = [known for known in profile.get("notes", ()) if known != remark] + ([remark] if holds else [])
    children.keep_profile(work, child, {**profile, "notes": kept})
    children.note_change(work, child, "note", member.account, remark=remark, holds=holds)
    journal.record(work, member.account, "child changed", uid, what="note")
    assessing.look_again(work, child, member.account, "staff")
    return Outcome(True, None, child)


def end(work: Work, member: Member, uid: str, reason: str, words: str) -> Outcome:
    """Close a file, with the reason in words. Only a reviewer may: nothing is dropped by one person of the village.

    Refusals: absent, actor_not_allowed, no_such_fact, reason_missing.
    """
    child = children.reach(work, member, uid, mode="write", lock=True)
    if child is None:
        return ABSENT
    if not reviewing.reviews(work, member, child):
        return Outcome(False, "actor_not_allowed", child)
    if reason not in ENDS:
        return Outcome(False, "no_such_fact", child)
    if not words.strip():
        return Outcome(False, "reason_missing", child)
    child.state, child.ended_on, child.end_reason = "ended", work.today, reason
    children.note_change(work, child, "ended", member.account, reason=reason, words=words.strip())
    journal.record(work, member.account, "child ended", uid, reason=reason)
    return Outcome(True, None, child)


def siblings(work: Work, child: Child) -> list[Child]:
    """The other children of the household on file."""
    query = select(Child).where(
        Child.household == child.household, Child.uid != child.uid, Child.state.in_(children.LISTED)
    )
    return list(work.session.scalars(query.order_by(Child.number)))
