"""Paper and archive of a report: what was brought is in the chain, third parties are covered, every change is found."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.services.casework import archives, child_links, reports
from bot.services.reporting import attachments
from bot.storage.database import Database
from bot.storage.tables import Attachment, Child, JournalEntry, Note, Report
from tests.builders import World
from tests.gateway.office import COUNTY, VILLAGE, Office, site_of
from tests.media_samples import photo_with_place, picture
from tests.services.registered import OTHER_COUNTY_VILLAGE, filed, person

ORIGINAL, COPY = photo_with_place(), picture()
WORDS = "王小明天天挨打，他爸王大江打的，老李家看见了，电话13812345678"
HELD = "attachments/photo-1.jpg"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Paper and files; what they are made of is read on both databases elsewhere."""
    return sqlite


@pytest.fixture
async def office(world: World) -> AsyncIterator[Office]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://hutong.test") as client:
        yield Office(client, world)


@pytest.fixture
def report(world: World) -> str:
    """A report about 王小明 with a photo that was checked and a recording that is not checked yet."""
    told = {
        "facts": {"signs": ["beaten"], "conflicted": []},
        "words": [["what", WORDS], ["child_ref", "王小明，8岁，住老王家"], ["suspect_ref", "他爸王大江"]],
        "area": VILLAGE,
        "given": {},
    }
    talk = world.citizen()
    with world.work() as work:
        uid = reports.open_report(work, talk, told).uid
        for later, (kind, data) in enumerate((("photo", ORIGINAL), ("voice", b"OggS"))):
            row = work.session.get_one(Attachment, attachments.keep(work, talk, 0, kind, "image/jpeg", data))
            row.report, row.at = uid, work.now + timedelta(seconds=later)
            if kind == "photo":
                attachments.ready(work, row, COPY, "image/jpeg")
    return uid


def _files(archived: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archived)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, body in files.items():
            zipped.writestr(name, body)
    return out.getvalue()


async def test_the_archive_holds_copies_and_proves_originals(
    office: Office, world: World, report: str, tmp_path: Path
) -> None:
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    answer = await office.post(f"/staff/reports/{report}/export", purpose="交派出所立案", files="yes")
    files, checked = _files(answer.content), archives.check(answer.content)
    assert (checked.wrong, checked.brought, checked.held) == ([], 2, 1)
    assert files[HELD] == COPY
    assert ORIGINAL not in files.values()
    assert checked.matches(ORIGINAL)
    assert not checked.matches(COPY)
    brought = [e for e in json.loads(files["evidence.json"])["timeline"] if e["what"] == archives.BROUGHT]
    assert brought[0]["with_original"] == hashlib.sha256(ORIGINAL).hexdigest()
    assert brought[0]["with_copy"] == hashlib.sha256(COPY).hexdigest()
    assert brought[0]["with_original"] in files["report.html"].decode()

    kept, original, other = tmp_path / "a.zip", tmp_path / "o.jpg", tmp_path / "x.jpg"
    kept.write_bytes(answer.content)
    original.write_bytes(ORIGINAL)
    other.write_bytes(COPY)
    run = CliRunner().invoke(app, ["audit", "verify-file", str(kept), "--original", str(original)])
    assert (run.exit_code, "1 of 2 held" in run.output) == (0, True)
    run = CliRunner().invoke(app, ["audit", "verify-file", str(kept), "--original", str(other)])
    assert (run.exit_code, "不是带到这条报告的那一个" in run.output) == (1, True)


async def test_a_changed_a_missing_and_a_foreign_photo_are_each_found(
    office: Office, world: World, report: str
) -> None:
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    answer = await office.post(f"/staff/reports/{report}/export", purpose="交派出所立案", files="yes")
    files = _files(answer.content)
    assert ("attachment", HELD) in archives.check(_zipped({**files, HELD: COPY + b" "})).wrong
    assert ("attachment", HELD) in archives.check(_zipped({n: b for n, b in files.items() if n != HELD})).wrong
    foreign = archives.check(_zipped({**files, "attachments/photo-2.jpg": COPY})).wrong
    assert foreign == [("file", "attachments/photo-2.jpg"), ("attachment", "attachments/photo-2.jpg")]
    evidence = files["evidence.json"].replace(hashlib.sha256(ORIGINAL).hexdigest().encode(), b"0" * 64)
    kinds = {kind for kind, _ in archives.check(_zipped({**files, "evidence.json": evidence})).wrong}
    assert kinds == {"file", "entry"}


