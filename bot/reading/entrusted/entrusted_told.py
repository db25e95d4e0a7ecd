"""What a parent tells and asks in the talk about 委托照护 beside what was asked: the person, the journey, what the
child wants, whether it changes school, what the person drinks or did, where the matter stands.

Cautious: of what is not plain nothing is read. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.reading.measures.quantities import number
from bot.reading.normalise import normalise
from bot.reading.persons import people
from bot.reading.wordings import Wordings, names

_says = Wordings("entrusted_told.txt")

FATHER = "father"
PROGRESS, WRITTEN, CONTACT, REMINDER = "progress", "written", "contact", "reminder"
NOTICE, OTHER_PARENT, SCHOOL, WHY = "notice", "other_parent", "school", "why"
LONGEST, A_LENGTH = 120, 8

_SHORT = {"奶": "奶奶", "爷": "爷爷", "姥": "姥姥", "姑": "姑姑", "姨": "姨妈", "舅": "舅舅", "叔": "叔叔"}
_NAME = re.compile(
    "^(?:的?(?:名字|姓名))?(?:叫|是|就是|：|:|,|，| )*(?P<name>[㐀-鿿]{2,3}?)"
    "(?=$|[,，。.;；!！?？ 0-9]|今年|[一二三四五六七八九十]{1,3}岁|没|有|电话|手机|身体|在|的|吧|行|"
    "可以|呢|住|帮|照|带|看|[一二三四五六七八九]十)"
)
_NAMED = re.compile(
    "(?:叫|名字是?|姓名是?)[:： ]*(?P<name>[㐀-鿿]{2,3}?)(?=$|[,，。;；!！?？ 0-9]|今年|"
    "[一二三四五六七八九十]{1,3}岁|没|在|身体)"
)
_YEARS = re.compile(
    "(?<![0-9])(?P<n>[0-9]{2}|[二三四五六七八九]?十[一二三四五六七八九]?)(?![0-9])(?:岁|周岁|了|$|[,，。 ])"
)
_CLAUSES = re.compile("[,，。;；!！]+")
_THEN_THE_CHILD = re.compile(
    "(?<=[了去走活工班])(?:孩子|娃|闺女|儿子|丫头|小子|姑娘)(?:没人|咋|想|放|搁|撂|托|给|谁|扔|往|怎么).*"
)
"""Behind the journey in one breath: 俺要上南方干活了孩子没人看想搁他老姑家."""
_LIVES_AT = re.compile("(?:住)?在(?P<where>[㐀-鿿]{2,6})(?:住|呢|那边|$|[,，。;； ])")


@dataclass(frozen=True)
class Person:
    """Whoever is to look after the child: `relation` to the child, `name`, `years` of age, `place` where he lives;
    empty or None where it was not said."""

    relation: str = ""
    name: str = ""
    years: int | None = None
    place: str = ""


def person(text: str, by: str = "") -> Person:
    """Who is named, and what he is to the child; `by`: who writes, father or mother: 我弟弟 of a mother is 舅舅."""
    said = text[:LONGEST]
    relation, end = _relation(said, by)
    name = ""
    if relation:
        hit = _NAME.match(said[end:])
        name = _a_name(hit["name"]) if hit is not None else ""
    if not name and (called := _NAMED.search(said)) is not None:
        name = _a_name(called["name"])
    told = _YEARS.search(said)
    own = told is not None and not _says("child_before_years", said[: told.start()])
    years = number(told["n"]) if told is not None and own else None
    place = _LIVES_AT.search(said) if relation else None
    return Person(relation, name, years if relation or name else None, place["where"] if place is not None else "")


def _relation(said: str, by: str) -> tuple[str, int]:
    """What the person named last is to the child, and where the word for it ends."""
    found: list[tuple[int, int, str]] = []
    for name, of_mother, of_father in _own_kin():
        kin = of_father if by == FATHER else of_mother
        found += [(hit.start(), hit.end(), kin) for hit in _says.all(name, said)]
    found += [(hit.start(), hit.end(), hit["who"] or _SHORT[hit["short"]]) for hit in _says.all("of_child", said)]
    found = [one for one in found if not _says("not_him", said[: one[0]])]
    if not found:
        return "", 0
    _, end, relation = max(found, key=lambda one: (one[1], one[1] - one[0]))
    return relation, end


@cache
def _own_kin() -> tuple[tuple[str, str, str], ...]:
    """The names of the wordings for a parent's own people; what these are to the child: of a mother, of a father."""
    rows = (name.split() for name in names(_says.file) if name.startswith("own "))
    return tuple((" ".join(row), row[1], row[2]) for row in rows)


