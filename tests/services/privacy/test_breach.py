"""Whom a breach concerns: everybody whose data lay there, by ids and kinds, and no word that was sealed."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

import pytest

from bot.services import journal
from bot.services.privacy import breach, rotating
from bot.storage.tables import JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.services.registered import child_of, filed


def exported(world: World, until: datetime | None = None, *tables: str) -> dict[str, breach.Concerned]:
    with world.work() as work:
        return {f"{one.of} {one.id}": one for one in breach.export(work, until or world.now(), tables)}


def test_every_sealed_column_belongs_to_somebody_and_its_kind_has_words() -> None:
    for place in rotating.places():
        assert breach.owners(place.table), place.name
        assert breach.kind(place.name)


def test_child_report_and_reporter_are_named_by_ids_with_kinds_and_since_when(world: World, hands: Hands) -> None:
    began = hands()
    talk = world.citizen()
    world.say(talk, "公主岭市响水镇姜家店村邻居家孩子总挨打身上都是伤")
    report = world.report()
    hands.forward(days=2)
    uid = filed(world, "王小明")
    found = exported(world)
    with world.work() as work:
        number = child_of(work, uid).number
    child, told = found[f"children {uid}"], found[f"reports {report.uid}"]
    assert (child.number, "children" in child.tables) == (number, True)
    assert "孩子的姓名、出生日期和身份信息" in child.kinds
    assert (told.number, told.tables) == (report.number, {"reports", "drafts"})
    assert datetime.fromisoformat(str(told.since)) == began
    assert "drafts" in found[f"conversations {talk}"].tables or "outbox" in found[f"conversations {talk}"].tables
    plain = json.dumps([asdict(one) for one in found.values()], ensure_ascii=False, default=list)
    assert not [word for word in ("王小明", "王长山", "13800000000", "姜家店", "挨打") if word in plain]


def test_what_came_after_the_leak_or_lay_elsewhere_is_not_in_the_list(world: World, hands: Hands) -> None:
    first = filed(world, "王小明")
    leaked = hands()
    hands.forward(days=1)
    second = filed(world, "李小雪")
    before = exported(world, leaked)
    assert f"children {first}" in before
    assert f"children {second}" not in before
    assert {one.of for one in exported(world, None, "people").values()} == {"people"}


def test_a_table_without_sealed_data_is_refused_and_the_list_is_journalled(world: World) -> None:
    with pytest.raises(KeyError, match="leases"), world.work() as work:
        breach.export(work, world.now(), ["leases"])
    exported(world)
    with world.work() as work:
        assert work.session.query(JournalEntry).filter_by(act="breach list made").count() == 1
        assert journal.verify(work).first_wrong is None
