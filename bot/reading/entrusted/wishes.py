"""What somebody tells who wants a child looked after while away: who is to do it, where the journey goes, the child.

Read cautiously from one message of a talk; what is not plain stays in the words as they were said, which are kept
whatever is read in them. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.entrusted import entrusted_plans, entrusted_told, journeys
from bot.reading.measures import codes
from bot.reading.measures.quantities import number
from bot.reading.normalise import normalise
from bot.reading.persons import people
from bot.reading.where import places
from bot.reading.wordings import Wordings

_says = Wordings("wishes.txt")

_CALLED = re.compile(
    "(?:(?<![我俺不])叫|名字[是叫]?|姓名[是:]?|托给?的人?[是叫])(?P<name>[㐀-鿿]{2,4}?)"
    "(?=$|[,，。!?; 0-9今岁]|我叫|我是|电话|手机|身体|[二三四五六七八九]?十[一二三四五六七八九]?)"
)
_I_AM = re.compile("我(?:是|叫|姓名是)(?P<name>[㐀-鿿]{2,4}?)(?=$|[,，。!?; ]|电话|手机|今年)")
_AGE = re.compile(
    "(?<![0-9一二三四五六七八九十第初高月])(?P<n>[0-9]{2}|[二三四五六七八]?十[一二三四五六七八九]?)(?![0-9一二三四五六七八九十百千万个元块号月日天点年多几走]|来[年天月个]|动身|出发)"
)
_BARE_ME = re.compile("^(?:我)?(?P<name>[㐀-鿿]{2,3})[ ,，:：]*(?:(?:我的?)?(?:电话|手机|号码?))?[:： 是]*1[0-9]{10}")
_SURNAME = re.compile("(?:^|[ ,，。])(?:我|俺|免贵)?姓(?P<name>[㐀-鿿])(?=$|[ ,，。;；!0-9]|电话|手机)")
_CARER_CALLED = re.compile(
    "(?:照看|照顾|照护|带孩子|看孩子|托付?|帮忙)(?:孩子)?的?(?:那个|那)?人?(?:名字)?(?:叫|是)(?P<name>[㐀-鿿]{2,3})"
    "(?=$|[,，。!?; 0-9]|今年)"
)
_AFTER_KIN = re.compile(
    "^(?:的?(?:名字|姓名))?(?:名?叫|是叫)?(?P<name>[㐀-鿿]{2,3}?)(?=$|[^㐀-鿿]|今年|身体|电话|带|看着|照顾|照看|帮|[二三四五六七八九]?十[一二三四五六七八九]?(?:$|[^㐀-鿿]|岁|了))"
)
MYSELF = "我自己"
LONGEST_ASKED, LONGEST_WISH, LONGEST_ASKED_AT_ONCE, LONGEST_NAMED = 40, 60, 80, 120
_CLAUSES = re.compile("[,，。;；!！ ]+")


@dataclass(frozen=True)
class Wish:
    """What one message tells. `carer`: the words for who is to look after the child, `carer_name`, `carer_age`, `me`:
    the writer's own name, `phone`, `area`: the division named; `away`, `child`, `child_says`, `asks`: whether it tells
    of the journey, of the child, of what the child wants, or asks us something."""

    carer: str = ""
    carer_name: str = ""
    carer_age: int | None = None
    me: str = ""
    phone: str = ""
    area: str = ""
    away: bool = False
    child: bool = False
    child_says: bool = False
    asks: bool = False


def entrusts(text: str) -> bool:
    """Whether somebody who leaves asks what to do with the child, or wants to leave it with a person."""
    return _says("entrusts", normalise(text[:200]).text) or asks_to_arrange(text)


def tells(text: str) -> bool:
    """Whether a message tells of the journey, the child, its wish, who is to look after it, or the place."""
    found = read(text)
    return bool(found.carer or found.away or found.child or found.child_says or found.area)


def wants_carer(text: str) -> bool:
    """Whether somebody asks, or wants, that a person he names looks after the child: 能不能让我妹看着 要办啥手续不."""
    said = normalise(text[:LONGEST_WISH]).text
    return len(text) <= LONGEST_WISH and _says("wants_carer", said)


def notices(text: str) -> dict[str, bool]:
    """What is said of the written notices to school and village: whether each is given (学校那份交了，村里的还没写)."""
    told: dict[str, bool] = {}
    said = normalise(text[:120]).text
    if not _says("written", said):
        return {}
    for clause in re.split("[,。!?;]", said):
        given, not_given = _says("given", clause), _says("not_given", clause)
        for name in ("school", "village"):
            if _says(name, clause) and (given or not_given):
                told[name] = given and not not_given
    return told


def asks_what_is_left(text: str) -> bool:
    """Whether somebody asks what is still to be done: 那我还差哪几样没办."""
    return len(text) <= LONGEST_ASKED and _says("left_to_do", normalise(text).text)


def hands_over(text: str) -> bool:
    """Whether somebody wants the child director to come now, and asks nothing: 请儿童主任来家吧, 那就交上去 等信儿."""
    said = normalise(text[:80]).text
    clauses = [normalise(one).text for one in _CLAUSES.split(text[:80]) if one]
    wants = _says("to_be_visited", said) or any(_says("to_be_visited", one) for one in clauses)
    return wants and not _says("asks", said) and "非得" not in said


def people_named(text: str) -> list[str]:
    """Everybody of the family or of friends who is named, in the words that were said: 我妹, 她大姑."""
    return [hit["who"] for hit in all_named(normalise(text[:LONGEST_NAMED]).text)]


def all_named(said: str) -> list[re.Match[str]]:
    """The same with the places where they stand; `who` is the person."""
    return list(_says.all("kin_named", said))


def tired(text: str) -> bool:
    """Whether whoever looks after a child cannot or will not go on."""
    return _says("tired", normalise(text[:200]).text)


def read(text: str, asked: str = "") -> Wish:
    """Read one message; `asked`: the open question (carer, away, child, where, phone)."""
    plain = normalise(text[:400])
    said = plain.text
    numbers = [one for one in codes.find(text[:400]) if one.kind == "phone"]
    # A name ends where the person left a space, which plain text does not show.
    called, me, best = _CALLED.search(text[:400]), _I_AM.search(text[:400]), places.find(text[:400]).best
    hits = [one for one in _says.all("given_to", said) if not _says("denied", said[: one.start()])]
    another = (entrusted_told.another(text) and not _says("for_a_grown_up", said)) or _says("proposes", said)
    given = dict.fromkeys(one["who"] or one["does"] for one in (hits[-1:] if entrusted_told.another(text) else hits))
    named = _named(said, others=bool(given)) if asked == "carer" or called or another else None
    carer = "、".join(given) if given else named["who"] if named else ""
    if asked not in ("carer", "") and not carer:
        me = me or _BARE_ME.search(text[:400])
    if asked == "phone" and not carer:
        me = me or called
        called = None  # 叫朴英淑 15944331122, 孙丽 13500001111: whoever is asked for the own name says it
    mine = _says.search("with_me", said)
    carer = (mine["who"] or MYSELF) if mine is not None else carer
    # 她也乐意 beside a person named is that person's will; 用不用问他乐不乐意 asks for the child's.
    wanted_by_the_child = _says("child_says", _says.without("whether_asked", said)) and not (
        named is not None and not _says("a_child", said)
    )
    of_another = entrusted_plans.of_carers_child(text)
    bare_will = any(_says.whole("bare_will", one) for one in _CLAUSES.split(text[:LONGEST_WISH]))
    wanted_by_the_child = wanted_by_the_child or bare_will
    child = _says("child", said) and not of_another
    age = _age(_without(text[:400], numbers), carer)
    bare = asked not in ("carer", "") and _says("only_age", said)  # 七岁 二年级, whatever was asked
    of_the_child = (asked == "kids" or bare) and not carer and _says("child_told", said) and not of_another
    return Wish(
        carer="" if wanted_by_the_child else _once(carer),
        carer_name=_carer_name(text[:400], called if not child else None, carer),
        carer_age=number(age["n"]) if age and not (child and not carer) and not of_the_child else None,
        me=_name(me) or _surname(text[:400]),
        phone=numbers[0].value if numbers else "",
        area=best.code if best is not None and not _says("goes_there", _said_before(text, best.name)) else "",
        away=_says("away", normalise(journeys.of_the_writer(text[:400])).text),
        child=of_the_child or (child and _says("child_told", said)),
        child_says=wanted_by_the_child,
        asks=len(said) <= LONGEST_ASKED and _says("asks", said) and not _says("going_on", said),
    )


def _said_before(text: str, place: str) -> str:
    """The words before a place named, in full or short: 去长春 of 长春市 is where the journey goes."""
    short = place.rstrip("市县区州")
    return text[: text.rfind(short)] if short and short in text else ""


def _once(carer: str) -> str:
    """我我妹妹, of two clauses run together, is 我妹妹."""
    return carer[1:] if carer[:1] and carer[:1] == carer[1:2] and carer[:1] in "我他她俺" else carer


def _carer_name(text: str, called: re.Match[str] | None, carer: str) -> str:
    """What the carer is called: 叫许桂兰, 他二姨李秀兰. Only what begins with a family name is one beside a person."""
    told = _CARER_CALLED.search(text)
    if told is not None and people.begins_with_surname(_name(told) or " "):
        return _name(told)
    last = text.rfind(carer.lstrip("我他她俺孩子") or "\n") if carer else -1
    beside = (
        _AFTER_KIN.match(text[last + len(carer.lstrip("我他她俺孩子")) :].lstrip("吧呢啊了，, ")) if last >= 0 else None
    )
    if beside is not None and people.begins_with_surname(beside["name"]) and _name(beside):
        return beside["name"]
    found = entrusted_told.person(text).name
    if _name(called) and (people.begins_with_surname(_name(called)) or "叫" in called.group()):  # type: ignore[union-attr]
        return _name(called)
    return found if carer and found and not _says("no_name", found) else ""


def _named(said: str, *, others: bool) -> re.Match[str] | None:
    """The person of the family named last whom nobody sends away: 不是我爸了啊 是我老姑; None: none, or `others`."""
    found = (
        [] if others else [hit for hit in _says.all("kin_named", said) if not _says("sent_away", said[: hit.start()])]
    )
    return found[-1] if found else None


def _age(said: str, carer: str) -> re.Match[str] | None:
    """The age told behind the carer, else the first: 小子十四 让他姐看着 他姐十七. No child's: 他姑家有个儿子10岁."""
    ages = [one for one in _AGE.finditer(said) if not _of_a_child(said, one)]
    last = said.rfind(carer) if carer else -1
    behind = [one for one in ages if last >= 0 and one.start() >= last + len(carer)]
    return next(iter(behind or ages), None)


