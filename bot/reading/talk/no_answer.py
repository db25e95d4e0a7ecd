"""Whether a message answers the open question at all: the one place that decides.

A wait, thanks, a goodbye, a question about us or about this talk, another matter, that somebody only asked, that the
report is not wanted, a slip: none of it is an answer, whatever was asked, and none of it is kept as one. A real answer
or telling that merely contains such words is left to the talk whole (`rest`). Any text is taken; never raises.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from bot.reading.lexicon import regex
from bot.reading.normalise import normalise
from bot.reading.talk import courtesies, pausing
from bot.reading.wordings import names

WHAT_WE_DO, LEFT, KEPT, WHY, MONEY = "what_we_do", "left", "kept", "why", "money"
OTHER, ONLY_ASKING, NO_REPORT, SLIP, PLAINER = "other", "only_asking", "no_report", "slip", "plainer"
BYE, WAIT, THANKS, NO_HARM, AGREES = "bye", "wait", "thanks", "no_harm", "agrees"
SEEN, PERSON, SKIP, TIRED, GRUMBLE = "seen", "person", "skip", "tired", "grumble"
BOT = "bot"
"""Whether a person or a machine answers."""
ASKS = (WHAT_WE_DO, BOT, LEFT, KEPT, WHY, MONEY, SEEN, PERSON)
"""Questions about us and about this talk."""
OF_THE_TALK = (OTHER, ONLY_ASKING, NO_REPORT, SKIP, SLIP, PLAINER)
KINDS = (*ASKS, *OF_THE_TALK, BYE, WAIT, THANKS, NO_HARM, GRUMBLE, TIRED, AGREES)
"""What of several a message is taken for, the first first."""
LONGEST, LONGEST_CLAUSE = 60, 18
_SUPPORTS = {
    "away": (WAIT, BYE),
    "only_support": (ONLY_ASKING,),
    "no_report_support": (NO_REPORT,),
    "hey": (SLIP, WAIT),
    "skip_support": (SKIP,),
}
"""What belongs to one of these and is none by itself."""
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_REPEATED = re.escape("*")


@dataclass(frozen=True)
class NoAnswer:
    """What a message is instead of an answer (one of `KINDS`), and the clauses of it that say something else."""

    kind: str
    rest: str = ""


def read(text: str) -> NoAnswer | None:
    """What a message is that does not answer; None: it may be an answer, or tell something."""
    if pausing.is_one(text):
        return NoAnswer(WAIT)
    if courtesies.courtesy(text) == courtesies.THANKS:
        return NoAnswer(THANKS)
    clauses = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    whole = _kinds("".join(clauses)) & set(KINDS) if len(clauses) > 1 else set()
    if whole:
        return NoAnswer(_first(whole))
    read_ = [(one, _kinds(one)) for one in clauses]
    kinds = {kind for _, some in read_ for kind in some if kind in KINDS}
    if not kinds:  # 谢谢你啊 你真好
        polite = [one for one, some in read_ if courtesies.courtesy(one) == courtesies.THANKS]
        return NoAnswer(THANKS) if polite and all(some == {FILLER} for _, some in read_) else None
    kind = _first(kinds)
    supports = {name for name, some in _SUPPORTS.items() if kinds & set(some)}
    rest = [one for one, some in read_ if not (some & (kinds | supports | {FILLER}))]
    return NoAnswer(kind, " ".join(rest))


def whole(text: str) -> str | None:
    """The kind of a message that is nothing else; None: it is none, or says more."""
    found = read(text)
    return found.kind if found is not None and not found.rest else None


def clauses(text: str) -> list[tuple[str, frozenset[str]]]:
    """The clauses of a short message, each with the kinds of `no_answer.txt` it is; a longer one has none here."""
    return [(one, _kinds(one)) for one in _CLAUSES.findall(text)] if len(text) <= LONGEST else []


def finishes(text: str) -> bool:
    """Whether a goodbye leaves nothing for later: 行行行就这样吧 does not, 先这样 明儿再说 does."""
    read_ = [_kinds(one) for one in _CLAUSES.findall(text)]
    return any(_DONE in some for some in read_) and all(some & {_DONE, FILLER} for some in read_)


_LATER = re.compile("再说|再来|回头|明[天儿个]|改[天日]|下次|下回|待会|一会|等会|睡|忙|晚上|有空|接着")


def leaves(text: str) -> bool:
    """Whether a message is a goodbye that puts nothing off: 先这样吧; not 我先睡了 明天再说."""
    return whole(text) == BYE and _LATER.search(text) is None


def is_back(text: str) -> bool:
    """Whether somebody says that he is there again, and nothing else: 来了. Asked only of who was given time."""
    kinds = [_kinds(one) & {_BACK, FILLER} for one in _CLAUSES.findall(text[:LONGEST])]
    return all(kinds) and any(_BACK in some for some in kinds)


def _first(kinds: Set[str]) -> str:
    return next(kind for kind in KINDS if kind in kinds)


FILLER, _DONE, _BACK = "filler", "done", "back"


def _kinds(clause: str) -> frozenset[str]:
    """The kinds of `no_answer.txt` a clause is, the little words around it left out."""
    plain = _DRAWN_OUT.sub(r"\1\1", normalise(clause).text) if len(clause) <= LONGEST_CLAUSE else ""
    if not plain:
        return frozenset()
    if _little().fullmatch(plain):
        return frozenset({FILLER})
    return frozenset(kind for kind, pattern in _patterns().items() if pattern.fullmatch(plain))


def _words(kind: str) -> str:
    said = sorted((word for row in names("no_answer.txt")[kind] for word in row.split()), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, said))})*"


@cache
def _little() -> re.Pattern[str]:
    return re.compile(_words("before") + _words("after"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for kind, rows in names("no_answer.txt").items():
        if kind not in ("before", "after"):
            said = "|".join(regex(row).replace(f"?{_REPEATED}", "*") for row in rows)
            found[kind] = re.compile(f"{_words('before')}(?:{said}){_words('after')}")
    return found