def _a_name(said: str | None) -> str:
    """The words if they may be a name: they begin with a surname."""
    return said if said and people.begins_with_surname(said) and not _says.whole("外地", said) else ""


def journey(text: str) -> bool:
    """Whether a message tells when, where or for how long a parent leaves: 水原，饭店，签证两年; 晚上九点的飞机."""
    said = normalise(text[:LONGEST]).text
    if _says("no_journey", said):
        return False
    begins_with_it = _says("place_first", text.strip())
    return _says("journey", said) or begins_with_it or _says("goes_to", text[:LONGEST])


def of_the_journey(text: str) -> str:
    """The clauses of a message that tell of the journey, or all of it where they do not stand apart."""
    clauses = [one for one in _CLAUSES.split(text.strip()) if one]
    clauses = [_THEN_THE_CHILD.sub("", one) for one in clauses]
    own = [one for one in clauses if not _says("not_of_journey", one) and not _says("ends_asking", one)]
    first = next((place for place, one in enumerate(own) if journey(one)), None)
    return "，".join(own[first:] if first is not None else clauses)


def lasts(text: str) -> bool:
    """Whether it is told how long the journey lasts, or until when: 两年, 到年底."""
    return _says("lasts", text)


def how_long(text: str) -> str:
    """The clause that tells for how long, said by itself or with 走: 一年半吧, 我得走一年多. Empty: none, or asked."""
    clauses = [one for one in re.split("[,，。;；!！ ]+", text.strip()) if one]
    told = [one for one in clauses if _says("lasts", one) and not _says("no_length", one)]
    only = all(one in told or _says("comes_back", one) for one in clauses)
    alone = [one for one in told if (only and len(one) <= A_LENGTH) or _says("leaves", one)]
    return alone[0] if alone and not _says("ends_asking", text.strip()) else ""


def for_work(text: str) -> bool:
    """Whether a journey is plainly one for work."""
    return _says("for_work", text)


def child_says(text: str) -> str | None:
    """What a parent tells of the child's own will: agrees, objects, unclear, not_asked. None: nothing of it."""
    said = _says.without("whether_asked", normalise(text[:LONGEST]).text)
    if _says("not_asked_yet", said):
        return "not_asked"
    return next((value for value in ("objects", "unclear", "agrees") if _says(value, said)), None)


def same_school(text: str) -> bool:
    """Whether the child stays where it goes to school."""
    return _says("same_school", normalise(text[:LONGEST]).text)


def names_a_bar(text: str) -> bool:
    """Whether a vice, violence or a record is spoken of at all, whosever it is: 她男人爱耍钱."""
    said = _says.without("no_record", _says.without("no_vice", normalise(text[:LONGEST]).text))
    return any(_says(name, said) for name in ("vice", "may_be_vice", "drank", "once_a_vice", "hurt", "grave", "record"))


