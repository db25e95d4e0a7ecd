"""What somebody says who wants out of a report: that it is not to go, or that it was only a question about what is
planned. The words are in `data/lexicon/stopping.txt`. Any text is taken; nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.normalise import normalise
from bot.reading.reports import why_not
from bot.reading.talk import no_answer, replies
from bot.reading.talk.answers import short_answer
from bot.reading.wordings import Wordings

_says = Wordings("stopping.txt")
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
LONGEST, LONGEST_CLAUSE = 60, 28
_CROSS = "cross"
_KEEPS = frozenset({"keep_it", "send"})
_SENDS_ON = ("报警", "打110")
"""别报警 wants no police; whether the report goes on is not said by it."""
_BESIDE = frozenset(
    {
        *(no_answer.THANKS, no_answer.BYE, no_answer.ONLY_ASKING, no_answer.NO_REPORT, no_answer.FILLER),
        *(
            no_answer.GRUMBLE,
            no_answer.SLIP,
            no_answer.SKIP,
            "only_support",
            "no_report_support",
            "hey",
            _CROSS,
            "stop",
        ),
    }
)


@dataclass(frozen=True)
class Out:
    """How somebody wants out. `weak`: in no other words than 算了, which may be anger; `cross`: anger is said."""

    weak: bool
    cross: bool


def read(text: str) -> Out | None:
    """A message that wants the report stopped and tells nothing of a child; None: it is none.

    Of a wish to stop and one to send, the caller's own reading (`sending`) decides.
    """
    clauses = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    kinds = [_kind(one) for one in clauses]
    if None in kinds or not {"stop", "weak"} & set(kinds):
        return None
    cross = any(_CROSS in some for _, some in no_answer.clauses(text))
    return Out(weak=set(kinds) <= {"weak"}, cross=cross)


def _kind(clause: str) -> str | None:
    plain = normalise(clause).text
    if len(plain) > LONGEST_CLAUSE:
        return None
    for kind in ("stop", "weak"):
        if _says.whole(kind, plain):
            return kind
    kinds = {kind for _, some in no_answer.clauses(clause) for kind in some}
    if kinds & _KEEPS:
        return None
    if short_answer(clause) == "cancel":
        return "stop"
    beside = short_answer(clause) in ("no", "skip", "unsure") or replies.refuses_reply(clause)
    beside = beside or (any(one in plain for one in _SENDS_ON) and plain.startswith(("别", "不", "先别")))
    beside = beside or bool(kinds & _BESIDE) or _says.whole("beside", plain) or _says.whole("not_yet", plain)
    return "beside" if beside or why_not.is_only(clause) or why_not.goes_another_way(clause) else None


def not_yet(text: str) -> bool:
    """Whether somebody says of what was asked about that it is only to come, or that he only asks, and nothing else:
    还没呢 年后的事 孩子跟我在一块儿."""
    clauses = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    said = [_says.whole("not_yet", normalise(one).text) or _only_asks(one) for one in clauses]
    said = [ok or (short_answer(one) == "no" and any(said)) for one, ok in zip(clauses, said, strict=True)]
    return any(said) and all(ok or _kind(one) is not None for one, ok in zip(clauses, said, strict=True))


def _only_asks(clause: str) -> bool:
    kinds = {kind for _, some in no_answer.clauses(clause) for kind in some}
    return no_answer.ONLY_ASKING in kinds