async def test_without_being_asked_for_no_photo_goes_along_but_its_hash_does(
    office: Office, world: World, report: str
) -> None:
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    answer = await office.post(f"/staff/reports/{report}/export", purpose="交派出所立案")
    checked, files = archives.check(answer.content), _files(answer.content)
    assert (checked.wrong, checked.brought, checked.held) == ([], 2, 0)
    assert not [name for name in files if name.startswith("attachments/")]
    assert "本件不带照片、录音、文件本身" in files["report.html"].decode()
    assert checked.matches(ORIGINAL)


async def test_third_parties_are_covered_on_paper_and_the_child_is_not(
    office: Office, world: World, report: str
) -> None:
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    paper = (await office.post(f"/staff/reports/{report}/print", purpose="交派出所立案")).text
    assert "王小明天天挨打，他爸■■■打的，老■家看见了" in paper
    assert "王大江" not in paper
    assert "13812345678" not in paper


async def test_names_are_shown_only_with_a_reason_of_its_own_that_is_kept(
    office: Office, world: World, report: str
) -> None:
    await office.sign_in(world.staff("county_caseworker", COUNTY))
    where = f"/staff/reports/{report}/print"
    assert (await office.post(where, purpose="交派出所立案", full="yes")).status_code == 400
    paper = (await office.post(where, purpose="交派出所立案", full="yes", why_full="警方要找当事人")).text
    assert "他爸王大江打的，老李家看见了" in paper
    with world.work() as work:
        detail = work.session.scalars(select(JournalEntry.detail).where(JournalEntry.act == "report printed")).one()
        assert '"mode":"full"' in detail.replace(" ", "")
        note = work.session.scalars(select(Note).where(Note.report == report, Note.kind == "paper")).one()
        assert work.open("notes.text", note.uid, note.text_sealed) == "交派出所立案（警方要找当事人）"


async def test_children_on_file_stand_with_their_links_and_only_the_told_one_by_name(
    office: Office, world: World, report: str
) -> None:
    told, sister = filed(world), filed(world, "赵小花")
    caseworker = person(world, "county_caseworker", COUNTY)
    await office.sign_in(caseworker.talk)
    for name in ("王小明", "赵小花"):
        assert (await office.post(f"/staff/reports/{report}/do/link_child", child=name)).status_code == 303
    assert (await office.post(f"/staff/reports/{report}/do/unlink_child", child=sister)).status_code == 303
    elsewhere, by = filed(world, "钱小亮", OTHER_COUNTY_VILLAGE), caseworker.account
    with world.work() as work:
        numbers = {uid: work.session.get_one(Child, uid).number for uid in (told, sister, elsewhere)}
        row, child = work.session.get_one(Report, report), work.session.get_one(Child, elsewhere)
        child_links.known(work, row, [child], by)
    paper = (await office.post(f"/staff/reports/{report}/print", purpose="交派出所立案")).text
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in paper.split("<tr>") if "档案里的孩子（" in row]
    assert [(numbers[told] in row, numbers[sister] in row) for row in rows] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert [row.split("）")[-1].split()[0] for row in rows] == ["王小明", "■■■", "■■■"]
    assert ["取消" in row for row in rows] == [False, False, True]
    assert numbers[elsewhere] not in paper, "a file that this member may not see is not there"
    exported = await office.post(
        f"/staff/reports/{report}/export", purpose="交派出所立案", full="yes", why_full="警方要找当事人"
    )
    assert archives.check(exported.content).wrong == []
    assert "赵小花" in _files(exported.content)["evidence.json"].decode()
