"""What a cited id stands for: a clause of the plan (clauses.yml), a law or document (sources.yml), and how sure it is.

An id is that of a clause (JL-3.8.k), a document (WBF) or one of its articles (WBF-11). What is not verified is never
quoted to anybody (sources.yml#legend).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.care import policy_data

PLAN = "PLAN"
QUOTABLE = (PLAN, "VERIFIED")
PLAN_DOCUMENT = "JL"


@dataclass(frozen=True)
class Source:
    """A document, or one article of it. `status`: PLAN, VERIFIED, PARTLY_VERIFIED or UNVERIFIED, of just this id.

    `gist`: what the article says, in our own words; empty for a whole document and for the plan.
    """

    id: str
    title_zh: str
    number: str
    status: str
    gist: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause of the plan. `phrases` occur in it word for word and may be quoted; `source` is the plan itself."""

    id: str
    title_zh: str
    phrases: tuple[str, ...]
    source: Source


def clause(cited: str) -> Clause:
    """The clause of the plan with this id. Raises KeyError naming the id."""
    try:
        return _clauses()[cited]
    except KeyError:
        raise KeyError(f"clauses.yml has no {cited}") from None


def source(cited: str) -> Source:
    """What an id of any kind cites; for a clause of the plan, the plan. Raises KeyError naming the id."""
    if cited in _clauses():
        return _clauses()[cited].source
    try:
        return _sources()[cited]
    except KeyError:
        raise KeyError(f"neither clauses.yml nor sources.yml has {cited}") from None


def quotable(cited: str) -> bool:
    """Whether a user may be shown this as what the plan or the law says. Raises KeyError naming an unknown id."""
    return source(cited).status in QUOTABLE


@cache
def _clauses() -> dict[str, Clause]:
    plan = _sources()[PLAN_DOCUMENT]
    return {
        entry["id"]: Clause(entry["id"], entry["title_zh"], tuple(entry["quotes"]), plan)
        for entry in policy_data.read("clauses")["clauses"]
    }


@cache
def _sources() -> dict[str, Source]:
    found = {}
    for document in policy_data.read("sources")["sources"]:
        whole = Source(document["id"], document["title_zh"], document["number"], document["status"])
        found[whole.id] = whole
        for item in document.get("items", ()):
            found[item["id"]] = Source(item["id"], whole.title_zh, whole.number, item["status"], item["gist"])
    return found
