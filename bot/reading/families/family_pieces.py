"""Whose each stretch of a family's words is: the child's, a parent's, both parents', or one's of whom it is not said.

Whoever was named last is spoken of, until somebody else is. 两口子一个肢体三级一个精神三级 tells of each parent
something, and not which is whose: such stretches are doubted, and asked of each. What may be the child's as well as a
parent's is given to neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from bot.reading.families.family_gathering import Piece, tells_a_condition
from bot.reading.measures import quantities
from bot.reading.normalise import HARD_BREAKS, Plain
from bot.reading.persons import kin
from bot.reading.persons.kin import BOTH, CHILD, FATHER, MOTHER, Mention

BOTH_OF_THEM = re.compile("(?:都|全|俩人|两人|两个人|他俩|他们|俩)")
_BOTH_HOME = re.compile("(?:他们|爸妈|两口子|俩人|两人|俩)?(?:都|全)(?:在家|在老家|没出去|没打工|没外出)")
"""都在家 没出去打工: of both parents, whoever is spoken of otherwise."""
_WHERE_WE_LIVE = re.compile(
    "(?:(?:我|俺|咱)(?:们|家)(?:家|这儿?)?|全家|老家|家里?(?=[在住是]))(?:都|就|一直|现在|是)*(?:在|搁|住|是)+"
    "(?![^,。!?; ]{0,14}(?:打工|上班|干活|务工|挣钱|做买卖|做生意))[^,。!?; ]{2,16}?"
    "(?:住|的|户口|农村|村|屯|乡|镇|县|区)"
)
"""我们在德惠朱城子镇住: where the household lives, whoever was named before; not where a parent works."""
_ONE = re.compile(
    "另外?(?:一?个|一方|一位)|(?<![另就只这那每同第哪了])(?:一方|一位|一个)(?!月|半|来|多|小时|星期|礼拜|钟头|学期|孩子|娃|儿子|"
    "闺女|姑娘|女儿|男孩|女孩|村|屯|镇|县|地方|工地|厂|单位|城市|班|学校|家|院|电话|证|残疾证|小子|丫头)"
)
"""One of two people: 一个在外 一个在家; not 一个月, 一个孩子."""
_THE_OTHER = re.compile("另")
_OF_A_PAIR = re.compile("(?:男|女)的")
_BARE = re.compile("[他她](?![爸妈爹娘爷奶姥俩们家大小二三叔姑姨舅哥姐弟妹老媳对])")
_OF_PRONOUN = {"他": FATHER, "她": MOTHER, "男的": FATHER, "女的": MOTHER}
_PRONOUN_OF_CHILD = re.compile("([他她])(?:爸|妈|爹|娘)")
_YOUNG = ("儿子", "闺女", "姑娘", "女儿")
"""Words for a grandparent's grown child that may as well be the child itself: 姑娘八岁."""
OLDEST_CHILD = 17
_NEAR = 4
"""Characters between the beginning of a stretch, or a name, and an age told of it."""
_AT_THAT_AGE = re.compile("(?:多|半)?(?:的?时候|那|就|起|开始|以前|之前|嫁|结婚|生|出去|打工)")


def pieces(plain: Plain, by: str | None, default: str | None) -> list[Piece]:
    """The stretches in order, each with whom it is about; `by`: who speaks, `default`: who is spoken of at first."""
    soft = plain.soft if not plain.text.isascii() else ()
    walk = _Walk(plain.text, by, default, soft)
    edges = sorted({*walk.borders(), *soft})
    return [piece for start, end in pairwise(edges) if (piece := walk.piece(start, end)) is not None]


