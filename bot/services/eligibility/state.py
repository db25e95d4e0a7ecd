"""What is kept of a self-check of eligibility: the facts told, what is to be asked again, where the talk stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from bot.care import parameters
from bot.reading.persons import kin
from bot.services import drafts
from bot.services.work import Work
from bot.storage.tables import Draft

FLOW = "eligibility"
KEPT: timedelta = timedelta(hours=int(parameters.number("retention.eligibility_self_check_unregistered")))
"""How long a self-check is kept that is handed to nobody."""


PATIENCE = 1
"""How often a question is put to somebody who tells other things; then the others come first."""
SAID_LONGEST = 120
"""Characters kept of words that could not be placed."""
BESIDE = "beside"
"""Under this name stands what was told beside the questions."""
AGE = "child_age_years"
OF_AGE = (AGE, "child_birth_date")
COUNTED = {
    "child_birth_date": "child_age_years",
    "departure_date": "away_months",
    "return_date": "months_since_return",
}
"""The day behind each number of years or months."""
NOT_AMONG_US = ("dead", "declared_dead")
NOT_APPLICABLE = "not_applicable"
UNKNOWN = "unknown"
ELSEWHERE = ("cross_county", "abroad")
CANNOT_BE_FOUND = "whereabouts_unknown"
WHEREABOUTS = ("away_status", "away_months", "work_place", "home_stays", "months_since_return")
"""What nobody can tell of somebody who cannot be found."""
LOCKED_UP = ("imprisoned", "compulsory_rehab", "other_restriction")


@dataclass
class Check:
    """A self-check, sealed in its draft.

    `facts`: by the ids of eligibility.yml; days as ISO text. `speaker`, `home`, `carer`: as in `reading.family`.
    `doubtful`: facts touched on without being sure; `precise`: days worth asking because a number is near a boundary.
    `mine`: words of an "I" of whom it is not known yet whether it is the father or the mother. `fact`: the fact that is
    asked, `screen` when several are asked in one. `last`: the fact answered last. `times`: how often each was asked.
    `settled`: doubtful and precise facts that were asked. `hand`: what is gathered for handing over.
    `english`: the family writes English. `worry`: words for which a report was offered beside the check.
    `kept`: the family agreed that it is kept for longer than a day. `said`: by question, the words that could not be
    placed: nobody turns them into an answer, whoever it is handed to reads them. `shown`: how often each was put.
    `between`: the stage of life of which the very age is asked. `stage`: the ages of the school year that was told,
    by which an age is only estimated. `outside`: parents who are somewhere else, nobody said yet what for. `more`: the
    rest is asked as well, though something fits already. `called`: by which words the child is told from another
    (`reading.families.child_labels`), `other_called`: the other one; `other`: the words told of
    that other, which are never facts of this one; `siblings`: the two are of one home; `shared`: facts
    told of both of them (两个娃都跟奶奶); `earlier`: facts of the child that was checked before in this talk.
    `judged`: the facts of the result shown last.
    `alone`: who writes brings the child up alone; `parted`: the parents are divorced.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    speaker: str | None = None
    home: str | None = None
    carer: str | None = None
    doubtful: list[str] = field(default_factory=list)
    precise: list[str] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)
    fact: str | None = None
    screen: list[str] = field(default_factory=list)
    last: str | None = None
    times: dict[str, int] = field(default_factory=dict)
    hand: dict[str, Any] = field(default_factory=dict)
    reported: bool = False
    english: bool = False
    editing: bool = False
    worry: str = ""
    kept: bool = False
    said: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    between: str = ""
    stage: str = ""
    outside: list[str] = field(default_factory=list)
    more: bool = False
    called: str = ""
    other_called: str = ""
    other: list[str] = field(default_factory=list)
    siblings: bool = True
    shared: list[str] = field(default_factory=list)
    earlier: list[dict[str, Any]] = field(default_factory=list)
    judged: dict[str, Any] = field(default_factory=dict)
    alone: bool = False
    parted: bool = False

    def waiting(self) -> list[str]:
        """Questions that were put often enough while the family told other things: they wait for the end."""
        open_now = [fact for fact in self.shown if fact not in self.facts and not self._told_by_its_day(fact)]
        return [fact for fact in open_now if self.shown[fact] >= PATIENCE]

    def _told_by_its_day(self, fact: str) -> bool:
        """Whether the day was told that a number of years or months is counted from."""
        days = [fact.replace(number, day) for day, number in COUNTED.items() if fact.endswith(number)]
        return any(self.facts.get(day, UNKNOWN) != UNKNOWN for day in days)

    def where_nobody_knows(self) -> list[str]:
        """Of whom it was asked whether they are at home or away, and nobody knows."""
        statuses = [f"{parent}_away_status" for parent in ("father", "mother")]
        return [status for status in statuses if self.facts.get(status) == UNKNOWN]

    def follows_from(self, waiting: list[str]) -> list[str]:
        """What only matters of who is away, where that is not known (yet): nobody asks where he works, since when."""
        parents = [fact.partition("_")[0] for fact in waiting if fact.endswith("_away_status")]
        depends = [f"{parent}_{one}" for parent in parents if not self.away(parent) for one in WHEREABOUTS]
        lives = ["child_lives_with_away_parent"] if depends and not (self.away("father") or self.away("mother")) else []
        return [fact for fact in (*depends, *lives) if fact not in self.facts]

    def away(self, parent: str) -> bool:
        """Whether a parent is known to be elsewhere, though nobody said yet what for."""
        status = str(self.facts.get(f"{parent}_away_status", UNKNOWN))
        if status != UNKNOWN:
            return status.startswith("away")
        places, months = self.facts.get(f"{parent}_work_place"), self.facts.get(f"{parent}_away_months")
        known = places in ELSEWHERE or isinstance(months, int)
        return known or self.facts.get(f"{parent}_departure_date") is not None or parent in self.outside

    def only_parent(self) -> str | None:
        """The parent that is left when the other is dead; None: both live, or it is not known."""
        dead = [one for one in ("father", "mother") if self.facts.get(f"{one}_life_status") in NOT_AMONG_US]
        return None if len(dead) != 1 else "mother" if dead == ["father"] else "father"

    def keep_words(self, name: str, text: str) -> None:
        """Keep what was said to a question and could not be placed."""
        self.said[name] = [*self.said.get(name, ()), text.strip()[:SAID_LONGEST]]

    def words(self) -> dict[str, list[str]]:
        """What whoever it is handed to reads as it was said, the words of another child among it."""
        every = [one for name, told in self.said.items() if name != BESIDE for one in told]
        beside = [one for one in self.said.get(BESIDE, ()) if not any(one in whole for whole in every)]
        rest = {name: told for name, told in self.said.items() if name != BESIDE}
        return {**rest, **({"another": self.other} if self.other else {}), **({BESIDE: beside} if beside else {})}

    def tell(self, told: dict[str, Any]) -> None:
        """Take facts; what was said last counts. The two ways to say how long, or how old, replace each other."""
        for fact, value in told.items():
            for pair in COUNTED.items():
                if fact.endswith(pair) and value != UNKNOWN:
                    self.facts.pop(fact.replace(*(pair if fact.endswith(pair[0]) else pair[::-1])), None)
            self.facts[fact] = value
            if fact in OF_AGE:
                self.stage = ""
                self.said.pop(AGE, None)  # words it was estimated from say it no more
            self._elsewhere_for_good(fact, value)
            self._out_of_reach(fact, value)
            self._heard_from(fact, value)
            self.doubtful = [one for one in self.doubtful if one != fact]

    def _elsewhere_for_good(self, fact: str, value: Any) -> None:
        """Of the dead and of who is locked up nobody asks where they work: that does not apply (eligibility.yml)."""
        parent = fact.partition("_")[0]
        if (fact.endswith("_life_status") and value in NOT_AMONG_US) or (
            fact.endswith("_custody") and value in LOCKED_UP
        ):
            self.facts[f"{parent}_away_status"] = NOT_APPLICABLE
        elif fact.endswith(("_life_status", "_custody")) and self.facts.get(f"{parent}_away_status") == NOT_APPLICABLE:
            self._asked_again_where(parent)

    def _out_of_reach(self, fact: str, value: Any) -> None:
        """Of who cannot be found nobody asks where they work or since when: it is not known, unless it was told."""
        parent, _, kind = fact.partition("_")
        if kind == "life_status":
            for name in (f"{parent}_{one}" for one in WHEREABOUTS):
                if value == CANNOT_BE_FOUND:
                    self.facts.setdefault(name, UNKNOWN)
                elif self.facts.get(name) == UNKNOWN:
                    del self.facts[name]

    def _heard_from(self, fact: str, value: Any) -> None:
        """Who phones or was found is not missing: alive, and where he is is asked."""
        parent, _, kind = fact.partition("_")
        if kind == "lost_contact" and value == "no" and self.facts.get(f"{parent}_life_status") == CANNOT_BE_FOUND:
            self.facts[f"{parent}_life_status"] = "alive"
            self._out_of_reach(f"{parent}_life_status", "alive")

    def _asked_again_where(self, parent: str) -> None:
        """Corrected: neither dead nor locked up after all, so where they are is open again."""
        dead = self.facts.get(f"{parent}_life_status") in NOT_AMONG_US
        if not dead and self.facts.get(f"{parent}_custody") not in LOCKED_UP:
            del self.facts[f"{parent}_away_status"]


def is_grown(work: Work, conversation: str) -> bool:
    """Whether whoever is in the middle of a check told in it that he brings a child up."""
    draft = drafts.current(work, conversation, FLOW)
    check = load(work, draft) if draft is not None else Check()
    return check.alone or check.parted or check.speaker not in (None, kin.CHILD)


def load(work: Work, draft: Draft) -> Check:
    """The check as it was kept; an empty one for a new draft."""
    return Check(**drafts.contents(work, draft))


def keep(work: Work, draft: Draft, check: Check, asked: str) -> str:
    """Save it together with what is asked: fact, screen, speaker, edit, result or a step of the handing over."""
    drafts.keep(work, draft, asdict(check), asked)
    return asked
