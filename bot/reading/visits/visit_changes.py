"""How a director puts right what stands in the record of a visit: 就学正常 活动没了解 日子改成今天.

Several things in one message, each in its clause or over a few of them (上学那块写错了 孩子天天去呢 正常). What is no
part of it is handed back, clause by clause. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.visits import sections, visiting
from bot.reading.wordings import Wordings

_says = Wordings("visit_changes.txt")

LONGEST = 120
SECTIONS = ("living", "guardianship", "health", "schooling", "care_activities")
STATUSES = ("not_learned", "normal", "difficulty")
_SHORT = 14
_CLAUSES = re.compile(r"[^,，。;；!！?？、:：\s~…]+")
_NOT = re.compile(
    "(?<!是)不是(?=[^,，]{0,5}(?:[0-9一二三四五六七八九十]+[号日]|[今昨前][天儿]|(?:周|礼拜|星期)[一二三四五六日天]))"
)
_BUT = re.compile("(?:而|应该)?是|去的")


@dataclass
class Changes:
    """What a message puts right.

    `sections`: what is to stand there, by section; `wrong`: sections that stand wrong, and how it is was not said.
    `day`: the day of the visit; `day_wrong`: it is wrong, and no other is named. `voice`: seen or not_seen, where it
    is said again whether the child was. `cue`: words of a correction were said. `said`: what was said of each section
    besides; `rest`: clauses that are none of it.
    """

    sections: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    day: date | None = None
    day_wrong: bool = False
    voice: str | None = None
    cue: bool = False
    said: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether anything of the record is put right."""
        return bool(self.sections or self.wrong or self.day or self.day_wrong or self.voice)


def read(text: str, on: date) -> Changes:
    """What a message of a day puts right."""
    found = Changes()
    if len(text) > LONGEST:
        return found
    found.cue = _says("cue", text)
    talk = _Talk(found, on)
    for clause in _CLAUSES.findall(text):
        talk.hear(clause)
    found.wrong = [name for name in talk.open if name not in found.sections] if talk.asked else []
    found.rest += [] if talk.asked or not talk.open else talk.named_only
    found.day_wrong = found.day_wrong and found.day is None
    return found


