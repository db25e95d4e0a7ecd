"""委托照护: an arrangement is begun, told about, and moved from state to state; two of one child stand side by side.

Every move is judged by `care.entrusted.move`. What only we can know (notices given, duties accepted, whether a
successor is open) is never taken from anybody's word: it is read from our own rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.care import calendar, entrusted, parameters
from bot.care import children as rules
from bot.services import journal
from bot.services.entrusted import pair as entrusted_pair
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted import ties as entrusted_ties
from bot.services.entrusted.pair import AFTER_PROTECTION, NOTICE, before, others, successor
from bot.services.entrusted.records import ABSENT, DATA, Outcome, data, keep, of_a_parent, reach
from bot.services.register import children
from bot.services.staff.accounts import Member
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import ArrangementMove, CareArrangement, CareTask, Child

TASK = "entrusted"
PARENT, CARER, SYSTEM = "parent_guardian", "entrusted_carer", "system"
BOTH = frozenset({"emergency", "parent_stays", "parent_returned", "child_turns_18"})
NAMING = frozenset({"new_carer_agreed", "improvement_agreed", "placement_planned"})
NO_LONGER_NEEDED = frozenset({"replacement_dropped", "returned_to_guardian"})
"""Moves after which nobody is to follow the arrangement in force."""
ANEW = frozenset({"new_candidate", "child_objects"})
OF_CANDIDATE = (
    *("d1", "d2", "d3", "d4", "full_capacity", "care_ability", "four_factors_recorded", "special_care_bar"),
    *("child_opinion", "heard_in_private", "not_able_reason", "override_recorded", "both_signed"),
)
OF_THE_FAMILY = ("parent", "phone", "phones", "reason", "away", "school", "stays", "contact_plan", "decides")
"""What a successor takes over from the arrangement before it."""
ABOUT_CANDIDATE = (
    "carer",
    "carer_relation",
    "carer_phone",
    "said",
    "doubts",
    "found",
    "factors",
    "hearing",
    "again",
    "signed_on",
)
OURS = frozenset(
    {
        *("notice_school", "notice_committee", "duties_explained", "successor_open", "successor_state"),
        *("override_recorded", "child_age_years", "actor_conflicted", "reason"),
    }
)
"""Facts nobody can tell us: they are read from what was recorded."""
OF_THE_MOMENT = frozenset(
    {
        *("immediate_danger", "carer_able", "parents_want_change", "review_improved", "check_recorded"),
        *("parents_agree", "parents_refuse", "carer_refuses", "both_signed", "assessed_safe", "parent_capable"),
        *("emergency_sign", "child_state"),
    }
)
"""Facts told with one move that say nothing about the next: what was no danger then is unknown now."""
OF_FAMILIES = frozenset(
    {
        *("absence", "candidate_named", "parents_want_change", "parents_agree", "parents_refuse", "carer_refuses"),
        *("carer_able", "both_signed", "parent_capable", "emergency_sign", "child_state"),
    }
)
"""What a parent may tell. What staff find out (the child's opinion, the screening, whether a return is safe) is not."""
OF_CARERS = frozenset({"both_signed", "emergency_sign"})
HEARD_ANEW = frozenset({"child_objects", "child_opinion_recorded"})
TOLD, REASON = "arrangement_moves.told", "arrangement_moves.reason"

NEXT_STEP = {"agreement_signed": "entrusted.notice.written_within", "active": "entrusted.director_contact.every"}
"""INTERPRETATION: from signing on the written notice is due, and care that has begun is looked at within the month;
the policy's table names these periods at the move after."""


@dataclass(frozen=True)
class By:
    """Who acts: the role acted in, and the account, conversation or "system" behind it."""

    role: str
    actor: str
    name: str = ""


def begin(
    work: Work,
    conversation: str | None,
    area: str,
    told: Mapping[str, Any],
    *,
    child: str | None = None,
    by: By | None = None,
) -> CareArrangement:
    """A parent tells of being away: an arrangement in `need_identified`, handed to the office of the place (WBF-22).

    `told`: the parties and everything said, with `facts` for what answers the policy's questions. `by`: a member of
    staff who writes it down for the family; then nobody else is told. Raises ValueError when the child has one already.
    """
    if child is not None and of_child(work, child):
        raise ValueError("this child has an arrangement that has not ended")
    facts = {"absence": "yes", **told.get("facts", {})}
    row = _made(work, area, {**told, "facts": facts}, "none", conversation=conversation, child=child)
    who = by or _parent(row)
    _moved(work, row, "absence_reported", entrusted.move("none", "absence_reported", who.role, facts), who, "")
    if by is None:
        payload = {"arrangement": row.uid, **_task_words(told)}
        care_tasks.make(work, TASK, area, payload, conversation, f"entrusted:{row.uid}")
    return row


def of_child(work: Work, child: str) -> list[CareArrangement]:
    """The arrangements of a child that have not ended, the one in force or oldest first."""
    query = select(CareArrangement).where(CareArrangement.child == child, CareArrangement.state != entrusted.ENDED)
    return list(work.session.scalars(query.order_by(CareArrangement.created_at, CareArrangement.uid)))


def place(work: Work, row: CareArrangement, child: Child) -> None:
    """The arrangement is about this child on file: from now on the file says where it is, and how old the child."""
    row.child, row.area = child.uid, child.area
    birth = _born(work, child.uid)
    last = rules.birthday(birth, rules.AGE_LIMIT["hardship"]) if birth is not None else None
    row.of_age_on = last + timedelta(days=1) if last is not None else None
    work.session.flush()


def _task_words(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": "",
        "contact": str(told.get("phone", "")),
        "recap": str(told.get("recap", "")),
        "result": "",
    }


def _made(
    work: Work,
    area: str,
    data: dict[str, Any],
    state: str,
    *,
    conversation: str | None = None,
    child: str | None = None,
    replaces: str | None = None,
) -> CareArrangement:
    uid = opaque_id()
    row = CareArrangement(
        uid=uid,
        area=area,
        state=state,
        conversation=conversation,
        child=child,
        replaces=replaces,
        candidate=1,
        data_sealed=work.seal(DATA, uid, data),
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    if child is not None:
        place(work, row, work.session.get_one(Child, child))
    return row


def step(
    work: Work, member: Member, uid: str, event: str, told: Mapping[str, Any] | None = None, reason: str = ""
) -> Outcome:
    """One move by a member of staff, with what is told along with it. A refused move keeps nothing of what was told."""
    found = reach(work, member, uid, lock=True)
    if found is None:
        return ABSENT
    row, held = found
    tried = [make(work, row, event, By(role, member.account, member.name), told, reason) for role in held[:1]]
    for role in held[1:]:
        if tried[-1].refusal != "actor_not_allowed":
            break
        tried.append(make(work, row, event, By(role, member.account, member.name), told, reason))
    if tried[-1].allowed:
        done = {"state": "done", "done_at": work.now, "done_by": member.account}
        opened = (CareTask.natural_key == f"entrusted:{uid}", CareTask.state == "open")
        work.session.execute(update(CareTask).where(*opened).values(**done))
    return tried[-1]


def step_of_family(
    work: Work, conversation: str, uid: str, event: str, told: Mapping[str, Any] | None = None, reason: str = ""
) -> Outcome:
    """One move by the parent whose arrangement it is; anybody else's answers like none."""
    row = work.session.get(CareArrangement, uid)
    if row is None or not of_a_parent(work, row, conversation):
        return ABSENT
    may = {name: value for name, value in (told or {}).items() if name in OF_FAMILIES}
    return make(work, row, event, By(PARENT, conversation), may, reason)


def step_of_carer(
    work: Work, conversation: str, uid: str, event: str, told: Mapping[str, Any] | None = None, reason: str = ""
) -> Outcome:
    """One move by the carer who came in with the invitation; anybody else's answers like none."""
    row = work.session.get(CareArrangement, uid)
    if row is None or row.carer_conversation != conversation:
        return ABSENT
    may = {name: value for name, value in (told or {}).items() if name in OF_CARERS}
    return make(work, row, event, By(CARER, conversation), may, reason)


def _parent(row: CareArrangement) -> By:
    return By(PARENT, row.conversation or SYSTEM)


def make(
    work: Work, row: CareArrangement, event: str, by: By, told: Mapping[str, Any] | None = None, reason: str = ""
) -> Outcome:
    """Judge a move and carry it out with all that follows from it.

    Raises ValueError for a value no fact has, before anything is changed; RuntimeError, so that nothing is kept, if two
    arrangements would stand side by side that may not.

    For callers who have checked the right of `by` to act here.
    """
    kept = data(work, row)
    now = {name: value for name, value in (told or {}).items() if name not in OURS}
    facts = {**kept.get("facts", {}), **now}
    known = {**facts, **_own_facts(work, row, event, by, kept), "reason": reason}
    if (told or {}).get("actor_conflicted") == "yes":  # whoever says so of himself is believed; a no is not asked for
        known["actor_conflicted"] = "yes"
    move = entrusted.move(row.state, event, by.role, known)
    if not move.allowed:
        return Outcome(False, move.refusal, row.uid)
    bar = entrusted_pair.barred(work, row, event)
    if bar is not None or (event in NAMING and successor(work, row) is not None):
        return Outcome(False, bar or "not_together", row.uid)
    along = [(one, _along(work, one, event, by, known)) for one in others(work, row)] if event in BOTH else []
    if any(not same.allowed for _, same in along):
        return Outcome(False, "not_together", row.uid)
    old, entering = before(work, row), successor(work, row)
    lasting = {name: value for name, value in facts.items() if name not in OF_THE_MOMENT}
    keep(work, row, {**kept, "facts": lasting})
    _moved(work, row, event, move, by, reason, facts)
    for one, same in along:
        _moved(work, one, event, same, by, reason)
    made = _follows(work, row, event)
    if event == NOTICE and old is not None:
        _by_system(work, old, "replaced", {"successor_state": row.state})
    if event == AFTER_PROTECTION and entering is not None:
        _moved(work, entering, NOTICE, entrusted_pair.notice(work, entering), By(SYSTEM, SYSTEM), "")
    if not entrusted_pair.together(work, row).valid:
        raise RuntimeError(f"{event} would leave two arrangements that may not stand side by side")
    return Outcome(True, None, row.uid, made)


def _own_facts(work: Work, row: CareArrangement, event: str, by: By, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What our own rows say; unknown stays away, so that the policy's default holds."""
    own = {**entrusted_pair.written(work, row), **entrusted_pair.successor_facts(work, row, event)}
    if by.name and by.name == kept.get("carer"):
        own["actor_conflicted"] = "yes"
    birth = _born(work, row.child)
    if birth is not None:
        own["child_age_years"] = rules.age(birth, work.today)
    return own


def _born(work: Work, child: str | None) -> date | None:
    return children.born(children.profile(work, work.session.get_one(Child, child))) if child is not None else None


def _moved(
    work: Work,
    row: CareArrangement,
    event: str,
    move: entrusted.Move,
    by: By,
    reason: str,
    told: Mapping[str, Any] | None = None,
) -> None:
    """Write a move down with what was told for it, and let the arrangement stand where it leads."""
    uid, before_it = opaque_id(), row.state
    number = len(history(work, row)) + 1
    work.session.add(
        ArrangementMove(
            uid=uid,
            arrangement=row.uid,
            number=number,
            event=event,
            from_state=before_it,
            to_state=str(move.to_state),
            role=by.role,
            actor=by.actor,
            told_sealed=work.seal(TOLD, uid, dict(told) if told is not None else data(work, row).get("facts", {})),
            reason_sealed=work.seal(REASON, uid, reason) if reason else None,
            at=work.now,
        )
    )
    row.state, row.changed_at = str(move.to_state), work.now
    row.due_on = _due(work, move.deadline or NEXT_STEP.get(row.state))
    work.session.flush()
    if row.state == "active" and row.due_on is not None:
        row.due_on = min(row.due_on, next_review(work, row, work.today))
    journal.record(work, by.actor, "arrangement moved", row.uid, event=event, state=row.state, role=by.role)
    entrusted_ties.follow(work, row, event)
    entrusted_telling.after(work, row, event, by.actor, number)


def next_review(work: Work, row: CareArrangement, after: date) -> date:
    """The first half-yearly look at the agreement of care that has begun, after a day."""
    begun = next((one.at for one in reversed(history(work, row)) if one.event == "care_started"), row.created_at)
    return entrusted.next_review(calendar.local(begun).date(), after)


def _due(work: Work, key: str | None) -> date | None:
    """The day a deadline parameter leads to; an age is none."""
    if key is None:
        return None
    found, today = parameters.value(key), work.today
    if found.unit.startswith("calendar_months"):
        return calendar.add_months(today, int(found.value))[0]
    if found.unit.startswith("days"):
        return today + timedelta(days=int(found.value))
    return calendar.local(work.now + timedelta(hours=int(found.value))).date() if found.unit == "hours" else None


def _follows(work: Work, row: CareArrangement, event: str) -> str | None:
    """What belongs to a move in the same step. Returns the successor it made, if it made one."""
    if event in ANEW and row.state == "candidate_proposed":
        _next_candidate(work, row)
    if event in HEARD_ANEW:
        _set(work, row, override_recorded="no")
    if event == "objection_overridden":
        _set(work, row, override_recorded="yes")
        row.ask_again_on = row.due_on
    elif event in HEARD_ANEW | ANEW or row.state == entrusted.ENDED:
        row.ask_again_on = None
    if event in NAMING:
        return _name_successor(work, row)
    follower = successor(work, row)
    if event in NO_LONGER_NEEDED and follower is not None:
        _end_successor(work, follower)
    return None


def _along(work: Work, one: CareArrangement, event: str, by: By, known: Mapping[str, Any]) -> entrusted.Move:
    """Whether the other arrangement of the child may go the same way; if not, neither goes."""
    return entrusted.move(one.state, event, by.role, {**data(work, one).get("facts", {}), **known})


def _by_system(work: Work, row: CareArrangement, event: str, told: Mapping[str, Any]) -> None:
    _moved(work, row, event, entrusted.move(row.state, event, SYSTEM, told), By(SYSTEM, SYSTEM), "")


def _end_successor(work: Work, row: CareArrangement) -> None:
    """A successor that is no longer needed ends: nobody cares under it, so nothing else changes (#coexistence)."""
    _moved(work, row, "candidate_withdraws", entrusted.Move(True, entrusted.ENDED), By(SYSTEM, SYSTEM), "")


def _name_successor(work: Work, row: CareArrangement) -> str:
    """The second arrangement; the first stays in force until this one's written notice (JL-3.5.g)."""
    kept = data(work, row)
    facts = {name: kept["facts"][name] for name in ("absence", "good_reason", "enrolled") if name in kept["facts"]}
    told: dict[str, Any] = {key: kept[key] for key in OF_THE_FAMILY if key in kept}
    told["facts"] = facts
    told |= {"carer": kept.get("next_carer", ""), "carer_phone": kept.get("next_phone", "")}
    made = _made(
        work, row.area, told, "candidate_proposed", conversation=row.conversation, child=row.child, replaces=row.uid
    )
    journal.record(work, SYSTEM, "arrangement succeeded", row.uid, successor=made.uid)
    return made.uid


def _next_candidate(work: Work, row: CareArrangement) -> None:
    """Whatever was found out about one person says nothing about the next."""
    kept = data(work, row)
    kept["facts"] = {name: value for name, value in kept["facts"].items() if name not in OF_CANDIDATE}
    row.candidate += 1
    entrusted_ties.forget(work, row)
    keep(work, row, {name: value for name, value in kept.items() if name not in ABOUT_CANDIDATE})


def _set(work: Work, row: CareArrangement, **facts: str) -> None:
    kept = data(work, row)
    keep(work, row, {**kept, "facts": {**kept.get("facts", {}), **facts}})


def history(work: Work, row: CareArrangement) -> list[ArrangementMove]:
    """The moves of an arrangement, oldest first."""
    query = select(ArrangementMove).where(ArrangementMove.arrangement == row.uid).order_by(ArrangementMove.number)
    return list(work.session.scalars(query))
