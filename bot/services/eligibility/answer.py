"""The words for what was understood and for a first indication (eligibility.md §1): nobody is ever recognised here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import eligibility, english, model, wording
from bot.care.eligibility import Explanation, Ground, Reason
from bot.services.eligibility.state import NOT_APPLICABLE

SHOWN = ("left_behind", "hardship_family", "hardship_self", "hardship_guardianship", "rural_single_parent")
ELIGIBLE, OPEN, NOT = "eligible", "needs_verification", "not_eligible"
PLAINLY_SAID = (
    *("child_age_years", "_status", "_months", "_work_place", "_home_stays", "_rural"),
    *("child_disability", "lives_with_away_parent", "lives_without_guardian", "guardian_not_performing"),
)
PLAIN_IF_SO = ("_custody", "_lost_contact", "household_assistance", "informal_adoption")
IS_NOT = ("none", "no")
MOST_GROUNDS, MOST_PAPERS, MOST_QUOTES, MOST_MISSING = 3, 6, 2, 8
DEAD = ("dead", "declared_dead")
GROUPS = ("child", "father", "mother", "home")
OF_THE_CHILD = ("child_", "vagrant_", "informal_", "birth_", "condition_", "lives_", "guardian_")


def recap(
    facts: Mapping[str, Any], on: date, *, brief: bool = False, said: Mapping[str, Iterable[str]] | None = None
) -> str:
    """What was told, a line each for the child, the father, the mother and the household. `brief`: what was asked and
    is not the case is left out. `said`: by question, words nobody could place; they stand there as they were said."""
    lines, facts = [], {fact: value for fact, value in facts.items() if value != NOT_APPLICABLE}
    if brief:
        known = model.in_force(on).facts
        facts = {
            f: v for f, v in facts.items() if f.endswith(PLAINLY_SAID) or v != known[f].default or v == model.UNKNOWN
        }
    for group in GROUPS:
        told = [_said(fact, value, on) for fact, value in facts.items() if _group(fact) == group]
        alive = texts.phrase("eligibility.alive")
        told = [one for one in dict.fromkeys(told) if one != alive] or told[:1]
        if told:
            lines.append(f"· {texts.phrase(f'eligibility.of.{group}')}：{'，'.join(told)}")
    words = dict.fromkeys(text for texts_said in (said or {}).values() for text in texts_said)
    lines += [texts.render("eligibility.in_their_words", {"words": text}).text for text in words]
    return "\n".join(lines)


def _said(fact: str, value: Any, on: date) -> str:
    """One fact as it is said back: by its value alone where that speaks for itself, else with what it is about."""
    known = model.in_force(on).facts[fact]
    whose = model.PARENT_ZH[known.parent] if known.parent else texts.phrase("eligibility.of.child")
    name = wording.name(known).removeprefix(whose).removeprefix(texts.phrase("eligibility.of"))
    if value == model.UNKNOWN:
        return f"{name}{texts.phrase('eligibility.unknown_value')}"
    said = wording.said(known, date.fromisoformat(value) if known.kind == "date" else value)
    return _plainly(fact, name, said, value)


def _group(fact: str) -> str:
    if fact.startswith(("father_", "mother_")):
        return fact.partition("_")[0]
    return "child" if fact.startswith(OF_THE_CHILD) else "home"


def result(facts: Mapping[str, Any], on: date, *, closing: bool = True) -> str:
    """The whole first indication: what fits and why, what must be verified and by whom, what does not fit, what to
    bring, where to go, when to ask again."""
    found = eligibility.explain(facts, on, protected=True)
    parts = [*_met(found), *_open(found, facts), *_not_met(found)]
    if closing:
        parts += [*_papers(found), *_again(facts, on), texts.phrase("eligibility.closing")]
    return "\n".join(parts)


def in_english(facts: Mapping[str, Any], on: date) -> str:
    """The indication in plain English, a line per category; the clause is quoted as it stands, in Chinese."""
    found = eligibility.explain(facts, on, protected=True)
    lines = []
    for name in SHOWN:
        outcome = found.assessment.results[name]
        key = "unfinished" if outcome == NOT and found.assessment.unasked_by.get(name) else outcome
        met = [reason for reason in found.reasons[name] if reason.outcome == ELIGIBLE]
        args = {"label": texts.phrase(f"eligibility.english.{name}"), "why": _quoted(met)}
        lines.append(texts.render(f"eligibility.english.{key}", args).text)
    return "\n".join([*lines, texts.phrase("eligibility.english.closing")])


def recap_in_english(facts: Mapping[str, Any], on: date) -> str:
    """What was told, in English, a line for each fact."""
    known = model.in_force(on).facts
    said = [english.said(known[fact], value) for fact, value in facts.items() if fact in model.in_force(on).askable]
    return "\n".join(f"· {one}" for one in said)


def outcomes(facts: Mapping[str, Any], on: date) -> str:
    """One line per category, for an answer to 如果…呢."""
    found = eligibility.assess(facts, on)
    rows = []
    for name in SHOWN:
        outcome = found.results[name]
        key = "unfinished" if outcome == NOT and found.unasked_by.get(name) else outcome
        if key != NOT or name == "left_behind":
            rows.append(texts.render("eligibility.one_line", {"label": _label(name), "outcome": _word(key)}).text)
    return (
        "\n".join(rows)
        or texts.render("eligibility.one_line", {"label": _label("hardship"), "outcome": _word(NOT)}).text
    )


def _label(name: str) -> str:
    return texts.phrase(f"eligibility.result.{name}")


def _word(outcome: str) -> str:
    return texts.phrase(f"eligibility.outcome.{outcome}")


def _of(found: Explanation, outcome: str) -> list[tuple[str, list[Reason]]]:
    return [
        (name, [reason for reason in found.reasons[name] if reason.outcome == outcome])
        for name in SHOWN
        if found.assessment.results[name] == outcome
    ]


def _met(found: Explanation) -> list[str]:
    lines = []
    for _, reasons in _of(found, ELIGIBLE):
        for reason in reasons:
            lines.append(texts.render("eligibility.met", {"label": reason.label, "why": _quoted([reason])}).text)
            lines += [line for line in _extra(reason.grounds) if line not in lines]
    return lines


def _extra(grounds: Iterable[Ground]) -> list[str]:
    told = _told(grounds)
    return [texts.render("eligibility.because", {"facts": "、".join(dict.fromkeys(told))}).text] if told else []


def _told(grounds: Iterable[Ground]) -> list[str]:
    """The told facts behind a result, as they are said back, each with whose it is."""
    told = [
        ground
        for ground in grounds
        if ground.origin != "default" and ground.value not in (model.UNKNOWN, NOT_APPLICABLE)
    ]
    said = [_whose(one.fact, one.value) + _plainly(one.fact, one.name, one.said, one.value) for one in told]
    alive = texts.phrase("eligibility.alive")
    return list(dict.fromkeys(one for one in said if not one.endswith(alive)))[:MOST_GROUNDS]


def _whose(fact: str, value: Any) -> str:
    return model.PARENT_ZH.get(fact.partition("_")[0], "") if _speaks_for_itself(fact, value) else ""


def _speaks_for_itself(fact: str, value: Any) -> bool:
    return fact.endswith(PLAINLY_SAID) or (fact.endswith(PLAIN_IF_SO) and value not in IS_NOT)


def _plainly(fact: str, name: str, said: str, value: Any) -> str:
    if _speaks_for_itself(fact, value):
        return said.partition("，")[2] if said.startswith(("是，", "不是，")) else said
    return f"{name}：{said}"


def _quoted(reasons: Iterable[Reason]) -> str:
    quotes = {quote.id: quote for reason in reasons for quote in reason.quotes}
    said = [
        texts.render("eligibility.quote", {"title": quote.title, "phrase": "……".join(quote.phrases[:MOST_QUOTES])}).text
        if quote.phrases
        else f"《{quote.title}》"
        for quote in list(quotes.values())[:MOST_QUOTES]
    ]
    return "；".join(said) or texts.phrase("eligibility.the_plan")


def _open(found: Explanation, facts: Mapping[str, Any]) -> list[str]:
    """What must be verified, and once for all of it what is missing and who can supply it: that on which most hangs
    comes first, and how much more there is is said."""
    reasons = [reason for _, some in _of(found, OPEN) for reason in some]
    if not reasons:
        return []
    labels = "、".join(dict.fromkeys(reason.label for reason in reasons))
    missing = {
        ground.name: ground
        for reason in reasons
        for ground in reason.grounds
        if ground.open and facts.get(f"{ground.fact.partition('_')[0]}_life_status") not in DEAD
    }
    hanging = Counter(name for reason in reasons for name in {ground.name for ground in reason.grounds if ground.open})
    first = sorted(missing.items(), key=lambda named: -hanging[named[0]])[:MOST_MISSING]
    lines = [texts.render("eligibility.open", {"labels": labels}).text]
    for name, ground in first:
        lines.append(texts.render("eligibility.missing", {"what": name, "who": "、".join(ground.suppliers)}).text)
    if len(missing) > len(first):
        lines.append(texts.render("eligibility.missing_more", {"n": len(missing) - len(first)}).text)
    return lines if missing else [*lines, texts.phrase("eligibility.to_be_judged")]


def _not_met(found: Explanation) -> list[str]:
    lines, plain = [], []
    for name, reasons in _of(found, NOT):
        if found.assessment.unasked_by.get(name):
            count = len(found.assessment.unasked_by[name])
            lines.append(texts.render("eligibility.unfinished", {"label": _label(name), "n": count}).text)
            continue
        reason = next((one for one in reasons if one.considered or name == "left_behind"), None)
        so = [ground for ground in reason.grounds if _speaks_for_itself(ground.fact, ground.value)] if reason else []
        told = _told(so) if name != "rural_single_parent" else []
        if told:
            args = {"label": _label(name), "why": f"{'、'.join(dict.fromkeys(told))}"}
            lines.append(texts.render("eligibility.not_met", args).text)
        elif name != "rural_single_parent":
            plain.append(_label(name))
    if plain:
        lines.append(texts.render("eligibility.not_met_plain", {"labels": "、".join(plain)}).text)
    return lines


def _papers(found: Explanation) -> list[str]:
    reasons = [reason for outcome in (ELIGIBLE, OPEN) for _, some in _of(found, outcome) for reason in some]
    papers = list(dict.fromkeys(paper for reason in reasons for paper in reason.evidence))[:MOST_PAPERS]
    if not reasons:
        return [texts.phrase("eligibility.other_help")]
    where = texts.phrase("eligibility.where")
    return [texts.render("eligibility.bring", {"papers": "；".join(papers)}).text, where] if papers else [where]


def _again(facts: Mapping[str, Any], on: date) -> list[str]:
    day = eligibility.recheck_on(facts, on)
    if day is not None:
        return [texts.render("eligibility.recheck_on", {"day": f"{day.year}年{day.month}月{day.day}日"}).text]
    months = eligibility.recheck_in_months(facts, on)
    return [texts.render("eligibility.recheck_in", {"months": months}).text] if months else []
