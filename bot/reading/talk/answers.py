"""Short answers (是、没有、不清楚、跳过、算了、改一下 …) and corrections, without mistaking information for them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.reading.lexicon import lines, regex
from bot.reading.normalise import FRESH, normalise

LONGEST = 14
LONGEST_OPENER = 16
NO_ANSWERS = ("opener", "greeting", "parting")
"""Lines of `answers.txt` that answer no question."""
_ANYBODY_THERE = frozenset(
    ["在吗", "在么", "在不", "在嘛", "在不在", "有人吗", "有人么", "有人没", "有人在吗", "有人不"]
)
"""Whether we are there is asked with them: they are no yes to anything."""
_SIGNS = re.compile(r"[\s,。!?;:~.…、“”\"'（）()]+")
_FILLERS = re.compile("^(?:嗯+|恩+|哎+|唉+|诶|呃|额|那个|那|就|我觉得|我|这个|真的|真|其实|俺|请|啊|哦|噢)(?=.)")
_PARTICLES = re.compile("(?<=.)(?:啊|吧|呀|呢|哦|噢|嘛|啦|呗|哈|哎|诶|滴|的|了|谢谢|同志|您|吗|儿)+$")
_NEW = "[,。:! ]*(?:应该|改)?(?:是|成|为|叫)?(?P<new>.*)$"
_HEAD = "^(?:不对|错了|等等|等下|哦|噢)?[,。 ]*(?:我?把)?(?:我的|孩子的?)?"
_CORRECTIONS = (
    "^(?:改一下|改下|更正一下|更正|修改一下|修改|改)(?:我的|孩子的?)?(?P<field>ANY)" + _NEW,
    _HEAD + "(?P<field>ANY)(?:我?(?:说|写|填|打|弄|搞)错了|要改|改成|改为|改一下)" + _NEW,
    _HEAD + "(?P<field>NAMED)(?:错了|不对|有误)(?=$|[,。:!]|应该|是|叫|改)" + _NEW,
)
"""ANY: every name of a field. NAMED: names that mean nothing else; 孩子不对劲 and 情况不对 tell of a child."""
_NOT_BUT = re.compile(r"^(?:不对|错了)?[,。 ]*不是(?P<old>[^,。是]{1,12})[,。 ]*(?:而?是|应该是)(?P<new>.{1,40})$")
_NOT_BUT_SHORT = re.compile(
    r"^(?:不对|错了)?[,。 ]*不是(?P<old>[^,。是]{1,8}?)(?P<unit>岁|年级|个月|村|镇|县|市)[,。 ]*"
    r"(?P<new>[^,。是]{1,8}(?P=unit))$"
)
"""不是五岁 七岁."""
_MISSPOKEN = re.compile(
    "^(?:(?:不对不对|不对|错了|我?(?:刚才)?(?:说|写|打|填|弄|搞)错了?|更正一下|改一下|等一下)[,。:! ]*"
    "(?:应该)?(?:是|改成|叫|改为)"
    "|更正[:,]|改成|改为)(?P<new>.{1,60})$"
)
_MISSPOKEN_AGE = re.compile(
    "^(?:不对不对|不对|错了|我?(?:刚才)?(?:说|写|打|记|弄)错了?)[,。:! ]*"
    "(?P<new>(?:才|今年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})岁.{0,20})$"
)
_REPEATED = re.escape("*")


def short_answer(text: str) -> str | None:
    """yes, no, unsure, skip, cancel, correct, back, help, human or lost (a code); None when it tells something else."""
    words = _words()
    if text.strip() in words:
        return words[text.strip()]
    plain = _bare(text)
    if not plain or len(plain) > LONGEST or plain in _ANYBODY_THERE:
        return None
    shapes = _shapes(plain)
    known = next((words[shape] for shape in shapes if shape in words), None)
    return known or next((kind for kind, said in _phrases() if said.fullmatch(plain)), None)


def calls_us(text: str) -> bool:
    """Whether words only ask whether anybody is there: 在吗, 有人吗."""
    return _bare(text).rstrip("?") in _ANYBODY_THERE


def greets(text: str) -> bool:
    """Whether words are nothing but a greeting, or ask whether anybody is there: 您好, 在吗."""
    return _bare(text) in _listed("greeting") or calls_us(text)


def parts(text: str) -> bool:
    """Whether words are nothing but an everyday goodbye: 再见. 再见了 is none, it may be meant for ever."""
    return _bare(text) in _listed("parting")


def only_agrees(text: str) -> bool:
    """Whether a short yes (行, 好的) agrees to something and cannot mean that something is so."""
    shapes = _shapes(_bare(text)) if len(text) <= LONGEST else ()
    return any(shape in _agreeing() for shape in shapes)


def _bare(text: str) -> str:
    return _SIGNS.sub("", normalise(text[:200]).text).lower()


@lru_cache(maxsize=FRESH)
def _shapes(plain: str) -> tuple[str, ...]:
    """The text itself, then without fillers and particles, then a repeated answer said once (没有没有, 是啊是啊)."""
    bare = plain
    for _ in range(3):
        bare = _FILLERS.sub("", bare)
    shapes = [plain, bare, _PARTICLES.sub("", plain), _PARTICLES.sub("", bare)]
    for times in (2, 3, 4):
        once = [shape[: len(shape) // times] for shape in shapes[:4] if len(shape) >= times]
        again = [part for part in once if part * times in shapes[:4]]
        shapes += [*again, *(_PARTICLES.sub("", part) for part in again)]
    return tuple(shape for shape in dict.fromkeys(shapes) if shape)


def is_opener(text: str) -> bool:
    """Whether a message only says that somebody wants to tell something, and tells nothing yet."""
    plain = _bare(text)
    return (
        any(shape in _listed("opener") for shape in _shapes(plain)) if plain and len(plain) <= LONGEST_OPENER else False
    )


def correction(text: str) -> tuple[str | None, str] | None:
    """A correction with what it points to and the new words: ("place", "范家屯"); the field is None when the words
    do not name it (不是五个月是九个月 → (None, "九个月")). None: no correction."""
    plain = normalise(text[:400])
    for pattern in (*_corrections(), _NOT_BUT, _NOT_BUT_SHORT, _MISSPOKEN, _MISSPOKEN_AGE):
        match = pattern.match(plain.text)
        if match:
            start, end = plain.span(*match.span("new"))
            field = _fields()[match["field"]] if "field" in pattern.groupindex else None
            return field, plain.original[start:end].strip(" ,，。:：!！")
    return None


@cache
def _corrections() -> tuple[re.Pattern[str], ...]:
    named = {word for kind, words in _rows() if kind.startswith("field.") for word in words}
    either = {"ANY": _fields(), "NAMED": named}
    names = {key: "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for key, words in either.items()}
    return tuple(re.compile(p.replace("ANY", names["ANY"]).replace("NAMED", names["NAMED"])) for p in _CORRECTIONS)


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Kind and words of each line of `answers.txt`."""
    split = (line.partition(":") for line in lines("answers.txt"))
    return tuple((kind, tuple(words.split())) for kind, _, words in split)


@cache
def _words() -> dict[str, str]:
    rows = ((kind, words) for kind, words in _rows() if kind.isalpha() and kind not in NO_ANSWERS)
    return {word: "yes" if kind == "agree" else kind for kind, words in rows for word in words}


@cache
def _agreeing() -> frozenset[str]:
    return frozenset(word for kind, words in _rows() for word in words if kind == "agree")


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Phrases that must cover the whole message; in them ]* is a bracket that may come any number of times."""
    rows = ((kind[:-1], word) for kind, words in _rows() if kind.endswith("~") for word in words)
    return tuple((kind, re.compile(regex(phrase).replace(f"?{_REPEATED}", "*"))) for kind, phrase in rows)


@cache
def _listed(wanted: str) -> frozenset[str]:
    return frozenset(word for kind, words in _rows() for word in words if kind == wanted)


@cache
def _fields() -> dict[str, str]:
    rows = ((kind, words) for kind, words in _rows() if kind.startswith(("field.", "loose.")))
    return {word: kind.partition(".")[2] for kind, words in rows for word in words}
