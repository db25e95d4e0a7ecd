"""Whether a child is, or comes to be, with the one who may have hurt it: 今晚还得回那个家 叔叔在家, 那她今晚能回家吗.
Reports count it as danger (reports.yml: suspect_with_child_now).

The words are in `data/lexicon/together.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import reporting, told
from bot.reading.wordings import Wordings

TELLS, ASKS, LATER, FETCHED, LEAVES = "tells", "asks", "later", "fetched", "leaves"
LONGEST, LONGEST_IF = 80, 40
_says = Wordings("together.txt")
_WITH = ("at_home", "fetches", "beside", "beside_him")
"""Wordings that name who is with the child."""
_SAME = {
    "爸": ("爸爸", "爹", "父亲"),
    "妈": ("妈妈", "娘", "母亲"),
    "后爸": ("后爹", "继父"),
    "后妈": ("继母",),
    "姥爷": ("外公",),
    "姥": ("姥姥", "外婆"),
    "伯": ("大伯", "伯伯", "大爷"),
    "姑父": ("姑夫",),
    "姨父": ("姨夫",),
}
_CLAUSES = re.compile("[^,，。;；!！?？\\s]+")
_AT_HOME = frozenset({"爸", "妈", "后爸", "后妈"})
"""Who may have done it where nobody was named; an aunt who fetched it is help."""
_THAT_ONE = frozenset({"那个人", "那人", "那男的", "那女的"})


def read(text: str, before: Iterable[str]) -> str | None:
    """TELLS: it is so, or will be tonight; FETCHED: that one comes for it; LEAVES: and takes it away; ASKS: whether it
    may go home, or that it fears to; LATER: told or asked of some days from now; None: none of these. `before`: the
    words told before."""
    said, before = normalise(text[:LONGEST]).text, tuple(before)
    if len(text) > LONGEST or _says("elsewhere", said):
        return None
    doers = _doers(before)
    named = {_one_of(hit["who"]) for name in _WITH for hit in _says.all(name, said)}
    with_it = bool(named & (doers | _THAT_ONE)) or (_says("only_two", said) and _says("now_so", said))
    with_it = (with_it or _says("drunk", said)) and not reporting.on_another_day(text)
    if (kind := _comes_for_it(said, doers, before)) is not None:
        return kind
    goes = _says("must_go", said)
    asks = any(_says(name, said) for name in ("goes", "keep_away", "fears_home"))
    if not (with_it or goes or asks):
        return None
    return LATER if _says("later", said) else TELLS if with_it or goes else ASKS


def _comes_for_it(said: str, doers: set[str], before: tuple[str, ...]) -> str | None:
    """Whether one of whom harm was told comes for the child, or takes it away; its parents where nobody was told
    of (后背有伤, 一会儿他后妈来接)."""
    of_others = any(_says("others", normalise(one).text) for one in before)
    for kind, name in ((LEAVES, "takes_away"), (FETCHED, "fetches")):
        named = {_one_of(hit["who"]) for hit in _says.all(name, said)}
        if named & (doers | _THAT_ONE) or (named & _AT_HOME and not doers and not of_others):
            return kind
    return None


def supposes(text: str) -> bool:
    """Whether somebody asks whom to call if it comes again: 要是今晚又自己在家 我打哪."""
    return len(text) <= LONGEST_IF and _says("if_again", normalise(text).text)


def names_somebody(text: str) -> bool:
    """Whether anybody who may have done it is named in words of harm."""
    return bool(_people(text))


def names_doer(text: str, before: Iterable[str]) -> bool:
    """Whether words of a child name one of whom it told harm before: 那个爷爷来找我, after 小卖店爷爷摸我."""
    told_of = [words for words in before if _of_harm(words)]
    outside = {one.group() for one in _says.all("旁人", normalise(text).text)}
    return bool(_people(text) & _doers(told_of)) or any(one in words for one in outside for words in told_of)


def _doers(before: Iterable[str]) -> set[str]:
    return {one for words in before if _of_harm(words) for one in _people(words)}


def _of_harm(words: str) -> bool:
    return bool(told.read(words).signs) or not set(danger.read(words).kinds) <= {danger.HUNCH}


def _people(words: str) -> set[str]:
    """Who is named in words of harm; with whom the child lives (跟奶奶和叔叔住) is not said to have done it."""
    of_deeds = " ".join(one for one in _CLAUSES.findall(words) if not _says("lives_with", normalise(one).text))
    said = normalise(of_deeds).text
    return {_one_of(hit.group()) for hit in _says.all("人", said) if said[hit.end() : hit.end() + 1] != "们"}  # 他爷们


def _one_of(word: str) -> str:
    """One word for who is called by several: 继父 → 后爸, 叔叔 → 叔."""
    if len(word) == 2 and word[0] == word[1]:
        word = word[0]
    return next((name for name, others in _SAME.items() if word in others), word)
