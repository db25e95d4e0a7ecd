"""Which papers are worth having for what was told: those the family brings, and those an office holds itself, for
which nobody may be sent (SHJZ-62). Source: eligibility_evidence.yml, eligibility.md §7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.care import policy_data, wording
from bot.care.model import PARENT_ZH, Fact, Model


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
    found = ((known["papers"][name], _of_whom(known["papers"][name], facts, told)) for name in named)
    return tuple(_paper(entry, whose) for entry, whose in found if whose)


def _of_whom(entry: Mapping[str, Any], facts: Iterable[Fact], told: Mapping[str, Any]) -> list[str]:
    """The parents of whom one of a paper's values was told; "" for the child or the household."""
    fits = (fact.parent or "" for fact in facts if told[fact.id] in entry["when"].get(wording.general(fact), ()))
    return list(dict.fromkeys(fits))


def _paper(entry: Mapping[str, Any], whose: list[str]) -> Paper:
    parents = "、".join(PARENT_ZH[one] for one in whose if one)
    english = entry["en"].replace("{p}", " and the ".join(whose))
    return Paper(entry["zh"].replace(wording.SLOT, parents), english, entry.get("held_by"))
