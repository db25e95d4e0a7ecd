"""What the wish for 委托照护 tells of whoever is to look after the child, one person among others of the family: that
he does it no longer, that it is the first one again, whom the child would rather be with, how he lives.

Any text is taken; nothing here raises. The words are in `data/lexicon/wish_carers.txt`.
"""

from __future__ import annotations

import re

from bot.reading.entrusted import entrusted_plans, entrusted_told, journeys, wishes
from bot.reading.normalise import normalise
from bot.reading.talk import purposes
from bot.reading.where import places
from bot.reading.wordings import Wordings

_says = Wordings("wish_carers.txt")

LONGEST = 80
_CLAUSES = re.compile("[,，。;；!！ ]+")
_OWN = "我俺咱"


def same(one: str, other: str) -> bool:
    """Whether two words may be one person's: 姥姥 is 她姥姥, 我妈 is 他姥姥 or 他奶奶; 我姐 and 他姐 are two."""
    first, second = one.replace("她", "他").strip(), other.replace("她", "他").strip()
    if not (first and second):
        return False
    if first == second or (first in second and first[0] not in _OWN) or (second in first and second[0] not in _OWN):
        return True
    if (first[0] in _OWN) == (second[0] in _OWN):
        return False
    own, of_child = (first, second) if first[0] in _OWN else (second, first)
    kin = {entrusted_told.person(own).relation, entrusted_told.person(own, entrusted_told.FATHER).relation} - {""}
    return any(relation in of_child for relation in kin)


def backs_out(text: str, carer: str) -> bool:
    """Whether `carer`, of whom it was told, does it no longer: 我妹反悔了 说带不了. No question what if."""
    said = normalise("，".join(text[:LONGEST].split())).text
    if not carer or not _says("backs_out", said) or _says("supposed", said):
        return False
    if _says("of_me", said):
        return False
    named = wishes.people_named(text)
    return any(same(one, carer) for one in named) if named else True


def is_that_one(text: str) -> bool:
    """Whether the one meant before is spoken of, or what was arranged: 昨天定的那个人, 昨天办那个委托."""
    return _says("that_one", normalise(text[:LONGEST]).text)


def first_again(text: str) -> bool:
    """Whether somebody told of before is to do it after all: 那还是我妈吧, 换回大姑, 按原来的."""
    return _says("first_again", normalise(text[:LONGEST]).text)


def as_before(text: str) -> bool:
    """The same where nobody is named: 按原来的."""
    return _says("as_before", normalise(text[:LONGEST]).text)


def preferred(wish: str) -> str:
    """Whom the child would rather be with, by its `wish`: 我妹 of 想跟我妹; empty: nobody is named."""
    hits = list(_says.all("prefers", wish))
    if not hits:
        return ""
    behind = wish[hits[-1].end() :]
    named = wishes.people_named(behind)
    return named[0] if named else entrusted_told.person(behind).relation


def of_the_person(text: str, carer: str) -> str:
    """The clauses that tell how the carer is and lives, as they were said: 没结婚 在镇上开店; empty: none, or nobody
    knows it."""
    if _says("doubts", text):
        return ""
    told = [one for one in _CLAUSES.split(text.strip()) if one and _of_a_person(one) and not _of_another(one, carer)]
    return "，".join(told)


def _of_a_person(clause: str) -> bool:
    if entrusted_told.journey(clause) or not journeys.of_the_writer(clause):
        return False
    if purposes.has(clause, purposes.QUESTION) or places.find(clause).best is not None:
        return False
    if _says("of_others", clause) and not entrusted_plans.of_carers_child(clause):
        return False
    readers = (
        entrusted_told.names_a_bar,
        entrusted_told.denies_vice,
        entrusted_told.healthy,
        entrusted_plans.ill,
        entrusted_plans.old,
        entrusted_plans.laden,
        entrusted_plans.earns,
    )
    plain = bool(entrusted_told.clean(clause)) or any(one(clause) for one in readers)
    return plain or _says("of_a_person", normalise(clause).text)


def _of_another(clause: str, carer: str) -> bool:
    """Whether a clause tells of somebody else who is named: 他爷爷岁数大了 beside 还是我姐吧."""
    named = wishes.people_named(clause)
    return bool(named) and not any(same(one, carer) for one in named)