def _of_a_child(said: str, age: re.Match[str]) -> bool:
    before, after = said[: age.start()], said[age.end() :]
    return _says("age_of_a_child", before) or _says("age_then_child", after)


def names_person(text: str) -> bool:
    """Whether somebody of the family or a friend stands beside the own name: 大姑姐 徐红梅 48."""
    found = next(iter(reversed(list(_says.all("kin_named", text[:LONGEST_WISH])))), None)
    beside = _AFTER_KIN.match(text[found.end() :].lstrip()) if found is not None else None
    return beside is not None and people.begins_with_surname(beside["name"]) and bool(_name(beside))


def _surname(text: str) -> str:
    """我姓崔: all that somebody says of the own name."""
    hit = _SURNAME.search(text)
    return f"姓{hit['name']}" if hit is not None and hit["name"] not in "名啥什氏甚" else ""


def beside_person(words: str) -> tuple[str, int | None]:
    """Name and age that stand right behind a person named: 李桂芬 and 45 of 叫李桂芬 45; empty and None: none does."""
    hit = _AFTER_KIN.match(words.lstrip("吧呢啊了，, "))
    name = hit["name"] if hit is not None and people.begins_with_surname(hit["name"]) and _name(hit) else ""
    age = next((one for one in _AGE.finditer(words) if not _of_a_child(words, one)), None)
    return name, number(age["n"]) if age is not None else None


def no_name(words: str) -> bool:
    """Whether words are none that anybody is called by: 今年, 他妈."""
    return _says("no_name", words)


def only_a_surname(text: str) -> bool:
    """Whether a family name is told and not that it is the writer's: 二姨四十九 姓马."""
    hit = _SURNAME.search(text)
    return hit is not None and not any(one in hit.group() for one in ("我", "俺", "免贵"))


def asks_to_arrange(text: str) -> bool:
    """Whether somebody who leaves names who is to look after the child and asks what is to be done for it:
    孩子想放我弟那 得办啥手续不."""
    said = normalise(text[:LONGEST_ASKED_AT_ONCE]).text
    if _says("of_strangers", said) or not _says("formalities", said):
        return False
    leaves = _says("away", said) or _says("leaves", said)
    return leaves and (_says("given_to", said) or _says("to_somebody", said))


def _name(hit: re.Match[str] | None) -> str:
    found = (hit["name"] or "") if hit is not None else ""
    return "" if _says("no_name", found) else found


def _without(text: str, numbers: list[codes.Found]) -> str:
    for one in reversed(numbers):
        text = text[: one.start] + "," + text[one.end :]
    return normalise(text).text
