"""The words for a first indication (eligibility.md §1), in Chinese and in English: nobody is ever recognised here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import eligibility, english, evidence, model, wording
from bot.care.eligibility import Explanation, Ground, Quote, Reason
from bot.services.eligibility import recap
from bot.services.eligibility.state import CANNOT_BE_FOUND, WHEREABOUTS

SHOWN = ("left_behind", "hardship_family", "hardship_self", "hardship_guardianship", "rural_single_parent")
ELIGIBLE, OPEN, NOT = "eligible", "needs_verification", "not_eligible"
UNFINISHED = "unfinished"
MOST_PAPERS, MOST_QUOTES, MOST_MISSING = 6, 2, 8
DEAD = ("dead", "declared_dead")
DISABILITY = "_disab_"
IN_BUSINESS, JUDGE = "away_for_business", "civil_affairs"
"""Whether a business of one's own counts as work away is no fact anybody could tell (AMB-04)."""


class Indication:
    """What the told facts come to, explained; said in Chinese, or in English with the clauses quoted in Chinese."""

    def __init__(self, facts: Mapping[str, Any], on: date, *, in_english: bool = False) -> None:
        self._facts, self._on, self._english = facts, on, in_english
        self._model = model.in_force(on)
        self._found: Explanation = eligibility.explain(facts, on, protected=True)

    def whole(self) -> str:
        """What fits and why, what must be verified and by whom, what does not fit, what to bring, where to go, when to
        ask again, and the offer to hand it over."""
        return "\n".join([self.outcome(), *self.advice(), self._say("closing")])

    def begun(self, rest: Iterable[str]) -> str:
        """What fits and why, where to go and the offer to hand it over; `rest`: how everything else stands, not all
        of which was asked."""
        return "\n".join([*self._met(most=1), *rest, self._say("where"), self._say("closing")])

    def outcome(self) -> str:
        """What fits and why, what is missing and who can supply it, what does not fit."""
        return "\n".join([*self._met(), *self._open(), *self._not_met()])

    def advice(self) -> list[str]:
        """What to bring, where to go, when to ask again."""
        return [*self._papers(), *self._again()]

    def _say(self, key: str, **args: Any) -> str:
        language = texts.ENGLISH if self._english else None
        return texts.render(f"eligibility.{key}", {**args, texts.LANGUAGE: language}).text

    def _label(self, reason: Reason, *, short: bool = False) -> str:
        if not self._english:
            return reason.label
        label = self._model.rules[reason.code].label_en
        return label if short else f"{label} ({reason.label})"

    def _joined(self, some: Iterable[str], mark: str = "、") -> str:
        return ("; " if self._english else mark).join(dict.fromkeys(some))

    def _of(self, outcome: str) -> list[tuple[str, list[Reason]]]:
        return [
            (name, [reason for reason in self._found.reasons[name] if reason.outcome == outcome])
            for name in SHOWN
            if self._found.assessment.results[name] == outcome
        ]

    def _met(self, most: int | None = None) -> list[str]:
        """What fits and why; `most`: so many reasons of each category."""
        lines: list[str] = []
        for _, reasons in self._of(ELIGIBLE):
            for reason in reasons[:most]:
                lines.append(self._say("met", label=self._label(reason), why=_quoted(reason.quotes)))
                told = recap.grounds(reason.grounds, self._on, in_english=self._english)
                because = self._say("because", facts=self._joined(told)) if told else ""
                lines += [because] if because and because not in lines else []
        return lines

    def _open(self) -> list[str]:
        """What must be verified, and once for all of it what is missing and who can supply it: that on which most
        hangs comes first, and how much more there is is said."""
        reasons = [reason for _, some in self._of(OPEN) for reason in some]
        if not reasons:
            return []
        missing = {
            IN_BUSINESS if ground.value == IN_BUSINESS else _matter(ground.fact): ground
            for reason in reasons
            for ground in reason.grounds
            if ground.open and not self._is_idle(ground.fact)
        }
        hanging = Counter(m for reason in reasons for m in {_matter(one.fact) for one in reason.grounds if one.open})
        first = sorted(missing.values(), key=lambda ground: -hanging[_matter(ground.fact)])[:MOST_MISSING]
        lines = [self._say("open", labels=self._joined(self._label(one, short=True) for one in reasons))]
        lines.append(self._say("open_basis", why=_quoted(quote for one in reasons for quote in one.quotes[:1])))
        lines += [self._say("missing", what=self._name(one), who=self._joined(self._who(one))) for one in first]
        if len(missing) > len(first):
            lines.append(self._say("missing_more", n=len(missing) - len(first)))
        return lines if missing else [*lines, self._say("to_be_judged")]

    def _is_idle(self, fact: str) -> bool:
        """Whether nobody need be asked: of the dead nothing, of who cannot be found not where they work, nor when."""
        parent, _, kind = fact.partition("_")
        status = self._facts.get(f"{parent}_life_status")
        return status in DEAD or (status == CANNOT_BE_FOUND and kind in WHEREABOUTS)

    def _name(self, ground: Ground) -> str:
        if ground.value == IN_BUSINESS:
            return self._say("business")
        if DISABILITY in ground.fact:
            parent = str(self._model.facts[ground.fact].parent)
            return self._say("disability_of", who=parent if self._english else model.PARENT_ZH[parent])
        return english.name(self._model.facts[ground.fact]) if self._english else ground.name

    def _who(self, ground: Ground) -> tuple[str, ...]:
        if ground.value == IN_BUSINESS:
            return (english.supplier(JUDGE) if self._english else wording.supplier(JUDGE),)
        return english.suppliers(self._model.facts[ground.fact]) if self._english else ground.suppliers

    def _not_met(self) -> list[str]:
        """What does not fit and why; where nothing that was told speaks to it, what kinds there are."""
        lines, plain = [], []
        for name, reasons in self._of(NOT):
            label = self._say(f"result.{name}")
            if unasked := self._found.assessment.unasked_by.get(name):
                lines.append(self._say("unfinished", label=label, n=len(unasked)))
                continue
            reason = next((one for one in reasons if one.considered or name == "left_behind"), None)
            so = [one for one in reason.grounds if recap.speaks_for_itself(one.fact, one.value)] if reason else []
            told = recap.grounds(so, self._on, in_english=self._english) if name != "rural_single_parent" else []
            if told and reason:
                args = {"why": self._joined(told), "basis": _quoted(reason.quotes[:1])}
                lines.append(self._say("not_met", label=label, **args))
            elif name != "rural_single_parent":
                plain.append((name, label))
        if plain:
            lines.append(self._say("not_met_plain", labels=self._joined(label for _, label in plain)))
        if any(name != "left_behind" for name, _ in plain):
            lines.append(self._say("not_met_kinds"))
        return lines

    def _papers(self) -> list[str]:
        """What only the family has; what an office holds itself nobody is sent for (SHJZ-62)."""
        reasons = [reason for outcome in (ELIGIBLE, OPEN) for _, some in self._of(outcome) for reason in some]
        if not reasons:
            return [self._say("other_help")]
        lines = dict.fromkeys(line for reason in reasons for line in reason.evidence)
        found = evidence.papers(lines, self._facts, self._model)
        bring = [self._paper(one) for one in found if one.held_by is None][:MOST_PAPERS]
        held = [self._say("held_by", paper=self._paper(one), who=self._office(one)) for one in found if one.held_by]
        return [
            *([self._say("bring", papers=self._joined(bring, "；"))] if bring else []),
            *([self._say("held", papers=self._joined(held, "；"))] if held else []),
            self._say("where"),
        ]

    def _paper(self, paper: evidence.Paper) -> str:
        return paper.en if self._english else paper.zh

    def _office(self, paper: evidence.Paper) -> str:
        words = english.supplier if self._english else wording.supplier
        return words(str(paper.held_by)).partition("（" if not self._english else " (")[0]

    def _again(self) -> list[str]:
        """When to ask again, and how far the plan itself goes."""
        until = self._model.plan_until
        over = [self._say("plan_over", year=until.year)] if self._on > until else []
        day = eligibility.recheck_on(self._facts, self._on)
        if day is not None:
            later = [self._say("plan_until", year=until.year)] if day > until >= self._on else []
            return [self._say("recheck_on", day=said_day(day, in_english=self._english)), *later, *over]
        months = eligibility.recheck_in_months(self._facts, self._on)
        return [*([self._say("recheck_in", months=months)] if months else []), *over]


