"""What staff ask of each other's posts: who answers for a home or a place and how to reach them, and whether a late
visit has gone up to the county already. Names and days only, within what the asker may see (roles.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot import texts
from bot.care import roles, visits
from bot.services.mail import mailbox
from bot.services.register import children, finding, in_sight, late_told, supervising
from bot.services.register.overseeing import called
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import visitors
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, VisitEscalation, VisitPlan

MOST = 8
ABOVE = (visitors.SUPERVISOR, visitors.COUNTY)


def post(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Who answers for the children named or in sight, else for the places named, else for all of them, and who stands
    above them; that no number is on file is said. False: this member sees no register."""
    rows = in_sight.named(work, member, text) or in_sight.shown(work, member, conversation, inbox_id)
    areas = sorted({row.area for row in rows}) or _places(work, member, text)
    if not areas:
        return False
    held = supervising.directors(work, areas)
    nobody = texts.phrase("late.who.nobody")
    lines = []
    for area in areas[: late_told.MOST]:
        of_area = "、".join(finding.line(work, row).name for row in rows if row.area == area)
        said = texts.phrase("above.post.line").format(
            near=late_told.near(area), names="、".join(held.get(area, ())) or nobody
        )
        lines.append(said + (texts.phrase("above.post.of").format(children=of_area) if of_area else ""))
    lines += _supervisors(work, areas)
    args = {"lines": "\n".join(lines), "children": [row.uid for row in rows[: late_told.MOST]]}
    mailbox.say(work, conversation, "above.post", args, reply_to=inbox_id)
    return True


def _places(work: Work, member: Member, text: str) -> list[str]:
    """The villages named in the words, else all in which this member sees children."""
    query = children.visible(work, member).with_only_columns(Child.area).distinct().order_by(Child.area)
    every = list(work.session.scalars(query))
    return [area for area in every if called(late_told.near(area)) in text] or every


def _supervisors(work: Work, areas: Sequence[str]) -> list[str]:
    people = visitors.people_of(work, areas[0][: visitors.COUNTY_DIGITS], work.today)
    names = dict.fromkeys(
        accounts.label(work, uid) for area in areas for uid in people.holding(visitors.SUPERVISOR, area)
    )
    return [texts.phrase("above.post.supervisor").format(names="、".join(names))] if names else []


def gone_up(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Of each late child named or in sight, else of all late ones: to whom above it has gone up and when, or when it
    will. False: no child is late that this member may see."""
    rows = in_sight.named(work, member, text) or in_sight.shown(work, member, conversation, inbox_id)
    rows = [row for row in rows if _is_late(row, work.today)] or _late(work, member)
    if not rows:
        return children.areas(work, member, "visit_record") != () and _nothing(work, conversation, inbox_id)
    plans = visit_plans.of(work, [row.uid for row in rows[:MOST]])
    lines = [_line(work, row, plans.get(row.uid)) for row in rows[:MOST]]
    if rows[MOST:]:
        lines.append(texts.phrase("overseeing.late_list.more").format(count=len(rows) - MOST))
    args = {"lines": "\n".join(lines), "children": [row.uid for row in rows[:MOST]]}
    mailbox.say(work, conversation, "above.gone_up", args, reply_to=inbox_id)
    return True


def _nothing(work: Work, conversation: str, inbox_id: int) -> bool:
    return mailbox.say(work, conversation, "above.gone_up.none", reply_to=inbox_id)


def _is_late(row: Child, today: date) -> bool:
    return row.next_due is not None and row.next_due < today


def _late(work: Work, member: Member) -> list[Child]:
    query = children.visible(work, member, "visit_record").where(
        Child.state.in_(children.IN_SERVICE), Child.next_due < work.today
    )
    return list(work.session.scalars(query.order_by(Child.area, Child.next_due, Child.number)))


def _line(work: Work, row: Child, plan: VisitPlan | None) -> str:
    raised = select(VisitEscalation).where(VisitEscalation.child == row.uid, VisitEscalation.due == row.next_due)
    gone = {one.role: one.raised_on for one in work.session.scalars(raised.order_by(VisitEscalation.raised_on.desc()))}
    late_from = max(filter(None, (row.next_due, plan.paused_until if plan is not None else None)), default=work.today)
    ahead = visits.ladder(late_from, plan.tier) if plan is not None and plan.tier else {}
    told = []
    for role in ABOVE:
        day = gone.get(role) or ahead.get(role)
        if day is not None:
            key = "above.gone_up.since" if role in gone else "above.gone_up.on"
            told.append(texts.phrase(key).format(role=roles.label_zh(role), date=visit_words.day(day)))
    return texts.phrase("above.gone_up.line").format(child=late_told.standing(work, row), told="；".join(told))
