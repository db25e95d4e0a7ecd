"""The roster: who is on duty is told first, the deputy when nobody answers, everybody where there is no roster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot import jobs
from bot.cli import app
from bot.services.staff import duty
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import COUNTY, HARM, Person, person, tell


def _officers(world: World) -> list[Person]:
    return [person(world, "duty_officer", COUNTY, name) for name in ("甲", "乙", "丙")]


def _enter(world: World, officer: str, deputy: str | None = None, hours: int = 8, area: str = COUNTY) -> str | None:
    with world.work() as work:
        return duty.enter(work, area, officer, work.now, work.now + timedelta(hours=hours), deputy)


def _told(officers: list[Person]) -> list[int]:
    return [len(one.world.pushes(one.talk)) for one in officers]


def test_without_a_roster_every_duty_officer_is_told(world: World) -> None:
    officers = _officers(world)
    tell(world, HARM)
    assert _told(officers) == [1, 1, 1]


def test_with_a_roster_only_the_one_on_duty_is_told_and_the_deputy_when_nobody_answers(
    world: World, hands: Hands
) -> None:
    officers = _officers(world)
    assert _enter(world, officers[0].account, officers[1].account) is None
    tell(world, HARM)
    assert _told(officers) == [1, 0, 0]
    hands.forward(minutes=10)
    jobs.run(world.database, world.vault, "alerts", world.now())
    assert _told(officers) == [2, 1, 0]


def test_a_duty_that_is_over_leaves_everybody(world: World, hands: Hands) -> None:
    officers = _officers(world)
    _enter(world, officers[0].account)
    hands.forward(hours=8)
    tell(world, HARM)
    assert _told(officers) == [1, 1, 1]


def test_when_the_one_on_duty_is_gone_the_deputy_is_told(world: World) -> None:
    from bot.services.staff import accounts

    officers = _officers(world)
    _enter(world, officers[0].account, officers[1].account)
    with world.work() as work:
        accounts.suspend(work, officers[0].account)
    tell(world, HARM)
    assert [len(world.pushes(one.talk)) for one in officers] == [0, 1, 0]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"hours": 0}, "time_order"),
        ({"deputy": "self"}, "same_person"),
        ({"area": "220182"}, "not_a_duty_officer"),
        ({"deputy": "abcdefghijklmnopqrstuvwxyz"}, "not_a_duty_officer"),
    ],
)
def test_a_roster_entry_that_cannot_be_is_refused(changes: dict[str, object], refusal: str, world: World) -> None:
    officer = _officers(world)[0].account
    deputy = officer if changes.get("deputy") == "self" else changes.get("deputy")
    kinds = {key: value for key, value in changes.items() if key != "deputy"}
    assert _enter(world, officer, deputy, **kinds) == refusal  # type: ignore[arg-type]


def test_the_command_line_refuses_whoever_is_no_duty_officer(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("HUTONG_DATABASE_URL", f"sqlite:///{tmp_path}/cli.db")
    monkeypatch.setenv("HUTONG_KEY_FILE", f"{tmp_path}/keys.json")
    ask = ["staff", "duty", "--area", COUNTY, "--account", "nobody", "--from", "2026-11-23T08:00", "--to"]
    result = CliRunner().invoke(app, [*ask, "2099-11-23T20:00"])
    assert (result.exit_code, "not_a_duty_officer" in result.output + result.stderr) == (1, True)
