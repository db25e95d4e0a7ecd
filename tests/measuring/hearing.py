"""A message on its whole path without starting Rasa: the trained classifier, Rasa's rules as a table, real services.

What Rasa would do with one message outside a loop is: below the confidence of `Doubt` the doubt action, else the
action of the one rule of its intent; with a loop open, that loop's form. The conversation tier tries real Rasa.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.__main__ import ACTIONS
from actions.base import Heard
from bot import shipped
from bot.clock import utc_now
from bot.gateway.masking import mask
from bot.services.talk import doors
from bot.services.talk.meaning import Meant
from bot.storage.crypto import make_key_file
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.faults.gateway_process import ROOT


@dataclass(frozen=True)
class Understood(Meant):
    """What the model makes of a message, and the policy topics it is near to in meaning."""

    topics: Mapping[str, float] = field(default_factory=dict)


_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
RASA = ROOT / ".venv-rasa" / "bin" / "python"


@contextmanager
def fresh_world() -> Iterator[World]:
    """A world of its own, outside pytest."""
    with TemporaryDirectory() as folder:
        key_file = Path(folder) / "keys.json"
        database = Database(f"sqlite:///{folder}/measured.db")
        upgrade(database)
        make_key_file(key_file)
        yield World(database, open_vault(database, key_file), utc_now)
        database.close()


def sentences() -> Iterator[tuple[str, str]]:
    """Every training sentence without its marks, and its intent."""
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in shipped.content(file)["nlu"]:
            for line in block["examples"].splitlines() if "intent" in block else ():
                if line.startswith("- "):
                    yield _MARK.sub(r"\1", line[2:]), block["intent"]


def understood(texts: Sequence[str]) -> list[Understood]:
    """What the trained model makes of texts. Raises CalledProcessError when there is no model of the present inputs."""
    model = subprocess.run(
        [str(RASA), "deploy/train.py", "--print"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    masked = json.dumps([mask(text) for text in texts])
    answer = subprocess.run(
        [str(RASA), "-W", "ignore", "-m", "tests.measuring.intents", model],
        cwd=ROOT,
        input=masked,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Understood(intent, confidence, dict(topics)) for intent, confidence, topics in json.loads(answer)]


def hear(world: World, conversation: str, text: str, meant: Meant) -> list[str]:
    """One message on the path of bot/gateway/conversation.py. Returns the keys of what was said back."""
    inbox_id = world.hear(conversation, {"text": text})
    with world.work() as work:
        settled = (
            doors.page_asked(work, conversation, inbox_id, text)
            or doors.for_people(work, conversation, inbox_id, text)
            or doors.urgent(work, conversation, inbox_id, text)
            or doors.taken_up_again(work, conversation, inbox_id, text)
            or doors.plainly_answered(work, conversation, inbox_id, text)
        )
        opened = doors.whats_open(work, conversation).flow
    if not settled:
        _by_rasa(world, conversation, inbox_id, text, meant, opened)
    return world.keys_to(inbox_id)


def _by_rasa(world: World, conversation: str, inbox_id: int, text: str, meant: Meant, opened: str | None) -> None:
    """What Rasa makes of it: a form or an action of ours, or replies that stand by themselves."""
    name = f"{opened}_form" if opened else _action(meant)
    action = _actions().get(f"validate_{name}" if name.endswith("_form") else name)
    with world.work() as work:
        if action is not None:
            near = meant.topics if isinstance(meant, Understood) else {}
            action().serve(replace(work, topics=near), Heard(conversation, inbox_id, text, meant))
    with world.work() as work:
        if not world.keys_to(inbox_id) and not (
            doors.whats_open(work, conversation).flow is None
            and doors.answer(work, conversation, inbox_id, _says().get(name, ()), text)
        ):
            doors.alone(work, conversation, inbox_id, text, starting=False)


def _action(meant: Meant) -> str:
    config = shipped.content(ROOT / "config.yml")
    doubt = next(one for one in config["policies"] if one["name"].endswith("Doubt"))
    below = doubt["below_for"].get(meant.intent, doubt["below"])
    return "action_unclear" if meant.confidence < below else _rules().get(meant.intent or "", "action_unclear")


def otherwise(intent: str) -> str | None:
    """The flow, matter or text key that an intent leads to; None: to none of these."""
    name = _rules()[intent]
    if name in _says():
        return _says()[name][0]
    action = _actions()[f"validate_{name}" if name.endswith("_form") else name]
    found: str | None = getattr(action, "flow", None) or getattr(action, "matter", None)
    return found


@cache
def _actions() -> dict[str, type]:
    return {action.action_name: action for action in ACTIONS}


@cache
def _rules() -> dict[str, str]:
    """The action that follows each intent outside a loop."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in shipped.content(file)["rules"]:
            first, *rest = rule["steps"]
            for step in first.get("or", [first]):
                if "intent" in step:
                    found.setdefault(step["intent"], rest[0]["action"])
    return found


@cache
def _says() -> dict[str, tuple[str, ...]]:
    """The text keys of each stateless reply."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((ROOT / "domain").glob("*.yml")):
        replies = (shipped.content(file) or {}).get("responses", {})
        found.update({name: tuple(one["custom"]["say"] for one in said) for name, said in replies.items()})
    return found
