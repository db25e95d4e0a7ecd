"""Reading a report back: everything that was told and can be checked, a line for each thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.reading.reports import clean, corrections, fitting, second_child, told
from bot.reading.reports.asides import wants_secrecy
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services.drafts import Answers

LONGEST_LINE = 160
MERE = "在是的呢"
"""What stands around the name of a place and says no more of it: 在姜家店村的."""
_ROOM = re.compile("[0-9]{2,4}(?:室|号|户)?(?![0-9])")
"""The number of a flat behind its stairway: 3号楼2单元501."""
_BESIDE_IT = re.compile(
    "^(?:隔壁|旁边|对面|附近|后面|前面|那边)[^0-9]*$|^(?:开|个|某)*(?:超市|市场|(?:寄宿|住宿)制?学校)$"
)
"""我姥姥在隔壁小区 tells of no place of the child's."""
_CLAUSE_ENDS = re.compile("[，,。；;！!？?\\s]+")
PIN = re.compile(r"-?\d{1,3}\.\d{5},-?\d{1,3}\.\d{5}")
"""A location pin among the words of a place, as `cards.pin` keeps it."""


def recap(answers: Answers) -> str:
    """The report as it stands. What has its own line is there even when nothing is known of it; the rest when told."""
    every = [
        text for index, (field, text) in enumerate(answers.words) if field == "what" and not _later(answers, index)
    ]
    what = [clean.what(text) for text in every if not _beside_it(answers, text)] or every
    later = [text for index, (field, text) in enumerate(answers.words) if field == "what" and _later(answers, index)]
    later = [clean.what(text) for text in later if not _put_right(answers, text)]
    lines = [
        _line(answers, "what", "；".join(what) or _kind(answers)),
        _line(answers, "place", where(answers)),
        _line(answers, "child_ref", _child(answers)),
        _line(answers, "when", "；".join(clean.when(answers.words_of("when")))),
    ]
    for field in ("reporter_type", "unit", "safe_contact", "police", "education"):
        words = _clean(field, answers.words_of(field))
        said = "；".join(words) or _coded(answers, field)
        if said:
            lines.append(_line(answers, field, said))
    if "danger_now" in answers.facts:
        lines.append(_line(answers, "danger_now", _phrase(answers, f"value.{answers.facts['danger_now']}")))
    lines += [_line(answers, "addition", text) for text in later]
    lines += [_line(answers, "changed", "；".join(put_right))] if (put_right := answers.words_of("changed")) else []
    beside = [text for text in answers.words_of("beside") if not wants_secrecy(text)]
    lines += [_line(answers, "beside", "；".join(beside))] if beside else []
    return "\n".join(lines)


def _clean(field: str, said: list[str]) -> list[str]:
    if field == "reporter_type":
        return [short for one in said if not wants_secrecy(one) and (short := clean.who(one))]
    return [clean.contact(one) for one in said] if field == "safe_contact" else said


def _beside_it(answers: Answers, text: str) -> bool:
    """Whether words are kept all the same, only not shown as what happened: a question to us, who writes, a correction
    that is shown where it holds."""
    return fitting.only_asks_us(text) or fitting.only_says_who(text) or _put_right(answers, text)


def _put_right(answers: Answers, text: str) -> bool:
    found = corrections.read(text) if answers.words_of("changed") else None
    return found is not None and not told.read(text).signs and bool(found.old) and not found.in_one_breath


def stands(answers: Answers, field: str | None) -> str:
    """The lines of one field as it stands, or of those that are put right most often; what was put right is told in
    its own line."""
    every = {
        "what": "；".join(map(clean.what, answers.words_of("what"))) or _kind(answers),
        "place": where(answers),
        "child_ref": _child(answers),
        "when": "；".join(clean.when(answers.words_of("when"))),
        "safe_contact": "；".join(map(clean.contact, answers.words_of("safe_contact"))),
    }
    wanted = [field] if field is not None else [name for name in every if name != "what" and every[name]]
    every |= {name: "；".join(answers.words_of(name)) for name in ("police", "education")}
    return "\n".join(_line(answers, name, every[name]) for name in wanted)


def address(answers: Answers) -> str:
    """The place in one breath, all of what was told of it, as it is said to 110: 公主岭市范家屯镇幸福小区3号楼."""
    told = list(dict.fromkeys(one.strip() for one in answers.words_of("place") if not PIN.fullmatch(one)))
    if answers.area is None or (len(told) == 1 and places.find(told[0]).best is not None):
        return " ".join(told)
    name = places.full_name(answers.area)
    finer = [one for one in map(_without_divisions, told) if one and one not in name]
    return "".join([name, *finer])


def _without_divisions(text: str) -> str:
    spans = [*places.find(text).spans]
    rest = "".join(" " if any(a <= at < b for a, b in spans) else char for at, char in enumerate(text))
    return rest.strip(f"{MERE} ，,。")


def _phrase(answers: Answers, key: str) -> str:
    return texts.phrase(key, answers.language)


