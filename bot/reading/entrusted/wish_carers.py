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


def told_beside(text: str, carer: str) -> tuple[str, int | None]:
    """Name and age told of the carer named before, in a clause that names him or as the bare age right behind it:
    朵朵是我闺女 我大姐45 → "", 45. Empty and None: nothing is told of them, or it is denied (我大姐不叫朵朵)."""
    name, age, behind = "", None, False
    for clause in (one for one in _CLAUSES.split(text[:LONGEST]) if one):
        hit = next((one for one in wishes.all_named(clause) if same(one["who"], carer)), None)
        if hit is not None and not purposes.has(clause, purposes.QUESTION):
            found, years = wishes.beside_person(clause[hit.end() :])
            name, age = found or name, years or age
        elif behind and age is None and _says("bare_age", clause):
            age = wishes.beside_person(clause)[1]
        behind = hit is not None
    return name, age


def without_carer(text: str, carer: str) -> str:
    """The clauses that do not begin with the carer: 老姑在镇上上班 is no journey."""
    clauses = [one for one in _CLAUSES.split(text) if one]
    of_carer = [one for one in clauses if carer and _begins_with(one, carer)]
    return "，".join(one for one in clauses if one not in of_carer) if of_carer else text


def _begins_with(clause: str, carer: str) -> bool:
    return any(hit.start() == 0 and same(hit["who"], carer) for hit in wishes.all_named(clause))


def asked_of(text: str, carer: str) -> str:
    """Another person of whom is only asked whether he would do: 姥姥 of 那她姥姥带行不行. Empty: nobody, or somebody is
    put in the carer's place."""
    others = [one for one in _asked_about(text) if not same(one, carer)] if carer else []
    return others[0] if others else ""


def goes_on_of_that_one(text: str) -> bool:
    """Whether a message goes on, by 她 or 他, of the person just asked about: 她要是上班挣钱呢, 他不喝酒."""
    return _says("goes_on_of", text) and not wishes.people_named(text)


def of_a_person(text: str) -> bool:
    """Whether a message asks whether somebody named would do, or takes one named before again: no rule is asked for."""
    return asks_about(text) or (first_again(text) and bool(wishes.people_named(text)))


def asks_about(text: str) -> bool:
    """Whether it is asked of somebody named whether he would do: nobody is put in another's place by it."""
    return bool(_asked_about(text))


def _asked_about(text: str) -> list[str]:
    """Everybody of whom it is asked whether he would do."""
    if _says("to_change", text):
        return []
    asking = [one.text for one in purposes.read(text) if one.purpose == purposes.QUESTION]
    return [who for one in asking if _says("would_do", one) for who in wishes.people_named(one)]


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
    clauses = [one for one in _CLAUSES.split(text.strip()) if one and not _of_another(one, carer)]
    told = [one for one in clauses if _of_a_person(one) or (_begins_with(one, carer) and _says("of_a_person", one))]
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
