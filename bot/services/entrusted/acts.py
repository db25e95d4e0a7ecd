"""What staff do with an arrangement of 委托照护 on their page, beside reading it: each one service call.

Signing is an act of the parents (agreement_concluded); where they signed on paper the child director writes it down
for them, and the history says so. An emergency opens a report at once (JL-3.8.k, WBF-11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import visit_record
from bot.services import journal
from bot.services.casework import child_links, reports
from bot.services.entrusted import again as entrusted_again
from bot.services.entrusted import arrangements, steps
from bot.services.entrusted import desk as entrusted_desk
from bot.services.entrusted import records as entrusted_records
from bot.services.entrusted import staff as entrusted_staff
from bot.services.entrusted.arrangements import By
from bot.services.entrusted.records import ABSENT, Outcome, data, keep, reach
from bot.services.register import children
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import CareArrangement, Child

CODE = "code"
HEARING = ("listener", "child_words", "why_not")
TEMPORARY = ("temporary_who", "temporary_where", "temporary_since")
TOLD = ("carer", "carer_relation", "carer_phone", "phones", "away", "school", "period", "contact_plan", "decides")
"""What can be written into the papers at any time."""
LONGEST = 300


def move(work: Work, member: Member, uid: str, event: str, form: Mapping[str, str]) -> Outcome:
    """One move with what its form held. A refused one keeps nothing."""
    written = {name: form[name].strip()[:LONGEST] for name in form if form[name].strip()}
    told = {name: written[name] for name in written if name in _choices(work, member, uid, event)}
    told |= _proven(written)
    if event == "emergency" and written.get("finding") not in visit_record.FINDINGS:
        return Outcome(False, "finding", uid)
    if _heard_by_carer(work, uid, written):
        return Outcome(False, "listener", uid)
    try:
        done = arrangements.step(work, member, uid, event, told, written.get("reason", ""))
    except ValueError:
        return Outcome(False, "value", uid)
    if done.allowed:
        _write_down(work, work.session.get_one(CareArrangement, uid), done, event, written)
        if event == "emergency":
            _report(work, member, uid, written)
    return done


def _heard_by_carer(work: Work, uid: str, written: Mapping[str, str]) -> bool:
    """Whether the one who listened to the child is the person it is about."""
    row = work.session.get(CareArrangement, uid)
    carer = str(data(work, row).get("carer") or "") if row is not None else ""
    return bool(carer) and carer in written.get("listener", "")


def _choices(work: Work, member: Member, uid: str, event: str) -> frozenset[str]:
    found = reach(work, member, uid)
    if found is None:
        return frozenset()
    forms = entrusted_desk.forms(found[0], found[1], {})
    return frozenset(ask.fact for form in forms if form.event == event for ask in form.asks)


def _proven(written: Mapping[str, str]) -> dict[str, str]:
    """The facts that what was written proves."""
    return {
        fact: "yes"
        for fact, names in entrusted_desk.PROVEN.items()
        if fact != "heard_in_private" and (written.get(names[0]) if names != steps.FACTORS else _all_factors(written))
    }


def _all_factors(written: Mapping[str, str]) -> bool:
    return all(written.get(name) in steps.GRADES for name in steps.FACTORS)


def _write_down(work: Work, row: CareArrangement, done: Outcome, event: str, written: Mapping[str, str]) -> None:
    """Keep what was written: of the person named with the arrangement it is about, everything else with this one."""
    target = work.session.get_one(CareArrangement, done.successor) if done.successor else row
    if written.get("carer"):
        known = data(work, target)
        same = known if known.get("carer") == written["carer"] else {}  # of somebody else nothing is known yet
        person = {name: written.get(name) or same.get(name, "") for name in entrusted_desk.PROVEN["candidate_named"]}
        keep(work, target, {**known, **person})
    kept = data(work, row)
    if event == "passed":
        kept["factors"] = {name: written[name] for name in steps.FACTORS}
    if event in ("child_opinion_recorded", "child_objects"):
        hearing = {name: written[name] for name in HEARING if name in written}
        kept["hearing"] = {**hearing, "opinion": written.get("child_opinion", ""), "on": _today(work)}
    if event == "temporary_care_arranged":
        kept["temporary"] = {name: written[name] for name in TEMPORARY if name in written}
    keep(work, row, kept)


def _today(work: Work) -> str:
    return work.today.isoformat()


def _report(work: Work, member: Member, uid: str, written: Mapping[str, str]) -> None:
    """The emergency as a report: the child is named in its sealed words only."""
    row = work.session.get_one(CareArrangement, uid)
    sign = visit_record.FINDINGS[written["finding"]]
    words = [["what", texts.phrase(f"visits.finding.{written['finding']}")]]
    if row.child is not None:
        name = children.profile(work, children.row(work, row.child)).get("name", "")
        words.insert(0, ["child_ref", str(name)])
    if written.get("reason"):
        words.append(["what", written["reason"]])
    told = {
        "facts": {"signs": [sign], "reporter_type": "staff", "unit": "unknown"},
        "words": words,
        "area": row.area,
        "given": {},
    }
    report = reports.open_report(work, None, told)
    if row.child is not None:
        child_links.known(work, report, [children.row(work, row.child)], member.account)
    journal.record(work, member.account, "arrangement emergency", uid, report=report.uid)


def _notice(work: Work, member: Member, uid: str, form: Mapping[str, str]) -> Outcome:
    on = _day(form.get("on", ""))
    if on is None:
        return Outcome(False, "day", uid)
    return entrusted_records.record_notice(work, member, uid, form.get("recipient", ""), on, form.get("proof", ""))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _duties(work: Work, member: Member, uid: str, _: Mapping[str, str]) -> Outcome:
    return entrusted_records.record_duties(work, member, uid)


def _signed(work: Work, member: Member, uid: str, form: Mapping[str, str]) -> Outcome:
    """Both signed on paper: written down for the parents, whose act it is."""
    found = reach(work, member, uid, "write", lock=True)
    on = _day(form.get("on", ""))
    if found is None or on is None or on > work.today:
        return ABSENT if found is None else Outcome(False, "in_future" if on else "day", uid)
    by = By(arrangements.PARENT, member.account, member.name)
    done = arrangements.make(work, found[0], "agreement_concluded", by, {"both_signed": "yes"})
    if done.allowed:
        keep(work, found[0], {**data(work, found[0]), "signed_on": on.isoformat()})
    return done


def _tell(work: Work, member: Member, uid: str, form: Mapping[str, str]) -> Outcome:
    told = {name: form[name].strip()[:LONGEST] for name in TOLD if name in form}
    return entrusted_records.tell(work, member, uid, told)


def _child(work: Work, member: Member, uid: str, form: Mapping[str, str]) -> Outcome:
    """Tie an arrangement that was begun for a family not on file to the child's file."""
    found = reach(work, member, uid, "write", lock=True)
    number = form.get("number", "").strip().upper()
    known = children.visible(work, member, mode="write").where(Child.number == number)
    child = work.session.scalar(known) if found is not None else None
    if found is None or child is None or found[0].child is not None or arrangements.of_child(work, child.uid):
        return ABSENT if found is None else Outcome(False, "no_free_child", uid)
    arrangements.place(work, found[0], child)
    journal.record(work, member.account, "arrangement of a child", uid)
    return Outcome(True, None, uid)


Act = Callable[[Work, Member, str, Mapping[str, str]], Outcome]
ACTS: Mapping[str, Act] = {
    "notice": _notice,
    "duties": _duties,
    "signed": _signed,
    "tell": _tell,
    "child": _child,
    entrusted_again.ACT: entrusted_again.record,
}
"""Acts that are no moves of the machine, but what its guards look at."""


def do(work: Work, member: Member, uid: str, act: str, form: Mapping[str, str]) -> tuple[Outcome, str]:
    """Carry out an act or a move of the page. Returns what came of it, and the carer's code where one was made."""
    if act == CODE:
        made: Any = entrusted_staff.invite(work, member, uid)
        return (made, "") if isinstance(made, Outcome) else (Outcome(True, None, uid), made)
    if act in ACTS:
        return ACTS[act](work, member, uid, form), ""
    return move(work, member, uid, act, form), ""
