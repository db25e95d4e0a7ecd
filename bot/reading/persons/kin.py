"""Who is who in what a family tells: the child, its father and mother, who looks after it, and who is speaking.

The words are in `data/lexicon/kin.txt`. 我闺女 is a child of a parent, but the mother in a grandmother's mouth, so
the speaker is found first. Everything here reads plain text (see `normalise`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bot.reading.lexicon import lines, regex

FATHER, MOTHER, BOTH, CHILD, CARER, ME = "father", "mother", "both", "child", "carer", "me"
PATERNAL, MATERNAL, OTHER, PARENT = "paternal", "maternal", "other", "parent"
SPOUSE = "spouse"
"""我对象: the other parent in a parent's mouth; whose it is hangs on who speaks, as it does of ME."""
SPEAKERS = (FATHER, MOTHER, PATERNAL, MATERNAL, CHILD, OTHER, PARENT)
"""PARENT: the father or the mother, and it is not said which."""

_MY_CHILD = re.compile(
    "[我俺](?:家|的)?(?:俩|两个|仨|三个|一个)?[大小二]?(?:孩子|娃|闺女|女儿|儿子|姑娘|丫头|小子)(?!家)|[我俺](?:们)?(?:自己)?带(?:着)?孩子"
)
_OF_CHILDS_AGE = re.compile(
    "(?:^|[,。;!? ])(?:大|小|二)?(?:儿子|闺女|女儿)(?:今年|都|才|快|刚|[他她])*"
    "(?:(?:1[0-7]|[1-9]|十[一二三四五六七]?|[二三四五六七八九])(?:周?岁|了)|上(?:幼儿园|[一二三四五六]年级|初[一二三]|小学))"
)
"""闺女5岁: so speaks a parent; a grandparent's daughter is grown."""
_FATHER_NAMED = re.compile(
    "(?:[他她娃]|孩子)(?:[他她])?(?:爸|爹|父亲)|(?<![a-z])(?:his|her) (?:father|dad|daddy)(?![a-z])"
)
_MOTHER_NAMED = re.compile(
    "(?:[他她娃]|孩子)(?:[他她])?(?:妈|娘|母亲)|(?<![a-z])(?:his|her) (?:mother|mom|mum|mommy)(?![a-z])"
)
_I_WORK_AWAY = re.compile(
    "[我俺](?:们|俩|一直|现在|自己|常年)*(?:在|去|到|搁)[^,。!?;他她孩娃]{0,8}(?:打工|上班|务工|干活|工作|挣钱)"
)
_WITH = re.compile("(?:跟着?|和|由|给|让|靠|归|交给|扔给|留给|放在|搁|托给|(?<![我俺])住)[他她我俺]?(?:们)?(?:的)?$")
_I_AM_ILL = re.compile(
    "是[^,。!?;孩娃儿闺女姑爸妈爹娘]{0,6}(?:残|聋|哑|瞎|盲|瘸|癌|瘤|尿毒|病|瘫|[肢支]体|视力|听力|言语|智力|精神|[一二三四1-4]级)"
)
"""我是腿残三级 tells of me; 我是孩子妈 only who I am."""
_JUST_BEFORE = 20
"""Characters before a name that may make whoever is named the one the child is with."""
MOST_NAMED = 200
"""Nobody tells of a family with more names; a flood of one character is read no further."""
_ENGLISH = (
    (
        BOTH,
        r"(?<![a-z])(?:both (?:of (?:us|them|his parents|her parents)|parents)|(?:his|her|the|their|my) parents|parents"
        r"|my husband and i|my wife and i)(?![a-z])",
    ),
    (FATHER, r"(?<![a-z])(?:(?:his|her|the|their|my)? ?(?:father|dad|daddy)|my (?:husband|ex husband))(?![a-z])"),
    (MOTHER, r"(?<![a-z])(?:(?:his|her|the|their|my)? ?(?:mother|mom|mum|mommy)|my (?:wife|ex wife))(?![a-z])"),
    (CHILD, r"(?<![a-z])(?:s?he)(?= (?:is|was|turned|will be|lives|stays) )"),
    (
        CHILD,
        r"(?<![a-z])(?:my |the |a |our )?"
        r"(?:child|kid|son|daughter|boy|girl|grandson|granddaughter|nephew|niece)(?![a-z])",
    ),
    (CARER, r"(?<![a-z])(?:his |her |the |their |my )?(?:grand(?:mother|father|ma|pa|parents)|aunt|uncle)(?![a-z])"),
    ("us", r"(?<![a-z])we(?![a-z])"),
    (ME, r"(?<![a-z])i(?![a-z])"),
)
_I_AM = (
    (FATHER, "father|dad"),
    (MOTHER, "mother|mom|mum"),
    (MATERNAL, "maternal grand(?:mother|father)|mother's (?:mother|father)"),
    (PATERNAL, "(?:paternal )?grand(?:mother|father|ma|pa|parent)"),
    (OTHER, "aunt|uncle|neighbou?r|teacher"),
)


