"""The papers of 委托照护 as data for a page to print: agreement, written notices, letters about refusal, the end.

The sources prescribe no form (agreement: PROPOSED; notices: WBF-23). A paper holds what its reader needs and no more:
nothing of the screening, nothing of what the child said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.care import entrusted
from bot.services import journal
from bot.services.entrusted.doing import carer_words
from bot.services.entrusted.records import PARENTS, data, delivered, reach
from bot.services.register import children
from bot.services.register.children import Around
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import CareArrangement

COUNTY = "county_caseworker"
_SIGNED = ("agreement_signed", *(one for one in entrusted.states() if entrusted.in_force(one)))
_REFUSED = ("refusal_reported", "temporary_care", "admonition_requested")
STATES: Mapping[str, tuple[str, ...]] = {
    "agreement": ("assessed", "child_heard", *_SIGNED),
    "notice_school": _SIGNED,
    "notice_committee": _SIGNED,
    "refusal": _REFUSED,
    "temporary": _REFUSED,
    "admonition": _REFUSED,
    "ended_school": (entrusted.ENDED,),
    "ended_committee": (entrusted.ENDED,),
}
"""In which states a paper has its place."""
RECIPIENTS: Mapping[str, str] = {"ended_school": "school", "ended_committee": "committee"}
OF_THE_COUNTY = ("admonition",)
"""Papers civil affairs of the county writes: it coordinates, the admonition itself is given by police or court."""


@dataclass(frozen=True)
class Paper:
    """What stands on a paper. `parents`: on file, with phones; `phones`: as the family told them."""

    kind: str
    row: CareArrangement
    child: str
    born: str
    school: str
    parents: tuple[Around, ...]
    phones: str
    carer: str
    kept: dict[str, Any]
    notices: dict[str, date]
    on: date
    by: str


def offered(work: Work, row: CareArrangement, held: tuple[str, ...]) -> tuple[str, ...]:
    """The papers that can be printed for an arrangement now, by these roles."""
    given = delivered(work, row)
    return tuple(
        kind
        for kind, states in STATES.items()
        if row.state in states
        and (kind not in OF_THE_COUNTY or COUNTY in held)
        and (kind not in RECIPIENTS or RECIPIENTS[kind] in given)
        and not (kind == "notice_school" and data(work, row).get("facts", {}).get("enrolled") == "no")
    )


def make(work: Work, member: Member, uid: str, kind: str) -> Paper | None:
    """A paper; taking it is journalled. None: forbidden, absent, or it has no place now."""
    found = reach(work, member, uid)
    if found is None or kind not in offered(work, *found):
        return None
    journal.record(work, member.account, "arrangement paper", uid, kind=kind)
    return of(work, found[0], kind, member.name)


def of(work: Work, row: CareArrangement, kind: str, by: str) -> Paper:
    """What stands on a paper, for callers who have checked the right to it; `by`: who takes it."""
    kept = data(work, row)
    child = children.row(work, row.child) if row.child is not None else None
    known = children.profile(work, child) if child is not None else {}
    return Paper(
        kind,
        row,
        str(known.get("name", "")),
        str(known.get("birth_date", "")),
        str(known.get("school") or kept.get("school") or ""),
        tuple(one for one in children.around(work, child) if one.kind in PARENTS) if child is not None else (),
        str(kept.get("phones") or ""),
        carer_words(kept),
        kept,
        delivered(work, row),
        work.today,
        by,
    )
