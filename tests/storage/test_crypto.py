from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.storage.crypto import KeyFileError, SealBroken, Vault, make_key_file
from bot.storage.database import Database, open_vault


def test_what_is_sealed_opens_in_its_own_place(key_file: Path) -> None:
    vault = Vault.load(key_file)
    assert vault.open("inbox.raw", "row", vault.seal("inbox.raw", "row", "邻居家孩子🧒\ud800")) == "邻居家孩子🧒\ud800"


@pytest.mark.parametrize(("place", "row"), [("inbox.raw", "other"), ("reports.told", "row")])
def test_a_sealed_value_moved_elsewhere_does_not_open(key_file: Path, place: str, row: str) -> None:
    vault = Vault.load(key_file)
    with pytest.raises(SealBroken):
        vault.open(place, row, vault.seal("inbox.raw", "row", "秘密"))


def test_one_changed_bit_is_noticed_anywhere(key_file: Path) -> None:
    vault = Vault.load(key_file)
    sealed = vault.seal("inbox.raw", "row", "秘密")
    for position in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[position] ^= 1
        with pytest.raises(SealBroken):
            vault.open("inbox.raw", "row", bytes(flipped))


def test_the_same_words_never_look_the_same(key_file: Path) -> None:
    vault = Vault.load(key_file)
    assert vault.seal("a.b", "row", "同一句") != vault.seal("a.b", "row", "同一句")


def test_a_new_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    make_key_file(tmp_path / "keys.json")
    assert os.stat(tmp_path / "keys.json").st_mode & 0o777 == 0o600


def test_a_key_file_others_may_read_is_refused_with_the_remedy(key_file: Path) -> None:
    key_file.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        Vault.load(key_file)


def test_a_damaged_key_file_is_refused(key_file: Path) -> None:
    key_file.write_text('{"current": 1, "keys": {"1": "AAAA"}, "lookup": "AAAA"}')
    with pytest.raises(KeyFileError, match="damaged"):
        Vault.load(key_file)


def test_a_database_refuses_the_key_file_of_another(database: Database, key_file: Path, tmp_path: Path) -> None:
    open_vault(database, key_file)
    make_key_file(tmp_path / "other.json")
    with pytest.raises(KeyFileError, match="does not belong"):
        open_vault(database, tmp_path / "other.json")


def test_a_database_with_data_never_gets_a_fresh_key_file(database: Database, key_file: Path) -> None:
    open_vault(database, key_file)
    key_file.unlink()
    with pytest.raises(KeyFileError, match="No key file"):
        open_vault(database, key_file)
    assert not key_file.exists()