@dataclass(frozen=True)
class Mention:
    """Somebody named at `start:end`: father, mother, both, child, carer or me (whoever speaks, role unknown).

    `aside`: named as the one the child is with (跟奶奶), so what follows is still about somebody else."""

    who: str
    start: int
    end: int
    aside: bool = False


def outright(said: str) -> str | None:
    """Who speaks, where it is said outright: 我是孩子妈, 我老公; None when it is not."""
    for who, pattern in _tellers():
        if pattern.search(said):
            return who
    for who, words in _I_AM:
        if re.search(rf"(?<![a-z])i(?: am|'m|m) (?:(?:his|her|the|their|a) )?(?:child'?s )?(?:{words})(?![a-z])", said):
            return who
    if re.search(r"(?<![a-z])my (?:husband|ex husband)(?![a-z])", said):
        return MOTHER
    if re.search(r"(?<![a-z])my (?:wife|ex wife)(?![a-z])", said):
        return FATHER
    return None


def speaker(said: str) -> str | None:
    """Who speaks, by what is said outright, else by whom they call theirs; None when nothing shows it."""
    if (who := outright(said)) is not None:
        return who
    if re.search(r"(?<![a-z])my grand(?:son|daughter|child)(?![a-z])", said):
        return PATERNAL
    mine = (
        _MY_CHILD.search(said)
        or _OF_CHILDS_AGE.search(said)
        or re.search(r"(?<![a-z])my (?:son|daughter|child|kid)(?![a-z])", said)
    )
    if mine or _I_WORK_AWAY.search(said):
        named = bool(_FATHER_NAMED.search(said)), bool(_MOTHER_NAMED.search(said))
        return {(True, False): MOTHER, (False, True): FATHER}.get(named, OTHER if all(named) else PARENT)
    return None


def the_other(said: str) -> str:
    """Which parent speaks who calls the other one 她爸 or 他妈; PARENT while both or neither is named so."""
    named = bool(_FATHER_NAMED.search(said)), bool(_MOTHER_NAMED.search(said))
    return {(True, False): MOTHER, (False, True): FATHER}.get(named, PARENT)


def mentions(said: str, by: str | None) -> tuple[Mention, ...]:
    """Everybody named, in order, as `by` means the words. Whoever only looks after the child (跟奶奶, 由我带) moves no
    subject: these are marked as carers. At most `MOST_NAMED`."""
    found: list[Mention] = []
    for hit in _pattern(_side(by)).finditer(said):
        who = _meant(_words(_side(by))[hit.group()], by)
        if who is None or _part_of_another(said, hit):
            continue
        parents = (FATHER, MOTHER)
        if who in parents and found and found[-1].who in parents and said[found[-1].end : hit.start()] == "的":
            who = CARER  # 妈妈的妈妈
        if found and found[-1].end == hit.start() and said[found[-1].start : found[-1].end] in ("我", "俺", "咱"):
            found.pop()
        before = said[max(0, hit.start() - _JUST_BEFORE) : hit.start()]
        # 孩子判给我 他爸在外地: who is given it ends the clause, and the father is told of.
        after_me = before.endswith(("我", "俺")) and hit.group().startswith(("他", "她", "孩", "娃"))
        aside = who != CHILD and bool(_WITH.search(before)) and not (before.endswith("归我") or after_me)
        found.append(Mention(who, *hit.span(), aside))
        if len(found) == MOST_NAMED:
            break
    if not found:
        found = _in_english(said, by)
    return tuple(_joined(said, found))


def _side(by: str | None) -> str:
    return PARENT if by in (FATHER, MOTHER, PARENT) else by if by in (PATERNAL, MATERNAL, CHILD, OTHER) else ""


def _meant(who: str, by: str | None) -> str | None:
    if who == SPOUSE:
        return {FATHER: MOTHER, MOTHER: FATHER, PARENT: ME, None: ME}.get(by, CARER)
    if who == "us":
        return BOTH if by in (None, FATHER, MOTHER, PARENT) else None
    if who != ME:
        return who
    return {FATHER: FATHER, MOTHER: MOTHER, CHILD: CHILD, PARENT: ME, None: ME}.get(by, CARER)


