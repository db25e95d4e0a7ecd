"""How it stands in the middle of a self-check, in a few lines: what fits already, what does not, what is still open and
the one or two things that would decide it.

Three-valued: nothing fits, and nothing is excluded, that an answer nobody gave yet could still change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import child_facts, eligibility, english, model, wording
from bot.care.eligibility import Explanation, Reason
from bot.services.eligibility import answer, recap
from bot.services.eligibility.answer import ELIGIBLE, NOT, OPEN, SHOWN

CATEGORIES = SHOWN[:4]
"""What somebody asks for; that a child of one parent is to be looked after more is said where it is so."""
MOST_IDS, MOST_DECIDING, MOST_MISSING = 2, 2, 4
LEFT_BEHIND = "left_behind"
DEFAULT = "default"


class Standing:
    """What the facts told so far come to."""

    def __init__(self, facts: Mapping[str, Any], on: date, *, in_english: bool = False) -> None:
        self._facts, self._on, self._english = facts, on, in_english
        self._model = model.in_force(on)
        self._found: Explanation = eligibility.explain(facts, on, protected=True)
        self._short = _too_short(facts, on)

    def said(self) -> str:
        """A line for each that fits, one for what does not, one for what must be verified, one for what was not asked
        yet, and when to ask again."""
        return "\n".join([*self._met(), *self.beside_what_fits()])

    def one_sentence(self) -> str:
        """The same as one sentence: what fits, else what must be verified, else what does not; what was not asked yet
        is said to be open (unknown is no "no")."""
        met = [reason for name in SHOWN if self._result(name) == ELIGIBLE for reason in self._fits(name)[:1]]
        parts = [self._say("standing.one.met", label=self._label(one), ids=_ids([one])) for one in met]
        if not parts and (pending := {name: some for name in CATEGORIES if (some := self._pending(name))}):
            reasons = [reason for some in pending.values() for reason in some]
            what = self._names(self._open_facts(reasons))
            parts = [self._say("standing.one.open", labels=self._labels(pending), what=what, ids=_ids(reasons))]
        parts += [self._say("standing.one.too_short")] if self._short and not met else []
        if not parts and (names := self._excluded()):
            why = self._why_not_left_behind() if LEFT_BEHIND in names else ""
            parts = [self._say("standing.one.not", labels=self._labels(names), why=why)]
        names = self._never_asked()
        if names and not parts:
            parts = [self._say("standing.one.nothing_yet", what=self.missing())]
        elif names:
            parts.append(self._say("standing.one.unasked", labels=self._labels(names)))
        return ("; " if self._english else "；").join(parts)

    def missing(self) -> str:
        """What would decide it: what must be shown or judged of what was told, then what would be asked first."""
        pending = [reason for name in CATEGORIES for reason in self._pending(name)]
        asked = (eligibility.next_question(self._facts, self._on, name) for name in self._never_asked())
        facts = [*self._open_facts(pending), *(one.fact for one in asked if one is not None)]
        return self._names(facts, MOST_MISSING)

    def beside_what_fits(self) -> list[str]:
        """The same without what fits already."""
        rest = [*self._short_of_months(), *self._not_met(), *self._to_verify(), *self._unasked()]
        return [*rest, *self._gone_for_long()]

    def _say(self, key: str, **args: Any) -> str:
        language = texts.ENGLISH if self._english else None
        return texts.render(f"eligibility.{key}", {**args, texts.LANGUAGE: language}).text

    def _labels(self, names: Iterable[str]) -> str:
        return ("; " if self._english else "、").join(self._say(f"result.{name}") for name in names)

    def _result(self, name: str) -> str:
        return self._found.assessment.results[name]

    def _met(self) -> list[str]:
        lines = []
        for name in SHOWN:
            if self._result(name) == ELIGIBLE:
                met = self._fits(name)[:1]
                lines += [self._say("standing.met", label=self._label(one), ids=_ids([one])) for one in met]
        return lines

    def _fits(self, name: str) -> list[Reason]:
        return [one for one in self._found.reasons[name] if one.outcome == ELIGIBLE]

    def _label(self, reason: Reason) -> str:
        return self._model.rules[reason.code].label_en if self._english else reason.label

    def _short_of_months(self) -> list[str]:
        """Who has not been away for long enough, and since when it would do."""
        lines = []
        for parent, months in self._short.items():
            args: dict[str, Any] = {"who": self._who(parent), "n": months}
            day = enough_on(self._facts, parent, self._on)
            if day is not None:
                day_said = answer.said_day(day, in_english=self._english)
                lines.append(self._say("standing.too_short.day", **args, day=day_said))
            else:
                lines.append(self._say("standing.too_short", **args, left=_wanted(parent, self._on) - months))
        return lines

    def _gone_for_long(self) -> list[str]:
        """Who has not been heard of for so long that it is to be judged whether he can look after the child
        (JL-2.1.5)."""
        gone = [one for one in model.PARENT_ZH if str(self._facts.get(f"{one}_lost_contact")).startswith("ge_6m")]
        return [self._say("gone_for_long", who=self._who(parent)) for parent in gone if not self._met()]

    def _who(self, parent: str) -> str:
        return parent if self._english else texts.phrase(f"eligibility.of.{parent}")

    def _not_met(self) -> list[str]:
        """What is excluded whatever else is told."""
        decided = self._excluded()
        if not decided:
            return []
        why = self._why_not_left_behind() if LEFT_BEHIND in decided else ""
        return [self._say("standing.not", labels=self._labels(decided), why=why)]

    def _excluded(self) -> list[str]:
        unasked = self._found.assessment.unasked_by
        decided = [name for name in CATEGORIES if self._result(name) == NOT and not unasked.get(name)]
        return [name for name in decided if not (name == LEFT_BEHIND and self._short)]

    def _why_not_left_behind(self) -> str:
        reason = self._found.reasons[LEFT_BEHIND][0]
        told = [one for one in reason.grounds if recap.speaks_for_itself(one.fact, one.value)]
        said = recap.grounds(told, self._on, in_english=self._english)[:MOST_DECIDING]
        joined = ("; " if self._english else "，").join(said)
        return self._say("standing.why", why=joined, ids=_ids([reason], 1)) if said else ""

    def _to_verify(self) -> list[str]:
        """What hangs on something told that must be shown or judged first."""
        pending = {name: reasons for name in CATEGORIES if (reasons := self._pending(name))}
        if not pending:
            return []
        reasons = [reason for some in pending.values() for reason in some]
        what = self._names(self._open_facts(reasons))
        return [self._say("standing.open", labels=self._labels(pending), ids=_ids(reasons), what=what)]

    def _open_facts(self, reasons: Iterable[Reason]) -> list[str]:
        """What is open in these reasons, first what was told."""
        open_facts = [ground.fact for reason in reasons for ground in reason.grounds if ground.open]
        return sorted(dict.fromkeys(open_facts), key=lambda fact: fact not in self._facts)

    def _pending(self, name: str) -> list[Reason]:
        """The open reasons of a category to which something told speaks: what was never asked is no reason."""
        if self._result(name) != OPEN or (name == LEFT_BEHIND and self._short):
            return []
        reasons = [one for one in self._found.reasons[name] if one.outcome == OPEN]
        return [one for one in reasons if any(ground.open and ground.origin != DEFAULT for ground in one.grounds)]

    def _unasked(self) -> list[str]:
        """What was not asked yet, and what would be asked first for it."""
        names = self._never_asked()
        if not names:
            return []
        asked = (eligibility.next_question(self._facts, self._on, name) for name in names)
        first = list(dict.fromkeys(one.fact for one in asked if one is not None))
        return [self._say("standing.unasked", labels=self._labels(names), what=self._names(first))]

    def _never_asked(self) -> list[str]:
        unasked = self._found.assessment.unasked_by
        open_still = [name for name in CATEGORIES if self._result(name) != ELIGIBLE and unasked.get(name)]
        return [name for name in open_still if not self._pending(name) and not (name == LEFT_BEHIND and self._short)]

    def _names(self, facts: Iterable[str], most: int = MOST_DECIDING) -> str:
        known = self._model.facts
        names = (english.name(known[one]) if self._english else wording.name(known[one]) for one in facts)
        return ("; " if self._english else "、").join(list(dict.fromkeys(names))[:most])


def settled(facts: Mapping[str, Any], on: date) -> bool:
    """Whether one of the categories is met already, whatever the questions left would bring."""
    results = eligibility.assess(facts, on).results
    return any(results[name] == ELIGIBLE for name in CATEGORIES)


def enough(facts: Mapping[str, Any], on: date, *, in_english: bool = False) -> str | None:
    """When it would do for whoever is not away for long enough yet, in one sentence each; None: months are not what is
    missing, or the day of leaving is not known."""
    days = {parent: enough_on(facts, parent, on) for parent in _too_short(facts, on)}
    if not days or None in days.values():
        return None
    lines = []
    for parent, day in days.items():
        who = parent if in_english else texts.phrase(f"eligibility.of.{parent}")
        args = {"who": who, "day": answer.said_day(day, in_english=in_english) if day else ""}
        language = texts.ENGLISH if in_english else None
        lines.append(texts.render("eligibility.enough_on", {**args, texts.LANGUAGE: language}).text)
    return "\n".join(lines)


def enough_on(facts: Mapping[str, Any], parent: str, on: date) -> date | None:
    """The day on which a parent will have been away for the months that the rules want; None: the day of leaving is not
    known."""
    left = child_facts.checked(model.in_force(on), facts, on).get(f"{parent}_departure_date")
    return child_facts.plus_months(left, _wanted(parent, on)) if isinstance(left, date) else None


def _wanted(parent: str, on: date) -> int:
    return min(model.in_force(on).bounds[f"{parent}_away_months"])


def _too_short(facts: Mapping[str, Any], on: date) -> dict[str, int]:
    """The months of each parent who has not been away for as long as the rules want (JL-2.1.2), where longer would
    make another result possible."""
    known = child_facts.checked(model.in_force(on), facts, on)
    months = {**known, **child_facts.derived(known, on)}
    short = {}
    for parent in model.PARENT_ZH:
        told = months.get(f"{parent}_away_months")
        if isinstance(told, int) and told < _wanted(parent, on):
            short[parent] = told
    longer = {fact: value for fact, value in known.items() if fact not in {f"{one}_departure_date" for one in short}}
    longer |= {f"{parent}_away_months": _wanted(parent, on) for parent in short}
    return short if short and eligibility.assess(longer, on).results[LEFT_BEHIND] != NOT else {}


def _ids(reasons: Iterable[Reason], most: int = MOST_IDS) -> str:
    found = dict.fromkeys(quote.id for reason in reasons for quote in reason.quotes if quote.id.startswith("JL-"))
    return "、".join(list(found)[:most])
