"""What staff say of one report: by its number, or of the one that came last; and what they want of it.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import codes
from bot.reading.staff.staff_asides import clauses
from bot.reading.wordings import Wordings

_says = Wordings("case_words.txt")

SHORTEST_NOTE, SHORT, LONGEST = 4, 16, 300
_NUMBER = re.compile("(?<![0-9A-Za-z])[0-9A-Za-z]{6}(?![0-9A-Za-z])")
_LETTER = re.compile("[A-Za-z]")
_MARKS = " ,，.。:：;；、!！?？\t"
_BEFORE = re.compile("^(?:那个?|这个?|编号是?|报告|线索|的|是|条|把|[:：,，])+")
_ASKED = ("who", "standing", "look")
TAKE, NOTE, LOOK, WHO, STANDING = "take", "note", "look", "who", "standing"
LOWER, PLAN, ASK, MINE = "lower", "plan", "ask", "own_cases"
CONFER, PASS_ON, CLOSE, TALK = "confer", "pass_on", "close", "talk"
_ORDER = (WHO, PLAN, CONFER, LOWER, ASK, PASS_ON, CLOSE, TAKE, STANDING, NOTE, LOOK)
NEW, KNOWN, NEITHER = "new", "known", "neither"
_OF_SIGHT = (WHO, CONFER, ASK, PASS_ON, CLOSE, STANDING)
_ORDERS = (PLAN, CONFER, LOWER, ASK, PASS_ON, CLOSE)
"""What only staff say, of a report that is known: no word of it calls the report by a name.  降成一般吧"""
"""Which wish counts where several are said: 谁报的 before 啥事, handing on before 我来."""


def number(text: str) -> str | None:
    """The number of a report that stands in the words, as written; None: none does. Where its check does not fit it
    is one only where it is called a number, and six figures are one only then."""
    named = _says("named", text[:LONGEST])
    for found in _NUMBER.finditer(text[:LONGEST]):
        said = found.group()
        if named or (_LETTER.search(said) and codes.checks(said)):
            return said
    return None


def of_the_last(text: str) -> bool:
    """Whether somebody asks of the report that came last who told it, where it stands, or what it is: 那个是啥事."""
    return _says("last", text[:LONGEST]) and any(_says(name, text[:LONGEST]) for name in _ASKED)


def wants(text: str) -> str:
    """What is wanted of a report: take, who, standing, pass_on, close, ask, note or look; words that want nothing and
    tell something are a note, few words want to see it."""
    rest = without_number(text)
    found = next((name for name in _ORDER if any(_says(name, one) for one in clauses(rest))), None)
    if found is not None:
        return found
    return NOTE if len(rest) >= SHORTEST_NOTE else LOOK


def of_one_in_sight(text: str) -> str | None:
    """What is wanted of the report somebody has before him, in words that name none: 我上午去看了. None: nothing
    that is plainly of it."""
    short = text[:LONGEST]
    every = [one for one in clauses(short) if len(one) <= SHORT]
    wish = next((name for name in _OF_SIGHT if any(_says(name, one) for one in every)), None)
    if wish is not None and (len(text) <= SHORT or wish in (CONFER, PASS_ON, CLOSE)):
        return wish
    tells = any(_says(name, short) for name in ("did", "outcome"))
    return NOTE if tells or (_says(NOTE, short) and len(text) > SHORT) else None


def told_beside(text: str, wish: str) -> str:
    """The clauses that want nothing of this kind: 后爹让派出所带走了 为啥不能办结 → 后爹让派出所带走了."""
    said = text[:LONGEST].replace(number(text) or "\n", " ")
    every = (one for one in clauses(said) if wish == TALK or not _says(wish, one))
    return " ".join(one for one in every if not _says.whole(TALK, one))


def of_a_case(text: str) -> str | None:
    """What is wanted of a report that is spoken of as one there is, by its number or not (昨晚那个打孩子的报告 谁接了;
    问下报告人 孩子上没上学; 我手里有啥案子), and no report is to be made. None: none is spoken of, or it is told of
    without wanting anything."""
    short = text[:LONGEST]
    if _says("to_report", short) and not mistaken(text):
        return None
    numbered, spoken = number(text) is not None, speaks_of_one(text)
    if to_the_reporter(short):
        return ASK
    every = clauses(without_number(short) if numbered else short)
    said = [name for name in _ORDER if any(_says(name, one) for one in every)]
    wish = next((name for name in said if name not in (ASK, NOTE, LOOK)), None)
    if _says(MINE, short) and wish in (None, STANDING, LOOK):
        return MINE
    if wish is not None and (spoken or wish in _ORDERS or (wish == TAKE and SHORTEST_NOTE <= len(text) <= SHORT)):
        return wish
    if spoken and mistaken(text):
        return STANDING
    return LOOK if spoken and LOOK in said else None


def speaks_of_one(text: str) -> bool:
    """Whether a report is spoken of as one there is, by its number or not."""
    return number(text) is not None or any(_says(name, text[:LONGEST]) for name in ("a_case", "the_reporter"))


def to_the_reporter(text: str) -> str:
    """What whoever told a report is to be asked or told: 问下报告人 孩子这两天上没上学 → 孩子这两天上没上学."""
    found = _says.search("to_the_reporter", text)
    return text[found.end() :].strip(_MARKS) if found is not None else ""


def tells_the_reporter(text: str) -> bool:
    """Whether whoever told it is to be told something, and asked nothing: 跟报告人说一声."""
    return _says("tells_the_reporter", text)


def mistaken(text: str) -> bool:
    """Whether a report is said to have been opened by mistake: 取消 不是报新的; 报错了."""
    return len(text) <= 2 * SHORT and (_says("mistaken", text) or _says.whole("wrongly", text.strip(_MARKS)))


def new_or_known(text: str) -> str | None:
    """Whether what was told is said to be something new, of a report there is (不是新的 就那个), or to be let go (取消
    不是报新的). None: nothing of these."""
    if len(text) > SHORT:
        return None
    if _says(KNOWN, text):
        return KNOWN
    if _says(NEITHER, text) or _says("mistaken", text):
        return NEITHER
    return NEW if _says(NEW, text) else None


def not_new(text: str) -> bool:
    """Whether it is said in so many words that nothing new was to be reported: 取消 不是报新的."""
    return _says("mistaken", text[:LONGEST])


def asks_what(text: str) -> bool:
    """Whether it is asked, too, what the report is about: 是啥事 谁报的."""
    return _says(LOOK, text)


def without_number(text: str) -> str:
    """The words without the number they begin with or hold, and without what calls it one."""
    said = number(text)
    rest = text if said is None else text.replace(said, " ", 1)
    return _BEFORE.sub("", rest.strip(_MARKS)).strip(_MARKS)


def told_with_it(text: str) -> str:
    """What is told beside the words that take a report on: K7TM2Q我接了 明天去看 → 明天去看."""
    told = [one for one in clauses(without_number(text)) if not _says(TAKE, one)]
    return " ".join(one for one in told if len(one) >= SHORTEST_NOTE)


def only_asks(text: str) -> bool:
    """Whether every clause asks of one report, so that what it names of harm is that report's and no news."""
    every = clauses(without_number(text))
    asks = all(any(_says(name, one) for name in _ASKED) for one in every)
    return bool(every) and asks and (number(text) is not None or of_the_last(text))


def asks_who(text: str) -> bool:
    """Whether it is asked who told it."""
    return any(_says(WHO, one) for one in clauses(text))