def outcomes(
    facts: Mapping[str, Any],
    on: date,
    *,
    now: Mapping[str, Any] | None = None,
    in_english: bool = False,
    settled: bool = False,
) -> str:
    """One line per category, for an answer to 如果…呢. `now`: what was really told, to say what would change;
    `settled`: without those of which too little was asked."""
    then = _outcomes(facts, on)
    before = _outcomes(now, on) if now is not None else then
    shown = [name for name in SHOWN if then[name] != NOT or before[name] != NOT or name == "left_behind"]
    shown = [name for name in shown if not settled or then[name] != UNFINISHED] or shown
    language = {texts.LANGUAGE: texts.ENGLISH if in_english else None}
    lines = []
    for name in shown:
        label = texts.render(f"eligibility.result.{name}", language).text
        supposed = now is not None and then[name] == UNFINISHED != before[name]
        word = texts.render(f"eligibility.outcome.{then[name]}{'.if' if supposed else ''}", language).text
        was = texts.render(f"eligibility.outcome.{before[name]}", language).text
        key = "eligibility.one_line" if then[name] == before[name] else "eligibility.one_line.changed"
        args = {"label": label, "outcome": word} | ({"now": was} if was != word else {})
        lines.append(texts.render(key, {**args, **language}).text)
    return "\n".join(lines)


