"""Which papers are worth having for what was told: those the family brings, and those an office holds itself, for
which nobody may be sent (SHJZ-62). Source: eligibility_evidence.yml, eligibility.md §7."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.care import policy_data, wording
from bot.care.model import Fact, Model


@dataclass(frozen=True)
class Paper:
    """One paper. `zh`, `en`: what it is called; `held_by`: the kind of office that has it, None: only the family."""

    zh: str
    en: str
    held_by: str | None


def papers(lines: Iterable[str], told: Mapping[str, Any], model: Model) -> tuple[Paper, ...]:
    """The papers of these lines of `evidence_to_request`, without those that nothing told makes worth having.

    Raises KeyError naming a line that eligibility_evidence.yml does not know.
    """
    known = policy_data.read("eligibility_evidence")
    named = dict.fromkeys(name for line in lines for name in known["lines"][line])
    facts = [model.facts[fact] for fact in told if fact in model.facts]
    return tuple(dict.fromkeys(one for name in named for one in _told(known["papers"][name], facts, told)))


def _told(entry: Mapping[str, Any], facts: Iterable[Fact], told: Mapping[str, Any]) -> Iterator[Paper]:
    """The paper once for each parent, or once for the child, of whom one of its values was told."""
    for fact in facts:
        if told[fact.id] in entry["when"].get(wording.general(fact), ()):
            english = entry["en"].replace("{p}", fact.parent or "")
            yield Paper(wording.of_parent(entry["zh"], fact.parent), english, entry.get("held_by"))
