"""Which names in the wish for 委托照护 are a child's (我闺女朵朵, 7岁半叫朵朵, 朵朵是我闺女): none of them is the
carer's. And whose age is put right.

Any text is taken; nothing here raises. What people call a child is in `data/lexicon/wish_child.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.entrusted import entrusting, wishes
from bot.reading.measures.quantities import number
from bot.reading.wordings import Wordings

_says = Wordings("wish_child.txt")

LONGEST_NAME = 3
_CLAUSES = re.compile("[,，。;；!！?？ ]+")
_NUMBER = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_AGE = re.compile(f"{_NUMBER}岁半?|{_NUMBER}(?=了?$)")
_CHILD = "(?:孩子|闺女|儿子|姑娘|丫头|小子|女儿|娃|男孩|女孩|大的|小的|老大|老二|老三)"
_HAN = "[㐀-鿿]"
_CALLED = re.compile(
    f"(?:{_CHILD}(?:今年|名字)?(?:叫|名叫|叫做)|(?:大名|学名|小名)(?:叫|是))(?P<name>{_HAN}{{2,3}}?)(?=$|[^㐀-鿿]|{_NUMBER}岁|今年|上|念|读|在|也|都)"
)
_BESIDE = re.compile(
    f"{_CHILD}(?:(?P<name>[大二三小]宝|{_HAN}{{2,3}}?)(?=今年|才|刚|快|{_NUMBER}岁|[0-9])|(?P<pet>小{_HAN}|({_HAN})\\3)$)"
)
_NO_BEGINNING = (
    "今才刚都也已就快满虚过上念读在有没不是他她我俺的了一二两三四五六七八九十自个跟和托让给叫还想说挺太特老爱总"
)
_IS_MINE = re.compile(f"(?P<names>{_HAN}{{2,6}}?)(?:才|就)?是(?:我|俺|咱)?(?:家|们)?的?{_CHILD}")
_BARE_CALLED = re.compile(f"(?:^|岁半?|年级|班)[上]?叫(?P<name>{_HAN}{{2,3}})$")
_TWINS = re.compile(r"(.)\1")
_DENIED = re.compile(f"不是(?P<age>{_NUMBER})岁?")


def of_children(text: str) -> tuple[str, ...]:
    """The names that a text says are a child's, each once."""
    found: list[str] = []
    of_child = False
    for clause in (one for one in _CLAUSES.split(text) if one):
        kin = bool(wishes.people_named(clause))
        found += [hit["name"] for hit in _CALLED.finditer(clause)]
        beside = [hit["name"] or hit["pet"] for hit in _BESIDE.finditer(clause)]
        found += [one for one in beside if one[1] == "宝" or one[0] not in _NO_BEGINNING]
        found += [one for hit in _IS_MINE.finditer(clause) for one in _apart(hit["names"])]
        told = not kin and (_says("school", clause) or _says("whole", clause) or _young(clause))
        if (hit := _BARE_CALLED.search(clause)) is not None and not kin and (told or of_child):
            found.append(hit["name"])
        of_child = told
    return tuple(dict.fromkeys(one for one in found if not wishes.no_name(one)))


def without_children(text: str) -> str:
    """The words without the clauses of a child and what goes on of it: 闺女9岁 有点哮喘 姥姥退休了 → 姥姥退休了."""
    kept, of_child = [], False
    for clause in (one for one in _CLAUSES.split(text) if one):
        kin = bool(wishes.people_named(clause))
        of_child = not kin and (_says("begins_with_child", clause) or (of_child and not _says("of_me", clause)))
        kept += [] if of_child else [clause]
    return text if len(kept) == len(_CLAUSES.split(text.strip())) else " ".join(kept)


def as_children(text: str, names: Iterable[str]) -> str:
    """The words with 孩子 before each child's name that stands alone: 大宝不乐意跟奶奶 → 孩子大宝不乐意跟奶奶."""
    for name in names:
        text = re.sub(f"(?<!叫)(?<!{_CHILD[3:-1].replace('|', ')(?<!')}){name}(?!才?就?是)", f"孩子{name}", text)
    return text


def age_put_right(text: str, before: str) -> str:
    """The line of the children `before` with an age put right in its clause: 甜甜不是四岁 三岁半, 大宝十二了 说错了.
    The line as it was where none of its ages is."""
    clauses = [one for one in _CLAUSES.split(text) if one and not wishes.people_named(one)]
    denied = {number(hit["age"]) for one in clauses for hit in _DENIED.finditer(one)}
    names = of_children(before)
    for clause in clauses:
        age = _AGE.search(_DENIED.sub("", clause))
        named = [one for one in names if one in clause]
        if age is None or not (named or denied) or not _is_young(age.group()):
            continue
        new = age.group() if "岁" in age.group() else f"{age.group()}岁"
        return "，".join(_with_age(line, new, denied, named) for line in before.split("，"))
    return before


def _with_age(line: str, new: str, denied: set[int | None], named: list[str]) -> str:
    """One clause of the line, its age replaced if it is the one denied or told of the child named."""
    old = _AGE.search(line)
    meant = old is not None and (
        number(old.group().rstrip("半岁")) in denied if denied else any(one in line for one in named)
    )
    return f"{line[: old.start()]}{new}{line[old.end() :]}" if old is not None and meant else line


def _apart(names: str) -> list[str]:
    """浩浩甜甜 are two; of words that run into it only a name said twice is one: 你整错了妞妞."""
    twins = [hit.group() for hit in _TWINS.finditer(names)]
    return twins if twins and names.endswith(twins[-1]) else [names][: len(names) <= LONGEST_NAME]


def _young(clause: str) -> bool:
    return any(_is_young(one) for one in _AGE.findall(clause) if "岁" in one)


def _is_young(age: str) -> bool:
    years = number(age.rstrip("半岁"))
    return years is not None and years < entrusting.ADULT
