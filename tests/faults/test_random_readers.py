"""Guarantee 15: whoever does whatever with whichever report learns nothing of one that is not for them: a forbidden
report and an absent one answer alike, and nothing of it is moved, written or journalled."""

from __future__ import annotations

import random
import re
import secrets
from datetime import timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from bot.care import receipt, roles
from bot.gateway.web import acting
from bot.services.reporting import attachments
from bot.services.staff import access
from bot.storage import tables
from bot.storage.crypto import opaque_id
from bot.storage.tables import Assignment, JournalEntry, Report
from tests.builders import World
from tests.faults.readers import POSTS, Reader, reader_of, tapped
from tests.faults.sizes import size
from tests.gateway.office import site_of
from tests.services.cases import VILLAGE, person, told

SEED = 20261126
TRIPLES = size(200, 10_000)
SECRET = "秘密的孩子"
OF_THIS = f"{SECRET}*"
"""The words of the report an operation is about, once what names it is left out of the answer."""
AREAS = (VILLAGE, "220184104203", "220184105201", "220182101201", "220381101201", None)
WRITTEN = (
    tables.Transfer,
    tables.Question,
    tables.Note,
    tables.PoliceReport,
    tables.ReportLink,
    tables.ReportChild,
    tables.Closing,
    tables.Takeover,
    tables.CallTask,
    tables.BrokenGlass,
    tables.ReportMove,
    tables.Assignment,
)


class Kept(NamedTuple):
    """A report as the readers might come to know it."""

    uid: str
    number: str
    area: str | None
    state: str
    conflicted: str
    file: str


def _oracle(role: str, area: str, account: str, report: Kept | Report, assigned: dict[tuple[str, str], str]) -> bool:
    """Who may read, said anew from roles.yml: county by area, assigned while open, never who is named."""
    scope = set(roles.may(role, "report_content", "read"))
    if role in report.conflicted.split(","):
        return False
    if "county" in scope and (report.area or "").startswith(area):
        return True
    mine = assigned.get((report.uid, account)) == role
    return bool(scope & {"county", "assigned"}) and mine and report.state not in access.ENDED


def _fill(world: World, dice: random.Random, accounts: list[str], many: int) -> dict[tuple[str, str], str]:
    """That many reports of every kind, each assigned to three of these accounts. Returns who holds what by which."""
    assigned: dict[tuple[str, str], str] = {}
    with world.work() as work:
        for number in range(many):
            uid = opaque_id()
            work.session.add(
                Report(
                    uid=uid,
                    number=receipt.new_code(secrets.token_bytes, length=6),
                    state=dice.choice(["received", "accepted", "closed", "monitoring"]),
                    severity=dice.choice(["S0", "S1", "S2", "S4"]),
                    area=dice.choice(AREAS),
                    conflicted=dice.choice(["", "", "", "child_director", "child_supervisor,county_caseworker"]),
                    told_sealed=work.seal("reports.told", uid, told(["beaten"], words=SECRET + uid)),
                    received_at=work.now,
                    clock_from=work.now + timedelta(seconds=number),
                    moved_at=work.now,
                )
            )
            for at in dice.sample(range(len(accounts)), 3):
                assigned[uid, accounts[at]] = POSTS[at][0]
        work.session.flush()
        for (uid, account), role in assigned.items():
            work.session.add(
                Assignment(uid=opaque_id(), report=uid, account=account, role=role, area=None, since=work.now)
            )
    return assigned


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_ten_thousand_random_pairs_of_reader_and_report_are_as_the_matrix_says(world: World) -> None:
    people = [person(world, role, area, f"{number}") for number, (role, area) in enumerate(POSTS)]
    accounts = [who.account for who in people]
    assigned = _fill(world, random.Random(SEED), accounts, 850)
    with world.work() as work:
        everything = work.session.scalars(select(Report)).all()
        wrong, pairs = [], 0
        for who, account, (role, area) in zip(people, accounts, POSTS, strict=True):
            seen = set(work.session.scalars(access.visible(work, who.member(work))).all())
            for report in everything:
                pairs += 1
                if (report in seen) != _oracle(role, area, account, report, assigned):
                    wrong.append((role, area, report.area, report.state, report.conflicted))
    assert pairs >= 10_000
    assert wrong == [], f"seed {SEED}"


