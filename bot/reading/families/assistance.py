"""Whether a household has the help that is named (低保, 特困), or somebody only speaks of it: 想办低保, 低保停了.

Having it decides a category by itself (JL-2.2.1.f), so it is taken as told only where nothing in the same breath speaks
against it; else it is asked. Any plain text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

DECIDING = ("dibao", "tekun")
_NO_MORE = re.compile(
    "停|取消|撤|没了|拿[下掉]|不给|没给|不让|不吃|不领|没人|不够|够不|没够|不是|以前|从前|原来|原先|早先|差点|低保线"
)
"""Had once, or never: whatever else the clause says."""
_ENDED_NEXT = re.compile("^[^,。!?;]{0,6}(?:停|取消|撤|拿[下掉]|不(?:给|让|吃|领)了)")
_NOT_YET = re.compile(
    "想|打算|咋|怎|不了|不下|不上|不成|不到|申请|给办|帮办|办个|在办|正办|办着|要办|去办|问|能|可以|批|审|吗|么$|难|条件|标准|"
    "多少|啥|评[过选]|说(?:是)?给|听说|答应|等|该|应该|算"
)
_HAS_IT = re.compile(
    "(?:批|办|评|申请)(?:下来?|上|到|成)?了(?!没)|(?:吃|领|拿|享受)(?:上|着|了)|已经|(?<![想能会以候要该咋求])(?:吃|领|拿)(?:低保|特困)着?呢(?![吗么不没?])"
)
_ANOTHERS_DEATH = re.compile(
    "(?:爸|妈|爹|娘|父亲|母亲|老公|媳妇|老婆|儿子|儿媳妇?|老伴|爷|奶|姥)[也都早就前去今年]*没了"
)
"""我们是低保户 他爸没了: not the help was lost."""
_EATS_IT = re.compile("(?:吃|领|拿|享受)(?:着|的)?(?:低保|特困)|是低保户")
_LOOK_FOR_US = re.compile("(?:你|您)?(?:们)?(?:给|帮)(?:我|俺|咱)?(?:们|家)?(?:看看|瞅瞅|算算|查查|看一下|算一下).*$")
"""家里吃低保你给看看算不算: it is had, and something else is asked."""
_SOMEBODY_ELSES = re.compile(
    "(?:邻居|别人|人家|(?<![跟和随])(?:爷|奶|姥|姥爷|老人|舅|姑|叔|姨|伯))家?[^,。!?;跟和过住]{0,3}(?:有|吃|是|领|拿|享受)[了着]?(?:低保|特困)"
)
_CLAUSE_ENDS = re.compile("[,。!?;\n]")
APART = 3
"""So many characters before a space tell something of their own: 他爸没了 家里吃低保 lost no help; 以前 吃低保 did."""


_NAMED = re.compile("低保|地保|特困|五保")


def named_without_having_it(said: str) -> bool:
    """Whether words name such help and do not say that it is had."""
    hit = _NAMED.search(said)
    return hit is not None and only_spoken_of(said, hit.start())


def only_spoken_of(said: str, start: int, soft: Collection[int] = ()) -> bool:
    """Whether the help named at `start` is not told to be had now: its clause, or the beginning of the next one.

    `soft`: where spaces stood in the words; what is lost before one is no help.
    """
    before = _CLAUSE_ENDS.split(said[:start])[-1]
    after, _, following = _CLAUSE_ENDS.sub(",", said[start:]).partition(",")
    after = _LOOK_FOR_US.sub("", after) if _EATS_IT.search(said[max(0, start - 2) : start + 6]) else after
    clause, first = _ANOTHERS_DEATH.sub(lambda hit: "○" * len(hit.group()), before + after), start - len(before)
    spaces = [first, *(at for at in sorted(soft) if first < at <= start)]
    begins = max((end for begin, end in pairwise(spaces) if end - begin >= APART), default=first)
    if _NO_MORE.search(clause, begins - first) or _ENDED_NEXT.match(following) or _SOMEBODY_ELSES.search(clause):
        return True
    if _EATS_IT.search(clause, begins - first):
        # 再问几个吧 家里吃低保呢 你咋没记: what stands before and behind asks for no help
        ends = min((at for at in soft if at > start), default=first + len(clause))
        clause = clause[begins - first : ends - first]
    return _NOT_YET.search(clause) is not None and _HAS_IT.search(clause) is None


_HELD = re.compile(
    "(?:家里|[我俺]们?家|[我俺]们?|现在|也|就|都|一直)*(?:吃着?|有|领着?|是|拿着?|享受着?)(?P<what>低保|特困)户?(?:呢|的|了)?"
)
_LOST = re.compile("停|取消|撤|没了|没批|没给|不给|没下来|没办|以前|[吗么?？]|算|想")


def held(clauses: Sequence[str]) -> str | None:
    """The help that one clause by itself says is had, where the next one does not take it back: 家里吃低保 没残疾."""
    for at, clause in enumerate(clauses):
        found = _HELD.fullmatch(clause)
        if found is not None and not any(map(_LOST.search, clauses[at + 1 : at + 2])):
            return "dibao" if found["what"] == "低保" else "tekun"
    return None
