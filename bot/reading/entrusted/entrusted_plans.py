"""Plans, what-ifs and wishes in the talk about 委托照护: a child left alone for some days, asked about before it is
done; that all of it is still to come; where it is done; that it is left for now; that no number is left.

Any text is taken; nothing here raises. The words are in `data/lexicon/entrusted_plans.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("entrusted_plans.txt")

LONGEST = 80
WHERE_TO, WITHOUT, LIABLE = "where_to", "without", "liable"
PRIVACY, UNWILLING, HEAR, CHANGE, SIGN_AWAY = "privacy", "unwilling", "hear", "change", "sign_away"
COST, HOURS, VIDEO, HOW_LONG, WHO = "cost", "hours", "video", "how_long", "who"
NO_KIN, WHY_ASKED = "no_kin", "why_asked"
GONE, AWAY = "gone", "away"
"""How the other parent is: no longer alive, away as well."""
ASKED = (
    NO_KIN,
    PRIVACY,
    LIABLE,
    WITHOUT,
    CHANGE,
    HEAR,
    WHY_ASKED,
    UNWILLING,
    SIGN_AWAY,
    COST,
    HOURS,
    VIDEO,
    HOW_LONG,
    WHERE_TO,
    WHO,
)
"""What may be asked of the way, what is surer first."""
BEFORE_OTHERS = frozenset({PRIVACY, LIABLE, CHANGE, SIGN_AWAY, HOURS, VIDEO})
"""These are told apart from what `entrusted_told.asks` reads in the same words."""


def plans_alone(text: str) -> bool:
    """Whether somebody asks if a child may be left alone or locked in, and tells of nothing that is so already."""
    said = _plain(text)
    return _says("alone_ahead", said) and not _says("goes_on", said)


def not_so(text: str) -> bool:
    """Whether somebody says that what he asked about has not begun: 还没走呢, 年后的事, 孩子现在跟我在一块儿,
    我就问问."""
    said = _plain(text)
    return any(_says(name, said) for name in ("not_yet", "with_me", "only_asks"))


def wants_no_alarm(text: str) -> bool:
    """Whether somebody fears that he is reported, or wants nothing handed on: 别报警啊, 不报了."""
    return _says("no_alarm", _plain(text))


def asks(text: str) -> str | None:
    """What of the way is asked, one of ASKED: where it is done, what if nothing is arranged, who answers for it,
    whether others hear the reason, what if the child will not, another person later, signing from afar, money."""
    said = _plain(text)
    return next((one for one in ASKED if _says(one, said)), None)


def but_why_asked(text: str) -> str:
    """The words without the clauses that ask why we ask: what these name is told of nobody (你打听她耳朵背不背图啥)."""
    clauses = text.split()
    told = [one for one in clauses if not _says("why_asked", _plain(one))]
    return text if len(told) == len(clauses) else " ".join(told)


def asks_left_behind(text: str) -> bool:
    """Whether it is asked if the child counts as left behind then: 那他算留守儿童不, 走多长时间算留守."""
    return len(text) <= LONGEST // 2 and _says("left_behind", _plain(text))


def other_parent(away: str, parent: str) -> str:
    """GONE or AWAY, by what was told of the journey and of the other parent; empty: neither is plain."""
    if _says("other_gone", parent):
        return GONE
    return AWAY if _says("other_away", parent) or _says("both_go", away) else ""


def lets_be(text: str) -> bool:
    """Whether somebody leaves it for now: 那算了, 我寻思寻思, 再见."""
    return _says("lets_be", _plain(text))


def not_yet_over(text: str) -> bool:
    """Whether nothing is to be handed over yet: 先不交, 先别交."""
    return _says("not_yet_over", _plain(text).strip(" ,。.!"))


def day_of_leaving(text: str) -> str:
    """What is said anew of the day one leaves: 走的日子改二十六号了; empty: nothing."""
    hit = _says.search("day_of_leaving", _plain(text))
    return hit.group() if hit is not None else ""


def asks_of_that_one(text: str) -> bool:
    """Whether it is asked if the person just told of would do: 这样的能行不."""
    return _says("that_one", _plain(text))


def no_phone(text: str) -> bool:
    """Whether somebody leaves no number: 先不留, 别给我打电话."""
    return _says("no_phone", _plain(text))


def earns(text: str) -> bool:
    """Whether somebody is said to live by the own work."""
    return _says("earns", _plain(text))


def of_carers_child(text: str) -> bool:
    """Whether the child told of is the carer's own: 家里一个上初中的闺女."""
    return _says("of_carers_child", _plain(text))


def ill(text: str) -> bool:
    """Whether an illness or weakness of the person is told that staff must look at (WBF-21, WBF-22)."""
    return _says("ill", _plain(text))


def old(text: str) -> bool:
    """Whether the person is said to be old, with no number: 岁数是不是太大了."""
    return _says("old", _plain(text))


def laden(text: str) -> bool:
    """Whether the person has other children or much work already: 二姑家自己还有仨孩子."""
    return _says("laden", _plain(text))


def of_a_housemate(text: str) -> bool:
    """Whether what is told is told of somebody who lives with the carer."""
    return _says("housemate", _plain(text))


def of_spouse(text: str, person: str) -> bool:
    """Whether it is the wife, husband or son of the `person` that is spoken of: 我弟媳妇."""
    behind = _plain(text).partition(person)[2]
    return _says("spouse", behind)


def _plain(text: str) -> str:
    return normalise(text[:LONGEST]).text