FORM = {
    "text": "孩子今晚在谁家？",
    "reason": "要县里协调",
    "severity": "S1",
    "station": "响水派出所",
    "told_at": "2026-11-23T10:00",
    "called_at": "2026-11-23T10:00",
    "number": "",
    "receiver": "role:county_caseworker",
    "close_reason": "handed_over",
    "checked": "yes",
    "competent": "police",
    "child": "王小明",
    "result": "helping",
    "purpose": "交派出所立案",
    "target": "police",
    "spoke_with": "民警",
    "files": "yes",
}
"""Everything any of the forms asks for."""
LOOKS = ("", "/talk", "/talk/news", "/sheet/police", "/files/{file}")
POSTED = ("print", "export", "talk/start", "talk/say", "talk/end", *(f"do/{act}" for act in acting.ACTS))
OF_THE_DESK = "ask note raise police close refuse reopen plan transfer handle watch confirm result take talk nonsense"
TAPS: tuple[str, ...] = (
    "accept:{uid}",
    "view:{uid}",
    "told:{uid}:x",
    "end:why:{uid}:x",
    "asked:{uid}:x",
    "talk:join:{uid}:x",
)
TAPS += tuple(f"case:{what}:{{uid}}" for what in OF_THE_DESK.split())
TAPS += ("case:close:{uid}:handed_over", "case:result:{uid}:helping")
READ = re.compile(r'<li><span class="soft">[^<]*</span> [^<]*看了内容[^<]*</li>')
"""Who read one's own report, and each time one does."""
BY_NUMBER = ("looks", "do/link_duplicate")
WHERE_ENDED = ("do/raise_emergency", "do/link_duplicate", "do/reopen", "case:reopen:{uid}")
"""Who was assigned may do these with a report that has ended, too."""


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
async def test_random_triples_of_reader_report_and_operation_tell_a_forbidden_report_from_no_absent_one(
    world: World,
) -> None:
    dice, transport = random.Random(SEED), site_of(world)
    readers = [await reader_of(world, transport, *post) for post in POSTS]
    assigned = _fill(world, dice, [one.account for one in readers], size(60, 400))
    kept = _kept(world)
    theirs = {
        (one.account, report.uid) for one in readers for report in kept if not _forbidden(one, report, "", assigned)
    }
    before, done, kinds = _everything(world, theirs), 0, set()
    while done < TRIPLES:
        reader, report = dice.choice(readers), dice.choice(kept)
        how, what = dice.choice([*(("get", one) for one in LOOKS), *(("post", one) for one in POSTED)] * 2 + [
            *(("tap", one) for one in TAPS), *(("number", one) for one in BY_NUMBER)])  # fmt: skip
        if not _forbidden(reader, report, what, assigned):
            continue
        own = _own(reader, report, kept, assigned) if how == "number" else report
        answers = [await _answer(world, reader, own, one, how, what) for one in (report, _absent())]
        assert answers[0] == answers[1], f"seed {SEED}: {reader.role} {how} {what}"
        assert OF_THIS not in answers[0]
        done += 1
        kinds.add((how, what))
    assert len(kinds) >= min(TRIPLES // 5, len(LOOKS) + len(POSTED) + len(TAPS) + len(BY_NUMBER) - 1)
    assert _everything(world, theirs) == before, "nothing was moved, written or journalled"
    opened = [await _answer(world, *pair, pair[1], "get", "") for pair in _allowed(readers, kept, assigned)]
    assert opened
    assert all(OF_THIS in page for page in opened), "whom it is for reads it"
    for reader in readers:
        await reader.office.client.aclose()


def _kept(world: World) -> list[Kept]:
    """The reports, in the order they were made, each with a document that was brought."""
    talk = world.citizen()
    with world.work() as work:
        found = []
        for row in work.session.scalars(select(Report).order_by(Report.clock_from)).all():
            file = attachments.keep(work, talk, 0, "file", "application/pdf", OF_THIS.encode())
            brought = work.session.get_one(tables.Attachment, file)
            brought.report, brought.state = row.uid, "ready"
            found.append(Kept(row.uid, row.number, row.area, row.state, row.conflicted, file))
        return found


def _absent() -> Kept:
    return Kept(opaque_id(), receipt.new_code(secrets.token_bytes, length=6), None, "", "", opaque_id())


def _forbidden(reader: Reader, report: Kept, what: str, assigned: dict[tuple[str, str], str]) -> bool:
    """Whether this operation is not for this reader; who may break the glass by number is no stranger there."""
    if what == "looks":
        scope = roles.may(reader.role, "report_content", "read")
        around = (report.area or reader.area).startswith(reader.area)
        return not ("bg" in scope and around and reader.role not in report.conflicted.split(","))
    as_open = report._replace(state="accepted") if what in WHERE_ENDED else report
    return not _oracle(reader.role, reader.area, reader.account, as_open, assigned)


def _own(reader: Reader, but: Kept, kept: list[Kept], assigned: dict[tuple[str, str], str]) -> Kept:
    """A report from which this reader names another one by its number: one of the reader's own where there is any."""
    others = [one for one in kept if one != but]
    return next((one for one in others if not _forbidden(reader, one, "", assigned)), others[0])


def _allowed(
    readers: list[Reader], kept: list[Kept], assigned: dict[tuple[str, str], str]
) -> list[tuple[Reader, Kept]]:
    """For each reader the first report that is for them."""
    pairs = [
        next(((one, report) for report in kept if not _forbidden(one, report, "", assigned)), None) for one in readers
    ]
    return [pair for pair in pairs if pair is not None]


async def _answer(world: World, reader: Reader, own: Kept, report: Kept, how: str, what: str) -> str:
    """What is answered, with what names the report itself left out."""
    if how == "tap":
        said = tapped(world, reader.who.talk, what.format(uid=report.uid))
    else:
        where = f"/staff/reports/{report.uid}/{what}".rstrip("/")
        fields = {**FORM, "form_key": reader.form_key}
        if how == "number":
            where = "/staff/looks" if what == "looks" else f"/staff/reports/{own.uid}/{what}"
            fields["number"] = report.number
        if how == "get":
            answer = await reader.office.get(f"/staff/reports/{report.uid}{what.format(file=report.file)}")
        else:
            answer = await reader.office.post(where, **fields)
        said = f"{answer.status_code} {answer.headers.get('location', '')} {answer.text}"
    return READ.sub("", said.replace(report.uid, "*").replace(report.number, "*"))


def _everything(world: World, theirs: set[tuple[str, str]]) -> list[object]:
    """The state of all reports, and how much was ever written or journalled about them, but for reading `theirs`."""
    with world.work() as work:
        columns = (Report.uid, Report.state, Report.severity, Report.holder, Report.moved_at, Report.acknowledged_at)
        found: list[object] = [tuple(row) for row in work.session.execute(select(*columns).order_by(Report.uid))]
        found += [work.session.scalar(select(func.count()).select_from(table)) for table in WRITTEN]
        about = select(JournalEntry.actor, JournalEntry.act, JournalEntry.subject).where(
            JournalEntry.subject.in_(select(Report.uid))
        )
        noted = work.session.execute(about).all()
        return [*found, sum(act != "report read" or (actor, subject) not in theirs for actor, act, subject in noted)]
