"""What a parent tells of himself and of the other parent without naming either: 我是腿 肢体三级 她眼睛二级.

Only the talk it stands in can say that she is the wife and not the daughter: where the other parent's disability was
spoken of before, or is in the same words. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.families import grades
from bot.reading.persons import kin

_CLAUSES = re.compile("[^,，。;；!！?？、\\s]+")
_CONDITION = "|".join([*grades.KINDS.values(), "残"])
_I = re.compile(f"(?:我|俺)(?:自己)?是?(?=[^,，。]{{0,4}}(?:{_CONDITION}))")
_HE_OR_SHE = re.compile(f"(?:我|俺)?(?P<pronoun>[他她])是?(?=(?!爸|妈|爹|娘|爷|奶|姥)[^,，。]{{0,4}}(?:{_CONDITION}))")
_NAMED = {kin.FATHER: "孩子爸", kin.MOTHER: "孩子妈"}
_CALLED = {"他": kin.FATHER, "她": kin.MOTHER}
OTHER = {kin.FATHER: kin.MOTHER, kin.MOTHER: kin.FATHER}


def named(text: str, speaker: str | None, touched: Collection[str]) -> str:
    """The same words with the two parents named, where both tell of a disability; any others as they are.

    speaker: who speaks. touched: the parents of whom a disability was told or spoken of.
    """
    if speaker not in OTHER:
        return text
    other = OTHER[speaker]

    def clause(hit: re.Match[str]) -> str:
        said = hit.group()
        if (me := _I.match(said)) is not None:
            return _NAMED[speaker] + said[me.end() :]
        one = _HE_OR_SHE.match(said)
        if one is not None and other in touched and _CALLED[one["pronoun"]] == other:
            return _NAMED[other] + said[one.end() :]
        return said

    return _CLAUSES.sub(clause, text)


_THE_TWO = re.compile("(?:我|俺|咱)(?:们)?(?:俩|两口子|两个|公母俩)")


def one_of(text: str, before: Collection[str]) -> str | None:
    """Which parent speaks who says 我俩 after having told of herself beside the other one (我精神二级 孩子爸视力一级);
    None: it is not said. `before`: words of an "I" of whom that was not known."""
    if not before or _THE_TWO.search(text) is None:
        return None
    who = kin.the_other(" ".join(before))
    return who if who in OTHER else None
