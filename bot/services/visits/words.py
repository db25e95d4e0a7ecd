"""Visits in words: a home on the list, why it is that day, a record read back. For the eyes of those who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot import texts
from bot.care import clauses, parameters, visit_days, visit_record, visits
from bot.care.visit_days import Owed
from bot.services.register import children as register
from bot.services.visits.lists import Line, Stop
from bot.services.work import Work
from bot.storage.tables import Child, Household, VisitPlan


def day(moment: date) -> str:
    """A day as people say it: 11月30日."""
    return f"{moment.month}月{moment.day}日"


def names(work: Work, children: Iterable[Child]) -> str:
    """The names of children; who has none on file is called by the number of the file."""
    return "、".join(name(work, child) for child in children)


def name(work: Work, child: Child) -> str:
    """The name of one child, else the number of its file."""
    return str(register.profile(work, child).get("name") or child.number)


def address(work: Work, household: str) -> str:
    """Where a household lives, as far as it is written down."""
    row = work.session.get_one(Household, household)
    return register.address(work, row) or texts.phrase("visits.address_unknown")


def when(owed: Owed, on: date) -> str:
    """How a visit stands: late by how much, today, or in how many days; and the day chosen for it."""
    days = (owed.due - on).days
    if days < 0:
        said = texts.phrase("visits.when.late").format(days=-days, date=day(owed.due))
    elif days == 0:
        said = texts.phrase("visits.when.today")
    else:
        said = texts.phrase("visits.when.ahead").format(days=days, date=day(owed.due))
    if visit_days.is_paused(owed, on) and owed.paused_until is not None:
        said += texts.phrase("visits.when.away").format(date=day(owed.paused_until))
    elif owed.planned_for is not None and owed.planned_for >= on:
        said += texts.phrase("visits.when.planned").format(date=day(owed.planned_for))
    return said


def line(work: Work, number: int, stop: Stop, on: date) -> str:
    """One household of a list."""
    children = [work.session.get_one(Child, one.child) for one in stop.lines]
    first: Line = stop.lines[0]
    args = {"number": number, "names": names(work, children), "when": when(first.owed, on)}
    return texts.phrase("visits.line").format(**args)


def why(plan: VisitPlan) -> str:
    """为什么是这天: the steps, and whether the plan fixes the interval or the system proposes it."""
    steps = "；".join(_step(step) for step in plan.steps.splitlines())
    return texts.phrase("visits.why").format(steps=steps, basis=_basis(plan))


def _step(step: str) -> str:
    """The words of one step code of `care.visits.Plan.why_steps`."""
    kind, *rest = step.split(" ")
    if kind in ("last_visit", "registered"):
        return texts.phrase(f"visits.why.{kind}").format(date=day(date.fromisoformat(rest[0])))
    if kind == "first_visit":
        first = parameters.value("visit.first_after_registration").value
        return texts.phrase("visits.why.first_visit").format(days=first)
    if kind == "tier":
        focus = parameters.value(f"visit.interval.{visits.KEY_FOCUS}").value
        return texts.phrase(f"visits.why.tier.{rest[0]}").format(days=focus)
    if kind == "month_end":
        return texts.phrase("visits.why.month_end")
    key = f"{kind}_keeps" if step.endswith("keeps due") else kind
    tier = texts.phrase(f"visits.tier.{rest[1]}")
    return texts.phrase(f"visits.why.{key}").format(date=day(date.fromisoformat(rest[0])), tier=tier)


def how_often(plan: VisitPlan) -> str:
    """How often a child is visited by its level, and whether the plan fixes that."""
    tier = texts.phrase(f"visits.why.tier.{plan.tier}")
    focus = parameters.value(f"visit.interval.{visits.KEY_FOCUS}").value
    of_plan = clauses.clause(visits.CLAUSES[plan.tier]).phrases[-1]
    focused = plan.tier == visits.KEY_FOCUS
    basis = texts.phrase("visits.basis.focus" if focused else "visits.basis.fixed").format(quote=of_plan)
    return f"{tier.format(days=focus)}。{basis}"


def _basis(plan: VisitPlan) -> str:
    """What the plan says itself is quoted; what it leaves open is called ours."""
    if plan.basis == "FIXED" and plan.clause is not None and clauses.quotable(plan.clause):
        return texts.phrase("visits.basis.fixed").format(quote=clauses.clause(plan.clause).phrases[0])
    if plan.clause == visits.CLAUSES[visits.KEY_FOCUS]:
        return texts.phrase("visits.basis.focus").format(quote=clauses.clause(plan.clause).phrases[-1])
    return texts.phrase("visits.basis.proposed")


def section(name_of: str) -> str:
    """The name of a section of the record."""
    return texts.phrase(f"visit.section.{name_of}")


def heard(record: Mapping[str, Any], need_by: str = "") -> list[str]:
    """What has been said so far, a line for each section that has anything; with `need_by` proposals are told too."""
    lines = []
    for one in (*visit_record.SECTIONS, "other"):
        status, words = record["sections"].get(one), record["notes"].get(one, "")
        if status is None and not words:
            continue
        note = texts.phrase("visit.recap.note").format(words=words) if words else ""
        shown = texts.phrase(f"visit.status.{status or 'open'}") if one != "other" else ""
        lines.append(texts.phrase("visit.recap.line").format(section=section(one), status=shown, note=note))
    if record["needs"]:
        told = (_need(one, record.get("follow", {}).get(one, {}), need_by) for one in record["needs"])
        lines += [texts.phrase("visit.recap.needs").format(words=one) for one in told]
    return lines


def _need(what: str, plan: Mapping[str, str], need_by: str) -> str:
    """A need with who sees to it and until when; what was not said is called our proposal, `need_by` the day of it."""
    if not plan:
        return texts.phrase("visit.recap.need.proposed").format(need=what, date=need_by) if need_by else what
    who, said = plan.get("who", ""), plan.get("due")
    until = day(date.fromisoformat(said)) if said else texts.phrase("visit.recap.need.by").format(date=need_by)
    key = f"visit.recap.need.{who}" if who in ("", "me", "supervisor") else "visit.recap.need.doer"
    args = {"need": what, "who": who, "date": until if said or need_by else ""}
    return texts.phrase(key.rstrip(".")).format(**args)


def recap(record: Mapping[str, Any], head: str, need_by: str) -> str:
    """A record read back before it is saved; `need_by`: until when a need is to be settled of which nobody said it."""
    lines = [head, *heard(record, need_by)]
    if record["voice"] is not None:
        note = texts.phrase("visit.recap.note").format(words=record["said"]) if record["said"] else ""
        voice = texts.phrase(f"visit.voice_of.{record['voice']}")
        lines.append(texts.phrase("visit.recap.voice").format(voice=voice, note=note))
    return "\n".join(lines)


def open_sections(record: Mapping[str, Any]) -> str:
    """The sections nobody has said anything clear about."""
    return "、".join(section(one) for one in visit_record.missing(record))


def day_choices(days: Sequence[date], value: str) -> list[list[str]]:
    """Buttons for days; `value` ends where the day begins."""
    return [
        [
            texts.phrase("visits.off.days").format(date=day(one), weekday=texts.phrase(f"weekday.{one.weekday()}")),
            f"{value}:{one.isoformat()}",
        ]
        for one in days
    ]
