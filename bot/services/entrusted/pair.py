"""Two arrangements of one child at once: the one in force, and the one that is prepared to follow it (#coexistence).

INTERPRETATION of the end of protection (WBF-93, JL-3.5.g): `new_arrangement` wants a notified successor, yet only one
arrangement may be in force. So a successor whose papers are complete waits while civil affairs or police protect the
child, and the county's `new_arrangement` ends the protection and notifies the successor in one step, both or neither.
No paper of a parent ends a protection.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.care import entrusted
from bot.services.entrusted.records import acknowledged, data, delivered
from bot.services.work import Work
from bot.storage.tables import CareArrangement

NOTICE, AFTER_PROTECTION = "written_notice_recorded", "new_arrangement"
GIVES_NOTICE, SYSTEM = "child_director", "system"


def before(work: Work, row: CareArrangement) -> CareArrangement | None:
    """The arrangement this one is to follow, while that has not ended."""
    old = work.session.get(CareArrangement, row.replaces) if row.replaces else None
    return old if old is not None and old.state != entrusted.ENDED else None


def successor(work: Work, row: CareArrangement) -> CareArrangement | None:
    """The arrangement that is to follow this one, while it has not ended."""
    query = select(CareArrangement).where(CareArrangement.replaces == row.uid, CareArrangement.state != entrusted.ENDED)
    return work.session.scalars(query).first()


def others(work: Work, row: CareArrangement) -> list[CareArrangement]:
    """The arrangements of the same child that have not ended, beside this one."""
    return [one for one in (before(work, row), successor(work, row)) if one is not None]


def together(work: Work, row: CareArrangement) -> entrusted.Together:
    """The arrangements that belong to one child's care at this moment."""
    first = work.session.get_one(CareArrangement, row.replaces) if row.replaces else row
    followers = work.session.scalars(select(CareArrangement).where(CareArrangement.replaces == first.uid))
    return entrusted.together(entrusted.Arrangement(one.uid, one.state, one.replaces) for one in (first, *followers))


def written(work: Work, row: CareArrangement) -> dict[str, Any]:
    """What our own rows prove of the papers of an arrangement: notices given, duties accepted."""
    own: dict[str, Any] = {f"notice_{recipient}": "yes" for recipient in delivered(work, row)}
    return {**own, "duties_explained": "yes"} if acknowledged(work, row) else own


def notice(work: Work, row: CareArrangement) -> entrusted.Move:
    """The step into force of a successor, as its papers stand now; refused while one is missing."""
    facts = {**data(work, row).get("facts", {}), **written(work, row)}
    return entrusted.move(row.state, NOTICE, GIVES_NOTICE, facts)


def successor_facts(work: Work, row: CareArrangement, event: str) -> dict[str, str]:
    """What is so of the successor. For the end of a protection one whose papers are complete counts as notified,
    because it is in the same step."""
    follower = successor(work, row)
    if follower is None:
        return {"successor_open": "no", "successor_state": "none"}
    ready = event == AFTER_PROTECTION and notice(work, follower).allowed
    return {"successor_open": "yes", "successor_state": "notified" if ready else follower.state}


def barred(work: Work, row: CareArrangement, event: str) -> str | None:
    """Why a move that is allowed by itself cannot be made beside the other arrangement; None: nothing bars it."""
    old = before(work, row) if event == NOTICE else None
    if old is None:
        return None
    if old.state == entrusted.PROTECTED:
        return "protection_holds"
    ends = entrusted.move(old.state, "replaced", SYSTEM, {"successor_state": "notified"})
    return None if ends.allowed else "not_together"
