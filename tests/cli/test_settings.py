"""Settings: every wrong one is named at once with what would be right; secrets never show."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import SETTINGS, SettingsError, load
from bot.storage.database import Database, create_tables, open_vault


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    found = load({"HUTONG_VAR_DIR": str(tmp_path)})
    assert found.database_url == f"sqlite:///{tmp_path}/hutong.db"
    assert found.public_url == "http://127.0.0.1:8080"
    assert found.roles == {"gateway", "worker", "clock"}
    assert found.rasa_urls == ("http://127.0.0.1:5005",)


def test_several_rasas_and_fewer_roles_are_given_with_commas() -> None:
    found = load({"HUTONG_RASA_URL": "http://a:1/, http://b:2", "HUTONG_ROLES": "worker,clock"})
    assert found.rasa_urls == ("http://a:1", "http://b:2")
    assert found.roles == {"worker", "clock"}


def test_all_wrong_settings_are_named_at_once_and_no_secret_shows() -> None:
    wrong = {
        "HUTONG_WEB_PORT": "eighty",
        "HUTONG_RASA_URL": "http://a:1,nowhere",
        "HUTONG_ROLES": "gateway,cook",
        "HUTONG_TELEGRAM_MODE": "pigeon",
        "HUTONG_DATABASE_URL": "mysql://user:geheim@host/x",
        "HUTONG_TYPO": "1",
    }
    with pytest.raises(SettingsError) as raised:
        load(wrong)
    said = str(raised.value)
    assert all(name in said for name in wrong)
    assert "geheim" not in said


def test_the_list_shows_each_setting_with_its_meaning_and_hides_secrets() -> None:
    shown = CliRunner().invoke(app, ["settings"], env={"HUTONG_TELEGRAM_TOKEN": "123:geheim"})
    assert shown.exit_code == 0
    assert "geheim" not in shown.stdout
    assert all(f"HUTONG_{setting.name}=" in shown.stdout and setting.meaning in shown.stdout for setting in SETTINGS)


def test_init_without_a_database_makes_keys_and_token_and_no_file_that_looks_like_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database is elsewhere, an empty one beside the keys would be verified instead of it."""
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path))
    monkeypatch.delenv("HUTONG_DATABASE_URL", raising=False)
    assert CliRunner().invoke(app, ["init", "--no-database"]).exit_code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["keys.json", "rasa.token"]
    keys = (tmp_path / "keys.json").read_bytes()
    elsewhere = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    create_tables(elsewhere)
    open_vault(elsewhere, tmp_path / "keys.json")  # a new database proves itself by these keys
    elsewhere.close()
    assert (tmp_path / "keys.json").read_bytes() == keys


def test_a_damaged_database_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path))
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    (tmp_path / "hutong.db").write_bytes(b"torn" * 4096)
    for beside in ("hutong.db-wal", "hutong.db-shm"):
        (tmp_path / beside).unlink(missing_ok=True)
    told = CliRunner().invoke(app, ["audit", "verify"])
    assert told.exit_code == 1
    assert "deploy/README.md" in told.output


def test_a_command_that_misses_the_address_of_run_many_begins_no_second_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUTONG_VAR_DIR", str(tmp_path))
    monkeypatch.delenv("HUTONG_DATABASE_URL", raising=False)
    (tmp_path / "database.url").write_text("postgresql+psycopg://somewhere/else", encoding="utf-8")
    told = CliRunner().invoke(app, ["staff", "list"])
    assert told.exit_code == 1
    assert f"export HUTONG_DATABASE_URL=$(cat {tmp_path}/database.url)" in told.stderr
    assert not (tmp_path / "hutong.db").exists()
