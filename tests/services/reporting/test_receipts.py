"""Report code and PIN: guessing one of them tells nothing and ends soon, for the guesser, the code and everybody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.care import parameters
from bot.services import attempts
from bot.services.reporting import receipts
from bot.storage.crypto import slow_hash
from bot.storage.tables import Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import HARM, code_of, tell


@pytest.fixture
def receipt(world: World) -> tuple[str, str]:
    code, pin = code_of(world, tell(world, HARM)).split()
    return code.replace("-", ""), pin


def _tries(world: World, talk: str, code: str, pin: str) -> str:
    with world.work() as work:
        return receipts.open_with(work, talk, code, pin).outcome


def _other(pin: str) -> str:
    return f"{(int(pin) + 1) % 10 ** len(pin):0{len(pin)}d}"


def test_a_wrong_pin_and_a_code_nobody_has_answer_alike(world: World, receipt: tuple[str, str]) -> None:
    code, pin = receipt
    assert _tries(world, world.citizen(), code, _other(pin)) == "wrong"
    assert _tries(world, world.citizen(), "ZZZZZZZZZZ", pin) == "wrong"
    assert _tries(world, world.citizen(), code, pin) == "found"


def test_a_pin_kept_before_the_key_file_had_a_part_in_it_still_opens(world: World, receipt: tuple[str, str]) -> None:
    code, pin = receipt
    with world.work() as work:
        report = work.session.scalars(select(Report)).one()
        report.pin_salt, report.pin_hash = b"s" * 16, slow_hash(pin, b"s" * 16, receipts.BEFORE_KEYED)
    assert _tries(world, world.citizen(), code, _other(pin)) == "wrong"
    assert _tries(world, world.citizen(), code, pin) == "found"


def test_who_has_the_rows_and_not_the_key_file_finds_no_pin_by_trying_all(
    world: World, receipt: tuple[str, str]
) -> None:
    _, pin = receipt
    report = world.report()
    assert report.pin_salt is not None
    assert report.pin_hash is not None
    assert slow_hash(pin, report.pin_salt) not in report.pin_hash


def test_after_five_wrong_tries_the_talk_waits_an_hour(world: World, hands: Hands, receipt: tuple[str, str]) -> None:
    code, pin = receipt
    talk = world.citizen()
    assert [_tries(world, talk, f"AAAAAAAAA{number}", pin) for number in range(5)] == ["wrong"] * 5
    assert _tries(world, talk, code, pin) == "locked"
    assert _tries(world, world.citizen(), code, pin) == "found", "somebody else is not kept out"
    hands.forward(hours=1, seconds=1)
    assert _tries(world, talk, code, pin) == "found"


def test_a_code_is_locked_however_many_talks_guess_its_pin(
    world: World, hands: Hands, receipt: tuple[str, str]
) -> None:
    code, pin = receipt
    assert [_tries(world, world.citizen(), code, _other(pin)) for _ in range(5)] == ["wrong"] * 5
    assert _tries(world, world.citizen(), code, pin) == "locked"
    hands.forward(hours=1, seconds=1)
    assert _tries(world, world.citizen(), code, pin) == "found"


def test_after_many_wrong_tries_from_everywhere_everybody_waits_an_hour(
    world: World, hands: Hands, receipt: tuple[str, str]
) -> None:
    with world.work() as work:
        limit = parameters.value("report.code.max_attempts").value["globally"]
        for number in range(limit - 1):
            attempts.note_wrong(work, "code", f"talk {number}", f"code {number}")
    code, pin = receipt
    keepers = [world.staff(role, "22", role) for role in ("sys_admin", "privacy_officer")]
    assert _tries(world, world.citizen(), code, pin) == "found", "one below the limit"
    assert [world.pushes(one) for one in keepers] == [[], []]
    assert _tries(world, world.citizen(), "ZZZZZZZZZZ", pin) == "wrong"
    assert [world.pushes(one) for one in keepers] == [["staff.flag.codes"]] * 2
    assert _tries(world, world.citizen(), code, pin) == "locked"
    hands.forward(hours=1, seconds=1)
    assert _tries(world, world.citizen(), code, pin) == "found"