def bars(text: str) -> Mapping[str, str]:
    """What is told of the carer that WBF-22(3) names: d1 (violence) and d2 (vices), "yes" where it is plain, "unknown"
    where staff must look: 朋友来就喝点 is no 酗酒 yet, and is not passed over either."""
    said = normalise(text[:LONGEST]).text
    if _says("of_others", said):
        return {}
    found: dict[str, str] = {}
    if _says("grave", said) or (_says("hurt", said) and _says("by_police", said)):
        found["d1"] = "yes"
    elif _says("hurt", said) or _says("record", _says.without("no_record", said)):
        found["d1"] = "unknown"
    drinks = _says.without("no_vice", said)
    if _says("vice", drinks):
        found["d2"] = "yes"
    elif _says("once_a_vice", said) or _says("may_be_vice", drinks) or _says("drank", drinks):
        found["d2"] = "unknown"
    return found


def clean(text: str) -> tuple[str, ...]:
    """Which bars somebody denies of the carer, unasked or all in one breath: 不喝酒不玩牌 没犯过事 → d1, d2."""
    said = normalise(text[:LONGEST]).text
    if bars(text) or _says("of_others", said):
        return ()
    none_named = _says("no_vice", said) and _says("names_a_vice", said)
    no_vices = _says("no_games", said) or none_named or _says("clean", said)
    return tuple(name for name, told in (("d1", _says("no_record", said)), ("d2", no_vices)) if told)


def denials(text: str) -> str:
    """The clauses in which a bar or a vice of the carer is denied, as they were said: only these are confirmed."""
    clauses = [one for one in re.split("[,，。;；!！ ]+", text.strip()) if one]
    return "，".join([one for one in clauses if clean(one)] or clauses)


def but_games(text: str) -> str:
    """The words without those for playing: 她打麻将打得凶 天天输钱 → 她 天天输钱."""
    return _says.without("plays", text)


def denies_vice(text: str) -> bool:
    """Whether it is said of somebody, the carer or whoever lives there, that he does not drink or gamble."""
    said = normalise(text[:LONGEST]).text
    return _says("no_vice", said) and _says("names_a_vice", said) and not names_a_bar(text)


def age_corrected(text: str) -> int | None:
    """The age of the person named, put right: 啊对了她43 属猪的 我说小了一岁; None: no age is."""
    said = text[:LONGEST]
    hit = _YEARS.search(said)
    if hit is None or _says("child_before_age", said[: hit.start()]):
        return None
    return number(hit["n"]) if _says("age_corrected", normalise(said).text) else None


def another(text: str) -> bool:
    """Whether a message puts somebody in the place of the person named before: 换姥姥吧, 那我妈可以吗."""
    said = normalise(text[:LONGEST]).text
    return _says("changes", said) or _says("may_it_be", text[:LONGEST])


def asks(text: str) -> str | None:
    """What of this talk is asked: PROGRESS, NOTICE (the paper), WRITTEN (told by mouth: is that enough?), CONTACT,
    REMINDER, OTHER_PARENT (must he agree?), SCHOOL (must it be changed?), WHY (why not this person?); None: none."""
    said = normalise(text[:LONGEST]).text
    if _says("asks_progress", said):
        return PROGRESS
    if _says("asks_notice", said):
        return NOTICE
    if _says("asks_reminder", said) and _says("of_time", said):
        return REMINDER
    if _says("recipient", said) and _says("told_by_mouth", said):
        return WRITTEN
    if _says("asks_weekly", said) and _says("asks", text.strip()):
        return CONTACT
    if _says("asks_other_parent", said) and _says("asks", text.strip()):
        return OTHER_PARENT
    if _says("asks_school", said):
        return SCHOOL
    return WHY if _says("asks_why", said) else None


def healthy(text: str) -> bool:
    """Whether somebody is said to be in good health: 身体不错."""
    return _says("healthy", text[:LONGEST])


def only_asks(text: str) -> bool:
    """Whether a message is a question and gives no number: 还得给我弟打电话吗."""
    return _says("ends_asking", text.strip()) and not any(one.isdigit() for one in text)


def tells(text: str) -> bool:
    """Whether a message tells or asks anything of all this."""
    return bool(
        asks(text) or journey(text) or child_says(text) or same_school(text) or bars(text) or person(text).relation
    )
