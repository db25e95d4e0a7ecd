"""Which child is spoken of: age, sex, and words by which somebody on the spot could find it.

Cautious: two different ages, a rough age or words for both sexes leave the fact unknown; 邻居家孩子 points to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.reading.lexicon import lines
from bot.reading.measures import quantities
from bot.reading.normalise import Plain

GROWN_UP = 18
_MY_AGE = re.compile(
    "我(?:今年|才|刚满?|都)?(?P<n>1[0-7]|[5-9]|十[一二三四五六七]?|[五六七八九])(?:岁(?!的|就|那)|了(?![年个次])|(?=[,。弟妹哥姐]|$))"
)
_SIBLING = re.compile("[弟妹哥姐]")
_OF_AN_ADULT = re.compile(
    "(?:[爷奶姥妈爸爹叔婶舅姨嫂]|姑(?!娘)|(?<!姑)娘|老人|老头|男的|女的|男人|女人)[^,。!?;\n孩娃说]{0,4}$"
)
_FROM_THEN_ON = re.compile("(?:多|半)?(?:就|那年|那会|时|起|开始|以前|之前|没[了爹妈])")
_SENTENCES = re.compile("[^,。!?;\n]+")
_A_DOER = re.compile("^(?:打人|动手|欺负人|施暴|下手)的")
_OFFICE_KIN = re.compile("(?:主任|书记|村长|支书|会计|干部|校长)(?:他|的|家)?(?:侄|外甥)")
_SEVERAL = re.compile(
    "(?:另外?|还有)(?:一个|个|俩|两个|他家?|她家?)(?:的)?(?:孩子|小孩|娃|小子|丫头|闺女|儿子|女儿|弟弟|妹妹|哥哥|姐姐)(?:也|叫|才)"
    "|(?:两个|俩|三个|仨|几个)(?:孩子|娃|小孩|闺女|丫头)(?:都|也|叫|没|天天)|(?:哥俩|姐俩|姐弟俩|兄妹俩|姐妹俩|兄弟俩)(?:都|也|没|天天|总)"
)
_OTHERS_NAME = re.compile("老子$|[我俺爸妈爹娘爷奶姥叔舅姑姨师长任]$")
_RULES = re.compile("未?满$|不满$|不到$|以[下上]|周岁以|(?:儿童|孩子|未成年人)(?:是|算)$")
_NOT_THE_VICTIM = "(?<![被让叫给跟和与])(?<!几个)(?<!一群)(?<!一帮)(?<!有些)"
_NOT_THE_DOER = "(?![总老又天都也把还就]{0,3}[打揍骂踢摸堵抢欺])"
_FEMALE = re.compile(
    _NOT_THE_VICTIM
    + "(?:女孩|小姑娘|姑娘|闺女|女儿|孙女|丫头|女娃|女生|女童|侄女|外甥女|妹妹|女婴|女学生|女同学|我妹|养女|继女)"
    + _NOT_THE_DOER
)
_MALE = re.compile(
    _NOT_THE_VICTIM
    + "(?:男孩|小子|儿子(?!们)|孙子|男娃|男生|男童|侄子|侄儿|外甥(?!女)|弟弟|男婴|男学生|男同学|小伙子|我弟|养子|继子)"
    + _NOT_THE_DOER
)


def age(text: str, *, own: bool) -> int | None:
    """The child's age in whole years when exactly one certain age under 18 is told, else None.

    `own`: the speaker is the child; then an age said of oneself counts before those of brothers and sisters.
    """
    if own and (mine := own_age(text)) is not None:
        return mine
    told = {one.years for one in quantities.ages(text) if one.certain and _is_a_childs(text, one)}
    return told.pop() if len(told) == 1 else None


def own_age(text: str) -> int | None:
    """The age a child that writes gives as its own: 我13弟弟7岁."""
    mine = _MY_AGE.search(text)
    return quantities.number(mine["n"]) if mine else None


def of_siblings(text: str) -> bool:
    """Whether brothers or sisters of a child that writes are spoken of: 我13弟弟7岁, 就我跟我弟."""
    return _SIBLING.search(text) is not None


def _is_a_childs(text: str, one: quantities.Age) -> bool:
    before, after = text[max(0, one.start - 8) : one.start], text[one.end : one.end + 4]
    if one.years is None or one.years >= GROWN_UP or _FROM_THEN_ON.match(after):
        return False
    return not (_OF_AN_ADULT.search(before) or _RULES.search(before) or _RULES.match(after))


def sex(text: str) -> str:
    """female, male or unknown, by words such as 闺女 and 小子; 他 and 她 are typed too carelessly to say anything."""
    female, male = _FEMALE.search(text), _MALE.search(text)
    if bool(female) == bool(male):
        return "unknown"
    return "female" if female else "male"


def several(plain: Plain) -> bool:
    """Whether a message names two children, each by name or household, or says outright that there are more."""
    named = {plain.text[start:end] for start, end, _ in _every_reference(plain.text)}
    apart = [one for one in named if not any(one != other and one in other for other in named)]
    return len(apart) > 1 or _SEVERAL.search(plain.text) is not None


def reference(plain: Plain, *, own_name: bool) -> tuple[int, int] | None:
    """Place in the plain text of the first words that point to one child: 老李家二小子, 三年二班的王小明, 叫李欣怡的娃.

    `own_name`: the speaker is the child, so 我叫王小明 counts.
    """
    found = min(_references(plain.text, own_name), default=None)
    if found is None:
        return None
    start, end, name = found
    # A space the person left ends a name: 叫王欣 总挨打.
    borders = (place for place in range(name + 2, end) if place in plain.soft) if name >= 0 else iter(())
    return start, next(borders, end)


def _every_reference(text: str) -> Iterator[tuple[int, int, int]]:
    """The hits of all patterns in each sentence."""
    for sentence in _SENTENCES.finditer(text):
        for start, end, name in _references(sentence.group(), own_name=False):
            yield sentence.start() + start, sentence.start() + end, name


def _references(text: str, own_name: bool) -> Iterator[tuple[int, int, int]]:
    """Start, end and where a name begins (-1: none), of each pattern's first hit."""
    for pattern in _patterns():
        for hit in pattern.finditer(text):
            groups = hit.groupdict()
            if (
                groups.get("called")
                and _OTHERS_NAME.search(text[: hit.start()])
                and not (own_name and text[hit.start() - 1] in "我俺")
            ):
                continue
            if _A_DOER.match(text[hit.end() :]) or _OFFICE_KIN.search(hit.group()):
                continue
            yield hit.start(), hit.end(), hit.start("name") if groups.get("name") else -1
            break


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = {kind.strip(): said.split() for kind, _, said in (line.partition(":") for line in lines("names.txt"))}
    any_of = {kind: "|".join(map(re.escape, sorted(said, key=len, reverse=True))) for kind, said in words.items()}
    never = "".join(words["never"])
    given = f"[^\\W\\da-z_{never}]"
    family, sure_family = f"(?:{any_of['family']}|{any_of['also_word']})", f"(?:{any_of['family']})"
    no_name = f"(?<!关)(?<!对)(?<!属)(?!{any_of['no_name']})"
    child, office = f"(?:{any_of['child']})", f"(?:{any_of['office']})"
    order = "(?:[大二三四五小老]|老[大二三四五]|那个?|最?小的)?"
    count = "[0-9一二三四五六七八九十]{1,2}"
    grade = f"(?:(?:初|高)[一二三123]|{count}年级?|大班|中班|小班|学前班)"
    room = f"(?:\\(?{count}\\)?班)"
    name = f"(?P<name>{no_name}{family}{given}{{1,2}})"
    household = f"(?:老{family}|{no_name}{family}{given}{{0,2}}|{family}老[大二三四五六]|{office})"
    here = "(?:[村屯][东西南北里]?头?的?|[前后]院的?)?"
    generic = "(?:有?一?个|那个)?(?:姓[一-鿿]的)?(?:[男女]?(?:学生|同学|生|孩|娃)|孩子|小朋友)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            f"{here}{household}(?:他们?|她们?)?家的?那?{order}{child}",
            f"{here}(?:老{family}|{no_name}{sure_family}{given}{{1,2}}|{office})"
            f"(?:的|他)那?{order}(?:{any_of['offspring']})",
            f"{grade}(?:{room})?的?(?:学生|同学|那个|有个|一个)?(?:叫)?"
            f"(?:{name}(?:同学)?|小[一-鿿](?=[,。!?;\n]|$|被|总|天))",
            f"{grade}{room}的?{generic}(?:{name})?",
            f"(?P<called>名?叫|名字[是叫]|姓名[是:]?)"
            f"(?P<name>{no_name}{sure_family}{given}{{1,2}}|[小大]{given}(?=[,。!?;的]|$))"
            f"(?:的(?:那个|一个|小)?{child})?",
            f"(?P<called>小名[叫是]?)(?P<name>{given}{{2,3}})",
            f"(?<=是){name}(?=的?他?她?(?:妈|爸|姑|姨|舅|叔|奶|爷|姥|班主任|老师|邻居|家长))",
            f"姓{family}的(?:那个?|一个|小)?{child}",
            f"(?P<name>{no_name}{sure_family}{given}{{1,2}})(?:小?同学|小朋友|这孩子|这丫头|这小子)",
            f"{here}{household}家的?{name}(?=[,。!?;\n]|$|[{never}])",
            "(?:孩子|小孩|小子|丫头|娃)小(?![学时声心便孩子腿手半命朋])[一-鿿]{1,2}(?=[,。!?;\n]|$|天天|总|老|[被又没不在])",
            f"(?:学生|孩子|女孩|男孩)(?P<name>{no_name}{sure_family}{given}{{2}})",
            f"(?:{any_of['offspring']}|学生|孩子)(?P<name>{no_name}{sure_family}{given}{{1,2}})(?=[,。!?;\n]|$|今年|[{never}])",
        )
    )
