"""Whoever is sent to homes elsewhere finds them in the own list, all of them, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot.services.visits import lists as visit_lists
from bot.services.visits import stand_ins
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, VisitStandIn
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import VILLAGE, Person, person

MONDAY = date(2026, 11, 23)


def _sends(work: Work, child: str, who: Person) -> None:
    account, uid = who.member(work).account, opaque_id()
    work.session.add(
        VisitStandIn(
            uid=uid,
            talk=opaque_id(),
            child=child,
            account=account,
            name_sealed=work.seal(stand_ins.NAME, uid, "王"),
            on=MONDAY,
            by=account,
            at=work.now,
            confirmed_at=work.now,
        )
    )


def test_who_is_sent_to_two_homes_finds_both_and_no_third(world: World, hands: Hands) -> None:
    on_file.clock(hands, MONDAY, 8, 0)
    colleague = person(world, "child_director", f"{VILLAGE[:9]}202")
    person(world, "child_director", VILLAGE)
    homes = on_file.homes(world, "李小明", "王小红", "张小军", filed=MONDAY - timedelta(days=7))
    with world.work() as work:
        assert visit_lists.mine(work, colleague.member(work)) == []
        for child in work.session.scalars(select(Child).where(Child.household.in_(homes[:2]))):
            _sends(work, child.uid, colleague)
    with world.work() as work:
        found = visit_lists.mine(work, colleague.member(work))
    assert {stop.household for stop in found} == set(homes[:2])
