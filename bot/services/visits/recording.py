"""Recording visits: made, attempted, corrected; what was agreed; an emergency found goes to the reports at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, or_, select

from bot import texts
from bot.care import parameters, visit_record
from bot.services import journal
from bot.services.casework import child_links, police, reports
from bot.services.register import children as register
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.visits import digests, ladder, need_keeping, stand_ins, visitors
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Report, Responsibility, Visit, VisitCorrection, VisitPlan, VisitReason

RECORD, ATTEMPT = "visits.record", "attempted"
REASONS = ("nobody_home", "refused", "away", "work", "not_recorded")
"""Why a visit that was owed was not made (visits.md §7): 找不到人, 拒访, 外出, 工作原因, 已访未录."""
_TODAY = bindparam("on", type_=Date)
_SERVED = (
    select(Child, Responsibility.area)
    .outerjoin(
        Responsibility,
        (Responsibility.child == Child.uid)
        & (Responsibility.duty == visit_plans.DUTY)
        & (Responsibility.since <= _TODAY)
        & or_(Responsibility.until.is_(None), Responsibility.until > _TODAY),
    )
    .where(Child.uid.in_(bindparam("uids", expanding=True)), Child.state.in_(register.IN_SERVICE))
)
_RECORDED = select(Visit).where(Visit.natural_key == bindparam("key")).with_for_update()
# PROPOSED, ours: how far back a visit may be recorded, how long a family may be away before it is asked again.
BACK_DATED, AWAY_AT_MOST = timedelta(days=31), timedelta(days=31)


@dataclass(frozen=True)
class Made:
    """What became of recording: the rows written, or why none was.

    `refusal`: absent (no such child for this member), in_future, too_old, before_filing, emergency_open.
    """

    visits: tuple[Visit, ...] = ()
    report: Report | None = None
    refusal: str | None = None
    raised: bool = False


def reach(work: Work, member: Member, child_uid: str) -> tuple[Child, str] | None:
    """A child a member may record a visit of now, and in which role; None for a forbidden and an absent one alike."""
    return next(iter(_reached(work, member, [child_uid])), None)


def _reached(work: Work, member: Member, uids: list[str]) -> list[tuple[Child, str]]:
    """Those of these children whom a member may record a visit of now, in this order, each with the role."""
    today = work.today
    rows = work.session.execute(_SERVED, {"uids": uids, "on": today})
    served = {child.uid: (child, office or child.area) for child, office in rows}
    posts = visitors.areas_of(work, member, today)
    roles = {uid: visitors.role_among(posts, office) for uid, (_, office) in served.items()}
    if None in roles.values():  # whoever was sent to this home instead acts in the own post
        sent, own = stand_ins.sent(work, member.account), visitors.role_of(posts)
        roles = {uid: role or (own if uid in sent else None) for uid, role in roles.items()}
    return [(served[uid][0], role) for uid in uids if (role := roles.get(uid)) is not None]


def household(work: Work, member: Member, household_uid: str) -> list[tuple[Child, str]]:
    """The children of a household whom a member may record a visit of."""
    return _reached(work, member, [child.uid for child in visit_lists.at_home(work, household_uid)])


def record(
    work: Work,
    member: Member,
    conversation: str,
    children: list[str],
    on: date,
    record: Mapping[str, Any],
    own: Mapping[str, Mapping[str, Any]] | None = None,
) -> Made:
    """Record one home visit to children of one household; the same day again corrects what stood, history kept.

    `record`: see `care.visit_record`; raises ValueError when it is not one. `own`: what differs for one of them. An
    emergency found opens a report in the same transaction (JL-3.8.k) and never waits for anybody's approval.
    """
    records = {uid: visit_record.of_child(record, (own or {}).get(uid)) for uid in children}
    for one in records.values():
        visit_record.check(one)
    known = _reached(work, member, children)
    if not known or len(known) < len(children):
        return Made(refusal="absent")
    refusal = unfit(work, [child for child, _ in known], on)
    if refusal is not None:
        return Made(refusal=refusal)
    report = _report(work, member, conversation, [child for child, _ in known], on, record)
    made = tuple(_keep(work, member, child, role, on, records[child.uid], report) for child, role in known)
    others = digests.readers(work, children)
    visit_plans.replan_all(work, [child for child, _ in known], standing_from=on)
    digests.refresh(work, member, others)
    return Made(made, report)


def unfit(work: Work, children: list[Child], on: date) -> str | None:
    """Why a visit to these children cannot have been on a day; None: it can."""
    today = work.today
    if on > today:
        return "in_future"
    if on < today - BACK_DATED:
        return "too_old"
    return "before_filing" if any(on < child.filed_on for child in children) else None


def _keep(
    work: Work, member: Member, child: Child, role: str, on: date, record: Mapping[str, Any], report: Report | None
) -> Visit:
    stands = _standing(work, child, on, "home_visit")
    known = _needs_told(work, stands) if stands is not None else []
    found: dict[str, Any] = {"complete": _is_complete(work, child.uid, on, record)}
    if report is not None:
        found |= {"report": report.uid, "prompt_at": work.now + _prompt_every()}
    row = _row(work, member, child, role, on, "home_visit", record, stands, found)
    need_keeping.keep(work, member, child, row, record, known)
    return row


def move(work: Work, member: Member, children: list[str], before: date, on: date) -> Made:
    """Put right the day of a visit that was saved; what stood is kept. Refusals as `record`, and "there_already" where
    a visit is recorded on that day too."""
    known = [child for child, _ in _reached(work, member, children)]
    if not known or len(known) < len(children):
        return Made(refusal="absent")
    rows = [row for child in known if (row := _standing(work, child, before, "home_visit")) is not None]
    refusal = unfit(work, known, on)
    if refusal is None and any(_standing(work, child, on, "home_visit") for child in known):
        refusal = "there_already"
    if refusal is not None or len(rows) < len(known):
        return Made(refusal=refusal or "absent")
    for row, child in zip(rows, known, strict=True):
        _keep_before(work, member, row)
        row.on, row.natural_key = on, _key(child, on, "home_visit")
        row.version, row.changed_at = row.version + 1, work.now
        moved = {"before": before.isoformat(), "on": on.isoformat()}
        journal.record(work, member.account, "visit day corrected", row.uid, child=child.uid, **moved)
    others = digests.readers(work, children)
    work.session.flush()
    visit_plans.replan_all(work, known, standing_from=on)
    digests.refresh(work, member, others)
    return Made(tuple(rows))


def _standing(work: Work, child: Child, on: date, kind: str) -> Visit | None:
    """What was recorded of this child, day and kind before."""
    return work.session.scalar(_RECORDED, {"key": _key(child, on, kind)})


def _key(child: Child, on: date, kind: str) -> str:
    return f"{child.uid}:{on.isoformat()}:{kind}"


def _needs_told(work: Work, row: Visit) -> list[str]:
    """The needs that a record of this day holds already: a correction does not owe them a second time."""
    return list(work.open(RECORD, row.uid, row.record_sealed)["needs"])


def _is_complete(work: Work, child: str, on: date, record: Mapping[str, Any]) -> bool:
    """Whether a visit counts as complete; only where something was not learned do the visits before it matter."""
    if not visit_record.not_learned(record):
        return True
    before = [work.open(RECORD, row.uid, row.record_sealed) for row in _earlier(work, child, on)]
    return visit_record.is_complete(record, before)


def _row(
    work: Work,
    member: Member,
    child: Child,
    role: str,
    on: date,
    kind: str,
    record: Mapping[str, Any],
    stands: Visit | None,
    found: Mapping[str, Any],
) -> Visit:
    """The row of this child, day and kind: a new one, or the one that stands, corrected. `found`: its other columns."""
    if stands is not None:
        row = stands
        _keep_before(work, member, row)
        for column, value in found.items():
            setattr(row, column, value)
        row.record_sealed = work.seal(RECORD, row.uid, dict(record))
        row.version, row.changed_at = row.version + 1, work.now
        journal.record(work, member.account, "visit corrected", row.uid, child=child.uid)
        return row
    uid = opaque_id()
    row = Visit(
        uid=uid,
        natural_key=_key(child, on, kind),
        child=child.uid,
        on=on,
        kind=kind,
        by=member.account,
        role=role,
        record_sealed=work.seal(RECORD, uid, dict(record)),
        created_at=work.now,
        changed_at=work.now,
        **found,
    )
    work.session.add(row)
    journal.record(work, member.account, f"visit {kind}", uid, child=child.uid)
    return row


def _keep_before(work: Work, member: Member, row: Visit) -> None:
    uid = opaque_id()
    before = work.open(RECORD, row.uid, row.record_sealed)
    sealed = work.seal("visit_corrections.before", uid, before)
    work.session.add(
        VisitCorrection(
            uid=uid, visit=row.uid, version=row.version, before_sealed=sealed, by=member.account, at=work.now
        )
    )
    work.session.flush()


def _earlier(work: Work, child: str, on: date) -> list[Visit]:
    return list(
        work.session.scalars(
            select(Visit)
            .where(Visit.child == child, Visit.kind == "home_visit", Visit.on < on)
            .order_by(Visit.on.desc())
            .limit(int(parameters.number("visit.not_learned.incomplete_after")))
        )
    )


def _report(
    work: Work, member: Member, conversation: str, children: list[Child], on: date, record: Mapping[str, Any]
) -> Report | None:
    """Open the report of an emergency finding; the children are named in its sealed words only."""
    if record["emergency"] != "found":
        return None
    standing = _standing_report(work, children, on)
    told = _told(work, children, visit_record.signs(record), [findings(record), *map(str, record["notes"].values())])
    journal.record(work, member.account, "visit emergency", children[0].uid)
    if standing is None:
        opened = reports.open_report(work, conversation, told)
        child_links.known(work, opened, children, member.account)
        return opened
    reports.tell_more(work, standing, told, fresh=told["facts"])
    return standing


def _told(work: Work, children: list[Child], signs: list[str], found: list[str]) -> dict[str, Any]:
    named = "、".join(str(register.profile(work, child).get("name", child.number)) for child in children)
    first = texts.phrase("visits.report.what").format(findings=found[0])
    words = [["child_ref", named], *(["what", text] for text in (first, *found[1:]))]
    facts = {"signs": signs, "reporter_type": "staff", "unit": "unknown"}
    return {"facts": facts, "words": words, "area": children[0].area, "given": {}}


def missing(work: Work, member: Member, conversation: str, children: list[Child]) -> Report:
    """Nobody knows where a child is: an emergency, told at once (visits.md §4, JL-3.8.k); no attempt, no visit."""
    found = texts.phrase("visits.finding.missing")
    journal.record(work, member.account, "visit emergency", children[0].uid)
    report = reports.open_report(work, conversation, _told(work, children, [visit_record.FINDINGS["missing"]], [found]))
    child_links.known(work, report, children, member.account)
    for child in children:
        note(work, member, child, "missing", None)
    return report


def _standing_report(work: Work, children: list[Child], on: date) -> Report | None:
    """The open report that this very visit has led to already: more findings belong there."""
    keys = [_key(child, on, "home_visit") for child in children]
    return work.session.scalar(
        select(Report)
        .join(Visit, Visit.report == Report.uid)
        .where(Visit.natural_key.in_(keys), Report.state.not_in(access.ENDED))
        .limit(1)
    )


def findings(record: Mapping[str, Any]) -> str:
    """The findings of a record in the words of the plan."""
    return "、".join(texts.phrase(f"visits.finding.{finding}") for finding in record["findings"])


def attempted(
    work: Work, member: Member, children: list[str], on: date, reason: str, words: str = "", *, kind: str = ATTEMPT
) -> Made:
    """Nobody was home ("nobody_home") or nobody let in ("refused"): kept with the `words` it was told in, and no due
    date moves. `kind` "call": somebody only telephoned, which is no attempt either (JL-3.8.e).

    The second time since the last visit the supervisor hears it at once (`raised`).
    """
    reached = _reached(work, member, children)
    if not reached or len(reached) < len(children):
        return Made(refusal="absent")
    refusal = unfit(work, [child for child, _ in reached], on)
    if refusal is not None:
        return Made(refusal=refusal)
    rows, raised = [], False
    for child, role in reached:
        stands, found = _standing(work, child, on, kind), {"reason": reason or None}
        rows.append(_row(work, member, child, role, on, kind, {**found, "words": words}, stands, found))
    if kind != ATTEMPT:
        return Made(tuple(rows))
    planned = visit_plans.replan_all(work, [child for child, _ in reached])
    for child, _ in reached:
        note(work, member, child, reason, None)
        plan = planned[child.uid]
        if plan.row is not None and plan.row.due is not None and plan.made is not None:
            again = plan.made.attempts_to_supervisor
            raised = (again and ladder.not_found_again(work, child, plan.row.due)) or raised
    return Made(tuple(rows), raised=raised)


def note(work: Work, member: Member, child: Child, reason: str, until: date | None) -> None:
    """Keep why a visit that is owed was not made, and until when it was put off."""
    plan = work.session.get(VisitPlan, child.uid)
    work.session.add(
        VisitReason(
            uid=opaque_id(),
            child=child.uid,
            due=plan.due if plan is not None else None,
            reason=reason,
            until=until,
            by=member.account,
            at=work.now,
        )
    )


def put_off(work: Work, member: Member, children: list[str], until: date, reason: str) -> str | None:
    """Choose another day for a visit that is owed. The duty and its ladder stand as they are.

    Returns None when it is done, else why not: "absent", "in_past", "too_far" (more than a month).
    """
    return _set_day(work, member, children, until, reason, "planned_for")


def pause(work: Work, member: Member, children: list[str], until: date) -> str | None:
    """The family is away until a day: nobody is reminded and nothing goes up meanwhile. Refusals as `put_off`."""
    return _set_day(work, member, children, until, "away", "paused_until")


def _set_day(work: Work, member: Member, children: list[str], until: date, reason: str, column: str) -> str | None:
    today = work.today
    if until <= today:
        return "in_past"
    if until > today + AWAY_AT_MOST:
        return "too_far"
    reached = _reached(work, member, children)
    if not reached or len(reached) < len(children):
        return "absent"
    for child, _ in reached:
        plan = work.session.get(VisitPlan, child.uid) or visit_plans.replan(work, child)
        if plan is not None:
            setattr(plan, column, until)
        note(work, member, child, reason, until)
        journal.record(work, member.account, "visit put off", child.uid, until=until.isoformat(), reason=reason)
    digests.refresh(work, member, digests.readers(work, children))
    return None


def _prompt_every() -> timedelta:
    return timedelta(minutes=parameters.number("visit.emergency.police_receipt_prompt_every"))


def prompt_for_police(work: Work, limit: int = 200) -> dict[str, int]:
    """Ask again for the police receipt of an emergency found at a visit, every 30 minutes, quiet hours or not, until
    it is recorded or the report has ended (JL-3.8.k)."""
    rows = work.session.scalars(
        select(Visit).where(Visit.prompt_at <= work.now).order_by(Visit.prompt_at).limit(limit)
    ).all()
    return {"prompted": sum(_prompt(work, row) for row in rows)}


def _prompt(work: Work, row: Visit) -> int:
    report = work.session.get(Report, row.report)
    due = row.prompt_at or work.now
    if report is None or not police.duty_open(work, report):
        row.prompt_at = None
        return 0
    missed = int((work.now - due) / _prompt_every())
    row.prompt_at = due + (missed + 1) * _prompt_every()
    talks = visitors.conversation_of(work, [row.by])
    return sum(police.prompt(work, report, talk, due) for talk in talks.values())
