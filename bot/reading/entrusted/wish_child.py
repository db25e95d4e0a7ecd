"""What is told of the child in the wish for 委托照护, clause by clause: its age, school and name, put right where they
were told otherwise. No other person's age is the child's, and what is asked or denied tells nothing of it.

Any text is taken; nothing here raises. The words are in `data/lexicon/wish_child.txt`.
"""

from __future__ import annotations

import re

from bot.reading.entrusted import entrusted_plans, entrusting, wish_corrections
from bot.reading.measures.quantities import number
from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("wish_child.txt")

_CLAUSES = re.compile("[,，。;；!！ ]+")
_AGES = re.compile("[0-9]{1,2}|[一二三四五六七八九十]{1,3}")
_ANOTHERS_AGE = re.compile("(?P<age>[0-9]{2})岁?是(?!孩子|娃|大的|小的|老)[^,，。;； ]{1,8}(?:岁数|年纪|年龄|的)")


def of_the_child(text: str, before: str, carer: tuple[str, ...]) -> str:
    """The line of the child after a message; `before`: what stands, `carer`: words and age of whoever is to look after
    it. Empty: nothing of the child is told, and nothing stands."""
    stands = [one for one in before.split("，") if one]
    if (others := _ANOTHERS_AGE.search(text)) is not None:
        stands = [one for one in stands if others["age"] not in one]
    corrects = wish_corrections.corrects(text) or _says("only_one", text)
    for clause in _told(text, carer):
        if any(clause in one for one in stands):
            continue
        numbers = _AGES.findall(clause)
        if numbers and not _says("school", clause) and set(numbers) <= set(_AGES.findall("，".join(stands))):
            continue  # 10岁是大的 tells no other age
        ages = _says("age", clause)
        if ages and corrects:
            stands = [one for one in stands if not (_says("age", one) and _same_child(clause, one))]
        elif _says("that_one", clause):
            continue
        stands.append(clause)
    return "，".join(stands)


def puts_right(text: str) -> bool:
    """Whether an age that stands as the child's is said to be somebody else's: 42是朴美花的岁数."""
    return _ANOTHERS_AGE.search(text) is not None


def wish(text: str) -> str:
    """The clauses that tell what the child wants, else all of them: 儿子 6岁 他挺乐意的 → 他挺乐意的."""
    if wanted := " ".join(one for one, wants in _apart(text) if wants):
        return wanted
    clauses = [one for one in _CLAUSES.split(text.strip()) if one]
    own = [one for one in clauses if not (_says("told", normalise(one).text) or _says("whole_child", one))]
    return " ".join(own) or text.strip()


def beside_the_wish(text: str) -> str:
    """What else is told: 那还是我妈吧 of 那还是我妈吧 孩子劝好了 说愿意."""
    return " ".join(one for one, wants in _apart(text) if not wants)


def _apart(text: str) -> list[tuple[str, bool]]:
    """Each clause but those that only hold the talk up, and whether it tells what the child wants."""
    found: list[tuple[str, bool]] = []
    for clause in (one for one in _CLAUSES.split(text.strip()) if one and not _says("stalls", one)):
        before = bool(found) and found[-1][1]
        wants = _says("wish", clause) or (before and _says("goes_on", clause))
        found.append((clause, wants and not _says("is_asked", clause)))
    return found


def _told(text: str, carer: tuple[str, ...]) -> list[str]:
    """The clauses that tell of the child: 七岁 一年级 集安清河镇的 → 七岁, 一年级."""
    found: list[str] = []
    child, near = "", False
    for clause in (one for one in _CLAUSES.split(text.strip()) if one):
        if _says("asks", clause) or _says("denied", clause) or _of_the_carer(clause, carer):
            child, near = "", False
        elif _says("whole_child", clause):
            child, near = clause, True
        elif _says("told", normalise(clause).text) or (near and _behind_it(clause)):
            found.append(child + clause)
            child, near = "", True
    return found


def _behind_it(clause: str) -> bool:
    """Whether a clause is a name, a child's age or an illness by itself: right behind the child it is told of it."""
    years = [number(one) for one in _AGES.findall(clause)]
    young = all(one is not None and one < entrusting.ADULT for one in years)
    return (
        _says("named", clause)
        or (entrusted_plans.ill(clause) and not _says("kin", clause))
        or (_says("bare_age", clause) and young)
    )


def _of_the_carer(clause: str, carer: tuple[str, ...]) -> bool:
    """Whether a clause tells of whoever is to look after the child: the person, the name, or the bare age."""
    who, name, age = (one.lstrip("我他她俺孩子") for one in carer)
    spoken_of = any(one and one in clause for one in (who, name)) or _says("somebody", clause)
    return spoken_of or (bool(age) and age in _AGES.findall(clause) and "岁" in clause)


def _same_child(one: str, other: str) -> bool:
    """Whether two clauses may tell of one child: 小的8岁 puts 小的7岁 right, and not 大的11."""
    marks = [hit.group() for said in (one, other) for hit in _says.all("which", said)]
    return len(marks) < len((one, other)) or len(set(marks)) == 1
