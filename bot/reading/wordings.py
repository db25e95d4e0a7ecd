"""What people say for one thing, by its name: the words stand in a file of `data/lexicon`, code only names the thing.

    # How far is it?   办到哪了 · 还差啥
    asks_progress: (办/弄)[到/得](哪/啥)
    asks_progress: 还(差/缺)(啥/几)

A name may have many lines; one that fits is enough. A line is a pattern of `lexicon.py`, and may hold besides:

    ~4  ~2-4    up to 4 characters (2 to 4) of the same clause, whatever they are
    ~~4  ~~~4   up to 4, commas among them; all but a full stop among them
    ~4-(没/不)   up to 4, none of these among them
    ]*          a bracket that may come any number of times
    {name}      whatever the lines of that name in the same file say; mere parts have Chinese names
    <who:甲/乙>  one of these, found again under that name
    &(甲/乙)     one of these must follow; !&(甲/乙) none of these, where they are patterns and not mere words
    {end}       here the text ends
    {,}  {.}    here it begins, or ends, or a mark or a space stands there, but no question mark
    {?}         a question mark, as written   {字}  any one Chinese character
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.reading.lexicon import lines, regex

_GAP = re.compile(r"(?P<reach>~{1,3})(?:(?P<least>\d+)-)?(?P<most>\d+)(?:-\((?P<none_of>[^()]+)\))?")
_BORDERS = {"~": ",，。!！?？;；", "~~": "。!！?？;；", "~~~": "。"}
"""What no gap of that sign reaches over."""
_CLASS = re.compile(r"\{([^{}]+)\}")
_NAMED = re.compile(r"<(\w+):([^<>]+)>")
_FOLLOWS = re.compile(r"(!?)&\(")
_MARKS = ",，。;；!！、\\s"
"""Between words that tell something. A question mark is none of them: what is asked is not told."""
_SIGNS = {
    "{end}": "$",
    "{,}": f"(?<![^{_MARKS}])",
    "{.}": f"(?![^{_MARKS}])",
    "{?}": "[?？]",
    "{字}": "[㐀-鿿]",
}
_LOOKS = ("(?=", "(?!")
_FIRST_MARK = 0xE000
"""From here on characters mean nothing: they stand for our own signs while `lexicon.regex` reads the rest."""


class Wordings:
    """The wordings of one file. Called with a name and a text: whether the text says it anywhere.

    Nothing is read before the first text is, and each name is compiled when first asked for. Every method raises
    KeyError for a name that the file has not.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __call__(self, name: str, text: str) -> bool:
        return self.pattern(name).search(text) is not None

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """The first place where the text says it."""
        return self.pattern(name).search(text)

    def whole(self, name: str, text: str) -> bool:
        """Whether the text says it from its beginning to its end, and nothing else."""
        return self.pattern(name).fullmatch(text) is not None

    def all(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where the text says it."""
        return self.pattern(name).finditer(text)

    def without(self, name: str, text: str, instead: str = " ") -> str:
        """The text with `instead` wherever it says it."""
        return self.pattern(name).sub(instead, text)

    def pattern(self, name: str) -> re.Pattern[str]:
        """All lines of a name as one regular expression."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = re.compile(_either(self.file, name))
        return found


@cache
def names(file: str) -> dict[str, tuple[str, ...]]:
    """The lines of a lexicon file by their names. Raises ValueError quoting a line without a name."""
    table: dict[str, tuple[str, ...]] = {}
    for line in lines(file):
        name, colon, pattern = line.partition(": ")
        if not colon:
            raise ValueError(f"{file}: no name in {line!r}")
        table[name] = (*table.get(name, ()), pattern.strip())
    return table


@cache
def _either(file: str, name: str) -> str:
    return "|".join(_regex(pattern, file) for pattern in names(file)[name])


def _regex(pattern: str, file: str) -> str:
    """A line as a regular expression: our own signs are set aside while the lexicon reads the others."""
    meant: dict[str, str] = {}

    def aside(sign: str) -> str:
        mark = chr(_FIRST_MARK + len(meant))
        meant[mark] = sign
        return mark

    def part(hit: re.Match[str]) -> str:
        if hit.group() in _SIGNS:
            return aside(_SIGNS[hit.group()])
        return aside(f"(?:{_either(file, hit[1])})") if hit[1] in names(file) else hit.group()

    said = _NAMED.sub(lambda hit: f"{aside(f'(?P<{hit[1]}>')}({hit[2]}){aside(')')}", pattern)
    said = _GAP.sub(lambda hit: aside(_gap(hit)), said)
    said = _FOLLOWS.sub(lambda hit: f"{aside(_LOOKS[bool(hit[1])])}(", said)
    made = regex(_CLASS.sub(part, said)).replace(f"?{re.escape('*')}", "*")
    for mark, sign in meant.items():
        made = made.replace(f"{mark}(?:", sign) if sign in _LOOKS else made.replace(mark, sign)
    return made


def _gap(hit: re.Match[str]) -> str:
    none_of = (hit["none_of"] or "").replace("/", "").replace("·", " ")
    return f"[^{_BORDERS[hit['reach']]}{none_of}]{{{hit['least'] or 0},{hit['most']}}}?"
