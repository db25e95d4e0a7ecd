"""The words of a policy question: made one where people say one thing in many ways, and told from other words.

Word lists: `data/lexicon/policy_words.txt` (many words, one thing), `policy_scope.txt` (words of asking, of the field,
of other offices), `sounds.txt`.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import lines
from bot.reading.measures.quantities import number
from bot.reading.normalise import normalise
from bot.reading.talk.question_forms import READ_CHARACTERS
from bot.reading.where.gazetteer import rows

_NUMERAL = re.compile("[0-9]+|[零一二两三四五六七八九十百]+(?=(?:个?月|周?岁|级|天|年|次|星期|周|类|种|条|小时|分钟))")
_OF_THE_PLAN = re.compile("监护|走访|入户|委托|留守|困境|摸底|抽查")
_BECOMES = re.compile("^(?:那|要是|如果)?[不没][^,。]{1,8}(?:会|能|有)[^,。]{0,2}(?:怎|咋|啥|什么|如何|后果)")
_ONLY_NAMED = {"self_hiv": re.compile("艾滋|病毒|阳性|hiv|aids", re.I)}
"""A topic that hurts whoever did not ask for it."""
_MARKS = re.compile("[,。!?;:、\n 《》]+")
_HALF_YEAR = re.compile("半年")
_WHAT_BECOMES = re.compile("能?[把拿](?:[我俺咱他她]们?|人家)(?:能)?(?:咋|怎么|怎)(?:[滴的地样着办]|样)?(?:[啊呀呢]|$)")
"""村里能把我咋滴: what becomes of whoever does not do what is due."""


def plain(text: str) -> str:
    """A message as it is compared: one script, one word for one thing, numbers in figures, no marks."""
    said = _MARKS.sub("", normalise(text[:READ_CHARACTERS]).text)
    said = _NUMERAL.sub(_figure, _WHAT_BECOMES.sub("会怎样", _HALF_YEAR.sub("6个月", said)))
    pattern, meant = _same_words()
    return pattern.sub(lambda found: meant[found.group()], said)


def speaks_of_the_plan(text: str) -> bool:
    """Whether there is a word in it that hardly anybody uses who does not ask of the plan."""
    return _OF_THE_PLAN.search(text) is not None


def asks_what_becomes(text: str) -> bool:
    """Whether words ask what becomes of whoever does not do what is due: 不打会咋样, 不报有啥后果."""
    return _BECOMES.search(normalise(text[:READ_CHARACTERS]).text) is not None


def named(topic: str, text: str) -> bool:
    """Whether a topic that nobody may be told of by guess is named in words, or is none of those."""
    guarded = _ONLY_NAMED.get(topic)
    return guarded is None or guarded.search(normalise(text[:READ_CHARACTERS]).text) is not None


def of_another_office(text: str) -> bool:
    """Whether words name the matter of another office (宅基地能不能留给孙子), and no word of the plan."""
    said = plain(text)
    return has("elsewhere", said) and not speaks_of_the_plan(text)


def _figure(found: re.Match[str]) -> str:
    value = number(found.group())
    return str(value) if value is not None else found.group()


def has(kind: str, said: str) -> bool:
    """Whether a plain text has one of the words of a kind: shell, field, elsewhere."""
    return words(kind).search(said) is not None


@cache
def words(kind: str) -> re.Pattern[str]:
    """The words of a kind, the longest first."""
    split = (line.partition(":") for line in lines("policy_scope.txt"))
    known = [word for name, _, rest in split if name == kind for word in rest.split()]
    return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))


@cache
def _same_words() -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {}
    for line in lines("policy_words.txt"):
        many, _, one = line.partition(">")
        meant.update(dict.fromkeys(many.split(), one.strip()))
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meant


@cache
def sounds() -> dict[str, str]:
    """The syllable of each character we know the sound of."""
    return {char: sound for sound, chars in rows("sounds.txt") for char in chars}
