"""A new key while people are served: everything is sealed anew, a kill loses nothing, nothing forged passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.services.privacy import erasing, rotating
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.crypto import SealBroken, Vault, add_key
from bot.storage.tables import Account, Conversation, Report
from tests.builders import World


@pytest.fixture
def told(world: World) -> str:
    """A conversation with a report, a staff member, drafts and messages behind it."""
    world.staff("child_director")
    somebody = world.citizen()
    world.say(somebody, "邻居家孩子天天挨打 身上都是伤")
    world.say(somebody, "榆树市五棵树镇")
    return somebody


def rotated(world: World, vault: Vault, batches: int = 1000) -> int:
    done = 0
    with world.database.begin() as session:
        rotating.seal_the_proof(Work(session, vault, world.now()))
    for place in rotating.places():
        while batches > 0:
            with world.database.begin() as session:
                sealed = rotating.step(Work(session, vault, world.now()), place)
            if not sealed:
                break
            done, batches = done + sealed, batches - 1
    return done


def older(world: World, vault: Vault) -> int:
    with world.database.read() as session:
        work = Work(session, vault, world.now())
        return sum(rotating.left(work, place) for place in rotating.places())


def with_key_file(world: World, path: Path) -> Path:
    """The world's keys in a file, as `hutong init` leaves them."""
    assert world.vault.path is not None
    path.write_bytes(world.vault.path.read_bytes())
    path.chmod(0o600)
    world.vault.path = path
    return path


def test_everything_is_sealed_with_the_new_key_and_reads_as_before(world: World, told: str, tmp_path: Path) -> None:
    key_file = with_key_file(world, tmp_path / "key.json")
    before = [said.text for said in world.said(told)]
    assert add_key(key_file) == 2
    vault = Vault.load(key_file)
    assert older(world, vault) == rotated(world, vault) > 0
    assert older(world, vault) == 0
    assert [said.text for said in world.said(told)] == before
    with world.work() as work:
        person = work.session.query(Account).one()
        assert accounts.name_of(work, person) == "王主任", "a running process reads the new key from the file"
    assert world.vault.current == 2


def test_a_rotation_that_was_killed_goes_on_where_it_was(world: World, told: str, tmp_path: Path) -> None:
    key_file = with_key_file(world, tmp_path / "key.json")
    add_key(key_file)
    vault = Vault.load(key_file)
    rotated(world, vault, batches=1)
    assert older(world, vault) > 0
    assert world.said(told), "half-way everything is readable"
    rotated(world, Vault.load(key_file))
    assert older(world, vault) == 0


def test_a_value_moved_to_another_row_stops_the_rotation_instead_of_being_made_genuine(
    world: World, told: str, tmp_path: Path
) -> None:
    key_file = with_key_file(world, tmp_path / "key.json")
    world.staff("child_supervisor", "220182101", "李督导")
    with world.work() as work:
        one, other = work.session.query(Account).all()
        work.session.execute(update(Account).where(Account.uid == one.uid).values(name_sealed=other.name_sealed))
    add_key(key_file)
    with pytest.raises(SealBroken, match=r"accounts\.name"):
        rotated(world, Vault.load(key_file))


def test_every_place_is_named_as_the_services_name_it(world: World, told: str) -> None:
    """A place named otherwise would not open; here everything that was written is opened under its place."""
    with world.database.read() as session:
        for place in rotating.places():
            for uid, sealed in session.execute(
                place.table.select().with_only_columns(place.row, place.column).where(place.column.is_not(None))
            ):
                assert world.vault.open_bytes(place.name, uid, sealed) is not None


def test_an_erased_conversation_keeps_no_word_and_no_way_back_but_its_report_stays(world: World, told: str) -> None:
    with world.work() as work:
        erased = erasing.conversation(work, told)
    assert not isinstance(erased, str)
    assert erased.reports_kept == (world.report().number,)
    assert world.said(told) == []
    with world.work() as work:
        row = work.session.get_one(Conversation, told)
        assert (row.address_sealed, row.token_key, row.flow) == (None, None, None)
        assert work.session.query(Report).one().told_sealed


def test_what_is_not_there_and_what_staff_is_bound_to_is_refused_by_its_code(world: World) -> None:
    director = world.staff("child_director")
    with world.work() as work:
        assert erasing.conversation(work, "nothing") == "absent"
        assert erasing.conversation(work, director) == "staff"


def test_keys_do_not_show_where_a_vault_is_printed(world: World) -> None:
    assert all(repr(key) not in repr(world.vault) for key in (*world.vault.keys.values(), world.vault.lookup_key))
