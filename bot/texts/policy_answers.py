"""The reviewed set of policy questions and answers (`bot/texts/policy/*.yml`). Nothing in it is generated.

A topic: `question` its title; `asked` how people ask it, with " / " between; `words` they use for
it; `answer`; `basis` ids of clauses, of laws
and documents, or keys of parameters; `quote` a phrase of a clause word for word (`quote_from` when that clause is no
basis); `who` whom to ask (policy.ask.…); `related` topics for buttons; `offers` flows. `interpretation`: the answer
holds our reading of an open text; `ours`: it tells what this service does; `unsure`: it says itself what is not
confirmed; `also`: figures of the answer that no basis of ours spells out. A theme may have several files: hardship.yml,
hardship.own.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from bot import shipped
from bot.care import clauses, parameters
from bot.reading.policy.finding import Known
from bot.reading.policy.policy_questions import Finder

FOLDER = Path(__file__).parent / "policy"
PLAN, LAW = "plan", "law"
_ARTICLE = re.compile(r"-(\d+)$")
_STATE = "中华人民共和国"
_MAKING = Lock()
_NOT_CITED = ("HOT",)
"""Telephone numbers stand in the answer itself."""


@dataclass(frozen=True)
class Topic:
    """One question of the set, its answer and what it rests on."""

    id: str
    theme: str
    question: str
    asked: tuple[str, ...]
    words: tuple[str, ...]
    answer: str
    basis: tuple[str, ...]
    who: str
    quote: str = ""
    quote_from: str = ""
    related: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    interpretation: bool = False
    ours: bool = False
    unsure: bool = False
    also: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the clauses and articles it rests on, as they are shown; no parameters, no telephone numbers."""
        shown = [one for one in self.basis if not is_parameter(one) and one.partition("-")[0] not in _NOT_CITED]
        return tuple(shown)

    @property
    def own(self) -> bool:
        """Whether part of the answer is our reading or setting and no rule of the plan."""
        proposed = any(is_parameter(one) and parameters.value(one).basis != "FIXED" for one in self.basis)
        return self.interpretation or self.ours or proposed

    @property
    def valid(self) -> frozenset[str]:
        """Whose period of validity counts: that of the plan, that of laws and documents, or neither."""
        kinds = {PLAN if one.startswith(("JL-", "PUB-")) else LAW for one in self.cited}
        return frozenset(kinds)


def is_parameter(basis: str) -> bool:
    """Whether a basis is a key of parameters.yml."""
    return "." in basis and not basis.startswith("JL-")


def law_name(cited: str) -> str:
    """A law or document as people know it, with its article: 未成年人保护法第22条."""
    source = clauses.source(cited)
    article = _ARTICLE.search(cited)
    name = source.title_zh.removeprefix(_STATE)
    return f"《{name}》第{article[1]}条" if article else f"《{name}》"


@cache
def topics() -> dict[str, Topic]:
    """All topics by id. Raises ValueError when an id is there twice."""
    found: dict[str, Topic] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in shipped.content(path):
            if entry["id"] in found:
                raise ValueError(f"{path.name}: the topic {entry['id']} is there twice")
            entry["asked"] = tuple(one.strip() for one in entry["asked"].split(" / ") if one.strip())
            entry["words"] = tuple(str(entry["words"]).split())
            for name in ("basis", "related", "offers"):
                entry[name] = tuple(entry.get(name, ()))
            found[entry["id"]] = Topic(theme=path.name.partition(".")[0], **entry)
    return found


def akin(topic: str) -> tuple[str, ...]:
    """The topics of the same theme, and those named as related."""
    known = topics()
    return (*known[topic].related, *(one.id for one in known.values() if one.theme == known[topic].theme))


@cache
def of_themes(themes: frozenset[str]) -> frozenset[str]:
    """The topics of some themes."""
    return frozenset(one.id for one in topics().values() if one.theme in themes)


def finder() -> Finder:
    """Ready to find what a message asks. Making it takes about a second: whoever asks meanwhile waits for the one."""
    with _MAKING:
        return _finder()


def finder_made() -> bool:
    """Whether nobody has to wait for the finder any more."""
    return _finder.cache_info().currsize > 0


@cache
def _finder() -> Finder:
    return Finder({one.id: Known((one.question, *one.asked), one.words, one.answer) for one in topics().values()})
