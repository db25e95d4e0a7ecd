"""Every word we say to people, as data: a key and arguments become a text, its buttons and its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot import shipped

FOLDER = Path(__file__).parent
LONGEST = 4096
LANGUAGE, ENGLISH = "language", "en"
AGAIN = "asked_again"
TO_A_CHILD = "ch"
"""The language a child is spoken to in: Chinese with 你."""
TOLD_BY_CHILDREN = ("report.", "beside.", "reporter.", "takeover.", "withdraw.", "chat.")
"""Keys of which key.child is what a child hears instead."""
_POLITE, _PLAIN = "您", "你"
ONLY_CHINESE = "chat.only_chinese"
SENTENCE, FEW = 8, 3
"""Chinese characters that are more than a name; English words that are fewer than a sentence."""
_HAN, _LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]{2,}")


@dataclass(frozen=True)
class Choice:
    """A button: what it says, the value a tap sends back, and how it looks (danger, primary, quiet or "")."""

    label: str
    value: str
    style: str = ""


@dataclass(frozen=True)
class Said:
    """A rendered message. `kind`: plain, emergency, person (a human took over), receipt, document or sheet (to be
    printed), picture (with one)."""

    text: str
    choices: tuple[Choice, ...] = ()
    kind: str = "plain"


def render(key: str, args: Mapping[str, Any] | None = None) -> Said:
    """Words for a key. `args["choices"]`, a list of [label, value(, style)], stands before the key's own buttons.

    `args["language"]` chooses the words (`in_language`); to a child every 您 of ours is 你. Arguments are put in
    verbatim and never read as a template; `args["asked_again"]` puts a lead-in before a question that stands once more; only what is no character at all (half a surrogate pair, NUL) is shown as
    "�", for no channel could carry it.
    Raises KeyError for an unknown key.
    """
    values = dict(args or {})
    language, again = values.pop(LANGUAGE, None), values.pop(AGAIN, "")
    entry = _all()[in_language(key, language)]
    own = [Choice(*map(str, choice)) for choice in values.pop("choices", ())]
    text = _carriable(_spoken(entry["text"], language).format(**values))
    text = phrase(f"{AGAIN}.{again}", language) + text if again else text
    if language == ENGLISH and _reads_chinese_only(text):
        text += f"\n{phrase(ONLY_CHINESE)}"
    labelled = [(_spoken(label, language), *rest) for label, *rest in entry.get("choices", ())]
    fixed = [Choice(c[0].format(**values), c[1].format(**values), *c[2:]) for c in labelled]
    if _units(text) > LONGEST:
        text = text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
    return Said(text, (*own, *fixed), str(entry.get("kind", "plain")))


def in_language(key: str, language: str | None) -> str:
    """The key of the same words for whoever writes English, or a child, where there are such; else the key itself."""
    own = f"{key}.english" if language == ENGLISH else f"{key}.child" if _told_by_children(key, language) else key
    return own if known(own) else key


def _told_by_children(key: str, language: str | None) -> bool:
    return language == TO_A_CHILD and key.startswith(TOLD_BY_CHILDREN)


def _spoken(words: object, language: str | None) -> str:
    """Our own words as they are said to whoever hears them."""
    return str(words).replace(_POLITE, _PLAIN) if language == TO_A_CHILD else str(words)


def _reads_chinese_only(text: str) -> bool:
    """Whether somebody who reads no Chinese understands nothing of a text."""
    return len(_HAN.findall(text)) >= SENTENCE and len(_LATIN.findall(text)) < FEW


def _carriable(text: str) -> str:
    return text.replace("\0", "�").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _units(text: str) -> int:
    """Length as Telegram counts it: an emoji beyond the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def known(key: str) -> bool:
    """Whether there are words for this key."""
    return key in _all()


def bare(key: str) -> bool:
    """Whether these words stand by themselves: known, and no argument is missing in them."""
    entry = _all().get(key)
    return entry is not None and "{" not in str(entry["text"]) + str(entry.get("choices", ""))


def keys() -> tuple[str, ...]:
    """All keys, for tests."""
    return tuple(_all())


def entry(key: str) -> dict[str, Any]:
    """The raw entry of a key, for tests that look at templates."""
    return _all()[key]


def phrase(key: str, language: str | None = None) -> str:
    """A bare piece of text used inside other messages, such as a field's name."""
    return _spoken(_all()[in_language(key, language)]["text"], language)


@cache
def _all() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for key, entry in shipped.content(path).items():
            if key in found:
                raise ValueError(f"{path.name}: the key {key} is there twice")
            found[key] = {"text": entry} if isinstance(entry, str) else entry
    return found
