"""Situations about reports that staff deal with: a village with its people, and reports told in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.services import conversations
from bot.services.casework import handling, reports
from bot.services.reporting import receipts
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Report
from tests.builders import World

VILLAGE = "220184104201"
TOWNSHIP, COUNTY = VILLAGE[:9], VILLAGE[:6]
HARM, DROPPED_OUT, HARDSHIP = ["beaten"], ["out_of_school"], ["hardship"]


def told(
    signs: list[str], conflicted: list[str] | None = None, words: str = "孩子的事", **facts: Any
) -> dict[str, Any]:
    """What open_report takes."""
    return {
        "facts": {"signs": signs, "conflicted": conflicted or [], **facts},
        "words": [["what", words]],
        "area": VILLAGE,
        "given": {},
    }


def tell(
    world: World, signs: list[str], conflicted: list[str] | None = None, talk: str | None = None, **facts: Any
) -> str:
    """A report told in the village; with `talk` its reporter wants to hear from us. Returns its id."""
    with world.work() as work:
        report = reports.open_report(work, talk, told(signs, conflicted, **facts))
        report.follow_up = talk is not None
        return report.uid


def code_of(world: World, report: str) -> str:
    """Code and PIN of a report as its reporter would send them."""
    with world.work() as work:
        issued = receipts.issue(work, work.session.get_one(Report, report))
        return f"{issued.code} {issued.pin}"


@dataclass(frozen=True)
class Person:
    """A staff member by conversation."""

    world: World
    talk: str

    def member(self, work: Work) -> Member:
        """Who this is now, with the posts held now."""
        found = accounts.member(work, self.talk)
        assert found is not None
        return found

    def does(self, service: Any, *args: Any, **kinds: Any) -> Any:
        """Call a service as this person, in its own transaction."""
        with self.world.work() as work:
            return service(work, self.member(work), *args, **kinds)

    @property
    def account(self) -> str:
        with self.world.work() as work:
            return self.member(work).account


def person(world: World, role: str, area: str, name: str = "王") -> Person:
    """A bound staff member."""
    return Person(world, world.staff(role, area, name))


@dataclass(frozen=True)
class Staff:
    """The people of one village, up to its county."""

    director: Person
    supervisor: Person
    caseworker: Person
    manager: Person
    duty: Person


def staff_of(world: World) -> Staff:
    """A village with a director, a supervisor, and the county's caseworker, manager and duty officer."""
    return Staff(
        person(world, "child_director", VILLAGE, "王主任"),
        person(world, "child_supervisor", TOWNSHIP, "李督导"),
        person(world, "county_caseworker", COUNTY, "张科员"),
        person(world, "county_manager", COUNTY, "赵科长"),
        person(world, "duty_officer", COUNTY, "孙值班"),
    )


def state(world: World, report: str) -> str:
    """The state of a report now."""
    with world.work() as work:
        return work.session.get_one(Report, report).state


def row(world: World, report: str) -> Report:
    """A report's row now."""
    with world.work() as work:
        return work.session.get_one(Report, report)


def outcome(result: Any) -> tuple[bool, str | None]:
    """What a service answered, shortly."""
    return result.allowed, result.refusal


def telegram(world: World, address: str) -> str:
    """A Telegram chat as an anonymous reporter has it after filing: parted, its address kept for answers."""
    with world.work() as work:
        uid = conversations.for_chats(work, "telegram", {address})[address]
        conversations.part(work, uid, keep_address=True)
        return uid


def seen(world: World, who: str, report: str) -> list[object]:
    """Everything a staff member can bring up: what was said to them, their list, and every tap on the report."""
    inbox = world.hear(who, {"text": "我的报告"})
    with world.work() as work:
        handling.list_mine(work, who, inbox)
        world._done(work, inbox)
    taps = ["accept", "view", "case:police", "case:talk", "case:close", "case:handle", "case:confirm", "case:ask"]
    answers = [world.tap(who, f"{tap}:{report}") for tap in taps]
    said = [(one.text, one.choices, one.kind) for one in world.said(who)]
    return [answers, said, world.pushes(who), world.flow(who)]
