"""Which children staff speak of: by name, by the family's, or those just shown; always only whom they may see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import or_

from bot.reading.persons import names_heard, people
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.register import children, finding
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child

JUST_NOW = timedelta(hours=1)
BUTTONS = 8
_OPENS = ("child.open=", "child.change=", "due:home:", "due:go:")


def named(work: Work, member: Member, text: str) -> list[Child]:
    """The children whose whole name stands in the words; else the given name; else that of the family (老李家); else
    what sounds like a name (心怡家)."""
    names = finding.names(work, member)
    for fits in (_whole, _given, _family, _sound):
        found = [uid for uid, _, name in names if name and fits(name, text)]
        if found:
            return _rows(work, member, found)
    return []


def called(work: Work, member: Member, text: str) -> list[Child]:
    """The children whose whole name, else whose given name stands in the words as it is written."""
    names = finding.names(work, member)
    for fits in (_whole, _given):
        if found := [uid for uid, _, name in names if name and fits(name, text)]:
            return _rows(work, member, found)
    return []


def shown(work: Work, member: Member, conversation: str, inbox_id: int) -> list[Child]:
    """The children of what was said here last, within the hour: of a list, a card, a home."""
    said = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if said is None:
        return []
    args = mailbox.args_of(work, said)
    values = [str(choice[1]) for choice in args.get("choices") or ()]
    marks = [value.removeprefix(head) for value in values for head in _OPENS if value.startswith(head)]
    marks += [*map(str, args.get("children") or ()), str(args.get("home") or "")]
    return _rows(work, member, [mark for mark in marks if mark])


def _rows(work: Work, member: Member, marks: Collection[str]) -> list[Child]:
    """Those of these children, or of these households, whom a member may see."""
    query = children.visible(work, member).where(
        Child.state.in_(children.LISTED), or_(Child.uid.in_(marks), Child.household.in_(marks))
    )
    return list(work.session.scalars(query.order_by(Child.area, Child.next_due, Child.number)))


def _whole(name: str, text: str) -> bool:
    return len(name) > 1 and name in text


def _given(name: str, text: str) -> bool:
    given = name.removeprefix(people.surname(name))
    return len(given) > 1 and given in text


def _family(name: str, text: str) -> bool:
    return reading.names_family(people.surname(name), text)


def _sound(name: str, text: str) -> bool:
    return bool(names_heard.heard(name, text) or names_heard.heard(name.removeprefix(people.surname(name)), text))