@dataclass
class _Talk:
    """The clauses of a message in their order. `open`: sections named of which it is not said yet how they are;
    `asked`: it was said that they stand wrong; `last`: those the clause before spoke of."""

    found: Changes
    on: date
    open: list[str] = field(default_factory=list)
    named_only: list[str] = field(default_factory=list)
    asked: bool = False
    last: list[str] = field(default_factory=list)

    def hear(self, clause: str) -> None:
        plain = normalise(clause).text.strip()
        names, rest = _named(plain)
        if names:
            self._of_sections(clause, names, _says.without("reproach", rest, "").strip(), reproached=_reproached(rest))
        elif self._of_all(plain) or self._of_the_day(plain) or self._of_the_child(plain):
            return
        elif (self.open or self.last) and (status := _status(plain)) is not None:
            self._settle(self.open or self.last, status)
        elif self.open and self.asked and (how := sections.how(plain)) is not None:
            self._note(self.open, clause)
            self._settle(self.open, how)
        elif (self.open and self.asked) or (self.last and sections.section_of(plain) in self.last):
            self._note(self.open or self.last, clause)
        else:
            self.found.rest.append(clause)

    def _of_sections(self, clause: str, names: list[str], rest: str, *, reproached: bool) -> None:
        status = _status(rest)
        wrong = _says.whole("wrong", rest) or _says.whole("not_hard", rest) or (reproached and not rest)
        self.asked = self.asked or wrong
        self.found.cue = self.found.cue or wrong or reproached
        if status is not None:
            self._settle([*self.open, *names], status)
        elif wrong or not rest:
            self.open += names
            self.named_only += [] if wrong else [clause]
        else:
            self._free(clause, names, rest)

    def _free(self, clause: str, names: list[str], rest: str) -> None:
        """Words of a section that are no mere word for how it is: it counts where something is put right."""
        how = sections.how(rest) if self.found.cue else None
        if how is None:
            self.found.rest.append(clause)
            return
        self._note(names, clause)
        self._settle(names, how)

    def _settle(self, names: list[str], status: str) -> None:
        self.found.sections.update(dict.fromkeys(names, status))
        self.last, self.open, self.named_only = list(names), [], []

    def _note(self, names: list[str], clause: str) -> None:
        for name in names[:1]:
            self.found.said[name] = "；".join(filter(None, (self.found.said.get(name), clause)))

    def _of_all(self, plain: str) -> bool:
        if _says.whole("orders", plain):
            self.found.cue = True
            return True
        if (self.open or self.last) and (_says.whole("wrong", plain) or _says.whole("not_hard", plain)):
            self.asked, self.found.cue = self.asked or bool(self.open), True
            return True
        reproach = _says.without("reproach", plain, "").strip() == ""
        self.found.cue = self.found.cue or reproach
        return reproach

    def _of_the_day(self, plain: str) -> bool:
        """A clause about the day of the visit: what is said not to be so is no day (不是22号)."""
        named = _says("the_day", plain)
        pieces = _NOT.split(plain)
        holds = " ".join(
            [pieces[0], *(_BUT.split(piece, maxsplit=1)[-1] for piece in pieces[1:] if _BUT.search(piece))]
        )
        day = visiting.day_of(holds, self.on)
        told = bool(quantities.days(plain, self.on)) or len(pieces) > 1
        of_it = named or (len(plain) <= _SHORT and not _says("somebody", plain) and _of_the_way(plain))
        if not of_it or not (told or _says("day_wrong", plain)):
            return False
        self.found.day = day or self.found.day
        self.found.day_wrong = self.found.day_wrong or (day is None and named)
        self.found.cue = self.found.cue or len(pieces) > 1 or named
        return True

    def _of_the_child(self, plain: str) -> bool:
        denied = _says("denies_unseen", plain)
        left = _says.without("denies_unseen", plain, "")
        of_it = len(plain) <= _SHORT and not _says("kin", plain)
        if of_it and _says("unseen", left) and _says("the_child", left):
            self.found.voice = self.found.voice or "not_seen"
            return True
        seen = of_it and _says("seen", left) and (_says("the_child", left) or left.startswith("我"))
        if denied or seen:
            self.found.voice = "seen"
            self.found.cue = self.found.cue or denied
        return denied or seen


def _of_the_way(plain: str) -> bool:
    """Whether a short clause with a day tells when somebody went, or names nothing but the day."""
    return _says("went", plain) or plain.startswith(("是", "不是", "应该", "改", "今", "昨", "前天"))


def _named(plain: str) -> tuple[list[str], str]:
    """The sections a clause begins with, and what it says of them: 就学和活动都改正常."""
    names: list[str] = []
    rest = plain
    while (hit := _next(rest)) is not None and len(names) < len(SECTIONS):
        names.append(hit[0])
        rest = _says.pattern("item").sub("", hit[1], count=1)
    return list(dict.fromkeys(names)), rest


def _next(rest: str) -> tuple[str, str] | None:
    for name in SECTIONS:
        if (hit := _says.pattern(name).match(rest)) is not None:
            return name, rest[hit.end() :]
    nth = _says.pattern("nth").match(rest)
    number = quantities.number(nth["n"]) if nth is not None else None
    return (SECTIONS[number - 1], rest[nth.end() :]) if nth is not None and number else None


def _status(rest: str) -> str | None:
    return next((one for one in STATUSES if _says.whole(one, rest)), None)


def is_status(text: str) -> bool:
    """Whether words only say how it is: 没了解, 正常吧."""
    return _status(normalise(text[:LONGEST]).text.strip(" 。.")) is not None


def _reproached(rest: str) -> bool:
    return _says("reproach", rest)
