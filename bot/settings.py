"""Settings: environment variables with the prefix HUTONG_, all optional, read once at the edges.

A wrong value is named together with all other wrong ones, so that one start tells everything to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "HUTONG_"
ROOT = Path(__file__).resolve().parents[1]


ROLES = frozenset({"gateway", "worker", "clock"})


class SettingsError(ValueError):
    """One or more settings cannot be used; the text names each with what is wrong and what would be right."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name without the prefix, meaning, default and check."""

    name: str
    meaning: str
    default: str
    check: Callable[[str], str | None]
    secret: bool = False


@dataclass(frozen=True)
class Settings:
    """The values in force. Paths are absolute; URLs have no trailing slash."""

    database_url: str
    database_connections: int
    telegram_token: str
    telegram_api: str
    telegram_mode: str
    telegram_personal_data: str
    web_host: str
    web_port: int
    public_url: str
    rasa_urls: tuple[str, ...]
    rasa_token: str
    actions_port: int
    key_file: Path
    var_dir: Path
    roles: frozenset[str]
    log: str

    @property
    def alone(self) -> bool:
        """Whether this process does everything by itself, as on one machine."""
        return self.roles == ROLES

    @property
    def web_page(self) -> str | None:
        """Where Telegram sends people with everything personal (redirect mode); None when it need not."""
        return self.public_url if self.telegram_personal_data == "redirect" else None


def _any(_: str) -> str | None:
    return None


def _url(value: str) -> str | None:
    parts = urlsplit(value)
    return None if parts.scheme in {"http", "https"} and parts.netloc else "must be a full http(s) address"


def _urls(value: str) -> str | None:
    return next((wrong for url in value.split(",") if (wrong := _url(url.strip()))), None)


def _optional_url(value: str) -> str | None:
    return _url(value) if value else None


def _port(value: str) -> str | None:
    return None if value.isdigit() and 0 < int(value) < 65536 else "must be a port number from 1 to 65535"


def _database(value: str) -> str | None:
    known = ("sqlite://", "postgresql+psycopg://")
    return None if not value or value.startswith(known) else "must begin with sqlite:// or postgresql+psycopg://"


def _one_of(*values: str) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        return None if value in values else f"must be one of: {', '.join(values)}"

    return check


def _connections(value: str) -> str | None:
    return None if value.isdigit() and 2 <= int(value) <= 500 else "must be a number from 2 to 500"


def _roles(value: str) -> str | None:
    given = {one.strip() for one in value.split(",")}
    return None if given <= ROLES else "must be one or more of gateway, worker and clock, with commas between"


SETTINGS: tuple[Setting, ...] = (
    Setting("DATABASE_URL", "where everything is kept; empty: SQLite under VAR_DIR", "", _database, secret=True),
    Setting(
        "DATABASE_CONNECTIONS",
        "connections to PostgreSQL this process opens at most; those of all processes together must fit its limit",
        "10",
        _connections,
    ),
    Setting("TELEGRAM_TOKEN", "token of the Telegram bot; empty: no Telegram", "", _any, secret=True),
    Setting("TELEGRAM_API", "base address of the Bot API", "https://api.telegram.org", _url),
    Setting("TELEGRAM_MODE", "how updates arrive; webhook needs PUBLIC_URL", "polling", _one_of("polling", "webhook")),
    Setting(
        "TELEGRAM_PERSONAL_DATA",
        "full: every talk runs on Telegram; redirect: personal matters are sent to the web page",
        "full",
        _one_of("full", "redirect"),
    ),
    Setting("WEB_HOST", "address the web server listens on", "127.0.0.1", _any),
    Setting("WEB_PORT", "port of the web server", "8080", _port),
    Setting("PUBLIC_URL", "address people open; empty: the listening address", "", _optional_url),
    Setting(
        "RASA_URL",
        "address of Rasa; several with commas between, in the same order everywhere",
        "http://127.0.0.1:5005",
        _urls,
    ),
    Setting("RASA_TOKEN", "secret shared with Rasa; empty: the one in VAR_DIR/rasa.token", "", _any, secret=True),
    Setting("ACTIONS_PORT", "loopback port of the action server", "5055", _port),
    Setting("KEY_FILE", "file with the encryption keys; empty: VAR_DIR/keys.json", "", _any),
    Setting("LOG", "the log: plain lines for people, or json, one object a line", "plain", _one_of("plain", "json")),
    Setting(
        "ROLES",
        "what this process does of gateway (web, webhook), worker (kept messages, sending), clock (timetable)",
        "gateway,worker,clock",
        _roles,
    ),
    Setting("VAR_DIR", "folder for the database and keys", str(ROOT / "var"), _any),
)


def raw_values(environ: Mapping[str, str]) -> dict[str, str]:
    """Name → value in force as text, environment before default."""
    return {s.name: environ.get(PREFIX + s.name, s.default) or s.default for s in SETTINGS}


def load(environ: Mapping[str, str]) -> Settings:
    """Read and check all settings. Raises SettingsError naming every wrong one at once."""
    values = raw_values(environ)
    wrong = [
        f"{PREFIX}{s.name}={'***' if s.secret else values[s.name]}: {reason}"
        for s in SETTINGS
        if (reason := s.check(values[s.name]))
    ]
    known = {PREFIX + s.name for s in SETTINGS}
    if values["TELEGRAM_MODE"] == "webhook" and not values["PUBLIC_URL"]:
        wrong.append(f"{PREFIX}TELEGRAM_MODE=webhook: needs {PREFIX}PUBLIC_URL, the address Telegram can reach")
    wrong += [f"{name}: there is no such setting (see: hutong settings)" for name in environ if _stray(name, known)]
    if wrong:
        raise SettingsError("Settings to mend:\n  " + "\n  ".join(sorted(wrong)))
    var = Path(values["VAR_DIR"]).expanduser().resolve()
    host, port = values["WEB_HOST"], int(values["WEB_PORT"])
    token_file = var / "rasa.token"
    rasa_token = values["RASA_TOKEN"] or (token_file.read_text().strip() if token_file.exists() else "")
    return Settings(
        database_url=values["DATABASE_URL"] or f"sqlite:///{var / 'hutong.db'}",
        database_connections=int(values["DATABASE_CONNECTIONS"]),
        telegram_token=values["TELEGRAM_TOKEN"],
        telegram_api=values["TELEGRAM_API"].rstrip("/"),
        telegram_mode=values["TELEGRAM_MODE"],
        telegram_personal_data=values["TELEGRAM_PERSONAL_DATA"],
        web_host=host,
        web_port=port,
        public_url=(values["PUBLIC_URL"] or f"http://{host}:{port}").rstrip("/"),
        rasa_urls=tuple(url.strip().rstrip("/") for url in values["RASA_URL"].split(",")),
        rasa_token=rasa_token,
        actions_port=int(values["ACTIONS_PORT"]),
        key_file=Path(values["KEY_FILE"] or var / "keys.json").expanduser().resolve(),
        var_dir=var,
        log=values["LOG"],
        roles=frozenset(one.strip() for one in values["ROLES"].split(",")),
    )


def _stray(name: str, known: set[str]) -> bool:
    return name.startswith(PREFIX) and name not in known
