"""What workers say beside the record of a visit: of themselves, of a mark on a body, of a child that is nowhere, of a
home by its number in a list.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.persons import people
from bot.reading.wordings import Wordings

_says = Wordings("staff_asides.txt")

LONGEST = 200
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_KIN = re.compile("妈|爸|爹|娘|奶|爷|姥爷|姥姥?|姑|姨|舅|叔|婶|伯")
_ABSENT = re.compile(
    "^(?:[他她]?家|那?边|那[儿里]?|那家|那户|这孩子|孩子)?(?:今天|今儿|上午|下午|刚才|也|都|是|我|去了|没去成)*"
    "(?:没在|不在|没人|锁门|锁着|没见|没碰|空的|空着|空荡|扑了?个?空|进不去)"
)


def clauses(text: str) -> list[str]:
    """The clauses of a message, as they were written."""
    return _CLAUSES.findall(text[:LONGEST])


def of_an_office(text: str) -> bool:
    """Whether the number asked for is that of an office, which no file holds."""
    return _says("an_office", text)


def of_oneself(clause: str) -> bool:
    """Whether a clause tells of the worker and nothing of the home: 累死了."""
    return _says("of_oneself", clause)


def orders(text: str) -> bool:
    """Whether something is wanted to be shown or fetched: 查一下孙欣怡的档案."""
    return _says("orders", text.strip())


def of_others_leave(text: str) -> bool:
    """Whether whoever is away is no worker: 孩子老请假."""
    return _says("others_leave", text)


def kin(text: str) -> str:
    """The relation somebody is called by: 他妈那个手机号 → 妈; empty: none is."""
    found = _KIN.search(text)
    return found.group() if found is not None else ""


def mark_on_body(text: str) -> bool:
    """Whether a clause tells of a mark on a child's body: 胳膊上有块青的. Of a grown-up's it does not."""
    plain = normalise(text[:LONGEST]).text
    return any(_says("marks", one) and not _says("of_grown", one) for one in clauses(plain))


def beaten_by_kin(text: str) -> bool:
    """Whether a clause tells that somebody of the family beat: 他说他爷拿烧火棍打的."""
    return any(_says("beaten_by_kin", one) for one in clauses(text))


def gone(name: str, text: str) -> bool:
    """Whether a child of this name is told to be nowhere: 子轩找不着了; not 子轩书包找不着了."""
    given = name.removeprefix(people.surname(name))
    for called in (name, given if len(given) > 1 else name):
        at = text.find(called)
        rest = re.sub(r"\s+", "", text[at + len(called) :]) if at >= 0 else ""
        if rest and _says("gone", rest):
            return True
    return False


def nowhere(text: str) -> bool:
    """Whether anybody or anything is told to be nowhere: without it no child is (`gone`)."""
    return _says("nowhere", re.sub(r"\s+", "", text))


def only_asked(text: str) -> bool:
    """Whether it is only asked whether something is so, or what if: 要是子轩找不着了咋整; not 找不着了 咋整."""
    return _says("only_asked", text.strip())


def there_again(text: str) -> bool:
    """Whether the home just spoken of was gone to once more: 刚才又去了 在家; not 又去了学校."""
    return _says("there_again", text)


def still_to_go(text: str) -> bool:
    """Whether a home is told to be gone to yet: 第三家还没去."""
    return _says("to_go", text)


def of_another_home(here: Iterable[str], text: str) -> bool:
    """Whether what was told is said to be of another home than the one understood: 不是这家 是小宝家, 不是欣怡; not
    打架那个不是欣怡."""
    denied = re.compile(f"[哦啊诶哎错了不对]*不是(?:{'|'.join(map(re.escape, here))})家?")
    return _says("another_home", text) or any(denied.fullmatch(clause) for clause in clauses(text))


def nth(text: str) -> int | None:
    """The number in a list by which a home is called: 第二家没人 → 2; None: it is not."""
    found = _says.search("nth", text)
    return quantities.number(found["n"]) if found is not None else None


def why_nobody(text: str) -> str | None:
    """Why nobody was met at a home, in answer to that question: nobody_home or away; None: it is not said."""
    plain = normalise(text[:LONGEST]).text
    if _says("gone_away", plain):
        return "away"
    return "nobody_home" if _says("nobody_in", plain) else None


def of_the_family(text: str) -> bool:
    """Whether words begin with somebody around the child and are not the child's own: 姥姥带得挺好; not 奶奶对我好."""
    return _says("of_the_family", text) and "我" not in text


def on_the_register(text: str) -> bool:
    """Whether a worker says that a child stands on the own register: 就是我村的李小龙 名册上有."""
    return _says("on_the_register", text)


def moved_off(text: str) -> bool:
    """Whether it is told that the family lives elsewhere now: 邻居说他们搬县里陪读去了."""
    return any(_says("moved_off", one) for one in clauses(text))


def out_for_a_while(text: str) -> bool:
    """Whether it is told what the family is out for, and soon back from: 上县里赶集去了; not 出远门了."""
    plain = normalise(text[:LONGEST]).text
    return _says("out", plain) and not _says("gone_away", plain)


def nobody_at(text: str) -> bool:
    """Whether it may be told that nobody was met, whatever home it is of (`absent` knows which)."""
    return re.search("没在|不在|没人|锁|没见|没碰|空的|空着|空荡", text) is not None


def absent(called: Iterable[str], text: str) -> bool:
    """Whether of the home called so it is told that nobody was met there: 雨桐没在."""
    for name in called:
        for hit in re.finditer(re.escape(name), text):
            if _ABSENT.search(text[hit.end() :].lstrip()):
                return True
    return False
