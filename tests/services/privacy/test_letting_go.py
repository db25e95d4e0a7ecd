"""Reports whose time of keeping is over are erased; what a court may want is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot import jobs
from bot.cli import app
from bot.gateway.web import offering
from bot.services import journal
from bot.services.casework import acts as casework
from bot.services.casework import archives, asking, closing, dossier, glass, reports, timeline
from bot.services.privacy import letting_go
from bot.services.reporting import attachments
from bot.services.work import Work
from bot.storage.tables import Attachment, JournalEntry, LegalHold, Note, Outbox, Question, Report
from tests.builders import World
from tests.conftest import Hands
from tests.media_samples import picture
from tests.services.cases import COUNTY, HARDSHIP, HARM, Staff, code_of, person, row, staff_of, tell


@pytest.fixture
def people(world: World) -> Staff:
    return staff_of(world)


def _ended(world: World, people: Staff, signs: list[str], reason: str, **facts: object) -> str:
    talk = world.citizen()
    report = tell(world, signs, talk=talk, **facts)
    inbox = world.hear(talk, {"media": "photo"})
    with world.work() as work:
        uid = attachments.keep(work, talk, inbox, "photo", "image/jpeg", picture())
        work.session.get_one(Attachment, uid).report = report
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(asking.ask, report, "孩子平时跟谁住？")
    people.caseworker.does(casework.add_note, report, "去过三次")
    people.caseworker.does(closing.propose, report, reason, "查过了")
    people.manager.does(closing.confirm, report)
    assert row(world, report).closed_at is not None
    return report


def _erased(world: World) -> int:
    return jobs.run(world.database, world.vault, "retention", world.now())["reports"]


def _left(world: World, report: str) -> int:
    """How many rows of content there are."""
    with world.work() as work:
        return sum(
            work.session.scalar(select(func.count()).select_from(table).where(table.report == report)) or 0
            for table in (Attachment, Question, Note)
        )


def test_what_was_not_confirmed_is_erased_with_its_photos_after_180_days_and_the_journal_stays(
    world: World, hands: Hands, people: Staff
) -> None:
    report = _ended(world, people, HARM, "not_confirmed")
    code = code_of(world, report)
    hands.forward(days=179)
    assert (_erased(world), _left(world, report)) == (0, 3)
    hands.forward(days=2)
    assert (_erased(world), _left(world, report)) == (1, 0)
    assert _erased(world) == 0, "once"
    with world.work() as work:
        kept = work.session.get_one(Report, report)
        assert reports.told_of(work, kept) == letting_go.NOTHING
        assert (kept.severity, kept.state, kept.conversation) == ("S1", "closed", None)
        about = work.session.scalars(select(Outbox.args_sealed).where(Outbox.natural_key.contains(report)))
        assert set(about) == {None}
        acts = [entry["act"] for entry in archives._journal(work, kept)]
        assert acts[-2:] == ["attachments erased", "report erased"]
        assert "report close" in acts
        assert journal.verify(work).first_wrong is None
    talk = world.citizen()
    world.tap(talk, "flow:status")
    assert world.say(talk, code)[0] == "reporter.wrong_code", "its code tells nothing any more"


def test_what_was_handled_is_kept_until_the_child_is_21(world: World, hands: Hands, people: Staff) -> None:
    told, unknown = (_ended(world, people, HARDSHIP, "moved_out", **facts) for facts in ({"child_age_years": 16}, {}))
    hands.forward(days=365 * 5 - 10)
    assert _erased(world) == 0
    hands.forward(days=20)
    assert _erased(world) == 1
    assert (_left(world, told), _left(world, unknown)) == (0, 3), "an age nobody knows shortens nothing"


def test_a_legal_hold_overrides_the_time_of_keeping_until_it_ends(world: World, hands: Hands, people: Staff) -> None:
    report = _ended(world, people, HARM, "not_confirmed")
    number = row(world, report).number
    with world.work() as work:
        assert letting_go.hold(work, number, "检察院调卷") is not None
        assert letting_go.hold(work, "ZZZZZZ", "没有这条") is None
    hands.forward(days=400)
    assert (_erased(world), _left(world, report)) == (0, 3)
    with world.work() as work:
        assert [found for _, found in letting_go.holds(work)] == [number]
        sealed = work.session.scalars(select(LegalHold)).one().reason_sealed
        assert "检察院".encode() not in sealed
        assert letting_go.release(work, number) == 1
    assert (_erased(world), _left(world, report)) == (1, 0)
    with world.work() as work:
        assert letting_go.hold(work, number, "太晚了") is None


def test_what_is_opened_again_is_kept(world: World, hands: Hands, people: Staff) -> None:
    report = _ended(world, people, HARM, "not_confirmed")
    hands.forward(days=100)
    assert _erased(world) == 0
    assert people.caseworker.does(casework.reopen, report, "又来电话").allowed
    hands.forward(days=200)
    assert (_erased(world), _left(world, report)) == (0, 3)


def _with_a_number(world: World, talk: str) -> str:
    report = tell(world, HARM, talk=talk)
    with world.work() as work:
        filed = work.session.get_one(Report, report)
        words = [["what", "天天打"], ["safe_contact", "13800000000"]]
        filed.told_sealed = work.seal("reports.told", report, {**reports.told_of(work, filed), "words": words})
    return report


def _words(world: World, report: str) -> list[list[str]]:
    with world.work() as work:
        words: list[list[str]] = reports.told_of(work, work.session.get_one(Report, report))["words"]
        return words


def test_a_reporter_who_withdraws_under_a_legal_hold_is_kept_unused_until_it_ends(world: World, people: Staff) -> None:
    talk = world.citizen()
    report = _with_a_number(world, talk)
    number = row(world, report).number
    with world.work() as work:
        assert letting_go.hold(work, number, "检察院调卷") is not None
    world.say(talk, "我要撤回")
    assert world.tap(talk, "withdraw:yes") == ["withdraw.done_urgent", "withdraw.held"]
    assert "13800000000" in str(_words(world, report)), "what a court may want is there"

    # Nobody who handles it sees it or can break the glass to it, and nothing goes to whoever withdrew.
    sheet = people.duty.does(dossier.open_sheet, report)
    assert [told.words for told in sheet.told] == ["天天打"]
    assert not people.duty.does(offering.contact, sheet).known
    people.duty.does(glass.break_it, report, glass.IDENTITY, "孩子找不到了，要联系")
    assert people.duty.does(offering.contact, sheet).words is None
    people.director.does(reports.accept, report)
    assert world.pushes(talk) == []
    made = people.caseworker.does(archives.make, report, "交派出所立案", "report exported", full=True)
    assert made is not None
    assert "13800000000" not in str(made.data)

    with world.work() as work:
        assert letting_go.release(work, number) == 1
    assert _words(world, report) == [["what", "天天打"]]


def test_what_a_hold_keeps_of_who_withdrew_is_opened_by_a_document_and_the_journal_tells_of_it(
    world: World, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def at_work() -> Iterator[Work]:
        with world.work() as work:
            yield work

    monkeypatch.setattr("bot.cli.reports.at_work", at_work)

    def asks(asked_by: str = "procuratorate", document: str = "吉检调〔2026〕12号") -> tuple[int, str, str]:
        ran = CliRunner().invoke(app, ["reports", "held-contact", number, "--for", asked_by, "--document", document])
        return ran.exit_code, ran.stdout.strip(), ran.stderr

    def opened() -> list[JournalEntry]:
        with world.work() as work:
            return list(work.session.scalars(select(JournalEntry).where(JournalEntry.act == "held contact read")))

    talk = world.citizen()
    report = _with_a_number(world, talk)
    number = row(world, report).number
    assert asks()[:2] == (1, ""), "nobody withdrew: staff break the glass"
    with world.work() as work:
        assert letting_go.hold(work, number, "检察院调卷") is not None
    world.say(talk, "我要撤回")
    world.tap(talk, "withdraw:yes")
    for wrong in ({"asked_by": "friend"}, {"document": ""}, {"document": "有用"}, {"document": "13900000000"}):
        code, printed, why = asks(**wrong)
        assert (code, printed) == (1, "")
        assert "13800000000" not in why
    assert opened() == []
    assert asks()[:2] == (0, "13800000000")
    entry = opened()[0]
    assert (entry.subject, json.loads(entry.detail)) == (
        report,
        {"asked_by": "procuratorate", "document": "吉检调〔2026〕12号"},
    )
    privacy = person(world, "privacy_officer", COUNTY)
    with world.work() as work:
        assert journal.verify(work).first_wrong is None
        line = timeline.gather(work, privacy.member(work), work.session.get_one(Report, report))
        assert [read.details["act"] for read in line.reads] == ["held contact read"]
        assert letting_go.release(work, number) == 1
    assert asks()[:2] == (1, ""), "the hold is over, and the number with it"


def test_without_a_hold_the_number_of_who_withdraws_goes_at_once(world: World, people: Staff) -> None:
    talk = world.citizen()
    report = _with_a_number(world, talk)
    world.say(talk, "我要撤回")
    assert world.tap(talk, "withdraw:yes") == ["withdraw.done_urgent"]
    assert _words(world, report) == [["what", "天天打"]]
