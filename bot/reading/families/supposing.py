"""What a question supposes to be otherwise (如果我们把孩子接到身边呢), as facts of the eligibility model.

`family` reads what such words tell as if it were so; here is what only a supposition says, and of whom it is said when
nobody is named. Nothing read here is ever taken for told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.reading.families import away as times
from bot.reading.families import family
from bot.reading.families.family import Value
from bot.reading.normalise import normalise
from bot.reading.persons.kin import BOTH, FATHER, MOTHER, PARENT

_TO_THE_PARENTS = re.compile(
    "(?:把|将)?(?:孩子|娃|闺女|儿子|女儿|姑娘|小子|他|她)?(?:接|带|领)(?:到|去|在|走|来|过去|过来|出去)"
    "|(?:孩子|娃|闺女|儿子|女儿|孙子|孙女|外甥|侄子|侄女|他|她)[^,。!?;]{0,5}(?:跟|和|同|随)(?:着)?(?:[我俺咱](?:们|俩)?|爸妈|爸爸|妈妈|他爸|他妈|她爸|她妈|父母)"
    "[^,。!?;]{0,6}(?:去|住|过|走|一起|一块|念书|上学)"
    r"|(?<![a-z])(?:he|she|the child|my (?:son|daughter|child)) (?:lives?|moves?|comes?|stays?)(?: in)? with (?:us|me)"
    r"|(?<![a-z])take (?:him|her|the child|my (?:son|daughter|child)) (?:along|with|to)"
)
_HOME_AGAIN = re.compile(
    "回来|回家|回老家|回村|返乡|不走了|不出去|不在外|(?:不|别)(?:再)?(?:打工|干了|去了)|辞工|辞职"
    r"|(?<![a-z])(?:go|goes|went|come|comes|came|move|moves|moved|return|returns|returned)(?: back)?(?: home| to live)?"
    r"(?= back| home|$|[,.?! ])"
)
_ONLY_A_WHILE = re.compile("几天|探亲|看看|过年|又走|再走|再出去|再去|visit|for a few")
_IN_THE_COUNTY = re.compile("本县|县里|县城|镇上|家附近|家门口|same county|nearby")
_DIVORCED = re.compile("离婚|离异|分开过|divorce")
_NOBODY_CARES = re.compile(
    "(?:爷爷|奶奶|姥姥|姥爷|外公|外婆|老人|我们?|俺们?)[^,。!?;]{0,4}(?:不管|管不了|带不了|带不动|没法带|不带)了?"
)
_BOTH_OF_US = re.compile("[我俺咱](?:们|俩)|两口子|都|(?<![a-z])we(?![a-z])|both|parents|父母|爸妈")
_OF = {
    FATHER: re.compile("爸|爹|父亲|丈夫|老公|father|dad|husband"),
    MOTHER: re.compile("妈|娘(?!家)|母亲|媳妇|老婆|妻子|mother|mum|mom|wife"),
}
_MORE = re.compile("再(?:待|呆|干|做|走|过|等)|more")
_TOLD_OF_AWAY = ("away_months", "departure_date", "home_stays", "return_date", "months_since_return", "work_place")


def read(text: str, on: date, speaker: str | None, home: str | None, told: Mapping[str, Value]) -> dict[str, Value]:
    """The facts a message supposes, on top of what was told. Empty: none was understood. Never raises.

    `speaker`: who speaks, as in `family.read`, None while it is not known; 我 is then whoever is away.
    """
    said = normalise(text).text
    away = [who for who in (FATHER, MOTHER) if str(told.get(f"{who}_away_status", "")).startswith("away")]
    absent = None if not away else away[0] if len(away) == 1 else BOTH
    by = speaker if speaker not in (None, PARENT) else _whoever_is_away(said, absent)
    whose = _whose(said, by, away)
    supposed = _as_told(text, on, by, home, absent, whose)
    if _TO_THE_PARENTS.search(said):
        return {**supposed, "child_lives_with_away_parent": "yes"}
    again = any(fact.endswith(("_home_stays", "_months_since_return")) for fact in supposed)
    if _HOME_AGAIN.search(said) and not _ONLY_A_WHILE.search(said) and not again:
        kept = {fact: value for fact, value in supposed.items() if not fact.endswith(_TOLD_OF_AWAY)}
        return kept | {f"{who}_away_status": "at_home" for who in whose}
    supposed |= _out_of_reach(supposed)
    if not any(fact.endswith(("_months", "_date", "_6m", "_contact", "_return")) for fact in supposed):
        supposed |= _for_so_long(said, whose, told)
    if _IN_THE_COUNTY.search(said):
        supposed |= {f"{who}_work_place": "same_county" for who in whose}
    if _DIVORCED.search(said):
        supposed["single_parent_family"] = "yes"
    if _NOBODY_CARES.search(said):
        supposed["guardian_not_performing"] = "struggling"
    return supposed


def _as_told(
    text: str, on: date, by: str | None, home: str | None, absent: str | None, whose: list[str]
) -> dict[str, Value]:
    """What the words would tell; where nobody is named, of those who are away."""
    found = family.read(text, on, by, None, home, absent).found
    if found or absent is None:
        return {one.fact: one.value for one in found}
    reads = (family.read(text, on, by, f"{who}_work_place", home, absent).found for who in whose)
    return {one.fact: one.value for found in reads for one in found}


def _out_of_reach(supposed: Mapping[str, Value]) -> dict[str, Value]:
    """Who would be lost is neither at home nor away for work as far as anybody knows, and for how long is open."""
    lost = [who for who in (FATHER, MOTHER) if supposed.get(f"{who}_lost_contact", "no") != "no"]
    told = {"life_status": "whereabouts_unknown", "lost_contact": "unknown", "away_status": "unknown"}
    return {f"{who}_{fact}": value for who in lost for fact, value in told.items()}


def _for_so_long(said: str, whose: list[str], told: Mapping[str, Value]) -> dict[str, Value]:
    """要是我只干了三个月: so long; 再待两个月: so much longer than was told."""
    length = next((one.months for one in times.lengths(said) if one.months is not None), None)
    if length is None:
        return {}
    before = {who: told.get(f"{who}_away_months", 0) if _MORE.search(said) else 0 for who in whose}
    return {f"{who}_away_months": length + months for who, months in before.items() if isinstance(months, int)}


def _whoever_is_away(said: str, absent: str | None) -> str | None:
    """Who "I" is while nobody said so: the one parent who is away, and either where both are."""
    if absent is None or not re.search("[我俺]|(?<![a-z])i(?![a-z])", said) or _BOTH_OF_US.search(said):
        return None
    return MOTHER if absent == MOTHER else FATHER


def _whose(said: str, by: str | None, away: list[str]) -> list[str]:
    """Of whom it is said: the parent named, whoever speaks, else everybody who is away."""
    named = [who for who, words in _OF.items() if words.search(said)]
    if named:
        return named
    if by in (FATHER, MOTHER) and not _BOTH_OF_US.search(said):
        return [str(by)]
    return away or [FATHER, MOTHER]
