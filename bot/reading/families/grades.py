"""A grade of disability told, or put right, where nobody is named: 本儿上是肢体三级, 看岔劈了 是二级不是三级.

Whose it is, only what was told before can say. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.reading.normalise import normalise
from bot.reading.persons import kin

GRADE = "[一二三四壹贰叁肆1-4]"
KINDS = {
    "visual": "视力|眼睛|瞎|盲|blind",
    "hearing": "听力|耳朵|聋|deaf",
    "speech": "言语|语言|哑|说不了话",
    "physical": "[肢支]体|腿|胳膊|手残|瘸|截肢|截瘫|瘫|小儿麻痹",
    "intellectual": "智力|智障|弱智|脑子",
    "mental": "精神|疯|神经",
}
"""The kinds of disability of the model, in everybody's words."""
_VALUES = dict(zip("一二三四壹贰叁肆1234", ("g1", "g2", "g3", "g4") * 3, strict=True))
_TOLD = re.compile(
    f"(?P<grade>{GRADE})级|(?:(?<=证)|(?<=评)|(?<=残疾)|(?<=肢体)|(?<=视力))(?:是|的是)?(?P<bare>{GRADE})(?!个|年|岁|月)"
)
NOT_DISABLED = re.compile("(?<!有)没[有啥]?残疾|无残疾|不残疾|残疾(?:也|都|啥的)*没有(?!证)")
DISABLED = re.compile(
    "残疾|残|[肢支]体|听力|视力|言语|瞎|盲|聋|哑|瘸|截肢|瘫|智障|弱智|智力|精神|疯"
    "|(?:腿脚?|胳膊)(?:也|都)?不(?:行|好使|得劲|利索|好|中用|听使唤)|拄(?:着)?拐"
)
CERTIFIED = re.compile("[,。 ]*(?:也|都|还|是)?(?:有|办了|办过|领了)(?:证|本|残疾证)")
"""听力二级 有证: what follows the grade says that it is on paper."""
GRADED = re.compile(f"({GRADE})级")
_NEGATED = re.compile(f"(?:不是|没到|不到)(?P<grade>{GRADE})级?")
_PUT_RIGHT = re.compile(
    "(?:看|说|记|念|写|整|弄|打)(?:错|岔|花|混|串|反|差|秃噜)|错了|不对|岔(?:劈|了)|口误|更正|纠正|老花眼"
)
_OF_A_GRADE = re.compile(f"残|证|本儿?|评|[肢支]体|视力|智力|精神|听力|言语|{GRADE}级")
DISABILITY = "_disab_"
FATHER, MOTHER = kin.FATHER, kin.MOTHER


def tells(said: str) -> bool:
    """Whether a stretch tells of a disability: by its word, or by a grade beside what is ill of it (眼睛二级)."""
    if DISABLED.search(said) is not None:
        return True
    return GRADED.search(said) is not None and any(re.search(words, said) for words in KINDS.values())


def beside(said: str, start: int, first: int) -> str | None:
    """The grade of the kind of disability named at `start`: the next one (肢体二级加智力三级), or the one before it
    where people put the grade first (一级视力残疾和二级听力残疾). `first`: where the first kind stands.
    None: no grade is told."""
    each = list(GRADED.finditer(said))
    before = [one for one in each if one.start() < start]
    after = [one for one in each if one.start() >= start]
    if not each:
        return None
    leads = bool(before) and each[0].start() < first
    return _VALUES[(before[-1] if leads or not after else after[0])[1]]


def told(text: str) -> str | None:
    """The one grade that words tell and do not deny: g1 to g4; None: none, or several."""
    said = normalise(text[:200]).text
    if _OF_A_GRADE.search(said) is None:
        return None
    left = _NEGATED.sub("", said)
    found = {_VALUES[hit["grade"] or hit["bare"]] for hit in _TOLD.finditer(left)}
    return found.pop() if len(found) == 1 else None


def whose(text: str, of_parents: Iterable[str], parent: str | None = None) -> str | None:
    """The fact a grade is told of, where nobody is named: `of_parents` are the facts of disability that were told or
    touched on. None: somebody else is named, or they are of both parents."""
    named = {one.who for one in kin.mentions(normalise(text[:200]).text, None)}
    parents = {fact.partition("_")[0] for fact in of_parents}
    if named - {FATHER, MOTHER} or len(parents) != 1 or not named <= parents:
        return None
    kind = kind_told(text) or next(iter(of_parents)).partition(DISABILITY)[2]
    return f"{parent or parents.pop()}{DISABILITY}{kind}"


def kind_told(text: str) -> str | None:
    """The kind of disability words name; None: none."""
    said = normalise(text[:200]).text
    return next((kind for kind, words in KINDS.items() if re.search(words, said)), None)


def corrected(text: str, facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """The grade that holds in the place of one told before; empty: no grade is put right."""
    said = normalise(text[:200]).text
    denied = {_VALUES[hit["grade"]] for hit in _NEGATED.finditer(said)}
    new = told(text)
    if new is None or not (denied or _PUT_RIGHT.search(said)):
        return {}
    of_parents = [fact for fact, value in facts.items() if DISABILITY in fact and str(value) in _VALUES.values()]
    fitting = [fact for fact in of_parents if facts[fact] in denied] or of_parents
    fitting = [fact for fact in fitting if str(facts[fact]) != new] or fitting  # 写的是二级 puts no 二级 right
    fitting = [fact for fact in fitting if fact.endswith(kind_told(text) or "")] or fitting
    named = {one.who for one in kin.mentions(said, None)}
    fitting = [fact for fact in fitting if fact.partition("_")[0] in named] or fitting
    return {fitting[0]: new} if len(fitting) == 1 else {}
