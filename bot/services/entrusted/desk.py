"""委托照护 on the staff page: the arrangements of a place, one of them with every move its holder may try, and acts.

What a move asks comes from its guard in the policy: facts become choices, and some are proven by what is written down
(a named person, the four factors, who listened). Reads are journalled by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from bot.care import entrusted, roles
from bot.services.entrusted import arrangements, steps
from bot.services.entrusted import pair as entrusted_pair
from bot.services.entrusted.doing import carer_words
from bot.services.entrusted.records import RESOURCE, Notice, acknowledged, data, notices, reach
from bot.services.register import children
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Account, ArrangementMove, CareArrangement

OPEN, LATE, OVER = "open", "late", "over"
GROUPS = (OPEN, LATE, OVER)
FIRST = ("state_protection", "refusal_reported", "concern", "temporary_care", "admonition_requested", "persuasion")
"""States that stand first in the list."""
PROVEN: Mapping[str, tuple[str, ...]] = {
    "candidate_named": ("carer", "carer_relation", "carer_phone"),
    "four_factors_recorded": steps.FACTORS,
    "not_able_reason": ("why_not",),
    "heard_in_private": ("listener", "child_words"),
    "care_person_recorded": ("temporary_who", "temporary_where", "temporary_since"),
    "emergency_sign": ("finding",),
}
"""Facts that what is written down proves, and what is to be written for each."""
ALSO: Mapping[str, tuple[str, ...]] = {"new_candidate": PROVEN["candidate_named"]}
NOT_ASKED = arrangements.OURS | set(PROVEN) - {"heard_in_private"}
MOST = 200


@dataclass(frozen=True)
class Line:
    """An arrangement in a list."""

    row: CareArrangement
    carer: str
    child: str
    late: bool


@dataclass(frozen=True)
class Ask:
    """One choice of a move's form, with what is known already."""

    fact: str
    values: tuple[str, ...]
    known: str


@dataclass(frozen=True)
class Form:
    """A move as a form: what is chosen, what is written, whether a reason must be given."""

    event: str
    asks: tuple[Ask, ...]
    fields: tuple[str, ...]
    reason_required: bool


@dataclass(frozen=True)
class Happened:
    """One move of the history: when, who in which role, what, from where to where, and why."""

    at: Any
    who: str
    role: str
    event: str
    from_state: str
    to_state: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """One arrangement as the page shows it."""

    row: CareArrangement
    kept: dict[str, Any]
    carer: str
    child: str
    forms: tuple[Form, ...]
    history: tuple[Happened, ...]
    notices: tuple[Notice, ...]
    accepted: bool
    before: CareArrangement | None
    after: CareArrangement | None
    may_write: bool
    late: bool = field(default=False)


def areas(work: Work, member: Member) -> tuple[str, ...]:
    """The places whose arrangements this member may read."""
    return children.areas(work, member, RESOURCE)


def listed(work: Work, member: Member, group: str = OPEN) -> list[Line]:
    """The arrangements of the member's places: open ones, trouble and what is overdue first, or those that ended."""
    query = select(CareArrangement).where(children.inside(areas(work, member), CareArrangement.area))
    if group == OVER:
        query = query.where(CareArrangement.state == entrusted.ENDED)
    else:
        query = query.where(CareArrangement.state != entrusted.ENDED)
    if group == LATE:
        query = query.where(or_(CareArrangement.due_on < work.today, CareArrangement.ask_again_on < work.today))
    rows = work.session.scalars(query.order_by(CareArrangement.changed_at.desc(), CareArrangement.uid).limit(MOST))
    lines = [_line(work, row) for row in rows]
    return sorted(lines, key=lambda line: (line.row.state not in FIRST, not line.late, line.row.due_on or date.max))


def counts(work: Work, member: Member) -> dict[str, int]:
    """How many there are in each group."""
    return {group: len(listed(work, member, group)) for group in GROUPS}


def _line(work: Work, row: CareArrangement) -> Line:
    kept = data(work, row)
    return Line(row, carer_words(kept), _child_name(work, row), _late(work, row))


def _late(work: Work, row: CareArrangement) -> bool:
    days = (row.due_on, row.ask_again_on)
    return row.state != entrusted.ENDED and any(day is not None and day < work.today for day in days)


def _child_name(work: Work, row: CareArrangement) -> str:
    if row.child is None:
        return ""
    return str(children.profile(work, children.row(work, row.child)).get("name", ""))


def sheet(work: Work, member: Member, uid: str) -> Sheet | None:
    """One arrangement with everything its readers may know; None for a forbidden and an absent one alike."""
    found = reach(work, member, uid)
    if found is None:
        return None
    row, held = found
    kept = data(work, row)
    follower = entrusted_pair.successor(work, row)
    return Sheet(
        row,
        kept,
        carer_words(kept),
        _child_name(work, row),
        forms(row, held, kept),
        tuple(_happened(work, move) for move in arrangements.history(work, row)),
        notices(work, row),
        acknowledged(work, row),
        work.session.get(CareArrangement, row.replaces) if row.replaces else None,
        follower,
        any("write" in mode for mode in _modes(held)),
        _late(work, row),
    )


def _modes(held: tuple[str, ...]) -> list[str]:
    return ["write" for role in held if roles.may(role, RESOURCE, "write")]


def forms(row: CareArrangement, held: tuple[str, ...], kept: Mapping[str, Any]) -> tuple[Form, ...]:
    """Every move these roles may try now, as forms; the unpleasant ones last."""
    known = {**kept.get("found", {}), **kept.get("facts", {})}
    made = [_form(offer, known) for offer in entrusted.offers(row.state, held)]
    return tuple(sorted(made, key=lambda form: _LAST.index(form.event) if form.event in _LAST else -1))


_LAST = (
    *("disqualified", "no_good_reason", "objection_overridden", "child_objects", "concern_raised"),
    *("candidate_withdraws", "parent_returned", "parent_stays", "emergency"),
)
"""What leads on stands first; these follow in this order."""


def _form(offer: entrusted.Offer, known: Mapping[str, Any]) -> Form:
    asks = tuple(
        Ask(fact, entrusted.values(fact), _known(fact, known)) for fact in offer.facts if fact not in NOT_ASKED
    )
    written = [name for fact in offer.facts for name in PROVEN.get(fact, ())]
    return Form(offer.event, asks, tuple(dict.fromkeys([*written, *ALSO.get(offer.event, ())])), offer.reason_required)


def _known(fact: str, known: Mapping[str, Any]) -> str:
    """What was recorded before and lasts; what holds for one moment only is asked anew."""
    return "" if fact in arrangements.OF_THE_MOMENT else str(known.get(fact, ""))


def _happened(work: Work, move: ArrangementMove) -> Happened:
    account = work.session.get(Account, move.actor)
    reason = work.open(arrangements.REASON, move.uid, move.reason_sealed) if move.reason_sealed else ""
    name = accounts.name_of(work, account) if account is not None else ""
    return Happened(move.at, name, move.role, move.event, move.from_state, move.to_state, str(reason))