class _Walk:
    """Goes through the words once and knows who was named so far."""

    def __init__(self, said: str, by: str | None, default: str | None, soft: Collection[int] = ()) -> None:
        self._said, self._who, self._named = said, default, set[str]()
        self._movers = {one.start: one for one in kin.mentions(said, by) if not one.aside or self._apart(one, soft)}
        self._ones = [hit.start() for hit in _ONE.finditer(said)]
        self._homes = {hit.start() for hit in _WHERE_WE_LIVE.finditer(said)} - set(self._movers)
        bare = [hit for hit in _BARE.finditer(said) if hit.start() == 0 or said[hit.start() - 1] in HARD_BREAKS]
        self._pair = {hit.group() for hit in bare} == {"他", "她"}
        of_child = {hit[1] for hit in _PRONOUN_OF_CHILD.finditer(said)}
        self._childs = of_child.pop() if len(of_child) == 1 else None

    def _apart(self, one: Mention, soft: Collection[int]) -> bool:
        """屯里住 她妈走了四年: a space ends what is told of where they live."""
        return one.start in soft and self._said[: one.start].endswith("住")

    def borders(self) -> set[int]:
        said, pairs = self._said, _OF_A_PAIR.finditer(self._said)
        breaks = {at + 1 for at, char in enumerate(said) if char in HARD_BREAKS}
        return {0, len(said), *self._movers, *breaks, *self._ones, *self._homes, *(hit.start() for hit in pairs)}

    def piece(self, start: int, end: int) -> Piece | None:
        part, mover = self._said[start:end], self._movers.get(start)
        who, doubted = self._begun(mover, part) if mover is not None else self._gone_on(part, start, end)
        return Piece(who, part, start, doubted) if part.strip(" ,。") else None

    def _begun(self, mover: Mention, part: str) -> tuple[str | None, bool]:
        """A stretch that begins with a name. 姑娘八岁 is the child, whoever speaks."""
        name = self._said[mover.start : mover.end]
        young = name.endswith(_YOUNG) and _childs_age(part[len(name) :])
        self._who = CHILD if young else mover.who
        self._named |= {self._who}
        return self._who, False

    def _gone_on(self, part: str, start: int, end: int) -> tuple[str | None, bool]:
        """A stretch that names nobody, so of whom the last one was, unless it says otherwise."""
        if self._who != CHILD and _childs_age(part):
            return CHILD, False
        if start in self._homes:
            return None, False
        if start in self._ones:
            return self._one_of_two(part)
        if _BOTH_HOME.match(self._said, start, end) or (
            self._named >= {FATHER, MOTHER} and BOTH_OF_THEM.match(part) is not None
        ):
            self._who = BOTH
        elif BOTH in self._named and (pair := _OF_A_PAIR.match(part)) is not None and self._who != CHILD:
            self._who = _OF_PRONOUN[pair.group()]
        elif _BARE.match(part):
            return self._he_or_she(part)
        self._named |= {self._who} if self._who else set()
        return self._who, False

    def _one_of_two(self, part: str) -> tuple[str | None, bool]:
        """妈妈精神一级 另一个在外 is the father; 两口子一个… is one of them, nobody knows which."""
        parents = self._named & {FATHER, MOTHER}
        if _THE_OTHER.match(part) and len(self._ones) == 1 and parents == {self._who}:
            self._who = MOTHER if self._who == FATHER else FATHER
            return self._who, False
        by_oneself = self._who in parents or (self._who != BOTH and part.startswith("一个人"))  # 爸爸一个人在外
        told_of_two = self._who == BOTH or len(self._ones) > 1
        return self._who, told_of_two and not by_oneself and not quantities.ages(part)

    def _he_or_she(self, part: str) -> tuple[str | None, bool]:
        """他 and 她 after a parent: the parent, or the child that is called so too."""
        pronoun, condition = part[0], tells_a_condition(part)
        if self._pair and BOTH in self._named:
            self._who = _OF_PRONOUN[pronoun]
            return self._who, False
        if self._who == BOTH or (self._who == FATHER and pronoun == "她"):
            self._who = CHILD
            return CHILD, condition
        unsure = self._who == MOTHER and pronoun == "他"
        return self._who, self._who in (FATHER, MOTHER) and condition and (unsure or self._childs == pronoun)


def _childs_age(part: str) -> bool:
    """Whether a stretch begins with the age of a child: 6岁女孩, 今年十岁; not 十五岁就出去打工."""
    ages = [one for one in quantities.ages(part) if one.years is not None]
    if not ages or ages[0].start > _NEAR or (ages[0].years or 0) > OLDEST_CHILD:
        return False
    return _AT_THAT_AGE.match(part, ages[0].end) is None
