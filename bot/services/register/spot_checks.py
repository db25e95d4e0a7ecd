"""The yearly check of child files (JL-3.8.d): drawn with a seed, looked through by a list, corrections with a day.

Size and month are PROPOSED (spot_check.*); what is open at the end of a year is in next year's sample.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot import texts
from bot.care import sampling
from bot.reading.where import places
from bot.services import journal
from bot.services.register import children, finding, quarterly, sheets, supervising
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, SpotCheck, SpotCheckFile, Visit

WORDS = "spot_check_files.words"
# What the checker looks at (visits.md §10); the words stand in the texts.
LOOKED_AT = ("identity", "eligibility", "level", "visits", "emergency", "needs", "contact", "consent", "quarter")
FINE, CORRECT, OPEN = "fine", "correct", "open"


@dataclass(frozen=True)
class Looked:
    """One file of a check: the child, why it was drawn, how it stands, what was written, the questions of the file."""

    file: SpotCheckFile
    line: finding.Line
    words: str
    questions: tuple[str, ...]


def draw(work: Work, county: str, year: int, *, by: str | None = None, seed: str | None = None) -> SpotCheck:
    """Draw the sample of a county and year, once: a second call gives the one that was drawn.

    `seed`: for drawing again what was drawn elsewhere; else a random one is made and kept.
    """
    known = of(work, county, year)
    if known is not None:
        return known
    rows = work.session.execute(
        select(Child.uid, Child.number, Child.area).where(
            Child.state.in_(children.IN_SERVICE), children.inside((county,))
        )
    ).all()
    carried, emergencies = _carried(work, county, year - 1), _emergencies(work, year)
    uids = {number: uid for uid, number, _ in rows}
    check = SpotCheck(
        uid=opaque_id(),
        county=county,
        year=year,
        seed=seed or secrets.token_hex(8),
        files=len(rows),
        drawn_by=by,
        drawn_at=work.now,
    )
    work.session.add(check)
    work.session.flush()
    files = (sampling.File(number, area, uid in emergencies, uid in carried) for uid, number, area in rows)
    for one in sampling.draw(files, check.seed):
        work.session.add(SpotCheckFile(uid=opaque_id(), spot_check=check.uid, child=uids[one.number], why=one.why))
    journal.record(work, by or "system", "spot check drawn", check.uid, county=county, year=year, seed=check.seed)
    work.session.flush()
    return check


def _carried(work: Work, county: str, year: int) -> frozenset[str]:
    """Children whose correction of that year is still open."""
    rows = work.session.scalars(
        select(SpotCheckFile.child)
        .join(SpotCheck, SpotCheck.uid == SpotCheckFile.spot_check)
        .where(SpotCheck.county == county, SpotCheck.year == year, SpotCheckFile.state == CORRECT)
    )
    return frozenset(rows)


def _emergencies(work: Work, year: int) -> frozenset[str]:
    """Children of whom a visit of that year or the year before found an emergency (JL-3.8.k)."""
    since = date(year - 1, 1, 1)
    return frozenset(work.session.scalars(select(Visit.child).where(Visit.report.is_not(None), Visit.on >= since)))


def of(work: Work, county: str, year: int) -> SpotCheck | None:
    """The check of a county in a year."""
    return work.session.scalar(select(SpotCheck).where(SpotCheck.county == county, SpotCheck.year == year))


def files(work: Work, check: SpotCheck) -> list[Looked]:
    """The files of a check by number. For callers who have checked the right to see the county."""
    rows = work.session.execute(
        select(SpotCheckFile, Child)
        .join(Child, Child.uid == SpotCheckFile.child)
        .where(SpotCheckFile.spot_check == check.uid)
        .order_by(Child.area, Child.number)
    )
    return [
        Looked(
            file,
            finding.line(work, child),
            str(work.open(WORDS, file.uid, file.words_sealed)) if file.words_sealed else "",
            tuple(supervising.questions(work, child)),
        )
        for file, child in rows
    ]


def settle(work: Work, member: Member, uid: str, state: str, words: str = "", due: date | None = None) -> Outcome:
    """Write down what a look at a file found: fine, or what is to be corrected by which day.

    Refusals: absent, no_such_fact, reason_missing (a correction needs words and a day not past).
    """
    file = work.session.get(SpotCheckFile, uid)
    check = work.session.get(SpotCheck, file.spot_check) if file is not None else None
    if file is None or check is None or not quarterly.may_enter(work, member, check.county):
        return ABSENT
    if state not in (FINE, CORRECT):
        return Outcome(False, "no_such_fact")
    if state == CORRECT and (not words.strip() or due is None or due < work.today):
        return Outcome(False, "reason_missing")
    file.state, file.due, file.by, file.at = state, due if state == CORRECT else None, member.account, work.now
    file.words_sealed = work.seal(WORDS, uid, words.strip()) if words.strip() else None
    journal.record(work, member.account, "spot check settled", file.child, state=state)
    return Outcome(True, None, children.row(work, file.child))


def sheet(work: Work, check: SpotCheck) -> bytes:
    """The check sheets as XLSX: one line a file, a column for everything to look at."""
    head = [texts.phrase(f"spot.column.{name}") for name in ("number", "name", "place", "why", *LOOKED_AT, "words")]
    lines = [
        [
            one.line.child.number,
            one.line.name,
            places.full_name(one.line.child.area),
            texts.phrase(f"spot.why.{one.file.why}"),
            *("" for _ in LOOKED_AT),
            one.words,
        ]
        for one in files(work, check)
    ]
    return sheets.workbook([(f"{check.year}", [head, *lines])])
