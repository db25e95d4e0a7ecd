"""Situations about the register: two villages of one township, one of another county, and children there."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.services.register import children, registering
from bot.services.register.registering import Entry, Kin
from bot.services.work import Work
from bot.storage.tables import Child
from tests.builders import World
from tests.services.cases import COUNTY, TOWNSHIP, VILLAGE, Person, person

NEXT_VILLAGE = "220184104202"
OTHER_COUNTY_VILLAGE = "220182101201"
__all__ = ["COUNTY", "NEXT_VILLAGE", "OTHER_COUNTY_VILLAGE", "TOWNSHIP", "VILLAGE", "Person", "filed", "person"]


def filed(world: World, name: str = "王小明", area: str = VILLAGE, **more: Any) -> str:
    """A child on file. Returns its id."""
    entry = Entry(
        **{
            "name": name,
            "area": area,
            "birth_date": date(2016, 5, 20),
            "sex": "male",
            "kin": (Kin("carer", "王长山", "爷爷", "13800000000"),),
            **more,
        }
    )
    with world.work() as work:
        return registering.put(work, entry, by=None).uid


def child_of(work: Work, uid: str) -> Child:
    """The row of a child."""
    return work.session.get_one(Child, uid)


def name_of(world: World, uid: str) -> str:
    """The name in a file."""
    with world.work() as work:
        return str(children.profile(work, child_of(work, uid))["name"])