def place_for_staff(told: Mapping[str, Any]) -> str:
    """The place of a report as staff read it: the division, what it may be where several are so called, and what is
    finer in the words it was told with, named as such (西河村（原话）)."""
    answers = Answers(words=told["words"], area=told.get("area"), candidates=told.get("candidates", []))
    if answers.area is None:
        maybe = texts.phrase("value.or").join(map(places.full_name, answers.candidates))
        return maybe or texts.phrase("value.unknown")
    name = places.full_name(answers.area)
    own = _finer(answers, name)
    return texts.render("value.place_as_told", {"place": name, "words": own}).text if own else name


def where(answers: Answers) -> str:
    """The place: the division found, and the person's own words for what is finer."""
    told = [text for text in answers.words_of("place") if not PIN.fullmatch(text)]
    pinned = [texts.phrase("value.pinned")] if answers.pinned else []
    if answers.area is None:
        told = told or answers.outside
        if answers.candidates:
            maybe = texts.phrase("value.or").join(map(places.full_name, answers.candidates))
            told = [f"{maybe}（{'；'.join(told)}）" if told else maybe]
        note = texts.phrase("value.outside") if answers.outside else ""
        return "，".join([*([f"{'；'.join(told)}{note}"] if told else []), *pinned]) or texts.phrase("value.unknown")
    name = places.as_told(answers.area, _said(answers))
    finer = _finer(answers, name)
    return "，".join([f"{name}（{finer}）" if finer else name, *pinned])


def _said(answers: Answers) -> list[str]:
    said = [text for field, text in answers.words if field in ("place", "what")]
    return [replies.taken_back(text) or text for text in said]


def _finer(answers: Answers, name: str) -> str:
    """What is told of the place beside the division called `name`, in the words it was told with."""
    told = [text for text in answers.words_of("place") if not PIN.fullmatch(text)]
    own = [spot for text in _said(answers) for spot in _spots(text)]
    own += [text for text in told if _more_than(str(answers.area), text) and not any(spot in text for spot in own)]
    return "；".join(one for one in dict.fromkeys(own) if one not in name)


def _spots(text: str) -> list[str]:
    """The places finer than any division in words, each with the number of the flat behind it."""
    found = [spot for spot in places.spots(text) if not _BESIDE_IT.match(spot)]
    flats = [_ROOM.match(text, text.find(spot) + len(spot)) for spot in found]
    return [spot + (flat.group() if flat else "") for spot, flat in zip(found, flats, strict=True)]


def names(answers: Answers) -> tuple[str, ...]:
    """The names of the child told of."""
    return second_child.names(text for field, text in answers.words if field in ("what", "child_ref"))


def called(answers: Answers) -> str:
    """How the child is spoken of to who told of it: by its name where one was told."""
    return next(iter(names(answers)), "") or texts.phrase("value.other_child")


def _more_than(area: str, text: str) -> bool:
    """Whether words say more of a place than the divisions that were read in them."""
    spans = (*places.find(text, within=area).spans, *places.find(text).spans)
    told = (char for at, char in enumerate(text) if not any(a <= at < b for a, b in spans))
    return any(char.isalnum() and char not in MERE for char in told)


def _later(answers: Answers, index: int) -> bool:
    return 0 < answers.told_then <= index


def _kind(answers: Answers) -> str:
    """The kinds that were tapped, where nothing was told in words."""
    kinds = {choice[1].rpartition("=")[2]: choice[0] for choice in texts.entry("report.kind")["choices"]}
    signs = answers.facts.get("signs", ())
    return "、".join(label for kind, label in kinds.items() if kind in signs)


def _child(answers: Answers) -> str:
    """Which child it is, in the words it was told with, and the age where these do not tell it."""
    words, years = "；".join(clean.child(answers.words_of("child_ref"))), _age(answers)
    said = told.read(words).child_age_years is not None
    return "，".join(one for one in (words, "" if said else years) if one)


def _age(answers: Answers) -> str:
    years = answers.facts.get("child_age_years")
    return texts.render("value.years", {"years": years}).text if years is not None else ""


def _coded(answers: Answers, field: str) -> str:
    value = answers.facts.get(field)
    return _phrase(answers, f"value.{value}") if value and texts.known(f"value.{value}") else ""


def _whole_clauses(text: str) -> str:
    """The beginning and the end of long words, cut between two clauses where there are such."""
    half = LONGEST_LINE // 2
    first, last = text[:half], text[-half:]
    ends = [hit.end() for hit in _CLAUSE_ENDS.finditer(first)]
    begins = [hit.end() for hit in _CLAUSE_ENDS.finditer(last)]
    head = first[: ends[-1]] if ends and ends[-1] > half // 2 else first
    tail = last[begins[0] :] if begins and begins[0] < half // 2 else last
    return f"{head.rstrip()}……{tail}"


def _line(answers: Answers, field: str, text: str) -> str:
    shown = text or _phrase(answers, "value.none")
    if len(shown) > LONGEST_LINE:
        note = texts.render("value.all_kept", {"length": len(shown)}).text
        shown = f"{_whole_clauses(shown)}{note}"
    return f"· {_phrase(answers, f'field.{field}')}：{shown}"
