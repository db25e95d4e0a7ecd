"""What a director says to the record of a visit: a slip put right, go on with that one, store it, how often a home is
due. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.reports import corrections
from bot.reading.wordings import Wordings

_says = Wordings("visit_record_said.txt")

LONGEST = 80
_NAMED = {
    "violence": "finding_violence",
    "missing": "finding_missing",
    "accident": "finding_accident",
    "unlawful": "finding_unlawful",
    "not_performing": "finding_not_performing",
    "alone": "finding_alone",
}
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")


def put_right(text: str) -> tuple[str, str] | None:
    """What holds now and what was told instead (either may be empty), where a message puts a slip right. None: none."""
    found = corrections.read(text)
    if found is None or len(text) > LONGEST:
        return None
    new = " ".join(one for one in found.new.split(" ") if one and not _says.whole("orders", one))
    old = found.old if not found.in_one_breath else ""
    return (new, old) if new and (found.plain or old) else None


def amends(text: str) -> bool:
    """Whether words may put right a record that is saved, or add to it: 不对 是九点半到的, 补一句 奶奶腿疼."""
    return _says("amends", text[:LONGEST])


def later_on(text: str) -> bool:
    """Whether the rest of a record is to be told later: 剩下的走访我晚上再补."""
    return _says("later_on", text[:LONGEST])


def told_of_it(text: str) -> str:
    """What such words tell of the visit, without those that only say that it is to be put right."""
    every = (one for one in _CLAUSES.findall(text) if not _says.whole("only_amends", one))
    return " ".join(left for one in every if (left := _says.without("more_comes", one, "")))


def goes_on(text: str) -> bool:
    """Whether a message wants to go on with a record left unfinished: 一诺那个没写完吧 接着整."""
    return _says("goes_on", text[:LONGEST])


def told_with(text: str, names: tuple[str, ...]) -> str:
    """What a message tells beside that it goes on with the record of somebody named."""
    told = [one for one in _CLAUSES.findall(text) if not (_says("goes_on", one) or _only_named(one, names))]
    return " ".join(told)


def _only_named(clause: str, names: tuple[str, ...]) -> bool:
    return any(name in clause and len(clause) <= len(name) + 4 for name in names)


def finding_named(text: str) -> str | None:
    """Which of the findings of visits.md §6 a few words name: 疑似家暴吧, 孩子丢了; None: none."""
    said = normalise(text[:LONGEST]).text
    return next((finding for finding, name in _NAMED.items() if _says.whole(name, said)), None)


def closes(text: str) -> bool:
    """Whether a message only says that this is all: 嗯 就这些."""
    return _says.whole("closes", "".join(_CLAUSES.findall(text[:LONGEST])))


def wants_log(text: str) -> bool:
    """Whether the work log is wanted: 把今天的日志给我看看."""
    return _says("wants_log", text[:LONGEST])


def wants_list(text: str) -> bool:
    """Whether it is asked whom to see: 今天都去谁家啊."""
    return _says("wants_list", text[:LONGEST])


def stores_it(text: str) -> bool:
    """Whether a message only says that the record is to be stored: 对 就这么存."""
    return _says.whole("stores", "".join(_CLAUSES.findall(text[:LONGEST])))


def only_to_change(text: str) -> bool:
    """Whether a message only says that something of the record is to be changed, not what: 改一改."""
    return _says.whole("to_change", "".join(_CLAUSES.findall(text[:LONGEST])))


def asks_how_often(text: str) -> bool:
    """Whether somebody asks, or wants confirmed, how often a home is due: 一般的是一个月去一回呗."""
    said = normalise(text[:LONGEST]).text
    return _says("how_often", said) and _says("asks_so", text[:LONGEST])


def of_key_focus(text: str) -> bool:
    """Whether words name the key-focus level: 重点关注的多久走一回."""
    return _says("key_focus", text[:LONGEST])


def none_of_it(text: str) -> bool:
    """Whether a message says of all of the list of emergencies that nothing is so, and nothing else but to store it:
    以上都没有 保存吧. Whatever doubts (应该没有吧) or names one of them is none."""
    said = _CLAUSES.findall(text)
    none = [one for one in said if _says.whole("none_of_it", one) or _says.whole("none_once", one)]
    rest = [one for one in said if one not in none]
    stored = bool(rest) and all(_says.whole("only_stores", one) for one in rest)
    twice = len(none) > 1 and (stored or not rest)  # 没有 都没有危险 保存吧
    return len(text) <= LONGEST and (twice or (bool(none) and stored) or _says.whole("none_of_it", ",".join(said)))


def of_the_rest(text: str) -> str | None:
    """How it is with all that was not told yet, where a message says nothing else: 剩下的没了解. None: it does not."""
    said = ",".join(_CLAUSES.findall(text[:LONGEST]))
    if _says.whole("rest_open", said):
        return "not_learned"
    return "normal" if _says.whole("rest_fine", said) else None


def rest_is_fine(text: str) -> bool:
    """Whether a clause says of all that was not told, or of all five, that it is well: 别的都正常, 五项都正常."""
    return any(_says.whole("rest_fine", one) for one in _CLAUSES.findall(text[:LONGEST]))


def numbers_picked(text: str) -> list[int]:
    """The lines of the list of emergencies named by their numbers: 5, 有 5和7, 第3项. A day or an age is none."""
    plain = normalise(text[:LONGEST]).text
    only = _says.whole("numbers", plain)
    found = [hit["n"] for hit in _says.all("number" if only else "one_number", plain)]
    return [number for one in found if (number := quantities.number(one)) is not None]
