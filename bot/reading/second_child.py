"""A second child in the telling of one: who begins to tell of another (还有个更急的，我班一个男孩…), who comes back
to it, and who asks whether it was taken down. Brothers and sisters in one home are one matter. Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.reading import danger, naming, places, told
from bot.reading.lexicon import lines
from bot.reading.normalise import normalise

LONGEST, LONGEST_NAME = 400, 4
_CHILD = "男孩|女孩|孩子|小孩|丫头|小子|学生|男生|女生|同学|娃|小姑娘|小闺女|小女孩|小男孩"
_AGAIN = "(?:另外|还有|再有|再就是|再说|再|又|另|对了|顺便|顺嘴)"
_MATTER = "(?:一|1)?(?:个|件|桩|码)(?:更|挺|特别)?[急重大要紧]{0,2}的?(?:事儿?|情况|(?=$|[,，。 ]))"
_ONE = f"(?<!那)(?:一?个|另一个?|一名|有个)[^,，。;；!！?？他她]{{0,6}}?(?:{_CHILD})"
_BEGINS = re.compile(
    f"{_AGAIN}[^,，。;；!！?？]{{0,8}}?(?:{_MATTER}|{_ONE})|另(?:外)?(?:有)?(?:一个|一名|个)(?:{_CHILD})"
)
_NEW_ONE = re.compile(f"{_ONE}|邻居家|[前后东西][院趟街]|隔壁|别人家|另一家|老[一-鿿]家")
_SAME_HOME = re.compile(
    "[他她](?:家|还有)|(?:这|他们?|她们?|孩子|娃)家|家里(?:还)?有|弟|妹|哥|姐|俩|老二|老大|老三|[大小]的|双胞胎"
    "|也(?:总|老|天天|挨|被|没|打|骂)|在场|看见[他她]|一起|一块"
)
"""他家还有个小的: of one home; 还有个孩子在场: who saw it."""
_OF_NEIGHBOUR = re.compile("邻居家|[前后东西南北][院趟街]|隔壁|我们?班|别人家|另一家")
_ASKS_NOTED = re.compile(
    "(?:记|写|登|录)(?:上|下|录|着|进)?(?:来|去)?(?:了|住)?(?:没有?|吗|么|不)"
    "|(?:报|转|交|递)(?:上|上去|过去|出去)?了?(?:没有?|吗|么)(?:$|[,，。?？ ])"
    "|别(?:给)?(?:我)?(?:整|弄|搞)?(?:丢|忘|落|漏)|有没有(?:记|报)|(?:没|别)(?:漏|落)(?:下|了)"
)
_POINTS = re.compile("那个?|另一个?|另外(?:那|一)个|头(?:一|前)个?|先说的|前面|刚才")
_SENTENCE = re.compile("[^。！？!?；;\n]+[。！？!?；;\n]*")


def begins(text: str) -> bool:
    """Whether a message begins to tell of another child than the one told of so far, and tells something of it."""
    said = normalise(text[:LONGEST]).text
    if len(text) > LONGEST or _BEGINS.search(said) is None or _NEW_ONE.search(said) is None:
        return False
    if _SAME_HOME.search(said) and not _OF_NEIGHBOUR.search(said):
        return False
    found = told.read(text)
    return bool(found.signs or danger.read(text).level != "none")


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """The full names of children in what was told; 她奶奶姓何 names nobody, and 朱城子镇 is no 朱城."""
    found = [
        text[slice(*span)]
        for text in texts
        for span in (*naming.persons(text), *(hit.span("name") for hit in _after_a_child().finditer(text)))
        if not any(start < span[1] and span[0] < end for start, end in places.find(text).spans)
    ]
    return tuple(dict.fromkeys(one for one in found if 2 <= len(one) <= LONGEST_NAME))


def comes_back(text: str, of: Iterable[str], other_than: Iterable[str], sexes: tuple[str, str]) -> bool:
    """Whether words speak of the child called one of `of`, and of none called one of `other_than`; or point to that
    one by what only it is. `sexes`: of that child and of the other."""
    if any(name in text for name in other_than):
        return False
    if any(name in text for name in of):
        return True
    sex = told.read(text).child_sex
    return sex != "unknown" and sex == sexes[0] != sexes[1] and _POINTS.search(text) is not None


def asks_noted(text: str) -> bool:
    """Whether somebody asks that what he told be not forgotten: 那个何雨欣的事你给我记上没有."""
    return _ASKS_NOTED.search(normalise(text[:LONGEST]).text) is not None


def apart(text: str, of: Iterable[str]) -> tuple[str, str]:
    """What stands before the first sentence that names the child called one of `of`; that sentence with the rest."""
    called = tuple(of)
    sentences = [one.group() for one in _SENTENCE.finditer(text)] or [text]
    at = next((index for index, one in enumerate(sentences) if any(name in one for name in called)), 0)
    return "".join(sentences[:at]).strip(), "".join(sentences[at:]).strip()


@cache
def _after_a_child() -> re.Pattern[str]:
    """A name of three characters right after 女孩 or 学生, where the family's name is a word besides: 女孩何雨欣."""
    words = {kind.strip(): said.split() for kind, _, said in (line.partition(":") for line in lines("names.txt"))}
    family = "|".join((*words["family"], *words["also_word"]))
    never = "".join(words["never"])
    return re.compile(f"(?:{_CHILD}|[名也]叫|有个叫)(?:叫)?(?P<name>(?:{family})[^\\W\\da-zA-Z_{never}]{{2}})")