def changed(facts: Mapping[str, Any], before: Mapping[str, Any], on: date, *, in_english: bool = False) -> str:
    """One line for each category that is another one than it was for the facts `before`; empty: none is."""
    now, then = _outcomes(facts, on), _outcomes(before, on)
    language = {texts.LANGUAGE: texts.ENGLISH if in_english else None}
    lines = []
    for name in (one for one in SHOWN if now[one] != then[one]):
        label, word, was = (
            texts.render(f"eligibility.{key}", language).text
            for key in (f"result.{name}", f"outcome.{now[name]}", f"outcome.{then[name]}")
        )
        args = {"label": label, "outcome": word, "was": was}
        lines.append(texts.render("eligibility.one_line.other", {**args, **language}).text)
    return "\n".join(lines)


def said_day(day: date, *, in_english: bool = False) -> str:
    """A day as it is said."""
    return day.isoformat() if in_english else f"{day.year}年{day.month}月{day.day}日"


def _outcomes(facts: Mapping[str, Any], on: date) -> dict[str, str]:
    found = eligibility.assess(facts, on)
    return {
        name: UNFINISHED if found.results[name] == NOT and found.unasked_by.get(name) else found.results[name]
        for name in SHOWN
    }


def _matter(fact: str) -> str:
    """All kinds of disability of one parent are one matter: whoever can tell of one can tell of all."""
    return fact.partition(DISABILITY)[0] + DISABILITY if DISABILITY in fact else fact


def _quoted(quotes: Iterable[Quote]) -> str:
    said = [
        texts.render(
            "eligibility.quote",
            {"title": quote.title, "phrase": "……".join(quote.phrases[:MOST_QUOTES]), "id": quote.id},
        ).text
        if quote.phrases
        else texts.render("eligibility.quote.law", {"title": quote.title, "id": quote.id}).text
        for quote in list({quote.id: quote for quote in quotes}.values())[:MOST_QUOTES]
    ]
    return "；".join(said) or texts.phrase("eligibility.the_plan")
