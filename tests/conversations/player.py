"""Plays a script: people who write, tap, come back the next day; what must be answered, and what never may.

A script is YAML (tests/conversations/scripts): `title`, `needs` (what the person needs), `area`, `people`, `talk`.

people: a name and what they are: `{}` anybody at the page; `{staff: child_director, area: "…"}` bound by a code;
`{joined: father}` a parent, carer or the child itself (`self`) who joined for the child of this script.
talk: steps. The first key says who does what: `奶奶: 话` writes, `奶奶 taps: 按钮` taps the newest button with these
words, `奶奶 sends: voice` sends a recording, `奶奶 looks:` fetches what came since, `later: {days: 1}` lets time pass.
Beside it: `hears` every one of these is in the answer (a button counts), `any` one of them, `never` none of them,
`keep` names and patterns whose first group is kept for `{name}` in later words, `alone: true` nothing is answered:
two people talk, and the bot has stepped back.

Everybody may expect, unwritten: there is an answer, it is not 听不太懂, and the same words are not said twice running.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import shipped
from tests import media_samples
from tests.conversations.conftest import Person, Running

FOLDER = Path(__file__).parent / "scripts"
CHECKS = ("hears", "any", "never", "keep", "alone")
SORRY = ("听不太懂", "听不懂长句子")
Forward = Callable[[timedelta], None]
NewChild = Callable[[str], str]
"""An area to the number of a new child of the register there."""


class Stumbled(AssertionError):
    """A step went otherwise than the script says; the message holds the talk so far."""


@dataclass
class Player:
    """One script, played against the running system."""

    running: Running
    forward: Forward
    new_child: NewChild
    kept: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)

    def play(self, script: Mapping[str, Any]) -> None:
        """Play every step. Raises Stumbled at the first that goes otherwise."""
        child = self.new_child(script["area"]) if "area" in script else ""
        people = {name: self._person(what, child) for name, what in script["people"].items()}
        for step in script["talk"]:
            doing, words = next(iter(step.items()))
            if doing == "later":
                self.forward(timedelta(**words))
                self.lines.append(f"—— {words} ——")
                continue
            name, _, what = doing.partition(" ")
            answer = self._do(people[name], what, str(words or "").format(**self.kept))
            self.lines.append(f"{name} {what}: {words}\n      {answer.replace(chr(10), chr(10) + '      ')}")
            self._check(name, what, answer, step)

    def _person(self, what: Mapping[str, str], child: str) -> Person:
        somebody = Person(self.running.gateway.url)
        cli = self.running.gateway.cli
        if "staff" in what:
            words = ("--name", "王主任", "--role", what["staff"], "--area", str(what["area"]))
            code = json.loads(cli("staff", "add", *words))["invite_code"]
            assert "绑定好了" in somebody.say(f"我有邀请码 {code}")
        if "joined" in what:
            invited = cli("contact", "invite", "--child", child, "--kind", what["joined"])
            somebody.say(f"邀请码是 {json.loads(invited)['invite_code']}")
            for button in ("意", "不用", "就周", "点"):
                somebody.tap(button)
        return somebody

    def _do(self, somebody: Person, what: str, words: str) -> str:
        before = len(somebody.heard)
        if what == "taps":
            somebody.tap(words)
        elif what == "sends":
            somebody.send(words, media_samples.sound(2))
        elif what == "looks":
            somebody.look()
            # What was said between people is taken back when their talk ends: there may be less than before.
            before = max(0, min(before, len(somebody.heard)) - 1)
        else:
            somebody.say(words)
        return "\n".join(_seen(message) for message in somebody.heard[before:])

    def _check(self, name: str, what: str, answer: str, step: Mapping[str, Any]) -> None:
        unknown = set(list(step)[1:]) - set(CHECKS)
        wrong = [f"no such check: {one}" for one in unknown]
        wrong += [f"not heard: {one}" for one in step.get("hears", ()) if one not in answer]
        wrong += [f"heard: {one}" for one in (*step.get("never", ()), *SORRY) if one in answer]
        if "any" in step and not any(one in answer for one in step["any"]):
            wrong.append(f"none of: {step['any']}")
        if step.get("alone"):
            wrong += [f"the bot spoke between people: {answer}"] if answer else []
        elif what != "looks" and (not answer or answer == self.last.get(name)):
            wrong.append("nothing was said" if not answer else "the same was said twice running")
        for kept, pattern in step.get("keep", {}).items():
            found = re.search(pattern, answer)
            wrong += [] if found else [f"not found: {pattern}"]
            self.kept[kept] = found[1] if found else ""
        self.last[name] = answer
        if wrong:
            raise Stumbled("\n".join([*self.lines, "*** " + "; ".join(wrong)]))


def _seen(message: Mapping[str, Any]) -> str:
    """A message as it is read: its words, and the buttons below."""
    buttons = " ".join(f"[{choice['label']}]" for choice in message["choices"])
    return f"{message['text']} {buttons}".strip()


def scripts() -> dict[str, Mapping[str, Any]]:
    """All scripts by name."""
    return {file.stem: shipped.content(file) for file in sorted(FOLDER.glob("*.yml"))}
