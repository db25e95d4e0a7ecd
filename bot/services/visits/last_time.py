"""What was recorded at a home the last time, read back to whoever may read it. Nothing of it is ever copied."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import texts
from bot.services import journal
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import lists as visit_lists
from bot.services.visits import need_lines
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Visit


def lines(work: Work, member: Member, children: Sequence[Child]) -> list[str]:
    """One paragraph for each of these children whose visits this member may read: when, who went, what was seen. Of a
    visit that led to a report only the day and the sections' state: the report has readers of its own."""
    told = []
    for child in children:
        if child.uid not in {one.uid for one in visit_lists.read_at_home(work, member, child.household)}:
            continue
        row = _last(work, child.uid)
        name = visit_words.name(work, child)
        if row is None:
            told.append(texts.phrase("last_time.never").format(name=name))
            continue
        journal.record(work, member.account, "visit read", child.uid, purpose="chat")
        args = {"name": name, "date": visit_words.day(row.on), "by": accounts.label(work, row.by)}
        told.append(texts.phrase(f"last_time.{row.kind}").format(**args) + _seen(work, row))
    return told


def _last(work: Work, child: str) -> Visit | None:
    query = select(Visit).where(Visit.child == child, Visit.kind.in_(("home_visit", "attempted")))
    return work.session.scalars(query.order_by(Visit.on.desc(), Visit.changed_at.desc()).limit(1)).first()


def _seen(work: Work, row: Visit) -> str:
    if row.kind != "home_visit":
        return ""
    record = work.open("visits.record", row.uid, row.record_sealed)
    if row.report is not None:
        record = {**record, "notes": {}}
    needs = [] if row.report is not None else need_lines.of_visits(work, [row])  # as they stand now
    lines = visit_words.heard({**record, "needs": []})
    lines += [texts.phrase("visit.recap.needs").format(words=one) for one in needs]
    return "".join(f"\n{line}" for line in lines)
