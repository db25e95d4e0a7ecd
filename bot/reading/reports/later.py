"""What whoever reported a child says afterwards: another matter than the report, a question how far it is, mere anger.

The words are in `data/lexicon/later.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise
from bot.reading.reports import told
from bot.reading.wordings import Wordings

_says = Wordings("later.txt")

READ, LONGEST = 200, 40
SOME = 2
NO_HARM = frozenset({"eligibility_question", "hardship"})
"""Signs of what somebody asks for his own family."""
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")


def another(text: str, known: str = "") -> bool:
    """Whether words name another matter as one, another house, or a child beside the one told of. `known`: what was
    told; a house that stands there is that one."""
    said = normalise(text[:READ]).text
    if names_another(text) or _says("elsewhere", said):
        return True
    beside = _says.search("beside", said)
    return beside is not None and not (beside["where"] and beside["where"] in known)


def names_another(text: str) -> bool:
    """Whether words say that it is another matter: 换个事儿, 跟刚才那个事没关系, 我自己的事."""
    return any(_says("another", clause) for clause in _clauses(text))


def of_own_family(text: str, known: str = "") -> bool:
    """Whether words are of the writer's own family, and of nobody told of: 我家那口子要上大连打工 孩子搁家咋办. What
    they saw of the child is of it. `known`: what was told."""
    said = normalise(text[:READ]).text
    own = _says.search("own", said)
    if own is None or own.group() in known or _says("saw", said):
        return False
    harm = set(told.read(text).signs) - NO_HARM and not _says("my_own", said)
    return not (harm or _says("they", said))


def of_it(text: str, known: str = "") -> bool:
    """Whether words have to do with what was told: with somebody spoken of, or in two characters of the same."""
    said = normalise(text[:READ]).text
    pairs = {said[at : at + SOME] for at in range(len(said) - 1)}
    return _says("of_it", said) or any(one in known for one in pairs if one.isalpha())


def presses(text: str) -> bool:
    """Whether somebody asks how far it is, or that it be done at last: 一天了啥动静没有, 快点找人来."""
    return len(text) <= LONGEST and any(_says("presses", clause) for clause in _clauses(text))


def scolds(text: str) -> bool:
    """Whether somebody is angry with us, and speaks of nobody else: 问这问那的, 你们光说不干."""
    return len(text) <= LONGEST and any(_says("scolds", one) and not _says("of_it", one) for one in _clauses(text))


def wants_code_again(text: str) -> bool:
    """Whether somebody who has his code wants it once more: 查询码再发我一遍, 你给我个号我明个好问问."""
    return len(text) <= LONGEST and any(_says("code", clause) for clause in _clauses(text))


def _clauses(text: str) -> list[str]:
    """Each clause by itself: between two of them nothing is left of a space."""
    return [normalise(one).text for one in _CLAUSES.findall(text[:READ])]
