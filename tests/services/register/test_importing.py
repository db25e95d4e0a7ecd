"""Bringing a register: encodings, refused rows named, duplicates proposed, siblings together, all or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.services.register import children, finding, importing, sheets
from bot.services.register.importing import Alike, Refused
from tests.builders import World
from tests.services.registered import VILLAGE, child_of, filed, person

HEAD = "姓名,性别,出生日期,现住村（社区）,同户编号,照护人,与孩子关系,父亲情况,母亲情况,监护状况,身份证号\n"
GOOD = f"王小明,男,2016-05-20,{VILLAGE},1,王长山,爷爷,外出务工,外出务工,一般,\n"
SISTER = "王小红,女,2018年3月1日,公主岭市响水镇姜家店村,1,王长山,爷爷,外出务工,外出务工,一般,\n"


def _table(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> list[tuple[int, list[str]]]:
    path = tmp_path / "register.csv"
    path.write_bytes(text.encode(encoding))
    return sheets.rows(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_files_of_offices_are_read_in_the_encodings_they_come_in(tmp_path: Path, encoding: str) -> None:
    assert _table(tmp_path, HEAD + GOOD, encoding)[1][1][0] == "王小明"


def test_the_template_comes_back_as_it_went_out(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(sheets.workbook([("儿童名册", importing.template())]))
    (_, head), (line, example) = sheets.rows(path)
    assert (line, head[0], example[0]) == (2, "姓名", "王小明")
    told = {name: example[at] for name, at in importing._head(head).items()}
    entry = importing.entry_of(told)
    assert (entry.area, entry.birth_date, entry.level) == (VILLAGE, date(2016, 5, 20), "average")
    assert (entry.facts["father_away_status"], [one.kind for one in entry.kin]) == (
        "away_for_work",
        ["father", "mother", "carer"],
    )


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(sheets.workbook([("x", [["head"], ['=HYPERLINK("http://x")'], [3]])]))
    cells = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert cells == ["head", '\'=HYPERLINK("http://x")', 3]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"x", "kind"),
        ("a.xlsx", b"not a zip", "broken"),
        ("a.csv", b"\xff\xff\xff", "encoding"),
        ("a.csv", b"\n,,\n", "empty"),
    ],
)
def test_what_is_no_table_is_refused_by_kind(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(sheets.Unreadable) as caught:
        sheets.rows(tmp_path / name)
    assert caught.value.code == code


def test_siblings_come_into_one_household_with_their_facts_assessed(world: World, tmp_path: Path) -> None:
    with world.work() as work:
        found = importing.bring(work, _table(tmp_path, HEAD + GOOD + SISTER))
        assert (found.refused, found.alike, len(found.filed)) == ([], [], 2)
        first, second = (child_of(work, uid) for uid in found.filed)
        assert first.household == second.household
        assert (first.left_behind, first.level, first.state) == ("needs_verification", "average", "active")
        assert [one.name for one in children.around(work, second)] == ["王长山"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (GOOD.replace("2016-05-20", "2016-13-20"), "birth_date", "no_day"),
        (GOOD.replace("2016-05-20", ""), "birth_date", "birth_missing"),
        (GOOD.replace("2016-05-20", "2006-05-20"), "birth_date", "over_age"),
        (GOOD.replace("2016-05-20", "2036-05-20"), "birth_date", "birth_in_future"),
        (GOOD.replace("王小明", ""), "name", "name_missing"),
        (GOOD.replace("王小明", "123"), "name", "no_name"),
        (GOOD.replace(VILLAGE, "220184104999"), "area", "no_village"),
        (GOOD.replace(VILLAGE, "月球村"), "area", "no_village"),
        (GOOD.replace(VILLAGE, "220182101201"), "area", "area_elsewhere"),
        (GOOD.replace("男", "公"), "sex", "no_value"),
        (GOOD.replace("一般", "较差"), "level", "no_value"),
        (GOOD.replace(",\n", ",22018420160520001X\n"), "identity", "identity_miscopied"),
        (GOOD.replace(",\n", ",12345\n"), "identity", "no_identity"),
    ],
)
def test_a_refused_row_is_named_with_its_column_and_reason_and_nothing_is_filed(
    world: World, tmp_path: Path, row: str, column: str, reason: str
) -> None:
    with world.work() as work:
        found = importing.bring(work, _table(tmp_path, HEAD + SISTER + row), within=VILLAGE[:6])
        assert found.refused == [Refused(3, reason, column)]
        assert found.filed == []
        kept = importing.bring(work, _table(tmp_path, HEAD + SISTER + row), within=VILLAGE[:6], partial=True)
        assert len(kept.filed) == 1


def test_whoever_is_on_file_or_twice_in_the_table_is_proposed_and_never_merged(world: World, tmp_path: Path) -> None:
    uid = filed(world)
    with world.work() as work:
        found = importing.bring(work, _table(tmp_path, HEAD + GOOD + SISTER + SISTER), partial=True)
        assert found.alike == [Alike(2, uid, None), Alike(4, None, 3)]
        assert len(found.filed) == 1
        both = importing.bring(work, _table(tmp_path, HEAD + GOOD), both=True)
        assert len(both.filed) == 1


def test_a_missing_column_is_named(world: World, tmp_path: Path) -> None:
    with world.work() as work:
        assert importing.bring(work, _table(tmp_path, "姓名,性别\n王小明,男\n")).missing == [
            "出生日期",
            "现住村（社区）",
        ]


def test_the_imported_are_found_by_their_director(world: World, tmp_path: Path) -> None:
    with world.work() as work:
        importing.bring(work, _table(tmp_path, HEAD + GOOD + SISTER))
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        assert {line.name for line in finding.listed(work, director.member(work)).lines} == {"王小明", "王小红"}


def test_what_an_empty_column_never_asked_is_shown_as_not_asked_to_its_end(world: World, tmp_path: Path) -> None:
    talk = world.staff("child_director", VILLAGE)
    with world.work() as work:
        (uid,) = importing.bring(work, _table(tmp_path, HEAD + GOOD)).filed
    world.tap(talk, f"child.open={uid}")
    told = world.said(talk)[-1].text
    assert "困境：还没问完" in told
    assert "不符合" not in told