def _part_of_another(said: str, hit: re.Match[str]) -> bool:
    """妈 in 大妈, 我 in 我国, 我 before 家."""
    before, after = said[hit.start() - 1 : hit.start()], said[hit.end() : hit.end() + 1]
    if hit.group() in ("爸", "妈", "爹", "娘"):
        return before in tuple("大姑姨舅奶干后继姥婶伯") or after in tuple("家们")
    if hit.group() in ("保姆", "老师", "邻居") and before in ("当", "做", "是"):
        return True
    if hit.group() in ("我", "俺", "咱"):
        introduces = said.startswith("是", hit.end()) and not _I_AM_ILL.match(said, hit.end())
        return after in tuple("家这们的") or introduces
    if hit.group() in ("对象", "爱人"):
        return before in tuple("找处搞谈有新障保助是")
    return hit.group() == "姨" and after == "父"


def _joined(said: str, found: list[Mention]) -> list[Mention]:
    """爸爸和妈妈, 他爸 他妈 side by side are both."""
    out: list[Mention] = []
    for one in found:
        pair = (
            out
            and {out[-1].who, one.who} == {FATHER, MOTHER}
            and not (
                said[out[-1].end : one.start] == "," and (out[-1].aside or _ENDS_CLAUSE.search(said[: out[-1].start]))
            )
        )
        if pair and re.fullmatch("(?:和|跟|与|、|,|还有| and )?", said[out[-1].end : one.start]):
            out[-1] = Mention(BOTH, out[-1].start, one.end, out[-1].aside)
        else:
            out.append(one)
    return out


_ENDS_CLAUSE = re.compile("[^,。!?;:\n]$")
"""我是孩子爸，她妈癌症: who ends a clause is not named side by side with who begins the next."""


def _in_english(said: str, by: str | None) -> list[Mention]:
    taken: list[Mention] = []
    for who, pattern in _ENGLISH:
        for hit in islice(re.finditer(pattern, said), MOST_NAMED):
            meant = _meant(who, by)
            if meant and not any(hit.start() < one.end and one.start < hit.end() for one in taken):
                before = said[max(0, hit.start() - _JUST_BEFORE) : hit.start()]
                with_them = re.search(r"(?:with|by)(?: her| his| my| the)?\s?$", before)
                taken.append(Mention(meant, *hit.span(), bool(with_them)))
    return sorted(taken, key=lambda one: one.start)[:MOST_NAMED]


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    out = []
    for line in lines("kin.txt"):
        bar = line.startswith("speaker.")
        who, _, said = line.partition("|" if bar else ":")
        out.append((who.strip(), said.strip()))
    return tuple(out)


@cache
def _tellers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = [(who.partition(".")[2], said) for who, said in _rows() if who.startswith("speaker.")]
    return tuple((who, re.compile(regex(said))) for who, said in rows)


_OURS = re.compile("[我俺咱](?:们|家)?(?:俩|两口子|夫妻俩|俩口子)")
_BY_SPEAKER = {
    "son.grandparent.paternal": (PATERNAL, FATHER),
    "daughter.grandparent.maternal": (MATERNAL, MOTHER),
    "child.parent": (PARENT, CHILD),
    "elder.parent": (PARENT, CARER),
    "brother.other": (OTHER, FATHER),
    "sister.other": (OTHER, MOTHER),
}


@cache
def _words(side: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for who, said in _rows():
        if who.startswith("speaker."):
            continue
        wanted, meant = _BY_SPEAKER.get(who, (side, who))
        if wanted == side:
            table.update(dict.fromkeys(said.split(), meant))
    if side in ("", PATERNAL, MATERNAL):
        young = dict(_rows())["child.parent"].split()
        table.update({word: CHILD for word in young if word not in table})
    if side == CHILD:
        table.update(
            {
                "我爸": FATHER,
                "我妈": MOTHER,
                "我爸妈": BOTH,
                "我父母": BOTH,
                "我爸我妈": BOTH,
                "我爹": FATHER,
                "我爸爸": FATHER,
                "我妈妈": MOTHER,
                "我爸爸妈妈": BOTH,
            }
        )
    if side in (PATERNAL, MATERNAL, OTHER):  # 俺俩带得好好的, from a grandmother, is of the two old people
        ours = [word for word, meant in table.items() if meant == BOTH and _OURS.fullmatch(word)]
        table.update(dict.fromkeys(ours, CARER))
    if not side:
        table.update({"我爸妈": CARER})
    return table


@cache
def _pattern(side: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words(side), key=len, reverse=True))))
